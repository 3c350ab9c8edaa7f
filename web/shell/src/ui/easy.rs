//! The easy mode: one question in large type, few large buttons with picture and word, and the way back.

use yew::{Html, SubmitEvent, html};

use super::{
    Ui, dock,
    entry::{languages, names, trouble},
    icon::icon,
    phrases::{phrases, picture, tile},
};
use crate::{
    app::{
        act::Act,
        easy::{Easy, LESSONS, Sheet, Step, direction},
    },
    views::narrator,
    words::{number, text},
    world::around::{Thing, around, elsewhere},
};

/// Most places offered at once.
const PLACES: usize = 6;

/// The arrows: picture, and the way by quarters.
const ARROWS: [(&str, u8); 4] = [("up", 0), ("left", 3), ("right", 1), ("down", 2)];

/// The entry screen: one large button.
pub fn entry(ui: &Ui<'_>) -> Html {
    let (title, _) = names(ui);
    let submit = ui.act.reform(|event: SubmitEvent| {
        event.prevent_default();
        Act::Enter
    });
    html! {
        // An element of its own: a button that became another while it is pressed would do what the other does.
        <div key={1} class="entry" id="actions" tabindex="-1">
            <header class="entry-bar"><span class="brand">{ ui.say("brand") }</span>{ languages(ui) }</header>
            <form class="entry-card is-easy" onsubmit={submit} aria-labelledby="entry-title" data-testid="entry">
                <h1 id="entry-title">{ title }</h1>
                <p class="entry-people" data-testid="people">{ ui.words.say_with("people-here", &[("count", number(ui.app.people))]) }</p>
                <p>{ ui.say("easy-manner") }</p>
                <button type="submit" class="primary large" data-testid="enter">{ picture("door") }{ ui.say("entry-enter") }</button>
                { trouble(ui) }
                { off(ui) }
            </form>
        </div>
    }
}

/// The button that ends the easy mode.
fn off(ui: &Ui<'_>) -> Html {
    html! { <button type="button" class="quiet" onclick={ui.on(Act::Easy(Step::On(false)))} data-testid="easy-off">{ ui.say("easy-off") }</button> }
}

/// What is decided now.
pub fn easy(ui: &Ui<'_>, easy: &Easy) -> Html {
    // The key of its text is the name by which tests find it.
    let step =
        |name: &str, key: &str, step: Step| tile(ui, name, ui.say(key), Act::Easy(step), key.to_owned());
    let arrows = |ways: &[(&str, u8)]| -> Vec<Html> {
        let tiles = ways.iter().map(|(name, quarter)| {
            let label = ui.say(&format!("direction-{}", direction(*quarter)));
            tile(
                ui,
                name,
                label,
                Act::Easy(Step::Walk(*quarter)),
                format!("easy-{name}"),
            )
        });
        tiles.collect()
    };
    let turns = || {
        vec![
            step("turn-left", "easy-turn-left", Step::Turn(-1)),
            step("turn-right", "easy-turn-right", Step::Turn(1)),
        ]
    };
    let act = |name: &str, key: &str, act: Act| vec![tile(ui, name, ui.say(key), act, key.to_owned())];
    let called = ui.app.helping.called;
    let tiles: Vec<Html> = match easy.sheet {
        Sheet::Home => vec![
            step("walk", "easy-to-walk", Step::To(Sheet::Walk)),
            step("car", "easy-to-go", Step::To(Sheet::Go)),
            step("speech", "easy-to-say", Step::To(Sheet::Say)),
            step("eye", "easy-to-around", Step::To(Sheet::Around)),
            tile(
                ui,
                "ring",
                ui.say(if called { "help-stop" } else { "help-call" }),
                Act::CallHelper(!called),
                "easy-help".to_owned(),
            ),
            step("flag", "easy-to-practice", Step::To(Sheet::Practice(0))),
        ],
        Sheet::Walk => [arrows(&ARROWS), turns()].concat(),
        Sheet::Go => places(ui),
        Sheet::Say => vec![phrases(ui)],
        Sheet::Around => Vec::new(),
        Sheet::Practice(0) => arrows(&ARROWS[..1]),
        Sheet::Practice(1) => turns(),
        Sheet::Practice(2) => act("wave", "phrase-hello", Act::Phrase(0)),
        Sheet::Practice(3) => act("back", "easy-return", Act::Return),
        Sheet::Practice(_) => vec![step("yes", "easy-finish", Step::To(Sheet::Home))],
    };
    html! {
        <section class="easy" id="actions" tabindex="-1" aria-labelledby="easy-title" data-testid="easy">
            <header class="easy-head">
                <button type="button" class="secondary" disabled={!easy.can_undo()} onclick={ui.on(Act::Easy(Step::Undo))} data-testid="easy-undo">{ icon("back") }{ ui.say("easy-undo") }</button>
                <button type="button" class="secondary" aria-pressed={easy.aloud.to_string()} onclick={ui.on(Act::Easy(Step::Aloud))} data-testid="easy-aloud">{ ui.say("easy-aloud") }</button>
            </header>
            <h2 id="easy-title" tabindex="-1" data-testid="easy-asks">{ ui.say(easy.asks()) }</h2>
            if let Sheet::Practice(done) = easy.sheet {
                { lessons(ui, done) }
            }
            if easy.sheet == Sheet::Around {
                <p class="narration">{ &ui.app.described }</p>
            }
            <div class="tiles">{ for tiles }</div>
            if easy.sheet == Sheet::Home {
                { off(ui) }
            }
        </section>
    }
}

/// The plain list of what is practised, with what has been done.
fn lessons(ui: &Ui<'_>, done: usize) -> Html {
    const NAMES: [&str; LESSONS] = ["easy-to-walk", "easy-turning", "easy-to-say", "easy-return"];
    let steps = NAMES.iter().enumerate().map(|(index, name)| {
        let class = if index < done { "is-done" } else { "" };
        html! {
            <li {class} aria-current={(index == done).then_some("step")}>
                { ui.say(name) }
                if index < done {
                    <span class="unseen">{ ui.say("easy-done") }</span>
                }
            </li>
        }
    });
    html! { <ol class="lessons" data-testid="lessons">{ for steps }</ol> }
}

/// Where one can be taken: the nearest places first.
fn places(ui: &Ui<'_>) -> Vec<Html> {
    let Some(world) = &ui.app.world else {
        return Vec::new();
    };
    let world = world.borrow();
    let here = narrator::here(&world, ui.words);
    let near = around(&world);
    let far = elsewhere(&world, &near);
    let near_by = near.len();
    let all = near.into_iter().chain(far).enumerate();
    let spots = all.filter_map(|(index, nearby)| {
        let Thing::Spot(id) = &nearby.thing else {
            return None;
        };
        let name = narrator::name(&nearby.thing, ui.words);
        (here.as_ref() != Some(&name)).then(|| {
            let step = Step::Take(id.clone(), index < near_by);
            tile(ui, "pin", name, Act::Easy(step), format!("easy-go-{id}"))
        })
    });
    spots.take(PLACES).collect()
}

/// Who calls for a helper, for helpers, with the way there.
pub fn calls(ui: &Ui<'_>) -> Html {
    let calls = ui.app.helping.calls.iter().rev().take(3).map(|call| {
        let label = ui.words.say_with("help-go-to", &[("name", text(&call.name))]);
        dock::note(
            call.told(ui.words),
            "help-call",
            html! {
                <button type="button" class="primary" onclick={ui.on(Act::Come(call.caller))}>{ label }</button>
            },
        )
    });
    html! { <>{ for calls }</> }
}
