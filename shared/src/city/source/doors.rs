//! Whether portals and the years of a site lead somewhere, and nobody is shut in or out.

use glam::Vec2;

use super::{Log, PackError};
use crate::{
    city::{Past, Place, SpotName, extent_m},
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
    for place in places {
        if let Some(what) = wrong_past(place, places) {
            manifest.add_member("places", format!("past of {:?}: {what}", place.id));
        }
    }
    if !manifest.errors.is_empty() {
        return;
    }
    let years = places.iter().filter(|place| place.past.is_some());
    let years = years.flat_map(|place| {
        [
            (place.site(), place.id.as_str()),
            (place.id.as_str(), place.site()),
        ]
    });
    let out: Vec<(&str, &str)> = doors
        .iter()
        .map(|door| (door.from.as_str(), door.to.place.as_str()))
        .chain(years)
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

/// Why a place cannot be the past of what it says.
fn wrong_past(place: &Place, places: &[Place]) -> Option<String> {
    let Past { site, year } = place.past.as_ref()?;
    let Some(now) = places.iter().find(|known| known.id == *site) else {
        return Some(format!("there is no place {site:?}"));
    };
    if now.past.is_some() {
        return Some(format!("{site:?} is itself of the past"));
    }
    let [low, high] = extent_m(&place.bounds)?;
    let same = |other: &&Place| {
        let meets = |[from, to]: [Vec2; 2]| low.cmplt(to).all() && from.cmplt(high).all();
        other.id != place.id && other.past == place.past && extent_m(&other.bounds).is_some_and(meets)
    };
    if let Some(other) = places.iter().find(same) {
        return Some(format!("{:?} shows the same ground in {year}", other.id));
    }
    let origin = |place: &Place| place.origin_lat_lon.map(f64::to_bits);
    (origin(now) != origin(place) || now.ceiling_cm != place.ceiling_cm)
        .then(|| format!("{site:?} has another origin or another ceiling, and would not be the same ground"))
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
