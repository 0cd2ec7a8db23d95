//! Taking personal values out of a text.

use rustc_hash::FxHashMap;

use super::places::{self, Change, Changed};
use super::{REFERENCE, Subject};
use crate::desk::Turn;
use crate::read::Node;

/// A text without its personal values, and these by subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separated {
    /// The text, in which each personal value is a reference, such as `{"personal":3}`: numbered from 1 in the order of the
    /// text.
    pub text: String,
    /// The values of each subject, in the order in which the text names the subjects first.
    pub personal: Vec<Personal>,
}

/// The personal values of a subject in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// The subject.
    pub subject: Subject,
    /// The values by their numbers, as a JSON object: `{"1":"anna@example.org","3":{"plan":"gold"}}`.
    pub values: String,
}

impl Turn {
    /// Returns the turn as one line of canonical JSON without its personal values, and these by subject.
    /// [`join`](Turn::join) puts them back.
    ///
    /// The subject of what a filter matched is the contact if the turn has the data of the conversation, too; else it is the
    /// conversation. [`Desk::subjects_of`](crate::Desk::subjects_of) names both.
    ///
    /// ```
    /// use frontdesk::{Desk, Turn, desk::Subject};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC",
    ///     "inboxes": [{"id": "main", "channels": [{"id": "mail", "kind": "email"}]}]}"#)?;
    /// let command = desk.read_command(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "mail", "contact": {"id": "p1", "attributes": {"plan": "gold"}}, "from": "anna@example.org"}"#)?;
    /// let turn = desk.propose(&command);
    /// let separated = turn.separate();
    /// assert!(separated.text.contains(r#""contact":{"id":"p1","attributes":{"personal":1}},"from":{"personal":2}"#));
    /// let [personal] = &separated.personal[..] else { unreachable!() };
    /// assert_eq!(personal.subject, Subject::Contact("p1".into()));
    /// assert!(personal.values.starts_with(r#"{"1":{"plan":"gold"},"2":"anna@example.org","#));
    /// assert_eq!(Turn::join(&separated.text, [personal.values.as_str()])?, turn);
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn separate(&self) -> Separated {
        let text = self.to_json();
        let mut taking = Taking::default();
        let mut separated = None;
        if let Ok(mut turn) = serde_json::from_str::<Node>(&text) {
            // Nothing that is taken out is at fault.
            let _ = places::turn(&mut turn, &mut taking);
            separated = serde_json::to_string(&turn).ok();
        }
        Separated { text: separated.unwrap_or(text), personal: taking.finish() }
    }
}

/// Takes values out, numbers them, and writes them down by subject.
#[derive(Default)]
pub(super) struct Taking {
    last: u64,
    personal: Vec<Personal>,
    places: FxHashMap<Subject, usize>,
}

impl Taking {
    /// Returns the values of all subjects.
    pub fn finish(mut self) -> Vec<Personal> {
        self.personal.iter_mut().for_each(|it| it.values.push('}'));
        self.personal
    }

    /// Writes down a value of a subject.
    fn note(&mut self, value: &str, of: &Subject) {
        let number = self.last;
        if let Some(known) = self.places.get(of).and_then(|place| self.personal.get_mut(*place)) {
            known.values.push_str(&format!(",\"{number}\":{value}"));
            return;
        }
        self.places.insert(of.clone(), self.personal.len());
        self.personal.push(Personal { subject: of.clone(), values: format!("{{\"{number}\":{value}") });
    }
}

impl<'t> Change<'t> for Taking {
    fn change(&mut self, value: &mut Node<'t>, of: &Subject) -> Changed {
        self.last += 1;
        self.note(&serde_json::to_string(value).unwrap_or_default(), of);
        *value = Node::Object(vec![(REFERENCE.into(), Node::Number(self.last.into()))]);
        Ok(true)
    }
}
