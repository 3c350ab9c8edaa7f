//! Ordinary buildings: quiet, so that landmarks speak, but none like its neighbour.

use glam::{Vec2, vec2};
use shared::city::Facade;

use super::{Kit, ground, lift, mixed, scatter};
use crate::mesh::{Material, Mesh, Paint, decimetres};

/// Raises walls on an outline.
pub fn build(kit: &mut Kit, ring: &[Vec2], height: f32, storeys: u8, facade: Facade, seed: u32) {
    if ring.len() < 3 || height < 0.5 {
        return;
    }
    let storey = height / f32::from(storeys.max(1));
    let pick = scatter(seed, 1);
    let own = (scatter(seed, 2) * 255.0) as u8;
    let (material, colour) = match facade {
        Facade::Glass => (Material::Glass, mixed(0x6E_8A_98, 0x8D_99_8F, pick)),
        Facade::Stone => (Material::Windows, mixed(0xBB_B3_A4, 0x9E_97_8C, pick)),
        Facade::Plaster => (Material::Windows, mixed(0xD8_D0_C0, 0xB8_B4_AE, pick)),
        Facade::Brick => (Material::Windows, mixed(0x9A_6A_52, 0x83_59_4B, pick)),
    };
    let bay = if facade == Facade::Glass {
        1.6 + pick * 0.8
    } else {
        2.6 + pick * 1.4
    };
    let face = Paint::new(material, colour)
        .with(decimetres(storey), decimetres(bay))
        .seeded(own);
    let plain = Paint::new(Material::Plain, mixed(colour, 0x8A_88_84, 0.35)).seeded(own);
    let dark = Paint::new(Material::Glass, 0x4C_55_58)
        .with(decimetres(storey.max(3.8)), 24)
        .seeded(own);
    let shop = if storeys > 3 {
        storey.max(4.2).min(height)
    } else {
        0.0
    };
    let mesh = &mut kit.standing;
    let parapet = if storeys > 2 { 0.9 } else { 0.4 };
    // Shop windows at the foot, the face above, a plain band along the roof's edge.
    if shop > 0.0 {
        walls(mesh, dark, ring, (0.0, shop));
    }
    walls(mesh, face, ring, (shop, height));
    walls(mesh, plain, ring, (height, height + parapet));
    let roof = Paint::new(Material::Plain, mixed(0x8E_8B_85, colour, 0.25));
    ground::area(mesh, roof, ring, height + parapet * 0.4);
    if storeys > 4 {
        plant(mesh, plain, ring, height, seed);
    }
    kit.footprints.push(ring.to_vec());
}

/// Walls along a ring, each starting its pattern at a whole bay so that no window is cut by a corner.
pub fn walls(mesh: &mut Mesh, paint: Paint, ring: &[Vec2], (low, high): (f32, f32)) {
    let bay = f32::from(paint.p[1].max(1)) / 10.0;
    for (k, &a) in ring.iter().enumerate() {
        let b = ring[(k + 1) % ring.len()];
        let length = a.distance(b);
        let corners = [lift(a, low), lift(b, low), lift(b, high), lift(a, high)];
        let bays = (length / bay).round().max(1.0);
        let first = mesh.vertices.len();
        mesh.quad_at(paint, corners, vec2(0.0, low), [1.0, 1.0]);
        // Stretch the pattern to a whole number of bays.
        if matches!(
            paint.material,
            Material::Windows | Material::Glass | Material::Civic
        ) {
            for vertex in &mut mesh.vertices[first..] {
                vertex.uv[0] *= bays * bay / length.max(0.1);
            }
        }
    }
}

/// The stair head and tanks on a roof.
fn plant(mesh: &mut Mesh, paint: Paint, ring: &[Vec2], height: f32, seed: u32) {
    let middle = ring.iter().copied().sum::<Vec2>() / ring.len() as f32;
    let along = (ring[1] - ring[0]).normalize_or(Vec2::X);
    let reach = ring.iter().map(|p| p.distance(middle)).fold(f32::MAX, f32::min);
    let half = vec2(reach * 0.34, reach * 0.24).min(Vec2::splat(7.0));
    let shift = along * (scatter(seed, 5) - 0.5) * reach * 0.4;
    mesh.block(
        paint,
        middle + shift,
        along,
        half,
        (height, height + 3.0 + scatter(seed, 6) * 2.0),
    );
}
