//! Starting, refusing to start, and stopping.

use std::{fs, time::Duration};

use anyhow::Result;
use cluster::{Closed, Redis, Relay, Start, Visitor, run_relay};
use shared::protocol::CloseReason;
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// A directory with a page, for relays that get that far.
fn web() -> Result<TempDir> {
    let web = TempDir::new()?;
    fs::write(web.path().join("index.html"), "<html lang=\"ko\"></html>")?;
    Ok(web)
}

async fn refuses_to_serve(further: &[&str]) -> Result<String> {
    let web = web()?;
    let web = web.path().to_string_lossy().into_owned();
    let mut arguments = vec!["serve", "--web", &web, "--data", &web];
    arguments.extend(further);
    if !further.contains(&"--listen") {
        arguments.extend(["--listen", "127.0.0.1:0"]);
    }
    let finished = run_relay(&arguments).await?;
    assert!(!finished.success);
    Ok(finished.errors)
}

#[tokio::test]
async fn a_relay_that_stops_says_good_bye_and_ends_well() -> Result<()> {
    let mut relay = Relay::start(Start::alone()).await?;
    let mut visitor = Visitor::arrive(&relay, "Ana").await?;
    assert!(relay.get("/readyz").await?.starts_with("HTTP/1.1 200"));
    relay.terminate().await?;
    visitor
        .until("the good-bye", |v| {
            v.closed == Some(Closed::Reason(CloseReason::Draining))
        })
        .await?;
    drop(visitor);
    assert!(relay.ended().await?);
    Ok(())
}

#[tokio::test]
async fn visitors_of_a_stopping_relay_go_on_at_another_and_others_see_no_flicker() -> Result<()> {
    let redis = Redis::start().await?;
    let (mut one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let mut moving = Visitor::arrive(&one, "Ana").await?;
    let mut bystander = Visitor::arrive(&two, "Bo").await?;
    let id = moving.id();
    bystander
        .until("Bo sees Ana", |b| b.seen.contains_key(&id))
        .await?;
    one.terminate().await?;
    moving.until("the good-bye", |v| v.closed.is_some()).await?;
    let hello = shared::protocol::Hello {
        ticket: moving.ticket.clone(),
        ..cluster::hello("Ana")
    };
    drop(moving);
    let again = Visitor::enter(&two, hello).await?;
    assert!(again.welcome.resumed && again.id() == id);
    assert!(one.ended().await?);
    bystander.watch_for(Duration::from_secs(3)).await?;
    assert!(bystander.seen.contains_key(&id) && !bystander.gone.contains(&id));
    Ok(())
}

#[tokio::test]
async fn a_request_that_is_never_finished_is_given_up() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut stream = TcpStream::connect(relay.host()).await?;
    stream.write_all(b"GET / HTTP/1.1\r\nHost: ").await?;
    let mut answer = Vec::new();
    let ended = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "the connection is still open");
    Ok(())
}

#[tokio::test]
async fn whoever_opens_more_connections_than_there_are_keeps_nobody_out() -> Result<()> {
    // Beside the visitor's there are a thousand places.
    let relay = Relay::start(Start::alone().with("--capacity", "1")).await?;
    let host = relay.host().parse()?;
    let mut held = Vec::new();
    for _ in 0..1_100 {
        let socket = TcpSocket::new_v4()?;
        socket.bind("127.0.0.2:0".parse()?)?;
        held.push(socket.connect(host).await?);
    }
    // Sooner than the first of those silent ones is given up.
    let page = timeout(Duration::from_secs(5), relay.get("/healthz")).await??;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    drop(held);
    Ok(())
}

#[tokio::test]
async fn a_busy_port_is_named_with_its_cure() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let errors = refuses_to_serve(&["--listen", &relay.host()]).await?;
    assert!(
        errors.contains(&relay.host()) && errors.contains("in use") && errors.contains("--listen"),
        "{errors}"
    );
    Ok(())
}

#[tokio::test]
async fn a_wrong_redis_address_is_named_with_its_cure() -> Result<()> {
    let errors = refuses_to_serve(&["--redis", "redis//oops"]).await?;
    assert!(
        errors.contains("redis//oops") && errors.contains("redis://127.0.0.1:6379"),
        "{errors}"
    );
    let errors = refuses_to_serve(&["--redis", "redis://me:secret@127.0.0.1:1"]).await?;
    assert!(
        errors.contains("127.0.0.1:1") && errors.contains("--redis"),
        "{errors}"
    );
    assert!(!errors.contains("secret"), "{errors}");
    Ok(())
}

#[tokio::test]
async fn a_missing_bundle_is_named_with_its_cure() -> Result<()> {
    let finished = run_relay(&["serve", "--web", "/nowhere", "--listen", "127.0.0.1:0"]).await?;
    assert!(
        finished.errors.contains("/nowhere") && finished.errors.contains("trunk build"),
        "{}",
        finished.errors
    );
    Ok(())
}

#[tokio::test]
async fn a_data_directory_that_cannot_be_written_is_named_with_its_cure() -> Result<()> {
    let web = web()?;
    let web = web.path().to_string_lossy().into_owned();
    // A file where the directory should be: refused to everyone, the superuser too.
    let data = format!("{web}/index.html");
    let finished = run_relay(&["serve", "--web", &web, "--data", &data, "--listen", "127.0.0.1:0"]).await?;
    assert!(!finished.success);
    assert!(
        finished.errors.contains(&data) && finished.errors.contains("--data"),
        "{}",
        finished.errors
    );
    Ok(())
}

#[tokio::test]
async fn a_broken_city_is_refused_with_file_and_line() -> Result<()> {
    let pack = TempDir::new()?;
    fs::write(pack.path().join("manifest.json"), "{\n  \"id\": 7\n}")?;
    let dir = pack.path().to_string_lossy().into_owned();
    let checked = run_relay(&["city", "check", &dir]).await?;
    assert!(!checked.success);
    assert!(checked.errors.contains("manifest.json:"), "{}", checked.errors);
    let errors = refuses_to_serve(&["--city", &dir]).await?;
    assert!(errors.contains("manifest.json:"), "{errors}");
    let errors = refuses_to_serve(&["--city", "/nowhere"]).await?;
    assert!(
        errors.contains("/nowhere") && errors.contains("--city"),
        "{errors}"
    );
    Ok(())
}

#[tokio::test]
async fn the_page_carries_the_first_screen_and_a_strict_policy() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let _visitor = Visitor::arrive(&relay, "Ana").await?;
    let page = relay.get("/downtown/seoul-plaza?lang=en&lang=ko").await?;
    assert!(
        page.contains("<title>Seoul Plaza · Metaverse Seoul</title>"),
        "{page}"
    );
    let head = page.split("\r\n\r\n").next().unwrap_or_default();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert!(
        head.contains("default-src 'none'") && head.contains("x-content-type-options: nosniff"),
        "{head}"
    );
    assert!(
        page.contains("lang=\"en\"") && page.contains("One person is here<"),
        "{page}"
    );
    // What a messenger shows of the link.
    assert!(
        page.contains("<meta property=\"og:title\" content=\"Seoul Plaza\">")
            && page.contains("<meta property=\"og:description\" content=\"The oval lawn"),
        "{page}"
    );
    // The texts of the interface and of the city; the city itself would share the line with what the page waits for.
    assert_eq!(page.matches("rel=\"preload\" as=\"fetch\"").count(), 2, "{page}");
    assert!(page.contains(r#"["ko","한국어"],["en","English"]"#), "{page}");
    assert!(page.contains("<svg class=\"first-picture\"") && page.contains("\"spot\":\"seoul-plaza\""));
    assert!(relay.get("/nowhere").await?.starts_with("HTTP/1.1 404"));
    assert!(relay.get("/../../etc/passwd").await?.starts_with("HTTP/1.1 404"));
    Ok(())
}
