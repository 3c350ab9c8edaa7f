//! The frames of a cell's stream: who is in it, and how each moved since the stream's last frame.
//!
//! A stream is the ordered frames of one cell, at one rate, from one [`Source`]. WebSocket is ordered and reliable, so the
//! last frame is the baseline of the next; a gap in the sequence (a lost backplane message, a skipped client) ends the
//! stream for its reader until its key frame. Frames tell their own length, so that a message is simply one after the
//! other.

mod bits;
mod contents;
mod decoder;
mod encoder;
mod frame;
mod state;

pub use contents::{Contents, contents};
pub use decoder::{Decoder, Event};
pub use encoder::Encoder;
pub use frame::{FrameError, Header, Kind};
use serde::{Deserialize, Serialize};
pub use state::MAX_SLOTS;

use crate::{protocol::Source, protocol::TICK_HZ, space::Cell};

/// A quiet stream sends a heartbeat after this many ticks.
pub const HEARTBEAT_TICKS: u32 = TICK_HZ;

/// How closely a stream follows what happens in its cell. How often each rate is due is the relay's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rate {
    /// At every tick, to the centimetre: what is close by.
    #[default]
    Near,
    /// At some ticks, to the centimetre.
    Middle,
    /// About once a second, to ten centimetres, whole groups: all the rest of the place.
    Far,
}

impl Rate {
    /// Every rate, the finest first.
    pub const ALL: [Self; 3] = [Self::Near, Self::Middle, Self::Far];

    /// The unit of positions, in centimetres.
    fn unit_cm(self) -> i32 {
        match self {
            Self::Near | Self::Middle => 1,
            Self::Far => 10,
        }
    }
}

/// Names a stream.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StreamId {
    /// Whose visitors it shows.
    pub source: Source,
    /// How closely.
    pub rate: Rate,
    /// Where.
    pub cell: Cell,
}

/// The header of the first frame of a concatenation, and the length of that whole frame in bytes.
pub fn header(frames: &[u8]) -> Result<(Header, usize), FrameError> {
    frame::take(frames).map(|taken| (taken.header, frames.len() - taken.rest.len()))
}

/// The frame that tells a reader that no more of a stream will come.
pub fn close_frame(stream: StreamId) -> Vec<u8> {
    frame::seal(
        Header {
            stream,
            kind: Kind::Close,
            sequence: 0,
            tick: 0,
        },
        &[],
    )
}

/// The number of the tick at a time on the relays' clock: the same on all relays; wraps after nine years.
pub fn tick_at(relay_ms: u64) -> u32 {
    (relay_ms.wrapping_mul(u64::from(TICK_HZ)) / 1_000) as u32
}

/// When a tick began, on the relays' clock. Frames carry the low 16 bits only, so the answer is the time nearest to
/// `near_ms` (right while that is less than half an hour away).
pub fn tick_ms(tick: u32, near_ms: u64) -> u64 {
    let near = near_ms.wrapping_mul(u64::from(TICK_HZ)) / 1_000;
    let ahead = (tick as u16).wrapping_sub(near as u16) as i16;
    let full = near.saturating_add_signed(i64::from(ahead));
    (full * 1_000).div_ceil(u64::from(TICK_HZ))
}
