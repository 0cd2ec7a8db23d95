//! The number of available agents over a range.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::manual::Presence;
use super::status::State;
use crate::deadline::{self, NowAndThen};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::time::{Duration, Instant, Span};

/// A span with the same number of agents available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Coverage {
    /// The start and the end, UTC.
    #[serde(flatten)]
    pub span: Span,
    /// The number of available agents.
    pub available: u32,
}

/// A step of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CoverageStep {
    /// The start and the end, UTC; the last step may be shorter.
    #[serde(flatten)]
    pub span: Span,
    /// The number of available agents at the start.
    pub available: u32,
    /// The lowest number of available agents at any time in the step.
    pub least: u32,
}

/// A span with the same agents available.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staffed {
    /// The start and the end, UTC.
    pub span: Span,
    /// The available agents, in document order.
    pub agents: Vec<Id>,
}

/// A step of a range, with the available agents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffedStep {
    /// The start and the end, UTC; the last step may be shorter.
    pub span: Span,
    /// The agents available at the start, in document order.
    pub agents: Vec<Id>,
    /// The lowest number of available agents at any time in the step.
    pub least: u32,
}

impl Serialize for Staffed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        counted(&mut map, self.span, &self.agents)?;
        map.serialize_entry("agents", &self.agents)?;
        map.end()
    }
}

impl Serialize for StaffedStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        counted(&mut map, self.span, &self.agents)?;
        map.serialize_entry("least", &self.least)?;
        map.serialize_entry("agents", &self.agents)?;
        map.end()
    }
}

/// The keys of a [`Coverage`].
fn counted<M: SerializeMap>(map: &mut M, span: Span, agents: &[Id]) -> Result<(), M::Error> {
    map.serialize_entry("start", &span.start)?;
    map.serialize_entry("end", &span.end)?;
    map.serialize_entry("available", &agents.len())
}

/// The largest number of status changes, of all agents together, in one question.
pub(crate) const MOST_CHANGES: usize = 4_000_000;

/// Returns the exact spans of a range. Each presence comes with the number of agents that share it; `room` is the number of
/// changes left for the question.
///
/// # Errors
/// `too_many_occurrences` if there are more changes than `room`; `time_is_up`.
pub(crate) fn spans(agents: &[(Presence<'_>, u32)], range: Span, room: &mut usize) -> Result<Vec<Coverage>, Problem> {
    let mut changes: Vec<(Instant, i64)> = vec![(range.start, 0)];
    let mut watch = NowAndThen::default();
    for (presence, count) in agents {
        deadline::check()?;
        let mut at = range.start;
        while at < range.end {
            if watch.is_up() {
                return Err(deadline::time_is_up());
            }
            let stretch = presence.stretch_at(at);
            let end = stretch.end.min(range.end);
            if stretch.reason.state() == State::Available {
                *room = room.checked_sub(2).ok_or_else(|| too_many(range))?;
                changes.extend([(at, i64::from(*count)), (end, -i64::from(*count))]);
            }
            at = end;
        }
    }
    changes.sort_unstable();
    let mut spans: Vec<Coverage> = Vec::new();
    let mut count = 0;
    for changes in changes.chunk_by(|a, b| a.0 == b.0) {
        let at = changes.first().map_or(range.end, |(at, _)| *at);
        count += changes.iter().map(|(_, change)| change).sum::<i64>();
        let available = u32::try_from(count).unwrap_or_default();
        if at >= range.end || spans.last().is_some_and(|last| last.available == available) {
            continue;
        }
        if let Some(last) = spans.last_mut() {
            last.span.end = at;
        }
        spans.push(Coverage { span: Span::new(at, range.end), available });
    }
    Ok(spans)
}

fn too_many(range: Span) -> Problem {
    let message = format!("availability changes more than {MOST_CHANGES} times from {} to {}", range.start, range.end);
    Problem::new(Code::TooManyOccurrences, message).with_hint("ask about a shorter range, or about fewer agents")
}

/// A change of an agent at an instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Goes,
    Comes,
}

/// Returns the spans of a range in which the same agents are available, with the indices of these agents. `None` if there
/// would be more than `most` indices in all.
pub(crate) fn staffed_spans<'a>(
    agents: impl Iterator<Item = Presence<'a>>,
    range: Span,
    most: usize,
) -> Option<Vec<(Span, Vec<usize>)>> {
    let mut changes: Vec<(Instant, usize, Change)> = Vec::new();
    let mut watch = NowAndThen::default();
    for (place, presence) in agents.enumerate() {
        let mut at = range.start;
        while at < range.end {
            // The caller drops the result when the time is up.
            if watch.is_up() || changes.len() > MOST_CHANGES {
                return None;
            }
            let stretch = presence.stretch_at(at);
            let end = stretch.end.min(range.end);
            if stretch.reason.state() == State::Available {
                changes.extend([(at, place, Change::Comes), (end, place, Change::Goes)]);
            }
            at = end;
        }
    }
    changes.sort_unstable();
    let mut spans: Vec<(Span, Vec<usize>)> = Vec::new();
    if range.start < range.end {
        spans.push((range, Vec::new()));
    }
    // The available agents, in order. An agent whose stretch ends as the next one begins stays.
    let (mut here, mut room) = (Vec::<usize>::new(), most);
    for changes in changes.chunk_by(|a, b| a.0 == b.0) {
        let at = changes.first().map_or(range.end, |(at, ..)| *at);
        let who = |wanted| changes.iter().filter(move |(.., change)| *change == wanted).map(|(_, place, _)| *place);
        let mut gone = who(Change::Goes).peekable();
        here.retain(|place| gone.next_if_eq(place).is_none());
        here.extend(who(Change::Comes));
        here.sort_unstable();
        if at >= range.end || spans.last().is_some_and(|(_, last)| *last == here) {
            continue;
        }
        room = room.checked_sub(here.len())?;
        let places = here.clone();
        match spans.last_mut() {
            Some((span, last)) if span.start == at => *last = places,
            Some((span, _)) => {
                span.end = at;
                spans.push((Span::new(at, range.end), places));
            }
            None => {}
        }
    }
    Some(spans)
}

/// Returns the indices in steps of a length, with the lowest number in each. `None` if there would be more than `most` indices
/// in all.
pub(crate) fn staffed_steps(
    spans: &[(Span, Vec<usize>)],
    range: Span,
    step: Duration,
    most: usize,
) -> Option<Vec<(CoverageStep, Vec<usize>)>> {
    let count = |(span, places): &(Span, Vec<usize>)| Coverage {
        span: *span,
        available: u32::try_from(places.len()).unwrap_or(u32::MAX),
    };
    let counts: Vec<Coverage> = spans.iter().map(count).collect();
    let mut room = most;
    let who = |step: CoverageStep| {
        let first = spans.partition_point(|(span, _)| span.end <= step.span.start);
        let places = spans.get(first).map(|(_, places)| places.clone()).unwrap_or_default();
        room = room.checked_sub(places.len())?;
        Some((step, places))
    };
    steps(&counts, range, step).into_iter().map(who).collect()
}

/// Returns the range in steps of a length.
pub(crate) fn steps(spans: &[Coverage], range: Span, step: Duration) -> Vec<CoverageStep> {
    let mut steps = Vec::new();
    let mut from = range.start;
    while from < range.end {
        let span = Span::new(from, from.saturating_add(step.millis().max(1)).min(range.end));
        let first = spans.partition_point(|coverage| coverage.span.end <= span.start);
        let inside = || spans.iter().skip(first).take_while(|coverage| coverage.span.start < span.end);
        steps.push(CoverageStep {
            span,
            available: inside().next().map_or(0, |coverage| coverage.available),
            least: inside().map(|coverage| coverage.available).min().unwrap_or_default(),
        });
        from = span.end;
    }
    steps
}
