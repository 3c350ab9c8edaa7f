//! The wardrobe: a look chosen in pictures, whole or piece by piece. Every picture has a name that is heard, not read.

use shared::look::{
    AGES, AIDS, BUILDS, CLOTH_COLOURS, FACES, HAIR_COLOURS, HAIRS, HEADWEAR, Look, OUTFITS, SKINS,
};
use yew::{Html, html};

use super::{
    Ui,
    figure::{HEAD, WHOLE, colour, figure},
    icon::icon,
};
use crate::{app::act::Act, words::number};

/// What a row of pictures chooses.
pub enum Choice {
    /// Among names, shown on a figure of which this much is seen.
    Cut(&'static [&'static str], &'static str),
    /// Among colours of a face.
    Face(usize),
    /// Among colours of cloth.
    Cloth,
}

/// The rows: which byte of a look, the key of its name, which is also that of the names of its choices, and what it chooses.
pub static ROWS: [(usize, &str, Choice); 12] = [
    (3, "outfit", Choice::Cut(&OUTFITS, WHOLE)),
    (4, "upper", Choice::Cloth),
    (5, "lower", Choice::Cloth),
    (1, "hair", Choice::Cut(&HAIRS, HEAD)),
    (2, "tint", Choice::Face(HAIR_COLOURS.len())),
    (0, "skin", Choice::Face(SKINS.len())),
    (11, "face", Choice::Cut(&FACES, HEAD)),
    (9, "head", Choice::Cut(&HEADWEAR, HEAD)),
    (10, "hat", Choice::Cloth),
    (8, "age", Choice::Cut(&AGES, WHOLE)),
    (6, "build", Choice::Cut(&BUILDS, WHOLE)),
    (7, "aid", Choice::Cut(&AIDS, WHOLE)),
];

/// The offered looks, and everything about the one that was taken.
pub fn looks(ui: &Ui<'_>) -> Html {
    let mine = ui.app.look;
    let offered = ui.app.looks.iter().enumerate().map(|(index, look)| {
        let label = ui
            .words
            .say_with("look-offer", &[("number", number(index as u32 + 1))]);
        picture(ui, "look", label, *look == mine, *look, figure(*look, WHOLE))
    });
    let button = |act: Act, sign: &str, key: &str, disabled: bool| {
        html! {
            <button type="button" class="secondary" onclick={ui.on(act)} {disabled} data-testid={key.to_owned()}>
                { icon(sign) }{ ui.say(key) }
            </button>
        }
    };
    html! {
        <div class="looks" data-testid="looks">
            <fieldset class="choice">
                <legend>{ ui.say("look-title") }</legend>
                <div class="choice-row">{ for offered }</div>
            </fieldset>
            <div class="choice-row">
                { button(Act::SurpriseLook, "again", "look-surprise", false) }
                { button(Act::UndoLook, "undo", "look-undo", ui.app.looks_before.is_empty()) }
            </div>
            { for ROWS.iter().map(|row| choice(ui, row)) }
        </div>
    }
}

/// One row.
fn choice(ui: &Ui<'_>, (byte, key, choice): &'static (usize, &'static str, Choice)) -> Html {
    let bytes = ui.app.look.to_bytes();
    let count = match choice {
        Choice::Cut(names, _) => names.len(),
        Choice::Face(count) => *count,
        Choice::Cloth => CLOTH_COLOURS.len(),
    };
    let chosen = bytes.get(*byte).map_or(0, |now| usize::from(*now) % count.max(1));
    let pictures = (0..count).map(|index| {
        let mut bytes = bytes;
        if let Some(place) = bytes.get_mut(*byte) {
            *place = index as u8;
        }
        let look = Look::from_bytes(bytes);
        let (name, drawn) = match choice {
            Choice::Cut(names, view) => {
                let name = names.get(index).copied().unwrap_or_default();
                (format!("{key}-{name}"), figure(look, view))
            }
            Choice::Face(_) => (format!("{key}-{index}"), figure(look, HEAD)),
            Choice::Cloth => (
                format!("cloth-{index}"),
                swatch(colour(&CLOTH_COLOURS, index as u8)),
            ),
        };
        picture(ui, key, ui.say(&name), index == chosen, look, drawn)
    });
    html! {
        <fieldset class="choice">
            <legend>{ ui.say(&format!("look-{key}")) }</legend>
            <div class="choice-row">{ for pictures }</div>
        </fieldset>
    }
}

fn swatch(fill: String) -> Html {
    html! { <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="11" {fill} /></svg> }
}

/// One picture of a row, which takes a look.
fn picture(ui: &Ui<'_>, row: &'static str, label: String, checked: bool, look: Look, drawn: Html) -> Html {
    html! {
        <label class="look" title={label.clone()}>
            <input type="radio" name={row} {checked} aria-label={label} onchange={ui.on(Act::Look(look))} />
            { drawn }
        </label>
    }
}
