//! Sites as they once were: places on the ground of another one, in earlier years.

use glam::Vec2;
use serde::{Deserialize, Serialize};

use super::{City, Kit, Place};
use crate::{look::Look, space::Point, walk::contains};

/// A site as it once was: a place of its own on the same ground as another, or on a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Past {
    /// [`Place::id`] of the site as it is now.
    pub site: String,
    /// The year that is shown, of the common era.
    pub year: u16,
}

impl City {
    /// What shows the ground at a point of a place in other years and now, the earliest first.
    pub fn years(&self, here: &Place, at: Point) -> Vec<&Place> {
        let shows = |place: &&Place| {
            place.site() == here.site() && (place.id == here.id || place.past.is_none() || place.holds(at))
        };
        let mut years: Vec<&Place> = self.places.iter().filter(shows).collect();
        years.sort_by_key(|place| place.past.as_ref().map_or(u16::MAX, |past| past.year));
        years
    }
}

impl Place {
    /// The place that shows the same ground as it is now: itself, or what it once was.
    pub fn site(&self) -> &str {
        self.past.as_ref().map_or(&self.id, |past| &past.site)
    }

    /// Whether a point lies within its bounds.
    pub fn holds(&self, at: Point) -> bool {
        let bounds: Vec<Vec2> = self.bounds.iter().map(|point| point.to_m()).collect();
        contains(&bounds, at.to_m())
    }

    /// Whether something is seen from above only: its middle lies beyond the bounds of a hilltop, on the land below.
    pub fn looks_down_on(&self, kit: &Kit) -> bool {
        let middle = || kit.extent_m().map(|[low, high]| (low + high) / 2.0);
        self.above_cm > 0 && middle().is_some_and(|middle| !self.holds(Point::from_m(middle)))
    }

    /// How an ambient figure looks there, out of a number.
    pub fn passer_by(&self, seed: u64) -> Look {
        match self.past {
            Some(_) => Look::of_the_past(seed),
            None => Look::from_seed(seed),
        }
    }
}
