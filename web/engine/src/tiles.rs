//! A place in squares of the plan, each built by itself: near ones first, and as finely as they can be seen.
//!
//! In: where the parts of a place are, and the eye. Out: which square is to be built next. It knows nothing of what parts
//! look like.

use glam::Vec2;
use shared::{city::Place, order::sort_by_number};

use crate::chunks::Reach;
use crate::kit::{self, Grade};

/// Side of a tile, in metres: some chunks of what stands.
const TILE_M: f32 = 192.0;

/// How far parts reach beyond the points they are told by, in metres: a roof's eaves, a tree's crown.
const MARGIN_M: f32 = 24.0;

/// How much nearer than it can be seen so finely a tile is built: a walk of some seconds.
const AHEAD_M: f32 = 32.0;

/// How much farther away it is left as it is: whoever walks to and fro has nothing built anew.
const BEHIND_M: f32 = 96.0;

/// A square of the plan.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Numbers of its parts among those of the place.
    pub parts: Vec<u32>,
    low: Vec2,
    high: Vec2,
    /// How finely it is built, if it is.
    pub built: Option<Grade>,
}

/// What is to be built next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wanted {
    /// Which tile.
    pub tile: usize,
    /// How finely.
    pub grade: Grade,
    /// How far it is from the eye, in metres.
    pub apart: f32,
}

/// Sorts the parts of a place into tiles; none of them is built yet.
pub fn of(place: &Place) -> Vec<Tile> {
    let mut parts: Vec<((i32, i32), u32, Vec2, Vec2)> = place
        .parts
        .iter()
        .enumerate()
        .filter(|(_, part)| !kit::lies(&part.kit) && !kit::is_far(place, &part.kit))
        .filter_map(|(index, part)| {
            let [low, high] = part.kit.extent_m()?;
            let square = ((low + high) / 2.0 / TILE_M).floor();
            let square = (square.x as i32, square.y as i32);
            Some((square, index as u32, low - MARGIN_M, high + MARGIN_M))
        })
        .collect();
    // Those of a square stay in their order.
    sort_by_number(&mut parts, |((column, row), ..)| {
        let raised = |index: i32| u64::from(index.cast_unsigned() ^ (1 << 31));
        raised(*column) << 32 | raised(*row)
    });
    parts
        .chunk_by(|a, b| a.0 == b.0)
        .map(|tile| Tile {
            parts: tile.iter().map(|(_, index, ..)| *index).collect(),
            low: tile.iter().map(|part| part.2).fold(Vec2::INFINITY, Vec2::min),
            high: tile.iter().map(|part| part.3).fold(Vec2::NEG_INFINITY, Vec2::max),
            built: None,
        })
        .collect()
}

/// The tile nearest to the eye that is not built as finely as it can be seen, or else one that is built finer than it
/// can be seen by far.
pub fn next(tiles: &[Tile], eye: Vec2, reach: Reach) -> Option<Wanted> {
    let wanted = tiles.iter().enumerate().filter_map(|(index, tile)| {
        let apart = tile.apart(eye);
        let (least, most) = (grade(apart - AHEAD_M, reach), grade(apart - BEHIND_M, reach));
        let wanted = |grade| Wanted {
            tile: index,
            grade,
            apart,
        };
        match tile.built {
            Some(built) if built > most => Some((true, wanted(most))),
            Some(built) if built >= least => None,
            _ => Some((false, wanted(least))),
        }
    });
    let nearest = wanted.min_by(|(a, x), (b, y)| a.cmp(b).then(x.apart.total_cmp(&y.apart)));
    nearest.map(|(_, wanted)| wanted)
}

/// How finely what is so far away can be seen.
fn grade(apart: f32, reach: Reach) -> Grade {
    if apart < reach.fine_m {
        Grade::Near
    } else if apart < reach.coarse_m {
        Grade::Middle
    } else {
        Grade::Far
    }
}

impl Tile {
    /// How far the eye is from the nearest of its parts on the plan, in metres.
    fn apart(&self, eye: Vec2) -> f32 {
        (self.low - eye).max(eye - self.high).max(Vec2::ZERO).length()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::city::{Kit, Part, Species};
    use shared::space::Point;

    const REACH: Reach = Reach {
        fine_m: 100.0,
        coarse_m: 300.0,
    };

    /// A row of trees, one a tile.
    fn row() -> Vec<Tile> {
        let parts = (0..9).map(|k| Part {
            name: None,
            level: 0,
            kit: Kit::Tree {
                at: Point::new(k * 19_200 + 9_600, 0),
                height_cm: 800,
                species: Species::Ginkgo,
            },
        });
        of(&Place {
            id: "row".to_owned(),
            origin_lat_lon: [0.0, 0.0],
            capacity: 1,
            bounds: Vec::new(),
            spots: Vec::new(),
            parts: parts.collect(),
            strolls: Vec::new(),
            transit: Vec::new(),
            ceiling_cm: 0,
            above_cm: 0,
            past: None,
            rites: Vec::new(),
        })
    }

    /// Builds all that is wanted, and tells the order.
    fn build(tiles: &mut [Tile], eye: Vec2) -> Vec<usize> {
        let mut order = Vec::new();
        while let Some(wanted) = next(tiles, eye, REACH) {
            tiles[wanted.tile].built = Some(wanted.grade);
            order.push(wanted.tile);
            assert!(order.len() < 100, "it comes to an end");
        }
        order
    }

    #[test]
    fn near_ones_come_first_and_finest() {
        let mut tiles = row();
        assert_eq!(build(&mut tiles, Vec2::ZERO), (0..9).collect::<Vec<_>>());
        let built: Vec<Grade> = tiles.iter().filter_map(|tile| tile.built).collect();
        assert_eq!(built[0], Grade::Near);
        assert_eq!(built[1], Grade::Middle);
        assert_eq!(built[2..], [Grade::Far; 7]);
    }

    #[test]
    fn a_walk_builds_what_comes_near_and_leaves_what_is_just_behind() {
        let mut tiles = row();
        build(&mut tiles, Vec2::ZERO);
        let there = Vec2::new(4.0 * TILE_M, 0.0);
        assert!(!build(&mut tiles, there).is_empty());
        assert_eq!(tiles[4].built, Some(Grade::Near));
        assert_eq!(tiles[0].built, Some(Grade::Far), "far behind now");
        assert!(build(&mut tiles, there + 40.0).is_empty());
    }
}
