//! The client's side of RFC 6455, as little of it as a load needs: frames in, masked frames out.
//!
//! It is not a library's so that ten thousand connections cost little: no buffer belongs to a connection on which nothing
//! is half read. Servers are trusted to be right: their accept key is not checked.

use anyhow::{Context, Result, ensure};

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
    ensure!(first & 0xF0 == 0x80, "a fragmented or compressed frame");
    let opcode = Opcode::from_number(first & 0x0F).with_context(|| format!("opcode {}", first & 0x0F))?;
    *bytes = rest;
    Ok(Some((opcode, payload)))
}

/// The length of the header of a server's frame.
pub fn header_bytes(payload: usize) -> usize {
    match payload {
        0..126 => 2,
        126..0x1_0000 => 4,
        _ => 10,
    }
}

/// Appends a masked frame.
pub fn put(out: &mut Vec<u8>, opcode: Opcode, payload: &[u8]) {
    // Any mask costs the server the same; this one needs no source of randomness.
    const MASK: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];
    out.push(0x80 | opcode.number());
    if payload.len() < 126 {
        out.push(0x80 | payload.len() as u8);
    } else {
        // Visitors send nothing longer than this can say.
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

/// The request for a WebSocket.
pub fn request(host: &str, path: &str, protocols: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
         Sec-WebSocket-Protocol: {protocols}\r\n\r\n"
    )
    .into_bytes()
}

/// Takes the answer to [`request`] from the front of `bytes`; none when more bytes are needed first.
pub fn take_answer(bytes: &mut &[u8]) -> Result<Option<()>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
        ensure!(bytes.len() < 8_192, "an endless answer");
        return Ok(None);
    };
    let answer = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
    let status = answer.lines().next().unwrap_or_default();
    ensure!(status.starts_with("HTTP/1.1 101"), "no WebSocket: {status}");
    *bytes = bytes.get(end + 4..).unwrap_or_default();
    Ok(Some(()))
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

    #[test]
    fn a_refusal_is_told_by_its_status() {
        let mut taken: &[u8] = b"HTTP/1.1 101 Switching Protocols\r\na: b\r\n\r\n\x82\0";
        assert!(take_answer(&mut taken).unwrap().is_some());
        assert_eq!(taken, [0x82, 0]);
        let mut refused: &[u8] = b"HTTP/1.1 429 Too Many Requests\r\n\r\n";
        assert!(take_answer(&mut refused).unwrap_err().to_string().contains("429"));
        assert!(take_answer(&mut b"HTTP/1.1 1".as_slice()).unwrap().is_none());
    }
}
