//! Reading back what this library wrote itself: events and snapshots. Keys that are not known are passed over, and the
//! first problem is told.
//!
//! Types say by [`stored!`] of what keys they are made. Derived reading would be compiled anew for each of them, which would
//! make what a browser has to load larger by an eighth.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::path::{self, Placed, Segment};
use super::{Id, Node};
use crate::problem::{Code, Problem, Word, shortened};
use crate::time::Instant;

/// What is written and read back.
pub(crate) trait Stored: Sized {
    /// Reads a value.
    fn read(node: &Node) -> Result<Self, Wrong>;
}

/// The first problem of a value, with its path from within outwards.
#[derive(Debug)]
pub(crate) struct Wrong(Box<Placed>);

impl Wrong {
    fn new(message: String) -> Self {
        Problem::new(Code::InvalidJson, message).into()
    }

    fn kind(node: &Node, wanted: &str) -> Self {
        Wrong::new(format!("expected {wanted}, found {}", node.kind()))
    }

    fn missing(key: &str) -> Self {
        Wrong::new(format!("the key {key:?} is missing"))
    }

    /// A text that is none of those that can stand there.
    pub fn word(text: &str, all: &[&str]) -> Self {
        let mut wrong = Wrong::new(format!("{:?} is none of {}", shortened(text), all.join(", ")));
        wrong.0.problem.hint = Problem::new(Code::InvalidJson, "").suggesting(text, all.iter().copied()).hint;
        wrong
    }

    /// The same problem, under a key.
    pub fn at(self, key: &str) -> Self {
        self.under(Segment::nth(key, 0))
    }

    /// The same problem, in an element of a list.
    pub fn nth(self, index: usize) -> Self {
        self.under(Segment::Index(index))
    }

    fn under(mut self, segment: Segment) -> Self {
        self.0.path.push(segment);
        self
    }

    /// The problem of what should be such a thing, and its path.
    pub(super) fn of(mut self, what: &str) -> Box<Placed> {
        self.0.problem.message = format!("this is not {what}: {}", self.0.problem.message);
        self.placed()
    }

    /// The problem, and its path.
    pub(super) fn placed(mut self) -> Box<Placed> {
        let Placed { problem, path, .. } = &mut *self.0;
        path.reverse();
        problem.path = path::to_text(path);
        self.0
    }

    /// The problem as the error of a deserialiser.
    pub fn error<E: serde::de::Error>(self) -> E {
        let placed = self.of("a value of its type");
        E::custom(placed.problem)
    }
}

/// What was read is wrong for a reason beyond its form.
impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Self {
        Wrong(Box::new(Placed { problem, path: Vec::new(), on_key: false }))
    }
}

/// Reads such a thing, of a version.
pub(crate) fn of_version<T: Stored>(node: &Node, what: &str, version: u8) -> Result<T, Box<Placed>> {
    let found: u64 = need(node, "version").map_err(|wrong| wrong.of(what))?;
    if found == u64::from(version) {
        return T::read(node).map_err(|wrong| wrong.of(what));
    }
    let message = format!("{what} of version {found} is not read by this build");
    let problem = Problem::new(Code::UnsupportedVersion, message).at_path("$");
    Err(Box::new(Placed { problem, path: Vec::new(), on_key: false }))
}

/// The value of a key of an object.
fn find<'n>(node: &'n Node, key: &str) -> Result<Option<&'n Node>, Wrong> {
    let Node::Object(entries) = node else { return Err(Wrong::kind(node, "an object")) };
    let mut values = entries.iter().filter(|(name, _)| name == key).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (found, None) => Ok(found),
        _ => Err(Wrong::new(format!("the key {key:?} stands here twice")).under(Segment::nth(key, 1))),
    }
}

fn read_at<T: Stored>(node: &Node, key: &str) -> Result<T, Wrong> {
    T::read(node).map_err(|wrong| wrong.at(key))
}

/// The value of a key that is there.
pub(crate) fn need<T: Stored>(node: &Node, key: &str) -> Result<T, Wrong> {
    read_at(find(node, key)?.ok_or_else(|| Wrong::missing(key))?, key)
}

/// The value of a key, or the usual where it is absent.
pub(crate) fn maybe<T: Stored + Default>(node: &Node, key: &str) -> Result<T, Wrong> {
    find(node, key)?.map_or_else(|| Ok(T::default()), |value| read_at(value, key))
}

/// What lies in the same object, if a key of it is there.
pub(crate) fn flat_if<T: Stored>(node: &Node, key: &str) -> Result<Option<T>, Wrong> {
    find(node, key)?.map(|_| T::read(node)).transpose()
}

/// The text of a key that says which of several an object is.
pub(crate) fn tag<'n>(node: &'n Node, key: &str) -> Result<&'n str, Wrong> {
    let value = find(node, key)?.ok_or_else(|| Wrong::missing(key))?;
    text(value).map_err(|wrong| wrong.at(key))
}

/// Reads a word, or one with more to it: an object with that as its only key.
pub(crate) fn word<T>(node: &Node, read: impl FnOnce(&str, &Node) -> Result<T, Wrong>) -> Result<T, Wrong> {
    match node {
        Node::Object(entries) => match entries.as_slice() {
            [(word, more)] => read(word, more).map_err(|wrong| wrong.at(word)),
            _ => Err(Wrong::kind(node, "one key")),
        },
        _ => read(text(node)?, &Node::Null),
    }
}

/// A word of a vocabulary.
impl<W: Word> Stored for W {
    fn read(node: &Node) -> Result<Self, Wrong> {
        let text = text(node)?;
        W::find(text).ok_or_else(|| Wrong::word(text, &W::ALL.iter().map(|word| word.text()).collect::<Vec<_>>()))
    }
}

fn text(node: &Node) -> Result<&str, Wrong> {
    node.text().ok_or_else(|| Wrong::kind(node, "text"))
}

/// Has a type be read back. Of an object it says the keys, which are those of the fields:
///
/// - `field` has to be there, `field: maybe` may be absent,
/// - `field: flat` lies in the same object, and `field: flat_if "key"` does if that key is there,
/// - `field: never` is written only.
///
/// Of an enum it says the word of each variant, which stands under a key (`by`), or by itself.
macro_rules! stored {
    (struct $name:ident { $($field:ident $(: $how:ident $($key:literal)?)?),* $(,)? }) => {
        $crate::read::stored!(@read $name, node => Ok($name {
            $($field: $crate::read::stored!(@field node $field $($how $($key)?)?),)*
        }));
    };
    (enum $name:ident by $tag:literal {
        $($word:literal => $variant:ident { $($field:ident $(: $how:ident $($key:literal)?)?),* $(,)? }),* $(,)?
    }) => {
        $crate::read::stored!(@read $name, node => match $crate::read::stored::tag(node, $tag)? {
            $($word => Ok($name::$variant {
                $($field: $crate::read::stored!(@field node $field $($how $($key)?)?),)*
            }),)*
            other => Err($crate::read::stored::Wrong::word(other, &[$($word),*]).at($tag)),
        });
    };
    (enum $name:ident {
        $($word:literal => $variant:ident { $($field:ident $(: $how:ident $($key:literal)?)?),* $(,)? }),* $(,)?
    }) => {
        $crate::read::stored!(@read $name, node => $crate::read::stored::word(node, |word, _more| match word {
            $($word => Ok($name::$variant {
                $($field: $crate::read::stored!(@field _more $field $($how $($key)?)?),)*
            }),)*
            other => Err($crate::read::stored::Wrong::word(other, &[$($word),*])),
        }));
    };
    (@field $node:ident $field:ident) => { $crate::read::stored::need($node, stringify!($field))? };
    (@field $node:ident $field:ident maybe) => { $crate::read::stored::maybe($node, stringify!($field))? };
    (@field $node:ident $field:ident flat) => { $crate::read::stored::Stored::read($node)? };
    (@field $node:ident $field:ident flat_if $key:literal) => { $crate::read::stored::flat_if($node, $key)? };
    (@field $node:ident $field:ident never) => { Default::default() };
    (@read $name:ident, $node:ident => $read:expr) => {
        impl $crate::read::stored::Stored for $name {
            fn read($node: &$crate::read::Node) -> Result<Self, $crate::read::stored::Wrong> {
                $read
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let node = serde::Deserialize::deserialize(deserializer)?;
                $crate::read::stored::Stored::read(&node).map_err($crate::read::stored::Wrong::error)
            }
        }
    };
}

pub(crate) use stored;

// ---- plain values

impl Stored for bool {
    fn read(node: &Node) -> Result<Self, Wrong> {
        if let Node::Bool(value) = node { Ok(*value) } else { Err(Wrong::kind(node, "true or false")) }
    }
}

impl Stored for i64 {
    fn read(node: &Node) -> Result<Self, Wrong> {
        let number = if let Node::Number(number) = node { number.as_i64() } else { None };
        number.ok_or_else(|| Wrong::kind(node, "a whole number"))
    }
}

impl Stored for u64 {
    fn read(node: &Node) -> Result<Self, Wrong> {
        let number = if let Node::Number(number) = node { number.as_u64() } else { None };
        number.ok_or_else(|| Wrong::kind(node, "a whole number that is not negative"))
    }
}

macro_rules! smaller {
    ($($number:ty),*) => {
        $(impl Stored for $number {
            fn read(node: &Node) -> Result<Self, Wrong> {
                let number = u64::read(node)?;
                number.try_into().map_err(|_| Wrong::new(format!("{number} is too large")))
            }
        })*
    };
}

smaller!(u8, u32, usize);

impl Stored for String {
    fn read(node: &Node) -> Result<Self, Wrong> {
        text(node).map(str::to_owned)
    }
}

impl Stored for Arc<str> {
    fn read(node: &Node) -> Result<Self, Wrong> {
        text(node).map(Arc::from)
    }
}

impl Stored for Id {
    fn read(node: &Node) -> Result<Self, Wrong> {
        text(node).map(Id::from)
    }
}

impl Stored for Instant {
    fn read(node: &Node) -> Result<Self, Wrong> {
        Instant::parse_end(text(node)?).map_err(|problem| {
            let mut wrong = Wrong::new(problem.message);
            wrong.0.problem.hint = problem.hint;
            wrong
        })
    }
}

impl Stored for Value {
    fn read(node: &Node) -> Result<Self, Wrong> {
        Ok(node.into())
    }
}

impl Stored for Node {
    fn read(node: &Node) -> Result<Self, Wrong> {
        Ok(node.clone())
    }
}

/// Nothing of it, but that it is there.
impl Stored for () {
    fn read(_: &Node) -> Result<Self, Wrong> {
        Ok(())
    }
}

// ---- of others

impl<T: Stored> Stored for Option<T> {
    fn read(node: &Node) -> Result<Self, Wrong> {
        if matches!(node, Node::Null) { Ok(None) } else { T::read(node).map(Some) }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(node: &Node) -> Result<Self, Wrong> {
        let Node::List(elements) = node else { return Err(Wrong::kind(node, "a list")) };
        let read = |(index, element)| T::read(element).map_err(|wrong| wrong.nth(index));
        elements.iter().enumerate().map(read).collect()
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn read(node: &Node) -> Result<Self, Wrong> {
        let [a, b] = node.elements() else { return Err(Wrong::kind(node, "a list of two")) };
        Ok((A::read(a)?, B::read(b)?))
    }
}

impl Stored for BTreeMap<String, Value> {
    fn read(node: &Node) -> Result<Self, Wrong> {
        entries(node)
    }
}

impl<V: Stored> Stored for BTreeMap<Id, V> {
    fn read(node: &Node) -> Result<Self, Wrong> {
        entries(node)
    }
}

fn entries<K: for<'a> From<&'a str>, V: Stored, C: FromIterator<(K, V)>>(node: &Node) -> Result<C, Wrong> {
    let Node::Object(entries) = node else { return Err(Wrong::kind(node, "an object")) };
    entries.iter().map(|(key, value)| Ok((K::from(key), read_at(value, key)?))).collect()
}
