//! The share of a capacity that is free, compared exactly.

use std::cmp::Ordering;
use std::fmt;

/// A share between 0 and 1, compared by its value and without rounding: 2/4 equals 1/2.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    free: u32,
    /// Never 0.
    limit: u32,
}

impl Share {
    /// The whole capacity.
    pub const ALL: Share = Share { free: 1, limit: 1 };

    /// Returns the free share of a limit.
    pub fn free_of(limit: u32, load: u64) -> Share {
        let load = u32::try_from(load).unwrap_or(u32::MAX);
        Share { free: limit.saturating_sub(load), limit: limit.max(1) }
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Share, b: &Share| u64::from(a.free) * u64::from(b.limit);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Share {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Share {}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.free, self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn shares_compare_by_their_value() {
        let share = |free, limit| Share { free, limit };
        assert_eq!(share(2, 4), share(1, 2));
        assert!(share(1, 3) < share(1, 2));
        assert!(share(u32::MAX - 2, u32::MAX - 1) < share(u32::MAX - 1, u32::MAX));
        assert_eq!(Share::free_of(3, 0), Share::ALL);
        assert_eq!(Share::free_of(0, 0), Share::free_of(3, 5));
    }
}
