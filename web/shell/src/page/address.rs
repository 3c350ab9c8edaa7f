//! The address bar: what a link asked for, and the link to where the visitor is now.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// A word of the query, such as `lang` in `?lang=en`.
pub fn query(key: &str) -> Option<String> {
    let search = super::window()?.location().search().ok()?;
    UrlSearchParams::new_with_str(&search).ok()?.get(key)
}

/// A number of the query.
pub fn number(key: &str) -> Option<f64> {
    let text = query(key).filter(|text| !text.is_empty())?;
    // The browser's own reading: Rust's carries ten kilobytes of tables.
    let number = JsValue::from_str(&text).unchecked_into_f64();
    number.is_finite().then_some(number)
}

/// What stands before an invitation in a link.
const INVITATION: &str = "#invite=";

/// Takes the invitation out of the address at once, so that nobody passes it on by mistake, and keeps it for the hello.
/// One that is pasted into the open page later is taken as well: the page begins anew with it.
pub fn take_invitation() {
    let Some(window) = super::window() else { return };
    invitation_taken();
    let later = EventListener::new(&window, "hashchange", |_| {
        if invitation_taken() {
            reload();
        }
    });
    later.forget();
}

fn invitation_taken() -> bool {
    let Some(location) = super::window().map(|window| window.location()) else {
        return false;
    };
    let fragment = location.hash().unwrap_or_default();
    let Some(invitation) = fragment.strip_prefix(INVITATION) else {
        return false;
    };
    super::ticket::keep_invitation(invitation);
    replace(&format!("{}{}", path(), location.search().unwrap_or_default()));
    true
}

/// The path without the query.
pub fn path() -> String {
    super::window()
        .and_then(|window| window.location().pathname().ok())
        .unwrap_or_default()
}

/// The address of a place's spot.
pub fn path_of(place: &str, spot: &str) -> String {
    format!("/{place}/{spot}")
}

/// Shows another path, keeping the query and adding no entry to the history.
pub fn show_path(path: &str) {
    let query = super::window()
        .and_then(|window| window.location().search().ok())
        .unwrap_or_default();
    replace(&format!("{path}{query}"));
}

/// Shows another path as one that Back leads back from, keeping the query.
pub fn push_path(path: &str) {
    let Some(window) = super::window() else { return };
    let address = format!("{path}{}", window.location().search().unwrap_or_default());
    if let Ok(history) = window.history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// The path with the query, as it is shown.
pub fn shown() -> String {
    let location = super::window().map(|window| window.location());
    format!(
        "{}{}",
        path(),
        location
            .and_then(|location| location.search().ok())
            .unwrap_or_default()
    )
}

/// Shows another path and query, adding no entry to the history.
pub fn show(address: &str) {
    replace(address);
}

/// Writes a word into the query.
pub fn show_query(key: &str, value: &str) {
    let Some(location) = super::window().map(|window| window.location()) else {
        return;
    };
    let search = location.search().unwrap_or_default();
    let Ok(params) = UrlSearchParams::new_with_str(&search) else {
        return;
    };
    params.set(key, value);
    let query = String::from(params.to_string());
    replace(&format!("{}?{query}", path()));
}

/// The channel that a link asked for.
pub fn channel() -> Option<u16> {
    query("channel")?.parse().ok()
}

/// Shows the channel. The first goes without saying, unless the address says something else.
pub fn show_channel(channel: u16) {
    if channel > 1 || query("channel").is_some() {
        show_query("channel", &channel.to_string());
    }
}

/// The whole address, to be passed on: whoever follows it comes into the same channel.
pub fn link() -> String {
    let href = super::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    let Ok(url) = web_sys::Url::new(&href) else {
        return href;
    };
    // The other one has a language, too.
    url.search_params().delete("lang");
    // An address that names none shows the first.
    if channel().is_none() {
        url.search_params().set("channel", "1");
    }
    url.href()
}

/// Where the relay draws the QR code of where the visitor is.
pub fn code() -> String {
    format!("/qr{}.svg?channel={}", path(), channel().unwrap_or(1))
}

/// Where the relay's socket is.
pub fn socket() -> String {
    let Some(location) = super::window().map(|window| window.location()) else {
        return String::new();
    };
    let scheme = if location.protocol().is_ok_and(|protocol| protocol == "https:") {
        "wss"
    } else {
        "ws"
    };
    format!("{scheme}://{}/ws", location.host().unwrap_or_default())
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = super::window() {
        let _ = window.location().reload();
    }
}

fn replace(address: &str) {
    let history = super::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}
