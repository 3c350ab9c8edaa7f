//! The relay's WebSocket keeps to RFC 6455: Autobahn's cases against an echo that stands on the same code and settings as
//! `/ws`, and is served by tests only.
//!
//! `cargo xtask test` installs the suite and names its directory in `KOSOKU`.

use std::{process::Stdio, time::Duration};

use anyhow::{Context, Result, ensure};
use axum::{Router, extract::Request, response::Response, routing::get};
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use relay::{
    metrics::Sent,
    socket::{WebSocket, shake_hands},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, process::Command, time::timeout};
use tokio_tungstenite::tungstenite::Message;

/// Not asked of a relay: messages larger than it reads (9), compression (12, 13).
const LEFT_OUT: [&str; 3] = ["9.*", "12.*", "13.*"];

/// How long all cases may take together.
const LIMIT: Duration = Duration::from_mins(3);

async fn upgrade(request: Request) -> Response {
    shake_hands(request, None, Sent::default(), echo)
}

async fn echo(mut socket: Box<WebSocket>) {
    while let Ok(message) = socket.recv().await {
        if matches!(message, Message::Text(_) | Message::Binary(_)) {
            socket.send(message);
        }
        if socket.outbox().write_all().await.is_err() {
            return;
        }
    }
    // What ended it is answered, too.
    let _ = socket.outbox().write_all().await;
}

async fn serve(listener: TcpListener) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let routes = TowerToHyperService::new(Router::new().route("/", get(upgrade)));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), routes);
        tokio::spawn(connection.with_upgrades());
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
    let serving = tokio::spawn(serve(listener));

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
