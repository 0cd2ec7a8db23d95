//! The outcome for the conversations of an agent whose working hours end, or who goes out of office.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Node, Reader};
use crate::time::Duration;

vocabulary! {
    /// The outcome for the open conversations of an agent whose working hours end, or who goes out of office.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    #[non_exhaustive]
    pub enum OnLeaving, written as OnLeavingWord {
        /// The agent keeps them.
        Keep = "keep" (default),
        /// They are unassigned and routed again.
        Requeue = "requeue",
    } or as an object {
        /// They are unassigned and routed again after a time, unless the agent replies or returns before.
        RequeueAfter(Duration),
    }
}

/// The key of the time.
const AFTER: &str = "requeue_after";

impl OnLeaving {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<OnLeaving> {
        if !matches!(node, Node::Object(_)) {
            return r.word_or_object(node, "an object with requeue_after").map(OnLeavingWord::into);
        }
        let mut fields = r.object(node)?;
        let after = r.required(&mut fields, AFTER, read_after);
        r.finish(fields);
        after.map(OnLeaving::RequeueAfter)
    }

    /// Returns `true` if agents keep their conversations, which is the default.
    pub(super) fn is_keep(&self) -> bool {
        *self == OnLeaving::Keep
    }

    /// Returns the time in milliseconds after which the conversations are routed again; `None` if the agent keeps them.
    #[cfg(feature = "routing")]
    pub(crate) fn delay(self) -> Option<i64> {
        match self {
            OnLeaving::Keep => None,
            OnLeaving::Requeue => Some(0),
            OnLeaving::RequeueAfter(after) => Some(after.millis()),
        }
    }
}

fn read_after(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let after = r.duration(node)?;
    if after.millis() > 0 {
        return Some(after);
    }
    let problem = Problem::new(Code::OutOfRange, "conversations cannot be given back after 0 seconds");
    r.report(problem.with_hint("write \"requeue\" to give them back at once"));
    None
}

impl Serialize for OnLeaving {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            OnLeaving::RequeueAfter(after) => {
                let mut entries = serializer.serialize_map(Some(1))?;
                entries.serialize_entry(AFTER, after)?;
                entries.end()
            }
            OnLeaving::Keep | OnLeaving::Requeue => self.word().serialize(serializer),
        }
    }
}
