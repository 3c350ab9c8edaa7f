//! What survives a reload of this tab, and only of this tab: the ticket of the session, an invitation not yet handed
//! over, whom the visitor has blocked, whether a helper was called, and the path shown last. In a kiosk nothing survives: it is
//! in memory alone, until the visitor has gone; and in a made-up world, which leaves alone what a real visit has kept.

use std::cell::RefCell;

use litemap::LiteMap;

use shared::protocol::VisitorId;
use web_sys::Storage;

const TICKET: &str = "metaverse.ticket";
const INVITATION: &str = "metaverse.invitation";
const BLOCKED: &str = "metaverse.blocked";
const PATH: &str = "metaverse.path";
const LINE: &str = "metaverse.line";
const RELOADED: &str = "metaverse.reloaded";
const CALLED: &str = "metaverse.called";

/// The ticket of the session; empty for none.
pub fn ticket() -> Vec<u8> {
    let hex = get(TICKET).unwrap_or_default();
    let digits: Vec<u8> = hex
        .chars()
        .filter_map(|c| c.to_digit(16))
        .map(|digit| digit as u8)
        .collect();
    digits
        .chunks_exact(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
        .collect()
}

/// Keeps a ticket.
pub fn keep(ticket: &[u8]) {
    let digits = ticket.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    let hex: String = digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect();
    set(TICKET, &hex);
}

/// The number of the newest line of chat that this tab has shown; 0 for none.
pub fn line() -> u64 {
    get(LINE).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Keeps the number of the newest line.
pub fn keep_line(number: u64) {
    set(LINE, &number.to_string());
}

/// The invitation of the link, until the relay has taken it; empty for none.
pub fn invitation() -> String {
    get(INVITATION).unwrap_or_default()
}

/// Keeps an invitation; an empty one forgets it.
pub fn keep_invitation(invitation: &str) {
    set(INVITATION, invitation);
}

/// Whom the visitor has blocked, with the names they had.
pub fn blocked() -> LiteMap<VisitorId, String> {
    let lines = get(BLOCKED).unwrap_or_default();
    let mut blocked = LiteMap::new();
    for (id, name) in lines.lines().filter_map(|line| line.split_once(' ')) {
        if let Ok(id) = id.parse() {
            blocked.insert(VisitorId(id), name.to_owned());
        }
    }
    blocked
}

/// Keeps whom the visitor has blocked. Names are cleaned: none holds the end of a line.
pub fn keep_blocked(blocked: &LiteMap<VisitorId, String>) {
    let lines: Vec<String> = blocked
        .iter()
        .map(|(id, name)| format!("{} {name}", id.0))
        .collect();
    set(BLOCKED, &lines.join("\n"));
}

/// The path shown last in this tab.
pub fn path() -> Option<String> {
    get(PATH)
}

/// Keeps the path that is shown.
pub fn keep_path(path: &str) {
    set(PATH, path);
}

/// Whether the page was loaded anew for another version and has not been in since.
pub fn reloaded() -> bool {
    is_noted(RELOADED)
}

/// Notes that the page is loaded anew for another version, or that it worked.
pub fn note_reload(reloading: bool) {
    note(RELOADED, reloading);
}

/// Whether the visitor has called for a helper, and nobody has come yet.
pub fn has_called() -> bool {
    is_noted(CALLED)
}

/// Notes that the visitor calls for a helper, or does not any more.
pub fn keep_call(called: bool) {
    note(CALLED, called);
}

/// Forgets everything, where it is in memory alone.
pub fn forget() {
    MEMORY.with_borrow_mut(LiteMap::clear);
}

thread_local! {
    /// What such a tab knows of its visitor.
    static MEMORY: RefCell<LiteMap<&'static str, String>> = const { RefCell::new(LiteMap::new()) };
}

fn get(key: &'static str) -> Option<String> {
    if super::keeps_nothing() {
        return MEMORY.with_borrow(|memory| memory.get(key).cloned());
    }
    storage()?.get_item(key).ok().flatten()
}

fn set(key: &'static str, value: &str) {
    if super::keeps_nothing() {
        MEMORY.with_borrow_mut(|memory| memory.insert(key, value.to_owned()));
    } else if let Some(storage) = storage() {
        // A full or forbidden storage only means that a reload begins a new session.
        let _ = storage.set_item(key, value);
    }
}

fn is_noted(key: &'static str) -> bool {
    get(key).is_some()
}

fn note(key: &'static str, holds: bool) {
    if holds {
        set(key, "1");
    } else if super::keeps_nothing() {
        MEMORY.with_borrow_mut(|memory| memory.remove(key));
    } else if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

fn storage() -> Option<Storage> {
    super::window()?.session_storage().ok().flatten()
}
