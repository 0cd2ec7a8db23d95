//! Suggestions for a name that is not known: the known names nearest to it.
//!
//! Comparing names letter by letter is expensive, so the cost of suggestions is bounded: by the length of a name, by the
//! number of names compared, and by [`MOST_SUGGESTIONS`] for all problems of one input.

/// The largest number of characters in a name that gets suggestions; a longer one is no misspelling.
pub(crate) const LONGEST_NAME: usize = 64;

/// The largest number of problems of one input with a suggestion; further problems have none.
pub(crate) const MOST_SUGGESTIONS: usize = 20;

/// The largest number of names compared letter by letter. Of more names, only those with the fewest different letters are
/// compared.
const MOST_ALIKE: usize = 500;

/// Returns "did you mean a, b or c?" for the known names, three at most, that are close enough.
pub(super) fn nearest(wrong: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    let wrong = Letters::of(wrong)?;
    let mut alike: Vec<(usize, &str)> = known.filter_map(|name| Some((wrong.slips(name)?, name))).collect();
    alike.sort_unstable();
    if let Some((too_many, _)) = alike.get(MOST_ALIKE).copied() {
        alike.retain(|(slips, _)| *slips < too_many);
    }
    let scored = alike
        .into_iter()
        .map(|(_, name)| (strsim::normalized_damerau_levenshtein(&wrong.lower, &name.to_ascii_lowercase()), name));
    let mut scored: Vec<(f64, &str)> =
        scored.filter(|(score, name)| *score >= least_score(name.chars().count())).collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.truncate(3);
    let names: Vec<&str> = scored.into_iter().map(|(_, name)| name).collect();
    did_you_mean(&names)
}

/// Returns the similarity that a known name of a length needs.
fn least_score(length: usize) -> f64 {
    const CLOSE_ENOUGH: f64 = 0.75;
    // One letter too many, missing, wrong, or two swapped, in a name of three letters.
    const ONE_SLIP: f64 = 0.65;
    if length <= 3 { ONE_SLIP } else { CLOSE_ENOUGH }
}

/// The number of times each letter occurs in a name; letters whose codes are 64 apart count together.
type Counts = [i16; 64];

/// The letters of an unknown name, which quickly rule out names that cannot be near.
struct Letters {
    lower: String,
    length: usize,
    counts: Counts,
}

impl Letters {
    /// Counts the letters of a name; `None` if it is too long.
    fn of(name: &str) -> Option<Letters> {
        let length = name.chars().take(LONGEST_NAME + 1).count();
        (length <= LONGEST_NAME).then(|| {
            let lower = name.to_ascii_lowercase();
            let mut counts = [0; 64];
            count(&lower, 1, &mut counts);
            Letters { lower, length, counts }
        })
    }

    /// Returns the least number of changes between a known name and this one, from their different letters; one change
    /// affects one letter at most. `None` if there are too many for the name to be near.
    fn slips(&self, name: &str) -> Option<usize> {
        // A character has at most four bytes.
        if name.len() > 8 * LONGEST_NAME {
            return None;
        }
        let length = name.chars().count();
        let most = (self.length.max(length) as f64 * (1.0 - least_score(length))) as usize;
        if self.length.abs_diff(length) > most {
            return None;
        }
        let mut counts = self.counts;
        count(name, -1, &mut counts);
        let more: usize = counts.iter().filter(|left| **left > 0).map(|left| left.unsigned_abs() as usize).sum();
        let fewer: usize = counts.iter().filter(|left| **left < 0).map(|left| left.unsigned_abs() as usize).sum();
        Some(more.max(fewer)).filter(|slips| *slips <= most)
    }
}

fn count(name: &str, by: i16, counts: &mut Counts) {
    for letter in name.chars() {
        let place = letter.to_ascii_lowercase() as usize % counts.len();
        counts.get_mut(place).into_iter().for_each(|count| *count += by);
    }
}

/// Returns "did you mean a, b or c?".
pub(crate) fn did_you_mean(names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("did you mean {}?", listed(names)))
}

/// Returns "there are a, b, c and 4 more", for a name that is near none.
pub(crate) fn there_are(names: &[&str]) -> Option<String> {
    const SHOWN: usize = 20;
    let (shown, more) = names.split_at_checked(SHOWN).unwrap_or((names, &[]));
    match (shown, more.len()) {
        ([], _) => None,
        ([only], 0) => Some(format!("there is only {only}")),
        (shown, 0) => Some(format!("there are {}", shown.join(", "))),
        (shown, more) => Some(format!("there are {} and {more} more", shown.join(", "))),
    }
}

/// Returns "a, b or c".
pub(crate) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Letters, least_score, nearest};

    proptest! {
        /// A name that the quick check rules out is not near by comparison of letters either.
        #[test]
        fn the_quick_look_rules_out_nothing_that_is_near(wrong in "[abcABäß]{0,9}", name in "[abcABäß]{0,9}") {
            let score = strsim::normalized_damerau_levenshtein(&wrong.to_ascii_lowercase(), &name.to_ascii_lowercase());
            if score >= least_score(name.chars().count()) {
                prop_assert!(Letters::of(&wrong).unwrap().slips(&name).is_some(), "{} {} {}", wrong, name, score);
            }
        }
    }

    #[test]
    fn among_very_many_those_with_the_same_letters_are_compared() {
        let names: Vec<String> = (0..10_000).map(|index| format!("agent-{index:04}")).collect();
        let nearest_of = |wrong| nearest(wrong, &mut names.iter().map(String::as_str));
        assert!(nearest_of("agnet-0042").is_some_and(|hint| hint.starts_with("did you mean agent-0042, ")));
        assert_eq!(nearest_of("agent-xxxx"), None);
    }
}
