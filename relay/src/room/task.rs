//! The loop of a room: inputs, parcels, ticks.

use std::{pin::pin, sync::Arc};

use shared::{city::Place, protocol::TICK_HZ};
use tokio::{
    sync::{broadcast, mpsc, watch},
    task::yield_now,
    time::{Instant, sleep_until},
};

use super::{Claim, Handle, Input, People, Surroundings, WAITING_CLAIMS, WAITING_INPUTS, state::Room};
use crate::{
    backplane::{Company, Delivery, Envelope},
    channel::ChannelId,
    clock::until_next_tick,
    levers::News,
};

/// Inputs and parcels taken in one go, so that a tick is never far.
const BATCH: usize = 256;

/// Opens the room of a channel. It closes when the last handle is dropped.
pub fn open(place: Arc<Place>, number: u16, around: Surroundings) -> Handle {
    let (sender, inputs) = mpsc::channel(WAITING_INPUTS);
    let (claimant, claims) = mpsc::channel(WAITING_CLAIMS);
    let people = Arc::new(People::default());
    let channel = ChannelId::new(&place.id, number);
    let deliveries = around.backplane.listen(&channel.to_string());
    around
        .ledger
        .open(&channel, sender.downgrade(), around.clock.now_ms());
    let (company, levers) = (around.backplane.company(), around.levers.listen());
    let room = Room::new(place.clone(), channel.clone(), around, people.clone());
    tokio::spawn(run(room, inputs, claims, deliveries, company, levers));
    Handle {
        place,
        channel,
        inputs: sender,
        claims: claimant,
        people,
        holders: Arc::new(()),
    }
}

async fn run(
    mut room: Room,
    mut inputs: mpsc::Receiver<Input>,
    mut claims: mpsc::Receiver<Claim>,
    mut deliveries: mpsc::Receiver<Delivery>,
    mut company: watch::Receiver<Company>,
    mut levers: broadcast::Receiver<News>,
) {
    let (mut input_batch, mut delivery_batch) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
    let mut tick = pin!(sleep_until(Instant::now()));
    let clock = room.around.clock.clone();
    let mut latest_ms = clock.now_ms();
    room.greet();
    loop {
        tokio::select! {
            biased;
            () = &mut tick => {
                // Connections read first what has come in time.
                yield_now().await;
                let began = Instant::now();
                let delay = began - tick.deadline();
                room.around.metrics.tick_delay_seconds.0.observe(delay.as_secs_f64());
                if delay.as_millis() > u128::from(1_000 / TICK_HZ / 2) {
                    room.around.metrics.ticks_late.inc();
                }
                let now_ms = clock.now_ms();
                if now_ms < latest_ms {
                    room.rewind(now_ms);
                }
                latest_ms = now_ms;
                judge(&mut room, &mut claims, now_ms);
                room.tick(now_ms);
                room.around.metrics.tick_seconds.0.observe(began.elapsed().as_secs_f64());
                tick.as_mut().reset(Instant::now() + until_next_tick(clock.now_ms()));
            }
            count = deliveries.recv_many(&mut delivery_batch, BATCH), if !deliveries.is_closed() => {
                let now_ms = clock.now_ms();
                for delivery in delivery_batch.drain(..count) {
                    deliver(&mut room, delivery, now_ms);
                }
            }
            count = inputs.recv_many(&mut input_batch, BATCH) => {
                if count == 0 {
                    return;
                }
                let now_ms = clock.now_ms();
                // Whoever says something has come to where it is said.
                judge(&mut room, &mut claims, now_ms);
                for input in input_batch.drain(..count) {
                    take(&mut room, input, now_ms);
                }
            }
            // What is missed here comes again with all rules.
            Ok(news) = levers.recv() => room.hear_levers(news, clock.now_ms()),
            Ok(()) = company.changed() => {
                let now = *company.borrow_and_update();
                room.found_company(now);
            }
        }
    }
}

/// Judges the claims that wait by now.
fn judge(room: &mut Room, claims: &mut mpsc::Receiver<Claim>, now_ms: u64) {
    for _ in 0..claims.len() {
        if let Ok(claim) = claims.try_recv() {
            room.judge(claim, now_ms);
        }
    }
}

pub(super) fn deliver(room: &mut Room, delivery: Delivery, now_ms: u64) {
    match delivery {
        Delivery::Opened(topic) => room.peers.opened(topic),
        Delivery::Parcel(parcel) => {
            if let Some(envelope) = Envelope::decode(&parcel) {
                room.receive(envelope, now_ms);
            } else {
                tracing::debug!("a parcel of another version");
            }
        }
    }
}

fn take(room: &mut Room, input: Input, now_ms: u64) {
    match input {
        Input::Recovered(lines) => {
            for line in lines {
                room.hear_late(&line);
            }
        }
        Input::Join(arrival, outbox) => room.join(*arrival, outbox, now_ms),
        Input::Act {
            visitor,
            generation,
            act,
        } => room.act(visitor, generation, act, now_ms),
        Input::Board {
            visitor,
            generation,
            ride,
        } => room.board(visitor, generation, ride, now_ms),
        Input::LetGo {
            visitor,
            generation,
            here,
        } => room.let_go(visitor, generation, here),
        Input::Depart {
            visitor,
            generation,
            gone,
        } => {
            room.go_on(visitor, generation);
            drop(gone);
        }
        Input::Leave {
            visitor,
            generation,
            at_once,
        } => room.leave(visitor, generation, at_once, now_ms),
    }
}
