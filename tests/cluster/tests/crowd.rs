//! A host's rehearsal against real relays.

use std::{
    path::PathBuf,
    process::Stdio,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, ensure};
use cluster::{Redis, Relay, Start};
use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    process::Command,
    time::timeout,
};

/// The crowd's program, freshly built.
async fn program() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "crowd"])
        .status()
        .await?;
    ensure!(built.success(), "building the crowd: {built}");
    // This test's own program lies in <target>/<profile>/deps.
    let own = std::env::current_exe()?;
    Ok(own
        .ancestors()
        .nth(3)
        .context("no target directory")?
        .join("debug/crowd"))
}

/// Rehearses with thirty visitors who all check everything, and reads the figures.
async fn rehearse(relays: &[&Relay], further: &[&str]) -> Result<(Value, String)> {
    let home = TempDir::new()?;
    let json = home.path().join("figures.json");
    let city = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/cities/seoul");
    let mut command = Command::new(program().await?);
    command
        .args([
            "--visitors",
            "30",
            "--checkers",
            "30",
            "--seconds",
            "3",
            "--processes",
            "2",
        ])
        .args(further)
        .arg("--city")
        .arg(city)
        .arg("--json")
        .arg(&json)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    for relay in relays {
        command.args(["--url", &relay.socket_url()]);
    }
    let output = timeout(Duration::from_secs(90), command.output())
        .await
        .context("the rehearsal does not end")??;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok((serde_json::from_str(&std::fs::read_to_string(json)?)?, said))
}

fn assert_all_was_right(figures: &Value, said: &str) {
    assert_eq!(figures["inside"], 30, "{said}");
    for what in ["missing", "ghosts", "misplaced", "nameless", "others"] {
        assert_eq!(figures["findings"][what], 0, "{what}: {said}");
    }
    assert_eq!(figures["findings"]["checkers"], 30);
    assert_eq!(figures["findings"]["expected"], 30 * 30);
    for what in ["gaps", "strange", "corrected"] {
        assert_eq!(figures["faults"][what], 0, "{what}: {said}");
    }
    for what in ["closed", "errors"] {
        assert_eq!(figures["faults"][what], serde_json::json!({}), "{what}: {said}");
    }
    // A busy machine makes the figures void, and the crowd says so; otherwise they are sound.
    let is_void = figures["void"]
        .as_array()
        .is_some_and(|reasons| !reasons.is_empty());
    assert_eq!(figures["sound"], !is_void, "{said}");
    assert_eq!(said.contains("VOID"), is_void, "{said}");
    assert_eq!(said.contains("Everything was right."), !is_void, "{said}");
}

#[tokio::test]
async fn a_small_crowd_sees_everyone_and_says_so() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let (figures, said) = rehearse(&[&relay], &["--scene", "walk"]).await?;
    assert_all_was_right(&figures, &said);
    let near = &figures["rates"][0];
    assert_eq!(near["rate"], "near");
    // Everyone is near everyone: thirty readers of thirty walkers, fifteen times a second.
    let due = 30.0 * 30.0 * 15.0;
    let came = near["updates_per_second"].as_f64().context("updates")?;
    assert!((0.5 * due..1.1 * due).contains(&came), "{came} of {due}: {said}");
    assert!(near["age_ms"]["p50"].as_f64().context("ages")? > 0.0);
    Ok(())
}

#[tokio::test]
async fn a_crowd_over_two_relays_sees_everyone() -> Result<()> {
    let redis = Redis::start().await?;
    let (one, two) = (
        Relay::start(Start::on(&redis)).await?,
        Relay::start(Start::on(&redis)).await?,
    );
    let (figures, said) = rehearse(&[&one, &two], &["--scene", "mixed", "--spot", "all"]).await?;
    assert_all_was_right(&figures, &said);
    Ok(())
}

#[tokio::test]
async fn a_part_stays_until_all_have_looked_around() -> Result<()> {
    let relay = Relay::start(Start::alone()).await?;
    let city = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets/cities/seoul");
    let mut part = Command::new(program().await?)
        .arg("--part")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut orders = part.stdin.take().context("no input")?;
    let mut reports = BufReader::new(part.stdout.take().context("no output")?).lines();
    let begin_ms = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as u64;
    let url = relay.socket_url();
    let address = url.trim_start_matches("ws://").trim_end_matches("/ws");
    let server = serde_json::json!({ "url": url, "host": address, "path": "/ws", "address": address });
    let assignment = serde_json::json!({
        "part": 0, "parts": 1, "servers": [server], "visitors": 3, "checkers": 3,
        "light": false, "seed": 1, "scene": "walk", "city": city, "place": null, "spots": [],
        "begin_ms": begin_ms, "join_per_second": 100.0,
    });
    let count = serde_json::json!({ "Count": { "from_ms": 2_000, "to_ms": 3_000 } });
    orders
        .write_all(format!("{assignment}\n{count}\n").as_bytes())
        .await?;
    let mut hear = async |kind: &str| -> Result<Value> {
        loop {
            let line = timeout(Duration::from_secs(30), reports.next_line()).await??;
            let report: Value = serde_json::from_str(&line.context("the part has gone")?)?;
            if let Some(report) = report.get(kind) {
                return Ok(report.clone());
            }
        }
    };
    let check = serde_json::json!({ "Check": hear("Present").await? });
    orders.write_all(format!("{check}\n").as_bytes()).await?;
    assert_eq!(hear("Done").await?["inside"], 3);
    assert_eq!(hear("Progress").await?["inside"], 3);
    orders.write_all(b"\"End\"\n").await?;
    ensure!(timeout(Duration::from_secs(30), part.wait()).await??.success());
    Ok(())
}

#[tokio::test]
async fn a_relay_that_lets_nobody_in_is_told_with_its_reason() -> Result<()> {
    let relay = Relay::start(Start::alone().with("--capacity", "10")).await?;
    let (figures, said) = rehearse(&[&relay], &["--join-per-second", "500"]).await?;
    assert_eq!(figures["sound"], false);
    assert_eq!(figures["inside"], 10, "{said}");
    assert_eq!(figures["faults"]["closed"]["full"], 20, "{said}");
    assert!(said.contains("raise the relay's --capacity"), "{said}");
    Ok(())
}
