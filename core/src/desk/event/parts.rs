//! Parts of events: entries of the document, decisions, and statuses that were set.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::availability::Reason;
use crate::model::{Id, StatusName};
use crate::read::Node;
use crate::time::Instant;

/// An agent, a team or an inbox as in a document, or a list of hours or absences: JSON, with its keys in the order of a
/// written document.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Entry(pub(in crate::desk) Node<'static>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(|node| Entry(node.into_owned()))
    }
}

impl Entry {
    /// Creates the entry of a part of the document.
    pub(in crate::desk) fn of(part: &impl Serialize) -> Entry {
        Entry(Node::of(part))
    }

    /// Returns the entry as canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// The rule, the step and the strategy by which an agent was chosen; among the members of a team, the strategy alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// The rule; absent if it was distributed among the members of a team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Id>,
    /// The step, from 1; absent without a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1)))]
    pub step: Option<usize>,
    /// The strategy: a built-in one, `script:NAME`, or `strategy:NAME` for one of the embedder.
    pub strategy: Id,
    /// The running weights of `weighted_round_robin` after its choice, of each agent it chose among; absent for other
    /// strategies.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "BTreeMap<String, i64>"))]
    pub weights: BTreeMap<Id, i64>,
}

/// A status set by hand, or by the desk after missed offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Setting {
    /// The status: available, away, or one of the document's by its id.
    pub status: StatusName,
    /// The end of an away for a while; of a deactivated agent, the end of the status that was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
    /// `true` if the desk set it, because offers were missed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub missed_offers: bool,
    /// The reason that applies to a deactivated agent after activation; absent if the schedule applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}
