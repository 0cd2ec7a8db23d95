//! The questions about conversations and the state of a desk.

use std::sync::LazyLock;

use serde::Serialize;

use super::keys::{agent_at, id, instant};
use super::{Question, ReadQuestion, answered, answering, availability, json};
use crate::availability::Availability;
use crate::deadline;
use crate::desk::{Between, Command, ConversationFilter, Desk, Event, Filter, Options, QueueFilter, ViewRequest};
use crate::model::{Id, read_tests};
use crate::problem::{Code, Problem, Problems};
use crate::read::{self, Fields, Node, Reader, Segment};
use crate::story::{Names, Story};
use crate::time::Instant;

impl Desk {
    /// Reads a question from JSON text and answers it as JSON text; see [the questions](crate::questions).
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
        Ok(read::from_text(question, |_| self.known(), |r, node| self.answer(r, node))?)
    }

    /// Reads a filter of conversations from JSON text.
    ///
    /// # Errors
    /// All problems of the text. Whether its names are there is checked when the filter is used.
    ///
    /// ```
    /// use frontdesk::{Desk, desk::Whereabouts};
    ///
    /// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": []}"#)?;
    /// let filter = desk.read_filter(r#"{"state": "queued", "match": {"priority": {"at_least": 5}}}"#)?;
    /// assert_eq!(filter.states, [Whereabouts::Queued]);
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn read_filter(&self, text: &str) -> Result<ConversationFilter, Problems> {
        Ok(read::from_text(text, |_| self.known(), conversations)?)
    }

    fn answer(&self, r: &mut Reader<'_>, node: &Node) -> Option<String> {
        let mut fields = r.object(node)?;
        let asked = r.required(&mut fields, "ask", |r, node| r.named(node, &QUESTIONS))?;
        // The name decides which keys are known.
        match asked {
            Asked::Availability(read) => {
                let question = read(r, &mut fields);
                r.finish(fields);
                question.filter(|_| r.is_clean())?(self, r)
            }
            Asked::Desk(read) => {
                let question = read(r, &mut fields);
                r.finish(fields);
                question.filter(|_| r.is_clean())?(self, r)
            }
        }
    }
}

/// Returns the names of all questions.
pub fn names() -> impl Iterator<Item = &'static str> {
    QUESTIONS.iter().map(|(name, _)| *name)
}

/// The reader of a question, by whom it is put to.
#[derive(Clone, Copy)]
enum Asked {
    Availability(ReadQuestion<Availability>),
    Desk(ReadQuestion<Desk>),
}

/// All questions, in the order of the documentation.
static QUESTIONS: LazyLock<Vec<(&str, Asked)>> = LazyLock::new(|| {
    let of_availability = availability::QUESTIONS.map(|(name, read)| (name, Asked::Availability(read)));
    let of_desk = DESK.map(|(name, read)| (name, Asked::Desk(read)));
    of_availability.into_iter().chain(of_desk).collect()
});

/// Creates a question to a method that may fail.
fn trying<T: Serialize>(ask: impl FnOnce(&Desk) -> Result<T, Problem> + 'static) -> Option<Question<Desk>> {
    answering(ask)
}

/// In the order of the documentation.
const DESK: [(&str, ReadQuestion<Desk>); 19] = [
    ("shown_in", |r, f| {
        let (conversation, who) = (id(r, f, "conversation"), agent_at(r, f));
        let (conversation, (agent, at)) = (conversation?, who?);
        trying(move |desk| desk.shown_in(&conversation, &agent, at))
    }),
    ("table", |r, f| {
        let (at, filter) = (instant(r, f, "at"), r.optional(f, "filter", Asking::read).unwrap_or_default());
        let at = at?;
        Some(Box::new(move |desk, r| r.under(Segment::known("filter"), |r| filter.answer(r, desk, at))))
    }),
    ("inboxes_of", |r, f| {
        let agent = id(r, f, "agent")?;
        trying(move |desk| desk.inboxes_of(&agent))
    }),
    ("queue", |r, f| {
        let filter = waiting(r, f);
        trying(move |desk| desk.queue_where(&filter))
    }),
    ("place", |r, f| {
        let conversation = id(r, f, "conversation")?;
        trying(move |desk| desk.place(&conversation))
    }),
    ("conversation", |r, f| {
        let conversation = id(r, f, "conversation")?;
        asking(move |desk| desk.conversation(&conversation))
    }),
    ("conversations", |r, f| {
        let filter = r.optional(f, "filter", conversations).unwrap_or_default();
        Some(Box::new(move |desk, r| {
            r.under(Segment::known("filter"), |r| {
                answered(r, desk.conversations_where(&filter).map(|found| json(&found)))
            })
        }))
    }),
    ("view", |r, f| {
        let request = view(r, f);
        Some(Box::new(move |desk, r| answer_view(desk, &request, r)))
    }),
    ("view_counts", |r, f| {
        let (by, inbox) = (r.optional(f, "by", Reader::id), r.optional(f, "inbox", Reader::id));
        Some(Box::new(move |desk, r| match desk.view_counts(by.as_deref(), inbox.as_deref()) {
            Err(problem) if problem.code == Code::UnknownAgent => {
                r.under(Segment::known("by"), |r| r.report(problem));
                None
            }
            answer => answered(r, answer.map(|counts| json(&counts))),
        }))
    }),
    ("why", |r, f| {
        let conversation = id(r, f, "conversation")?;
        trying(move |desk| desk.why(&conversation))
    }),
    ("may", |r, f| {
        let command = r.required(f, "command", Command::read)?;
        // A question is put to a desk that others may be reading, so that a copy is asked.
        trying(move |desk| {
            let options = Options { deadline: deadline::watched(), ..Options::default() };
            desk.clone().may_with(&command, &options)
        })
    }),
    ("story", read_story),
    ("document", |_, _| asking(|desk| desk.document())),
    ("warnings", |_, _| asking(Desk::warnings)),
    ("snapshot", |_, _| Some(Box::new(|desk, _| Some(desk.snapshot())))),
    ("next_wakeup", |_, _| asking(Desk::next_wakeup)),
    ("now", |_, _| asking(Desk::now)),
    ("turn", |_, _| asking(Desk::turn)),
    ("is_due", |r, f| {
        let at = instant(r, f, "at")?;
        asking(move |desk| desk.is_due(at))
    }),
];

/// Creates a question to a method that cannot fail.
fn asking<T: Serialize>(ask: impl FnOnce(&Desk) -> T + 'static) -> Option<Question<Desk>> {
    trying(|desk| Ok(ask(desk)))
}

fn read_story(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Question<Desk>> {
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

/// The filter of a table.
enum Asking {
    By(Filter),
    /// The one that the document saves under an id.
    Saved(Id),
}

impl Default for Asking {
    fn default() -> Self {
        Asking::By(Filter::default())
    }
}

impl Asking {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Asking> {
        match node {
            Node::Text(_) => r.id(node).map(Asking::Saved),
            Node::Object(_) => filter(r, node).map(Asking::By),
            other => r.wrong_type(other, "an object, or the id of a filter"),
        }
    }

    /// Returns the rows, or reports the problem: an unknown id at the filter itself, any other at the key of it.
    fn answer(&self, r: &mut Reader<'_>, desk: &Desk, at: Instant) -> Option<String> {
        let filter = match self {
            Asking::By(filter) => filter,
            Asking::Saved(id) => match desk.table_filter(id) {
                Ok(filter) => filter,
                Err(problem) => {
                    r.report(problem);
                    return None;
                }
            },
        };
        answered(r, desk.table(filter, at).map(|rows| json(&rows)))
    }
}

/// Reads a filter of agents; whether its names are there is checked when it is used.
fn filter(r: &mut Reader<'_>, node: &Node) -> Option<Filter> {
    Filter::read(r, node, |r, it| r.id(it), |r, it| r.id(it))
}

/// Reads whose queue is asked for.
fn waiting(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> QueueFilter {
    QueueFilter {
        inbox: r.optional(fields, "inbox", Reader::id),
        channel: r.optional(fields, "channel", Reader::id),
        team: r.optional(fields, "team", Reader::id),
        agent: r.optional(fields, "agent", Reader::id),
    }
}

/// Reads a filter of conversations. The `state` is one state, or a list.
fn conversations(r: &mut Reader<'_>, node: &Node) -> Option<ConversationFilter> {
    let mut fields = r.object(node)?;
    let states = r.optional(&mut fields, "state", |r, node| match node {
        Node::List(states) if states.is_empty() => r.fail(Code::InvalidValue, "no state at all is asked for: name one"),
        Node::List(_) => r.list(node, Reader::word),
        _ => r.word(node).map(|state| vec![state]),
    });
    let hide = r.optional(&mut fields, "hide", |r, node| r.list(node, Reader::word));
    let inbox = r.optional(&mut fields, "inbox", Reader::id);
    let channel = r.optional(&mut fields, "channel", Reader::id);
    let kind = r.optional(&mut fields, "kind", Reader::id);
    let agent = r.optional(&mut fields, "agent", Reader::id);
    let team = r.optional(&mut fields, "team", Reader::id);
    let bot = r.optional(&mut fields, "bot", Reader::id);
    let contact = r.optional(&mut fields, "contact", Reader::id);
    let tests = r.optional(&mut fields, "match", read_tests).unwrap_or_default();
    let opened = r.optional(&mut fields, "opened", between).unwrap_or_default();
    let last_message = r.optional(&mut fields, "last_message", between).unwrap_or_default();
    r.finish(fields);
    let (states, hide) = (states.unwrap_or_default(), hide.unwrap_or_default());
    Some(ConversationFilter {
        states,
        hide,
        inbox,
        channel,
        kind,
        agent,
        team,
        bot,
        contact,
        tests,
        opened,
        last_message,
    })
}

/// Reads a span of which either side may be open.
fn between(r: &mut Reader<'_>, node: &Node) -> Option<Between> {
    let mut fields = r.object(node)?;
    let (start, end) =
        (r.optional(&mut fields, "start", Reader::instant), r.optional(&mut fields, "end", Reader::instant));
    r.finish(fields);
    if start.zip(end).is_some_and(|(start, end)| end <= start) {
        return r.fail(Code::InvalidValue, "the end is not after the start");
    }
    Some(Between { start, end })
}

/// Reads a request for a page of a view.
fn view(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> ViewRequest {
    let usual = ViewRequest::default();
    ViewRequest {
        view: r.optional(fields, "view", Reader::word),
        by: r.optional(fields, "by", Reader::id),
        filter: r.optional(fields, "filter", conversations).unwrap_or_default(),
        sort: r.optional(fields, "sort", Reader::word).unwrap_or(usual.sort),
        limit: r.optional(fields, "limit", Reader::count).map_or(usual.limit, |limit| limit as usize),
        after: r.optional(fields, "after", |r, node| r.string(node)),
    }
}

/// Returns a page of a view as text, or reports the problem at the key that caused it.
fn answer_view(desk: &Desk, request: &ViewRequest, r: &mut Reader<'_>) -> Option<String> {
    let problem = match desk.view(request) {
        Ok(page) => return Some(json(&page)),
        Err(problem) => problem,
    };
    let is_by = || request.by.as_ref().is_some_and(|by| desk.zone_of(by).is_err());
    let key = match problem.code {
        Code::UnknownAgent if is_by() => "by",
        Code::ActorRequired => "view",
        Code::OutOfRange => "limit",
        Code::InvalidValue => "after",
        _ => return r.under(Segment::known("filter"), |r| answered(r, Err(problem))),
    };
    r.under(Segment::known(key), |r| r.report(problem));
    None
}

/// Reads an event; unknown keys are ignored, as in every event.
fn event(r: &mut Reader<'_>, node: &Node) -> Option<Event> {
    Event::read_by(r, node)
}
