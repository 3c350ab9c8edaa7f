//! What lies over the picture in the world: where one is above, what one can do below. Six things, no more; hosts
//! have a seventh.

use yew::{Html, html};

use super::{Ui, easy, icon::icon};
use crate::{
    app::{
        Showing,
        act::{Act, Panel},
        hosting::Order,
        translate::Foreign,
    },
    page::preferences::ViewChoice,
    session::State,
    views::narrator,
    words::{number, text},
};

/// Lines of the chat that are seen without opening it.
const LINES_SEEN: usize = 3;

/// How long a line is seen without opening the chat, in milliseconds.
const LINE_SEEN_MS: f64 = 12_000.0;

/// Where one is, with how many, and how the connection is.
pub fn top(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    let here = app
        .world
        .as_ref()
        .and_then(|world| narrator::here(&world.borrow(), ui.words))
        .unwrap_or_default();
    let fine = matches!(app.session.state(), State::In { .. });
    let class = if fine {
        "connection is-fine"
    } else {
        "connection is-away"
    };
    let notice = app
        .notice
        .as_ref()
        .map(|(told, _)| html! { <p class="notice" data-testid="notice">{ told }</p> });
    // Screen readers hear it as it begins.
    let act = app
        .world
        .as_ref()
        .and_then(|world| narrator::act(&world.borrow(), ui.words))
        .map(|told| html! { <p class="notice act" data-testid="act">{ told }</p> });
    html! {
        <header class="top">
            <div class="where">
                <h1 data-testid="here">{ here }</h1>
                <p class="where-more">
                    <span data-testid="people">{ ui.words.say_with("people-here", &[("count", number(app.people))]) }</span>
                    <span class={class} data-testid="connection"><span class="dot" aria-hidden="true"></span>{ ui.say(&app.session.words()) }</span>
                    if matches!(app.session.state(), State::Ended(_) | State::Waiting { .. }) {
                        <button type="button" class="chip" onclick={ui.on(Act::Enter)}>{ ui.say("connection-retry") }</button>
                    }
                </p>
            </div>
            { announcement(ui) }
            { easy::calls(ui) }
            { for notice }
            { for act }
            { hint(ui) }
        </header>
    }
}

/// What everyone is told, until it has been read. Screen readers heard it when it came.
fn announcement(ui: &Ui<'_>) -> Html {
    let Some(announced) = &ui.app.hosting.announcement else {
        return html! {};
    };
    let (told, own) = (&announced.told, ui.words.language());
    let role = ui.say(&format!("role-{}", told.role.name()));
    let from = ui.words.say_with(
        "announcement-from",
        &[("role", text(&role)), ("name", text(&told.name))],
    );
    let language = Some(told.language.clone()).filter(|language| !language.is_empty());
    let is_foreign = language.as_deref().is_some_and(|language| language != own);
    let (shown, shown_in) = match announced.translation.shown() {
        Some(text) => (text, Some(own.to_owned())),
        None => (told.text.as_str(), language),
    };
    html! {
        <section class="announcement" aria-label={ui.say("announcement-label")} data-testid="announcement">
            <p><strong class="announcement-from">{ from }</strong><bdi lang={shown_in}>{ shown }</bdi></p>
            if is_foreign {
                <button type="button" class="quiet" onclick={ui.on(Act::Translate(Foreign::Announcement))}>{ ui.say(announced.translation.button()) }</button>
            }
            <button type="button" class="quiet" aria-label={ui.say("announcement-close")} onclick={ui.on(Act::Order(Order::Heard))}>
                { icon("close") }
            </button>
        </section>
    }
}

/// Something that one is to know, with what can be done about it.
pub fn note(told: String, id: &'static str, button: Html) -> Html {
    html! { <section class="announcement" data-testid={id}><p>{ told }</p>{ button }</section> }
}

/// One line that says how to move; it goes when the visitor has moved.
fn hint(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    if app.has_moved || app.panel.is_some() || app.easy.is_some() || !app.session.is_in() {
        return html! {};
    }
    let (keys, touch) = match app.showing() {
        Showing::Stage => ("hint-keys", "hint-touch"),
        Showing::Map => ("hint-map", "hint-touch-map"),
    };
    html! {
        <p class="hint" data-testid="hint">
            <span class="for-keys">{ ui.say(keys) }</span>
            <span class="for-touch">{ ui.say(touch) }</span>
        </p>
    }
}

/// What one can do.
pub fn dock(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    let view = match app.showing() {
        Showing::Stage => button(ui, "map", "dock-map", Act::View(ViewChoice::Map)),
        // The stage is on its way: whoever does not want to wait for it stays on the map.
        Showing::Map if app.stage.is_running() => {
            button(ui, "stage", "dock-stage-comes", Act::View(ViewChoice::Map))
        }
        Showing::Map if app.can_stage() => button(ui, "stage", "dock-stage", Act::View(ViewChoice::Auto)),
        Showing::Map => button(ui, "map", "dock-centre", Act::Centre),
    };
    html! {
        <nav class="dock" id="actions" tabindex="-1" aria-label={ui.say("dock-label")}>
            { opener(ui, Panel::Around, "dock-around") }
            { opener(ui, Panel::Talk, "dock-talk") }
            { opener(ui, Panel::Gestures, "dock-gestures") }
            { view }
            if app.hosting.role.has_levers() {
                { opener(ui, Panel::Host, "dock-host") }
            }
            { opener(ui, Panel::Help, "dock-help") }
            { opener(ui, Panel::Settings, "dock-settings") }
        </nav>
    }
}

/// The last lines of the chat, for as long as they take to read. Screen readers hear them as they come.
pub fn said(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    if app.panel.is_some() {
        return html! {};
    }
    let now_ms = app.world.as_ref().map_or(0.0, |world| world.borrow().relay_ms());
    let mut recent: Vec<_> = app
        .talk
        .lines()
        .rev()
        .take(LINES_SEEN)
        .filter(|said| now_ms - (said.at_ms as f64) < LINE_SEEN_MS)
        .collect();
    recent.reverse();
    html! {
        <div class="said" aria-hidden="true" data-testid="said">
            { for recent.into_iter().map(|said| html! {
                <p key={said.line}><bdi class="said-name">{ &said.name }</bdi>{ " " }<bdi>{ narrator::utterance(said, ui.words) }</bdi></p>
            }) }
        </div>
    }
}

/// A button that opens a panel.
fn opener(ui: &Ui<'_>, panel: Panel, key: &'static str) -> Html {
    let open = ui.app.panel == Some(panel);
    let unread = if panel == Panel::Talk && ui.app.unread > 0 {
        let told = ui
            .words
            .say_with("talk-unread", &[("count", number(ui.app.unread))]);
        html! { <span class="badge" aria-label={told} role="img">{ ui.app.unread.min(99) }</span> }
    } else {
        html! {}
    };
    html! {
        <button type="button" id={format!("open-{}", panel.name())} class="dock-button" data-testid={panel.name()}
            aria-expanded={open.to_string()} aria-controls="panel" onclick={ui.on(Act::Toggle(panel))}>
            { icon(panel.name()) }<span>{ ui.say(key) }</span>{ unread }
        </button>
    }
}

fn button(ui: &Ui<'_>, name: &'static str, key: &'static str, act: Act) -> Html {
    html! {
        <button type="button" class="dock-button" data-testid="view" onclick={ui.on(act)}>
            { icon(name) }<span>{ ui.say(key) }</span>
        </button>
    }
}
