//! What is at hand where one stands: someone one walks with, a door, a vehicle, a bicycle, other years of the ground. One at a
//! time.

use web_sys::{Event, HtmlInputElement};
use yew::{Html, TargetCast, html};

use super::Ui;
use crate::{app::act::Act, views::narrator, words::text, world::transit::Call};

/// The card for it, if there is anything. Each has its own key: a button that has the focus never becomes another.
pub fn at_hand(ui: &Ui<'_>) -> Html {
    let cards = [company, door, vehicle, bicycle, years];
    cards.iter().find_map(|card| card(ui)).unwrap_or_default()
}

/// The way through the portal that is within reach.
fn door(ui: &Ui<'_>) -> Option<Html> {
    let world = ui.app.world.as_ref();
    let to = world.and_then(|world| world.borrow().door().cloned());
    let to = to?;
    let way = ui.app.way_to(&to);
    Some(html! {
        <aside key={"door"}>
            <button type="button" class="primary at-hand-button" data-testid="door" onclick={ui.on(Act::Travel(to))}>{ way }</button>
        </aside>
    })
}

/// The vehicle that one sits in, or can get on.
fn vehicle(ui: &Ui<'_>) -> Option<Html> {
    let world = ui.app.world.as_ref().map(|world| world.borrow());
    let call = world.as_ref().and_then(|world| world.call());
    let told = world
        .as_ref()
        .and_then(|world| narrator::vehicle(world, ui.words));
    let (call, told) = (call?, told?);
    let key = match call {
        Call::AtHand(..) => "ride-on",
        Call::Riding(ride, ..) if ride.alights => "ride-off-soon",
        Call::Riding(_, _, true) => "ride-off-here",
        Call::Riding(..) => "ride-off",
    };
    Some(html! {
        <aside key={"vehicle"} class="at-hand-card">
            <p data-testid="ride-told">{ told }</p>
            <button type="button" class="primary" id="ride" data-testid="ride" onclick={ui.on(Act::Ride)}>{ ui.say(key) }</button>
        </aside>
    })
}

/// Whom one walks with, and the end of it.
fn company(ui: &Ui<'_>) -> Option<Html> {
    let told = narrator::company(&ui.app.world.as_ref()?.borrow(), ui.words)?;
    Some(html! {
        <aside key={"company"} class="at-hand-card company">
            <p data-testid="company">{ told }</p>
            <button type="button" class="primary" data-testid="stop" onclick={ui.on(Act::Stop)}>{ ui.say("company-stop") }</button>
        </aside>
    })
}

/// The bicycle that one is on, or can take.
fn bicycle(ui: &Ui<'_>) -> Option<Html> {
    let rides = ui.app.world.as_ref()?.borrow().bicycle()?;
    let key = if rides { "bicycle-off" } else { "bicycle-on" };
    Some(html! {
        <aside key={"bicycle"}>
            <button type="button" class="primary at-hand-button" data-testid="bicycle" onclick={ui.on(Act::Bicycle)}>{ ui.say(key) }</button>
        </aside>
    })
}

/// A slider through the years of the ground that one stands on.
fn years(ui: &Ui<'_>) -> Option<Html> {
    let world = ui.app.world.as_ref().map(|world| world.borrow());
    let (years, here) = world.as_ref()?.years()?;
    let past = years.get(here).and_then(|place| place.past.as_ref());
    let told = past.map_or_else(
        || ui.say("year-now"),
        |past| {
            ui.words
                .say_with("year-past", &[("year", text(&past.year.to_string()))])
        },
    );
    let chosen = ui.act.reform(|event: Event| {
        let slider = event.target_unchecked_into::<HtmlInputElement>();
        Act::GoToYear(slider.value_as_number() as usize)
    });
    Some(html! {
        <aside key={"years"} class="at-hand-card">
            <label for="year">{ ui.say("year-label") }</label>
            <input type="range" id="year" min="0" max={(years.len() - 1).to_string()} step="1" value={here.to_string()}
                onchange={chosen} aria-valuetext={told.clone()} data-testid="year" />
            <strong aria-hidden="true">{ told }</strong>
        </aside>
    })
}
