//! The outside of a frame: length and header.
//!
//! | field | form |
//! |---|---|
//! | length of what follows | varint |
//! | kind | 1 byte; all values but [`Kind`]'s are kept for other rates |
//! | relay, epoch | varints |
//! | cell x, cell z | zigzag varints |
//! | sequence | 1 byte, wraps |
//! | tick | 2 bytes, low first, wraps; only in delta and key frames |
//! | body | bits, see [`super::state`]; only in delta and key frames |
//!
//! A heartbeat takes at most 8 bytes for relays numbered below 128, epochs below 16,384 and cells within 2 km.

use crate::{protocol::Source, space::Cell};

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
    /// Which relay, in which of its lives.
    pub source: Source,
    /// Which cell.
    pub cell: Cell,
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
    fn byte(self) -> u8 {
        match self {
            Self::Delta => 0,
            Self::Key => 1,
            Self::Heartbeat => 2,
            Self::Close => 3,
        }
    }

    fn has_body(self) -> bool {
        matches!(self, Self::Delta | Self::Key)
    }
}

/// Header and body as a frame.
pub(super) fn seal(header: Header, body: &[u8]) -> Vec<u8> {
    let mut inner = vec![header.kind.byte()];
    varint(&mut inner, u32::from(header.source.relay));
    varint(&mut inner, u32::from(header.source.epoch));
    varint(&mut inner, zigzag(header.cell.x));
    varint(&mut inner, zigzag(header.cell.z));
    inner.push(header.sequence);
    if header.kind.has_body() {
        inner.extend(header.tick.to_le_bytes());
        inner.extend(body);
    }
    let mut out = Vec::with_capacity(inner.len() + 3);
    varint(&mut out, inner.len() as u32);
    out.append(&mut inner);
    out
}

/// The first frame of a concatenation.
pub(super) fn take(bytes: &[u8]) -> Result<Taken<'_>, FrameError> {
    let mut rest = bytes;
    let length = take_varint(&mut rest)? as usize;
    let (mut frame, rest) = rest.split_at_checked(length).ok_or(FrameError)?;
    let kind = match take_byte(&mut frame)? {
        0 => Kind::Delta,
        1 => Kind::Key,
        2 => Kind::Heartbeat,
        3 => Kind::Close,
        _ => return Err(FrameError),
    };
    let mut small = || u16::try_from(take_varint(&mut frame)?).map_err(|_| FrameError);
    let source = Source {
        relay: small()?,
        epoch: small()?,
    };
    let cell = Cell {
        x: unzigzag(small()?),
        z: unzigzag(small()?),
    };
    let sequence = take_byte(&mut frame)?;
    let tick = if kind.has_body() {
        u16::from_le_bytes([take_byte(&mut frame)?, take_byte(&mut frame)?])
    } else if frame.is_empty() {
        0
    } else {
        return Err(FrameError);
    };
    Ok(Taken {
        header: Header {
            source,
            cell,
            kind,
            sequence,
            tick,
        },
        body: frame,
        rest,
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
