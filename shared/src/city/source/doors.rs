//! Whether portals lead somewhere, and nobody is shut in or out.

use super::{Log, PackError};
use crate::{
    city::{Place, SpotName},
    space::{Heading, Level, Point, Position},
    walk::Ground,
};

/// How far in front of a portal one must be able to stand.
const FRONT_CM: f32 = 100.0;

/// A portal, and where it is told of.
pub(super) struct Door {
    /// The place it is in.
    pub(super) from: String,
    /// Where it leads.
    pub(super) to: SpotName,
    /// Its file and line, and which feature it is.
    pub(super) told: PackError,
    /// Whether one can stand in front of it.
    pub(super) is_free: bool,
}

/// Whether one can stand in front of a portal.
pub(super) fn is_free(ground: &Ground, at: Point, facing: Heading, level: Level) -> bool {
    let front = at.to_m() + facing.direction() * (FRONT_CM / 100.0);
    ground.is_free(Position {
        point: Point::from_m(front),
        level,
    })
}

/// Adds what is wrong about the doors of some places, in the first of which visitors arrive.
pub(super) fn check(places: &[Place], arrival: &str, doors: &[Door], manifest: &mut Log<'_>) {
    for door in doors {
        let SpotName { place, spot } = &door.to;
        let wrong = match places.iter().find(|known| known.id == *place) {
            None => format!("property to: there is no place {place:?}"),
            Some(known) if known.spot(spot).is_none() => {
                format!("property to: there is no spot {spot:?} in the place {place:?}")
            }
            Some(_) if !door.is_free => {
                "nobody can stand 1 m in front of the portal: something solid is there, or the bounds end"
                    .to_owned()
            }
            Some(_) => continue,
        };
        let mut error = door.told.clone();
        error.what = format!("{}: {wrong}", error.what);
        manifest.errors.push(error);
    }
    if !manifest.errors.is_empty() {
        return;
    }
    let out: Vec<(&str, &str)> = doors
        .iter()
        .map(|door| (door.from.as_str(), door.to.place.as_str()))
        .collect();
    let back: Vec<(&str, &str)> = out.iter().map(|(from, to)| (*to, *from)).collect();
    let (reached, returning) = (reached(arrival, &out), reached(arrival, &back));
    for place in places {
        let id = place.id.as_str();
        if !reached.contains(&id) {
            let what = format!("no portals lead from {arrival:?} to {id:?}");
            manifest.add_member("places", what);
        } else if !returning.contains(&id) {
            let what = format!("no portals lead from {id:?} back to {arrival:?}");
            manifest.add_member("places", what);
        }
    }
}

/// The places that steps lead to from one.
fn reached<'a>(from: &'a str, steps: &[(&'a str, &'a str)]) -> Vec<&'a str> {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(here) = reached.get(next).copied() {
        next += 1;
        for (_, there) in steps.iter().filter(|(start, _)| *start == here) {
            if !reached.contains(there) {
                reached.push(there);
            }
        }
    }
    reached
}
