//! The chat: what was said, and a line to say something, to those near or to the whole place.

use shared::{
    moderation::ChatRule,
    protocol::{Reach, Utterance},
};
use yew::{Event, Html, SubmitEvent, html};

use super::take_line;
use crate::{
    app::{act::Act, translate::Foreign},
    page::document,
    ui::{Ui, icon::icon},
    views::narrator,
    world::talk::Entry,
};

/// The panel.
pub fn talk(ui: &Ui<'_>) -> Html {
    let app = ui.app;
    let me = app.world.as_ref().map(|world| world.borrow().me.visitor);
    let entries = app.talk.entries();
    let is_empty = entries.is_empty();
    let lines = entries.into_iter().enumerate().rev().map(|(index, entry)| {
        let Entry::Said(said, translation) = entry else {
            return html! { <li class="empty" key={format!("gap-{index}")} data-testid="gap">{ ui.say("talk-gap") }</li> };
        };
        let class = if Some(said.visitor) == me { "line is-mine" } else { "line" };
        let own = ui.words.language();
        let language = match &said.utterance {
            Utterance::Line { language, .. } => language,
            Utterance::Phrase(_) => own,
        };
        let (shown, shown_in) = match translation.shown() {
            Some(text) => (text.to_owned(), own),
            None => (narrator::utterance(said, ui.words), language),
        };
        html! {
            <li class={class} key={said.line.to_string()}>
                <span class="line-head">
                    <bdi class="line-name">{ &said.name }</bdi>
                    <span class="line-more">{ ui.say(name(said.reach)) }{ " · " }{ document::clock_time(said.at_ms as f64, ui.words.language()) }</span>
                </span>
                <bdi class="line-text" lang={shown_in.to_owned()}>{ shown }</bdi>
                if language != own {
                    <button type="button" class="quiet" onclick={ui.on(Act::Translate(Foreign::Line(said.line)))}>{ ui.say(translation.button()) }</button>
                }
            </li>
        }
    });
    let is_in = app.session.is_in();
    let submit = ui
        .act
        .reform(move |event: SubmitEvent| Act::Say(take_line(&event, is_in).unwrap_or_default()));
    let reaches = [Reach::Near, Reach::Place].map(|reach| {
        html! {
            <label class="pick">
                <input type="radio" name="reach" checked={app.reach == reach} onchange={ui.on::<Event>(Act::Reach(reach))} />
                { ui.say(name(reach)) }
            </label>
        }
    });
    html! {
        <div class="panel-body talk">
            // Newest first in the tree, upside down on the screen: it stays at the newest line without any script.
            <ol class="lines" data-testid="lines" tabindex="0" aria-label={ui.say("talk-lines")}>
                { for lines }
                if is_empty {
                    <li class="empty">{ ui.say("talk-empty") }</li>
                }
            </ol>
            if app.hosting.chat != ChatRule::Open {
                <p class="note" data-testid="chat-rule">{ ui.say(&format!("notice-chat-{}", app.hosting.chat.name())) }</p>
            }
            <form class="talk-form" onsubmit={submit}>
                <fieldset class="reach">
                    <legend class="unseen">{ ui.say("talk-reach") }</legend>
                    { for reaches }
                </fieldset>
                <div class="field">
                    <label class="unseen" for="say">{ ui.say("talk-label") }</label>
                    <input id="say" type="text" autocomplete="off" enterkeyhint="send" placeholder={ui.say("talk-placeholder")}
                        maxlength={shared::text::LINE_CHARS.to_string()} />
                    <button type="submit" class="primary" aria-label={ui.say("talk-send")}>{ icon("send") }</button>
                </div>
            </form>
        </div>
    }
}

fn name(reach: Reach) -> &'static str {
    match reach {
        Reach::Near => "reach-near",
        Reach::Place => "reach-place",
    }
}
