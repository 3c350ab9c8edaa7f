//! A blocking WebSocket, for the first words with a server; and the frames of the crowd's.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

pub use ::crowd::websocket::{Opcode, put, take};
use anyhow::{Result, bail, ensure};

/// Asks for a WebSocket on a fresh connection; what follows the server's answer is the beginning of its frames.
pub fn upgrade(stream: &mut TcpStream, path: &str, headers: &str) -> Result<Vec<u8>> {
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n",
        stream.peer_addr()?
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    loop {
        if let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") {
            ensure!(
                answer.starts_with(b"HTTP/1.1 101"),
                "no WebSocket at {path}: {}",
                String::from_utf8_lossy(&answer)
            );
            answer.drain(..end + 4);
            return Ok(answer);
        }
        read_more(stream, &mut answer)?;
    }
}

/// Waits for the next frame of a blocking connection that is not a ping; takes it from the front of `buffer`.
pub fn next(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<(Opcode, Vec<u8>)> {
    loop {
        let mut rest = buffer.as_slice();
        if let Some((opcode, payload)) = take(&mut rest)? {
            let payload = payload.to_vec();
            let used = buffer.len() - rest.len();
            buffer.drain(..used);
            match opcode {
                Opcode::Close => bail!("the server closed: {}", String::from_utf8_lossy(&payload)),
                Opcode::Ping => {
                    let mut pong = Vec::new();
                    put(&mut pong, Opcode::Pong, &payload);
                    stream.write_all(&pong)?;
                }
                _ => return Ok((opcode, payload)),
            }
            continue;
        }
        read_more(stream, buffer)?;
    }
}

/// Reads what there is of a blocking connection.
pub fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    let mut chunk = [0; 4_096];
    let read = stream.read(&mut chunk)?;
    ensure!(read > 0, "the server closed the connection");
    buffer.extend(chunk.iter().take(read));
    Ok(())
}
