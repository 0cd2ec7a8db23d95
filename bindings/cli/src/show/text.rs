//! Text by the columns it takes on a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text without control characters, which might move the cursor or ring the bell.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The text, cut so that it takes at most `width` columns; `…` says that something is missing.
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

/// The text, cut or filled with blanks so that it takes `width` columns.
pub fn padded(text: &str, width: usize) -> String {
    let mut text = fitted(text, width);
    let missing = width.saturating_sub(text.width());
    text.extend(std::iter::repeat_n(' ', missing));
    text
}

/// The text in lines of at most `width` columns, broken between words where that is possible.
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
    fn control_characters_are_not_handed_on() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
    }
}
