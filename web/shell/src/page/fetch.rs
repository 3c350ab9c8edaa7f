//! Getting a file over HTTP, trying again while the network is bad.

use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Attempts, and the pause before the second in milliseconds; it doubles with each.
const ATTEMPTS: u32 = 5;
const PAUSE_MS: u32 = 400;

/// The bytes at an address; an error that names address and status after several attempts.
pub async fn bytes(url: &str) -> Result<Vec<u8>, String> {
    let mut pause_ms = PAUSE_MS;
    let mut last = String::new();
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            TimeoutFuture::new(pause_ms).await;
            pause_ms *= 2;
        }
        match once(url).await {
            Ok(bytes) => return Ok(bytes),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// The text at an address.
pub async fn text(url: &str) -> Result<String, String> {
    String::from_utf8(bytes(url).await?).map_err(|_| format!("{url}: not UTF-8"))
}

/// One attempt.
pub async fn once(url: &str) -> Result<Vec<u8>, String> {
    let window = super::window().ok_or("no window")?;
    let response = JsFuture::from(window.fetch_with_str(url))
        .await
        .map_err(|_| format!("{url}: no answer"))?;
    let response: Response = response.dyn_into().map_err(|_| format!("{url}: no response"))?;
    if !response.ok() {
        return Err(format!("{url}: status {}", response.status()));
    }
    let body = response.array_buffer().map_err(|_| format!("{url}: no body"))?;
    let body = JsFuture::from(body)
        .await
        .map_err(|_| format!("{url}: broken off"))?;
    Ok(Uint8Array::new(&body).to_vec())
}
