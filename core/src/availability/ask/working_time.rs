//! Working time: the amount between two instants, and the instant at which an amount or a number of days has passed.

use super::{Scope, check_range};
use crate::availability::unknown::unknown_agent;
use crate::availability::working_days::{self, Dates, Way, Worker};
use crate::availability::working_time::{self, Piece};
use crate::availability::{Availability, Member, State, WorkingTime};
use crate::model::Id;
use crate::problem::Problem;
use crate::time::{Duration, Instant, Span};

/// The schedule or office hours whose working time is counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HoursOf {
    /// The schedule of an agent.
    Agent(Id),
    /// The schedules of the main members of a team: at least one is at work.
    Team(Id),
    /// The office hours of a channel.
    Channel {
        /// Its inbox.
        inbox: Id,
        /// The channel.
        channel: Id,
    },
}

impl Availability {
    /// The working time between two instants.
    ///
    /// # Errors
    /// Of an unknown id; `invalid_value` when `to` is before `from`; `too_many_occurrences` for more than 100,000 occurrences
    /// of one agent's repeated absences between them.
    pub fn working_time(&self, of: &HoursOf, from: Instant, to: Instant) -> Result<Duration, Problem> {
        check_range(Span::new(from, to))?;
        self.check_pieces(of, Span::new(from, to))?;
        working_time::between(self.pieces(of)?, from, to)
    }

    /// The instant at which that much working time has passed since `from`; none when there is not that much until 2200.
    ///
    /// Time that ends exactly at closing ends at that closing. No time at all, asked while closed, is the next opening.
    ///
    /// In [working days](crate::WorkingDays) it is the same time on the wall clock, so many dates with hours later: of an
    /// agent in the agent's zone, of a channel in that of its inbox, of a team in that of the desk. The hours of a date are
    /// those that start on it.
    ///
    /// # Errors
    /// Of an unknown id; `too_many_occurrences` when more than 100,000 occurrences of one agent's repeated absences lie on
    /// the way.
    ///
    /// ```
    /// use frontdesk::{Availability, HoursOf, WorkingDays, time::Instant};
    ///
    /// let availability = Availability::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna",
    ///     "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}]}]}"#)?;
    /// let friday = Instant::parse("2026-11-20T15:00:00Z")?;
    /// let reached = availability.after(&HoursOf::Agent("anna".into()), friday, WorkingDays::new(2)?)?;
    /// assert_eq!(reached, Some(Instant::parse("2026-11-24T15:00:00Z")?));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn after(&self, of: &HoursOf, from: Instant, time: impl Into<WorkingTime>) -> Result<Option<Instant>, Problem> {
        let check = |span| self.check_pieces(of, span);
        match time.into() {
            WorkingTime::Time(time) => working_time::after(self.pieces(of)?, check, from, time),
            WorkingTime::Days(days) => working_days::count(&self.dates(of)?, check, from, days, Way::Forward),
        }
    }

    /// The instant from which that much working time passes until `to`; none when there is not that much since 2000.
    ///
    /// In [working days](crate::WorkingDays) it is the same time on the wall clock, so many dates with hours earlier.
    ///
    /// # Errors
    /// Of an unknown id; `too_many_occurrences` when more than 100,000 occurrences of one agent's repeated absences lie on
    /// the way.
    pub fn before(&self, of: &HoursOf, to: Instant, time: impl Into<WorkingTime>) -> Result<Option<Instant>, Problem> {
        let check = |span| self.check_pieces(of, span);
        match time.into() {
            WorkingTime::Time(time) => working_time::before(self.pieces(of)?, check, to, time),
            WorkingTime::Days(days) => working_days::count(&self.dates(of)?, check, to, days, Way::Back),
        }
    }

    /// Returns the hours of dates, by the schedule alone.
    fn dates(&self, of: &HoursOf) -> Result<Dates<'_>, Problem> {
        Ok(match of {
            HoursOf::Agent(agent) => {
                let slot = self.slot(agent)?;
                Dates::Own(worker_of(self.roster.member(slot).ok_or_else(|| unknown_agent(agent))?))
            }
            HoursOf::Team(team) => {
                let slots = self.scope(&Scope::Team(team.clone()))?;
                let members = slots.iter().filter_map(|slot| self.roster.member(*slot));
                Dates::Together(&self.roster.time_zone, members.map(worker_of).collect())
            }
            HoursOf::Channel { inbox, channel } => {
                let channel = self.channel(inbox, channel)?;
                let pieces = Box::new(|at| channel.piece_at(at));
                Dates::Own(Worker { rules: channel.office.rules(), pieces })
            }
        })
    }

    /// Returns the pieces of open and closed time, by the schedule alone.
    fn pieces(&self, of: &HoursOf) -> Result<Box<dyn Fn(Instant) -> Piece + '_>, Problem> {
        match of {
            HoursOf::Agent(agent) => {
                let slot = self.slot(agent)?;
                let member = self.roster.member(slot).ok_or_else(|| unknown_agent(agent))?;
                Ok(Box::new(|at| piece_of(member, at)))
            }
            HoursOf::Team(team) => {
                let slots = self.scope(&Scope::Team(team.clone()))?;
                let members: Vec<&Member> = slots.iter().filter_map(|slot| self.roster.member(*slot)).collect();
                Ok(Box::new(move |at| piece_of_any(&members, at)))
            }
            HoursOf::Channel { inbox, channel } => {
                let channel = self.channel(inbox, channel)?;
                Ok(Box::new(|at| channel.piece_at(at)))
            }
        }
    }

    /// The problem of a span in which someone who is meant has too many occurrences of repeated absences.
    fn check_pieces(&self, of: &HoursOf, span: Span) -> Result<(), Problem> {
        let slots = match of {
            HoursOf::Agent(agent) => vec![self.slot(agent)?],
            HoursOf::Team(team) => self.scope(&Scope::Team(team.clone()))?,
            HoursOf::Channel { .. } => Vec::new(),
        };
        let mut members = slots.into_iter().filter_map(|slot| self.roster.member(slot));
        members.try_for_each(|member| member.schedule.check(span))
    }
}

fn worker_of(member: &Member) -> Worker<'_> {
    Worker { rules: member.schedule.rules(), pieces: Box::new(|at| piece_of(member, at)) }
}

fn piece_of(member: &Member, at: Instant) -> Piece {
    let stretch = member.schedule.stretch_at(at);
    Piece { open: stretch.reason.state() == State::Available, start: stretch.start, end: stretch.end }
}

/// A piece in which nobody's schedule changes; open when anyone is at work.
fn piece_of_any(members: &[&Member], at: Instant) -> Piece {
    let closed = Piece { open: false, start: Instant::MIN, end: Instant::MAX };
    members.iter().map(|member| piece_of(member, at)).fold(closed, |all, one| Piece {
        open: all.open || one.open,
        start: all.start.max(one.start),
        end: all.end.min(one.end),
    })
}
