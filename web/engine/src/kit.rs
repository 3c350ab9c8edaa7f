//! The building kit: from the parts of a place to triangles. One file for each family of parts.
//!
//! The kit decides form from parameters, and knows no city: a landmark is a part like any other.

mod altar;
mod building;
mod canal;
mod far;
mod gate;
mod ground;
mod hall;
mod hill;
mod hull;
mod pavilion;
mod road;
mod roof;
mod room;
mod slope;
mod spire;
mod stall;
mod statue;
mod stone_hall;
mod street;
mod terrace;
mod tower;
mod tree;
mod tube;
mod wall;
mod wave_hall;

use glam::{Vec2, Vec3};
use shared::city::{self, Place, canal::Canal, hull::Hull, transit::Vehicle};

use crate::ground_map::{Flood, Lamp};
use crate::mesh::Mesh;
use crate::place::Spray;
use crate::polygon;

/// From how near parts are to be seen, and so which of their meshes are of use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// From afar only.
    #[default]
    Far,
    /// Coarsely, too.
    Middle,
    /// From everywhere.
    Near,
}

/// What the kit makes of some parts of a place.
#[derive(Clone, Debug, Default)]
pub struct Kit {
    /// From how near.
    pub grade: Grade,
    /// What rises from the ground.
    pub standing: Mesh,
    /// What is too fine to be seen from afar; of use at [`Grade::Near`].
    pub detail: Mesh,
    /// What stands for it there; of use from [`Grade::Middle`] on.
    pub coarse: Mesh,
    /// What stands for that farther away still.
    pub shapes: Mesh,
    /// What lies.
    pub ground: Mesh,
    /// What closes the view.
    pub far: Mesh,
    /// What shines through.
    pub sprays: Vec<Spray>,
    /// Where lamps hang.
    pub lamps: Vec<Lamp>,
    /// What is lit from below.
    pub floods: Vec<Flood>,
    /// Outlines of what shades the ground at its foot.
    pub footprints: Vec<Vec<Vec2>>,
}

/// A number in 0..1 out of two, evenly spread, the same everywhere.
pub fn scatter(a: u32, b: u32) -> f32 {
    let mut h = a.wrapping_mul(0x8DA6_B343) ^ b.wrapping_mul(0xD816_3841).wrapping_add(0x9E37_79B9);
    h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
    h = (h ^ (h >> 12)).wrapping_mul(0x297A_2D39);
    ((h ^ (h >> 15)) & 0xFFFF) as f32 / 65_535.0
}

/// Mixes two sRGB colours.
pub fn mixed(a: u32, b: u32, t: f32) -> u32 {
    let [_, r0, g0, b0] = a.to_be_bytes();
    let [_, r1, g1, b1] = b.to_be_bytes();
    let mix = |x: u8, y: u8| {
        (f32::from(x) + (f32::from(y) - f32::from(x)) * t)
            .round()
            .clamp(0.0, 255.0) as u8
    };
    u32::from_be_bytes([0, mix(r0, r1), mix(g0, g1), mix(b0, b1)])
}

fn m(cm: u32) -> f32 {
    cm as f32 / 100.0
}

impl Kit {
    /// A kit with nothing in it.
    pub fn new(grade: Grade) -> Self {
        Self {
            grade,
            ..Self::default()
        }
    }

    /// What lies on the ground of a place, and what closes the view around it.
    pub fn around(place: &Place) -> Self {
        let mut kit = Self::new(Grade::Far);
        ground::build(&mut kit, place);
        for (index, part) in place.parts.iter().enumerate() {
            if is_far(place, &part.kit) {
                kit.add(&part.kit, index as u32, floor_m(place, part));
            }
        }
        match place.ceiling_cm {
            0 => {
                far::build(&mut kit, place);
                if place.above_cm > 0 {
                    slope::build(&mut kit, place);
                }
            }
            ceiling_cm => room::ceiling(&mut kit, &polygon::outline_m(&place.bounds), m(ceiling_cm)),
        }
        // What lies is open above a canal: so it comes when all that does is there.
        let canals = place
            .parts
            .iter()
            .filter(|part| matches!(part.kit, city::Kit::Canal { .. }));
        for part in canals {
            canal::build(&mut kit, &part.kit);
        }
        kit
    }

    /// Makes a part whose floor lies so high, in metres; its number among the parts of the place is what it differs from its
    /// like by.
    pub fn add(&mut self, part: &city::Kit, index: u32, floor: f32) {
        let before = (self.meshes().map(|mesh| mesh.vertices.len()), self.sprays.len());
        one(self, part, index);
        if floor != 0.0 {
            for (mesh, first) in self.meshes().into_iter().zip(before.0) {
                for corner in mesh.vertices.iter_mut().skip(first) {
                    corner.position[1] += floor;
                }
            }
            for spray in self.sprays.iter_mut().skip(before.1) {
                spray.at.y += floor;
            }
        }
        if self.grade < Grade::Near {
            self.detail = Mesh::default();
        }
        if self.grade < Grade::Middle {
            self.coarse = Mesh::default();
        }
    }

    fn meshes(&mut self) -> [&mut Mesh; 6] {
        [
            &mut self.standing,
            &mut self.detail,
            &mut self.coarse,
            &mut self.shapes,
            &mut self.ground,
            &mut self.far,
        ]
    }
}

/// How high the floor of a part lies, in metres: on the street, at the bottom of the canal that it is in, or on the land
/// below a hilltop.
pub fn floor_m(place: &Place, part: &city::Part) -> f32 {
    if place.looks_down_on(&part.kit) {
        return -m(place.above_cm);
    }
    if part.level == 0 {
        return 0.0;
    }
    let at = part.kit.points().first().copied().unwrap_or_default();
    let at = Vec2::new(at.x as f32, at.z as f32);
    let canals = place.parts.iter().filter(|other| other.level == part.level);
    let canals = canals.filter_map(|other| Canal::of(&other.kit));
    let nearest = canals.min_by(|a, b| {
        let aside = |canal: &Canal| canal.strip.locate(at).y.abs();
        aside(a).total_cmp(&aside(b))
    });
    nearest.map_or(0.0, |canal| -canal.depth / 100.0)
}

/// Whether a part belongs to what closes the view, and is there from the beginning.
pub fn is_far(place: &Place, part: &city::Kit) -> bool {
    let closes = matches!(part, city::Kit::Hill { .. } | city::Kit::Tower { .. });
    closes || place.looks_down_on(part) && !lies(part)
}

/// Whether a part lies on the ground: ordered and built together with all that do.
pub fn lies(part: &city::Kit) -> bool {
    matches!(
        part,
        city::Kit::Ground { .. } | city::Kit::Road { .. } | city::Kit::Canal { .. }
    )
}

// One arm for each part, and nothing else.
#[allow(clippy::too_many_lines)]
fn one(kit: &mut Kit, part: &city::Kit, seed: u32) {
    match part {
        // Lies on the ground: ordered and built together.
        city::Kit::Ground { .. } | city::Kit::Road { .. } | city::Kit::Canal { .. } => {}
        city::Kit::Building {
            outline,
            height_cm,
            storeys,
            facade,
        } => {
            building::build(
                kit,
                &polygon::outline_m(outline),
                m(*height_cm),
                *storeys,
                *facade,
                seed,
            );
        }
        city::Kit::WaveHall {
            outline,
            height_cm,
            overhang_cm,
            facing,
        } => {
            wave_hall::build(
                kit,
                &polygon::outline_m(outline),
                m(*height_cm),
                m(*overhang_cm),
                *facing,
            );
        }
        city::Kit::Hull { .. } => {
            if let Some(hull) = Hull::of(part) {
                hull::build(kit, &hull);
            }
        }
        city::Kit::StoneHall {
            outline,
            cornice_cm,
            top_cm,
            storeys,
            facing,
            brick,
            crown,
        } => {
            let style = stone_hall::Style {
                cornice: m(*cornice_cm),
                top: m(*top_cm),
                storeys: *storeys,
                brick: *brick,
                crown: *crown,
            };
            stone_hall::build(kit, &polygon::outline_m(outline), *facing, style);
        }
        city::Kit::Hall {
            at,
            facing,
            bays,
            depth_bays,
            bay_cm,
            base_cm,
            arches,
            storeys,
            roof,
            open,
            terrace,
            rails,
            doors,
            plain,
        } => {
            let frame = hall::Frame {
                bays: u32::from(*bays).max(1),
                depth_bays: u32::from(*depth_bays).max(1),
                bay_m: m(*bay_cm).max(0.5),
                base_m: m(*base_cm),
                arches: u32::from(*arches),
                storeys: u32::from(*storeys).clamp(1, 5),
                roof: *roof,
                open: *open,
                terrace: u32::from(*terrace),
                rails: *rails,
                doors: *doors,
                // Nobody paints under straw.
                plain: *plain || *roof == city::Roof::Choga,
            };
            hall::build(kit, at.to_m(), *facing, frame);
        }
        city::Kit::Pavilion {
            at,
            facing,
            sides,
            width_cm,
            base_cm,
            storeys,
            open,
            rails,
        } => {
            let frame = pavilion::Frame {
                sides: *sides,
                width_m: m(*width_cm),
                base_m: m(*base_cm),
                storeys: *storeys,
                open: *open,
                rails: *rails,
            };
            pavilion::build(kit, at.to_m(), *facing, frame);
        }
        city::Kit::Altar {
            at,
            facing,
            radius_cm,
            tiers,
            canopy,
        } => altar::build(kit, at.to_m(), *facing, m(*radius_cm), *tiers, *canopy),
        city::Kit::Wall {
            path,
            height_cm,
            thickness_cm,
            finish,
        } => {
            let path: Vec<Vec2> = path.iter().map(|p| p.to_m()).collect();
            wall::build(kit, &path, m(*height_cm), m(*thickness_cm), *finish);
        }
        city::Kit::Portal {
            at, facing, width_cm, ..
        } => room::portal(kit, at.to_m(), *facing, m(*width_cm), seed),
        city::Kit::Table {
            at,
            facing,
            length_cm,
            depth_cm,
        } => room::table(kit, at.to_m(), *facing, m(*length_cm), m(*depth_cm)),
        city::Kit::Picture {
            at,
            facing,
            width_cm,
            height_cm,
            foot_cm,
            shapes,
        } => {
            let size = Vec2::new(m(*width_cm), m(*height_cm));
            room::picture(kit, at.to_m(), *facing, size, m(*foot_cm), shapes);
        }
        city::Kit::Tree {
            at,
            height_cm,
            species,
        } => tree::build(kit, at.to_m(), m(*height_cm), *species, seed),
        city::Kit::Lamp { at, height_cm } => street::lamp(kit, at.to_m(), m(*height_cm), seed),
        city::Kit::Seat {
            at,
            facing,
            length_cm,
        } => street::seat(kit, at.to_m(), *facing, m(*length_cm)),
        city::Kit::BicycleRack { at, facing, bicycles } => {
            street::bicycle_rack(kit, at.to_m(), *facing, *bicycles);
        }
        city::Kit::Planter {
            at,
            facing,
            length_cm,
        } => {
            street::planter(kit, at.to_m(), *facing, m(*length_cm), seed);
        }
        city::Kit::Fountain {
            at,
            radius_cm,
            jet_cm,
        } => {
            street::fountain(kit, at.to_m(), m(*radius_cm), m(*jet_cm), seed);
        }
        city::Kit::Hill {
            at,
            height_cm,
            radius_cm,
            granite,
        } => {
            hill::build(kit, at.to_m(), m(*height_cm), m(*radius_cm), *granite, seed);
        }
        city::Kit::Tower {
            at,
            foot_cm,
            height_cm,
        } => tower::build(kit, at.to_m(), m(*foot_cm), m(*height_cm)),
        city::Kit::Stop {
            at,
            facing,
            vehicle: Vehicle::Bus,
        } => street::bus_stop(kit, at.to_m(), *facing),
        city::Kit::Stop {
            at,
            facing,
            vehicle: Vehicle::Tram,
        } => street::tram_post(kit, at.to_m(), *facing),
        city::Kit::Stop { at, .. } => street::pad(kit, at.to_m(), seed),
        city::Kit::Flag { at, height_cm } => street::flag(kit, at.to_m(), m(*height_cm), seed),
        city::Kit::Statue {
            at,
            facing,
            figure,
            height_cm,
            base_cm,
        } => statue::build(kit, at.to_m(), *facing, *figure, m(*height_cm), m(*base_cm)),
        city::Kit::Spire { at, height_cm } => spire::build(kit, at.to_m(), m(*height_cm)),
        city::Kit::Stall {
            at,
            facing,
            length_cm,
        } => stall::stall(kit, at.to_m(), *facing, m(*length_cm), seed),
        city::Kit::Lantern { at, height_cm } => stall::lantern(kit, at.to_m(), m(*height_cm), seed),
    }
}

/// A point on the plan at a height.
fn lift(p: Vec2, y: f32) -> Vec3 {
    Vec3::new(p.x, y, p.y)
}

#[cfg(test)]
mod tests {
    use shared::space::Point;

    use super::*;

    #[test]
    fn scatter_is_evenly_spread() {
        let mean = (0..1_000).map(|k| scatter(k, 7)).sum::<f32>() / 1_000.0;
        assert!((mean - 0.5).abs() < 0.03, "{mean}");
    }

    #[test]
    fn the_land_around_a_hilltop_lies_below_it() {
        let square = |middle: i32, half: i32| {
            [(-1, 1), (1, 1), (1, -1), (-1, -1)]
                .map(|(x, z)| Point::new(middle + x * half, z * half))
                .to_vec()
        };
        let house = |middle: i32| city::Part {
            name: None,
            level: 0,
            kit: city::Kit::Building {
                outline: square(middle, 1_000),
                height_cm: 3_000,
                storeys: 8,
                facade: city::Facade::Glass,
            },
        };
        let place = Place {
            id: "top".to_owned(),
            origin_lat_lon: [37.5, 127.0],
            capacity: 1,
            bounds: square(0, 5_000),
            spots: Vec::new(),
            parts: vec![house(0), house(200_000)],
            strolls: Vec::new(),
            ceiling_cm: 0,
            transit: Vec::new(),
            past: None,
            rites: Vec::new(),
            above_cm: 20_000,
        };
        let floors = [0, 1].map(|k| floor_m(&place, &place.parts[k]) as i32);
        assert_eq!(floors, [0, -200]);
        let kit = Kit::around(&place);
        let top = |mesh: &Mesh| {
            let heights = mesh.vertices.iter().map(|corner| corner.position[1]);
            heights.fold(f32::MIN, f32::max)
        };
        // The house on the land is there from the beginning, and nothing else rises above the top: one looks over it all.
        assert!(
            (-175.0..-165.0).contains(&top(&kit.standing)),
            "{}",
            top(&kit.standing)
        );
        assert!(top(&kit.far) <= 0.0, "{}", top(&kit.far));
    }
}
