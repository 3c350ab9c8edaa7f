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

impl Size {
    /// Of an element of so many CSS pixels on a screen with `ratio` device pixels to each, and of exactly so many device
    /// pixels where the browser tells: what it lays out is rounded as the page around it demands. None when it is empty.
    fn of(css: [f64; 2], ratio: f64, exact: Option<[u32; 2]>) -> Option<Self> {
        let device = exact.unwrap_or_else(|| css.map(|side| (side * ratio).round() as u32));
        device.iter().all(|side| *side > 0).then(|| Self {
            css: css.map(|side| side as f32),
            device,
        })
    }
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
            let ratio = page::window().map_or(1.0, |window| window.device_pixel_ratio());
            if let Some(size) = Size::of([rect.width(), rect.height()], ratio, device_pixels(&entry)) {
                on.emit(size);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phones_pixels_are_the_devices() {
        // 390 by 844 at three to one, as browsers tell it and as it follows where they do not.
        let told = Size::of([390.0, 844.0], 3.0, Some([1_170, 2_532])).unwrap();
        assert_eq!(Size::of([390.0, 844.0], 3.0, None), Some(told));
        // Zoomed to 110 %, what is laid out ends where the page says, not where arithmetic does.
        let zoomed = Size::of([354.5, 767.3], 3.3, Some([1_170, 2_533])).unwrap();
        assert_eq!(zoomed.device, [1_170, 2_533]);
        assert_eq!(Size::of([354.5, 0.0], 3.3, None), None);
    }
}
