//! Reads the keys of questions.

use crate::availability::{HoursOf, Scope, Visitor, WorkingTime};
use crate::model::{Id, Language};
use crate::problem::Code;
use crate::read::{Fields, Node, Reader};
use crate::time::{Duration, Instant, Span};

pub fn id(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<Id> {
    r.required(fields, key, Reader::id)
}

pub fn instant(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<Instant> {
    r.required(fields, key, Reader::instant)
}

pub fn end(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<Instant> {
    r.required(fields, key, Reader::end)
}

pub fn duration(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<Duration> {
    r.required(fields, key, Reader::duration)
}

pub fn amount(r: &mut Reader<'_>, fields: &mut Fields<'_>, key: &'static str) -> Option<WorkingTime> {
    r.required(fields, key, WorkingTime::read)
}

pub fn agent_at(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<(Id, Instant)> {
    let (agent, at) = (id(r, fields, "agent"), instant(r, fields, "at"));
    agent.zip(at)
}

pub fn range(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Span> {
    let (start, end) = (instant(r, fields, "start"), end(r, fields, "end"));
    Some(Span::new(start?, end?))
}

pub fn scope(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Scope> {
    let team = r.optional(fields, "team", Reader::id);
    let extra = r.optional(fields, "extra", Reader::bool).unwrap_or_default();
    let inbox = r.optional(fields, "inbox", Reader::id);
    match (fields.has("team"), fields.has("inbox")) {
        (true, true) => r.fail(Code::Conflict, "ask either for a \"team\" or for an \"inbox\""),
        (false, _) if extra => r.fail(Code::Conflict, "\"extra\" belongs to a \"team\""),
        (true, false) if extra => team.map(Scope::TeamWithExtra),
        (true, false) => team.map(Scope::Team),
        (false, true) => inbox.map(Scope::Inbox),
        (false, false) => Some(Scope::Everyone),
    }
}

/// Reads whether the spans of a coverage list their agents.
pub fn who(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> bool {
    r.optional(fields, "who", Reader::bool).unwrap_or_default()
}

pub fn hours_of(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<HoursOf> {
    let agent = r.optional(fields, "agent", Reader::id);
    let team = r.optional(fields, "team", Reader::id);
    let inbox = r.optional(fields, "inbox", Reader::id);
    let channel = r.optional(fields, "channel", Reader::id);
    let whose = "say whose working time: an \"agent\", a \"team\", or an \"inbox\" and \"channel\"";
    match ["agent", "team", "inbox", "channel"].map(|key| fields.has(key)) {
        [true, false, false, false] => agent.map(HoursOf::Agent),
        [false, true, false, false] => team.map(HoursOf::Team),
        [false, false, true, true] => Some(HoursOf::Channel { inbox: inbox?, channel: channel? }),
        [false, false, false, false] | [false, false, true, false] | [false, false, false, true] => {
            r.fail(Code::MissingKey, whose)
        }
        _ => r.fail(Code::Conflict, whose),
    }
}

pub fn visitor(r: &mut Reader<'_>, node: &Node) -> Option<Visitor> {
    let mut fields = r.object(node)?;
    let id = r.optional(&mut fields, "id", Reader::id);
    let owner = r.optional(&mut fields, "owner", Reader::id);
    let known = r.optional(&mut fields, "known", Reader::bool).unwrap_or_default();
    r.finish(fields);
    Some(Visitor { id, owner, known, languages: Vec::new() })
}

/// Reads the languages that a visitor speaks: one, or a list.
pub fn languages(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Language>> {
    const MOST: usize = 50;
    match node {
        Node::Text(_) => Language::read(r, node).map(|language| vec![language]),
        Node::List(languages) if languages.len() > MOST => {
            r.fail(Code::InvalidValue, format!("at most {MOST} languages are asked for"))
        }
        Node::List(_) => r.list(node, Language::read),
        other => r.wrong_type(other, "a language tag, or a list of them"),
    }
}
