//! One round of one contender in one scene; or its idle memory.

use std::{
    rc::Rc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

use crate::{
    contender::{Contender, Programs},
    crowd::{Crowd, DEADLINE},
    machine,
    results::{Idle, Round},
    scene::Scene,
    server::Server,
    usage::{self, Machine},
    wire::{Colyseus, Guests, Raw, Relay, SocketIo, Visitor, Wire},
};

/// From the first step to the first one that counts: names are told, buffers have grown, code is compiled.
const WARM_UP: Duration = Duration::from_secs(3);

/// How long updates may still arrive after the last move that counts.
const GRACE: Duration = Duration::from_millis(700);

/// How long connections are left alone before memory is read.
const SETTLE: Duration = Duration::from_secs(3);

/// How often idle connections show that they live.
const SIGN_OF_LIFE: Duration = Duration::from_secs(3);

/// Visitors of a group when nobody walks.
const IDLE_GROUP: usize = 20;

/// Lets a contender serve a scene.
pub fn round(
    contender: Contender,
    scene: Scene,
    programs: &Programs<'_>,
    span: Duration,
    seed: u64,
) -> Result<Round> {
    let server = Server::start(contender, programs)?;
    let guests = Guests::new(server.homes.clone());
    let mut crowd = Crowd::new(scene.visible)?;
    crowd.join(server.address, scene.people, |number| {
        wire(contender, number, scene.visible, &guests)
    })?;
    crowd.set_out(seed, scene.side_cm());
    let from = Instant::now() + WARM_UP;
    let to = from + span;
    crowd.count(from, to);
    crowd.run_until(from)?;
    let began = Instant::now();
    let machine = Machine::now()?;
    let (server_cpu, own_cpu) = (server.cpu_s()?, usage::own_cpu_s()?);
    crowd.run_until(to)?;
    let (server_cpu, own_cpu) = (server.cpu_s()? - server_cpu, usage::own_cpu_s()? - own_cpu);
    let wall = began.elapsed().as_secs_f64();
    let now = Machine::now()?;
    crowd.run_until(to + GRACE)?;
    let (tally, due) = crowd.take_tally().context("what was counted")?;
    let cores = usage::cores()? as f64;
    Ok(Round {
        contender,
        revision: machine::revision()?,
        scene,
        turn: 0,
        wall_s: wall,
        due,
        on_time: tally.ages.within(DEADLINE),
        strange: tally.strange,
        bytes: tally.bytes,
        age_p50_ms: tally.ages.quantile_ms(0.5),
        age_p99_ms: tally.ages.quantile_ms(0.99),
        server_cpu_s: server_cpu,
        generator_load: own_cpu / wall,
        stolen: now.stolen_since(machine),
        others_load: now.working_since(machine) * cores - (server_cpu + own_cpu) / wall,
    })
}

/// Reads what idle connections take.
pub fn idle(contender: Contender, programs: &Programs<'_>, few: usize, many: usize) -> Result<Idle> {
    let server = Server::start(contender, programs)?;
    let guests = Guests::new(server.homes.clone());
    let mut crowd = Crowd::new(IDLE_GROUP)?;
    let mut memory_at = |people: usize| -> Result<u64> {
        while crowd.len() < people {
            let next = (crowd.len() + 100).min(people);
            crowd.join(server.address, next, |number| {
                wire(contender, number, IDLE_GROUP, &guests)
            })?;
            crowd.run_until(Instant::now() + Duration::from_millis(1))?;
            crowd.send_signs_of_life()?;
        }
        for _ in 0..2 {
            let settled = Instant::now() + SETTLE / 2;
            crowd.send_signs_of_life()?;
            crowd.run_until(settled.min(Instant::now() + SIGN_OF_LIFE))?;
            server.collect()?;
        }
        thread::sleep(Duration::from_millis(300));
        server.memory_bytes()
    };
    let at_few = memory_at(few)?;
    let at_many = memory_at(many)?;
    Ok(Idle {
        contender,
        revision: machine::revision()?,
        few,
        many,
        bytes_each: (at_many as f64 - at_few as f64) / (many - few) as f64,
    })
}

fn wire(contender: Contender, number: usize, group: usize, guests: &Rc<Guests>) -> Result<Box<dyn Wire>> {
    let visitor = Visitor {
        number: u16::try_from(number)?,
        group: u16::try_from(number / group)?,
    };
    Ok(match contender {
        Contender::Control | Contender::Bun | Contender::Ws => Box::new(Raw(visitor)),
        Contender::SocketIo => Box::new(SocketIo(visitor)),
        Contender::ColyseusBroadcast | Contender::ColyseusView => Box::new(Colyseus::new(visitor)),
        Contender::Relay => Box::new(Relay::new(visitor, guests.clone())?),
    })
}
