//! What of the model is heard, when the visitor wants to hear it.

use super::{App, Screen};
use crate::{
    page::{document, preferences::SoundChoice, voice},
    sound::Sound,
    world::{
        World,
        seen::Seen,
        sounds::{self, Steps},
    },
};

/// Frames from one look at what lasts to the next.
const LASTING_FRAMES: u32 = 6;

/// The sound, while it is wanted.
#[derive(Default)]
pub struct Hearing {
    sound: Option<Sound>,
    steps: Steps,
    frames: u32,
    /// When the tone that leads sounds again, on the relays' clock, in milliseconds.
    lead_ms: f64,
    /// The city's hour at the last frame.
    hour: Option<f32>,
}

impl App {
    /// Sounds, or falls silent, as the visitor has chosen: from a press of a button or a key on, as browsers ask for.
    pub(super) fn settle_sound(&mut self) {
        let wanted = self.preferences.sound != SoundChoice::Off && self.screen == Screen::World;
        if !wanted {
            self.hearing = Hearing::default();
        } else if self.hearing.sound.is_none() {
            self.hearing.sound = Sound::start();
        }
        if let Some(sound) = &self.hearing.sound {
            sound.set_volume(self.volume());
        }
    }

    /// Speaks where it is wanted: in the easy mode, and in a kiosk that is not silent.
    pub(super) fn say_aloud(&self, sentence: &str) {
        let wanted = self.easy.as_ref().is_some_and(|easy| easy.aloud) || self.kiosk.is_some();
        if let Some(words) = self
            .words
            .as_ref()
            .filter(|_| wanted && self.screen == Screen::World)
        {
            self.voice(sentence, words.language());
        }
    }

    /// Speaks in a language, as loud as the page may be.
    pub(super) fn voice(&self, sentence: &str, language: &str) {
        let volume = self.volume();
        if volume > 0.0 && !document::is_hidden() {
            voice::say(sentence, language, volume);
        }
    }

    /// A page that nobody sees is silent.
    pub(super) fn pause_sound(&self) {
        if let Some(sound) = &self.hearing.sound {
            sound.pause(document::is_hidden());
        }
    }

    /// What is heard in this frame.
    pub(super) fn hear(&mut self, world: &World, seen: &[Seen]) {
        let hearing = &mut self.hearing;
        let Some(sound) = &hearing.sound else { return };
        let (ear, yaw) = (world.me.shown_at(), world.camera.yaw);
        if hearing.frames.is_multiple_of(LASTING_FRAMES) {
            sound.surround(&world.sounds.ambience(ear, yaw));
        }
        hearing.frames = hearing.frames.wrapping_add(1);
        for step in hearing.steps.taken(seen, &world.sounds, ear, yaw) {
            sound.step(step);
        }
        if self.preferences.sound == SoundChoice::Leading
            && let Some(beacon) = world.beacon
            && world.relay_ms() >= hearing.lead_ms
        {
            let lead = sounds::lead(beacon - ear, world.facing());
            sound.lead(lead);
            hearing.lead_ms = world.relay_ms() + lead.pause_ms;
        }
        let (hour, _) = world.city_time();
        if hearing
            .hour
            .replace(hour)
            .is_some_and(|before| sounds::struck(before, hour))
        {
            sound.strike(world.sounds.bell(ear, yaw));
        }
    }
}
