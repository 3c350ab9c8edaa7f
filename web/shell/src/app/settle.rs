//! Which view shows, and everything that follows from it: elements, engine, sizes, names.

use std::borrow::Cow;

use shared::{space::Heading, stage::Quality};
use web_sys::Element;
use yew::{Context, html::Scope};

use super::{App, Msg, Showing, act::Act};
use crate::{
    page::{self, address, boot::Boot, document, preferences::ViewChoice},
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

/// The stage of the place that the page was served for. While the page makes sense of the city, its engine is on its way.
pub(super) fn stage(boot: &Boot, quality: Quality, link: &Scope<App>) -> Stage {
    let addresses = Addresses {
        webgpu: boot.webgpu.clone(),
        webgl: boot.webgl.clone(),
    };
    Stage::new(addresses, &boot.place, quality, link.callback(Msg::Engine))
}

impl App {
    /// Starts the engine where it may run and is wanted. `?view=map|webgl|webgpu` decides instead: for tests.
    pub(super) fn start_stage(&mut self) {
        let forced = address::query("view");
        let unwanted = self.preferences.view == ViewChoice::Map && forced.is_none();
        if unwanted || self.stage.is_running() {
            return;
        }
        let outcome = self.stage.start(match forced.as_deref() {
            Some("map") => Vec::new(),
            Some(name) if Build::named(name).is_some() => Build::named(name).into_iter().collect(),
            _ => adapter::builds(),
        });
        self.stage_led_to(outcome);
    }

    pub(super) fn engine_signals(&mut self, signal: Signal) -> bool {
        let outcome = self.stage.on(signal, page::now_ms());
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
                // Who has seen it is told that it is gone; who never could sees the map as their view.
                if self.stage.drawn > 0 {
                    self.tell("notice-map-only");
                }
                true
            }
        }
    }

    pub(super) fn sized(&mut self, size: Size) -> bool {
        self.size = size;
        self.map.camera.resize(size.css);
        self.map_ms = f64::NEG_INFINITY;
        let outcome = self.stage.resize(size.device);
        self.stage_led_to(outcome)
    }

    /// Binds elements that have just been rendered.
    pub(super) fn settle_elements(&mut self, ctx: &Context<Self>) {
        if self.words.is_some() && document::drop_first_screen() {
            ctx.link().send_message(Msg::Act(Act::Enter));
        }
        if self.sizer.is_none()
            && let Some(scene) = self.scene_ref.cast::<Element>()
        {
            self.sizer = Sizer::watch(&scene, ctx.link().callback(Msg::Sized));
        }
        self.settle_taxi();
        if !self.stage.has_host()
            && let Some(host) = self.stage_ref.cast::<Element>()
            && let Some(tags) = self.tags_ref.cast::<Element>()
        {
            self.tags.set_host(tags);
            // The size comes later, and with it the canvas: nothing can fail yet.
            let _ = self.stage.set_host(host);
        }
        self.settle_focus();
    }

    /// Moves the focus once the page has been rendered.
    pub(super) fn focus_next(&mut self, selector: impl Into<Cow<'static, str>>) {
        self.focus = Some(selector.into());
    }

    /// Moves the focus to where it was to go. Before whatever else moves it: a visitor who is faster than the page is not
    /// to be thrown back.
    pub(super) fn settle_focus(&mut self) {
        if let Some(selector) = self.focus.take() {
            document::focus(&selector);
        }
    }

    /// Draws the map, a piece at each animation frame. True once all of it is there.
    pub(super) fn draw_map(&mut self) -> bool {
        if self.map.is_whole() {
            return true;
        }
        let (Some(world), Some(words), Some(host)) = (
            self.world.clone(),
            self.words.clone(),
            self.map_ref.cast::<Element>(),
        ) else {
            return false;
        };
        let world = world.borrow();
        let Some(place) = world.place() else { return false };
        self.map_ms = f64::NEG_INFINITY;
        if self.map.is_open() {
            self.map.name(place, &words);
            return true;
        }
        // Without a size nothing could be put where it belongs.
        if self.size == Size::default() {
            return false;
        }
        self.map.camera.resize(self.size.css);
        self.map.open(&host, place, world.me.shown_at());
        self.map.set_text_size(&self.preferences.text_size);
        self.map.set_label(&narrator::caption(&world, &words));
        false
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
        self.stage.set_label(caption);
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
        drop(world);
        // It is not written over what Back or Forward have just led to.
        if self.leads_to().is_none() {
            self.show_address();
        }
    }

    /// Looks where a spot looks.
    pub(super) fn face(&mut self, heading: Heading) {
        if let Some(world) = &self.world {
            world.borrow_mut().face(heading);
        }
    }
}
