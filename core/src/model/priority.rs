//! Priorities that channels, rules and steps add to that of a conversation.

use serde::Serialize;

use super::attributes::Extensions;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The largest priority that a channel, a rule or a step adds, and the smallest, negated.
const MOST: i64 = 1_000_000;

/// The priority that a rule adds to its conversations as they wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RaisePriority {
    /// The time after which the priority is raised, again and again, counted from the place in the queue.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub every: Duration,
    /// The priority that is added each time.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000_000)))]
    pub by: i64,
    /// The most that is added in all; no limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000_000)))]
    pub at_most: Option<i64>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl RaisePriority {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<RaisePriority> {
        let mut fields = r.object(node)?;
        let every = r.required(&mut fields, "every", read_every);
        let by = r.required(&mut fields, "by", |r, node| r.integer(node, 1, MOST));
        let at_most = r.optional(&mut fields, "at_most", |r, node| r.integer(node, 1, MOST));
        let extensions = r.finish(fields);
        Some(RaisePriority { every: every?, by: by?, at_most, extensions })
    }

    /// Returns the priority that is added after a time in milliseconds.
    #[cfg(feature = "routing")]
    pub(crate) fn added_after(&self, millis: i64) -> i64 {
        // A rule that was built in Rust may say 0: it raises nothing.
        let times = millis.max(0).checked_div(self.every.millis()).unwrap_or_default();
        times.saturating_mul(self.by).min(self.at_most.unwrap_or(i64::MAX))
    }
}

pub(super) fn is_zero(number: &i64) -> bool {
    *number == 0
}

fn read_every(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let every = r.duration(node)?;
    if every.millis() > 0 {
        return Some(every);
    }
    let problem = Problem::new(Code::OutOfRange, "a priority cannot be raised every 0 seconds");
    r.report(problem.with_hint("write a time such as \"5m\""));
    None
}

impl Reader<'_> {
    /// Reads the priority that a channel, a rule or a step adds.
    pub(super) fn added_priority(&mut self, node: &Node) -> Option<i64> {
        self.integer(node, -MOST, MOST)
    }
}
