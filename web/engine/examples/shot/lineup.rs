//! Figures side by side, to be looked at closely: every emote, or every choice of a look.

use glam::vec2;
use shared::city::transit::{Moment, Vehicle};
use shared::look::{AGES, AIDS, BUILDS, FACES, HAIRS, HEADWEAR, Look, OUTFITS};
use shared::motion::Motion;
use shared::stage::{BICYCLE, Figure, VEHICLE};

/// Figures in a row.
const ROW: usize = 8;

/// Every kind of vehicle, side by side, with a rider in each.
fn vehicles() -> Vec<Figure> {
    let each = |(k, vehicle): (usize, Vehicle)| {
        let position = [k as f32 * 7.0 - 4.0, 0.0, 26.0];
        let own = Figure {
            position,
            heading: 2.3,
            motion: [0, 0, VEHICLE, 0],
            opacity: 1.0,
            look: [vehicle as u8; 12],
            ..Figure::default()
        };
        let now = Moment {
            at: vec2(position[0], position[2]),
            heading: own.heading,
            height_m: 0.0,
            stop: 0,
            stands: true,
        };
        let rider = move |seat: u16| {
            let at = now.seat_m(vehicle, seat);
            Figure {
                position: [at.x, vehicle.floor_m(), at.y],
                motion: [Motion::Ride.index(), 0, 0, 0],
                look: Look::from_seed(u64::from(seat)).to_bytes(),
                ..own
            }
        };
        [own]
            .into_iter()
            .chain((0..vehicle.seats()).step_by(3).map(rider))
    };
    Vehicle::ALL.into_iter().enumerate().flat_map(each).collect()
}

/// Some on bicycles: three whose pedals have turned further and further, and one who stands.
fn bicycles() -> Vec<Figure> {
    let each = |k: u8| {
        let motion = if k < 3 { Motion::Cycle } else { Motion::Astride };
        let rider = Figure {
            position: [f32::from(k) * 2.1 - 3.0, 0.0, 36.0],
            heading: 1.9 + f32::from(k) * 0.45,
            motion: [motion.index(), motion.index(), 0, 0],
            since_s: 1.0,
            stride_m: f32::from(k) * 0.7,
            opacity: 1.0,
            look: Look::from_seed(u64::from(k) + 3).to_bytes(),
            ..Figure::default()
        };
        let bicycle = Figure {
            motion: [0, 0, VEHICLE, 0],
            look: [BICYCLE; 12],
            ..rider
        };
        [rider, bicycle]
    };
    (0..4).flat_map(each).collect()
}

/// Those of a name: `vehicles`, `bicycles`, `emotes`, `walk`, or a byte of the look.
pub fn lineup(what: &str, time_s: f32) -> Vec<Figure> {
    if what == "vehicles" {
        return vehicles();
    }
    if what == "bicycles" {
        return bicycles();
    }
    let plain = Look {
        skin: 1,
        upper: 2,
        lower: 8,
        head_colour: 4,
        ..Look::default()
    };
    let of = |count: usize, with: &dyn Fn(Look, u8) -> Look| -> Vec<(Look, Motion)> {
        let look = |index| with(plain, index as u8);
        (0..count).map(|index| (look(index), Motion::Stand)).collect()
    };
    let everyone = match what {
        "outfit" => of(OUTFITS.len(), &|look, outfit| Look {
            outfit,
            hair: outfit % 6,
            ..look
        }),
        "hair" => of(HAIRS.len(), &|look, hair| Look {
            hair,
            hair_colour: hair % 6,
            ..look
        }),
        "head" => of(HEADWEAR.len(), &|look, head| Look {
            head,
            outfit: [0, 0, 0, 1, 7, 2][usize::from(head)],
            ..look
        }),
        "face" => of(FACES.len(), &|look, face| Look { face, ..look }),
        "age" => of(AGES.len(), &|look, age| Look {
            age,
            hair_colour: 4 * u8::from(age == 1),
            ..look
        }),
        "build" => of(BUILDS.len(), &|look, build| Look { build, ..look }),
        "aid" => of(AIDS.len(), &|look, aid| Look { aid, ..look }),
        "walk" => vec![(plain, Motion::Walk); ROW],
        "run" => vec![(plain, Motion::Run); ROW],
        _ => Motion::ALL
            .iter()
            .enumerate()
            .map(|(k, motion)| {
                (
                    Look {
                        hair: k as u8 % 6,
                        outfit: [0, 2, 3, 8][k % 4],
                        ..plain
                    },
                    *motion,
                )
            })
            .collect(),
    };
    let turned = if matches!(what, "walk" | "run") { 1.2 } else { 0.0 };
    everyone
        .into_iter()
        .enumerate()
        .map(|(k, (look, motion))| {
            let (row, place) = (k / ROW, k % ROW);
            Figure {
                position: [place as f32 * 1.15 - 4.0, 0.0, 38.0 - row as f32 * 2.2],
                heading: std::f32::consts::PI + turned + (place as f32 - 3.5) * 0.08,
                motion: [motion.index(), 0, 0, 0],
                since_s: time_s,
                stride_m: place as f32 * if motion == Motion::Run { 0.325 } else { 0.17 },
                opacity: 1.0,
                look: look.to_bytes(),
                seed: 0.07,
                ..Figure::default()
            }
        })
        .collect()
}
