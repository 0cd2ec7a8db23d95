//! The pace of an agent: how many conversations routing gives it in a time, or on a day.

use std::fmt;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::attributes::Extensions;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The largest number of a pace, each of which an agent remembers.
pub(crate) const MOST_GIVEN: u64 = 10_000;

/// The most conversations that routing gives an agent in a time, or on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pace {
    /// The number of conversations.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 10_000)))]
    pub at_most: u32,
    /// The time in which they are counted.
    pub per: PacePer,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

/// The time in which a pace counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PacePer {
    /// The present date of the agent, by the wall clock.
    Day,
    /// The last time of this length.
    Time(Duration),
}

/// The word for the present date.
const DAY: &str = "day";

impl Pace {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Pace> {
        let mut fields = r.object(node)?;
        let at_most = r.required(&mut fields, "at_most", |r, node| {
            r.integer(node, 1, MOST_GIVEN as i64).and_then(|count| u32::try_from(count).ok())
        });
        let per = r.required(&mut fields, "per", read_per);
        let extensions = r.finish(fields);
        Some(Pace { at_most: at_most?, per: per?, extensions })
    }
}

fn read_per(r: &mut Reader<'_>, node: &Node) -> Option<PacePer> {
    if node.text() == Some(DAY) {
        return Some(PacePer::Day);
    }
    let time = r.duration(node)?;
    if time.millis() > 0 {
        return Some(PacePer::Time(time));
    }
    let problem = Problem::new(Code::OutOfRange, "a pace counts in a time that is not empty");
    r.report(problem.with_hint("write a time such as \"1h\", or \"day\""));
    None
}

impl fmt::Display for PacePer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PacePer::Day => f.write_str(DAY),
            PacePer::Time(time) => write!(f, "{time}"),
        }
    }
}

impl Serialize for PacePer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PacePer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == DAY {
            return Ok(PacePer::Day);
        }
        Duration::parse(&text).map(PacePer::Time).map_err(|problem| D::Error::custom(problem.message))
    }
}
