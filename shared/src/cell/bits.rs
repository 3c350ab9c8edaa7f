//! Writing and reading single bits, and the exponential-Golomb codes that make small numbers short.

/// Appends bits to bytes, most significant first.
#[derive(Clone, Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits used of the last byte, 0 when the next bit begins a new one.
    used: u32,
}

impl BitWriter {
    /// Appends the low `count` bits of `value`, highest first.
    pub(super) fn bits(&mut self, value: u64, count: u32) {
        let mut left = count;
        while left > 0 {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let (free, taken) = fitting(self.used, left);
            left -= taken;
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> left) as u8 & ones(taken)) << (free - taken);
            }
            self.used = (self.used + taken) % 8;
        }
    }

    /// One bit.
    pub(super) fn flag(&mut self, set: bool) {
        self.bits(u64::from(set), 1);
    }

    /// An exponential-Golomb code of order `k`: about `2·log2(value / 2^k) + k + 1` bits.
    pub(super) fn golomb(&mut self, value: u32, k: u32) {
        let shifted = u64::from(value) + (1 << k);
        let width = 64 - shifted.leading_zeros();
        self.bits(0, width - 1 - k);
        self.bits(shifted, width);
    }

    /// A signed number: zigzag, then [`Self::golomb`].
    pub(super) fn signed(&mut self, value: i32, k: u32) {
        self.golomb(((value << 1) ^ (value >> 31)) as u32, k);
    }

    /// The bytes, the last one filled up with zeros.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Reads what [`BitWriter`] wrote; every method gives none past the end.
#[derive(Clone, Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) fn bits(&mut self, count: u32) -> Option<u64> {
        let (mut value, mut left) = (0, count);
        while left > 0 {
            let byte = self.bytes.get(self.at / 8)?;
            let (free, taken) = fitting((self.at % 8) as u32, left);
            value = value << taken | u64::from(byte >> (free - taken) & ones(taken));
            self.at += taken as usize;
            left -= taken;
        }
        Some(value)
    }

    /// How many bits have been read.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Leaves bits unread.
    pub(super) fn skip(&mut self, count: u32) -> Option<()> {
        let at = self.at + count as usize;
        (at <= self.bytes.len() * 8).then(|| self.at = at)
    }

    pub(super) fn flag(&mut self) -> Option<bool> {
        self.bits(1).map(|bit| bit == 1)
    }

    pub(super) fn golomb(&mut self, k: u32) -> Option<u32> {
        let mut zeros = 0;
        while !self.flag()? {
            zeros += 1;
            if zeros > 32 {
                return None;
            }
        }
        let shifted = 1 << (zeros + k) | self.bits(zeros + k)?;
        u32::try_from(shifted - (1 << k)).ok()
    }

    pub(super) fn signed(&mut self, k: u32) -> Option<i32> {
        let raw = self.golomb(k)?;
        Some((raw >> 1) as i32 ^ -((raw & 1) as i32))
    }

    /// Whether nothing but the last byte's filling is left, and that is zero.
    pub(super) fn is_finished(&mut self) -> bool {
        self.bytes.len().saturating_mul(8) - self.at < 8 && std::iter::from_fn(|| self.flag()).all(|bit| !bit)
    }
}

/// How many bits of a byte are free behind those used, and how many of some more go there.
fn fitting(used: u32, more: u32) -> (u32, u32) {
    let free = 8 - used;
    (free, free.min(more))
}

/// So many ones, 1 to 8.
fn ones(count: u32) -> u8 {
    0xFF >> (8 - count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_survive(values in prop::collection::vec((any::<u32>(), any::<i32>(), 0u32..6), 0..50)) {
            let mut writer = BitWriter::default();
            for (a, b, k) in &values {
                writer.golomb(*a, *k);
                writer.signed(*b, *k);
                writer.flag(a & 1 == 1);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes);
            for (a, b, k) in &values {
                prop_assert_eq!(reader.golomb(*k), Some(*a));
                prop_assert_eq!(reader.signed(*k), Some(*b));
                prop_assert_eq!(reader.flag(), Some(a & 1 == 1));
            }
            prop_assert!(reader.is_finished());
        }
    }
}
