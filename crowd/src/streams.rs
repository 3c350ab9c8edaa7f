//! The cheap way to follow frames: only whether each stream's numbers are without a gap.

use shared::cell::{Header, Kind, StreamId};

/// The streams of one visitor, sorted.
#[derive(Debug, Default)]
pub struct Streams {
    last: Vec<(StreamId, u8)>,
    /// Whether a gap was found since the streams began anew.
    broken: bool,
}

impl Streams {
    /// Notes a frame; whether it shows the first gap.
    pub fn is_gap(&mut self, header: Header) -> bool {
        let place = self
            .last
            .binary_search_by_key(&header.stream, |(stream, _)| *stream);
        match (header.kind, place) {
            (Kind::Close, Ok(place)) => {
                self.last.remove(place);
                false
            }
            (Kind::Close, Err(_)) => false,
            (Kind::Key, Ok(place)) => {
                self.set(place, header.sequence);
                false
            }
            (Kind::Key, Err(place)) => {
                self.last.insert(place, (header.stream, header.sequence));
                false
            }
            (Kind::Delta | Kind::Heartbeat, Ok(place)) => {
                let last = self.last.get(place).map_or(0, |(_, last)| *last);
                let ahead = header.sequence.wrapping_sub(last) as i8;
                if ahead > 0 {
                    self.set(place, header.sequence);
                }
                ahead > 1 && self.breaks()
            }
            (Kind::Delta | Kind::Heartbeat, Err(_)) => self.breaks(),
        }
    }

    /// All streams end.
    pub fn begin_anew(&mut self) {
        self.last.clear();
        self.broken = false;
    }

    fn set(&mut self, place: usize, sequence: u8) {
        if let Some((_, last)) = self.last.get_mut(place) {
            *last = sequence;
        }
    }

    fn breaks(&mut self) -> bool {
        !std::mem::replace(&mut self.broken, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_a_gap() {
        let mut streams = Streams::default();
        let frame = |kind, sequence| Header {
            stream: StreamId::default(),
            kind,
            sequence,
            tick: 0,
        };
        assert!(streams.is_gap(frame(Kind::Delta, 7)), "nothing came before it");
        streams.begin_anew();
        let sound = [
            (Kind::Key, 254),
            (Kind::Delta, 255),
            (Kind::Heartbeat, 0),
            (Kind::Delta, 0),
            (Kind::Delta, 1),
            (Kind::Close, 0),
            (Kind::Key, 9),
            (Kind::Delta, 10),
        ];
        assert!(
            !sound
                .iter()
                .any(|(kind, number)| streams.is_gap(frame(*kind, *number)))
        );
        assert!(streams.is_gap(frame(Kind::Delta, 12)));
        assert!(!streams.is_gap(frame(Kind::Delta, 15)), "told once");
    }
}
