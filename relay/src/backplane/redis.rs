//! The backplane over Redis: one Pub/Sub channel for each topic of each room; sharded Pub/Sub over a cluster.
//!
//! One task holds the connection, over which parcels are published and arrive. When it fails, it is made anew, with
//! growing pauses; meanwhile what is published is lost, and [`Company::Alone`] tells the rooms so.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write as _,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use bytes::Bytes;
use redis::{PushInfo, PushKind, RedisError, Value};
use shared::{cell::Rate, protocol::Source};
use tokio::{
    sync::{
        Notify,
        mpsc::{self, error::TrySendError},
        watch,
    },
    time::{interval, sleep, timeout},
};

use super::{
    Backplane, Company, Delivery, Topic, WAITING_DELIVERIES,
    link::{Connection, Link},
};
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

/// How often a cluster is told anew what is listened to. Its client finds nodes that come back by itself, and has been seen
/// to lose a subscription over it, of which nothing tells: the other channels go on.
const SUBSCRIBE_ANEW_EVERY: Duration = Duration::from_secs(1);

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
    wishes: Arc<Wishes>,
    company: watch::Receiver<Company>,
    metrics: Metrics,
}

/// What the rooms of this relay want to hear.
#[derive(Default)]
struct Wishes {
    rooms: Mutex<HashMap<String, Listener>>,
    /// By channel, where its parcels go.
    channels: Mutex<HashMap<String, mpsc::Sender<Delivery>>>,
    changed: Notify,
}

struct Listener {
    sender: mpsc::Sender<Delivery>,
    topics: BTreeSet<Topic>,
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
        let wishes = Arc::new(Wishes::default());
        let heard = Arc::new(Heard::default());
        let ears = (wishes.clone(), heard.clone(), metrics.clone());
        let link = Link::new(url, ANSWER_WITHIN, move |push| {
            deliver(&ears.0, &ears.1, &ears.2, push);
        })
        .map_err(|error| ConnectError::Address(without_password(url), error))?;
        let unreachable =
            |error: RedisError| ConnectError::Unreachable(without_password(url), error.to_string());
        let mut connection = link.connect().await.map_err(unreachable)?;
        let mut count = redis::cmd("INCR");
        count.arg(format!("{PREFIX}relays"));
        let relay: u64 = count.query_async(&mut connection).await.map_err(unreachable)?;
        let key = agree_on_key(&mut connection, &TicketKey::random()?)
            .await
            .map_err(unreachable)?;

        let (publish, publishing) = mpsc::channel(WAITING_TO_PUBLISH);
        // Whoever is first to come in is not told that the relay is alone.
        let (told, company) = watch::channel(Company::Together);
        heard.now();
        let line = Line {
            link,
            key: key.clone(),
            wishes: wishes.clone(),
            heard,
            publishing,
            company: told,
            metrics: metrics.clone(),
        };
        tokio::spawn(line.keep(connection));
        let backplane = Self {
            publish,
            wishes,
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
    fn publish(&self, room: &str, topic: Topic, parcel: Bytes) {
        if self.publish.try_send((channel(room, topic), parcel)).is_err() {
            self.metrics.parcels_lost.inc();
        }
    }

    fn listen(&self, room: &str) -> mpsc::Receiver<Delivery> {
        let (sender, receiver) = mpsc::channel(WAITING_DELIVERIES);
        let listener = Listener {
            sender,
            topics: BTreeSet::from([Topic::Room]),
        };
        lock(&self.wishes.rooms).insert(room.to_owned(), listener);
        self.wishes.changed.notify_one();
        receiver
    }

    fn follow(&self, room: &str, mut topics: BTreeSet<Topic>) {
        topics.insert(Topic::Room);
        if let Some(listener) = lock(&self.wishes.rooms).get_mut(room) {
            listener.topics = topics;
        }
        self.wishes.changed.notify_one();
    }

    fn company(&self) -> watch::Receiver<Company> {
        self.company.clone()
    }

    fn has_listeners(&self) -> bool {
        *self.company.borrow() == Company::Together
    }
}

impl Wishes {
    /// Every channel that is wanted: whose it is, and what it is about. Forgets rooms that have closed.
    fn wanted(&self) -> HashMap<String, (Topic, mpsc::Sender<Delivery>)> {
        let mut rooms = lock(&self.rooms);
        rooms.retain(|_, listener| !listener.sender.is_closed());
        let all = rooms.iter().flat_map(|(room, listener)| {
            let of_topic = |topic: &Topic| (channel(room, *topic), (*topic, listener.sender.clone()));
            listener.topics.iter().map(of_topic)
        });
        all.collect()
    }
}

/// Everything under these locks is replaced whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a topic in Redis.
fn channel(room: &str, topic: Topic) -> String {
    let mut name = format!("{PREFIX}room:{room}");
    if let Topic::Frames(group, rate) = topic {
        let rate = match rate {
            Rate::Near => "near",
            Rate::Middle => "middle",
            Rate::Far => "far",
        };
        // Writing into a string cannot fail.
        let _ = write!(name, ":{},{}:{rate}", group.x, group.z);
    }
    name
}

/// When something was last heard of Redis, in milliseconds since `began`; and whether the connection has ended.
struct Heard {
    began: Instant,
    at_ms: AtomicU64,
    ended: Notify,
}

impl Default for Heard {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            at_ms: AtomicU64::new(0),
            ended: Notify::new(),
        }
    }
}

impl Heard {
    fn now(&self) {
        self.at_ms
            .store(self.began.elapsed().as_millis() as u64, Ordering::Relaxed);
    }

    fn is_silent(&self) -> bool {
        let at = Duration::from_millis(self.at_ms.load(Ordering::Relaxed));
        self.began.elapsed().saturating_sub(at) > SILENT_FOR
    }
}

/// Hands over what Redis pushes. Runs inside the connection: never waits.
fn deliver(wishes: &Wishes, heard: &Heard, metrics: &Metrics, push: PushInfo) {
    match push.kind {
        PushKind::Message | PushKind::SMessage => {}
        PushKind::Disconnection => return heard.ended.notify_one(),
        _ => return,
    }
    heard.now();
    metrics.parcels_received.inc();
    let mut data = push.data.into_iter();
    let (Some(Value::BulkString(channel)), Some(Value::BulkString(parcel))) = (data.next(), data.next())
    else {
        return;
    };
    let channels = lock(&wishes.channels);
    let sender = std::str::from_utf8(&channel)
        .ok()
        .and_then(|channel| channels.get(channel));
    let lost = sender.map(|sender| sender.try_send(Delivery::Parcel(parcel.into())));
    // A room that has closed misses nothing.
    if matches!(lost, Some(Err(TrySendError::Full(_)))) {
        metrics.parcels_lost.inc();
    }
}

/// The task that keeps the connection.
struct Line {
    link: Link,
    key: TicketKey,
    wishes: Arc<Wishes>,
    heard: Arc<Heard>,
    publishing: mpsc::Receiver<(String, Bytes)>,
    company: watch::Sender<Company>,
    metrics: Metrics,
}

impl Line {
    /// Carries, and connects again whenever the connection fails, until the backplane is dropped.
    async fn keep(mut self, mut connection: Connection) {
        loop {
            self.tell(Company::Together);
            let Err(why) = self.carry(connection).await else {
                return;
            };
            tracing::warn!(why, "lost Redis: this relay goes on alone");
            self.tell(Company::Alone);
            connection = self.reconnect().await;
            // What waited is old news by now.
            while self.publishing.try_recv().is_ok() {
                self.metrics.parcels_lost.inc();
            }
        }
    }

    /// Connects, however long it takes.
    async fn reconnect(&self) -> Connection {
        let mut pause = FIRST_PAUSE;
        loop {
            // Relays that lost Redis together should not all come back in the same instant.
            sleep(pause + jitter(pause / 2)).await;
            match self.connect().await {
                Ok(connection) => return connection,
                Err(error) => tracing::warn!(%error, ?pause, "cannot reach Redis"),
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn tell(&self, company: Company) {
        self.metrics
            .backplane_up
            .set(i64::from(company == Company::Together));
        self.company.send_replace(company);
    }

    async fn connect(&self) -> Result<Connection, RedisError> {
        lock(&self.wishes.channels).clear();
        let mut connection = self.link.connect().await?;
        // A Redis that lost its memory learns the key again, so that later relays share it.
        agree_on_key(&mut connection, &self.key).await?;
        self.subscribe(&mut connection).await?;
        self.heard.now();
        Ok(connection)
    }

    /// Brings the subscriptions to what is wanted now.
    async fn subscribe(&self, connection: &mut Connection) -> Result<(), RedisError> {
        let wanted = self.wishes.wanted();
        let held = lock(&self.wishes.channels).clone();
        let dropped: Vec<String> = held
            .keys()
            .filter(|channel| !wanted.contains_key(*channel))
            .cloned()
            .collect();
        let added: Vec<String> = wanted
            .keys()
            .filter(|channel| !held.contains_key(*channel))
            .cloned()
            .collect();
        // Of these parcels arrive: before the subscription, so that none of them is for nobody.
        *lock(&self.wishes.channels) = wanted
            .iter()
            .map(|(channel, (_, sender))| (channel.clone(), sender.clone()))
            .collect();
        let work = async {
            if !dropped.is_empty() {
                connection.unsubscribe(&dropped).await?;
            }
            if !added.is_empty() {
                connection.subscribe(&added).await?;
            }
            Ok::<_, RedisError>(())
        };
        timeout(ANSWER_WITHIN, work).await.map_err(|_| timed_out())??;
        for (channel, (topic, sender)) in &wanted {
            // A room that was closed and opened again has another receiver, which has heard nothing yet.
            let heard = held
                .get(channel)
                .is_some_and(|before| before.same_channel(sender));
            if !heard && sender.try_send(Delivery::Opened(*topic)).is_err() {
                self.metrics.parcels_lost.inc();
            }
        }
        Ok(())
    }

    /// Carries parcels until the connection fails (an error) or nobody publishes any more.
    async fn carry(&mut self, mut connection: Connection) -> Result<(), &'static str> {
        let mut batch = Vec::with_capacity(BATCH);
        let mut look = interval(SILENT_FOR / 6);
        let mut anew = interval(SUBSCRIBE_ANEW_EVERY);
        loop {
            tokio::select! {
                // What a room says to the others comes after it can hear their answers.
                biased;
                () = self.heard.ended.notified() => {
                    if self.heard.is_silent() {
                        return Err("the connection was closed");
                    }
                    // One of several, or an earlier one: the next sign of life, or its absence, tells.
                }
                _ = look.tick() => {
                    if self.heard.is_silent() {
                        return Err("nothing was heard");
                    }
                }
                () = self.wishes.changed.notified() => {
                    if self.subscribe(&mut connection).await.is_err() {
                        return Err("subscribing failed");
                    }
                }
                count = self.publishing.recv_many(&mut batch, BATCH) => {
                    if count == 0 {
                        return Ok(());
                    }
                    if connection.publish(batch.drain(..)).await.is_err() {
                        return Err("publishing failed");
                    }
                    self.metrics.parcels_sent.inc_by(count as u64);
                }
                _ = anew.tick(), if connection.is_cluster() => {
                    let held: Vec<String> = lock(&self.wishes.channels).keys().cloned().collect();
                    let done = timeout(ANSWER_WITHIN, connection.subscribe(&held)).await;
                    if !matches!(done, Ok(Ok(()))) {
                        return Err("subscribing anew failed");
                    }
                }
            }
        }
    }
}

/// The key that the relays at an address sign tickets with, made there when there is none.
pub async fn ticket_key(url: &str) -> Result<TicketKey, ConnectError> {
    let link = Link::new(url, ANSWER_WITHIN, |_| {})
        .map_err(|error| ConnectError::Address(without_password(url), error))?;
    let unreachable = |error: RedisError| ConnectError::Unreachable(without_password(url), error.to_string());
    let mut connection = link.connect().await.map_err(unreachable)?;
    agree_on_key(&mut connection, &TicketKey::random()?)
        .await
        .map_err(unreachable)
}

/// The key that is in Redis, which is ours if there was none.
pub(super) async fn agree_on_key(
    connection: &mut Connection,
    ours: &TicketKey,
) -> Result<TicketKey, RedisError> {
    let name = format!("{PREFIX}ticket-key");
    let mut set = redis::cmd("SET");
    set.arg(&name).arg(ours.seed().as_slice()).arg("NX");
    let _: Option<String> = set.query_async(connection).await?;
    let mut get = redis::cmd("GET");
    get.arg(&name);
    let seed: Vec<u8> = get.query_async(connection).await?;
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
