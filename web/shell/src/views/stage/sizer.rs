//! The size of an element in device pixels, exactly as the browser lays it out, whenever it changes.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Element, ResizeObserver, ResizeObserverBoxOptions, ResizeObserverEntry, ResizeObserverOptions,
    ResizeObserverSize,
};
use yew::Callback;

use crate::page;

/// The size of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// In CSS pixels.
    pub css: [f32; 2],
    /// In device pixels.
    pub device: [u32; 2],
}

/// Watches an element until dropped.
pub struct Sizer {
    observer: ResizeObserver,
    _closure: Closure<dyn FnMut(Array)>,
}

impl Sizer {
    /// Tells each size of an element that is not empty, the first at once.
    pub fn watch(element: &Element, on: Callback<Size>) -> Option<Self> {
        let closure = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let Ok(entry) = entries.get(0).dyn_into::<ResizeObserverEntry>() else {
                return;
            };
            let rect = entry.content_rect();
            let css = [rect.width() as f32, rect.height() as f32];
            let device = device_pixels(&entry).unwrap_or_else(|| {
                let ratio = page::window().map_or(1.0, |window| window.device_pixel_ratio());
                [rect.width() * ratio, rect.height() * ratio].map(|side| side.round() as u32)
            });
            if device[0] > 0 && device[1] > 0 {
                on.emit(Size { css, device });
            }
        });
        let observer = ResizeObserver::new(closure.as_ref().unchecked_ref()).ok()?;
        if knows_device_pixels() {
            let options = ResizeObserverOptions::new();
            options.set_box(ResizeObserverBoxOptions::DevicePixelContentBox);
            observer.observe_with_options(element, &options);
        } else {
            observer.observe(element);
        }
        Some(Self {
            observer,
            _closure: closure,
        })
    }
}

impl Drop for Sizer {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Whether the browser tells sizes in device pixels; Safari does not.
fn knows_device_pixels() -> bool {
    Reflect::get(&js_sys::global(), &"ResizeObserverEntry".into())
        .and_then(|class| Reflect::get(&class, &"prototype".into()))
        .and_then(|prototype| Reflect::has(&prototype, &"devicePixelContentBoxSize".into()))
        .unwrap_or(false)
}

fn device_pixels(entry: &ResizeObserverEntry) -> Option<[u32; 2]> {
    let sizes = Reflect::get(entry, &JsValue::from_str("devicePixelContentBoxSize")).ok()?;
    let size: ResizeObserverSize = sizes.dyn_into::<Array>().ok()?.get(0).dyn_into().ok()?;
    Some([size.inline_size() as u32, size.block_size() as u32])
}
