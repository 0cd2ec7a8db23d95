//! Snapshots without their personal values, and with them again. The text is gone through entry by entry, because all of it
//! together would take several times its size.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};

use super::places::{Change, Changed, agent_state, conversation_state, document};
use super::separate::Taking;
use super::{Putting, Separated, has_reference};
use crate::desk::event::VERSION;
use crate::problem::Problems;
use crate::read::{self, Each, Node, Wrong};

/// The name, in problems, of a text that cannot be read.
const WHAT: &str = "a snapshot";

/// Returns a [snapshot](crate::Desk::snapshot) without its personal values, and these by subject. [`join_snapshot`] puts them
/// back.
///
/// # Errors
/// `invalid_json` for a text that is not a snapshot, or `unsupported_version`.
///
/// ```
/// use frontdesk::{Desk, desk::{join_snapshot, separate_snapshot}};
///
/// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", "name": "Anna Berg"}]}"#)?;
/// let separated = separate_snapshot(&desk.snapshot())?;
/// assert!(separated.text.contains(r#"{"id":"anna","name":{"personal":1},"active":true}"#));
/// assert_eq!(separated.personal[0].subject.to_string(), "agent:anna");
/// assert_eq!(separated.personal[0].values, r#"{"1":"Anna Berg"}"#);
///
/// let values = separated.personal.iter().map(|personal| personal.values.as_str());
/// assert_eq!(join_snapshot(&separated.text, values)?, desk.snapshot());
/// let without = Desk::restore(&join_snapshot(&separated.text, [])?)?;
/// assert_eq!(without.document().agents[0].name, None);
/// # Ok::<(), frontdesk::Problems>(())
/// ```
pub fn separate_snapshot(snapshot: &str) -> Result<Separated, Problems> {
    let mut taking = Taking::default();
    let text = rewritten(snapshot, &mut taking)?;
    Ok(Separated { text, personal: taking.finish() })
}

/// Returns a snapshot with personal values put back into the text that [`separate_snapshot`] gave, so that
/// [`Desk::restore`](crate::Desk::restore) reads it. Each item of `values` is an object as in
/// [`Personal::values`](super::Personal::values). A reference whose value is not among them is left out with its key.
///
/// # Errors
/// `invalid_json` for a text that is not a snapshot, or values that are not an object; `unsupported_version`; `invalid_value`
/// for a reference that is not as it was written, and for values whose numbers are not.
pub fn join_snapshot<'v>(text: &'v str, values: impl IntoIterator<Item = &'v str>) -> Result<String, Problems> {
    let mut putting = Putting::new(values)?;
    if has_reference(text) { rewritten(text, &mut putting) } else { Ok(text.to_owned()) }
}

/// Returns a snapshot in which every personal value is changed.
fn rewritten<'t>(snapshot: &'t str, by: &mut impl Change<'t>) -> Result<String, Problems> {
    let mut rewriting = Rewriting { by, text: Vec::with_capacity(snapshot.len()), wrong: None };
    let mut reading = serde_json::Deserializer::from_str(snapshot);
    let read = reading.deserialize_map(&mut rewriting).and_then(|()| reading.end());
    let Rewriting { text, wrong, .. } = rewriting;
    match (read, wrong) {
        (_, Some(wrong)) => Err(read::problem_in(snapshot, wrong).into()),
        (Err(error), None) => Err(read::syntax_problem(snapshot, WHAT, &error).into()),
        // All that is written is UTF-8.
        (Ok(()), None) => Ok(String::from_utf8(text).unwrap_or_default()),
    }
}

/// A snapshot that is being written anew.
struct Rewriting<'c, C> {
    by: &'c mut C,
    text: Vec<u8>,
    /// The fault at which it ended.
    wrong: Option<Wrong>,
}

impl<'de, C: Change<'de>> Visitor<'de> for &mut Rewriting<'_, C> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.text.push(b'{');
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if self.text.last() != Some(&b'{') {
                self.text.push(b',');
            }
            self.write(&key).map_err(Wrong::error)?;
            self.text.push(b':');
            map.next_value_seed(Part { key, of: self })?;
        }
        self.text.push(b'}');
        Ok(())
    }
}

/// The part of a snapshot under a key.
struct Part<'p, 'c, 'de, C> {
    key: Cow<'de, str>,
    of: &'p mut Rewriting<'c, C>,
}

impl<'de, C: Change<'de>> DeserializeSeed<'de> for Part<'_, '_, 'de, C> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Part { key, of } = self;
        match &*key {
            "agents" => of.list(deserializer, &key, agent_state),
            "conversations" => of.list(deserializer, &key, conversation_state),
            _ => {
                let value = serde::Deserialize::deserialize(deserializer)?;
                of.whole(&key, value).map_err(|wrong| of.fail(wrong.at(&key)))
            }
        }
    }
}

impl<C> Rewriting<'_, C> {
    /// Changes and writes the elements of a list, one after the other.
    fn list<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
        key: &str,
        change: fn(&mut Node<'de>, &mut C) -> Changed,
    ) -> Result<(), D::Error> {
        self.text.push(b'[');
        let mut index = 0;
        let read = Each(&mut |mut element: Node<'de>| {
            self.text.extend((index > 0).then_some(b','));
            change(&mut element, self.by).map_err(|wrong| {
                let wrong = wrong.nth(index).at(key);
                self.wrong = Some(wrong);
                Wrong::unread()
            })?;
            index += 1;
            self.write(&element)
        });
        read.deserialize(deserializer)?;
        self.text.push(b']');
        Ok(())
    }

    /// Changes and writes a part that is no long list.
    fn whole<'de>(&mut self, key: &str, mut value: Node<'de>) -> Result<(), Wrong>
    where
        C: Change<'de>,
    {
        match key {
            "version" => read::check_version(&value, WHAT, VERSION)?,
            "document" => document(&mut value, self.by).map(|_| ())?,
            _ => {}
        }
        self.write(&value)
    }

    fn write(&mut self, value: &impl Serialize) -> Result<(), Wrong> {
        serde_json::to_writer(&mut self.text, value).map_err(|_| Wrong::unread())
    }

    /// Keeps a fault, and ends the reading.
    fn fail<E: Error>(&mut self, wrong: Wrong) -> E {
        self.wrong = Some(wrong);
        E::custom("a part that cannot be changed")
    }
}
