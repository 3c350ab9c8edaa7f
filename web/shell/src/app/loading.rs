//! Texts and city, fetched at the start; the engine comes after both.

use std::{cell::RefCell, rc::Rc};

use futures_util::future::{join, join_all};
use shared::city::City;
use wasm_bindgen_futures::spawn_local;
use yew::{Context, html::Scope};

use super::{App, Msg};
use crate::{
    page::{self, address, boot::Boot, document, fetch, ticket},
    session::Event,
    words::{self, Texts, Words},
    world::{World, talk::Translation},
};

/// The time before there is a world.
#[derive(Default)]
pub struct Opening {
    /// The compiled city, until a world is made of it.
    city: Option<Rc<Vec<u8>>>,
    /// Whether the visitor wants to come in as soon as there is one.
    pub is_eager: bool,
    /// Whether the looks on offer are open.
    pub chooses_look: bool,
}

/// Fetches the texts of a language, all at once, and reads them.
pub fn texts(boot: &Boot, language: &str, link: &Scope<App>) {
    let (urls, counts) = (boot.texts_in(language), boot.people > 0);
    let (language, link) = (language.to_owned(), link.clone());
    spawn_local(async move {
        let learning = async {
            // While the texts are on their way, if the first screen has a number at all.
            if counts {
                page::breathe().await;
                document::learn_numbers(&language);
            }
        };
        let (words, ()) = join(words_of(&urls, &language), learning).await;
        link.send_message(Msg::Texts(words));
    });
}

/// Fetches what of a language's texts is not needed at once, and adds it to the others.
fn later(boot: &Boot, words: &Words, link: &Scope<App>) {
    for url in boot.later_in(words.language()) {
        let (words, link) = (words.clone(), link.clone());
        spawn_local(async move {
            page::shown().await;
            match fetch::text(&url).await {
                Ok(source) => link.send_message(Msg::Later(words, source)),
                Err(error) => page::warn(&error),
            }
        });
    }
}

/// The texts of a language from their addresses.
pub(super) async fn words_of(urls: &[String], language: &str) -> Result<Words, String> {
    let fetched = join_all(urls.iter().map(|url| fetch::text(url))).await;
    let sources: Result<Vec<String>, String> = fetched.into_iter().collect();
    let mut texts = Texts::default();
    for source in &sources? {
        for piece in words::pieces(source) {
            page::breathe().await;
            texts.read(piece);
        }
    }
    page::breathe().await;
    Ok(Words::new(language, texts, document::NUMERALS))
}

/// Fetches the compiled city.
pub fn city(boot: &Boot, link: &Scope<App>) {
    let (url, link) = (boot.city.clone(), link.clone());
    spawn_local(async move {
        let bytes = fetch::bytes(&url).await.map(Rc::new);
        link.send_message(Msg::City(bytes));
    });
}

/// Makes a world of the compiled city.
fn world(bytes: Rc<Vec<u8>>, boot: &Boot, words: Words, link: &Scope<App>) {
    let (boot, link) = (boot.clone(), link.clone());
    spawn_local(async move {
        let world = world_of(&bytes, &boot).await;
        document::learn_numbers(words.language());
        page::breathe().await;
        link.send_message(Msg::World(world));
    });
}

/// When the entry screen is seen, and with a breath before each step: together they would keep the page from answering.
async fn world_of(bytes: &[u8], boot: &Boot) -> Result<Box<World>, String> {
    page::shown().await;
    let city = City::decode(bytes).map_err(|error| error.to_string())?;
    page::breathe().await;
    let world = World::new(Rc::new(city), &boot.place, boot.spot.as_deref())
        .ok_or_else(|| format!("the city has no place {}", boot.place))?;
    page::breathe().await;
    Ok(Box::new(world))
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
    pub(super) fn city_came(&mut self, ctx: &Context<Self>, city: Result<Rc<Vec<u8>>, String>) -> bool {
        match city {
            Ok(bytes) => {
                self.opening.city = Some(bytes.clone());
                self.begin_world(ctx);
                let outcome = self.stage.set_city(bytes);
                self.stage_led_to(outcome)
            }
            Err(error) => self.world_came(ctx, Err(error)),
        }
    }

    /// Once the entry screen can be read and used, which is waited for: by then the world is there, or soon.
    fn begin_world(&mut self, ctx: &Context<Self>) {
        if let Some(words) = &self.words
            && let Some(city) = self.opening.city.take()
        {
            world(city, &self.boot, words.clone(), ctx.link());
        }
    }

    pub(super) fn texts_came(&mut self, ctx: &Context<Self>, texts: Result<Words, String>) -> bool {
        match texts {
            // Of a language that was chosen before the one that is wanted now.
            Ok(words) if words.language() != document::language(&self.boot.languages, &self.preferences) => {
                return false;
            }
            Ok(words) => {
                document::entitle(words.language(), "");
                if self.preferences.name.is_none() {
                    self.name = super::act::given_name(&words, page::random_u64());
                }
                if let Some(world) = &self.world
                    && let Some(place) = world.borrow().place()
                {
                    self.map.name(place, &words);
                    self.map_ms = f64::NEG_INFINITY;
                }
                page::apology::prepare(words.say("trouble-broken"));
                self.talk.forget_translations();
                if let Some(announced) = &mut self.hosting.announcement {
                    announced.translation = Translation::default();
                }
                self.words = Some(words);
                self.trouble = None;
                self.entitle();
                self.begin_world(ctx);
                if self.waits() {
                    self.focus_next("#begin");
                }
                if let Some(words) = self.words.as_ref().filter(|_| self.world.is_some()) {
                    later(&self.boot, words, ctx.link());
                }
            }
            // What there is in another language can still be read.
            Err(error) if self.words.is_some() => {
                page::warn(&error);
                self.tell("notice-no-texts");
            }
            Err(error) => {
                page::warn(&error);
                self.trouble = Some(error);
            }
        }
        true
    }

    pub(super) fn world_came(&mut self, ctx: &Context<Self>, world: Result<Box<World>, String>) -> bool {
        match world {
            Ok(mut world) => {
                world.others.blocked = ticket::blocked();
                world.clock.guess(page::now_ms(), js_sys::Date::now());
                let world = Rc::new(RefCell::new(*world));
                self.glance.borrow_mut().world = Some(world.clone());
                self.world = Some(world);
                if let Some(words) = &self.words {
                    later(&self.boot, words, ctx.link());
                }
                self.frames = Some(super::frame::Frames::start(ctx.link()));
                if std::mem::take(&mut self.opening.is_eager) {
                    self.session_event(ctx, Event::Enter);
                }
            }
            Err(error) => {
                page::warn(&error);
                self.trouble = Some(error);
            }
        }
        true
    }
}
