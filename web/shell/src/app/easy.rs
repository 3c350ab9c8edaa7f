//! The easy mode: one decision at a time, nothing to type, no hurry, and always a way back.

use glam::Vec2;
use shared::space::Position;
use yew::Context;

use super::{App, Screen, act::Act};
use crate::{
    page::{preferences::Preferences, voice},
    world::{along, around::DIRECTIONS},
};

/// How far a press of an arrow goes, in metres, and what is tried when something is in the way.
const STEPS_M: [f32; 3] = [2.5, 1.5, 0.8];

/// How far a press turns, in radians.
const TURN: f32 = std::f32::consts::FRAC_PI_6;

/// How many things can be undone.
const KEPT: usize = 32;

/// What is decided about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sheet {
    /// What to do at all.
    #[default]
    Home,
    /// Which way to walk.
    Walk,
    /// Where to be taken.
    Go,
    /// What to say; the topic is the page's.
    Say,
    /// What is around, and the way there.
    Around,
    /// The practice, with its number of steps done.
    Practice(usize),
}

/// The steps of the practice.
pub const LESSONS: usize = 4;

/// Something done in the easy mode.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// Begins or ends it.
    On(bool),
    /// Comes to a decision.
    To(Sheet),
    /// Walks a few steps: ahead, right, back, left, by quarters.
    Walk(u8),
    /// Turns a little: -1 to the left, 1 to the right.
    Turn(i8),
    /// Is taken to a spot, which is near enough to walk there or not.
    Take(String, bool),
    /// Takes the last thing back.
    Undo,
    /// Speaks, or falls silent.
    Aloud,
}

/// What takes something back.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Undo {
    /// To another decision, and to the topic there.
    Sheet(Sheet, Option<usize>),
    /// To another place.
    Place(Position),
}

/// The easy mode, while it is on.
#[derive(Clone, Debug)]
pub struct Easy {
    /// What is decided about now.
    pub sheet: Sheet,
    /// Whether instructions are spoken.
    pub aloud: bool,
    /// Where the practice began.
    began: Option<Position>,
    undo: Vec<Undo>,
}

impl Easy {
    /// None when the visitor has not chosen it.
    pub fn begin(preferences: &Preferences) -> Option<Self> {
        preferences.easy.then(|| Self {
            sheet: Sheet::Home,
            aloud: true,
            began: None,
            undo: Vec::new(),
        })
    }

    /// Whether there is anything to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Key of what is asked now.
    pub fn asks(&self) -> &'static str {
        const LESSONS: [&str; 5] = [
            "easy-lesson-walk",
            "easy-lesson-turn",
            "easy-lesson-say",
            "easy-lesson-return",
            "easy-lesson-done",
        ];
        match self.sheet {
            Sheet::Home => "easy-home",
            Sheet::Walk => "easy-walk",
            Sheet::Go => "easy-go",
            Sheet::Say => "easy-say",
            Sheet::Around => "easy-around",
            Sheet::Practice(done) => LESSONS.get(done).copied().unwrap_or("easy-lesson-done"),
        }
    }

    fn remember(&mut self, undo: Undo) {
        if self.undo.len() == KEPT {
            self.undo.remove(0);
        }
        self.undo.push(undo);
    }
}

impl App {
    /// True when the page has to be rendered.
    pub(super) fn easy_step(&mut self, ctx: &Context<Self>, step: Step) -> bool {
        match step {
            Step::On(on) => {
                self.preferences.easy = on;
                self.keep_preferences();
                self.easy = Easy::begin(&self.preferences);
                self.panel = None;
                self.topic = None;
                voice::hush();
                self.ask();
                if self.screen == Screen::Entry {
                    self.focus_next(".entry-card .primary");
                } else if !on {
                    self.focus_next("#scene");
                }
            }
            Step::To(sheet) => {
                let here = self.here();
                let topic = self.topic.take();
                if let Some(easy) = &mut self.easy {
                    easy.remember(Undo::Sheet(easy.sheet, topic));
                    easy.sheet = sheet;
                    if sheet == Sheet::Practice(0) {
                        easy.began = here;
                    }
                }
                self.ask();
                if sheet == Sheet::Around {
                    self.act(ctx, Act::Describe);
                }
            }
            Step::Walk(quarter) => {
                self.remember_place();
                self.step(quarter);
                self.learned(0);
            }
            Step::Turn(side) => {
                if let Some(world) = &self.world {
                    let mut world = world.borrow_mut();
                    let by = f32::from(side) * TURN;
                    world.camera.turn_by(by, 0.0);
                    world.me.turn_by(by);
                }
                self.learned(1);
            }
            Step::Take(spot, near) => {
                self.remember_place();
                self.act(
                    ctx,
                    if near {
                        Act::WalkToSpot(spot)
                    } else {
                        Act::GoToSpot(spot)
                    },
                );
            }
            Step::Undo => self.undo(ctx),
            Step::Aloud => {
                if let Some(easy) = &mut self.easy {
                    easy.aloud = !easy.aloud;
                }
                voice::hush();
                self.ask();
            }
        }
        true
    }

    /// A topic was chosen, or another is to be.
    pub(super) fn choose_topic(&mut self, topic: Option<usize>) {
        let before = std::mem::replace(&mut self.topic, topic);
        if let Some(easy) = &mut self.easy {
            easy.remember(Undo::Sheet(easy.sheet, before));
        }
        let selector = match topic {
            _ if self.easy.is_some() => "#easy-title",
            Some(_) => "#topic",
            None => "#topics button",
        };
        self.focus_next(selector);
    }

    /// A sentence was said: the third lesson.
    pub(super) fn said_phrase(&mut self) {
        self.learned(2);
    }

    /// Back to where the practice began: its last lesson.
    pub(super) fn return_to_begin(&mut self, ctx: &Context<Self>) -> bool {
        let began = self.easy.as_ref().and_then(|easy| easy.began);
        if let Some(began) = began {
            self.remember_place();
            self.return_to(ctx, began);
            self.learned(3);
        }
        true
    }

    /// Goes on to the next lesson when this one was done.
    fn learned(&mut self, lesson: usize) {
        if let Some(easy) = &mut self.easy
            && easy.sheet == Sheet::Practice(lesson)
        {
            easy.remember(Undo::Sheet(easy.sheet, None));
            easy.sheet = Sheet::Practice(lesson + 1);
            self.ask();
        }
    }

    /// What is asked now, aloud and for the focus.
    fn ask(&mut self) {
        if let Some(easy) = &self.easy {
            let asked = self.say(easy.asks());
            voice::hush();
            self.say_aloud(&asked);
            self.focus_next("#easy-title");
        }
    }

    fn here(&self) -> Option<Position> {
        let world = self.world.as_ref()?.borrow();
        world.me.present.then(|| world.me.stance().position)
    }

    fn remember_place(&mut self) {
        if let (Some(here), Some(easy)) = (self.here(), &mut self.easy) {
            easy.remember(Undo::Place(here));
        }
    }

    /// A few steps, as many as there is room for.
    fn step(&mut self, quarter: u8) {
        let Some(world) = self.world.clone().filter(|world| world.borrow().me.present) else {
            return;
        };
        let mut world = world.borrow_mut();
        let ahead = match world.orientation {
            crate::world::Orientation::Camera => world.camera.yaw,
            crate::world::Orientation::North => 0.0,
        };
        let way: Vec2 = along(ahead + f32::from(quarter) * std::f32::consts::FRAC_PI_2);
        let here = world.me.stance().position;
        let goes = STEPS_M.iter().any(|metres| {
            let to = shared::space::Point::from_m(here.point.to_m() + way * *metres);
            let reached = world.ground.slide(here, to);
            reached.point.to_m().distance(here.point.to_m()) > 0.3 && world.walk_to(reached)
        });
        drop(world);
        if !goes {
            self.tell("notice-no-way");
        }
    }

    fn undo(&mut self, ctx: &Context<Self>) {
        let Some(undo) = self.easy.as_mut().and_then(|easy| easy.undo.pop()) else {
            return;
        };
        match undo {
            Undo::Sheet(sheet, topic) => {
                self.topic = topic;
                if let Some(easy) = &mut self.easy {
                    easy.sheet = sheet;
                }
                self.ask();
            }
            Undo::Place(place) => self.return_to(ctx, place),
        }
    }

    /// Walks back to a place, or is set down near it when it is far.
    fn return_to(&mut self, ctx: &Context<Self>, place: Position) {
        const WALK_M: f32 = 120.0;
        let Some(world) = self.world.clone() else { return };
        let far = world.borrow().me.at().distance(place.point.to_m()) > WALK_M;
        let spot = world
            .borrow()
            .place()
            .and_then(|here| Some(here.nearest_spot(place)?.id.clone()));
        match spot {
            Some(spot) if far => self.act(ctx, Act::GoToSpot(spot)),
            _ => self.act(ctx, Act::WalkTo(place)),
        };
        self.tell("notice-back");
    }
}

/// The way of an arrow, for its label: [`DIRECTIONS`] has eight.
pub fn direction(quarter: u8) -> &'static str {
    DIRECTIONS
        .get(usize::from(quarter) * 2)
        .copied()
        .unwrap_or("ahead")
}
