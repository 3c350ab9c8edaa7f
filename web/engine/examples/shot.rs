//! Draws a place from any spot at any hour into a PNG, without a screen:
//! `cargo run -p engine --features native --example shot -- out.png hour=12 day=300 eye=0,3,40 target=0,12,-60`.
//! Further: `size=1440x900`, `figures=40`, `lineup=emotes` (or `vehicles`, `bicycles`, `walk`, `run`, `outfit`, `hair`, `head`, `face`, `age`, `build`, `aid`; at `time` seconds), `frames=9`, `step=0.2` (seconds from frame to frame), `quality=low`, `weather=3` (of `Weather::index`), `fov=55`, `time=3`, `pack=assets/cities/seoul`, `place=gallery`, and
//! `bytes=directory` to write the commands and the frame that make an engine in a browser draw the same.

#[path = "shot/lineup.rs"]
mod lineup;
#[path = "shot/square.rs"]
mod square;

use std::error::Error;
use std::path::Path;

use engine::offscreen;
use engine::place::PlaceModel;
use engine::stage::Stage;
use shared::city::{City, source};
use shared::stage::{self, Command, Frame, FrameHeader, Quality};

fn numbers<const N: usize>(text: &str) -> Result<[f32; N], Box<dyn Error>> {
    let parsed: Result<Vec<f32>, _> = text.split([',', 'x']).map(str::parse).collect();
    parsed?
        .try_into()
        .map_err(|_| format!("{text}: expected {N} numbers").into())
}

/// Compiles a pack's directory.
fn compiled(directory: &Path) -> Result<City, Box<dyn Error>> {
    let read = |name: &str| {
        std::fs::read_to_string(directory.join(name)).map_err(|error| format!("{name}: {error}"))
    };
    source::compile(&read).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        lines.join("\n").into()
    })
}

fn tier(name: &str) -> Result<Quality, String> {
    match name {
        "low" => Ok(Quality::Low),
        "medium" => Ok(Quality::Medium),
        "high" => Ok(Quality::High),
        _ => Err(format!("quality={name}: expected low, medium or high")),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args().skip(1);
    let out = args.next().ok_or("usage: shot out.png [key=value]...")?;
    let mut header = FrameHeader {
        eye: [0.0, 2.6, 46.0],
        target: [0.0, 9.0, -40.0],
        hour: 12.0,
        day: 300.0,
        fov_y: 55_f32.to_radians(),
        ..FrameHeader::default()
    };
    let (mut size, mut people, mut quality) = ([1440.0, 900.0], 0.0, Quality::Medium);
    let (mut pack, mut named, mut bytes, mut frames, mut step) = (None, None, None, 2.0, 0.0);
    let (mut look, mut beside): (Option<[f32; 3]>, Option<String>) = (None, None);
    for arg in args {
        let (key, value) = arg
            .split_once('=')
            .ok_or_else(|| format!("{arg}: expected key=value"))?;
        match key {
            "hour" => header.hour = value.parse()?,
            "day" => header.day = value.parse()?,
            "time" => header.time_s = value.parse()?,
            "weather" => header.weather = value.parse()?,
            "fov" => header.fov_y = value.parse::<f32>()?.to_radians(),
            "eye" => header.eye = numbers(value)?,
            "target" => look = Some(numbers(value)?),
            "size" => size = numbers(value)?,
            "figures" => [people] = numbers(value)?,
            "lineup" => beside = Some(value.to_owned()),
            "quality" => quality = tier(value)?,
            "pack" => pack = Some(value.to_owned()),
            "place" => named = Some(value.to_owned()),
            "frames" => [frames] = numbers(value)?,
            "step" => [step] = numbers(value)?,
            "bytes" => bytes = Some(value.to_owned()),
            _ => return Err(format!("{arg}: no such setting").into()),
        }
    }
    // The shell looks at its visitor: shadows gather around what is looked at.
    header.target = look.unwrap_or(header.target);
    let city = match pack {
        Some(path) => compiled(Path::new(&path))?,
        None => square::city(),
    };
    let place = match named {
        Some(id) => city.place(&id),
        None => city.arrival_place(),
    };
    let place = place.ok_or("the city has no such place")?;
    let mut frame = Frame {
        header,
        figures: match &beside {
            Some(what) => lineup::lineup(what, header.time_s),
            None => square::people(people as usize, header.time_s),
        },
    };
    let size = (size[0] as u32, size[1] as u32);
    if let Some(directory) = bytes {
        let write = |name: &str, bytes: Vec<u8>| std::fs::write(Path::new(&directory).join(name), bytes);
        let show = Command::Place {
            city: city.encode(),
            place: place.id.clone(),
        };
        write(
            "size",
            stage::encode(&Command::Size {
                width: size.0,
                height: size.1,
            }),
        )?;
        write("quality", stage::encode(&Command::Quality(quality)))?;
        write("place", stage::encode(&show))?;
        write("frame", frame.encode())?;
        return Ok(());
    }
    let gpu = offscreen::open()?;
    let model = PlaceModel::new(place.clone(), city.utc_offset_min);
    let mut drawer = Stage::new(&gpu, offscreen::FORMAT, quality);
    drawer.set_place(model);
    let mut times = Vec::new();
    let mut picture = None;
    for _ in 0..frames.max(1.0) as u32 {
        let from = std::time::Instant::now();
        picture = Some(offscreen::draw(&gpu, &mut drawer, &frame, size)?);
        times.push(from.elapsed().as_secs_f32() * 1e3);
        frame.header.time_s += step;
    }
    let first = times[0];
    times.sort_by(f32::total_cmp);
    println!(
        "{}: {} corners, milliseconds: first {first:.0}, fastest {:.0}, middle {:.0}",
        gpu.adapter,
        drawer.corners(),
        times[0],
        times[times.len() / 2],
    );
    if let Some(picture) = picture {
        println!("{:?}", picture.drawn);
        picture.save(Path::new(&out))?;
    }
    Ok(())
}
