//! What pointers mean: a tap, a drag, a pinch. Mouse, pen and fingers alike; shared by stage and map.

use glam::Vec2;

/// A pointer that moved less than this did not drag, in CSS pixels.
const TAP_PX: f32 = 8.0;

/// A pointer that stayed down longer than this did not tap, in milliseconds.
const TAP_MS: f64 = 600.0;

/// What pointers meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gesture {
    /// A short touch at a point of the view.
    Tap(Vec2),
    /// One pointer moved by so much.
    Drag(Vec2),
    /// Two pointers moved apart (above 1) or together, around a point.
    Pinch(f32, Vec2),
}

#[derive(Clone, Copy, Debug)]
struct Pointer {
    id: i32,
    at: Vec2,
    from: Vec2,
    since_ms: f64,
    dragged: bool,
}

/// The pointers that are down.
#[derive(Clone, Debug, Default)]
pub struct Gestures {
    pointers: Vec<Pointer>,
}

impl Gestures {
    /// A pointer went down.
    pub fn down(&mut self, id: i32, at: Vec2, now_ms: f64) {
        self.pointers.retain(|pointer| pointer.id != id);
        let dragged = !self.pointers.is_empty();
        self.pointers.push(Pointer {
            id,
            at,
            from: at,
            since_ms: now_ms,
            dragged,
        });
        if dragged {
            // The second finger of a pinch ends what would have been a tap.
            for pointer in &mut self.pointers {
                pointer.dragged = true;
            }
        }
    }

    /// A pointer moved.
    pub fn moved(&mut self, id: i32, to: Vec2) -> Option<Gesture> {
        let other = self
            .pointers
            .iter()
            .find(|pointer| pointer.id != id)
            .map(|pointer| pointer.at);
        let pointer = self.pointers.iter_mut().find(|pointer| pointer.id == id)?;
        let was = pointer.at;
        if !pointer.dragged {
            if pointer.from.distance(to) <= TAP_PX {
                return None;
            }
            pointer.dragged = true;
        }
        pointer.at = to;
        match other {
            Some(other) => {
                let (before, after) = (was.distance(other).max(1.0), to.distance(other).max(1.0));
                Some(Gesture::Pinch(after / before, (to + other) / 2.0))
            }
            None => Some(Gesture::Drag(to - was)),
        }
    }

    /// A pointer went up.
    pub fn up(&mut self, id: i32, now_ms: f64) -> Option<Gesture> {
        let index = self.pointers.iter().position(|pointer| pointer.id == id)?;
        let pointer = self.pointers.remove(index);
        (!pointer.dragged && now_ms - pointer.since_ms <= TAP_MS).then_some(Gesture::Tap(pointer.from))
    }

    /// A pointer was taken away by the browser.
    pub fn cancel(&mut self, id: i32) {
        self.pointers.retain(|pointer| pointer.id != id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_touch_taps_even_when_the_finger_trembles() {
        let mut gestures = Gestures::default();
        gestures.down(1, Vec2::new(10.0, 10.0), 0.0);
        assert_eq!(gestures.moved(1, Vec2::new(13.0, 12.0)), None);
        assert_eq!(gestures.up(1, 120.0), Some(Gesture::Tap(Vec2::new(10.0, 10.0))));
    }

    #[test]
    fn a_drag_is_no_tap() {
        let mut gestures = Gestures::default();
        gestures.down(1, Vec2::ZERO, 0.0);
        assert_eq!(
            gestures.moved(1, Vec2::new(20.0, 0.0)),
            Some(Gesture::Drag(Vec2::new(20.0, 0.0)))
        );
        assert_eq!(gestures.up(1, 100.0), None);
    }

    #[test]
    fn two_fingers_pinch_and_do_not_tap() {
        let mut gestures = Gestures::default();
        gestures.down(1, Vec2::ZERO, 0.0);
        gestures.down(2, Vec2::new(100.0, 0.0), 10.0);
        assert_eq!(
            gestures.moved(2, Vec2::new(200.0, 0.0)),
            Some(Gesture::Pinch(2.0, Vec2::new(100.0, 0.0)))
        );
        assert_eq!(gestures.up(1, 50.0), None);
        assert_eq!(gestures.up(2, 50.0), None);
    }
}
