//! A sort for comparisons that are counted or may fail.

use std::cmp::Ordering;

/// Sorts, keeping the order of equal elements, with the same comparisons on every platform: the standard library guarantees
/// an order, but not the number of comparisons, and each one spends the budget of a script.
pub(super) fn sort_alike<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut runs: Vec<Vec<T>> = items.drain(..).map(|item| vec![item]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(left) = pairs.next() {
            merged.push(match pairs.next() {
                Some(right) => merge(left, right, &mut compare),
                None => left,
            });
        }
        runs = merged;
    }
    items.extend(runs.into_iter().flatten());
}

fn merge<T>(left: Vec<T>, right: Vec<T>, compare: &mut impl FnMut(&T, &T) -> Ordering) -> Vec<T> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let first = if compare(a, b) == Ordering::Greater { &mut right } else { &mut left };
        merged.extend(first.next());
    }
    merged.extend(left);
    merged.extend(right);
    merged
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(items in prop::collection::vec((0..20_u8, any::<u16>()), 0..200)) {
            let (mut usual, mut alike) = (items.clone(), items);
            usual.sort_by_key(|it| it.0);
            sort_alike(&mut alike, |a, b| a.0.cmp(&b.0));
            prop_assert_eq!(usual, alike);
        }
    }
}
