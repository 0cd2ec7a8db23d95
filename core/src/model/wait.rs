//! The time that a conversation waits at a step.

use serde::{Serialize, Serializer};

use super::rule::one_entry;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The time that a conversation waits at a step before the next one is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wait {
    /// Time as it passes.
    Time(Duration),
    /// Time that passes within the office hours of the channel, at most 366 days.
    OfficeHours(Duration),
}

/// The longest wait in office hours, in milliseconds: 366 days. To find its end, the hours are gone through piece by piece.
const MOST: i64 = 366 * 24 * 60 * 60 * 1000;

impl Wait {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Wait> {
        if !matches!(node, Node::Object(_)) {
            return r.duration(node).map(Wait::Time);
        }
        let mut fields = r.object(node)?;
        let time = r.required(&mut fields, "office_hours", read_office_time);
        r.finish(fields);
        time.map(Wait::OfficeHours)
    }
}

fn read_office_time(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let time = r.duration(node)?;
    if time.millis() <= MOST {
        return Some(time);
    }
    let problem = Problem::new(Code::OutOfRange, "a wait in office hours is at most 366 days of them");
    r.report(problem.with_hint("shorten it, or write \"wait\" as time that always passes, such as \"400d\""));
    None
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
