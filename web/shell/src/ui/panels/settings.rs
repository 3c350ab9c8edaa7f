//! Settings: each takes effect at once, and is kept on this device.

use shared::stage::{Quality, Weather};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Event, Html, InputEvent, html};

use crate::{
    app::{act::Act, easy::Step},
    page::preferences::{
        Choice, Colours, MotionChoice, Preferences, Season, SoundChoice, TEXT_SIZES, Telling, ViewChoice,
    },
    ui::{
        Ui,
        entry::{languages, name_field},
        hour_words,
        looks::looks,
    },
    words::{number, text},
};

/// The panel.
pub fn settings(ui: &Ui<'_>) -> Html {
    let now = &ui.app.preferences;
    let adapter = &ui.app.stage.adapter;
    let sizes = TEXT_SIZES.iter().map(|size| {
        let percent: u32 = size.parse().unwrap_or(100);
        let label = ui.words.say_with("text-size", &[("percent", number(percent))]);
        radio(
            ui,
            "text",
            &label,
            now.text_size == *size,
            Preferences {
                text_size: (*size).to_owned(),
                ..now.clone()
            },
        )
    });
    let letters = ui.act.reform({
        let now = now.clone();
        move |event: Event| {
            let on = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
                .is_some_and(|box_| box_.checked());
            Act::Prefer(Preferences {
                letters: on,
                ..now.clone()
            })
        }
    });
    let hour = ui.act.reform({
        let now = now.clone();
        move |event: InputEvent| {
            let hour = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
                .map(|slider| slider.value_as_number() as f32);
            Act::Prefer(Preferences { hour, ..now.clone() })
        }
    });
    let shown_hour = now.hour.unwrap_or_else(|| {
        let world = ui.app.world.as_ref();
        world.map_or(12.0, |world| world.borrow().city_time().0)
    });
    let clock = hour_words(shown_hour);
    html! {
        <div class="panel-body">
            <button type="button" class="secondary" onclick={ui.on(Act::Easy(Step::On(true)))} data-testid="easy-on">{ ui.say("easy-on") }</button>
            <h3>{ ui.say("settings-you") }</h3>
            <label for="name">{ ui.say("name-label") }</label>
            { name_field(ui) }
            <details class="entry-look"><summary>{ ui.say("entry-look") }</summary>{ looks(ui) }</details>
            <button type="button" class="secondary" onclick={ui.on(Act::Appear)} data-testid="appear">{ ui.say("settings-appear") }</button>
            <h3>{ ui.say("language-label") }</h3>
            { languages(ui) }
            <fieldset class="options">
                <legend>{ ui.say("settings-hour") }</legend>
                <input type="range" min="0" max="23.75" step="0.25" value={shown_hour.to_string()} oninput={hour}
                    aria-label={ui.say("settings-hour")} aria-valuetext={clock.clone()} data-testid="hour" />
                <span class="slider-value" aria-hidden="true">{ clock }</span>
                if now.hour.is_some() {
                    <button type="button" class="secondary" onclick={ui.on(Act::Prefer(Preferences { hour: None, ..now.clone() }))}>
                        { ui.say("hour-now") }
                    </button>
                }
            </fieldset>
            { choice::<Season>(ui, "settings-season", now.season, |season, now| Preferences { season, ..now }) }
            { choice::<Weather>(ui, "settings-weather", now.weather, |weather, now| Preferences { weather, ..now }) }
            { choice::<ViewChoice>(ui, "settings-view", now.view, |view, now| Preferences { view, ..now }) }
            if !ui.app.can_stage() {
                <p class="note">{ ui.say("settings-no-stage") }</p>
            }
            { choice::<Quality>(ui, "settings-quality", now.quality, |quality, now| Preferences { quality, ..now }) }
            if !adapter.is_empty() {
                <p class="note">{ ui.words.say_with("settings-adapter", &[("adapter", text(adapter))]) }</p>
            }
            { choice::<SoundChoice>(ui, "settings-sound", now.sound, |sound, now| Preferences { sound, ..now }) }
            { choice::<Telling>(ui, "settings-telling", now.telling, |telling, now| Preferences { telling, ..now }) }
            { choice::<MotionChoice>(ui, "settings-motion", now.motion, |motion, now| Preferences { motion, ..now }) }
            { choice::<Colours>(ui, "settings-colours", now.colours, |colours, now| Preferences { colours, ..now }) }
            <fieldset class="options"><legend>{ ui.say("settings-text") }</legend><div class="chips">{ for sizes }</div></fieldset>
            <fieldset class="options">
                <legend>{ ui.say("settings-keys") }</legend>
                <label class="pick"><input type="checkbox" checked={now.letters} onchange={letters} />{ ui.say("settings-letters") }</label>
            </fieldset>
        </div>
    }
}

/// One choice among few.
fn choice<C: Choice>(
    ui: &Ui<'_>,
    title: &'static str,
    chosen: C,
    with: fn(C, Preferences) -> Preferences,
) -> Html {
    let options = C::ALL.iter().map(|(name, option)| {
        let preferences = with(*option, ui.app.preferences.clone());
        radio(ui, title, &ui.say(name), *option == chosen, preferences)
    });
    html! {
        <fieldset class="options"><legend>{ ui.say(title) }</legend><div class="chips">{ for options }</div></fieldset>
    }
}

fn radio(ui: &Ui<'_>, group: &'static str, label: &str, checked: bool, preferences: Preferences) -> Html {
    html! {
        <label class="pick">
            <input type="radio" name={group} checked={checked} onchange={ui.on(Act::Prefer(preferences))} />
            { label }
        </label>
    }
}
