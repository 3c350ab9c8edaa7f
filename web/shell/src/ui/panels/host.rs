//! For those who run the place: announcements, the chat, and whom to let in again.

use shared::moderation::ChatRule;
use yew::{Event, Html, SubmitEvent, html};

use super::{person, take_line};
use crate::{
    app::{act::Act, hosting::Order},
    ui::{Ui, icon::icon},
};

/// The panel.
pub fn host(ui: &Ui<'_>) -> Html {
    let hosting = &ui.app.hosting;
    let is_in = ui.app.session.is_in();
    let submit = ui.act.reform(move |event: SubmitEvent| {
        Act::Order(Order::Announce(take_line(&event, is_in).unwrap_or_default()))
    });
    let rules = ChatRule::ALL.iter().map(|rule| {
        html! {
            <label class="pick">
                <input type="radio" name="chat-rule" checked={hosting.chat == *rule}
                    onchange={ui.on::<Event>(Act::Order(Order::Chat(*rule)))} />
                { ui.say(&format!("chat-{}", rule.name())) }
            </label>
        }
    });
    let banned = hosting
        .banned
        .iter()
        .map(|(id, name)| person::way_back(ui, name, "person-unban", Order::Ban(*id, 0)));
    html! {
        <div class="panel-body">
            <form onsubmit={submit}>
                <label for="announce">{ ui.say("host-announce") }</label>
                <div class="field">
                    <input id="announce" type="text" autocomplete="off" enterkeyhint="send"
                        maxlength={shared::text::LINE_CHARS.to_string()} />
                    <button type="submit" class="primary" aria-label={ui.say("host-announce-send")}>{ icon("send") }</button>
                </div>
            </form>
            <fieldset class="options">
                <legend>{ ui.say("host-chat") }</legend>
                { for rules }
            </fieldset>
            <p class="note">{ ui.say("host-people") }</p>
            if !hosting.banned.is_empty() {
                <h3>{ ui.say("host-banned") }</h3>
                <ul class="list" data-testid="banned-list">{ for banned }</ul>
            }
        </div>
    }
}
