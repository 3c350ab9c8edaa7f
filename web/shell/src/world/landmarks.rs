//! The named parts of a place and the point each is known by: for the map's labels and the narrator.

use glam::Vec2;
use shared::city::{Kit, Place};

/// A named part of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmark {
    /// Key of its name in the pack's locales, without `part-`.
    pub name: String,
    /// Its middle on the plan, in metres.
    pub at: Vec2,
}

/// The named parts of a place, each name once.
pub fn of(place: &Place) -> Vec<Landmark> {
    let mut found: Vec<Landmark> = Vec::new();
    for part in &place.parts {
        let (Some(name), Some(at)) = (&part.name, middle(&part.kit)) else {
            continue;
        };
        if !found.iter().any(|landmark| landmark.name == *name) {
            found.push(Landmark {
                name: name.clone(),
                at,
            });
        }
    }
    found
}

fn middle(kit: &Kit) -> Option<Vec2> {
    let points = match kit {
        Kit::Ground { outline, .. }
        | Kit::Building { outline, .. }
        | Kit::WaveHall { outline, .. }
        | Kit::StoneHall { outline, .. } => outline,
        Kit::Road { path, .. } | Kit::Wall { path, .. } => path,
        Kit::Hall { at, .. }
        | Kit::Tree { at, .. }
        | Kit::Lamp { at, .. }
        | Kit::Seat { at, .. }
        | Kit::Planter { at, .. }
        | Kit::Fountain { at, .. }
        | Kit::Hill { at, .. }
        | Kit::Tower { at, .. }
        | Kit::Flag { at, .. }
        | Kit::Statue { at, .. }
        | Kit::Spire { at, .. }
        | Kit::Stall { at, .. }
        | Kit::Lantern { at, .. } => return Some(at.to_m()),
    };
    let (mut low, mut high) = (points.first()?.to_m(), points.first()?.to_m());
    for point in points {
        low = low.min(point.to_m());
        high = high.max(point.to_m());
    }
    Some((low + high) / 2.0)
}
