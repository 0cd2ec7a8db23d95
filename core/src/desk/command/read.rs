//! Reading commands: strictly, reporting all problems.

use serde_json::Value;

use super::{Action, Assignee, Blocked, Changes, Command, CommandType, Configuration, Until};
use crate::model::{
    Absence, Agent, DateHours, Holiday, Id, Inbox, MessageFrom, StatusName, Team, WeeklyHours, read_address,
    read_attributes, read_contact, read_skills,
};
use crate::problem::{Code, Problem, Problems, shortened};
use crate::read::{self, Fields, Known, Node, Reader};

impl Command {
    pub(in crate::desk) fn from_json(text: &str, known: &Known) -> Result<Command, Problems> {
        Ok(read::from_text(text, |_| known, Self::read)?)
    }

    pub(in crate::desk) fn from_value(value: Value, known: &Known) -> Result<Command, Problems> {
        Ok(read::from_node(&value.into(), known, Self::read)?)
    }

    /// Reads a command as part of something else.
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Command> {
        let mut fields = r.object(node)?;
        let word = r.required(&mut fields, "type", Reader::word);
        let at = r.required(&mut fields, "at", Reader::instant);
        let id = r.optional(&mut fields, "id", Reader::id);
        let by = r.optional(&mut fields, "by", Reader::id);
        // Without a type it is unknown which keys are allowed.
        let action = read_action(r, &mut fields, word?);
        r.finish(fields);
        Some(Command { at: at?, id, by, action: action? })
    }
}

/// Reads the further keys of a command.
fn read_action(r: &mut Reader<'_>, f: &mut Fields<'_>, word: CommandType) -> Option<Action> {
    match word {
        CommandType::Open => read_open(r, f),
        CommandType::Update => {
            let (conversation, changes) = (conversation(r, f), read_changes(r, f));
            Some(Action::Update { conversation: conversation?, changes })
        }
        CommandType::Close => Some(Action::Close { conversation: conversation(r, f)? }),
        CommandType::Reopen => Some(Action::Reopen { conversation: conversation(r, f)? }),
        CommandType::Release => Some(Action::Release { conversation: conversation(r, f)? }),
        CommandType::Snooze => {
            let (conversation, until) = (conversation(r, f), read_until(r, f));
            Some(Action::Snooze { conversation: conversation?, until })
        }
        CommandType::Accept => {
            let (conversation, agent) = (conversation(r, f), agent(r, f));
            Some(Action::Accept { conversation: conversation?, agent: agent? })
        }
        CommandType::Decline => {
            let (conversation, agent) = (conversation(r, f), agent(r, f));
            Some(Action::Decline { conversation: conversation?, agent: agent? })
        }
        CommandType::Assign => {
            let (conversation, to) = (conversation(r, f), r.required(f, "to", read_assignee));
            let mut way = |key, check: fn(&Assignee, bool) -> Result<(), Problem>| {
                let is_set = r.optional(f, key, |r, node| {
                    let is_set = r.bool(node)?;
                    let fits = to.as_ref().map_or(Ok(()), |to| check(to, is_set));
                    fits.map_err(|problem| r.report(problem)).ok().map(|()| is_set)
                });
                is_set.unwrap_or_default()
            };
            let or_substitute = way("or_substitute", check_or_substitute);
            let distribute = way("distribute", check_distribute);
            Some(Action::Assign { conversation: conversation?, to: to?, or_substitute, distribute })
        }
        CommandType::Reply => {
            if !f.has("by") {
                r.fail::<()>(Code::MissingKey, "a reply needs a \"by\": the agent who answers");
            }
            let (conversation, message) = (conversation(r, f), r.optional(f, "message", Reader::id));
            Some(Action::Reply { conversation: conversation?, message })
        }
        CommandType::Message => read_message(r, f),
        CommandType::MarkSpam => Some(Action::MarkSpam { conversation: conversation(r, f)? }),
        CommandType::NotSpam => Some(Action::NotSpam { conversation: conversation(r, f)? }),
        CommandType::Block => Some(Action::Block { subject: read_blocked(r, f)? }),
        CommandType::Unblock => {
            let (sender, inbox) = (r.required(f, "sender", read_address), r.optional(f, "inbox", Reader::id));
            Some(Action::Unblock { sender: sender?, inbox })
        }
        CommandType::Trash => Some(Action::Trash { conversation: conversation(r, f)? }),
        CommandType::Restore => Some(Action::Restore { conversation: conversation(r, f)? }),
        CommandType::Hide => {
            let (conversation, message) = (conversation(r, f), r.required(f, "message", Reader::id));
            Some(Action::Hide { conversation: conversation?, message: message? })
        }
        CommandType::Unhide => {
            let (conversation, message) = (conversation(r, f), r.required(f, "message", Reader::id));
            Some(Action::Unhide { conversation: conversation?, message: message? })
        }
        CommandType::HandOver => Some(Action::HandOver { conversation: conversation(r, f)? }),
        CommandType::Transfer => {
            let (conversation, inbox) = (conversation(r, f), r.required(f, "inbox", Reader::id));
            let channel = r.required(f, "channel", Reader::id);
            Some(Action::Transfer { conversation: conversation?, inbox: inbox?, channel: channel? })
        }
        CommandType::Forget => Some(Action::Forget { conversation: conversation(r, f)? }),
        CommandType::Erase => Some(Action::Erase { contact: r.required(f, "contact", Reader::id)? }),
        CommandType::SetStatus => read_set_status(r, f),
        CommandType::SetWorkingHours => {
            let (agent, hours) = (agent(r, f), r.required(f, "working_hours", WeeklyHours::read_list));
            Some(Action::SetWorkingHours { agent: agent?, working_hours: hours? })
        }
        CommandType::SetDateHours => {
            let (agent, hours) = (agent(r, f), r.required(f, "date_hours", DateHours::read_list));
            Some(Action::SetDateHours { agent: agent?, date_hours: hours? })
        }
        CommandType::SetOutOfOffice => {
            let (agent, absences) = (agent(r, f), r.required(f, "out_of_office", Absence::read_list));
            Some(Action::SetOutOfOffice { agent: agent?, out_of_office: absences? })
        }
        CommandType::PutAgent => {
            put(r, f, "agent", Agent::read, |entry| &entry.id).map(|entry| Action::PutAgent { entry })
        }
        CommandType::PutTeam => put(r, f, "team", Team::read, |entry| &entry.id).map(|entry| Action::PutTeam { entry }),
        CommandType::PutInbox => {
            put(r, f, "inbox", Inbox::read, |entry| &entry.id).map(|entry| Action::PutInbox { entry })
        }
        CommandType::PutHoliday => {
            put(r, f, "holiday", Holiday::read, |entry| &entry.id).map(|entry| Action::PutHoliday { entry })
        }
        CommandType::Configure => Some(Action::Configure { configuration: Box::new(Configuration::read(r, f)) }),
        CommandType::RemoveAgent => Some(Action::RemoveAgent { agent: agent(r, f)? }),
        CommandType::RemoveTeam => Some(Action::RemoveTeam { team: r.required(f, "team", Reader::id)? }),
        CommandType::RemoveInbox => Some(Action::RemoveInbox { inbox: r.required(f, "inbox", Reader::id)? }),
        CommandType::RemoveHoliday => Some(Action::RemoveHoliday { holiday: r.required(f, "holiday", Reader::id)? }),
        CommandType::Advance => Some(Action::Advance),
    }
}

fn conversation(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Id> {
    r.required(fields, "conversation", Reader::id)
}

fn agent(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Id> {
    r.required(fields, "agent", Reader::id)
}

fn read_open(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Action> {
    let conversation = conversation(r, fields);
    for key in ["inbox", "channel"] {
        if !fields.has(key) {
            r.fail::<()>(Code::MissingKey, format!("the key {key:?} is missing"));
        }
    }
    let changes = read_changes(r, fields);
    let from = r.optional(fields, "from", Reader::id);
    let forwarded_by = r.optional(fields, "forwarded_by", Reader::id);
    let outbound = r.optional(fields, "outbound", Reader::bool).unwrap_or_default();
    if outbound && !fields.has("by") {
        r.fail::<()>(Code::MissingKey, "an outbound conversation needs a \"by\": the agent who wrote");
    }
    Some(Action::Open {
        conversation: conversation?,
        inbox: changes.inbox?,
        channel: changes.channel?,
        contact: changes.contact,
        from,
        forwarded_by,
        priority: changes.priority.unwrap_or_default(),
        skills: changes.skills.unwrap_or_default(),
        attributes: changes.attributes.unwrap_or_default(),
        outbound,
    })
}

fn read_message(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Action> {
    let (conversation, message) = (conversation(r, fields), r.optional(fields, "message", Reader::id));
    let from = r.required(fields, "from", Reader::word);
    if from == Some(MessageFrom::Agent) && !fields.has("by") {
        r.fail::<()>(Code::MissingKey, "a message of an agent needs a \"by\": the agent who wrote");
    }
    Some(Action::Message { conversation: conversation?, message, from: from? })
}

fn read_blocked(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Blocked> {
    let conversation = r.optional(fields, "conversation", Reader::id);
    let sender = r.optional(fields, "sender", read_address);
    let inbox = r.optional(fields, "inbox", Reader::id);
    if fields.has("conversation") == fields.has("sender") {
        r.report(Problem::new(Code::Conflict, "block either the sender of a \"conversation\", or a \"sender\""));
    } else if fields.has("conversation") && fields.has("inbox") {
        let problem = Problem::new(Code::Conflict, "the sender of a conversation is blocked in its inbox");
        r.report(problem.with_hint("take \"inbox\" out, or name the \"sender\" instead of the conversation"));
    }
    conversation.map(Blocked::Conversation).or_else(|| Some(Blocked::Sender { sender: sender?, inbox }))
}

fn read_changes(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Changes {
    Changes {
        inbox: r.optional(fields, "inbox", Reader::id),
        channel: r.optional(fields, "channel", Reader::id),
        contact: r.optional(fields, "contact", read_contact),
        priority: r.optional(fields, "priority", Reader::any_integer),
        skills: r.optional(fields, "skills", read_skills),
        attributes: r.optional(fields, "attributes", read_attributes),
    }
}

fn read_until(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Until> {
    let duration = r.optional(fields, "duration", Reader::duration);
    let until = r.optional(fields, "until", Reader::instant);
    if fields.has("duration") && fields.has("until") {
        r.report(Problem::new(Code::Conflict, "give either a \"duration\" or an \"until\""));
    }
    duration.map(Until::Duration).or(until.map(Until::Instant))
}

fn read_assignee(r: &mut Reader<'_>, node: &Node) -> Option<Assignee> {
    let mut fields = r.object(node)?;
    let agent = r.optional(&mut fields, "agent", Reader::id);
    let team = r.optional(&mut fields, "team", Reader::id);
    if fields.has("agent") == fields.has("team") {
        r.report(Problem::new(Code::Conflict, "give it either to an \"agent\" or to a \"team\""));
    }
    r.finish(fields);
    agent.map(Assignee::Agent).or(team.map(Assignee::Team))
}

/// Checks that an assignment to a substitute names an agent.
///
/// # Errors
/// `conflict`.
pub(in crate::desk) fn check_or_substitute(to: &Assignee, or_substitute: bool) -> Result<(), Problem> {
    if or_substitute && matches!(to, Assignee::Team(_)) {
        let problem = Problem::new(Code::Conflict, "only an agent has a substitute, and it is given to a team");
        return Err(problem.with_hint("take \"or_substitute\" out, or give it to an agent"));
    }
    Ok(())
}

/// Checks that an assignment that is routed names a team.
///
/// # Errors
/// `conflict`.
pub(in crate::desk) fn check_distribute(to: &Assignee, distribute: bool) -> Result<(), Problem> {
    if distribute && matches!(to, Assignee::Agent(_)) {
        let problem =
            Problem::new(Code::Conflict, "it is distributed among the members of a team, and given to an agent");
        return Err(problem.with_hint("take \"distribute\" out, or give it to a team"));
    }
    Ok(())
}

fn read_set_status(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Action> {
    let agent = agent(r, fields);
    let status = r.required(fields, "status", StatusName::read);
    let until = read_until(r, fields);
    let note = r.optional(fields, "note", Reader::string);
    if status == Some(StatusName::Available) && until.is_some() {
        r.report(
            Problem::new(Code::Conflict, "only an away can be for a while")
                .with_hint("available holds until the next end of working hours by itself"),
        );
    }
    Some(Action::SetStatus { agent: agent?, status: status?, until, note })
}

/// Reads the entry of a `put`, whose id has to be that of the command.
fn put<T>(
    r: &mut Reader<'_>,
    fields: &mut Fields<'_>,
    what: &'static str,
    read: fn(&mut Reader<'_>, &Node) -> Option<T>,
    id_of: fn(&T) -> &Id,
) -> Option<Box<T>> {
    let id = r.required(fields, what, Reader::id);
    let entry = r.required(fields, "entry", read);
    let (id, entry) = (id?, entry?);
    if *id_of(&entry) != id {
        let message =
            format!("the entry has the id {:?}, the command says {:?}", shortened(id_of(&entry)), shortened(&id));
        return r.fail(Code::IdMismatch, message);
    }
    Some(Box::new(entry))
}
