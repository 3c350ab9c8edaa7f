//! Control, Bun and ws: a move is six bytes, a tick's message is records of eight.

use std::net::TcpStream;

use anyhow::{Result, ensure};

use super::{Sighting, Visitor, Wire};
use crate::{
    trace::Move,
    websocket::{self, Opcode},
};

/// A visitor who sends and gets plain structs.
pub struct Raw(pub Visitor);

impl Wire for Raw {
    fn join(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>> {
        let Visitor { number, group } = self.0;
        websocket::upgrade(stream, &format!("/?visitor={number}&group=g{group}"), "")
    }

    fn put_move(&mut self, at: Move, out: &mut Vec<u8>) {
        websocket::put(out, Opcode::Binary, &at.bytes());
    }

    fn read(
        &mut self,
        _opcode: Opcode,
        payload: &[u8],
        seen: &mut Vec<Sighting>,
        _answer: &mut Vec<u8>,
    ) -> Result<()> {
        read_records(payload, seen)
    }
}

/// Reads records of visitor and move.
pub(super) fn read_records(payload: &[u8], seen: &mut Vec<Sighting>) -> Result<()> {
    let (records, rest) = payload.as_chunks::<8>();
    ensure!(rest.is_empty(), "{} bytes are no whole records", payload.len());
    seen.extend(records.iter().map(|[low, high, at @ ..]| Sighting {
        visitor: u16::from_le_bytes([*low, *high]),
        at: Move::from_bytes(*at),
    }));
    Ok(())
}
