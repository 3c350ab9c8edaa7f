//! How it works, in a few lines.

use yew::{Html, html};

use crate::{app::act::Act, page::preferences::Choice, ui::Ui, words::text};

/// The panel.
pub fn help(ui: &Ui<'_>) -> Html {
    let row = |keys: &[&'static str], what: String| {
        html! {
            <div class="keys">
                <dt>{ for keys.iter().map(|key| html! { <kbd>{ *key }</kbd> }) }</dt>
                <dd>{ what }</dd>
            </div>
        }
    };
    let called = ui.app.helping.called;
    let credit = ui
        .app
        .world
        .as_ref()
        .map(|world| world.borrow().city().attribution.clone())
        .unwrap_or_default();
    html! {
        <div class="panel-body" tabindex="0" role="group" aria-labelledby="panel-title">
            <p>{ ui.words.say_with("help-intro", &[("place", text(&ui.words.of_city("place", &ui.app.boot.place)))]) }</p>
            <button type="button" class="secondary" onclick={ui.on(Act::CallHelper(!called))} data-testid="call-helper">
                { ui.say(if called { "help-stop" } else { "help-call" }) }
            </button>
            <h3>{ ui.say("help-move") }</h3>
            <p>{ ui.say("help-tap") }</p>
            <p class="for-touch">{ ui.say("help-touch") }</p>
            <dl>
                { row(&["W", "A", "S", "D"], ui.say("help-walk")) }
                { row(&["←", "↑", "↓", "→"], ui.say("help-walk")) }
                { row(&["⇧"], ui.say("help-run")) }
                { row(&["Q", "E"], ui.say("help-orbit")) }
                { row(&["R", "V"], ui.say("help-tilt")) }
                { row(&["+", "−"], ui.say("help-zoom")) }
                { row(&["T"], ui.say("help-talk")) }
                { row(&["N"], ui.say("help-describe")) }
                { row(&["M"], ui.say("help-view")) }
                { row(&["F"], ui.say("help-door")) }
                { row(&["1", "…", "9", "0"], ui.say("help-emotes")) }
                { row(&["Esc"], ui.say("help-escape")) }
            </dl>
            <h3>{ ui.say("help-manners") }</h3>
            <p>{ ui.say("help-manners-text") }</p>
            { for ["help-rules", "help-privacy", "help-accessibility"].map(|key| html! {
                <p><a class="pages" href={plain_page(ui, key)} target="_blank">{ ui.say(key) }</a></p>
            }) }
            <p class="note">{ ui.say("help-ambient") }</p>
            <p class="note">{ credit }</p>
        </div>
    }
}

/// A plain page of the relay's, in the reader's language, colours and size.
fn plain_page(ui: &Ui<'_>, key: &str) -> String {
    let preferences = &ui.app.preferences;
    [
        "/",
        key.trim_start_matches("help-"),
        "?lang=",
        ui.words.language(),
        "&colours=",
        preferences.colours.name().trim_start_matches("colours-"),
        "&text=",
        &preferences.text_size,
    ]
    .concat()
}
