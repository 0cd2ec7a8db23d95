//! What a desk is told: commands with their instant.

mod read;
mod write;

use crate::availability::State;
use crate::model::{Absence, Agent, Attributes, Contact, DateHours, Id, Inbox, Skills, Team, WeeklyHours};
use crate::problem::{Problem, vocabulary};
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

vocabulary! {
    /// What to do, by `type`.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(tag = "type", rename_all = "snake_case"))]
    #[non_exhaustive]
    pub enum Action, told by CommandType {
        /// A conversation arrives.
        Open {
            /// Its id, which no conversation had before.
            conversation: Id,
            /// The inbox it arrives in.
            inbox: Id,
            /// The channel of that inbox it arrives by.
            channel: Id,
            /// Who writes or calls, where that is known.
            contact: Option<Contact>,
            /// Higher goes first in the queue, below zero last; 0 when absent. Within ±2^53.
            #[cfg_attr(feature = "schema", schemars(default, range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
            priority: i64,
            /// The levels it asks of whoever takes it, beside those a step asks; none when absent.
            #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
            skills: Skills,
            /// The embedder's own data, which rules may look at.
            #[cfg_attr(feature = "schema", schemars(default))]
            attributes: Attributes,
        } = "open",
        /// Something about a conversation is replaced.
        Update {
            /// Which, not closed.
            conversation: Id,
            /// What is replaced.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            changes: Changes,
        } = "update",
        /// A conversation is done.
        Close {
            /// Which.
            conversation: Id,
        } = "close",
        /// A closed or snoozed conversation is open again.
        Reopen {
            /// Which.
            conversation: Id,
        } = "reopen",
        /// Who holds it lets go of it.
        Release {
            /// Which.
            conversation: Id,
        } = "release",
        /// A conversation sleeps.
        Snooze {
            /// Which.
            conversation: Id,
            /// For how long or until when, later than the command; until it is reopened when absent.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            until: Option<Until>,
        } = "snooze",
        /// An agent takes what was offered.
        Accept {
            /// Which.
            conversation: Id,
            /// Who has the offer.
            agent: Id,
        } = "accept",
        /// An agent does not take what was offered.
        Decline {
            /// Which.
            conversation: Id,
            /// Who has the offer.
            agent: Id,
        } = "decline",
        /// A conversation is given to someone by hand.
        Assign {
            /// Which.
            conversation: Id,
            /// To whom.
            to: Assignee,
        } = "assign",
        /// The actor, the `by` of the command, answers a conversation.
        Reply {
            /// Which.
            conversation: Id,
        } = "reply",
        /// A bot gives a conversation to the people.
        HandOver {
            /// Which.
            conversation: Id,
        } = "hand_over",
        /// A status is set.
        #[cfg_attr(feature = "schema", schemars(transform = crate::schema::only_away_ends))]
        SetStatus {
            /// Whose.
            agent: Id,
            /// Available or away.
            status: State,
            /// For an away for a while: for how long or until when, later than the command. An available has none.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            until: Option<Until>,
            /// What to tell about it.
            note: Option<String>,
        } = "set_status",
        /// The weekly hours of an agent are replaced.
        SetWorkingHours {
            /// Whose.
            agent: Id,
            /// All of them, in the agent's zone; an empty list means never.
            working_hours: Vec<WeeklyHours>,
        } = "set_working_hours",
        /// The date hours of an agent are replaced.
        SetDateHours {
            /// Whose.
            agent: Id,
            /// All of them, in the agent's zone, each date once.
            date_hours: Vec<DateHours>,
        } = "set_date_hours",
        /// The absences of an agent are replaced.
        SetOutOfOffice {
            /// Whose.
            agent: Id,
            /// All of them.
            out_of_office: Vec<Absence>,
        } = "set_out_of_office",
        /// An agent is added or replaced.
        PutAgent {
            /// The whole agent, as in a document.
            entry: Box<Agent>,
        } = "put_agent",
        /// A team is added or replaced.
        PutTeam {
            /// The whole team, as in a document.
            entry: Box<Team>,
        } = "put_team",
        /// An inbox is added or replaced.
        PutInbox {
            /// The whole inbox with its channels, as in a document.
            entry: Box<Inbox>,
        } = "put_inbox",
        /// An agent is removed.
        RemoveAgent {
            /// Which.
            agent: Id,
        } = "remove_agent",
        /// A team is removed.
        RemoveTeam {
            /// Which.
            team: Id,
        } = "remove_team",
        /// An inbox is removed.
        RemoveInbox {
            /// Which; none of its conversations may be open.
            inbox: Id,
        } = "remove_inbox",
        /// Time passes.
        Advance = "advance",
    }
}

/// What an `update` replaces; what is absent stays.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes {
    /// The inbox it is in.
    pub inbox: Option<Id>,
    /// The channel of that inbox.
    pub channel: Option<Id>,
    /// Who writes or calls: the whole contact.
    pub contact: Option<Contact>,
    /// Higher goes first in the queue. Within ±2^53.
    #[cfg_attr(feature = "schema", schemars(range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
    pub priority: Option<i64>,
    /// The levels it asks: all of them.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Levels>"))]
    pub skills: Option<Skills>,
    /// The embedder's own data: all of it.
    pub attributes: Option<Attributes>,
}

/// An end, given as a length or as an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Until {
    /// That long after the command.
    Duration(Duration),
    /// At that instant.
    Instant(Instant),
}

impl Until {
    /// The instant meant, for a command at `at`.
    ///
    /// # Errors
    /// `out_of_range` for 2200 or later.
    pub fn from(self, at: Instant) -> Result<Instant, Problem> {
        match self {
            Until::Duration(duration) => Instant::from_millis(at.millis().saturating_add(duration.millis())),
            Until::Instant(until) => Instant::from_millis(until.millis()),
        }
    }
}

/// To whom a conversation is given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assignee {
    /// An agent, who holds it then.
    Agent(Id),
    /// A team, whose members may take it.
    Team(Id),
}

impl Action {
    /// Whether it changes agents, teams, inboxes, hours or absences.
    pub fn changes_document(&self) -> bool {
        match self {
            Action::SetWorkingHours { .. }
            | Action::SetDateHours { .. }
            | Action::SetOutOfOffice { .. }
            | Action::PutAgent { .. }
            | Action::PutTeam { .. }
            | Action::PutInbox { .. }
            | Action::RemoveAgent { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. } => true,
            Action::Open { .. }
            | Action::Update { .. }
            | Action::Close { .. }
            | Action::Reopen { .. }
            | Action::Release { .. }
            | Action::Snooze { .. }
            | Action::Accept { .. }
            | Action::Decline { .. }
            | Action::Assign { .. }
            | Action::Reply { .. }
            | Action::HandOver { .. }
            | Action::SetStatus { .. }
            | Action::Advance => false,
        }
    }
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
