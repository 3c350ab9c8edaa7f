//! Stopping so that nobody outside sees more than a blink.
//!
//! First `/readyz` says no, so that no load balancer sends anyone here any more. Then every visitor is told to connect
//! again, each at a moment of its own, so that the other relays are not asked for all at once; the avatars stand here
//! until they are seen there. The process ends when all have gone, or have had their time.

use std::time::Duration;

use shared::protocol::CloseReason;
use tokio::{
    sync::watch,
    time::{Instant, sleep, sleep_until, timeout},
};

use crate::{app::App, options::ServeOptions, outbox::Outbox};

/// How long clients may take to close their side, and to come in at another relay, after the last was told.
const LEAVE_WITHIN: Duration = Duration::from_secs(6);

/// How often it is looked whether all have gone.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// How far a relay is with stopping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// It serves.
    Serving,
    /// It serves those who come, but asks to be sent nobody.
    Unready,
    /// It takes nobody, and moves everyone.
    Moving,
}

/// Tells how far the relay is.
#[derive(Clone, Debug)]
pub struct Watch(watch::Receiver<Stage>);

/// Decides it.
#[derive(Debug)]
pub struct Drain {
    stage: watch::Sender<Stage>,
    after: Duration,
    over: Duration,
    /// Whether there are relays that could take the visitors over.
    has_company: bool,
}

impl Drain {
    /// A relay that serves.
    pub fn new(options: &ServeOptions) -> (Self, Watch) {
        let (stage, watch) = watch::channel(Stage::Serving);
        let has_company = options.redis.is_some();
        let seconds = |given: Option<u64>, usual| {
            Duration::from_secs(given.unwrap_or(if has_company { usual } else { 0 }))
        };
        let drain = Self {
            stage,
            after: seconds(options.drain_after, 2),
            over: seconds(options.drain_over, 3),
            has_company,
        };
        (drain, Watch(watch))
    }

    /// Sends everyone away; returns when they have gone, or some are not to be waited for.
    pub async fn empty(&self, app: &App) {
        self.stage.send_replace(Stage::Unready);
        sleep(self.after).await;
        self.stage.send_replace(Stage::Moving);
        let gone = async {
            // In no order, since a directory has none.
            self.ask(app.rooms.around().directory.close()).await;
            // Avatars stand here until their visitors have come in elsewhere, and are seen there.
            while app.gate.inside() > 0 || self.has_company && app.rooms.avatars() > 0 {
                sleep(LOOK_EVERY).await;
            }
        };
        if timeout(self.over + LEAVE_WITHIN, gone).await.is_err() {
            tracing::warn!(left = app.gate.inside(), "some clients did not close their side");
        }
    }

    /// Asks everyone to connect again, one after the other.
    async fn ask(&self, everyone: Vec<Outbox>) {
        let (began, all) = (Instant::now(), everyone.len().max(1) as f64);
        // Each is let go at once: the line is closed when nobody holds its outbox.
        for (number, outbox) in everyone.into_iter().enumerate() {
            sleep_until(began + self.over.mul_f64(number as f64 / all)).await;
            outbox.end(CloseReason::Draining);
        }
    }
}

impl Watch {
    /// Whether new visitors may be sent here.
    pub fn is_ready(&self) -> bool {
        *self.0.borrow() == Stage::Serving
    }

    /// Whether nobody is taken any more.
    pub fn is_moving(&self) -> bool {
        *self.0.borrow() == Stage::Moving
    }

    /// Waits until nobody is taken any more.
    pub async fn closed(&self) {
        // An error means that whoever could say so has gone: that is the end as well.
        let _ = self.0.clone().wait_for(|stage| *stage == Stage::Moving).await;
    }
}
