use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most bytes of bodies of one listener in memory.
const ALL: usize = 32 * 1024 * 1024;
/// The bytes that every address may have in memory, whatever the others have: one body.
const LEAST: usize = 64 * 1024;

/// The bytes of bodies that are in memory, of requests that are read or worked on.
#[derive(Debug, Clone, Default)]
pub(super) struct BodyBudget(Arc<Mutex<Used>>);

#[derive(Debug, Default)]
struct Used {
    total: usize,
    addresses: HashMap<Option<IpAddr>, usize>,
}

/// The bytes of one body, until it is dropped.
#[derive(Debug)]
pub(super) struct HeldBytes {
    budget: BodyBudget,
    address: Option<IpAddr>,
    bytes: usize,
}

impl BodyBudget {
    /// Returns the place of a body of that address, without bytes yet.
    pub(super) fn body(&self, address: Option<IpAddr>) -> HeldBytes {
        HeldBytes { budget: self.clone(), address, bytes: 0 }
    }

    fn used(&self) -> MutexGuard<'_, Used> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HeldBytes {
    /// Adds bytes that have come. Returns false if the address has too many: more than [`LEAST`], and more than half of
    /// what it leaves to others.
    pub(super) fn add(&mut self, bytes: usize) -> bool {
        let mut used = self.budget.used();
        let own = used.addresses.get(&self.address).copied().unwrap_or_default() + bytes;
        let free = ALL.saturating_sub(used.total + bytes);
        if own > LEAST && own > free / 2 {
            return false;
        }
        used.total += bytes;
        used.addresses.insert(self.address, own);
        self.bytes += bytes;
        true
    }
}

impl Drop for HeldBytes {
    fn drop(&mut self) {
        let mut used = self.budget.used();
        used.total -= self.bytes;
        let left = used.addresses.remove(&self.address).unwrap_or_default().saturating_sub(self.bytes);
        if left > 0 {
            used.addresses.insert(self.address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floods_of_some_addresses_leave_bytes_to_the_next_one_and_all_come_back() {
        let budget = BodyBudget::default();
        let mut bodies = Vec::new();
        let mut flood = |number: u8| {
            let mut taken = 0;
            loop {
                let mut body = budget.body(Some(IpAddr::from([192, 0, 2, number])));
                if !body.add(LEAST) {
                    return taken;
                }
                taken += LEAST;
                bodies.push(body);
            }
        };
        assert!((ALL / 3 - LEAST..=ALL / 3).contains(&flood(1)));
        for number in 2..100 {
            assert!(flood(number) >= LEAST, "address {number}");
        }
        // Each address more has one body.
        assert!(budget.used().total <= ALL + 100 * LEAST);
        bodies.clear();
        let used = budget.used();
        assert!(used.total == 0 && used.addresses.is_empty(), "{used:?}");
    }
}
