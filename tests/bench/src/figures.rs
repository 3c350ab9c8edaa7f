//! What all rounds say together: medians, and ratios of what was measured in the same turn.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    contender::Contender,
    results::{Idle, Line, Round, median},
    scene::Scene,
};

/// A figure that is measured when a crowd walks. Less is better in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Processor time of the server per update on time, in microseconds.
    Cpu,
    /// Bytes per update on time.
    Bytes,
    /// Age that 99 in 100 updates do not exceed, in milliseconds.
    Age,
}

impl Figure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Cpu, Self::Bytes, Self::Age];

    /// What it is, for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cpu => "CPU per delivered update, µs",
            Self::Bytes => "bytes per delivered update",
            Self::Age => "age of updates, p99, ms",
        }
    }

    /// Its plot's file, without ending.
    pub fn file(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Bytes => "bytes",
            Self::Age => "age",
        }
    }

    /// Its value in a round.
    pub fn of(self, round: &Round) -> f64 {
        match self {
            Self::Cpu => round.cpu_us(),
            Self::Bytes => round.bytes_each(),
            Self::Age => round.age_p99_ms,
        }
    }
}

/// All rounds.
pub struct Figures {
    rounds: BTreeMap<(Scene, Contender), Vec<Round>>,
    idle: BTreeMap<Contender, Vec<Idle>>,
    /// Rounds that were void.
    pub void: usize,
}

impl Figures {
    /// Sorts lines of results.
    pub fn new(lines: Vec<Line>) -> Self {
        let mut figures = Self {
            rounds: BTreeMap::new(),
            idle: BTreeMap::new(),
            void: 0,
        };
        for line in lines {
            match line {
                Line::Round(round) if round.void().is_some() => figures.void += 1,
                Line::Round(round) => figures
                    .rounds
                    .entry((round.scene, round.contender))
                    .or_default()
                    .push(round),
                Line::Idle(idle) => figures.idle.entry(idle.contender).or_default().push(idle),
            }
        }
        figures
    }

    /// The scenes measured.
    pub fn scenes(&self) -> Vec<Scene> {
        let scenes: BTreeSet<Scene> = self.rounds.keys().map(|(scene, _)| *scene).collect();
        let mut scenes: Vec<Scene> = scenes.into_iter().collect();
        scenes.sort_by_key(|scene| (!scene.is_everyone(), scene.people));
        scenes
    }

    /// Who took part in a scene.
    pub fn contenders(&self, scene: Scene) -> Vec<Contender> {
        let of_scene = self.rounds.keys().filter(|(other, _)| *other == scene);
        of_scene.map(|(_, contender)| *contender).collect()
    }

    /// The rounds of a contender in a scene.
    pub fn rounds(&self, scene: Scene, contender: Contender) -> &[Round] {
        self.rounds.get(&(scene, contender)).map_or(&[], Vec::as_slice)
    }

    /// Whether a contender was saturated in most rounds of a scene.
    pub fn is_saturated(&self, scene: Scene, contender: Contender) -> bool {
        let rounds = self.rounds(scene, contender);
        rounds.iter().filter(|round| round.is_saturated()).count() * 2 > rounds.len()
    }

    /// The median of something over all rounds.
    pub fn median(&self, scene: Scene, contender: Contender, of: impl Fn(&Round) -> f64) -> Option<f64> {
        median(self.rounds(scene, contender).iter().map(of).collect())
    }

    /// The figure of one over a peer's in the same turn: the median of all turns. None if either is saturated.
    pub fn ratio(&self, scene: Scene, one: Contender, peer: Contender, figure: Figure) -> Option<f64> {
        if self.is_saturated(scene, one) || self.is_saturated(scene, peer) {
            return None;
        }
        let ratios = self
            .rounds(scene, one)
            .iter()
            .filter_map(|ours| {
                let theirs = self
                    .rounds(scene, peer)
                    .iter()
                    .find(|theirs| theirs.turn == ours.turn)?;
                Some(figure.of(ours) / figure.of(theirs))
            })
            .collect();
        median(ratios)
    }

    /// The revisions of the relay that were measured.
    pub fn revisions(&self) -> BTreeSet<String> {
        let ours = self
            .rounds
            .iter()
            .filter(|((_, contender), _)| *contender == Contender::Relay);
        let walked = ours.flat_map(|(_, rounds)| rounds.iter().map(|round| &round.revision));
        let idle = self.idle.get(&Contender::Relay).into_iter().flatten();
        walked.chain(idle.map(|idle| &idle.revision)).cloned().collect()
    }

    /// How many turns the fewest-measured pair of contender and scene has.
    pub fn fewest_rounds(&self) -> usize {
        self.rounds.values().map(Vec::len).min().unwrap_or_default()
    }

    /// Memory of an idle connection, in bytes, of each contender.
    pub fn idle(&self) -> Vec<(Contender, f64)> {
        let each = |(contender, idles): (&Contender, &Vec<Idle>)| {
            let bytes = idles.iter().map(|idle| idle.bytes_each).collect();
            Some((*contender, median(bytes)?))
        };
        self.idle.iter().filter_map(each).collect()
    }

    /// Between how many connections idle memory was measured.
    pub fn idle_span(&self) -> Option<(usize, usize)> {
        let idle = self.idle.values().flatten().next()?;
        Some((idle.few, idle.many))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(contender: Contender, turn: u64, server_cpu_s: f64) -> Line {
        Line::Round(Round {
            contender,
            revision: "1".to_owned(),
            scene: Scene {
                visible: 20,
                people: 200,
            },
            turn,
            wall_s: 10.0,
            due: 1_000,
            on_time: 1_000,
            strange: 0,
            bytes: 4_000,
            age_p50_ms: 30.0,
            age_p99_ms: 70.0,
            server_cpu_s,
            generator_load: 0.1,
            stolen: 0.0,
            others_load: 0.0,
        })
    }

    #[test]
    fn ratios_compare_what_was_measured_in_the_same_turn() {
        use Contender::{Bun, Relay};
        let figures = Figures::new(vec![
            round(Relay, 1, 1.0),
            round(Bun, 1, 2.0),
            round(Bun, 2, 4.0),
            round(Relay, 2, 2.0),
            round(Relay, 3, 9.0),
        ]);
        let scene = figures.scenes()[0];
        assert_eq!(figures.ratio(scene, Relay, Bun, Figure::Cpu), Some(0.5));
        assert_eq!(figures.fewest_rounds(), 2);
    }

    #[test]
    fn who_is_saturated_is_not_compared() {
        use Contender::{Bun, Relay};
        let figures = Figures::new(vec![round(Relay, 1, 1.0), round(Bun, 1, 9.9)]);
        let scene = figures.scenes()[0];
        assert!(figures.is_saturated(scene, Bun));
        assert_eq!(figures.ratio(scene, Relay, Bun, Figure::Cpu), None);
    }
}
