//! People on the map: a dot with a heading each, and the names of those who are near the middle.

use litemap::LiteMap;

use web_sys::{Document, Element};

use super::{camera::MapCamera, create};
use crate::world::seen::{Seen, Whose};

/// Names are shown when a CSS pixel is fewer metres than this.
const NAMES_BELOW: f32 = 0.6;

/// Most names shown at once.
const MOST_NAMES: usize = 40;

/// Ambient figures are shown when a CSS pixel is fewer metres than this.
const AMBIENT_BELOW: f32 = 1.2;

/// How far outside the map a dot may be and still reach into it with its name, in CSS pixels.
const REACH_PX: f32 = 100.0;

/// A dot with a nose, in CSS pixels, looking north.
const SHAPE: &str = "M0,-12 L4.6,-5.6 A7,7 0 1 1 -4.6,-5.6 Z";

/// The dots, reused from frame to frame.
pub struct Dots {
    group: Element,
    shown: LiteMap<Key, Dot>,
}

/// Whose dot: the own one last, so that it lies on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Ambient(usize),
    Person(u64),
    Mine,
    Vehicle(usize),
}

struct Dot {
    holder: Element,
    body: Element,
    text: Element,
    name: Option<String>,
    placed: String,
    turned: String,
    /// Its opacity, in hundredths.
    opacity: i32,
}

impl Dots {
    /// Dots in a group of the map.
    pub fn new(group: Element) -> Self {
        Self {
            group,
            shown: LiteMap::new(),
        }
    }

    /// Shows these.
    pub fn show(
        &mut self,
        document: &Document,
        seen: &[Seen],
        camera: &MapCamera,
        name: impl Fn(&Seen) -> Option<String>,
    ) {
        let scale = camera.m_per_px();
        let mut kept = Vec::new();
        let (mut ambient, mut vehicles, mut names) = (0, 0, 0);
        for figure in seen {
            let (key, class) = match figure.whose {
                Whose::Mine => (Key::Mine, "map-me"),
                Whose::Person(id) => (Key::Person(id.0), "map-person"),
                Whose::Ambient => {
                    ambient += 1;
                    (Key::Ambient(ambient), "map-ambient")
                }
                Whose::Bicycle => continue,
                Whose::Vehicle(_) => {
                    vehicles += 1;
                    (Key::Vehicle(vehicles), "map-vehicle")
                }
            };
            // Each dot is an element, moved at each frame: only those that can be seen.
            let is_small = figure.whose == Whose::Ambient && scale >= AMBIENT_BELOW;
            if is_small || !camera.shows(figure.at, REACH_PX) {
                continue;
            }
            kept.push(key);
            if !self.shown.contains_key(&key)
                && let Some(dot) = Dot::create(document, &self.group, class)
            {
                self.shown.insert(key, dot);
            }
            let Some(dot) = self.shown.get_mut(&key) else {
                continue;
            };
            let named = matches!(key, Key::Person(_)) && scale < NAMES_BELOW && names < MOST_NAMES;
            names += usize::from(named);
            dot.call(if named { name(figure) } else { None });
            dot.place(figure, scale, key);
        }
        kept.sort_unstable();
        self.shown.retain(|key, dot| {
            let stays = kept.binary_search(key).is_ok();
            if !stays {
                dot.holder.remove();
            }
            stays
        });
    }
}

impl Dot {
    fn create(document: &Document, group: &Element, class: &str) -> Option<Self> {
        let holder = create(document, "g", class)?;
        let body = create(document, "path", "map-dot")?;
        let text = create(document, "text", "map-name")?;
        let _ = body.set_attribute("d", SHAPE);
        let _ = text.set_attribute("y", "-18");
        holder.append_child(&body).ok()?;
        holder.append_child(&text).ok()?;
        if class == "map-me" {
            group.append_child(&holder).ok()?;
        } else {
            group.insert_before(&holder, group.first_child().as_ref()).ok()?;
        }
        Some(Self {
            holder,
            body,
            text,
            name: None,
            placed: String::new(),
            turned: String::new(),
            opacity: 100,
        })
    }

    fn call(&mut self, name: Option<String>) {
        if self.name != name {
            self.text.set_text_content(name.as_deref());
            self.name = name;
        }
    }

    fn place(&mut self, figure: &Seen, m_per_px: f32, key: Key) {
        let size = match key {
            Key::Ambient(_) => 0.45,
            Key::Vehicle(_) => 1.6,
            _ => 1.0,
        };
        let scale = m_per_px * size;
        let placed = format!(
            "translate({:.2} {:.2}) scale({scale:.4})",
            figure.at.x, figure.at.y
        );
        if placed != self.placed {
            let _ = self.holder.set_attribute("transform", &placed);
            self.placed = placed;
        }
        let turned = format!("rotate({:.0})", figure.heading.to_degrees());
        if turned != self.turned {
            let _ = self.body.set_attribute("transform", &turned);
            self.turned = turned;
        }
        let opacity = (figure.opacity * 100.0) as i32;
        if opacity != self.opacity {
            let _ = self
                .holder
                .set_attribute("opacity", &format!("{:.2}", figure.opacity));
            self.opacity = opacity;
        }
    }
}
