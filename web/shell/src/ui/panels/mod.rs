//! The panels beside the picture: regions of the page with a heading, not dialogs; the picture stays usable.

mod around;
mod gestures;
mod help;
mod host;
mod person;
mod settings;
mod talk;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::{Html, SubmitEvent, html};

use super::{Ui, icon::icon};
use crate::app::act::{Act, Panel};

/// The panel that is open.
pub fn panel(ui: &Ui<'_>) -> Html {
    let Some(panel) = ui.app.panel else {
        return html! {};
    };
    let (title, body) = match panel {
        Panel::Around => (ui.say("around-title"), around::around(ui)),
        Panel::Talk => (ui.say("talk-title"), talk::talk(ui)),
        Panel::Gestures => (ui.say("gestures-title"), gestures::gestures(ui)),
        Panel::Help => (ui.say("help-title"), help::help(ui)),
        Panel::Host => (ui.say("host-title"), host::host(ui)),
        Panel::Settings => (ui.say("settings-title"), settings::settings(ui)),
    };
    html! {
        <section class="panel" id="panel" key={panel.name()} aria-labelledby="panel-title" data-testid={format!("panel-{}", panel.name())}>
            <header class="panel-head">
                <h2 id="panel-title" tabindex="-1">{ title }</h2>
                <button type="button" class="quiet" aria-label={ui.say("panel-close")} onclick={ui.on(Act::Close)}>
                    { icon("close") }
                </button>
            </header>
            { body }
        </section>
    }
}

/// Takes the line out of a form that was sent, which stays on the page. Where it cannot be sent now it is left in the form.
fn take_line(event: &SubmitEvent, is_in: bool) -> Option<String> {
    event.prevent_default();
    let form: HtmlElement = event.target()?.dyn_into().ok()?;
    let field: HtmlInputElement = form.query_selector("input[type=text]").ok()??.dyn_into().ok()?;
    let text = field.value();
    if is_in {
        field.set_value("");
    }
    Some(text)
}
