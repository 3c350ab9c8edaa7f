//! The cuts of clothes that are more than sleeves and trousers, in the order of [`shared::look::OUTFITS`].

use glam::{vec2, vec3};

use super::{Bone, CASUAL, COAT, HANBOK_SKIRT, HANBOK_TROUSERS, Ring, Sculpture, Slot, Wear, ring};

/// Adds them.
pub fn build(s: &mut Sculpture) {
    // Casual: the hem of a jumper.
    s.tube(
        Wear::new(Bone::Pelvis, Slot::Upper).by(CASUAL),
        &[
            ring(0.80, 0.158, 0.118, 0.0),
            ring(0.86, 0.162, 0.120, 0.0),
            ring(0.96, 0.150, 0.108, 0.0),
        ],
        10,
    );
    s.tube(
        Wear::new(Bone::Torso, Slot::White).by(CASUAL),
        &[ring(1.345, 0.078, 0.070, 0.008), ring(1.372, 0.064, 0.058, 0.008)],
        10,
    );
    // Coat: skirts to the knee, and a collar.
    s.tube(
        Wear::new(Bone::Skirt, Slot::Upper).by(COAT),
        &[
            ring(0.50, 0.215, 0.175, 0.0),
            ring(0.62, 0.205, 0.162, 0.0),
            ring(0.80, 0.178, 0.132, 0.0),
            ring(0.93, 0.156, 0.116, 0.0),
            ring(0.98, 0.150, 0.110, 0.0),
        ],
        12,
    );
    s.tube(
        Wear::new(Bone::Torso, Slot::Upper).by(COAT),
        &[
            ring(1.31, 0.135, 0.100, 0.012),
            ring(1.35, 0.098, 0.090, 0.012),
            ring(1.395, 0.088, 0.082, 0.014),
        ],
        12,
    );
    let both = HANBOK_SKIRT | HANBOK_TROUSERS;
    chima(s);
    // The jeogori is short: to just below the breast with a skirt, to the hip with trousers.
    s.tube(
        Wear::new(Bone::Pelvis, Slot::Upper).by(HANBOK_TROUSERS),
        &[
            ring(0.78, 0.178, 0.136, 0.0),
            ring(0.84, 0.176, 0.134, 0.0),
            ring(0.97, 0.158, 0.114, 0.0),
        ],
        12,
    );
    collar(s, both);
    for (x, upper, fore, thigh, shin) in [
        (
            -1.0,
            Bone::UpperArmLeft,
            Bone::ForearmLeft,
            Bone::ThighLeft,
            Bone::ShinLeft,
        ),
        (
            1.0,
            Bone::UpperArmRight,
            Bone::ForearmRight,
            Bone::ThighRight,
            Bone::ShinRight,
        ),
    ] {
        sleeve(s, x, (upper, fore), both);
        baji(s, x, (thigh, shin));
    }
}

/// The wide curve of a hanbok's sleeve, fullest under the forearm, with a white cuff.
fn sleeve(s: &mut Sculpture, x: f32, (upper, fore): (Bone, Bone), both: u8) {
    let at = |px: f32, y: f32, w: f32, d: f32, z: f32| Ring(vec3(x * px, y, z), vec2(w, d));
    s.tube(
        Wear::new(upper, Slot::Upper).by(both),
        &[
            at(0.21, 1.01, 0.058, 0.075, 0.01),
            at(0.207, 1.15, 0.060, 0.072, 0.005),
            at(0.2, 1.29, 0.062, 0.066, 0.0),
        ],
        7,
    );
    s.tube(
        Wear::new(fore, Slot::Upper).by(both),
        &[
            at(0.207, 0.80, 0.044, 0.060, 0.008),
            at(0.21, 0.88, 0.058, 0.090, 0.022),
            at(0.21, 0.98, 0.060, 0.088, 0.018),
            at(0.21, 1.06, 0.050, 0.066, 0.008),
        ],
        7,
    );
    s.tube(
        Wear::new(fore, Slot::White).by(both),
        &[
            at(0.207, 0.785, 0.040, 0.052, 0.006),
            at(0.207, 0.815, 0.046, 0.062, 0.009),
        ],
        7,
    );
}

/// Full trousers, tied at the ankle.
fn baji(s: &mut Sculpture, x: f32, (thigh, shin): (Bone, Bone)) {
    let at = |px: f32, y: f32, w: f32, d: f32, z: f32| Ring(vec3(x * px, y, z), vec2(w, d));
    let baji = HANBOK_TROUSERS;
    s.tube(
        Wear::new(thigh, Slot::Lower).by(baji),
        &[
            at(0.088, 0.42, 0.090, 0.095, 0.0),
            at(0.09, 0.58, 0.100, 0.108, 0.0),
            at(0.088, 0.80, 0.092, 0.104, 0.0),
            at(0.085, 0.86, 0.05, 0.05, 0.0),
        ],
        7,
    );
    s.tube(
        Wear::new(shin, Slot::Lower).by(baji),
        &[
            at(0.086, 0.12, 0.046, 0.050, 0.0),
            at(0.087, 0.17, 0.072, 0.078, 0.0),
            at(0.088, 0.32, 0.090, 0.096, 0.0),
            at(0.088, 0.45, 0.088, 0.092, 0.0),
            at(0.088, 0.50, 0.03, 0.03, 0.0),
        ],
        7,
    );
    s.tube(
        Wear::new(shin, Slot::White).by(baji),
        &[
            at(0.085, 0.07, 0.044, 0.046, 0.0),
            at(0.085, 0.135, 0.050, 0.054, 0.0),
        ],
        7,
    );
}

/// The skirt: high under the breast, falling wide.
fn chima(s: &mut Sculpture) {
    s.tube(
        Wear::new(Bone::Skirt, Slot::Lower).by(HANBOK_SKIRT),
        &[
            ring(0.035, 0.400, 0.385, 0.0),
            ring(0.06, 0.405, 0.390, 0.0),
            ring(0.28, 0.375, 0.355, 0.0),
            ring(0.52, 0.325, 0.300, 0.0),
            ring(0.75, 0.260, 0.232, 0.0),
            ring(0.93, 0.195, 0.168, 0.0),
            ring(1.06, 0.162, 0.124, 0.0),
            ring(1.10, 0.150, 0.110, 0.0),
        ],
        16,
    );
}

/// The white edge that crosses on the breast, and the long ribbon under it.
fn collar(s: &mut Sculpture, mask: u8) {
    let edge = Wear::new(Bone::Torso, Slot::White).by(mask);
    s.bar(
        edge,
        vec3(-0.072, 1.355, -0.045),
        vec3(0.030, 1.215, -0.121),
        0.016,
    );
    s.bar(
        edge,
        vec3(0.072, 1.355, -0.045),
        vec3(0.004, 1.255, -0.116),
        0.016,
    );
    let ribbon = Wear::new(Bone::Torso, Slot::Ribbon).by(mask);
    s.ball(
        ribbon,
        vec3(0.034, 1.195, -0.124),
        vec3(0.036, 0.020, 0.014),
        (3, 7),
        (-1.0, 1.0),
    );
    s.tube(
        ribbon,
        &[
            Ring(vec3(0.052, 0.86, -0.215), vec2(0.018, 0.007)),
            Ring(vec3(0.046, 1.00, -0.165), vec2(0.018, 0.007)),
            Ring(vec3(0.036, 1.20, -0.128), vec2(0.014, 0.007)),
        ],
        6,
    );
}
