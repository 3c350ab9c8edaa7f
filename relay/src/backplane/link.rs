//! Connections to a Redis or to a cluster of them, behind one face: Pub/Sub, sharded over a cluster, and commands.

use std::{collections::BTreeMap, time::Duration};

use bytes::Bytes;
use futures_util::future::try_join_all;
use redis::{
    AsyncConnectionConfig, Client, Cmd, IntoConnectionInfo as _, Pipeline, ProtocolVersion, PushInfo,
    RedisError, RedisFuture, Value,
    aio::{AsyncPushSender, ConnectionLike, MultiplexedConnection},
    cluster::ClusterClient,
    cluster_async::ClusterConnection,
};

/// The addresses of a cluster's nodes begin with this: `redis+cluster://HOST:PORT,HOST:PORT`.
const CLUSTER: &str = "redis+cluster://";

/// How to reach Redis.
pub(super) enum Link {
    /// One.
    Single(Box<(Client, AsyncConnectionConfig)>),
    /// A cluster.
    Cluster(Box<ClusterClient>),
}

/// A connection. Clones share it.
#[derive(Clone)]
pub(super) enum Connection {
    /// To one.
    Single(MultiplexedConnection),
    /// To a cluster.
    Cluster(ClusterConnection),
}

impl Link {
    /// Understands an address. What Redis pushes on any connection goes to `ears`.
    pub(super) fn new(
        url: &str,
        answer_within: Duration,
        ears: impl Fn(PushInfo) + Send + Sync + 'static,
    ) -> Result<Self, RedisError> {
        let ears = Ears(Box::new(ears));
        if let Some(nodes) = url.strip_prefix(CLUSTER) {
            let nodes = nodes.split(',').map(|node| format!("redis://{node}"));
            let client = ClusterClient::builder(nodes)
                .use_protocol(ProtocolVersion::RESP3)
                .connection_timeout(answer_within)
                .response_timeout(answer_within)
                .push_sender(ears)
                .build()?;
            return Ok(Self::Cluster(Box::new(client)));
        }
        let info = url.into_connection_info()?;
        let protocol = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        let client = Client::open(info.set_redis_settings(protocol))?;
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(answer_within))
            .set_response_timeout(Some(answer_within))
            .set_push_sender(ears);
        Ok(Self::Single(Box::new((client, config))))
    }

    /// A new connection.
    pub(super) async fn connect(&self) -> Result<Connection, RedisError> {
        Ok(match self {
            Self::Single(single) => {
                let (client, config) = single.as_ref();
                Connection::Single(
                    client
                        .get_multiplexed_async_connection_with_config(config)
                        .await?,
                )
            }
            Self::Cluster(client) => Connection::Cluster(client.get_async_connection().await?),
        })
    }
}

impl Connection {
    /// Whether it leads to several nodes.
    pub(super) fn is_cluster(&self) -> bool {
        matches!(self, Self::Cluster(_))
    }

    /// Publishes parcels, in order for each channel.
    pub(super) async fn publish(
        &mut self,
        parcels: impl Iterator<Item = (String, Bytes)>,
    ) -> Result<(), RedisError> {
        match self {
            Self::Single(connection) => {
                let mut pipeline = redis::pipe();
                for (channel, parcel) in parcels {
                    pipeline.cmd("PUBLISH").arg(channel).arg(parcel.as_ref()).ignore();
                }
                pipeline.query_async(connection).await
            }
            // The commands of one pipeline must share a slot, and order matters within a channel only.
            Self::Cluster(connection) => {
                let mut pipelines: BTreeMap<String, Pipeline> = BTreeMap::new();
                for (channel, parcel) in parcels {
                    let pipeline = pipelines.entry(channel.clone()).or_default();
                    pipeline
                        .cmd("SPUBLISH")
                        .arg(channel)
                        .arg(parcel.as_ref())
                        .ignore();
                }
                let sent = pipelines.into_values().map(|pipeline| {
                    let mut connection = connection.clone();
                    async move { pipeline.query_async(&mut connection).await }
                });
                try_join_all(sent).await.map(drop::<Vec<()>>)
            }
        }
    }

    /// Listens to further channels.
    pub(super) async fn subscribe(&mut self, channels: &[String]) -> Result<(), RedisError> {
        match self {
            Self::Single(connection) => connection.subscribe(channels).await,
            // The channels of one command must share a slot.
            Self::Cluster(connection) => {
                let asked = channels.iter().map(|channel| {
                    let mut connection = connection.clone();
                    async move { connection.ssubscribe(channel).await }
                });
                try_join_all(asked).await.map(drop::<Vec<()>>)
            }
        }
    }

    /// Listens to channels no longer.
    pub(super) async fn unsubscribe(&mut self, channels: &[String]) -> Result<(), RedisError> {
        match self {
            Self::Single(connection) => connection.unsubscribe(channels).await,
            Self::Cluster(connection) => {
                let asked = channels.iter().map(|channel| {
                    let mut connection = connection.clone();
                    async move { connection.sunsubscribe(channel).await }
                });
                try_join_all(asked).await.map(drop::<Vec<()>>)
            }
        }
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(connection) => connection.req_packed_command(command),
            Self::Cluster(connection) => connection.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        pipeline: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(connection) => connection.req_packed_commands(pipeline, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(pipeline, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}

struct Ears(Box<dyn Fn(PushInfo) + Send + Sync>);

impl AsyncPushSender for Ears {
    fn send(&self, info: PushInfo) -> Result<(), redis::aio::SendError> {
        (self.0)(info);
        Ok(())
    }
}
