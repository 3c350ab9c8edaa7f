//! The client's side of RFC 6455, as little of it as measuring needs: frames in, masked frames out.
//!
//! It is the bench's own so that the load costs little beside what is measured. Servers are trusted to be right: their
//! accept key is not checked.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

use anyhow::{Context, Result, bail, ensure};

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opcode {
    /// UTF-8.
    Text,
    /// Bytes.
    Binary,
    /// The end.
    Close,
    /// To be answered by a pong.
    Ping,
    /// The answer to a ping.
    Pong,
}

impl Opcode {
    fn number(self) -> u8 {
        match self {
            Self::Text => 1,
            Self::Binary => 2,
            Self::Close => 8,
            Self::Ping => 9,
            Self::Pong => 10,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        [Self::Text, Self::Binary, Self::Close, Self::Ping, Self::Pong]
            .into_iter()
            .find(|opcode| opcode.number() == number)
    }
}

/// Takes the first whole frame from the front of `bytes`; none when more bytes are needed first.
pub fn take<'a>(bytes: &mut &'a [u8]) -> Result<Option<(Opcode, &'a [u8])>> {
    let [first, second, rest @ ..] = *bytes else {
        return Ok(None);
    };
    let (length, rest) = match second {
        126 => match rest {
            [a, b, rest @ ..] => (usize::from(u16::from_be_bytes([*a, *b])), rest),
            _ => return Ok(None),
        },
        127 => match rest.split_at_checked(8) {
            Some((length, rest)) => {
                let length = u64::from_be_bytes(length.try_into().context("eight bytes")?);
                (usize::try_from(length).context("length of a frame")?, rest)
            }
            None => return Ok(None),
        },
        short => {
            ensure!(*short < 126, "a server must not mask its frames");
            (usize::from(*short), rest)
        }
    };
    let Some((payload, rest)) = rest.split_at_checked(length) else {
        return Ok(None);
    };
    ensure!(
        first & 0xF0 == 0x80,
        "a fragmented or compressed frame, which no server here should send"
    );
    let opcode = Opcode::from_number(first & 0x0F).with_context(|| format!("opcode {}", first & 0x0F))?;
    *bytes = rest;
    Ok(Some((opcode, payload)))
}

/// Appends a masked frame.
pub fn put(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8]) {
    // Any mask costs the server the same; this one needs no source of randomness.
    const MASK: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];
    out.push(0x80 | opcode.number());
    if payload.len() < 126 {
        out.push(0x80 | payload.len() as u8);
    } else {
        // Clients of the bench send nothing longer than this can say.
        out.push(0x80 + 126);
        out.extend((payload.len() as u16).to_be_bytes());
    }
    out.extend(MASK);
    out.extend(
        payload
            .iter()
            .zip(MASK.iter().cycle())
            .map(|(byte, mask)| byte ^ mask),
    );
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_taken_whole_and_in_order() -> Result<()> {
        let mut sent = vec![0x82, 2, 7, 8, 0x81, 126, 1, 0];
        sent.extend([b'a'; 256]);
        for cut in 0..sent.len() {
            let mut rest = sent.get(..cut).context("cut")?;
            let whole = std::iter::from_fn(|| take(&mut rest).transpose()).collect::<Result<Vec<_>>>()?;
            assert_eq!(whole.len(), usize::from(cut >= 4));
        }
        let mut rest = sent.as_slice();
        assert_eq!(take(&mut rest)?, Some((Opcode::Binary, [7, 8].as_slice())));
        assert_eq!(take(&mut rest)?, Some((Opcode::Text, [b'a'; 256].as_slice())));
        assert_eq!(take(&mut rest)?, None);
        Ok(())
    }

    #[test]
    fn what_is_sent_is_masked() {
        let mut out = Vec::new();
        put(&mut out, Opcode::Binary, &[0, 0]);
        assert_eq!(out, [0x82, 0x82, 0x37, 0xFA, 0x21, 0x3D, 0x37, 0xFA]);
    }
}
