//! Several relays and a real Redis, driven over real sockets: what the tests in `tests/` stand on.
//!
//! In: the relay's program (`RELAY_BIN`, else it is built), `redis-server` on PATH, the pack of Seoul. Each test has
//! processes of its own on free ports, and ends them.

mod clock;
mod crowd;
mod ground;
mod invitation;
mod process;
mod proxy;
mod redis;
mod redis_cluster;
mod relay;
mod visitor;

pub use clock::MovableClock;
pub use crowd::{Crowd, size};
pub use ground::{PLACE, apart, city, home, run_from, steps_from, world};
pub use invitation::{invitation, invited};
pub use proxy::Proxy;
pub use redis::Redis;
pub use redis_cluster::{RedisCluster, Replica};
pub use relay::{Finished, Relay, Start, run_relay};
pub use visitor::{Closed, RawSocket, Visitor, hello, until_closed};
