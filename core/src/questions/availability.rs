//! The questions about availability.

use serde::Serialize;

use super::keys::{agent_at, amount, duration, end, hours_of, id, instant, languages, range, scope, visitor, who};
use super::{Question, ReadQuestion, answering};
use crate::availability::{Availability, Coverage, MOST_DAYS, Visitor};
use crate::model::Id;
use crate::problem::{Problem, Problems};
use crate::read::{self, Node, Reader};

impl Availability {
    /// Reads a question about availability from JSON text and answers it as JSON text; see [the questions](crate::questions).
    ///
    /// # Errors
    /// All problems of a question that cannot be read, or the problem of the method, at the key that caused it.
    ///
    /// ```
    /// use frontdesk::{Availability, Code};
    ///
    /// let desk = Availability::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// let answer = desk.ask_json(r#"{"ask": "status", "agent": "anna", "at": "2026-11-20T09:00:00Z"}"#);
    /// assert_eq!(answer.unwrap(), r#"{"state":"available","reason":"always_on","since":null,"until":null}"#);
    ///
    /// let problems = desk.ask_json(r#"{"ask": "status", "agent": "ana", "at": "2026-11-20T09:00:00Z"}"#).unwrap_err();
    /// assert_eq!((problems[0].code, problems[0].path.as_str()), (Code::UnknownAgent, "$.agent"));
    /// ```
    pub fn ask_json(&self, question: &str) -> Result<String, Problems> {
        Ok(read::from_text(question, |_| self.known(), |r, node| self.answer(r, node))?)
    }

    fn answer(&self, r: &mut Reader<'_>, node: &Node) -> Option<String> {
        let mut fields = r.object(node)?;
        let read = r.required(&mut fields, "ask", |r, node| r.named(node, &QUESTIONS));
        // The name decides which keys are known.
        let question = read?(r, &mut fields);
        r.finish(fields);
        question.filter(|_| r.is_clean())?(self, r)
    }
}

/// Creates a question to a method that may fail.
fn trying<T: Serialize>(
    ask: impl FnOnce(&Availability) -> Result<T, Problem> + 'static,
) -> Option<Question<Availability>> {
    answering(ask)
}

/// In the order of the documentation.
pub(super) const QUESTIONS: [(&str, ReadQuestion<Availability>); 14] = [
    ("status", |r, f| agent_at(r, f).and_then(|(agent, at)| trying(move |desk| desk.status(&agent, at)))),
    ("next_change", |r, f| agent_at(r, f).and_then(|(agent, at)| trying(move |desk| desk.next_change(&agent, at)))),
    ("next_available", |r, f| {
        agent_at(r, f).and_then(|(agent, at)| trying(move |desk| desk.next_available(&agent, at)))
    }),
    ("schedule", |r, f| {
        let (agent, range) = (id(r, f, "agent"), range(r, f));
        let (agent, range) = (agent?, range?);
        trying(move |desk| desk.schedule(&agent, range))
    }),
    ("zone_of", |r, f| {
        let agent = id(r, f, "agent")?;
        trying(move |desk| desk.zone_of(&agent).cloned())
    }),
    ("available", |r, f| {
        let (at, scope) = (instant(r, f, "at"), scope(r, f));
        let (at, scope) = (at?, scope?);
        trying(move |desk| Ok(desk.available(&scope, at)?.iter().cloned().collect::<Vec<Id>>()))
    }),
    ("coverage", |r, f| {
        let (range, scope, who) = (range(r, f), scope(r, f), who(r, f));
        let (range, scope) = (range?, scope?);
        if who {
            trying(move |desk| desk.staffing(&scope, range))
        } else {
            trying(move |desk| desk.coverage(&scope, range))
        }
    }),
    ("coverage_steps", |r, f| {
        let (range, scope, step, who) = (range(r, f), scope(r, f), duration(r, f, "step"), who(r, f));
        let (range, scope, step) = (range?, scope?, step?);
        if who {
            return trying(move |desk| desk.staffing_steps(&scope, range, step));
        }
        trying(move |desk| desk.coverage_steps(&scope, range, step))
    }),
    ("coverage_by_team", |r, f| {
        let range = range(r, f)?;
        trying(move |desk| Ok(desk.coverage_by_team(range)?.into_iter().map(OfTeam::from).collect::<Vec<_>>()))
    }),
    ("working_time", |r, f| {
        let (range, of) = (range(r, f), hours_of(r, f));
        let (range, of) = (range?, of?);
        trying(move |desk| desk.working_time(&of, range.start, range.end))
    }),
    ("after", |r, f| {
        let (at, time, of) = (instant(r, f, "at"), amount(r, f, "time"), hours_of(r, f));
        let (at, time, of) = (at?, time?, of?);
        trying(move |desk| desk.after(&of, at, time))
    }),
    ("before", |r, f| {
        let (at, time, of) = (end(r, f, "at"), amount(r, f, "time"), hours_of(r, f));
        let (at, time, of) = (at?, time?, of?);
        trying(move |desk| desk.before(&of, at, time))
    }),
    ("visitor", |r, f| {
        let (inbox, channel, at) = (id(r, f, "inbox"), id(r, f, "channel"), instant(r, f, "at"));
        let visitor = r.optional(f, "visitor", visitor).unwrap_or_default();
        let languages = r.optional(f, "language", languages).unwrap_or_default();
        let visitor = Visitor { languages, ..visitor };
        let (inbox, channel, at) = (inbox?, channel?, at?);
        trying(move |desk| desk.visitor(&inbox, &channel, at, &visitor))
    }),
    ("publish", |r, f| {
        let (inbox, from) = (id(r, f, "inbox"), instant(r, f, "from"));
        let days = r.required(f, "days", |r, node| r.integer(node, 1, i64::from(MOST_DAYS)));
        let (inbox, from, days) = (inbox?, from?, u32::try_from(days?).ok()?);
        trying(move |desk| desk.publish(&inbox, from, days))
    }),
];

/// The coverage of a team.
#[derive(Serialize)]
struct OfTeam {
    team: Id,
    coverage: Vec<Coverage>,
}

impl From<(Id, Vec<Coverage>)> for OfTeam {
    fn from((team, coverage): (Id, Vec<Coverage>)) -> Self {
        OfTeam { team, coverage }
    }
}
