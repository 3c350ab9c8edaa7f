//! A small picture of the ground from above: how much lamplight falls on each spot, how much sky the buildings leave it,
//! and where floodlights stand. Baked around the eye, so that any number of lamps costs one look-up a pixel.

use glam::{Vec2, vec2};

use crate::kit::scatter;
use crate::polygon;

/// Texels along a side.
pub const SIDE: usize = 512;
/// Largest side in metres: beyond it lamps and corners are too far to be seen.
const MAX_M: f32 = 900.0;
/// How far the eye goes from where it was before a larger place's picture is baked around it anew, in metres.
const STALE_M: f32 = 150.0;
/// Across how many metres the ground's wear changes.
const WEAR_M: f32 = 7.5;
/// How far lamplight reaches, in metres.
const LAMP_REACH_M: f32 = 17.0;

/// A lamp's head on the plan, and its strength (1 a street lamp).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lamp {
    /// Where it hangs.
    pub at: Vec2,
    /// How strong.
    pub strength: f32,
}

/// Floodlights around something: what stands within the ring is lit from below.
#[derive(Clone, Debug, PartialEq)]
pub struct Flood {
    /// Around its foot, as far as its eaves reach.
    pub ring: Vec<Vec2>,
    /// How strong: 1 for what a city shows at night before all else.
    pub strength: f32,
}

/// What of the ground a picture shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Its corner with the smallest x and z, in metres.
    pub corner: Vec2,
    /// Its side, in metres.
    pub side_m: f32,
}

impl Area {
    /// Of a place with these bounds, all of it or what is around the eye.
    pub fn of([low, high]: [Vec2; 2], eye: Vec2) -> Self {
        let side_m = (high - low).max_element().clamp(16.0, MAX_M);
        let half = Vec2::splat(side_m / 2.0);
        // Nothing is baked beyond the bounds.
        let (first, last) = (low + half, high - half);
        let centre = eye.clamp(first.min(last), first.max(last));
        let whole = first.cmpge(last);
        Self {
            corner: Vec2::select(whole, (low + high) / 2.0, centre) - half,
            side_m,
        }
    }

    /// Whether it is no longer around an eye of which this is the area.
    pub fn is_stale(self, now: Self) -> bool {
        (self.corner - now.corner).abs().max_element() > STALE_M
    }
}

/// The same of an even ground in daylight, for before it is baked.
pub fn even() -> Vec<u8> {
    [0, 255, 128, 0].repeat(SIDE * SIDE)
}

/// Bakes lamps and the footprints of what stands: four bytes a texel, lamplight, openness to the sky, how worn the ground is
/// (128 evenly), floodlight.
pub fn bake<'a>(
    Area { corner, side_m }: Area,
    lamps: impl Iterator<Item = &'a Lamp>,
    footprints: impl Iterator<Item = &'a Vec<Vec2>>,
    floods: impl Iterator<Item = &'a Flood>,
) -> Vec<u8> {
    let texel = side_m / SIDE as f32;
    let mut light = vec![0.0_f32; SIDE * SIDE];
    for lamp in lamps {
        splat(
            &mut light,
            (lamp.at - corner) / texel,
            LAMP_REACH_M / texel,
            |r| {
                let fall = (1.0 - r * r).max(0.0);
                lamp.strength * fall * fall / (1.0 + 5.0 * r * r)
            },
        );
    }
    // Two box blurs make a soft skirt of some four metres.
    let soft = |map: Vec<f32>, reach_m: f32| {
        let reach = ((reach_m / texel).round() as usize).max(1);
        blurred(&blurred(&map, reach), reach)
    };
    let mut shut = vec![0.0_f32; SIDE * SIDE];
    for ring in footprints {
        fill(&mut shut, ring, 1.0, corner, texel);
    }
    let shut = soft(shut, 2.6);
    let mut flood = vec![0.0_f32; SIDE * SIDE];
    for Flood { ring, strength } in floods {
        fill(&mut flood, ring, *strength, corner, texel);
    }
    let flood = soft(flood, 1.0);
    let byte = |v: f32| (v.clamp(0.0, 1.0) * 255.0).round() as u8;
    let texels = light.iter().zip(&shut).zip(&flood);
    texels
        .enumerate()
        .flat_map(|(k, ((&l, &s), &f))| {
            let at = vec2((k % SIDE) as f32, (k / SIDE) as f32) * texel / WEAR_M;
            [byte(l * 0.5), byte(1.0 - 0.85 * s), byte(wear(at)), byte(f)]
        })
        .collect()
}

/// Value noise over a grid of ones, 0 to 1.
fn wear(at: Vec2) -> f32 {
    let cell = at.floor();
    let t = at - cell;
    let t = t * t * (3.0 - 2.0 * t);
    let value = |x: f32, z: f32| scatter((cell.x + x) as u32, (cell.y + z) as u32);
    let row = |z: f32| value(0.0, z) + (value(1.0, z) - value(0.0, z)) * t.x;
    row(0.0) + (row(1.0) - row(0.0)) * t.y
}

fn splat(map: &mut [f32], at: Vec2, reach: f32, value: impl Fn(f32) -> f32) {
    let range = |v: f32| ((v - reach).max(0.0) as usize)..(((v + reach).max(0.0) as usize + 1).min(SIDE));
    for z in range(at.y) {
        for x in range(at.x) {
            let r = vec2(x as f32 + 0.5, z as f32 + 0.5).distance(at) / reach;
            if r < 1.0 {
                map[z * SIDE + x] += value(r);
            }
        }
    }
}

/// Raises what lies in a ring to a value.
fn fill(map: &mut [f32], ring: &[Vec2], value: f32, corner: Vec2, texel: f32) {
    let own: Vec<Vec2> = ring.iter().map(|p| (*p - corner) / texel).collect();
    let low = own
        .iter()
        .copied()
        .reduce(Vec2::min)
        .unwrap_or_default()
        .max(Vec2::ZERO);
    let high = own
        .iter()
        .copied()
        .reduce(Vec2::max)
        .unwrap_or_default()
        .min(Vec2::splat(SIDE as f32));
    for z in low.y as usize..high.y.max(0.0) as usize {
        for x in low.x as usize..high.x.max(0.0) as usize {
            if polygon::contains(&own, vec2(x as f32 + 0.5, z as f32 + 0.5)) {
                let texel = &mut map[z * SIDE + x];
                *texel = texel.max(value);
            }
        }
    }
}

/// The mean over a square of `2 * reach + 1`, rows first, then columns.
fn blurred(map: &[f32], reach: usize) -> Vec<f32> {
    let pass = |source: &[f32], at: fn(usize, usize) -> usize| {
        let mut out = vec![0.0; source.len()];
        let width = (2 * reach + 1) as f32;
        for line in 0..SIDE {
            let mut sum = 0.0;
            for k in 0..SIDE + reach {
                sum += if k < SIDE { source[at(line, k)] } else { 0.0 };
                if k > 2 * reach {
                    sum -= source[at(line, k - 2 * reach - 1)];
                }
                if k >= reach {
                    out[at(line, k - reach)] = sum / width;
                }
            }
        }
        out
    };
    let rows = pass(map, |line, k| line * SIDE + k);
    pass(&rows, |line, k| k * SIDE + line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lamps_shine_and_walls_shade() {
        let square = vec![vec2(-5.0, 5.0), vec2(5.0, 5.0), vec2(5.0, -5.0), vec2(-5.0, -5.0)];
        let lamp = Lamp {
            at: vec2(30.0, 0.0),
            strength: 1.0,
        };
        let area = Area::of([Vec2::splat(-50.0), Vec2::splat(50.0)], vec2(30.0, 0.0));
        let flood = Flood {
            ring: square.clone(),
            strength: 1.0,
        };
        let map = bake(area, [lamp].iter(), [square].iter(), [flood].iter());
        let at = |x: f32, z: f32| {
            let texel = (vec2(x, z) - area.corner) / area.side_m * SIDE as f32;
            let i = (texel.y as usize * SIDE + texel.x as usize) * 4;
            [map[i], map[i + 1], map[i + 3]]
        };
        assert!(at(30.0, 0.0)[0] > 100 && at(30.0, 25.0)[0] == 0);
        assert_eq!(area.corner, Vec2::splat(-50.0), "a small place is shown whole");
        assert!(at(0.0, 0.0)[1] < 60 && at(6.0, 0.0)[1] < 235 && at(40.0, 40.0)[1] == 255);
        assert!(at(0.0, 0.0)[2] == 255 && at(9.0, 0.0)[2] == 0);
    }

    #[test]
    fn a_large_place_is_shown_around_the_eye_and_not_beyond_its_bounds() {
        let bounds = [vec2(-2_000.0, -300.0), vec2(2_000.0, 300.0)];
        let at = |x: f32| Area::of(bounds, vec2(x, 40.0));
        assert_eq!(at(100.0).corner, vec2(100.0 - 450.0, -450.0));
        assert_eq!(at(1_990.0).corner, vec2(2_000.0 - 900.0, -450.0));
        assert!(!at(100.0).is_stale(at(200.0)) && at(100.0).is_stale(at(300.0)));
    }
}
