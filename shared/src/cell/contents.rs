//! What a frame holds, without the stream it belongs to: for those who count frames but do not follow them.

use super::{FrameError, Kind, StreamId, bits::BitReader, frame, frame::Header, state};

/// What a frame tells, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Its header.
    pub header: Header,
    /// The whole frame, in bytes.
    pub length: usize,
    /// Avatars that are new in the stream, or all of them in a key frame.
    pub bound: u32,
    /// What telling of those takes, in bits; the whole body of a key frame.
    pub bound_bits: usize,
    /// Avatars that have left the stream.
    pub released: u32,
    /// Avatars that moved, turned or changed.
    pub moved: u32,
}

/// What the first frame of a concatenation holds. How each avatar moved is not looked at, so a damaged body may pass.
pub fn contents(frames: &[u8]) -> Result<Contents, FrameError> {
    let taken = frame::take(frames)?;
    let mut contents = Contents {
        header: taken.header,
        length: frames.len() - taken.rest.len(),
        bound: 0,
        bound_bits: 0,
        released: 0,
        moved: 0,
    };
    let mut bits = BitReader::new(taken.body);
    match taken.header.kind {
        Kind::Key => {
            contents.bound = bits.golomb(4).ok_or(FrameError)?;
            contents.bound_bits = taken.body.len() * 8;
        }
        Kind::Delta => read_delta(&mut bits, taken.header.stream, &mut contents).ok_or(FrameError)?,
        Kind::Heartbeat | Kind::Close => {}
    }
    Ok(contents)
}

fn read_delta(bits: &mut BitReader<'_>, stream: StreamId, contents: &mut Contents) -> Option<()> {
    contents.released = bits.golomb(0)?;
    for _ in 0..contents.released {
        bits.golomb(1)?;
    }
    let begin = bits.position();
    contents.bound = bits.golomb(0)?;
    for _ in 0..contents.bound {
        bits.golomb(4)?;
        state::skip_whole(bits, stream)?;
    }
    contents.bound_bits = if contents.bound > 0 {
        bits.position() - begin
    } else {
        0
    };
    contents.moved = bits.golomb(2)?;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cell::{Encoder, Rate},
        protocol::{Stance, VisitorId},
        space::{Cell, Point, Position},
    };

    fn at(x: i32) -> Stance {
        Stance {
            position: Position {
                point: Point::new(x, 700),
                level: -1,
            },
            ..Stance::default()
        }
    }

    #[test]
    fn what_was_told_is_counted() {
        for rate in Rate::ALL {
            let stream = StreamId {
                rate,
                cell: Cell::at(Point::new(0, 0), 2),
                ..StreamId::default()
            };
            let mut encoder = Encoder::new(stream);
            let first: Vec<_> = (1..=5).map(|id| (VisitorId(id), at(100))).collect();
            let counted = |frame: Option<Vec<u8>>| {
                let frame = frame.unwrap();
                let contents = contents(&frame).unwrap();
                assert_eq!((contents.length, contents.header.stream), (frame.len(), stream));
                (contents.bound, contents.released, contents.moved)
            };
            assert_eq!(counted(encoder.frame(1, &first)), (5, 0, 0));
            let second: Vec<_> = (3..=9).map(|id| (VisitorId(id), at(200))).collect();
            assert_eq!(counted(encoder.frame(2, &second)), (4, 2, 3));
            assert_eq!(counted(encoder.frame(3, &[])), (0, 7, 0));
        }
    }
}
