//! `relay invite`: writes an invitation with the key that the relays sign tickets with, and prints its link.

use std::time::Duration;

use anyhow::{Context as _, bail};
use shared::city::City;

use crate::{
    backplane, city,
    clock::Clock,
    options::InviteOptions,
    serve::default_data,
    session::{self, Badge},
};

/// Prints the link on the output, and what it does on the error output.
pub fn run(options: &InviteOptions) -> anyhow::Result<()> {
    let pack = city::load(&options.city)?;
    check_place(&pack.city, &options.place)?;
    let key = if let Some(url) = &options.redis {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .context("the system gives no threads")?;
        runtime.block_on(backplane::ticket_key(url))?
    } else {
        let data = options.data.clone().map_or_else(default_data, Ok)?;
        session::load_or_create(&data)?
    };
    let lasts = Duration::from_hours(u64::from(options.hours));
    let badge = Badge {
        role: options.role.into(),
        place: options.place.clone(),
        until_ms: Clock::default().now_ms() + lasts.as_millis() as u64,
    };
    let url = options.url.trim_end_matches('/');
    println!("{url}/{}#invite={}", badge.place, badge.invitation(&key));
    eprintln!(
        "Whoever opens this link is {} in {} for the next {} hours: pass it on in private.",
        badge.role.name(),
        badge.place,
        options.hours
    );
    Ok(())
}

/// A link to a place that does not exist would be good for nothing.
fn check_place(city: &City, place: &str) -> anyhow::Result<()> {
    if city.place(place).is_none() {
        let places: Vec<&str> = city.places.iter().map(|place| place.id.as_str()).collect();
        bail!(
            "there is no place {place:?} in this city: name one of {} with --place",
            places.join(", ")
        );
    }
    Ok(())
}
