//! Where someone who comes back stands: where the client says, if a walker can have got there meanwhile.
//!
//! In: the stance that the relays know of, the client's claim, and how far a walker can have got. Out: the stance, and
//! the way that was believed. A client walks on while its line is lost, round corners too: so what counts is the
//! length of a way around what is solid.

use shared::{protocol::Stance, space::Position, walk::Ground};

/// The stance to go on from, and the length of the way to it in centimetres.
pub(super) fn restored(
    ground: &Ground,
    known: Stance,
    claimed: Option<Stance>,
    reach_cm: f32,
) -> (Stance, f32) {
    let believed = claimed.and_then(|claimed| {
        let way_cm = way_cm(ground, known.position, claimed.position, reach_cm)?;
        Some((claimed, way_cm))
    });
    let (stance, way_cm) = believed.unwrap_or((known, 0.0));
    let position = if ground.is_free(stance.position) {
        stance.position
    } else {
        ground.nearest_free(stance.position)
    };
    let stance = Stance {
        position,
        motion: stance.motion.at_rest(),
        ..stance
    };
    (stance, way_cm)
}

/// The length of a way from one position to another; none when there is none within reach.
fn way_cm(ground: &Ground, from: Position, to: Position, reach_cm: f32) -> Option<f32> {
    let straight_cm = from.point.distance_cm(to.point);
    // What is out of reach as the crow flies needs no search.
    if straight_cm > reach_cm || !ground.is_free(to) {
        return None;
    }
    if ground.is_clear(from, to) {
        return Some(straight_cm);
    }
    let corners = ground.path(from, to);
    if corners.last() != Some(&to) {
        return None;
    }
    let starts = [from].into_iter().chain(corners.iter().copied());
    let length = |(a, b): (Position, &Position)| a.point.distance_cm(b.point);
    Some(starts.zip(&corners).map(length).sum()).filter(|way_cm| *way_cm <= reach_cm)
}

#[cfg(test)]
mod tests {
    use shared::space::Point;

    use super::{super::tests::yard, *};

    fn at(x: i32, z: i32) -> Stance {
        Stance {
            position: Position {
                point: Point::new(x, z),
                level: 0,
            },
            ..Stance::default()
        }
    }

    fn restored_to(claimed: Stance, reach_cm: f32) -> (Stance, f32) {
        restored(&Ground::new(&yard()), at(-200, 0), Some(claimed), reach_cm)
    }

    #[test]
    fn a_claim_within_reach_is_believed_and_one_beyond_it_is_not() {
        assert_eq!(restored_to(at(-200, 500), 600.0), (at(-200, 500), 500.0));
        assert_eq!(restored_to(at(-200, 700), 600.0), (at(-200, 0), 0.0));
    }

    #[test]
    fn nobody_comes_back_on_another_level() {
        let mut upstairs = at(-200, 0);
        upstairs.position.level = 1;
        assert_eq!(restored_to(upstairs, 10_000.0), (at(-200, 0), 0.0));
    }

    #[test]
    fn behind_a_wall_is_as_far_as_the_way_around_it() {
        // Four metres through the wall, some twenty around its end.
        let (stance, way_cm) = restored_to(at(200, 0), 3_000.0);
        assert_eq!(stance, at(200, 0));
        assert!((1_900.0..2_500.0).contains(&way_cm), "{way_cm}");
        assert_eq!(restored_to(at(200, 0), 1_500.0), (at(-200, 0), 0.0));
    }
}
