//! Gestures, and sentences that arrive in each receiver's own language.

use shared::motion::Motion;
use yew::{Html, html};

use crate::{
    app::{act::Act, input::EMOTE_KEYS},
    ui::{Ui, icon::emote, phrases::phrases},
};

/// The panel.
pub fn gestures(ui: &Ui<'_>) -> Html {
    let emotes = Motion::EMOTES.iter().enumerate().map(|(index, motion)| {
        html! {
            <button type="button" class="chip large" onclick={ui.on(Act::Emote(*motion))} data-testid={format!("emote-{}", motion.name())}>
                { emote(*motion) }{ ui.say(&format!("emote-{}", motion.name())) }
                if index < EMOTE_KEYS { <kbd aria-hidden="true">{ (index + 1) % EMOTE_KEYS }</kbd> }
            </button>
        }
    });
    html! {
        <div class="panel-body">
            <h3>{ ui.say("gestures-emotes") }</h3>
            <div class="chips">{ for emotes }</div>
            <h3>{ ui.say("gestures-phrases") }</h3>
            <p class="note">{ ui.say("gestures-note") }</p>
            { phrases(ui) }
        </div>
    }
}
