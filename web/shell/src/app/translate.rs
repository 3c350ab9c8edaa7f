//! Lines of the chat in the reader's language, for those who ask for it. Whoever translates, the script beside the shell
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

impl App {
    /// Shows the translation of a line, or the original again.
    pub(super) fn translate(&mut self, ctx: &Context<Self>, line: u64) {
        if let (Some(said), Some(words)) = (self.talk.turn(line), &self.words)
            && let Utterance::Line { text, language } = &said.utterance
        {
            let promise = translate_line(text, language, words.language());
            let link = ctx.link().clone();
            spawn_local(async move {
                let translated = match promise {
                    Ok(promise) => JsFuture::from(promise).await,
                    Err(error) => Err(error),
                };
                link.send_message(Msg::Translated(line, translated));
            });
        }
    }

    /// Told once, when it comes; where there is none, that there is none.
    pub(super) fn translated(&mut self, line: u64, translated: Result<JsValue, JsValue>) -> bool {
        let (text, trouble) = match translated {
            Ok(text) => (text.as_string(), "translate-none"),
            Err(_) => (None, "translate-failed"),
        };
        if text.is_none() {
            self.tell(trouble);
        }
        if let (Some((said, text)), Some(words)) = (self.talk.translated(line, text), &self.words) {
            let sentence = narrator::said_as(said, text, words);
            self.speak(sentence);
        }
        true
    }
}
