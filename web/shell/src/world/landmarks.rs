//! The named parts of a place and the point each is known by: for the map's labels and the narrator.

use glam::Vec2;
use shared::city::Place;

/// A named part of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmark {
    /// Key of its name in the pack's locales, without `part-`.
    pub name: String,
    /// Its middle on the plan, in metres.
    pub at: Vec2,
    /// The corners of the box around it, in metres.
    pub extent_m: [Vec2; 2],
}

/// The named parts of a place, each name once.
pub fn of(place: &Place) -> Vec<Landmark> {
    let mut found: Vec<Landmark> = Vec::new();
    for part in &place.parts {
        let (Some(name), Some(extent_m)) = (&part.name, part.kit.extent_m()) else {
            continue;
        };
        if !found.iter().any(|landmark| landmark.name == *name) {
            found.push(Landmark {
                name: name.clone(),
                at: extent_m[0].midpoint(extent_m[1]),
                extent_m,
            });
        }
    }
    found
}
