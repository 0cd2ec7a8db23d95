//! From JSON paths to lines and columns, by walking the text a second time, and only when there are problems.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::path::{Placed, Segment};
use crate::order::{self, HashMap};
use crate::problem::{Position, Problem};

/// The problems with their positions in the text, in the order of the text.
pub(super) fn positions(text: &str, placed: Vec<Placed>) -> Vec<Problem> {
    let mut located: Vec<(usize, Placed)> = placed.into_iter().map(|placed| (0, placed)).collect();
    // Problems that share a path share the walk to it.
    let mut pending: Vec<&mut (usize, Placed)> = located.iter_mut().collect();
    if let Ok(root) = serde_json::from_str::<&RawValue>(text) {
        descend(text, root, 0, &mut pending);
    }
    order::sort_by(&mut located, |a, b| a.0.cmp(&b.0));
    let mut cursor = Cursor { text, offset: 0, position: Position { line: 1, column: 1 } };
    located
        .into_iter()
        .map(|(offset, placed)| Problem { position: Some(cursor.advance_to(offset)), ..placed.problem })
        .collect()
}

/// Sets the offset of all problems at or below a value.
fn descend(text: &str, value: &RawValue, depth: usize, pending: &mut [&mut (usize, Placed)]) {
    let here = offset_in(text, value.get());
    for (offset, _) in pending.iter_mut().map(|entry| &mut **entry) {
        *offset = here;
    }
    let mut below: Vec<&mut (usize, Placed)> =
        pending.iter_mut().map(|entry| &mut **entry).filter(|(_, placed)| placed.path.len() > depth).collect();
    if below.is_empty() {
        return;
    }
    let Ok(children) = serde_json::from_str::<Children<'_>>(value.get()) else { return };
    // Both the children and the problems are gone through once, side by side, by child.
    let places = children.places();
    let place_of = |placed: &Placed| placed.path.get(depth).and_then(|segment| places.of(segment));
    order::sort_by(&mut below, |a, b| place_of(&a.1).cmp(&place_of(&b.1)));
    for group in below.chunk_by_mut(|a, b| a.1.path.get(depth) == b.1.path.get(depth)) {
        let place = group.first().and_then(|entry| place_of(&entry.1));
        let Some(child) = place.and_then(|place| children.0.get(place)) else { continue };
        descend(text, child.value, depth + 1, group);
        let Some(key) = child.key else { continue };
        for (offset, placed) in group.iter_mut().map(|entry| &mut **entry) {
            if placed.on_key && placed.path.len() == depth + 1 {
                *offset = offset_in(text, key.get());
            }
        }
    }
}

fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

struct Child<'a> {
    key: Option<&'a RawValue>,
    value: &'a RawValue,
}

/// The elements of a list or the entries of an object, each still unparsed.
struct Children<'a>(Vec<Child<'a>>);

impl<'a> Children<'a> {
    fn places(&self) -> Places<'a> {
        let mut places = HashMap::<_, Vec<usize>>::default();
        for (place, child) in self.0.iter().enumerate() {
            let key = child.key.and_then(|key| serde_json::from_str::<Key<'_>>(key.get()).ok());
            if let Some(Key(key)) = key {
                places.entry(key).or_default().push(place);
            }
        }
        Places(places)
    }
}

/// Where the keys of an object stand among its entries; mostly once each.
struct Places<'a>(HashMap<Cow<'a, str>, Vec<usize>>);

impl Places<'_> {
    fn of(&self, segment: &Segment) -> Option<usize> {
        let (key, before) = match segment {
            Segment::Index(index) => return Some(*index),
            Segment::Key(key) => (key, 0),
            Segment::Again(key, before) => (key, *before),
        };
        self.0.get(key.as_str())?.get(before).copied()
    }
}

impl<'de> Deserialize<'de> for Children<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ChildrenVisitor)
    }
}

struct ChildrenVisitor;

/// A key that is borrowed from the text unless it has escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Visitor<'de> for ChildrenVisitor {
    type Value = Children<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut children = Vec::new();
        while let Some(value) = list.next_element()? {
            children.push(Child { key: None, value });
        }
        Ok(Children(children))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut children = Vec::new();
        while let Some((key, value)) = map.next_entry()? {
            children.push(Child { key: Some(key), value });
        }
        Ok(Children(children))
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
