//! Who and what is around, as lists with the way there: what the picture shows, in words.

use shared::city::SpotName;
use yew::{Html, html};

use crate::{
    app::act::Act,
    page::address,
    ui::{Ui, panels::person},
    views::narrator,
    words::{number, text},
    world::around::{Nearby, Thing, around as nearby, elsewhere},
};

/// The panel.
pub fn around(ui: &Ui<'_>) -> Html {
    let world = ui.app.world.as_ref().map(|world| world.borrow());
    let all = world.as_deref().map(nearby).unwrap_or_default();
    let rest = world
        .as_deref()
        .map(|world| elsewhere(world, &all))
        .unwrap_or_default();
    let (people, things): (Vec<_>, Vec<_>) = all
        .into_iter()
        .partition(|it| matches!(it.thing, Thing::Person(..)));
    let about = world
        .as_deref()
        .and_then(|world| narrator::about(world, ui.words));
    let channel = world
        .as_deref()
        .and_then(|world| world.channel)
        .filter(|channel| *channel > 1);
    html! {
        <div class="panel-body">
            if let Some(about) = about {
                <p>{ about }</p>
            }
            if let Some(channel) = channel {
                <p data-testid="channel">{ ui.words.say_with("around-channel", &[("channel", number(channel))]) }</p>
            }
            if ui.app.drivers_language().is_some() {
                <button type="button" class="secondary" onclick={ui.on(Act::ShowTaxi)} data-testid="show-taxi">{ ui.say("taxi-open") }</button>
            }
            <button type="button" class="secondary" onclick={ui.on(Act::Describe)} data-testid="describe">{ ui.say("around-describe") }</button>
            <p class="narration" data-testid="narration">{ &ui.app.described }</p>
            <h3>{ ui.say("around-people") }</h3>
            if people.is_empty() {
                <p class="empty">{ ui.say("around-nobody") }</p>
            }
            <ul class="list" data-testid="people-list">{ for people.iter().map(|it| row(ui, it)) }</ul>
            { person::blocked(ui) }
            <h3>{ ui.say("around-places") }</h3>
            <ul class="list" data-testid="places-list">{ for things.iter().map(|it| row(ui, it)) }</ul>
            if !rest.is_empty() {
                <h3>{ ui.say("around-elsewhere") }</h3>
                <ul class="list" data-testid="elsewhere-list">{ for rest.iter().map(|it| far_row(ui, it)) }</ul>
            }
            { rooms(ui) }
            <button type="button" class="secondary leaves" onclick={ui.on(Act::CopyLink)}>{ ui.say("around-link") }</button>
            <button type="button" class="secondary share leaves">{ ui.say("around-share") }</button>
            <details class="qr">
                <summary>{ ui.say("around-qr") }</summary>
                <img src={address::code()} alt={ui.say("around-qr")} loading="lazy" width="240" height="240" />
            </details>
        </div>
    }
}

/// The other places of the city: one goes on there.
fn rooms(ui: &Ui<'_>) -> Html {
    let Some(world) = ui.app.world.as_ref().map(|world| world.borrow()) else {
        return html! {};
    };
    let here = world.place().map(|place| place.id.as_str());
    let others = world
        .city()
        .places
        .iter()
        .filter(|place| Some(place.id.as_str()) != here);
    let rows: Vec<Html> = others
        .filter_map(|place| {
            let name = ui.words.of_city("place", &place.id);
            let to = SpotName {
                place: place.id.clone(),
                spot: place.spots.first()?.id.clone(),
            };
            Some(go_row(ui, &place.id, &name, String::new(), Act::Travel(to)))
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    html! {
        <>
            <h3>{ ui.say("around-rooms") }</h3>
            <ul class="list" data-testid="rooms-list">{ rows }</ul>
        </>
    }
}

/// A spot that is too far to walk to at once: one is set down there.
fn far_row(ui: &Ui<'_>, it: &Nearby) -> Html {
    let Thing::Spot(spot) = &it.thing else {
        return Html::default();
    };
    let name = narrator::name(&it.thing, ui.words);
    let more = narrator::whereabouts(it, ui.words);
    go_row(ui, spot, &name, more, Act::GoToSpot(spot.clone()))
}

fn go_row(ui: &Ui<'_>, key: &str, name: &str, more: String, act: Act) -> Html {
    let label = ui.words.say_with("around-go-to", &[("name", text(name))]);
    html! {
        <li class="row" key={key}>
            <span class="row-text"><span class="row-name">{ name }</span><span class="row-more">{ more }</span></span>
            <button type="button" class="chip" aria-label={label} onclick={ui.on(act)}>{ ui.say("around-go") }</button>
        </li>
    }
}

fn row(ui: &Ui<'_>, it: &Nearby) -> Html {
    let name = narrator::name(&it.thing, ui.words);
    let act = match &it.thing {
        Thing::Person(id, ..) => Act::WalkToVisitor(*id),
        Thing::Spot(spot) => Act::WalkToSpot(spot.clone()),
        Thing::Landmark(_) => Act::WalkToPoint(it.at),
    };
    let label = ui.words.say_with("around-walk-to", &[("name", text(&name))]);
    let key = match &it.thing {
        Thing::Person(id, ..) => format!("person-{}", id.0),
        Thing::Spot(id) => format!("spot-{id}"),
        Thing::Landmark(name) => format!("part-{name}"),
    };
    let (role, more, menu) = match &it.thing {
        Thing::Person(id, name, role) => (
            person::role(ui, *role),
            person::opener(ui, *id, name),
            person::menu(ui, *id, *role, name),
        ),
        Thing::Spot(_) | Thing::Landmark(_) => Default::default(),
    };
    html! {
        <li class="row" key={key}>
            <span class="row-text"><span><bdi class="row-name">{ &name }</bdi>{ role }</span><span class="row-more">{ narrator::whereabouts(it, ui.words) }</span></span>
            <button type="button" class="chip" aria-label={label} onclick={ui.on(act)}>{ ui.say("around-walk") }</button>
            { more }
            { menu }
        </li>
    }
}
