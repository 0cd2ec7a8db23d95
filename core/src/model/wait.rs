//! The time that a conversation waits at a step.

use serde::{Serialize, Serializer};

use super::rule::one_entry;
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The time that a conversation waits at a step before the next one is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wait {
    /// Time as it passes.
    Time(Duration),
    /// Time that passes within the office hours of the channel.
    OfficeHours(Duration),
}

impl Wait {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Wait> {
        if !matches!(node, Node::Object(_)) {
            return r.duration(node).map(Wait::Time);
        }
        let mut fields = r.object(node)?;
        let time = r.required(&mut fields, "office_hours", Reader::duration);
        r.finish(fields);
        time.map(Wait::OfficeHours)
    }
}

impl From<Duration> for Wait {
    fn from(time: Duration) -> Wait {
        Wait::Time(time)
    }
}

impl Serialize for Wait {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Wait::Time(time) => time.serialize(serializer),
            Wait::OfficeHours(time) => one_entry(serializer, "office_hours", time),
        }
    }
}
