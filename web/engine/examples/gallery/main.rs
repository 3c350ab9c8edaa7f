//! Draws every spot of a pack as a visitor sees it on arrival, at four moments of the year, into one JPEG each:
//! `cargo run -p engine --features native --example gallery -- assets/cities/seoul docs/gallery`.
//! It prints place and spot of each picture that it has written; `cargo xtask gallery` makes a page of them. Into the pack it
//! draws `previews/<place>-<spot>.jpg` as well, which messengers show of a link. With `--once` it draws one small picture of each
//! spot, and no previews.

mod strolls;

use std::error::Error;
use std::path::Path;

use engine::offscreen::{self, Picture};
use engine::place::PlaceModel;
use engine::stage::Stage;
use jpeg_encoder::{ColorType, Encoder};
use shared::city::{Spot, source};
use shared::space::Point;
use shared::stage::{Frame, FrameHeader, Quality, Weather};
use shared::walk::Ground;

/// Hour, day of the year and weather: summer and autumn by day, a winter morning in snow, a night.
const MOMENTS: [(f32, f32, Weather); 4] = [
    (12.5, 205.0, Weather::Clear),
    (15.0, 312.0, Weather::Clear),
    (10.0, 20.0, Weather::Snow),
    (20.5, 300.0, Weather::Clear),
];

/// Pixels of one picture; a sheet has two rows of two.
const SIZE: (u32, u32) = (560, 360);

const JPEG_QUALITY: u8 = 80;

/// Which moment a preview shows, and its pixels, as messengers like them. They fetch one for each link: it must not be heavy.
const PREVIEW_MOMENT: usize = 1;
const PREVIEW_SIZE: (u32, u32) = (1_200, 630);
const PREVIEW_QUALITY: u8 = 62;

/// A summer morning, for what is drawn once.
const ONCE: (f32, f32, Weather) = (10.0, 160.0, Weather::Clear);
const ONCE_SIZE: (u32, u32) = (480, 300);

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (pack, out, once) = match args.as_slice() {
        [pack, out] => (pack, out, false),
        [once, pack, out] if once == "--once" => (pack, out, true),
        _ => return Err("usage: gallery [--once] PACK DIRECTORY".into()),
    };
    let read = |name: &str| {
        std::fs::read_to_string(Path::new(pack).join(name)).map_err(|error| format!("{name}: {error}"))
    };
    let city = source::compile(&read).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        lines.join("\n")
    })?;
    let previews = Path::new(pack).join("previews");
    std::fs::create_dir_all(out)?;
    if !once {
        std::fs::create_dir_all(&previews)?;
    }
    let gpu = offscreen::open()?;
    for place in &city.places {
        let mut stage = Stage::new(&gpu, offscreen::FORMAT, Quality::High);
        stage.set_place(PlaceModel::new(place.clone(), city.utc_offset_min));
        let ground = Ground::new(place);
        let figures = strolls::figures(place, &ground);
        for spot in &place.spots {
            let mut draw = |moment, size| {
                let frame = Frame {
                    header: arrival(spot, &ground, moment),
                    figures: figures.clone(),
                };
                offscreen::draw(&gpu, &mut stage, &frame, size)
            };
            let name = format!("{}-{}.jpg", place.id, spot.id);
            if once {
                let file = Path::new(out).join(format!("{}.jpg", spot.id));
                write(
                    &file,
                    &draw(ONCE, ONCE_SIZE)?.rgba,
                    ONCE_SIZE,
                    PREVIEW_QUALITY,
                    true,
                )?;
            } else {
                let pictures = MOMENTS
                    .iter()
                    .map(|moment| draw(*moment, SIZE))
                    .collect::<Result<Vec<_>, _>>()?;
                let whole = (2 * SIZE.0, 2 * SIZE.1);
                write(
                    &Path::new(out).join(&name),
                    &sheet(&pictures),
                    whole,
                    JPEG_QUALITY,
                    false,
                )?;
                let preview = draw(MOMENTS[PREVIEW_MOMENT], PREVIEW_SIZE)?.rgba;
                write(
                    &previews.join(&name),
                    &preview,
                    PREVIEW_SIZE,
                    PREVIEW_QUALITY,
                    true,
                )?;
            }
            println!("{} {}", place.id, spot.id);
        }
    }
    Ok(())
}

fn write(
    file: &Path,
    rgba: &[u8],
    (width, height): (u32, u32),
    quality: u8,
    progressive: bool,
) -> Result<(), Box<dyn Error>> {
    let mut encoder = Encoder::new_file(file, quality)?;
    encoder.set_progressive(progressive);
    encoder.encode(rgba, width as u16, height as u16, ColorType::Rgba)?;
    Ok(())
}

/// What the camera shows of whoever arrives at a spot, without the visitor.
fn arrival(spot: &Spot, ground: &Ground, (hour, day, weather): (f32, f32, Weather)) -> FrameHeader {
    let at = spot.position.point.to_m();
    let floor = ground.height_m(at, spot.position.level);
    let front = spot.heading.direction();
    let point = |along: f32, height: f32| [at.x + front.x * along, height, at.y + front.y * along];
    // In a room the wall behind may be nearer.
    let behind = Point::from_m(at - front * 5.6);
    let away = 5.6 * ground.sight(spot.position, behind, 190) - 0.4;
    FrameHeader {
        eye: point(-away, floor + 1.9),
        target: point(20.0, floor + 3.2),
        fov_y: 0.96,
        hour,
        day,
        weather: weather.index(),
        ..FrameHeader::default()
    }
}

/// Four pictures in two rows.
fn sheet(pictures: &[Picture]) -> Vec<u8> {
    let row = SIZE.0 as usize * 4;
    let mut rgba = Vec::with_capacity(row * SIZE.1 as usize * pictures.len());
    for pair in pictures.chunks(2) {
        for line in 0..SIZE.1 as usize {
            for picture in pair {
                rgba.extend_from_slice(&picture.rgba[line * row..(line + 1) * row]);
            }
        }
    }
    rgba
}
