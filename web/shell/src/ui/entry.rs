//! The entry screen: where one is, how many people are there, one large button, and what can be changed first.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};
use yew::{Html, InputEvent, SubmitEvent, html};

use super::{
    Ui,
    figure::{WHOLE, figure},
    icon::icon,
    looks::looks,
};
use crate::{
    app::{act::Act, easy::Step},
    session::State,
    words::number,
};

/// The entry screen.
pub fn entry(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    let (title, place) = names(ui);
    let busy = app.opening.is_eager || matches!(app.session.state(), State::Connecting { .. });
    let submit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Act::Enter
    });
    let button = if busy {
        ui.say("entry-entering")
    } else {
        ui.say("entry-enter")
    };
    let chooses = ui.act.reform(|event: Event| {
        let details = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        Act::ChooseLook(details.is_some_and(|details| details.has_attribute("open")))
    });
    html! {
        <div key={0} class="entry" id="actions" tabindex="-1">
            <header class="entry-bar">
                <span class="brand">{ ui.say("brand") }</span>
                { languages(ui) }
            </header>
            <form class="entry-card" onsubmit={submit} aria-labelledby="entry-title" data-testid="entry">
                <p class="entry-place">{ place }</p>
                <h1 id="entry-title">{ title }</h1>
                <p class="entry-people" data-testid="people">
                    <span class="dot" aria-hidden="true"></span>
                    { ui.words.say_with("people-here", &[("count", number(app.people))]) }
                </p>
                if app.boot.missing {
                    <p class="trouble missing" data-testid="missing">{ ui.say("entry-missing") }</p>
                }
                <div class="entry-you">
                    <span class="entry-figure">
                        // What is needed to come in is painted first; the figure comes with the world.
                        if app.world.is_some() {
                            { figure(app.look, WHOLE) }
                        }
                    </span>
                    <div class="entry-name">
                        <label for="name">{ ui.say("name-label") }</label>
                        { name_field(ui) }
                    </div>
                </div>
                if app.trouble.is_some() {
                    // The same address, anew.
                    <a class="primary large again" href="" data-testid="again">{ ui.say("entry-again") }</a>
                } else {
                    <button type="submit" class="primary large" disabled={busy} data-testid="enter">{ button }</button>
                }
                { trouble(ui) }
                <button type="button" class="secondary easy-on" onclick={ui.on(Act::Easy(Step::On(true)))} data-testid="easy-on">{ ui.say("easy-on") }</button>
                <details class="entry-look" ontoggle={chooses}>
                    <summary>{ ui.say("entry-look") }</summary>
                    if app.opening.chooses_look {
                        { looks(ui) }
                    }
                </details>
                <p class="entry-note">{ ui.say("entry-note") }</p>
            </form>
        </div>
    }
}

/// The name, and another one at a press.
pub fn name_field(ui: &Ui<'_>) -> Html {
    let input = ui.act.reform(|event: InputEvent| {
        let value = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            .map(|field| field.value());
        Act::Name(value.unwrap_or_default())
    });
    html! {
        <div class="field">
            <input id="name" type="text" autocomplete="nickname" spellcheck="false"
                maxlength={shared::text::NAME_CHARS.to_string()} value={ui.app.name.clone()} oninput={input} />
            <button type="button" class="quiet" aria-label={ui.say("name-another")} onclick={ui.on(Act::AnotherName)}>
                { icon("again") }
            </button>
        </div>
    }
}

/// The languages, each in its own words.
pub fn languages(ui: &Ui<'_>) -> Html {
    let buttons = ui.app.boot.languages.iter().map(|(language, name)| {
        html! {
            <button key={language.clone()} type="button" class="chip" lang={language.clone()}
                aria-pressed={(*language == ui.words.language()).to_string()}
                onclick={ui.on(Act::Language(language.clone()))}>
                { name.clone() }
            </button>
        }
    });
    html! { <div class="languages" role="group" aria-label={ui.say("language-label")}>{ for buttons }</div> }
}

/// The spot that the link names, and the place it is in.
pub fn names(ui: &Ui<'_>) -> (String, String) {
    let app = ui.app;
    let place = ui.words.of_city("place", &app.boot.place);
    let arrival = || {
        let world = app.world.as_ref()?.borrow();
        let spot = world.place()?.spots.get(world.nearest_spot()?)?;
        Some(spot.id.clone())
    };
    match app.boot.spot.clone().or_else(arrival) {
        Some(spot) => (ui.words.of_city("spot", &spot), place),
        None => (place, ui.say("brand")),
    }
}

/// What stands in the way, in plain words, with the next step.
pub fn trouble(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    let key = if app.trouble.is_some() {
        "trouble-loading".to_owned()
    } else {
        match app.session.state() {
            State::Ended(_) => app.session.words(),
            _ if app.session.is_trying_again() => app.session.words(),
            _ => return html! {},
        }
    };
    html! { <p class="trouble" role="status" data-testid="trouble">{ ui.say(&key) }</p> }
}
