//! What the visitor reads when the page itself breaks: plain words and the next step, prepared while all is well.

use std::cell::RefCell;

use gloo_events::EventListener;
use js_sys::WebAssembly::RuntimeError;
use wasm_bindgen::JsCast;
use web_sys::ErrorEvent;

use crate::words::Words;

thread_local! {
    static WORDS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps the words in the visitor's language.
pub fn prepare(words: String) {
    WORDS.with(|kept| *kept.borrow_mut() = words);
}

/// From now on a panic is shown to the visitor, instead of leaving a page that does not answer. It is a trap, of which
/// the browser tells the window; what still runs here is in the state in which the trap left it.
pub fn arm() {
    let Some(window) = super::window() else { return };
    EventListener::new(&window, "error", |event| {
        let error = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::error);
        if error.is_some_and(|error| error.is_instance_of::<RuntimeError>()) {
            show();
        }
    })
    .forget();
}

/// The first screen's texts of every language.
pub const FIRST: [(&str, &str); 4] = [
    ("ko", include_str!("../../../../assets/locales/ko/first.ftl")),
    ("en", include_str!("../../../../assets/locales/en/first.ftl")),
    ("ja", include_str!("../../../../assets/locales/ja/first.ftl")),
    (
        "zh-Hans",
        include_str!("../../../../assets/locales/zh-Hans/first.ftl"),
    ),
];

/// Says that the page did not come from a relay, which would have written into it what it needs: in every language, for
/// nobody knows the reader's yet.
pub fn not_served() {
    super::warn("this page was not served by a relay: there is no boot data in it");
    for (language, source) in FIRST {
        let words = Words::new(language, source.into(), super::document::NUMERALS);
        tell(&words.say("first-not-served"), "not-served", Some(language));
    }
}

/// Nothing can be done here about what fails: the page is broken already.
fn show() {
    let words = WORDS.with(|kept| kept.try_borrow().map(|words| words.clone()).unwrap_or_default());
    tell(&words, "apology", None);
    if super::is_kiosk() {
        begin_anew();
    }
}

/// Has the browser load the page anew, for nobody is there to do it. No code of the broken page is left to run.
fn begin_anew() {
    let document = super::window().and_then(|window| window.document());
    let Some((document, head)) = document.and_then(|document| Some((document.clone(), document.head()?)))
    else {
        return;
    };
    if let Ok(meta) = document.create_element("meta") {
        let _ = meta.set_attribute("http-equiv", "refresh");
        let _ = meta.set_attribute("content", "10");
        let _ = head.append_child(&meta);
    }
}

/// Adds a paragraph of a class to the page; without a language it is in the page's own.
fn tell(words: &str, class: &str, language: Option<&str>) {
    let document = super::window().and_then(|window| window.document());
    let Some((document, body)) = document.and_then(|document| Some((document.clone(), document.body()?)))
    else {
        return;
    };
    let Ok(element) = document.create_element("p") else {
        return;
    };
    element.set_class_name(class);
    let _ = element.set_attribute("role", "alert");
    if let Some(language) = language {
        let _ = element.set_attribute("lang", language);
    }
    element.set_text_content(Some(words));
    let _ = body.append_child(&element);
}
