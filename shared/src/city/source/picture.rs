//! A picture's coloured areas.

use serde::Deserialize;

use super::{geometry::crossing, properties::Properties};
use crate::{
    city::{Kit, PICTURE_PARTS, Patch},
    space::Point,
};

/// Most areas of a picture: they lie over one another, each a little in front.
const MOST_SHAPES: usize = 40;

/// Most corners of one of them.
const MOST_CORNERS: usize = 60;

/// An area of a picture as a pack tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatchSource {
    colour: String,
    points: Vec<[f64; 2]>,
}

/// Reads a picture that hangs at a point.
pub(super) fn read(p: &Properties, at: Point) -> Result<Kit, String> {
    let mut shapes = Vec::new();
    for shape in p.list::<PatchSource>("shapes", "{colour, points}")? {
        let PatchSource { colour, points } = shape;
        let number = colour.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some([_, r, g, b]) = number.map(u32::to_be_bytes) else {
            return Err(format!(
                "property shapes: {colour:?} is no colour such as \"#2F6FA8\""
            ));
        };
        if !(3..=MOST_CORNERS).contains(&points.len()) {
            return Err(format!(
                "property shapes: {} points, expected 3 to {MOST_CORNERS}",
                points.len()
            ));
        }
        if let Some(point) = points
            .iter()
            .find(|point| point.iter().any(|share| !(0.0..=100.0).contains(share)))
        {
            return Err(format!(
                "property shapes: {point:?} is not on the picture, whose sides are 0 to 100"
            ));
        }
        let part = |share: f64| (share / 100.0 * f64::from(PICTURE_PARTS)).round() as u8;
        let outline: Vec<[u8; 2]> = points.into_iter().map(|point| point.map(part)).collect();
        let plan: Vec<Point> = outline
            .iter()
            .map(|[x, y]| Point::new((*x).into(), (*y).into()))
            .collect();
        if let Some((a, b)) = crossing(&plan) {
            return Err(format!(
                "property shapes: the outline of a shape crosses itself (edges {a} and {b})"
            ));
        }
        shapes.push(Patch {
            colour: [r, g, b],
            outline,
        });
    }
    if shapes.len() > MOST_SHAPES {
        return Err(format!(
            "property shapes: {}, at most {MOST_SHAPES} are taken",
            shapes.len()
        ));
    }
    Ok(Kit::Picture {
        at,
        facing: p.heading("facing")?,
        width_cm: p.metres("width", 0.2, 20.0)?,
        height_cm: p.metres("height", 0.2, 20.0)?,
        foot_cm: p.metres_or("foot", 0.0, 50.0, 1.0)?,
        shapes,
    })
}
