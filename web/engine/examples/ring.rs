//! Writes what it takes to draw people who walk in a ring on plain ground, here and elsewhere, for
//! `cargo xtask bench --engine`: `cargo run -p engine --features native --example ring -- directory 2000 640x360`.
//!
//! | file | what |
//! |---|---|
//! | `size`, `quality`, `place`, `without-levels` | commands, as a page sends them to the engine's worker |
//! | `frame` | a frame of everyone, all in the middle |
//! | `corners`, `indices` | the finest mesh of a figure, 24 bytes a corner |
//! | `clips` | two steps of each kind of walker: 48 poses of 20 bones, three rows of a matrix each |
//! | `scene.json` | of each figure: its look, what it wears, its clip and its size; the palettes |

use std::error::Error;
use std::fs;
use std::path::Path;

use engine::baked::{self, Walker};
use serde_json::json;
use shared::city::{City, Kit, Part, Place, Spot, SpotName, Surface};
use shared::look::{CLOTH_COLOURS, HAIR_COLOURS, Look, SKINS};
use shared::motion::Motion;
use shared::space::{Heading, Point, Position};
use shared::stage::{self, Command, Figure, Frame, FrameHeader, Quality};

/// Poses of a clip.
const POSES: usize = 48;
/// Half the side of the ground, in centimetres.
const GROUND_CM: i32 = 20_000;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [directory, people, size] = args.as_slice() else {
        return Err("usage: ring directory people widthxheight".into());
    };
    let (width, height) = size.split_once('x').ok_or("a size such as 640x360")?;
    let directory = Path::new(directory);
    fs::create_dir_all(directory)?;
    let write = |name: &str, bytes: &[u8]| fs::write(directory.join(name), bytes);

    let city = city();
    let commands = [
        (
            "size",
            Command::Size {
                width: width.parse()?,
                height: height.parse()?,
            },
        ),
        ("quality", Command::Quality(Quality::Low)),
        (
            "place",
            Command::Place {
                city: city.encode(),
                place: city.arrival.place.clone(),
            },
        ),
        ("without-levels", Command::WithoutLevels),
    ];
    for (name, command) in &commands {
        write(name, &stage::encode(command))?;
    }
    let figures: Vec<Figure> = (0..people.parse()?).map(walker).collect();
    let frame = Frame {
        header: FrameHeader {
            fov_y: 55_f32.to_radians(),
            hour: 12.0,
            day: 172.0,
            ..FrameHeader::default()
        },
        figures,
    };
    write("frame", &frame.encode())?;

    let (corners, indices) = baked::mesh();
    write("corners", &corners)?;
    write("indices", bytemuck::cast_slice(&indices))?;

    let mut clips = Clips::default();
    let people: Vec<_> = frame
        .figures
        .iter()
        .map(|figure| {
            let walker = Walker::new(*figure);
            json!({
                "look": figure.look,
                "worn": walker.worn,
                "clip": clips.of(&walker),
                "tall": walker.tall,
                "cycle_m": walker.cycle_m,
            })
        })
        .collect();
    write("clips", bytemuck::cast_slice(&clips.rows))?;
    let scene = json!({
        "people": people,
        "poses": POSES,
        "bones": baked::BONES,
        "skins": SKINS,
        "hairs": HAIR_COLOURS,
        "cloths": CLOTH_COLOURS,
    });
    write("scene.json", scene.to_string().as_bytes())?;
    Ok(())
}

/// Someone of the ring, at its middle.
fn walker(number: u64) -> Figure {
    Figure {
        motion: [Motion::Walk.index(), Motion::Walk.index(), 0, 0],
        // Nobody begins just now.
        since_s: 10.0,
        opacity: 1.0,
        look: Look::from_seed(number).to_bytes(),
        seed: (number as f32 * 0.618).fract(),
        ..Figure::default()
    }
}

/// What walkers of each kind do.
#[derive(Default)]
struct Clips {
    kinds: Vec<[u32; 4]>,
    rows: Vec<[f32; 4]>,
}

impl Clips {
    /// The number of a walker's clip, made if it is the first of its kind.
    fn of(&mut self, walker: &Walker) -> usize {
        let kind = walker.kind();
        let known = self.kinds.iter().position(|known| *known == kind);
        known.unwrap_or_else(|| {
            self.kinds.push(kind);
            self.rows.extend(walker.clip(POSES));
            self.kinds.len() - 1
        })
    }
}

/// Nothing but ground.
fn city() -> City {
    let corner = |x: i32, z: i32| Point::new(x * GROUND_CM, z * GROUND_CM);
    let square = vec![corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
    let spot = Spot {
        id: "middle".into(),
        position: Position {
            point: Point::new(0, 0),
            level: 0,
        },
        heading: Heading(0),
    };
    let place = Place {
        id: "ground".into(),
        origin_lat_lon: [37.5657, 126.9779],
        capacity: 1,
        bounds: square.clone(),
        spots: vec![spot],
        parts: vec![Part {
            name: None,
            level: 0,
            kit: Kit::Ground {
                outline: square,
                surface: Surface::Earth,
            },
        }],
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    };
    City {
        id: "ring".into(),
        attribution: "made up".into(),
        utc_offset_min: 540,
        languages: vec!["en".into()],
        arrival: SpotName {
            place: "ground".into(),
            spot: "middle".into(),
        },
        places: vec![place],
    }
}
