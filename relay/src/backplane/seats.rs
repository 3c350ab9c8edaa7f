//! Seats in Redis: for each channel a sorted set of the visitors who have one, by when their leases end.
//!
//! Leases are counted in microseconds of Redis's own clock, so relays' clocks do not matter, and two leases are never
//! the same: whoever gives a seat back names the lease, and takes nothing from a relay that has renewed it since. One
//! script counts and takes, so that no race gives the last seat twice.

use std::sync::{Arc, LazyLock};

use redis::{RedisError, Script};
use shared::protocol::VisitorId;

use super::{Store, redis::PREFIX};
use crate::channel::ChannelId;

/// How long a seat is kept without a word: longer than a ticket restores everything, with a renewal missed. A visitor
/// whose relay has died comes back to it.
pub const LEASE_MS: u64 = 75_000;

/// KEYS: the channels, best first. ARGV: the visitor, the lease's length in microseconds, the capacity.
/// The answer: which of them, until when, whether the seat was held already; 0 for none.
static TAKE: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local time = redis.call('TIME')
        local now = time[1] * 1000000 + time[2]
        for i, key in ipairs(KEYS) do
            redis.call('ZREMRANGEBYSCORE', key, '-inf', string.format('%d', now))
            local held = redis.call('ZSCORE', key, ARGV[1])
            if held or redis.call('ZCARD', key) < tonumber(ARGV[3]) then
                local until_us = now + tonumber(ARGV[2])
                redis.call('ZADD', key, string.format('%d', until_us), ARGV[1])
                redis.call('PEXPIRE', key, math.ceil(ARGV[2] / 500))
                return {i, until_us, held and 1 or 0}
            end
        end
        return {0, 0, 0}
        ",
    )
});

/// KEYS: the channel. ARGV: the lease's length in microseconds, the visitors. The answer: until when.
static RENEW: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local time = redis.call('TIME')
        local until_us = time[1] * 1000000 + time[2] + tonumber(ARGV[1])
        local score = string.format('%d', until_us)
        for i = 2, #ARGV do redis.call('ZADD', KEYS[1], score, ARGV[i]) end
        redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[1] / 500))
        return until_us
        ",
    )
});

/// KEYS: the channel. ARGV: the visitor, the lease.
static GIVE_BACK: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
        if held and tonumber(held) == tonumber(ARGV[2]) then return redis.call('ZREM', KEYS[1], ARGV[1]) end
        return 0
        ",
    )
});

/// KEYS: the channels. ARGV: how long before their end leases are that were renewed lately, in microseconds.
static PRESENT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(
        r"
        local time = redis.call('TIME')
        local from = string.format('%d', time[1] * 1000000 + time[2] + tonumber(ARGV[1]))
        local counts = {}
        for i, key in ipairs(KEYS) do counts[i] = redis.call('ZCOUNT', key, from, '+inf') end
        return counts
        ",
    )
});

/// A seat that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Index of the channel among those asked for.
    pub index: usize,
    /// The lease.
    pub lease: u64,
    /// Whether the visitor had it already.
    pub held: bool,
}

/// The seats in Redis.
#[derive(Clone)]
pub struct StoredSeats(Arc<Store>);

impl StoredSeats {
    /// Over a connection.
    pub fn new(store: Arc<Store>) -> Self {
        Self(store)
    }

    /// Takes a seat in the first of some channels of one place that has room, or in which the visitor has one.
    pub async fn take(
        &self,
        channels: &[ChannelId],
        visitor: VisitorId,
        capacity: u32,
    ) -> Result<Option<Taken>, RedisError> {
        let mut call = TAKE.prepare_invoke();
        for channel in channels {
            call.key(key(channel));
        }
        call.arg(visitor.0).arg(LEASE_MS * 1_000).arg(capacity);
        let ask = async |mut connection| call.invoke_async(&mut connection).await;
        let (number, lease, held): (usize, u64, u8) = self.0.ask(ask).await?;
        Ok(number.checked_sub(1).map(|index| Taken {
            index,
            lease,
            held: held == 1,
        }))
    }

    /// Renews the seats of visitors who are there, full or not; the lease that all of them have now.
    pub async fn renew(&self, channel: &ChannelId, visitors: &[VisitorId]) -> Result<u64, RedisError> {
        let mut call = RENEW.prepare_invoke();
        call.key(key(channel)).arg(LEASE_MS * 1_000);
        for visitor in visitors {
            call.arg(visitor.0);
        }
        let ask = async |mut connection| call.invoke_async(&mut connection).await;
        self.0.ask(ask).await
    }

    /// Gives a seat back, unless another relay has renewed it.
    pub async fn give_back(
        &self,
        channel: &ChannelId,
        visitor: VisitorId,
        lease: u64,
    ) -> Result<(), RedisError> {
        let mut call = GIVE_BACK.prepare_invoke();
        call.key(key(channel)).arg(visitor.0).arg(lease);
        let ask = async |mut connection| call.invoke_async::<u32>(&mut connection).await;
        self.0.ask(ask).await.map(drop)
    }

    /// How many visitors are in each of some channels of one place, by leases renewed within some time.
    pub async fn present(
        &self,
        channels: &[ChannelId],
        renewed_within_ms: u64,
    ) -> Result<Vec<u32>, RedisError> {
        let mut call = PRESENT.prepare_invoke();
        for channel in channels {
            call.key(key(channel));
        }
        call.arg(LEASE_MS.saturating_sub(renewed_within_ms) * 1_000);
        let ask = async |mut connection| call.invoke_async(&mut connection).await;
        self.0.ask(ask).await
    }
}

/// The braces keep all channels of a place on one node of a cluster.
fn key(channel: &ChannelId) -> String {
    format!("{PREFIX}{{{}}}:seats:{}", channel.place, channel.number)
}
