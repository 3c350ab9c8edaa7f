//! Whatever a client sends: it gets the reason by name, and a bystander notices nothing.

use std::time::Duration;

use anyhow::{Context, Result};
use cluster::{Closed, RawSocket, Relay, Start, Visitor, hello, until_closed};
use futures_util::SinkExt as _;
use shared::{
    protocol::{
        ClientMessage, CloseReason, MAX_CLIENT_BYTES, Notice, REFUSE_SUBPROTOCOL, Reach, SUBPROTOCOL,
    },
    text::NAME_CHARS,
};
use tokio_tungstenite::tungstenite::Message;

const BOTH: [&str; 2] = [SUBPROTOCOL, REFUSE_SUBPROTOCOL];

/// Longest pause between messages that a bystander may see: heartbeats come each second.
const NOTICEABLE: Duration = Duration::from_millis(1_500);

async fn relay_and_bystander() -> Result<(Relay, Visitor)> {
    let relay = Relay::start(Start::alone()).await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let id = bystander.id();
    bystander
        .until("Bo sees the place", |b| b.seen.contains_key(&id))
        .await?;
    bystander.longest_pause = Duration::ZERO;
    Ok((relay, bystander))
}

/// The bystander's connection goes on, and nothing reached it but who came and went.
async fn noticed_nothing(relay: &Relay, mut bystander: Visitor) -> Result<()> {
    bystander.watch_for(Duration::from_millis(1_200)).await?;
    assert_eq!(bystander.closed, None);
    assert!(
        bystander.longest_pause < NOTICEABLE,
        "{:?}",
        bystander.longest_pause
    );
    assert_eq!(
        (
            bystander.said.len(),
            bystander.notices.len(),
            bystander.corrections.len()
        ),
        (0, 0, 0)
    );
    let newcomer = Visitor::arrive(relay, "Cho").await?;
    let id = newcomer.id();
    bystander
        .until("Bo sees whoever comes next", |b| {
            b.names.get(&id).is_some_and(|name| name == "Cho")
        })
        .await
}

async fn inside(relay: &Relay) -> Result<RawSocket> {
    Ok(Visitor::arrive(relay, "Eve").await?.stall())
}

async fn ends_with(mut socket: RawSocket, reason: CloseReason) -> Result<()> {
    assert_eq!(until_closed(&mut socket).await?, Closed::Reason(reason));
    Ok(())
}

#[tokio::test]
async fn a_wrong_or_missing_subprotocol_is_closed_as_version() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    ends_with(
        Visitor::socket(&relay, &["seoul.v0", REFUSE_SUBPROTOCOL], &[]).await?,
        CloseReason::Version,
    )
    .await?;
    ends_with(Visitor::socket(&relay, &[], &[]).await?, CloseReason::Version).await?;
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn bytes_that_are_no_message_are_closed_as_malformed() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    let whole = ClientMessage::Hello(hello("Eve")).encode();
    let trailing = [whole.as_slice(), b"rubbish"].concat();
    let random: Vec<u8> = (0..200_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x80)
        .collect();
    for bytes in [&whole[..whole.len() / 2], &trailing, &random, &[]] {
        let mut socket = Visitor::socket(&relay, &BOTH, &[]).await?;
        socket.send(Message::Binary(bytes.to_vec().into())).await?;
        ends_with(socket, CloseReason::Malformed).await?;

        let mut socket = inside(&relay).await?;
        socket.send(Message::Binary(bytes.to_vec().into())).await?;
        ends_with(socket, CloseReason::Malformed).await?;
    }
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn text_where_binary_is_due_is_closed_as_malformed() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    let mut socket = Visitor::socket(&relay, &BOTH, &[]).await?;
    socket.send(Message::Text("hello".into())).await?;
    ends_with(socket, CloseReason::Malformed).await?;
    let mut socket = inside(&relay).await?;
    socket.send(Message::Text("hello".into())).await?;
    ends_with(socket, CloseReason::Malformed).await?;
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn messages_out_of_order_are_closed_as_malformed() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    let mut socket = Visitor::socket(&relay, &BOTH, &[]).await?;
    socket
        .send(Message::Binary(
            ClientMessage::Ping { client_ms: 0 }.encode().into(),
        ))
        .await?;
    ends_with(socket, CloseReason::Malformed).await?;
    let mut socket = inside(&relay).await?;
    socket
        .send(Message::Binary(
            ClientMessage::Hello(hello("Eve")).encode().into(),
        ))
        .await?;
    ends_with(socket, CloseReason::Malformed).await?;
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn oversize_messages_are_closed_as_too_large() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    for size in [MAX_CLIENT_BYTES + 1, 60_000, 4 << 20] {
        let mut socket = inside(&relay).await?;
        // The relay may stop reading before all of it is sent.
        let _ = socket.send(Message::Binary(vec![0; size].into())).await;
        ends_with(socket, CloseReason::TooLarge)
            .await
            .with_context(|| format!("{size} bytes"))?;
    }
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn ten_thousand_emoji_are_cut_to_a_name_or_refused_as_too_large() -> Result<()> {
    let (relay, mut bystander) = relay_and_bystander().await?;
    let long = Visitor::enter(&relay, hello(&"🦊".repeat(900))).await?;
    assert_eq!(long.welcome.name.chars().count(), NAME_CHARS);
    let id = long.id();
    bystander
        .until("the short name", |b| {
            b.names.get(&id).is_some_and(|name| *name == long.welcome.name)
        })
        .await?;
    let mut socket = Visitor::socket(&relay, &BOTH, &[]).await?;
    socket
        .send(Message::Binary(
            ClientMessage::Hello(hello(&"🦊".repeat(10_000))).encode().into(),
        ))
        .await?;
    ends_with(socket, CloseReason::TooLarge).await?;
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn overrides_and_controls_in_chat_are_cleaned_and_empty_lines_are_answered() -> Result<()> {
    let (relay, mut bystander) = relay_and_bystander().await?;
    let mut eve = Visitor::enter(&relay, hello("\u{202E}\u{7}")).await?;
    assert!(eve.welcome.name.starts_with("Guest"), "{}", eve.welcome.name);
    eve.say(Reach::Place, "\u{202E}\u{2066}\u{7}").await?;
    eve.until("the notice", |e| e.notices == [Notice::Unsayable])
        .await?;
    eve.say(Reach::Place, "a\u{202E}b\u{0}c\nd").await?;
    bystander.until("the cleaned line", |b| b.heard("abc d")).await
}

#[tokio::test]
async fn a_burst_of_chat_is_slowed_down_and_a_flood_is_cut_off() -> Result<()> {
    let (relay, mut bystander) = relay_and_bystander().await?;
    let mut eve = Visitor::arrive(&relay, "Eve").await?;
    for number in 0..30 {
        eve.say(Reach::Place, &format!("line {number}")).await?;
    }
    eve.until("the notice", |e| e.notices.contains(&Notice::Slower))
        .await?;
    bystander.until("the first lines", |b| b.heard("line 4")).await?;
    assert!(bystander.said.len() < 12, "{}", bystander.said.len());
    for _ in 0..3_000 {
        if eve.send(&ClientMessage::Ping { client_ms: 0 }).await.is_err() {
            break;
        }
    }
    eve.watch_for(Duration::from_secs(5)).await?;
    assert_eq!(eve.closed, Some(Closed::Reason(CloseReason::TooFast)));
    assert_eq!(bystander.closed, None);
    Ok(())
}

#[tokio::test]
async fn a_page_of_another_origin_is_closed_as_origin() -> Result<()> {
    let (relay, bystander) = relay_and_bystander().await?;
    let socket = Visitor::socket(&relay, &BOTH, &[("origin", "https://evil.example")]).await?;
    ends_with(socket, CloseReason::Origin).await?;
    let own = format!("http://{}", relay.host());
    let mut socket = Visitor::socket(&relay, &BOTH, &[("origin", &own)]).await?;
    socket.close(None).await?;
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn a_full_relay_says_so() -> Result<()> {
    // Options are variables of the environment, too.
    let starts = [
        Start::alone().with("--capacity", "1"),
        Start::alone().environment("RELAY_CAPACITY", "1"),
    ];
    for start in starts {
        let relay = Relay::start(start).await?;
        let _first = Visitor::arrive(&relay, "Ana").await?;
        ends_with(Visitor::socket(&relay, &BOTH, &[]).await?, CloseReason::Full).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_thousand_joins_from_one_address_are_thinned_and_others_notice_nothing() -> Result<()> {
    let relay = Relay::start(
        Start::alone()
            .with("--trust-proxy", "127.0.0.0/8")
            .with("--joins-per-second", "20"),
    )
    .await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    bystander.longest_pause = Duration::ZERO;
    let flood = async {
        let (mut refused, mut explained) = (0_u32, 0_u32);
        for _ in 0..20 {
            let batch =
                (0..50).map(|_| Visitor::handshake(&relay, &BOTH, &[("x-forwarded-for", "203.0.113.9")]));
            for socket in futures_util::future::join_all(batch).await {
                match socket {
                    Ok((socket, Some(selected))) if selected == REFUSE_SUBPROTOCOL => {
                        ends_with(socket, CloseReason::TooMany).await?;
                        explained += 1;
                    }
                    Ok(_) => {}
                    Err(_) => refused += 1,
                }
            }
        }
        anyhow::Ok((refused, explained))
    };
    let ((refused, explained), ()) = tokio::try_join!(flood, bystander.watch_for(Duration::from_secs(6)))?;
    assert!(
        explained > 20 && refused > 100,
        "{refused} refused, {explained} with a reason"
    );
    noticed_nothing(&relay, bystander).await
}

#[tokio::test]
async fn whoever_never_says_hello_is_closed_as_silent() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    ends_with(Visitor::socket(&relay, &BOTH, &[]).await?, CloseReason::Silent).await
}
