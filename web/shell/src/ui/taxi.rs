//! The card for a taxi driver: large, in the city's own language, with the visitor's below.

use yew::{Event, Html, html};

use super::{Ui, icon::icon};
use crate::app::act::Act;

/// The card, when it was asked for.
pub fn taxi(ui: &Ui<'_>) -> Html {
    let Some(card) = &ui.app.taxi else {
        return html! {};
    };
    let address = format!("spot-{}-address", card.spot);
    let mine = [
        Some(ui.words.of_city("spot", &card.spot)),
        ui.words.find(&address),
    ];
    let mine: Vec<String> = mine.into_iter().flatten().collect();
    html! {
        <dialog class="taxi" ref={ui.app.taxi_ref.clone()} aria-labelledby="taxi-title" onclose={ui.on::<Event>(Act::PutTaxiAway)} data-testid="taxi">
            <header class="panel-head">
                <h2 id="taxi-title">{ ui.say("taxi-title") }</h2>
                <form method="dialog">
                    <button class="quiet" aria-label={ui.say("panel-close")}>{ icon("close") }</button>
                </form>
            </header>
            <div class="taxi-card" lang={card.words.language().to_owned()}>
                <p class="taxi-please">{ card.words.say("taxi-please") }</p>
                <p class="taxi-name">{ card.words.of_city("spot", &card.spot) }</p>
                if let Some(address) = card.words.find(&address) {
                    <p class="taxi-address">{ address }</p>
                }
            </div>
            <p class="note">{ mine.join(" · ") }</p>
        </dialog>
    }
}
