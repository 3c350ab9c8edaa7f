//! The page's one dispatcher: messages come in, state changes here and nowhere else, the views follow.
//!
//! | module | one idea |
//! |---|---|
//! | [`act`] | what the visitor can do |
//! | [`easy`] | one decision at a time, and a way back |
//! | [`frame`] | what happens at each animation frame |
//! | [`hearing`] | what of the model is heard |
//! | [`help`] | calling a helper, and being one |
//! | [`hosting`] | announcements, levers of hosts, people blocked |
//! | [`input`] | keys and pointers |
//! | [`kiosk`] | a screen in public that nobody looks after |
//! | [`loading`] | texts and city, fetched at the start |
//! | [`relay`] | the connection and the relay's messages |
//! | [`riding`] | on and off vehicles and bicycles |
//! | [`settle`] | which view shows, and everything that follows from it |
//! | [`taxi`] | the card for a taxi driver |
//! | [`telling`] | how much is told as it happens |
//! | [`translate`] | lines of the chat and announcements in the reader's language |
//! | [`travel`] | through a portal, and what follows from being in another place |

pub mod act;
pub mod easy;
mod frame;
mod hearing;
pub mod help;
pub mod hosting;
pub mod input;
pub mod kiosk;
pub mod loading;
mod relay;
mod riding;
mod settle;
pub mod taxi;
mod telling;
pub mod translate;
mod travel;

use std::{borrow::Cow, cell::RefCell, collections::VecDeque, rc::Rc};

use gloo_events::EventListener;
use gloo_timers::callback::Interval;
use shared::{look::Look, protocol::Reach};
use wasm_bindgen::JsValue;
use yew::{Component, Context, Html, NodeRef, Properties};

use self::{
    act::{Act, Panel},
    translate::Foreign,
};
use crate::{
    page::{
        boot::Boot,
        document,
        gesture::Gestures,
        handle::{Glance, Handle},
        preferences::Preferences,
        ticket,
    },
    session::{
        Session,
        socket::{Heard, Socket},
    },
    views::{
        map::Map,
        stage::{
            Signal, Stage,
            sizer::{Size, Sizer},
            tags::Tags,
        },
    },
    words::Words,
    world::{World, talk::Talk},
};

/// How often the connection is looked after, in milliseconds; also when the page is hidden.
const BEAT_MS: u32 = 250;

/// Sentences kept for screen readers.
const SPOKEN: usize = 6;

/// What the page begins with.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct Props {
    /// What the relay wrote into it.
    pub boot: Boot,
}

/// Everything that can happen.
pub enum Msg {
    /// The texts of a language are here.
    Texts(Result<Words, String>),
    /// The compiled city is here.
    City(Result<Rc<Vec<u8>>, String>),
    /// And a world has been made of it.
    World(Result<Box<World>, String>),
    /// The stage has this size.
    Sized(Size),
    /// An engine gave a sign.
    Engine(Signal),
    /// The socket told something.
    Socket(Heard),
    /// The relay has let the visitor in, which is to be rendered.
    Welcomed,
    /// Whether the relay answers over HTTP, and how many people it counts.
    Probed(Option<u32>),
    /// An animation frame, at a time of the page's clock.
    Frame(f64),
    /// What a taxi driver is to be shown is here.
    Taxi(Result<taxi::Taxi, String>),
    /// An address was copied, or could not be.
    Copied(String, bool),
    /// Time passes.
    Beat,
    /// A key or a pointer.
    Input(input::Input),
    /// The visitor does something.
    Act(Act),
    /// The texts that were not needed at once are here.
    Later(Words, String),
    /// A field is to be written into, in a kiosk.
    Typing(String),
    /// The relay has answered a kiosk's report with the number of people, or has not.
    Reported(Option<u32>),
    /// Something has been translated; no string where nothing translates, an error where it was not possible.
    Translated(Foreign, Result<JsValue, JsValue>),
}

/// Which screen is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// Before coming in.
    Entry,
    /// In the place.
    World,
}

/// Which view shows the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Showing {
    /// The stage.
    Stage,
    /// The map.
    Map,
}

/// The page.
pub struct App {
    pub(crate) boot: Boot,
    pub(crate) words: Option<Words>,
    pub(crate) preferences: Preferences,
    pub(crate) name: String,
    pub(crate) look: Look,
    /// Looks offered on the entry screen.
    pub(crate) looks: Vec<Look>,
    /// The looks from before the last changes, the newest last.
    pub(crate) looks_before: Vec<Look>,
    pub(crate) trouble: Option<String>,
    pub(crate) opening: loading::Opening,
    pub(crate) world: Option<Rc<RefCell<World>>>,
    pub(crate) session: Session,
    socket: Option<Socket>,
    pub(crate) screen: Screen,
    pub(crate) panel: Option<Panel>,
    pub(crate) talk: Talk,
    /// Whom lines are for.
    pub(crate) reach: Reach,
    pub(crate) hosting: hosting::Hosting,
    pub(crate) unread: u32,
    pub(crate) people: u32,
    /// Whether the visitor has moved: the line that says how goes then.
    pub(crate) has_moved: bool,
    /// Where the focus goes once the page has been rendered, as a selector.
    focus: Option<Cow<'static, str>>,
    /// A line that tells something for a moment, and when it goes.
    pub(crate) notice: Option<(String, f64)>,
    pub(crate) spoken: VecDeque<(u32, String)>,
    /// What was around when the visitor last asked.
    pub(crate) described: String,
    spoken_count: u32,
    pub(crate) stage: Stage,
    stage_given_up: bool,
    pub(crate) map: Map,
    tags: Tags,
    size: Size,
    pub(crate) calm: bool,
    stick: Option<i32>,
    gestures: Gestures,
    pub(crate) scene_ref: NodeRef,
    pub(crate) stage_ref: NodeRef,
    pub(crate) tags_ref: NodeRef,
    pub(crate) map_ref: NodeRef,
    pub(crate) ring_ref: NodeRef,
    pub(crate) stick_ref: NodeRef,
    /// What a link asked for when an earlier session goes on elsewhere: to be set down there after the welcome.
    wanted_spot: Option<String>,
    /// Where Back and Forward have led.
    led: travel::Led,
    /// When the map was drawn last.
    map_ms: f64,
    /// When the last animation frame was, and the longest pause lately between two, in milliseconds.
    frame_ms: f64,
    gap_ms: f64,
    beats: u32,
    glance: Rc<RefCell<Glance>>,
    _handle: Option<Handle>,
    _listeners: Vec<EventListener>,
    _beat: Interval,
    sizer: Option<Sizer>,
    frames: Option<frame::Frames>,
    hearing: hearing::Hearing,
    /// The card for a taxi driver, while it is shown.
    pub(crate) taxi: Option<taxi::Taxi>,
    pub(crate) taxi_ref: NodeRef,
    /// The topic of ready-made sentences that was chosen.
    pub(crate) topic: Option<usize>,
    /// The easy mode, while it is on.
    pub(crate) easy: Option<easy::Easy>,
    /// Calls for a helper.
    pub(crate) helping: help::Helping,
    /// What a screen in public has besides.
    pub(crate) kiosk: Option<kiosk::Kiosk>,
}

impl Component for App {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        let boot = ctx.props().boot.clone();
        let preferences = Preferences::load();
        document::apply(&preferences);
        loading::texts(
            &boot,
            &document::language(&boot.languages, &preferences),
            ctx.link(),
        );
        loading::city(&boot, ctx.link());
        let link = ctx.link().clone();
        let seed = crate::page::random_u64();
        let looks = act::looks(seed);
        let glance = Rc::new(RefCell::new(Glance::default()));
        let calm = document::is_calm(&preferences);
        let mut app = Self {
            words: None,
            name: preferences.name.clone().unwrap_or_default(),
            look: preferences
                .look
                .or_else(|| looks.first().copied())
                .unwrap_or_default(),
            looks,
            looks_before: Vec::new(),
            trouble: None,
            opening: loading::Opening::default(),
            world: None,
            session: Session::new(ticket::reloaded()),
            socket: None,
            screen: Screen::Entry,
            panel: None,
            talk: Talk::default(),
            reach: Reach::Near,
            hosting: hosting::Hosting::default(),
            unread: 0,
            people: boot.people,
            has_moved: false,
            focus: None,
            notice: None,
            spoken: VecDeque::new(),
            described: String::new(),
            spoken_count: 0,
            stage: settle::stage(&boot, preferences.quality, ctx.link()),
            stage_given_up: false,
            map: Map::default(),
            tags: Tags::default(),
            size: Size::default(),
            calm,
            stick: None,
            gestures: Gestures::default(),
            scene_ref: NodeRef::default(),
            stage_ref: NodeRef::default(),
            tags_ref: NodeRef::default(),
            map_ref: NodeRef::default(),
            ring_ref: NodeRef::default(),
            stick_ref: NodeRef::default(),
            wanted_spot: loading::wanted_spot(&boot),
            led: travel::Led::default(),
            map_ms: 0.0,
            frame_ms: 0.0,
            gap_ms: 0.0,
            beats: 0,
            _handle: Handle::install(&glance),
            glance,
            _listeners: input::listen(ctx.link()),
            _beat: Interval::new(BEAT_MS, move || link.send_message(Msg::Beat)),
            sizer: None,
            frames: None,
            hearing: hearing::Hearing::default(),
            taxi: None,
            taxi_ref: NodeRef::default(),
            topic: None,
            easy: easy::Easy::begin(&preferences),
            helping: help::Helping::default(),
            kiosk: kiosk::Kiosk::begin(&boot, ctx.link()),
            preferences,
            boot,
        };
        app.start_stage();
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Texts(texts) => self.texts_came(ctx, texts),
            Msg::City(city) => self.city_came(ctx, city),
            Msg::World(world) => self.world_came(ctx, world),
            Msg::Sized(size) => self.sized(size),
            Msg::Engine(signal) => self.engine_signals(signal),
            Msg::Socket(heard) => self.heard(ctx, heard),
            Msg::Welcomed => true,
            Msg::Probed(people) => self.probed(people),
            Msg::Frame(now_ms) => self.frame(now_ms),
            Msg::Taxi(taxi) => self.taxi_came(taxi),
            Msg::Copied(address, copied) => self.copied(&address, copied),
            Msg::Beat => self.beat(ctx),
            Msg::Input(input) => self.input(ctx, input),
            Msg::Act(act) => self.act(ctx, act),
            Msg::Later(words, source) => words.add(&source),
            Msg::Typing(field) => self.typing_begins(field),
            Msg::Translated(what, translated) => self.translated(what, translated),
            Msg::Reported(people) => self.kiosk_reported(people),
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        crate::ui::page(
            self,
            &ctx.link().callback(Msg::Act),
            &ctx.link().callback(Msg::Input),
        )
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        self.settle_elements(ctx);
    }
}

impl App {
    /// A sentence for screen readers; also what the narrator shows last.
    fn speak(&mut self, sentence: String) {
        self.spoken_count = self.spoken_count.wrapping_add(1);
        if self.spoken.len() == SPOKEN {
            self.spoken.pop_front();
        }
        self.say_aloud(&sentence);
        self.spoken.push_back((self.spoken_count, sentence));
    }

    /// Beats since the page began: a quarter of a second each.
    pub(crate) fn beats(&self) -> usize {
        self.beats as usize
    }

    /// A text in the visitor's language; empty before the texts are here.
    fn say(&self, key: &str) -> String {
        self.words
            .as_ref()
            .map(|words| words.say(key))
            .unwrap_or_default()
    }

    /// Tells something for a moment, on the screen and to screen readers.
    fn tell(&mut self, key: &str) {
        let sentence = self.say(key);
        self.tell_text(sentence);
    }

    /// As [`Self::tell`], for a text with something in it.
    fn tell_text(&mut self, sentence: String) {
        const LASTS_MS: f64 = 6_000.0;
        // Slow readers of any writing get through so many bytes.
        const BYTE_MS: f64 = 60.0;
        let lasts_ms = (sentence.len() as f64 * BYTE_MS).max(LASTS_MS);
        self.notice = Some((sentence.clone(), crate::page::now_ms() + lasts_ms));
        self.speak(sentence);
    }

    /// Which view shows the place: the stage once it has drawn something, until then and otherwise the map.
    pub(crate) fn showing(&self) -> Showing {
        if self.stage.shows() {
            Showing::Stage
        } else {
            Showing::Map
        }
    }

    /// Whether the stage's picture surely fills the screen, so that the map need not lie under it.
    pub(crate) fn stage_covers(&self) -> bool {
        self.stage.covers()
    }

    /// Whether this device can show the stage, for all that is known.
    pub(crate) fn can_stage(&self) -> bool {
        !self.stage_given_up
    }
}
