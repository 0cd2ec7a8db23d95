//! The status of an agent: a manual status over the schedule.

use super::availability::{Reason, Schedule};
use super::document::{Agent, Document};

/// The actor who set a status, and the note.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tag {
    pub by: Option<String>,
    pub note: Option<String>,
    /// The status of the document, if it is one of these.
    pub status: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Manual {
    Away { set_at: i64, by_other: bool, tag: Tag },
    AwayUntil { until: i64, tag: Tag, replaced: Option<Hold> },
    Available(Hold),
}

/// A *set available*, which may outlast an away for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Hold {
    pub set_at: i64,
    pub tag: Tag,
}

/// A reason that holds until an instant, or without an end.
struct Layer {
    reason: Reason,
    until: Option<i64>,
    tag: Tag,
}

impl Layer {
    fn holds(&self, at: i64) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}

/// The status of an agent over time, as far as is known.
pub struct Status<'a> {
    schedule: Schedule<'a>,
    layers: Vec<Layer>,
    active: bool,
}

impl<'a> Status<'a> {
    pub fn new(document: &'a Document, agent: &'a Agent, manual: Option<&Manual>) -> Self {
        let schedule = Schedule::new(document, agent);
        let hold = |hold: &Hold| Layer {
            reason: Reason::SetAvailable,
            until: schedule.end_of_hold(hold.set_at),
            tag: hold.tag.clone(),
        };
        let layers = match manual {
            None => vec![],
            Some(Manual::Away { set_at, by_other, tag }) => {
                let until = end_of_away(document, &schedule, *set_at, *by_other);
                let reason = if *by_other { Reason::SetAwayByOther } else { Reason::SetAway };
                vec![Layer { reason, until, tag: tag.clone() }]
            }
            Some(Manual::AwayUntil { until, tag, replaced }) => {
                let away = Layer { reason: Reason::TemporarilyAway, until: Some(*until), tag: tag.clone() };
                std::iter::once(away).chain(replaced.as_ref().map(hold)).collect()
            }
            Some(Manual::Available(set)) => vec![hold(set)],
        };
        Status { schedule, layers, active: agent.active }
    }

    pub fn at(&self, at: i64) -> Reason {
        if !self.active {
            return Reason::Deactivated;
        }
        match self.layers.iter().find(|layer| layer.holds(at)) {
            Some(layer) => layer.reason,
            None => self.schedule.at(at),
        }
    }

    /// Returns the status set for a deactivated agent, which holds once the agent is active again.
    pub fn beneath(&self) -> Option<(Reason, Option<i64>)> {
        let set = self.layers.first().filter(|_| !self.active);
        set.map(|layer| (layer.reason, layer.until))
    }

    /// Returns the actor and the note of the current status; an absence has its own note.
    pub fn tag(&self, at: i64) -> Tag {
        if !self.active {
            return Tag::default();
        }
        match self.layers.iter().find(|layer| layer.holds(at)) {
            Some(layer) => layer.tag.clone(),
            None => Tag { note: self.schedule.absence_note(at), ..Tag::default() },
        }
    }

    /// Returns `true` if the status of the document holds, or will.
    pub fn needs(&self, status: &str, at: i64) -> bool {
        self.layers.iter().any(|layer| layer.holds(at) && layer.tag.status.as_deref() == Some(status))
    }

    /// Returns `true` if somebody else, or the desk, set the agent away, and an away of the agent's own, for a while or
    /// without an end, would shorten it.
    pub fn is_kept_away_by_other(&self, document: &Document, agent: &str, at: i64, until: Option<i64>) -> bool {
        let Some(layer) = self.layers.iter().find(|layer| layer.holds(at)) else { return false };
        let by_other = match layer.reason {
            Reason::SetAwayByOther => true,
            Reason::TemporarilyAway => layer.tag.by.as_deref().is_some_and(|by| by != agent),
            _ => false,
        };
        let is_kept = match (until, end_of_away(document, &self.schedule, at, false)) {
            (Some(until), _) => layer.until.is_none_or(|end| until <= end),
            (None, Some(shift_start)) => layer.until.is_none_or(|end| shift_start < end),
            (None, None) => false,
        };
        by_other && is_kept
    }

    /// Returns `true` if no status set by hand holds any more.
    pub fn is_over(&self, at: i64) -> bool {
        self.layers.iter().all(|layer| !layer.holds(at))
    }

    pub fn next_change(&self, after: i64) -> Option<i64> {
        self.next_change_up_to(after, self.schedule.horizon(after))
    }

    pub fn next_change_up_to(&self, after: i64, up_to: i64) -> Option<i64> {
        let now = self.at(after);
        self.edges(after, up_to).into_iter().find(|&edge| self.at(edge) != now)
    }

    /// Returns the next instant at which an available agent becomes away.
    pub fn next_away(&self, after: i64) -> Option<i64> {
        let edges = self.edges(after, self.schedule.horizon(after));
        edges.into_iter().find(|&edge| !self.at(edge).is_available())
    }

    fn edges(&self, after: i64, up_to: i64) -> Vec<i64> {
        let mut edges = self.schedule.edges(after, up_to);
        edges.extend(self.layers.iter().filter_map(|layer| layer.until));
        edges.retain(|&edge| after < edge);
        edges.sort_unstable();
        edges
    }
}

/// Returns the end of an away that was set without one: where a setting says so, the next start of a shift.
fn end_of_away(document: &Document, schedule: &Schedule, set_at: i64, by_other: bool) -> Option<i64> {
    let settings = &document.settings;
    let ends = settings.away_ends_at_shift_start || (settings.own_away_ends_at_shift_start && !by_other);
    if ends { schedule.next_shift_start(set_at) } else { None }
}
