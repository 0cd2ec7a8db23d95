//! Statuses of the embedder's own, such as a lunch break, or one for calls only.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::attributes::Extensions;
use crate::problem::{Code, Problem, Word, vocabulary};
use crate::read::{Fields, Id, Node, Reader};

vocabulary! {
    /// The state of an agent.
    pub enum State {
        /// The agent takes new conversations.
        Available = "available",
        /// The agent takes no new conversations.
        Away = "away",
    }
}

/// A status that an agent can be set to beside available and away: one of these under a name of its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OwnStatus {
    /// Its id, which is neither `available` nor `away`.
    #[cfg_attr(feature = "schema", schemars(extend("not" = {"enum": ["available", "away"]})))]
    pub id: Id,
    /// The state of an agent who has it.
    pub state: State,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The channel kinds for which an agent who has it is available; all when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<Id>>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl OwnStatus {
    /// Reads the statuses of a document, which differ in their ids.
    pub(crate) fn read_under(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Vec<OwnStatus>> {
        let statuses = r.optional(fields, "statuses", |r, node| r.list(node, OwnStatus::read));
        r.unique_under(fields, "statuses", "a status");
        statuses
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<OwnStatus> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", read_id);
        let state = r.required(&mut fields, "state", Reader::word);
        let name = r.optional(&mut fields, "name", Reader::string);
        let kinds = r.optional(&mut fields, "kinds", |r, node| r.list(node, Reader::kind));
        let extensions = r.finish(fields);
        Some(OwnStatus { id: id?, state: state?, name, kinds, extensions })
    }

    /// Returns `true` if an agent who has it takes conversations of a channel kind, as far as the status goes.
    pub fn takes(&self, kind: &Id) -> bool {
        self.state == State::Available && self.kinds.as_ref().is_none_or(|kinds| kinds.contains(kind))
    }
}

fn read_id(r: &mut Reader<'_>, node: &Node) -> Option<Id> {
    let id = r.id(node)?;
    if State::find(&id).is_none() {
        return Some(id);
    }
    r.report(
        Problem::new(Code::InvalidValue, format!("there is a status {id:?} already, without being named"))
            .with_hint("choose another id, such as \"lunch\""),
    );
    None
}

/// The name of a status that an agent is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatusName {
    /// Available.
    Available,
    /// Away.
    Away,
    /// A status of the document, by its id.
    Own(Id),
}

impl StatusName {
    #[cfg(feature = "routing")]
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<StatusName> {
        r.id(node).map(StatusName::from)
    }

    /// Returns the id, if it is a status of the document.
    pub fn own(&self) -> Option<&Id> {
        match self {
            StatusName::Own(id) => Some(id),
            StatusName::Available | StatusName::Away => None,
        }
    }

    /// Returns the text that it is written as.
    pub fn as_str(&self) -> &str {
        match self {
            StatusName::Available => State::Available.as_str(),
            StatusName::Away => State::Away.as_str(),
            StatusName::Own(id) => id,
        }
    }
}

impl From<State> for StatusName {
    fn from(state: State) -> Self {
        match state {
            State::Available => StatusName::Available,
            State::Away => StatusName::Away,
        }
    }
}

impl From<Id> for StatusName {
    fn from(id: Id) -> Self {
        match State::find(&id) {
            Some(state) => state.into(),
            None => StatusName::Own(id),
        }
    }
}

impl fmt::Display for StatusName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for StatusName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for StatusName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Id::deserialize(deserializer).map(StatusName::from)
    }
}
