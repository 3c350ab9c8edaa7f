//! A smooth closed body along a line, as wide and as high as is told at each of its points: freely formed architecture.
//! Where it is told to be clear of the ground, one passes below it.
//!
//! Lengths are in centimetres.

use std::iter;

use glam::{FloatExt as _, Vec2, vec2};

use super::{Kit, strip::Strip};
use crate::space::Point;

/// How much of its width it stands on: above its foot it swells.
pub const FOOT_SHARE: f32 = 0.88;

/// Whoever passes below it needs so much.
const HEADROOM_CM: f32 = 230.0;

/// Sections from one point of the line to the next.
const BETWEEN: usize = 6;
/// Sections of a round end.
const END: usize = 5;
/// Half the width, and the height, of the sections at its very ends.
const TIP_CM: f32 = 2.0;

/// A cut across the body.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Its middle on the plan.
    pub middle: Vec2,
    /// One to the right of someone who looks along the line.
    pub right: Vec2,
    /// Half its width where it is widest.
    pub half: f32,
    /// Its height in the middle.
    pub height: f32,
    /// How high above the ground its lower side is; 0 where it stands.
    pub clear: f32,
}

impl Section {
    /// Where it meets the ground, on the right side (1) or the left one (−1).
    pub fn foot(&self, side: f32) -> Vec2 {
        self.middle + self.right * (side * FOOT_SHARE * self.half)
    }
}

/// The body as sections, from one end to the other.
#[derive(Clone, Debug)]
pub struct Hull {
    /// At least three.
    pub sections: Vec<Section>,
}

impl Hull {
    /// The body of a part; none for parts of another kind, and for lines of no length.
    pub fn of(kit: &Kit) -> Option<Self> {
        let Kit::Hull {
            path,
            widths_cm,
            heights_cm,
            clear_cm,
            ..
        } = kit
        else {
            return None;
        };
        Self::along(path, widths_cm, heights_cm, clear_cm)
    }

    /// The body along a line that is so wide, so high and so clear of the ground at its points, in centimetres; none for
    /// lines of no length.
    pub fn along(path: &[Point], widths_cm: &[u32], heights_cm: &[u32], clear_cm: &[u32]) -> Option<Self> {
        let clear_cm = clear_cm.iter().copied().chain(iter::repeat(0));
        let points: Vec<Measures> = path
            .iter()
            .zip(widths_cm)
            .zip(heights_cm)
            .zip(clear_cm)
            .map(|(((at, width), height), clear)| {
                [
                    at.x as f32,
                    at.z as f32,
                    *width as f32 / 2.0,
                    *height as f32,
                    clear as f32,
                ]
            })
            .collect();
        let mut line = smoothed(&points);
        line.dedup_by(|a, b| plan(*a) == plan(*b));
        let strip = Strip::new(line.iter().map(|at| plan(*at)).collect());
        (strip.length() > 0.0).then(|| Self {
            sections: sections(&strip, &line, points.len()),
        })
    }

    /// Its outline as seen from above, at the width of its feet.
    pub fn outline(&self) -> Vec<Point> {
        outline(&self.sections)
    }

    /// What it stands on: one outline for each of its parts between which one can pass.
    pub fn feet(&self) -> Vec<Vec<Point>> {
        self.standing().map(outline).collect()
    }

    /// Its sections, part by part, where one cannot pass below it.
    pub fn standing(&self) -> impl Iterator<Item = &[Section]> {
        self.sections
            .split(|section| section.clear >= HEADROOM_CM)
            .filter(|part| part.len() > 1)
    }
}

fn outline(sections: &[Section]) -> Vec<Point> {
    let right = sections.iter().map(|section| section.foot(1.0));
    let left = sections.iter().rev().map(|section| section.foot(-1.0));
    right.chain(left).map(|at| Point::from_m(at / 100.0)).collect()
}

/// A point of the line, and the cut across the body there: x, z, half its width, its height, how clear it is of the ground.
type Measures = [f32; 5];

/// Sections along a strip, whose corners have the measures of a line's points.
fn sections(strip: &Strip, line: &[Measures], points: usize) -> Vec<Section> {
    let length = strip.length();
    let measures = |along: f32| {
        let point = |index: usize| line.get(index).copied().unwrap_or_default();
        let (before, after, share) = strip.between(along);
        let mut between = point(before);
        for (value, after) in between.iter_mut().zip(point(after)) {
            *value = value.lerp(after, share);
        }
        let [.., half, height, clear] = between;
        (half, height, clear)
    };
    let reach = |along: f32| measures(along).0.min(length * 0.4);
    let (first, last) = (reach(0.0), reach(length));
    let round = |k: usize| 1.0 - (k as f32 / END as f32 * std::f32::consts::FRAC_PI_2).cos();
    let middle = (points.saturating_sub(1) * BETWEEN).max(2);
    let begin = (0..END).map(|k| first * round(k));
    let between = (0..=middle).map(|k| first.lerp(length - last, k as f32 / middle as f32));
    let end = (0..END).rev().map(|k| length - last * round(k));
    begin
        .chain(between)
        .chain(end)
        .map(|along| {
            let (half, height, clear) = measures(along);
            // As a round bow and stern would draw it in.
            let drawn = |from_end: f32, reach: f32| {
                let left = (1.0 - from_end / reach.max(1.0)).max(0.0);
                (1.0 - left * left).max(0.0).sqrt()
            };
            let share = drawn(along, first) * drawn(length - along, last);
            let middle = strip.at(along, 0.0);
            Section {
                middle,
                right: (strip.at(along, 1.0) - middle).normalize_or(Vec2::Y),
                half: (half * share).max(TIP_CM),
                height: (height * share).max(TIP_CM),
                clear: clear.max(0.0).min(height * share / 2.0),
            }
        })
        .collect()
}

/// A Catmull-Rom spline through all points.
fn smoothed(points: &[Measures]) -> Vec<Measures> {
    let point = |index: usize| {
        let last = points.len().saturating_sub(1);
        points.get(index.min(last)).copied().unwrap_or_default()
    };
    let mut out = Vec::with_capacity(points.len() * BETWEEN + 1);
    for index in 0..points.len().saturating_sub(1) {
        let [a, b, c, d] = [
            point(index.saturating_sub(1)),
            point(index),
            point(index + 1),
            point(index + 2),
        ];
        for step in 0..BETWEEN {
            let t = step as f32 / BETWEEN as f32;
            out.push(spline([a, b, c, d], t));
        }
    }
    out.extend(points.last());
    out
}

/// Between the middle two of four points.
fn spline([a, b, c, d]: [Measures; 4], t: f32) -> Measures {
    let mut out = b;
    for (((out, a), c), d) in out.iter_mut().zip(a).zip(c).zip(d) {
        let b = *out;
        let cubic = (b * 3.0 - c * 3.0 + d - a) * t + a * 2.0 - b * 5.0 + c * 4.0 - d;
        *out = b + ((c - a) + cubic * t) * (t / 2.0);
    }
    out
}

fn plan([x, z, ..]: Measures) -> Vec2 {
    vec2(x, z)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bent() -> Hull {
        let path = [(0, 0), (5_000, 0), (9_000, 3_000)].map(|(x, z)| Point { x, z });
        Hull::along(&path, &[2_000, 4_000, 3_000], &[1_000, 2_500, 2_000], &[]).unwrap()
    }

    #[test]
    fn it_is_as_wide_and_as_high_as_was_asked_and_closed_at_its_ends() {
        let hull = bent();
        let near = |x: f32, z: f32| {
            let distance = |section: &&Section| section.middle.distance(vec2(x, z));
            *hull
                .sections
                .iter()
                .min_by(|a, b| distance(a).total_cmp(&distance(b)))
                .unwrap()
        };
        let bend = near(5_000.0, 0.0);
        assert!(
            (bend.half - 2_000.0).abs() < 120.0 && (bend.height - 2_500.0).abs() < 150.0,
            "{bend:?}"
        );
        for end in [near(0.0, 0.0), near(9_000.0, 3_000.0)] {
            assert!(end.half < 10.0 && end.height < 10.0, "{end:?}");
        }
    }

    #[test]
    fn its_foot_is_narrower_than_it_is_and_does_not_cross_itself() {
        let outline: Vec<Vec2> = bent().outline().iter().map(|at| at.to_m() * 100.0).collect();
        let widest = outline.iter().fold(0.0_f32, |most, at| most.max(-at.y));
        assert!(
            (1_500.0..2_000.0 * FOOT_SHARE * 1.06).contains(&widest),
            "{widest}"
        );
        // The line is smooth, and may swing a little wider between its points. All goes the same way round: its area is
        // that of a strip of its width.
        let next = outline.iter().cycle().skip(1);
        let area: f32 = outline.iter().zip(next).map(|(a, b)| a.perp_dot(*b)).sum::<f32>() / 2.0;
        assert!(area.abs() > 10_000.0 * 2_500.0 * FOOT_SHARE, "{area}");
    }

    #[test]
    fn one_passes_where_it_is_clear_of_the_ground_and_nowhere_else() {
        let path = [0, 3_000, 6_000, 9_000, 12_000].map(|x| Point { x, z: 0 });
        let hull = Hull::along(&path, &[3_000; 5], &[2_000; 5], &[0, 0, 800, 0, 0]).unwrap();
        let feet = hull.feet();
        let [west, east] = feet.as_slice() else {
            panic!("{feet:?}");
        };
        let reaches = |foot: &[Point]| {
            let xs = foot.iter().map(|at| at.x);
            (xs.clone().min().unwrap_or(0), xs.max().unwrap_or(0))
        };
        let (west, east) = (reaches(west), reaches(east));
        assert!(west.0 < 100 && (3_000..5_500).contains(&west.1), "{west:?}");
        assert!(east.1 > 11_900 && (6_500..9_000).contains(&east.0), "{east:?}");
        let middle = hull
            .sections
            .iter()
            .map(|section| section.clear)
            .fold(0.0, f32::max);
        assert!((middle - 800.0).abs() < 50.0, "{middle}");
        assert_eq!(
            Hull::along(&path, &[3_000; 5], &[2_000; 5], &[])
                .unwrap()
                .feet()
                .len(),
            1
        );
    }
}
