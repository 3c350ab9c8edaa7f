//! The engine beside three.js: the figures that `engine/measure.js` keeps, one JSON object a line.

pub mod report;

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::results::median;

/// One line of figures.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Line {
    /// A ring of people was drawn.
    Round(Round),
    /// Pictures with and without levels of detail were compared.
    Likeness(Likeness),
}

/// The graphics interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Backend {
    /// The build for `WebGL2`, and three.js's own renderer for it.
    Webgl,
    /// The build for `WebGPU`, and three.js's own renderer for it.
    Webgpu,
}

impl Backend {
    /// Its name, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Webgl => "WebGL2",
            Self::Webgpu => "WebGPU",
        }
    }
}

/// Who draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contender {
    /// Our engine, as visitors have it.
    Levels,
    /// Our engine with every figure on the finest level.
    Finest,
    /// three.js.
    Three,
}

impl Contender {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Levels, Self::Finest, Self::Three];

    /// The name in tables.
    pub fn title(self) -> &'static str {
        match self {
            Self::Levels => "this engine",
            Self::Finest => "this engine, all finely",
            Self::Three => "three.js",
        }
    }
}

/// What one contender did in one round.
#[derive(Clone, Debug, Deserialize)]
pub struct Round {
    /// The turn in which everyone drew this ring one after the other.
    pub turn: u64,
    /// The project's revision by then.
    pub revision: String,
    /// Version of the browser.
    pub browser: String,
    /// Whether there was a graphics card.
    pub card: bool,
    /// By what.
    pub backend: Backend,
    /// How many figures.
    pub people: usize,
    /// By whom.
    pub contender: Contender,
    /// What drew, as the browser tells.
    pub adapter: String,
    /// How many frames were drawn.
    pub frames: usize,
    /// Milliseconds from frame to frame.
    pub frame_ms: f64,
    /// Processor time of the page's thread for a frame, in milliseconds.
    pub page_ms: f64,
    /// Processor time of workers for a frame, in milliseconds.
    pub workers_ms: f64,
    /// Processor time of the browser's process that draws, for a frame, in milliseconds.
    pub drawing_ms: f64,
    /// Draw calls of a frame.
    pub draws: u32,
    /// Triangles of a frame.
    pub triangles: u32,
    /// Why the figures are void, if they are.
    pub void: Option<String>,
}

impl Round {
    /// Processor time of all threads that run scripts, for a frame, in milliseconds.
    pub fn script_ms(&self) -> f64 {
        self.page_ms + self.workers_ms
    }
}

/// How alike two pictures of our engine are.
#[derive(Clone, Debug, Deserialize)]
pub struct Likeness {
    /// By what.
    pub backend: Backend,
    /// How many figures.
    pub people: usize,
    /// Structural similarity of the pictures with levels of detail and without.
    pub ssim: f64,
}

/// All figures.
pub struct Figures {
    rounds: Vec<Round>,
    likenesses: Vec<Likeness>,
    /// Rounds that were void.
    pub void: usize,
}

impl Figures {
    /// Reads a file of them.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let lines = text
            .lines()
            .map(|line| serde_json::from_str(line).with_context(|| format!("{}: {line:?}", path.display())));
        Ok(Self::new(lines.collect::<Result<_>>()?))
    }

    fn new(lines: Vec<Line>) -> Self {
        let mut figures = Self {
            rounds: Vec::new(),
            likenesses: Vec::new(),
            void: 0,
        };
        for line in lines {
            match line {
                Line::Round(round) if round.void.is_some() => figures.void += 1,
                Line::Round(round) => figures.rounds.push(round),
                Line::Likeness(likeness) => figures.likenesses.push(likeness),
            }
        }
        figures
    }

    /// The backends and numbers of people that were measured.
    pub fn rings(&self) -> BTreeSet<(Backend, usize)> {
        self.rounds
            .iter()
            .map(|round| (round.backend, round.people))
            .collect()
    }

    /// The rounds of a contender with a ring.
    pub fn rounds(&self, ring: (Backend, usize), contender: Contender) -> impl Iterator<Item = &Round> {
        self.rounds
            .iter()
            .filter(move |round| (round.backend, round.people) == ring && round.contender == contender)
    }

    /// How many rounds the fewest-measured pair of ring and contender has.
    pub fn fewest_rounds(&self) -> usize {
        let pairs = self
            .rings()
            .into_iter()
            .flat_map(|ring| Contender::ALL.map(|contender| (ring, contender)));
        pairs
            .map(|(ring, contender)| self.rounds(ring, contender).count())
            .min()
            .unwrap_or_default()
    }

    /// Any round: what is the same in all can be read from it.
    pub fn any(&self) -> Option<&Round> {
        self.rounds.first()
    }

    /// All values of something, each once.
    pub fn all(&self, of: impl Fn(&Round) -> String) -> String {
        let values: BTreeSet<String> = self.rounds.iter().map(of).collect();
        values.into_iter().collect::<Vec<_>>().join("; ")
    }

    /// The median of something over all rounds.
    pub fn median(
        &self,
        ring: (Backend, usize),
        contender: Contender,
        of: impl Fn(&Round) -> f64,
    ) -> Option<f64> {
        median(self.rounds(ring, contender).map(of).collect())
    }

    /// Something of one of ours over three.js's in the same turn: the median of all turns.
    pub fn ratio(&self, ring: (Backend, usize), ours: Contender, of: impl Fn(&Round) -> f64) -> Option<f64> {
        let ratios = self.rounds(ring, ours).filter_map(|ours| {
            let theirs = self
                .rounds(ring, Contender::Three)
                .find(|theirs| theirs.turn == ours.turn)?;
            Some(of(ours) / of(theirs))
        });
        median(ratios.collect())
    }

    /// How alike the pictures with levels of detail and without are.
    pub fn likeness(&self, (backend, people): (Backend, usize)) -> Option<f64> {
        let of_ring = self
            .likenesses
            .iter()
            .filter(|likeness| (likeness.backend, likeness.people) == (backend, people));
        median(of_ring.map(|likeness| likeness.ssim).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(contender: &str, turn: u64, frame_ms: f64, void: &str) -> Line {
        let line = format!(
            r#"{{"kind": "round", "turn": {turn}, "revision": "1", "browser": "1", "card": false, "backend": "webgl",
            "people": 100, "contender": "{contender}", "adapter": "soft", "frames": 9, "frame_ms": {frame_ms},
            "page_ms": 1, "workers_ms": 1, "drawing_ms": 1, "draws": 4, "triangles": 9, "void": {void}}}"#
        );
        serde_json::from_str(&line).unwrap()
    }

    #[test]
    fn ratios_compare_what_was_drawn_in_the_same_turn_and_leave_out_what_is_void() {
        let figures = Figures::new(vec![
            round("levels", 1, 1.0, "null"),
            round("three", 1, 9.0, "\"3 % stolen\""),
            round("three", 1, 2.0, "null"),
            round("three", 2, 4.0, "null"),
            round("levels", 2, 2.0, "null"),
        ]);
        let ring = (Backend::Webgl, 100);
        assert_eq!(
            figures.ratio(ring, Contender::Levels, |round| round.frame_ms),
            Some(0.5)
        );
        assert_eq!(
            figures.ratio(ring, Contender::Finest, |round| round.frame_ms),
            None
        );
        assert_eq!(figures.void, 1);
    }
}
