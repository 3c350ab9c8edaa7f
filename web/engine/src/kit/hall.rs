//! Korean timber halls: columns, brackets and roofs on whatever carries them.

use glam::{Vec2, vec2};
use shared::city::{Roof, measures};
use shared::space::Heading;

use super::{Kit, gate, lift, roof, terrace};
use crate::ground_map::{Flood, Lamp};
use crate::mesh::{Material, Mesh, Paint};
use crate::polygon::{self, Plan};

pub const SEOKGANJU: u32 = 0x7D_3A_2C;
pub const NOEROK: u32 = 0x4F_7A_66;
/// Timber that nobody has painted.
const TIMBER: u32 = 0x6B_4C_34;
/// How much narrower each storey is than the one below, on each side, in bays.
const SET_BACK_BAYS: f32 = 0.28;

/// How far in front of its walls a hall is lit: as far as its eaves and a gate's foot reach.
const FLOOD_M: f32 = 4.5;

/// Measures of a hall.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Bays along the front.
    pub bays: u32,
    /// Bays in depth.
    pub depth_bays: u32,
    /// Width of a bay.
    pub bay_m: f32,
    /// Height of the base.
    pub base_m: f32,
    /// Arched passages through the base.
    pub arches: u32,
    /// Storeys, each with its own roof.
    pub storeys: u32,
    /// Form of the top roof; those below go round.
    pub roof: Roof,
    /// No walls between the columns.
    pub open: bool,
    /// Tiers of terrace below the base.
    pub terrace: u32,
    /// Rails along the terrace.
    pub rails: bool,
    /// Bays in the middle whose doors stand open.
    pub doors: u8,
    /// Bare timber and white plaster instead of paint.
    pub plain: bool,
}

impl Frame {
    /// Left and right edges of the ways through, from the middle, from left to right.
    fn doorways(self) -> Vec<(f32, f32)> {
        let half = measures::doorway_cm(self.bay_m * 100.0) / 200.0;
        measures::doorways_cm(self.bay_m * 100.0, self.doors)
            .map(|middle| (middle / 100.0 - half, middle / 100.0 + half))
            .collect()
    }

    /// Whether a bay of the front is open, counted from the left.
    fn is_open(self, bay: u32) -> bool {
        let doors = u32::from(self.doors);
        let first = (self.bays - doors.min(self.bays)) / 2;
        (first..first + doors).contains(&bay)
    }
}

/// Builds one.
pub fn build(kit: &mut Kit, at: Vec2, facing: Heading, frame: Frame) {
    let half = vec2(frame.bays as f32, frame.depth_bays as f32) * frame.bay_m / 2.0;
    let plan = Plan::new(at, facing, half);
    let mut floor = frame.base_m;
    if frame.arches > 0 {
        gate::base(&mut kit.standing, &plan, frame);
    } else {
        let ground = terrace::build(kit, &plan, frame);
        floor += ground;
        let mesh = &mut kit.standing;
        let foot = plan.half + 1.5;
        let mut left = -foot.x;
        for (end, next) in frame.doorways().into_iter().chain([(foot.x, foot.x)]) {
            let pier = Plan {
                at: plan.point(f32::midpoint(left, end), 0.0),
                ..plan
            };
            terrace::tier(mesh, &pier, vec2((end - left) / 2.0, foot.y), (ground, floor));
            left = next;
        }
        if frame.doors == 0 {
            let wide = (plan.half.x * 0.34).max(1.4);
            let reach = frame.base_m * 1.7;
            terrace::stair(mesh, &plan, foot.y, (ground, floor), (wide, reach));
        }
    }
    // A column is a little lower than a bay is wide; upper storeys are lower still.
    let mesh = &mut kit.standing;
    for storey in 0..frame.storeys {
        let last = storey + 1 == frame.storeys;
        let back = SET_BACK_BAYS * frame.bay_m * storey as f32;
        let half = (half - back).max(Vec2::splat(1.2));
        let column = frame.bay_m * if storey == 0 { 0.80 } else { 0.52 };
        let brackets = if frame.plain {
            0.25
        } else {
            (frame.bay_m * 0.24).clamp(0.7, 1.4)
        };
        let body = Plan { half, ..plan };
        let open = frame.open || frame.arches > 0 && storey == 0;
        let gated = frame.doors > 0 && storey == 0;
        timber(mesh, &body, frame, (floor, column), (open, gated));
        if gated {
            leaves(mesh, &body, frame, floor + column * 0.84);
        }
        if !frame.plain {
            let ring = |grow: f32| plan.corners(half + grow);
            let (inner, outer) = (ring(0.15), ring(0.15 + brackets * 0.75));
            band(mesh, &inner, &outer, (floor + column, brackets));
        }
        let eaves_low = floor + column + brackets * 0.82;
        // The foot-to-eave line stands some thirty degrees off the vertical.
        let reach = (column + brackets) * 0.56 + 0.3;
        // Between brackets and roof no sky shows.
        let loft = Paint::new(Material::Plain, if frame.plain { TIMBER } else { 0x3A_52_46 });
        let heights = (floor + column - 0.02, eaves_low + reach * 0.3);
        mesh.block(loft, body.at, body.right, half + 0.14, heights);
        let eaves = half + reach;
        let shape = if last {
            let rise = eaves.y * if frame.roof == Roof::Matbae { 0.62 } else { 0.72 };
            roof::Shape {
                form: frame.roof,
                eaves,
                reach,
                low: eaves_low,
                high: eaves_low + rise,
                lift: if frame.plain { 0.3 } else { 0.9 },
                plain: frame.plain,
            }
        } else {
            // A skirt of roof round the storey: a hip whose top the next storey hides.
            roof::Shape {
                form: Roof::Ujingak,
                eaves,
                reach,
                low: eaves_low,
                high: eaves_low + eaves.y * 0.5,
                lift: 0.8,
                plain: frame.plain,
            }
        };
        roof::build(mesh, &mut kit.detail, &plan, shape);
        floor = eaves_low + reach * 0.55;
    }
    kit.footprints.push(plan.corners(half).to_vec());
    if frame.plain {
        return;
    }
    for x in [-0.8, 0.8] {
        kit.lamps.push(Lamp {
            at: plan.point(half.x * x, half.y + 2.0),
            strength: 0.7,
        });
    }
    // A gate is the city's face at night; a court is calmer.
    kit.floods.push(Flood {
        ring: plan.corners(half + FLOOD_M).to_vec(),
        strength: if frame.arches > 0 { 1.0 } else { 0.5 },
    });
}

/// Columns, beams, and lattice between them; open passages below a gate's upper room stay open.
fn timber(
    mesh: &mut Mesh,
    plan: &Plan,
    frame: Frame,
    (floor, column): (f32, f32),
    (open, gated): (bool, bool),
) {
    let [red, green, lattice] = if frame.plain {
        [
            Paint::new(Material::Plain, TIMBER),
            Paint::new(Material::Plain, TIMBER),
            Paint::new(Material::Lattice, 0x9A_7B_56),
        ]
    } else {
        [
            Paint::new(Material::Plain, SEOKGANJU),
            Paint::new(Material::Dancheong, NOEROK),
            Paint::new(Material::Lattice, 0x5C_7A_68),
        ]
    };
    let plaster = Paint::new(Material::Plain, 0xE6_DD_CA);
    let thick = (frame.bay_m / 11.0).clamp(0.22, 0.6);
    let half = plan.half;
    let column_at = |a: f32, b: f32| plan.point(half.x * a, half.y * b);
    for i in 0..=frame.bays {
        for j in 0..=frame.depth_bays {
            let holds_doors = gated && j * 2 == frame.depth_bays;
            let is_outside = i == 0 || j == 0 || i == frame.bays || j == frame.depth_bays;
            if open || holds_doors || is_outside {
                let a = i as f32 / frame.bays as f32 * 2.0 - 1.0;
                let b = j as f32 / frame.depth_bays as f32 * 2.0 - 1.0;
                let r = thick / 2.0;
                let stone = Paint::new(Material::Plain, 0xB9_B4_A8);
                mesh.lathe(
                    stone,
                    column_at(a, b),
                    &[(r * 1.7, floor), (r * 1.5, floor + 0.14)],
                    8,
                );
                // Widest a third up, as the eye wants it.
                let shaft = [
                    (r, floor + 0.14),
                    (r * 1.06, floor + column * 0.35),
                    (r * 0.9, floor + column),
                ];
                mesh.lathe(red, column_at(a, b), &shaft, 8);
            }
        }
    }
    let corners = plan.corners(half);
    for (side, from) in corners.into_iter().enumerate() {
        let (a, b) = (from, corners[(side + 1) % 4]);
        // The front comes first, then each to the right of the one before.
        let is_gated = gated && side % 2 == 0;
        let stretches = match side % 2 {
            0 if is_gated || frame.plain => frame.bays,
            1 if frame.plain => frame.depth_bays,
            _ => 1,
        };
        for bay in 0..if open { 0 } else { stretches } {
            if is_gated && frame.is_open(bay) {
                continue;
            }
            let [a, b] = [bay, bay + 1].map(|k| a.lerp(b, k as f32 / stretches as f32));
            let (low, high) = (floor, floor + column * 0.86);
            let quad = [lift(a, low), lift(b, low), lift(b, high), lift(a, high)];
            // A house has doors to its yard, and walls elsewhere.
            let is_wall = frame.plain && (side > 0 || bay % 3 == 2);
            let paint = if is_wall { plaster } else { lattice };
            mesh.quad_at(paint, quad, Vec2::ZERO, [0.45, 0.3]);
        }
        let outward = (b - a).perp().normalize_or_zero() * -0.12;
        let beam = [
            lift(a + outward, floor + column * 0.86),
            lift(b + outward, floor + column * 0.86),
            lift(b + outward, floor + column),
            lift(a + outward, floor + column),
        ];
        mesh.quad_at(green, beam, vec2(0.0, 0.0), [0.4, 0.35]);
    }
    if open {
        // Beams from column to column, seen from below.
        let beam = |mesh: &mut Mesh, right: f32, front: f32, along: Vec2, half: f32| {
            let heights = (floor + column * 0.86, floor + column);
            mesh.block(
                green,
                plan.point(right, front),
                along,
                vec2(half, thick * 0.4),
                heights,
            );
        };
        for i in 0..=frame.bays {
            let a = i as f32 / frame.bays as f32 * 2.0 - 1.0;
            beam(mesh, half.x * a, 0.0, plan.front, half.y);
        }
        for j in 0..=frame.depth_bays {
            let b = j as f32 / frame.depth_bays as f32 * 2.0 - 1.0;
            beam(mesh, 0.0, half.y * b, plan.right, half.x);
        }
    }
}

/// The leaves of the open doors, swung back against the columns of the middle row.
fn leaves(mesh: &mut Mesh, plan: &Plan, frame: Frame, high: f32) {
    let planks = Paint::new(Material::Planks, 0x6E_2F_24);
    for (left, right) in frame.doorways() {
        let half = (right - left) / 4.0;
        for edge in [left + 0.1, right - 0.1] {
            let at = plan.point(edge, -half);
            mesh.block(planks, at, plan.front, vec2(half, 0.06), (0.12, high));
        }
    }
}

/// The toothed, painted band of brackets between an outline and one farther out, which is higher.
pub fn band(mesh: &mut Mesh, inner: &[Vec2], outer: &[Vec2], (low, tall): (f32, f32)) {
    let paint = Paint::new(Material::Dancheong, NOEROK);
    for ((a, b), (c, d)) in polygon::sides(inner).zip(polygon::sides(outer)) {
        let corners = [
            lift(a, low),
            lift(b, low),
            lift(d, low + tall),
            lift(c, low + tall),
        ];
        mesh.quad_at(paint, corners, vec2(0.0, 0.0), [0.45, 0.3]);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use glam::Vec3;

    /// Of a gate about like Sungnyemun.
    pub fn gate_frame(arches: u32) -> Frame {
        Frame {
            bays: 5,
            depth_bays: 2,
            bay_m: 5.0,
            base_m: 7.0,
            arches,
            storeys: 2,
            roof: Roof::Ujingak,
            open: false,
            terrace: 0,
            rails: false,
            doors: 0,
            plain: false,
        }
    }

    #[test]
    fn a_gate_of_two_storeys_is_about_as_high_as_sungnyemun() {
        let mut kit = Kit::default();
        build(&mut kit, Vec2::ZERO, Heading(128), gate_frame(1));
        let top = kit
            .standing
            .vertices
            .iter()
            .map(|v| Vec3::from(v.position).y)
            .fold(0.0, f32::max);
        assert!((17.0..26.0).contains(&top), "{top}");
    }

    fn hall(open: bool, terrace: u32) -> Kit {
        let mut kit = Kit::default();
        let frame = Frame {
            bays: 5,
            depth_bays: 4,
            bay_m: 5.0,
            base_m: 1.0,
            arches: 0,
            storeys: 1,
            roof: Roof::Paljak,
            open,
            terrace,
            rails: terrace > 0,
            doors: 0,
            plain: false,
        };
        build(&mut kit, Vec2::ZERO, Heading(128), frame);
        kit
    }

    #[test]
    fn a_terrace_lifts_the_hall_and_reaches_as_far_as_walkers_are_kept_out() {
        let top = |kit: &Kit| {
            kit.standing
                .vertices
                .iter()
                .map(|v| v.position[1])
                .fold(0.0, f32::max)
        };
        let (flat, high) = (hall(false, 0), hall(false, 2));
        assert!((top(&high) - top(&flat) - 2.2).abs() < 0.01);
        let reach = high
            .standing
            .vertices
            .iter()
            .map(|v| v.position[0])
            .fold(0.0, f32::max);
        assert!((reach - (12.5 + 1.5 + 8.0)).abs() < 0.01, "{reach}");
        assert!(
            high.detail.indices.len() > flat.detail.indices.len(),
            "rails have posts"
        );
    }

    #[test]
    fn an_open_hall_has_no_walls_and_columns_within() {
        let lattice = |kit: &Kit| {
            let walls = kit.standing.vertices.iter();
            walls.filter(|v| v.material[0] == Material::Lattice as u8).count()
        };
        let (walled, open) = (hall(false, 0), hall(true, 0));
        assert!(lattice(&walled) > 0 && lattice(&open) == 0);
        let inside = open.standing.vertices.iter().map(|v| v.position);
        let inside = inside.filter(|p| p[0].abs() < 9.0 && p[2].abs() < 6.0 && (1.5..3.0).contains(&p[1]));
        assert!(inside.count() > 0, "columns stand within");
    }
}
