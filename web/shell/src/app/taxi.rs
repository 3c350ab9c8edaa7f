//! A card to be shown to a taxi driver: where to go, in the city's own language, which the visitor may not read.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlDialogElement;
use yew::Context;

use super::{App, Msg, loading};
use crate::{page, words::Words};

/// The card.
#[derive(Clone)]
pub struct Taxi {
    /// Where to go.
    pub spot: String,
    /// The texts of the city's own language.
    pub words: Words,
}

impl App {
    /// The language that drivers in this city read; none when the visitor reads it, too.
    pub(crate) fn drivers_language(&self) -> Option<String> {
        let world = self.world.as_ref()?.borrow();
        let own = world.city().languages.first()?;
        (own != self.words.as_ref()?.language()).then(|| own.clone())
    }

    /// Fetches what the card for the nearest spot says.
    pub(super) fn ask_for_taxi(&self, ctx: &Context<Self>) {
        let spot = self.world.as_ref().and_then(|world| {
            let world = world.borrow();
            Some(world.place()?.spots.get(world.nearest_spot()?)?.id.clone())
        });
        let (Some(spot), Some(language)) = (spot, self.drivers_language()) else {
            return;
        };
        let urls = [self.boot.texts_in(&language), self.boot.later_in(&language)].concat();
        let link = ctx.link().clone();
        spawn_local(async move {
            let words = loading::words_of(&urls, &language).await;
            link.send_message(Msg::Taxi(words.map(|words| Taxi { spot, words })));
        });
    }

    pub(super) fn taxi_came(&mut self, taxi: Result<Taxi, String>) -> bool {
        match taxi {
            Ok(taxi) => self.taxi = Some(taxi),
            Err(error) => {
                page::warn(&error);
                self.tell("notice-no-texts");
            }
        }
        true
    }

    /// A dialog is opened by script: only so does the browser keep the focus in it, and give it back afterwards.
    pub(super) fn settle_taxi(&self) {
        if let Some(dialog) = self.taxi_ref.cast::<HtmlDialogElement>()
            && !dialog.open()
        {
            let _ = dialog.show_modal();
        }
    }
}
