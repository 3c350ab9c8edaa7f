//! Who is in, where, and through which connection: two relays, and connections that come, go, break, bring tickets that
//! are fresh, old, copied, altered or forged, and clocks that jump. Whatever happens, it is as plain rules say.
//!
//! What runs is what serves: rooms, seats, sessions and the backplane inside one process, on a paused clock. Only the
//! sockets are missing.
#![no_main]

mod client;
mod step;
mod world;

use libfuzzer_sys::fuzz_target;
use step::Steps;
use world::World;

/// Steps of one input: what goes wrong shows in few.
const MOST_STEPS: usize = 48;

fuzz_target!(|bytes: &[u8]| {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let mut world = World::new();
        for (step, at_once) in Steps::new(bytes).take(MOST_STEPS) {
            world.take(step, at_once).await;
        }
        world.rest().await;
        world.end().await;
    });
});
