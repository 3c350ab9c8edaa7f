//! A line to Redis of the test's own, which it can slow down and cut.
//!
//! Nothing is dropped: what is held while the line is cut arrives after its healing, as TCP would send it again.

use std::time::Duration;

use anyhow::Result;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::{mpsc, watch},
    task::JoinHandle,
    time::{Instant, sleep_until},
};

use crate::Redis;

/// Bytes read at once.
const CHUNK_BYTES: usize = 16 << 10;

/// How the line is just now.
#[derive(Clone, Copy, Debug, Default)]
struct Weather {
    delay: Duration,
    cut: bool,
}

/// A line between a relay and Redis.
#[derive(Debug)]
pub struct Proxy {
    port: u16,
    weather: watch::Sender<Weather>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A sound line to a Redis.
    pub async fn before(redis: &Redis) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let weather = watch::Sender::new(Weather::default());
        let (told, host) = (weather.subscribe(), redis.host());
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry(near, host.clone(), told.clone()));
            }
        });
        Ok(Self {
            port,
            weather,
            accepting,
        })
    }

    /// The address that a relay is given for its Redis.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// From now on every byte takes so long, in each direction.
    pub fn delay(&self, delay: Duration) {
        self.weather.send_modify(|weather| weather.delay = delay);
    }

    /// Lets nothing pass, or all of it again. Nobody is told: connections stay open, and new ones are accepted.
    pub fn cut(&self, cut: bool) {
        self.weather.send_modify(|weather| weather.cut = cut);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn carry(near: TcpStream, host: String, weather: watch::Receiver<Weather>) {
    let Ok(far) = TcpStream::connect(host).await else {
        return;
    };
    // A delay should be the only one.
    let _ = (near.set_nodelay(true), far.set_nodelay(true));
    let ((near_read, near_write), (far_read, far_write)) = (near.into_split(), far.into_split());
    tokio::join!(
        one_way(near_read, far_write, weather.clone()),
        one_way(far_read, near_write, weather)
    );
}

async fn one_way(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut weather: watch::Receiver<Weather>) {
    let (under_way, mut arriving) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let entering = weather.clone();
    let read = async move {
        let mut chunk = vec![0; CHUNK_BYTES];
        while let Ok(count @ 1..) = from.read(&mut chunk).await {
            let due = Instant::now() + entering.borrow().delay;
            let _ = under_way.send((due, chunk[..count].to_vec()));
        }
    };
    let write = async move {
        while let Some((due, bytes)) = arriving.recv().await {
            sleep_until(due).await;
            if weather.wait_for(|weather| !weather.cut).await.is_err() || to.write_all(&bytes).await.is_err()
            {
                return;
            }
        }
    };
    tokio::join!(read, write);
}
