//! How many connections each address has open.

use std::{
    collections::{HashMap, hash_map::Entry},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A count for each address that has any. Cheap to clone; clones count together.
#[derive(Clone, Debug, Default)]
pub struct Crowds(Arc<Mutex<HashMap<IpAddr, u32>>>);

/// One connection among them, until dropped.
#[derive(Debug)]
pub struct Member {
    crowds: Crowds,
    address: IpAddr,
}

impl Crowds {
    /// Counts one more at an address.
    pub fn join(&self, address: IpAddr) -> Member {
        *self.locked().entry(address).or_default() += 1;
        Member {
            crowds: self.clone(),
            address,
        }
    }

    /// How many there are at an address.
    pub fn at(&self, address: IpAddr) -> u32 {
        self.locked().get(&address).copied().unwrap_or_default()
    }

    /// Whoever panicked while counting had counted.
    fn locked(&self) -> MutexGuard<'_, HashMap<IpAddr, u32>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.crowds.locked().entry(self.address) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_leaves_is_counted_no_more() {
        let crowds = Crowds::default();
        let [here, there] = [[203, 0, 113, 9], [203, 0, 113, 10]].map(IpAddr::from);
        let (first, second) = (crowds.join(here), crowds.clone().join(here));
        assert_eq!((crowds.at(here), crowds.at(there)), (2, 0));
        drop(first);
        assert_eq!(crowds.at(here), 1);
        drop(second);
        assert!(crowds.locked().is_empty());
    }
}
