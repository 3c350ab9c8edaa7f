//! The outside of a frame: header and length.
//!
//! | field | form |
//! |---|---|
//! | what | 1 byte: kind in bits 0–1, rate in bits 2–3, depth of the cell in bits 4–6; bit 7 is kept free |
//! | relay, epoch | varints |
//! | group x, group z | zigzag varints |
//! | which part of the group | 1 byte: x and z bits interleaved; only at depth 1 and more |
//! | sequence | 1 byte, wraps |
//! | tick | 2 bytes, low first, wraps; only in delta and key frames |
//! | length of the body | varint; only in delta and key frames |
//! | body | bits, see [`super::state`]; only in delta and key frames |
//!
//! A heartbeat takes at most 8 bytes for relays numbered below 128, epochs below 16,384 and cells within 8 km.

use super::{Rate, StreamId};
use crate::{
    protocol::Source,
    space::{Cell, DEEPEST},
};

/// What a frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What changed since the frame before it.
    Delta,
    /// The whole cell, for those who begin here.
    Key,
    /// Nothing changed; the relay is alive.
    Heartbeat,
    /// The reader will get no more of this stream.
    Close,
}

/// What can be known of a frame without reading its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The stream it belongs to.
    pub stream: StreamId,
    /// What it is for.
    pub kind: Kind,
    /// Counts the stream's frames; a key frame repeats the number of the frame it stands for.
    pub sequence: u8,
    /// Low bits of the tick; 0 in heartbeats and closings.
    pub tick: u16,
}

/// Why frames could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("damaged cell frame")]
pub struct FrameError;

/// A frame taken from the front of a concatenation.
pub(super) struct Taken<'a> {
    pub(super) header: Header,
    pub(super) body: &'a [u8],
    pub(super) rest: &'a [u8],
}

impl Kind {
    const ALL: [Self; 4] = [Self::Delta, Self::Key, Self::Heartbeat, Self::Close];

    fn has_body(self) -> bool {
        matches!(self, Self::Delta | Self::Key)
    }
}

/// Header and body as a frame.
pub(super) fn seal(header: Header, body: &[u8]) -> Vec<u8> {
    let StreamId { source, rate, cell } = header.stream;
    let group = cell.group();
    let mut out = Vec::with_capacity(body.len() + 14);
    out.push(header.kind as u8 | (rate as u8) << 2 | cell.depth << 4);
    varint(&mut out, u32::from(source.relay));
    varint(&mut out, u32::from(source.epoch));
    varint(&mut out, zigzag(group.x));
    varint(&mut out, zigzag(group.z));
    if cell.depth > 0 {
        out.push(part(cell));
    }
    out.push(header.sequence);
    if header.kind.has_body() {
        out.extend(header.tick.to_le_bytes());
        varint(&mut out, body.len() as u32);
        out.extend(body);
    }
    out
}

/// The first frame of a concatenation.
pub(super) fn take(bytes: &[u8]) -> Result<Taken<'_>, FrameError> {
    let mut rest = bytes;
    let what = take_byte(&mut rest)?;
    let kind = *Kind::ALL.get(usize::from(what & 3)).ok_or(FrameError)?;
    let rate = *Rate::ALL.get(usize::from(what >> 2 & 3)).ok_or(FrameError)?;
    let depth = what >> 4;
    if depth > DEEPEST {
        return Err(FrameError);
    }
    let mut small = || u16::try_from(take_varint(&mut rest)?).map_err(|_| FrameError);
    let source = Source {
        relay: small()?,
        epoch: small()?,
    };
    let group = Cell {
        depth: 0,
        x: unzigzag(small()?),
        z: unzigzag(small()?),
    };
    let cell = if depth > 0 {
        cell_of(group, depth, take_byte(&mut rest)?).ok_or(FrameError)?
    } else {
        group
    };
    let sequence = take_byte(&mut rest)?;
    let (mut tick, mut body) = (0, &[][..]);
    if kind.has_body() {
        tick = u16::from_le_bytes([take_byte(&mut rest)?, take_byte(&mut rest)?]);
        let length = take_varint(&mut rest)? as usize;
        (body, rest) = rest.split_at_checked(length).ok_or(FrameError)?;
    }
    Ok(Taken {
        header: Header {
            stream: StreamId { source, rate, cell },
            kind,
            sequence,
            tick,
        },
        body,
        rest,
    })
}

/// Which part of its group a cell is: one bit of x and one of z for each depth.
fn part(cell: Cell) -> u8 {
    (0..cell.depth).fold(0, |part, bit| {
        part | ((cell.x >> bit & 1) as u8) << (2 * bit) | ((cell.z >> bit & 1) as u8) << (2 * bit + 1)
    })
}

/// The cell that [`part`] names; none when the group is outside what any place can hold, or the part too large.
fn cell_of(group: Cell, depth: u8, part: u8) -> Option<Cell> {
    let (mut x, mut z) = (0, 0);
    for bit in 0..depth {
        x |= i16::from(part >> (2 * bit) & 1) << bit;
        z |= i16::from(part >> (2 * bit + 1) & 1) << bit;
    }
    let whole = |group: i16, inside: i16| Some(group.checked_mul(1 << depth)? | inside);
    (u32::from(part) < 1 << (2 * depth)).then_some(Cell {
        depth,
        x: whole(group.x, x)?,
        z: whole(group.z, z)?,
    })
}

fn take_byte(bytes: &mut &[u8]) -> Result<u8, FrameError> {
    let (first, rest) = bytes.split_first().ok_or(FrameError)?;
    *bytes = rest;
    Ok(*first)
}

fn varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn take_varint(bytes: &mut &[u8]) -> Result<u32, FrameError> {
    let mut value = 0_u32;
    for shift in [0, 7, 14, 21, 28] {
        let byte = take_byte(bytes)?;
        value |= u32::from(byte & 0x7F).checked_shl(shift).ok_or(FrameError)?;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(FrameError)
}

fn zigzag(value: i16) -> u32 {
    u32::from(((value << 1) ^ (value >> 15)) as u16)
}

fn unzigzag(raw: u16) -> i16 {
    (raw >> 1) as i16 ^ -((raw & 1) as i16)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::space::{LIMIT_CM, Point};

    proptest! {
        #[test]
        fn every_cell_of_a_place_survives(
            x in -LIMIT_CM..LIMIT_CM, z in -LIMIT_CM..LIMIT_CM, depth in 0..=DEEPEST,
            rate in prop::sample::select(&Rate::ALL[..]), kind in prop::sample::select(&Kind::ALL[..]),
        ) {
            let header = Header {
                stream: StreamId {
                    source: Source { relay: 127, epoch: 0x3FFF },
                    rate,
                    cell: Cell::at(Point::new(x, z), depth),
                },
                kind,
                sequence: 200,
                tick: if kind.has_body() { 40_000 } else { 0 },
            };
            let sealed = seal(header, &[1, 2, 3]);
            let taken = take(&sealed).unwrap();
            prop_assert_eq!(taken.header, header);
            prop_assert!(taken.rest.is_empty());
            prop_assert!(kind.has_body() || x.abs().max(z.abs()) > 800_000 || sealed.len() <= 8, "{}", sealed.len());
        }
    }
}
