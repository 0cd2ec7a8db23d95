//! Reading events and snapshots, which this library wrote itself. Unknown keys are ignored, and reading ends at the first
//! problem.

use serde::de::{DeserializeOwned, Error};

use super::deserializer::Absent;
use super::path::{self, Placed};
use super::{Node, Reader, Wrong};
use crate::problem::{Code, Problem};

/// Reads a value of a version, described as `what`. The version is read first, because another version may have any shape.
pub(super) fn of_version<T>(
    node: &Node,
    what: &str,
    version: u8,
    read: impl FnOnce(&Node) -> Result<T, Wrong>,
) -> Result<T, Box<Placed>> {
    let found: u64 = node.field("version").map_err(|wrong| wrong.of(what))?;
    if found == u64::from(version) {
        return read(node).map_err(|wrong| wrong.of(what));
    }
    Err(unsupported(what, found).placed())
}

/// Checks the version of a value that the library wrote, described as `what`.
#[cfg(feature = "routing")]
pub(crate) fn check_version(found: &Node, what: &str, version: u8) -> Result<(), Wrong> {
    let found: u64 = found.read()?;
    if found == u64::from(version) { Ok(()) } else { Err(unsupported(what, found)) }
}

fn unsupported(what: &str, found: u64) -> Wrong {
    Problem::new(Code::UnsupportedVersion, format!("{what} of version {found} is not read by this build")).into()
}

impl Reader<'_> {
    /// Reads a value of a version that the library wrote.
    pub fn written<T>(
        &mut self,
        node: &Node,
        what: &str,
        version: u8,
        read: impl FnOnce(&Node) -> Result<T, Wrong>,
    ) -> Option<T> {
        let Placed { problem, path: below, on_key } = match of_version(node, what, version, read) {
            Ok(read) => return Some(read),
            Err(placed) => *placed,
        };
        let path = [self.path.as_slice(), &below].concat();
        self.problems.push(Placed { problem: problem.at_path(path::to_text(&path)), path, on_key });
        None
    }
}

impl<'t> Node<'t> {
    /// Reads a value.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Wrong> {
        T::deserialize(self)
    }

    /// Reads the value of a key of an object.
    pub fn field<T: DeserializeOwned>(&self, key: &'static str) -> Result<T, Wrong> {
        match self.find(key)? {
            None => T::deserialize(Absent(key)),
            Some(value) => value.read().map_err(|wrong: Wrong| wrong.at(key)),
        }
    }

    /// Reads the value of a key that may be absent, and may be null.
    pub fn nullable<T: DeserializeOwned>(&self, key: &'static str) -> Result<Option<Option<T>>, Wrong> {
        self.find(key)?.map(|value| value.read().map_err(|wrong: Wrong| wrong.at(key))).transpose()
    }

    /// Returns the value of a key that an object has to have.
    pub fn part(&self, key: &'static str) -> Result<&Node<'t>, Wrong> {
        self.find(key)?.ok_or_else(|| Wrong::missing_field(key))
    }

    /// Takes the value of a key out of an object.
    pub fn take(&mut self, key: &str) -> Node<'t> {
        let Node::Object(entries) = self else { return Node::Null };
        let found = entries.iter_mut().find(|(name, _)| name == key);
        found.map_or(Node::Null, |(_, value)| std::mem::replace(value, Node::Null))
    }

    /// Reads a value whose fields are in the same object, if the object has the key.
    pub fn beside<T: DeserializeOwned>(&self, key: &'static str) -> Result<T, Wrong> {
        if self.find(key)?.is_none() { T::deserialize(Absent(key)) } else { self.read() }
    }

    /// Reads each element of the list under a key of an object, if the key is there.
    pub fn each<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Node) -> Result<T, Wrong>,
    ) -> Result<Option<Vec<T>>, Wrong> {
        let list = match self.find(key)? {
            None | Some(Node::Null) => return Ok(None),
            Some(Node::List(elements)) => elements,
            Some(other) => return Err(Wrong::kind(other, "a list").at(key)),
        };
        let read = |(index, element)| read(element).map_err(|wrong| wrong.nth(index).at(key));
        list.iter().enumerate().map(read).collect::<Result<_, _>>().map(Some)
    }

    /// Returns the value of a key of an object. A duplicate key is a problem.
    fn find(&self, key: &'static str) -> Result<Option<&Node<'t>>, Wrong> {
        let Node::Object(entries) = self else { return Err(Wrong::kind(self, "an object")) };
        let mut values = entries.iter().filter(|(name, _)| name == key).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (found, None) => Ok(found),
            _ => Err(Wrong::duplicate_field(key)),
        }
    }
}
