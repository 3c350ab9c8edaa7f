//! Bytes read as what happens.

/// What happens next.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Someone connects.
    Hello(Entry),
    /// The client says good-bye.
    Leave { line: usize },
    /// The connection breaks.
    Lose { line: usize },
    /// A visitor does something.
    Act { line: usize, deed: Deed },
    /// A client reads no more, or reads again.
    Stall { line: usize },
    /// Time passes.
    Wait { ms: u64 },
    /// The clock is set to another time.
    Jump { ms: i64 },
    /// Nothing for so long that all must be as it should.
    Rest,
}

/// With what someone comes.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// To which relay.
    pub relay: usize,
    /// With which ticket.
    pub ticket: Brought,
    /// To which place; none for one that does not exist.
    pub place: Option<usize>,
    /// To which channel of it.
    pub channel: Option<u16>,
    /// How far from where the ticket tells the client says that it stands, in centimetres.
    pub claim: Option<(i32, i32)>,
    /// Whether a name is given.
    pub named: bool,
}

/// What ticket is brought. Numbers count back from the newest that was ever given.
#[derive(Clone, Copy, Debug)]
pub enum Brought {
    /// None.
    Nothing,
    /// One that was given.
    Given(usize),
    /// One of which bits were changed.
    Altered { which: usize, at: usize, bits: u8 },
    /// What one says, signed by someone else.
    Forged(usize),
}

/// What visitors do.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    Move { dx: i32, dz: i32 },
    Teleport { spot: u8 },
    Say,
    Rename,
    Reseed,
    Light(bool),
}

/// Jumps of a clock that matter: within and beyond how far clocks may differ, how long a session goes on exactly, and how
/// long it finds its place again.
const JUMPS_S: [i64; 8] = [1, -1, 9, -9, 61, -61, 3_600, 90_000];

/// The steps that bytes tell.
pub struct Steps<'a>(&'a [u8]);

impl<'a> Steps<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn index(&mut self) -> Option<usize> {
        self.byte().map(usize::from)
    }

    /// A way of up to 32 m, mostly short.
    fn way(&mut self) -> Option<i32> {
        let way = i32::from(self.byte()? as i8);
        Some(way * way.abs() / 5)
    }

    fn entry(&mut self) -> Option<Entry> {
        let flags = self.byte()?;
        let ticket = match flags & 7 {
            0 | 1 => Brought::Nothing,
            2 => Brought::Altered {
                which: self.index()?,
                at: self.index()?,
                bits: self.byte()?.max(1),
            },
            3 => Brought::Forged(self.index()?),
            _ => Brought::Given(self.index()?),
        };
        let wish = self.byte()?;
        let channels = [None, None, Some(1), Some(2), Some(3), Some(64), Some(0), Some(99)];
        let claim = if flags & 32 == 0 {
            None
        } else {
            Some((self.way()?, self.way()?))
        };
        Some(Entry {
            relay: usize::from(flags >> 3 & 1),
            ticket,
            place: [Some(0), Some(0), Some(1), None][usize::from(wish & 3)],
            channel: channels[usize::from(wish >> 2 & 7)],
            claim,
            named: flags & 16 == 0,
        })
    }

    fn deed(&mut self) -> Option<Deed> {
        Some(match self.byte()? % 8 {
            0..=2 => Deed::Move {
                dx: self.way()?,
                dz: self.way()?,
            },
            3 => Deed::Teleport { spot: self.byte()? },
            4 => Deed::Say,
            5 => Deed::Rename,
            6 => Deed::Reseed,
            _ => Deed::Light(self.byte()? & 1 == 1),
        })
    }
}

impl Iterator for Steps<'_> {
    /// What happens, and whether the next follows at once.
    type Item = (Step, bool);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = self.byte()?;
        let step = match kind & 15 {
            0..=4 => Step::Hello(self.entry()?),
            5 => Step::Leave { line: self.index()? },
            6 | 7 => Step::Lose { line: self.index()? },
            8..=10 => Step::Act {
                line: self.index()?,
                deed: self.deed()?,
            },
            11 => Step::Stall { line: self.index()? },
            12 => Step::Wait {
                ms: u64::from(self.byte()?) * 25,
            },
            13 | 14 => Step::Jump {
                ms: JUMPS_S[self.index()? % JUMPS_S.len()] * 1_000,
            },
            _ => Step::Rest,
        };
        Some((step, kind & 16 != 0))
    }
}
