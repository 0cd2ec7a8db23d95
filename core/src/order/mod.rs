//! Sorting and gathering, small where a program has to travel.
//!
//! The standard library compiles its sort anew for every type, some four kilobytes each time. In a browser one merge sort
//! serves all types instead; elsewhere these are what the standard library has.

#[cfg(any(target_family = "wasm", test))]
#[allow(dead_code, reason = "not every program uses all of what the standard library has")]
mod small;

use std::cmp::Ordering;
#[cfg(not(target_family = "wasm"))]
pub(crate) use std::collections::{BTreeMap as Map, BTreeSet as Set};

#[cfg(target_family = "wasm")]
#[allow(unused_imports, reason = "a program without routing has few")]
pub(crate) use self::small::{Map, Set};

/// Where a program does nothing but ask about availability, lists serve for every table.
#[cfg(all(target_family = "wasm", feature = "unread-scripts", not(feature = "script")))]
pub(crate) use self::small::{List as Table, Map as BTreeMap, Map as HashMap, Set as BTreeSet, Set as HashSet};
#[cfg(not(all(target_family = "wasm", feature = "unread-scripts", not(feature = "script"))))]
pub(crate) use rustc_hash::{FxHashMap as HashMap, FxHashMap as Table, FxHashSet as HashSet};
#[cfg(not(all(target_family = "wasm", feature = "unread-scripts", not(feature = "script"))))]
pub(crate) use std::collections::{BTreeMap, BTreeSet};

/// Sorts; equal elements are the same, so their order says nothing.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts, leaving equal elements in their order.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    items.sort_by(compare);
}

/// Sorts, leaving equal elements in their order.
#[cfg(target_family = "wasm")]
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    small_sort_by(items, compare);
}

/// Sorts as [`sort_by`] does, by the same comparisons on every platform and with every compiler: for those that are counted,
/// or that may fail.
#[cfg_attr(not(feature = "script"), allow(dead_code, reason = "scripts alone count"))]
pub(crate) fn sort_alike<T>(items: &mut [T], compare: impl FnMut(&T, &T) -> Ordering) {
    small_sort_by(items, compare);
}

/// Gathers into a map or set by one insertion after the other; where it is collected, it is sorted before.
pub(crate) fn gathered<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut all = C::default();
    all.extend(items);
    all
}

#[cfg_attr(
    not(any(target_family = "wasm", feature = "script")),
    allow(dead_code, reason = "the standard library's serves")
)]
fn small_sort_by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let swaps = swaps(items.len(), &mut |a, b| compare(&items[a], &items[b]) != Ordering::Greater);
    swaps.into_iter().for_each(|(a, b)| items.swap(a, b));
}

/// What to swap, one after the other, for what the numbers below a length stand for to be in order.
#[cfg_attr(
    not(any(target_family = "wasm", feature = "script")),
    allow(dead_code, reason = "the standard library's serves")
)]
fn swaps(length: usize, in_order: &mut dyn FnMut(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut place = vec![0; length];
    for (to, from) in merged(length, in_order).into_iter().enumerate() {
        place[from] = to;
    }
    let mut swaps = Vec::with_capacity(length);
    // Each swap brings one element to its place.
    for at in 0..length {
        while place[at] != at {
            let to = place[at];
            swaps.push((at, to));
            place.swap(at, to);
        }
    }
    swaps
}

/// The numbers below a length, in the order of what they stand for.
#[cfg_attr(
    not(any(target_family = "wasm", feature = "script")),
    allow(dead_code, reason = "the standard library's serves")
)]
fn merged(length: usize, in_order: &mut dyn FnMut(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut width = 1;
    while width < length {
        let mut next = Vec::with_capacity(length);
        for pair in order.chunks(2 * width) {
            let (mut left, mut right) = pair.split_at(width.min(pair.len()));
            while let ([a, rest_of_left @ ..], [b, rest_of_right @ ..]) = (left, right) {
                if in_order(*a, *b) {
                    next.push(*a);
                    left = rest_of_left;
                } else {
                    next.push(*b);
                    right = rest_of_right;
                }
            }
            next.extend_from_slice(left);
            next.extend_from_slice(right);
        }
        order = next;
        width *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_small_sort_is_the_usual_one(items in prop::collection::vec((0..20_u8, any::<u16>()), 0..200)) {
            let (mut usual, mut small) = (items.clone(), items);
            usual.sort_by_key(|it| it.0);
            small_sort_by(&mut small, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(usual, small);
        }
    }

    #[test]
    fn the_last_of_a_key_is_gathered() {
        let gathered: BTreeMap<u8, char> = gathered([(2, 'a'), (1, 'b'), (2, 'c')]);
        assert_eq!(gathered, BTreeMap::from([(1, 'b'), (2, 'c')]));
    }
}
