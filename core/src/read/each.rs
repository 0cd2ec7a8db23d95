//! Reading long lists element by element, so that only the results are in memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};

use super::{Node, Wrong};

/// A list whose elements are taken one after the other. A problem has no path; the caller reads the whole text again to find it.
pub(crate) struct Each<'f, 'de>(pub &'f mut dyn FnMut(Node<'de>) -> Result<(), Wrong>);

impl<'de> DeserializeSeed<'de> for Each<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Each<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(node) = list.next_element::<Node>()? {
            (self.0)(node).map_err(|_| A::Error::custom("an element that cannot be read"))?;
        }
        Ok(())
    }
}
