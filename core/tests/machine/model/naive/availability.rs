//! The schedule of an agent, and the office hours of a channel, computed instant by instant.

use super::document::{Agent, Channel, Document, Holiday, Inbox};
use super::hours::{Shift, WeeklyHours, inside, shifts_on};
use super::time::{DAY, MINUTE};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    WorkingHours,
    AlwaysOn,
    SetAvailable,
    OutsideWorkingHours,
    Holiday,
    OutOfOffice,
    SetAway,
    SetAwayByOther,
    TemporarilyAway,
    Deactivated,
}

impl Reason {
    pub fn is_available(self) -> bool {
        matches!(self, Reason::WorkingHours | Reason::AlwaysOn | Reason::SetAvailable)
    }

    pub fn state(self) -> &'static str {
        if self.is_available() { "available" } else { "away" }
    }

    pub fn name(self) -> &'static str {
        match self {
            Reason::WorkingHours => "working_hours",
            Reason::AlwaysOn => "always_on",
            Reason::SetAvailable => "set_available",
            Reason::OutsideWorkingHours => "outside_working_hours",
            Reason::Holiday => "holiday",
            Reason::OutOfOffice => "out_of_office",
            Reason::SetAway => "set_away",
            Reason::SetAwayByOther => "set_away_by_other",
            Reason::TemporarilyAway => "temporarily_away",
            Reason::Deactivated => "deactivated",
        }
    }
}

/// The schedule of one agent.
#[derive(Clone, Copy)]
pub struct Schedule<'a> {
    document: &'a Document,
    agent: &'a Agent,
}

impl<'a> Schedule<'a> {
    pub fn new(document: &'a Document, agent: &'a Agent) -> Self {
        Schedule { document, agent }
    }

    /// Section 3: the first match decides.
    pub fn at(self, at: i64) -> Reason {
        if self.agent.out_of_office.iter().any(|absence| absence.covers(at)) {
            return Reason::OutOfOffice;
        }
        // At the edges of travel there may be two dates, or none.
        let dates = self.dates_at(at);
        let (own, others): (Vec<i64>, Vec<i64>) = dates.into_iter().partition(|&date| self.has_date_hours(date));
        if own.iter().any(|&date| self.inside_on(date, at)) {
            return Reason::WorkingHours;
        }
        if others.iter().any(|&date| self.is_holiday(date)) {
            return Reason::Holiday;
        }
        if self.weekly().is_none() && (own.is_empty() || !others.is_empty()) {
            return Reason::AlwaysOn;
        }
        let is_inside = others.iter().any(|&date| self.inside_on(date, at)) || self.in_a_night(at);
        if is_inside { Reason::WorkingHours } else { Reason::OutsideWorkingHours }
    }

    /// The dates that the clock shows, each read in its own zone.
    fn dates_at(self, at: i64) -> Vec<i64> {
        let date = at.div_euclid(DAY);
        (date - 2..=date + 2).filter(|&date| self.clock_of(date, at).div_euclid(DAY) == date).collect()
    }

    /// Returns the time that the clock of a date's zone shows at an instant.
    fn clock_of(self, date: i64, at: i64) -> i64 {
        at + self.agent.offset_on(date)
    }

    /// Returns `true` in the hours of a date, or in what runs into it from the night before.
    fn inside_on(self, date: i64, at: i64) -> bool {
        let covered = |date: i64| self.shifts(date).iter().any(|shift| shift.covers(date, self.clock_of(date, at)));
        covered(date) || covered(date - 1) && self.clock_of(date - 1, at) >= date * DAY
    }

    /// Returns `true` in a shift of any date that has run past midnight.
    fn in_a_night(self, at: i64) -> bool {
        let date = at.div_euclid(DAY);
        (date - 3..=date + 2).any(|date| {
            let clock = self.clock_of(date, at);
            clock >= (date + 1) * DAY && self.shifts(date).iter().any(|shift| shift.covers(date, clock))
        })
    }

    /// Returns the note of the first absence in the document that covers an instant.
    pub fn absence_note(self, at: i64) -> Option<String> {
        self.agent.out_of_office.iter().find(|absence| absence.covers(at))?.note.clone()
    }

    /// Returns the end of an available status set at an instant: the earliest end of working hours, start of an absence or
    /// start of a holiday after it.
    pub fn end_of_hold(self, set_at: i64) -> Option<i64> {
        self.edges(set_at, self.horizon(set_at)).into_iter().find(|&edge| {
            let hours_end = self.inside_hours(edge - 1) && !self.inside_hours(edge);
            let absence_starts = self.absences().any(|(start, _)| start == edge);
            hours_end || absence_starts || self.holiday_starts(edge)
        })
    }

    /// Returns the next instant at which the schedule changes from away to available.
    pub fn next_shift_start(self, after: i64) -> Option<i64> {
        let turns = |edge: &i64| !self.at(edge - 1).is_available() && self.at(*edge).is_available();
        self.edges(after, self.horizon(after)).into_iter().find(turns)
    }

    /// Returns every instant after one and up to another at which the schedule may change, in order.
    pub fn edges(self, after: i64, up_to: i64) -> Vec<i64> {
        let mut minutes = vec![0];
        let weekly = self.weekly().into_iter().flatten().map(|hours| hours.shift);
        let dated = self.agent.date_hours.iter().flat_map(|it| it.shifts.iter().copied());
        for shift in weekly.chain(dated) {
            minutes.extend([shift.start, shift.end % (24 * 60)]);
        }
        let dates = after.div_euclid(DAY) - 1..=up_to.div_euclid(DAY) + 1;
        let offsets = self.agent.travel.iter().map(|travel| travel.offset).chain([0]);
        let moments = dates.flat_map(|date| minutes.iter().map(move |minute| date * DAY + minute * MINUTE));
        let mut edges: Vec<i64> =
            offsets.flat_map(|offset| moments.clone().map(move |moment| moment - offset)).collect();
        edges.extend(self.absences().flat_map(|(start, end)| [start, end]));
        edges.retain(|&edge| after < edge && edge <= up_to);
        edges.sort_unstable();
        edges.dedup();
        edges
    }

    /// The limit of the search: well after everything with a date, where only the week repeats.
    pub fn horizon(self, from: i64) -> i64 {
        let weekly = self.weekly().into_iter().flatten().flat_map(|hours| [hours.first_day, hours.last_day]).flatten();
        let dated = self.agent.date_hours.iter().map(|it| it.date);
        let holidays = self.document.holidays.iter().flat_map(|holiday| holiday.dates.iter().copied());
        // Absences without an end repeat every week, or every second.
        let absences = self.agent.out_of_office.iter().filter(|absence| !absence.is_endless);
        let absences = absences.flat_map(|absence| &absence.spans).map(|(_, end)| end / DAY);
        let travel = self.agent.travel.iter().map(|travel| travel.last_day);
        let last = weekly.chain(dated).chain(holidays).chain(absences).chain(travel).max().unwrap_or(0);
        from.max(last * DAY) + 40 * DAY
    }

    fn absences(self) -> impl Iterator<Item = (i64, i64)> {
        self.agent.out_of_office.iter().flat_map(|absence| absence.spans.iter().copied())
    }

    /// Returns the weekly hours of the agent, else of the main team, else of the desk; without any, the agent is always on.
    fn weekly(self) -> Option<&'a [WeeklyHours]> {
        let team = self.agent.team.as_ref().and_then(|team| self.document.team(team));
        let hours = self.agent.working_hours.as_ref();
        hours
            .or(team.and_then(|team| team.working_hours.as_ref()))
            .or(self.document.working_hours.as_ref())
            .map(|h| &**h)
    }

    fn has_date_hours(self, date: i64) -> bool {
        self.agent.date_hours.iter().any(|it| it.date == date)
    }

    /// Returns `true` inside the hours, regardless of absences and holidays.
    fn inside_hours(self, at: i64) -> bool {
        let dates = self.dates_at(at);
        if self.weekly().is_none() && (dates.is_empty() || dates.iter().any(|&date| !self.has_date_hours(date))) {
            return true;
        }
        dates.iter().any(|&date| self.inside_on(date, at)) || self.in_a_night(at)
    }

    fn shifts(self, date: i64) -> Vec<Shift> {
        match self.agent.date_hours.iter().find(|it| it.date == date) {
            Some(own) => own.shifts.clone(),
            None => match self.weekly() {
                Some(hours) => shifts_on(hours, date),
                None => vec![],
            },
        }
    }

    fn holiday_starts(self, edge: i64) -> bool {
        let date = edge.div_euclid(DAY);
        (date - 1..=date + 1).any(|date| {
            edge + self.agent.offset_on(date) == date * DAY && self.is_holiday(date) && !self.has_date_hours(date)
        })
    }

    fn is_holiday(self, date: i64) -> bool {
        let observes = |holiday: &Holiday| match (&holiday.teams[..], &holiday.inboxes[..]) {
            ([], []) => true,
            (teams, _) => teams.iter().any(|team| self.agent.is_in(team)),
        };
        self.document.holidays.iter().any(|holiday| holiday.dates.contains(&date) && observes(holiday))
    }
}

/// Returns `true` if a channel is inside its office hours. They observe the holidays of its inbox, and those without a list.
pub fn office_is_open(document: &Document, inbox: &Inbox, channel: &Channel, at: i64) -> bool {
    let date = at.div_euclid(DAY);
    let observed = |holiday: &Holiday| match (&holiday.teams[..], &holiday.inboxes[..]) {
        ([], []) => true,
        (_, inboxes) => inboxes.contains(&inbox.id),
    };
    if document.holidays.iter().any(|holiday| holiday.dates.contains(&date) && observed(holiday)) {
        return false;
    }
    channel.office_hours.as_ref().or(inbox.office_hours.as_ref()).is_none_or(|hours| inside(hours, at))
}

/// Returns the instant at which that much time of a channel's office hours has passed; none in sight if they end before.
pub fn office_time_after(document: &Document, inbox: &Inbox, channel: &Channel, from: i64, time: i64) -> Option<i64> {
    let hours = channel.office_hours.as_ref().or(inbox.office_hours.as_ref());
    let hours = || hours.into_iter().flatten();
    let mut minutes: Vec<i64> = hours().flat_map(|it| [it.shift.start, it.shift.end % (24 * 60)]).collect();
    minutes.push(0);
    minutes.sort_unstable();
    let holidays = document.holidays.iter().flat_map(|holiday| holiday.dates.iter().copied());
    let last = hours().flat_map(|it| [it.first_day, it.last_day]).flatten().chain(holidays).max().unwrap_or(0);
    // The waits of these tests are short: after all dates, a few weeks show whether the channel opens any more.
    let dates = from.div_euclid(DAY)..=last.max(from / DAY) + 40;
    let edges = dates.flat_map(|date| minutes.iter().map(move |minute| date * DAY + minute * MINUTE));
    let (mut at, mut left) = (from, time);
    for edge in edges.filter(|edge| *edge > from) {
        if office_is_open(document, inbox, channel, at) {
            if left <= edge - at {
                return Some(at + left);
            }
            left -= edge - at;
        }
        at = edge;
    }
    None
}
