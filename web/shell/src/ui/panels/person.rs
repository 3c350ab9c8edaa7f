//! What one can do about someone in the list of people: block him; for hosts, the levers.

use shared::{moderation::Role, protocol::VisitorId};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::{Event, Html, html};

use crate::{
    app::{
        act::Act,
        hosting::{BAN_MIN, MUTE_MIN, Order},
    },
    ui::Ui,
    words::{number, text},
};

/// The word beside the name of someone with a role.
pub fn role(ui: &Ui<'_>, role: Role) -> Html {
    if role == Role::Visitor {
        return html! {};
    }
    html! { <span class="role">{ ui.say(&format!("role-{}", role.name())) }</span> }
}

/// The button that opens and closes the menu.
pub fn opener(ui: &Ui<'_>, visitor: VisitorId, name: &str) -> Html {
    let open = ui.app.hosting.menu == Some(visitor);
    let label = ui.words.say_with("person-more-about", &[("name", text(name))]);
    html! {
        <button type="button" class="chip" aria-label={label} aria-expanded={open.to_string()}
            aria-controls={format!("person-{}", visitor.0)} onclick={ui.on(Act::Order(Order::Menu(visitor)))}>
            { ui.say("person-more") }
        </button>
    }
}

/// The menu, when it is open.
pub fn menu(ui: &Ui<'_>, visitor: VisitorId, role: Role, name: &str) -> Html {
    let hosting = &ui.app.hosting;
    if hosting.menu != Some(visitor) {
        return html! {};
    }
    let label = ui.words.say_with("person-more-about", &[("name", text(name))]);
    html! {
        <div class="person" id={format!("person-{}", visitor.0)} role="group" aria-label={label} data-testid="person">
            <div class="chips">
                <button type="button" class="chip" data-testid="follow" onclick={ui.on(Act::Follow(visitor))}>{ ui.say("person-follow") }</button>
                { button(ui, ui.say("person-block"), Order::Block(visitor)) }
                { button(ui, ui.say("person-report"), Order::Report(visitor)) }
                if hosting.role.may_act_on(role) {
                    { for MUTE_MIN.iter().map(|minutes| {
                        button(ui, lasting(ui, "person-mute", *minutes), Order::Mute(visitor, *minutes))
                    }) }
                    { button(ui, ui.say("person-unmute"), Order::Mute(visitor, 0)) }
                    { button(ui, ui.say("person-remove"), Order::Remove(visitor)) }
                    { for BAN_MIN.iter().map(|minutes| {
                        button(ui, lasting(ui, "person-ban", *minutes), Order::Ban(visitor, *minutes))
                    }) }
                }
            </div>
            if hosting.role.may_act_on(role) {
                <label class="pick">
                    <input type="checkbox" checked={hosting.with_address} onchange={ui.act.reform(|event: Event| {
                        let box_ = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
                        Act::Order(Order::WithAddress(box_.is_some_and(|box_| box_.checked())))
                    })} />
                    { ui.say("person-with-address") }
                </label>
            }
        </div>
    }
}

/// A text with a length of time in it: in hours from one hour on.
fn lasting(ui: &Ui<'_>, key: &str, minutes: u32) -> String {
    let (unit, count) = if minutes < 60 {
        ("lasting-minutes", minutes)
    } else {
        ("lasting-hours", minutes / 60)
    };
    let time = ui.words.say_with(unit, &[("count", number(count))]);
    ui.words.say_with(key, &[("time", text(&time))])
}

fn button(ui: &Ui<'_>, label: String, order: Order) -> Html {
    html! { <button type="button" class="chip" onclick={ui.on(Act::Order(order))}>{ label }</button> }
}

/// Those whom the visitor has blocked, and the way back.
pub fn blocked(ui: &Ui<'_>) -> Html {
    let blocked = ui
        .app
        .world
        .as_ref()
        .map(|world| world.borrow().others.blocked.clone())
        .unwrap_or_default();
    if blocked.is_empty() {
        return html! {};
    }
    let people = blocked
        .iter()
        .map(|(id, name)| way_back(ui, name, "person-unblock", Order::Unblock(*id)));
    html! {
        <>
            <h3>{ ui.say("around-blocked") }</h3>
            <ul class="list" data-testid="blocked-list">{ for people }</ul>
        </>
    }
}

/// A row with a name and a button that undoes something.
pub fn way_back(ui: &Ui<'_>, name: &str, key: &str, order: Order) -> Html {
    let label = ui.words.say_with(
        "person-undo",
        &[("name", text(name)), ("what", text(&ui.say(key)))],
    );
    html! {
        <li class="row">
            <bdi class="row-name">{ name }</bdi>
            <button type="button" class="chip" aria-label={label} onclick={ui.on(Act::Order(order))}>{ ui.say(key) }</button>
        </li>
    }
}
