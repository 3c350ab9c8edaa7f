//! Choosing a look: in pictures, whole or piece by piece.

use shared::look::{AIDS, BUILDS, CLOTH_COLOURS, HAIR_COLOURS, HAIRS, Look, OUTFITS, SKINS};
use yew::{Html, html};

use super::{
    Ui,
    figure::{colour, figure},
    icon::icon,
};
use crate::{
    app::act::Act,
    words::{number, text},
};

/// The offered looks, and everything about the one that was taken.
pub fn looks(ui: &Ui<'_>) -> Html {
    let mine = ui.app.look;
    let offered = ui.app.looks.iter().enumerate().map(|(index, look)| {
        let label = ui
            .words
            .say_with("look-offer", &[("number", number(index as u32 + 1))]);
        html! {
            <button type="button" class="look" aria-pressed={(*look == mine).to_string()} aria-label={label}
                onclick={ui.on(Act::Look(*look))}>
                { figure(*look) }
            </button>
        }
    });
    html! {
        <fieldset class="looks">
            <legend>{ ui.say("look-title") }</legend>
            <div class="looks-offer" data-testid="looks">{ for offered }</div>
            <button type="button" class="quiet" onclick={ui.on(Act::OtherLooks)}>
                { icon("again") }{ ui.say("look-others") }
            </button>
            <details class="looks-more">
                <summary>{ ui.say("look-details") }</summary>
                { swatches(ui, "look-skin", &SKINS, mine.skin, |look, skin| Look { skin, ..look }) }
                { pictures(ui, "look-hair", HAIRS.len() as u8, mine.hair, |index| format!("hair-{}", HAIRS[usize::from(index)]), |look, hair| Look { hair, ..look }) }
                { swatches(ui, "look-hair-colour", &HAIR_COLOURS, mine.hair_colour, |look, hair_colour| Look { hair_colour, ..look }) }
                { pictures(ui, "look-outfit", OUTFITS.len() as u8, mine.outfit, |index| format!("outfit-{}", OUTFITS[usize::from(index)]), |look, outfit| Look { outfit, ..look }) }
                { swatches(ui, "look-upper", &CLOTH_COLOURS, mine.upper, |look, upper| Look { upper, ..look }) }
                { swatches(ui, "look-lower", &CLOTH_COLOURS, mine.lower, |look, lower| Look { lower, ..look }) }
                { pictures(ui, "look-build", BUILDS, mine.build, |index| build(index).to_owned(), |look, build| Look { build, ..look }) }
                { pictures(ui, "look-aid", AIDS, mine.aid, |index| aid(index).to_owned(), |look, aid| Look { aid, ..look }) }
            </details>
        </fieldset>
    }
}

fn build(index: u8) -> &'static str {
    match index {
        1 => "build-broad",
        2 => "build-child",
        3 => "build-elder",
        _ => "build-adult",
    }
}

fn aid(index: u8) -> &'static str {
    if index == 1 { "aid-wheelchair" } else { "aid-none" }
}

/// One choice among colours.
fn swatches(ui: &Ui<'_>, key: &str, palette: &[u32], chosen: u8, with: fn(Look, u8) -> Look) -> Html {
    let title = ui.say(key);
    let buttons = (0..palette.len() as u8).map(|index| {
        let label = ui.words.say_with("look-colour", &[("what", text(&title)), ("number", number(index + 1))]);
        let fill = colour(palette, index);
        html! {
            <button type="button" class="swatch" aria-pressed={(index == chosen).to_string()} aria-label={label}
                onclick={ui.on(Act::Look(with(ui.app.look, index)))}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill={fill} /></svg>
            </button>
        }
    });
    html! {
        <div class="choice" role="group" aria-label={title.clone()}>
            <span class="choice-title">{ &title }</span>
            <div class="choice-row">{ for buttons }</div>
        </div>
    }
}

/// One choice among pictures of oneself.
fn pictures(
    ui: &Ui<'_>,
    key: &str,
    count: u8,
    chosen: u8,
    name: fn(u8) -> String,
    with: fn(Look, u8) -> Look,
) -> Html {
    let title = ui.say(key);
    let buttons = (0..count).map(|index| {
        let look = with(ui.app.look, index);
        let label = ui.say(&name(index));
        html! {
            <button type="button" class="look" aria-pressed={(index == chosen).to_string()} title={label.clone()}
                aria-label={label} onclick={ui.on(Act::Look(look))}>
                { figure(look) }
            </button>
        }
    });
    html! {
        <div class="choice" role="group" aria-label={title.clone()}>
            <span class="choice-title">{ &title }</span>
            <div class="choice-row">{ for buttons }</div>
        </div>
    }
}
