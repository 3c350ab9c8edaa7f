//! The stage: the place in three dimensions, drawn by an engine that may die at any time.
//!
//! In: what the world shows ([`Seen`]), the camera's [`View`]. Out: signs of life. Whatever happens to the engine, the
//! visitor's session, chat and position are untouched: the next life is given the same commands and goes on.

pub mod adapter;
pub mod engine;
pub mod governor;
pub mod ladder;
pub mod sizer;
pub mod tags;

use std::rc::Rc;

use shared::stage::{Command, Frame, FrameHeader, Quality, Report, Weather};
use web_sys::Element;
use yew::Callback;

use self::{
    engine::{Canvas, Engine, Sign},
    governor::Governor,
    ladder::{Build, Ladder},
};
use crate::{
    page,
    world::{camera::View, seen::Seen},
};

/// How long a drawing engine may be silent, in milliseconds.
const SILENT_MS: f64 = 5_000.0;

/// Where each frame takes long, silence may last so many frames longer before it means anything.
const SLOW_FRAMES: f64 = 4.0;

/// How long an engine may take to start and to draw the first frame, in milliseconds: shaders are compiled then, which
/// takes long on a machine without a graphics card.
const START_MS: f64 = 60_000.0;

/// How long it may be silent between its first frames: some shaders are compiled only when they are first drawn with.
const FIRST_FRAMES_MS: f64 = 20_000.0;

/// Frames of a life after which its picture alone is trusted to fill the screen. The engine tells that it has handed a
/// frame over; where a processor draws, the screen has been seen to get it up to four frames later.
const STEADY_FRAMES: u32 = 12;

/// How long the last picture of an engine that died stands in for the next one's first, in milliseconds: after that a
/// map that moves is better than a picture that does not.
const LAST_PICTURE_MS: f64 = 2_000.0;

/// Where the engine's builds are.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    /// For WebGPU.
    pub webgpu: Option<String>,
    /// For WebGL2.
    pub webgl: Option<String>,
}

/// What an engine life tells the page, with the number of the life.
pub type Signal = (u32, Sign);

/// What a sign led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All goes on.
    Goes,
    /// Another view shows now, or what lies under it is no longer needed.
    Shows,
    /// No build of the engine works here: the map is the view.
    GivesUp,
}

/// The stage.
pub struct Stage {
    addresses: Addresses,
    ladder: Ladder,
    engine: Option<Engine>,
    life: u32,
    on: Callback<Signal>,
    host: Option<Element>,
    /// What the last life showed at its end, and when that was.
    last_picture: Option<(Canvas, f64)>,
    /// Until it has come, the engine is only fetched.
    city: Option<Rc<Vec<u8>>>,
    place: String,
    label: String,
    full: [u32; 2],
    quality: Quality,
    governor: Governor,
    sequence: u32,
    /// Frames drawn by all lives.
    pub drawn: u32,
    /// What draws, as the engine calls it.
    pub adapter: String,
}

impl Stage {
    /// A stage for a place, before anything is started.
    pub fn new(addresses: Addresses, place: &str, quality: Quality, on: Callback<Signal>) -> Self {
        Self {
            addresses,
            ladder: Ladder::new(Vec::new()),
            engine: None,
            life: 0,
            on,
            host: None,
            last_picture: None,
            city: None,
            place: place.to_owned(),
            label: String::new(),
            full: [0, 0],
            quality,
            governor: Governor::default(),
            sequence: 0,
            drawn: 0,
            adapter: String::new(),
        }
    }

    /// Starts with the best of these builds. There need not be a city yet, nor room for a canvas.
    pub fn start(&mut self, builds: Vec<Build>) -> Outcome {
        let known = |build: &Build| self.address(*build).is_some();
        self.ladder = Ladder::new(builds.into_iter().filter(known).collect());
        self.begin()
    }

    /// What it shows a place of.
    pub fn set_city(&mut self, city: Rc<Vec<u8>>) -> Outcome {
        self.city = Some(city);
        self.open()
    }

    /// Shows another place from now on.
    pub fn set_place(&mut self, place: &str) {
        place.clone_into(&mut self.place);
        if let (Some(engine), Some(command)) = (&self.engine, self.show_place())
            && engine.is_open()
        {
            engine.command(&command);
        }
    }

    fn show_place(&self) -> Option<Command> {
        Some(Command::Place {
            city: self.city.as_ref()?.to_vec(),
            place: self.place.clone(),
        })
    }

    /// Whether it knows where canvases go.
    pub fn has_host(&self) -> bool {
        self.host.is_some()
    }

    /// Where canvases go.
    pub fn set_host(&mut self, host: Element) -> Outcome {
        self.host = Some(host);
        self.open()
    }

    /// Ends the engine, and frees what it holds: the map was chosen.
    pub fn stop(&mut self) {
        self.engine = None;
        self.last_picture = None;
        self.life += 1;
    }

    /// Whether an engine is running or starting.
    pub fn is_running(&self) -> bool {
        self.engine.is_some()
    }

    /// Whether the stage is the view: an engine draws, or the picture of the last one stands in for the next.
    pub fn shows(&self) -> bool {
        self.last_picture.is_some() || self.engine.as_ref().is_some_and(|engine| engine.frames > 0)
    }

    /// Whether its picture surely fills the screen. Until then the map lies under it, and shows where nothing is yet.
    pub fn covers(&self) -> bool {
        self.engine
            .as_ref()
            .is_some_and(|engine| engine.frames >= STEADY_FRAMES)
    }

    /// The build that is running.
    pub fn build(&self) -> Option<Build> {
        self.engine.as_ref().and_then(|_| self.ladder.build())
    }

    /// How often an engine was started.
    pub fn lives(&self) -> u32 {
        self.life
    }

    /// The box on the screen has another size, in device pixels.
    pub fn resize(&mut self, full: [u32; 2]) -> Outcome {
        self.full = full;
        self.send_size();
        self.open()
    }

    /// Another quality was chosen.
    pub fn set_quality(&mut self, quality: Quality) {
        self.quality = quality;
        self.governor = Governor::default();
        if let Some(engine) = self.engine.as_ref().filter(|engine| engine.is_open()) {
            engine.command(&Command::Quality(quality));
        }
        self.send_size();
    }

    /// Names the picture for those who do not see it.
    pub fn set_label(&mut self, label: String) {
        if label != self.label {
            if let Some(engine) = &self.engine {
                engine.label(&label);
            }
            self.label = label;
        }
    }

    /// Takes in a sign of an engine.
    pub fn on(&mut self, (life, sign): Signal, now_ms: f64) -> Outcome {
        if life != self.life {
            return Outcome::Goes;
        }
        match sign {
            Sign::Report(Report::Ready { adapter }) => {
                if let Some(engine) = &mut self.engine {
                    engine.ready = true;
                    engine.alive_ms = now_ms;
                }
                self.governor.met(&adapter);
                self.adapter = adapter;
                Outcome::Goes
            }
            Sign::Report(Report::Drawn { .. }) => {
                self.drawn = self.drawn.wrapping_add(1);
                let Some(engine) = &mut self.engine else {
                    return Outcome::Goes;
                };
                engine.drawn(now_ms);
                let frames = engine.frames;
                if self.governor.drawn(now_ms) {
                    self.send_size();
                }
                if frames == STEADY_FRAMES {
                    self.last_picture = None;
                }
                if frames == 1 || frames == STEADY_FRAMES {
                    Outcome::Shows
                } else {
                    Outcome::Goes
                }
            }
            Sign::Report(Report::Lost { reason }) | Sign::Failed(reason) => self.died(&reason, now_ms),
        }
    }

    /// Hands over what is to be drawn, and looks after an engine that has fallen silent.
    pub fn show(&mut self, seen: &[Seen], view: &View, time: FrameTime, now_ms: f64) -> Outcome {
        let Some(engine) = &mut self.engine else {
            return Outcome::Goes;
        };
        if self
            .last_picture
            .as_ref()
            .is_some_and(|(_, since_ms)| engine.frames == 0 && now_ms - since_ms > LAST_PICTURE_MS)
        {
            self.last_picture = None;
            return Outcome::Shows;
        }
        let limit = match engine.frames {
            0 => START_MS,
            1..STEADY_FRAMES => FIRST_FRAMES_MS,
            _ => SILENT_MS + SLOW_FRAMES * engine.frame_ms,
        };
        if engine.owes() && now_ms - engine.alive_ms > limit {
            return self.died("silent", now_ms);
        }
        if engine.has_room() {
            self.sequence = self.sequence.wrapping_add(1);
            let header = FrameHeader {
                sequence: self.sequence,
                time_s: (now_ms / 1_000.0) as f32,
                fov_y: view.fov_y,
                eye: view.eye.to_array(),
                hour: time.hour,
                target: view.target.to_array(),
                day: time.day,
                calm: u32::from(time.calm),
                weather: time.weather.index(),
                ..FrameHeader::default()
            };
            let figures = seen.iter().map(Seen::figure).collect();
            engine.post(&Frame { header, figures }, now_ms);
        }
        Outcome::Goes
    }

    /// The page was hidden or shown: silence meanwhile means nothing.
    pub fn forgive(&mut self, now_ms: f64) {
        if let Some(engine) = &mut self.engine {
            engine.alive_ms = now_ms;
        }
    }

    /// Makes the engine lose its context: for tests.
    pub fn lose(&self) {
        if let Some(engine) = &self.engine {
            engine.lose();
        }
    }

    /// Ends the worker as a crash of it would: for tests.
    pub fn kill(&self) {
        if let Some(engine) = &self.engine {
            engine.kill();
        }
    }

    fn died(&mut self, reason: &str, now_ms: f64) -> Outcome {
        page::warn(&format!("engine, life {}: {reason}", self.life));
        let drew = self.engine.take().is_some_and(|engine| {
            let drew = engine.frames > 0;
            if drew {
                self.last_picture = engine.end().map(|canvas| (canvas, now_ms));
            }
            drew
        });
        self.ladder.died(now_ms, drew);
        match self.begin() {
            // The map lies under the picture that is left.
            Outcome::Goes => Outcome::Shows,
            outcome => outcome,
        }
    }

    /// Begins the next life with the build that is due.
    fn begin(&mut self) -> Outcome {
        loop {
            let life = self.life + 1;
            let on = self.on.reform(move |sign| (life, sign));
            let build = self.ladder.build();
            let Some((build, url)) = build.and_then(|build| Some((build, self.address(build)?))) else {
                self.last_picture = None;
                return Outcome::GivesUp;
            };
            let loaded = Engine::load(url, build, page::now_ms(), &on);
            self.life = life;
            match loaded {
                Ok(engine) => {
                    self.engine = Some(engine);
                    return self.open();
                }
                Err(error) => {
                    page::warn(&format!("engine {}: {}", build.name(), page::thrown(&error)));
                    self.ladder.died(page::now_ms(), false);
                }
            }
        }
    }

    /// Gives the engine its canvas as soon as there is room for it, and something to show.
    fn open(&mut self) -> Outcome {
        let [width, height] = self.governor.size(self.full, self.quality);
        let place = self.show_place();
        let (Some(engine), Some(host), Some(place)) = (&mut self.engine, &self.host, place) else {
            return Outcome::Goes;
        };
        if engine.is_open() || self.full == [0, 0] {
            return Outcome::Goes;
        }
        let commands = [
            Command::Size { width, height },
            Command::Quality(self.quality),
            place,
        ];
        match engine.open(host, &self.label, &commands) {
            Ok(()) => Outcome::Goes,
            Err(error) => self.died(&page::thrown(&error), page::now_ms()),
        }
    }

    fn send_size(&self) {
        if let Some(engine) = self.engine.as_ref().filter(|engine| engine.is_open()) {
            let [width, height] = self.governor.size(self.full, self.quality);
            engine.command(&Command::Size { width, height });
        }
    }

    fn address(&self, build: Build) -> Option<&str> {
        match build {
            Build::WebGpu => self.addresses.webgpu.as_deref(),
            Build::WebGl => self.addresses.webgl.as_deref(),
        }
    }
}

/// When a frame is, in the city.
#[derive(Clone, Copy, Debug)]
pub struct FrameTime {
    /// 0 to 24.
    pub hour: f32,
    /// 0 to 366.
    pub day: f32,
    /// What the weather is.
    pub weather: Weather,
    /// Less motion is asked for.
    pub calm: bool,
}
