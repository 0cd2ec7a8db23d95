//! The embedder's own data: attributes of agents, contacts and conversations, skills, and extensions of the format.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Id;

/// Free JSON values by name.
pub type Attributes = BTreeMap<String, Value>;

/// Keys that begin with `x-`, carried unread.
pub type Extensions = BTreeMap<String, Value>;

/// Skills with their levels, from 1 to 5.
pub type Skills = BTreeMap<Id, u8>;
