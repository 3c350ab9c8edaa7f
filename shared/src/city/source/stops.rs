//! Where the vehicles of a line stop: at the points of its way that are nearest to the spots it names.

use glam::Vec2;

use super::{Sheet, add_to, feature::Draft};
use crate::{
    city::{
        Kit, Part, Place, Spot,
        strip::Strip,
        transit::{Moment, Stop, Timetable, TransitLine, Vehicle},
    },
    space::{Heading, Point, Position},
    walk::Ground,
};

/// How far apart two stops are at least along the way, and how far from its spot a stop may be, in metres.
const APART_M: f32 = 60.0;
const AWAY_M: f32 = 250.0;

/// How far to the right of a bus its sign stands, in metres.
const KERB_M: f32 = 3.4;

/// The lines with their stops, and signs there; `features` tells the file and the feature of each.
pub(super) fn all(
    drafts: Vec<Draft>,
    spots: &[Spot],
    features: &[(usize, usize)],
    sheets: &mut [Sheet<'_>],
) -> (Vec<TransitLine>, Vec<Part>) {
    let (mut lines, mut signs) = (Vec::new(), Vec::new());
    for (
        Draft {
            mut line,
            spots: names,
        },
        feature,
    ) in drafts.into_iter().zip(features)
    {
        match stops(&line, &names, spots) {
            Ok(stops) => {
                line.stops = stops;
                signs.extend(signs_of(&line));
                lines.push(line);
            }
            Err(what) => add_to(sheets, *feature, &format!("property stops: {what}")),
        }
    }
    (lines, signs)
}

fn signs_of(line: &TransitLine) -> impl Iterator<Item = Part> {
    let table = Timetable::new(line);
    let vehicle = line.vehicle;
    let stands: Vec<Moment> = (0..line.stops.len())
        .filter_map(|stop| table.standing(stop))
        .collect();
    stands.into_iter().map(move |stands| {
        let right = match vehicle {
            Vehicle::Bus | Vehicle::Tram => Vec2::from_angle(stands.heading) * KERB_M,
            Vehicle::Drone => Vec2::ZERO,
        };
        Part {
            name: None,
            level: 0,
            kit: Kit::Stop {
                at: Point::from_m(stands.at + right),
                facing: Heading::from_radians(stands.heading),
                vehicle,
            },
        }
    })
}

/// Adds what vehicles that keep to the street would drive into.
pub(super) fn check(place: &Place, ground: &Ground, features: &[(usize, usize)], sheets: &mut [Sheet<'_>]) {
    let lines = place.transit.iter().zip(features);
    for (line, feature) in lines.filter(|(line, _)| line.vehicle != Vehicle::Drone) {
        let way = Strip::new(line.path.iter().map(|point| point.to_m()).collect());
        let is_open = |along_m: f32, aside_m: f32| {
            let point = Point::from_m(way.at(along_m, aside_m));
            ground.is_open(Position { point, level: 0 })
        };
        let blocked = (0..way.length() as u32)
            .map(|along_m| along_m as f32)
            .find(|along_m| [-0.9, 0.9].iter().any(|aside_m| !is_open(*along_m, *aside_m)));
        if let Some(along_m) = blocked {
            let what = format!("{along_m} m along the line, something solid is in the way");
            add_to(sheets, *feature, &what);
        }
    }
}

fn stops(line: &TransitLine, names: &[String], spots: &[Spot]) -> Result<Vec<Stop>, String> {
    let way = Strip::new(line.path.iter().map(|point| point.to_m()).collect());
    let mut stops = Vec::new();
    let mut from_m = 0.0;
    for name in names {
        let spot = spots.iter().find(|spot| spot.id == *name);
        let spot = spot.ok_or_else(|| format!("there is no spot {name:?} in this place"))?;
        let (along_m, away_m) = nearest(&way, from_m, spot.position.point.to_m());
        if away_m > AWAY_M {
            return Err(format!(
                "after the stop before, the line comes no nearer to the spot {name:?} than {away_m:.0} m: stops are told \
                 in the order of the line, and no farther than {AWAY_M} m from it"
            ));
        }
        from_m = along_m + APART_M;
        stops.push(Stop {
            spot: name.clone(),
            along_cm: (along_m * 100.0).round() as u32,
        });
    }
    Ok(stops)
}

/// How far along a way another point is passed, from somewhere on, and how far away that is, in metres. Of the times that
/// it is passed about equally near, the first: a line may come back along the same street.
fn nearest(way: &Strip, from_m: f32, to: Vec2) -> (f32, f32) {
    /// Between the two sides of a wide street.
    const ALIKE_M: f32 = 15.0;
    let steps = ((way.length() - from_m).max(0.0)) as u32;
    let apart: Vec<(f32, f32)> = (0..=steps)
        .map(|step| from_m + step as f32)
        .map(|along_m| (along_m, way.at(along_m, 0.0).distance(to)))
        .collect();
    let least_m = apart
        .iter()
        .map(|(_, away_m)| *away_m)
        .fold(f32::INFINITY, f32::min);
    apart
        .into_iter()
        .skip_while(|(_, away_m)| *away_m > least_m + ALIKE_M)
        .take_while(|(_, away_m)| *away_m <= least_m + ALIKE_M)
        .min_by(|(_, one), (_, other)| one.total_cmp(other))
        .unwrap_or((from_m, f32::INFINITY))
}
