//! Keys and pointers, and what they mean where.

use glam::Vec2;
use gloo_events::{EventListener, EventListenerOptions};
use shared::motion::Motion;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};
use yew::{Context, html::Scope};

use super::{App, Msg, Screen, Showing, act::Act, act::Panel};
use crate::{
    page::{self, gesture::Gesture, preferences::ViewChoice},
    session::Event,
    world::controls::Hold,
};

/// How far a drag across the screen turns the camera, in radians a CSS pixel.
const TURN_PER_PX: f32 = 0.005;

/// How much a notch of the wheel zooms: the logarithm of the factor, an eighth.
const ZOOM_PER_NOTCH: f32 = 0.113;

/// How many of [`Motion::EMOTES`] have a number key: 1 to 9, then 0.
pub const EMOTE_KEYS: usize = 10;

/// Something that hands did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A key that holds something went down or up.
    Hold {
        /// What it holds.
        hold: Hold,
        /// Whether it went down.
        down: bool,
        /// Whether it is a letter, which the visitor can switch off.
        letter: bool,
    },
    /// A key that does something was pressed.
    Press(Key),
    /// A pointer went down on the picture.
    Down(i32, Vec2),
    /// It moved.
    Moved(i32, Vec2),
    /// It went up.
    Up(i32),
    /// It was taken away.
    Cancelled(i32),
    /// The wheel turned: towards the visitor is positive.
    Wheel(f32, Vec2),
    /// The touch stick was grabbed.
    StickDown(i32, Vec2),
    /// It was moved.
    StickMoved(i32, Vec2),
    /// It was let go.
    StickUp(i32),
    /// The page lost the focus: nothing is held any more.
    Blurred,
    /// The page was hidden or shown.
    Visible,
    /// The device says that it has a network again.
    Online,
    /// The browser went back or forward.
    Address,
}

/// Keys that do something when pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Closes what is open.
    Escape,
    /// Opens the chat.
    Chat,
    /// Says what is around.
    Describe,
    /// Changes between stage and map.
    View,
    /// Opens the help.
    Help,
    /// Goes through the portal that is within reach.
    Door,
    /// Shows less, larger.
    Nearer,
    /// Shows more, smaller.
    Farther,
    /// Makes a gesture, by its number.
    Emote(usize),
}

/// Listens to what concerns the page as a whole.
pub fn listen(link: &Scope<App>) -> Vec<EventListener> {
    let Some(window) = page::window() else {
        return Vec::new();
    };
    let mut listeners = Vec::new();
    for down in [true, false] {
        let link = link.clone();
        let name = if down { "keydown" } else { "keyup" };
        let options = EventListenerOptions::enable_prevent_default();
        listeners.push(EventListener::new_with_options(
            &window,
            name,
            options,
            move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
                    return;
                };
                if page::is_kiosk()
                    && down
                    && let Some(press) = super::kiosk::pad(event)
                {
                    event.prevent_default();
                    return link.send_message(Msg::Act(Act::Kiosk(press)));
                }
                if let Some(input) = key(event, down) {
                    if matches!(input, Input::Press(Key::Chat)) || event.code().starts_with("Arrow") {
                        // The key that opens the chat is not to be typed into it; arrows are not to scroll.
                        event.prevent_default();
                    }
                    link.send_message(Msg::Input(input));
                }
            },
        ));
    }
    let mut on = |name: &'static str, target: &web_sys::EventTarget, input: Input| {
        let link = link.clone();
        listeners.push(EventListener::new(target, name, move |_| {
            link.send_message(Msg::Input(input));
        }));
    };
    on("blur", &window, Input::Blurred);
    on("online", &window, Input::Online);
    on("popstate", &window, Input::Address);
    if let Some(document) = window.document() {
        on("visibilitychange", &document, Input::Visible);
    }
    listeners
}

/// What a key means, by its place on the keyboard: a Korean layout has other letters there.
fn key(event: &KeyboardEvent, down: bool) -> Option<Input> {
    let code = event.code();
    // A key that goes up is let go, whatever is held down meanwhile and wherever the focus has gone.
    if down {
        // What takes back a syllable is the writing system's.
        if event.is_composing() {
            return None;
        }
        if code == "Escape" {
            return Some(Input::Press(Key::Escape));
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return None;
        }
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target
            .as_ref()
            .is_some_and(|target| target.closest(selector).is_ok_and(|found| found.is_some()))
    };
    if down && within("input, textarea, select, [contenteditable]") {
        return None;
    }
    let arrow = code.starts_with("Arrow");
    if down && arrow && within(".panel, .entry, .easy") {
        return None;
    }
    let hold = match code.as_str() {
        "KeyW" | "ArrowUp" => Some(Hold::Forward),
        "KeyS" | "ArrowDown" => Some(Hold::Back),
        "KeyA" | "ArrowLeft" => Some(Hold::Left),
        "KeyD" | "ArrowRight" => Some(Hold::Right),
        "ShiftLeft" | "ShiftRight" => Some(Hold::Run),
        "KeyQ" => Some(Hold::OrbitLeft),
        "KeyE" => Some(Hold::OrbitRight),
        "KeyR" => Some(Hold::LookUp),
        "KeyV" => Some(Hold::LookDown),
        _ => None,
    };
    if let Some(hold) = hold {
        return Some(Input::Hold {
            hold,
            down,
            letter: code.starts_with("Key"),
        });
    }
    if !down || event.repeat() {
        return None;
    }
    let press = match code.as_str() {
        "KeyT" => Key::Chat,
        "Enter" if !within("button, a, summary") => Key::Chat,
        "KeyN" => Key::Describe,
        "KeyM" => Key::View,
        "KeyH" => Key::Help,
        "KeyF" => Key::Door,
        "Equal" | "NumpadAdd" => Key::Nearer,
        "Minus" | "NumpadSubtract" => Key::Farther,
        // 1 to 9, then 0.
        _ => {
            let digit: usize = code.strip_prefix("Digit")?.parse().ok()?;
            Key::Emote((digit + EMOTE_KEYS - 1) % EMOTE_KEYS)
        }
    };
    Some(Input::Press(press))
}

impl App {
    pub(super) fn input(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        match input {
            Input::Hold { hold, down, letter } => self.hold(hold, down, letter),
            Input::Press(key) => self.press(ctx, key),
            Input::Down(id, at) => {
                self.gestures.down(id, at, page::now_ms());
                false
            }
            Input::Moved(id, to) => {
                let gesture = self.gestures.moved(id, to);
                gesture.is_some_and(|gesture| self.gesture(ctx, gesture))
            }
            Input::Up(id) => {
                let gesture = self.gestures.up(id, page::now_ms());
                gesture.is_some_and(|gesture| self.gesture(ctx, gesture))
            }
            Input::Cancelled(id) => {
                self.gestures.cancel(id);
                false
            }
            Input::Wheel(notches, at) => {
                let factor = (notches * ZOOM_PER_NOTCH).exp();
                match self.showing() {
                    Showing::Stage => self.act(ctx, Act::Zoom(factor)),
                    Showing::Map => {
                        self.map.camera.zoom(factor, Some(at));
                        false
                    }
                }
            }
            Input::StickDown(id, at) => {
                self.stick = Some(id);
                self.move_stick(at)
            }
            Input::StickMoved(id, at) => self.stick == Some(id) && self.move_stick(at),
            Input::StickUp(id) => {
                if self.stick == Some(id) {
                    self.stick = None;
                    self.set_stick(Vec2::ZERO);
                }
                false
            }
            Input::Blurred => {
                if let Some(world) = &self.world {
                    world.borrow_mut().controls.release();
                }
                false
            }
            Input::Visible if page::document::is_hidden() => {
                self.stick = None;
                self.set_stick(Vec2::ZERO);
                if let Some(world) = &self.world {
                    world.borrow_mut().rest();
                }
                self.tell_stance();
                false
            }
            Input::Visible => {
                self.stage.forgive(page::now_ms());
                false
            }
            Input::Online => self.session_event(ctx, Event::Online),
            Input::Address => self.address_led(ctx),
        }
    }

    fn hold(&mut self, hold: Hold, down: bool, letter: bool) -> bool {
        if let Some(world) = self.world.as_ref().filter(|world| world.borrow().me.present) {
            if !down || !letter || self.preferences.letters {
                world.borrow_mut().controls.hold(hold, down);
            }
            if down {
                self.map.camera.follows = true;
            }
        }
        false
    }

    fn press(&mut self, ctx: &Context<Self>, key: Key) -> bool {
        if key == Key::Escape {
            return self.act(ctx, Act::Close);
        }
        if self.screen == Screen::Entry || !self.preferences.letters {
            return false;
        }
        match key {
            Key::Escape => false,
            Key::Chat if self.panel == Some(Panel::Talk) => {
                page::document::focus("#say");
                false
            }
            Key::Chat => self.act(ctx, Act::Toggle(Panel::Talk)),
            Key::Describe => self.act(ctx, Act::Describe),
            Key::View => {
                let other = match self.preferences.view {
                    ViewChoice::Auto => ViewChoice::Map,
                    ViewChoice::Map => ViewChoice::Auto,
                };
                self.act(ctx, Act::View(other))
            }
            Key::Help => self.act(ctx, Act::Toggle(Panel::Help)),
            Key::Door => self.enter_door(ctx),
            Key::Nearer => self.act(ctx, Act::Zoom(1.0 / 1.25)),
            Key::Farther => self.act(ctx, Act::Zoom(1.25)),
            Key::Emote(number) => match Motion::EMOTES.get(number) {
                Some(motion) => self.act(ctx, Act::Emote(*motion)),
                None => false,
            },
        }
    }

    fn gesture(&mut self, ctx: &Context<Self>, gesture: Gesture) -> bool {
        let Some(world) = self.world.clone() else {
            return false;
        };
        let [width, height] = self.size.css;
        match (self.showing(), gesture) {
            (Showing::Stage, Gesture::Tap(at)) => {
                let ground = {
                    let world = world.borrow();
                    world.ground_at(&world.camera.view(width, height), at)
                };
                ground.is_some_and(|ground| self.act(ctx, Act::WalkTo(ground)))
            }
            (Showing::Stage, Gesture::Drag(by)) => {
                world
                    .borrow_mut()
                    .camera
                    .turn_by(-by.x * TURN_PER_PX, by.y * TURN_PER_PX);
                false
            }
            (Showing::Stage, Gesture::Pinch(factor, _)) => {
                world.borrow_mut().camera.zoom_by(1.0 / factor);
                false
            }
            (Showing::Map, Gesture::Tap(at)) => {
                let point = self.map.camera.point_at(at);
                self.act(ctx, Act::WalkToPoint(point))
            }
            (Showing::Map, Gesture::Drag(by)) => {
                self.map.camera.pan(by);
                false
            }
            (Showing::Map, Gesture::Pinch(factor, at)) => {
                self.map.camera.zoom(1.0 / factor, Some(at));
                false
            }
        }
    }

    /// The finger on the stick is at a point of the screen.
    fn move_stick(&mut self, at: Vec2) -> bool {
        let Some(base) = self.stick_ref.cast::<Element>() else {
            return false;
        };
        let rect = base.get_bounding_client_rect();
        let radius = (rect.width() as f32 / 2.0).max(1.0);
        let middle = Vec2::new(rect.left() as f32, rect.top() as f32) + radius;
        self.set_stick(((at - middle) / radius).clamp_length_max(1.0));
        false
    }

    fn set_stick(&mut self, stick: Vec2) {
        if let Some(world) = self.world.as_ref().filter(|world| world.borrow().me.present) {
            world.borrow_mut().controls.set_stick(stick);
        }
        let knob = self
            .stick_ref
            .cast::<Element>()
            .and_then(|base| base.first_element_child());
        if let Some(knob) = knob.and_then(|knob| knob.dyn_into::<HtmlElement>().ok()) {
            let transform = format!("translate({:.0}%,{:.0}%)", stick.x * 60.0, stick.y * 60.0);
            let _ = knob.style().set_property("transform", &transform);
        }
    }
}
