//! The place in words: what is around when asked, and what happens as it happens, for screen readers and for reading.
//!
//! In: the model. Out: sentences in the visitor's language.

use shared::{
    moderation::Announcement,
    motion::Motion,
    protocol::{Said, Utterance},
};

use crate::{
    page::preferences::Telling,
    words::{Words, number, text},
    world::{
        World,
        around::{Nearby, Thing, around, sort},
        passing::Passed,
        transit::Call,
    },
};

/// What is around, in a few sentences; how many things are told is for the visitor to choose, and lists hold the rest.
pub fn describe(world: &World, words: &Words, telling: Telling) -> String {
    let mut sentences: Vec<String> = arrived(world, words).into_iter().collect();
    let mut all = around(world);
    let ways = if telling == Telling::Little {
        Vec::new()
    } else {
        world.ways()
    };
    if telling == Telling::Little {
        sort(&mut all);
    } else {
        sentences.extend(about(world, words));
        sentences.extend(comes(world, words));
        sentences.extend(act(world, words));
    }
    let is_person = |nearby: &Nearby| matches!(nearby.thing, Thing::Person(..));
    let people = all.iter().filter(|nearby| is_person(nearby)).count();
    sentences.push(words.say_with("narrate-people", &[("count", number(people as u32))]));
    // Spots are told with their ways, and only once.
    all.retain(|nearby| ways.iter().all(|way| way.thing != nearby.thing));
    match telling {
        Telling::Little => all.truncate(3),
        Telling::Usual => {
            // Three of each, and of one kind as many more as the other lacks: a crowd hides no landmark.
            let (mut people, mut things): (Vec<_>, Vec<_>) = all.into_iter().partition(is_person);
            people.truncate(6 - things.len().min(3));
            things.truncate(6 - people.len());
            people.extend(things);
            all = people;
        }
        Telling::Everything => {}
    }
    sentences.extend(all.iter().map(|nearby| sentence(nearby, words)));
    sentences.push(leads(ways, words));
    sentences.join(" ").trim_end().to_owned()
}

/// Where ways lead, a sentence for each direction, with the two nearest spots there.
pub fn leads(mut ways: Vec<Nearby>, words: &Words) -> String {
    let mut sentences = Vec::new();
    while let Some(way) = (!ways.is_empty()).then(|| ways.remove(0)) {
        let beyond = ways.iter().position(|other| other.direction == way.direction);
        let beyond = beyond.map(|index| ways.remove(index));
        ways.retain(|other| other.direction != way.direction);
        let direction = words.say(&format!("direction-{}", way.direction));
        let spot = name(&way.thing, words);
        let next = beyond.as_ref().map(|next| name(&next.thing, words));
        let metres = |way: &Nearby| number(f64::from(way.distance_m.round()));
        sentences.push(words.say_with(
            if beyond.is_some() {
                "narrate-ways"
            } else {
                "narrate-way"
            },
            &[
                ("direction", text(&direction)),
                ("spot", text(&spot)),
                ("metres", metres(&way)),
                ("next", text(next.as_deref().unwrap_or_default())),
                ("more", metres(beyond.as_ref().unwrap_or(&way))),
            ],
        ));
    }
    sentences.join(" ")
}

/// What one passes, in a sentence.
pub fn passed(passed: &Passed, world: &World, words: &Words) -> Option<String> {
    Some(match passed {
        Passed::Landmark(name, direction) => {
            let name = words.of_city("part", name);
            let direction = words.say(&format!("direction-{direction}"));
            words.say_with(
                "narrate-passes",
                &[("name", text(&name)), ("direction", text(&direction))],
            )
        }
        Passed::Vehicle(line) => {
            let name = words.of_city("part", &world.place()?.transit.get(*line)?.name);
            words.say_with("narrate-stops", &[("line", text(&name))])
        }
    })
}

/// One thing around, in a sentence.
pub fn sentence(nearby: &Nearby, words: &Words) -> String {
    let name = name(&nearby.thing, words);
    words.say_with(
        "narrate-thing",
        &[
            ("name", text(&name)),
            ("where", text(&whereabouts(nearby, words))),
        ],
    )
}

/// How far and in which direction.
pub fn whereabouts(nearby: &Nearby, words: &Words) -> String {
    let direction = words.say(&format!("direction-{}", nearby.direction));
    let metres = f64::from(nearby.distance_m.round());
    words.say_with(
        "narrate-where",
        &[("metres", number(metres)), ("direction", text(&direction))],
    )
}

/// What something is called.
pub fn name(thing: &Thing, words: &Words) -> String {
    match thing {
        Thing::Person(_, name, _) => name.clone(),
        Thing::Spot(id) => words.of_city("spot", id),
        Thing::Landmark(name) => words.of_city("part", name),
    }
}

/// The name of the nearest spot.
pub fn here(world: &World, words: &Words) -> Option<String> {
    let spot = world.place()?.spots.get(world.nearest_spot()?)?;
    Some(words.of_city("spot", &spot.id))
}

/// That one is at the nearest spot.
pub fn arrived(world: &World, words: &Words) -> Option<String> {
    let spot = here(world, words)?;
    Some(words.say_with("narrate-here", &[("spot", text(&spot))]))
}

/// What the city has to say about the nearest spot.
pub fn about(world: &World, words: &Words) -> Option<String> {
    let spot = world.place()?.spots.get(world.nearest_spot()?)?;
    words.find(&format!("spot-{}-about", spot.id))
}

/// Whom the visitor walks with.
pub fn company(world: &World, words: &Words) -> Option<String> {
    let name = world
        .others
        .name_of(world.controls.following()?)
        .unwrap_or_default();
    Some(words.say_with("narrate-with", &[("name", text(&name))]))
}

/// What there is to tell of vehicles: of the own ride, or of one that stands near.
pub fn vehicle(world: &World, words: &Words) -> Option<String> {
    let transit = &world.place()?.transit;
    let line_of = |line: u8| transit.get(usize::from(line));
    Some(match world.call()? {
        Call::AtHand(line, _) => {
            let name = words.of_city("part", &line_of(line)?.name);
            words.say_with("narrate-board", &[("line", text(&name))])
        }
        Call::Riding(ride, stop, stands) => {
            let spot = &line_of(ride.line)?.stops.get(stop)?.spot;
            let name = words.of_city("spot", spot);
            let key = if stands {
                "narrate-here"
            } else {
                "narrate-next-stop"
            };
            let told = words.say_with(key, &[("spot", text(&name))]);
            let guide = words.find(&format!("spot-{spot}-about"));
            guide
                .filter(|_| stands)
                .map_or(told.clone(), |guide| format!("{told} {guide}"))
        }
    })
}

/// What is done in the rite nearby.
pub fn act(world: &World, words: &Words) -> Option<String> {
    let (rite, act) = world.rite()?;
    let name = words.of_city("part", &rite.name);
    let told = words.find(&format!("act-{}-{}", rite.name, rite.acts.get(act)?))?;
    Some(words.say_with(
        "narrate-act",
        &[
            ("name", text(&name)),
            ("number", number(act as u32 + 1)),
            ("count", number(rite.acts.len() as u32)),
            ("text", text(&told)),
        ],
    ))
}

/// What comes to a stop nearby.
fn comes(world: &World, words: &Words) -> Option<String> {
    let (line, in_s) = world
        .transit
        .coming(world.me.stance().position, world.relay_ms())?;
    let name = words.of_city("part", &world.place()?.transit.get(line)?.name);
    let minutes = number((in_s / 60.0).round() as u32);
    Some(words.say_with("narrate-comes", &[("line", text(&name)), ("minutes", minutes)]))
}

/// What the picture shows, for those who do not see it.
pub fn caption(world: &World, words: &Words) -> String {
    let place = here(world, words).unwrap_or_default();
    let near = world.others.in_view().count();
    words.say_with(
        "picture-label",
        &[("spot", text(&place)), ("count", number(near as u32))],
    )
}

/// Something said, in the reader's language.
pub fn utterance(said: &Said, words: &Words) -> String {
    match &said.utterance {
        Utterance::Line { text, .. } => text.clone(),
        Utterance::Phrase(index) => match shared::phrases::key(*index) {
            Some(key) => words.say(&format!("phrase-{key}")),
            None => words.say("phrase-unknown"),
        },
    }
}

/// Someone said something, as one sentence.
pub fn said(said: &Said, words: &Words) -> String {
    said_as(said, &utterance(said, words), words)
}

/// As [`said`], in other words.
pub fn said_as(said: &Said, what: &str, words: &Words) -> String {
    words.say_with(
        "narrate-said",
        &[("name", text(&said.name)), ("text", text(what))],
    )
}

/// Someone makes a gesture, as one sentence.
pub fn does(name: &str, motion: Motion, words: &Words) -> String {
    let what = words.say(&format!("emote-{}", motion.name()));
    words.say_with("narrate-does", &[("name", text(name)), ("what", text(&what))])
}

/// An announcement, as one sentence.
pub fn announced(announcement: &Announcement, words: &Words) -> String {
    let role = words.say(&format!("role-{}", announcement.role.name()));
    words.say_with(
        "announcement-said",
        &[
            ("role", text(&role)),
            ("name", text(&announcement.name)),
            ("text", text(&announcement.text)),
        ],
    )
}
