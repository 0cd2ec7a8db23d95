//! What a desk is told: commands with their instant.

mod read;
mod write;

use crate::availability::State;
use crate::model::{Absence, Agent, Attributes, Contact, DateHours, Id, Inbox, Skills, Team, WeeklyHours};
use crate::time::{Duration, Instant};

/// Something to do, at an instant.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Command {
    /// When. No earlier than the last command.
    pub at: Instant,
    /// The embedder's id of the command, handed on to its events.
    pub id: Option<Id>,
    /// The agent who acts; absent is the embedding program, which may do anything.
    pub by: Option<Id>,
    /// What to do.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub action: Action,
}

/// What to do, by `type`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(tag = "type", rename_all = "snake_case"))]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Action {
    /// A conversation arrives.
    Open {
        conversation: Id,
        inbox: Id,
        channel: Id,
        contact: Option<Contact>,
        #[cfg_attr(feature = "schema", schemars(default, range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
        priority: i64,
        #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
        skills: Skills,
        #[cfg_attr(feature = "schema", schemars(default))]
        attributes: Attributes,
    },
    /// Something about a conversation is replaced.
    Update {
        conversation: Id,
        #[cfg_attr(feature = "schema", schemars(flatten))]
        changes: Changes,
    },
    /// A conversation is done.
    Close { conversation: Id },
    /// A closed or snoozed conversation is open again.
    Reopen { conversation: Id },
    /// Who holds it lets go of it.
    Release { conversation: Id },
    /// A conversation sleeps.
    Snooze {
        conversation: Id,
        #[cfg_attr(feature = "schema", schemars(flatten))]
        until: Option<Until>,
    },
    /// An agent takes what was offered.
    Accept { conversation: Id, agent: Id },
    /// An agent does not take what was offered.
    Decline { conversation: Id, agent: Id },
    /// A conversation is given to someone by hand.
    Assign { conversation: Id, to: Assignee },
    /// The actor answers a conversation.
    Reply { conversation: Id },
    /// A bot gives a conversation to the people.
    HandOver { conversation: Id },
    /// A status is set.
    #[cfg_attr(feature = "schema", schemars(transform = crate::schema::only_away_ends))]
    SetStatus {
        agent: Id,
        status: State,
        #[cfg_attr(feature = "schema", schemars(flatten))]
        until: Option<Until>,
        note: Option<String>,
    },
    /// The weekly hours of an agent are replaced.
    SetWorkingHours { agent: Id, working_hours: Vec<WeeklyHours> },
    /// The date hours of an agent are replaced.
    SetDateHours { agent: Id, date_hours: Vec<DateHours> },
    /// The absences of an agent are replaced.
    SetOutOfOffice { agent: Id, out_of_office: Vec<Absence> },
    /// An agent is added or replaced.
    PutAgent { entry: Box<Agent> },
    /// A team is added or replaced.
    PutTeam { entry: Box<Team> },
    /// An inbox is added or replaced.
    PutInbox { entry: Box<Inbox> },
    /// An agent is removed.
    RemoveAgent { agent: Id },
    /// A team is removed.
    RemoveTeam { team: Id },
    /// An inbox is removed.
    RemoveInbox { inbox: Id },
    /// Time passes.
    Advance,
}

/// What an `update` replaces; what is absent stays.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[allow(missing_docs)]
pub struct Changes {
    pub inbox: Option<Id>,
    pub channel: Option<Id>,
    pub contact: Option<Contact>,
    #[cfg_attr(feature = "schema", schemars(range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
    pub priority: Option<i64>,
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Levels>"))]
    pub skills: Option<Skills>,
    pub attributes: Option<Attributes>,
}

/// An end, given as a length or as an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// That long after the command.
    Duration(Duration),
    /// At that instant.
    Instant(Instant),
}

impl Until {
    /// The instant meant, for a command at `at`.
    pub fn from(self, at: Instant) -> Instant {
        match self {
            Until::Duration(duration) => at.saturating_add(duration.millis()),
            Until::Instant(until) => until,
        }
    }
}

/// To whom a conversation is given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// An agent, who holds it then.
    Agent(Id),
    /// A team, whose members may take it.
    Team(Id),
}

impl Command {
    /// A command of the embedding program.
    pub fn new(at: Instant, action: Action) -> Self {
        Command { at, id: None, by: None, action }
    }

    /// The same command, by an agent.
    #[must_use]
    pub fn by(mut self, agent: impl Into<Id>) -> Self {
        self.by = Some(agent.into());
        self
    }

    /// The same command with an id of the embedder's.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}
