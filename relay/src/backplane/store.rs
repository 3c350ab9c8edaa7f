//! A connection to Redis for what is kept there, apart from the line that carries parcels: a stall of one is none of the
//! other.
//!
//! Whoever asks waits for the answer, for a limited time. After a failure nobody tries again for a moment, so that a
//! Redis that is away costs each asker nothing.

use std::{
    sync::PoisonError,
    time::{Duration, Instant},
};

use redis::{AsyncConnectionConfig, Client, RedisError, aio::MultiplexedConnection};
use tokio::sync::Mutex;

/// How long Redis may take for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);

/// How long after a failure nobody tries again.
const REST: Duration = Duration::from_millis(300);

/// The connection, made when it is needed.
pub struct Store {
    client: Client,
    connection: Mutex<Option<MultiplexedConnection>>,
    failed: std::sync::Mutex<Option<Instant>>,
}

impl Store {
    /// For the Redis at an address. It connects when first asked.
    pub fn new(url: &str) -> Result<Self, RedisError> {
        Ok(Self {
            client: Client::open(url)?,
            connection: Mutex::new(None),
            failed: std::sync::Mutex::new(None),
        })
    }

    /// Asks with a connection, once; an answer that shows that the connection is lost makes the next one new.
    pub(super) async fn ask<T, F>(
        &self,
        ask: impl FnOnce(MultiplexedConnection) -> F,
    ) -> Result<T, RedisError>
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

    async fn connection(&self) -> Result<MultiplexedConnection, RedisError> {
        let mut connection = self.connection.lock().await;
        if let Some(connection) = connection.as_ref() {
            return Ok(connection.clone());
        }
        if self.failed().is_some_and(|at| at.elapsed() < REST) {
            return Err(std::io::Error::from(std::io::ErrorKind::NotConnected).into());
        }
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER_WITHIN))
            .set_response_timeout(Some(ANSWER_WITHIN));
        let made = self
            .client
            .get_multiplexed_async_connection_with_config(&config)
            .await?;
        Ok(connection.insert(made).clone())
    }

    fn failed(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        // Nothing under this lock can leave it half-changed.
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
