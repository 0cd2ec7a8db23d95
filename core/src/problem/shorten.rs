//! Texts of users, as messages repeat them: never longer than a reader needs.

/// The most characters of a text that a message repeats.
const MOST: usize = 60;

/// The beginning of a text, for quoting it in a message: every message that repeats a text of a user goes through here.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}
