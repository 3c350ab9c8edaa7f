//! Head with a face, torso, arms and legs: what everyone has.

use glam::{vec2, vec3};

use super::{Bone, CASUAL, COAT, HANBOK_SKIRT, HANBOK_TROUSERS, Ring, Sculpture, Slot, Wear, ring};

/// Adds them.
pub fn build(s: &mut Sculpture) {
    head(s);
    let torso = Wear::new(Bone::Torso, Slot::Upper);
    s.tube(
        torso,
        &[
            ring(0.84, 0.135, 0.10, 0.0),
            ring(0.93, 0.145, 0.105, 0.0),
            ring(1.05, 0.155, 0.11, 0.0),
            ring(1.18, 0.180, 0.118, 0.0),
            ring(1.28, 0.185, 0.108, 0.005),
            ring(1.335, 0.130, 0.085, 0.01),
            ring(1.365, 0.070, 0.062, 0.01),
        ],
        10,
    );
    let hips = Wear::new(Bone::Pelvis, Slot::Lower).by(CASUAL | COAT | HANBOK_TROUSERS);
    s.tube(
        hips,
        &[
            ring(0.73, 0.11, 0.09, 0.0),
            ring(0.80, 0.152, 0.108, 0.0),
            ring(0.90, 0.150, 0.106, 0.0),
            ring(0.95, 0.140, 0.10, 0.0),
        ],
        10,
    );
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
        arm(s, x, upper, fore);
        leg(s, x, thigh, shin);
    }
}

fn head(s: &mut Sculpture) {
    let skin = Wear::new(Bone::Head, Slot::Skin);
    let neck = Wear::new(Bone::Torso, Slot::Skin);
    s.tube(
        neck,
        &[ring(1.33, 0.050, 0.050, 0.01), ring(1.44, 0.048, 0.05, 0.005)],
        6,
    );
    s.tube(
        skin,
        &[
            ring(1.405, 0.030, 0.035, -0.045),
            ring(1.42, 0.066, 0.075, -0.028),
            ring(1.455, 0.096, 0.108, -0.012),
            ring(1.51, 0.118, 0.128, -0.004),
            ring(1.57, 0.124, 0.134, 0.0),
            ring(1.63, 0.112, 0.122, 0.004),
            ring(1.675, 0.078, 0.086, 0.006),
            ring(1.70, 0.025, 0.03, 0.008),
        ],
        12,
    );
    s.ball(
        skin,
        vec3(0.0, 1.505, -0.130),
        vec3(0.015, 0.022, 0.020),
        (3, 6),
        (-1.0, 1.0),
    );
    for x in [-1.0, 1.0] {
        s.ball(
            skin,
            vec3(x * 0.122, 1.525, 0.004),
            vec3(0.016, 0.034, 0.022),
            (3, 6),
            (-1.0, 1.0),
        );
        let ink = Wear::new(Bone::Head, Slot::Ink);
        s.ball(
            ink,
            vec3(x * 0.048, 1.538, -0.119),
            vec3(0.0155, 0.021, 0.012),
            (3, 7),
            (-1.0, 1.0),
        );
        let shine = Wear::new(Bone::Head, Slot::White);
        s.ball(
            shine,
            vec3(x * 0.048 - 0.005, 1.546, -0.129),
            vec3(0.0045, 0.0055, 0.004),
            (2, 5),
            (-1.0, 1.0),
        );
        let brow = Wear::new(Bone::Head, Slot::Hair);
        s.ball(
            brow,
            vec3(x * 0.050, 1.579, -0.119),
            vec3(0.025, 0.0055, 0.010),
            (2, 5),
            (-1.0, 1.0),
        );
        let blush = Wear::new(Bone::Head, Slot::Blush);
        s.ball(
            blush,
            vec3(x * 0.074, 1.495, -0.0935),
            vec3(0.020, 0.014, 0.012),
            (2, 5),
            (-1.0, 1.0),
        );
    }
    let mouth = Wear::new(Bone::Head, Slot::Blush);
    s.ball(
        mouth,
        vec3(0.0, 1.463, -0.1145),
        vec3(0.021, 0.0055, 0.008),
        (2, 5),
        (-1.0, 1.0),
    );
}

fn arm(s: &mut Sculpture, x: f32, upper: Bone, fore: Bone) {
    let at = |y: f32, half: f32| Ring(vec3(x * 0.205, y, 0.0), vec2(half, half));
    let sleeve = Wear::new(upper, Slot::Upper);
    s.tube(
        sleeve,
        &[
            at(1.00, 0.030),
            at(1.02, 0.046),
            at(1.14, 0.050),
            at(1.26, 0.060),
            at(1.31, 0.052),
            at(1.335, 0.024),
        ],
        6,
    );
    let narrow = Wear::new(fore, Slot::Upper).by(CASUAL | COAT);
    s.tube(
        narrow,
        &[
            at(0.80, 0.036),
            at(0.86, 0.040),
            at(0.98, 0.045),
            at(1.05, 0.042),
            at(1.07, 0.02),
        ],
        6,
    );
    let hand = Wear::new(fore, Slot::Skin);
    s.tube(
        hand,
        &[
            Ring(vec3(x * 0.203, 0.695, -0.01), vec2(0.012, 0.02)),
            Ring(vec3(x * 0.203, 0.72, -0.008), vec2(0.022, 0.038)),
            Ring(vec3(x * 0.204, 0.765, -0.004), vec2(0.024, 0.040)),
            Ring(vec3(x * 0.205, 0.815, 0.0), vec2(0.025, 0.028)),
        ],
        5,
    );
}

fn leg(s: &mut Sculpture, x: f32, thigh: Bone, shin: Bone) {
    let at = |y: f32, half: f32| Ring(vec3(x * 0.085, y, 0.0), vec2(half, half));
    let trousers = CASUAL | COAT;
    s.tube(
        Wear::new(thigh, Slot::Lower).by(trousers),
        &[
            at(0.41, 0.03),
            at(0.44, 0.060),
            at(0.60, 0.072),
            at(0.76, 0.082),
            at(0.84, 0.070),
            at(0.87, 0.03),
        ],
        7,
    );
    s.tube(
        Wear::new(shin, Slot::Lower).by(trousers),
        &[
            at(0.07, 0.056),
            at(0.12, 0.055),
            at(0.28, 0.055),
            at(0.43, 0.060),
            at(0.47, 0.045),
            at(0.49, 0.02),
        ],
        7,
    );
    // Under a skirt: plain legs in white socks.
    s.tube(
        Wear::new(shin, Slot::White).by(HANBOK_SKIRT),
        &[at(0.05, 0.045), at(0.22, 0.045), at(0.45, 0.05)],
        5,
    );
    let shoe = Wear::new(shin, Slot::Shoe);
    let foot = |y: f32, x_half: f32, z_half: f32, z: f32| Ring(vec3(x * 0.085, y, z), vec2(x_half, z_half));
    s.tube(
        shoe,
        &[
            foot(0.0, 0.046, 0.120, -0.055),
            foot(0.025, 0.052, 0.128, -0.055),
            foot(0.06, 0.048, 0.105, -0.040),
            foot(0.10, 0.042, 0.052, 0.0),
        ],
        7,
    );
}
