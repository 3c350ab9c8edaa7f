//! What this device may be able to draw with. Whether it is, each build's worker finds out by asking for a real adapter,
//! before it fetches the build: asked here, a graphics process that is slow to start would keep the page waiting.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::ladder::Build;
use crate::page;

/// The builds that are worth a try, the best first; none where a canvas cannot be handed to a worker.
pub fn builds() -> Vec<Build> {
    if !has_offscreen_canvas() {
        return Vec::new();
    }
    if has_webgpu() {
        vec![Build::WebGpu, Build::WebGl]
    } else {
        vec![Build::WebGl]
    }
}

/// Whether a canvas can be handed to a worker.
fn has_offscreen_canvas() -> bool {
    let global = js_sys::global();
    Reflect::get(&global, &"HTMLCanvasElement".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()))
        .and_then(|prototype| Reflect::has(&prototype, &"transferControlToOffscreen".into()))
        .unwrap_or(false)
}

/// Whether the browser knows the interface at all.
fn has_webgpu() -> bool {
    page::window()
        .and_then(|window| Reflect::get(&window.navigator(), &"gpu".into()).ok())
        .is_some_and(|gpu| JsValue::is_object(&gpu))
}
