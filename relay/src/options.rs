//! The command line. Every option of the relay itself is also an environment variable.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::SystemTime,
};

use axum::http::Uri;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use shared::{moderation::Role, protocol::Periods};
use unic_langid::LanguageIdentifier;

use crate::reports::since;

/// The server of Metaverse Seoul.
#[derive(Debug, Parser)]
#[command(name = "relay", version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve a city
    Serve(Box<ServeOptions>),
    /// Print a link that makes whoever opens it a host, an official or a helper
    Invite(InviteOptions),
    /// Print what visitors have reported to this relay
    Reports(ReportsOptions),
    /// Work on a city pack
    City {
        /// What to do with it.
        #[command(subcommand)]
        command: CityCommand,
    },
}

/// How to invite.
#[derive(Clone, Debug, Args)]
pub struct InviteOptions {
    /// What the invited person is to the others
    #[arg(long, value_enum)]
    pub role: InvitedRole,

    /// The place in which the role holds, as its address names it
    #[arg(long)]
    pub place: String,

    /// For how many hours, at most four weeks
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(1..=672))]
    pub hours: u32,

    /// Address at which visitors reach the city
    #[arg(
        long,
        env = "RELAY_URL",
        value_name = "https://HOST",
        default_value = "http://127.0.0.1:8080"
    )]
    pub url: String,

    /// Directory of the city pack
    #[arg(long, env = "RELAY_CITY", default_value = "assets/cities/seoul")]
    pub city: PathBuf,

    /// The Redis of the relays; without it the key is the one in the data directory
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "redis://HOST:PORT",
        hide_env_values = true
    )]
    pub redis: Option<String>,

    /// Directory where the relay keeps the key of its tickets [default: under `XDG_STATE_HOME`]
    #[arg(long, env = "RELAY_DATA")]
    pub data: Option<PathBuf>,
}

/// Which reports to print.
#[derive(Clone, Debug, Args)]
pub struct ReportsOptions {
    /// Only what was reported since: 2026-11-29, "2026-11-29 18:00" (UTC), 24h, 7d
    #[arg(long, value_parser = since)]
    pub since: Option<SystemTime>,

    /// Directory where the relay keeps its data [default: under `XDG_STATE_HOME`]
    #[arg(long, env = "RELAY_DATA")]
    pub data: Option<PathBuf>,
}

/// A role that can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InvitedRole {
    /// There to be asked; no levers
    Helper,
    /// Moderates the place
    Host,
    /// Moderates the place, hosts too
    Official,
}

impl From<InvitedRole> for Role {
    fn from(role: InvitedRole) -> Self {
        match role {
            InvitedRole::Helper => Self::Helper,
            InvitedRole::Host => Self::Host,
            InvitedRole::Official => Self::Official,
        }
    }
}

/// Work on a city pack.
#[derive(Debug, Subcommand)]
pub enum CityCommand {
    /// Check a pack and print everything that is wrong with it
    Check {
        /// The directory with the pack's manifest.json
        dir: PathBuf,
    },
    /// Make a pack of an extract of OpenStreetMap, and print what of it is left out
    Import(ImportOptions),
}

/// How to make a pack of an extract.
#[derive(Clone, Debug, Args)]
pub struct ImportOptions {
    /// The extract: GeoJSON, as Overpass turbo exports it
    pub extract: PathBuf,

    /// Directory of the pack, which must not be there yet; it is named as the city's id
    /// [default: assets/cities/ and the extract's name]
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,

    /// The town's name for people [default: the directory's]
    #[arg(long)]
    pub name: Option<String>,

    /// Languages of its texts, in the order in which they are offered; names are taken from the extract
    #[arg(long = "language", value_name = "TAG", default_value = "en")]
    pub languages: Vec<LanguageIdentifier>,

    /// The town's clock, in minutes east of UTC [default: as its longitude suggests]
    #[arg(long, value_name = "MINUTES", allow_negative_numbers = true)]
    pub utc_offset: Option<i16>,
}

/// How to serve.
#[derive(Clone, Debug, Args)]
pub struct ServeOptions {
    /// Address and port to listen on
    #[arg(long, env = "RELAY_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Directory of the browser bundle that Trunk built
    #[arg(long, env = "RELAY_WEB", default_value = "dist")]
    pub web: PathBuf,

    /// Directory of an earlier bundle: those of its files whose names carry a hash stay served, for pages that are open
    #[arg(long, env = "RELAY_WEB_PREVIOUS", value_name = "DIR", value_delimiter = ':')]
    pub web_previous: Vec<PathBuf>,

    /// Seconds between /readyz saying no and the first visitor being moved, so that load balancers notice [default: 2
    /// with --redis, 0 without]
    #[arg(long, env = "RELAY_DRAIN_AFTER")]
    pub drain_after: Option<u64>,

    /// Seconds over which visitors are moved to other relays [default: 3 with --redis, 0 without]
    #[arg(long, env = "RELAY_DRAIN_OVER")]
    pub drain_over: Option<u64>,

    /// Directory of the city pack
    #[arg(long, env = "RELAY_CITY", default_value = "assets/cities/seoul")]
    pub city: PathBuf,

    /// The Redis that connects several relays; without it this relay is the only one
    #[arg(
        long,
        env = "REDIS_URL",
        value_name = "redis://HOST:PORT",
        hide_env_values = true
    )]
    pub redis: Option<String>,

    /// Directory where the relay keeps the key of its tickets, and reports [default: under `XDG_STATE_HOME`]
    #[arg(long, env = "RELAY_DATA")]
    pub data: Option<PathBuf>,

    /// A further origin whose pages may connect; the relay's own host always may
    #[arg(
        long,
        env = "RELAY_ALLOW_ORIGIN",
        value_name = "https://HOST",
        value_delimiter = ','
    )]
    pub allow_origin: Vec<String>,

    /// Where visitors reach the city, for links that leave the page; without it each request tells
    #[arg(long, env = "RELAY_ORIGIN", value_name = "https://HOST", value_parser = origin)]
    pub origin: Option<String>,

    /// Whom the plain pages tell people to write to: an address of mail, or of a page
    #[arg(long, env = "RELAY_CONTACT", value_name = "MAIL|https://…", value_parser = contact)]
    pub contact: Option<String>,

    /// A site that may show the city in a frame of its pages, repeatable or with commas between; without it none may
    #[arg(
        long,
        env = "RELAY_EMBED_FROM",
        value_name = "https://SITE",
        value_delimiter = ',',
        value_parser = origin
    )]
    pub embed_from: Vec<String>,

    /// A file of words, one a line, that are refused in names and lines
    #[arg(long, env = "RELAY_FILTER", value_name = "FILE")]
    pub filter: Option<PathBuf>,

    /// A LibreTranslate server, or one that speaks as it does: lines of the chat are translated by it for whoever asks, where
    /// the browser cannot
    #[arg(long, env = "RELAY_TRANSLATE_URL", value_name = "https://HOST", value_parser = translator)]
    pub translate_url: Option<Uri>,

    /// The key that this server asks for; better in the environment, where other users of the machine do not see it
    #[arg(
        long,
        env = "RELAY_TRANSLATE_KEY",
        value_name = "KEY",
        hide_env_values = true,
        requires = "translate_url"
    )]
    pub translate_key: Option<String>,

    /// Most visitors on this relay at once
    #[arg(long, env = "RELAY_CAPACITY", default_value_t = 2_000)]
    pub capacity: u32,

    /// Connections a second that one address may open, after a first 500; 0 for no limit
    #[arg(long, env = "RELAY_JOINS_PER_SECOND", default_value_t = 30)]
    pub joins_per_second: u32,

    /// Networks that no limit by address counts, such as a festival hall behind one address; with commas between
    #[arg(long, env = "RELAY_EXEMPT", value_name = "CIDR", value_delimiter = ',', value_parser = network)]
    pub exempt: Vec<IpNet>,

    /// Networks of the proxies whose X-Forwarded-For is believed, with commas between
    #[arg(long, env = "RELAY_TRUST_PROXY", value_name = "CIDR", value_delimiter = ',', value_parser = network)]
    pub trust_proxy: Vec<IpNet>,

    /// Ticks (of 1/15 s) between two frames of what is near: more when many visitors share little processor time
    #[arg(long, env = "RELAY_NEAR_EVERY", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=15))]
    pub near_every: u8,

    /// Ticks between two frames of what is far away
    #[arg(long, env = "RELAY_FAR_EVERY", default_value_t = 15, value_parser = clap::value_parser!(u8).range(1..=150))]
    pub far_every: u8,

    /// For those who change the code: read the bundle anew at each request, and let browsers keep nothing
    #[arg(long, env = "RELAY_DEV")]
    pub dev: bool,
}

impl ServeOptions {
    /// How often frames are made.
    pub fn periods(&self) -> Periods {
        Periods {
            near: self.near_every,
            middle: self
                .near_every
                .saturating_mul(3)
                .min(self.far_every.max(self.near_every)),
            far: self.far_every,
        }
    }
}

/// A network such as `10.0.0.0/8`, or one address.
fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    text.parse()
        .or_else(|_| text.parse::<IpAddr>().map(IpNet::from))
        .map_err(|_| "it should look like 10.0.0.0/8, 2001:db8::/32 or 10.0.0.1".to_owned())
}

/// An origin such as `https://seoul.example`, and nothing that would mean anything else in a policy or in an address.
fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim().trim_end_matches('/');
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
    match host {
        Some(host) if !host.is_empty() && host.bytes().all(sound) => Ok(origin.to_owned()),
        _ => Err("it should look like https://seoul.example, without a path".to_owned()),
    }
}

/// Where a translator translates, by where it is.
fn translator(text: &str) -> Result<Uri, String> {
    let base = text.trim().trim_end_matches('/').trim_end_matches("/translate");
    let uri: Option<Uri> = format!("{base}/translate").parse().ok();
    let is_sound = |uri: &Uri| {
        let host = uri
            .authority()
            .filter(|authority| !authority.as_str().contains('@'));
        matches!(uri.scheme_str(), Some("http" | "https")) && host.is_some() && uri.query().is_none()
    };
    uri.filter(is_sound)
        .ok_or_else(|| "it should look like https://translate.example or http://10.0.0.5:5000".to_owned())
}

/// An address of mail, or of a page.
fn contact(text: &str) -> Result<String, String> {
    let contact = text.trim();
    let is_page = contact.starts_with("https://") || contact.starts_with("http://");
    let plain = |c: char| c.is_ascii_alphanumeric() || ".+-_".contains(c);
    let is_mail = contact.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && [name, host].concat().chars().all(plain)
    });
    let disturbs = |c: char| c.is_whitespace() || c.is_control() || "<>\"'\\".contains(c);
    if (is_page || is_mail) && !contact.contains(disturbs) {
        Ok(contact.to_owned())
    } else {
        Err("it should look like help@seoul.example or https://seoul.example/help".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_nothing_but_an_origin() {
        assert_eq!(
            origin("https://seoul.example/").as_deref(),
            Ok("https://seoul.example")
        );
        assert!(origin("http://127.0.0.1:8080").is_ok());
        for wrong in [
            "seoul.example",
            "https://",
            "https://a/b",
            "https://a; script-src *",
            "*",
            "'self'",
        ] {
            assert!(origin(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_translator_is_named_by_where_it_is() {
        for (named, asked) in [
            ("https://t.example", "https://t.example/translate"),
            ("http://10.0.0.5:5000/", "http://10.0.0.5:5000/translate"),
            ("https://t.example/libre/", "https://t.example/libre/translate"),
            ("https://t.example/translate", "https://t.example/translate"),
        ] {
            assert_eq!(translator(named).map(|uri| uri.to_string()).as_deref(), Ok(asked));
        }
        for wrong in [
            "",
            "t.example",
            "ftp://t.example",
            "https://",
            "https://a@t.example",
            "https://t.example/?a=b",
        ] {
            assert!(translator(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_contact_is_mail_or_a_page() {
        assert!(contact("help@seoul.example").is_ok() && contact("https://seoul.example/help").is_ok());
        for wrong in [
            "help",
            "javascript:alert(1)@x.y",
            "https://x><script>",
            "@seoul.example",
        ] {
            assert!(contact(wrong).is_err(), "{wrong}");
        }
    }
}
