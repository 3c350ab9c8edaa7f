//! What is told as it happens, by how much the visitor wants to be told: [`Telling`] says what on which level.

use super::{App, Screen};
use crate::{page::preferences::Telling, views::narrator};

impl App {
    /// Whether what is told from a level on is told.
    pub(super) fn tells(&self, from: Telling) -> bool {
        self.preferences.telling >= from
    }

    /// As [`App::speak`], for what is told from a level on.
    pub(super) fn speak_from(&mut self, level: Telling, sentence: String) {
        if self.tells(level) {
            self.speak(sentence);
        }
    }

    /// Another spot is nearest now. Whoever was set down there is told in any case, and whoever wants to be told everything,
    /// where one can go from there.
    pub(super) fn reached_spot(&mut self) {
        let (Some(world), Some(words)) = (self.world.clone(), self.words.clone()) else {
            return;
        };
        let world = world.borrow();
        let Some(told) = narrator::arrived(&world, &words).filter(|_| self.screen == Screen::World) else {
            return;
        };
        let stands = world.me.ride.is_none() && world.me.stance().motion.speed_m_s() <= 0.0;
        self.speak_from(if stands { Telling::Little } else { Telling::Usual }, told);
        let ways = self
            .tells(Telling::Everything)
            .then(|| narrator::leads(world.ways(), &words));
        if let Some(ways) = ways.filter(|ways| !ways.is_empty()) {
            self.speak(ways);
        }
    }

    /// Something is passed, for those who want to be told everything. True when the page has to be rendered.
    pub(super) fn pass(&mut self) -> bool {
        if !self.tells(Telling::Everything) || self.screen != Screen::World {
            return false;
        }
        let (Some(world), Some(words)) = (self.world.clone(), self.words.clone()) else {
            return false;
        };
        let passed = world.borrow_mut().passes();
        let told = passed.and_then(|passed| narrator::passed(&passed, &world.borrow(), &words));
        told.map(|told| self.speak(told)).is_some()
    }
}
