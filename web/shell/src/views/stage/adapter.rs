//! What this device can draw with: found by asking for a real adapter, never by the presence of an interface.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::OffscreenCanvas;

use super::ladder::Build;

/// How long an adapter may keep us waiting, in milliseconds: a busy graphics process has been seen never to answer.
const PATIENCE_MS: i32 = 8_000;

/// The builds that this device can run, the best first.
pub async fn builds() -> Vec<Build> {
    let mut builds = Vec::new();
    if !has_offscreen_canvas() {
        return builds;
    }
    if webgpu().await {
        builds.push(Build::WebGpu);
    }
    if webgl() {
        builds.push(Build::WebGl);
    }
    builds
}

/// Whether a canvas can be handed to a worker.
fn has_offscreen_canvas() -> bool {
    let global = js_sys::global();
    Reflect::get(&global, &"HTMLCanvasElement".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()))
        .and_then(|prototype| Reflect::has(&prototype, &"transferControlToOffscreen".into()))
        .unwrap_or(false)
}

async fn webgpu() -> bool {
    request_adapter()
        .await
        .is_some_and(|adapter| !adapter.is_null() && !adapter.is_undefined())
}

async fn request_adapter() -> Option<JsValue> {
    let navigator = super::super::super::page::window()?.navigator();
    let gpu = Reflect::get(&navigator, &"gpu".into())
        .ok()
        .filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&gpu, &"requestAdapter".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let asked: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
    let answer = Promise::race(&Array::of2(&asked, &in_a_while()));
    JsFuture::from(answer).await.ok()
}

/// Comes to nothing after [`PATIENCE_MS`].
fn in_a_while() -> Promise {
    Promise::new(&mut |resolve, _| {
        let window = super::super::super::page::window();
        // Without a timer the adapter is waited for, as if there were no limit.
        let _ = window.map(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PATIENCE_MS)
        });
    })
}

fn webgl() -> bool {
    let context = OffscreenCanvas::new(1, 1).and_then(|canvas| canvas.get_context("webgl2"));
    context.is_ok_and(|context| context.is_some())
}
