//! Invitations, as whoever runs the relays makes them.

use anyhow::{Context as _, Result, ensure};
use shared::protocol::Hello;

use crate::{Redis, ground::PLACE, hello, run_relay};

/// The invitation to downtown of a link that the relay's program prints.
pub async fn invitation(redis: &Redis, role: &str) -> Result<String> {
    let redis = redis.url();
    let printed = run_relay(&["invite", "--role", role, "--place", PLACE, "--redis", &redis]).await?;
    ensure!(printed.success, "{}", printed.errors);
    let link = printed.output.trim();
    let (address, invitation) = link.split_once("#invite=").context("no invitation in the link")?;
    ensure!(address == "http://127.0.0.1:8080/downtown", "{address}");
    Ok(invitation.to_owned())
}

/// The hello of someone who has opened such a link.
pub fn invited(name: &str, invitation: &str) -> Hello {
    Hello {
        invitation: invitation.to_owned(),
        ..hello(name)
    }
}
