//! Which build of the engine to start next: the better one first, one down when it keeps dying, the map at the end.

/// A build of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// For WebGPU.
    WebGpu,
    /// For WebGL2.
    WebGl,
}

impl Build {
    /// Its name in addresses and for tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::WebGpu => "webgpu",
            Self::WebGl => "webgl",
        }
    }

    /// The build of a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::WebGpu, Self::WebGl]
            .into_iter()
            .find(|build| build.name() == name)
    }
}

/// Two deaths within this time, in milliseconds, are one too many.
const MINUTE_MS: f64 = 60_000.0;

/// Where on the ladder the stage stands.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// What is left to try, the best first.
    builds: Vec<Build>,
    last_death_ms: Option<f64>,
}

impl Ladder {
    /// The builds that this device can run, the best first.
    pub fn new(builds: Vec<Build>) -> Self {
        Self {
            builds,
            last_death_ms: None,
        }
    }

    /// What to start; none: the map.
    pub fn build(&self) -> Option<Build> {
        self.builds.first().copied()
    }

    /// The engine died. One that never drew is not tried again.
    pub fn died(&mut self, now_ms: f64, drew: bool) {
        let again = self.last_death_ms.is_some_and(|last| now_ms - last <= MINUTE_MS);
        if again || !drew {
            if !self.builds.is_empty() {
                self.builds.remove(0);
            }
            self.last_death_ms = None;
        } else {
            self.last_death_ms = Some(now_ms);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> Ladder {
        Ladder::new(vec![Build::WebGpu, Build::WebGl])
    }

    #[test]
    fn one_death_is_survived_on_the_same_build() {
        let mut ladder = both();
        ladder.died(1_000.0, true);
        assert_eq!(ladder.build(), Some(Build::WebGpu));
        ladder.died(100_000.0, true);
        assert_eq!(
            ladder.build(),
            Some(Build::WebGpu),
            "deaths hours apart are no pattern"
        );
    }

    #[test]
    fn two_deaths_in_a_minute_lead_one_build_down_and_in_the_end_to_the_map() {
        let mut ladder = both();
        for (now, expected) in [
            (1_000.0, Some(Build::WebGpu)),
            (30_000.0, Some(Build::WebGl)),
            (31_000.0, Some(Build::WebGl)),
            (32_000.0, None),
        ] {
            ladder.died(now, true);
            assert_eq!(ladder.build(), expected);
        }
    }

    #[test]
    fn a_build_that_never_drew_is_not_tried_again() {
        let mut ladder = both();
        ladder.died(1_000.0, false);
        assert_eq!(ladder.build(), Some(Build::WebGl));
    }
}
