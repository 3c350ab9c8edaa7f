//! Puts the parts together, listens, and stops in order.

use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow};
use shared::protocol::Source;
use tokio::{
    net::TcpListener,
    time::{interval, timeout},
};

use crate::{
    accept,
    app::App,
    backplane::{Backplane, LocalHub, RedisBackplane, Store, StoredLedger, StoredSeats},
    city::{self, Pack},
    clock::Clock,
    drain::{self, Drain},
    filter::Filter,
    gather,
    http::{self, Site},
    ledger::Ledger,
    locales::Locales,
    metrics::Metrics,
    options::ServeOptions,
    reports::Reports,
    room::Surroundings,
    rooms::Rooms,
    seats::Seats,
    session::{self, TicketKey},
    socket::Gate,
    translator::Translator,
};

/// How long requests may take that are being answered when everyone has gone.
const ANSWERED_WITHIN: Duration = Duration::from_secs(1);

/// How often limits forget those who kept within them.
const TIDY_EVERY: Duration = Duration::from_mins(1);

/// Bytes that the kernel may hold unsent for a connection: more would only make what a slow client sees older.
const UNSENT_BYTES: u32 = 32 << 10;

/// Connections that load files, beside one for each visitor who is about to come in; what comes beyond them waits.
const PLAIN_CONNECTIONS: u32 = 1_000;

/// Connections that may wait to be accepted: a thousand joins within a second are no attack.
const BACKLOG: i32 = 4_096;

/// Serves until the process is asked to stop.
pub fn run(options: ServeOptions) -> anyhow::Result<()> {
    let clock = Clock::default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .on_thread_park(move || gather::pause(&clock))
        .build()
        .context("the system gives no threads")?;
    runtime.block_on(serve(options))
}

async fn serve(options: ServeOptions) -> anyhow::Result<()> {
    let began = Instant::now();
    // Everything that can be wrong is found before anyone is served.
    let pack = city::load(&options.city)?;
    let fallback = pack.city.languages.first().map_or("en", String::as_str);
    let locales = Arc::new(Locales::new(&pack.texts, fallback));
    let filter = Filter::load(&pack, options.filter.as_deref())?;
    let site = Site::new(&options, &pack, &locales)?;
    let translator = Translator::new(&options)?;
    let metrics = Metrics::default();
    let Joined {
        source,
        backplane,
        key,
        ledger,
        seats,
    } = join(&options, &pack, &metrics).await?;
    // Last, since whoever finds a relay that listens may count on all the rest.
    let listener = listen(options.listen)?;

    let (drain, watch) = Drain::new(&options);
    let app = assemble(
        &options,
        pack,
        site,
        locales,
        filter,
        translator,
        reports(&options),
        source,
        backplane,
        key,
        ledger,
        seats,
        metrics,
        watch.clone(),
    );
    tokio::spawn(tidy(app.clone()));
    tracing::info!(
        listen = %options.listen, relay = source.relay, epoch = source.epoch, took = ?began.elapsed(), "serving"
    );
    println!("Metaverse {}: http://{}", app.city.id, options.listen);

    app.metrics.capacity.set(i64::from(options.capacity));
    let most = options.capacity.saturating_add(PLAIN_CONNECTIONS);
    let gate = app.clone();
    let counts = move |peer| gate.gate.counts(peer);
    let server = tokio::spawn(accept::serve(
        listener,
        http::router(app.clone()),
        most,
        watch,
        counts,
    ));

    asked_to_stop().await?;
    tracing::info!(
        visitors = app.gate.inside(),
        "draining: every client is told to connect again"
    );
    drain.empty(&app).await;
    match timeout(ANSWERED_WITHIN, server).await {
        Ok(Ok(())) => {}
        Ok(Err(panicked)) => return Err(anyhow!("serving failed: {panicked}")),
        Err(_) => tracing::warn!("some requests were not answered"),
    }
    tracing::info!("stopped");
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "the one place where the parts meet")]
fn assemble(
    options: &ServeOptions,
    pack: Pack,
    site: Site,
    locales: Arc<Locales>,
    filter: Filter,
    translator: Option<Translator>,
    reports: Reports,
    source: Source,
    backplane: Arc<dyn Backplane>,
    key: TicketKey,
    ledger: Ledger,
    seats: Seats,
    metrics: Metrics,
    drain: drain::Watch,
) -> Arc<App> {
    let around = Surroundings {
        source,
        periods: options.periods(),
        clock: Clock::default(),
        backplane,
        key: key.clone(),
        directory: Arc::default(),
        locales: locales.clone(),
        levers: Arc::default(),
        desk: Arc::default(),
        filter: Arc::new(filter),
        reports,
        ledger,
        seats,
        metrics: metrics.clone(),
    };
    let rooms = Rooms::new(&pack.city.places, around);
    Arc::new(App {
        city: pack.city,
        rooms,
        site,
        gate: Gate::new(options, metrics.connections.clone()),
        key,
        locales,
        metrics,
        translator,
        drain,
    })
}

/// What this relay shares with the others, or has for itself.
struct Joined {
    source: Source,
    backplane: Arc<dyn Backplane>,
    key: TicketKey,
    ledger: Ledger,
    seats: Seats,
}

/// Joins the other relays, or stays alone.
async fn join(options: &ServeOptions, pack: &Pack, metrics: &Metrics) -> anyhow::Result<Joined> {
    let random = getrandom::u32().map_err(|error| anyhow!("the system gives no random numbers: {error}"))?;
    let epoch = epoch(random);
    if let Some(url) = &options.redis {
        let joined = RedisBackplane::join(url, epoch, metrics.clone()).await?;
        let store = Arc::new(Store::new(url)?);
        let company = joined.backplane.company();
        return Ok(Joined {
            source: joined.source,
            backplane: Arc::new(joined.backplane),
            ledger: Ledger::shared(
                StoredLedger::new(store.clone(), joined.key.clone()),
                company.clone(),
                Clock::default(),
            ),
            seats: Seats::shared(StoredSeats::new(store), pack.city.clone(), company),
            key: joined.key,
        });
    }
    let data = match &options.data {
        Some(data) => data.clone(),
        None => default_data()?,
    };
    metrics.backplane_up.set(1);
    let source = Source { relay: 1, epoch };
    Ok(Joined {
        source,
        backplane: Arc::new(LocalHub::default()),
        key: session::load_or_create(&data)?,
        ledger: Ledger::alone(),
        seats: Seats::alone(),
    })
}

/// Where this relay keeps reports. Without a directory for them it serves all the same, and tells whoever reports someone.
fn reports(options: &ServeOptions) -> Reports {
    let data = options.data.clone().map_or_else(default_data, Ok);
    let opened = data.and_then(|data| {
        Reports::open(&data).with_context(|| format!("cannot keep reports in {}", data.display()))
    });
    opened.unwrap_or_else(|error| {
        tracing::warn!("reports of visitors cannot be kept: {error:#}");
        Reports::default()
    })
}

/// The number of this relay's life: small enough for two bytes of every frame, and never 0.
fn epoch(random: u32) -> u16 {
    const LARGEST: u32 = 0x3FFF;
    (random % LARGEST) as u16 + 1
}

/// Where a relay keeps what must outlive it, by the XDG base directories.
pub(crate) fn default_data() -> anyhow::Result<PathBuf> {
    let set = |name| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("XDG_STATE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local/state")))
        .map(|state| state.join("metaverse-seoul"))
        .ok_or_else(|| {
            anyhow!("neither XDG_STATE_HOME nor HOME is set: name a directory with --data (or RELAY_DATA)")
        })
}

fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let bind = || -> io::Result<TcpListener> {
        let socket =
            socket2::Socket::new(socket2::Domain::for_address(address), socket2::Type::STREAM, None)?;
        socket.set_reuse_address(true)?;
        #[cfg(target_os = "linux")]
        socket.set_tcp_notsent_lowat(UNSENT_BYTES)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        socket.listen(BACKLOG)?;
        TcpListener::from_std(socket.into())
    };
    bind().map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => anyhow!(
            "{address} is in use by another program: stop it, or choose another port with --listen (or RELAY_LISTEN)"
        ),
        io::ErrorKind::PermissionDenied => {
            anyhow!("may not listen on {address}: ports below 1024 need a right; choose another with --listen")
        }
        _ => anyhow!("cannot listen on {address}: {error}; choose another address with --listen (or RELAY_LISTEN)"),
    })
}

async fn tidy(app: Arc<App>) {
    let mut ticks = interval(TIDY_EVERY);
    loop {
        ticks.tick().await;
        app.gate.tidy();
    }
}

/// Waits for SIGTERM or Ctrl-C.
async fn asked_to_stop() -> anyhow::Result<()> {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
            .context("cannot listen for SIGTERM")?;
        tokio::select! {
            interrupted = interrupted => interrupted.context("cannot listen for Ctrl-C")?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    interrupted.await.context("cannot listen for Ctrl-C")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use shared::{
        cell::{Encoder, HEARTBEAT_TICKS, StreamId},
        protocol::{Stance, VisitorId},
        space::{Cell, DEEPEST, Point},
    };

    use super::*;
    use crate::backplane::relay_number;

    #[test]
    fn a_heartbeat_of_any_relay_takes_at_most_eight_bytes() {
        for (number, random) in [(1, 0), (126, 0x3FFE), (127, 0x3FFF), (u64::MAX, u32::MAX)] {
            let source = Source {
                relay: relay_number(number),
                epoch: epoch(random),
            };
            assert!(source.relay > 0 && source.epoch > 0);
            let mut stream = Encoder::new(StreamId {
                source,
                cell: Cell::at(Point::new(-700_000, 700_000), DEEPEST),
                ..StreamId::default()
            });
            let inside = [(VisitorId(1), Stance::default())];
            assert!(stream.frame(0, &inside).is_some());
            let heartbeat = stream.heartbeat(HEARTBEAT_TICKS).unwrap();
            assert!(heartbeat.len() <= 8, "{source:?}: {}", heartbeat.len());
        }
    }
}
