//! Reports: on the disk of the relay before the reporter is told, with what was said, and readable by its operator.

use std::fs;

use anyhow::{Context as _, Result};
use cluster::{Redis, Relay, Start, Visitor, run_relay};
use serde_json::Value;
use shared::protocol::{ClientMessage, Notice, Reach, VisitorId};

async fn report(reporter: &mut Visitor, visitor: VisitorId) -> Result<()> {
    reporter.send(&ClientMessage::Report { visitor }).await
}

async fn is_told(visitor: &mut Visitor, notice: Notice) -> Result<()> {
    visitor
        .until("the answer", |visitor| visitor.notices.contains(&notice))
        .await
}

fn kept(relay: &Relay) -> Result<Vec<Value>> {
    let text = fs::read_to_string(relay.data().join("reports.jsonl")).context("no file of reports")?;
    let lines = text.lines().map(serde_json::from_str);
    Ok(lines.collect::<Result<_, _>>()?)
}

#[tokio::test]
async fn a_report_is_kept_with_the_last_lines_and_its_operator_can_read_it() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    let mut eve = Visitor::arrive(&relay, "이브").await?;
    eve.say(Reach::Place, "go away").await?;
    ana.until("she hears it", |ana| ana.heard("go away")).await?;
    ana.say(Reach::Near, "please stop").await?;
    ana.until("her receipt", |ana| ana.heard("please stop")).await?;
    report(&mut ana, eve.id()).await?;
    is_told(&mut ana, Notice::Reported).await?;

    let reports = kept(&relay)?;
    let [report] = reports.as_slice() else {
        panic!("{reports:?}");
    };
    assert_eq!(
        (&report["by"]["name"], &report["about"]["name"]),
        (&"Ana".into(), &"이브".into())
    );
    assert_eq!(report["about"]["visitor"], eve.id().0.to_string());
    assert_eq!(
        (&report["place"], &report["channel"]),
        (&"downtown".into(), &1.into())
    );
    let said: Vec<&str> = report["lines"]
        .as_array()
        .context("no lines")?
        .iter()
        .filter_map(|line| line["text"].as_str())
        .collect();
    assert_eq!(said, ["go away", "please stop"]);
    assert!(
        eve.notices.is_empty(),
        "whoever is reported is told nothing: {:?}",
        eve.notices
    );

    let data = relay.data().to_string_lossy().into_owned();
    let printed = run_relay(&["reports", "--data", &data, "--since", "1h"]).await?;
    assert!(printed.success, "{}", printed.errors);
    for told in [
        "이브",
        "Ana",
        "downtown, 1",
        "이브 (to all): go away",
        "Ana: please stop",
    ] {
        assert!(printed.output.contains(told), "{told} in {}", printed.output);
    }
    let printed = run_relay(&["reports", "--data", &data, "--since", "2999-01-01"]).await?;
    assert!(printed.success && printed.output.is_empty(), "{}", printed.output);
    Ok(())
}

#[tokio::test]
async fn nobody_reports_without_end_nor_someone_who_was_never_here() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    let eve = Visitor::arrive(&relay, "Eve").await?;
    report(&mut ana, VisitorId(12_345)).await?;
    is_told(&mut ana, Notice::NotHere).await?;
    for _ in 0..3 {
        report(&mut ana, eve.id()).await?;
    }
    is_told(&mut ana, Notice::ReportedEnough).await?;
    ana.until("both answers", |ana| {
        let told = ana.notices.iter().filter(|notice| **notice == Notice::Reported);
        told.count() == 2
    })
    .await?;
    assert_eq!(kept(&relay)?.len(), 2);
    Ok(())
}

#[tokio::test]
async fn whoever_is_on_another_relay_is_reported_at_the_reporters_own() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let mut ana = Visitor::arrive(&one, "Ana").await?;
    let mut eve = Visitor::arrive(&two, "Eve").await?;
    let id = eve.id();
    ana.until("Ana knows Eve", |ana| ana.names.contains_key(&id))
        .await?;
    eve.say(Reach::Place, "go away").await?;
    ana.until("she hears it", |ana| ana.heard("go away")).await?;
    report(&mut ana, id).await?;
    is_told(&mut ana, Notice::Reported).await?;
    let reports = kept(&one)?;
    assert_eq!(
        (&reports[0]["about"]["name"], &reports[0]["lines"][0]["text"]),
        (&"Eve".into(), &"go away".into())
    );
    assert!(kept(&two).is_ok_and(|reports| reports.is_empty()));
    Ok(())
}

#[tokio::test]
async fn a_relay_that_can_keep_no_reports_serves_all_the_same_and_says_so() -> Result<()> {
    let redis = Redis::start().await?;
    let file = tempfile::NamedTempFile::new()?;
    let nowhere = file.path().to_string_lossy().into_owned();
    let relay = Relay::start(
        Start::on(&redis)
            .environment("RELAY_DATA", &nowhere)
            .without_data(),
    )
    .await?;
    let mut ana = Visitor::arrive(&relay, "Ana").await?;
    let eve = Visitor::arrive(&relay, "Eve").await?;
    report(&mut ana, eve.id()).await?;
    is_told(&mut ana, Notice::NotReported).await
}
