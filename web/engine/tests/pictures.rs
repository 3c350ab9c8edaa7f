//! Draws fixed frames without a screen and compares them with stored pictures.
//!
//! `ENGINE_PICTURES=make cargo test -p engine --features native --test pictures` makes the stored pictures anew: look
//! at them before you commit them. A picture that fails is left in the target directory beside its name.

// A test that cannot read or draw its picture has failed.
#![allow(clippy::unwrap_used)]

#[path = "../examples/shot/lineup.rs"]
mod lineup;
#[path = "../examples/shot/square.rs"]
mod square;

use std::path::PathBuf;

use engine::offscreen::{self, Picture};
use engine::place::PlaceModel;
use engine::stage::Stage;
use shared::stage::{Frame, FrameHeader, Quality};

/// Mean difference of a colour channel (0 to 255) that rasterisers of different versions may have.
const MEAN_LIMIT: f64 = 2.0;
/// Share of pixels that may be plainly different: edges fall a pixel to either side.
const PLAIN_SHARE: f64 = 0.02;
/// From which difference of a channel on a pixel is plainly different.
const PLAIN: u8 = 28;

const SIZE: (u32, u32) = (480, 300);

fn header(hour: f32, eye: [f32; 3], target: [f32; 3]) -> FrameHeader {
    let fov_y = 55_f32.to_radians();
    FrameHeader {
        hour,
        day: 310.0,
        eye,
        target,
        fov_y,
        time_s: 2.0,
        ..FrameHeader::default()
    }
}

fn draw(header: FrameHeader, people: usize, quality: Quality) -> Picture {
    let gpu = offscreen::open().unwrap_or_else(|error| {
        panic!("no Vulkan adapter, not even a software one: on Debian, apt-get install mesa-vulkan-drivers ({error})")
    });
    let city = square::city();
    let mut stage = Stage::new(&gpu, offscreen::FORMAT, quality);
    stage.set_place(PlaceModel::new(city.places[0].clone(), city.utc_offset_min));
    let frame = Frame {
        header,
        figures: square::people(people, header.time_s),
    };
    offscreen::draw(&gpu, &mut stage, &frame, SIZE).unwrap()
}

/// Compares a picture with the stored one of its name.
fn assert_as_stored(name: &str, picture: &Picture) {
    let stored = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.png"));
    if std::env::var("ENGINE_PICTURES").is_ok_and(|value| value == "make") {
        picture.save(&stored).unwrap();
        return;
    }
    let expected = Picture::load(&stored).unwrap();
    assert_eq!((picture.width, picture.height), (expected.width, expected.height));
    let differences = || {
        picture
            .rgba
            .iter()
            .zip(&expected.rgba)
            .map(|(a, b)| a.abs_diff(*b))
    };
    let mean = differences().map(f64::from).sum::<f64>() / picture.rgba.len() as f64;
    let plain = picture.rgba.chunks_exact(4).zip(expected.rgba.chunks_exact(4));
    let plain = plain
        .filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > PLAIN))
        .count();
    let share = plain as f64 / f64::from(picture.width * picture.height);
    if mean > MEAN_LIMIT || share > PLAIN_SHARE {
        let drawn = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        picture.save(&drawn).unwrap();
        panic!(
            "{name}: mean difference {mean:.2}, {:.1} % plainly different; see {}",
            share * 100.0,
            drawn.display()
        );
    }
}

/// Mean of a channel over a picture.
fn mean(picture: &Picture, channel: usize) -> f64 {
    let sum: u64 = picture
        .rgba
        .iter()
        .skip(channel)
        .step_by(4)
        .map(|v| u64::from(*v))
        .sum();
    sum as f64 / f64::from(picture.width * picture.height)
}

#[test]
fn noon_looks_as_stored() {
    let picture = draw(
        header(12.0, [0.0, 2.6, 44.0], [0.0, 12.0, -60.0]),
        0,
        Quality::Medium,
    );
    assert_as_stored("noon", &picture);
}

#[test]
fn night_looks_as_stored_and_is_blue_and_dark() {
    let view = |hour| {
        draw(
            header(hour, [0.0, 2.6, 44.0], [0.0, 12.0, -60.0]),
            20,
            Quality::Medium,
        )
    };
    let night = view(21.0);
    assert_as_stored("night", &night);
    assert!(mean(&night, 1) < mean(&view(13.0), 1) * 0.6);
}

/// Where a graphics card has time for it. A picture without it is dark right beside a lamp.
#[test]
fn at_night_lamps_and_windows_shine_beyond_their_edges() {
    let view = header(21.0, [0.0, 2.6, 44.0], [0.0, 12.0, -60.0]);
    let (low, medium) = (draw(view, 0, Quality::Low), draw(view, 0, Quality::Medium));
    let (width, height) = (SIZE.0 as i32, SIZE.1 as i32);
    let green = |picture: &Picture, x: i32, y: i32| picture.rgba[(4 * (y * width + x) + 1) as usize];
    let nearest_light = |x: i32, y: i32| {
        let lights = (-24..=24).flat_map(|dy| (-24..=24).map(move |dx| (dx, dy)));
        lights
            .filter(|(dx, dy)| (0..width).contains(&(x + dx)) && (0..height).contains(&(y + dy)))
            .filter(|(dx, dy)| green(&low, x + dx, y + dy) > 200)
            .map(|(dx, dy)| dx.abs().max(dy.abs()))
            .min()
    };
    let (mut beside, mut apart) = (Vec::new(), Vec::new());
    for (x, y) in (0..height)
        .step_by(3)
        .flat_map(|y| (0..width).step_by(3).map(move |x| (x, y)))
    {
        if green(&low, x, y) > 70 {
            continue;
        }
        let more = f64::from(green(&medium, x, y)) - f64::from(green(&low, x, y));
        match nearest_light(x, y) {
            Some(2..=6) => beside.push(more),
            None => apart.push(more),
            Some(_) => {}
        }
    }
    let mean = |all: &[f64]| all.iter().sum::<f64>() / all.len() as f64;
    assert!(
        beside.len() > 50 && apart.len() > 1_000,
        "{} {}",
        beside.len(),
        apart.len()
    );
    let (beside, apart) = (mean(&beside), mean(&apart));
    assert!(
        beside > apart + 7.0 && apart.abs() < 4.0,
        "beside {beside:.1}, apart {apart:.1}"
    );
}

#[test]
fn figures_look_as_stored() {
    let picture = draw(
        header(15.0, [0.0, 1.9, 46.0], [0.0, 1.0, 36.0]),
        40,
        Quality::Medium,
    );
    assert_as_stored("figures", &picture);
}

#[test]
fn a_thousand_take_as_many_draws_as_two_hundred() {
    let view = header(15.0, [0.0, 3.0, 48.0], [0.0, 1.0, 20.0]);
    let few = draw(view, 200, Quality::Medium);
    let many = draw(view, 1_000, Quality::Medium);
    assert_eq!(few.drawn.draws, many.drawn.draws);
    assert!(many.drawn.triangles < few.drawn.triangles + 900_000);
    assert_as_stored("crowd", &many);
}

#[test]
fn without_levels_everyone_is_drawn_finely_however_far_off() {
    // More than any coarse figure has.
    const FINE: u32 = 3_600;
    let gpu = offscreen::open().unwrap();
    let city = square::city();
    let mut stage = Stage::new(&gpu, offscreen::FORMAT, Quality::Low);
    stage.set_place(PlaceModel::new(city.places[0].clone(), city.utc_offset_min));
    stage.leave_levels_out();
    let mut drawn = |people| {
        let frame = Frame {
            header: header(15.0, [0.0, 30.0, 120.0], [0.0, 0.0, 4.0]),
            figures: square::people(people, 2.0),
        };
        offscreen::draw(&gpu, &mut stage, &frame, SIZE).unwrap().drawn
    };
    // The first frame also draws the city's shadow.
    drawn(1);
    let (few, many) = (drawn(20), drawn(120));
    assert_eq!(few.draws, many.draws);
    let each = (many.triangles - few.triangles) / 100;
    assert!(each > FINE, "{each} triangles");
    assert_eq!(many.triangles, few.triangles + 100 * each);
}

/// A lineup of a name, on the square.
fn assert_lineup_as_stored(name: &str, header: FrameHeader) {
    let gpu = offscreen::open().unwrap();
    let city = square::city();
    let mut stage = Stage::new(&gpu, offscreen::FORMAT, Quality::Medium);
    stage.set_place(PlaceModel::new(city.places[0].clone(), city.utc_offset_min));
    let frame = Frame {
        header,
        figures: lineup::lineup(name, 1.1),
    };
    let picture = offscreen::draw(&gpu, &mut stage, &frame, (640, 300)).unwrap();
    assert_as_stored(name, &picture);
}

#[test]
fn emotes_look_as_stored() {
    assert_lineup_as_stored("emotes", header(11.0, [0.0, 1.9, 45.0], [0.0, 0.95, 37.0]));
}

#[test]
fn vehicles_look_as_stored() {
    assert_lineup_as_stored("vehicles", header(15.0, [-3.0, 4.4, 38.0], [0.0, 1.7, 24.0]));
}

#[test]
fn a_weak_machine_sees_the_same_square() {
    let view = header(12.0, [0.0, 2.6, 44.0], [0.0, 12.0, -60.0]);
    let (low, medium) = (draw(view, 0, Quality::Low), draw(view, 0, Quality::Medium));
    for channel in 0..3 {
        assert!(
            (mean(&low, channel) - mean(&medium, channel)).abs() < 14.0,
            "channel {channel}"
        );
    }
}

#[test]
fn a_kept_picture_is_the_one_that_would_be_drawn() {
    let gpu = offscreen::open().unwrap();
    let city = square::city();
    let mut stage = Stage::new(&gpu, offscreen::FORMAT, Quality::Low);
    stage.set_place(PlaceModel::new(city.places[0].clone(), city.utc_offset_min));
    let mut shot = |time_s: f32, people_at: f32| {
        let frame = Frame {
            header: FrameHeader {
                time_s,
                ..header(15.0, [0.0, 2.2, 47.0], [0.0, 3.0, 20.0])
            },
            figures: square::people(40, people_at),
        };
        offscreen::draw(&gpu, &mut stage, &frame, SIZE).unwrap()
    };
    let moving = shot(2.0, 2.0);
    let before = shot(3.0, 1.0);
    let still = shot(3.5, 2.0);
    let differ = |a: &Picture, b: &Picture| {
        let pairs = a.rgba.chunks_exact(4).zip(b.rgba.chunks_exact(4));
        let plain = pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > PLAIN));
        plain.count() as f64 / f64::from(SIZE.0 * SIZE.1)
    };
    // Walls hide the same figures, the same figures hide the lawn.
    assert!(differ(&moving, &still) < 0.004, "{}", differ(&moving, &still));
    assert!(
        differ(&before, &still) > 0.004,
        "figures move on while the city is kept"
    );
}

#[test]
fn a_picture_that_becomes_sharp_strip_by_strip_is_the_one_that_would_be_drawn() {
    let gpu = offscreen::open().unwrap();
    let city = square::city();
    let mut stage = Stage::new(&gpu, offscreen::FORMAT, Quality::Low);
    stage.set_place(PlaceModel::new(city.places[0].clone(), city.utc_offset_min));
    let frame = |time_s: f32| Frame {
        header: FrameHeader {
            time_s,
            ..header(15.0, [0.0, 2.2, 47.0], [0.0, 3.0, 20.0])
        },
        figures: square::people(40, 2.0),
    };
    let moving = offscreen::draw(&gpu, &mut stage, &frame(2.0), SIZE).unwrap();
    let coarse = (SIZE.0 / 2, SIZE.1 / 2);
    let mut frames = 0;
    while !stage.watch(&frame(3.0).header, SIZE) {
        offscreen::draw_towards(&gpu, &mut stage, &frame(3.0), coarse, SIZE).unwrap();
        frames += 1;
        assert!(frames < 60, "it becomes sharp");
    }
    assert!(frames > 10, "but in no one frame");
    let sharp = offscreen::draw(&gpu, &mut stage, &frame(3.0), SIZE).unwrap();
    let pairs = moving.rgba.chunks_exact(4).zip(sharp.rgba.chunks_exact(4));
    let plain = pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > PLAIN));
    let share = plain.count() as f64 / f64::from(SIZE.0 * SIZE.1);
    assert!(share < 0.004, "{share}");
}
