//! `window.metaverse`: what the page knows, for tests and for the curious. Reading it changes nothing; `lose()` and
//! `kill()` make the engine fail as a driver would, which a test cannot do from outside its worker.
//!
//! `metaverse.state()` gives JSON: `connection`, `screen`, `view` (`stage` or `map`), `backend`, `drawn`, `lives`,
//! `people`, `me` and the `figures` of people (`id`, `name`, `whose`, `x`, `z`, `level`, `motion`, `look`, `screen`).

use std::{cell::RefCell, fmt::Write as _, rc::Rc};

use glam::Vec2;
use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsValue, closure::Closure};

use crate::{
    views::stage::ladder::Build,
    world::{
        World,
        seen::{Seen, Whose},
    },
};

/// What the page showed last.
#[derive(Default)]
pub struct Glance {
    /// The model.
    pub world: Option<Rc<RefCell<World>>>,
    /// Key of the words for the connection.
    pub connection: String,
    /// Whether the visitor has come in.
    pub entered: bool,
    /// Whether the stage shows, or else the map.
    pub stage_shows: bool,
    /// The running build of the engine.
    pub backend: Option<Build>,
    /// Frames drawn.
    pub drawn: u32,
    /// Engines started.
    pub lives: u32,
    /// People in the place.
    pub people: u32,
    /// Figures of people in the last frame, and where on the screen their middles are.
    pub figures: Vec<(Seen, Option<Vec2>)>,
    /// What a test asked for: handled at the next beat.
    pub asked: Option<Asked>,
}

/// What a test can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The engine loses its context.
    Lose,
    /// The engine's worker ends.
    Kill,
}

/// The object on the window.
pub struct Handle {
    _state: Closure<dyn Fn() -> JsValue>,
    _asks: [Closure<dyn Fn()>; 2],
}

impl Handle {
    /// Puts it there.
    pub fn install(glance: &Rc<RefCell<Glance>>) -> Option<Self> {
        let object = Object::new();
        let seen = glance.clone();
        let state = Closure::<dyn Fn() -> JsValue>::new(move || {
            seen.try_borrow()
                .ok()
                .and_then(|glance| JSON::parse(&json(&glance)).ok())
                .unwrap_or(JsValue::NULL)
        });
        Reflect::set(&object, &"state".into(), state.as_ref()).ok()?;
        let ask = |name: &str, asked: Asked| {
            let glance = glance.clone();
            let closure = Closure::<dyn Fn()>::new(move || {
                if let Ok(mut glance) = glance.try_borrow_mut() {
                    glance.asked = Some(asked);
                }
            });
            Reflect::set(&object, &name.into(), closure.as_ref()).map(|_| closure)
        };
        let asks = [ask("lose", Asked::Lose).ok()?, ask("kill", Asked::Kill).ok()?];
        Reflect::set(&js_sys::global(), &"metaverse".into(), &object).ok()?;
        Some(Self {
            _state: state,
            _asks: asks,
        })
    }
}

fn json(glance: &Glance) -> String {
    let mut out = String::new();
    let backend = glance.backend.map_or("none", Build::name);
    let view = if glance.stage_shows { "stage" } else { "map" };
    let screen = if glance.entered { "world" } else { "entry" };
    let _ = write!(
        out,
        "{{\"connection\":{},\"screen\":\"{screen}\",\"view\":\"{view}\",\"backend\":\"{backend}\",\"drawn\":{},\"lives\":{},\"people\":{}",
        quoted(glance.connection.trim_start_matches("connection-")),
        glance.drawn,
        glance.lives,
        glance.people,
    );
    let world = glance.world.as_ref().and_then(|world| world.try_borrow().ok());
    if let Some(world) = &world {
        if let Some(place) = world.place() {
            let _ = write!(out, ",\"place\":{}", quoted(&place.id));
        }
        let at = world.me.at();
        let _ = write!(
            out,
            ",\"me\":{{\"id\":\"{}\",\"name\":{},\"present\":{},\"x\":{:.3},\"z\":{:.3},\"level\":{},\"motion\":\"{}\",\"yaw\":{:.3},\"ride\":{}}}",
            world.me.visitor.0,
            quoted(&world.me.name),
            world.me.present,
            at.x,
            at.y,
            world.me.stance().position.level,
            world.me.motion().name(),
            world.camera.yaw,
            world.me.ride.map_or("null".to_owned(), |ride| format!(
                "[{},{},{}]",
                ride.line, ride.vehicle, ride.seat
            )),
        );
    }
    out.push_str(",\"figures\":[");
    for (index, (figure, screen)) in glance.figures.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        let (whose, id) = match figure.whose {
            Whose::Person(id) => ("person", id.0),
            _ => ("mine", 0),
        };
        let name = match (figure.whose, &world) {
            (Whose::Person(id), Some(world)) => {
                world.others.identity(id).map(|identity| identity.name.clone())
            }
            _ => None,
        };
        let look = figure.look.to_bytes().map(|byte| byte.to_string()).join(",");
        let screen = screen.map_or("null".to_owned(), |at| format!("[{:.1},{:.1}]", at.x, at.y));
        let _ = write!(
            out,
            "{{\"whose\":\"{whose}\",\"id\":\"{id}\",\"name\":{},\"x\":{:.3},\"z\":{:.3},\"level\":{},\"motion\":\"{}\",\"look\":[{look}],\"opacity\":{:.2},\"screen\":{screen}}}",
            quoted(&name.unwrap_or_default()),
            figure.at.x,
            figure.at.y,
            figure.level,
            figure.gait.motion.name(),
            figure.opacity,
        );
    }
    out.push_str("]}");
    out
}

/// A string in JSON.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_is_json_whatever_people_are_called() {
        assert_eq!(quoted("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000a\"");
        assert!(json(&Glance::default()).ends_with("\"figures\":[]}"));
    }
}
