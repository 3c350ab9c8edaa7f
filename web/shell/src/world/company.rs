//! Walking to someone, and with someone.

use shared::{
    protocol::VisitorId,
    space::{Point, Position},
};

use super::World;

/// How often the way to whom one walks with is looked for, in milliseconds.
const KEEP_UP_MS: f64 = 400.0;

/// How long until then where there was none, which takes long to find out.
const NO_WAY_MS: f64 = 3_000.0;

/// Walking with someone.
#[derive(Debug, Default)]
pub struct Company {
    /// Whom the visitor walked with at the last step.
    with: Option<VisitorId>,
    /// When the way there is looked for again, on the relays' clock, in milliseconds.
    again_ms: f64,
}

impl World {
    /// Sets off to someone, and stops at talking distance.
    pub fn walk_to_visitor(&mut self, visitor: VisitorId) -> bool {
        match self.beside(visitor) {
            Some(beside) => beside == self.me.stance().position || self.walk_to(beside),
            None => false,
        }
    }

    /// Walks with someone from now on, at talking distance, until the visitor steers by hand or that one is gone.
    pub fn follow(&mut self, visitor: VisitorId) -> bool {
        let is_there = self.others.to_meet(visitor).is_some() && !self.others.is_riding(visitor);
        if is_there {
            self.beacon = None;
            self.controls.follow(visitor);
            self.company.again_ms = self.relay_ms;
        }
        is_there
    }

    /// Whom the visitor walks with goes on, too: the way to them is looked for again and again. Whether the visitor walks
    /// with someone else than at the last step, or with nobody any more.
    pub(super) fn keep_up(&mut self) -> bool {
        if let Some(visitor) = self.controls.following()
            && self.relay_ms >= self.company.again_ms
        {
            let finds = self.go_beside(visitor);
            self.company.again_ms = self.relay_ms + if finds { KEEP_UP_MS } else { NO_WAY_MS };
        }
        let with = self.controls.following();
        with != std::mem::replace(&mut self.company.with, with)
    }

    /// Whether there is a way.
    fn go_beside(&mut self, visitor: VisitorId) -> bool {
        let (at, here) = (self.me.at(), self.me.stance().position);
        let Some(beside) = self.beside(visitor).filter(|_| !self.others.is_riding(visitor)) else {
            self.controls.stop();
            return false;
        };
        let route = if beside == here {
            Vec::new()
        } else {
            self.ground.path(here, beside)
        };
        let finds = beside == here || !route.is_empty();
        self.controls.keep_up(at, route);
        finds
    }

    /// Where to stand to talk with someone, which may be where the visitor stands; none when they are not in view.
    fn beside(&self, visitor: VisitorId) -> Option<Position> {
        const TALKING_M: f32 = 1.4;
        let (there, level) = self.others.to_meet(visitor)?;
        let here = self.me.at();
        let distance = here.distance(there);
        let own = self.me.stance().position;
        if distance <= TALKING_M && level == own.level {
            return Some(own);
        }
        Some(Position {
            point: Point::from_m(there + (here - there) * (TALKING_M / distance.max(TALKING_M))),
            level,
        })
    }
}

#[cfg(test)]
mod tests {
    use shared::{cell::tick_at, motion::Motion, protocol::Stance};

    use super::*;
    use crate::world::{
        Happening,
        controls::Hold,
        tests::{START_MS, entered, run},
    };

    const FRIEND: VisitorId = VisitorId(2);

    /// The friend walks east, 2.5 m ahead at first, and is told of at every tick. What came about meanwhile.
    fn walks(world: &mut World, from_ms: f64, for_ms: f64) -> Vec<Happening> {
        goes(world, from_ms, for_ms, 0.13)
    }

    /// The same, so many centimetres in a millisecond.
    fn goes(world: &mut World, from_ms: f64, for_ms: f64, speed: f64) -> Vec<Happening> {
        let mut all = Vec::new();
        let mut now_ms = from_ms;
        while now_ms < from_ms + for_ms {
            let stance = Stance {
                position: Position {
                    point: Point::new(250 + (now_ms * speed) as i32, 0),
                    level: 0,
                },
                motion: Motion::Walk,
                ..Stance::default()
            };
            let tick = f64::from(tick_at(START_MS + now_ms as u64));
            world.others.at(FRIEND, stance, tick, 1);
            all.extend(run(world, now_ms, 66.0));
            now_ms += 66.0;
        }
        all
    }

    #[test]
    fn whoever_walks_with_someone_keeps_up_until_steering_by_hand() {
        let mut world = entered();
        walks(&mut world, 0.0, 500.0);
        assert!(world.follow(FRIEND));
        let told = walks(&mut world, 500.0, 12_000.0);
        assert_eq!(told.iter().filter(|told| **told == Happening::Company).count(), 1);
        assert!(!told.contains(&Happening::Reached), "the walk is not over");
        let (friend, _) = world.others.at_m(FRIEND).unwrap();
        let apart = friend.distance(world.me.at());
        assert!(
            friend.x > 15.0 && apart > 0.8 && apart < 4.0,
            "{apart} m behind {friend}"
        );

        world.controls.hold(Hold::Back, true);
        let told = walks(&mut world, 12_500.0, 200.0);
        assert!(told.contains(&Happening::Company));
        assert_eq!(world.controls.following(), None);
    }

    #[test]
    fn whoever_walks_with_someone_runs_after_them() {
        let mut world = entered();
        goes(&mut world, 0.0, 300.0, 0.45);
        assert!(world.follow(FRIEND));
        goes(&mut world, 300.0, 12_000.0, 0.45);
        let (friend, _) = world.others.at_m(FRIEND).unwrap();
        let apart = friend.distance(world.me.at());
        assert!(friend.x > 45.0 && apart < 7.0, "{apart} m behind {friend}");
    }

    #[test]
    fn nobody_walks_with_someone_who_is_blocked() {
        let mut world = entered();
        walks(&mut world, 0.0, 500.0);
        assert!(world.follow(FRIEND));
        walks(&mut world, 500.0, 500.0);
        world.others.blocked.insert(FRIEND, "friend".into());
        let told = walks(&mut world, 1_000.0, 1_000.0);
        assert!(told.contains(&Happening::Company) && !world.follow(FRIEND));
    }

    #[test]
    fn whoever_walked_with_someone_who_left_stands_still_and_is_told() {
        let mut world = entered();
        walks(&mut world, 0.0, 500.0);
        assert!(world.follow(FRIEND));
        walks(&mut world, 500.0, 3_000.0);
        world.others.gone(FRIEND);
        let told = run(&mut world, 3_500.0, 4_000.0);
        assert!(told.contains(&Happening::Company));
        assert_eq!(world.me.motion(), Motion::Stand);
        assert!(!world.follow(FRIEND), "nobody is there");
    }
}
