//! The control: what remains of a relay that batches when it checks, encodes and knows nothing.
//!
//! It copies the six bytes of each move behind the visitor's number, and at each tick writes what was gathered for a group
//! to each of its members. It shows what a server that does little costs on the same machine; it is not tuned, and no
//! bound for others.

use std::{
    collections::BTreeMap,
    io::{ErrorKind, Read, Write},
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use mio::{
    Events, Interest, Poll, Token,
    net::{TcpListener, TcpStream},
};

use crate::history::TICK;

const LISTENER: Token = Token(usize::MAX);

/// Length of a masked frame that holds a move: header, mask, six bytes.
const MOVE_FRAME: usize = 2 + 4 + 6;

struct Member {
    stream: TcpStream,
    inbox: Vec<u8>,
    outbox: Vec<u8>,
    /// Number and group, once the request was read.
    who: Option<(u16, String)>,
}

#[derive(Default)]
struct Group {
    members: Vec<usize>,
    moved: BTreeMap<u16, [u8; 6]>,
}

/// Serves until the process is ended.
pub fn serve(address: SocketAddr) -> Result<()> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(1_024);
    let mut listener = TcpListener::bind(address)?;
    poll.registry()
        .register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut members: Vec<Option<Member>> = Vec::new();
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut due = Instant::now() + TICK;
    loop {
        let now = Instant::now();
        if now >= due {
            due += TICK;
            tick(&mut groups, &mut members);
        }
        let wait = due.saturating_duration_since(now).max(Duration::from_millis(1));
        if let Err(error) = poll.poll(&mut events, Some(wait))
            && error.kind() != ErrorKind::Interrupted
        {
            return Err(error.into());
        }
        for event in &events {
            if event.token() == LISTENER {
                while let Ok((mut stream, _)) = listener.accept() {
                    stream.set_nodelay(true)?;
                    poll.registry().register(
                        &mut stream,
                        Token(members.len()),
                        Interest::READABLE | Interest::WRITABLE,
                    )?;
                    members.push(Some(Member {
                        stream,
                        inbox: Vec::new(),
                        outbox: Vec::new(),
                        who: None,
                    }));
                }
                continue;
            }
            let Token(index) = event.token();
            let Some(slot) = members.get_mut(index) else {
                continue;
            };
            if let Some(member) = slot {
                let alive = member.flush().and_then(|()| member.read(index, &mut groups));
                if alive.is_err() {
                    *slot = None;
                }
            }
        }
    }
}

fn tick(groups: &mut BTreeMap<String, Group>, members: &mut [Option<Member>]) {
    let mut frame = Vec::new();
    for group in groups.values_mut().filter(|group| !group.moved.is_empty()) {
        frame.clear();
        let length = group.moved.len() * 8;
        frame.push(0x82);
        if length < 126 {
            frame.push(length as u8);
        } else {
            frame.push(126);
            frame.extend((length as u16).to_be_bytes());
        }
        for (number, at) in std::mem::take(&mut group.moved) {
            frame.extend(number.to_le_bytes());
            frame.extend(at);
        }
        for index in &group.members {
            if let Some(slot) = members.get_mut(*index)
                && let Some(member) = slot
            {
                member.outbox.extend(&frame);
                if member.flush().is_err() {
                    *slot = None;
                }
            }
        }
    }
}

impl Member {
    fn read(&mut self, index: usize, groups: &mut BTreeMap<String, Group>) -> Result<()> {
        let mut chunk = [0; 4_096];
        loop {
            let read = match self.stream.read(&mut chunk) {
                Ok(0) => anyhow::bail!("closed"),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            self.inbox.extend(chunk.iter().take(read));
            if let Some((number, name)) = &self.who {
                // A group is made when its first member comes in.
                let group = groups.get_mut(name).context("the group of a member")?;
                let (frames, _) = self.inbox.as_chunks::<MOVE_FRAME>();
                for [_, _, a, b, c, d, masked @ ..] in frames {
                    let mut at = *masked;
                    for (byte, mask) in at.iter_mut().zip([a, b, c, d].into_iter().cycle()) {
                        *byte ^= mask;
                    }
                    group.moved.insert(*number, at);
                }
                let used = frames.len() * MOVE_FRAME;
                self.inbox.drain(..used);
            } else if self.inbox.ends_with(b"\r\n\r\n") {
                let (number, name) = asked(&self.inbox).context("an address with visitor and group")?;
                groups.entry(name.clone()).or_default().members.push(index);
                self.who = Some((number, name));
                self.inbox.clear();
                self.outbox.extend(
                    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                );
                self.flush()?;
            }
            // A read that did not fill the chunk took all there was.
            if read < chunk.len() {
                return Ok(());
            }
        }
    }

    fn flush(&mut self) -> Result<()> {
        while !self.outbox.is_empty() {
            match self.stream.write(&self.outbox) {
                Ok(written) => drop(self.outbox.drain(..written)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

/// Visitor and group of `GET /?visitor=1&group=g0 HTTP/1.1`.
fn asked(request: &[u8]) -> Option<(u16, String)> {
    let text = std::str::from_utf8(request).ok()?;
    let (number, rest) = text.strip_prefix("GET /?visitor=")?.split_once("&group=")?;
    let (group, _) = rest.split_once(' ')?;
    Some((number.parse().ok()?, group.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visitor_and_group_stand_in_the_address() {
        let request = b"GET /?visitor=12&group=g3 HTTP/1.1\r\nHost: x\r\n\r\n";
        assert_eq!(asked(request), Some((12, "g3".to_owned())));
        assert_eq!(asked(b"GET / HTTP/1.1\r\n\r\n"), None);
    }
}
