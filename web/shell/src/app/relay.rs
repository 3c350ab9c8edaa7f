//! The connection and the relay's messages.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use js_sys::{Array, JSON, Reflect};
use shared::{
    moderation::MAX_BLOCKED,
    protocol::{ClientMessage, Destination, Hello, Reach, RelayMessage, Said, Utterance, Who},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::Context;

use super::{App, Msg, Screen};
use crate::{
    page::{
        self, address, document, fetch,
        handle::Asked,
        preferences::{SoundChoice, Telling},
        ticket,
    },
    session::{
        Action, Event, Session,
        socket::{Heard, Socket},
    },
    views::narrator,
    words::number,
    world::{World, others::Identity},
};

/// Beats between two looks at lists that change by themselves.
const LIST_BEATS: u32 = 4;

impl App {
    pub(super) fn heard(&mut self, ctx: &Context<Self>, heard: Heard) -> bool {
        match heard {
            Heard::Opened => self.session_event(ctx, Event::Opened),
            Heard::Unreadable => self.session_event(ctx, Event::Unreadable),
            Heard::Closed(code) => {
                self.socket = None;
                self.session_event(ctx, Event::Closed(code))
            }
            // What a visitor of a kiosk who has gone would still have heard.
            Heard::Message(_) if self.socket.is_none() => false,
            Heard::Message(message) => {
                let render = self.session_event(ctx, Event::Heard);
                self.message(ctx, message) | render
            }
        }
    }

    /// Passes an event on to the session, and does what it asks for. True when the page has to be rendered.
    pub(super) fn session_event(&mut self, ctx: &Context<Self>, event: Event) -> bool {
        let shown = |session: &Session| (session.words(), std::mem::discriminant(&session.state()));
        let before = shown(&self.session);
        let was_in = self.session.is_in();
        let now_ms = page::now_ms();
        for action in self.session.on(event, now_ms, js_sys::Math::random()) {
            match action {
                Action::Open => self.open(ctx),
                Action::Greet => self.greet(None),
                Action::Ping => {
                    if let Some(socket) = &self.socket {
                        socket.send(&ClientMessage::Ping {
                            client_ms: now_ms as u64,
                        });
                    }
                }
                Action::Drop => self.socket = None,
                Action::Probe => {
                    let (link, place) = (ctx.link().clone(), self.boot.place.clone());
                    spawn_local(async move {
                        let people = fetch::once("/api/places")
                            .await
                            .ok()
                            .and_then(|body| people_in(&place, &body));
                        link.send_message(Msg::Probed(people));
                    });
                }
                Action::Reload => {
                    ticket::note_reload(true);
                    address::reload();
                }
            }
        }
        if let Some(world) = self.world.as_ref().filter(|_| was_in && !self.session.is_in()) {
            world.borrow_mut().me.disconnect();
        }
        let after = shown(&self.session);
        self.glance.borrow_mut().connection.clone_from(&after.0);
        self.settle_screen();
        self.glance.borrow_mut().entered = self.screen == Screen::World;
        if before.0 != after.0 && self.screen == Screen::World {
            let sentence = self.say(&after.0);
            self.speak(sentence);
        }
        before != after
    }

    pub(super) fn probed(&mut self, people: Option<u32>) -> bool {
        if let Some(people) = people {
            self.people = people;
            // A socket may still come one day; the event only tells the words apart.
            let now_ms = page::now_ms();
            let _ = self.session.on(Event::Reachable, now_ms, 0.5);
            self.glance.borrow_mut().connection = self.session.words();
            self.settle_screen();
            self.glance.borrow_mut().entered = self.screen == Screen::World;
        }
        true
    }

    pub(super) fn beat(&mut self, ctx: &Context<Self>) -> bool {
        self.beats = self.beats.wrapping_add(1);
        let mut render = self.session_event(ctx, Event::Tick);
        if self
            .notice
            .as_ref()
            .is_some_and(|(_, until_ms)| page::now_ms() > *until_ms)
        {
            self.notice = None;
            render = true;
        }
        render |= self.lead_on(ctx);
        render |= self.end_announcement();
        render |= self.kiosk_beat(ctx);
        self.pause_sound();
        if document::is_hidden() {
            self.tell_stance();
        }
        let asked = self.glance.borrow_mut().asked.take();
        match asked {
            Some(Asked::Lose) => self.stage.lose(),
            Some(Asked::Kill) => self.stage.kill(),
            None => {}
        }
        self.glance.borrow_mut().people = self.people;
        let lists = self.panel == Some(super::act::Panel::Around) || self.talk.lines().next().is_some();
        render | (lists && self.beats.is_multiple_of(LIST_BEATS))
    }

    /// Tells the relay how the avatar stands while no animation frame does.
    pub(super) fn tell_stance(&mut self) {
        let message = self
            .world
            .as_ref()
            .and_then(|world| world.borrow_mut().due(page::now_ms()));
        if let (Some(message), Some(socket)) = (message, &self.socket) {
            socket.send(&message);
        }
    }

    fn open(&mut self, ctx: &Context<Self>) {
        let on = ctx.link().callback(Msg::Socket);
        self.socket = match &self.boot.mock {
            Some(directory) => {
                let scene = address::query("mock").unwrap_or_default();
                Socket::to_mock(directory, &self.boot.city, &scene, &on)
            }
            None => Socket::open(&address::socket(), &on),
        };
        if self.socket.is_none() {
            ctx.link().send_message(Msg::Socket(Heard::Closed(1006)));
        }
    }

    /// Says hello: to come in, or as one who is in and wishes to go on elsewhere.
    pub(super) fn greet(&self, elsewhere: Option<Destination>) {
        let Some(socket) = &self.socket else { return };
        let world = self.world.as_ref().map(|world| world.borrow());
        let stance = world
            .as_ref()
            .and_then(|world| world.me.present.then(|| world.me.stance()));
        // Where one is invited to, one has been.
        let invitation = if elsewhere.is_none() {
            ticket::invitation()
        } else {
            String::new()
        };
        let destination = elsewhere.or_else(|| world.as_ref().and_then(|world| world.destination()));
        socket.send(&ClientMessage::Hello(Hello {
            ticket: ticket::ticket(),
            // The relay cleans it as well; a name of any length must not make the message too large for it.
            name: shared::text::clean_name(&self.name).unwrap_or_default(),
            look: self.look,
            language: self
                .words
                .as_ref()
                .map(|words| words.language().to_owned())
                .unwrap_or_default(),
            destination: destination.unwrap_or_else(|| Destination {
                place: self.boot.place.clone(),
                spot: self.boot.spot.clone(),
                channel: address::channel(),
                beside: None,
            }),
            stance,
            last_line: self.talk.newest().max(ticket::line()),
            invitation,
            blocked: world
                .map(|world| world.others.blocked.keys().copied().take(MAX_BLOCKED).collect())
                .unwrap_or_default(),
            light: page::saves_data(),
        }));
    }

    fn message(&mut self, ctx: &Context<Self>, message: RelayMessage) -> bool {
        let Some(world) = self.world.clone() else {
            return false;
        };
        let now_ms = page::now_ms();
        match message {
            RelayMessage::Welcome(welcome) => {
                // The whole screen changes: in a task of its own, before the focus moves into it.
                let link = ctx.link().clone();
                Timeout::new(0, move || link.send_message(Msg::Welcomed)).forget();
                ticket::keep(&welcome.ticket);
                ticket::note_reload(false);
                self.people = welcome.people;
                if world.borrow_mut().welcome(&welcome, now_ms) {
                    let spot = world.borrow().destination().and_then(|here| here.spot);
                    self.moved_in(&welcome.place, spot.as_deref());
                } else if !self.led.is_on {
                    self.show_address();
                }
                address::show_channel(welcome.channel);
                self.map.camera.follows = true;
                self.session_event(ctx, Event::Welcomed);
                self.hosting_begins(&welcome);
                self.helping_begins(welcome.resumed);
                if let Some(spot) = self.wanted_spot.take()
                    && welcome.resumed
                {
                    self.act(ctx, super::act::Act::GoToSpot(spot));
                }
                false
            }
            RelayMessage::Frames(frames) => {
                let read = world.borrow_mut().read(&frames, now_ms);
                match read {
                    Ok(gap) => {
                        if gap {
                            self.send(&ClientMessage::Reseed);
                        }
                        false
                    }
                    Err(error) => {
                        page::warn(&format!("frames of the relay: {error}"));
                        self.session_event(ctx, Event::Unreadable)
                    }
                }
            }
            RelayMessage::Who(all) => self.who_came(&world, all),
            RelayMessage::Announced(announcement) => {
                self.announced(announcement);
                true
            }
            RelayMessage::Chat(rule) => {
                self.chat_rule_came(rule);
                true
            }
            RelayMessage::Gone(all) => {
                for visitor in all {
                    world.borrow_mut().others.gone(visitor);
                }
                false
            }
            RelayMessage::Anew => {
                world.borrow_mut().begin_anew();
                false
            }
            RelayMessage::Said(said) => self.said(said),
            RelayMessage::Missed { lines, gap } => self.missed(lines, gap),
            RelayMessage::Correct { stance, .. } => {
                world.borrow_mut().correct(stance);
                false
            }
            RelayMessage::Pong { client_ms, relay_ms } => {
                world
                    .borrow_mut()
                    .clock
                    .answer(client_ms as f64, now_ms, relay_ms as f64);
                false
            }
            RelayMessage::Count(people) => {
                let changed = self.people != people;
                self.people = people;
                changed
            }
            RelayMessage::Ticket(ticket) => {
                ticket::keep(&ticket);
                false
            }
            RelayMessage::Help(news) => {
                self.help_came(news);
                true
            }
            RelayMessage::Riding(ride) => {
                self.rides(ride);
                true
            }
            RelayMessage::Notice(notice) => {
                self.stays_after(notice);
                self.noticed(notice);
                true
            }
        }
    }

    /// Takes in what was said while the connection was lost: shown where it belongs, and told once.
    fn missed(&mut self, lines: Vec<Said>, gap: bool) -> bool {
        let me = self.world.as_ref().map(|world| world.borrow().me.visitor);
        if gap {
            self.talk.note_gap(self.talk.newest());
        }
        let mut by_others = 0;
        for said in lines {
            if self.has_blocked(said.visitor) {
                continue;
            }
            let is_mine = Some(said.visitor) == me;
            if self.talk.hear(said) && !is_mine {
                by_others += 1;
            }
        }
        ticket::keep_line(self.talk.newest());
        if self.panel != Some(super::act::Panel::Talk) {
            self.unread += by_others;
        }
        if let (Some(words), true) = (&self.words, by_others > 0) {
            let sentence = words.say_with("missed-lines", &[("count", number(by_others))]);
            self.speak(sentence);
        }
        if gap {
            self.tell("notice-missed");
        }
        true
    }

    /// Who some are. True when the page has to be rendered.
    fn who_came(&mut self, world: &RefCell<World>, all: Vec<Who>) -> bool {
        let mut mine = None;
        for Who {
            visitor,
            name,
            look,
            role,
        } in all
        {
            let mut world = world.borrow_mut();
            if visitor == world.me.visitor {
                world.me.name = name;
                world.me.look = look;
                mine = Some(role);
            } else {
                world.others.who(visitor, Identity { name, look, role });
            }
        }
        let changed = mine.is_some_and(|role| role != self.hosting.role);
        if let Some(role) = mine {
            self.role_came(role);
        }
        changed
    }

    fn said(&mut self, said: Said) -> bool {
        // Said before the relay heard of the block.
        if self.has_blocked(said.visitor) {
            return false;
        }
        let mine = self
            .world
            .as_ref()
            .is_some_and(|world| world.borrow().me.visitor == said.visitor);
        if let (Some(words), false) = (self.words.clone(), mine) {
            let level = match said.reach {
                Reach::Near => Telling::Little,
                Reach::Place => Telling::Usual,
            };
            self.speak_from(level, narrator::said(&said, &words));
            if let (Utterance::Phrase(_), SoundChoice::On | SoundChoice::Leading, None, None) =
                (&said.utterance, self.preferences.sound, &self.easy, &self.kiosk)
            {
                self.voice(&narrator::utterance(&said, &words), words.language());
            }
        }
        if let Some(world) = &self.world {
            world.borrow_mut().spoke(said.visitor);
        }
        let counts = !mine && matches!(said.utterance, Utterance::Line { .. } | Utterance::Phrase(_));
        if !self.talk.hear(said) {
            return false;
        }
        ticket::keep_line(self.talk.newest());
        if counts && self.panel != Some(super::act::Panel::Talk) {
            self.unread += 1;
        }
        true
    }
}

/// The number of people in a place by the answer of `/api/places`, 0 when it does not name the place; none when it is no
/// list of places: something between here and the relay answered, which says nothing about the relay.
pub(super) fn people_in(place: &str, body: &[u8]) -> Option<u32> {
    let get = |entry: &JsValue, key: &str| Reflect::get(entry, &key.into()).ok();
    let answer = JSON::parse(&String::from_utf8_lossy(body)).ok()?;
    let places = answer.dyn_ref::<Array>()?;
    let found = places.iter().find(|entry| {
        entry.is_object()
            && get(entry, "place")
                .and_then(|name| name.as_string())
                .is_some_and(|name| name == place)
    });
    let people = found.and_then(|entry| get(&entry, "people")?.as_f64());
    Some(people.unwrap_or(0.0) as u32)
}
