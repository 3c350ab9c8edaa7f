//! The server of Metaverse Seoul: serves the page and the city, and keeps everyone in it together.
//!
//! In: HTTP requests, WebSocket messages of [`shared::protocol`], and the parcels of other relays over a backplane.
//! Out: the page with its first screen, and to each client one message of frames a tick. It never knows which city it
//! serves, nor how anything is drawn.
//!
//! | module | one idea |
//! |---|---|
//! | [`options`] | the command line, every option also an environment variable |
//! | [`serve`] | puts the parts together, listens, and stops in order |
//! | [`filter`] | words that are refused in names and lines |
//! | [`reports`] | what visitors report, kept in a file |
//! | [`drain`] | stops so that nobody outside sees more than a blink |
//! | `gather` | lets what arrives gather before a thread looks for it |
//! | `accept` | accepts connections and serves HTTP on each |
//! | [`app`] | what every request handler shares |
//! | [`city`] | the city pack on disk: checked, compiled, with its texts |
//! | [`locales`] | the texts of the first screen in the visitor's language |
//! | [`http`] | page, static files, health, metrics: everything that is not the WebSocket |
//! | [`invite`] | prints the link that makes someone a host |
//! | [`socket`] | one connection: its gate, its hello, its limits, its end |
//! | [`outbox`] | what waits to be written to a client, bounded |
//! | [`ledger`] | what was said last, for those whose line was lost meanwhile |
//! | [`channel`] | which copy of a place |
//! | [`seats`] | who has a seat in which channel |
//! | [`rooms`] | the open rooms, one for each channel with visitors |
//! | [`desk`] | calls for a helper, from any place of the city to every helper in it |
//! | [`stay`] | one connection's stay, whatever carries the connection |
//! | [`session`] | tickets, their key, and which connection of a session is the newest |
//! | [`room`] | the visitors of a place on this relay, ticking |
//! | [`backplane`] | what relays tell one another: in one process, or over Redis |
//! | [`translator`] | lines of the chat in another language, asked of the operator's translator |
//! | [`metrics`] | counts for Prometheus |
//! | [`clock`] | wall clock and ticks |

mod accept;
pub mod app;
pub mod backplane;
pub mod channel;
pub mod city;
pub mod clock;
mod crowds;
pub mod desk;
pub mod drain;
pub mod filter;
mod gather;
pub mod http;
pub mod invite;
mod kiosks;
pub mod ledger;
mod levers;
pub mod locales;
pub mod metrics;
pub mod options;
pub mod outbox;
pub mod reports;
pub mod room;
pub mod rooms;
pub mod seats;
pub mod serve;
pub mod session;
pub mod socket;
pub mod stay;
pub mod translator;
