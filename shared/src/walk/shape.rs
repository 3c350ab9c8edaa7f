//! What is solid about each part of the kit, and distances to it.

use glam::{Vec2, vec2};

use super::to_cm;
use crate::{
    city::{
        Kit, Surface,
        canal::Canal,
        hull::Hull,
        measures::{
            ALTAR_TIER_CM, BASE_MARGIN_CM, BICYCLES_APART_CM, GATE_BATTER, GATE_MARGIN_CM, PARAPET_CM,
            PORTAL_HALF_DEPTH_CM, PORTAL_HEIGHT_CM, PORTAL_POST_CM, SPIRE_RADIUS, STAIR_REACH_CM,
            STAIR_SHARE, STALL_HALF_DEPTH_CM, TIER_CM, TIER_REACH_CM, corners_m, doorway_cm, doorways_cm,
            passage_cm, passages_cm,
        },
        transit::Vehicle,
    },
    space::{Heading, Level, Point},
};

/// A solid shape standing on a level.
#[derive(Clone, Debug)]
pub(super) struct Solid {
    pub(super) shape: Shape,
    pub(super) level: Level,
    pub(super) height_cm: u32,
}

/// A plan, in centimetres.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Disc { centre: Vec2, radius: f32 },
    Polygon(Vec<Vec2>),
}

/// The solid shapes of a part.
// One arm for each part, and nothing else.
#[allow(clippy::too_many_lines)]
pub(super) fn solids(kit: &Kit, level: Level) -> Vec<Solid> {
    let one = |shape, height_cm| {
        vec![Solid {
            shape,
            level,
            height_cm,
        }]
    };
    let disc = |at: &Point, radius| Shape::Disc {
        centre: to_cm(*at),
        radius,
    };
    match kit {
        Kit::Ground {
            outline,
            surface: Surface::Water,
        } => one(Shape::polygon(outline), 0),
        Kit::Building {
            outline, height_cm, ..
        }
        | Kit::WaveHall {
            outline, height_cm, ..
        } => one(Shape::polygon(outline), *height_cm),
        Kit::StoneHall {
            outline, cornice_cm, ..
        } => one(Shape::polygon(outline), *cornice_cm),
        Kit::Hall {
            at,
            facing,
            bays,
            depth_bays,
            bay_cm,
            base_cm,
            arches,
            terrace,
            doors,
            ..
        } => {
            let bay = *bay_cm as f32;
            let tiers = u32::from(*terrace);
            let columns = vec2(f32::from(*bays), f32::from(*depth_bays)) * bay / 2.0;
            let top = Vec2::from(GATE_MARGIN_CM) + columns;
            let half = if *arches > 0 {
                top + GATE_BATTER * *base_cm as f32
            } else {
                columns + BASE_MARGIN_CM + (tiers * TIER_REACH_CM) as f32
            };
            let height_cm = base_cm + tiers * TIER_CM + 400;
            let stair = (tiers > 0).then(|| Solid {
                shape: Shape::oblong(
                    to_cm(*at) + facing.direction() * STAIR_REACH_CM,
                    *facing,
                    half.x * STAIR_SHARE,
                    half.y,
                ),
                level,
                height_cm: TIER_CM,
            });
            let width = if *doors > 0 {
                doorway_cm(bay)
            } else {
                passage_cm(*arches)
            };
            let passages = passages_cm(top.x, *arches).chain(doorways_cm(bay, *doors));
            piers(half.x, passages, width)
                .map(|(left, right)| {
                    let centre = to_cm(*at) + across(*facing) * (left + right) / 2.0;
                    let shape = Shape::oblong(centre, *facing, (right - left) / 2.0, half.y);
                    Solid {
                        shape,
                        level,
                        height_cm,
                    }
                })
                .chain(stair)
                .collect()
        }
        Kit::Pavilion {
            at,
            facing,
            sides,
            width_cm,
            base_cm,
            ..
        } => {
            let half = *width_cm as f32 / 2.0 + BASE_MARGIN_CM;
            one(
                Shape::Polygon(corners_m(to_cm(*at), *facing, *sides, half)),
                base_cm + 300,
            )
        }
        Kit::Altar {
            at, radius_cm, tiers, ..
        } => one(
            disc(at, *radius_cm as f32 + STAIR_REACH_CM),
            u32::from(*tiers) * ALTAR_TIER_CM,
        ),
        Kit::Wall {
            path,
            height_cm,
            thickness_cm,
            ..
        } => {
            let path: Vec<Vec2> = path.iter().map(|point| to_cm(*point)).collect();
            wall(&path, *thickness_cm as f32, level, *height_cm).collect()
        }
        Kit::Hull { heights_cm, .. } => {
            let height_cm = heights_cm.iter().copied().max().unwrap_or_default();
            let feet = Hull::of(kit).map(|hull| hull.feet()).unwrap_or_default();
            feet.iter()
                .flat_map(|foot| one(Shape::polygon(foot), height_cm))
                .collect()
        }
        Kit::Canal { .. } => Canal::of(kit).map_or_else(Vec::new, |canal| of_canal(&canal, level)),
        Kit::Tree { at, height_cm, .. } => one(disc(at, (*height_cm as f32 * 0.025).clamp(15.0, 45.0)), 250),
        Kit::Lamp { at, .. } | Kit::Lantern { at, .. } => one(disc(at, 12.0), 30),
        Kit::Flag { at, .. } => one(disc(at, 15.0), 30),
        Kit::Stop {
            at,
            vehicle: Vehicle::Bus | Vehicle::Tram,
            ..
        } => one(disc(at, 8.0), 30),
        Kit::Seat {
            at,
            facing,
            length_cm,
        } => one(
            Shape::oblong(to_cm(*at), *facing, *length_cm as f32 / 2.0, 25.0),
            45,
        ),
        Kit::BicycleRack { at, facing, bicycles } => {
            let half = f32::from(*bicycles) * BICYCLES_APART_CM / 2.0;
            one(Shape::oblong(to_cm(*at), *facing, half, 85.0), 100)
        }
        // A planter's direction is that of its long side.
        Kit::Planter {
            at,
            facing,
            length_cm,
        } => one(
            Shape::oblong(to_cm(*at), *facing, 35.0, *length_cm as f32 / 2.0),
            60,
        ),
        Kit::Tower { at, .. } => one(disc(at, 600.0), 2_000),
        Kit::Statue {
            at,
            facing,
            figure,
            height_cm,
            base_cm,
        } => {
            let [width, depth] = figure.plinth().map(|share| share * *height_cm as f32);
            one(
                Shape::oblong(to_cm(*at), *facing, width, depth),
                base_cm + height_cm,
            )
        }
        Kit::Spire { at, height_cm } => one(disc(at, *height_cm as f32 * SPIRE_RADIUS), *height_cm),
        Kit::Stall {
            at,
            facing,
            length_cm,
        } => one(
            Shape::oblong(to_cm(*at), *facing, *length_cm as f32 / 2.0, STALL_HALF_DEPTH_CM),
            230,
        ),
        Kit::Portal {
            at, facing, width_cm, ..
        } => one(
            Shape::oblong(
                to_cm(*at),
                *facing,
                *width_cm as f32 / 2.0 + PORTAL_POST_CM,
                PORTAL_HALF_DEPTH_CM,
            ),
            PORTAL_HEIGHT_CM as u32,
        ),
        Kit::Table {
            at,
            length_cm,
            depth_cm: 0,
            ..
        } => one(disc(at, *length_cm as f32 / 2.0), 75),
        Kit::Table {
            at,
            facing,
            length_cm,
            depth_cm,
        } => one(
            Shape::oblong(
                to_cm(*at),
                *facing,
                *length_cm as f32 / 2.0,
                *depth_cm as f32 / 2.0,
            ),
            75,
        ),
        // A picture hangs on what is solid itself.
        Kit::Ground { .. }
        | Kit::Road { .. }
        | Kit::Fountain { .. }
        | Kit::Hill { .. }
        | Kit::Picture { .. }
        | Kit::Stop { .. } => Vec::new(),
    }
}

/// A wall along a line, one piece for each of its ways.
fn wall(path: &[Vec2], thickness: f32, level: Level, height_cm: u32) -> impl Iterator<Item = Solid> {
    path.iter().zip(path.iter().skip(1)).filter_map(move |(a, b)| {
        let aside = (*b - *a).try_normalize()?.perp() * (thickness / 2.0);
        Some(Solid {
            shape: Shape::Polygon(vec![*a + aside, *a - aside, *b - aside, *b + aside]),
            level,
            height_cm,
        })
    })
}

/// A canal: on the street its holes and what keeps people from them, below its water and its stairs.
fn of_canal(canal: &Canal, level: Level) -> Vec<Solid> {
    let above = level.saturating_add(1);
    let flat = |level| {
        move |corners| Solid {
            shape: Shape::Polygon(corners),
            level,
            height_cm: 0,
        }
    };
    let mut solids: Vec<Solid> = canal.holes().into_iter().map(flat(above)).collect();
    solids.extend(canal.masses().into_iter().map(flat(level)));
    let keep = |line: &[Vec2], level| wall(line, PARAPET_CM, level, 0).collect::<Vec<_>>();
    for line in canal.parapets() {
        solids.extend(keep(&line, above));
    }
    for [upper, lower] in canal.rails() {
        solids.extend(keep(&upper, above));
        solids.extend(keep(&lower, level));
    }
    solids
}

/// The solid stretches of a base between its passages, as left and right edges from the middle.
fn piers(half: f32, passages: impl Iterator<Item = f32>, width: f32) -> impl Iterator<Item = (f32, f32)> {
    let mut left = -half;
    let ends = passages
        .map(move |middle| Some(middle - width / 2.0))
        .chain([None]);
    ends.map(move |end| {
        let pier = (left, end.unwrap_or(half));
        left = pier.1 + width;
        pier
    })
}

/// The unit vector to the right of someone who looks along a heading.
fn across(facing: Heading) -> Vec2 {
    facing.direction().perp()
}

impl Shape {
    pub(super) fn polygon(outline: &[Point]) -> Self {
        Self::Polygon(outline.iter().map(|point| to_cm(*point)).collect())
    }

    /// An oblong whose front looks along `facing`: half its width across, half its depth along.
    fn oblong(centre: Vec2, facing: Heading, half_width: f32, half_depth: f32) -> Self {
        let (x, y) = (across(facing) * half_width, facing.direction() * half_depth);
        Self::Polygon(vec![
            centre + x + y,
            centre + x - y,
            centre - x - y,
            centre - x + y,
        ])
    }

    /// Lowest and highest corner.
    pub(super) fn extent(&self) -> (Vec2, Vec2) {
        match self {
            Self::Disc { centre, radius } => (*centre - *radius, *centre + *radius),
            Self::Polygon(corners) => corners
                .iter()
                .fold((Vec2::INFINITY, Vec2::NEG_INFINITY), |(low, high), corner| {
                    (low.min(*corner), high.max(*corner))
                }),
        }
    }

    /// Distance from a point, negative inside, and the unit vector that leads out of the shape there.
    pub(super) fn distance(&self, at: Vec2) -> (f32, Vec2) {
        match self {
            Self::Disc { centre, radius } => {
                let off = at - *centre;
                (off.length() - radius, off.normalize_or(Vec2::X))
            }
            Self::Polygon(corners) => {
                let mut nearest = (f32::INFINITY, Vec2::X);
                for (a, b) in edges(corners) {
                    let foot = a + (b - a) * along(at, a, b);
                    let length = at.distance(foot);
                    if length < nearest.0 {
                        nearest = (
                            length,
                            (at - foot).normalize_or((b - a).perp().normalize_or(Vec2::X)),
                        );
                    }
                }
                if contains(corners, at) {
                    (-nearest.0, -nearest.1)
                } else {
                    nearest
                }
            }
        }
    }

    /// Distance from a straight way; not positive when the way touches or begins or ends inside.
    pub(super) fn distance_to_way(&self, a: Vec2, b: Vec2) -> f32 {
        match self {
            Self::Disc { centre, radius } => centre.distance(a + (b - a) * along(*centre, a, b)) - radius,
            Self::Polygon(corners) => {
                let ends = self.distance(a).0.min(self.distance(b).0);
                let sides = edges(corners).map(|(c, d)| {
                    if hit(a, b, c, d).is_some() {
                        0.0
                    } else {
                        c.distance(a + (b - a) * along(c, a, b))
                    }
                });
                sides.fold(ends, f32::min)
            }
        }
    }

    /// Where a straight way first meets the outline, 0 to 1; 1 when it does not.
    pub(super) fn first_hit(&self, a: Vec2, b: Vec2) -> f32 {
        match self {
            Self::Disc { centre, radius } => {
                let (way, off) = (b - a, a - *centre);
                let (qa, qb, qc) = (
                    way.length_squared(),
                    off.dot(way),
                    off.length_squared() - radius * radius,
                );
                let root = qb * qb - qa * qc;
                if qa <= 0.0 || root < 0.0 {
                    return 1.0;
                }
                let t = (-qb - root.sqrt()) / qa;
                if (0.0..1.0).contains(&t) { t } else { 1.0 }
            }
            Self::Polygon(corners) => edges(corners)
                .filter_map(|(c, d)| hit(a, b, c, d))
                .fold(1.0, f32::min),
        }
    }
}

/// Whether a point lies inside an outline.
pub fn contains(corners: &[Vec2], at: Vec2) -> bool {
    let crosses = |(a, b): &(Vec2, Vec2)| {
        (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x
    };
    edges(corners).filter(crosses).count() % 2 == 1
}

pub(super) fn edges(corners: &[Vec2]) -> impl Iterator<Item = (Vec2, Vec2)> {
    corners
        .iter()
        .copied()
        .zip(corners.iter().copied().cycle().skip(1))
}

/// How far along a→b the point nearest to `at` lies, 0 to 1.
pub(super) fn along(at: Vec2, a: Vec2, b: Vec2) -> f32 {
    let way = b - a;
    let square = way.length_squared();
    if square <= 0.0 {
        0.0
    } else {
        ((at - a).dot(way) / square).clamp(0.0, 1.0)
    }
}

/// How far along a→b it crosses c→d, if it does.
pub(super) fn hit(a: Vec2, b: Vec2, c: Vec2, d: Vec2) -> Option<f32> {
    let (way, edge) = (b - a, d - c);
    let cross = way.perp_dot(edge);
    if cross == 0.0 {
        return None;
    }
    let t = (c - a).perp_dot(edge) / cross;
    let u = (c - a).perp_dot(way) / cross;
    ((0.0..=1.0).contains(&t) && (0.0..=1.0).contains(&u)).then_some(t)
}
