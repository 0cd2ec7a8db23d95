//! Splits a stream of bytes into content lines (RFC 5545, section 3.1): unfolded, parsed and numbered.

use std::borrow::Cow;

use vparser::{ParamIter, Parser};

/// The largest line, in bytes, that is unfolded. Only pictures and attachments are longer, and they are not needed.
const MOST_BYTES: usize = 256 * 1024;

/// Properties whose value has no colon: in them, a colon belongs to a parameter that should have been quoted.
const TIMES: [&str; 5] = ["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"];

/// A line of the stream, with its continuation lines.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a> {
    /// The number of the line in the stream, from 1.
    pub number: usize,
    bytes: &'a [u8],
}

/// An iterator over the lines that are not blank.
pub(super) struct RawLines<'a> {
    rest: &'a [u8],
    number: usize,
}

impl<'a> RawLines<'a> {
    pub fn new(bytes: &'a [u8]) -> RawLines<'a> {
        RawLines { rest: bytes, number: 0 }
    }

    /// Returns the end of a physical line, including its line break.
    fn physical(&self, from: usize) -> usize {
        let rest = self.rest.get(from..).unwrap_or_default();
        rest.iter().position(|byte| *byte == b'\n').map_or(self.rest.len(), |at| from + at + 1)
    }
}

impl<'a> Iterator for RawLines<'a> {
    type Item = Raw<'a>;

    fn next(&mut self) -> Option<Raw<'a>> {
        while !self.rest.is_empty() {
            let number = self.number + 1;
            let mut end = self.physical(0);
            self.number += 1;
            let is_blank = self.rest.get(..end).unwrap_or_default().trim_ascii().is_empty();
            while !is_blank && matches!(self.rest.get(end), Some(b' ' | b'\t')) {
                end = self.physical(end);
                self.number += 1;
            }
            let (bytes, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, &[]));
            self.rest = rest;
            if !is_blank {
                return Some(Raw { number, bytes });
            }
        }
        None
    }
}

/// A parsed content line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// The number of its first line in the stream, from 1; 0 if it comes from elsewhere.
    pub number: usize,
    /// The name of the property, in capitals.
    pub name: String,
    /// The parameters; names in capitals, values without quotes.
    pub params: Vec<(String, String)>,
    pub value: String,
}

impl Line {
    /// Returns the value of a parameter.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A deviation of a line from the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// The line is not of the form `NAME:value`.
    NoContentLine,
    /// The line is too long to be read.
    TooLong,
    /// The line is read, without its bytes that are not UTF-8.
    NotUtf8,
    /// The line is read, without its control characters.
    ControlCharacters,
}

impl<'a> Raw<'a> {
    /// Returns the name of the property in capitals, without parsing the rest.
    pub fn name(self) -> String {
        let mut name = Vec::new();
        let mut bytes = self.bytes;
        while let Some((byte, rest)) = bytes.split_first() {
            match (byte, rest) {
                (b'\r', [b'\n', b' ' | b'\t', after @ ..]) | (b'\n', [b' ' | b'\t', after @ ..]) => bytes = after,
                (b':' | b';' | b'\n', _) => break,
                _ if name.len() > 64 => break,
                _ => {
                    name.push(byte.to_ascii_uppercase());
                    bytes = rest;
                }
            }
        }
        String::from_utf8_lossy(name.trim_ascii()).into_owned()
    }

    /// Returns `true` if the line may have a name and a value.
    pub fn is_content_line(self) -> bool {
        let name = self.name();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        !name.is_empty() && name.bytes().all(plain) && self.bytes.contains(&b':')
    }

    /// Parses the line.
    pub fn read(self) -> (Option<Line>, Option<Oddity>) {
        if self.bytes.len() > MOST_BYTES {
            return (None, Some(Oddity::TooLong));
        }
        let bytes = unfolded(self.bytes);
        let text = String::from_utf8_lossy(&bytes);
        let mut oddity = matches!(text, Cow::Owned(_)).then_some(Oddity::NotUtf8);
        let is_odd = |c: char| c.is_control() && c != '\t';
        let text = if text.contains(is_odd) {
            oddity = oddity.or(Some(Oddity::ControlCharacters));
            Cow::Owned(text.replace(is_odd, ""))
        } else {
            text
        };
        match Line::parse(&text, self.number) {
            Some(line) => (Some(line), oddity),
            None => (None, Some(Oddity::NoContentLine)),
        }
    }
}

impl Line {
    /// Parses a line that is unfolded already.
    pub fn parse(text: &str, number: usize) -> Option<Line> {
        let line = Parser::new(text.trim_end_matches(['\r', '\n'])).next()?;
        let (name, params, value) = (line.name(), line.params(), line.value());
        let before = name.len() + if params.is_empty() { 0 } else { params.len() + 1 };
        if name.trim().is_empty() || before >= line.raw().len() {
            return None;
        }
        let name = name.trim().to_ascii_uppercase();
        let (params, value) = match value.rsplit_once(':') {
            Some((rest, value)) if TIMES.contains(&name.as_str()) && params.contains('(') => {
                (Cow::Owned(format!("{params}:{rest}")), Cow::Owned(value.to_owned()))
            }
            _ => (params, value),
        };
        let params = ParamIter::new(&params).map(|param| {
            let value = param.value().trim().trim_matches('"');
            (param.name().trim().to_ascii_uppercase(), uncaret(value))
        });
        Some(Line { number, name, params: params.collect(), value: value.into_owned() })
    }
}

/// Removes the folds of a line, as bytes: some programs fold inside of a character.
fn unfolded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
    if !bytes.contains(&b'\n') {
        return Cow::Borrowed(bytes);
    }
    let mut whole = Vec::with_capacity(bytes.len());
    for (index, part) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let part = part.strip_suffix(b"\r").unwrap_or(part);
        whole.extend_from_slice(if index == 0 { part } else { part.get(1..).unwrap_or_default() });
    }
    Cow::Owned(whole)
}

/// Decodes the escapes of RFC 6868 in parameters: `^n`, `^^` and `^'`.
fn uncaret(value: &str) -> String {
    if !value.contains('^') {
        return value.to_owned();
    }
    let mut plain = String::with_capacity(value.len());
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        let escaped = match (c, rest.as_str().chars().next()) {
            ('^', Some('n')) => Some('\n'),
            ('^', Some('^')) => Some('^'),
            ('^', Some('\'')) => Some('"'),
            _ => None,
        };
        if escaped.is_some() {
            rest.next();
        }
        plain.push(escaped.unwrap_or(c));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{Line, Oddity, RawLines};

    fn read(bytes: &[u8]) -> Vec<(Option<Line>, Option<Oddity>)> {
        RawLines::new(bytes).map(|raw| raw.read()).collect()
    }

    /// Bytes, and their lines: number, name, parameters, value.
    type Case = (&'static [u8], &'static [(usize, &'static str, &'static str, &'static str)]);

    #[rustfmt::skip]
    const LINES: &[Case] = &[
        (b"SUMMARY:Sick\r\n", &[(1, "SUMMARY", "", "Sick")]),
        (b"SUMMARY:Sick", &[(1, "SUMMARY", "", "Sick")]),
        (b"summary:Sick\nUID:1\n", &[(1, "SUMMARY", "", "Sick"), (2, "UID", "", "1")]),
        (b"\r\n\r\nUID:1\r\n \t\r\n\r\nUID:2", &[(3, "UID", "", "1\t"), (6, "UID", "", "2")]),
        (b"SUMMARY:Si\r\n ck  \n\tlea\r\n ve\r\nUID:1", &[(1, "SUMMARY", "", "Sick  leave"), (5, "UID", "", "1")]),
        // A fold inside of a character.
        (b"SUMMARY:Gr\xc3\r\n \xbc\xc3\x9fe", &[(1, "SUMMARY", "", "Gr\u{fc}\u{df}e")]),
        (b"S\n U\n M\n MARY\n :x", &[(1, "SUMMARY", "", "x")]),
        (b"DTSTART;TZID=Europe/Berlin;VALUE=DATE-TIME:1", &[(1, "DTSTART", "TZID=Europe/Berlin;VALUE=DATE-TIME", "1")]),
        (b"DTSTART;tzid=\"a;b:c,d\":1", &[(1, "DTSTART", "TZID=a;b:c,d", "1")]),
        (b"DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20261120T090000",
            &[(1, "DTSTART", "TZID=(UTC+01:00) Amsterdam, Berlin", "20261120T090000")]),
        (b"X;A=1^n2^^3^'4^5:v", &[(1, "X", "A=1\n2^3\"4^5", "v")]),
        (b"URL:http://x.y/:z;a=b", &[(1, "URL", "", "http://x.y/:z;a=b")]),
        (b"SUMMARY:", &[(1, "SUMMARY", "", "")]),
        (b"X;A=\"open:1", &[(1, "X", "A=open", "1")]),
    ];

    #[test]
    fn lines_are_unfolded_and_taken_apart() {
        for (bytes, expected) in LINES {
            let lines: Vec<Line> = read(bytes).into_iter().filter_map(|(line, _)| line).collect();
            let told = |line: &Line| {
                let params: Vec<String> = line.params.iter().map(|(name, value)| format!("{name}={value}")).collect();
                (line.number, line.name.clone(), params.join(";"), line.value.clone())
            };
            let lines: Vec<_> = lines.iter().map(told).collect();
            let expected: Vec<_> =
                expected.iter().map(|it| (it.0, it.1.to_owned(), it.2.to_owned(), it.3.to_owned())).collect();
            assert_eq!(lines, expected, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn odd_lines_are_told_apart() {
        assert_eq!(read(b"no line"), [(None, Some(Oddity::NoContentLine))]);
        assert_eq!(read(b"A;B=C"), [(None, Some(Oddity::NoContentLine))]);
        assert_eq!(read(b":x"), [(None, Some(Oddity::NoContentLine))]);
        let [(line, oddity)] = &read(b"SUMMARY:a\0b")[..] else { panic!() };
        assert_eq!((line.as_ref().unwrap().value.as_str(), *oddity), ("ab", Some(Oddity::ControlCharacters)));
        let [(line, oddity)] = &read(b"SUMMARY:a\xffb")[..] else { panic!() };
        assert_eq!((line.as_ref().unwrap().value.as_str(), *oddity), ("a\u{fffd}b", Some(Oddity::NotUtf8)));
        assert_eq!(read(&[&b"SUMMARY:"[..], &[b'x'; 300_000]].concat()), [(None, Some(Oddity::TooLong))]);
    }
}
