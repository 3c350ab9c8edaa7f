//! Words that are refused: in names those of roles and of the city, in names and lines those that a host has listed.

use std::{fs, io::Write as _};

use anyhow::{Context as _, Result};
use cluster::{Relay, Start, Visitor, hello, run_relay};
use shared::{
    look::Look,
    moderation::Role,
    protocol::{ClientMessage, Hello, Notice, Reach},
};

async fn appears(visitor: &mut Visitor, name: &str) -> Result<()> {
    let name = name.to_owned();
    let look = Look::default();
    visitor.send(&ClientMessage::Appear { name, look }).await
}

#[tokio::test]
async fn nobody_takes_a_name_of_those_who_have_a_role_and_everyone_is_told_why() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    for name in ["City Official", "운영자", "Seoul City", "公式", "Ｈｏｓｔ"] {
        let mut eve = Visitor::arrive(&relay, name).await?;
        assert_ne!(eve.welcome.name, name);
        eve.until("the reason", |eve| eve.notices.contains(&Notice::NameRefused))
            .await?;
    }
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let mut eve = Visitor::arrive(&relay, "Eve").await?;
    let id = eve.id();
    appears(&mut eve, "0fficial").await?;
    eve.until("the reason", |eve| eve.notices.contains(&Notice::NameRefused))
        .await?;
    appears(&mut eve, "Evelyn").await?;
    bystander
        .until("the next name", |bo| {
            bo.names.get(&id).is_some_and(|name| name == "Evelyn")
        })
        .await?;
    Ok(())
}

#[tokio::test]
async fn whoever_has_a_role_may_say_so_in_the_name() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let data = relay.data().to_string_lossy().into_owned();
    let printed = run_relay(&["invite", "--role", "host", "--place", "downtown", "--data", &data]).await?;
    let (_, invitation) = printed
        .output
        .trim()
        .split_once("#invite=")
        .context("no invitation")?;
    let hello = Hello {
        invitation: invitation.to_owned(),
        ..hello("Host Mina")
    };
    let host = Visitor::enter(&relay, hello).await?;
    assert_eq!(
        (host.welcome.role, host.welcome.name.as_str()),
        (Role::Host, "Host Mina")
    );
    Ok(())
}

#[tokio::test]
async fn a_line_with_a_listed_word_reaches_nobody_and_the_speaker_is_told() -> Result<()> {
    let mut list = tempfile::NamedTempFile::new()?;
    writeln!(list, "# words\nrubbish\n바보")?;
    let path = list.path().to_string_lossy().into_owned();
    let relay = Relay::start(Start::alone().with("--filter", &path)).await?;
    let mut bystander = Visitor::arrive(&relay, "Bo").await?;
    let mut eve = Visitor::arrive(&relay, "Rubbish").await?;
    assert_ne!(eve.welcome.name, "Rubbish");
    for (refused, line) in ["What RUBBISH!", "바보야"].into_iter().enumerate() {
        eve.say(Reach::Place, line).await?;
        eve.until("the reason", |eve| {
            let told = eve
                .notices
                .iter()
                .filter(|notice| **notice == Notice::LineRefused);
            told.count() > refused
        })
        .await?;
    }
    eve.say(Reach::Place, "rubbishy, but fine").await?;
    bystander
        .until("what follows", |bo| bo.heard("rubbishy, but fine"))
        .await?;
    assert_eq!(bystander.said.len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_told_before_anyone_is_served() -> Result<()> {
    let web = tempfile::TempDir::new()?;
    fs::write(web.path().join("index.html"), "<html lang=\"ko\"></html>")?;
    let web = web.path().to_string_lossy().into_owned();
    let ended = run_relay(&[
        "serve",
        "--web",
        &web,
        "--data",
        &web,
        "--listen",
        "127.0.0.1:0",
        "--filter",
        "/nowhere",
    ])
    .await?;
    assert!(
        !ended.success && ended.errors.contains("--filter in /nowhere"),
        "{}",
        ended.errors
    );
    Ok(())
}
