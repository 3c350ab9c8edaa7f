use super::*;

const NOW_MS: u64 = 1_800_000_000_000;
const CALLER: VisitorId = VisitorId(1);
const HELPER: VisitorId = VisitorId(2);
const OTHER: VisitorId = VisitorId(3);
const ONE: Source = Source { relay: 1, epoch: 9 };
const TWO: Source = Source { relay: 2, epoch: 9 };

/// A visitor somewhere, and what the page has been told.
struct Someone {
    visitor: VisitorId,
    generation: u64,
    channel: ChannelId,
    helps: bool,
    blocked: BTreeSet<VisitorId>,
    outbox: Outbox,
}

impl Someone {
    fn who_calls() -> Self {
        Self {
            visitor: CALLER,
            generation: 1,
            channel: ChannelId::new("lobby", 2),
            helps: false,
            blocked: BTreeSet::new(),
            outbox: Outbox::detached(),
        }
    }

    fn who_helps(visitor: VisitorId) -> Self {
        Self {
            visitor,
            channel: ChannelId::new("square", 1),
            helps: true,
            ..Self::who_calls()
        }
    }

    fn present(&self) -> Present<'_> {
        Present {
            visitor: self.visitor,
            generation: self.generation,
            outbox: &self.outbox,
            name: "Mina",
            channel: &self.channel,
            at: Position::default(),
            helps: self.helps,
            blocked: &self.blocked,
        }
    }

    fn news(&self) -> Vec<HelpNews> {
        let messages = std::iter::from_fn(|| self.outbox.take());
        let read = messages.filter_map(|message| match RelayMessage::decode(&message) {
            Ok(RelayMessage::Help(news)) => Some(news),
            _ => None,
        });
        read.collect()
    }
}

fn calls_from(place: &str) -> HelpNews {
    HelpNews::Called {
        visitor: CALLER,
        name: "Mina".to_owned(),
        place: place.to_owned(),
    }
}

const OVER: HelpNews = HelpNews::Over { visitor: CALLER };

#[test]
fn helpers_at_every_relay_hear_a_call_and_that_one_of_them_has_come() {
    let (now, mut one, mut two) = (Instant::now(), State::default(), State::default());
    let (caller, here, there) = (
        Someone::who_calls(),
        Someone::who_helps(HELPER),
        Someone::who_helps(OTHER),
    );
    one.note(&here.present());
    two.note(&there.present());
    one.read(TWO, two.sheet(), now);
    assert_eq!(one.call(&caller.present(), NOW_MS, now), Ok(2));
    two.read(ONE, one.sheet(), now);
    // Told again, since it could have been lost: nobody hears it twice.
    two.read(ONE, one.sheet(), now);
    assert_eq!(here.news(), [calls_from("lobby")]);
    assert_eq!(there.news(), [calls_from("lobby")]);

    two.answer(CALLER, OTHER, "Hana");
    assert_eq!(there.news(), [OVER]);
    for _ in 0..2 {
        one.read(TWO, two.sheet(), now);
    }
    let comes = HelpNews::Comes {
        helper: OTHER,
        name: "Hana".to_owned(),
    };
    assert_eq!(caller.news(), [comes]);
    assert_eq!(here.news(), [OVER]);
    // It is told for as long as it has not been heard.
    assert_eq!(two.sheet().answers.len(), 1);
    two.read(ONE, one.sheet(), now);
    assert_eq!(
        (two.sheet(), there.news()),
        (
            Sheet {
                helpers: 1,
                ..Sheet::default()
            },
            vec![]
        )
    );
}

#[test]
fn an_answer_to_an_earlier_call_ends_no_later_one() {
    let (now, mut one, mut two) = (Instant::now(), State::default(), State::default());
    let caller = Someone::who_calls();
    one.call(&caller.present(), NOW_MS, now).unwrap();
    two.read(ONE, one.sheet(), now);
    two.answer(CALLER, OTHER, "Hana");
    one.end(CALLER);
    let later = now + CALL_AGAIN;
    one.call(&caller.present(), NOW_MS + CALL_AGAIN_MS, later)
        .unwrap();
    one.read(TWO, two.sheet(), later);
    assert_eq!((caller.news(), one.sheet().calls.len()), (vec![], 1));
}

#[test]
fn a_helper_who_comes_later_hears_of_the_calls_that_stand_and_whoever_blocked_the_caller_does_not() {
    let mut state = State::default();
    let caller = Someone::who_calls();
    state.call(&caller.present(), NOW_MS, Instant::now()).unwrap();
    let later = Someone::who_helps(HELPER);
    let deaf = Someone {
        blocked: BTreeSet::from([CALLER]),
        ..Someone::who_helps(OTHER)
    };
    for helper in [&later, &deaf] {
        state.note(&helper.present());
        state.note(&helper.present());
    }
    state.end(CALLER);
    assert_eq!(
        (later.news(), deaf.news()),
        (vec![calls_from("lobby"), OVER], vec![])
    );
}

#[test]
fn nobody_comes_to_their_own_call_and_nobody_without_a_role_to_any() {
    let desk = Desk::default();
    let caller = Someone {
        helps: true,
        ..Someone::who_calls()
    };
    desk.note(&caller.present());
    desk.note(&Someone::who_helps(HELPER).present());
    assert_eq!(desk.call(&caller.present(), NOW_MS), Ok(1));
    assert_eq!(caller.news(), []);
    let answered = [CALLER, HELPER, OTHER].map(|who| desk.call_for(who, CALLER).is_some());
    assert_eq!(answered, [false, true, false]);
}

#[test]
fn a_call_follows_the_caller_and_ends_with_the_visit() {
    let mut state = State::default();
    let (now, helper) = (Instant::now(), Someone::who_helps(HELPER));
    state.note(&helper.present());
    let mut caller = Someone::who_calls();
    state.call(&caller.present(), NOW_MS, now).unwrap();
    caller.channel = ChannelId::new("square", 1);
    caller.generation = 2;
    state.note(&caller.present());
    // The room that was left, and a connection that ends late, say nothing about the visitor of now.
    state.note(&Someone::who_calls().present());
    state.leave(CALLER, 1);
    state.lose(CALLER, 1);
    assert_eq!(helper.news(), [calls_from("lobby"), calls_from("square")]);
    // The page asks, where it is let in, what has become of it.
    assert_eq!(state.call(&caller.present(), NOW_MS + 1, now), Ok(1));
    assert_eq!(helper.news(), []);
    state.lose(CALLER, 2);
    assert_eq!(helper.news(), []);
    state.leave(CALLER, 2);
    assert_eq!((helper.news(), state.callers.len()), (vec![OVER], 0));
}

#[test]
fn of_one_who_goes_on_at_another_relay_helpers_hear_no_end() {
    let (now, mut one, mut two) = (Instant::now(), State::default(), State::default());
    let helper = Someone::who_helps(HELPER);
    two.note(&helper.present());
    let mut caller = Someone::who_calls();
    one.call(&caller.present(), NOW_MS, now).unwrap();
    two.read(ONE, one.sheet(), now);
    caller.generation = 2;
    two.call(&caller.present(), NOW_MS + 1, now).unwrap();
    one.leave(CALLER, 1);
    two.read(ONE, one.sheet(), now);
    assert_eq!(helper.news(), [calls_from("lobby")]);
}

#[test]
fn a_relay_that_falls_silent_takes_its_callers_and_helpers_along() {
    let (now, mut one, mut two) = (Instant::now(), State::default(), State::default());
    let (caller, helper) = (Someone::who_calls(), Someone::who_helps(HELPER));
    two.note(&helper.present());
    one.call(&caller.present(), NOW_MS, now).unwrap();
    two.read(ONE, one.sheet(), now);
    one.read(TWO, two.sheet(), now);
    for state in [&mut one, &mut two] {
        state.expire(now + GONE_AFTER / 2);
    }
    assert_eq!(helper.news(), [calls_from("lobby")]);
    assert_eq!(one.call(&caller.present(), NOW_MS, now), Ok(1));
    for state in [&mut one, &mut two] {
        state.expire(now + GONE_AFTER);
    }
    assert_eq!(helper.news(), [OVER]);
    assert_eq!(one.call(&caller.present(), NOW_MS, now), Ok(0));
}

#[test]
fn a_call_to_which_nobody_came_ends_and_the_caller_is_told() {
    let (now, mut state) = (Instant::now(), State::default());
    let (caller, helper) = (Someone::who_calls(), Someone::who_helps(HELPER));
    state.note(&helper.present());
    state.call(&caller.present(), NOW_MS, now).unwrap();
    state.expire(now + CALL_FOR / 2);
    assert_eq!(
        (caller.news(), helper.news()),
        (vec![], vec![calls_from("lobby")])
    );
    state.expire(now + CALL_FOR);
    assert_eq!((caller.news(), helper.news()), (vec![OVER], vec![OVER]));
    assert!(state.callers.is_empty());
}

#[test]
fn nobody_calls_again_at_once_after_taking_it_back() {
    let (now, mut state) = (Instant::now(), State::default());
    let caller = Someone::who_calls();
    state.call(&caller.present(), NOW_MS, now).unwrap();
    state.end(CALLER);
    assert_eq!(state.call(&caller.present(), NOW_MS, now), Err(Notice::Slower));
    assert_eq!(state.call(&caller.present(), NOW_MS, now + CALL_AGAIN), Ok(0));
}

#[test]
fn however_much_the_others_tell_what_is_kept_is_bounded() {
    let (now, mut state) = (Instant::now(), State::default());
    let call = |number: u64| Call {
        name: "far".to_owned(),
        channel: ChannelId::new("square", 1),
        at: Position::default(),
        since_ms: NOW_MS + number,
    };
    for relay in 0..2 * MOST_RELAYS as u16 {
        let first = u64::from(relay) * 1_000;
        let calls = (first..first + 2 * MAX_CALLS as u64).map(|number| (VisitorId(number), call(number)));
        let answers = (0..1_000).map(|number| {
            let answer = Answer {
                since_ms: NOW_MS,
                helper: HELPER,
                name: "far".to_owned(),
            };
            (VisitorId(number), answer)
        });
        let sheet = Sheet {
            helpers: u32::MAX,
            calls: calls.collect(),
            answers: answers.collect(),
        };
        state.read(Source { relay, epoch: 1 }, sheet, now);
    }
    assert_eq!((state.relays.len(), state.told.len()), (MOST_RELAYS, MAX_CALLS));
    let kept = state.relays.values().map(|(_, sheet)| sheet);
    assert!(
        kept.clone()
            .all(|sheet| sheet.calls.len() == MAX_CALLS && sheet.answers.is_empty())
    );
    // The city has as many callers as it can have.
    let caller = Someone::who_calls();
    assert_eq!(state.call(&caller.present(), NOW_MS, now), Err(Notice::Slower));
}
