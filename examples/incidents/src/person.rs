//! The people of a log, with guesses about their work.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use frontdesk::time::Instant;

use crate::shift::Shift;
use crate::{Incident, TRIAGE, ZONE, wall_clock};

/// Someone who resolved incidents.
#[derive(Debug)]
pub struct Person<'a> {
    /// The name in the log.
    pub id: &'a str,
    /// The group in which they resolved most.
    pub team: &'a str,
    /// The other groups in which they resolved something.
    pub extra_teams: Vec<&'a str>,
    /// The working hours.
    pub shift: &'static Shift,
    /// The number of incidents taken at a time.
    pub capacity: usize,
    /// The first and the last day of a leave.
    pub leave: Option<(NaiveDate, NaiveDate)>,
}

/// The people of a log, ordered by the numbers in their names.
pub fn people(incidents: &[Incident]) -> Vec<Person<'_>> {
    let mut resolved: BTreeMap<_, Vec<&Incident>> = BTreeMap::new();
    for incident in incidents {
        if let Some(resolver) = incident.resolver.as_deref() {
            resolved.entry(by_number(resolver)).or_default().push(incident);
        }
    }
    let span = opening_days(incidents);
    resolved.into_iter().map(|((_, id), resolved)| person(id, &resolved, span)).collect()
}

/// Orders `group-3` before `group-10`.
pub fn by_number(name: &str) -> (usize, &str) {
    (name.len(), name)
}

/// The team that an incident is for.
fn team_of(incident: &Incident) -> &str {
    incident.group.as_deref().unwrap_or(TRIAGE)
}

fn person<'a>(id: &'a str, resolved: &[&'a Incident], span: Option<(NaiveDate, NaiveDate)>) -> Person<'a> {
    let instants: Vec<Instant> = resolved.iter().filter_map(|incident| incident.resolved).collect();
    let (team, extra_teams) = teams(resolved);
    let leave = span.and_then(|span| leave(&instants, span));
    Person { id, team, extra_teams, shift: Shift::of(&instants), capacity: capacity(resolved), leave }
}

/// The main team and the extra ones, by how much was resolved in each; nobody is in triage first who is elsewhere as much.
fn teams<'a>(resolved: &[&'a Incident]) -> (&'a str, Vec<&'a str>) {
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for incident in resolved {
        *counts.entry(by_number(team_of(incident))).or_default() += 1;
    }
    let mut teams: Vec<_> = counts.into_iter().map(|((_, team), count)| (team, count)).collect();
    teams.sort_by_key(|(team, count)| (Reverse(*count), *team == TRIAGE));
    let mut teams = teams.into_iter().map(|(team, _)| team);
    (teams.next().unwrap_or(TRIAGE), teams.collect())
}

/// Returns the largest number of incidents open at once that they resolved, within limits.
fn capacity(resolved: &[&Incident]) -> usize {
    const LEAST: usize = 6;
    const MOST: usize = 24;
    let open_at = |at| resolved.iter().filter(|incident| incident.is_open(at)).count();
    resolved.iter().map(|incident| open_at(incident.opened)).max().unwrap_or_default().clamp(LEAST, MOST)
}

/// The first and the last day on which incidents were opened.
fn opening_days(incidents: &[Incident]) -> Option<(NaiveDate, NaiveDate)> {
    let days = || incidents.iter().map(|incident| wall_clock(incident.opened, ZONE).date());
    Some((days().min()?, days().max()?))
}

/// Someone who resolved much, but nothing on the first two days, was on leave until then, as far as the log goes.
fn leave(resolved: &[Instant], (first, last): (NaiveDate, NaiveDate)) -> Option<(NaiveDate, NaiveDate)> {
    const MUCH: usize = 20;
    let back = resolved.iter().map(|at| wall_clock(*at, ZONE).date()).min()?;
    let on_leave = resolved.len() >= MUCH && back >= first + Days::new(2);
    on_leave.then(|| (first, last.min(back - Days::new(1))))
}
