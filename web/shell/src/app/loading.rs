//! Texts and city, fetched at the start; the engine comes after both.

use std::{cell::RefCell, rc::Rc};

use shared::city::City;
use wasm_bindgen_futures::spawn_local;
use yew::{Context, html::Scope};

use super::{App, Msg};
use crate::{
    page::{self, address, boot::Boot, document, fetch, ticket},
    words::Words,
    world::World,
};

/// Fetches the texts of a language.
pub fn texts(boot: &Boot, language: &str, link: &Scope<App>) {
    let urls = boot.texts_in(language);
    let (language, link) = (language.to_owned(), link.clone());
    spawn_local(async move {
        let mut sources = Ok(Vec::new());
        for url in urls {
            match (fetch::text(&url).await, &mut sources) {
                (Ok(source), Ok(all)) => all.push(source),
                (Err(error), _) => sources = Err(error),
                (Ok(_), Err(_)) => {}
            }
        }
        link.send_message(Msg::Texts(language, sources));
    });
}

/// Fetches the compiled city.
pub fn city(boot: &Boot, link: &Scope<App>) {
    let (url, link) = (boot.city.clone(), link.clone());
    spawn_local(async move { link.send_message(Msg::City(fetch::bytes(&url).await)) });
}

/// The spot of a link that was followed in a tab whose session is elsewhere: not the address that this tab itself has
/// put there, which a mere reload shows again.
pub fn wanted_spot(boot: &Boot) -> Option<String> {
    let followed = ticket::path().is_some_and(|path| path != address::path());
    boot.spot
        .clone()
        .filter(|_| followed && !ticket::ticket().is_empty())
}

impl App {
    pub(super) fn texts_came(&mut self, language: &str, texts: Result<Vec<String>, String>) -> bool {
        match texts {
            Ok(sources) => {
                document::entitle(language, "");
                let words = Words::new(language, &sources, Some(document::format_number));
                if self.preferences.name.is_none() {
                    self.name = super::act::given_name(&words, page::random_u64());
                }
                if let Some(world) = &self.world
                    && let Some(place) = world.borrow().place()
                {
                    self.map.name(place, &words);
                }
                page::apology::prepare(words.say("trouble-broken"));
                self.words = Some(words);
                self.trouble = None;
                self.entitle();
            }
            Err(error) => {
                page::warn(&error);
                self.trouble = Some(error);
            }
        }
        true
    }

    pub(super) fn city_came(&mut self, ctx: &Context<Self>, bytes: Result<Vec<u8>, String>) -> bool {
        let city = bytes.and_then(|bytes| {
            let city = City::decode(&bytes).map_err(|error| error.to_string())?;
            Ok((city, bytes))
        });
        match city {
            Ok((city, bytes)) => {
                let city = Rc::new(city);
                self.city_bytes = Rc::new(bytes);
                if let Some(mut world) = World::new(city.clone(), &self.boot.place, self.boot.spot.as_deref())
                {
                    world.clock.guess(page::now_ms(), js_sys::Date::now());
                    let world = Rc::new(RefCell::new(world));
                    self.glance.borrow_mut().world = Some(world.clone());
                    self.world = Some(world);
                    self.frames = Some(super::frame::Frames::start(ctx.link()));
                }
                self.city = Some(city);
                self.find_builds(ctx);
            }
            Err(error) => {
                page::warn(&error);
                self.trouble = Some(error);
            }
        }
        true
    }
}
