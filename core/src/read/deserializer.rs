//! A parsed value as a deserializer.
//!
//! With it, a problem has its path and a hint, a duplicate key is found, and several parts are read from the same object.
//! `serde(flatten)` would first copy the whole object, and lose the path.

use std::slice;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{Node, Property, Wrong};

/// Each kind of value has its own method, because a single method would be compiled as a whole for each type.
impl<'de> Deserializer<'de> for &'de Node<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(whole), ..) => visitor.visit_u64(whole),
                (None, Some(negative), _) => visitor.visit_i64(negative),
                (None, None, real) => visitor.visit_f64(real.unwrap_or(f64::NAN)),
            },
            Node::Text(text) => visitor.visit_borrowed_str(text),
            Node::List(_) => self.deserialize_seq(visitor),
            Node::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if let Node::Bool(value) = self { visitor.visit_bool(*value) } else { Err(Wrong::kind(self, "true or false")) }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let number = if let Node::Number(number) = self { number.as_i64() } else { None };
        visitor.visit_i64(number.ok_or_else(|| Wrong::kind(self, "a whole number"))?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        let number = if let Node::Number(number) = self { number.as_u64() } else { None };
        visitor.visit_u64(number.ok_or_else(|| Wrong::kind(self, "a whole number that is not negative"))?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if let Node::Text(text) = self { visitor.visit_borrowed_str(text) } else { Err(Wrong::kind(self, "text")) }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Node::List(elements) => visitor.visit_seq(Elements { all: elements.iter(), index: 0 }),
            _ => Err(Wrong::kind(self, "a list")),
        }
    }

    /// Reads a pair, the only tuple that occurs.
    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Node::List(elements) if elements.len() == length => self.deserialize_seq(visitor),
            _ => Err(Wrong::kind(self, "a list of two")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self {
            Node::Object(entries) => visitor.visit_map(Entries { all: entries.iter(), last: ("", &Node::Null) }),
            _ => Err(Wrong::kind(self, "an object")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        if matches!(self, Node::Null) { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    /// Reads a word, or an object with the word as its only key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self {
            Node::Text(word) => visitor.visit_enum(Variant { word, content: &Node::Null }),
            Node::Object(entries) => match entries.as_slice() {
                [(word, content)] => visitor.visit_enum(Variant { word, content }).map_err(|wrong| wrong.at(word)),
                _ => Err(Wrong::kind(self, "one key")),
            },
            _ => Err(Wrong::kind(self, "text")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

struct Elements<'n> {
    all: slice::Iter<'n, Node<'n>>,
    index: usize,
}

impl<'n> SeqAccess<'n> for Elements<'n> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(element) = self.all.next() else { return Ok(None) };
        let read = seed.deserialize(element).map_err(|wrong| wrong.nth(self.index))?;
        self.index += 1;
        Ok(Some(read))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.all.len())
    }
}

struct Entries<'n> {
    all: slice::Iter<'n, Property<'n>>,
    /// The entry whose value is read next.
    last: (&'n str, &'n Node<'n>),
}

impl<'n> MapAccess<'n> for Entries<'n> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'n>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((key, value)) = self.all.next() else { return Ok(None) };
        self.last = (key, value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'n>>(&mut self, seed: T) -> Result<T::Value, Wrong> {
        let (key, value) = self.last;
        seed.deserialize(value).map_err(|wrong| wrong.at(key))
    }
}

/// A variant: its word, and its value.
struct Variant<'n> {
    word: &'n str,
    content: &'n Node<'n>,
}

impl<'n> EnumAccess<'n> for Variant<'n> {
    type Error = Wrong;
    type Variant = &'n Node<'n>;

    fn variant_seed<T: DeserializeSeed<'n>>(self, seed: T) -> Result<(T::Value, &'n Node<'n>), Wrong> {
        Ok((seed.deserialize(BorrowedStrDeserializer::<Wrong>::new(self.word))?, self.content))
    }
}

impl<'n> VariantAccess<'n> for &'n Node<'_> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'n>>(self, seed: T) -> Result<T::Value, Wrong> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'n>>(self, length: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'n>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_struct("", fields, visitor)
    }
}

/// The value of an absent key: `None` of an `Option`, `false` of a `bool`, and a problem for other types.
pub(super) struct Absent(pub &'static str);

impl<'de> Deserializer<'de> for Absent {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Wrong> {
        Err(Wrong::missing_field(self.0))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_none()
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_bool(false)
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}
