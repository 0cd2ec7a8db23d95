//! The limit of a channel on those who wait: how many, and for how long.

use serde::Serialize;

use super::attributes::Extensions;
use super::rule::Otherwise;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The most that wait in a channel, the longest that one waits, and the outcome for a conversation beyond that.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"required": ["at_most"]}, {"required": ["longest"]}])))]
pub struct WaitingLimit {
    /// The number of others that may wait when a conversation arrives or is reopened, and would wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 1_000_000)))]
    pub at_most: Option<u32>,
    /// The time for which a conversation waits, counted from its place in the queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub longest: Option<Duration>,
    /// The outcome for a conversation beyond the limit; it is not `queue`.
    #[cfg_attr(feature = "schema", schemars(extend("not" = {"const": "queue"})))]
    pub otherwise: Otherwise,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl WaitingLimit {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<WaitingLimit> {
        let mut fields = r.object(node)?;
        let at_most = r.optional(&mut fields, "at_most", Reader::count);
        let longest = r.optional(&mut fields, "longest", read_longest);
        let otherwise = r.required(&mut fields, "otherwise", read_outcome);
        if !fields.has("at_most") && !fields.has("longest") {
            r.report(
                Problem::new(Code::MissingKey, "a waiting limit says how many wait, or for how long")
                    .with_hint("name \"at_most\" or \"longest\", or both"),
            );
        }
        let extensions = r.finish(fields);
        Some(WaitingLimit { at_most, longest, otherwise: otherwise?, extensions })
    }
}

fn read_longest(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let longest = r.duration(node)?;
    if longest.millis() > 0 {
        return Some(longest);
    }
    let problem = Problem::new(Code::OutOfRange, "a conversation that waits for no time at all does not wait");
    r.report(problem.with_hint("write \"at_most\": 0 if none may wait"));
    None
}

fn read_outcome(r: &mut Reader<'_>, node: &Node) -> Option<Otherwise> {
    let otherwise = Otherwise::read(r, node)?;
    if otherwise != Otherwise::Queue {
        return Some(otherwise);
    }
    let problem = Problem::new(Code::Conflict, "a conversation beyond the limit does not wait in the queue");
    r.report(problem.with_hint("write \"unassigned\", \"notify_owner\", a voicemail or a bot"));
    None
}
