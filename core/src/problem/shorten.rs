//! Texts of users as messages quote them: cut to a readable length.

/// The largest number of characters that a message quotes.
const MOST: usize = 60;

/// Returns the beginning of a text for a message. Every message that quotes a text of a user uses it.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}
