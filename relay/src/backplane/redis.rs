//! The backplane over Redis: one Pub/Sub channel for each place.
//!
//! One task holds both connections, one to publish and one to listen. When either fails, both are made anew, with
//! growing pauses; meanwhile what is published is lost, and [`Company::Alone`] tells the rooms so.

use std::{collections::HashMap, time::Duration};

use bytes::Bytes;
use futures_util::StreamExt as _;
use redis::{
    AsyncConnectionConfig, Client, RedisError, aio::MultiplexedConnection, aio::PubSub, aio::PubSubSink,
};
use shared::protocol::Source;
use tokio::{
    sync::{
        mpsc::{self, error::TrySendError},
        watch,
    },
    time::{sleep, timeout},
};

use super::{Backplane, Company, WAITING_PARCELS};
use crate::{metrics::Metrics, session::TicketKey};

/// Before every key and channel, so that a Redis can be shared; with the version of the parcels.
pub(super) const PREFIX: &str = "metaverse-seoul:1:";

/// Parcels that may wait to be published.
const WAITING_TO_PUBLISH: usize = 4_096;

/// Parcels that are published in one go.
const BATCH: usize = 256;

/// How long Redis may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);

/// Every relay hears at least its own signs of life: when even these are missing for so long, the line is dead.
const SILENT_FOR: Duration = Duration::from_secs(3);

/// Pause before the first attempt to connect again.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// Longest pause between attempts.
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// Why Redis could not be joined at the start.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The address cannot be understood.
    #[error("{0:?} is not the address of a Redis: it should look like redis://127.0.0.1:6379 ({1})")]
    Address(String, RedisError),
    /// Nobody answers there.
    #[error(
        "no Redis answers at {0}: {1}. Start it, correct --redis (or REDIS_URL), or leave the option out to serve with one relay"
    )]
    Unreachable(String, String),
    /// No random numbers.
    #[error(transparent)]
    Key(#[from] crate::session::KeyError),
}

/// The way to the other relays over Redis.
pub struct RedisBackplane {
    publish: mpsc::Sender<(String, Bytes)>,
    listen: mpsc::UnboundedSender<(String, mpsc::Sender<Bytes>)>,
    company: watch::Receiver<Company>,
    metrics: Metrics,
}

/// What joining gives.
pub struct Joined {
    /// The way to the other relays.
    pub backplane: RedisBackplane,
    /// This relay's number among them.
    pub source: Source,
    /// The key that all of them sign tickets with.
    pub key: TicketKey,
}

impl RedisBackplane {
    /// Joins the relays at an address. Fails when Redis does not answer now; later it may come and go.
    pub async fn join(url: &str, epoch: u16, metrics: Metrics) -> Result<Joined, ConnectError> {
        let client =
            Client::open(url).map_err(|error| ConnectError::Address(without_password(url), error))?;
        let unreachable =
            |error: RedisError| ConnectError::Unreachable(without_password(url), error.to_string());
        let mut connection = connect(&client).await.map_err(unreachable)?;
        let relay: u64 = redis::cmd("INCR")
            .arg(format!("{PREFIX}relays"))
            .query_async(&mut connection)
            .await
            .map_err(unreachable)?;
        let key = agree_on_key(&mut connection, &TicketKey::random()?)
            .await
            .map_err(unreachable)?;

        let (publish, publishing) = mpsc::channel(WAITING_TO_PUBLISH);
        let (told, company) = watch::channel(Company::Alone);
        let (listen, listening) = mpsc::unbounded_channel();
        let line = Line {
            client,
            key: key.clone(),
            senders: HashMap::new(),
            listening,
            publishing,
            company: told,
            metrics: metrics.clone(),
        };
        tokio::spawn(line.keep());
        let backplane = Self {
            publish,
            listen,
            company,
            metrics,
        };
        let source = Source {
            relay: relay_number(relay),
            epoch,
        };
        Ok(Joined {
            backplane,
            source,
            key,
        })
    }
}

/// A relay's number from the count of relays that ever joined: it takes one byte of every frame. Should two that live at
/// once get the same, their epochs still tell them apart.
pub(crate) fn relay_number(joined: u64) -> u16 {
    const LARGEST: u64 = 127;
    (joined % LARGEST) as u16 + 1
}

impl Backplane for RedisBackplane {
    fn publish(&self, place: &str, parcel: Bytes) {
        if self.publish.try_send((channel(place), parcel)).is_err() {
            self.metrics.parcels_lost.inc();
        }
    }

    fn listen(&self, place: &str) -> mpsc::Receiver<Bytes> {
        let (sender, receiver) = mpsc::channel(WAITING_PARCELS);
        // Without the line there is nothing to hear.
        let _ = self.listen.send((channel(place), sender));
        receiver
    }

    fn company(&self) -> watch::Receiver<Company> {
        self.company.clone()
    }

    fn has_listeners(&self) -> bool {
        *self.company.borrow() == Company::Together
    }
}

fn channel(place: &str) -> String {
    format!("{PREFIX}place:{place}")
}

/// The task that keeps the connections.
struct Line {
    client: Client,
    key: TicketKey,
    senders: HashMap<String, mpsc::Sender<Bytes>>,
    listening: mpsc::UnboundedReceiver<(String, mpsc::Sender<Bytes>)>,
    publishing: mpsc::Receiver<(String, Bytes)>,
    company: watch::Sender<Company>,
    metrics: Metrics,
}

impl Line {
    /// Connects, carries, and connects again, until the backplane is dropped.
    async fn keep(mut self) {
        let mut pause = FIRST_PAUSE;
        loop {
            match self.connect().await {
                Ok((publisher, listener)) => {
                    pause = FIRST_PAUSE;
                    // What waited is old news by now.
                    while self.publishing.try_recv().is_ok() {
                        self.metrics.parcels_lost.inc();
                    }
                    self.tell(Company::Together);
                    let Err(why) = self.carry(publisher, listener).await else {
                        return;
                    };
                    tracing::warn!(why, "lost Redis: this relay goes on alone");
                    self.tell(Company::Alone);
                }
                Err(error) => tracing::warn!(%error, ?pause, "cannot reach Redis"),
            }
            // Relays that lost Redis together should not all come back in the same instant.
            sleep(pause + jitter(pause / 2)).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn tell(&self, company: Company) {
        self.metrics
            .backplane_up
            .set(i64::from(company == Company::Together));
        self.company.send_replace(company);
    }

    async fn connect(&mut self) -> Result<(MultiplexedConnection, PubSub), RedisError> {
        let mut publisher = connect(&self.client).await?;
        // A Redis that lost its memory learns the key again, so that later relays share it.
        agree_on_key(&mut publisher, &self.key).await?;
        let listening = async {
            let mut listener = self.client.get_async_pubsub().await?;
            while let Ok((channel, sender)) = self.listening.try_recv() {
                self.senders.insert(channel, sender);
            }
            self.senders.retain(|_, sender| !sender.is_closed());
            for channel in self.senders.keys() {
                listener.subscribe(channel).await?;
            }
            Ok::<_, RedisError>(listener)
        };
        let listener = timeout(ANSWER_WITHIN, listening)
            .await
            .map_err(|_| timed_out())??;
        Ok((publisher, listener))
    }

    /// Carries parcels until a connection fails (an error) or nobody publishes any more.
    async fn carry(
        &mut self,
        publisher: MultiplexedConnection,
        listener: PubSub,
    ) -> Result<(), &'static str> {
        let (mut subscriptions, mut messages) = listener.split();
        let mut batch = Vec::with_capacity(BATCH);
        let mut heard = tokio::time::Instant::now();
        loop {
            tokio::select! {
                message = messages.next() => {
                    let Some(message) = message else { return Err("the listening connection was closed") };
                    heard = tokio::time::Instant::now();
                    self.metrics.parcels_received.inc();
                    let Some(sender) = self.senders.get(message.get_channel_name()) else { continue };
                    match sender.try_send(Bytes::copy_from_slice(message.get_payload_bytes())) {
                        Ok(()) => {}
                        Err(TrySendError::Full(_)) => {
                            self.metrics.parcels_lost.inc();
                        }
                        Err(TrySendError::Closed(_)) => {
                            let channel = message.get_channel_name();
                            self.senders.remove(channel);
                            change(&mut subscriptions, channel, false).await?;
                        }
                    }
                }
                Some((channel, sender)) = self.listening.recv() => {
                    change(&mut subscriptions, &channel, true).await?;
                    self.senders.insert(channel, sender);
                }
                count = self.publishing.recv_many(&mut batch, BATCH) => {
                    if count == 0 {
                        return Ok(());
                    }
                    let mut pipeline = redis::pipe();
                    for (channel, parcel) in batch.drain(..) {
                        pipeline.cmd("PUBLISH").arg(channel).arg(parcel.as_ref()).ignore();
                    }
                    let mut publisher = publisher.clone();
                    let published = pipeline.query_async::<()>(&mut publisher).await;
                    if published.is_err() {
                        return Err("publishing failed");
                    }
                    self.metrics.parcels_sent.inc_by(count as u64);
                }
                () = tokio::time::sleep_until(heard + SILENT_FOR) => return Err("nothing was heard"),
            }
        }
    }
}

/// The key that the relays at an address sign tickets with, made there when there is none.
pub async fn ticket_key(url: &str) -> Result<TicketKey, ConnectError> {
    let client = Client::open(url).map_err(|error| ConnectError::Address(without_password(url), error))?;
    let unreachable = |error: RedisError| ConnectError::Unreachable(without_password(url), error.to_string());
    let mut connection = connect(&client).await.map_err(unreachable)?;
    agree_on_key(&mut connection, &TicketKey::random()?)
        .await
        .map_err(unreachable)
}

async fn change(subscriptions: &mut PubSubSink, channel: &str, listen: bool) -> Result<(), &'static str> {
    let changing = async {
        if listen {
            subscriptions.subscribe(channel).await
        } else {
            subscriptions.unsubscribe(channel).await
        }
    };
    match timeout(ANSWER_WITHIN, changing).await {
        Ok(Ok(())) => Ok(()),
        _ => Err("subscribing failed"),
    }
}

async fn connect(client: &Client) -> Result<MultiplexedConnection, RedisError> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(ANSWER_WITHIN))
        .set_response_timeout(Some(ANSWER_WITHIN));
    client.get_multiplexed_async_connection_with_config(&config).await
}

/// The key that is in Redis, which is ours if there was none.
pub(super) async fn agree_on_key(
    connection: &mut MultiplexedConnection,
    ours: &TicketKey,
) -> Result<TicketKey, RedisError> {
    let name = format!("{PREFIX}ticket-key");
    let seed: Vec<u8> = redis::pipe()
        .cmd("SET")
        .arg(&name)
        .arg(ours.seed().as_slice())
        .arg("NX")
        .ignore()
        .cmd("GET")
        .arg(&name)
        .query_async::<(Vec<u8>,)>(connection)
        .await?
        .0;
    let seed = <[u8; 32]>::try_from(seed).map_err(|_| {
        RedisError::from((
            redis::ErrorKind::UnexpectedReturnType,
            "the ticket key in Redis is damaged",
        ))
    })?;
    Ok(TicketKey::from_seed(seed))
}

fn timed_out() -> RedisError {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}

/// Up to `most`, at random; nothing when the system gives no random numbers.
fn jitter(most: Duration) -> Duration {
    most.mul_f64(f64::from(getrandom::u32().unwrap_or(0)) / f64::from(u32::MAX))
}

/// An address that may be printed.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => {
            let (head, tail) = (url.get(..scheme + 3), url.get(at..));
            format!("{}…{}", head.unwrap_or_default(), tail.unwrap_or_default())
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(
            without_password("redis://me:secret@host:1/0"),
            "redis://…@host:1/0"
        );
        assert_eq!(without_password("redis://host:1"), "redis://host:1");
    }
}
