//! Questions to a desk and their answers as JSON text, for languages other than Rust.
//!
//! [`Desk::ask_json`] takes one question, an object whose `ask` is its name, and returns the answer of the method of the
//! same name as canonical JSON. Together with [`Desk::from_json`], [`Desk::handle_json`], [`Desk::restore`] and
//! [`Event::from_json`](crate::Event::from_json), it makes a desk usable through text alone.
//!
//! | `ask` | further keys | answer |
//! |---|---|---|
//! | `status` | `agent`, `at` | `{"state","reason","since","until","by","note"}` |
//! | `next_change`, `next_available` | `agent`, `at` | an instant, or `null` for none in sight |
//! | `schedule` | `agent`, `start`, `end` | a list of `{"start","end","state","reason"}` |
//! | `zone_of` | `agent` | the name of a zone |
//! | `available` | `at`, SCOPE | a list of ids |
//! | `coverage` | `start`, `end`, SCOPE; optionally `who` | a list of `{"start","end","available"}`, with `"who": true` also `agents` |
//! | `coverage_steps` | `start`, `end`, `step`, SCOPE; optionally `who` | a list of `{"start","end","available","least"}`, with `"who": true` also `agents` |
//! | `coverage_by_team` | `start`, `end` | a list of `{"team","coverage"}` |
//! | `working_time` | `start`, `end`, HOURS | a duration |
//! | `after` | `at`, `time`, HOURS | an instant, or `null` for none |
//! | `before` | `at`, `time`, HOURS | an instant, or `null` for none |
//! | `visitor` | `inbox`, `channel`, `at`; optionally `visitor` (`id`, `owner`, `known`), `language` (a tag, or a list of them) | `{"state","message","reply_time","language","until","opens_at","shows"}` |
//! | `publish` | `inbox`, `from`, `days` | a [`Published`](crate::Published) |
//! | `shown_in` | `conversation`, `agent`, `at` | `"available"` or `"away"` |
//! | `table` | `at`; optionally `filter` (`state`, `team`, `inbox`, `skill`) | a list of [`AgentRow`](crate::desk::AgentRow) |
//! | `queue` | – | a list of ids, first to be served first |
//! | `conversation` | `conversation` | a [`ConversationView`](crate::desk::ConversationView), or `null` for none of that id |
//! | `conversations` | optionally `filter` (`state`, one or a list; `inbox`, `channel`, `agent`, `contact`) | a list of them, in the order of opening |
//! | `why` | `conversation` | a list of [`StepConsidered`](crate::desk::StepConsidered) |
//! | `story` | `conversation`, `events`; optionally `time_zone` (the desk's) | a list of `{"at","day","clock","text"}` |
//! | `document` | – | the document as it is now |
//! | `warnings` | – | a list of `{"code","severity","message","path","hint"}`: [`Desk::warnings`] |
//! | `snapshot` | – | the whole desk |
//! | `next_wakeup`, `now` | – | an instant, or `null` for none |
//! | `is_due` | `at` | `true` when something has fallen due by then that is still to be applied |
//!
//! The questions down to `publish` are about availability alone, and the only ones that [`Desk::ask_availability_json`]
//! knows: a program that uses no others contains no routing and no code that writes documents.
//!
//! SCOPE is nothing (everyone), `team`, `team` with `"extra": true`, or `inbox`. HOURS is `agent`, `team`, or `inbox` and
//! `channel`. With `"who": true`, a new span begins when an agent becomes available or away, and an answer names at most
//! 1,000,000 agents in all its spans or steps together. The `events` of a story are those of the desk, in order; those of
//! `handle_explained` give the best story.

mod keys;

use std::sync::LazyLock;

use serde::Serialize;

use self::keys::{
    agent_at, conversations, duration, end, event, filter, hours_of, id, instant, languages, range, scope, visitor, who,
};
use crate::availability::Coverage;
use crate::desk::{Desk, MOST_DAYS};
use crate::model::Id;
use crate::problem::{Code, Problem, Problems};
use crate::read::{self, Fields, Node, Reader, Segment};
use crate::story::{Names, Story};

impl Desk {
    /// Reads a question from JSON text and answers it as JSON text; see [the questions](self).
    ///
    /// # Errors
    /// All problems of a question that cannot be read, or the problem of the method, at the key that caused it.
    ///
    /// ```
    /// use frontdesk::{Code, Desk};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#).unwrap();
    /// let answer = desk.ask_json(r#"{"ask": "status", "agent": "anna", "at": "2026-11-20T09:00:00Z"}"#);
    /// assert_eq!(answer.unwrap(), r#"{"state":"available","reason":"always_on","since":null,"until":null}"#);
    ///
    /// let problems = desk.ask_json(r#"{"ask": "status", "agent": "ana", "at": "2026-11-20T09:00:00Z"}"#).unwrap_err();
    /// assert_eq!((problems[0].code, problems[0].path.as_str()), (Code::UnknownAgent, "$.agent"));
    /// ```
    pub fn ask_json(&self, question: &str) -> Result<String, Problems> {
        self.answer_from(&QUESTIONS, question)
    }

    /// Answers a question about availability as [`ask_json`](Self::ask_json) does.
    ///
    /// # Errors
    /// As [`ask_json`](Self::ask_json); other questions are unknown.
    pub fn ask_availability_json(&self, question: &str) -> Result<String, Problems> {
        self.answer_from(&AVAILABILITY, question)
    }

    fn answer_from(&self, questions: &[Named], question: &str) -> Result<String, Problems> {
        Ok(read::from_text(question, |_| self.known(), |r, node| answer(self, questions, r, node))?)
    }
}

/// Returns the names of all questions.
pub fn names() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|(name, _)| *name)
}

fn answer(desk: &Desk, questions: &[Named], r: &mut Reader<'_>, node: &Node) -> Option<String> {
    let mut fields = r.object(node)?;
    let read = r.required(&mut fields, "ask", |r, node| r.one_of(node, questions));
    // The name decides which keys are known.
    let question = read?(r, &mut fields);
    r.finish(fields);
    question.filter(|_| r.is_clean())?(desk, r)
}

/// A question that was read; reports the problem if it has no answer.
type Question = Box<dyn FnOnce(&Desk, &mut Reader<'_>) -> Option<String>>;

/// Reads the further keys of a question.
type ReadQuestion = fn(&mut Reader<'_>, &mut Fields<'_>) -> Option<Question>;

/// The name of a question and its reader.
type Named = (&'static str, ReadQuestion);

/// Creates a question to a method that may fail.
fn trying<T: Serialize>(ask: impl FnOnce(&Desk) -> Result<T, Problem> + 'static) -> Option<Question> {
    Some(Box::new(|desk, r| answered(r, ask(desk).map(|answer| json(&answer)))))
}

/// Creates a question to a method that cannot fail.
fn asking<T: Serialize>(ask: impl FnOnce(&Desk) -> T + 'static) -> Option<Question> {
    trying(|desk| Ok(ask(desk)))
}

/// The keys that cause the problems of the methods.
const PLACES: [(Code, &str); 7] = [
    (Code::UnknownAgent, "agent"),
    (Code::UnknownTeam, "team"),
    (Code::UnknownInbox, "inbox"),
    (Code::UnknownChannel, "channel"),
    (Code::UnknownConversation, "conversation"),
    (Code::InvalidValue, "end"),
    (Code::OutOfRange, "step"),
];

/// Returns the answer of a method, or reports its problem at the key that caused it.
fn answered(r: &mut Reader<'_>, answer: Result<String, Problem>) -> Option<String> {
    let problem = match answer {
        Ok(answer) => return Some(answer),
        Err(problem) => problem,
    };
    match PLACES.iter().find(|(code, _)| *code == problem.code) {
        Some((_, key)) => r.under(Segment::nth(key, 0), |r| r.report(problem)),
        None => r.report(problem),
    }
    None
}

/// Returns an answer as text. Writing cannot fail, because all keys are texts.
fn json(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

/// The questions about availability, in the order of the documentation.
const AVAILABILITY: [Named; 14] = [
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
        let (at, time, of) = (instant(r, f, "at"), duration(r, f, "time"), hours_of(r, f));
        let (at, time, of) = (at?, time?, of?);
        trying(move |desk| desk.after(&of, at, time))
    }),
    ("before", |r, f| {
        let (at, time, of) = (end(r, f, "at"), duration(r, f, "time"), hours_of(r, f));
        let (at, time, of) = (at?, time?, of?);
        trying(move |desk| desk.before(&of, at, time))
    }),
    ("visitor", |r, f| {
        let (inbox, channel, at) = (id(r, f, "inbox"), id(r, f, "channel"), instant(r, f, "at"));
        let visitor = r.optional(f, "visitor", visitor).unwrap_or_default();
        let languages = r.optional(f, "language", languages).unwrap_or_default();
        let visitor = crate::availability::Visitor { languages, ..visitor };
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

/// The questions about conversations and the state of the desk.
const MACHINE: [Named; 13] = [
    ("shown_in", |r, f| {
        let (conversation, who) = (id(r, f, "conversation"), agent_at(r, f));
        let (conversation, (agent, at)) = (conversation?, who?);
        trying(move |desk| desk.shown_in(&conversation, &agent, at))
    }),
    ("table", |r, f| {
        let (at, filter) = (instant(r, f, "at"), r.optional(f, "filter", filter).unwrap_or_default());
        let at = at?;
        Some(Box::new(move |desk, r| {
            r.under(Segment::nth("filter", 0), |r| answered(r, desk.table(&filter, at).map(|rows| json(&rows))))
        }))
    }),
    ("queue", |_, _| asking(Desk::queue)),
    ("conversation", |r, f| {
        let conversation = id(r, f, "conversation")?;
        asking(move |desk| desk.conversation(&conversation))
    }),
    ("conversations", |r, f| {
        let filter = r.optional(f, "filter", conversations).unwrap_or_default();
        Some(Box::new(move |desk, r| {
            r.under(Segment::nth("filter", 0), |r| {
                answered(r, desk.conversations_where(&filter).map(|found| json(&found)))
            })
        }))
    }),
    ("why", |r, f| {
        let conversation = id(r, f, "conversation")?;
        trying(move |desk| desk.why(&conversation))
    }),
    ("story", read_story),
    ("document", |_, _| asking(Desk::document)),
    ("warnings", |_, _| asking(Desk::warnings)),
    ("snapshot", |_, _| Some(Box::new(|desk, _| Some(desk.snapshot())))),
    ("next_wakeup", |_, _| asking(Desk::next_wakeup)),
    ("now", |_, _| asking(Desk::now)),
    ("is_due", |r, f| {
        let at = instant(r, f, "at")?;
        asking(move |desk| desk.is_due(at))
    }),
];

static QUESTIONS: LazyLock<Vec<Named>> = LazyLock::new(|| AVAILABILITY.into_iter().chain(MACHINE).collect());

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

fn read_story(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Question> {
    let conversation = id(r, fields, "conversation");
    let zone = r.optional(fields, "time_zone", Reader::zone);
    let events = r.required(fields, "events", |r, node| r.list(node, event));
    let (conversation, events) = (conversation?, events?);
    asking(move |desk| {
        let zone = zone.unwrap_or_else(|| desk.time_zone().clone());
        let mut story = Story::of(&conversation, zone).with_names(Names::of(&desk.document()));
        events.iter().for_each(|event| story.hear(event));
        story.lines().to_vec()
    })
}
