//! Questions answered directly in Python's types. All others are answered as JSON.

use frontdesk::time::{Instant, Span};
use frontdesk::{Code, Desk as Core, HoursOf, Id, Problem, Scope};
use pyo3::prelude::*;
use pyo3::types::{PyDateTime, PyDelta, PyList, PyString, PyTuple};
use rustc_hash::FxHashMap;

use super::Desk;
use super::available::scope;
use crate::length::{Amount, Step, timedelta};
use crate::moment::{At, End, Start, Tz, ZoneArgument, zone_of};
use crate::names::{ReasonName, StateName};
use crate::problem::{About, Answer, asked, one};
use crate::status::Status;
use crate::words::{IdText, Text, truth};

/// Columns of a coverage: starts, ends, counts, for steps the least count, and if asked for the ids.
type Columns<'py> = (Bound<'py, PyList>, Bound<'py, PyList>, Vec<u32>, Option<Vec<u32>>, Option<Bound<'py, PyList>>);

#[pymethods]
impl Desk {
    /// Status of an agent at an instant: state, reason, since and until.
    ///
    /// :param agent: the agent's id.
    /// :param at: an aware datetime, seconds since 1970, or RFC 3339 text.
    /// :param zone: the zone of the answer, a ``ZoneInfo`` or its name; that of ``at`` when absent.
    /// :raises NotFound: no such agent.
    ///
    /// >>> desk.status("anna", "2026-11-20T09:00:00Z", zone="Europe/Stockholm")
    /// Status("available", "working_hours", since=2026-11-20T09:00+01:00, until=2026-11-20T17:00+01:00)
    #[pyo3(signature = (agent, at, *, zone = None))]
    fn status(&self, py: Python<'_>, agent: IdText<'_>, at: At, zone: Option<ZoneArgument>) -> PyResult<Status> {
        let status = self.desk.look(py, |desk| desk.status(&agent, at.instant))?;
        let status = status.map_err(|problem| asked(py, problem))?;
        Ok(Status { status, tz: zone_of(zone, at.tz) })
    }

    /// The next instant at which the state or reason of an agent changes; ``None`` if there is no such change before 2200.
    ///
    /// :raises NotFound: no such agent.
    #[pyo3(signature = (agent, at, *, zone = None))]
    fn next_change<'py>(
        &self,
        py: Python<'py>,
        agent: IdText<'_>,
        at: At,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let next = self.desk.look(py, |desk| desk.next_change(&agent, at.instant))?;
        zone_of(zone, at.tz).maybe(py, next.map_err(|problem| asked(py, problem))?)
    }

    /// The first instant from ``at`` on at which an agent is available; ``None`` if there is none before 2200.
    ///
    /// :raises NotFound: no such agent.
    #[pyo3(signature = (agent, at, *, zone = None))]
    fn next_available<'py>(
        &self,
        py: Python<'py>,
        agent: IdText<'_>,
        at: At,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let next = self.desk.look_long(py, |desk| desk.next_available(&agent, at.instant))?;
        zone_of(zone, at.tz).maybe(py, next.map_err(|problem| asked(py, problem))?)
    }

    /// The name of the zone of the desk.
    #[getter]
    fn _zone(&self, py: Python<'_>) -> PyResult<String> {
        self.desk.look(py, |desk| desk.time_zone().name().to_owned())
    }

    /// The instant of the next due event, in UTC; ``None`` if there is none. Advance the desk then, or before.
    #[getter]
    fn next_wakeup<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        Tz::default().maybe(py, self.desk.look(py, |desk| desk.next_wakeup())?)
    }

    /// The instant of the last event, in UTC; ``None`` before the first.
    #[getter]
    fn now<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        Tz::default().maybe(py, self.desk.look(py, |desk| desk.now())?)
    }

    /// The number of the last turn; 0 while no log of turns has begun.
    #[getter]
    fn turn(&self, py: Python<'_>) -> PyResult<u64> {
        self.desk.look(py, Core::turn)
    }

    /// The rows of a schedule: start, end, state and reason.
    #[pyo3(signature = (agent, start, end, zone) -> "list[tuple[datetime, datetime, State, Reason]]")]
    fn _schedule<'py>(
        &self,
        py: Python<'py>,
        agent: IdText<'_>,
        start: Start,
        end: End,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Bound<'py, PyList>> {
        let range = Span::new(start.0.instant, end.0);
        let periods = self.desk.look_long(py, |desk| desk.schedule(&agent, range))?;
        let tz = zone_of(zone, start.0.tz);
        let rows = PyList::empty(py);
        for period in periods.map_err(|problem| asked(py, problem))? {
            let (start, end) = (tz.datetime(py, period.span.start)?, tz.datetime(py, period.span.end)?);
            rows.append((start, end, StateName(period.state), ReasonName(period.reason)))?;
        }
        Ok(rows)
    }

    /// The columns of a coverage: start, end and count; with a step also the least count; and the ids, if asked for.
    #[pyo3(signature = (start, end, team, extra: "bool", inbox, step, who: "bool", zone)
        -> "tuple[list[datetime], list[datetime], list[int], list[int] | None, list[tuple[str, ...]] | None]")]
    #[allow(clippy::too_many_arguments)] // The parts of a question.
    fn _coverage<'py>(
        &self,
        py: Python<'py>,
        start: Start,
        end: End,
        team: Option<IdText<'_>>,
        #[pyo3(from_py_with = truth)] extra: bool,
        inbox: Option<IdText<'_>>,
        step: Option<Step>,
        #[pyo3(from_py_with = truth)] who: bool,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Columns<'py>> {
        let (scope, range) = (scope(py, team, extra, inbox)?, Span::new(start.0.instant, end.0));
        let tz = zone_of(zone, start.0.tz);
        let rows = self.desk.look_long(py, |desk| Rows::asked(desk, &scope, range, step, who))?;
        let rows = rows.map_err(|problem| asked(py, problem))?;
        let column = |at: fn(&Span) -> Instant| -> PyResult<Bound<'py, PyList>> {
            let column = PyList::empty(py);
            rows.spans.iter().try_for_each(|span| column.append(tz.datetime(py, at(span))?))?;
            Ok(column)
        };
        let who = rows.agents.as_deref().map(|agents| names(py, agents)).transpose()?;
        Ok((column(|span| span.start)?, column(|span| span.end)?, rows.available, rows.least, who))
    }

    /// The working time between two instants, by the schedule of an agent, of a team (at least one main member works), or by
    /// the office hours of a channel.
    ///
    /// :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
    /// :raises InvalidValue: ``end`` is before ``start``.
    /// :raises NotFound: no such agent, team, inbox or channel.
    #[pyo3(signature = (start, end, *, agent = None, team = None, inbox = None, channel = None))]
    #[allow(clippy::too_many_arguments)] // The parts of a question.
    fn working_time<'py>(
        &self,
        py: Python<'py>,
        start: Start,
        end: End,
        agent: Option<IdText<'_>>,
        team: Option<IdText<'_>>,
        inbox: Option<IdText<'_>>,
        channel: Option<IdText<'_>>,
    ) -> PyResult<Bound<'py, PyDelta>> {
        let of = hours_of(py, agent, team, inbox, channel)?;
        let time = self.desk.look_long(py, |desk| desk.working_time(&of, start.0.instant, end.0))?;
        timedelta(py, time.map_err(|problem| asked(py, problem))?)
    }

    /// The instant at which this much working time has passed since ``at``: a reply deadline. ``None`` if there is not that
    /// much before 2200.
    ///
    /// :param time: a timedelta, text such as ``"1h30m"``, or working days such as ``{"working_days": 2}``: the same time on
    ///     the wall clock on another date with hours; with ``"end_of_day": True`` the end of its hours.
    /// :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
    #[pyo3(signature = (at, time, *, agent = None, team = None, inbox = None, channel = None, zone = None))]
    #[allow(clippy::too_many_arguments)] // The parts of a question.
    fn after<'py>(
        &self,
        py: Python<'py>,
        at: At,
        time: Amount,
        agent: Option<IdText<'_>>,
        team: Option<IdText<'_>>,
        inbox: Option<IdText<'_>>,
        channel: Option<IdText<'_>>,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let of = hours_of(py, agent, team, inbox, channel)?;
        let after = self.desk.look_long(py, |desk| desk.after(&of, at.instant, time.0))?;
        zone_of(zone, at.tz).maybe(py, after.map_err(|problem| asked(py, problem))?)
    }

    /// The latest instant from which this much working time passes until ``at``. ``None`` if there is not that much since
    /// 2000.
    ///
    /// :param time: a timedelta, text such as ``"1h30m"``, or working days such as ``{"working_days": 2}``: the same time on
    ///     the wall clock on another date with hours; with ``"end_of_day": True`` the end of its hours.
    /// :param agent: the agent; alternatively ``team``, or ``inbox`` and ``channel``.
    #[pyo3(signature = (at, time, *, agent = None, team = None, inbox = None, channel = None, zone = None))]
    #[allow(clippy::too_many_arguments)] // The parts of a question.
    fn before<'py>(
        &self,
        py: Python<'py>,
        at: At,
        time: Amount,
        agent: Option<IdText<'_>>,
        team: Option<IdText<'_>>,
        inbox: Option<IdText<'_>>,
        channel: Option<IdText<'_>>,
        zone: Option<ZoneArgument>,
    ) -> PyResult<Option<Bound<'py, PyDateTime>>> {
        let of = hours_of(py, agent, team, inbox, channel)?;
        let before = self.desk.look_long(py, |desk| desk.before(&of, at.instant, time.0))?;
        zone_of(zone, at.tz).maybe(py, before.map_err(|problem| asked(py, problem))?)
    }

    /// Answers any question as JSON text, in the form that all bindings share.
    ///
    /// :raises InvalidQuestion: the question cannot be read.
    fn ask_json(&self, py: Python<'_>, question: Text<'_>) -> PyResult<String> {
        self.desk.look_long(py, |desk| desk.ask_json(&question))?.or_raise(py, About::Question)
    }
}

/// The rows of a coverage.
#[derive(Default)]
struct Rows {
    spans: Vec<Span>,
    available: Vec<u32>,
    least: Option<Vec<u32>>,
    agents: Option<Vec<Vec<Id>>>,
}

impl Rows {
    fn asked(desk: &Core, scope: &Scope, range: Span, step: Option<Step>, who: bool) -> Result<Rows, Problem> {
        let count = |agents: &Vec<Id>| u32::try_from(agents.len()).unwrap_or(u32::MAX);
        Ok(match (step, who) {
            (None, false) => {
                let found = desk.coverage(scope, range)?;
                let (spans, available) = found.iter().map(|it| (it.span, it.available)).unzip();
                Rows { spans, available, ..Rows::default() }
            }
            (Some(Step(step)), false) => {
                let found = desk.coverage_steps(scope, range, step)?;
                let (spans, available) = found.iter().map(|it| (it.span, it.available)).unzip();
                Rows { spans, available, least: Some(found.iter().map(|it| it.least).collect()), agents: None }
            }
            (None, true) => {
                let found = desk.staffing(scope, range)?;
                let (spans, agents): (_, Vec<_>) = found.into_iter().map(|it| (it.span, it.agents)).unzip();
                Rows { spans, available: agents.iter().map(count).collect(), least: None, agents: Some(agents) }
            }
            (Some(Step(step)), true) => {
                let found = desk.staffing_steps(scope, range, step)?;
                let least = Some(found.iter().map(|it| it.least).collect());
                let (spans, agents): (_, Vec<_>) = found.into_iter().map(|it| (it.span, it.agents)).unzip();
                Rows { spans, available: agents.iter().map(count).collect(), least, agents: Some(agents) }
            }
        })
    }
}

/// Builds tuples of ids; each id is created once.
fn names<'py>(py: Python<'py>, rows: &[Vec<Id>]) -> PyResult<Bound<'py, PyList>> {
    let mut made: FxHashMap<&str, Bound<'py, PyString>> = FxHashMap::default();
    let list = PyList::empty(py);
    for row in rows {
        let ids = row.iter().map(|id| made.entry(id.as_str()).or_insert_with(|| PyString::new(py, id)).clone());
        list.append(PyTuple::new(py, ids.collect::<Vec<_>>())?)?;
    }
    Ok(list)
}

/// Returns the schedule whose working time is counted.
fn hours_of(
    py: Python<'_>,
    agent: Option<IdText<'_>>,
    team: Option<IdText<'_>>,
    inbox: Option<IdText<'_>>,
    channel: Option<IdText<'_>>,
) -> PyResult<HoursOf> {
    let given = [agent, team, inbox, channel];
    match given.each_ref().map(|it| it.as_deref()) {
        [Some(agent), None, None, None] => Ok(HoursOf::Agent(agent.into())),
        [None, Some(team), None, None] => Ok(HoursOf::Team(team.into())),
        [None, None, Some(inbox), Some(channel)] => {
            Ok(HoursOf::Channel { inbox: inbox.into(), channel: channel.into() })
        }
        _ => {
            let whose = "say whose working time: an agent, a team, or an inbox and channel";
            let code = if given.iter().flatten().count() < 2 { Code::MissingKey } else { Code::Conflict };
            Err(one(py, Problem::new(code, whose)))
        }
    }
}
