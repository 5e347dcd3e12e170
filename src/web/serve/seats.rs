//! Seats: how many connections are open, in all and for each address.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub(super) struct Seats {
    taken: Arc<Mutex<Taken>>,
    all: usize,
    each: usize,
}

#[derive(Default)]
struct Taken {
    all: usize,
    by: HashMap<IpAddr, usize>,
}

/// A place that is given back when dropped.
pub(super) struct Seat {
    taken: Arc<Mutex<Taken>>,
    by: Option<IpAddr>,
}

impl Seats {
    pub(super) fn new(all: usize, each: usize) -> Seats {
        Seats {
            taken: Arc::default(),
            all,
            each,
        }
    }

    /// A trusted proxy brings many clients over one address, so only the sum counts for it.
    pub(super) fn take(&self, address: IpAddr, trusted: bool) -> Option<Seat> {
        let mut taken = held(&self.taken);
        if taken.all >= self.all {
            return None;
        }
        let by = (!trusted).then(|| neighbourhood(address));
        if let Some(by) = by {
            let own = taken.by.entry(by).or_default();
            if *own >= self.each {
                return None;
            }
            *own += 1;
        }
        taken.all += 1;
        Some(Seat {
            taken: Arc::clone(&self.taken),
            by,
        })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = held(&self.taken);
        taken.all = taken.all.saturating_sub(1);
        if let Some(by) = self.by
            && let Some(own) = taken.by.get_mut(&by)
        {
            *own = own.saturating_sub(1);
            if *own == 0 {
                taken.by.remove(&by);
            }
        }
    }
}

// One household has 2^64 addresses of version 6; it counts as one.
fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let network = u128::from(address) >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from(network))
        }
        IpAddr::V4(address) => IpAddr::V4(address),
    }
}

fn held(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn one_address_cannot_take_all_seats() {
        let seats = Seats::new(10, 2);
        let first = seats.take(address("10.0.0.1"), false).unwrap();
        let _second = seats.take(address("10.0.0.1"), false).unwrap();
        assert!(seats.take(address("10.0.0.1"), false).is_none());
        assert!(seats.take(address("10.0.0.2"), false).is_some());
        drop(first);
        assert!(seats.take(address("10.0.0.1"), false).is_some());
    }

    #[test]
    fn a_trusted_proxy_is_bound_by_the_sum_only() {
        let seats = Seats::new(3, 1);
        let taken: Vec<_> = (0..4)
            .map(|_| seats.take(address("127.0.0.1"), true))
            .collect();
        assert_eq!(taken.iter().flatten().count(), 3);
    }

    #[test]
    fn one_network_of_version_6_counts_as_one_address() {
        let seats = Seats::new(10, 1);
        let _one = seats.take(address("2001:db8::1"), false).unwrap();
        assert!(seats.take(address("2001:db8::2"), false).is_none());
        assert!(seats.take(address("2001:db8:0:1::2"), false).is_some());
        assert!(held(&seats.taken).by.len() == 1);
    }
}
