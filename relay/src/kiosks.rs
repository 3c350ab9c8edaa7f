//! Kiosks that report to this relay, by name: whoever looks after them sees in the metrics which one has fallen silent.
//!
//! Names come from outside: few are kept, and those that have been silent for longest make room.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use shared::text::is_kiosk_name;

/// Most names kept.
const MOST: usize = 64;

/// A kiosk reports four times a minute: one that was not heard for so long is down.
const UP_FOR: Duration = Duration::from_mins(1);

/// When each kiosk was last heard. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Kiosks(Arc<Mutex<BTreeMap<String, Instant>>>);

impl Kiosks {
    /// Takes note of a report, if the query of a request is one: `kiosk=<name>`.
    pub fn note(&self, query: Option<&str>, now: Instant) {
        let mut pairs = query.unwrap_or_default().split('&');
        let name = pairs.find_map(|pair| pair.strip_prefix("kiosk="));
        let Some(name) = name.filter(|name| is_kiosk_name(name)) else {
            return;
        };
        let mut kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kiosks.len() >= MOST && !kiosks.contains_key(name) {
            let down = kiosks.iter().filter(|(_, heard)| !is_up(**heard, now));
            let Some(longest) = down
                .min_by_key(|(_, heard)| **heard)
                .map(|(name, _)| name.clone())
            else {
                return;
            };
            kiosks.remove(&longest);
        }
        kiosks.insert(name.to_owned(), now);
    }

    /// Every kiosk that was heard in this relay's life, and whether it is up.
    pub fn all(&self, now: Instant) -> Vec<(String, bool)> {
        let kiosks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all = kiosks.iter();
        all.map(|(name, heard)| (name.clone(), is_up(*heard, now)))
            .collect()
    }
}

fn is_up(heard: Instant, now: Instant) -> bool {
    now.saturating_duration_since(heard) < UP_FOR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_that_falls_silent_is_down_and_still_listed() {
        let (kiosks, began) = (Kiosks::default(), Instant::now());
        kiosks.note(Some("x=1&kiosk=lobby"), began);
        assert_eq!(kiosks.all(began), [("lobby".to_owned(), true)]);
        assert_eq!(kiosks.all(began + UP_FOR), [("lobby".to_owned(), false)]);
        kiosks.note(Some("kiosk=lobby"), began + UP_FOR);
        assert_eq!(kiosks.all(began + UP_FOR), [("lobby".to_owned(), true)]);
    }

    #[test]
    fn whatever_is_no_name_is_not_kept() {
        let (kiosks, now) = (Kiosks::default(), Instant::now());
        for query in [
            None,
            Some(""),
            Some("kiosk="),
            Some("kiosk=%22"),
            Some("kiosk=A"),
            Some("kiosks=a"),
        ] {
            kiosks.note(query, now);
        }
        assert!(kiosks.all(now).is_empty());
    }

    #[test]
    fn strangers_fill_a_bounded_list_and_push_nobody_out_who_is_up() {
        let (kiosks, began) = (Kiosks::default(), Instant::now());
        kiosks.note(Some("kiosk=old"), began);
        let later = began + UP_FOR;
        for number in 0..2 * MOST {
            kiosks.note(Some(&format!("kiosk=k{number}")), later);
        }
        let all = kiosks.all(later);
        assert_eq!(all.len(), MOST);
        assert!(all.contains(&("k0".to_owned(), true)) && !all.iter().any(|(name, _)| name == "old"));
    }
}
