//! Ready-made sentences in pictures and words: first a topic, then what to say.

use shared::phrases::{PHRASES, TOPICS};
use yew::{Html, html};

use super::{Ui, icon::icon};
use crate::app::act::Act;

/// The picture of each phrase, by its index.
const OF_PHRASES: &str = "wave door heart bow yes no hand walk pin star camera ring hands hourglass bye gift smile sun moon \
     question ok flag tag sun gift smile ok yes clock bulb question again speech globe speech toilet \
     train bus ruler up left right back pin mountain stairs lift wheelchair compass bus train car route \
     door clock moon card bike walk bowl drop fork star book drop pepper leaf alert heart cup people coin \
     coin down bag eye card receipt door clock question info eye eye ear pen wheelchair hands battery \
     wifi key key phone phone medic bandage thermometer medic pill flame alert child book exit hand clock \
     music queue people lantern drum hanbok clap smile chair people pin question walk family people chair \
     bye clock sun snow sun umbrella";

/// The picture of each topic.
const OF_TOPICS: &str = "wave speech pin bus bowl bag ring alert lantern people";

/// A picture of the sheet that is fetched when the first is shown; always beside a word.
pub fn picture(name: &str) -> Html {
    let href = format!("/pictures.svg#{name}");
    html! { <svg class="picture" viewBox="0 0 24 24" aria-hidden="true"><use href={href} /></svg> }
}

/// A large button with a picture and a word.
pub fn tile(ui: &Ui<'_>, name: &str, label: String, act: Act, id: String) -> Html {
    html! {
        <button type="button" class="tile" key={id.clone()} data-testid={id} onclick={ui.on(act)}>{ picture(name) }<span>{ label }</span></button>
    }
}

/// The topics, or what can be said about the one that was chosen.
pub fn phrases(ui: &Ui<'_>) -> Html {
    let Some((topic, phrases)) = ui.app.topic.and_then(|topic| TOPICS.get(topic)) else {
        let topics = TOPICS.iter().zip(OF_TOPICS.split(' ')).enumerate();
        let topics = topics.map(|(index, ((topic, _), name))| {
            tile(
                ui,
                name,
                ui.say(&format!("topic-{topic}")),
                Act::Topic(Some(index)),
                format!("topic-{topic}"),
            )
        });
        return html! { <div class="tiles" id="topics">{ for topics }</div> };
    };
    let tiles = phrases.iter().filter_map(|index| {
        let phrase = PHRASES.get(usize::from(*index))?;
        let name = OF_PHRASES.split(' ').nth(usize::from(*index))?;
        Some(tile(
            ui,
            name,
            ui.say(&format!("phrase-{phrase}")),
            Act::Phrase(*index),
            format!("phrase-{phrase}"),
        ))
    });
    html! {
        <>
            if ui.app.easy.is_none() {
                <button type="button" class="quiet topic" id="topic" onclick={ui.on(Act::Topic(None))} data-testid="topics">
                    { icon("back") }{ ui.say(&format!("topic-{topic}")) }<span class="unseen">{ ui.say("topic-back") }</span>
                </button>
            }
            <div class="tiles">{ for tiles }</div>
        </>
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;

    #[test]
    fn every_phrase_and_every_topic_has_a_picture() {
        let sheet = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/icons/pictures.svg");
        let sheet = fs::read_to_string(sheet).unwrap();
        let drawn: BTreeSet<&str> = sheet
            .split("id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let named = || OF_PHRASES.split(' ').chain(OF_TOPICS.split(' '));
        assert_eq!(named().count(), PHRASES.len() + TOPICS.len());
        for name in named() {
            assert!(drawn.contains(name), "no picture {name}");
        }
    }
}
