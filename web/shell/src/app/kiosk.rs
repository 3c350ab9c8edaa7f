//! The kiosk: a screen in public that nobody looks after. `?kiosk=NAME` makes the page one.
//!
//! It waits with the city's picture until someone touches it, is theirs while they use it, and forgets everything about
//! them soon after: the address of a kiosk can also say how long that takes (`&idle=`, seconds) and how loud it may be
//! (`&volume=`, per cent). Whatever fails, it comes back to where it waits without a hand.

use std::{cell::Cell, rc::Rc};

use glam::Vec2;
use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use shared::{protocol::CloseReason, text::is_kiosk_name};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, EventInit, HtmlInputElement, KeyboardEvent};
use yew::{Context, html::Scope};

use super::{App, Msg, Screen, act::Act};
use crate::{
    page::{
        self, address, apology,
        boot::Boot,
        document, fetch, hangul,
        keypad::{self, Way},
        preferences::{Colours, Preferences, SoundChoice, TEXT_SIZES},
        ticket, voice,
    },
    session::{Session, State},
    views::map::Map,
    words::Words,
    world::{World, talk::Talk},
};

/// How long a visitor may do nothing, in seconds: the usual, and the limits of what an address can ask for.
const IDLE_S: f64 = 90.0;
const IDLE_LIMITS_S: [f64; 2] = [4.0, 900.0];

/// For how many of these seconds the page counts down, at most.
const COUNTED_S: f64 = 20.0;

/// How often it reports to the relay, in milliseconds.
const REPORT_EVERY_MS: f64 = 15_000.0;

/// After so many hours, and this long without a visitor, the page is loaded anew, and with it the engine: whatever memory
/// has been lost comes back. In milliseconds.
const ANEW_AFTER_MS: f64 = 6.0 * 3_600_000.0;
const ANEW_IDLE_MS: f64 = 60_000.0;

/// How fast the camera looks around while nobody is there, as a share of how fast keys turn it.
const LOOKS_AROUND: Vec2 = Vec2::new(0.04, 0.0);

/// Volumes to choose from, as shares of what the kiosk allows.
const VOLUMES: [f32; 4] = [0.0, 0.3, 0.6, 1.0];

/// What hands do that has anything to do with anyone being there.
const SIGNS: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "input"];

/// Keys of the keyboard on the screen that write nothing.
pub const ERASE: char = '\u{8}';
/// Sends what was written.
pub const SEND: char = '\n';
/// Upper case, or tense letters.
pub const SHIFT: char = '\u{e}';
/// From Hangul to Latin letters, and back.
pub const SWITCH: char = '\u{f}';

/// Something that is done at a kiosk.
#[derive(Clone, Debug, PartialEq)]
pub enum Press {
    /// Begins, in a language.
    Begin(Option<String>),
    /// Is still there.
    Stay,
    /// Is done.
    Finish,
    /// Moves what is pressed to the lower half of the screen, or back.
    Reach,
    /// The strongest contrast, or the usual one.
    Contrast,
    /// The next size of text.
    Larger,
    /// The next volume.
    Volume,
    /// A key of the keyboard on the screen.
    Key(char),
    /// A way to go on a keypad.
    Go(Way),
    /// The key of a keypad for the next part of the page.
    NextPart,
    /// The key of a keypad that goes back.
    Back,
    /// The key of a keypad that presses.
    Push,
}

/// What the page knows as a kiosk.
pub struct Kiosk {
    /// Its name for reports; empty for one that cannot be reported.
    name: String,
    /// The address that it begins with for everyone, and the place and the spot that it leads to.
    home: String,
    stands: (String, Option<String>),
    idle_ms: f64,
    /// The loudest it may be, 0 to 1.
    loudest: f32,
    /// When someone last did something.
    touched_ms: Rc<Cell<f64>>,
    /// Seconds left, while they are counted.
    pub left: Option<u32>,
    /// What was said in each language: touch to begin.
    pub begin: Vec<(&'static str, String)>,
    /// Index into [`VOLUMES`].
    pub volume: usize,
    /// Whether what is pressed is in the lower half of the screen.
    pub within_reach: bool,
    /// Which field is written into.
    pub typing: Option<String>,
    /// The keyboard's letters.
    pub keys: Keys,
    reported_ms: f64,
    engine_ms: f64,
    _listeners: Vec<EventListener>,
}

/// Which letters the keyboard on the screen has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Hangul, or else Latin.
    pub hangul: bool,
    /// The other ones.
    pub shifted: bool,
    /// The last syllable is being written.
    open: bool,
}

impl Kiosk {
    /// None where the address does not ask for one.
    pub fn begin(boot: &Boot, link: &Scope<App>) -> Option<Self> {
        let name = address::query("kiosk")?;
        let now_ms = page::now_ms();
        let touched_ms = Rc::new(Cell::new(now_ms));
        document::mark("kiosk", true);
        let begin = apology::FIRST.map(|(language, source)| {
            let words = Words::new(language, source.into(), document::NUMERALS);
            (language, words.say("first-touch"))
        });
        Some(Self {
            name: name.to_ascii_lowercase(),
            home: address::shown(),
            stands: (boot.place.clone(), boot.spot.clone()),
            idle_ms: address::number("idle")
                .unwrap_or(IDLE_S)
                .clamp(IDLE_LIMITS_S[0], IDLE_LIMITS_S[1])
                * 1_000.0,
            loudest: (address::number("volume").unwrap_or(100.0) / 100.0).clamp(0.0, 1.0) as f32,
            _listeners: listen(&touched_ms, link),
            touched_ms,
            left: None,
            begin: begin.into(),
            volume: 0,
            within_reach: false,
            typing: None,
            keys: Keys::default(),
            reported_ms: f64::NEG_INFINITY,
            engine_ms: now_ms,
        })
    }

    fn counted_ms(&self) -> f64 {
        (self.idle_ms / 2.0).min(COUNTED_S * 1_000.0)
    }
}

/// Notes when someone does something; keeps links from leading away, and what is beneath a finger from a menu.
fn listen(touched_ms: &Rc<Cell<f64>>, link: &Scope<App>) -> Vec<EventListener> {
    let Some(window) = page::window() else {
        return Vec::new();
    };
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let mut listeners = Vec::new();
    for name in SIGNS {
        let touched_ms = touched_ms.clone();
        listeners.push(EventListener::new_with_options(
            &window,
            name,
            options,
            move |_| {
                touched_ms.set(page::now_ms());
            },
        ));
    }
    for name in ["click", "auxclick", "contextmenu"] {
        listeners.push(EventListener::new_with_options(
            &window,
            name,
            options,
            move |event| {
                let leads = element(event).is_some_and(|element| {
                    element
                        .closest("a[href]:not([href^='#'])")
                        .is_ok_and(|link| link.is_some())
                });
                if leads || name != "click" {
                    event.prevent_default();
                }
            },
        ));
    }
    let link = link.clone();
    listeners.push(EventListener::new(&window, "focusin", move |event| {
        let field = element(event).filter(|element| element.matches("input[type=text]").unwrap_or(false));
        if let Some(field) = field {
            link.send_message(Msg::Typing(format!("#{}", field.id())));
        }
    }));
    listeners
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What a key of a keypad means where arrows do not walk; none for what is handled as everywhere.
pub fn pad(event: &KeyboardEvent) -> Option<Press> {
    let target = element(event).map(|element| element.get_attribute("type").unwrap_or_default());
    let kind = target.as_deref().unwrap_or_default();
    let on_picture = keypad::is_on_picture();
    let way = match event.code().as_str() {
        "ArrowUp" => Some(Way::Up),
        "ArrowDown" => Some(Way::Down),
        "ArrowLeft" if kind != "text" && kind != "range" => Some(Way::Left),
        "ArrowRight" if kind != "text" && kind != "range" => Some(Way::Right),
        _ => None,
    };
    if let Some(way) = way {
        return (!on_picture).then_some(Press::Go(way));
    }
    match event.key().as_str() {
        "Enter" if on_picture => Some(Press::NextPart),
        "Enter" if kind == "radio" || kind == "checkbox" => Some(Press::Push),
        "Escape" => Some(Press::Back),
        _ if kind == "text" => None,
        "#" => Some(Press::NextPart),
        "*" => Some(Press::Back),
        "0" => Some(Press::Contrast),
        _ => None,
    }
}

impl App {
    /// Whether it waits for someone.
    pub(crate) fn waits(&self) -> bool {
        self.kiosk.is_some() && self.screen == Screen::Entry
    }

    /// How loud the page may be, 0 to 1.
    pub(super) fn volume(&self) -> f32 {
        self.kiosk.as_ref().map_or(1.0, |kiosk| {
            kiosk.loudest * VOLUMES.get(kiosk.volume).copied().unwrap_or(0.0)
        })
    }

    /// While nobody is there the camera looks around.
    pub(super) fn look_around(&self, dt_s: f32) {
        if let Some(world) = self.world.as_ref().filter(|_| self.waits() && !self.calm) {
            world.borrow_mut().camera.orbit_by(LOOKS_AROUND, dt_s);
        }
    }

    /// True when the page has to be rendered.
    pub(super) fn kiosk_beat(&mut self, ctx: &Context<Self>) -> bool {
        let is_used =
            self.screen == Screen::World || self.opening.is_eager || self.session.state() != State::Out;
        let Some(kiosk) = &mut self.kiosk else {
            return false;
        };
        let now_ms = page::now_ms();
        if now_ms - kiosk.reported_ms >= REPORT_EVERY_MS {
            kiosk.reported_ms = now_ms;
            report(&kiosk.name, &self.boot.place, ctx.link());
        }
        if let State::Ended(_) = self.session.state() {
            // Whoever was sent away can read why, and no longer.
            let counted_from_ms = now_ms - (kiosk.idle_ms - kiosk.counted_ms());
            kiosk.touched_ms.set(kiosk.touched_ms.get().min(counted_from_ms));
        }
        let left_ms = kiosk.idle_ms - (now_ms - kiosk.touched_ms.get());
        if is_used && left_ms <= 0.0 {
            self.forget_visitor(ctx);
            return true;
        }
        let counted = is_used && left_ms <= kiosk.counted_ms();
        let left = counted.then(|| (left_ms / 1_000.0).ceil() as u32);
        let before = std::mem::replace(&mut kiosk.left, left);
        if left.is_some() && before.is_none() {
            let sentence = self.say("still-here");
            self.speak(sentence);
            self.focus_next("#stay");
        } else if left.is_none() && before.is_some() {
            self.focus_next("#scene");
        }
        // The clock of the city, and the words in turn.
        before != left || (!is_used && self.beats.is_multiple_of(4))
    }

    /// The relay has answered, with the number of people, or has not.
    pub(super) fn kiosk_reported(&mut self, people: Option<u32>) -> bool {
        let now_ms = page::now_ms();
        let Some(kiosk) = &self.kiosk else { return false };
        let waits =
            self.screen == Screen::Entry && now_ms - kiosk.touched_ms.get() > kiosk.idle_ms.min(ANEW_IDLE_MS);
        let Some(people) = people else { return false };
        let is_stale = self.session.state() == State::Ended(CloseReason::Version);
        let is_old = now_ms > ANEW_AFTER_MS && waits;
        if self.trouble.is_some() || is_stale || is_old {
            address::reload();
        } else if waits && self.stage_given_up && now_ms - kiosk.engine_ms > ANEW_IDLE_MS {
            // What failed an hour ago may go now.
            self.stage_given_up = false;
            if let Some(kiosk) = &mut self.kiosk {
                kiosk.engine_ms = now_ms;
            }
            self.start_stage();
        }
        if self.screen == Screen::Entry {
            self.people = people;
        }
        true
    }

    /// Says good-bye for whoever was here, and forgets everything about them.
    fn forget_visitor(&mut self, ctx: &Context<Self>) {
        if let Some(socket) = self.socket.take() {
            socket.leave();
        }
        voice::hush();
        self.session = Session::new(false);
        ticket::forget();
        let Some(kiosk) = &mut self.kiosk else { return };
        (kiosk.left, kiosk.typing, kiosk.volume, kiosk.within_reach) = (None, None, 0, false);
        kiosk.keys = Keys::default();
        address::show(&kiosk.home);
        let (place, spot) = kiosk.stands.clone();
        document::mark("reach", false);
        self.opening.is_eager = false;
        self.opening.chooses_look = false;
        self.screen = Screen::Entry;
        self.panel = None;
        self.topic = None;
        self.taxi = None;
        self.talk = Talk::default();
        self.reach = shared::protocol::Reach::Near;
        self.hosting = super::hosting::Hosting::default();
        self.helping = super::help::Helping::default();
        self.unread = 0;
        self.notice = None;
        self.has_moved = false;
        self.spoken.clear();
        self.described.clear();
        self.wanted_spot = None;
        self.stick = None;
        self.looks = super::act::looks(page::random_u64());
        self.look = self.looks.first().copied().unwrap_or_default();
        self.prefer(Preferences::load());
        self.easy = super::easy::Easy::begin(&self.preferences);
        self.tags.clear();
        self.map.camera.follows = true;
        self.boot.spot = spot;
        if self.boot.place != place {
            self.map = Map::default();
            self.stage.set_place(&place);
            self.boot.place = place;
        }
        if let Some(world) = &self.world {
            let mut world = world.borrow_mut();
            let anew = World::new(world.city().clone(), &self.boot.place, self.boot.spot.as_deref());
            if let Some(mut anew) = anew {
                anew.clock = world.clock.clone();
                *world = anew;
            }
        }
        self.settle_view();
        let language = document::language(&self.boot.languages, &self.preferences);
        match &self.words {
            Some(words) if words.language() == language => {
                self.name = super::act::given_name(words, page::random_u64());
            }
            _ => super::loading::texts(&self.boot, &language, ctx.link()),
        }
        self.glance.borrow_mut().entered = false;
        self.glance.borrow_mut().connection = self.session.words();
        self.entitle();
        self.focus_next("#begin");
    }

    /// True when the page has to be rendered.
    pub(super) fn kiosk_press(&mut self, ctx: &Context<Self>, press: Press) -> bool {
        let Some(kiosk) = &mut self.kiosk else {
            return false;
        };
        kiosk.touched_ms.set(page::now_ms());
        let told = match press {
            Press::Begin(language) => {
                if let Some(language) = language.filter(|language| {
                    self.words
                        .as_ref()
                        .is_none_or(|words| words.language() != language)
                }) {
                    self.act(ctx, Act::Language(language));
                }
                return self.act(ctx, Act::Enter);
            }
            Press::Stay => return true,
            Press::Finish => {
                self.forget_visitor(ctx);
                return true;
            }
            Press::Reach => {
                kiosk.within_reach = !kiosk.within_reach;
                document::mark("reach", kiosk.within_reach);
                return true;
            }
            Press::Contrast => {
                let mut wished = self.preferences.clone();
                wished.colours = if wished.colours == Colours::High {
                    Colours::System
                } else {
                    Colours::High
                };
                self.prefer(wished);
                return true;
            }
            Press::Larger => {
                let mut wished = self.preferences.clone();
                let now = TEXT_SIZES
                    .iter()
                    .position(|size| *size == wished.text_size)
                    .unwrap_or(0);
                let next = TEXT_SIZES.iter().cycle().nth(now + 1).copied();
                next.unwrap_or_default().clone_into(&mut wished.text_size);
                self.prefer(wished);
                return true;
            }
            Press::Volume => {
                let next = (kiosk.volume + 1) % VOLUMES.len();
                self.set_volume(next);
                return true;
            }
            Press::Key(key) => {
                self.type_key(key);
                return true;
            }
            Press::Back if self.panel.is_some() || self.easy.is_some() => {
                kiosk.typing = None;
                return self.act(ctx, Act::Close);
            }
            Press::Back => {
                self.focus_next("#scene");
                None
            }
            Press::Go(way) => {
                self.settle_focus();
                keypad::go(way)
            }
            Press::NextPart => {
                self.settle_focus();
                keypad::next_part()
            }
            Press::Push => {
                keypad::press();
                None
            }
        };
        // Whoever uses the keypad may not see the screen.
        let Some(kiosk) = &self.kiosk else { return false };
        if kiosk.volume == 0 && kiosk.loudest > 0.0 {
            self.set_volume(2);
        }
        voice::hush();
        if let (Some(told), Some(words)) = (told, &self.words) {
            voice::say(&told, words.language(), self.volume());
        }
        true
    }

    fn set_volume(&mut self, volume: usize) {
        if let Some(kiosk) = &mut self.kiosk {
            kiosk.volume = volume;
        }
        let mut wished = self.preferences.clone();
        wished.sound = match (volume, wished.sound) {
            (0, _) => SoundChoice::Off,
            (_, SoundChoice::Off) => SoundChoice::On,
            (_, heard) => heard,
        };
        self.prefer(wished);
    }

    /// A field is to be written into.
    pub(super) fn typing_begins(&mut self, field: String) -> bool {
        let hangul = self.words.as_ref().is_some_and(|words| words.language() == "ko");
        let Some(kiosk) = &mut self.kiosk else {
            return false;
        };
        if kiosk.typing.is_none() {
            kiosk.keys = Keys {
                hangul,
                ..Keys::default()
            };
        }
        kiosk.keys.open = false;
        kiosk.typing = Some(field);
        true
    }

    fn type_key(&mut self, key: char) {
        let Some(kiosk) = &mut self.kiosk else { return };
        let field = kiosk.typing.as_ref().and_then(|field| document::find(field));
        let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        let keys = &mut kiosk.keys;
        let mut text = field.value();
        match key {
            SHIFT => keys.shifted = !keys.shifted,
            SWITCH => (keys.hangul, keys.open) = (!keys.hangul, false),
            SEND => {
                keys.open = false;
                if let Ok(Some(form)) = field.closest("form") {
                    tell(&form, "submit");
                }
                return;
            }
            ERASE => keys.open = hangul::erase(&mut text, keys.open),
            letter => {
                let is_jamo = hangul::is_jamo(letter);
                let most = usize::try_from(field.max_length()).unwrap_or(usize::MAX);
                hangul::write(&mut text, letter, keys.open && is_jamo);
                if text.chars().count() > most {
                    return;
                }
                (keys.open, keys.shifted) = (is_jamo, false);
            }
        }
        field.set_value(&text);
        tell(&field, "input");
    }
}

/// What a hand would have caused.
fn tell(element: &Element, name: &str) {
    let how = EventInit::new();
    how.set_bubbles(true);
    how.set_cancelable(true);
    if let Ok(event) = Event::new_with_event_init_dict(name, &how) {
        let _ = element.dispatch_event(&event);
    }
}

/// Tells the relay that the kiosk is well, and asks how many people there are.
fn report(name: &str, place: &str, link: &Scope<App>) {
    let name = if is_kiosk_name(name) { name } else { "" };
    let (url, place, link) = (
        format!("/api/places?kiosk={name}"),
        place.to_owned(),
        link.clone(),
    );
    spawn_local(async move {
        let answer = fetch::once(&url).await.ok();
        let people = answer.and_then(|body| super::relay::people_in(&place, &body));
        link.send_message(Msg::Reported(people));
    });
}
