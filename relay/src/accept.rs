//! Accepts connections and serves HTTP on each.
//!
//! In: a listener and the routes. Out: answers, until the relay stops; then no connection is accepted any more and those
//! that are open end with their answer. A connection that became a WebSocket is no longer counted here: its gate counts
//! it. It knows nothing of what is served.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    extract::{ConnectInfo, Request},
};
use hyper::{
    server::conn::http1,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};

use crate::{crowds::Crowds, drain::Watch};

/// How long a client may take for the headers of a request, and be silent between two requests.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Pause after the system gave no connection, as when there are too many open files.
const PAUSE: Duration = Duration::from_millis(200);

/// How long a connection may last that does not become a WebSocket: time for the largest file on the slowest line. Whoever
/// asks and never reads the answer holds a place until then.
const LASTS: Duration = Duration::from_mins(5);

/// Serves until told to stop, at most `most` connections at once: others wait to be accepted. No more than half of the
/// places go to one address, as `counts` counts them; beyond, its connections are ended at once.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    most: u32,
    drain: Watch,
    counts: impl Fn(SocketAddr) -> Option<IpAddr>,
) {
    let places = Arc::new(Semaphore::new(most as usize));
    let crowds = Crowds::default();
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = drain.closed() => break,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let address = counts(peer);
                if address.is_some_and(|address| crowds.at(address) >= most / 2) {
                    tracing::debug!(%peer, "too many connections from one address");
                    continue;
                }
                let member = address.map(|address| crowds.join(address));
                let served = serve_one(stream, peer, routes.clone(), drain.clone());
                tokio::spawn(async move {
                    served.await;
                    drop((place, member));
                });
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    // Every connection gives its place back when it ends. The semaphore is never closed: this cannot fail.
    let _ = places.acquire_many(most).await;
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = places.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, place))
}

async fn serve_one(stream: TcpStream, peer: SocketAddr, routes: Router, drain: Watch) {
    // Motion is many small messages: none should wait for the next.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.call(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = sleep(LASTS) => {
            tracing::debug!(%peer, "a connection was ended that had lasted too long");
            return;
        }
        () = drain.closed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, %peer, "a connection broke");
    }
}
