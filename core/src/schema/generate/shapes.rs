//! Values with more than one form.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::condition::Where;
use super::describe;
use super::text::{Date, DateTime};
use crate::desk::{Assignee, Blocked, Until};
use crate::model::{
    Absence, Access, AccessWord, AddressList, Capacity, Document, Faces, FacesWord, Id, LocalizedText, NewDocument,
    OnLeaving, OnLeavingWord, Otherwise, OtherwiseWord, Pace, PacePer, RoleAddresses, State, StatusName, Target,
    TargetWord, Wait, WeeklyHours,
};
use crate::time::{Duration, Instant, Zone};

/// Skills with their levels.
pub(crate) struct Levels;
/// Weekly hours that a part of the desk may have, or null where it is to have none.
pub(crate) struct HoursOrNone;
/// The attributes of an agent, one of which a strategy reads.
pub(crate) struct AgentAttributes;

describe! {
    Levels as "Skills" = |generator| json_schema!({
        "description": "Skills with their levels, from 1 to 5.",
        "type": "object", "propertyNames": generator.subschema_for::<Id>(),
        "additionalProperties": {"type": "integer", "minimum": 1, "maximum": 5},
    });
    AgentAttributes as "AgentAttributes" = |_generator| json_schema!({
        "description": "The embedder's own data; weight is that of weighted_round_robin.",
        "type": "object", "properties": {"weight": {"description": "The share of conversations that `weighted_round_robin` gives.", "type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 1}},
        "additionalProperties": {},
    });
    Absence as "Absence" = |generator| json_schema!({
        "description": "A time out of office: from one moment on the wall clock up to another, or whole days; once, or repeated.",
        "type": "object",
        "properties": {
            "start": said(generator.subschema_for::<DateTime>(), "Its first moment."),
            "end": said(generator.subschema_for::<DateTime>(), "The first moment after it."),
            "first_day": said(generator.subschema_for::<Date>(), "The first day off."),
            "last_day": said(generator.subschema_for::<Date>(), "The last day off."),
            "note": {"description": "What to tell about it.", "type": "string", "x-personal": true},
            "repeat": {"description": "How it repeats: a rule of RFC 5545.", "type": "string", "examples": ["FREQ=WEEKLY;BYDAY=FR"]},
            "except": {"description": "Dates or moments at which it does not repeat.", "type": "array", "items": moment(generator)},
            "also": {"description": "Further dates or moments at which it starts.", "type": "array", "items": moment(generator)},
            "time_zone": said(generator.subschema_for::<Zone>(), "The zone of its times; the agent's when absent."),
            "uid": {"description": "Its id in the calendar it comes from.", "type": "string"},
            "sequence": {"description": "Which version of it this is, in that calendar.", "type": "integer", "minimum": 0, "maximum": i32::MAX},
        },
        "oneOf": [
            {"required": ["start", "end"], "properties": {"first_day": false, "last_day": false}},
            {"required": ["first_day", "last_day"], "properties": {"start": false, "end": false}},
        ],
    });
    Capacity as "Capacity" = |generator| json_schema!({
        "description": "How much an agent takes at a time, in units of channel weight; a bare number is the total.",
        "oneOf": [count("The most of all kinds together."), {
            "type": "object",
            "properties": {
                "total": count("The most of all kinds together."),
                "per_kind": {
                    "description": "The most of a channel kind.", "type": "object",
                    "propertyNames": generator.subschema_for::<Id>(), "additionalProperties": count("The most of this kind."),
                },
                "per_inbox": {
                    "description": "The most of an inbox.", "type": "object",
                    "propertyNames": generator.subschema_for::<Id>(), "additionalProperties": count("The most of this inbox."),
                },
                "alone": {"description": "Kinds that are taken only with nothing else.", "type": "array", "items": generator.subschema_for::<Id>()},
                "pace": {"description": "The limits on the conversations that routing gives in a time.", "type": "array", "items": generator.subschema_for::<Pace>()},
            },
        }],
    });
    PacePer as "PacePer" = |generator| json_schema!({
        "description": "The time in which a pace counts.",
        "anyOf": [{"description": "The present date of the agent.", "const": "day"}, generator.subschema_for::<Duration>()],
    });
    Access as "Access" = |generator| words_or::<AccessWord>(generator, "The agents who may work in an inbox.", |generator| vec![json!({
        "description": "The main and extra members of some teams, and some agents.", "type": "object",
        "properties": {
            "teams": ids(generator, "The teams, whose main and extra members may work in it."),
            "agents": ids(generator, "Agents who may work in it, too."),
        },
    })]);
    Target as "Target" = |generator| words_or::<TargetWord>(generator, "The agents that a step considers.", |generator| vec![
        json!({
            "description": "Agents and members of teams, by id.", "type": "object",
            "properties": {
                "agents": ids(generator, "The agents."),
                "teams": ids(generator, "The teams, whose main members are considered."),
                "extra": {"description": "`true` if extra members are considered, too.", "type": "boolean", "default": false},
                "where": said(generator.subschema_for::<Where>(), "The conditions on the agents, all of which have to hold."),
            },
            "anyOf": [{"required": ["agents"]}, {"required": ["teams"]}],
        }),
        json!({
            "description": "A bot, which takes the conversation at once.", "type": "object",
            "properties": {"bot": said(generator.subschema_for::<Id>(), "The name of the bot.")}, "required": ["bot"],
        }),
    ]);
    Wait as "Wait" = |generator| json_schema!({
        "description": "The time that a conversation waits at a step before the next one is added.",
        "anyOf": [generator.subschema_for::<Duration>(), {
            "description": "Time within the office hours of the channel.", "type": "object",
            "properties": {"office_hours": said(generator.subschema_for::<Duration>(), "The length of time that the channel is open.")}, "required": ["office_hours"],
        }],
    });
    Otherwise as "Otherwise" = |generator| words_or::<OtherwiseWord>(generator, "The outcome if no step finds an agent.", |generator| vec![
        json!({
            "description": "The contact hears a message.", "type": "object",
            "properties": {"voicemail": said(generator.subschema_for::<Id>(), "The message that the contact hears, by the embedder's name.")}, "required": ["voicemail"],
        }),
        json!({
            "description": "A bot takes the conversation.", "type": "object",
            "properties": {"bot": said(generator.subschema_for::<Id>(), "The name of the bot.")}, "required": ["bot"],
        }),
    ]);
    StatusName as "StatusName" = |generator| json_schema!({
        "description": "The name of a status: available, away, or the id of one of the document's.",
        "anyOf": [generator.subschema_for::<State>(), generator.subschema_for::<Id>()],
    });
    OnLeaving as "OnLeaving" = |generator| words_or::<OnLeavingWord>(generator, "The outcome for the open conversations of an agent whose working hours end, or who goes out of office.", |generator| vec![json!({
        "description": "They are unassigned and routed again after a time, unless the agent replies or returns before.", "type": "object",
        "properties": {"requeue_after": positive(generator, "The time after which they are given back.")}, "required": ["requeue_after"],
    })]);
    Faces as "Faces" = |generator| words_or::<FacesWord>(generator, "The agents or the name shown to a visitor.", |generator| vec![json!({
        "description": "At most three of some agents and members of teams; or the contact's owner; or a given name.",
        "type": "object",
        "properties": {
            "name": {"description": "A given name, such as the company's.", "type": "string"},
            "contact_owner": {"description": "`true` if the contact's owner is shown.", "type": "boolean", "default": false},
            "otherwise": said(generator.subschema_for::<Faces>(), "The setting for visitors without an owner."),
            "agents": ids(generator, "Agents who may be shown."),
            "teams": ids(generator, "Teams whose main members may be shown."),
        },
        "oneOf": [
            {"required": ["name"], "properties": {"contact_owner": {"const": false}, "agents": false, "teams": false}},
            {"required": ["contact_owner"], "properties": {"contact_owner": {"const": true}, "name": false, "agents": false, "teams": false}},
            {"anyOf": [{"required": ["agents"]}, {"required": ["teams"]}], "properties": {"contact_owner": {"const": false}, "name": false}},
        ],
    })]);
    LocalizedText as "LocalizedText" = |_generator| json_schema!({
        "description": "A text for visitors: one for all, or one a language, the first for whoever speaks none of them.",
        "oneOf": [{"type": "string"}, {
            "description": "Texts by language tag, such as en or pt-BR.", "type": "object",
            "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "maxLength": 35},
            "additionalProperties": {"type": "string"}, "minProperties": 1, "maxProperties": 200,
        }],
    });
    Until as "Until" = |generator| json_schema!({
        "type": "object",
        "properties": {
            "duration": said(generator.subschema_for::<Duration>(), "For how long, from the command on."),
            "until": said(generator.subschema_for::<Instant>(), "Until when."),
        },
        "not": {"required": ["duration", "until"]},
    });
    Blocked as "Blocked" = |generator| json_schema!({
        "type": "object",
        "properties": {
            "conversation": said(generator.subschema_for::<Id>(), "The conversation whose sender is blocked in its inbox, and which moves into the spam."),
            "sender": said(generator.subschema_for::<Id>(), "The sender: an address, or a domain such as `@example.net`."),
            "inbox": said(generator.subschema_for::<Id>(), "The inbox in which the sender is blocked; all inboxes when absent."),
        },
        "oneOf": [{"required": ["conversation"], "properties": {"inbox": false}}, {"required": ["sender"]}],
    });
    AddressList as "AddressList" = |generator| json_schema!({
        "description": "Addresses and domains, such as `@example.net`.", "type": "array", "items": generator.subschema_for::<Id>(),
    });
    RoleAddresses as "RoleAddresses" = |generator| json_schema!({
        "description": "Whether addresses that name a role are filtered, or which local parts are beside the usual ones.",
        "anyOf": [{"type": "boolean"}, generator.subschema_for::<Vec<Id>>()],
    });
    Assignee as "Assignee" = |generator| json_schema!({
        "description": "To whom a conversation is given by hand.",
        "oneOf": [
            {
                "description": "An agent, who holds it then.", "type": "object",
                "properties": {"agent": said(generator.subschema_for::<Id>(), "The agent.")}, "required": ["agent"],
            },
            {
                "description": "A team, whose members may take it.", "type": "object",
                "properties": {"team": said(generator.subschema_for::<Id>(), "The team.")}, "required": ["team"],
            },
        ],
    });
}

describe! {
    HoursOrNone as "HoursOrNone" = |generator| json_schema!({
        "description": "Weekly hours, or null for none, which is always on.",
        "oneOf": [{"type": "array", "items": generator.subschema_for::<WeeklyHours>()}, {"const": null}],
    });
    NewDocument as "NewDocument" = |generator| json_schema!({
        "description": "A whole document for a desk that runs. A list that it leaves out stays as the desk has it: a list of the desk, or of an agent, team, holiday, inbox or channel. Null takes a key out.",
        "anyOf": [generator.subschema_for::<Document>(), {
            "description": "A document with keys that are null.", "type": "object", "required": ["version", "time_zone"],
            "additionalProperties": {},
        }],
    });
}

/// The schema of an end that is null where none is in sight, and absent where there is no wait.
pub(crate) fn end_in_sight(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [generator.subschema_for::<Instant>(), {"const": null}]})
}

/// Adds a description to a reference.
pub(super) fn said(mut schema: Schema, description: &str) -> Schema {
    schema.insert("description".to_owned(), description.into());
    schema
}

/// Returns the schema of a value that is a word of a vocabulary, or one of several objects.
fn words_or<W: JsonSchema>(
    generator: &mut SchemaGenerator,
    description: &str,
    objects: impl FnOnce(&mut SchemaGenerator) -> Vec<Value>,
) -> Schema {
    let words = W::json_schema(generator).remove("oneOf");
    let words = words.as_ref().and_then(Value::as_array).cloned().unwrap_or_default();
    let all: Vec<Value> = words.into_iter().chain(objects(generator)).collect();
    json_schema!({"description": description, "oneOf": all})
}

fn positive(generator: &mut SchemaGenerator, description: &str) -> Schema {
    let mut schema = said(generator.subschema_for::<Duration>(), description);
    schema.insert("pattern".to_owned(), "[1-9]".into());
    schema
}

fn count(description: &str) -> Schema {
    json_schema!({"description": description, "type": "integer", "minimum": 0, "maximum": 1_000_000})
}

fn ids(generator: &mut SchemaGenerator, description: &str) -> Schema {
    json_schema!({"description": description, "type": "array", "items": generator.subschema_for::<Id>()})
}

fn moment(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({"anyOf": [generator.subschema_for::<Date>(), generator.subschema_for::<DateTime>()]})
}
