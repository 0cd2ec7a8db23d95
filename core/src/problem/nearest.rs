//! Which of the known names may be meant by one that is not.

use crate::order;

/// What is longer than this is no slip of the keyboard.
pub(crate) const LONGEST_NAME: usize = 100;

/// "did you mean a, b or c?", for the at most three known names that are close enough to be meant.
pub(super) fn nearest(wrong: &str, known: &mut dyn Iterator<Item = &str>) -> Option<String> {
    const CLOSE_ENOUGH: f64 = 0.75;
    // One letter too many, missing, wrong, or two that changed places, in a name of three.
    const ONE_SLIP: f64 = 0.65;
    if wrong.len() > LONGEST_NAME {
        return None;
    }
    let lower = wrong.to_ascii_lowercase();
    let mut scored: Vec<(f64, &str)> = known
        .map(|name| (strsim::normalized_damerau_levenshtein(&lower, &name.to_ascii_lowercase()), name))
        .filter(|(score, name)| *score >= if name.chars().count() <= 3 { ONE_SLIP } else { CLOSE_ENOUGH })
        .collect();
    order::sort_by(&mut scored, |a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.truncate(3);
    let names: Vec<&str> = scored.into_iter().map(|(_, name)| name).collect();
    did_you_mean(&names)
}

/// "did you mean a, b or c?"
pub(crate) fn did_you_mean(names: &[&str]) -> Option<String> {
    (!names.is_empty()).then(|| format!("did you mean {}?", listed(names)))
}

/// "there are a, b, c and 4 more", so that one can see what is right where nothing is near.
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

/// "a, b or c"
pub(crate) fn listed(names: &[&str]) -> String {
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
