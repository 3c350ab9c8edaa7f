//! The relay's WebSocket keeps to RFC 6455: Autobahn's cases against an echo that stands on the same code and settings as
//! `/ws`, and is served by tests only.
//!
//! `cargo xtask test` installs the suite and names its directory in `KOSOKU`.

use std::{process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    extract::{
        WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
    routing::get,
};
use tempfile::TempDir;
use tokio::{net::TcpListener, process::Command, time::timeout};

/// Not asked of a relay: messages larger than it reads (9), compression (12, 13).
const LEFT_OUT: [&str; 3] = ["9.*", "12.*", "13.*"];

/// How long all cases may take together.
const LIMIT: Duration = Duration::from_mins(3);

async fn upgrade(socket: WebSocketUpgrade) -> Response {
    relay::socket::limit(socket).on_upgrade(echo)
}

async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.recv().await {
        if matches!(message, Message::Text(_) | Message::Binary(_)) && socket.send(message).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn websockets_keep_to_their_standard() -> Result<()> {
    let Some(suite) = std::env::var_os("KOSOKU") else {
        println!("skipped: KOSOKU names no directory; cargo xtask test sets it");
        return Ok(());
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let serving =
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/", get(upgrade))).await });

    let reports = TempDir::new()?;
    let mut kosoku = Command::new("python3");
    kosoku
        .args([
            "-c",
            "from kosoku._cli import main; main()",
            "--parallelism",
            "8",
            "--outdir",
        ])
        .arg(reports.path())
        .args(LEFT_OUT.iter().flat_map(|cases| ["--exclude", cases]))
        .arg(address.to_string())
        .env("PYTHONPATH", suite)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let output = timeout(LIMIT, kosoku.output())
        .await
        .context("the cases do not end")??;
    serving.abort();
    let (told, errors) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    ensure!(output.status.success(), "{errors}\n{told}");
    let passed = told
        .lines()
        .find_map(|line| line.strip_suffix(" cases passed")?.parse::<u32>().ok());
    println!("{}", told.trim());
    // So many there are in the other groups.
    ensure!(passed.is_some_and(|passed| passed > 200), "{told}");
    Ok(())
}
