//! Bytes that wait for work, bounded: who reads ahead waits until others are done.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// Bytes that may be in flight.
pub struct Budget {
    used: Mutex<usize>,
    freed: Condvar,
    limit: usize,
}

/// A share of a budget, given back when dropped.
pub struct Hold {
    budget: Arc<Budget>,
    bytes: usize,
}

impl Budget {
    /// A budget of `limit` bytes.
    pub fn new(limit: usize) -> Arc<Self> {
        Arc::new(Budget { used: Mutex::new(0), freed: Condvar::new(), limit })
    }

    /// Waits until `bytes` more fit. What is larger than the whole budget gets in when nothing else is.
    pub fn hold(self: &Arc<Self>, bytes: usize) -> Hold {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        while *used > 0 && *used + bytes > self.limit {
            used = self.freed.wait(used).unwrap_or_else(PoisonError::into_inner);
        }
        *used += bytes;
        Hold { budget: Arc::clone(self), bytes }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        *self.budget.used.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        self.budget.freed.notify_all();
    }
}

impl std::fmt::Debug for Hold {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_until_there_is_room() {
        let budget = Budget::new(10);
        let first = budget.hold(100);
        let other = Arc::clone(&budget);
        let waiting = std::thread::spawn(move || drop(other.hold(5)));
        drop(first);
        waiting.join().unwrap();
        assert_eq!(*budget.used.lock().unwrap(), 0);
    }
}
