//! Text values (RFC 5545, section 3.3.11).

/// Decodes a text value: `\n` is a line break, and a backslash escapes the character after it.
pub(crate) fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match (c, rest.as_str().chars().next()) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(escaped @ ('\\' | ';' | ',' | ':' | '"'))) => text.push(escaped),
            (c, _) => {
                text.push(c);
                continue;
            }
        }
        rest.next();
    }
    text
}

/// Splits a list value into its texts.
pub(crate) fn list(value: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_escaped = false;
    for c in value.chars() {
        if c == ',' && !is_escaped {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.iter().map(|part| unescaped(part).trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Encodes a text as a value. Control characters that calendars cannot hold become blanks.
pub(crate) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' => value.push_str("\\n"),
            '\\' | ';' | ',' => value.extend(['\\', c]),
            c if c.is_control() && c != '\t' => value.push(' '),
            c => value.push(c),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{escaped, list, unescaped};

    #[test]
    fn text_is_unescaped() {
        for (value, expected) in [
            ("plain", "plain"),
            (r"a\, b\; c\\ d\n e\N f", "a, b; c\\ d\n e\n f"),
            (r"C:\dir\", r"C:\dir\"),
            (r"a\:b", "a:b"),
            (r"\\n", r"\n"),
        ] {
            assert_eq!(unescaped(value), expected, "{value}");
        }
        assert_eq!(list(r"Leave, Red\, warm ,,x\\,y"), ["Leave", "Red, warm", r"x\", "y"]);
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_back(text in r"(\PC|[\n\\;,:])*") {
            prop_assert_eq!(unescaped(&escaped(&text)), text);
        }
    }
}
