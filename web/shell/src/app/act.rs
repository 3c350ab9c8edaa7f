//! What the visitor can do, whichever way: by button, by key, on the stage, on the map, by ear.

use glam::Vec2;
use shared::{
    city::SpotName,
    look::{Look, WHEELCHAIR},
    motion::Motion,
    protocol::{ClientMessage, Reach, Utterance, VisitorId},
    space::Position,
};
use yew::{Context, html::Scope};

use super::{
    App, Msg, Screen, Showing, easy::Step, hosting::Order, kiosk::Press, loading, translate::Foreign,
};
use crate::{
    page::{
        self, address, document,
        preferences::{Preferences, ViewChoice},
    },
    session::Event,
    views::narrator,
    words::{Words, text},
};

/// How many looks are offered at once.
const OFFERED_LOOKS: u64 = 6;

/// How many changes of the look can be taken back.
const MOST_UNDONE: usize = 32;

/// Something the visitor does.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Comes in, or tries again.
    Enter,
    /// Takes a name.
    Name(String),
    /// Lets another name be made up.
    AnotherName,
    /// Takes a look.
    Look(Look),
    /// Shows where one is, for a taxi driver to read.
    ShowTaxi,
    /// Puts that away.
    PutTaxiAway,
    /// Opens or closes the looks on offer, on the entry screen.
    ChooseLook(bool),
    /// Takes a look that is made up.
    SurpriseLook,
    /// Takes the look from before the last change.
    UndoLook,
    /// Tells the others the name and look as they are now.
    Appear,
    /// Chooses the language.
    Language(String),
    /// Opens a panel, or closes it when it is open.
    Toggle(Panel),
    /// Closes the panel.
    Close,
    /// Chooses whom lines are for.
    Reach(Reach),
    /// Says a line.
    Say(String),
    /// Says a ready-made sentence to those near.
    Phrase(u16),
    /// Makes a gesture.
    Emote(Motion),
    /// Walks to a position.
    WalkTo(Position),
    /// Walks to a point of the plan, in metres, on the level that is seen from above.
    WalkToPoint(Vec2),
    /// Walks to a spot.
    WalkToSpot(String),
    /// Is set down at a spot.
    GoToSpot(String),
    /// Goes on at a spot of any place.
    Travel(SpotName),
    /// Goes on where one stands, in another year: see [`crate::world::World::years`].
    GoToYear(usize),
    /// Walks to someone.
    WalkToVisitor(VisitorId),
    /// Walks with someone.
    Follow(VisitorId),
    /// Stops where one is.
    Stop,
    /// Takes a bicycle, or gets off it.
    Bicycle,
    /// Chooses between stage and map.
    View(ViewChoice),
    /// Takes a seat in the vehicle that stands near, or gets off.
    Ride,
    /// Changes settings.
    Prefer(Preferences),
    /// Asks what is around.
    Describe,
    /// Copies the link to where the visitor is.
    CopyLink,
    /// Shows more or less of the place.
    Zoom(f32),
    /// Lets the map follow again.
    Centre,
    /// Sees to order in the place.
    Order(Order),
    /// Chooses a topic of ready-made sentences, or another one.
    Topic(Option<usize>),
    /// Does something in the easy mode.
    Easy(Step),
    /// Goes back to where the practice began.
    Return,
    /// Calls for a helper, or needs none any more.
    CallHelper(bool),
    /// Goes to someone who called.
    Come(VisitorId),
    /// Does something at a kiosk.
    Kiosk(Press),
    /// Turns to the translation, or back to the original.
    Translate(Foreign),
}

/// A panel beside the picture; at most one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Who and what is around.
    Around,
    /// The chat.
    Talk,
    /// Gestures and ready-made sentences.
    Gestures,
    /// How it works.
    Help,
    /// Settings.
    Settings,
    /// For those who run the place.
    Host,
}

impl Panel {
    /// Its name, in ids and keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Around => "around",
            Self::Talk => "talk",
            Self::Gestures => "gestures",
            Self::Help => "help",
            Self::Settings => "settings",
            Self::Host => "host",
        }
    }
}

/// Looks to choose from, out of a number; two of them in hanbok, one in a wheelchair.
pub fn looks(seed: u64) -> Vec<Look> {
    (0..OFFERED_LOOKS)
        .map(|index| {
            let look = Look::from_seed(seed.wrapping_add(index.wrapping_mul(0x1357_9BDF)));
            match index {
                1 => Look {
                    outfit: 2,
                    hair: 5,
                    head: 0,
                    ..look
                },
                3 => Look {
                    aid: WHEELCHAIR,
                    outfit: 0,
                    head: 0,
                    ..look
                },
                4 => Look {
                    age: 1,
                    hair: 3,
                    hair_colour: 4,
                    outfit: 7,
                    head: 4,
                    head_colour: 1,
                    ..look
                },
                _ => look,
            }
        })
        .collect()
}

/// A pleasant name in the language of the texts, out of a number.
pub fn given_name(words: &Words, seed: u64) -> String {
    let pick = |key: &str, number: u64| {
        let all = words.say(key);
        let choices: Vec<&str> = all.split(',').map(str::trim).collect();
        choices
            .get((number % choices.len().max(1) as u64) as usize)
            .map_or(String::new(), |name| (*name).to_owned())
    };
    let (first, second) = (pick("names-first", seed >> 8), pick("names-second", seed >> 32));
    words.say_with(
        "names-whole",
        &[("first", text(&first)), ("second", text(&second))],
    )
}

impl App {
    /// True when the page has to be rendered.
    pub(super) fn act(&mut self, ctx: &Context<Self>, act: Act) -> bool {
        match act {
            Act::Enter => self.enter(ctx),
            Act::Name(name) => {
                self.preferences.name = Some(name.clone()).filter(|name| !name.trim().is_empty());
                self.name = name;
            }
            Act::AnotherName => self.take_another_name(),
            Act::Look(look) => {
                if self.looks_before.len() == MOST_UNDONE {
                    self.looks_before.remove(0);
                }
                self.looks_before.push(self.look);
                self.wear(look);
            }
            Act::SurpriseLook => {
                let offered = looks(page::random_u64());
                let look = offered.first().copied().unwrap_or_default();
                self.looks = offered;
                return self.act(ctx, Act::Look(look));
            }
            Act::UndoLook => {
                if let Some(look) = self.looks_before.pop() {
                    self.wear(look);
                }
            }
            Act::ShowTaxi => {
                self.ask_for_taxi(ctx);
                return false;
            }
            Act::PutTaxiAway => self.taxi = None,
            Act::ChooseLook(open) => self.opening.chooses_look = open,
            Act::Appear => self.appear(),
            Act::Language(language) => self.choose_language(ctx, language),
            Act::Toggle(panel) if self.panel == Some(panel) => self.close(),
            Act::Toggle(panel) => self.open_panel(panel),
            Act::Close if self.easy.is_some() => return self.easy_step(ctx, Step::Undo),
            Act::Close => self.close(),
            Act::Reach(reach) => self.reach = reach,
            Act::Say(text) => self.say_line(&text),
            Act::Phrase(index) => {
                self.send(&ClientMessage::Say {
                    reach: Reach::Near,
                    utterance: Utterance::Phrase(index),
                });
                self.said_phrase();
            }
            Act::Emote(motion) => self.emote(motion),
            Act::WalkToPoint(at) => return self.walk(|world| world.walk_to(world.seen_from_above(at))),
            Act::WalkTo(to) => return self.walk(|world| world.walk_to(to)),
            Act::WalkToVisitor(visitor) => return self.walk(|world| world.walk_to_visitor(visitor)),
            Act::Follow(visitor) => self.follow(visitor),
            Act::Stop => self.stop(),
            Act::Bicycle => return self.take_bicycle(),
            Act::WalkToSpot(spot) => {
                return self.walk(|world| {
                    let at = world
                        .place()
                        .and_then(|place| place.spot(&spot))
                        .map(|spot| spot.position);
                    at.is_some_and(|at| world.walk_to(at))
                });
            }
            Act::GoToSpot(spot) => self.go_to_spot(spot),
            Act::Travel(to) => self.travel(&to),
            Act::GoToYear(index) => self.go_to_year(index),
            Act::Ride => return self.board_or_alight(),
            Act::View(view) => self.choose_view(view),
            Act::Prefer(preferences) => self.prefer(preferences),
            Act::Describe => {
                if let (Some(world), Some(words)) = (&self.world, &self.words) {
                    self.described = narrator::describe(&world.borrow(), words, self.preferences.telling);
                    self.speak(self.described.clone());
                }
            }
            Act::CopyLink => {
                copy_link(ctx.link().clone());
                return false;
            }
            Act::Zoom(factor) => {
                self.zoom(factor);
                return false;
            }
            Act::Order(order) => return self.order(order),
            Act::Topic(topic) => self.choose_topic(topic),
            Act::Easy(step) => return self.easy_step(ctx, step),
            Act::Return => return self.return_to_begin(ctx),
            Act::CallHelper(call) => self.call_helper(call),
            Act::Come(caller) => self.come(caller),
            Act::Translate(what) => self.translate(ctx, what),
            Act::Kiosk(press) => return self.kiosk_press(ctx, press),
            Act::Centre => {
                self.map.camera.follows = true;
                return false;
            }
        }
        true
    }

    fn enter(&mut self, ctx: &Context<Self>) {
        self.keep_preferences();
        if self.world.is_some() {
            self.session_event(ctx, Event::Enter);
        } else {
            self.opening.is_eager = true;
        }
    }

    fn take_another_name(&mut self) {
        if let Some(words) = &self.words {
            self.name = given_name(words, page::random_u64());
            self.preferences.name = Some(self.name.clone());
        }
    }

    fn choose_language(&mut self, ctx: &Context<Self>, language: String) {
        if !page::is_kiosk() {
            address::show_query("lang", &language);
        }
        loading::texts(&self.boot, &language, ctx.link());
        self.preferences.language = Some(language);
        self.keep_preferences();
    }

    fn say_line(&mut self, line: &str) {
        let (Some(text), Some(words)) = (shared::text::clean_line(line), &self.words) else {
            return;
        };
        let language = words.language().to_owned();
        self.send(&ClientMessage::Say {
            reach: self.reach,
            utterance: Utterance::Line { text, language },
        });
    }

    /// Sends a message when the visitor is in, and says so when not.
    pub(super) fn send(&mut self, message: &ClientMessage) {
        match &self.socket {
            Some(socket) if self.session.is_in() => socket.send(message),
            _ => self.tell("notice-not-connected"),
        }
    }

    pub(super) fn keep_preferences(&mut self) {
        self.preferences.save();
    }

    fn open_panel(&mut self, panel: Panel) {
        self.panel = Some(panel);
        let selector = if panel == Panel::Talk {
            self.unread = 0;
            "#say"
        } else {
            "#panel-title"
        };
        self.focus_next(selector);
    }

    /// Closes the panel; not under a card that lies over it, which the browser closes.
    fn close(&mut self) {
        if self.taxi.is_none()
            && let Some(panel) = self.panel.take()
        {
            if let Some(kiosk) = &mut self.kiosk {
                kiosk.typing = None;
            }
            self.focus_next(format!("#open-{}", panel.name()));
        }
    }

    fn emote(&mut self, motion: Motion) {
        if let Some(world) = self.world.as_ref().filter(|_| self.session.is_in()) {
            let mut world = world.borrow_mut();
            if world.me.ride.is_some() {
                return;
            }
            world.controls.stop();
            world.me.emote(motion);
        }
    }

    fn go_to_spot(&mut self, spot: String) {
        let heading = self
            .world
            .as_ref()
            .and_then(|world| Some(world.borrow().place()?.spot(&spot)?.heading));
        self.send(&ClientMessage::Teleport { spot });
        if let Some(world) = self.world.as_ref().filter(|_| self.session.is_in()) {
            let mut world = world.borrow_mut();
            world.me.await_set_down(page::now_ms());
            world.beacon = None;
        }
        if let Some(heading) = heading {
            self.face(heading);
        }
    }

    fn zoom(&mut self, factor: f32) {
        match (self.showing(), &self.world) {
            (Showing::Stage, Some(world)) => world.borrow_mut().camera.zoom_by(factor),
            (Showing::Stage, None) => {}
            (Showing::Map, _) => self.map.camera.zoom(factor, None),
        }
    }

    fn walk(&mut self, set_off: impl FnOnce(&mut crate::world::World) -> bool) -> bool {
        let Some(world) = self.world.clone().filter(|world| world.borrow().me.present) else {
            return false;
        };
        if world.borrow().me.ride.is_some() {
            self.tell("notice-riding");
            return true;
        }
        let found = set_off(&mut world.borrow_mut());
        if found {
            self.map.camera.follows = true;
        } else {
            self.tell("notice-no-way");
        }
        !found
    }

    fn follow(&mut self, visitor: VisitorId) {
        self.walk(|world| world.follow(visitor));
        // Where one goes is to be seen.
        self.close();
    }

    fn stop(&mut self) {
        if let Some(world) = &self.world {
            world.borrow_mut().controls.stop();
        }
        // The button is gone with what it ended.
        self.focus_next("#scene");
    }

    fn choose_view(&mut self, view: ViewChoice) {
        self.preferences.view = view;
        self.keep_preferences();
        match view {
            ViewChoice::Map => self.stage.stop(),
            ViewChoice::Auto => {
                self.stage_given_up = false;
                self.start_stage();
            }
        }
        self.settle_view();
    }

    pub(super) fn prefer(&mut self, preferences: Preferences) {
        let before = std::mem::replace(&mut self.preferences, preferences);
        self.keep_preferences();
        document::apply(&self.preferences);
        self.map.set_text_size(&self.preferences.text_size);
        self.calm = document::is_calm(&self.preferences);
        if before.text_size != self.preferences.text_size {
            // Names are measured once.
            self.tags.clear();
        }
        if before.view != self.preferences.view {
            self.choose_view(self.preferences.view);
        }
        if before.quality != self.preferences.quality {
            self.stage.set_quality(self.preferences.quality);
        }
        self.settle_sound();
    }

    fn wear(&mut self, look: Look) {
        self.look = look;
        self.preferences.look = Some(look);
    }

    fn appear(&mut self) {
        self.keep_preferences();
        let name = shared::text::clean_name(&self.name).unwrap_or_default();
        self.send(&ClientMessage::Appear {
            name,
            look: self.look,
        });
        // Otherwise it has been told that nothing was sent.
        if self.session.is_in() {
            self.tell("notice-appear");
        }
    }

    /// Where nothing could be copied, the visitor can.
    pub(super) fn copied(&mut self, address: &str, copied: bool) -> bool {
        if copied {
            self.tell("notice-copied");
        } else if let Some(words) = self.words.clone() {
            self.tell_text(words.say_with("notice-not-copied", &[("link", text(address))]));
        }
        true
    }

    /// The screen that follows from the connection: once in, always in the world, also while a connection is away.
    pub(super) fn settle_screen(&mut self) {
        let entered = self.session.is_in() || self.session.is_blocked();
        if self.screen == Screen::Entry && entered {
            self.screen = Screen::World;
            self.settle_view();
            self.settle_sound();
            self.entitle();
            self.focus_next(if self.easy.is_some() {
                "#easy-title"
            } else {
                "#scene"
            });
        }
    }
}

fn copy_link(link: Scope<App>) {
    wasm_bindgen_futures::spawn_local(async move {
        let address = address::link();
        let copied = copy(&address).await.is_some();
        link.send_message(Msg::Copied(address, copied));
    });
}

/// Puts text on the clipboard, where the browser allows it.
async fn copy(text: &str) -> Option<()> {
    use js_sys::{Function, Promise, Reflect};
    use wasm_bindgen::JsCast;
    let navigator = page::window()?.navigator();
    // Where the page came over plain HTTP there is none.
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok()?;
    let write: Function = Reflect::get(&clipboard, &"writeText".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let written: Promise = write.call1(&clipboard, &text.into()).ok()?.dyn_into().ok()?;
    wasm_bindgen_futures::JsFuture::from(written).await.ok().map(drop)
}
