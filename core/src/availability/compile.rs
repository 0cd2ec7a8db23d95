//! From the document to schedules: who has which hours, holidays and absences.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::calendar::{Calendar, Rules};
use super::schedule::{Absence, Schedule};
use crate::model::{self, AbsenceTimes, Agent, Channel, Holiday, Id, Inbox, Team, WeeklyHours};
use crate::time::civil::Date;
use crate::time::{Instant, Span, Zone};

/// Compiles schedules, and shares the calendars of those who have the same hours.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiler {
    calendars: FxHashMap<Rules, Arc<Calendar>>,
}

/// What an agent's schedule depends on beside its own entry.
pub(crate) struct Surroundings<'a> {
    pub time_zone: &'a Zone,
    pub working_hours: Option<&'a [WeeklyHours]>,
    /// The agent's main team.
    pub team: Option<&'a Team>,
    pub holidays: &'a [Holiday],
}

impl Compiler {
    /// The schedule of an agent.
    pub fn agent(&mut self, agent: &Agent, around: &Surroundings<'_>) -> Schedule {
        let zone = agent.time_zone.as_ref().unwrap_or(around.time_zone);
        let team_hours = around.team.and_then(|team| team.working_hours.as_deref());
        let hours = agent.working_hours.as_deref().or(team_hours).or(around.working_hours);
        let teams = || agent.team.iter().chain(&agent.extra_teams);
        let rules = Rules {
            zone: zone.clone(),
            weekly: hours.map(WeeklyHours::compile),
            dates: agent.date_hours.iter().map(|entry| (entry.date.into(), entry.shifts())).collect(),
            holidays: observed(around.holidays, |holiday| teams().any(|team| holiday.teams.contains(team))),
        };
        let absences = agent.out_of_office.iter().map(|absence| on_the_time_line(absence, zone)).collect();
        let hours = self.calendar(Rules { holidays: BTreeSet::new(), ..rules.clone() });
        Schedule::new(self.calendar(rules), hours, absences)
    }

    /// The office hours of a channel.
    pub fn office(&mut self, inbox: &Inbox, channel: &Channel, zone: &Zone, holidays: &[Holiday]) -> Arc<Calendar> {
        let hours = channel.office_hours.as_deref().or(inbox.office_hours.as_deref());
        self.calendar(Rules {
            zone: inbox.time_zone.as_ref().unwrap_or(zone).clone(),
            weekly: hours.map(WeeklyHours::compile),
            dates: Default::default(),
            holidays: observed(holidays, |holiday| holiday.inboxes.contains(&inbox.id)),
        })
    }

    fn calendar(&mut self, rules: Rules) -> Arc<Calendar> {
        let calendar = self.calendars.entry(rules).or_insert_with_key(|rules| Arc::new(Calendar::new(rules.clone())));
        Arc::clone(calendar)
    }

    /// Forgets the calendars that nobody has any more.
    pub fn forget_unused(&mut self) {
        self.calendars.retain(|_, calendar| Arc::strong_count(calendar) > 1);
    }
}

fn observed(holidays: &[Holiday], named: impl Fn(&Holiday) -> bool) -> BTreeSet<Date> {
    let kept = holidays.iter().filter(|holiday| holiday.is_everybodys() || named(holiday));
    kept.flat_map(|holiday| &holiday.dates).map(|date| Date::from(*date)).collect()
}

/// An absence as instants: a civil time becomes one as RFC 5545 section 3.3.5 says.
fn on_the_time_line(absence: &model::Absence, zone: &Zone) -> Absence {
    let zone = absence.time_zone.as_ref().unwrap_or(zone);
    let (start, end) = match absence.times {
        AbsenceTimes::Moments { start, end } => (start.into(), end.into()),
        AbsenceTimes::Days { first_day, last_day } => {
            (Date::from(first_day).midnight(), Date::from(last_day).plus(1).midnight())
        }
    };
    let [start, end] = [start, end].map(|civil| Instant::clamped(zone.resolve(civil)));
    Absence { span: Span::new(start, end), note: absence.note.as_deref().map(Arc::from) }
}

/// The ids that a list of ids and something that names them share; for tests of membership.
pub(crate) fn is_member(agent: &Agent, team: &Id) -> bool {
    agent.team.as_ref() == Some(team) || agent.extra_teams.contains(team)
}
