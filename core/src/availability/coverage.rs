//! How many are available over a range.

use serde::Serialize;

use super::manual::Presence;
use super::status::State;
use crate::order;
use crate::time::{Duration, Instant, Span};

/// A span with the same number of agents available.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// From when to when, UTC.
    #[serde(flatten)]
    pub span: Span,
    /// How many are available.
    pub available: u32,
}

/// A step of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CoverageStep {
    /// From when to when, UTC; the last may be shorter.
    #[serde(flatten)]
    pub span: Span,
    /// How many are available when it starts.
    pub available: u32,
    /// The fewest who are available at any time in it: a hole within a step shows here.
    pub least: u32,
}

/// The exact spans of a range.
pub(crate) fn spans<'a>(agents: impl Iterator<Item = Presence<'a>>, range: Span) -> Vec<Coverage> {
    let mut changes: Vec<(Instant, i64)> = vec![(range.start, 0)];
    for presence in agents {
        let mut at = range.start;
        while at < range.end {
            let stretch = presence.stretch_at(at);
            let end = stretch.end.min(range.end);
            if stretch.reason.state() == State::Available {
                changes.extend([(at, 1), (end, -1)]);
            }
            at = end;
        }
    }
    order::sort(&mut changes);
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
    spans
}

/// The range in steps of a length.
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
