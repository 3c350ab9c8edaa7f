//! The browser around the model: what the page was served with, what it remembers, its address, its network.

pub mod address;
pub mod apology;
pub mod boot;
pub mod document;
pub mod fetch;
pub mod gesture;
pub mod handle;
pub mod hangul;
pub mod keypad;
pub mod preferences;
pub mod ticket;
pub mod voice;

use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The window; a page has one.
pub fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// Milliseconds since the page began, never running backwards.
pub fn now_ms() -> f64 {
    window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Lets the browser do what else is due, such as answering a click, between two pieces of work.
pub async fn breathe() {
    TimeoutFuture::new(0).await;
}

/// Lets the browser show what has just been rendered: in the second frame from now it is on the screen. It does not wait
/// for a page that nobody sees.
pub async fn shown() {
    const AT_MOST_MS: u32 = 250;
    for _ in 0..2 {
        let frame = Promise::new(&mut |resolve, _| {
            let _ = window().map(|window| window.request_animation_frame(&resolve));
        });
        select(JsFuture::from(frame), TimeoutFuture::new(AT_MOST_MS)).await;
    }
    breathe().await;
}

/// Writes to the browser's console what a developer has to know.
pub fn warn(message: &str) {
    web_sys::console::warn_1(&JsValue::from_str(message));
}

/// What the browser has thrown, in its own words.
pub fn thrown(error: &JsValue) -> String {
    error.unchecked_ref::<Object>().to_string().into()
}

/// Whether this is a screen in public, which keeps nothing of anyone: `?kiosk=`.
pub fn is_kiosk() -> bool {
    thread_local! {
        static KIOSK: bool = address::query("kiosk").is_some();
    }
    KIOSK.with(|kiosk| *kiosk)
}

/// Whether this tab keeps nothing of its visit: a screen in public, or a made-up world, which is no visit.
pub fn keeps_nothing() -> bool {
    thread_local! {
        static NOTHING: bool = is_kiosk() || address::query("mock").is_some();
    }
    NOTHING.with(|nothing| *nothing)
}

/// Whether the visitor has asked the browser to save data, as when roaming.
pub fn saves_data() -> bool {
    let get = |of: &JsValue, name: &str| js_sys::Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED);
    window().is_some_and(|window| get(&get(&window.navigator(), "connection"), "saveData").is_truthy())
}

/// A number that cannot be guessed.
pub fn random_u64() -> u64 {
    let mut bytes = [0; 8];
    let filled = window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled {
        u64::from_le_bytes(bytes)
    } else {
        js_sys::Math::random().to_bits()
    }
}
