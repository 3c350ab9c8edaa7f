//! The inside of delta and key frames: slots, and how an avatar's stance is written against the one before.
//!
//! Both ends hold the same [`Slots`]. An avatar is expected to go on as in the frame before (same step, same heading,
//! same motion); only the difference is written. One that is not in a frame has not changed, and its expected step is
//! then zero.

use litemap::{Entry, LiteMap};

use super::{
    FrameError, StreamId,
    bits::{BitReader, BitWriter},
};
use crate::{
    motion::Motion,
    protocol::{Stance, VisitorId},
    space::{Heading, Level, Point, Position},
};

/// Most avatars in one stream: what a key frame that fits in a message can hold.
pub const MAX_SLOTS: usize = 8_192;

/// Bits of a motion's index.
const MOTION_BITS: u32 = 5;

/// One avatar of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) visitor: VisitorId,
    pub(super) stance: Stance,
    /// The last frame's step in the grid's units: what is expected of the next.
    step: Point,
}

/// The points that a stream can tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Grid {
    corner: Point,
    unit_cm: i32,
    /// Units along a side of the cell.
    side: i32,
}

impl Grid {
    fn of(stream: StreamId) -> Self {
        let unit_cm = stream.rate.unit_cm();
        Self {
            corner: stream.cell.corner(),
            unit_cm,
            side: stream.cell.side_cm() / unit_cm,
        }
    }

    /// Bits of a coordinate inside the cell.
    fn bits(self) -> u32 {
        (self.side - 1).ilog2() + 1
    }

    /// Units from the corner to the grid's point nearest to one inside the cell.
    fn inside(self, point: Point) -> Point {
        let along = |v: i32, corner: i32| (v.wrapping_sub(corner) / self.unit_cm).clamp(0, self.side - 1);
        Point::new(along(point.x, self.corner.x), along(point.z, self.corner.z))
    }

    /// The middle of a unit.
    fn point(self, inside: Point) -> Point {
        let along = |units: i32, corner: i32| {
            corner
                .wrapping_add(units.wrapping_mul(self.unit_cm))
                .wrapping_add(self.unit_cm / 2)
        };
        Point::new(along(inside.x, self.corner.x), along(inside.z, self.corner.z))
    }

    /// Whether a point of the grid lies inside the cell.
    fn holds(self, point: Point) -> bool {
        let along = |v: i32, corner: i32| {
            let inside = i64::from(v) - i64::from(corner);
            (0..i64::from(self.side) * i64::from(self.unit_cm)).contains(&inside)
        };
        along(point.x, self.corner.x) && along(point.z, self.corner.z)
    }

    /// The stance as the stream tells it.
    fn snap(self, stance: Stance) -> Stance {
        let point = self.point(self.inside(stance.position.point));
        let position = Position {
            point,
            ..stance.position
        };
        Stance { position, ..stance }
    }

    /// From one point of the grid to another, in units.
    fn step(self, before: Stance, after: Stance) -> Point {
        let (a, b) = (before.position.point, after.position.point);
        let along = |a: i32, b: i32| b.wrapping_sub(a) / self.unit_cm;
        Point::new(along(a.x, b.x), along(a.z, b.z))
    }
}

/// The avatars of a stream by slot number; freed numbers are used again, lowest first. A map, so that a frame that names
/// one high number takes no more memory than one avatar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slots {
    grid: Grid,
    taken: LiteMap<usize, Slot>,
}

impl Slots {
    pub(super) fn new(stream: StreamId) -> Self {
        Self {
            grid: Grid::of(stream),
            taken: LiteMap::new(),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.taken.values()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.taken.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.taken.len()
    }

    fn put(&mut self, number: usize, slot: Slot) -> Result<(), FrameError> {
        match self.taken.entry(number) {
            Entry::Vacant(free) if number < MAX_SLOTS => {
                free.insert(slot);
                Ok(())
            }
            _ => Err(FrameError),
        }
    }

    fn lowest_free(&self) -> usize {
        let taken = self
            .taken
            .keys()
            .zip(0..)
            .take_while(|(number, expected)| *number == expected);
        taken.count()
    }

    /// Brings the slots to `inside` (sorted by visitor, all within the cell) and writes how; none when nothing changed.
    pub(super) fn advance(&mut self, inside: &[(VisitorId, Stance)]) -> Option<Vec<u8>> {
        let now = |visitor| {
            inside
                .binary_search_by_key(&visitor, |(id, _)| *id)
                .ok()
                .and_then(|at| inside.get(at))
        };
        let mut bits = BitWriter::default();

        let gone: Vec<usize> = self
            .taken
            .iter()
            .filter(|(_, slot)| now(slot.visitor).is_none())
            .map(|(number, _)| *number)
            .collect();
        bits.golomb(gone.len() as u32, 0);
        let mut gaps = Gaps::default();
        for &number in &gone {
            bits.golomb(gaps.gap(number), 1);
            self.taken.remove(&number);
        }

        let mut changed = !gone.is_empty();
        let mut moves = Vec::new();
        let mut known: Vec<VisitorId> = Vec::with_capacity(self.taken.len());
        for (&number, slot) in self.taken.iter() {
            known.push(slot.visitor);
            let Some((_, stance)) = now(slot.visitor) else {
                continue;
            };
            let stance = self.grid.snap(*stance);
            if stance != slot.stance {
                moves.push((number, *slot, stance));
            }
        }
        known.sort_unstable();

        let newcomers: Vec<&(VisitorId, Stance)> = inside
            .iter()
            .filter(|(visitor, _)| known.binary_search(visitor).is_err())
            .collect();
        let room = MAX_SLOTS - known.len().min(MAX_SLOTS);
        let newcomers = newcomers.get(..newcomers.len().min(room)).unwrap_or_default();
        bits.golomb(newcomers.len() as u32, 0);
        for &&(visitor, stance) in newcomers {
            let number = self.lowest_free();
            let stance = self.grid.snap(stance);
            bits.golomb(number as u32, 4);
            write_whole(&mut bits, self.grid, visitor, stance);
            let slot = Slot {
                visitor,
                stance,
                step: Point::default(),
            };
            changed |= self.put(number, slot).is_ok();
        }

        bits.golomb(moves.len() as u32, 2);
        let mut gaps = Gaps::default();
        for (number, before, after) in &moves {
            bits.golomb(gaps.gap(*number), 0);
            write_change(&mut bits, self.grid, before, *after);
        }
        if !changed && moves.is_empty() {
            // No frame, so the reader's expectations stay as they are, and so must these.
            return None;
        }
        for (_, slot) in self.taken.iter_mut() {
            slot.step = Point::default();
        }
        for (number, before, after) in moves {
            if let Some(slot) = self.taken.get_mut(&number) {
                slot.step = self.grid.step(before.stance, after);
                slot.stance = after;
            }
        }
        Some(bits.finish())
    }

    /// All slots, for a reader who has none.
    pub(super) fn write_key(&self) -> Vec<u8> {
        let mut bits = BitWriter::default();
        bits.golomb(self.taken.len() as u32, 4);
        let mut gaps = Gaps::default();
        for (number, slot) in self.taken.iter() {
            bits.golomb(gaps.gap(*number), 0);
            write_whole(&mut bits, self.grid, slot.visitor, slot.stance);
            bits.signed(slot.step.x, 1);
            bits.signed(slot.step.z, 1);
        }
        bits.finish()
    }

    /// Reads [`Self::write_key`].
    pub(super) fn read_key(stream: StreamId, body: &[u8]) -> Result<Self, FrameError> {
        let mut bits = BitReader::new(body);
        let mut slots = Self::new(stream);
        let mut gaps = Gaps::default();
        for _ in 0..count(bits.golomb(4))? {
            let number = gaps.number(bits.golomb(0))?;
            let (visitor, stance) = read_whole(&mut bits, slots.grid)?;
            let step = read_point(&mut bits)?;
            slots.put(
                number,
                Slot {
                    visitor,
                    stance,
                    step,
                },
            )?;
        }
        if bits.is_finished() {
            Ok(slots)
        } else {
            Err(FrameError)
        }
    }

    /// Applies what [`Self::advance`] wrote; `seen` is told of everyone bound or moved, `left` of everyone released.
    pub(super) fn apply(
        &mut self,
        body: &[u8],
        seen: &mut Vec<(VisitorId, Stance)>,
        left: &mut Vec<VisitorId>,
    ) -> Result<(), FrameError> {
        let mut bits = BitReader::new(body);
        let mut gaps = Gaps::default();
        for _ in 0..count(bits.golomb(0))? {
            let number = gaps.number(bits.golomb(1))?;
            left.push(self.taken.remove(&number).ok_or(FrameError)?.visitor);
        }
        for _ in 0..count(bits.golomb(0))? {
            let number = bits.golomb(4).ok_or(FrameError)? as usize;
            let (visitor, stance) = read_whole(&mut bits, self.grid)?;
            self.put(
                number,
                Slot {
                    visitor,
                    stance,
                    step: Point::default(),
                },
            )?;
            seen.push((visitor, stance));
        }
        let mut gaps = Gaps::default();
        let mut moves = Vec::new();
        for _ in 0..count(bits.golomb(2))? {
            let number = gaps.number(bits.golomb(0))?;
            let slot = self.taken.get_mut(&number).ok_or(FrameError)?;
            let stance = read_change(&mut bits, self.grid, slot)?;
            moves.push((number, self.grid.step(slot.stance, stance)));
            slot.stance = stance;
            seen.push((slot.visitor, stance));
        }
        for (_, slot) in self.taken.iter_mut() {
            slot.step = Point::default();
        }
        for (number, step) in moves {
            if let Some(slot) = self.taken.get_mut(&number) {
                slot.step = step;
            }
        }
        if bits.is_finished() {
            Ok(())
        } else {
            Err(FrameError)
        }
    }
}

/// Ascending numbers as the gaps between them. In 32 bits on every machine, so that browser and relay refuse the same.
#[derive(Default)]
struct Gaps {
    next: u32,
}

impl Gaps {
    fn gap(&mut self, number: usize) -> u32 {
        let gap = number as u32 - self.next;
        self.next = number as u32 + 1;
        gap
    }

    fn number(&mut self, gap: Option<u32>) -> Result<usize, FrameError> {
        let number = gap
            .and_then(|gap| self.next.checked_add(gap))
            .filter(|number| (*number as usize) < MAX_SLOTS)
            .ok_or(FrameError)?;
        self.next = number + 1;
        Ok(number as usize)
    }
}

fn count(read: Option<u32>) -> Result<usize, FrameError> {
    read.map(|count| count as usize)
        .filter(|count| *count <= MAX_SLOTS)
        .ok_or(FrameError)
}

fn write_whole(bits: &mut BitWriter, grid: Grid, visitor: VisitorId, stance: Stance) {
    let inside = grid.inside(stance.position.point);
    bits.bits(visitor.0, 64);
    bits.bits(inside.x as u64, grid.bits());
    bits.bits(inside.z as u64, grid.bits());
    bits.signed(i32::from(stance.position.level), 0);
    bits.bits(u64::from(stance.heading.0), 8);
    bits.bits(u64::from(stance.motion.index()), MOTION_BITS);
}

fn read_whole(bits: &mut BitReader<'_>, grid: Grid) -> Result<(VisitorId, Stance), FrameError> {
    let mut read = || {
        let visitor = VisitorId(bits.bits(64)?);
        let inside = Point::new(bits.bits(grid.bits())? as i32, bits.bits(grid.bits())? as i32);
        if inside.x.max(inside.z) >= grid.side {
            return None;
        }
        let level = Level::try_from(bits.signed(0)?).ok()?;
        let heading = Heading(bits.bits(8)? as u8);
        let motion = read_motion(bits)?;
        Some((
            visitor,
            Stance {
                position: Position {
                    point: grid.point(inside),
                    level,
                },
                heading,
                motion,
            },
        ))
    };
    read().ok_or(FrameError)
}

/// Passes over what [`write_whole`] wrote.
pub(super) fn skip_whole(bits: &mut BitReader<'_>, stream: StreamId) -> Option<()> {
    bits.skip(64 + 2 * Grid::of(stream).bits())?;
    bits.signed(0)?;
    bits.skip(8 + MOTION_BITS)
}

/// A motion that only a newer peer knows is shown as standing.
fn read_motion(bits: &mut BitReader<'_>) -> Option<Motion> {
    Some(Motion::from_index(bits.bits(MOTION_BITS)? as u8).unwrap_or_default())
}

fn write_change(bits: &mut BitWriter, grid: Grid, before: &Slot, after: Stance) {
    let step = grid.step(before.stance, after);
    bits.signed(step.x.wrapping_sub(before.step.x), 1);
    bits.signed(step.z.wrapping_sub(before.step.z), 1);
    let turn = after.heading.0.wrapping_sub(before.stance.heading.0) as i8;
    bits.flag(turn != 0);
    if turn != 0 {
        bits.signed(i32::from(turn), 2);
    }
    let level = (after.position.level, before.stance.position.level);
    let other = after.motion != before.stance.motion || level.0 != level.1;
    bits.flag(other);
    if other {
        bits.bits(u64::from(after.motion.index()), MOTION_BITS);
        bits.signed(i32::from(level.0), 0);
    }
}

fn read_change(bits: &mut BitReader<'_>, grid: Grid, slot: &Slot) -> Result<Stance, FrameError> {
    let off = read_point(bits)?;
    let mut read = || {
        let before = slot.stance;
        let turn = if bits.flag()? { bits.signed(2)? as u8 } else { 0 };
        let (motion, level) = if bits.flag()? {
            (read_motion(bits)?, Level::try_from(bits.signed(0)?).ok()?)
        } else {
            (before.motion, before.position.level)
        };
        let along = |before: i32, step: i32, off: i32| {
            before.wrapping_add(step.wrapping_add(off).wrapping_mul(grid.unit_cm))
        };
        let point = Point::new(
            along(before.position.point.x, slot.step.x, off.x),
            along(before.position.point.z, slot.step.z, off.z),
        );
        let heading = Heading(before.heading.0.wrapping_add(turn));
        grid.holds(point).then_some(Stance {
            position: Position { point, level },
            heading,
            motion,
        })
    };
    read().ok_or(FrameError)
}

fn read_point(bits: &mut BitReader<'_>) -> Result<Point, FrameError> {
    let x = bits.signed(1).ok_or(FrameError)?;
    let z = bits.signed(1).ok_or(FrameError)?;
    Ok(Point::new(x, z))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A number so far ahead of the one before that 32 bits cannot hold it; added without a check it would be the
    /// number before once more.
    const TOO_FAR: u32 = u32::MAX;

    #[test]
    fn a_gap_that_leads_past_every_number_is_refused() {
        let stream = StreamId::default();
        let mut held = Slots::new(stream);
        let inside: Vec<_> = (1..=2).map(|id| (VisitorId(id), Stance::default())).collect();
        held.advance(&inside).unwrap();

        let mut left = BitWriter::default();
        left.golomb(2, 0);
        left.golomb(0, 1);
        left.golomb(TOO_FAR, 1);

        let mut moved = BitWriter::default();
        let slot = *held.iter().next().unwrap();
        moved.golomb(0, 0);
        moved.golomb(0, 0);
        moved.golomb(2, 2);
        moved.golomb(0, 0);
        write_change(&mut moved, held.grid, &slot, slot.stance);
        moved.golomb(TOO_FAR, 0);
        write_change(&mut moved, held.grid, &slot, slot.stance);

        for body in [left.finish(), moved.finish()] {
            let read = held.clone().apply(&body, &mut Vec::new(), &mut Vec::new());
            assert_eq!(read, Err(FrameError));
        }

        let mut key = BitWriter::default();
        key.golomb(2, 4);
        for gap in [0, TOO_FAR] {
            key.golomb(gap, 0);
            write_whole(&mut key, held.grid, slot.visitor, slot.stance);
            key.signed(0, 1);
            key.signed(0, 1);
        }
        assert_eq!(Slots::read_key(stream, &key.finish()), Err(FrameError));
    }
}
