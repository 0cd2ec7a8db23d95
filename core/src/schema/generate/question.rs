//! The schema of a question: the keys of each, which [`questions`](crate::questions) reads.

#![expect(dead_code, reason = "described, not made: the readers of the questions take the keys one by one")]

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::condition::Tests;
use super::describe;
use crate::availability::MOST_DAYS;
use crate::conversation::View;
use crate::desk::{Filter, ViewSort, Whereabouts};
use crate::model::Id;
use crate::time::{Duration, Instant, Zone};

/// A question with its keys.
#[derive(JsonSchema)]
#[schemars(tag = "ask", rename_all = "snake_case")]
pub(super) enum Question {
    /// Asks whether an agent is available, why, since when and until when.
    Status {
        #[schemars(flatten)]
        of: AgentAt,
    },
    /// Asks for the next instant at which the state, its reason or the status of an agent changes.
    NextChange {
        #[schemars(flatten)]
        of: AgentAt,
    },
    /// Asks for the first instant from a given one at which an agent is available.
    NextAvailable {
        #[schemars(flatten)]
        of: AgentAt,
    },
    /// Asks for the states of an agent over a range, with their reasons.
    Schedule {
        /// The agent.
        agent: Id,
        #[schemars(flatten)]
        range: Range,
    },
    /// Asks for the time zone of an agent.
    ZoneOf {
        /// The agent.
        agent: Id,
    },
    /// Asks for the agents who are available at an instant.
    Available {
        /// The instant.
        at: Instant,
        #[schemars(flatten)]
        scope: Scope,
    },
    /// Asks how many agents are available over a range.
    Coverage {
        #[schemars(flatten)]
        range: Range,
        #[schemars(flatten)]
        scope: Scope,
        #[schemars(flatten)]
        names: Names,
    },
    /// Asks how many agents are available over a range, in steps of one length.
    CoverageSteps {
        #[schemars(flatten)]
        range: Range,
        /// The length of a step; the last one may be shorter.
        step: Duration,
        #[schemars(flatten)]
        scope: Scope,
        #[schemars(flatten)]
        names: Names,
    },
    /// Asks how many agents of each team are available over a range.
    CoverageByTeam {
        #[schemars(flatten)]
        range: Range,
    },
    /// Asks for the working time between two instants.
    WorkingTime {
        #[schemars(flatten)]
        range: Range,
        #[schemars(flatten)]
        of: Hours,
    },
    /// Asks for the instant at which an amount of working time has passed.
    After {
        /// The instant from which it is counted.
        at: Instant,
        /// The amount.
        time: Amount,
        #[schemars(flatten)]
        of: Hours,
    },
    /// Asks for the instant from which an amount of working time passes until a given one.
    Before {
        /// The instant back from which it is counted.
        at: Instant,
        /// The amount.
        time: Amount,
        #[schemars(flatten)]
        of: Hours,
    },
    /// Asks for what a visitor of a channel sees.
    Visitor {
        /// The inbox.
        inbox: Id,
        /// The channel of this inbox.
        channel: Id,
        /// The instant.
        at: Instant,
        /// The contact who looks, if known.
        visitor: Option<Who>,
        /// The language of the visitor, or several, the preferred one first; the channel's first texts when absent.
        language: Option<Languages>,
    },
    /// Asks for what the visitors of an inbox see over some days, for a public page.
    Publish {
        /// The inbox.
        inbox: Id,
        /// The first instant.
        from: Instant,
        /// The number of days.
        #[schemars(range(min = 1, max = MOST_DAYS))]
        days: u32,
    },
    /// Asks for the state in which an agent is shown in a conversation: available in one that the agent holds, else the agent's own.
    ShownIn {
        /// The conversation.
        conversation: Id,
        #[schemars(flatten)]
        of: AgentAt,
    },
    /// Asks for the table of a team lead: the agents with status, load and capacity.
    Table {
        /// The instant.
        at: Instant,
        /// The filter of agents, or the id of one of the document's `table_filters`; all agents when absent.
        filter: Option<SavedOr>,
    },
    /// Asks for the inboxes that an agent has access to, and those that the agent sees.
    InboxesOf {
        /// The agent.
        agent: Id,
    },
    /// Asks for the conversations that wait, the first to be served first.
    Queue {
        /// The inbox in which they wait.
        inbox: Option<Id>,
        /// The channel in which they wait: of the inbox, or of any inbox if none is given.
        channel: Option<Id>,
        /// The team of which a main or extra member may take them.
        team: Option<Id>,
        /// The agent who may take them.
        agent: Option<Id>,
    },
    /// Asks for the place of a conversation among those that it competes with.
    Place {
        /// The conversation.
        conversation: Id,
    },
    /// Asks for a conversation as it is now.
    Conversation {
        /// The conversation.
        conversation: Id,
    },
    /// Asks for the conversations that match a filter, in the order of opening.
    Conversations {
        /// The filter; all conversations when absent.
        filter: Option<Conversations>,
    },
    /// Asks for a page of a view.
    View {
        /// The standard view; all conversations when absent.
        view: Option<View>,
        /// The agent who looks, and sees the inboxes of theirs; the embedding program, which sees all, when absent.
        by: Option<Id>,
        /// A filter beside the view.
        filter: Option<Conversations>,
        /// The order; `newest` when absent.
        sort: Option<ViewSort>,
        /// The most on a page; 50 when absent.
        #[schemars(range(min = 1, max = 1000))]
        limit: Option<u32>,
        /// The `next` of the page before; the first page when absent.
        after: Option<String>,
    },
    /// Asks for the number of conversations in each standard view.
    ViewCounts {
        /// The agent who looks; the embedding program, which sees all, when absent.
        by: Option<Id>,
        /// The inbox; all that are seen when absent.
        inbox: Option<Id>,
    },
    /// Asks why a conversation waits: each step that it has reached, with the agents considered and what speaks against each.
    Why {
        /// The conversation.
        conversation: Id,
    },
    /// Asks whether a command would be allowed, and leaves the desk as it was.
    May {
        /// The command.
        command: Anything,
    },
    /// Asks for the story of a conversation in sentences.
    Story {
        /// The conversation.
        conversation: Id,
        /// The events of the desk, in order; explained ones give the best story.
        events: Vec<Anything>,
        /// The zone of days and clocks; the desk's when absent.
        time_zone: Option<Zone>,
    },
    /// Asks for the document as it is now.
    Document {},
    /// Asks for the warnings about the document.
    Warnings {},
    /// Asks for the whole desk, to restore it from.
    Snapshot {},
    /// Asks for the instant at which something falls due next.
    NextWakeup {},
    /// Asks for the instant of the last command.
    Now {},
    /// Asks for the number of the last turn.
    Turn {},
    /// Asks whether something has fallen due by an instant that is still to be applied.
    IsDue {
        /// The instant.
        at: Instant,
    },
}

#[derive(JsonSchema)]
pub(super) struct AgentAt {
    /// The agent.
    agent: Id,
    /// The instant.
    at: Instant,
}

#[derive(JsonSchema)]
pub(super) struct Range {
    /// The start of the range.
    start: Instant,
    /// The end of the range, which is not inside.
    end: Instant,
}

#[derive(JsonSchema)]
pub(super) struct Scope {
    /// The team whose main members count; everyone when neither it nor `inbox` is given.
    team: Option<Id>,
    /// `true` if the extra members of the team count, too.
    extra: Option<bool>,
    /// The inbox; those with access to it count. Not with `team`.
    inbox: Option<Id>,
}

#[derive(JsonSchema)]
pub(super) struct Names {
    /// `true` if each span names its agents; at most 1,000,000 in one answer.
    who: Option<bool>,
}

#[derive(JsonSchema)]
pub(super) struct Hours {
    /// The agent whose hours count. Either this, or `team`, or `inbox` and `channel`.
    agent: Option<Id>,
    /// The team whose hours count.
    team: Option<Id>,
    /// The inbox of the channel.
    inbox: Option<Id>,
    /// The channel whose office hours count.
    channel: Option<Id>,
}

/// The contact who looks.
#[derive(JsonSchema)]
pub(super) struct Who {
    /// The id of the contact.
    id: Option<Id>,
    /// The agent who owns the contact.
    owner: Option<Id>,
    /// `true` if the contact was recognised.
    known: Option<bool>,
}

/// A filter of conversations: one has to match all keys that are set.
#[derive(JsonSchema)]
pub(super) struct Conversations {
    /// The state, or a list of states.
    state: Option<States>,
    /// The states that are left out.
    hide: Option<Vec<Whereabouts>>,
    /// The inbox.
    inbox: Option<Id>,
    /// The channel.
    channel: Option<Id>,
    /// The kind of the channel.
    kind: Option<Id>,
    /// The agent who holds it, or was offered it.
    agent: Option<Id>,
    /// The team to which it is given.
    team: Option<Id>,
    /// The bot that has it.
    bot: Option<Id>,
    /// The id of its contact.
    contact: Option<Id>,
    /// Tests as in a rule, but for `hours`.
    r#match: Option<Tests>,
    /// The span in which it was opened.
    opened: Option<Between>,
    /// The span in which its last message was written.
    last_message: Option<Between>,
}

/// A span of which either side may be open.
#[derive(JsonSchema)]
pub(super) struct Between {
    /// The first instant inside.
    start: Option<Instant>,
    /// The first instant after it.
    end: Option<Instant>,
}

/// An amount of working time.
pub(super) struct Amount;
/// A language tag, or a list of them.
pub(super) struct Languages;
/// A filter of agents, or the id of one.
pub(super) struct SavedOr;
/// A state of a conversation, or a list of them.
pub(super) struct States;
/// An object with a schema of its own.
pub(super) struct Anything;

describe! {
    Amount as "Amount" = |generator| json_schema!({
        "description": "An amount of working time: a length of time, or a number of working days.",
        "oneOf": [generator.subschema_for::<Duration>(), {
            "type": "object",
            "properties": {
                "working_days": {"description": "The number of dates with hours.", "type": "integer", "minimum": 1, "maximum": 73_049},
                "end_of_day": {"description": "`true` for the end of the hours of the date.", "type": "boolean", "default": false},
            },
            "required": ["working_days"],
        }],
    });
    Languages as "Languages" = |generator| one_or_list(generator, "A language tag, such as `pt-BR`, or a list of them.", |_| {
        json_schema!({"type": "string", "examples": ["pt-BR"]})
    });
    SavedOr as "SavedOr" = |generator| json_schema!({
        "description": "A filter of agents, or the id of one that the document has.",
        "oneOf": [generator.subschema_for::<Id>(), generator.subschema_for::<Filter>()],
    });
    States as "States" = |generator| one_or_list(generator, "A state of a conversation, or a list of states.", |generator| {
        generator.subschema_for::<Whereabouts>()
    });
    Anything as "Anything" = |_generator| json_schema!({"type": "object", "additionalProperties": {}});
}

/// Returns the schema of a value, or a list of such values that is not empty.
fn one_or_list(
    generator: &mut SchemaGenerator,
    description: &str,
    one: impl FnOnce(&mut SchemaGenerator) -> Schema,
) -> Schema {
    let one = Value::from(one(generator));
    json_schema!({"description": description, "oneOf": [one.clone(), {"type": "array", "items": one, "minItems": 1}]})
}
