//! The commands of a desk.

mod configuration;
mod read;
mod write;

pub use self::configuration::Configuration;
pub(in crate::desk) use self::read::{check_distribute, check_or_substitute};

use crate::model::{
    Absence, Agent, Attributes, Contact, DateHours, Holiday, Id, Inbox, MessageFrom, Skills, StatusName, Team,
    WeeklyHours,
};
use crate::problem::{Problem, vocabulary};
use crate::time::{Duration, Instant};

/// A command to a desk, at an instant.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Command {
    /// The instant of the command, no earlier than that of the last one.
    pub at: Instant,
    /// The embedder's id of the command, copied to its events.
    pub id: Option<Id>,
    /// The agent who acts; if absent, the embedding program, which may do anything.
    pub by: Option<Id>,
    /// The action.
    #[cfg_attr(feature = "schema", schemars(skip))]
    pub action: Action,
}

vocabulary! {
    /// The action of a command, by `type`.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(tag = "type", rename_all = "snake_case"))]
    #[non_exhaustive]
    pub enum Action, tagged by CommandType {
        /// Opens a conversation.
        Open {
            /// The id of the conversation, which no other has had.
            conversation: Id,
            /// The inbox in which it arrives.
            inbox: Id,
            /// The channel of this inbox by which it arrives.
            channel: Id,
            /// The person who writes or calls, if known.
            contact: Option<Contact>,
            /// The address of the sender, by which the inbox filters spam.
            #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
            from: Option<Id>,
            /// The address of who forwarded it, if it was forwarded.
            #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
            forwarded_by: Option<Id>,
            /// The priority: higher goes first in the queue; 0 when absent. Within ±2^53.
            #[cfg_attr(feature = "schema", schemars(default, range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
            priority: i64,
            /// The required levels of skills, beside those that a step requires; none when absent.
            #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
            skills: Skills,
            /// The embedder's own data, which rules can use.
            #[cfg_attr(feature = "schema", schemars(default))]
            attributes: Attributes,
            /// `true` if the agent of `by` wrote first: it is in nobody's inbox until the contact answers.
            #[cfg_attr(feature = "schema", schemars(default))]
            outbound: bool,
        } = "open",
        /// Replaces data of a conversation.
        Update {
            /// The conversation, not closed.
            conversation: Id,
            /// The new data.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            changes: Changes,
        } = "update",
        /// Closes a conversation.
        Close {
            /// The conversation.
            conversation: Id,
        } = "close",
        /// Reopens a closed or snoozed conversation.
        Reopen {
            /// The conversation.
            conversation: Id,
        } = "reopen",
        /// Releases a conversation from the agent who holds it.
        Release {
            /// The conversation.
            conversation: Id,
        } = "release",
        /// Snoozes a conversation.
        Snooze {
            /// The conversation.
            conversation: Id,
            /// The length of the snooze, or its end, later than the command; until it is reopened when absent.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            until: Option<Until>,
        } = "snooze",
        /// Accepts an offer.
        Accept {
            /// The conversation.
            conversation: Id,
            /// The agent who has the offer.
            agent: Id,
        } = "accept",
        /// Declines an offer.
        Decline {
            /// The conversation.
            conversation: Id,
            /// The agent who has the offer.
            agent: Id,
        } = "decline",
        /// Assigns a conversation by hand.
        #[cfg_attr(feature = "schema", schemars(transform = crate::schema::ways_to_assign))]
        Assign {
            /// The conversation.
            conversation: Id,
            /// The agent or the team.
            to: Assignee,
            /// `true` to assign it to the substitute while the agent is out of office and somebody stands in.
            #[cfg_attr(feature = "schema", schemars(default))]
            or_substitute: bool,
            /// `true` to route it among the members of the team, instead of leaving it to them.
            #[cfg_attr(feature = "schema", schemars(default))]
            distribute: bool,
        } = "assign",
        /// Replies to a conversation, as the agent of `by`: a message that also takes what nobody holds.
        Reply {
            /// The conversation.
            conversation: Id,
            /// The id of the message.
            message: Option<Id>,
        } = "reply",
        /// Tells of a message: who wrote it. The text stays with the embedder.
        Message {
            /// The conversation.
            conversation: Id,
            /// The id of the message.
            message: Option<Id>,
            /// Who wrote it; an agent is named in `by`.
            from: MessageFrom,
        } = "message",
        /// Hands a conversation over from a bot to the agents.
        HandOver {
            /// The conversation.
            conversation: Id,
        } = "hand_over",
        /// Moves a conversation to a channel, takes it from whoever has it, and routes it there, in its place in the queue.
        Transfer {
            /// The conversation, not closed. A snoozed one wakes.
            conversation: Id,
            /// The inbox to which it goes.
            inbox: Id,
            /// The channel of this inbox: another, or its own, whose rules then route it anew.
            channel: Id,
        } = "transfer",
        /// Moves a conversation into the spam: this one only.
        MarkSpam {
            /// The conversation.
            conversation: Id,
        } = "mark_spam",
        /// Takes a conversation out of the spam, and routes it.
        NotSpam {
            /// The conversation.
            conversation: Id,
        } = "not_spam",
        /// Blocks a sender: what the sender opens from now on is spam.
        Block {
            /// The conversation whose sender is blocked in its inbox and which moves into the spam, or the sender.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            subject: Blocked,
        } = "block",
        /// Ends the block of a sender, for what the sender opens from now on.
        Unblock {
            /// The sender: an address, or a domain such as `@example.net`.
            sender: Id,
            /// The inbox in which the sender was blocked; absent for a block in all inboxes.
            inbox: Option<Id>,
        } = "unblock",
        /// Moves a conversation into the trash, where it is forgotten after `forget_trash_after`.
        Trash {
            /// The conversation.
            conversation: Id,
        } = "trash",
        /// Takes a conversation out of the trash, as it was; an open one is routed.
        Restore {
            /// The conversation.
            conversation: Id,
        } = "restore",
        /// Hides a message.
        Hide {
            /// The conversation.
            conversation: Id,
            /// The id of the message.
            message: Id,
        } = "hide",
        /// Shows a hidden message again.
        Unhide {
            /// The conversation.
            conversation: Id,
            /// The id of the message.
            message: Id,
        } = "unhide",
        /// Forgets a conversation that is closed, or in the trash or spam, at once, as the settings do later: its id is then unknown.
        Forget {
            /// The conversation.
            conversation: Id,
        } = "forget",
        /// Takes the data of a contact out of the desk: the attributes in all conversations that are remembered. The ids stay.
        Erase {
            /// The contact, whether the desk remembers it or not.
            contact: Id,
        } = "erase",
        /// Sets the status of an agent.
        #[cfg_attr(feature = "schema", schemars(transform = crate::schema::only_away_ends))]
        SetStatus {
            /// The agent.
            agent: Id,
            /// The new status: available, away, or one of the document's statuses by its id.
            status: StatusName,
            /// The length of an away for a while, or its end, later than the command. Absent for an available.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            until: Option<Until>,
            /// A note for others, such as "Lunch".
            #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
            note: Option<String>,
        } = "set_status",
        /// Replaces the weekly hours of an agent.
        SetWorkingHours {
            /// The agent.
            agent: Id,
            /// All weekly hours, in the agent's zone; an empty list means never.
            working_hours: Vec<WeeklyHours>,
        } = "set_working_hours",
        /// Replaces the date hours of an agent.
        SetDateHours {
            /// The agent.
            agent: Id,
            /// All date hours, in the agent's zone, each date once.
            date_hours: Vec<DateHours>,
        } = "set_date_hours",
        /// Replaces the absences of an agent.
        SetOutOfOffice {
            /// The agent.
            agent: Id,
            /// All absences.
            out_of_office: Vec<Absence>,
        } = "set_out_of_office",
        /// Adds or replaces an agent.
        PutAgent {
            /// The whole agent, as in a document.
            entry: Box<Agent>,
        } = "put_agent",
        /// Adds or replaces a team.
        PutTeam {
            /// The whole team, as in a document.
            entry: Box<Team>,
        } = "put_team",
        /// Adds or replaces an inbox.
        PutInbox {
            /// The whole inbox with its channels, as in a document.
            entry: Box<Inbox>,
        } = "put_inbox",
        /// Adds or replaces a holiday.
        PutHoliday {
            /// The whole holiday, as in a document.
            entry: Box<Holiday>,
        } = "put_holiday",
        /// Replaces parts of the document, or takes over what differs in a whole one. People keep what they hold, as far as
        /// they may hold it.
        Configure {
            /// The parts, or the document.
            #[cfg_attr(feature = "schema", schemars(flatten))]
            configuration: Box<Configuration>,
        } = "configure",
        /// Removes an agent.
        RemoveAgent {
            /// The agent.
            agent: Id,
        } = "remove_agent",
        /// Removes a team.
        RemoveTeam {
            /// The team.
            team: Id,
        } = "remove_team",
        /// Removes an inbox.
        RemoveInbox {
            /// The inbox; none of its conversations may be open.
            inbox: Id,
        } = "remove_inbox",
        /// Removes a holiday.
        RemoveHoliday {
            /// The holiday.
            holiday: Id,
        } = "remove_holiday",
        /// Lets time pass.
        Advance = "advance",
    }
}

/// The data that an `update` replaces; absent keys stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Changes {
    /// The inbox of the conversation.
    pub inbox: Option<Id>,
    /// The channel of this inbox.
    pub channel: Option<Id>,
    /// The whole contact: the person who writes or calls.
    pub contact: Option<Contact>,
    /// The priority: higher goes first in the queue. Within ±2^53.
    #[cfg_attr(feature = "schema", schemars(range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
    pub priority: Option<i64>,
    /// All required levels of skills.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::Levels>"))]
    pub skills: Option<Skills>,
    /// All attributes: the embedder's own data.
    pub attributes: Option<Attributes>,
}

/// An end, given as a length or as an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Until {
    /// A length of time after the command.
    Duration(Duration),
    /// An instant.
    Instant(Instant),
}

impl Until {
    /// Returns the end for a command at `at`.
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

/// The agent or the team to whom a conversation is assigned by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Assignee {
    /// An agent, who then holds it.
    Agent(Id),
    /// A team, whose members may take it.
    Team(Id),
}

/// The subject of a `block`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Blocked {
    /// The sender of a conversation, in its inbox; the conversation moves into the spam.
    Conversation(Id),
    /// A sender.
    Sender {
        /// An address, or a domain such as `@example.net`.
        sender: Id,
        /// The inbox in which the sender is blocked; all inboxes when absent.
        inbox: Option<Id>,
    },
}

impl Action {
    /// Returns `true` if it changes the document.
    pub fn changes_document(&self) -> bool {
        match self {
            Action::SetWorkingHours { .. }
            | Action::SetDateHours { .. }
            | Action::SetOutOfOffice { .. }
            | Action::PutAgent { .. }
            | Action::PutTeam { .. }
            | Action::PutInbox { .. }
            | Action::PutHoliday { .. }
            | Action::Configure { .. }
            | Action::RemoveAgent { .. }
            | Action::RemoveTeam { .. }
            | Action::RemoveInbox { .. }
            | Action::RemoveHoliday { .. } => true,
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
            | Action::Message { .. }
            | Action::MarkSpam { .. }
            | Action::NotSpam { .. }
            | Action::Block { .. }
            | Action::Unblock { .. }
            | Action::Trash { .. }
            | Action::Restore { .. }
            | Action::Hide { .. }
            | Action::Unhide { .. }
            | Action::HandOver { .. }
            | Action::Transfer { .. }
            | Action::Forget { .. }
            | Action::Erase { .. }
            | Action::SetStatus { .. }
            | Action::Advance => false,
        }
    }
}

impl Command {
    /// Creates a command of the embedding program.
    pub fn new(at: Instant, action: Action) -> Self {
        Command { at, id: None, by: None, action }
    }

    /// Sets the agent who acts.
    #[must_use]
    pub fn by(mut self, agent: impl Into<Id>) -> Self {
        self.by = Some(agent.into());
        self
    }

    /// Sets the embedder's id of the command.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}
