//! The picture that fills the page: stage, map, what lies over them, and the live region that tells it in words.

use glam::Vec2;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};
use yew::{Callback, Html, html};

use super::Ui;
use crate::app::{Screen, Showing, input::Input};

/// Height of a notch of the wheel, in CSS pixels.
const NOTCH_PX: f64 = 100.0;

/// The picture.
pub fn scene(ui: &Ui<'_>, input: &Callback<Input>) -> Html {
    let app = ui.app;
    let showing = match app.showing() {
        Showing::Stage => "stage",
        Showing::Map => "map",
    };
    let down = input.reform(|event: PointerEvent| {
        capture(&event);
        Input::Down(event.pointer_id(), at(&event))
    });
    let moved = input.reform(|event: PointerEvent| Input::Moved(event.pointer_id(), at(&event)));
    let up = input.reform(|event: PointerEvent| Input::Up(event.pointer_id()));
    let cancelled = input.reform(|event: PointerEvent| Input::Cancelled(event.pointer_id()));
    let wheel = input.reform(|event: WheelEvent| {
        let notches = (event.delta_y() / NOTCH_PX).clamp(-3.0, 3.0) as f32;
        Input::Wheel(
            notches,
            Vec2::new(event.client_x() as f32, event.client_y() as f32),
        )
    });
    html! {
        <main class="scene" id="scene" tabindex="-1" data-showing={showing} data-covered={app.stage_covers().to_string()} data-testid="scene"
            aria-label={ui.say("scene-label")} ref={app.scene_ref.clone()}>
            <div class="scene-hands" onpointerdown={down} onpointermove={moved} onpointerup={up}
                onpointercancel={cancelled} onwheel={wheel} data-testid="hands">
                <div class="map" ref={app.map_ref.clone()} aria-hidden={(showing != "map").to_string()}></div>
                <div class="stage" ref={app.stage_ref.clone()} aria-hidden={(showing != "stage").to_string()}></div>
            </div>
            <div class="tags" ref={app.tags_ref.clone()} aria-hidden="true"></div>
            <div class="ring" ref={app.ring_ref.clone()} aria-hidden="true"></div>
            if app.screen == Screen::World {
                { stick(ui, input) }
            }
        </main>
    }
}

/// The stick for thumbs; the style sheet shows it on touch screens only.
fn stick(ui: &Ui<'_>, input: &Callback<Input>) -> Html {
    let down = input.reform(|event: PointerEvent| {
        capture(&event);
        Input::StickDown(event.pointer_id(), at(&event))
    });
    let moved = input.reform(|event: PointerEvent| Input::StickMoved(event.pointer_id(), at(&event)));
    let up = input.reform(|event: PointerEvent| Input::StickUp(event.pointer_id()));
    html! {
        <div class="stick" data-testid="stick" ref={ui.app.stick_ref.clone()} aria-hidden="true"
            onpointerdown={down} onpointermove={moved} onpointerup={up.clone()} onpointercancel={up}>
            <div class="stick-knob"></div>
        </div>
    }
}

/// What happens, for screen readers.
pub fn live(ui: &Ui<'_>) -> Html {
    html! {
        <div class="unseen" role="log" aria-live="polite" aria-label={ui.say("live-label")} data-testid="live">
            { for ui.app.spoken.iter().map(|(number, sentence)| html! { <p key={*number}>{ sentence }</p> }) }
        </div>
    }
}

fn at(event: &PointerEvent) -> Vec2 {
    Vec2::new(event.client_x() as f32, event.client_y() as f32)
}

/// Keeps a drag's events coming when the pointer leaves the element.
fn capture(event: &PointerEvent) {
    if let Some(target) = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
    {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
