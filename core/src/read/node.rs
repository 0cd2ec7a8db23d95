//! A JSON value as it was written, with the order of its keys and with duplicates.

use std::borrow::Cow;
use std::fmt;

use crate::deadline::NowAndThen;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Map, Number, Value};

/// A JSON value as it was written, except that a number with a whole value is a whole number: `1.0` and `1e0` are 1. Texts without
/// escapes are borrowed from what was written.
///
/// Some languages do not distinguish 1.0 from 1, and a value must be read in the same way from every language. Output needs no
/// such rule, because this library writes its text in every language.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node<'t> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    Object(Vec<Property<'t>>),
}

/// A key of an object, with its value.
pub(crate) type Property<'t> = (Cow<'t, str>, Node<'t>);

/// The largest whole number that is accepted: greater ones lose digits in JavaScript, and every greater `f64` is whole.
pub(crate) const MAX_INTEGER: i64 = 1 << 53;

/// Returns a number in its canonical form: a whole number if its value is whole, and 0 for -0. A number out of bounds is not
/// changed; readers refuse it.
pub(crate) fn canonical(number: Number) -> Number {
    match number.as_f64().filter(|value| number.is_f64() && value.fract() == 0.0) {
        Some(whole) if whole.abs() <= MAX_INTEGER as f64 => Number::from(whole as i64),
        _ => number,
    }
}

impl<'t> Node<'t> {
    /// Returns a value as it is written as JSON, with its keys in the same order. Its keys have to be texts.
    pub fn of(value: &impl Serialize) -> Node<'static> {
        let text = serde_json::to_string(value).unwrap_or_default();
        serde_json::from_str(&text).map_or(Node::Null, Node::into_owned)
    }

    /// Returns the value with texts of its own.
    pub fn into_owned(self) -> Node<'static> {
        match self {
            Node::Null => Node::Null,
            Node::Bool(value) => Node::Bool(value),
            Node::Number(number) => Node::Number(number),
            Node::Text(text) => Node::Text(Cow::Owned(text.into_owned())),
            Node::List(elements) => Node::List(elements.into_iter().map(Node::into_owned).collect()),
            Node::Object(fields) => {
                let owned = |(key, node): Property<'_>| (Cow::Owned(key.into_owned()), node.into_owned());
                Node::Object(fields.into_iter().map(owned).collect())
            }
        }
    }

    /// Returns the kind of the value, for a message.
    pub fn kind(&self) -> &'static str {
        match self {
            Node::Null => "null",
            Node::Bool(_) => "a boolean",
            Node::Number(_) => "a number",
            Node::Text(_) => "text",
            Node::List(_) => "a list",
            Node::Object(_) => "an object",
        }
    }

    /// Returns the value of a key, if this is an object with the key.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        match self {
            Node::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Returns the elements of a list; none of another value.
    pub fn elements(&self) -> &[Node<'t>] {
        match self {
            Node::List(elements) => elements,
            _ => &[],
        }
    }

    /// Returns the value of a key, to change it.
    #[cfg(feature = "routing")]
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node<'t>> {
        match self {
            Node::Object(entries) => entries.iter_mut().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Returns the elements of a list, to change them; none of another value.
    #[cfg(feature = "routing")]
    pub fn elements_mut(&mut self) -> &mut [Node<'t>] {
        match self {
            Node::List(elements) => elements,
            _ => &mut [],
        }
    }

    /// Adds the keys that an object does not have, with the value null.
    #[cfg(feature = "routing")]
    pub fn name_all(&mut self, keys: &[&str]) {
        let missing: Vec<&&str> = keys.iter().filter(|key| self.get(key).is_none()).collect();
        if let Node::Object(entries) = self {
            entries.extend(missing.into_iter().map(|key| (Cow::Owned((*key).to_owned()), Node::Null)));
        }
    }

    /// Adds the keys that the objects in the list under a key do not have, with the value null.
    #[cfg(feature = "routing")]
    pub fn name_all_in(&mut self, list: &str, keys: &[&str]) {
        let objects = self.get_mut(list).map(Node::elements_mut).unwrap_or_default();
        objects.iter_mut().for_each(|object| object.name_all(keys));
    }

    /// Returns the text, if this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Node::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl From<&Node<'_>> for Value {
    fn from(node: &Node<'_>) -> Value {
        match node {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::Text(text) => Value::String(text.clone().into_owned()),
            Node::List(elements) => Value::Array(elements.iter().map(Value::from).collect()),
            Node::Object(entries) => {
                let mut map = Map::new();
                for (key, node) in entries {
                    map.insert(key.clone().into_owned(), node.into());
                }
                Value::Object(map)
            }
        }
    }
}

impl From<Value> for Node<'static> {
    fn from(value: Value) -> Node<'static> {
        match value {
            Value::Null => Node::Null,
            Value::Bool(value) => Node::Bool(value),
            Value::Number(number) => Node::Number(canonical(number)),
            Value::String(text) => Node::Text(text.into()),
            Value::Array(elements) => Node::List(elements.into_iter().map(Node::from).collect()),
            Value::Object(entries) => {
                Node::Object(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
            }
        }
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Number(number) => number.serialize(serializer),
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(elements) => serializer.collect_seq(elements),
            Node::Object(entries) => serializer.collect_map(entries.iter().map(|(key, node)| (key, node))),
        }
    }
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

/// A key; read as it is, a `Cow` borrows nothing.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Key<'t>(#[serde(borrow)] Cow<'t, str>);

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'de>, E> {
        Ok(Number::from_f64(value).map_or(Node::Null, |number| Node::Number(canonical(number))))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(text.to_owned().into()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let mut elements = Vec::new();
        let mut watch = NowAndThen::default();
        while let Some(element) = list.next_element()? {
            if watch.is_up() {
                return Err(A::Error::custom("the time for it was up"));
            }
            elements.push(element);
        }
        Ok(Node::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some((Key(key), node)) = map.next_entry()? {
            fields.push((key, node));
        }
        Ok(Node::Object(fields))
    }
}
