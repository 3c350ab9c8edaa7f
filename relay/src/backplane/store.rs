//! A connection to Redis for what is kept there, apart from the line that carries parcels: a stall of one is none of the
//! other.
//!
//! Whoever asks waits for the answer, for a limited time. After a failure nobody tries again for a moment, so that a
//! Redis that is away costs each asker nothing.

use std::{
    sync::PoisonError,
    time::{Duration, Instant},
};

use redis::RedisError;
use tokio::sync::Mutex;

use super::link::{Connection, Link};

/// How long Redis may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// How long after a failure nobody tries again.
const REST: Duration = Duration::from_millis(300);

/// The connection, made when it is needed.
pub struct Store {
    link: Link,
    connection: Mutex<Option<Connection>>,
    failed: std::sync::Mutex<Option<Instant>>,
}

impl Store {
    /// For the Redis at an address. It connects when first asked.
    pub fn new(url: &str) -> Result<Self, RedisError> {
        Ok(Self {
            link: Link::new(url, ANSWER_WITHIN, |_| {})?,
            connection: Mutex::new(None),
            failed: std::sync::Mutex::new(None),
        })
    }

    /// Asks with a connection, once; an answer that shows that the connection is lost makes the next one new.
    pub(super) async fn ask<T, F>(&self, ask: impl FnOnce(Connection) -> F) -> Result<T, RedisError>
    where
        F: Future<Output = Result<T, RedisError>>,
    {
        let answer = match self.connection().await {
            Ok(connection) => ask(connection).await,
            Err(error) => Err(error),
        };
        if let Err(error) = &answer {
            // An answer that is an error came over a sound connection.
            if error.is_io_error() || error.is_timeout() || error.is_connection_dropped() {
                *self.connection.lock().await = None;
                *self.failed() = Some(Instant::now());
            }
        }
        answer
    }

    async fn connection(&self) -> Result<Connection, RedisError> {
        let mut connection = self.connection.lock().await;
        if let Some(connection) = connection.as_ref() {
            return Ok(connection.clone());
        }
        if self.failed().is_some_and(|at| at.elapsed() < REST) {
            return Err(std::io::Error::from(std::io::ErrorKind::NotConnected).into());
        }
        let made = self.link.connect().await?;
        Ok(connection.insert(made).clone())
    }

    fn failed(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        // Nothing under this lock can leave it half-changed.
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
