//! Where the ways lead that one could take from where one stands. Searched for when it is asked, not from step to step.

use super::{
    World,
    around::{Nearby, Thing, direction, elsewhere, sort},
};

/// Spots farther off than this are not searched for, in metres, except for the nearest one: measured over downtown's spots,
/// all searches of one question together take some milliseconds.
const REACH_M: f32 = 320.0;

/// Most spots searched for.
const MOST: usize = 4;

/// Where on a way its direction is taken, in metres; who is nearer to a spot than this is at it.
const AHEAD_M: f32 = 12.0;

impl World {
    /// The nearest spots beyond this one: how long the way to each is, and in which direction it begins, the shortest first.
    pub fn ways(&self) -> Vec<Nearby> {
        let Some(place) = self.place().filter(|_| self.me.ride.is_none()) else {
            return Vec::new();
        };
        let from = self.me.stance().position;
        let here = from.point.to_m();
        let current = self.nearest_spot().and_then(|index| place.spots.get(index));
        let is_current =
            |thing: &Thing| matches!((thing, current), (Thing::Spot(id), Some(spot)) if *id == spot.id);
        let beyond = elsewhere(self, &[])
            .into_iter()
            .filter(|spot| spot.distance_m > AHEAD_M || !is_current(&spot.thing));
        let mut ways: Vec<Nearby> = beyond
            .take(MOST)
            .enumerate()
            .filter(|(index, spot)| *index == 0 || spot.distance_m < REACH_M)
            .filter_map(|(_, spot)| {
                let Thing::Spot(id) = &spot.thing else { return None };
                let route = self.ground.path(from, place.spot(id)?.position);
                let (mut length, mut last, mut ahead) = (0.0, here, None);
                for next in route.iter().map(|next| next.point.to_m()) {
                    let step = next.distance(last);
                    if ahead.is_none() && length + step >= AHEAD_M {
                        ahead = Some(last + (next - last) * ((AHEAD_M - length) / step));
                    }
                    length += step;
                    last = next;
                }
                // A way that ends elsewhere leads elsewhere.
                (last.distance(spot.at) < super::THERE_M).then(|| Nearby {
                    distance_m: length,
                    direction: direction(here, self.facing(), ahead.unwrap_or(last)),
                    ..spot
                })
            })
            .collect();
        sort(&mut ways);
        ways
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use shared::{
        city::{Finish, Kit, Part, Spot},
        protocol::Periods,
        space::{Heading, Point, Position},
    };

    use super::{
        super::tests::{city, entered_in},
        *,
    };

    /// Spots in the east, and one in the north behind a wall whose end in the west is nearer.
    fn world() -> World {
        let mut city = (*city()).clone();
        let place = &mut city.places[0];
        place.parts = vec![Part {
            name: None,
            level: 0,
            kit: Kit::Wall {
                path: vec![Point::new(-800, -2_000), Point::new(19_000, -2_000)],
                height_cm: 300,
                thickness_cm: 50,
                finish: Finish::Stone,
            },
        }];
        let more = [("north", 0, -4_000), ("farther-east", 9_000, 0)];
        place.spots.extend(more.map(|(id, x, z)| Spot {
            id: id.into(),
            position: Position {
                point: Point::new(x, z),
                level: 0,
            },
            heading: Heading(0),
        }));
        entered_in(Rc::new(city), Periods::default())
    }

    #[test]
    fn each_way_is_told_by_where_it_begins_and_how_long_it_is() {
        let ways = world().ways();
        let told: Vec<_> = ways
            .iter()
            .map(|way| {
                let Thing::Spot(id) = &way.thing else {
                    panic!("{way:?}")
                };
                (id.as_str(), way.direction)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("north", "ahead-left"),
                ("east", "right"),
                ("farther-east", "right")
            ]
        );
        let lengths: Vec<_> = ways.iter().map(|way| way.distance_m).collect();
        assert!(
            lengths[0] > 42.0 && lengths[0] < 46.0,
            "around the end of the wall: {lengths:?}"
        );
        assert!((lengths[1] - 50.0).abs() < 0.1, "{lengths:?}");
    }
}
