//! The `crowd` command: a host's rehearsal.
//!
//! Many visitors come in, walk and stand as a seed says, and check what the relays show them. In: the addresses of
//! relays, and the city pack they serve. Out: a table, a JSON file, and a live view on the terminal. It speaks the page's
//! protocol, and knows nothing of the relays' insides.
//!
//! | module | one idea |
//! |---|---|
//! | `options` | the command line |
//! | `lead` | the first process: starts the parts, and leads them through the rehearsal |
//! | `orders` | what it and the parts tell one another |
//! | `part` | one process's share of the visitors, one thread |
//! | `visitor` | one connection |
//! | `reading` | what arrives: understood, counted, answered |
//! | `streams` | the cheap way to follow frames: their numbers |
//! | `checker` | the thorough way: everything decoded, and held against the truth |
//! | `ground` | where visitors can be |
//! | `trace` | what each does, a pure function of seed, number and tick |
//! | `truth` | what everyone did lately, to tell an update by its content |
//! | `tally` | counts, faults, findings |
//! | `ages` | a histogram of times |
//! | `machine` | processor time, memory, stolen time |
//! | `summary` | what it all comes to, and whether it means anything |
//! | `screen` | how that looks on a terminal |
//!
//! `websocket` and `seeded` are the library's, which other loads use too.

mod ages;
mod checker;
mod ground;
mod lead;
mod machine;
mod options;
mod orders;
mod part;
mod reading;
mod screen;
mod streams;
mod summary;
mod tally;
mod trace;
mod truth;
mod visitor;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let options = options::Options::parse();
    let outcome = if options.part {
        part::run()
    } else {
        lead::run(&options)
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
