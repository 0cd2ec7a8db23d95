//! Text, measured in columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Removes characters that might move the cursor, ring the bell, change the direction of text, or be invisible.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Returns `true` for control characters, invisible characters (Unicode category Cf), and line and paragraph separators. The
/// joiners U+200C and U+200D are allowed, as some scripts and emoji need them.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Cuts a text to at most `width` columns; `…` marks the cut.
pub fn fitted(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut cut = String::new();
    let mut taken = 0;
    for c in text.chars() {
        taken += c.width().unwrap_or(0);
        if taken >= width {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// Cuts or pads a text to `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    let mut text = fitted(text, width);
    let missing = width.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// Wraps a text into lines of at most `width` columns, between words if possible.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        for c in word.chars() {
            if !line.is_empty() && line.width() + c.width().unwrap_or(0) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{clean, fitted, padded, wrapped};

    #[test]
    fn text_is_cut_by_the_columns_it_takes() {
        assert_eq!(fitted("anna", 4), "anna");
        assert_eq!(fitted("annabella", 4), "ann…");
        assert_eq!(fitted("日本語", 6), "日本語");
        assert_eq!(fitted("日本語", 5), "日本…");
        assert_eq!(fitted("日本語", 4), "日…");
        assert_eq!(padded("日本語", 4).width(), 4);
        assert_eq!(padded("bo", 4), "bo  ");
    }

    #[test]
    fn lines_break_between_words_and_inside_long_ones() {
        assert_eq!(wrapped("it went to anna", 8), ["it went", "to anna"]);
        assert_eq!(wrapped("to annabella", 5), ["to", "annab", "ella"]);
        assert_eq!(wrapped("", 5), [""]);
    }

    #[test]
    fn what_moves_turns_or_hides_is_not_handed_on() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
        let hidden = "\u{85}\u{ad}\u{61c}\u{180e}\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\
                      \u{2066}\u{2069}\u{feff}\u{fffb}\u{e0041}";
        assert_eq!(clean(hidden), "\u{fffd}".repeat(hidden.chars().count()));
        for text in ["Zoë – “Łódź”", "日本語", "می\u{200c}خواهم", "👩\u{200d}💻", "שלום"] {
            assert_eq!(clean(text), text);
        }
    }
}
