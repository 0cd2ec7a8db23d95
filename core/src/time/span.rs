//! Half-open intervals `[start, end)` and the algebra of sets of them.

use serde::Serialize;

use super::Instant;

/// The instants from `start` up to, but not including, `end`. Inside the crate also times on the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span<T = Instant> {
    /// The first instant inside.
    pub start: T,
    /// The first instant after the span.
    pub end: T,
}

impl<T: Ord + Copy> Span<T> {
    /// Creates the span from `start` up to `end`; empty unless `start < end`.
    pub fn new(start: T, end: T) -> Self {
        Span { start, end }
    }

    /// Returns `true` if nothing lies inside.
    pub fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// Returns `true` if the moment lies inside.
    pub fn contains(&self, moment: T) -> bool {
        self.start <= moment && moment < self.end
    }

    /// Returns the part that both have in common.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        Span { start: self.start.max(other.start), end: self.end.min(other.end) }
    }
}

impl Span<Instant> {
    /// Returns the length in milliseconds; 0 if empty.
    pub fn millis(&self) -> i64 {
        self.end.millis_since(self.start).max(0)
    }
}

/// A set of moments as sorted spans that neither overlap nor touch.
///
/// ```
/// use frontdesk::time::{Instant, Span, Spans};
///
/// let hour = |h: i64| Instant::MIN.saturating_add(h * 3_600_000);
/// let morning = Spans::from_iter([Span::new(hour(9), hour(12))]);
/// let busy = Spans::from_iter([Span::new(hour(10), hour(11)), Span::new(hour(11), hour(15))]);
/// assert_eq!(morning.difference(&busy).as_slice(), [Span::new(hour(9), hour(10))]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Spans<T = Instant>(Vec<Span<T>>);

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Spans(Vec::new())
    }
}

impl<T: Ord + Copy> Spans<T> {
    /// Returns the spans, earliest first.
    pub fn as_slice(&self) -> &[Span<T>] {
        &self.0
    }

    /// Iterates over the spans, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = Span<T>> + '_ {
        self.0.iter().copied()
    }

    /// Returns `true` if the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the span that contains a moment.
    pub fn around(&self, moment: T) -> Option<Span<T>> {
        let after = self.0.partition_point(|span| span.start <= moment);
        self.0.get(after.checked_sub(1)?).copied().filter(|span| span.contains(moment))
    }

    /// Returns the first span that ends after a moment: the one that contains it, or else the next.
    pub fn around_or_after(&self, moment: T) -> Option<Span<T>> {
        self.0.get(self.0.partition_point(|span| span.end <= moment)).copied()
    }

    /// Returns the last span that ends at or before a moment.
    pub fn before(&self, moment: T) -> Option<Span<T>> {
        self.0.get(self.0.partition_point(|span| span.end <= moment).checked_sub(1)?).copied()
    }

    /// Adds a span that starts no earlier than any in the set.
    fn push(&mut self, span: Span<T>) {
        match self.0.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => self.0.push(span),
        }
    }

    /// Returns the moments in this set, in the other, or in both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.iter().chain(other.iter()).collect()
    }

    /// Returns the moments in both sets.
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut common = Spans::default();
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            common.push(a.intersection(b));
            if a.end <= b.end {
                mine.next()
            } else {
                theirs.next()
            };
        }
        common
    }

    /// Returns the moments of this set that are not in the other.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut left = Spans::default();
        for span in self.iter() {
            let mut from = span.start;
            let first = other.0.partition_point(|hole| hole.end <= span.start);
            for hole in other.0.iter().skip(first).take_while(|hole| hole.start < span.end) {
                left.push(Span::new(from, hole.start));
                from = from.max(hole.end);
            }
            left.push(Span::new(from, span.end));
        }
        left
    }
}

impl Spans<Instant> {
    /// Returns the length of all spans together, in milliseconds.
    pub fn millis(&self) -> i64 {
        self.iter().map(|span| span.millis()).sum()
    }
}

impl<T: Ord + Copy> FromIterator<Span<T>> for Spans<T> {
    /// Creates the set of all moments in any of the spans, given in any order.
    fn from_iter<I: IntoIterator<Item = Span<T>>>(spans: I) -> Self {
        let mut sorted: Vec<Span<T>> = spans.into_iter().collect();
        sorted.sort_unstable();
        let mut set = Spans(Vec::with_capacity(sorted.len()));
        sorted.into_iter().for_each(|span| set.push(span));
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Span, Spans};

    fn set() -> impl Strategy<Value = Spans<i32>> {
        prop::collection::vec((0..40, 0..12), 0..8)
            .prop_map(|spans| spans.into_iter().map(|(start, length)| Span::new(start, start + length)).collect())
    }

    proptest! {
        #[test]
        fn the_algebra_is_that_of_sets_of_moments(a in set(), b in set()) {
            for moment in -1..60 {
                let (in_a, in_b) = (a.around(moment).is_some(), b.around(moment).is_some());
                prop_assert_eq!(a.union(&b).around(moment).is_some(), in_a || in_b);
                prop_assert_eq!(a.intersection(&b).around(moment).is_some(), in_a && in_b);
                prop_assert_eq!(a.difference(&b).around(moment).is_some(), in_a && !in_b);
            }
        }

        #[test]
        fn spans_are_sorted_and_apart(a in set(), b in set()) {
            for set in [a.union(&b), a.intersection(&b), a.difference(&b)] {
                prop_assert!(set.iter().all(|span| !span.is_empty()));
                prop_assert!(set.as_slice().windows(2).all(|pair| pair[0].end < pair[1].start));
            }
        }
    }
}
