//! From longitude and latitude to whole centimetres, and whether outlines make sense.

use glam::DVec2;
use serde::Deserialize;

use crate::space::{LIMIT_CM, Point};

/// Most points of one outline or path; whether it crosses itself is asked of every pair of its edges.
const MAX_POINTS: usize = 1_000;

/// A position of RFC 7946: longitude, latitude, perhaps an altitude, which is not used.
type Degrees = Vec<f64>;

/// The geometries a pack uses.
#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
pub(super) enum Geometry {
    Point(Degrees),
    MultiPoint(Vec<Degrees>),
    LineString(Vec<Degrees>),
    Polygon(Vec<Vec<Degrees>>),
}

/// The local axes of a place.
#[derive(Clone, Copy)]
pub(super) struct Projection {
    origin: DVec2,
    metres_per_degree: DVec2,
}

impl Projection {
    /// Of a room, whose positions are metres to the east and to the north already.
    pub(super) const METRES: Self = Self {
        origin: DVec2::ZERO,
        metres_per_degree: DVec2::ONE,
    };

    /// Axes through `[longitude, latitude]`: a plane touching the WGS84 ellipsoid there, good to a few centimetres
    /// over the few kilometres of a place. Radii of curvature: <https://en.wikipedia.org/wiki/Earth_radius>.
    pub(super) fn new([lon, lat]: [f64; 2]) -> Self {
        const A: f64 = 6_378_137.0;
        const E2: f64 = 0.006_694_379_990_14;
        let (sin, cos) = lat.to_radians().sin_cos();
        let w = 1.0 - E2 * sin * sin;
        let metres_per_radian = DVec2::new(A / w.sqrt() * cos, A * (1.0 - E2) / (w * w.sqrt()));
        Self {
            origin: DVec2::new(lon, lat),
            metres_per_degree: metres_per_radian * 1.0_f64.to_radians(),
        }
    }

    pub(super) fn point(&self, degrees: &[f64]) -> Result<Point, String> {
        let (Some(&lon), Some(&lat)) = (degrees.first(), degrees.get(1)) else {
            return Err(
                "a position needs longitude and latitude (in a room: metres east and north)".to_owned(),
            );
        };
        let cm = (DVec2::new(lon, lat) - self.origin) * self.metres_per_degree * 100.0;
        if !cm.is_finite() || cm.abs().max_element() > f64::from(LIMIT_CM) {
            return Err(format!(
                "[{lon}, {lat}] is more than 20 km from the place's origin; the order is [longitude, latitude]"
            ));
        }
        Ok(Point::new(cm.x.round() as i32, -cm.y.round() as i32))
    }
}

impl Geometry {
    pub(super) fn one_point(&self, projection: &Projection) -> Result<Point, String> {
        match self {
            Self::Point(degrees) => projection.point(degrees),
            _ => Err("geometry: expected a Point".to_owned()),
        }
    }

    /// The points of a Point or MultiPoint.
    pub(super) fn points(&self, projection: &Projection) -> Result<Vec<Point>, String> {
        match self {
            Self::Point(degrees) => Ok(vec![projection.point(degrees)?]),
            Self::MultiPoint(all) => all.iter().map(|degrees| projection.point(degrees)).collect(),
            _ => Err("geometry: expected a Point or MultiPoint".to_owned()),
        }
    }

    pub(super) fn path(&self, projection: &Projection) -> Result<Vec<Point>, String> {
        let Self::LineString(line) = self else {
            return Err("geometry: expected a LineString".to_owned());
        };
        let path = convert(line, projection)?;
        if path.len() < 2 {
            Err("geometry: a path needs two different points".to_owned())
        } else {
            Ok(path)
        }
    }

    /// The outer ring of a Polygon, without the repeated last point, running clockwise as seen on a map.
    pub(super) fn outline(&self, projection: &Projection) -> Result<Vec<Point>, String> {
        let Self::Polygon(rings) = self else {
            return Err("geometry: expected a Polygon".to_owned());
        };
        let [ring] = rings.as_slice() else {
            return Err("geometry: a Polygon of one ring is expected; holes are not understood".to_owned());
        };
        if ring.first() != ring.last() || ring.len() < 4 {
            return Err(
                "geometry: a ring has at least four positions, the last equal to the first".to_owned(),
            );
        }
        let mut outline = convert(ring, projection)?;
        if outline.first() == outline.last() {
            outline.pop();
        }
        if let Some((a, b)) = crossing(&outline) {
            return Err(format!(
                "geometry: the outline crosses itself (edges {a} and {b})"
            ));
        }
        if outline.len() < 3 || area_x2(&outline) == 0 {
            return Err("geometry: the outline has no area".to_owned());
        }
        if area_x2(&outline) < 0 {
            outline.reverse();
        }
        Ok(outline)
    }
}

fn convert(line: &[Degrees], projection: &Projection) -> Result<Vec<Point>, String> {
    if line.len() > MAX_POINTS {
        return Err(format!(
            "geometry: {} points, at most {MAX_POINTS} are taken",
            line.len()
        ));
    }
    let mut points = line
        .iter()
        .map(|degrees| projection.point(degrees))
        .collect::<Result<Vec<_>, _>>()?;
    points.dedup();
    Ok(points)
}

fn edges(outline: &[Point]) -> impl Iterator<Item = (Point, Point)> + Clone {
    outline
        .iter()
        .copied()
        .zip(outline.iter().copied().cycle().skip(1))
}

/// Twice the enclosed area in square centimetres; positive when clockwise on a map (x east, z south).
fn area_x2(outline: &[Point]) -> i64 {
    edges(outline)
        .map(|(a, b)| i64::from(a.x) * i64::from(b.z) - i64::from(b.x) * i64::from(a.z))
        .sum()
}

/// Which side of the line a→b the point c lies on.
fn side(a: Point, b: Point, c: Point) -> i64 {
    let (bx, bz) = (i64::from(b.x) - i64::from(a.x), i64::from(b.z) - i64::from(a.z));
    let (cx, cz) = (i64::from(c.x) - i64::from(a.x), i64::from(c.z) - i64::from(a.z));
    (bx * cz - bz * cx).signum()
}

/// Two edges that cross properly, if any.
pub(super) fn crossing(outline: &[Point]) -> Option<(usize, usize)> {
    edges(outline).enumerate().find_map(|(i, (a, b))| {
        let others = edges(outline).enumerate().skip(i + 1);
        others
            .filter(|(_, (c, d))| {
                side(a, b, *c) * side(a, b, *d) < 0 && side(*c, *d, a) * side(*c, *d, b) < 0
            })
            .map(|(j, _)| (i, j))
            .next()
    })
}
