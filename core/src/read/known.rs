//! The names that a document may refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::Value;

use super::Id;
use crate::problem::Problem;
use crate::time::Zones;

/// The installed scripts and strategies, each with its parameters and their defaults, where `null` is a default of any
/// type. One without a list of parameters takes any.
pub(crate) type DeclaredScripts = BTreeMap<Id, Option<BTreeMap<String, Value>>>;

/// A check of a text by another module.
pub(crate) type CheckText = fn(&str) -> Result<(), Problem>;

/// The names that may be referred to, and the check of conditions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The zones that may be named.
    pub zones: Zones,
    pub agents: FxHashSet<Id>,
    pub teams: FxHashSet<Id>,
    pub inboxes: FxHashSet<Id>,
    pub kinds: FxHashSet<Id>,
    /// The scripts that may be named; `None` if they are not known yet, so that any may.
    pub scripts: Option<Arc<DeclaredScripts>>,
    /// The check of the text of a condition; `None` accepts any text.
    pub check_when: Option<CheckText>,
}
