//! Hosts and their levers: who has them, and that what they decide holds everywhere.

use std::time::Duration;

use anyhow::{Context as _, Result};
use cluster::{
    Closed, PLACE, Redis, Relay, Start, Visitor, hello, invitation, invited, run_relay, until_closed,
};
use futures_util::SinkExt as _;
use relay::session::{Badge, load_or_create};
use shared::{
    moderation::{ChatRule, Lever, Role},
    protocol::{
        ClientMessage, CloseReason, Hello, Notice, REFUSE_SUBPROTOCOL, Reach, SUBPROTOCOL, VisitorId,
    },
};
use tokio_tungstenite::tungstenite::Message;

async fn two_relays() -> Result<(Redis, Relay, Relay)> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    Ok((redis, one, two))
}

async fn host(redis: &Redis, relay: &Relay) -> Result<Visitor> {
    let host = Visitor::enter(relay, invited("Host", &invitation(redis, "host").await?)).await?;
    assert_eq!(host.welcome.role, Role::Host);
    Ok(host)
}

/// Two people who know one another's names.
async fn know(a: &mut Visitor, b: &mut Visitor) -> Result<()> {
    let (a_id, b_id) = (a.id(), b.id());
    a.until("they know one another", |a| a.names.contains_key(&b_id))
        .await?;
    b.until("they know one another", |b| b.names.contains_key(&a_id))
        .await
}

/// How a relay answers a hello that it does not welcome.
async fn refused(relay: &Relay, hello: Hello) -> Result<Closed> {
    let mut socket = Visitor::socket(relay, &[SUBPROTOCOL, REFUSE_SUBPROTOCOL], &[]).await?;
    let hello = ClientMessage::Hello(hello).encode();
    socket.send(Message::Binary(hello.into())).await?;
    until_closed(&mut socket).await
}

fn again(visitor: &Visitor, name: &str) -> Hello {
    Hello {
        ticket: visitor.ticket.clone(),
        ..hello(name)
    }
}

#[tokio::test]
async fn an_invitation_gives_a_role_that_others_see_and_that_the_session_keeps() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut bystander = Visitor::arrive(&two, "Bo").await?;
    let mut host = host(&redis, &one).await?;
    know(&mut host, &mut bystander).await?;
    assert_eq!(bystander.roles[&host.id()], Role::Host);
    assert_eq!(bystander.welcome.role, Role::Visitor);
    // The ticket carries it to the other relay, without the link.
    let back = Visitor::enter(&two, again(&host, "Host")).await?;
    assert_eq!((back.id(), back.welcome.role), (host.id(), Role::Host));
    Ok(())
}

#[tokio::test]
async fn an_expired_altered_or_foreign_invitation_gives_nothing_and_says_so() -> Result<()> {
    let redis = Redis::start().await?;
    let relay = Relay::start(Start::on(&redis)).await?;
    let good = invitation(&redis, "official").await?;
    let altered = good.replacen(good.get(..1).context("empty")?, "_", 1);
    // Signed by the key of a relay that stands alone.
    let alone = Relay::start(Start::alone()).await?;
    let data = alone.data().to_string_lossy().into_owned();
    let foreign = run_relay(&["invite", "--role", "host", "--place", PLACE, "--data", &data]).await?;
    let foreign = foreign
        .output
        .trim()
        .rsplit('=')
        .next()
        .unwrap_or_default()
        .to_owned();
    assert!(!foreign.is_empty());
    for bad in [altered, foreign.clone(), "x".repeat(3_000)] {
        let mut eve = Visitor::enter(&relay, invited("Eve", &bad)).await?;
        assert_eq!(eve.welcome.role, Role::Visitor, "{bad}");
        eve.until("the notice", |e| e.notices == [Notice::InvitationInvalid])
            .await?;
    }
    // Where it was signed it is good.
    let at_home = Visitor::enter(&alone, invited("Ana", &foreign)).await?;
    assert_eq!(at_home.welcome.role, Role::Host);

    let late = Badge {
        role: Role::Host,
        place: PLACE.to_owned(),
        until_ms: 1,
    };
    let late = late.invitation(&load_or_create(&alone.data())?);
    let mut late = Visitor::enter(&alone, invited("Late", &late)).await?;
    assert_eq!(late.welcome.role, Role::Visitor);
    late.until("the notice", |l| l.notices == [Notice::InvitationOver])
        .await?;

    let over = run_relay(&["invite", "--role", "host", "--place", PLACE, "--hours", "0"]).await?;
    assert!(
        !over.success && over.errors.contains("--hours"),
        "{}",
        over.errors
    );
    let nowhere = run_relay(&["invite", "--role", "host", "--place", "atlantis", "--data", &data]).await?;
    assert!(
        !nowhere.success && nowhere.errors.contains("atlantis") && nowhere.errors.contains(PLACE),
        "{}",
        nowhere.errors
    );
    Ok(())
}

#[tokio::test]
async fn whoever_has_no_role_or_is_a_helper_has_no_levers() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let helper = invited("Helper", &invitation(&redis, "helper").await?);
    let mut helper = Visitor::enter(&one, helper).await?;
    assert_eq!(helper.welcome.role, Role::Helper);
    let mut eve = Visitor::arrive(&one, "Eve").await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    know(&mut eve, &mut bo).await?;
    let id = bo.id();
    let levers = [
        Lever::Announce {
            text: "ha".to_owned(),
            language: "en".to_owned(),
        },
        Lever::Mute {
            visitor: id,
            minutes: 5,
        },
        Lever::Remove { visitor: id },
        Lever::Ban {
            visitor: id,
            minutes: 5,
            address_minutes: 5,
        },
        Lever::Chat(ChatRule::Closed),
    ];
    for lever in levers {
        helper.pull(lever.clone()).await?;
        eve.pull(lever).await?;
    }
    for tried in [&mut eve, &mut helper] {
        tried
            .until("every refusal", |e| e.notices == [Notice::NotAHost; 5])
            .await?;
    }
    bo.say(Reach::Place, "still here").await?;
    eve.until("Bo is heard", |e| e.heard("still here")).await?;
    assert!(bo.closed.is_none() && bo.announced.is_empty() && bo.chat == ChatRule::Open);
    Ok(())
}

#[tokio::test]
async fn nobody_acts_on_someone_of_the_same_role_and_the_absent_are_named_as_such() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut a = host(&redis, &one).await?;
    let official = invited("Official", &invitation(&redis, "official").await?);
    let mut b = Visitor::enter(&two, official).await?;
    know(&mut a, &mut b).await?;
    a.pull(Lever::Remove { visitor: b.id() }).await?;
    a.until("the refusal", |a| a.notices == [Notice::Protected])
        .await?;
    a.pull(Lever::Remove {
        visitor: VisitorId(1),
    })
    .await?;
    a.until("the refusal", |a| a.notices.last() == Some(&Notice::NotHere))
        .await?;
    b.moderate(Lever::Remove { visitor: a.id() }).await?;
    a.until("the host is removed by the official", |a| {
        a.closed == Some(Closed::Reason(CloseReason::Removed))
    })
    .await
}

#[tokio::test]
async fn an_announcement_reaches_everyone_on_all_relays() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    know(&mut host, &mut bo).await?;
    host.moderate(Lever::Announce {
        text: "\u{202E}The parade begins".to_owned(),
        language: "en".to_owned(),
    })
    .await?;
    bo.until("the announcement", |b| b.announced.len() == 1).await?;
    let told = &bo.announced[0];
    assert_eq!(
        (told.name.as_str(), told.role, told.text.as_str()),
        ("Host", Role::Host, "The parade begins")
    );
    assert_eq!(host.announced.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_muted_visitor_is_muted_on_every_relay_until_let_speak_again() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut eve = Visitor::arrive(&two, "Eve").await?;
    know(&mut host, &mut eve).await?;
    let id = eve.id();
    host.moderate(Lever::Mute {
        visitor: id,
        minutes: 5,
    })
    .await?;
    let muted = Notice::Muted { minutes: 5 };
    eve.until("she is told", |e| e.notices == [muted]).await?;
    eve.say(Reach::Place, "noise").await?;
    eve.until("she is told again", |e| e.notices == [muted, muted])
        .await?;
    // The other relay knows it too.
    let mut back = Visitor::enter(&one, again(&eve, "Eve")).await?;
    back.until("she is told there", |e| e.notices == [muted]).await?;
    back.say(Reach::Place, "more noise").await?;
    back.until("she is told there", |e| e.notices == [muted, muted])
        .await?;
    host.moderate(Lever::Mute {
        visitor: id,
        minutes: 0,
    })
    .await?;
    back.until("she may speak", |e| e.notices.last() == Some(&Notice::Unmuted))
        .await?;
    back.say(Reach::Place, "sorry").await?;
    host.until("she is heard", |h| h.heard("sorry")).await?;
    assert!(!host.heard("noise") && !host.heard("more noise"));
    Ok(())
}

#[tokio::test]
async fn a_removed_visitor_may_come_back() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut eve = Visitor::arrive(&two, "Eve").await?;
    know(&mut host, &mut eve).await?;
    let id = eve.id();
    host.moderate(Lever::Remove { visitor: id }).await?;
    eve.until("she is told why", |e| {
        e.closed == Some(Closed::Reason(CloseReason::Removed))
    })
    .await?;
    host.until("she has gone", |h| h.gone.contains(&id)).await?;
    assert_eq!(Visitor::enter(&two, again(&eve, "Eve")).await?.id(), id);
    Ok(())
}

#[tokio::test]
async fn a_ban_holds_on_the_other_relay_and_on_one_that_starts_later() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut eve = Visitor::arrive(&two, "Eve").await?;
    know(&mut host, &mut eve).await?;
    let id = eve.id();
    host.moderate(Lever::Ban {
        visitor: id,
        minutes: 60,
        address_minutes: 0,
    })
    .await?;
    let banned = Closed::Reason(CloseReason::Banned);
    eve.until("she is told why", |e| e.closed.as_ref() == Some(&banned))
        .await?;
    assert_eq!(refused(&one, again(&eve, "Eve")).await?, banned);
    assert_eq!(refused(&two, again(&eve, "Eve")).await?, banned);
    let three = Relay::start(Start::on(&redis)).await?;
    let mut bo = Visitor::arrive(&three, "Bo").await?;
    let host_id = host.id();
    bo.until("the relays have met", |b| b.names.contains_key(&host_id))
        .await?;
    assert_eq!(refused(&three, again(&eve, "Eve")).await?, banned);
    // A mistake can be undone, although she is not here.
    host.moderate(Lever::Ban {
        visitor: id,
        minutes: 0,
        address_minutes: 0,
    })
    .await?;
    assert_eq!(Visitor::enter(&one, again(&eve, "Eve")).await?.id(), id);
    Ok(())
}

#[tokio::test]
async fn a_ban_by_address_keeps_newcomers_out_but_not_those_who_are_in_nor_other_addresses() -> Result<()> {
    let redis = Redis::start().await?;
    let behind_proxy = || Start::on(&redis).with("--trust-proxy", "127.0.0.0/8");
    let (one, two) = (
        Relay::start(behind_proxy()).await?,
        Relay::start(behind_proxy().with("--exempt", "198.51.100.0/24")).await?,
    );
    let mut host = host(&redis, &one).await?;
    let school = "203.0.113.9";
    let mut eve = Visitor::enter_from(&two, hello("Eve"), school).await?;
    let pupil = Visitor::enter_from(&two, hello("Bo"), school).await?;
    know(&mut host, &mut eve).await?;
    host.moderate(Lever::Ban {
        visitor: eve.id(),
        minutes: 60,
        address_minutes: 10,
    })
    .await?;
    eve.until("she is out", |e| e.closed.is_some()).await?;
    for relay in [&one, &two] {
        let outcome = Visitor::enter_from(relay, hello("Eve in disguise"), school).await;
        let error = outcome.err().context("the newcomer came in")?.to_string();
        assert!(error.contains("banned"), "{error}");
        Visitor::enter_from(relay, hello("Cho"), "203.0.113.10").await?;
    }
    // Who was in stays, and comes back after losing the line.
    let back = Visitor::enter_from(&one, again(&pupil, "Bo"), school).await?;
    assert_eq!(back.id(), pupil.id());
    // Undoing the ban opens the address too.
    host.moderate(Lever::Ban {
        visitor: eve.id(),
        minutes: 0,
        address_minutes: 0,
    })
    .await?;
    Visitor::enter_from(&one, hello("Dae"), school).await?;
    Ok(())
}

#[tokio::test]
async fn a_slow_chat_lets_everyone_speak_once_and_a_closed_one_only_those_with_a_role() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    know(&mut host, &mut bo).await?;
    host.moderate(Lever::Chat(ChatRule::Slow)).await?;
    bo.until("it is told", |b| b.chat == ChatRule::Slow).await?;
    bo.say(Reach::Place, "first").await?;
    bo.say(Reach::Place, "second").await?;
    bo.until("the second is too soon", |b| b.notices == [Notice::ChatSlow])
        .await?;
    host.until("the first is heard", |h| h.heard("first")).await?;

    host.moderate(Lever::Chat(ChatRule::Closed)).await?;
    bo.until("it is told", |b| b.chat == ChatRule::Closed).await?;
    bo.say(Reach::Place, "third").await?;
    bo.until("it is closed", |b| b.notices.last() == Some(&Notice::ChatClosed))
        .await?;
    host.say(Reach::Place, "silence, please").await?;
    bo.until("the host is heard", |b| b.heard("silence, please"))
        .await?;
    // Whoever comes later is told, wherever.
    let mut late = Visitor::arrive(&one, "Cho").await?;
    late.until("the newcomer is told", |c| c.chat == ChatRule::Closed)
        .await?;

    host.moderate(Lever::Chat(ChatRule::Open)).await?;
    bo.until("it is told", |b| b.chat == ChatRule::Open).await?;
    bo.say(Reach::Place, "fourth").await?;
    host.until("Bo is heard", |h| h.heard("fourth")).await?;
    assert!(!host.heard("second") && !host.heard("third"));
    Ok(())
}

#[tokio::test]
async fn nothing_is_heard_of_whom_one_has_blocked_also_after_connecting_again() -> Result<()> {
    let (_redis, one, two) = two_relays().await?;
    let mut eve = Visitor::arrive(&one, "Eve").await?;
    let mut bo = Visitor::arrive(&two, "Bo").await?;
    let mut near = Visitor::arrive(&one, "Cho").await?;
    know(&mut eve, &mut bo).await?;
    know(&mut near, &mut bo).await?;
    let block = |blocked| ClientMessage::Block {
        visitor: eve.id(),
        blocked,
    };
    let (block, unblock) = (block(true), block(false));
    bo.send(&block).await?;
    // What a connection sends arrives in order: once Bo hears himself, the block holds.
    bo.say(Reach::Place, "blocked").await?;
    bo.until("the receipt", |b| b.heard("blocked")).await?;
    eve.say(Reach::Place, "noise").await?;
    near.say(Reach::Place, "after the noise").await?;
    near.until("others hear it", |n| n.heard("noise")).await?;
    bo.until("what comes after", |b| b.heard("after the noise"))
        .await?;
    assert!(!bo.heard("noise"));

    let mut hello = again(&bo, "Bo");
    hello.blocked = vec![eve.id()];
    let mut back = Visitor::enter(&one, hello).await?;
    eve.say(Reach::Near, "more noise").await?;
    near.until("others hear it", |n| n.heard("more noise")).await?;
    near.say(Reach::Place, "after more noise").await?;
    back.until("what comes after", |b| b.heard("after more noise"))
        .await?;
    assert!(!back.heard("more noise"));

    back.send(&unblock).await?;
    back.say(Reach::Place, "unblocked").await?;
    back.until("the receipt", |b| b.heard("unblocked")).await?;
    eve.say(Reach::Place, "music").await?;
    back.within(Duration::from_secs(5), "she is heard again", |b| b.heard("music"))
        .await
}

#[tokio::test]
async fn what_is_decided_in_one_channel_holds_in_all_of_the_place() -> Result<()> {
    let (redis, one, two) = two_relays().await?;
    let mut host = host(&redis, &one).await?;
    let mut eve = Visitor::arrive(&two, "Eve").await?;
    know(&mut host, &mut eve).await?;
    let in_channel = |name: &str, channel| {
        let mut hello = hello(name);
        hello.destination.channel = Some(channel);
        hello
    };
    let mut here = Visitor::enter(&one, in_channel("Ana", 2)).await?;
    let mut there = Visitor::enter(&two, in_channel("Bo", 3)).await?;
    assert_eq!((here.welcome.channel, there.welcome.channel), (2, 3));
    host.moderate(Lever::Announce {
        text: "the parade begins".to_owned(),
        language: "en".to_owned(),
    })
    .await?;
    host.moderate(Lever::Chat(ChatRule::Closed)).await?;
    host.moderate(Lever::Ban {
        visitor: eve.id(),
        minutes: 60,
        address_minutes: 0,
    })
    .await?;
    for visitor in [&mut here, &mut there] {
        visitor
            .until("it is announced", |v| v.announced.len() == 1)
            .await?;
        visitor
            .until("the chat is closed", |v| v.chat == ChatRule::Closed)
            .await?;
    }
    let banned = Closed::Reason(CloseReason::Banned);
    eve.until("she is told why", |e| e.closed.as_ref() == Some(&banned))
        .await?;
    // Neither where others are, nor where a room opens only for her.
    for (relay, channel) in [(&one, 2), (&two, 3), (&one, 5), (&two, 6)] {
        let mut hello = again(&eve, "Eve");
        hello.destination.channel = Some(channel);
        assert_eq!(refused(relay, hello).await?, banned, "channel {channel}");
    }
    Ok(())
}
