//! socket.io over engine.io 4: a move is a JSON event, a tick's message a binary event of the same records as [`super::Raw`]'s.

use std::net::TcpStream;

use anyhow::{Context, Result, ensure};

use super::{Sighting, Visitor, Wire, raw::read_records};
use crate::{
    trace::Move,
    websocket::{self, Opcode},
};

/// A visitor who speaks as socket.io's client does.
pub struct SocketIo(pub Visitor);

impl Wire for SocketIo {
    fn join(&mut self, stream: &mut TcpStream) -> Result<Vec<u8>> {
        let Visitor { number, group } = self.0;
        let path = format!("/socket.io/?EIO=4&transport=websocket&visitor={number}&group=g{group}");
        let mut buffer = websocket::upgrade(stream, &path, "")?;
        let (_, open) = websocket::next(stream, &mut buffer)?;
        ensure!(open.first() == Some(&b'0'), "expected engine.io to open");
        let mut connect = Vec::new();
        websocket::put(&mut connect, Opcode::Text, b"40");
        std::io::Write::write_all(stream, &connect)?;
        let (_, connected) = websocket::next(stream, &mut buffer)?;
        ensure!(connected.starts_with(b"40"), "expected socket.io to connect");
        Ok(buffer)
    }

    fn put_move(&mut self, at: Move, out: &mut Vec<u8>) {
        let [.., motion] = at.bytes();
        let event = format!("42[\"m\",{},{},{},{motion}]", at.x, at.z, at.heading.0);
        websocket::put(out, Opcode::Text, event.as_bytes());
    }

    fn read(
        &mut self,
        opcode: Opcode,
        payload: &[u8],
        seen: &mut Vec<Sighting>,
        answer: &mut Vec<u8>,
    ) -> Result<()> {
        if opcode == Opcode::Binary {
            return read_records(payload, seen);
        }
        // "451-…" announces the binary frame that follows; a ping is a single 2.
        if payload.first().context("an empty packet")? == &b'2' {
            websocket::put(answer, Opcode::Text, b"3");
        }
        Ok(())
    }
}
