//! The wheelchair: an active one, light and low.

use glam::vec3;

use super::{ALL, Bone, Sculpture, Slot, Wear};

/// Adds it.
pub fn build(s: &mut Sculpture) {
    let on = |slot| Wear {
        bone: Bone::Ground,
        slot,
        mask: ALL,
        aid: true,
    };
    for x in [-1.0, 1.0] {
        s.hoop(on(Slot::Tyre), vec3(x * 0.29, 0.30, 0.10), 0.285, 0.020, 18);
        s.hoop(on(Slot::Metal), vec3(x * 0.32, 0.30, 0.10), 0.245, 0.009, 14);
        for k in 0..4 {
            let (sin, cos) = (k as f32 / 4.0 * std::f32::consts::PI).sin_cos();
            let spoke = vec3(0.0, cos, sin) * 0.28;
            let hub = vec3(x * 0.29, 0.30, 0.10);
            s.bar(on(Slot::Metal), hub - spoke, hub + spoke, 0.004);
        }
        s.hoop(on(Slot::Tyre), vec3(x * 0.19, 0.07, -0.42), 0.055, 0.018, 7);
        s.bar(
            on(Slot::Metal),
            vec3(x * 0.20, 0.46, 0.18),
            vec3(x * 0.20, 0.46, -0.24),
            0.014,
        );
        s.bar(
            on(Slot::Metal),
            vec3(x * 0.20, 0.46, -0.24),
            vec3(x * 0.13, 0.10, -0.50),
            0.014,
        );
        s.bar(
            on(Slot::Metal),
            vec3(x * 0.20, 0.46, 0.18),
            vec3(x * 0.20, 0.90, 0.25),
            0.014,
        );
        s.bar(
            on(Slot::Metal),
            vec3(x * 0.20, 0.46, -0.24),
            vec3(x * 0.19, 0.10, -0.40),
            0.012,
        );
        s.bar(
            on(Slot::Metal),
            vec3(x * 0.20, 0.90, 0.25),
            vec3(x * 0.20, 0.93, 0.35),
            0.016,
        );
    }
    s.bar(
        on(Slot::Metal),
        vec3(-0.29, 0.30, 0.10),
        vec3(0.29, 0.30, 0.10),
        0.016,
    );
    s.bar(
        on(Slot::Metal),
        vec3(-0.13, 0.10, -0.50),
        vec3(0.13, 0.10, -0.50),
        0.020,
    );
    s.ball(
        on(Slot::Tyre),
        vec3(0.0, 0.455, -0.03),
        vec3(0.21, 0.030, 0.22),
        (3, 7),
        (-1.0, 1.0),
    );
    s.ball(
        on(Slot::Tyre),
        vec3(0.0, 0.70, 0.215),
        vec3(0.20, 0.22, 0.022),
        (3, 7),
        (-1.0, 1.0),
    );
}
