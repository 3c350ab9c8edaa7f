//! Lines of the chat and announcements in the reader's language, for those who ask for it. Whoever translates, the script beside the shell
//! knows them (`assets/scripts/translate.js`).

use js_sys::Promise;
use shared::protocol::Utterance;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Context;

use super::{App, Msg};
use crate::views::narrator;

#[wasm_bindgen]
extern "C" {
    /// A string, or null where nothing translates; an error also when the script has not come.
    #[wasm_bindgen(catch, js_name = translateLine)]
    fn translate_line(line: &str, from: &str, to: &str) -> Result<Promise, JsValue>;
}

/// What can be translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A line of the chat, by its number.
    Line(u64),
    /// What was announced last.
    Announcement,
}

impl App {
    /// Shows the translation, or the original again.
    pub(super) fn translate(&mut self, ctx: &Context<Self>, what: Foreign) {
        let original = match what {
            Foreign::Line(number) => self.talk.turn(number).and_then(|said| match &said.utterance {
                Utterance::Line { text, language } => Some((text, language)),
                Utterance::Phrase(_) => None,
            }),
            Foreign::Announcement => self.hosting.announcement.as_mut().and_then(|announced| {
                let is_asked_for = announced.translation.turn();
                is_asked_for.then_some((&announced.told.text, &announced.told.language))
            }),
        };
        let (Some((text, language)), Some(words)) = (original, &self.words) else {
            return;
        };
        let promise = translate_line(text, language, words.language());
        let link = ctx.link().clone();
        spawn_local(async move {
            let translated = match promise {
                Ok(promise) => JsFuture::from(promise).await,
                Err(error) => Err(error),
            };
            link.send_message(Msg::Translated(what, translated));
        });
    }

    /// Told once, when it comes; where there is none, that there is none.
    pub(super) fn translated(&mut self, what: Foreign, translated: Result<JsValue, JsValue>) -> bool {
        let (text, trouble) = match translated {
            Ok(text) => (text.as_string(), "translate-none"),
            Err(_) => (None, "translate-failed"),
        };
        if text.is_none() {
            self.tell(trouble);
        }
        let Some(words) = self.words.clone() else {
            return true;
        };
        let sentence = match what {
            Foreign::Line(number) => {
                let line = self.talk.translated(number, text);
                line.map(|(said, text)| narrator::said_as(said, text, &words))
            }
            Foreign::Announcement => {
                let announced = self.hosting.announcement.as_mut();
                announced.and_then(|announced| announced.translation.came(text).map(str::to_owned))
            }
        };
        if let Some(sentence) = sentence {
            self.speak(sentence);
        }
        true
    }
}
