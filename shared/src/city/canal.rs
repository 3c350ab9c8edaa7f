//! A sunken way along a stream: what of it is open to the sky, where water is, and the stairs that lead down.
//!
//! In: the parameters of [`Kit::Canal`]. Out: outlines on the plan that walkers, the map and the stage all follow. All in
//! centimetres; `along` is measured on its middle line, `aside` to the right of it.

use glam::Vec2;

use super::{
    Kit, Stair,
    measures::{CANAL_RAIL_CM, FLIGHT_OVERLAP_CM, FLIGHT_WIDTH_CM, LANDING_CM, STONE_GAP_CM},
    strip::Strip,
};
use crate::order::sort_by_length;

/// A canal, measured out.
#[derive(Clone, Debug)]
pub struct Canal {
    /// Its middle line.
    pub strip: Strip,
    /// From the middle to its walls.
    pub half: f32,
    /// From the middle to the edge of the water.
    pub water: f32,
    /// From the street down to its paths.
    pub depth: f32,
    /// What lies open between bridges: from and to, along.
    pub open: Vec<[f32; 2]>,
    /// What bridges cover, the same way.
    pub covered: Vec<[f32; 2]>,
    /// The stairs.
    pub flights: Vec<Flight>,
    /// Where stones lie in the water, along.
    pub stones: Vec<f32>,
}

/// A stair along a wall of a canal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flight {
    /// Where its first step down is, along.
    pub top: f32,
    /// Where its last step is, along.
    pub foot: f32,
    /// Its sides, aside: the smaller first.
    pub sides: [f32; 2],
}

impl Flight {
    /// 1 when it leads down in the direction of the line, -1 when against it.
    pub fn sense(&self) -> f32 {
        (self.foot - self.top).signum()
    }

    /// How far down it is at a point along: 0 at its top, 1 at its foot.
    pub fn share(&self, along: f32) -> f32 {
        ((along - self.top) / (self.foot - self.top)).clamp(0.0, 1.0)
    }

    /// Halfway down, where the levels meet.
    pub fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.foot)
    }

    /// Whether a point `(along, aside)` lies on its steps.
    pub fn holds(&self, at: Vec2) -> bool {
        let [low, high] = sorted(self.top, self.foot);
        (low..=high).contains(&at.x) && (self.sides[0]..=self.sides[1]).contains(&at.y)
    }

    /// The line in its middle, aside.
    pub fn aside(&self) -> f32 {
        f32::midpoint(self.sides[0], self.sides[1])
    }

    /// Where its landing begins, along.
    pub fn outset(&self) -> f32 {
        self.top - self.sense() * LANDING_CM
    }

    /// The landing at its top: from and to, along.
    pub fn landing(&self) -> [f32; 2] {
        sorted(self.outset(), self.top)
    }

    /// What belongs to the street: the landing and its upper half, as far as whoever walks there may set foot.
    pub fn upper(&self) -> [f32; 2] {
        sorted(self.outset(), self.middle() + self.sense() * FLIGHT_OVERLAP_CM)
    }

    /// The part of the landing and the upper half that stands in the way of those below.
    pub fn mass(&self) -> [f32; 2] {
        sorted(self.outset(), self.middle() - self.sense() * FLIGHT_OVERLAP_CM)
    }

    /// Its edge towards the water, aside.
    pub fn inner(&self) -> f32 {
        let [low, high] = self.sides;
        if low.abs() < high.abs() { low } else { high }
    }

    /// Whether it lies to the right of the line.
    fn is_right(&self) -> bool {
        self.sides[1] > 0.0
    }
}

impl Canal {
    /// Measures out a part; none when it is no canal.
    pub fn of(kit: &Kit) -> Option<Self> {
        let Kit::Canal {
            path,
            width_cm,
            depth_cm,
            water_cm,
            bridges,
            stairs,
            stones,
        } = kit
        else {
            return None;
        };
        let strip = Strip::new(
            path.iter()
                .map(|point| Vec2::new(point.x as f32, point.z as f32))
                .collect(),
        );
        let half = *width_cm as f32 / 2.0;
        let (mut open, mut at) = (Vec::new(), 0.0);
        for [from, to] in bridges {
            if *from as f32 > at {
                open.push([at, *from as f32]);
            }
            at = (*to as f32).max(at);
        }
        if at < strip.length() {
            open.push([at, strip.length()]);
        }
        Some(Self {
            half,
            covered: bridges.iter().map(|ends| ends.map(|end| end as f32)).collect(),
            water: *water_cm as f32 / 2.0,
            depth: *depth_cm as f32,
            open,
            flights: stairs.iter().map(|stair| flight(*stair, half)).collect(),
            stones: stones.iter().map(|along| *along as f32).collect(),
            strip,
        })
    }

    /// Whether its parts fit together; if not, what is wrong.
    pub fn check(&self) -> Result<(), String> {
        if self.water >= self.half {
            return Err(
                "property water: it is as wide as the canal, and leaves no path beside it".to_owned(),
            );
        }
        let beside = self.half - self.water - FLIGHT_WIDTH_CM;
        for (number, flight) in self.flights.iter().enumerate() {
            let [begin, end] = flight.landing();
            let (low, high) = (begin.min(flight.foot), end.max(flight.foot));
            if (flight.foot - flight.top).abs() < 4.0 * FLIGHT_OVERLAP_CM {
                return Err(format!(
                    "property stairs: stair {number} is shorter than 4 metres"
                ));
            }
            if beside < 100.0 {
                return Err(format!(
                    "property stairs: stair {number} leaves less than a metre to the water"
                ));
            }
            if !self.open.iter().any(|[from, to]| *from <= low && high <= *to) {
                return Err(format!(
                    "property stairs: stair {number} with its landing does not lie between two bridges"
                ));
            }
        }
        Ok(())
    }

    /// The outline between its walls.
    pub fn floor(&self) -> Vec<Vec2> {
        self.strip
            .ring([0.0, self.strip.length()], [-self.half, self.half])
    }

    /// Where nobody can walk on the street: the open stretches without the stairs' upper halves.
    pub fn holes(&self) -> Vec<Vec<Vec2>> {
        let mut holes = Vec::new();
        for stretch in &self.open {
            for piece in self.pieces(*stretch, Flight::upper) {
                let sides = [false, true].map(|right| {
                    let stair = self.flight_at(piece, right, Flight::upper);
                    let edge = stair.map_or(self.half, |flight| flight.inner().abs());
                    if right { edge } else { -edge }
                });
                holes.push(self.strip.ring(piece, sides));
            }
        }
        holes
    }

    /// Where nobody can walk below: the water between its stones, and what the stairs stand on.
    pub fn masses(&self) -> Vec<Vec<Vec2>> {
        let masses = self
            .flights
            .iter()
            .map(|flight| self.strip.ring(flight.mass(), flight.sides));
        masses.chain(self.waters(STONE_GAP_CM)).collect()
    }

    /// The water, which leaves so much around its stones.
    pub fn waters(&self, gap: f32) -> Vec<Vec<Vec2>> {
        let (mut waters, mut at) = (Vec::new(), 0.0);
        let ends = self.stones.iter().map(|stone| (stone - gap, stone + gap));
        for (end, next) in ends.chain([(self.strip.length(), 0.0)]) {
            if end > at {
                waters.push(self.strip.ring([at, end], [-self.water, self.water]));
            }
            at = next;
        }
        waters
    }

    /// Lines along which parapets keep people on the street: along the open stretches but for the landings, and across
    /// where bridges begin and end.
    pub fn parapets(&self) -> Vec<Vec<Vec2>> {
        let mut lines = Vec::new();
        for stretch in &self.open {
            for piece in self.pieces(*stretch, Flight::landing) {
                for right in [false, true] {
                    if self.flight_at(piece, right, Flight::landing).is_none() {
                        let edge = if right { self.half } else { -self.half };
                        lines.push(self.line(piece, edge));
                    }
                }
            }
            for along in stretch {
                lines.push(
                    [-self.half, self.half]
                        .map(|aside| self.strip.at(*along, aside))
                        .to_vec(),
                );
            }
        }
        lines
    }

    /// Lines along which a rail keeps people on a stair, on its side towards the water: of the landing and the upper half,
    /// of the lower half.
    pub fn rails(&self) -> Vec<[Vec<Vec2>; 2]> {
        let rail = |flight: &Flight| {
            let edge = flight.inner();
            let upper = self.line(flight.upper(), edge);
            let below = sorted(
                flight.middle() - flight.sense() * FLIGHT_OVERLAP_CM,
                flight.foot - flight.sense() * CANAL_RAIL_CM,
            );
            [upper, self.line(below, edge)]
        };
        self.flights.iter().map(rail).collect()
    }

    /// How far below the street someone stands at a point, on the street or below it.
    pub fn depth_at(&self, point: Vec2, is_below: bool) -> f32 {
        let at = self.strip.locate(point);
        let flight = self.flights.iter().find(|flight| flight.holds(at));
        match flight {
            Some(flight) => flight.share(at.x) * self.depth,
            None if is_below => self.depth,
            None => 0.0,
        }
    }

    fn line(&self, ends: [f32; 2], aside: f32) -> Vec<Vec2> {
        let stations = self.strip.stations(ends);
        stations
            .into_iter()
            .map(|along| self.strip.at(along, aside))
            .collect()
    }

    /// An open stretch cut where a part of a stair begins or ends.
    fn pieces(&self, [from, to]: [f32; 2], part: fn(&Flight) -> [f32; 2]) -> Vec<[f32; 2]> {
        let mut cuts: Vec<f32> = self.flights.iter().flat_map(part).collect();
        cuts.retain(|cut| (from + 1.0..to - 1.0).contains(cut));
        cuts.extend([from, to]);
        sort_by_length(&mut cuts, |cut| *cut);
        cuts.iter()
            .zip(cuts.iter().skip(1))
            .map(|(a, b)| [*a, *b])
            .collect()
    }

    /// The stair on a side whose part covers a piece.
    fn flight_at(&self, [from, to]: [f32; 2], right: bool, part: fn(&Flight) -> [f32; 2]) -> Option<&Flight> {
        let middle = f32::midpoint(from, to);
        self.flights.iter().find(|flight| {
            let [low, high] = part(flight);
            flight.is_right() == right && (low..high).contains(&middle)
        })
    }
}

fn flight(stair: Stair, half: f32) -> Flight {
    let sides = if stair.right {
        [half - FLIGHT_WIDTH_CM, half]
    } else {
        [-half, FLIGHT_WIDTH_CM - half]
    };
    Flight {
        top: stair.top_cm as f32,
        foot: stair.foot_cm as f32,
        sides,
    }
}

fn sorted(a: f32, b: f32) -> [f32; 2] {
    if a < b { [a, b] } else { [b, a] }
}
