//! On and off vehicles and bicycles: what the visitor asks of the relay, and what is told of a ride.

use shared::protocol::{ClientMessage, Ride};

use super::App;
use crate::{page::preferences::Telling, views::narrator, world::transit::Call};

impl App {
    /// Asks for a seat in the vehicle that stands near, or to get off where it stands next.
    pub(super) fn board_or_alight(&mut self) -> bool {
        let call = self.world.as_ref().and_then(|world| world.borrow().call());
        match call {
            Some(Call::AtHand(line, vehicle)) => self.send(&ClientMessage::Board { line, vehicle }),
            Some(Call::Riding(..)) => self.send(&ClientMessage::Alight),
            None => return false,
        }
        true
    }

    /// The visitor sits in a vehicle, or in none any more.
    pub(super) fn rides(&mut self, ride: Option<Ride>) {
        let Some(world) = &self.world else { return };
        let before = world.borrow().me.ride.is_some();
        world.borrow_mut().ride(ride);
        if before != ride.is_some() {
            // The button that led here is another now, or gone.
            self.focus_next(if ride.is_some() { "#ride" } else { "#scene" });
        }
    }

    /// Takes the bicycle that is at hand, or gets off it.
    pub(super) fn take_bicycle(&mut self) -> bool {
        let Some(world) = &self.world else { return false };
        let taken = world.borrow_mut().take_bicycle();
        if taken && world.borrow().bicycle().is_none() {
            // The button that led here is gone.
            self.focus_next("#scene");
        }
        taken
    }

    /// There is something else to do with bicycles than before.
    pub(super) fn bicycle_at_hand(&mut self, before: Option<bool>) {
        let now = self.world.as_ref().and_then(|world| world.borrow().bicycle());
        let (level, key) = match (before, now) {
            (_, Some(true)) => (Telling::Little, "narrate-cycling"),
            (Some(true), _) => (Telling::Little, "narrate-on-foot"),
            (_, Some(false)) => (Telling::Usual, "narrate-bicycles"),
            (_, None) => return,
        };
        let told = self.say(key);
        self.speak_from(level, told);
    }

    /// There is something to tell of vehicles, or nothing any more.
    pub(super) fn vehicle_calls(&mut self) {
        if let (Some(world), Some(words)) = (self.world.clone(), self.words.clone())
            && let Some(told) = narrator::vehicle(&world.borrow(), &words)
        {
            let rides = world.borrow().me.ride.is_some();
            self.speak_from(if rides { Telling::Little } else { Telling::Usual }, told);
        }
    }
}
