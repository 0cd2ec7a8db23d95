//! From JSON paths to lines and columns, by walking the text a second time, and only when there are problems.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::Node;
use super::path::{Placed, Segment};
use crate::problem::{Position, Problem};

/// The problems with their positions in the text, in the order of the text.
pub(super) fn positions(text: &str, placed: Vec<Placed>) -> Vec<Problem> {
    let mut located: Vec<(usize, Placed)> = placed.into_iter().map(|placed| (0, placed)).collect();
    // Problems that share a path share the walk to it.
    let mut pending: Vec<&mut (usize, Placed)> = located.iter_mut().collect();
    descend(text, text.trim_ascii(), 0, &mut pending);
    located.sort_by_key(|a| a.0);
    let mut cursor = Cursor { text, offset: 0, position: Position { line: 1, column: 1 } };
    located
        .into_iter()
        .map(|(offset, placed)| Problem { position: Some(cursor.advance_to(offset)), ..placed.problem })
        .collect()
}

/// Sets the offset of all problems at or below a value.
fn descend(text: &str, value: &str, depth: usize, pending: &mut [&mut (usize, Placed)]) {
    let here = offset_in(text, value);
    for (offset, _) in pending.iter_mut().map(|entry| &mut **entry) {
        *offset = here;
    }
    let mut below: Vec<&mut (usize, Placed)> =
        pending.iter_mut().map(|entry| &mut **entry).filter(|(_, placed)| placed.path.len() > depth).collect();
    if below.is_empty() {
        return;
    }
    let children = Children::of(value);
    // Both the children and the problems are gone through once, side by side, by child.
    let places = children.places();
    let place_of = |placed: &Placed| placed.path.get(depth).and_then(|segment| places.of(segment));
    below.sort_by_key(|a| place_of(&a.1));
    for group in below.chunk_by_mut(|a, b| a.1.path.get(depth) == b.1.path.get(depth)) {
        let place = group.first().and_then(|entry| place_of(&entry.1));
        let Some(child) = place.and_then(|place| children.0.get(place)) else { continue };
        descend(text, child.value, depth + 1, group);
        let Some(key) = child.key else { continue };
        for (offset, placed) in group.iter_mut().map(|entry| &mut **entry) {
            if placed.on_key && placed.path.len() == depth + 1 {
                *offset = offset_in(text, key);
            }
        }
    }
}

fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

struct Child<'a> {
    key: Option<&'a str>,
    value: &'a str,
}

/// The elements of a list or the entries of an object, each as it is written.
struct Children<'a>(Vec<Child<'a>>);

impl<'a> Children<'a> {
    /// Those of a value that is known to be sound.
    fn of(value: &'a str) -> Self {
        let (mut children, mut rest) = (Vec::new(), value.get(1..).unwrap_or_default());
        loop {
            rest = rest.trim_ascii_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_ascii_start();
            let key = value.starts_with('{').then(|| cut(&mut rest));
            rest = rest.trim_ascii_start();
            rest = rest.strip_prefix(':').unwrap_or(rest).trim_ascii_start();
            match cut(&mut rest) {
                "" => return Children(children),
                value => children.push(Child { key, value }),
            }
        }
    }

    fn places(&self) -> Places<'a> {
        let mut places = FxHashMap::<_, Vec<usize>>::default();
        for (place, child) in self.0.iter().enumerate() {
            if let Some(key) = child.key.and_then(plain) {
                places.entry(key).or_default().push(place);
            }
        }
        Places(places)
    }
}

/// A key without its quotes; borrowed unless it has escapes.
fn plain(key: &str) -> Option<Cow<'_, str>> {
    if !key.contains('\\') {
        return key.get(1..key.len() - 1).map(Cow::from);
    }
    match serde_json::from_str(key) {
        Ok(Node::Text(text)) => Some(text),
        _ => None,
    }
}

/// Cuts the value off that a text begins with; nothing where there is none.
fn cut<'a>(text: &mut &'a str) -> &'a str {
    let (value, rest) = text.split_at_checked(length(text)).unwrap_or_default();
    *text = rest;
    value
}

/// Returns the length of the value that a text begins with.
fn length(text: &str) -> usize {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth > 0 => depth -= 1,
            b'}' | b']' | b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// Where the keys of an object stand among its entries; mostly once each.
struct Places<'a>(FxHashMap<Cow<'a, str>, Vec<usize>>);

impl Places<'_> {
    fn of(&self, segment: &Segment) -> Option<usize> {
        let (key, before) = match segment {
            Segment::Index(index) => return Some(*index),
            Segment::Key(key) => (key, 0),
            Segment::Again(key, before) => (key, *before),
        };
        self.0.get(&**key)?.get(before).copied()
    }
}

/// Goes through a text once, counting lines and characters.
struct Cursor<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl Cursor<'_> {
    /// The position of a byte offset that is not before the last one asked for.
    fn advance_to(&mut self, offset: usize) -> Position {
        for character in self.text.get(self.offset..offset).unwrap_or_default().chars() {
            if character == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.offset = self.offset.max(offset);
        self.position
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::value::RawValue;

    use super::*;

    fn values() -> impl Strategy<Value = Value> {
        let text = r#"[a"\\{}\[\],: \n\u{0}é]{0,6}"#;
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 40, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((text, inner), 0..5).prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        /// The children of a value are those that the library finds which reads it.
        #[test]
        fn children_are_those_of_the_reader(value in values(), is_pretty in any::<bool>()) {
            let written = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let written = written.unwrap();
            prop_assert_eq!(length(&written), written.len());
            let found = Children::of(&written);
            let values = found.0.iter().map(|child| child.value).collect::<Vec<_>>();
            match &value {
                Value::Array(_) => {
                    let read: Vec<&RawValue> = serde_json::from_str(&written).unwrap();
                    prop_assert_eq!(values, read.iter().map(|raw| raw.get()).collect::<Vec<_>>());
                }
                Value::Object(entries) => {
                    let keys = found.0.iter().map(|child| plain(child.key.unwrap()).unwrap().into_owned());
                    prop_assert_eq!(keys.collect::<Vec<_>>(), entries.keys().cloned().collect::<Vec<_>>());
                    let read: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(&written).unwrap();
                    prop_assert_eq!(values, read.values().map(|raw| raw.get()).collect::<Vec<_>>());
                }
                _ => {}
            }
        }
    }
}
