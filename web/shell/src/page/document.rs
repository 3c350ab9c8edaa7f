//! The document as a whole: language, title, colours, size of text, and what the device prefers.

use std::cell::RefCell;

use js_sys::{
    Array, Function,
    Intl::{NumberFormat, PluralRules},
    Object,
};
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::preferences::{Choice, MotionChoice, Preferences};
use crate::words::Numerals;

/// Shows what the visitor chose on the root element, where the style sheet finds it.
pub fn apply(preferences: &Preferences) {
    let Some(root) = root() else { return };
    let set = |name: &str, value: &str| {
        let _ = root.set_attribute(name, value);
    };
    set(
        "data-colours",
        preferences.colours.name().trim_start_matches("colours-"),
    );
    set("data-text", &preferences.text_size);
    set("data-motion", if is_calm(preferences) { "less" } else { "usual" });
}

/// Names the document's language and title.
pub fn entitle(language: &str, title: &str) {
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", language);
    }
    if let Some(document) = document() {
        // The relay has written one already; until there are words for a better one, it stays.
        if !title.is_empty() {
            document.set_title(title);
        }
    }
}

/// Whether the visitor wants less motion.
pub fn is_calm(preferences: &Preferences) -> bool {
    match preferences.motion {
        MotionChoice::Less => true,
        MotionChoice::Usual => false,
        MotionChoice::System => matches("(prefers-reduced-motion: reduce)"),
    }
}

/// The language of the interface: the address's, else the one chosen before, else the one in which the relay served the
/// page, which it takes from what the browser asks for.
pub fn language(available: &[(String, String)], preferences: &Preferences) -> String {
    let known = |tag: &str| {
        let tags = available.iter().map(|(tag, _)| tag.as_str());
        shared::text::served_language(tags, tag).map(str::to_owned)
    };
    let of_address = super::address::query("lang").and_then(|tag| known(&tag));
    let of_page = || known(&root()?.get_attribute("lang")?);
    let chosen = || preferences.language.as_deref().and_then(known);
    // The address of a kiosk stays what it is.
    let in_kiosk = super::is_kiosk().then(chosen).flatten();
    in_kiosk
        .or(of_address)
        .or_else(chosen)
        .or_else(of_page)
        .or_else(|| available.first().map(|(tag, _)| tag.clone()))
        .unwrap_or_default()
}

/// What the browser knows of a language's numbers. Only what is asked for is made.
#[derive(Default)]
struct Numbers {
    language: String,
    write: Option<Function>,
    plurals: Option<PluralRules>,
}

thread_local! {
    /// Of the last language.
    static NUMBERS: RefCell<Numbers> = RefCell::default();
}

/// Numbers as the browser writes and sorts them for a language.
pub const NUMERALS: Numerals = Numerals {
    write: |language, number| {
        let make = |locales: &Array| NumberFormat::new(locales, &Object::new()).format();
        let write = kept(language, |numbers| &mut numbers.write, make);
        let written = write.call1(&JsValue::UNDEFINED, &number.into());
        written
            .ok()
            .and_then(|written| written.as_string())
            .unwrap_or_default()
    },
    plural: |language, number| {
        let make = |locales: &Array| PluralRules::new(locales, &Object::new());
        String::from(kept(language, |numbers| &mut numbers.plurals, make).select(number))
    },
};

/// Lets the browser learn how a language writes numbers. The first time takes it as long as a screen of texts: that is for
/// a task of its own.
pub fn learn_numbers(language: &str) {
    (NUMERALS.write)(language, 0.0);
}

/// One of the last language's, made when it is asked for first.
fn kept<T: Clone>(
    language: &str,
    which: impl FnOnce(&mut Numbers) -> &mut Option<T>,
    make: impl FnOnce(&Array) -> T,
) -> T {
    NUMBERS.with_borrow_mut(|numbers| {
        if numbers.language != language {
            *numbers = Numbers {
                language: language.to_owned(),
                ..Numbers::default()
            };
        }
        let make = || make(&Array::of1(&language.into()));
        which(numbers).get_or_insert_with(make).clone()
    })
}

/// The hour and minute of an instant (milliseconds since 1970) on the device's clock, as readers of a language write it.
pub fn clock_time(at_ms: f64, language: &str) -> String {
    let options = Object::new();
    for key in ["hour", "minute"] {
        let _ = js_sys::Reflect::set(&options, &key.into(), &"2-digit".into());
    }
    let date = js_sys::Date::new(&at_ms.into());
    String::from(date.to_locale_time_string_with_options(language, &options))
}

/// Takes away the first screen that came with the page: the shell's own stands there now. True when the visitor has
/// already pressed its button. Its picture goes with it: kept until there is a map, it made a browser without a graphics
/// card half as slow again.
pub fn drop_first_screen() -> bool {
    let Some(document) = document() else { return false };
    let Some(first) = document.get_element_by_id("first") else {
        return false;
    };
    let has = |selector: &str| first.query_selector(selector).is_ok_and(|found| found.is_some());
    let (pressed, focused) = (has(":disabled"), has(":focus"));
    first.remove();
    if focused {
        focus(".entry-card .primary");
    }
    pressed
}

/// Whether nobody sees the page now: another tab is in front, or the screen is off.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Marks the page as a whole, for the style sheet.
pub fn mark(name: &str, on: bool) {
    if let Some(root) = root() {
        let _ = root.toggle_attribute_with_force(&format!("data-{name}"), on);
    }
}

/// The first element of a selector.
pub fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok()?
}

/// Whether the element of an id has the keyboard's focus.
pub fn has_focus(id: &str) -> bool {
    let focused = document().and_then(|document| document.active_element());
    focused.is_some_and(|element| element.id() == id)
}

/// Moves the keyboard's focus.
pub fn focus(selector: &str) {
    use wasm_bindgen::JsCast;
    if let Some(element) = find(selector).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

fn matches(query: &str) -> bool {
    super::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

fn document() -> Option<web_sys::Document> {
    super::window()?.document()
}

fn root() -> Option<Element> {
    document()?.document_element()
}
