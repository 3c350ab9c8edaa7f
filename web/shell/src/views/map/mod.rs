//! The map: the place from above, north up. Everything that can be done on the stage can be done here.

pub mod camera;
mod dots;
mod labels;

use glam::Vec2;
use shared::{
    city::{Place, extent_m},
    picture,
};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

use self::{camera::MapCamera, dots::Dots, labels::Label};
use crate::{
    words::Words,
    world::{landmarks, seen::Seen},
};

/// How much of a place is drawn around the middle of what is shown, in metres each way, at least: a city drawn whole would be
/// drawn whole again for every step.
const DRAWN_M: f32 = 300.0;

/// How much more than is shown is drawn each way, as a share of it.
const DRAWN_MORE: f32 = 0.75;

/// Size of labels, in CSS pixels.
const LABEL_PX: f32 = 13.0;

/// Names of landmarks are shown when a CSS pixel is fewer metres than this.
const LANDMARKS_BELOW: f32 = 1.2;

/// The map.
#[derive(Default)]
pub struct Map {
    parts: Option<Parts>,
    /// Which part of the place is shown, and how large.
    pub camera: MapCamera,
    shown: Option<MapCamera>,
    /// Left, top, width and height of what is drawn, in metres.
    drawn: Option<[f32; 4]>,
    named: bool,
    /// How much larger than usual the visitor wants text, less 1.
    enlarged: f32,
}

/// The elements of the map.
struct Parts {
    document: Document,
    svg: Element,
    /// Ground, streets and buildings.
    base: Element,
    /// What moves, in a picture of its own: the place below need not be drawn again for every step of someone's.
    over: Element,
    spots: Element,
    landmarks: Element,
    /// The names of the whole place.
    names: Vec<Name>,
    goal: Element,
    dots: Dots,
}

/// A name on the map.
struct Name {
    label: Label,
    text: String,
    /// Its element, once what is around it has been drawn: those of a whole city would be laid out in one go.
    holder: Option<Element>,
}

impl Map {
    /// Draws a place into an element, around someone; [`Map::name`] writes the names. The picture is decoration for those who
    /// see it; the narrator's lists say the same.
    pub fn open(&mut self, host: &Element, place: &Place, me: Vec2) {
        host.set_inner_html("");
        let Some(document) = host.owner_document() else {
            return;
        };
        let (Some(svg), Some(over)) = (
            create(&document, "svg", "map-svg"),
            create(&document, "svg", "map-svg map-over"),
        ) else {
            return;
        };
        let [low, high] = extent_m(&place.bounds).unwrap_or_default();
        let groups = (
            create(&document, "g", "map-base"),
            create(&document, "g", "map-landmarks"),
            create(&document, "g", "map-spots"),
            create(&document, "circle", "map-goal"),
            create(&document, "g", "map-people"),
        );
        let (Some(base), Some(landmarks), Some(spots), Some(goal), Some(people)) = groups else {
            return;
        };
        for (picture, element) in [
            (&svg, &base),
            (&svg, &landmarks),
            (&svg, &spots),
            (&over, &goal),
            (&over, &people),
        ] {
            let _ = picture.append_child(element);
        }
        for picture in [&svg, &over] {
            let _ = picture.set_attribute("preserveAspectRatio", "none");
            let _ = host.append_child(picture);
        }
        let _ = svg.set_attribute("role", "img");
        let _ = over.set_attribute("aria-hidden", "true");
        self.camera.set_limits(low, high);
        self.camera.fit(high - low);
        self.camera.stand_over(me);
        self.camera.aim([&svg, &over]);
        self.parts = Some(Parts {
            svg,
            base,
            over,
            spots,
            landmarks,
            names: Vec::new(),
            goal,
            dots: Dots::new(people),
            document,
        });
        self.shown = None;
        self.drawn = None;
        self.draw(place);
    }

    /// Draws the place around what is shown, if that is not drawn.
    fn draw(&mut self, place: &Place) {
        let window = self.camera.window();
        if let Some(parts) = &mut self.parts
            && !self.drawn.is_some_and(|drawn| holds(drawn, window))
        {
            let drawn = around(window);
            parts.base.set_inner_html(&picture::svg(place, drawn));
            parts.write_names(drawn);
            self.drawn = Some(drawn);
            self.shown = None;
        }
    }

    /// Writes the names of spots and landmarks in another language.
    pub fn name(&mut self, place: &Place, words: &Words) {
        let Some(parts) = &mut self.parts else { return };
        self.named = true;
        parts.spots.set_inner_html("");
        parts.landmarks.set_inner_html("");
        parts.names.clear();
        for spot in &place.spots {
            let name = words.of_city("spot", &spot.id);
            parts.name(spot.position.point.to_m(), name, true);
        }
        for landmark in landmarks::of(place) {
            if place.spot(&landmark.name).is_none() {
                let name = words.of_city("part", &landmark.name);
                parts.name(landmark.at, name, false);
            }
        }
        if let Some(drawn) = self.drawn {
            parts.write_names(drawn);
        }
        self.shown = None;
    }

    /// Writes names as large as the visitor wants text, in per cent of the usual.
    pub fn set_text_size(&mut self, percent: &str) {
        self.enlarged = percent
            .parse()
            .map_or(0.0, |percent: u32| percent as f32 / 100.0 - 1.0);
        self.shown = None;
    }

    /// Names the picture for those who do not see it.
    pub fn set_label(&self, label: &str) {
        if let Some(parts) = &self.parts {
            let _ = parts.svg.set_attribute("aria-label", label);
        }
    }

    /// Whether a place has been drawn.
    pub fn is_open(&self) -> bool {
        self.parts.is_some()
    }

    /// Whether it has been drawn, and the names written.
    pub fn is_whole(&self) -> bool {
        self.named
    }

    /// Shows everyone, and the goal of a walk.
    pub fn show(
        &mut self,
        place: &Place,
        seen: &[Seen],
        me: Vec2,
        goal: Option<Vec2>,
        dt_s: f32,
        name: impl Fn(&Seen) -> Option<String>,
    ) {
        self.camera.follow(me, dt_s);
        self.draw(place);
        let Some(parts) = &mut self.parts else { return };
        let scale = self.camera.m_per_px();
        if self.shown.as_ref() != Some(&self.camera) {
            self.camera.aim([&parts.svg, &parts.over]);
            let text_px = LABEL_PX * (1.0 + self.enlarged);
            for group in [&parts.spots, &parts.landmarks] {
                let _ = group.set_attribute("font-size", &format!("{:.3}", text_px * scale));
                let _ = group.set_attribute("stroke-width", &format!("{:.3}", 3.0 * scale));
            }
            let class = if scale < LANDMARKS_BELOW {
                "map-landmarks"
            } else {
                "map-landmarks is-far"
            };
            let _ = parts.landmarks.set_attribute("class", class);
            // Moving the map changes nothing between names: only another scale does, or larger text.
            if self
                .shown
                .as_ref()
                .is_none_or(|shown| shown.m_per_px().to_bits() != scale.to_bits())
            {
                parts.make_room(scale, text_px);
            }
            parts.scale_pins(scale);
            self.shown = Some(self.camera.clone());
        }
        let (class, at) = goal.map_or(("map-goal is-off", Vec2::ZERO), |goal| ("map-goal", goal));
        let _ = parts.goal.set_attribute("class", class);
        for (key, value) in [
            ("cx", at.x),
            ("cy", at.y),
            ("r", 9.0 * scale),
            ("stroke-width", 3.0 * scale),
        ] {
            let _ = parts.goal.set_attribute(key, &format!("{value:.2}"));
        }
        parts.dots.show(&parts.document, seen, &self.camera, name);
    }
}

impl Parts {
    /// A name at a point, with a pin if it is a spot.
    fn name(&mut self, at: Vec2, text: String, pin: bool) {
        self.names.push(Name {
            label: Label::new(at, &text, pin),
            text,
            holder: None,
        });
    }

    /// Writes the names that stand within a window and are not written yet.
    fn write_names(&mut self, [left, top, width, height]: [f32; 4]) {
        let mut names = std::mem::take(&mut self.names);
        for name in names.iter_mut().filter(|name| name.holder.is_none()) {
            let (x, y) = (name.label.at.x - left, name.label.at.y - top);
            if (0.0..=width).contains(&x) && (0.0..=height).contains(&y) {
                name.holder = self.write(name);
            }
        }
        self.names = names;
    }

    fn write(&self, name: &Name) -> Option<Element> {
        let Label { at, pin, .. } = name.label;
        let holder = create(&self.document, "g", "map-label")?;
        let _ = holder.set_attribute("transform", &format!("translate({:.2} {:.2})", at.x, at.y));
        if pin && let Some(circle) = create(&self.document, "circle", "map-pin") {
            let _ = holder.append_child(&circle);
        }
        if let Some(label) = create(&self.document, "text", "") {
            label.set_text_content(Some(&name.text));
            let _ = label.set_attribute("dy", if pin { "1.5em" } else { "0.35em" });
            let _ = holder.append_child(&label);
        }
        let group = if pin { &self.spots } else { &self.landmarks };
        let _ = group.append_child(&holder);
        Some(holder)
    }

    /// Hides the names that would cover others.
    fn make_room(&self, m_per_px: f32, text_px: f32) {
        let written = || {
            self.names
                .iter()
                .filter_map(|name| Some((&name.label, name.holder.as_ref()?)))
        };
        let labels: Vec<Label> = written().map(|(label, _)| label.clone()).collect();
        let room = labels::with_room(&labels, m_per_px, text_px);
        for ((_, holder), has_room) in written().zip(room) {
            let _ = if has_room {
                holder.remove_attribute("display")
            } else {
                holder.set_attribute("display", "none")
            };
        }
    }

    fn scale_pins(&self, scale: f32) {
        let Ok(pins) = self.spots.query_selector_all("circle") else {
            return;
        };
        for index in 0..pins.length() {
            if let Some(pin) = pins.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
                let _ = pin.set_attribute("r", &format!("{:.3}", 5.0 * scale));
                let _ = pin.set_attribute("stroke-width", &format!("{:.3}", 2.0 * scale));
            }
        }
    }
}

/// Whether one window lies within another.
fn holds(outer: [f32; 4], inner: [f32; 4]) -> bool {
    let [left, top, width, height] = outer;
    let [x, y, w, h] = inner;
    left <= x && top <= y && x + w <= left + width && y + h <= top + height
}

/// A window with room around it to move in.
fn around([left, top, width, height]: [f32; 4]) -> [f32; 4] {
    let half = |size: f32| (size * (0.5 + DRAWN_MORE)).max(DRAWN_M);
    let (x, y) = (half(width), half(height));
    [left + width / 2.0 - x, top + height / 2.0 - y, 2.0 * x, 2.0 * y]
}

/// An SVG element of a class.
fn create(document: &Document, tag: &str, class: &str) -> Option<Element> {
    let element = document
        .create_element_ns(Some("http://www.w3.org/2000/svg"), tag)
        .ok()?;
    let _ = element.set_attribute("class", class);
    Some(element)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_to_move_before_the_place_is_drawn_anew() {
        let shown = [100.0, -50.0, 400.0, 250.0];
        let drawn = around(shown);
        assert!(holds(drawn, shown));
        assert!(holds(drawn, [400.0, -50.0, 400.0, 250.0]), "{drawn:?}");
        assert!(!holds(drawn, [700.0, -50.0, 400.0, 250.0]), "{drawn:?}");
    }
}
