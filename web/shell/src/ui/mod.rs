//! Screens, panels and buttons: what the page looks like in a state. Changes nothing; acts go to the dispatcher.

mod at_hand;
mod dock;
mod easy;
mod entry;
pub mod figure;
mod icon;
mod kiosk;
pub mod looks;
mod panels;
mod phrases;
mod scene;
mod taxi;

use yew::{Callback, Html, html};

use self::at_hand::at_hand;
use crate::{
    app::{App, Screen, act::Act, input::Input},
    words::Words,
};

/// What every part of the page needs.
pub struct Ui<'a> {
    /// The page's state.
    pub app: &'a App,
    /// The texts.
    pub words: &'a Words,
    /// Where acts go.
    pub act: &'a Callback<Act>,
}

impl Ui<'_> {
    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// A callback that does something, whatever the event.
    pub fn on<E: 'static>(&self, act: Act) -> Callback<E> {
        self.act.reform(move |_: E| act.clone())
    }
}

/// An hour (0 to 24) as a clock shows it.
fn hour_words(hour: f32) -> String {
    format!("{:02}:{:02}", hour as u32, (hour.fract() * 60.0) as u32)
}

/// The whole page.
pub fn page(app: &App, act: &Callback<Act>, input: &Callback<Input>) -> Html {
    let Some(words) = &app.words else {
        // The first screen that came with the page stands until the texts are here.
        return html! {};
    };
    let ui = Ui { app, words, act };
    let screen = match app.screen {
        Screen::Entry => match (&app.kiosk, &app.easy) {
            (Some(kiosk), _) => kiosk::attract(&ui, kiosk),
            (None, Some(_)) => easy::entry(&ui),
            (None, None) => entry::entry(&ui),
        },
        Screen::World => html! {
            <>
                { dock::top(&ui) }
                { at_hand(&ui) }
                if let Some(easy) = &app.easy {
                    { easy::easy(&ui, easy) }
                } else {
                    { dock::dock(&ui) }
                    { dock::said(&ui) }
                    { panels::panel(&ui) }
                    { taxi::taxi(&ui) }
                }
                if let Some(kiosk) = &app.kiosk {
                    { kiosk::bar(&ui, kiosk) }
                    { kiosk::keyboard(&ui, kiosk) }
                    { kiosk::still(&ui, kiosk) }
                }
            </>
        },
    };
    html! {
        <div class={if app.screen == Screen::Entry { "page at-entry" } else { "page at-world" }}>
            // A kiosk that waits for someone is one large button.
            if app.kiosk.is_none() || app.screen == Screen::World {
                <a class="skip" href="#actions">{ ui.say("skip-to-actions") }</a>
            }
            { scene::scene(&ui, input) }
            { screen }
            { scene::live(&ui) }
        </div>
    }
}
