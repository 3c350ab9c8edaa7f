//! Someone goes on at another relay, as when this one stops: nobody sees more than a blink, and no ghost stays.

use shared::{
    protocol::{Periods, VisitorId},
    space::{GROUP_CM, Point},
};

use super::{TICK_MS, World};
use crate::room::{moved_on::stands_for_ms, tests::Step};

const WALKER: VisitorId = VisitorId(9);

/// Two near the walker, and two who see it from afar only: one of each at either relay.
fn watched() -> World {
    let mut world = World::new(Periods::default());
    for (who, relay, x) in [
        (1, 0, 4),
        (2, 1, 8),
        (3, 0, 5 * GROUP_CM),
        (4, 1, 5 * GROUP_CM + 4),
    ] {
        world.join(VisitorId(who), relay, false);
        world.put(VisitorId(who), |_| Point::new(x, 4));
    }
    world.join(WALKER, 0, false);
    world.put(WALKER, |_| Point::new(40, 40));
    world.settle();
    world
}

/// Ticks until whoever has moved on stands nowhere any more.
fn ticks_of_standing() -> usize {
    (stands_for_ms(Periods::default()) / TICK_MS) as usize + 3
}

#[test]
fn nobody_loses_sight_of_who_goes_on_at_another_relay() {
    let mut world = watched();
    for moves in 0..30 {
        world.forget_losses();
        world.join(WALKER, 1 - moves % 2, false);
        // A little longer each time, so that far streams are at another turn.
        for _ in 0..ticks_of_standing() + moves {
            world.tick(&Step::Walk {
                who: WALKER.0,
                dx: 4,
                dz: 0,
            });
        }
        for (who, client) in &world.clients {
            assert!(
                !client.lost.contains(&WALKER),
                "{who:?} lost sight of it, move {moves}"
            );
        }
    }
    world.settle();
    world.check();
}

#[test]
fn whoever_goes_on_and_leaves_there_stands_nowhere() {
    let mut world = watched();
    world.join(WALKER, 1, false);
    world.tick(&Step::Rest);
    world.tick(&Step::Rest);
    world.tick(&Step::Leave { who: WALKER.0 });
    // A far stream tells of it when it has its turn.
    for _ in 0..17 {
        world.tick(&Step::Rest);
    }
    for (who, client) in &world.clients {
        assert!(!client.sees.contains_key(&WALKER), "{who:?} sees a ghost");
    }
}
