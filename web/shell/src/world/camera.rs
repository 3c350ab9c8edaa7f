//! From where the stage is seen: over the shoulder of the own avatar, easing after everything, never inside a wall.

use glam::{Vec2, Vec3};
use shared::{
    protocol::Stance,
    space::{Point, Position},
    walk::Ground,
};

use super::{along, ease, me::Me, turn};

/// Vertical field of view of a wide picture, in radians (55 degrees).
const FOV_WIDE: f32 = 0.96;

/// Vertical field of view of a tall picture, in radians: on a phone 55 degrees would leave too little to the sides.
const FOV_TALL: f32 = 1.2;

/// Height of what the camera looks at, above the feet, in metres.
const SHOULDER_M: f32 = 1.5;

/// Nearest and farthest distance, in metres.
const DISTANCE_M: [f32; 2] = [1.6, 16.0];

/// Lowest and highest pitch, in radians; positive looks down. One looks up to the top of a tower from its foot.
const PITCH: [f32; 2] = [-1.2, 1.2];

/// Distance at the start, in metres.
const START_DISTANCE_M: f32 = 5.2;

/// Pitch at the start, in radians: nearly level, so that halls are seen to their roofs.
const START_PITCH: f32 = 0.06;

/// How fast keys turn the camera, in radians a second.
const ORBIT_RATE: f32 = 1.8;

/// How fast keys tilt it.
const TILT_RATE: f32 = 0.9;

/// How long the camera is left alone after the visitor has turned it, in seconds.
const HANDS_OFF_S: f32 = 2.0;

/// How fast the camera comes round behind a walker, as an exponential rate.
const FOLLOW_RATE: f32 = 0.9;

/// How far from a wall the camera stays, and how near it then comes to the avatar, in metres: whoever leans against a wall
/// stands a little farther from it than that.
const FROM_WALLS_M: f32 = 0.3;
const CLOSEST_M: f32 = 0.2;

/// The camera never comes lower than this, in metres.
const LOWEST_M: f32 = 0.35;

/// The camera.
#[derive(Clone, Debug)]
pub struct Camera {
    /// Where it looks, clockwise from north, in radians.
    pub yaw: f32,
    pitch: f32,
    distance_m: f32,
    /// `distance_m` as it is shown, after it.
    shown_m: f32,
    /// Share of the distance that walls leave.
    reach: f32,
    target: Vec3,
    /// How high the ground is where it is, and the ceiling, in metres.
    floor_m: f32,
    ceiling_m: f32,
    untouched_s: f32,
}

impl Camera {
    /// Behind someone who stands so.
    pub fn behind(stance: Stance) -> Self {
        let at = stance.position.point.to_m();
        Self {
            yaw: stance.heading.radians(),
            pitch: START_PITCH,
            distance_m: START_DISTANCE_M,
            shown_m: START_DISTANCE_M,
            reach: 1.0,
            target: Vec3::new(at.x, SHOULDER_M, at.y),
            floor_m: 0.0,
            ceiling_m: f32::INFINITY,
            untouched_s: HANDS_OFF_S,
        }
    }

    /// Keys turn it: -1 to the left, 1 to the right; -1 up, 1 down.
    pub fn orbit_by(&mut self, direction: Vec2, dt_s: f32) {
        if direction != Vec2::ZERO {
            let by = direction * dt_s;
            self.turn_by(by.x * ORBIT_RATE, by.y * TILT_RATE);
        }
    }

    /// A hand turns it, by radians.
    pub fn turn_by(&mut self, yaw: f32, pitch: f32) {
        self.yaw = (self.yaw + yaw).rem_euclid(std::f32::consts::TAU);
        self.pitch = (self.pitch + pitch).clamp(PITCH[0], PITCH[1]);
        self.untouched_s = 0.0;
    }

    /// Comes nearer (factor below 1) or goes farther off.
    pub fn zoom_by(&mut self, factor: f32) {
        self.distance_m = (self.distance_m * factor).clamp(DISTANCE_M[0], DISTANCE_M[1]);
    }

    /// Follows the avatar for a step of time.
    pub fn follow(&mut self, me: &Me, ground: &Ground, dt_s: f32) {
        let at = me.shown_at();
        let level = me.stance().position.level;
        let wanted = Vec3::new(at.x, ground.height_m(at, level) + me.lift_m + SHOULDER_M, at.y);
        // Far away means set down elsewhere: nobody wants to fly there.
        let jump = wanted.distance(self.target) > 12.0;
        self.target = if jump {
            wanted
        } else {
            self.target.lerp(wanted, ease(10.0, dt_s))
        };
        self.shown_m += (self.distance_m - self.shown_m) * ease(8.0, dt_s);

        self.untouched_s += dt_s;
        if self.untouched_s > HANDS_OFF_S && me.motion().speed_m_s() > 0.0 {
            let gap = turn(self.yaw, me.heading());
            // Someone who walks towards the camera wants to be seen from the front: no swing around him.
            let forward = gap.cos().max(0.0);
            self.yaw = (self.yaw + gap * forward * ease(FOLLOW_RATE, dt_s)).rem_euclid(std::f32::consts::TAU);
        }

        self.ceiling_m = ground.ceiling_m;
        let eye = self.eye_at(1.0);
        let from = Position {
            point: Point::from_m(Vec2::new(self.target.x, self.target.z)),
            level,
        };
        let tall = if level < 0 { eye.y } else { eye.y.max(SHOULDER_M) };
        let seen = ground.sight(
            from,
            Point::from_m(Vec2::new(eye.x, eye.z)),
            (tall * 100.0) as i32,
        );
        // A stair rises behind whoever walks down it.
        self.floor_m = ground.height_m(Vec2::new(eye.x, eye.z), level);
        let free = if seen < 1.0 {
            seen - (FROM_WALLS_M / self.shown_m)
        } else {
            1.0
        };
        let free = free.max(CLOSEST_M / self.shown_m);
        // Into a wall it does not go for a single frame; out again it takes its time.
        self.reach = free.min(self.reach + (free - self.reach) * ease(2.5, dt_s));
    }

    /// The picture that a canvas of this size (in CSS pixels) shows.
    pub fn view(&self, width: f32, height: f32) -> View {
        let aspect = (width / height.max(1.0)).max(0.1);
        let tall = ((1.2 - aspect) / 0.7).clamp(0.0, 1.0);
        let eye = self.eye_at(self.reach);
        // Whoever looks up so steeply that the eye would sink into the ground looks past the avatar.
        let sinks = self.aim().y - self.way().y * self.shown_m * self.reach < eye.y;
        let target = if sinks && self.pitch < 0.0 {
            eye + self.way()
        } else {
            self.aim()
        };
        View {
            eye,
            target,
            fov_y: FOV_WIDE + (FOV_TALL - FOV_WIDE) * tall,
            size: Vec2::new(width.max(1.0), height.max(1.0)),
        }
    }

    /// What the camera looks at: a little above the shoulder, so that the avatar stands in the lower half.
    fn aim(&self) -> Vec3 {
        self.target + Vec3::Y * 0.45
    }

    /// The direction in which it looks, of length 1.
    fn way(&self) -> Vec3 {
        let flat = along(self.yaw) * self.pitch.cos();
        Vec3::new(flat.x, -self.pitch.sin(), flat.y)
    }

    fn eye_at(&self, reach: f32) -> Vec3 {
        let eye = self.aim() - self.way() * self.shown_m * reach;
        let height = eye.y.max(self.floor_m + LOWEST_M);
        Vec3::new(eye.x, height.min(self.ceiling_m - FROM_WALLS_M), eye.z)
    }
}

/// What is seen from where: the arithmetic between the world and the screen, the same as the engine's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Where the camera is, in metres.
    pub eye: Vec3,
    /// What it looks at, in metres.
    pub target: Vec3,
    /// Vertical field of view, in radians.
    pub fov_y: f32,
    /// Size of the picture, in CSS pixels.
    pub size: Vec2,
}

impl View {
    /// Where a point of the world appears, in CSS pixels, and how far ahead it is, in metres; none when behind.
    pub fn project(&self, point: Vec3) -> Option<(Vec2, f32)> {
        let [right, up, ahead] = self.axes();
        let way = point - self.eye;
        let depth = way.dot(ahead);
        if depth <= 0.05 {
            return None;
        }
        let half = self.half_extent() * depth;
        let at = Vec2::new(way.dot(right) / half.x, -way.dot(up) / half.y);
        Some(((at + 1.0) / 2.0 * self.size, depth))
    }

    /// The point of a ground so high that lies under a point of the screen, in metres; none above the horizon, too far off,
    /// or where the ground is above the eye.
    pub fn ground_at(&self, screen: Vec2, height_m: f32) -> Option<Vec2> {
        const FARTHEST_M: f32 = 400.0;
        let [right, up, ahead] = self.axes();
        let at = (screen / self.size * 2.0 - 1.0) * self.half_extent();
        let way = (ahead + right * at.x - up * at.y).normalize_or_zero();
        let above = self.eye.y - height_m;
        if way.y > -1e-3 || above <= 0.0 {
            return None;
        }
        let hit = self.eye + way * (above / -way.y);
        let flat = Vec2::new(hit.x, hit.z);
        (flat.distance(Vec2::new(self.eye.x, self.eye.z)) <= FARTHEST_M).then_some(flat)
    }

    /// To the right, upwards and ahead, each of length 1.
    fn axes(&self) -> [Vec3; 3] {
        let ahead = (self.target - self.eye).normalize_or_zero();
        let right = ahead.cross(Vec3::Y).normalize_or_zero();
        [right, right.cross(ahead), ahead]
    }

    /// Half the width and height of the picture at one metre.
    fn half_extent(&self) -> Vec2 {
        // The page has no other use for a tangent, which is not small.
        let (sin, cos) = (self.fov_y / 2.0).sin_cos();
        let half = sin / cos;
        Vec2::new(half * self.size.x / self.size.y, half)
    }
}

#[cfg(test)]
mod tests {
    use shared::{
        city::{Facade, Kit, Part, Place},
        space::Heading,
    };

    use super::*;

    fn north() -> View {
        Camera::behind(Stance {
            heading: Heading(0),
            ..Stance::default()
        })
        .view(800.0, 600.0)
    }

    #[test]
    fn the_own_avatar_stands_in_the_lower_middle() {
        let (feet, _) = north().project(Vec3::ZERO).unwrap();
        assert!((feet.x - 400.0).abs() < 1.0);
        assert!(feet.y > 300.0 && feet.y < 600.0, "{feet}");
    }

    #[test]
    fn a_tap_on_what_is_shown_finds_the_ground_below_it() {
        let view = north();
        for point in [
            Vec3::new(2.0, 0.0, -9.0),
            Vec3::new(-4.0, 0.0, -30.0),
            Vec3::new(0.5, 0.0, 1.0),
        ] {
            let (screen, _) = view.project(point).unwrap();
            let back = view.ground_at(screen, 0.0).unwrap();
            assert!(
                back.distance(Vec2::new(point.x, point.z)) < 0.05,
                "{point} {back}"
            );
        }
    }

    #[test]
    fn the_camera_stays_out_of_walls_however_far_off_it_would_be() {
        let wall = Kit::Building {
            outline: [(-2_000, 0), (2_000, 0), (2_000, 900), (-2_000, 900)]
                .map(|(x, z)| Point::new(x, z))
                .into(),
            height_cm: 3_000,
            storeys: 8,
            facade: Facade::Brick,
        };
        let corners = [(-5_000, -5_000), (5_000, -5_000), (5_000, 5_000), (-5_000, 5_000)];
        let ground = Ground::new(&Place {
            id: "yard".to_owned(),
            origin_lat_lon: [37.5, 127.0],
            capacity: 1,
            bounds: corners.map(|(x, z)| Point::new(x, z)).into(),
            spots: Vec::new(),
            parts: vec![Part {
                name: None,
                level: 0,
                kit: wall,
            }],
            strolls: Vec::new(),
            transit: Vec::new(),
            ceiling_cm: 0,
            above_cm: 0,
            past: None,
            rites: Vec::new(),
        });
        for steps_away in [31, 60, 300, 900] {
            let me = Me::new(Stance {
                position: Position {
                    point: Point::new(0, -steps_away),
                    level: 0,
                },
                ..Stance::default()
            });
            let mut camera = Camera::behind(me.stance());
            camera.distance_m = DISTANCE_M[1];
            for _ in 0..240 {
                camera.follow(&me, &ground, 1.0 / 60.0);
                let eye = camera.view(800.0, 600.0).eye;
                assert!(eye.z < 0.0, "{steps_away} cm from the wall the eye is at {eye}");
            }
        }
    }

    #[test]
    fn who_looks_up_sees_the_top_of_a_tower() {
        let mut camera = Camera::behind(Stance::default());
        let top = Vec3::new(0.0, 120.0, -70.0);
        let shown = |camera: &Camera| camera.view(800.0, 600.0).project(top).map(|(at, _)| at.y);
        assert!(shown(&camera).is_none_or(|y| y < 0.0));
        let mut before = shown(&camera);
        for _ in 0..20 {
            camera.turn_by(0.0, -0.05);
            let now = shown(&camera);
            let moved = now.zip(before).map(|(now, before)| now - before);
            assert!(
                moved.is_none_or(|moved| moved > 0.0),
                "it comes down into the picture"
            );
            assert!(camera.view(800.0, 600.0).eye.y >= LOWEST_M);
            before = now;
        }
        assert!(before.is_some_and(|y| (100.0..500.0).contains(&y)), "{before:?}");
    }

    #[test]
    fn the_sky_is_nowhere_to_walk_to() {
        assert_eq!(north().ground_at(Vec2::new(400.0, 5.0), 0.0), None);
    }

    #[test]
    fn what_is_behind_is_not_on_the_screen() {
        assert_eq!(north().project(Vec3::new(0.0, 1.0, 60.0)), None);
    }
}
