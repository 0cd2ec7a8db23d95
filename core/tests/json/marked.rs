//! Texts in which a mark shows where problems are expected.

use frontdesk::{Position, Problem, Problems};

/// The mark before each place of an expected problem.
const MARK: char = '▶';

/// The expected problem at a mark: the code, the path, and a part of the hint.
pub type Expected<'a> = (&'a str, &'a str, &'a str);

/// The text without its marks, and their places.
pub fn unmark(marked: &str) -> (String, Vec<Position>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut here = Position { line: 1, column: 1 };
    for character in marked.chars() {
        match character {
            MARK => marks.push(here),
            '\n' => here = Position { line: here.line + 1, column: 1 },
            _ => here.column += 1,
        }
        text.extend((character != MARK).then_some(character));
    }
    (text, marks)
}

/// Types that can be read.
#[cfg(feature = "schema")]
use crate::schema::Strict as Read;
#[cfg(not(feature = "schema"))]
pub trait Read {}
#[cfg(not(feature = "schema"))]
impl<T> Read for T {}

/// Asserts the same as [`assert_told`], and that the schema refuses the text, as far as a schema can.
#[track_caller]
pub fn assert_problems<T: Read>(
    marked: &str,
    expected: &[Expected<'_>],
    read: impl FnOnce(&str) -> Result<T, Problems>,
) {
    let (_text, _problems) = assert_told(marked, expected, read);
    #[cfg(feature = "schema")]
    crate::schema::assert_refused_as_far_as_it_can::<T>(&_text, &_problems);
}

/// Asserts that the text has exactly these problems in this order, one at each mark; returns both.
#[track_caller]
pub fn assert_told<T>(
    marked: &str,
    expected: &[Expected<'_>],
    read: impl FnOnce(&str) -> Result<T, Problems>,
) -> (String, Problems) {
    let (text, marks) = unmark(marked);
    assert_eq!(marks.len(), expected.len(), "each problem has a mark: {marked}");
    let Err(problems) = read(&text) else { panic!("read without a problem: {text}") };
    let told = |it: &Problem| (it.code.as_str().to_owned(), it.path.clone(), it.position);
    let wanted = expected.iter().zip(marks).map(|(it, at)| (it.0.to_owned(), it.1.to_owned(), Some(at)));
    assert_eq!(problems.iter().map(told).collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{marked}\n{problems:#?}");
    for (problem, (_, _, hint)) in problems.iter().zip(expected) {
        assert!(problem.hint.as_deref().unwrap_or_default().contains(hint), "{marked}\n{problem:#?}");
        assert!(!problem.message.is_empty() && problem.message.len() < 400, "{problem:#?}");
    }
    (text, problems)
}
