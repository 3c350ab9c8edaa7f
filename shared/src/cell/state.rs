//! The inside of delta and key frames: slots, and how an avatar's stance is written against the one before.
//!
//! Both ends hold the same [`Slots`]. An avatar is expected to go on as in the frame before (same step, same heading,
//! same motion); only the difference is written. One that is not in a frame has not changed, and its expected step is
//! then zero.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{
    FrameError,
    bits::{BitReader, BitWriter},
};
use crate::{
    motion::Motion,
    protocol::{Stance, VisitorId},
    space::{CELL_CM, Cell, Heading, Level, Point, Position},
};

/// Most avatars in one stream: what a key frame of 64 KiB can hold.
pub const MAX_SLOTS: usize = 4_096;

/// Bits of a coordinate inside a cell.
const INSIDE_BITS: u32 = 12;
/// Bits of a motion's index.
const MOTION_BITS: u32 = 5;

/// One avatar of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) visitor: VisitorId,
    pub(super) stance: Stance,
    /// The last frame's step in centimetres: what is expected of the next.
    step: Point,
}

/// The avatars of a stream by slot number; freed numbers are used again, lowest first. A map, so that a frame that names
/// one high number takes no more memory than one avatar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Slots(BTreeMap<usize, Slot>);

impl Slots {
    pub(super) fn iter(&self) -> impl Iterator<Item = &Slot> {
        self.0.values()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn put(&mut self, number: usize, slot: Slot) -> Result<(), FrameError> {
        match self.0.entry(number) {
            Entry::Vacant(free) if number < MAX_SLOTS => {
                free.insert(slot);
                Ok(())
            }
            _ => Err(FrameError),
        }
    }

    fn lowest_free(&self) -> usize {
        let taken = self
            .0
            .keys()
            .zip(0..)
            .take_while(|(number, expected)| *number == expected);
        taken.count()
    }

    /// Brings the slots to `inside` (sorted by visitor, all within `cell`) and writes how; none when nothing changed.
    pub(super) fn advance(&mut self, cell: Cell, inside: &[(VisitorId, Stance)]) -> Option<Vec<u8>> {
        let now = |visitor| {
            inside
                .binary_search_by_key(&visitor, |(id, _)| *id)
                .ok()
                .and_then(|at| inside.get(at))
        };
        let mut bits = BitWriter::default();

        let gone: Vec<usize> = self
            .0
            .iter()
            .filter(|(_, slot)| now(slot.visitor).is_none())
            .map(|(number, _)| *number)
            .collect();
        bits.golomb(gone.len() as u32, 0);
        let mut gaps = Gaps::default();
        for &number in &gone {
            bits.golomb(gaps.gap(number), 1);
            self.0.remove(&number);
        }

        let mut changed = !gone.is_empty();
        let mut moves = Vec::new();
        let mut known: Vec<VisitorId> = Vec::with_capacity(self.0.len());
        for (&number, slot) in &self.0 {
            known.push(slot.visitor);
            let Some((_, stance)) = now(slot.visitor) else {
                continue;
            };
            if *stance != slot.stance {
                moves.push((number, *slot, *stance));
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
            bits.golomb(number as u32, 4);
            write_whole(&mut bits, cell, visitor, stance);
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
            write_change(&mut bits, before, *after);
        }
        if !changed && moves.is_empty() {
            // No frame, so the reader's expectations stay as they are, and so must these.
            return None;
        }
        for slot in self.0.values_mut() {
            slot.step = Point::default();
        }
        for (number, before, after) in moves {
            if let Some(slot) = self.0.get_mut(&number) {
                slot.step = step(before.stance, after);
                slot.stance = after;
            }
        }
        Some(bits.finish())
    }

    /// All slots, for a reader who has none.
    pub(super) fn write_key(&self, cell: Cell) -> Vec<u8> {
        let mut bits = BitWriter::default();
        bits.golomb(self.0.len() as u32, 4);
        let mut gaps = Gaps::default();
        for (number, slot) in &self.0 {
            bits.golomb(gaps.gap(*number), 0);
            write_whole(&mut bits, cell, slot.visitor, slot.stance);
            bits.signed(slot.step.x, 1);
            bits.signed(slot.step.z, 1);
        }
        bits.finish()
    }

    /// Reads [`Self::write_key`].
    pub(super) fn read_key(cell: Cell, body: &[u8]) -> Result<Self, FrameError> {
        let mut bits = BitReader::new(body);
        let mut slots = Self::default();
        let mut gaps = Gaps::default();
        for _ in 0..count(bits.golomb(4))? {
            let number = gaps.number(bits.golomb(0))?;
            let (visitor, stance) = read_whole(&mut bits, cell)?;
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
        cell: Cell,
        body: &[u8],
        seen: &mut Vec<(VisitorId, Stance, bool)>,
        left: &mut Vec<VisitorId>,
    ) -> Result<(), FrameError> {
        let mut bits = BitReader::new(body);
        let mut gaps = Gaps::default();
        for _ in 0..count(bits.golomb(0))? {
            let number = gaps.number(bits.golomb(1))?;
            left.push(self.0.remove(&number).ok_or(FrameError)?.visitor);
        }
        for _ in 0..count(bits.golomb(0))? {
            let number = bits.golomb(4).ok_or(FrameError)? as usize;
            let (visitor, stance) = read_whole(&mut bits, cell)?;
            self.put(
                number,
                Slot {
                    visitor,
                    stance,
                    step: Point::default(),
                },
            )?;
            seen.push((visitor, stance, true));
        }
        let mut gaps = Gaps::default();
        let mut moves = Vec::new();
        for _ in 0..count(bits.golomb(2))? {
            let number = gaps.number(bits.golomb(0))?;
            let slot = self.0.get_mut(&number).ok_or(FrameError)?;
            let stance = read_change(&mut bits, slot)?;
            moves.push((number, step(slot.stance, stance)));
            slot.stance = stance;
            seen.push((slot.visitor, stance, false));
        }
        for slot in self.0.values_mut() {
            slot.step = Point::default();
        }
        for (number, step) in moves {
            if let Some(slot) = self.0.get_mut(&number) {
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

/// Ascending numbers as the gaps between them.
#[derive(Default)]
struct Gaps {
    next: usize,
}

impl Gaps {
    fn gap(&mut self, number: usize) -> u32 {
        let gap = number - self.next;
        self.next = number + 1;
        gap as u32
    }

    fn number(&mut self, gap: Option<u32>) -> Result<usize, FrameError> {
        let number = self.next + gap.ok_or(FrameError)? as usize;
        if number >= MAX_SLOTS {
            return Err(FrameError);
        }
        self.next = number + 1;
        Ok(number)
    }
}

fn count(read: Option<u32>) -> Result<usize, FrameError> {
    read.map(|count| count as usize)
        .filter(|count| *count <= MAX_SLOTS)
        .ok_or(FrameError)
}

fn step(before: Stance, after: Stance) -> Point {
    let (a, b) = (before.position.point, after.position.point);
    Point::new(b.x.wrapping_sub(a.x), b.z.wrapping_sub(a.z))
}

fn write_whole(bits: &mut BitWriter, cell: Cell, visitor: VisitorId, stance: Stance) {
    let corner = cell.corner();
    let inside = |v: i32, corner: i32| v.wrapping_sub(corner).clamp(0, CELL_CM - 1) as u64;
    bits.bits(visitor.0, 64);
    bits.bits(inside(stance.position.point.x, corner.x), INSIDE_BITS);
    bits.bits(inside(stance.position.point.z, corner.z), INSIDE_BITS);
    bits.signed(i32::from(stance.position.level), 0);
    bits.bits(u64::from(stance.heading.0), 8);
    bits.bits(u64::from(stance.motion.index()), MOTION_BITS);
}

fn read_whole(bits: &mut BitReader<'_>, cell: Cell) -> Result<(VisitorId, Stance), FrameError> {
    let corner = cell.corner();
    let mut read = || {
        let visitor = VisitorId(bits.bits(64)?);
        let x = corner.x + bits.bits(INSIDE_BITS)? as i32;
        let z = corner.z + bits.bits(INSIDE_BITS)? as i32;
        let level = Level::try_from(bits.signed(0)?).ok()?;
        let heading = Heading(bits.bits(8)? as u8);
        let motion = read_motion(bits)?;
        Some((
            visitor,
            Stance {
                position: Position {
                    point: Point::new(x, z),
                    level,
                },
                heading,
                motion,
            },
        ))
    };
    read().ok_or(FrameError)
}

/// A motion that only a newer peer knows is shown as standing.
fn read_motion(bits: &mut BitReader<'_>) -> Option<Motion> {
    Some(Motion::from_index(bits.bits(MOTION_BITS)? as u8).unwrap_or_default())
}

fn write_change(bits: &mut BitWriter, before: &Slot, after: Stance) {
    let (old, new) = (before.stance.position.point, after.position.point);
    bits.signed(new.x.wrapping_sub(old.x).wrapping_sub(before.step.x), 1);
    bits.signed(new.z.wrapping_sub(old.z).wrapping_sub(before.step.z), 1);
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

fn read_change(bits: &mut BitReader<'_>, slot: &Slot) -> Result<Stance, FrameError> {
    let off = read_point(bits)?;
    let mut read = || {
        let before = slot.stance;
        let turn = if bits.flag()? { bits.signed(2)? as u8 } else { 0 };
        let (motion, level) = if bits.flag()? {
            (read_motion(bits)?, Level::try_from(bits.signed(0)?).ok()?)
        } else {
            (before.motion, before.position.level)
        };
        let point = Point::new(
            before
                .position
                .point
                .x
                .wrapping_add(slot.step.x)
                .wrapping_add(off.x),
            before
                .position
                .point
                .z
                .wrapping_add(slot.step.z)
                .wrapping_add(off.z),
        );
        let heading = Heading(before.heading.0.wrapping_add(turn));
        point.is_within_limit().then_some(Stance {
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
