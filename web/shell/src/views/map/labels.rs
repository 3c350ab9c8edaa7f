//! Which names on the map are shown: one that would cover another goes without.
//!
//! In: where names stand and how long they are, how many metres a pixel is. Out: which of them have room. It never
//! knows an element of the page: widths are estimated from the text, which is good enough to keep names apart.

use glam::Vec2;

/// Height of a line of text, in its own size.
const LINE_EM: f32 = 1.25;

/// Width of a Latin letter and of any other (Hangul fills its square), in the text's size.
const LETTER_EM: [f32; 2] = [0.58, 1.0];

/// How far below a pin's middle its name ends, in the text's size; the pin itself reaches up by [`PIN_UP_EM`].
const PIN_DOWN_EM: f32 = 1.9;

/// See [`PIN_DOWN_EM`].
const PIN_UP_EM: f32 = 0.5;

/// A name at a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where, in metres.
    pub at: Vec2,
    /// Width of the text, in its own size.
    width_em: f32,
    /// Whether a pin stands there and the name below it. Such names are always shown.
    pub pin: bool,
}

impl Label {
    /// A name at a point, in metres.
    pub fn new(at: Vec2, text: &str, pin: bool) -> Self {
        let width_em = text
            .chars()
            .map(|c| LETTER_EM[usize::from(!c.is_ascii())])
            .sum::<f32>();
        Self { at, width_em, pin }
    }

    /// The corners of what it covers, in pixels, for text of a size in pixels.
    fn covers(&self, m_per_px: f32, text_px: f32) -> (Vec2, Vec2) {
        let at = self.at / m_per_px;
        let half = self.width_em / 2.0;
        let (up, down) = if self.pin {
            (PIN_UP_EM, PIN_DOWN_EM)
        } else {
            (LINE_EM / 2.0, LINE_EM / 2.0)
        };
        (
            at - Vec2::new(half, up) * text_px,
            at + Vec2::new(half, down) * text_px,
        )
    }
}

/// Which of these have room, in their order: those with pins all, the others from first to last.
pub fn with_room(labels: &[Label], m_per_px: f32, text_px: f32) -> Vec<bool> {
    let mut taken: Vec<(Vec2, Vec2)> = labels
        .iter()
        .filter(|label| label.pin)
        .map(|label| label.covers(m_per_px, text_px))
        .collect();
    labels
        .iter()
        .map(|label| {
            if label.pin {
                return true;
            }
            let (low, high) = label.covers(m_per_px, text_px);
            let free = taken
                .iter()
                .all(|(from, to)| low.cmpge(*to).any() || high.cmple(*from).any());
            if free {
                taken.push((low, high));
            }
            free
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_cover_another_goes_without() {
        let labels = [
            Label::new(Vec2::ZERO, "세종대왕상 앞", false),
            Label::new(Vec2::new(80.0, 0.0), "Fountain", false),
            Label::new(Vec2::new(0.0, 5.0), "해시계", true),
            Label::new(Vec2::new(500.0, 0.0), "Gate", false),
        ];
        assert_eq!(with_room(&labels, 1.0, 13.0), [false, true, true, true]);
        assert_eq!(
            with_room(&labels, 0.05, 13.0),
            [true; 4],
            "there is room for all when near"
        );
        assert_eq!(with_room(&labels, 50.0, 13.0), [false, false, true, false]);
    }

    #[test]
    fn of_two_names_on_the_same_point_the_first_stays() {
        let twins = [
            Label::new(Vec2::ZERO, "남쪽", false),
            Label::new(Vec2::ONE, "북쪽", false),
        ];
        assert_eq!(with_room(&twins, 1.0, 13.0), [true, false]);
        assert_eq!(with_room(&twins, 0.01, 13.0), [true, true]);
    }
}
