//! What the shell tells the engine, and what the engine answers: the whole border between the two.
//!
//! Both directions travel by `postMessage` between page and worker as `Uint8Array`s: [`Command`] and [`Report`] as
//! postcard, [`Frame`] as a flat little-endian block whose buffer is transferred. The engine chooses levels of
//! detail, never content: what is in the frame is what is drawn.

use bytemuck::{Pod, Zeroable};
use serde::{Deserialize, Serialize};

/// A replayable command: a new worker that is given the same commands in the same order shows the same picture.
/// The canvas itself travels beside the first [`Command::Size`] as a transferred `OffscreenCanvas`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// The compiled city (see [`crate::city::City::decode`]) and which of its places to show.
    Place {
        /// Compiled bytes.
        city: Vec<u8>,
        /// [`crate::city::Place::id`].
        place: String,
    },
    /// Size of the canvas in device pixels.
    Size {
        /// Pixels across; never 0.
        width: u32,
        /// Pixels down; never 0.
        height: u32,
    },
    /// How much to spend on a frame.
    Quality(Quality),
    /// Every figure finely from now on, however far off it is and however many there are: what levels of detail save, and
    /// what they cost the picture, is measured against this. Comes after the place and the quality.
    WithoutLevels,
}

/// How much to spend on a frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quality {
    /// No shadows from small things, fewer pixels.
    Low,
    /// The usual.
    #[default]
    Medium,
    /// Everything.
    High,
}

/// What the weather is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weather {
    /// A few thin clouds.
    #[default]
    Clear,
    /// Clouds from side to side.
    Cloudy,
    /// Rain, on streets that shine.
    Rain,
    /// Snow, falling and lying.
    Snow,
    /// Yellow dust, which comes from the west in spring.
    Dust,
}

impl Weather {
    /// All of them, by index.
    pub const ALL: [Self; 5] = [Self::Clear, Self::Cloudy, Self::Rain, Self::Snow, Self::Dust];

    /// What stands for it in a frame.
    pub fn index(self) -> u32 {
        self as u32
    }

    /// What an index stands for; clear for those that stand for nothing.
    pub fn from_index(index: u32) -> Self {
        Self::ALL.get(index as usize).copied().unwrap_or_default()
    }
}

/// What comes back from the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report {
    /// The place is built and the first frame can come.
    Ready {
        /// Name of the adapter, for the settings panel.
        adapter: String,
    },
    /// A frame was drawn: the shell keeps at most two on their way.
    Drawn {
        /// [`FrameHeader::sequence`].
        sequence: u32,
        /// Milliseconds the engine spent on it.
        cpu_ms: f32,
        /// Draw calls.
        draws: u32,
        /// Triangles.
        triangles: u32,
    },
    /// The picture cannot go on: end this worker and start another.
    Lost {
        /// For the log.
        reason: String,
    },
}

/// One frame, fixed part. Lengths in metres in the place's axes (x east, y up, z south), angles in radians.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct FrameHeader {
    /// Counts up by one a frame.
    pub sequence: u32,
    /// How many [`Figure`]s follow.
    pub figures: u32,
    /// Seconds since the shell started, for what sways and flickers.
    pub time_s: f32,
    /// Vertical field of view.
    pub fov_y: f32,
    /// Where the camera is.
    pub eye: [f32; 3],
    /// Hour of the day in the city, 0 to 24.
    pub hour: f32,
    /// What the camera looks at.
    pub target: [f32; 3],
    /// Day of the year in the city, 0 to 366.
    pub day: f32,
    /// The visitor asks for less motion: nothing sways (1), or as usual (0).
    pub calm: u32,
    /// [`Weather::index`].
    pub weather: u32,
    /// Nothing; keeps the size a multiple of 16 bytes.
    pub reserved: [u32; 2],
}

/// One person or ambient figure of a frame; laid out to be used as per-instance vertex data as it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub struct Figure {
    /// Where the feet are.
    pub position: [f32; 3],
    /// Clockwise from north.
    pub heading: f32,
    /// [`crate::motion::Motion::index`] of what it does and of what it did before, flags ([`OWN`] or [`VEHICLE`]), and how
    /// long it had done that before, in tenths of a second.
    pub motion: [u8; 4],
    /// Seconds since `motion[0]` began; the engine blends from `motion[1]` over the first quarter of a second.
    pub since_s: f32,
    /// Metres walked so far: the phase of the steps, so that feet do not slide.
    pub stride_m: f32,
    /// 0 invisible, 1 solid: figures fade in and out.
    pub opacity: f32,
    /// [`crate::look::Look::to_bytes`]; of a vehicle the number of its kind ([`crate::city::transit::Vehicle`] or
    /// [`BICYCLE`]).
    pub look: [u8; 12],
    /// A number of the figure's own, 0 to 1, so that not all breathe in step.
    pub seed: f32,
    /// Where the eyes look, clockwise from straight ahead, in [`GAZE_RAD`]; whether the mouth speaks (1); how fast the body
    /// turns, clockwise, in [`GAZE_RAD`] a second; the fourth is of no use.
    pub gaze: [i8; 4],
    /// Nothing; keeps the size a multiple of 16 bytes. The engine puts its own numbers here.
    pub reserved: [u32; 3],
}

/// The flag of the own avatar.
pub const OWN: u8 = 1;

/// The number of a bicycle among the kinds of vehicles: see [`Figure::look`].
pub const BICYCLE: u8 = 3;

/// The flag of what is no figure, but a vehicle.
pub const VEHICLE: u8 = 2;

/// The unit of [`Figure::gaze`], in radians.
pub const GAZE_RAD: f32 = 0.025;

/// A frame as sent: header, then figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// The fixed part.
    pub header: FrameHeader,
    /// Everyone to be drawn.
    pub figures: Vec<Figure>,
}

impl Frame {
    /// The flat block; sets the header's count.
    pub fn encode(&self) -> Vec<u8> {
        let header = FrameHeader {
            figures: self.figures.len() as u32,
            ..self.header
        };
        let mut out = Vec::with_capacity(size_of::<FrameHeader>() + size_of_val(self.figures.as_slice()));
        out.extend_from_slice(bytemuck::bytes_of(&header));
        out.extend_from_slice(bytemuck::cast_slice(&self.figures));
        out
    }

    /// Reads a flat block; none when its size and its count disagree.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (head, body) = bytes.split_at_checked(size_of::<FrameHeader>())?;
        let header: FrameHeader = bytemuck::pod_read_unaligned(head);
        if body.len() != (header.figures as usize).checked_mul(size_of::<Figure>())? {
            return None;
        }
        let figures = body
            .chunks_exact(size_of::<Figure>())
            .map(bytemuck::pod_read_unaligned)
            .collect();
        Some(Self { header, figures })
    }
}

/// The bytes of a command or report.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    // Serialising plain data into a vector cannot fail; an empty message would be refused by `decode`.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// A command or report from its bytes; none when damaged.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_survives_the_way_to_the_worker() {
        let mut frame = Frame {
            figures: vec![
                Figure {
                    heading: 1.5,
                    ..Figure::default()
                };
                3
            ],
            ..Frame::default()
        };
        frame.header.eye = [1.0, 2.0, 3.0];
        let back = Frame::decode(&frame.encode()).unwrap();
        assert_eq!(back.header.figures, 3);
        assert_eq!(back.figures, frame.figures);
        assert_eq!(Frame::decode(frame.encode().get(1..).unwrap()), None);
    }

    #[test]
    fn every_weather_has_an_index_of_its_own() {
        for weather in Weather::ALL {
            assert_eq!(Weather::from_index(weather.index()), weather);
        }
        assert_eq!(Weather::from_index(99), Weather::Clear);
    }

    #[test]
    fn sizes_fit_vertex_buffers() {
        assert_eq!(size_of::<FrameHeader>() % 16, 0);
        assert_eq!(size_of::<Figure>(), 64);
    }
}
