//! The frames of a cell's stream: who is in it, and how each moved since the stream's last frame.
//!
//! A stream is the ordered frames of one cell from one [`Source`]. WebSocket is ordered and reliable, so the last frame
//! is the baseline of the next; a gap in the sequence (a lost backplane message, a skipped client) ends the stream for
//! its reader until its key frame.

use crate::{
    protocol::{Source, Stance, VisitorId},
    space::Cell,
};

/// The sending end of a stream: turns what is in a cell at each tick into a frame.
#[derive(Clone, Debug)]
pub struct Encoder {}

/// The receiving end of all streams: the relays' frames in, who is where out.
#[derive(Clone, Debug, Default)]
pub struct Decoder {}

/// What a frame told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A visitor is in the cell, doing this (first seen, moved, or changed).
    At {
        /// Who.
        visitor: VisitorId,
        /// What the avatar does.
        stance: Stance,
        /// The tick of the frame: ticks of all relays are counted on the same clock.
        tick: u32,
    },
    /// A visitor left this cell's stream; gone from view unless another stream shows them.
    Left {
        /// Who.
        visitor: VisitorId,
        /// The tick of the frame.
        tick: u32,
    },
    /// The stream has a gap and is silent until its key frame: ask for it.
    Gap {
        /// Whose stream.
        source: Source,
        /// Which cell's.
        cell: Cell,
    },
}
