//! What the day of the year does to leaves and grass, in the temperate north: colours linear, by species as the
//! kit numbers them.

use glam::{Vec3, Vec4};

/// Linear colour of an sRGB `0xRRGGBB`.
pub fn linear(srgb: u32) -> Vec3 {
    let [_, r, g, b] = srgb.to_be_bytes();
    let channel = |v: u8| {
        let v = f32::from(v) / 255.0;
        if v <= 0.04045 {
            v / 12.92
        } else {
            ((v + 0.055) / 1.055).powf(2.4)
        }
    };
    Vec3::new(channel(r), channel(g), channel(b))
}

/// A stage in a year: from this day on, this colour and this share of the leaves.
type Turn = (f32, u32, f32);

/// What is left of a crown without leaves.
const TWIGS: u32 = 0x7A_68_58;

// Zelkova leafs out in April, turns russet in November and is bare until spring.
const ZELKOVA: [Turn; 8] = [
    (0.0, 0x8A_5A_3A, 0.0),
    (92.0, 0x9C_B0_5A, 0.0),
    (112.0, 0x86_A8_52, 0.9),
    (150.0, 0x55_7F_42, 1.0),
    (270.0, 0x62_80_40, 1.0),
    (305.0, 0xA8_76_38, 0.95),
    (330.0, 0x9A_5B_34, 0.7),
    (350.0, 0x8A_5A_3A, 0.0),
];
const PINE: [Turn; 2] = [(0.0, 0x3E_5E_46, 1.0), (365.0, 0x3E_5E_46, 1.0)];
// Ginkgo is at its yellow in early November and drops its leaves within days at the month's end.
const GINKGO: [Turn; 8] = [
    (0.0, TWIGS, 0.0),
    (95.0, 0xA9_BE_5C, 0.0),
    (118.0, 0x8F_B3_52, 0.9),
    (160.0, 0x66_93_48, 1.0),
    (280.0, 0x7E_97_44, 1.0),
    (303.0, 0xE0_B5_3C, 1.0),
    (328.0, 0xE3_B2_3C, 0.85),
    (344.0, TWIGS, 0.0),
];
// Cherry blossoms on bare twigs in the first days of April, a week.
const CHERRY: [Turn; 9] = [
    (0.0, TWIGS, 0.0),
    (87.0, 0x8A_6A_62, 0.0),
    (94.0, 0xF6_D3_DA, 1.0),
    (102.0, 0xF3_CB_D3, 0.9),
    (112.0, 0x8F_AE_58, 0.9),
    (160.0, 0x5F_86_46, 1.0),
    (280.0, 0x7C_84_40, 1.0),
    (310.0, 0xB8_5E_34, 0.8),
    (332.0, TWIGS, 0.0),
];
const LAWN: [Turn; 6] = [
    (0.0, 0xA8_9C_66, 1.0),
    (85.0, 0xA0_9E_62, 1.0),
    (120.0, 0x7B_9B_52, 1.0),
    (200.0, 0x6A_8E_4B, 1.0),
    (300.0, 0x84_92_52, 1.0),
    (345.0, 0x00A6_9A62, 1.0),
];

/// Colour and share of the leaves on a day.
fn on(turns: &[Turn], day: f32) -> Vec4 {
    let next = turns.iter().position(|turn| turn.0 > day).unwrap_or(turns.len());
    let from = turns[next.saturating_sub(1).min(turns.len() - 1)];
    let to = turns
        .get(next)
        .copied()
        .unwrap_or((366.0, turns[0].1, turns[0].2));
    let t = ((day - from.0) / (to.0 - from.0).max(1.0)).clamp(0.0, 1.0);
    linear(from.1)
        .lerp(linear(to.1), t)
        .extend(from.2 + (to.2 - from.2) * t)
}

/// Leaves of zelkova, pine, ginkgo and cherry (the fourth number: how many are on the tree), then the lawn.
pub fn leaves(day: f32) -> [Vec4; 5] {
    [
        on(&ZELKOVA, day),
        on(&PINE, day),
        on(&GINKGO, day),
        on(&CHERRY, day),
        on(&LAWN, day),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_keep_the_calendar_of_seoul() {
        let [zelkova, pine, _, cherry, _] = leaves(15.0);
        assert!(
            zelkova.w < 0.05 && cherry.w < 0.05 && pine.w > 0.9,
            "January: bare, but for the pines"
        );
        let blossom = leaves(96.0)[3];
        assert!(blossom.x > blossom.y && blossom.w > 0.8, "early April: pink");
        let ginkgo = leaves(312.0)[2];
        assert!(
            ginkgo.x > 0.6 && ginkgo.z < 0.15 && ginkgo.w > 0.8,
            "early November: yellow"
        );
    }
}
