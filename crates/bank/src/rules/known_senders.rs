use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use hashlink::LruCache;

use crate::audit::{source_address, subscriber};
use crate::keys::hash_queue::Requester;

/// The most users with their addresses. The ones that were used least recently are forgotten.
const SENDERS: usize = 20_000;

/// The users whose last password from an address was right.
///
/// Their requests go before others, so that who logs in every morning from the same office waits for no flood of wrong
/// passwords. After a start, the bank knows none of them.
#[derive(Debug)]
pub(crate) struct KnownSenders(Mutex<LruCache<(String, IpAddr), ()>>);

impl Default for KnownSenders {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(SENDERS)))
    }
}

impl KnownSenders {
    /// Returns who asks in the present request with a password of `user`.
    pub(crate) fn requester(&self, user: &str) -> Requester {
        let address = source_address();
        let known = address.is_some_and(|address| self.senders().get(&(user.to_owned(), address)).is_some());
        if known { Requester::Known(user.to_owned()) } else { Requester::Unknown(address.map(subscriber)) }
    }

    /// Notes whether the password of `user` in the present request was right.
    pub(crate) fn judged(&self, user: &str, right: bool) {
        let Some(address) = source_address() else { return };
        let sender = (user.to_owned(), address);
        let mut senders = self.senders();
        if right {
            senders.insert(sender, ());
        } else {
            senders.remove(&sender);
        }
    }

    fn senders(&self) -> std::sync::MutexGuard<'_, LruCache<(String, IpAddr), ()>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::from_address;

    #[tokio::test]
    async fn a_right_password_makes_its_sender_known_until_a_wrong_one() {
        let known = KnownSenders::default();
        let (here, there): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let requester = async |address, user| from_address(Some(address), async { known.requester(user) }).await;
        assert_eq!(requester(here, "hanakodt").await, Requester::Unknown(Some(here)));
        from_address(Some(here), async { known.judged("hanakodt", true) }).await;
        assert_eq!(requester(here, "hanakodt").await, Requester::Known("hanakodt".to_owned()));
        assert_eq!(requester(there, "hanakodt").await, Requester::Unknown(Some(there)));
        assert_eq!(requester(here, "jirodt").await, Requester::Unknown(Some(here)));
        from_address(Some(here), async { known.judged("hanakodt", false) }).await;
        assert_eq!(requester(here, "hanakodt").await, Requester::Unknown(Some(here)));
        assert_eq!(known.requester("hanakodt"), Requester::Unknown(None), "outside a request");
    }
}
