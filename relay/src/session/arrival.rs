//! From a hello to who arrives, and where.

use shared::{
    city::{City, Place},
    look::Look,
    protocol::{Hello, Stance, VisitorId},
    space::Position,
    text::clean_name,
};

use super::{Credentials, KeyError, Ticket, TicketKey, generation};
use crate::ledger::{HeardUntil, time_of};

/// How long after its last ticket a session goes on as if nothing had been.
const EXACT_FOR_MS: u64 = 60_000;

/// How long after its last ticket a session still finds its place again.
const PLACE_FOR_MS: u64 = 24 * 60 * 60 * 1_000;

/// A ticket from another relay whose clock runs ahead may look this young.
const CLOCK_SKEW_MS: u64 = 10_000;

/// How much of an earlier session goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Continuity {
    /// Nothing, or only who it is.
    None,
    /// Where it stands: the place is the same ground in another year.
    Ground(Stance),
    /// Only who it is: a helper is set down beside whoever called, who was seen last at a position.
    Beside(VisitorId, Position),
    /// All of it.
    Exact {
        /// Where the ticket says the avatar stood.
        stance: Stance,
        /// Where the client says it stood when the connection was lost.
        claimed: Option<Stance>,
        /// How long ago the ticket was written.
        age_ms: u64,
    },
}

/// Someone who comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// Who.
    pub visitor: VisitorId,
    /// Of this connection.
    pub generation: u64,
    /// Where to.
    pub place: String,
    /// Into which channel of it, if there is room: the one wished for, else that of the ticket.
    pub channel: Option<u16>,
    /// Whether there is a ticket: the session may be held elsewhere.
    pub goes_on: bool,
    /// Whether it had to be another channel; decided by who gives out seats.
    pub strayed: bool,
    /// At which spot, when the session does not go on exactly.
    pub spot: Option<String>,
    /// The cleaned name; none when nothing was left of it.
    pub name: Option<String>,
    /// The look.
    pub look: Look,
    /// BCP 47 tag of the interface's language.
    pub language: String,
    /// Whether the visitor wants as few bytes as will do.
    pub light: bool,
    /// How much of an earlier session goes on.
    pub continuity: Continuity,
    /// Until when the visitor has heard what was said there; none for one to whom nothing there is owed.
    pub heard: Option<HeardUntil>,
    /// What else was brought.
    pub credentials: Credentials,
}

/// Reads a hello to a relay of some number. A ticket that cannot be read, or is too old, counts as none.
pub fn admit(
    hello: &Hello,
    city: &City,
    key: &TicketKey,
    relay: u16,
    now_ms: u64,
) -> Result<Arrival, KeyError> {
    let ticket = Ticket::open(&hello.ticket, key).filter(|ticket| {
        ticket.issued_ms <= now_ms + CLOCK_SKEW_MS && now_ms.saturating_sub(ticket.issued_ms) <= PLACE_FOR_MS
    });
    let wished = city.place(&hello.destination.place);
    let name = clean_name(&hello.name);
    let Some(ticket) = ticket else {
        let place = wished
            .or_else(|| city.arrival_place())
            .map(|place| place.id.clone())
            .unwrap_or_default();
        let spot = hello
            .destination
            .spot
            .clone()
            .or_else(|| arrival_spot(city, &place));
        let credentials = Credentials::read(hello, None, &place, key, now_ms);
        return Ok(Arrival {
            visitor: random_visitor()?,
            generation: generation(now_ms, 0, relay),
            place,
            channel: hello.destination.channel,
            goes_on: false,
            strayed: false,
            spot,
            name,
            look: hello.look,
            language: hello.language.clone(),
            light: hello.light,
            continuity: Continuity::None,
            heard: None,
            credentials,
        });
    };
    let age_ms = now_ms.saturating_sub(ticket.issued_ms);
    let earlier = city.place(&ticket.place);
    let place = wished.or(earlier).or_else(|| city.arrival_place());
    let same = place
        .zip(earlier)
        .is_some_and(|(place, earlier)| place.id == earlier.id);
    let channel = hello
        .destination
        .channel
        .or_else(|| same.then_some(ticket.channel));
    let continuity = if same && channel == Some(ticket.channel) && age_ms <= EXACT_FOR_MS {
        Continuity::Exact {
            stance: ticket.stance,
            claimed: hello.stance,
            age_ms,
        }
    } else {
        Continuity::None
    };
    // Whoever has the ticket has all that was sent before it; a line that came later tells of a later time.
    let heard = HeardUntil {
        came_ms: ticket.came_ms,
        ms: ticket.issued_ms.max(time_of(hello.last_line).min(now_ms)),
        line: hello.last_line,
    };
    let near = |place: &Place| {
        place
            .nearest_spot(ticket.stance.position)
            .map(|spot| spot.id.clone())
    };
    let spot = hello
        .destination
        .spot
        .clone()
        .or_else(|| if same { earlier.and_then(near) } else { None });
    let going_to = place.map(|place| place.id.clone()).unwrap_or_default();
    Ok(Arrival {
        credentials: Credentials::read(hello, Some(&ticket), &going_to, key, now_ms),
        visitor: ticket.visitor,
        generation: generation(now_ms, ticket.generation, relay),
        place: going_to,
        channel,
        goes_on: true,
        strayed: false,
        spot,
        name: name.or(Some(ticket.name)),
        look: hello.look,
        language: hello.language.clone(),
        heard: matches!(continuity, Continuity::Exact { .. }).then_some(heard),
        light: hello.light,
        continuity,
    })
}

fn arrival_spot(city: &City, place: &str) -> Option<String> {
    (city.arrival.place == place).then(|| city.arrival.spot.clone())
}

fn random_visitor() -> Result<VisitorId, KeyError> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes)?;
    // 0 stands for nobody.
    Ok(VisitorId(u64::from_le_bytes(bytes).max(1)))
}

#[cfg(test)]
mod tests {
    use shared::{
        city::{Spot, SpotName},
        protocol::Destination,
        space::{Heading, Point},
    };

    use super::*;

    const NOW: u64 = 1_800_000_000_000;

    const RELAY: u16 = 1;

    fn place(id: &str) -> Place {
        let spot = |id: &str, x| Spot {
            id: id.to_owned(),
            position: Position {
                point: Point::new(x, 0),
                level: 0,
            },
            heading: Heading(0),
        };
        Place {
            id: id.to_owned(),
            origin_lat_lon: [0.0, 0.0],
            capacity: 100,
            bounds: Vec::new(),
            spots: vec![spot("first", 0), spot("far", 10_000)],
            parts: Vec::new(),
            strolls: Vec::new(),
            transit: Vec::new(),
            ceiling_cm: 0,
            above_cm: 0,
            past: None,
            rites: Vec::new(),
        }
    }

    fn city() -> City {
        City {
            id: "test".to_owned(),
            attribution: "test".to_owned(),
            utc_offset_min: 0,
            languages: vec!["en".to_owned()],
            arrival: SpotName {
                place: "square".to_owned(),
                spot: "far".to_owned(),
            },
            places: vec![place("square"), place("room")],
        }
    }

    fn key() -> TicketKey {
        TicketKey::from_seed([9; 32])
    }

    fn hello(ticket: &[u8], place: &str) -> Hello {
        Hello {
            ticket: ticket.to_vec(),
            name: "지민".to_owned(),
            destination: Destination {
                place: place.to_owned(),
                ..Destination::default()
            },
            ..Hello::default()
        }
    }

    fn sealed(age_ms: u64) -> Vec<u8> {
        let stance = Stance {
            position: Position {
                point: Point::new(9_000, 0),
                level: 0,
            },
            ..Stance::default()
        };
        Ticket {
            visitor: VisitorId(5),
            generation: 1,
            place: "square".to_owned(),
            channel: 1,
            came_ms: NOW - age_ms,
            stance,
            name: "수아".to_owned(),
            look: Look::default(),
            badge: None,
            issued_ms: NOW - age_ms,
        }
        .seal(&key())
    }

    #[test]
    fn a_new_visitor_without_a_link_arrives_where_the_city_says() {
        let arrival = admit(&hello(&[], "nowhere"), &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(
            (arrival.place.as_str(), arrival.spot.as_deref()),
            ("square", Some("far"))
        );
        assert_ne!(arrival.visitor, VisitorId(0));
    }

    #[test]
    fn a_young_ticket_restores_everything() {
        let arrival = admit(&hello(&sealed(59_000), "square"), &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(arrival.visitor, VisitorId(5));
        assert!(matches!(
            arrival.continuity,
            Continuity::Exact { age_ms: 59_000, .. }
        ));
    }

    #[test]
    fn a_ticket_of_this_morning_restores_the_place() {
        let arrival = admit(&hello(&sealed(3_600_000), ""), &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(arrival.continuity, Continuity::None);
        assert_eq!(
            (arrival.place.as_str(), arrival.spot.as_deref()),
            ("square", Some("far"))
        );
        assert_eq!(arrival.visitor, VisitorId(5));
    }

    #[test]
    fn a_ticket_of_yesterday_restores_nothing() {
        let arrival = admit(
            &hello(&sealed(PLACE_FOR_MS + 1), "room"),
            &city(),
            &key(),
            RELAY,
            NOW,
        )
        .unwrap();
        assert_ne!(arrival.visitor, VisitorId(5));
        assert_eq!(arrival.place, "room");
    }

    #[test]
    fn a_link_to_another_place_is_followed() {
        let arrival = admit(&hello(&sealed(1_000), "room"), &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(
            (arrival.place.as_str(), arrival.continuity),
            ("room", Continuity::None)
        );
    }

    #[test]
    fn a_link_to_another_channel_is_followed_and_without_one_the_ticket_counts() {
        let mut wishing = hello(&sealed(1_000), "square");
        let arrival = admit(&wishing, &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(arrival.channel, Some(1));
        wishing.destination.channel = Some(2);
        let arrival = admit(&wishing, &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(
            (arrival.channel, arrival.continuity, arrival.heard),
            (Some(2), Continuity::None, None)
        );
    }

    #[test]
    fn every_connection_of_a_session_is_newer_than_the_one_before() {
        let ticket = Ticket {
            generation: generation(NOW + 5_000, 0, 127),
            ..Ticket::open(&sealed(0), &key()).unwrap()
        };
        let arrival = admit(
            &hello(&ticket.seal(&key()), "square"),
            &city(),
            &key(),
            RELAY,
            NOW,
        )
        .unwrap();
        assert_eq!(arrival.generation, generation(NOW + 5_001, 0, RELAY));
    }

    #[test]
    fn a_name_that_shows_nothing_gives_way_to_the_tickets() {
        let mut hello = hello(&sealed(0), "square");
        hello.name = "\u{202E}\u{200B}".to_owned();
        let arrival = admit(&hello, &city(), &key(), RELAY, NOW).unwrap();
        assert_eq!(arrival.name.as_deref(), Some("수아"));
    }
}
