//! What the visitor wants: keys held, the touch stick, the way to a chosen point, someone to walk with. Steering by hand
//! ends both.

use std::collections::VecDeque;

use glam::Vec2;
use shared::{protocol::VisitorId, space::Position};

use super::along;

/// How near to a point of the way counts as there, in metres.
const THERE_M: f32 = 0.08;

/// How long a walker may make no headway before the way is given up, in seconds.
const STUCK_S: f32 = 1.2;

/// From here on a stick means running, 0 to 1.
const STICK_RUN: f32 = 0.95;

/// A way longer than this is run, in metres: nobody wants to watch a long walk.
const RUN_BEYOND_M: f32 = 25.0;

/// Whom one walks with is not let farther ahead than this without running, in metres.
const RUN_AFTER_M: f32 = 4.0;

/// Something a key can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Away from the viewer.
    Forward,
    /// Towards the viewer.
    Back,
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// Running instead of walking.
    Run,
    /// The camera to the left.
    OrbitLeft,
    /// The camera to the right.
    OrbitRight,
    /// The camera upwards.
    LookUp,
    /// The camera downwards.
    LookDown,
}

/// Where to go in the next step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wish {
    /// Direction `(x, z)`, up to length 1; shorter is slower; zero stands.
    pub direction: Vec2,
    /// Running instead of walking.
    pub run: bool,
    /// Not farther than this in one step, in metres.
    pub at_most_m: Option<f32>,
}

/// All that steers.
#[derive(Clone, Debug, Default)]
pub struct Controls {
    held: Vec<Hold>,
    stick: Vec2,
    route: VecDeque<Position>,
    following: Option<VisitorId>,
    route_run: bool,
    stuck_s: f32,
}

impl Controls {
    /// A key went down or up.
    pub fn hold(&mut self, hold: Hold, down: bool) {
        self.held.retain(|held| *held != hold);
        if down {
            self.held.push(hold);
        }
        if down && matches!(hold, Hold::Forward | Hold::Back | Hold::Left | Hold::Right) {
            self.stop();
        }
    }

    /// The stick: `(right, back)`, each -1 to 1.
    pub fn set_stick(&mut self, stick: Vec2) {
        self.stick = stick.clamp_length_max(1.0);
        if self.stick != Vec2::ZERO {
            self.stop();
        }
    }

    /// A way to go from where one stands, instead of any other.
    pub fn set_route(&mut self, from: Vec2, route: Vec<Position>) {
        self.following = None;
        self.go(from, route, RUN_BEYOND_M);
    }

    /// Nowhere to go any more.
    pub fn stop(&mut self) {
        self.set_route(Vec2::ZERO, Vec::new());
    }

    /// Someone to walk with. The way to them is told as they go: [`Controls::keep_up`].
    pub fn follow(&mut self, visitor: VisitorId) {
        self.stop();
        self.following = Some(visitor);
    }

    /// Whom the visitor walks with.
    pub fn following(&self) -> Option<VisitorId> {
        self.following
    }

    /// The way from where one stands to whom one walks with.
    pub fn keep_up(&mut self, from: Vec2, route: Vec<Position>) {
        self.go(from, route, RUN_AFTER_M);
    }

    fn go(&mut self, from: Vec2, route: Vec<Position>, run_beyond_m: f32) {
        let (mut length, mut last) = (0.0, from);
        for next in route.iter().map(|next| next.point.to_m()) {
            length += next.distance(last);
            last = next;
        }
        self.route_run = length > run_beyond_m;
        self.route = route.into();
        self.stuck_s = 0.0;
    }

    /// Lets every key go: the page lost the focus, and will not hear of it.
    pub fn release(&mut self) {
        self.held.clear();
    }

    /// Where the way ends.
    pub fn goal(&self) -> Option<Position> {
        self.route.back().copied()
    }

    /// How the camera is to turn: -1 to the left, 1 to the right; -1 up, 1 down.
    pub fn orbit(&self) -> Vec2 {
        Vec2::new(
            self.axis(Hold::OrbitLeft, Hold::OrbitRight),
            self.axis(Hold::LookUp, Hold::LookDown),
        )
    }

    /// Where to go, from `at`, when forward is along `yaw`.
    pub fn wish(&self, yaw: f32, at: Vec2) -> Wish {
        let keys = Vec2::new(
            self.axis(Hold::Left, Hold::Right),
            self.axis(Hold::Forward, Hold::Back),
        );
        let hand = if keys == Vec2::ZERO {
            self.stick
        } else {
            keys.clamp_length_max(1.0)
        };
        if hand != Vec2::ZERO {
            let forward = along(yaw);
            let right = Vec2::new(-forward.y, forward.x);
            let run = self.held.contains(&Hold::Run) || (keys == Vec2::ZERO && hand.length() > STICK_RUN);
            return Wish {
                direction: right * hand.x - forward * hand.y,
                run,
                at_most_m: None,
            };
        }
        match self.route.front() {
            Some(next) => {
                let way = next.point.to_m() - at;
                let run = self.route_run || self.held.contains(&Hold::Run);
                Wish {
                    direction: way.normalize_or_zero(),
                    run,
                    at_most_m: Some(way.length()),
                }
            }
            None => Wish::default(),
        }
    }

    /// Takes note of a step along the way. True when it ends here.
    pub fn walked(&mut self, at: Vec2, walked_m: f32, dt_s: f32) -> bool {
        let Some(next) = self.route.front() else {
            return false;
        };
        if next.point.to_m().distance(at) <= THERE_M {
            self.route.pop_front();
            self.stuck_s = 0.0;
            return self.route.is_empty();
        }
        self.stuck_s = if walked_m < 0.3 * dt_s {
            self.stuck_s + dt_s
        } else {
            0.0
        };
        if self.stuck_s > STUCK_S {
            self.route.clear();
            return true;
        }
        false
    }

    fn axis(&self, minus: Hold, plus: Hold) -> f32 {
        f32::from(u8::from(self.held.contains(&plus))) - f32::from(u8::from(self.held.contains(&minus)))
    }
}

#[cfg(test)]
mod tests {
    use shared::space::Point;

    use super::*;

    fn east() -> Position {
        Position {
            point: Point::new(500, 0),
            level: 0,
        }
    }

    #[test]
    fn forward_is_away_from_the_camera() {
        let mut controls = Controls::default();
        controls.hold(Hold::Forward, true);
        let east = std::f32::consts::FRAC_PI_2;
        assert!(controls.wish(east, Vec2::ZERO).direction.distance(Vec2::X) < 1e-5);
        controls.hold(Hold::Forward, false);
        controls.hold(Hold::Right, true);
        assert!(controls.wish(0.0, Vec2::ZERO).direction.distance(Vec2::X) < 1e-5);
    }

    #[test]
    fn steering_by_hand_ends_a_chosen_way() {
        let mut controls = Controls::default();
        controls.set_route(Vec2::ZERO, vec![east()]);
        assert!(controls.goal().is_some());
        controls.hold(Hold::Left, true);
        assert_eq!(controls.goal(), None);
    }

    #[test]
    fn steering_by_hand_or_another_way_ends_walking_with_someone() {
        let mut controls = Controls::default();
        controls.follow(VisitorId(7));
        controls.keep_up(Vec2::ZERO, vec![east()]);
        assert_eq!(controls.following(), Some(VisitorId(7)));
        controls.set_stick(Vec2::X);
        assert_eq!((controls.following(), controls.goal()), (None, None));
        controls.follow(VisitorId(7));
        controls.set_route(Vec2::ZERO, vec![east()]);
        assert_eq!(controls.following(), None);
    }

    #[test]
    fn a_way_that_cannot_be_walked_is_given_up() {
        let mut controls = Controls::default();
        controls.set_route(Vec2::ZERO, vec![east()]);
        let ended = (0..200).any(|_| controls.walked(Vec2::ZERO, 0.0, 0.016));
        assert!(ended);
        assert_eq!(controls.wish(0.0, Vec2::ZERO), Wish::default());
    }

    #[test]
    fn a_long_way_is_run_and_whom_one_walks_with_is_run_after_sooner() {
        let mut controls = Controls::default();
        controls.set_route(Vec2::ZERO, vec![east()]);
        assert!(!controls.wish(0.0, Vec2::ZERO).run, "five metres");
        controls.set_route(Vec2::new(-30.0, 0.0), vec![east()]);
        assert!(controls.wish(0.0, Vec2::ZERO).run, "thirty-five");
        controls.keep_up(Vec2::ZERO, vec![east()]);
        assert!(controls.wish(0.0, Vec2::ZERO).run, "five metres behind a friend");
    }

    #[test]
    fn a_stick_tilted_half_way_walks_slowly() {
        let mut controls = Controls::default();
        controls.set_stick(Vec2::new(0.0, -0.5));
        let wish = controls.wish(0.0, Vec2::ZERO);
        assert!((wish.direction.length() - 0.5).abs() < 1e-5 && !wish.run);
    }
}
