//! A symmetrical civic hall: a granite base, tall windows between piers, a cornice; and over the entrance a stepped tower
//! with a clock, or a wide dome, or a round turret at each end of the front.

use glam::{Vec2, vec2};
use shared::{city::Crown, space::Heading};

use super::{Kit, building, ground, lift};
use crate::ground_map::{Flood, Lamp};
use crate::mesh::{Material, Mesh, Paint, decimetres};
use crate::polygon::Plan;

const RENDER: u32 = 0xCD_C3_AE;
const GRANITE: u32 = 0xB2_AC_9F;
const BRICK: u32 = 0x96_4E_3C;
const SLATE: u32 = 0x5E_66_68;
const COPPER: u32 = 0x6E_86_78;
/// How wide a round turret is from its middle, in metres.
const TURRET_M: f32 = 3.4;
/// Width of a window's bay, in metres.
const BAY_M: f32 = 3.2;

/// What sets one apart from another.
#[derive(Clone, Copy)]
pub struct Style {
    /// Height of the cornice, in metres.
    pub cornice: f32,
    /// Height of the crown, in metres.
    pub top: f32,
    /// Below the cornice.
    pub storeys: u8,
    /// Between the piers.
    pub brick: bool,
    /// What rises above the cornice.
    pub crown: Crown,
}

fn block(
    mesh: &mut Mesh,
    paint: Paint,
    plan: &Plan,
    (right, front): (f32, f32),
    half: Vec2,
    heights: (f32, f32),
) {
    mesh.block(paint, plan.point(right, front), plan.right, half, heights);
}

/// Builds it on an outline.
pub fn build(kit: &mut Kit, ring: &[Vec2], facing: Heading, style: Style) {
    let cornice = style.cornice;
    let plan = Plan::around(ring, facing);
    let (w, d) = (plan.half.x, plan.half.y);
    let storey = cornice / f32::from(style.storeys.max(1));
    let body = if style.brick { BRICK } else { RENDER };
    let face = Paint::new(Material::Civic, body).with(decimetres(storey), decimetres(BAY_M));
    let base = Paint::new(Material::Stone, GRANITE).with(58, 0);
    let trim = Paint::new(Material::Plain, 0xD9_D1_BE);
    let mesh = &mut kit.standing;
    let rectangle = |right: f32, front: f32, half: Vec2| {
        [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .map(|(a, b)| plan.point(right + a * half.x, front + b * half.y))
    };
    // A body, two end pavilions that step forward, and a middle that steps further: corners give it its shadow.
    let middle = (w * 0.17).clamp(4.0, 9.0);
    let end = (w * 0.13).clamp(3.5, 7.0);
    let volumes = [
        (0.0, -0.8, vec2(w, d - 0.8), cornice),
        (-(w - end), 0.0, vec2(end, d), cornice + 0.7),
        (w - end, 0.0, vec2(end, d), cornice + 0.7),
        (0.0, 0.45, vec2(middle, d + 0.45), cornice + 1.6),
    ];
    for (right, front, half, top) in volumes {
        let corners = rectangle(right, front, half);
        building::walls(mesh, face, &corners, (1.5, top));
        // Granite up to the first sills, a band at each end of the middle storeys, a cornice in two steps.
        block(mesh, base, &plan, (right, front), half + 0.22, (0.0, 1.5));
        block(
            mesh,
            trim,
            &plan,
            (right, front),
            half + 0.14,
            (storey - 0.18, storey + 0.22),
        );
        block(
            mesh,
            trim,
            &plan,
            (right, front),
            half + 0.30,
            (top - 0.75, top - 0.35),
        );
        block(
            mesh,
            trim,
            &plan,
            (right, front),
            half + 0.65,
            (top - 0.35, top + 0.15),
        );
        block(
            mesh,
            Paint::new(Material::Plain, RENDER),
            &plan,
            (right, front),
            half + 0.1,
            (top + 0.15, top + 1.0),
        );
        piers(
            mesh,
            trim,
            &plan,
            (right, front, half),
            (storey + 0.2, top - 0.75),
        );
    }
    entrance(mesh, &plan, d + 0.9, storey);
    match style.crown {
        Crown::Tower => clock_tower(kit, &plan, d, cornice + 2.6, style.top),
        Crown::Dome => dome(kit, &plan, d, cornice + 2.6, style),
        Crown::Turrets => turrets(&mut kit.standing, &plan, style),
    }
    // Lamps at its foot light the face at night.
    for k in -3..=3 {
        kit.lamps.push(Lamp {
            at: plan.point(w * k as f32 / 3.4, d + 2.5),
            strength: 1.1,
        });
    }
    kit.footprints.push(ring.to_vec());
    kit.floods.push(Flood {
        ring: plan.corners(vec2(w, d) + 2.0).to_vec(),
        strength: 0.8,
    });
}

/// Flat piers between the windows of the front and the sides.
fn piers(
    mesh: &mut Mesh,
    paint: Paint,
    plan: &Plan,
    (right, front, half): (f32, f32, Vec2),
    heights: (f32, f32),
) {
    let bays = (half.x * 2.0 / BAY_M).round().max(1.0);
    for k in 0..=bays as u32 {
        let x = -half.x + 2.0 * half.x * k as f32 / bays;
        block(
            mesh,
            paint,
            plan,
            (right + x.clamp(-half.x + 0.3, half.x - 0.3), front + half.y),
            vec2(0.28, 0.13),
            heights,
        );
    }
}

/// Three doors under a canopy, and steps.
fn entrance(mesh: &mut Mesh, plan: &Plan, front: f32, storey: f32) {
    let stone = Paint::new(Material::Stone, GRANITE).with(45, 0);
    let dark = Paint::new(Material::Glass, 0x3E_44_46).with(30, 12);
    for k in 0..3 {
        let step = k as f32 * 0.16;
        block(
            mesh,
            stone,
            plan,
            (0.0, front + 1.2),
            vec2(6.6 - step * 2.2, 1.6 - step * 2.4),
            (step, step + 0.16),
        );
    }
    for x in [-3.3, 0.0, 3.3] {
        block(
            mesh,
            dark,
            plan,
            (x, front - 0.02),
            vec2(1.05, 0.06),
            (0.48, storey * 0.82),
        );
    }
    for x in [-4.9, -1.65, 1.65, 4.9] {
        block(
            mesh,
            stone,
            plan,
            (x, front + 0.12),
            vec2(0.42, 0.32),
            (0.0, storey * 0.9),
        );
    }
    block(
        mesh,
        stone,
        plan,
        (0.0, front + 0.7),
        vec2(5.8, 1.1),
        (storey * 0.9, storey * 0.9 + 0.5),
    );
}

/// A stepped tower with a clock on its front, a lantern and a low dome.
fn clock_tower(kit: &mut Kit, plan: &Plan, depth: f32, foot: f32, top: f32) {
    let mesh = &mut kit.standing;
    let rise = (top - foot).max(4.0);
    let front = depth - 5.2;
    let face = Paint::new(Material::Civic, RENDER).with(decimetres(rise * 0.42), 21);
    let trim = Paint::new(Material::Plain, 0xD9_D1_BE);
    let square = |half: f32| square(plan, front, half);
    let steps = [(5.4, 0.0, 0.44), (4.3, 0.44, 0.74), (3.2, 0.74, 0.86)];
    for (half, low, high) in steps {
        let (low, high) = (foot + rise * low - 1.0, foot + rise * high);
        let paint = if half > 5.0 {
            face
        } else {
            Paint::new(Material::Stone, RENDER).with(80, 0)
        };
        building::walls(mesh, paint, &square(half), (low, high));
        ground::area(mesh, trim, &square(half), high);
        block(
            mesh,
            trim,
            plan,
            (0.0, front),
            Vec2::splat(half + 0.32),
            (high - 0.4, high + 0.12),
        );
    }
    // The clock, on the second step, a disc just before the wall.
    let radius = 1.45;
    let middle = foot + rise * 0.585;
    let clock = Paint::new(Material::Clock, 0xFF_FF_FF);
    let turn = std::f32::consts::TAU;
    disc(
        mesh,
        clock,
        plan,
        (front + 4.3 + 0.1, middle),
        (radius, 1.0),
        (28, turn),
    );
    // The dome, dull green copper, with its finial.
    let copper = Paint::new(Material::Plain, COPPER);
    let at = plan.point(0.0, front);
    let (low, high) = (foot + rise * 0.86, top);
    let tall = high - low;
    mesh.lathe(copper, at, &cap(2.7, (low + 0.1, low + 0.1 + tall * 0.62)), 16);
    mesh.lathe(copper, at, &[(0.12, low + tall * 0.6), (0.04, high)], 6);
}

/// The corners of an upright square block in the middle of the front.
fn square(plan: &Plan, front: f32, half: f32) -> [Vec2; 4] {
    [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)].map(|(a, b)| plan.point(a * half, front + b * half))
}

/// A disc that looks to the front, or as much of one as a turn from the right takes; `at` is how far ahead and how high its
/// middle is, `unit` how much of its texture there is from there to the rim.
fn disc(
    mesh: &mut Mesh,
    paint: Paint,
    plan: &Plan,
    at: (f32, f32),
    (radius, unit): (f32, f32),
    (steps, turn): (u32, f32),
) {
    let out = lift(plan.front, 0.0);
    let point = |x: f32, y: f32| lift(plan.point(x * radius, at.0), at.1 + y * radius);
    let hub = mesh.corner(paint, point(0.0, 0.0), out, Vec2::ZERO, 1.0);
    for k in 0..=steps {
        let (sin, cos) = (k as f32 / steps as f32 * turn).sin_cos();
        let rim = mesh.corner(paint, point(cos, sin), out, vec2(cos, sin) * unit, 1.0);
        if k > 0 {
            mesh.triangle(hub, rim - 1, rim);
        }
    }
}

/// The outline of a dome: a quarter of an ellipse between two heights.
fn cap(radius: f32, (low, high): (f32, f32)) -> Vec<(f32, f32)> {
    let turns = (0..=8).map(|k| k as f32 / 8.0 * std::f32::consts::FRAC_PI_2);
    turns
        .map(|turn| (radius * turn.cos(), low + (high - low) * turn.sin()))
        .collect()
}

/// A block with a half-round window over the entrance, four turrets at its corners, and a wide low dome with a lantern.
fn dome(kit: &mut Kit, plan: &Plan, depth: f32, foot: f32, style: Style) {
    let mesh = &mut kit.standing;
    let rise = (style.top - foot).max(6.0);
    let half = (plan.half.x * 0.5).clamp(5.0, 8.5);
    let front = depth - half + 0.4;
    let body = if style.brick { BRICK } else { RENDER };
    let trim = Paint::new(Material::Plain, 0xD9_D1_BE);
    let copper = Paint::new(Material::Plain, COPPER);
    let shoulder = foot + rise * 0.36;
    let square = |half: f32| square(plan, front, half);
    let brick = Paint::new(Material::Stone, body).with(24, 0);
    building::walls(mesh, brick, &square(half), (foot - 1.2, shoulder));
    ground::area(mesh, trim, &square(half), shoulder);
    block(
        mesh,
        trim,
        plan,
        (0.0, front),
        Vec2::splat(half + 0.35),
        (shoulder - 0.5, shoulder + 0.1),
    );
    // The window: a half disc of glass in a ring of stone.
    let low = foot - 0.9;
    let glass = Paint::new(Material::Glass, 0x4A_52_54).with(20, 14);
    let wide = (half * 0.62).min(shoulder - low - 1.0);
    for (radius, before, paint) in [(wide + 0.55, 0.08, trim), (wide, 0.14, glass)] {
        let turn = std::f32::consts::PI;
        disc(
            mesh,
            paint,
            plan,
            (front + half + before, low),
            (radius, radius),
            (18, turn),
        );
    }
    for (a, b) in [(-1.0, 1.0), (1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)] {
        let (right, ahead) = (a * (half - 0.9), front + b * (half - 0.9));
        block(
            mesh,
            brick,
            plan,
            (right, ahead),
            Vec2::splat(1.25),
            (shoulder, shoulder + rise * 0.16),
        );
        block(
            mesh,
            trim,
            plan,
            (right, ahead),
            Vec2::splat(1.4),
            (shoulder + rise * 0.14, shoulder + rise * 0.16 + 0.1),
        );
        let turret = shoulder + rise * 0.16;
        mesh.lathe(
            copper,
            plan.point(right, ahead),
            &cap(1.25, (turret, turret + rise * 0.12)),
            12,
        );
    }
    let at = plan.point(0.0, front);
    let (spring, crown) = (shoulder + rise * 0.1, foot + rise * 0.86);
    let round = half * 0.86;
    mesh.lathe(brick, at, &[(round, shoulder), (round, spring)], 24);
    mesh.lathe(
        trim,
        at,
        &[(round + 0.3, spring - 0.35), (round + 0.3, spring)],
        24,
    );
    mesh.lathe(copper, at, &cap(round + 0.25, (spring, crown)), 28);
    // The lantern.
    let lantern = (style.top - crown).max(0.8);
    mesh.lathe(trim, at, &[(1.0, crown - 0.4), (0.9, crown + lantern * 0.5)], 12);
    mesh.lathe(copper, at, &cap(1.05, (crown + lantern * 0.5, style.top)), 12);
}

/// A steep roof of slate, and at each end of the front a round turret under a copper dome.
fn turrets(mesh: &mut Mesh, plan: &Plan, style: Style) {
    let (w, d) = (plan.half.x, plan.half.y);
    let (eaves, ridge) = (
        style.cornice + 1.0,
        style.cornice + (style.top - style.cornice) * 0.62,
    );
    let slate = Paint::new(Material::Stone, SLATE).with(30, 0);
    let ring = |half: Vec2, y: f32| plan.corners(half).map(|at| lift(at, y));
    let (low, high) = (vec2(w, d) - 0.4, vec2(w, d) - 4.4);
    let (foot, top) = (ring(low, eaves), ring(high, ridge));
    for k in 0..4 {
        let next = (k + 1) % 4;
        mesh.quad_at(
            slate,
            [foot[k], foot[next], top[next], top[k]],
            vec2(0.0, 0.0),
            [1.0, 1.0],
        );
    }
    ground::area(mesh, slate, &plan.corners(high), ridge);
    let body = if style.brick { BRICK } else { RENDER };
    let stone = Paint::new(Material::Stone, body).with(58, 0);
    let trim = Paint::new(Material::Plain, 0xD9_D1_BE);
    let copper = Paint::new(Material::Plain, COPPER);
    let glass = Paint::new(Material::Glass, 0x3E_44_46).with(30, 12);
    let storey = style.cornice / f32::from(style.storeys.max(1));
    let (round, shoulder) = (TURRET_M, style.cornice + 1.8);
    for side in [-1.0, 1.0] {
        let at = plan.point(side * (w - 0.6), d - 0.6);
        mesh.lathe(stone, at, &[(round, 0.0), (round, shoulder)], 20);
        for cornice in [storey + 0.2, shoulder] {
            mesh.lathe(
                trim,
                at,
                &[(round + 0.35, cornice - 0.5), (round + 0.35, cornice)],
                20,
            );
        }
        // Windows all around, at each storey.
        for level in 0..style.storeys {
            let sill = f32::from(level) * storey + storey * 0.3;
            for k in 0..8 {
                let out = Vec2::from_angle(k as f32 * std::f32::consts::FRAC_PI_4);
                let across = vec2(-out.y, out.x);
                let half = vec2(0.5, 0.12);
                mesh.block(glass, at + out * round, across, half, (sill, sill + storey * 0.5));
            }
        }
        let crown = style.top - (style.top - shoulder) * 0.22;
        mesh.lathe(copper, at, &cap(round + 0.2, (shoulder, crown)), 20);
        mesh.lathe(trim, at, &[(0.55, crown - 0.3), (0.5, crown + 0.7)], 8);
        mesh.lathe(copper, at, &[(0.7, crown + 0.7), (0.04, style.top)], 8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::polygon::outline_m;
    use shared::space::Point;

    #[test]
    fn the_tower_ends_where_it_is_told() {
        let ring =
            [(-4500, -1100), (4500, -1100), (4500, 1100), (-4500, 1100)].map(|(x, z)| Point::new(x, z));
        for crown in [Crown::Tower, Crown::Dome, Crown::Turrets] {
            let style = Style {
                cornice: 17.0,
                top: 32.0,
                storeys: 4,
                brick: crown == Crown::Dome,
                crown,
            };
            let mut kit = Kit::default();
            build(&mut kit, &outline_m(&ring), Heading(128), style);
            let heights = kit.standing.vertices.iter().map(|v| v.position[1]);
            let top = heights.fold(0.0, f32::max);
            assert!((top - 32.0).abs() < 0.3, "{top}");
        }
    }
}
