//! Colyseus 0.18: matchmaking over HTTP, then patches of schema 5, of which this reads what the peer's two schemas need.
//!
//! A patch is a row of operations; byte 255 and a number switch to another structure. Structure 0 is the state, the first
//! that it names is the map of avatars, and each entry of the map names an avatar. The SDK itself was no choice: a
//! thousand of them would be the bottleneck.

use std::{collections::HashMap, io::Write as _, net::TcpStream};

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use shared::space::Heading;

use super::{Sighting, Visitor, Wire};
use crate::{
    trace::Move,
    websocket::{self, Opcode},
};

// Codes of messages.
const JOIN_ROOM: u8 = 10;
const ERROR: u8 = 11;
const ROOM_STATE: u8 = 14;
const ROOM_STATE_PATCH: u8 = 15;
const ROOM_DATA_BYTES: u8 = 17;

// Bytes inside patches.
const SWITCH_TO_STRUCTURE: u8 = 255;
const TYPE_ID: u8 = 213;
const ADD: u8 = 128;
const DELETE: u8 = 64;
const DELETE_AND_ADD: u8 = 192;

/// The kind of a move, as the peer's room listens for it.
const MOVE: u8 = 0;

/// The state.
const ROOT: u32 = 0;

/// A visitor of a Colyseus room.
pub struct Colyseus {
    visitor: Visitor,
    map: Option<u32>,
    avatars: HashMap<u32, Avatar>,
    /// Avatars of which this patch has told something.
    touched: Vec<u32>,
}

#[derive(Clone, Copy, Default)]
struct Avatar {
    visitor: u16,
    at: Move,
}

#[derive(Deserialize)]
struct Seat {
    #[serde(rename = "sessionId")]
    session: String,
    #[serde(rename = "roomId")]
    room: String,
    #[serde(rename = "processId")]
    process: String,
}

impl Colyseus {
    /// A visitor who has not come in.
    pub fn new(visitor: Visitor) -> Self {
        Self {
            visitor,
            map: None,
            avatars: HashMap::new(),
            touched: Vec::new(),
        }
    }

    fn reserve(&self, stream: &mut TcpStream) -> Result<Seat> {
        let Visitor { number, group } = self.visitor;
        let body = format!("{{\"visitor\":{number},\"group\":\"g{group}\"}}");
        let request = format!(
            "POST /matchmake/joinOrCreate/crowd HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            stream.peer_addr()?,
            body.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        loop {
            if let Some(begin) = answer.windows(4).position(|four| four == b"\r\n\r\n")
                && let Some(body) = answer.get(begin + 4..)
                && body.ends_with(b"}")
            {
                return serde_json::from_slice(body)
                    .with_context(|| format!("no seat: {}", String::from_utf8_lossy(&answer)));
            }
            websocket::read_more(stream, &mut answer)?;
        }
    }

    fn read_patch(&mut self, patch: &[u8], seen: &mut Vec<Sighting>) -> Result<()> {
        let mut patch = Patch(patch);
        let mut structure = ROOT;
        while let Some(operation) = patch.peek() {
            if operation == SWITCH_TO_STRUCTURE {
                patch.byte()?;
                structure = patch.number()?;
            } else if structure == ROOT {
                patch.byte()?;
                ensure!(operation.trailing_zeros() >= 6, "the state has one field only");
                self.map = Some(patch.number()?);
            } else if Some(structure) == self.map {
                self.read_entry(&mut patch)?;
            } else {
                self.read_field(structure, &mut patch)?;
            }
        }
        for structure in self.touched.drain(..) {
            if let Some(avatar) = self.avatars.get(&structure) {
                seen.push(Sighting {
                    visitor: avatar.visitor,
                    at: avatar.at,
                });
            }
        }
        Ok(())
    }

    fn read_entry(&mut self, patch: &mut Patch<'_>) -> Result<()> {
        let operation = patch.byte()?;
        let _index = patch.number()?;
        match operation {
            ADD | DELETE_AND_ADD => {
                patch.text()?;
                let avatar = patch.number()?;
                if patch.peek() == Some(TYPE_ID) {
                    patch.byte()?;
                    patch.number()?;
                }
                self.avatars.entry(avatar).or_default();
            }
            DELETE => {}
            other => bail!("operation {other} on the map of avatars"),
        }
        Ok(())
    }

    fn read_field(&mut self, structure: u32, patch: &mut Patch<'_>) -> Result<()> {
        // A StateView may tell of an avatar before the map names it.
        let avatar = self.avatars.entry(structure).or_default();
        match patch.byte()? & 0x3F {
            0 => avatar.visitor = u16::from_le_bytes(patch.bytes()?),
            1 => avatar.at.x = i16::from_le_bytes(patch.bytes()?),
            2 => avatar.at.z = i16::from_le_bytes(patch.bytes()?),
            3 => avatar.at.heading = Heading(patch.byte()?),
            4 => drop(patch.byte()?),
            other => bail!("field {other} of an avatar"),
        }
        if self.touched.last() != Some(&structure) {
            self.touched.push(structure);
        }
        Ok(())
    }
}

impl Wire for Colyseus {
    fn join(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>> {
        let seat = self.reserve(stream)?;
        let path = format!("/{}/{}?sessionId={}", seat.process, seat.room, seat.session);
        let mut buffer = websocket::upgrade(stream, &path, "")?;
        let (_, joined) = websocket::next(stream, &mut buffer)?;
        ensure!(joined.first() == Some(&JOIN_ROOM), "not let in: {joined:?}");
        let mut ready = Vec::new();
        websocket::put(&mut ready, Opcode::Binary, &[JOIN_ROOM]);
        stream.write_all(&ready)?;
        Ok(buffer)
    }

    fn put_move(&mut self, at: Move, out: &mut Vec<u8>) {
        let [a, b, c, d, e, f] = at.bytes();
        websocket::put(out, Opcode::Binary, &[ROOM_DATA_BYTES, MOVE, a, b, c, d, e, f]);
    }

    fn read(
        &mut self,
        _opcode: Opcode,
        payload: &[u8],
        seen: &mut Vec<Sighting>,
        _answer: &mut Vec<u8>,
    ) -> Result<()> {
        match payload {
            [ROOM_STATE | ROOM_STATE_PATCH, patch @ ..] => self.read_patch(patch, seen),
            [ERROR, ..] => bail!("Colyseus: {}", String::from_utf8_lossy(payload)),
            _ => Ok(()),
        }
    }
}

/// What is left of a patch.
struct Patch<'a>(&'a [u8]);

impl Patch<'_> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    fn byte(&mut self) -> Result<u8> {
        let [byte] = self.bytes()?;
        Ok(byte)
    }

    fn bytes<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk().context("a patch ends early")?;
        self.0 = rest;
        Ok(*bytes)
    }

    /// A whole number in schema's form of variable length.
    fn number(&mut self) -> Result<u32> {
        Ok(match self.byte()? {
            small @ ..0x80 => u32::from(small),
            0xCC => u32::from(self.byte()?),
            0xCD => u32::from(u16::from_le_bytes(self.bytes()?)),
            0xCE => u32::from_le_bytes(self.bytes()?),
            other => bail!("number of form {other:#x}"),
        })
    }

    fn text(&mut self) -> Result<()> {
        let length = match self.byte()? {
            short @ 0xA0..0xC0 => usize::from(short & 0x1F),
            other => bail!("text of form {other:#x}, where the number of a visitor was expected"),
        };
        self.0 = self.0.get(length..).context("a patch ends early")?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_and_a_patch_are_read() -> Result<()> {
        let mut wire = Colyseus::new(Visitor { number: 1, group: 0 });
        let (mut seen, mut answer) = (Vec::new(), Vec::new());
        let state = [
            &[ROOM_STATE, 0x80, 1, 255, 1, 0x80, 0, 0xA1, b'7', 2, 255, 2][..],
            &[0x80, 7, 0, 0x81, 100, 0, 0x82, 0xFF, 0xFF, 0x83, 9, 0x84, 1],
        ]
        .concat();
        wire.read(Opcode::Binary, &state, &mut seen, &mut answer)?;
        let patch = [ROOM_STATE_PATCH, 255, 2, 1, 101, 0];
        wire.read(Opcode::Binary, &patch, &mut seen, &mut answer)?;
        let at = |x| Sighting {
            visitor: 7,
            at: Move {
                x,
                z: -1,
                heading: Heading(9),
            },
        };
        assert_eq!(seen, [at(100), at(101)]);
        Ok(())
    }
}
