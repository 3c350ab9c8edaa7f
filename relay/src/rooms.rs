//! The open rooms: one for each channel of a place that has visitors of this relay.
//!
//! In: who wants to come in. Out: the room of the channel in which there is a seat, opened if need be, and closed when it
//! has been empty for a while. The first channel of each place is always open: its people are counted on every page.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use shared::{
    city::Place,
    protocol::{MAX_CHANNELS, VisitorId},
};
use tokio::time::{Instant, interval};

use crate::{
    backplane::{Delivery, Topic},
    channel::ChannelId,
    desk,
    metrics::PlaceLabel,
    room::{self, Handle, Surroundings},
    seats::Request,
    session::{Arrival, Continuity},
};

/// How long a room is kept that nobody is in.
const KEPT_EMPTY_FOR: Duration = Duration::from_mins(1);

/// How often empty rooms are looked for.
const TIDY_EVERY: Duration = Duration::from_secs(5);

/// Seats of a full channel that are for helpers who were called there.
const SEATS_FOR_HELPERS: u32 = 8;

/// What all relays listen to: sessions that go on somewhere. No place is called so.
const SESSIONS: &str = "sessions";

/// A session goes on in a channel: whoever holds it in another lets it go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Moved {
    visitor: VisitorId,
    generation: u64,
    place: String,
    number: u16,
}

/// The open rooms.
pub struct Rooms {
    around: Surroundings,
    places: BTreeMap<String, Arc<Place>>,
    open: Mutex<BTreeMap<ChannelId, Open>>,
}

struct Open {
    room: Handle,
    empty_since: Option<Instant>,
}

impl Rooms {
    /// The rooms of some places; their tasks end with the last reference.
    pub fn new(places: &[Place], around: Surroundings) -> Arc<Self> {
        let places = places
            .iter()
            .map(|place| (place.id.clone(), Arc::new(place.clone())))
            .collect();
        let rooms = Arc::new(Self {
            around,
            places,
            open: Mutex::default(),
        });
        for place in rooms.places.values() {
            rooms.enter(place, 1);
        }
        tokio::spawn(tidy(Arc::downgrade(&rooms)));
        tokio::spawn(listen(Arc::downgrade(&rooms)));
        let Surroundings {
            desk,
            source,
            backplane,
            ..
        } = &rooms.around;
        tokio::spawn(desk::keep(Arc::downgrade(desk), *source, backplane.clone()));
        rooms
    }

    /// What the rooms need of the relay.
    pub(crate) fn around(&self) -> &Surroundings {
        &self.around
    }

    /// Finds a seat for someone, and the room that it is in; whether it is in the channel that was wished for. None when
    /// all are full.
    pub async fn seat(&self, arrival: &Arrival) -> Option<(Handle, bool)> {
        let place = self.places.get(&arrival.place)?;
        let seated = matches!(arrival.continuity, Continuity::Exact { .. })
            .then_some(arrival.channel)
            .flatten();
        let wish = arrival
            .channel
            .filter(|number| (1..=MAX_CHANNELS).contains(number));
        // Whoever is called is needed in that channel, and in no other.
        let is_called = matches!(arrival.continuity, Continuity::Beside(..));
        let others = (1..=MAX_CHANNELS).filter(|number| !is_called && Some(*number) != wish);
        let order: Vec<u16> = wish.into_iter().chain(others).collect();
        let more = if is_called { SEATS_FOR_HELPERS } else { 0 };
        let request = Request {
            place: &place.id,
            capacity: place.capacity.saturating_add(more),
            order: &order,
            visitor: arrival.visitor,
            generation: arrival.generation,
            seated,
        };
        let elsewhere = |number| self.elsewhere(&ChannelId::new(&place.id, number));
        let number = self.around.seats.take(&request, elsewhere).await?;
        if arrival.goes_on {
            self.tell_moved(arrival, number);
        }
        let wished = arrival.channel.unwrap_or(1);
        Some((self.enter(place, number), number == wished))
    }

    /// A connection has ended: its seat is given back, or kept for a while.
    pub fn leave(&self, channel: &ChannelId, visitor: VisitorId, generation: u64, for_good: bool) {
        self.around.seats.leave(channel, visitor, generation, for_good);
    }

    /// How many people are in a place, in all channels, on all relays.
    pub fn people(&self, place: &str) -> u32 {
        let here = |room: &Handle| room.people();
        let open: u32 = self.of(place).iter().map(here).sum();
        let elsewhere = self.around.seats.told(place).into_iter();
        let closed = elsewhere.filter(|(number, _)| {
            let channel = ChannelId::new(place, *number);
            !self.open().contains_key(&channel)
        });
        open + closed.map(|(_, people)| people).sum::<u32>()
    }

    /// How many visitors of this relay are in all rooms.
    pub fn visitors(&self) -> u32 {
        self.open().values().map(|open| open.room.visitors()).sum()
    }

    /// How many avatars stand in this relay's streams, in all rooms.
    pub fn avatars(&self) -> u32 {
        self.open().values().map(|open| open.room.avatars()).sum()
    }

    /// The places, and how many people are in each.
    pub fn places(&self) -> impl Iterator<Item = (&str, u32)> {
        self.places
            .keys()
            .map(|place| (place.as_str(), self.people(place)))
    }

    /// Brings the metrics up to date.
    pub fn note(&self) {
        let metrics = &self.around.metrics;
        for place in self.places.keys() {
            let label = PlaceLabel { place: place.clone() };
            let rooms = self.of(place);
            let here: u32 = rooms.iter().map(Handle::visitors).sum();
            let gauges = [
                (&metrics.people, self.people(place)),
                (&metrics.visitors, here),
                (&metrics.channels, rooms.len() as u32),
            ];
            for (gauge, value) in gauges {
                gauge.get_or_create(&label).set(i64::from(value));
            }
        }
    }

    fn of(&self, place: &str) -> Vec<Handle> {
        let open = self.open();
        let of = open.iter().filter(|(channel, _)| channel.place == place);
        of.map(|(_, open)| open.room.clone()).collect()
    }

    fn elsewhere(&self, channel: &ChannelId) -> u32 {
        let open = self.open();
        open.get(channel).map_or(0, |open| open.room.elsewhere())
    }

    fn enter(&self, place: &Arc<Place>, number: u16) -> Handle {
        let mut open = self.open();
        let entry = open
            .entry(ChannelId::new(&place.id, number))
            .or_insert_with(|| Open {
                room: room::open(place.clone(), number, self.around.clone()),
                empty_since: None,
            });
        entry.empty_since = None;
        entry.room.clone()
    }

    fn tidy(&self) {
        self.open().retain(|channel, open| {
            if channel.number == 1 || !open.room.is_empty() {
                open.empty_since = None;
                return true;
            }
            let since = open.empty_since.get_or_insert_with(Instant::now);
            since.elapsed() < KEPT_EMPTY_FOR
        });
    }

    fn tell_moved(&self, arrival: &Arrival, number: u16) {
        let moved = Moved {
            visitor: arrival.visitor,
            generation: arrival.generation,
            place: arrival.place.clone(),
            number,
        };
        self.let_go(&moved, true);
        if self.around.backplane.has_listeners() {
            // Serialising plain data into a vector cannot fail; an empty parcel is refused by whoever reads it.
            let parcel = postcard::to_allocvec(&moved).unwrap_or_default();
            self.around
                .backplane
                .publish(SESSIONS, Topic::Room, parcel.into());
        }
    }

    /// In the room where the session goes on, its own parcels tell; in all others the avatar is to leave.
    fn let_go(&self, moved: &Moved, here: bool) {
        let there = ChannelId::new(&moved.place, moved.number);
        // Seats ask for rooms while they are locked: rooms must not be, while they ask for seats.
        let rooms: Vec<Handle> = self.open().values().map(|open| open.room.clone()).collect();
        for room in rooms {
            let is_there = room.channel == there;
            self.around
                .seats
                .let_go(&room.channel, moved.visitor, moved.generation, is_there);
            if !is_there {
                room.let_go(moved.visitor, moved.generation, here);
            }
        }
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<ChannelId, Open>> {
        // Nothing under this lock can leave it half-changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn tidy(rooms: Weak<Rooms>) {
    let mut times = interval(TIDY_EVERY);
    loop {
        times.tick().await;
        let Some(rooms) = rooms.upgrade() else { return };
        rooms.tidy();
    }
}

async fn listen(rooms: Weak<Rooms>) {
    let parcels = rooms
        .upgrade()
        .map(|rooms| rooms.around.backplane.listen(SESSIONS));
    let Some(mut parcels) = parcels else { return };
    while let Some(delivery) = parcels.recv().await {
        let Some(rooms) = rooms.upgrade() else { return };
        let Delivery::Parcel(parcel) = delivery else {
            continue;
        };
        if let Ok(moved) = postcard::from_bytes::<Moved>(&parcel) {
            rooms.let_go(&moved, false);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread};

    use tokio::runtime;

    use super::*;
    use crate::room::tests::{alone, arrival, yard};

    #[tokio::test]
    async fn whoever_comes_in_and_whoever_goes_on_elsewhere_never_wait_for_one_another() {
        const TIMES: u64 = 20_000;
        const PATIENCE: Duration = Duration::from_secs(30);
        let rooms = Rooms::new(&[yard()], alone());
        let (done, both_done) = mpsc::channel();
        let (coming, come) = (rooms.clone(), done.clone());
        let runtime = runtime::Handle::current();
        thread::spawn(move || {
            for visitor in (0..TIMES).map(VisitorId) {
                let _ = runtime.block_on(coming.seat(&arrival(visitor, "west", 1)));
            }
            let _ = come.send(());
        });
        thread::spawn(move || {
            let moved = |visitor| Moved {
                visitor: VisitorId(visitor),
                generation: 2,
                place: "yard".to_owned(),
                number: 2,
            };
            for visitor in 0..TIMES {
                rooms.let_go(&moved(visitor), false);
            }
            let _ = done.send(());
        });
        for _ in 0..2 {
            assert!(both_done.recv_timeout(PATIENCE).is_ok(), "they wait for ever");
        }
    }
}
