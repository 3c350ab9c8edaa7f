//! A square like Seoul's, small enough to read: what pictures are tried on when no compiled city is at hand.

use shared::city::{City, Crown, Facade, Finish, Kit, Part, Place, Roof, Species, Spot, SpotName, Surface};
use shared::look::Look;
use shared::motion::Motion;
use shared::space::{Heading, Point, Position};
use shared::stage::Figure;

fn p(x: f32, z: f32) -> Point {
    Point::new((x * 100.0) as i32, (z * 100.0) as i32)
}

fn rect(x0: f32, z0: f32, x1: f32, z1: f32) -> Vec<Point> {
    vec![p(x0, z0), p(x1, z0), p(x1, z1), p(x0, z1)]
}

fn oval(x: f32, z: f32, a: f32, b: f32) -> Vec<Point> {
    (0..48)
        .map(|k| {
            let (sin, cos) = (k as f32 / 48.0 * std::f32::consts::TAU).sin_cos();
            p(x + a * cos, z + b * sin)
        })
        .collect()
}

/// The square, its two halls, a gate, the streets around and the hills behind.
// A list of parts, as a pack would hold it.
#[allow(clippy::too_many_lines)]
pub fn city() -> City {
    let mut kits = vec![
        Kit::Ground {
            outline: rect(-320.0, -320.0, 320.0, 320.0),
            surface: Surface::Paving,
        },
        Kit::Ground {
            outline: rect(-72.0, -62.0, 72.0, 62.0),
            surface: Surface::Granite,
        },
        Kit::Ground {
            outline: oval(0.0, 4.0, 50.0, 41.0),
            surface: Surface::Lawn,
        },
        Kit::Road {
            path: vec![p(-95.0, -320.0), p(-95.0, 320.0)],
            width_cm: 3400,
            surface: Surface::Asphalt,
            lanes: 10,
        },
        Kit::Road {
            path: vec![p(-95.0, 78.0), p(320.0, 78.0)],
            width_cm: 2000,
            surface: Surface::Asphalt,
            lanes: 6,
        },
        Kit::Road {
            path: vec![p(84.0, -320.0), p(84.0, 78.0)],
            width_cm: 1400,
            surface: Surface::Asphalt,
            lanes: 4,
        },
        Kit::Road {
            path: vec![p(-112.0, 40.0), p(-78.0, 40.0)],
            width_cm: 800,
            surface: Surface::Crossing,
            lanes: 0,
        },
        Kit::StoneHall {
            outline: rect(-45.0, -84.0, 45.0, -62.0),
            cornice_cm: 1700,
            top_cm: 3200,
            storeys: 4,
            facing: Heading(128),
            brick: false,
            crown: Crown::Tower,
        },
        Kit::WaveHall {
            outline: rect(-52.0, -150.0, 60.0, -94.0),
            height_cm: 6000,
            overhang_cm: 1400,
            facing: Heading(128),
        },
        Kit::Hall {
            at: p(-122.0, 48.0),
            facing: Heading(64),
            bays: 3,
            depth_bays: 2,
            bay_cm: 460,
            base_cm: 90,
            arches: 0,
            storeys: 1,
            roof: Roof::Ujingak,
            open: false,
            terrace: 0,
            rails: false,
            doors: 0,
            plain: false,
        },
        Kit::Wall {
            path: vec![p(-122.0, 56.0), p(-122.0, 200.0)],
            height_cm: 380,
            thickness_cm: 90,
            finish: Finish::Tiled,
        },
        Kit::Wall {
            path: vec![p(-122.0, 40.0), p(-122.0, -60.0)],
            height_cm: 380,
            thickness_cm: 90,
            finish: Finish::Tiled,
        },
        Kit::Hall {
            at: p(-170.0, 10.0),
            facing: Heading(128),
            bays: 5,
            depth_bays: 4,
            bay_cm: 450,
            base_cm: 220,
            arches: 0,
            storeys: 1,
            roof: Roof::Paljak,
            open: false,
            terrace: 0,
            rails: false,
            doors: 0,
            plain: false,
        },
        Kit::Hall {
            at: p(-60.0, 230.0),
            facing: Heading(128),
            bays: 5,
            depth_bays: 2,
            bay_cm: 500,
            base_cm: 700,
            arches: 1,
            storeys: 2,
            roof: Roof::Ujingak,
            open: false,
            terrace: 0,
            rails: false,
            doors: 0,
            plain: false,
        },
        Kit::Fountain {
            at: p(0.0, -52.0),
            radius_cm: 600,
            jet_cm: 450,
        },
        Kit::Flag {
            at: p(-30.0, -58.0),
            height_cm: 1600,
        },
        Kit::Hill {
            at: p(-450.0, -3050.0),
            height_cm: 31_000,
            radius_cm: 160_000,
            granite: false,
        },
        Kit::Hill {
            at: p(-1750.0, -2150.0),
            height_cm: 30_000,
            radius_cm: 130_000,
            granite: true,
        },
        Kit::Hill {
            at: p(900.0, 1600.0),
            height_cm: 23_000,
            radius_cm: 110_000,
            granite: false,
        },
        Kit::Tower {
            at: p(900.0, 1600.0),
            foot_cm: 21_000,
            height_cm: 23_600,
        },
    ];
    for k in 0..8 {
        let x = -64.0 + 18.3 * k as f32;
        for z in [-58.0, 58.0] {
            kits.push(Kit::Lamp {
                at: p(x, z),
                height_cm: 600,
            });
        }
        let species = [Species::Zelkova, Species::Ginkgo, Species::Pine, Species::Cherry][k % 4];
        kits.push(Kit::Tree {
            at: p(66.0, -50.0 + 14.0 * k as f32),
            height_cm: 900,
            species,
        });
        kits.push(Kit::Tree {
            at: p(-66.0, -50.0 + 14.0 * k as f32),
            height_cm: 800,
            species: Species::Pine,
        });
        kits.push(Kit::Tree {
            at: p(-76.0, -150.0 + 24.0 * k as f32),
            height_cm: 1100,
            species: Species::Ginkgo,
        });
        kits.push(Kit::Tree {
            at: p(-114.0, -150.0 + 24.0 * k as f32),
            height_cm: 1000,
            species: Species::Ginkgo,
        });
        kits.push(Kit::Seat {
            at: p(x + 6.0, 54.0),
            facing: Heading(0),
            length_cm: 200,
        });
        kits.push(Kit::Planter {
            at: p(x + 9.0, 50.5),
            facing: Heading(0),
            length_cm: 180,
        });
    }
    let blocks = [
        (98.0, -60.0, 40.0, 36.0, 78.0, 20, Facade::Stone),
        (98.0, -10.0, 44.0, 40.0, 70.0, 19, Facade::Glass),
        (98.0, 40.0, 36.0, 26.0, 46.0, 12, Facade::Plaster),
        (-20.0, 96.0, 84.0, 30.0, 82.0, 22, Facade::Plaster),
        (72.0, 96.0, 30.0, 40.0, 60.0, 15, Facade::Glass),
        (-72.0, 96.0, 34.0, 30.0, 40.0, 10, Facade::Stone),
        (98.0, -130.0, 60.0, 40.0, 60.0, 15, Facade::Glass),
        (-170.0, -130.0, 44.0, 60.0, 47.0, 12, Facade::Stone),
        (-170.0, -230.0, 44.0, 80.0, 80.0, 20, Facade::Glass),
        (98.0, -220.0, 70.0, 60.0, 92.0, 23, Facade::Brick),
        (-60.0, -240.0, 60.0, 50.0, 50.0, 12, Facade::Plaster),
        (150.0, -40.0, 50.0, 60.0, 110.0, 27, Facade::Glass),
    ];
    for (x, z, w, d, h, storeys, facade) in blocks {
        kits.push(Kit::Building {
            outline: rect(x, z, x + w, z + d),
            height_cm: (h * 100.0) as u32,
            storeys,
            facade,
        });
    }
    let spot = Spot {
        id: "square".into(),
        position: Position {
            point: p(0.0, 46.0),
            level: 0,
        },
        heading: Heading(0),
    };
    let place = Place {
        id: "downtown".into(),
        origin_lat_lon: [37.5657, 126.9779],
        capacity: 1000,
        bounds: rect(-300.0, -300.0, 300.0, 300.0),
        spots: vec![spot],
        parts: kits
            .into_iter()
            .map(|kit| Part {
                name: None,
                level: 0,
                kit,
            })
            .collect(),
        strolls: Vec::new(),
        transit: Vec::new(),
        ceiling_cm: 0,
        above_cm: 0,
        past: None,
        rites: Vec::new(),
    };
    City {
        id: "square".into(),
        attribution: "made up".into(),
        utc_offset_min: 540,
        languages: vec!["ko".into()],
        arrival: SpotName {
            place: "downtown".into(),
            spot: "square".into(),
        },
        places: vec![place],
    }
}

/// Figures strewn over the square, the first ones in a row with every motion, look and build.
pub fn people(count: usize, time_s: f32) -> Vec<Figure> {
    (0..count)
        .map(|k| {
            let mut look = Look::from_seed(k as u64);
            let row = k < 14;
            if row {
                look.outfit = (k % 9) as u8;
                look.hair = (k / 2 % 8) as u8;
                look.build = (k % 4) as u8;
                look.age = [0, 0, 1, 2, 3][k % 5];
                look.head = (k / 3 % 6) as u8;
                look.aid = u8::from(k == 6);
            }
            let motion = Motion::ALL[k % 16];
            let turn = k as f32 * 2.399;
            let reach = (k as f32).sqrt() * 4.0;
            let position = if row {
                [k as f32 * 1.1 - 7.2, 0.0, 38.0]
            } else {
                [turn.cos() * reach, 0.0, 4.0 + turn.sin() * reach]
            };
            Figure {
                position,
                heading: if row {
                    std::f32::consts::PI + (k as f32 - 6.5) * 0.12
                } else {
                    turn * 3.0
                },
                motion: [motion.index(), 0, 0, 0],
                since_s: 0.9 + time_s,
                stride_m: k as f32 * 0.37 + time_s * 2.0,
                opacity: 1.0,
                look: look.to_bytes(),
                seed: (k as f32 * 0.618).fract(),
                ..Figure::default()
            }
        })
        .collect()
}
