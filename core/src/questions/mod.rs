//! Questions to a desk and their answers as JSON text, for languages other than Rust.
//!
//! [`Desk::ask_json`](crate::Desk::ask_json) takes one question, an object whose `ask` is its name, and returns the answer of
//! the method of the same name as canonical JSON. Together with [`Desk::from_json`](crate::Desk::from_json),
//! [`Desk::handle_json`](crate::Desk::handle_json), [`Desk::restore`](crate::Desk::restore) and
//! [`Event::from_json`](crate::Event::from_json), it makes a desk usable through text alone.
//! [`schema::QUESTION`](crate::schema::QUESTION) and [`schema::ANSWER`](crate::schema::ANSWER) describe each key of both.
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
//! | `after` | `at`, `time` (a duration, or `working_days` and optionally `end_of_day`), HOURS | an instant, or `null` for none |
//! | `before` | `at`, `time` (as of `after`), HOURS | an instant, or `null` for none |
//! | `visitor` | `inbox`, `channel`, `at`; optionally `visitor` (`id`, `owner`, `known`), `language` (a tag, or a list of them) | `{"state","message","reply_time","language","until","opens_at","shows"}` |
//! | `publish` | `inbox`, `from`, `days` | a [`Published`](crate::Published) |
//! | `shown_in` | `conversation`, `agent`, `at` | `"available"` or `"away"` |
//! | `table` | `at`; optionally `filter` (`state`, `team`, `inbox`, `skill`; or the id of one of the document's `table_filters`) | a list of [`AgentRow`](crate::desk::AgentRow) |
//! | `inboxes_of` | `agent` | `{"access","sees"}`, two lists of ids: [`Desk::inboxes_of`](crate::Desk::inboxes_of) |
//! | `queue` | optionally `inbox`, `channel`, `team`, `agent` | a list of ids, first to be served first: [`Desk::queue_where`](crate::Desk::queue_where) |
//! | `place` | `conversation` | `{"place","of"}` among those it competes with, or `null` if it does not wait: [`Desk::place`](crate::Desk::place) |
//! | `conversation` | `conversation` | a [`ConversationView`](crate::desk::ConversationView), or `null` for none of that id |
//! | `conversations` | optionally `filter` (CONVERSATIONS) | a list of them, in the order of opening |
//! | `view` | optionally `view` (a [`View`](crate::desk::View)), `by`, `filter` (CONVERSATIONS), `sort` (a [`ViewSort`](crate::desk::ViewSort); `newest`), `limit` (50), `after` | a [`ViewPage`](crate::desk::ViewPage): [`Desk::view`](crate::Desk::view) |
//! | `view_counts` | optionally `by`, `inbox` | an object with the number of conversations in each standard view |
//! | `why` | `conversation` | a list of [`StepConsidered`](crate::desk::StepConsidered) |
//! | `may` | `command` | `{"allowed","code","message","until","agent","substitute_for","reply_window"}`: [`Desk::may`](crate::Desk::may) |
//! | `story` | `conversation`, `events`; optionally `time_zone` (the desk's) | a list of `{"at","day","clock","text"}` |
//! | `document` | – | the document as it is now |
//! | `warnings` | – | a list of `{"code","severity","message","path","hint"}`: [`Desk::warnings`](crate::Desk::warnings) |
//! | `snapshot` | – | the whole desk |
//! | `next_wakeup`, `now` | – | an instant, or `null` for none |
//! | `turn` | – | the number of the last turn; 0 while no log of turns has begun |
//! | `is_due` | `at` | `true` when something has fallen due by then that is still to be applied |
//!
//! The questions down to `publish` are about availability alone, and the only ones that
//! [`Availability::ask_json`](crate::Availability::ask_json) answers: they need no `routing`.
//!
//! CONVERSATIONS are the keys of a [`ConversationFilter`](crate::desk::ConversationFilter): `state` (one or a list), `hide` (a
//! list of states), `inbox`, `channel`, `kind`, `agent`, `team`, `bot`, `contact`, `match` (tests as in rules), `opened` and
//! `last_message` (each optionally `start` and `end`).
//!
//! SCOPE is nothing (everyone), `team`, `team` with `"extra": true`, or `inbox`. HOURS is `agent`, `team`, or `inbox` and
//! `channel`. With `"who": true`, a new span begins when an agent becomes available or away, and an answer names at most
//! 1,000,000 agents in all its spans or steps together. The `events` of a story are those of the desk, in order; those of
//! `handle_explained` give the best story. The answer to `may` has `agent`, `substitute_for` and `reply_window` only if they are
//! known; it comes from a copy of the desk, so that [`Desk::may`](crate::Desk::may) is cheaper.

mod availability;
#[cfg(feature = "routing")]
mod desk;
mod keys;

#[cfg(feature = "routing")]
pub use self::desk::names;

use serde::Serialize;

use crate::problem::{Code, Problem};
use crate::read::{Fields, Reader, Segment};

/// A question that was read, to be put to a desk or to its availability; reports the problem if it has no answer.
type Question<D> = Box<dyn FnOnce(&D, &mut Reader<'_>) -> Option<String>>;

/// Reads the further keys of a question.
type ReadQuestion<D> = fn(&mut Reader<'_>, &mut Fields<'_>) -> Option<Question<D>>;

/// Creates a question to a method that may fail.
fn answering<D, T: Serialize>(ask: impl FnOnce(&D) -> Result<T, Problem> + 'static) -> Option<Question<D>> {
    Some(Box::new(|it, r| answered(r, ask(it).map(|answer| json(&answer)))))
}

/// The keys that cause the problems of the methods.
const PLACES: [(Code, &str); 8] = [
    (Code::UnknownAgent, "agent"),
    (Code::UnknownTeam, "team"),
    (Code::UnknownInbox, "inbox"),
    (Code::NoInboxAccess, "inbox"),
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
