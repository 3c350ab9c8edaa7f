//! Names and speech over heads, as elements of the page: readable, selectable by nobody, never drawn by the GPU.

use litemap::LiteMap;

use glam::Vec3;
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
    name: Element,
    bubble: Element,
    text: (String, Option<String>),
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
        for (order, (distance, x, y, tag)) in visible.into_iter().enumerate() {
            if !self.shown.contains_key(&tag.key)
                && let Some(shown) = Shown::create(&document, host)
            {
                self.shown.insert(tag.key, shown);
            }
            if let Some(shown) = self.shown.get_mut(&tag.key) {
                shown.tell(&tag);
                let fade = if tag.bubble.is_some() {
                    1.0
                } else {
                    faded(distance, order)
                };
                shown.place(x, y, distance, tag.opacity * fade, order);
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

impl Shown {
    fn create(document: &Document, host: &Element) -> Option<Self> {
        let make = |tag: &str, class: &str| -> Option<Element> {
            let element = document.create_element(tag).ok()?;
            element.set_class_name(class);
            Some(element)
        };
        let element = make("div", "tag")?;
        let bubble = make("div", "tag-bubble")?;
        let name = make("bdi", "tag-name")?;
        element.append_child(&bubble).ok()?;
        element.append_child(&name).ok()?;
        host.append_child(&element).ok()?;
        let element = element.dyn_into().ok()?;
        Some(Self {
            element,
            name,
            bubble,
            text: (String::new(), None),
        })
    }

    fn tell(&mut self, tag: &Tag) {
        if self.text.0 != tag.name {
            self.name.set_text_content(Some(&tag.name));
            self.text.0.clone_from(&tag.name);
        }
        if self.text.1 != tag.bubble {
            self.bubble.set_text_content(tag.bubble.as_deref());
            self.text.1.clone_from(&tag.bubble);
        }
    }

    fn place(&self, x: f32, y: f32, distance: f32, opacity: f32, order: usize) {
        // Names far off are smaller, but never too small to read.
        let scale = (9.0 / distance.max(1.0)).clamp(0.78, 1.0);
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
    fn a_name_fades_with_distance_and_with_the_crowd() {
        assert!((faded(5.0, 0) - 1.0).abs() < 1e-6);
        assert!(faded(FARTHEST_M - 1.0, 0) < 0.1 && faded(5.0, MOST - 1) < 0.2);
        assert!(faded(45.0, 3) < 1.0);
    }
}
