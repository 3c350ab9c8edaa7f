//! Which view shows, and everything that follows from it: elements, engine, sizes, names.

use shared::space::Heading;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::Context;

use super::{App, Msg, Screen, Showing};
use crate::{
    page::{self, address, document, preferences::ViewChoice, ticket},
    views::{
        narrator,
        stage::{
            Addresses, Outcome, Signal, Stage, adapter,
            ladder::Build,
            sizer::{Size, Sizer},
        },
    },
    world::Orientation,
};

impl App {
    /// Finds out what this device can draw with. `?view=map|webgl|webgpu` decides instead: for tests.
    pub(super) fn find_builds(&mut self, ctx: &Context<Self>) {
        if self.preferences.view == ViewChoice::Map && address::query("view").is_none() {
            return;
        }
        let forced = address::query("view");
        let link = ctx.link().clone();
        spawn_local(async move {
            let builds = match forced.as_deref() {
                Some("map") => Vec::new(),
                Some(name) if Build::named(name).is_some() => Build::named(name).into_iter().collect(),
                _ => adapter::builds().await,
            };
            link.send_message(Msg::Builds(builds));
        });
    }

    pub(super) fn builds_came(&mut self, builds: Vec<Build>) -> bool {
        self.builds = Some(builds);
        self.start_stage();
        true
    }

    /// Starts the engine where it can run and is wanted.
    pub(super) fn start_stage(&mut self) {
        if self.stage.as_ref().is_some_and(Stage::is_running) || self.preferences.view == ViewChoice::Map {
            return;
        }
        let Some(builds) = self.builds.clone().filter(|builds| !builds.is_empty()) else {
            return;
        };
        let Some(host) = self.stage_ref.cast::<Element>() else {
            return;
        };
        let Some(stage) = &mut self.stage else { return };
        let outcome = stage.start(host, builds);
        self.stage_led_to(outcome);
    }

    pub(super) fn engine_signals(&mut self, signal: Signal) -> bool {
        let Some(stage) = &mut self.stage else {
            return false;
        };
        let outcome = stage.on(signal, page::now_ms());
        self.stage_led_to(outcome)
    }

    /// True when the page has to be rendered.
    pub(super) fn stage_led_to(&mut self, outcome: Outcome) -> bool {
        match outcome {
            Outcome::Goes => false,
            Outcome::Shows => {
                self.settle_view();
                true
            }
            Outcome::GivesUp => {
                self.stage_given_up = true;
                self.settle_view();
                if self.screen == Screen::World {
                    self.tell("notice-map-only");
                }
                true
            }
        }
    }

    pub(super) fn sized(&mut self, size: Size) -> bool {
        self.size = size;
        self.map.camera.resize(size.css);
        let Some(stage) = &mut self.stage else {
            return false;
        };
        let outcome = stage.resize(size.device);
        self.stage_led_to(outcome)
    }

    /// Binds elements that have just been rendered.
    pub(super) fn settle_elements(&mut self, ctx: &Context<Self>) {
        if self.words.is_some() {
            document::drop_first_screen();
        }
        if self.sizer.is_none()
            && let Some(scene) = self.scene_ref.cast::<Element>()
        {
            self.sizer = Sizer::watch(&scene, ctx.link().callback(Msg::Sized));
        }
        let (Some(world), Some(words)) = (self.world.clone(), self.words.clone()) else {
            return;
        };
        let world = world.borrow();
        let Some(place) = world.place() else { return };
        if !self.map.is_open()
            && let Some(host) = self.map_ref.cast::<Element>()
        {
            self.map.open(&host, place, &words);
            self.map.camera.resize(self.size.css);
            self.map.set_text_size(&self.preferences.text_size);
            self.map.set_label(&narrator::caption(&world, &words));
        }
        if self.stage.is_none()
            && let Some(tags) = self.tags_ref.cast::<Element>()
        {
            self.tags.set_host(tags);
            let addresses = Addresses {
                webgpu: self.boot.webgpu.clone(),
                webgl: self.boot.webgl.clone(),
            };
            let on = ctx.link().callback(Msg::Engine);
            let mut stage = Stage::new(
                addresses,
                self.city_bytes.clone(),
                &place.id,
                self.preferences.quality,
                on,
            );
            if self.size.device != [0, 0] {
                // Nothing runs yet: this only tells the size.
                let _ = stage.resize(self.size.device);
            }
            self.stage = Some(stage);
            drop(world);
            self.start_stage();
        }
    }

    /// Forward is away from the camera on the stage, and north on the map.
    pub(super) fn settle_view(&mut self) {
        if let Some(world) = &self.world {
            world.borrow_mut().orientation = match self.showing() {
                Showing::Stage => Orientation::Camera,
                Showing::Map => Orientation::North,
            };
        }
        if self.showing() == Showing::Map {
            self.tags.clear();
        }
        self.caption();
    }

    /// Names the picture for those who do not see it.
    pub(super) fn caption(&mut self) {
        let (Some(world), Some(words)) = (&self.world, &self.words) else {
            return;
        };
        let caption = narrator::caption(&world.borrow(), words);
        self.map.set_label(&caption);
        if let Some(stage) = &mut self.stage {
            stage.set_label(caption);
        }
    }

    /// The document's title and, once the visitor is in, its address follow the nearest spot.
    pub(super) fn entitle(&mut self) {
        let (Some(world), Some(words)) = (&self.world, &self.words) else {
            return;
        };
        let world = world.borrow();
        let here = narrator::here(&world, words)
            .or_else(|| self.boot.spot.as_ref().map(|spot| words.of_city("spot", spot)))
            .unwrap_or_else(|| words.of_city("place", &self.boot.place));
        let title = words.say_with("title", &[("spot", crate::words::text(&here))]);
        document::entitle(words.language(), &title);
        let spot = world
            .place()
            .and_then(|place| Some((place, place.spots.get(world.nearest_spot()?)?)));
        if self.screen == Screen::World
            && let Some((place, spot)) = spot
        {
            let path = address::path_of(&place.id, &spot.id);
            address::show_path(&path);
            ticket::keep_path(&path);
        }
    }

    /// Looks where a spot looks.
    pub(super) fn face(&mut self, heading: Heading) {
        if let Some(world) = &self.world {
            world.borrow_mut().face(heading);
        }
    }
}
