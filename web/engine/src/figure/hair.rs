//! The cuts of hair, in the order of [`shared::look::HAIRS`].

use glam::{vec2, vec3};

use super::{Bone, Ring, Sculpture, Slot, Wear};

const SHORT: u8 = 0x1F;
const BOB: u8 = 0x2F;
const LONG: u8 = 0x4F;
const BUN: u8 = 0x8F;

/// Adds them.
pub fn build(s: &mut Sculpture) {
    let hair = Wear::new(Bone::Head, Slot::Hair);
    // Everyone's crown, and a back of the head that comes lower than the brow.
    s.ball(
        hair,
        vec3(0.0, 1.585, 0.018),
        vec3(0.138, 0.140, 0.146),
        (4, 12),
        (0.10, 1.0),
    );
    s.ball(
        hair,
        vec3(0.0, 1.575, 0.040),
        vec3(0.134, 0.125, 0.122),
        (3, 10),
        (-0.55, 0.4),
    );
    // A fringe that leaves the eyes free.
    s.ball(
        hair.by(BOB | LONG),
        vec3(0.0, 1.625, -0.040),
        vec3(0.122, 0.055, 0.100),
        (3, 10),
        (-0.6, 1.0),
    );
    s.ball(
        hair.by(SHORT),
        vec3(0.030, 1.660, -0.050),
        vec3(0.100, 0.045, 0.090),
        (3, 9),
        (-0.8, 1.0),
    );
    let side = |x: f32, y: f32, w: f32, d: f32, z: f32| Ring(vec3(x, y, z), vec2(w, d));
    for x in [-1.0, 1.0] {
        s.tube(
            hair.by(BOB),
            &[
                side(x * 0.112, 1.425, 0.020, 0.070, 0.015),
                side(x * 0.124, 1.46, 0.028, 0.088, 0.010),
                side(x * 0.122, 1.54, 0.026, 0.095, 0.010),
                side(x * 0.105, 1.62, 0.026, 0.090, 0.0),
            ],
            6,
        );
        s.tube(
            hair.by(LONG),
            &[
                side(x * 0.118, 1.29, 0.012, 0.030, 0.030),
                side(x * 0.122, 1.36, 0.024, 0.055, 0.028),
                side(x * 0.122, 1.54, 0.026, 0.080, 0.016),
                side(x * 0.105, 1.62, 0.026, 0.085, 0.0),
            ],
            6,
        );
    }
    let back = |y: f32, w: f32, d: f32, z: f32| Ring(vec3(0.0, y, z), vec2(w, d));
    s.tube(
        hair.by(BOB),
        &[
            back(1.42, 0.10, 0.045, 0.075),
            back(1.48, 0.125, 0.06, 0.078),
            back(1.58, 0.130, 0.07, 0.07),
        ],
        8,
    );
    s.tube(
        hair.by(LONG),
        &[
            back(1.12, 0.05, 0.018, 0.135),
            back(1.18, 0.095, 0.030, 0.128),
            back(1.34, 0.120, 0.040, 0.112),
            back(1.48, 0.128, 0.058, 0.085),
            back(1.58, 0.130, 0.07, 0.07),
        ],
        8,
    );
    s.ball(
        hair.by(BUN),
        vec3(0.0, 1.565, 0.168),
        vec3(0.055, 0.052, 0.046),
        (4, 7),
        (-1.0, 1.0),
    );
    // The hairpin across the bun.
    let pin = Wear::new(Bone::Head, Slot::Ribbon).by(BUN);
    s.bar(pin, vec3(-0.085, 1.572, 0.172), vec3(0.085, 1.560, 0.172), 0.007);
}
