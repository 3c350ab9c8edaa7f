//! The kiosk: what it shows while it waits, its own buttons, its countdown, and its keyboard.

use yew::{Html, PointerEvent, html};

use super::{
    Ui,
    entry::{names, trouble},
    icon::icon,
    phrases::picture,
};
use crate::{
    app::{
        act::Act,
        easy::Step,
        kiosk::{ERASE, Kiosk, Press, SEND, SHIFT, SWITCH},
    },
    words::number,
};

/// For how many beats of a quarter second each language's words are to be seen.
const BEATS: usize = 16;

const DIGITS: &str = "1234567890";
const HANGUL: [&str; 3] = ["ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ"];
const TENSE: &str = "ㅃㅉㄸㄲㅆㅛㅕㅑㅒㅖ";
const LATIN: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// While nobody is there: one button that fills the screen, and the languages.
pub fn attract(ui: &Ui<'_>, kiosk: &Kiosk) -> Html {
    let (title, place) = names(ui);
    let now = ui.app.beats() / BEATS % kiosk.begin.len().max(1);
    let words = kiosk.begin.iter().enumerate().map(|(index, (language, words))| {
        html! { <span lang={*language} class={if index == now { "is-now" } else { "" }}>{ words }</span> }
    });
    let begin = |language: Option<String>| ui.on(Act::Kiosk(Press::Begin(language)));
    let languages = ui.app.boot.languages.iter().map(|(language, name)| html! {
        <button type="button" class="chip large" key={language.clone()} lang={language.clone()} onclick={begin(Some(language.clone()))}>{ name }</button>
    });
    let clock = ui.app.world.as_ref().map(|world| world.borrow().city_time().0);
    html! {
        <section class="attract" aria-labelledby="attract-title" data-testid="attract">
            <h1 class="unseen" id="attract-title">{ title.clone() }</h1>
            <button type="button" class="attract-all" id="begin" onclick={begin(None)} data-testid="begin">
                <span class="brand">{ ui.say("brand") }</span>
                if let Some(hour) = clock {
                    <span class="attract-clock" data-testid="clock">{ super::hour_words(hour) }</span>
                }
                <span class="attract-place">{ place }</span>
                <span class="attract-title">{ title }</span>
                <span class="attract-people" data-testid="people">{ ui.words.say_with("people-here", &[("count", number(ui.app.people))]) }</span>
                <span class="attract-words">{ for words }</span>
            </button>
            <div class="languages" role="group" aria-label={ui.say("language-label")}>{ for languages }</div>
            { trouble(ui) }
        </section>
    }
}

/// The buttons that a public screen must have.
pub fn bar(ui: &Ui<'_>, kiosk: &Kiosk) -> Html {
    let button = |name: &str, key: &str, act: Act, pressed: Option<bool>| {
        html! {
            <button type="button" class="dock-button" aria-pressed={pressed.map(|pressed| pressed.to_string())} data-testid={key.to_owned()}
                onclick={ui.on(act)}>{ picture(name) }<span>{ ui.say(key) }</span></button>
        }
    };
    let is_easy = ui.app.easy.is_some();
    let high = ui.app.preferences.colours == crate::page::preferences::Colours::High;
    let volume = ui
        .words
        .say_with("kiosk-volume-now", &[("level", number(kiosk.volume as u32))]);
    html! {
        <nav class="kiosk-bar" aria-label={ui.say("kiosk-label")}>
            { button("smile", "kiosk-easy", Act::Easy(Step::On(!is_easy)), Some(is_easy)) }
            { button("down", "kiosk-reach", Act::Kiosk(Press::Reach), Some(kiosk.within_reach)) }
            { button("sun", "kiosk-contrast", Act::Kiosk(Press::Contrast), Some(high)) }
            { button("eye", "kiosk-larger", Act::Kiosk(Press::Larger), None) }
            <button type="button" class="dock-button" aria-label={volume} data-testid="kiosk-volume" onclick={ui.on(Act::Kiosk(Press::Volume))}>
                { picture("ear") }<span>{ ui.say("kiosk-volume") }{ " " }{ kiosk.volume }</span>
            </button>
            { button("bye", "kiosk-finish", Act::Kiosk(Press::Finish), None) }
        </nav>
    }
}

/// The last seconds: is anyone still there?
pub fn still(ui: &Ui<'_>, kiosk: &Kiosk) -> Html {
    let Some(left) = kiosk.left else { return html! {} };
    html! {
        <div class="still" role="alertdialog" aria-modal="true" aria-labelledby="still-title" data-testid="still">
            <h2 id="still-title">{ ui.say("still-here") }</h2>
            <p class="still-left" data-testid="left" aria-hidden="true">{ left }</p>
            <button type="button" class="primary large" id="stay" onclick={ui.on(Act::Kiosk(Press::Stay))}>{ ui.say("still-stay") }</button>
        </div>
    }
}

/// The keyboard, while a field is written into.
pub fn keyboard(ui: &Ui<'_>, kiosk: &Kiosk) -> Html {
    if kiosk.typing.is_none() || (ui.app.panel.is_none() && ui.app.taxi.is_none()) {
        return html! {};
    }
    let keys = kiosk.keys;
    let key = |letter: char, shown: Html, label: Option<String>, class: &'static str| {
        // The field keeps the focus under a finger.
        let stays = yew::Callback::from(|event: PointerEvent| event.prevent_default());
        html! {
            <button type="button" class={class} aria-label={label} onmousedown={yew::Callback::from(|event: yew::MouseEvent| event.prevent_default())}
                onpointerdown={stays} onclick={ui.on(Act::Kiosk(Press::Key(letter)))}>{ shown }</button>
        }
    };
    let letters = if keys.hangul { HANGUL } else { LATIN };
    let rows = std::iter::once(DIGITS)
        .chain(letters)
        .enumerate()
        .map(|(index, row)| {
            let row = if index == 1 && keys.hangul && keys.shifted {
                TENSE
            } else {
                row
            };
            let row = row.chars().map(|letter| {
                let letter = if keys.shifted {
                    letter.to_ascii_uppercase()
                } else {
                    letter
                };
                key(letter, html! { { letter } }, None, "key")
            });
            html! { <div class="keys-row">{ for row }</div> }
        });
    let other = if keys.hangul { "ABC" } else { "가나다" };
    html! {
        <section class="keyboard" aria-label={ui.say("keyboard-label")} data-testid="keyboard">
            { for rows }
            <div class="keys-row">
                { key(SHIFT, html! { "⇧" }, Some(ui.say("keyboard-shift")), if keys.shifted { "key is-wide is-down" } else { "key is-wide" }) }
                { key(SWITCH, html! { other }, Some([other, " ", &ui.say("keyboard-switch")].concat()), "key is-wide") }
                { key(' ', html! { ui.say("keyboard-space") }, None, "key is-widest") }
                { key('.', html! { "." }, None, "key") }
                { key('?', html! { "?" }, None, "key") }
                { key(ERASE, icon("erase"), Some(ui.say("keyboard-erase")), "key is-wide") }
                { key(SEND, icon("send"), Some(ui.say("talk-send")), "key is-wide") }
            </div>
        </section>
    }
}
