//! Ambient figures on their strolls and in rites, and parked bicycles, spread as evenly as on an hour like any other: what a picture of a pack needs to
//! look as lived in as the place itself. Where exactly they are is the shell's to say.

use glam::Vec2;
use shared::city::measures::parked_m;
use shared::city::{Kit, Place};
use shared::motion::Motion;
use shared::stage::{BICYCLE, Figure, VEHICLE};
use shared::walk::Ground;

/// The golden section of one: steps of it never fall together.
const APART: f32 = 0.618;

/// How far to the right of their way they walk, in metres.
const ASIDE_M: f32 = 0.9;

/// Everyone who strolls or performs in a place, and the bicycles that stand there.
pub fn figures(place: &Place, ground: &Ground) -> Vec<Figure> {
    let mut out = Vec::new();
    for stroll in &place.strolls {
        let path: Vec<Vec2> = stroll.path.iter().map(|point| point.to_m()).collect();
        for _ in 0..stroll.figures {
            let own = (out.len() as f32 * APART).fract();
            let Some((at, along)) = on(&path, own) else {
                continue;
            };
            let forth = if out.len().is_multiple_of(2) {
                along
            } else {
                -along
            };
            let at = at + Vec2::new(-forth.y, forth.x) * ASIDE_M;
            let walk = Motion::Walk.index();
            out.push(Figure {
                position: [at.x, ground.height_m(at, stroll.level), at.y],
                heading: forth.x.atan2(-forth.y),
                motion: [walk, walk, 0, 0],
                since_s: 10.0,
                stride_m: own * 97.0,
                opacity: 1.0,
                look: place.passer_by(out.len() as u64 * 7_919).to_bytes(),
                seed: own,
                ..Figure::default()
            });
        }
    }
    out.extend(place.rites.iter().flat_map(|rite| {
        // In the middle of the act in the middle.
        let at_s = f64::from(rite.act_s) * (rite.acts.len() as f64 / 2.0 + 0.5);
        let performers = rite.performers(at_s * 1_000.0);
        performers.map(|it| Figure {
            position: [it.at.x, ground.height_m(it.at, it.level), it.at.y],
            heading: it.heading,
            motion: [it.motion.index(), it.before.index(), 0, 0],
            since_s: it.since_s,
            stride_m: it.stride_m,
            opacity: 1.0,
            look: it.look.to_bytes(),
            seed: (it.number as f32 * APART).fract(),
            ..Figure::default()
        })
    }));
    for part in &place.parts {
        let Kit::BicycleRack { at, facing, bicycles } = part.kit else {
            continue;
        };
        out.extend(parked_m(at, facing, bicycles).map(|at| Figure {
            position: [at.x, ground.height_m(at, part.level), at.y],
            heading: facing.radians(),
            motion: [0, 0, VEHICLE, 0],
            opacity: 1.0,
            look: [BICYCLE; 12],
            ..Figure::default()
        }));
    }
    out
}

/// The point at a share of a path, and the way it leads there.
fn on(path: &[Vec2], share: f32) -> Option<(Vec2, Vec2)> {
    let steps = || path.windows(2).map(|pair| (pair[0], pair[1] - pair[0]));
    let mut left = share * steps().map(|(_, step)| step.length()).sum::<f32>();
    for (from, step) in steps() {
        if left <= step.length() {
            let along = step.normalize_or(Vec2::X);
            return Some((from + along * left, along));
        }
        left -= step.length();
    }
    None
}
