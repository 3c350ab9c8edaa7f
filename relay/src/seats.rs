//! Who has a seat in which channel: as many as the place has capacity, never more.
//!
//! In: who wants to come in, and who has left. Out: the channel. Redis decides when it answers, for all relays in one
//! step; otherwise this relay goes by what it knows itself: its own seats, and how many it sees at the others. A visitor
//! whose line was lost keeps the seat for as long as a ticket restores everything. Seats in vehicles are held in the same
//! way. It knows nothing of rooms.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use shared::{
    city::City,
    protocol::{MAX_CHANNELS, VisitorId},
};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, MissedTickBehavior, interval},
};

use crate::{
    backplane::{Company, LEASE_MS, StoredSeats},
    channel::ChannelId,
};

/// How often seats are renewed.
const RENEW_EVERY: Duration = Duration::from_secs(5);

/// A lease that was renewed within this time is that of someone who is there.
const PRESENT_WITHIN_MS: u64 = 12_000;

/// Visitors renewed by one call.
const BATCH: usize = 500;

/// Seats that may wait to be given back; others end with their leases.
const WAITING: usize = 1_024;

/// The seats of all channels.
#[derive(Clone)]
pub struct Seats(Arc<Shared>);

struct Shared {
    here: Mutex<HashMap<ChannelId, HashMap<VisitorId, Seat>>>,
    /// People in channels on all relays, as Redis told last.
    told: Mutex<HashMap<ChannelId, u32>>,
    stored: Option<StoredSeats>,
    given_back: mpsc::Sender<(ChannelId, VisitorId, u64)>,
}

/// One visitor's.
#[derive(Clone, Copy, Debug)]
struct Seat {
    generation: u64,
    /// In Redis; 0 when it is not there.
    lease: u64,
    /// When the line was lost.
    lost: Option<Instant>,
}

/// Who wants to come in.
pub struct Request<'a> {
    /// Where to.
    pub place: &'a str,
    /// Seats of each channel.
    pub capacity: u32,
    /// Which channels, best first.
    pub order: &'a [u16],
    /// Who.
    pub visitor: VisitorId,
    /// Of the connection.
    pub generation: u64,
    /// The channel in which the ticket says that the visitor has a seat.
    pub seated: Option<u16>,
}

impl Seats {
    /// The seats of a relay that is the only one.
    pub fn alone() -> Self {
        Self::new(None).0
    }

    /// Seats in Redis. Its tasks live as long as the relay.
    pub fn shared(stored: StoredSeats, city: Arc<City>, company: watch::Receiver<Company>) -> Self {
        let (seats, given_back) = Self::new(Some(stored.clone()));
        tokio::spawn(give_back(stored.clone(), given_back));
        tokio::spawn(renew(seats.0.clone(), stored, city, company));
        seats
    }

    fn new(stored: Option<StoredSeats>) -> (Self, mpsc::Receiver<(ChannelId, VisitorId, u64)>) {
        let (given_back, receiver) = mpsc::channel(WAITING);
        let shared = Shared {
            here: Mutex::default(),
            told: Mutex::default(),
            stored,
            given_back,
        };
        (Self(Arc::new(shared)), receiver)
    }

    /// Takes a seat in the first channel that has one; `elsewhere` is how many visitors of other relays are seen in a
    /// channel. None when all are full.
    pub async fn take(&self, request: &Request<'_>, elsewhere: impl Fn(u16) -> u32) -> Option<u16> {
        if let Some(stored) = &self.0.stored {
            match self.take_stored(stored, request, &elsewhere).await {
                Ok(taken) => return taken,
                Err(error) => tracing::debug!(%error, "no word from Redis about seats"),
            }
        }
        let is_shared = self.0.stored.is_some();
        let mut here = self.0.here();
        let number = request.order.iter().copied().find(|number| {
            let room = seats_in(&mut here, request.place, *number);
            // Redis, which would know, does not answer; the ticket's word stands for it.
            room.contains_key(&request.visitor)
                || (is_shared && request.seated == Some(*number))
                || (room.len() as u32).saturating_add(elsewhere(*number)) < request.capacity
        })?;
        seats_in(&mut here, request.place, number).insert(request.visitor, Seat::new(request.generation, 0));
        Some(number)
    }

    async fn take_stored(
        &self,
        stored: &StoredSeats,
        request: &Request<'_>,
        elsewhere: impl Fn(u16) -> u32,
    ) -> Result<Option<u16>, redis::RedisError> {
        // A Redis that has forgotten everything counts too few until all relays have renewed their seats.
        let numbers: Vec<u16> = {
            let mut here = self.0.here();
            let is_open = |number: &u16| {
                let room = seats_in(&mut here, request.place, *number);
                request.seated == Some(*number)
                    || room.contains_key(&request.visitor)
                    || (room.len() as u32).saturating_add(elsewhere(*number)) < request.capacity
            };
            request.order.iter().copied().filter(is_open).collect()
        };
        let channels: Vec<ChannelId> = numbers
            .iter()
            .map(|number| ChannelId::new(request.place, *number))
            .collect();
        if channels.is_empty() {
            return Ok(None);
        }
        let taken = stored.take(&channels, request.visitor, request.capacity).await?;
        Ok(taken.and_then(|taken| {
            let number = *numbers.get(taken.index)?;
            let seat = Seat::new(request.generation, taken.lease);
            seats_in(&mut self.0.here(), request.place, number).insert(request.visitor, seat);
            Some(number)
        }))
    }

    /// Takes a seat in a vehicle of a channel, which is held as a channel that has room for one; none when all are taken.
    pub async fn take_in_vehicle(
        &self,
        channel: &ChannelId,
        vehicle: (u8, u8),
        seats: u16,
        visitor: VisitorId,
        generation: u64,
    ) -> Option<u16> {
        let order: Vec<u16> = (0..seats).collect();
        let request = Request {
            place: &vehicle_of(channel, vehicle),
            capacity: 1,
            order: &order,
            visitor,
            generation,
            seated: None,
        };
        self.take(&request, |_| 0).await
    }

    /// Gives a seat in a vehicle back.
    pub fn leave_vehicle(
        &self,
        channel: &ChannelId,
        vehicle: (u8, u8),
        seat: u16,
        visitor: VisitorId,
        generation: u64,
    ) {
        let seat = ChannelId::new(&vehicle_of(channel, vehicle), seat);
        self.leave(&seat, visitor, generation, true);
    }

    /// A connection has ended: for good, or the seat is kept for a while.
    pub fn leave(&self, channel: &ChannelId, visitor: VisitorId, generation: u64, for_good: bool) {
        let mut here = self.0.here();
        let Some(room) = here.get_mut(channel) else { return };
        let Some(seat) = room
            .get_mut(&visitor)
            .filter(|seat| seat.generation == generation)
        else {
            return;
        };
        if !for_good {
            seat.lost = Some(Instant::now());
            return;
        }
        let lease = seat.lease;
        room.remove(&visitor);
        if lease > 0 {
            // A seat that cannot be given back ends with its lease.
            let _ = self.0.given_back.try_send((channel.clone(), visitor, lease));
        }
    }

    /// A session goes on through a newer connection: an older seat here is let go, and given back unless the newer one is
    /// the same.
    pub fn let_go(&self, channel: &ChannelId, visitor: VisitorId, generation: u64, is_the_same: bool) {
        let mut here = self.0.here();
        let Some(room) = here.get_mut(channel) else { return };
        let Some(seat) = room
            .get(&visitor)
            .copied()
            .filter(|seat| seat.generation < generation)
        else {
            return;
        };
        room.remove(&visitor);
        if seat.lease > 0 && !is_the_same {
            let _ = self.0.given_back.try_send((channel.clone(), visitor, seat.lease));
        }
    }

    /// How many people are in the channels of a place on all relays, as Redis told last.
    pub fn told(&self, place: &str) -> Vec<(u16, u32)> {
        let told = self.0.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter()
            .filter(|(channel, _)| channel.place == place)
            .map(|(channel, people)| (channel.number, *people))
            .collect()
    }
}

impl Shared {
    fn here(&self) -> MutexGuard<'_, HashMap<ChannelId, HashMap<VisitorId, Seat>>> {
        // Nothing under this lock can leave it half-changed.
        self.here.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Those who are there, by channel; seats that were kept long enough are dropped.
    fn present(&self) -> Vec<(ChannelId, Vec<VisitorId>)> {
        let mut here = self.here();
        here.retain(|_, room| {
            room.retain(|_, seat| seat.is_kept());
            !room.is_empty()
        });
        here.iter()
            .map(|(channel, room)| {
                let there = room.iter().filter(|(_, seat)| seat.lost.is_none());
                (channel.clone(), there.map(|(visitor, _)| *visitor).collect())
            })
            .collect()
    }
}

impl Seat {
    fn new(generation: u64, lease: u64) -> Self {
        Self {
            generation,
            lease,
            lost: None,
        }
    }

    fn is_kept(&self) -> bool {
        self.lost
            .is_none_or(|lost| lost.elapsed() < Duration::from_millis(LEASE_MS))
    }
}

/// What a vehicle, by line and number, is called among places; those have no colon in their names.
fn vehicle_of(channel: &ChannelId, (line, vehicle): (u8, u8)) -> String {
    format!("{channel}:{line}:{vehicle}")
}

/// The seats of a channel that are still kept.
fn seats_in<'a>(
    here: &'a mut HashMap<ChannelId, HashMap<VisitorId, Seat>>,
    place: &str,
    number: u16,
) -> &'a mut HashMap<VisitorId, Seat> {
    let room = here.entry(ChannelId::new(place, number)).or_default();
    room.retain(|_, seat| seat.is_kept());
    room
}

async fn give_back(stored: StoredSeats, mut given_back: mpsc::Receiver<(ChannelId, VisitorId, u64)>) {
    while let Some((channel, visitor, lease)) = given_back.recv().await {
        // Whatever is not given back ends with its lease.
        let _ = stored.give_back(&channel, visitor, lease).await;
    }
}

/// Renews all seats now and then, and at once when Redis is back.
async fn renew(
    shared: Arc<Shared>,
    stored: StoredSeats,
    city: Arc<City>,
    mut company: watch::Receiver<Company>,
) {
    let mut times = interval(RENEW_EVERY);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = times.tick() => {}
            Ok(()) = company.changed() => {}
        }
        if let Err(error) = renew_all(&shared, &stored, &city).await {
            tracing::debug!(%error, "cannot renew seats");
        }
    }
}

async fn renew_all(shared: &Shared, stored: &StoredSeats, city: &City) -> Result<(), redis::RedisError> {
    for (channel, visitors) in shared.present() {
        for batch in visitors.chunks(BATCH) {
            let lease = stored.renew(&channel, batch).await?;
            let mut here = shared.here();
            for visitor in batch {
                let seat = here.get_mut(&channel).and_then(|room| room.get_mut(visitor));
                match seat {
                    Some(seat) => seat.lease = seat.lease.max(lease),
                    // Left meanwhile: what was given back has just been taken again.
                    None => drop(shared.given_back.try_send((channel.clone(), *visitor, lease))),
                }
            }
        }
    }
    for place in &city.places {
        let channels: Vec<ChannelId> = (1..=MAX_CHANNELS)
            .map(|number| ChannelId::new(&place.id, number))
            .collect();
        let people = stored.present(&channels, PRESENT_WITHIN_MS).await?;
        let mut told = shared.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.extend(channels.into_iter().zip(people));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(order: &[u16], visitor: u64) -> Request<'_> {
        Request {
            place: "yard",
            capacity: 2,
            order,
            visitor: VisitorId(visitor),
            generation: 1,
            seated: None,
        }
    }

    #[tokio::test]
    async fn the_next_visitor_gets_the_next_channel() {
        let seats = Seats::alone();
        let mut got = Vec::new();
        for visitor in 1..=5 {
            got.push(seats.take(&request(&[1, 2, 3], visitor), |_| 0).await);
        }
        assert_eq!(got, [Some(1), Some(1), Some(2), Some(2), Some(3)]);
        // Whoever has a seat keeps it, and a wish is granted while there is room.
        assert_eq!(seats.take(&request(&[1, 2, 3], 2), |_| 0).await, Some(1));
        assert_eq!(seats.take(&request(&[3, 1, 2], 6), |_| 0).await, Some(3));
        assert_eq!(seats.take(&request(&[3, 1, 2], 7), |_| 0).await, None);
    }

    #[tokio::test]
    async fn visitors_of_other_relays_count() {
        let seats = Seats::alone();
        let elsewhere = |number| if number == 1 { 2 } else { 0 };
        assert_eq!(seats.take(&request(&[1, 2], 1), elsewhere).await, Some(2));
    }

    #[tokio::test]
    async fn a_seat_is_free_after_a_good_bye_but_not_while_a_line_is_only_lost() {
        let seats = Seats::alone();
        let yard = ChannelId::new("yard", 1);
        for visitor in [1, 2] {
            seats.take(&request(&[1], visitor), |_| 0).await;
        }
        seats.leave(&yard, VisitorId(1), 1, false);
        assert_eq!(seats.take(&request(&[1], 3), |_| 0).await, None);
        assert_eq!(seats.take(&request(&[1], 1), |_| 0).await, Some(1));
        seats.leave(&yard, VisitorId(2), 1, true);
        assert_eq!(seats.take(&request(&[1], 3), |_| 0).await, Some(1));
    }

    #[tokio::test]
    async fn the_end_of_an_older_connection_takes_no_seat_from_the_newer() {
        let seats = Seats::alone();
        seats.take(&request(&[1], 1), |_| 0).await;
        let newer = Request {
            generation: 2,
            ..request(&[1], 1)
        };
        seats.take(&newer, |_| 0).await;
        seats.leave(&ChannelId::new("yard", 1), VisitorId(1), 1, true);
        seats.take(&request(&[1], 2), |_| 0).await;
        assert_eq!(seats.take(&request(&[1], 3), |_| 0).await, None);
    }
}
