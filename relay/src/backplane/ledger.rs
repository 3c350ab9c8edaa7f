//! The ledger's lines in Redis: for each channel a sorted set, and what is known about it.
//!
//! All scores are 0, so the set sorts by the lines' bytes, which begin with the number: adding a line twice changes
//! nothing, and the newest are last. One script adds, trims and answers, so that nobody sees it half-done.

use std::sync::{Arc, LazyLock};

use redis::{RedisError, Script};

use super::{
    Store,
    redis::{PREFIX, agree_on_key},
};
use crate::{
    channel::ChannelId,
    ledger::{KEPT, Line},
    session::TicketKey,
};

/// How long a channel's lines stay when no relay looks after them any more, in seconds.
const STAYS_S: u32 = 24 * 60 * 60;

/// KEYS: what is known, the lines. ARGV: 1 when the lines given are all that the relay has, since when it has them, when
/// the newest was said that it forgot, the count of lines it knows of (-1 for none), how many to keep, how long, the lines.
static KEEP: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local function said(line)
            local a, b, c, d, e, f = string.byte(line, 1, 6)
            return ((((a * 256 + b) * 256 + c) * 256 + d) * 256 + e) * 4 + math.floor(f / 64)
        end
        local known = redis.call('HMGET', KEYS[1], 'since', 'trimmed', 'added')
        local all = ARGV[1] == '1'
        if not known[1] and not all then return {0, 0, 0, 0, {}} end
        local since = tonumber(known[1] or ARGV[2])
        local trimmed = tonumber(known[2] or 0)
        if all then
            since = math.min(since, tonumber(ARGV[2]))
            trimmed = math.max(trimmed, tonumber(ARGV[3]))
        end
        local added = tonumber(known[3] or 0)
        for i = 7, #ARGV do added = added + redis.call('ZADD', KEYS[2], 0, ARGV[i]) end
        local excess = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[5])
        if excess > 0 then
            local newest = redis.call('ZRANGE', KEYS[2], excess - 1, excess - 1)[1]
            trimmed = math.max(trimmed, said(newest))
            redis.call('ZREMRANGEBYRANK', KEYS[2], 0, excess - 1)
        end
        redis.call('HSET', KEYS[1], 'since', string.format('%d', since),
            'trimmed', string.format('%d', trimmed), 'added', string.format('%d', added))
        redis.call('EXPIRE', KEYS[1], ARGV[6])
        redis.call('EXPIRE', KEYS[2], ARGV[6])
        local lines = {}
        if added ~= tonumber(ARGV[4]) then lines = redis.call('ZRANGE', KEYS[2], 0, -1) end
        return {1, since, trimmed, added, lines}
        ",
    )
});

/// Whether the channel is known, and the parts of [`Stored`].
type Answer = (u8, u64, u64, u64, Vec<Vec<u8>>);

/// What Redis answers about a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Everything said since then is there, in milliseconds since 1970.
    pub since_ms: u64,
    /// But for lines until then, which were forgotten for newer ones.
    pub trimmed_ms: u64,
    /// How many lines were ever added.
    pub added: u64,
    /// All lines that are there; none when the asker has them.
    pub lines: Option<Vec<Line>>,
}

/// What a relay has of a channel.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    /// Whether the lines are all that it has.
    pub all: bool,
    /// Since when it has everything.
    pub since_ms: u64,
    /// When the newest line was said that it forgot.
    pub trimmed_ms: u64,
    /// How many lines it thinks were ever added, with these; none when it does not know.
    pub expected: Option<u64>,
    /// The lines.
    pub lines: &'a [Line],
}

/// The lines in Redis.
#[derive(Clone)]
pub struct StoredLedger {
    store: Arc<Store>,
    key: TicketKey,
}

impl StoredLedger {
    /// Over a connection, of relays that sign tickets with a key.
    pub fn new(store: Arc<Store>, key: TicketKey) -> Self {
        Self { store, key }
    }

    /// After Redis has forgotten everything: tells it the tickets' key again, so that a relay that starts now shares it.
    pub async fn remind(&self) -> Result<(), RedisError> {
        let key = &self.key;
        let ask = async |mut connection| agree_on_key(&mut connection, key).await;
        self.store.ask(ask).await.map(drop)
    }

    /// Adds lines, and learns what is there. None when Redis knows nothing of the channel and has taken nothing: it is to
    /// be given all.
    pub async fn keep(&self, channel: &ChannelId, offer: Offer<'_>) -> Result<Option<Stored>, RedisError> {
        let mut call = KEEP.prepare_invoke();
        call.key(format!("{PREFIX}{{{channel}}}:about"))
            .key(format!("{PREFIX}{{{channel}}}:lines"))
            .arg(u8::from(offer.all))
            .arg(offer.since_ms)
            .arg(offer.trimmed_ms)
            .arg(offer.expected.map_or(-1, |expected| expected as i64))
            .arg(KEPT)
            .arg(STAYS_S);
        for line in offer.lines {
            call.arg(line.to_bytes());
        }
        let (known, since_ms, trimmed_ms, added, lines): Answer = self
            .store
            .ask(async |mut connection| call.invoke_async(&mut connection).await)
            .await?;
        if known == 0 {
            return Ok(None);
        }
        let read = offer.expected != Some(added);
        Ok(Some(Stored {
            since_ms,
            trimmed_ms,
            added,
            lines: read.then(|| lines.iter().filter_map(|bytes| Line::from_bytes(bytes)).collect()),
        }))
    }
}
