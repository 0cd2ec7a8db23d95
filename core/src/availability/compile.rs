//! Compiles the document into schedules: the hours, holidays and absences of each agent.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::absent::Absent;
use super::calendar::{Calendar, Rules};
use super::recurring::{Recurring, in_order, on_the_wall};
use super::schedule::{Absence, Schedule, When};
use super::travel::Travel;
use crate::model::{self, AbsenceTimes, Agent, Channel, Holiday, Id, Inbox, Occasion, Team, WeeklyHours};
use crate::time::civil::{Civil, Date};
use crate::time::recurrence::Almanac;
use crate::time::weekly::Shift;
use crate::time::{Instant, Recurrence, Span, Spans, Zone};

/// A compiler of schedules. Agents with the same hours share a calendar.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiler {
    calendars: FxHashMap<Rules, Arc<Calendar>>,
    recurring: FxHashMap<Repeated, Arc<Recurring>>,
    absent: FxHashMap<Together, Arc<Absent>>,
    almanac: Almanac,
    /// The number of entries after the last cleanup.
    kept: usize,
}

/// The key of a repeated absence; equal ones are shared.
type Repeated = (Zone, AbsenceTimes, Option<Recurrence>, Vec<Occasion>, Vec<Occasion>);

/// The key of an agent's absences; equal ones are shared. Repeated absences are compared by address.
type Together = (Spans, Vec<usize>);

/// The data that an agent's schedule depends on, besides the agent's own entry.
pub(crate) struct Surroundings<'a> {
    pub time_zone: &'a Zone,
    pub working_hours: Option<&'a [WeeklyHours]>,
    /// The agent's main team.
    pub team: Option<&'a Team>,
    pub holidays: &'a [Holiday],
}

impl Compiler {
    /// Returns the schedule of an agent.
    pub fn agent(&mut self, agent: &Agent, around: &Surroundings<'_>) -> Schedule {
        let zone = agent.time_zone.as_ref().unwrap_or(around.time_zone);
        let team_hours = around.team.and_then(|team| team.working_hours.as_deref());
        let hours = agent.working_hours.as_deref().or(team_hours).or(around.working_hours);
        let teams = || agent.team.iter().chain(&agent.extra_teams);
        let rules = Rules {
            zone: zone.clone(),
            weekly: hours.map(WeeklyHours::compile),
            dates: own_dates(agent),
            holidays: observed(around.holidays, |holiday| teams().any(|team| holiday.teams.contains(team))),
            travels: travels(agent),
        };
        let absences: Vec<_> = agent.out_of_office.iter().map(|absence| self.absence(absence, zone)).collect();
        let absent = self.absent(&absences);
        let hours = self.calendar(Rules { holidays: Vec::new(), ..rules.clone() });
        Schedule::new(self.calendar(rules), hours, absences, absent)
    }

    /// Returns the office hours of a channel.
    pub fn office(&mut self, inbox: &Inbox, channel: &Channel, zone: &Zone, holidays: &[Holiday]) -> Arc<Calendar> {
        let hours = channel.office_hours.as_deref().or(inbox.office_hours.as_deref());
        self.calendar(Rules {
            zone: inbox.time_zone.as_ref().unwrap_or(zone).clone(),
            weekly: hours.map(WeeklyHours::compile),
            dates: Default::default(),
            holidays: observed(holidays, |holiday| holiday.inboxes.contains(&inbox.id)),
            travels: Vec::new(),
        })
    }

    fn calendar(&mut self, rules: Rules) -> Arc<Calendar> {
        let calendar = self.calendars.entry(rules).or_insert_with_key(|rules| Arc::new(Calendar::new(rules.clone())));
        Arc::clone(calendar)
    }

    fn absence(&mut self, absence: &model::Absence, zone: &Zone) -> Absence {
        let when = if absence.is_repeated() {
            let zone = absence.time_zone.as_ref().unwrap_or(zone);
            let model::Absence { times, repeat, except, also, .. } = absence;
            let same = (zone.clone(), times.clone(), repeat.clone(), except.clone(), also.clone());
            let known = self.recurring.entry(same);
            When::Again(Arc::clone(known.or_insert_with(|| Arc::new(Recurring::new(absence, zone, &mut self.almanac)))))
        } else {
            When::Once(on_the_time_line(absence, zone))
        };
        Absence { when, note: absence.note.as_deref().map(Arc::from) }
    }

    fn absent(&mut self, absences: &[Absence]) -> Arc<Absent> {
        // A repeated absence without gaps is a single one.
        let once = absences.iter().filter_map(|absence| match &absence.when {
            When::Once(span) => Some(*span),
            When::Again(recurring) => recurring.solid(),
        });
        let again = absences.iter().filter_map(|absence| match &absence.when {
            When::Again(recurring) if recurring.solid().is_none() => Some(Arc::clone(recurring)),
            When::Once(_) | When::Again(_) => None,
        });
        let (once, again): (Spans, Vec<_>) = (once.collect(), again.collect());
        let together = (once, again.iter().map(|recurring| Arc::as_ptr(recurring) as usize).collect());
        let known = self.absent.entry(together);
        Arc::clone(known.or_insert_with_key(|(once, _)| Arc::new(Absent::new(once.clone(), again))))
    }

    /// Drops the entries that are no longer in use.
    pub fn forget_unused(&mut self) {
        self.calendars.retain(|_, calendar| Arc::strong_count(calendar) > 1);
        self.absent.retain(|_, absent| Arc::strong_count(absent) > 1);
        self.recurring.retain(|_, recurring| Arc::strong_count(recurring) > 1);
        self.almanac.forget_unused();
        self.kept = self.size();
    }

    /// Drops the entries that are no longer in use, once they may be as many as those in use.
    pub fn tidy(&mut self) {
        const FEW: usize = 1000;
        if self.size() > 2 * self.kept + FEW {
            self.forget_unused();
        }
    }

    fn size(&self) -> usize {
        self.calendars.len() + self.recurring.len() + self.absent.len()
    }
}

/// Returns the dates with hours of an agent's own; of two entries for one date the last counts.
fn own_dates(agent: &Agent) -> Vec<(Date, Vec<Shift>)> {
    let entries = agent.date_hours.iter().rev().map(|entry| (Date::from(entry.date), entry.shifts()));
    let mut dates: Vec<_> = entries.collect();
    dates.sort_by_key(|(date, _)| *date);
    dates.dedup_by_key(|(date, _)| *date);
    dates
}

/// Returns the travels of an agent, in order; of two that overlap, the earlier one ends before the later.
fn travels(agent: &Agent) -> Vec<Travel> {
    let entries = agent.travel.iter();
    let mut travels: Vec<Travel> = entries
        .map(|entry| Travel {
            first: Date::from(entry.first_day),
            last: Date::from(entry.last_day),
            zone: entry.time_zone.clone(),
        })
        .collect();
    travels.sort_by_key(|travel| travel.first);
    travels
}

fn observed(holidays: &[Holiday], named: impl Fn(&Holiday) -> bool) -> Vec<Date> {
    let kept = holidays.iter().filter(|holiday| holiday.is_everybodys() || named(holiday));
    in_order(kept.flat_map(|holiday| &holiday.dates).map(|date| Date::from(*date)))
}

/// Returns the span of an absence on the time line; gaps and overlaps of the clocks are resolved as in RFC 5545.
fn on_the_time_line(absence: &model::Absence, zone: &Zone) -> Span {
    let zone = absence.time_zone.as_ref().unwrap_or(zone);
    let (start, length) = on_the_wall(&absence.times);
    let [start, end] = [start, Civil(start.0 + length)].map(|civil| Instant::clamped(zone.resolve(civil)));
    Span::new(start, end)
}

/// The ids that a list of ids and something that names them share; for tests of membership.
pub(crate) fn is_member(agent: &Agent, team: &Id) -> bool {
    agent.team.as_ref() == Some(team) || agent.extra_teams.contains(team)
}
