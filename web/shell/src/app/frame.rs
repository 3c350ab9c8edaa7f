//! What happens at each animation frame: the model goes on, and the view that shows follows it.

use std::{cell::RefCell, rc::Rc};

use glam::Vec3;
use shared::protocol::ClientMessage;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::HtmlElement;
use yew::html::Scope;

use super::{App, Msg, Screen, Showing};
use crate::{
    page::{self, preferences::Telling},
    views::{
        narrator,
        stage::{FrameTime, tags::Tag},
    },
    words::text,
    world::{
        Happening,
        camera::View,
        seen::{Seen, Whose},
    },
};

/// The own key among tags; ids of visitors are never 0.
const MY_TAG: u64 = 0;

/// What the browser calls at each animation frame; none once nobody listens any more.
type OnFrame = Rc<RefCell<Option<Closure<dyn FnMut(f64)>>>>;

/// The browser's animation frames, as messages, until dropped.
pub struct Frames {
    alive: OnFrame,
}

impl Frames {
    /// Asks for the first.
    pub fn start(link: &Scope<App>) -> Self {
        let alive = OnFrame::default();
        let (again, link) = (Rc::downgrade(&alive), link.clone());
        *alive.borrow_mut() = Some(Closure::new(move |now_ms: f64| {
            link.send_message(Msg::Frame(now_ms));
            if let Some(again) = again.upgrade() {
                request(again.borrow().as_ref());
            }
        }));
        request(alive.borrow().as_ref());
        Self { alive }
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.alive.borrow_mut().take();
    }
}

fn request(closure: Option<&Closure<dyn FnMut(f64)>>) {
    if let (Some(window), Some(closure)) = (page::window(), closure) {
        let _ = window.request_animation_frame(closure.as_ref().unchecked_ref());
    }
}

impl App {
    /// True when the page has to be rendered, which a mere frame never needs.
    pub(super) fn frame(&mut self, frame_ms: f64) -> bool {
        // One long gap counts for a while: pictures of the page come in one by one where they take long.
        let before_ms = std::mem::replace(&mut self.frame_ms, frame_ms);
        self.gap_ms = (frame_ms - before_ms).max(self.gap_ms * 0.95);
        let Some(world) = self.world.clone() else {
            return false;
        };
        // The stage does not wait for it.
        let is_mapped = self.draw_map();
        let now_ms = page::now_ms();
        self.look_around(((frame_ms - before_ms) / 1_000.0).clamp(0.0, 0.25) as f32);
        let happenings = world.borrow_mut().advance(now_ms);
        let mut render = false;
        for happening in happenings {
            render |= self.happened(happening);
        }
        render |= self.pass();
        let world = world.borrow();
        let seen = world.seen();
        let [width, height] = self.size.css;
        let view = world.camera.view(width, height);
        let (hour, day) = world.city_time();
        let time = FrameTime {
            hour: self.preferences.hour.unwrap_or(hour),
            day: self.preferences.season.day().unwrap_or(day),
            weather: self.preferences.weather,
            calm: self.calm,
        };
        let led_to = self.stage.show(&seen, &view, time, now_ms);
        let goal = world.controls.goal();
        if self.showing() == Showing::Stage {
            let tags = self.tags_of(&seen, world.relay_ms());
            self.tags.place(tags, &view);
        } else if is_mapped && now_ms - self.map_ms >= self.map_pause_ms() {
            let dt_s = ((now_ms - self.map_ms) / 1_000.0).clamp(0.0, 0.5) as f32;
            self.map_ms = now_ms;
            let name = |figure: &Seen| match figure.whose {
                Whose::Person(id) => world.others.identity(id).map(|identity| identity.name.clone()),
                _ => None,
            };
            if let Some(place) = world.place() {
                let goal = goal.map(|goal| goal.point.to_m());
                self.map.show(place, &seen, world.me.shown_at(), goal, dt_s, name);
            }
        }
        let on_stage = goal.filter(|_| self.showing() == Showing::Stage);
        let ring = on_stage.map(|goal| {
            let at = goal.point.to_m();
            Vec3::new(at.x, world.height_m(goal), at.y)
        });
        self.ring(ring, &view);
        self.remember(&seen, &view);
        self.hear(&world, &seen);
        drop(world);
        render | self.stage_led_to(led_to)
    }

    /// How long the map stays as it is, in milliseconds. While an engine starts, it and the map's picture are drawn by
    /// the same graphics process, which without a graphics card is slow: measured in software on a busy machine, each
    /// picture of the page took it more than a second, and the engine waited for all of them. Before the visitor comes in
    /// nothing on the map is theirs to follow.
    fn map_pause_ms(&self) -> f64 {
        let starting = self.stage.is_running() && !self.stage.shows();
        match (starting, self.screen) {
            (false, _) => 0.0,
            (true, Screen::World) => (3.0 * self.gap_ms).clamp(120.0, 1_000.0),
            (true, Screen::Entry) => 4_000.0,
        }
    }

    fn happened(&mut self, happening: Happening) -> bool {
        match happening {
            Happening::Send(message) => {
                if let Some(socket) = &self.socket {
                    socket.send(&message);
                }
                let walks =
                    matches!(message, ClientMessage::Move { stance, .. } if stance.motion.speed_m_s() > 0.0);
                let first = walks && !self.has_moved;
                self.has_moved |= walks;
                first
            }
            Happening::Reached => {
                let sentence = self.say("narrate-reached");
                self.speak(sentence);
                true
            }
            Happening::Company => {
                let told = {
                    let (Some(world), Some(words)) = (&self.world, &self.words) else {
                        return false;
                    };
                    narrator::company(&world.borrow(), words)
                };
                let told = told.unwrap_or_else(|| self.say("narrate-alone"));
                self.speak(told);
                true
            }
            Happening::Bicycle(before) => {
                self.bicycle_at_hand(before);
                true
            }
            Happening::Act => {
                let told = self
                    .world
                    .as_ref()
                    .zip(self.words.as_ref())
                    .and_then(|(world, words)| narrator::act(&world.borrow(), words));
                if let Some(told) = told {
                    self.speak_from(Telling::Usual, told);
                }
                true
            }
            Happening::Spot(_) => {
                self.entitle();
                self.caption();
                self.reached_spot();
                true
            }
            Happening::Portal => {
                self.reached_door();
                true
            }
            Happening::Transit => {
                self.vehicle_calls();
                true
            }
            Happening::Years => {
                let has_years = self.world.as_ref().map(|world| world.borrow().years().is_some());
                if has_years == Some(true) {
                    let sentence = self.say("narrate-years");
                    self.speak_from(Telling::Usual, sentence);
                }
                true
            }
            Happening::Does(visitor, motion) => {
                let (Some(world), Some(words)) = (self.world.clone(), self.words.clone()) else {
                    return false;
                };
                let world = world.borrow();
                if let Some(identity) = world.others.identity(visitor) {
                    self.speak_from(Telling::Usual, narrator::does(&identity.name, motion, &words));
                }
                true
            }
            Happening::Near(visitor) => {
                let (Some(world), Some(words)) = (self.world.clone(), self.words.clone()) else {
                    return false;
                };
                let name = world.borrow().others.name_of(visitor);
                let Some(name) = name else { return false };
                let sentence = words.say_with("narrate-near", &[("name", text(&name))]);
                self.speak_from(Telling::Usual, sentence);
                self.caption();
                true
            }
        }
    }

    fn tags_of(&self, seen: &[Seen], relay_ms: f64) -> Vec<Tag> {
        let (Some(world), Some(words)) = (&self.world, &self.words) else {
            return Vec::new();
        };
        if self.screen == Screen::Entry {
            return Vec::new();
        }
        let world = world.borrow();
        let bubble = |id| {
            self.talk
                .bubble(id, relay_ms)
                .map(|said| narrator::utterance(said, words))
        };
        seen.iter()
            .filter_map(|figure| {
                let feet = figure.feet();
                let tag = |key, name, bubble| Tag {
                    key,
                    feet,
                    name,
                    bubble,
                    opacity: figure.opacity,
                };
                match figure.whose {
                    Whose::Ambient | Whose::Vehicle(_) | Whose::Bicycle => None,
                    // One knows one's own name: only what one says is shown.
                    Whose::Mine => {
                        let bubble = bubble(world.me.visitor)?;
                        Some(tag(MY_TAG, String::new(), Some(bubble)))
                    }
                    Whose::Person(id) => {
                        let name = world.others.identity(id).map(|identity| identity.name.clone())?;
                        Some(tag(id.0, name, bubble(id)))
                    }
                }
            })
            .collect()
    }

    /// The ring on the ground where the walk ends.
    fn ring(&self, goal: Option<Vec3>, view: &View) {
        let Some(ring) = self.ring_ref.cast::<HtmlElement>() else {
            return;
        };
        let style = ring.style();
        let shown = goal.and_then(|goal| {
            let ground = goal + Vec3::Y * 0.02;
            let (at, distance) = view.project(ground)?;
            // The projections of half a metre to the side and ahead give the ellipse.
            let side = (view.target - view.eye).cross(Vec3::Y).normalize_or_zero();
            let ahead = Vec3::Y.cross(side);
            let (right, _) = view.project(ground + side * 0.5)?;
            let (far, _) = view.project(ground + ahead * 0.5)?;
            (distance > 0.5).then(|| (at, at.distance(right).max(4.0), at.distance(far).max(1.5)))
        });
        let Some((at, across, deep)) = shown else {
            let _ = style.set_property("visibility", "hidden");
            return;
        };
        let transform = format!(
            "translate({:.1}px,{:.1}px) scale({:.3},{:.3})",
            at.x,
            at.y,
            across / 50.0,
            deep / 50.0
        );
        let _ = style.set_property("transform", &transform);
        let _ = style.set_property("visibility", "visible");
    }

    /// Notes for `window.metaverse` what this frame showed.
    fn remember(&self, seen: &[Seen], view: &View) {
        let mut glance = self.glance.borrow_mut();
        glance.stage_shows = self.showing() == Showing::Stage;
        glance.backend = self.stage.build();
        glance.drawn = self.stage.drawn;
        glance.lives = self.stage.lives();
        glance.figures.clear();
        let people = |figure: &&Seen| matches!(figure.whose, Whose::Mine | Whose::Person(_));
        for figure in seen.iter().filter(people) {
            let screen = match self.showing() {
                Showing::Stage => view.project(figure.feet() + Vec3::Y * 0.9).map(|(at, _)| at),
                Showing::Map => Some(self.map.camera.project(figure.at)),
            };
            glance.figures.push((*figure, screen));
        }
    }
}
