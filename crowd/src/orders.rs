//! What the first process and its parts tell one another: a JSON text a line, over the parts' standard input and output.

use std::{collections::BTreeMap, path::PathBuf};

use serde::{Deserialize, Serialize};

use crate::{
    ages::Ages,
    options::{Scene, Server},
    tally::{Faults, Findings, Tally},
};

/// What a part is to do; its first order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assignment {
    /// Its number among the parts: it has the visitors whose number leaves this rest.
    pub part: u32,
    /// How many parts there are.
    pub parts: u32,
    /// Where visitors connect, in turn.
    pub servers: Vec<Server>,
    /// How many visitors there are in all parts.
    pub visitors: u32,
    /// How many of them check everything.
    pub checkers: u32,
    /// Whether they ask for light mode.
    pub light: bool,
    /// See [`crate::options::Options::seed`].
    pub seed: u64,
    /// See [`crate::options::Options::scene`].
    pub scene: Scene,
    /// The pack.
    pub city: PathBuf,
    /// The place.
    pub place: Option<String>,
    /// The spots.
    pub spots: Vec<String>,
    /// When the rehearsal begins, in milliseconds since 1970.
    pub begin_ms: u64,
    /// How many visitors come in each second, in all parts.
    pub join_per_second: f64,
}

/// A further order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Order {
    /// Take figures between two times, in milliseconds since the beginning; then all stand still.
    Count {
        /// From here
        from_ms: u64,
        /// to here.
        to_ms: u64,
    },
    /// See who is there: these should be.
    Check(Present),
    /// Say good-bye. It comes when all parts have looked around: whoever went before would be missed by the others.
    End,
}

/// Who is in which channel.
pub type Present = BTreeMap<u16, Vec<u32>>;

/// What a part tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Report {
    /// How it goes; each second.
    Progress(Progress),
    /// Who is in, some seconds after all stood still.
    Present(Present),
    /// Everything, once the checkers have looked around.
    Done(Box<Outcome>),
}

/// How it goes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Visitors that are in now.
    pub inside: u32,
    /// Visitors whose connection has ended or failed.
    pub over: u32,
    /// Updates in the last second, at all rates.
    pub updates: u64,
    /// Bytes in the last second.
    pub bytes: u64,
    /// Ages of the near updates of the last second.
    pub ages: Ages,
    /// Processor time used in all, in seconds; once the first process has it, of the last second.
    pub cpu: f64,
    /// Processor time until the report before, kept by the first process.
    #[serde(skip)]
    pub cpu_before_s: f64,
    /// Seconds between two frames of what is far away; 0 before a relay has told.
    pub far_s: f64,
    /// What was wrong until now.
    pub faults: Faults,
}

/// A part's figures.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// What arrived.
    pub tally: Tally,
    /// What was wrong.
    pub faults: Faults,
    /// What the checkers found.
    pub findings: Findings,
    /// How long coming in took, from the connection to the welcome.
    pub welcomes: Ages,
    /// Visitors in the channels at the end.
    pub inside: u32,
    /// Memory of this part, in bytes.
    pub memory_bytes: u64,
}
