//! Through a portal, or by any other way to another place: the same connection goes on there, and the views follow.

use std::mem;

use shared::{city::SpotName, protocol::Notice};
use yew::Context;

use super::{App, Screen, act::Act};
use crate::{
    page::{self, address, document, preferences::Telling, ticket},
    views::map::Map,
    words::text,
    world::World,
};

/// How soon the relay is asked again, where the browser leads back and forth.
const LEAD_EVERY_MS: f64 = 500.0;

/// Where the browser leads back and forward.
#[derive(Default)]
pub(super) struct Led {
    /// Whether it has done so since the relay was asked last.
    pub(super) is_on: bool,
    /// When it was asked.
    asked_ms: Option<f64>,
}

impl App {
    /// What the button says that leads somewhere.
    pub(crate) fn way_to(&self, to: &SpotName) -> String {
        let (Some(words), Some(world)) = (&self.words, &self.world) else {
            return String::new();
        };
        let world = world.borrow();
        let outdoors = |place: &str| {
            world
                .city()
                .place(place)
                .is_some_and(|place| place.ceiling_cm == 0)
        };
        let goes_out = outdoors(&to.place) && !world.place().is_some_and(|here| outdoors(&here.id));
        let key = if goes_out { "door-out" } else { "door-in" };
        let name = words.of_city("place", &to.place);
        words.say_with(key, &[("place", text(&name))])
    }

    /// Asks the relay to go on there.
    pub(super) fn travel(&mut self, to: &SpotName) {
        let Some(world) = self.world.clone().filter(|_| self.session.is_in()) else {
            self.show_address();
            return self.tell("notice-not-connected");
        };
        let destination = world.borrow().destination_at(&to.place, Some(&to.spot));
        world.borrow_mut().me.await_set_down(page::now_ms());
        self.greet(Some(destination));
    }

    /// Asks the relay to go on where one stands, in another year.
    pub(super) fn go_to_year(&mut self, index: usize) {
        let destination = self
            .world
            .as_ref()
            .filter(|_| self.session.is_in())
            .and_then(|world| {
                let world = world.borrow();
                let (years, _) = world.years()?;
                Some(world.destination_at(&years.get(index)?.id, None))
            });
        if destination.is_none() {
            return self.tell("notice-not-connected");
        }
        self.greet(destination);
    }

    /// Whoever waits to be elsewhere stays, where a notice says so.
    pub(super) fn stays_after(&mut self, notice: Notice) {
        let refused = matches!(
            notice,
            Notice::NoSuchSpot | Notice::PlaceFull | Notice::NotHere | Notice::Slower
        );
        let Some(world) = self.world.as_ref().filter(|_| refused) else {
            return;
        };
        world.borrow_mut().me.stay();
        // Who was too fast for the relay gets there a little later.
        self.led.is_on |= notice == Notice::Slower && self.leads_to().is_some();
        if !self.led.is_on {
            self.show_address();
        }
    }

    /// Through the portal that is within reach, or on or off the vehicle or the bicycle, if there is one.
    pub(super) fn enter_door(&mut self, ctx: &Context<Self>) -> bool {
        let world = self.world.clone();
        match world.and_then(|world| world.borrow().door().cloned()) {
            Some(to) => self.act(ctx, Act::Travel(to)),
            None => self.board_or_alight() || self.take_bicycle(),
        }
    }

    /// A portal has come within reach, or none is any more.
    pub(super) fn reached_door(&mut self) {
        let to = self
            .world
            .as_ref()
            .and_then(|world| world.borrow().door().cloned());
        if let (Some(to), Some(words)) = (to, self.words.clone()) {
            let way = self.way_to(&to);
            self.speak_from(
                Telling::Usual,
                words.say_with("narrate-door", &[("way", text(&way))]),
            );
        }
    }

    /// The visitor is in another place.
    pub(super) fn moved_in(&mut self, place: &str, spot: Option<&str>) {
        let from = mem::replace(&mut self.boot.place, place.to_owned());
        self.boot.spot = spot.map(str::to_owned);
        // Back leads back, unless this is where Back has led, or it leads on already.
        let shown = address::path();
        let is_of = |place: &str| shown.starts_with(&address::path_of(place, ""));
        if !self.led.is_on && !is_of(place) && (is_of(&from) || self.leads_to().is_none()) {
            address::push_path(&address::path_of(place, spot.unwrap_or_default()));
        }
        self.map = Map::default();
        self.tags.clear();
        self.stage.set_place(place);
        // The button that led here is gone; the slider that did so is not.
        if self.panel.is_none() && !document::has_focus("year") {
            self.focus_next("#scene");
        }
    }

    /// The browser leads back or forward: to where the address says. In haste the relay is asked at once, and then not before
    /// it has answered and half a second is over: what counts is where all of it has led to.
    pub(super) fn address_led(&mut self, ctx: &Context<Self>) -> bool {
        let now_ms = page::now_ms();
        let waits = |world: &World| world.me.waits_to_be_set_down(now_ms);
        let soon = self
            .led
            .asked_ms
            .is_some_and(|asked_ms| now_ms - asked_ms < LEAD_EVERY_MS);
        self.led.is_on = soon || self.world.as_ref().is_some_and(|world| waits(&world.borrow()));
        if self.led.is_on {
            return false;
        }
        let Some(to) = self.leads_to() else { return false };
        self.led.asked_ms = Some(now_ms);
        self.act(ctx, Act::Travel(to))
    }

    /// The browser may have led on meanwhile.
    pub(super) fn lead_on(&mut self, ctx: &Context<Self>) -> bool {
        self.led.is_on && self.address_led(ctx)
    }

    /// Where the address says, if that is another place: the browser has led back or forward, and the visitor is not there yet.
    pub(super) fn leads_to(&self) -> Option<SpotName> {
        let path = address::path();
        let mut names = path.trim_matches('/').split('/');
        let (place, spot) = (names.next().unwrap_or_default(), names.next());
        let world = self.world.as_ref()?.borrow();
        let there = world
            .city()
            .place(place)
            .filter(|there| world.place().is_some_and(|here| here.id != there.id))?;
        let spot = spot.and_then(|spot| there.spot(spot)).or(there.spots.first())?;
        Some(SpotName {
            place: there.id.clone(),
            spot: spot.id.clone(),
        })
    }

    /// The address says where the visitor is.
    pub(super) fn show_address(&self) {
        let here = self.world.as_ref().and_then(|world| {
            let world = world.borrow();
            let place = world.place()?;
            let spot = place.spots.get(world.nearest_spot()?)?;
            Some(address::path_of(&place.id, &spot.id))
        });
        if let Some(path) = here.filter(|_| self.screen == Screen::World) {
            address::show_path(&path);
            ticket::keep_path(&path);
        }
    }
}
