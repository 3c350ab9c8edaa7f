//! Pseudo-random numbers (SplitMix64): the same on every machine, for ever.

use shared::protocol::TICK_HZ;

/// A sequence of them.
#[derive(Clone, Debug)]
pub struct Seeded(u64);

impl Seeded {
    /// Begins a sequence.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The numbers of a visitor.
    pub fn of(seed: u64, visitor: u32) -> Self {
        Self(Self(seed ^ u64::from(visitor) << 32).draw())
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next number in `0.0..1.0`.
    pub fn fraction(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// The next number between two.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + self.fraction() * (high - low)
    }

    /// A number of ticks between two numbers of seconds.
    pub fn ticks(&mut self, low_s: f32, high_s: f32) -> u32 {
        (self.between(low_s, high_s) * TICK_HZ as f32) as u32
    }
}
