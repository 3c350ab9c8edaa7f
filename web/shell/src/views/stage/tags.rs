//! Names and speech over heads, as elements of the page: readable, selectable by nobody, never drawn by the GPU.

use litemap::LiteMap;

use glam::{Vec2, Vec3, vec2};
use shared::order::sort_by_length;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use crate::world::camera::View;

/// Most names shown at once: more would hide the place.
const MOST: usize = 24;

/// Names farther off than this are not shown, in metres.
const FARTHEST_M: f32 = 60.0;

/// Names fade over so many metres before that, and the last ones of a crowd over so many places.
const FADES_M: f32 = 20.0;
const FADES: f32 = 8.0;

/// A name that nearer ones cover by more than this share is not shown.
const COVERED: f32 = 0.25;

/// How much of the way a name fades at each frame, so that none blinks where people pass one another.
const EASE: f32 = 0.2;

/// Height of a name above the feet, in metres.
const HEIGHT_M: f32 = 2.0;

/// What to show over a head.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// Whose, and stable from frame to frame.
    pub key: u64,
    /// Where the feet are, in metres.
    pub feet: Vec3,
    /// The name.
    pub name: String,
    /// What is being said.
    pub bubble: Option<String>,
    /// 0 to 1.
    pub opacity: f32,
}

/// The elements, reused from frame to frame.
#[derive(Default)]
pub struct Tags {
    host: Option<Element>,
    shown: LiteMap<u64, Shown>,
}

struct Shown {
    element: HtmlElement,
    name: HtmlElement,
    bubble: HtmlElement,
    text: (String, Option<String>),
    /// Width and height of the name, in CSS pixels, once it has been measured.
    size: Option<Vec2>,
    /// How far it is free of nearer names, 0 to 1.
    free: f32,
}

/// What a name takes of the picture, in CSS pixels.
#[derive(Clone, Copy, Debug)]
struct Area {
    from: Vec2,
    to: Vec2,
}

impl Area {
    /// The share of this one that another covers.
    fn covered_by(&self, other: &Self) -> f32 {
        let size = |area: Vec2| area.x.max(0.0) * area.y.max(0.0);
        let whole = size(self.to - self.from);
        let both = size(self.to.min(other.to) - self.from.max(other.from));
        if whole > 0.0 { both / whole } else { 0.0 }
    }
}

impl Tags {
    /// Where to put them.
    pub fn set_host(&mut self, host: Element) {
        self.shown.clear();
        self.host = Some(host);
    }

    /// Takes all away.
    pub fn clear(&mut self) {
        for (_, shown) in std::mem::take(&mut self.shown) {
            shown.element.remove();
        }
    }

    /// Shows these, the nearest first, where the view puts them.
    pub fn place(&mut self, tags: Vec<Tag>, view: &View) {
        let Some(host) = &self.host else { return };
        let Some(document) = host.owner_document() else {
            return;
        };
        let mut visible: Vec<(f32, f32, f32, Tag)> = tags
            .into_iter()
            .filter_map(|tag| {
                let (at, distance) = view.project(tag.feet + Vec3::Y * HEIGHT_M)?;
                let inside =
                    at.x > -80.0 && at.x < view.size.x + 80.0 && at.y > -20.0 && at.y < view.size.y + 40.0;
                let near = distance <= FARTHEST_M || tag.bubble.is_some();
                (inside && near && tag.opacity > 0.05).then_some((distance, at.x, at.y, tag))
            })
            .collect();
        sort_by_length(&mut visible, |(distance, ..)| *distance);
        visible.truncate(MOST);

        let keep: Vec<u64> = visible.iter().map(|(_, _, _, tag)| tag.key).collect();
        self.shown.retain(|key, shown| {
            let stays = keep.contains(key);
            if !stays {
                shown.element.remove();
            }
            stays
        });
        for (.., tag) in &visible {
            if !self.shown.contains_key(&tag.key)
                && let Some(shown) = Shown::create(&document, host)
            {
                self.shown.insert(tag.key, shown);
            }
            if let Some(shown) = self.shown.get_mut(&tag.key) {
                shown.tell(tag);
            }
        }
        // All new ones together: the page is laid out once for that.
        for (_, shown) in self.shown.iter_mut() {
            shown.measure();
        }
        let mut taken: Vec<Area> = Vec::new();
        for (order, (distance, x, y, tag)) in visible.into_iter().enumerate() {
            if let Some(shown) = self.shown.get_mut(&tag.key) {
                let area = shown.area(x, y, distance);
                let covered = taken.iter().any(|nearer| area.covered_by(nearer) > COVERED);
                let (is_free, fade) = match tag.bubble {
                    Some(_) => (true, 1.0),
                    None => (!covered, faded(distance, order)),
                };
                if is_free {
                    taken.push(area);
                }
                shown.free += (f32::from(u8::from(is_free)) - shown.free) * EASE;
                shown.place(x, y, distance, tag.opacity * fade * shown.free, order);
            }
        }
    }
}

/// How solid a name is, so far off and after so many nearer ones: none appears or goes at once.
fn faded(distance: f32, order: usize) -> f32 {
    let by_distance = (FARTHEST_M - distance) / FADES_M;
    let by_crowd = (MOST - order.min(MOST)) as f32 / FADES;
    by_distance.min(by_crowd).clamp(0.0, 1.0)
}

/// Names far off are smaller, but never too small to read.
fn scaled(distance: f32) -> f32 {
    (9.0 / distance.max(1.0)).clamp(0.78, 1.0)
}

impl Shown {
    fn create(document: &Document, host: &Element) -> Option<Self> {
        let make = |tag: &str, class: &str| -> Option<HtmlElement> {
            let element = document.create_element(tag).ok()?;
            element.set_class_name(class);
            element.dyn_into().ok()
        };
        let element = make("div", "tag")?;
        let bubble = make("div", "tag-bubble")?;
        let name = make("bdi", "tag-name")?;
        element.append_child(&bubble).ok()?;
        element.append_child(&name).ok()?;
        host.append_child(&element).ok()?;
        Some(Self {
            element,
            name,
            bubble,
            text: (String::new(), None),
            size: None,
            free: 0.0,
        })
    }

    fn tell(&mut self, tag: &Tag) {
        if self.text.0 != tag.name {
            self.name.set_text_content(Some(&tag.name));
            self.text.0.clone_from(&tag.name);
            self.size = None;
        }
        if self.text.1 != tag.bubble {
            self.bubble.set_text_content(tag.bubble.as_deref());
            self.text.1.clone_from(&tag.bubble);
        }
    }

    fn measure(&mut self) {
        if self.size.is_none() {
            let [width, height] = [self.name.offset_width(), self.name.offset_height()].map(|px| px as f32);
            self.size = Some(vec2(width, height));
        }
    }

    /// It stands upon the point where it is placed.
    fn area(&self, x: f32, y: f32, distance: f32) -> Area {
        let size = self.size.unwrap_or_default() * scaled(distance);
        let from = vec2(x - size.x / 2.0, y - size.y);
        Area {
            from,
            to: from + size,
        }
    }

    fn place(&self, x: f32, y: f32, distance: f32, opacity: f32, order: usize) {
        let scale = scaled(distance);
        let style = self.element.style();
        let _ = style.set_property(
            "transform",
            &format!("translate({x:.1}px,{y:.1}px) scale({scale:.3})"),
        );
        let _ = style.set_property("opacity", &format!("{opacity:.2}"));
        let _ = style.set_property("z-index", &(MOST - order.min(MOST)).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_on_another_is_told_by_its_share() {
        let area = |x: f32, y: f32, width: f32| Area {
            from: vec2(x, y),
            to: vec2(x + width, y + 20.0),
        };
        let name = area(0.0, 0.0, 100.0);
        assert!(name.covered_by(&area(100.0, 0.0, 50.0)).abs() < 1e-6);
        assert!((name.covered_by(&area(50.0, 0.0, 200.0)) - 0.5).abs() < 1e-6);
        assert!((name.covered_by(&area(-10.0, 10.0, 200.0)) - 0.5).abs() < 1e-6);
        // One that says nothing takes nothing.
        assert!(area(5.0, 5.0, 0.0).covered_by(&name).abs() < 1e-6);
    }

    #[test]
    fn a_name_fades_with_distance_and_with_the_crowd() {
        assert!((faded(5.0, 0) - 1.0).abs() < 1e-6);
        assert!(faded(FARTHEST_M - 1.0, 0) < 0.1 && faded(5.0, MOST - 1) < 0.2);
        assert!(faded(45.0, 3) < 1.0);
    }
}
