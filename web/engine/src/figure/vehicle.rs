//! The mesh of all vehicles, made of shapes as people are, and where their moving parts are. Each kind shows the corners with
//! its own bit. A vehicle stands at the origin and looks north (−z).

use glam::{Mat4, Vec3, vec3};
use shared::city::transit::Vehicle;
use shared::stage::{self, Figure};

use super::pose::BONES;
use super::shape::{Detail, Form, Sculpture, Shape};
use super::{Bone, Slot};

const BUS: u32 = kind(Vehicle::Bus);
const DRONE: u32 = kind(Vehicle::Drone);
const TRAM: u32 = kind(Vehicle::Tram);
const BICYCLE: u32 = 1 << stage::BICYCLE;

/// Where the drone's rotors turn, in metres, those on the right; the front ones go with the first bone, the others with
/// the second.
const ROTORS: [(Bone, Vec3); 2] = [
    (Bone::UpperArm, vec3(2.0, 2.34, -2.0)),
    (Bone::Forearm, vec3(2.0, 2.34, 2.0)),
];

/// How fast they turn, in radians a second: slower than they do, so that blades are seen.
const ROTOR_RATE: f32 = 23.0;

const fn kind(vehicle: Vehicle) -> u32 {
    1 << vehicle as u32
}

const fn block(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::block(Bone::Ground, slot, rows)
}

const fn bus(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    block(slot, rows).by(BUS)
}

const fn wheel(rows: &'static [[i16; 5]]) -> Shape {
    Shape::new(Form::Lying, Bone::Ground, Slot::Tyre, 14, rows).by(BUS)
}

const fn hub(rows: &'static [[i16; 5]]) -> Shape {
    Shape::new(Form::Lying, Bone::Ground, Slot::Metal, 10, rows).by(BUS)
}

const fn seats(rows: &'static [[i16; 5]; 2]) -> Shape {
    block(Slot::Blue, rows).by(BUS).twice()
}

const fn drone(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    block(slot, rows).by(DRONE)
}

const fn strut(rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::new(Form::Bar, Bone::Ground, Slot::Metal, 8, rows)
        .by(DRONE)
        .twice()
}

const fn tram(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    block(slot, rows).by(TRAM)
}

const fn post(rows: &'static [[i16; 5]; 2]) -> Shape {
    tram(Slot::Wood, rows).twice()
}

const fn tram_wheel(rows: &'static [[i16; 5]]) -> Shape {
    Shape::new(Form::Lying, Bone::Ground, Slot::Tyre, 12, rows).by(TRAM)
}

const SHAPES: &[Shape] = &[
    // The high-decker: a red body, closed and glazed in front, open to the sky behind.
    bus(Slot::Red, &[[0, 930, 0, 1250, 570], [6000, 0, 0, 0, 0]]),
    bus(Slot::White, &[[0, 1420, 0, 1262, 70], [6006, 0, 0, 0, 0]]),
    bus(Slot::Tyre, &[[0, 1505, 3000, 1190, 10], [2940, 0, 0, 0, 0]]),
    bus(Slot::Red, &[[0, 2560, -2950, 1250, 1060], [3050, 0, 0, 0, 0]]),
    bus(Slot::White, &[[0, 3635, -2950, 1180, 40], [2980, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 2700, -4760, 1262, 560], [860, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 2700, -2900, 1262, 560], [860, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 2700, -1040, 1262, 560], [860, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 2700, 60, 1000, 560], [60, 0, 0, 0, 0]]),
    bus(Slot::White, &[[0, 700, 0, 1258, 60], [5990, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 2380, -5990, 1130, 900], [30, 0, 0, 0, 0]]),
    bus(Slot::Glow, &[[0, 3420, -6000, 760, 90], [24, 0, 0, 0, 0]]),
    bus(Slot::Glow, &[[980, 720, -6000, 150, 90], [24, 0, 0, 0, 0]]).twice(),
    bus(Slot::Yellow, &[[1090, 940, 6000, 80, 130], [20, 0, 0, 0, 0]]).twice(),
    bus(Slot::Ink, &[[0, 560, -6000, 700, 130], [22, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[1256, 930, -4900, 12, 520], [450, 0, 0, 0, 0]]),
    bus(Slot::Red, &[[1215, 1860, 3050, 36, 380], [2950, 0, 0, 0, 0]]).twice(),
    bus(Slot::Metal, &[[1215, 2260, 3050, 30, 24], [2950, 0, 0, 0, 0]]).twice(),
    bus(Slot::Red, &[[0, 1900, 5965, 1230, 420], [36, 0, 0, 0, 0]]),
    bus(Slot::Ink, &[[0, 800, 6002, 900, 200], [12, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 480, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 700, 400, 420], [40, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 1330, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 1550, 400, 420], [40, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 2180, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 2400, 400, 420], [40, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 3030, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 3250, 400, 420], [40, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 3880, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 4100, 400, 420], [40, 0, 0, 0, 0]]),
    seats(&[[675, 1730, 4730, 400, 220], [210, 0, 0, 0, 0]]),
    seats(&[[675, 2080, 4950, 400, 420], [40, 0, 0, 0, 0]]),
    wheel(&[[1000, 480, 480, 3700, 480], [1275, 480, 480, 3700, 480]]),
    wheel(&[[-1275, 480, 480, 3700, 480], [-1000, 480, 480, 3700, 480]]),
    wheel(&[[1000, 480, 480, -3300, 480], [1275, 480, 480, -3300, 480]]),
    wheel(&[[-1275, 480, 480, -3300, 480], [-1000, 480, 480, -3300, 480]]),
    hub(&[[1270, 240, 240, 3700, 480], [1285, 240, 240, 3700, 480]]),
    hub(&[[-1285, 240, 240, 3700, 480], [-1270, 240, 240, 3700, 480]]),
    hub(&[[1270, 240, 240, -3300, 480], [1285, 240, 240, -3300, 480]]),
    hub(&[[-1285, 240, 240, -3300, 480], [-1270, 240, 240, -3300, 480]]),
    // The drone taxi: an open boat with four seats, hung under four rotors.
    Shape::ball(
        Bone::Ground,
        Slot::White,
        16,
        &[[0, 640, 0, 1180, 380], [2050, 5, -1000, 60, 0]],
    )
    .by(DRONE),
    Shape::ball(
        Bone::Ground,
        Slot::Blue,
        16,
        &[[0, 660, 0, 1200, 60], [2080, 2, -1000, 1000, 0]],
    )
    .by(DRONE),
    drone(Slot::Tyre, &[[0, 700, -200, 950, 24], [1350, 0, 0, 0, 0]]),
    drone(Slot::Ink, &[[450, 840, -520, 330, 150], [230, 0, 0, 0, 0]]).twice(),
    drone(Slot::Ink, &[[450, 1180, -280, 330, 420], [40, 0, 0, 0, 0]]).twice(),
    drone(Slot::Ink, &[[450, 840, 530, 330, 150], [230, 0, 0, 0, 0]]).twice(),
    drone(Slot::Ink, &[[450, 1180, 770, 330, 420], [40, 0, 0, 0, 0]]).twice(),
    strut(&[[2000, 2300, -2000, 60, 0], [2000, 2300, 2000, 0, 0]]),
    strut(&[[1080, 680, 0, 70, 0], [2000, 2300, -700, 0, 0]]),
    strut(&[[1080, 680, 0, 70, 0], [2000, 2300, 700, 0, 0]]),
    strut(&[[-100, 2300, 0, 60, 0], [2000, 2300, 0, 0, 0]]),
    strut(&[[800, 60, -1300, 40, 0], [800, 60, 1300, 0, 0]]),
    strut(&[[800, 60, -700, 30, 0], [700, 420, -500, 0, 0]]),
    strut(&[[800, 60, 700, 30, 0], [700, 420, 500, 0, 0]]),
    blade(Bone::UpperArm, &[[2000, 2370, -2000, 1450, 12], [70, 0, 0, 0, 0]]),
    blade(Bone::UpperArm, &[[2000, 2370, -2000, 70, 12], [1450, 0, 0, 0, 0]]),
    blade(Bone::Forearm, &[[2000, 2370, 2000, 1450, 12], [70, 0, 0, 0, 0]]),
    blade(Bone::Forearm, &[[2000, 2370, 2000, 70, 12], [1450, 0, 0, 0, 0]]),
    lamp(
        Slot::Glow,
        &[[2000, 2220, -2000, 90, 90], [90, 4, -1000, 1000, 0]],
    ),
    lamp(Slot::Red, &[[2000, 2220, 2000, 90, 90], [90, 4, -1000, 1000, 0]]),
    // The tram: a cabin with windows behind the driver's platform, and benches behind both that are open to the sky.
    tram(Slot::Ink, &[[0, 520, 0, 640, 150], [1500, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[0, 770, 0, 1050, 70], [3650, 0, 0, 0, 0]]),
    tram(Slot::Red, &[[0, 1180, -3600, 1000, 340], [45, 0, 0, 0, 0]]),
    tram(Slot::Red, &[[0, 1180, 3600, 1000, 340], [45, 0, 0, 0, 0]]),
    tram(Slot::White, &[[0, 1530, -3600, 1010, 28], [55, 0, 0, 0, 0]]),
    tram(Slot::White, &[[0, 1530, 3600, 1010, 28], [55, 0, 0, 0, 0]]),
    tram(Slot::Red, &[[0, 1200, 0, 1050, 360], [1320, 0, 0, 0, 0]]),
    tram(Slot::White, &[[0, 1570, 0, 1062, 34], [1330, 0, 0, 0, 0]]),
    tram(Slot::Ink, &[[0, 2030, 0, 1034, 440], [1290, 0, 0, 0, 0]]),
    post(&[[1040, 2030, -1290, 30, 470], [40, 0, 0, 0, 0]]),
    post(&[[1040, 2030, -430, 30, 470], [40, 0, 0, 0, 0]]),
    post(&[[1040, 2030, 430, 30, 470], [40, 0, 0, 0, 0]]),
    post(&[[1040, 2030, 1290, 30, 470], [40, 0, 0, 0, 0]]),
    post(&[[980, 1660, -3560, 32, 850], [32, 0, 0, 0, 0]]),
    post(&[[980, 1660, -2450, 32, 850], [32, 0, 0, 0, 0]]),
    post(&[[980, 1180, 2480, 32, 340], [32, 0, 0, 0, 0]]),
    tram(Slot::Metal, &[[0, 1000, 1480, 980, 30], [30, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[1000, 1500, 2480, 30, 30], [1100, 0, 0, 0, 0]]).twice(),
    tram(Slot::Wood, &[[0, 1420, 2240, 930, 180], [26, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[0, 1420, 3060, 930, 180], [26, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[0, 1130, -2820, 930, 40], [200, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[0, 1190, 1980, 930, 40], [230, 0, 0, 0, 0]]),
    tram(Slot::Wood, &[[0, 1190, 2830, 930, 40], [230, 0, 0, 0, 0]]),
    tram(Slot::White, &[[0, 2540, -1180, 1090, 50], [2560, 0, 0, 0, 0]]),
    tram(Slot::Red, &[[0, 2680, -1000, 560, 90], [1800, 0, 0, 0, 0]]),
    tram(Slot::White, &[[0, 2790, -1000, 640, 26], [1900, 0, 0, 0, 0]]),
    tram(Slot::Glow, &[[0, 1220, -3650, 120, 120], [26, 0, 0, 0, 0]]),
    tram(Slot::Metal, &[[0, 480, -3750, 900, 60], [60, 0, 0, 0, 0]]),
    tram(Slot::Metal, &[[0, 480, 3750, 900, 60], [60, 0, 0, 0, 0]]),
    Shape::new(
        Form::Bar,
        Bone::Ground,
        Slot::Metal,
        6,
        &[[0, 2800, -1700, 30, 0], [0, 3940, 500, 0, 0]],
    )
    .by(TRAM),
    tram_wheel(&[[560, 380, 380, -950, 380], [700, 380, 380, -950, 380]]),
    tram_wheel(&[[-700, 380, 380, -950, 380], [-560, 380, 380, -950, 380]]),
    tram_wheel(&[[560, 380, 380, 950, 380], [700, 380, 380, 950, 380]]),
    tram_wheel(&[[-700, 380, 380, 950, 380], [-560, 380, 380, 950, 380]]),
    // A bicycle of the city: white and green, low to step through, with a basket.
    hoop(&[[0, 330, -690, 304, 24], [0; 5]]),
    hoop(&[[0, 330, 330, 304, 24], [0; 5]]),
    tubing(Slot::Green, &[[0, 300, -140, 24, 0], [0, 800, -20, 0, 0]]),
    tubing(Slot::White, &[[0, 300, -140, 30, 0], [0, 760, -560, 0, 0]]),
    tubing(Slot::White, &[[0, 660, -560, 28, 0], [0, 960, -500, 0, 0]]),
    tubing(Slot::Metal, &[[60, 330, -690, 14, 0], [60, 680, -570, 0, 0]]).twice(),
    tubing(Slot::Green, &[[50, 330, 330, 14, 0], [40, 300, -140, 0, 0]]).twice(),
    tubing(Slot::Green, &[[50, 330, 330, 13, 0], [30, 700, -50, 0, 0]]).twice(),
    tubing(Slot::Metal, &[[0, 960, -500, 16, 0], [290, 990, -400, 0, 0]]).twice(),
    tubing(Slot::Ink, &[[220, 984, -424, 22, 0], [300, 992, -396, 0, 0]]).twice(),
    bicycle(Slot::Ink, &[[0, 830, 0, 85, 30], [130, 0, 0, 0, 0]]),
    bicycle(Slot::White, &[[0, 680, 350, 60, 14], [200, 0, 0, 0, 0]]),
    bicycle(Slot::Green, &[[0, 860, -760, 170, 12], [130, 0, 0, 0, 0]]),
    bicycle(Slot::White, &[[0, 930, -890, 170, 70], [10, 0, 0, 0, 0]]),
    bicycle(Slot::White, &[[0, 930, -630, 170, 70], [10, 0, 0, 0, 0]]),
    bicycle(Slot::White, &[[165, 930, -760, 8, 70], [130, 0, 0, 0, 0]]).twice(),
    bicycle(Slot::Glow, &[[0, 800, -720, 40, 30], [20, 0, 0, 0, 0]]),
    bicycle(Slot::Metal, &[[0, 290, -140, 130, 40], [40, 0, 0, 0, 0]]),
];

const fn bicycle(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    block(slot, rows).by(BICYCLE)
}

const fn tubing(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::new(Form::Bar, Bone::Ground, slot, 6, rows).by(BICYCLE)
}

const fn hoop(rows: &'static [[i16; 5]]) -> Shape {
    Shape::new(Form::Hoop, Bone::Ground, Slot::Tyre, 20, rows).by(BICYCLE)
}

const fn blade(bone: Bone, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::block(bone, Slot::Ink, rows).by(DRONE).twice()
}

const fn lamp(slot: Slot, rows: &'static [[i16; 5]; 2]) -> Shape {
    Shape::ball(Bone::Ground, slot, 8, rows).by(DRONE).twice()
}

/// Makes the mesh.
pub fn body() -> Sculpture {
    let mut sculpture = Sculpture {
        corners: Vec::new(),
        indices: Vec::new(),
        detail: Detail::ALL[0],
    };
    sculpture.run(&[SHAPES]);
    sculpture
}

/// What of the mesh a vehicle shows.
pub fn shown(vehicle: &Figure) -> u32 {
    1_u32.checked_shl(u32::from(vehicle.look[0])).unwrap_or(0)
}

/// A matrix for every bone.
pub fn matrices(vehicle: &Figure, time: f32) -> [Mat4; BONES] {
    let stand =
        Mat4::from_translation(Vec3::from(vehicle.position)) * Mat4::from_rotation_y(-vehicle.heading);
    let mut bones = [stand; BONES];
    for (bone, right) in ROTORS {
        for (side, number) in [(-1.0, bone as usize), (1.0, bone as usize + 2)] {
            let middle = Mat4::from_translation(right * vec3(side, 1.0, 1.0));
            let turned = Mat4::from_rotation_y(time * ROTOR_RATE * side);
            bones[number] = stand * middle * turned * middle.inverse();
        }
    }
    bones
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_shows_and_is_light() {
        let Sculpture { corners, indices, .. } = body();
        let kinds = Vehicle::ALL.map(|vehicle| vehicle as u8);
        for vehicle in kinds.into_iter().chain([stage::BICYCLE]) {
            let mask = 1 << vehicle;
            let shown = indices
                .chunks_exact(3)
                .filter(|triangle| corners[triangle[0] as usize].mask & mask != 0)
                .count();
            assert!((300..2_000).contains(&shown), "{vehicle}: {shown} triangles");
        }
    }

    #[test]
    fn whatever_stands_on_the_street_stands_on_it() {
        for corner in body().corners {
            assert!(
                (-0.001..4.0).contains(&corner.position[1]),
                "{:?}",
                corner.position
            );
        }
    }
}
