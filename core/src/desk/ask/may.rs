//! Whether a command is allowed now, and if not, the refusal it would get.

use serde::{Serialize, Serializer};

use crate::desk::decide::Decider;
use crate::desk::{Command, Desk, Options};
use crate::model::Id;
use crate::problem::{Code, Problem};
use crate::time::Instant;

/// The answer of [`Desk::may`]: whether a command is allowed.
///
/// As JSON: `{"allowed": true}`, or `{"allowed": false, "code": …, "message": …, "until": …}`; then `agent` and
/// `substitute_for`, and `reply_window` with `automated` and `person`. A key without a value is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct May {
    /// The refusal that the command would get; `None` if it is allowed.
    pub refusal: Option<Refusal>,
    /// The substitute to whom an `assign` with `or_substitute` goes; `None` if nobody stands in.
    pub agent: Option<Id>,
    /// The agent out of office for whom [`agent`](Self::agent) stands in.
    pub substitute_for: Option<Id>,
    /// When the windows for replies close: for a `reply`, and a `message` that is not of the visitor, to a conversation
    /// whose channel has a `reply_window`, also if it is refused. `None` for a command whose instant cannot be reached.
    pub reply_window: Option<ReplyWindowEnds>,
}

/// A refusal: what the event `refused` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// The code of the reason.
    pub code: Code,
    /// The reason in a sentence.
    pub message: String,
    /// The instant at which the command would be possible, if waiting helps; of a leap that is too long, the instant to
    /// advance to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Instant>,
}

/// The instants at which the windows for replies close: from then on, nothing of the kind is sent. One that is not after
/// the command has closed already. Where the contact has not written, they are closed since the conversation was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplyWindowEnds {
    /// For messages of a bot or a program; `None` if these are without a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub automated: Option<Instant>,
    /// For messages that a person writes; `None` if these are without a limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Instant>,
}

impl May {
    /// Returns `true` if the command is allowed.
    pub fn is_allowed(&self) -> bool {
        self.refusal.is_none()
    }
}

impl Serialize for May {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        /// The keys, in the documented order.
        #[derive(Serialize)]
        struct Written<'a> {
            allowed: bool,
            #[serde(flatten)]
            refusal: &'a Option<Refusal>,
            #[serde(skip_serializing_if = "Option::is_none")]
            agent: &'a Option<Id>,
            #[serde(skip_serializing_if = "Option::is_none")]
            substitute_for: &'a Option<Id>,
            #[serde(skip_serializing_if = "Option::is_none")]
            reply_window: &'a Option<ReplyWindowEnds>,
        }
        let May { refusal, agent, substitute_for, reply_window } = self;
        Written { allowed: self.is_allowed(), refusal, agent, substitute_for, reply_window }.serialize(serializer)
    }
}

impl Desk {
    /// Returns whether a command is allowed now, and leaves the desk as it was: the command is decided as by
    /// [`handle`](Self::handle), without the queue.
    ///
    /// A command that is allowed is not refused by [`handle`](Self::handle), and one that is not allowed is, with the same
    /// code, unless another command comes first. It also tells a composer when the windows for replies close, and who
    /// takes an `assign` with `or_substitute`.
    ///
    /// ```
    /// use frontdesk::{Code, Desk};
    ///
    /// let mut desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}],
    ///     "inboxes": [{"id": "main", "channels": [{"id": "fb", "kind": "messenger", "reply_window": {"person": "7d"},
    ///         "rules": [{"id": "r", "steps": [{"assign_to": "everyone"}]}]}]}]}"#)?;
    /// desk.handle_json(r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main",
    ///     "channel": "fb"}"#)?;
    /// let reply = r#"{"type": "reply", "at": "2026-11-20T10:00:00Z", "conversation": "c1", "by": "anna"}"#;
    /// let may = desk.may(&desk.read_command(reply)?);
    /// assert_eq!(
    ///     serde_json::to_string(&may).unwrap(),
    ///     r#"{"allowed":true,"reply_window":{"person":"2026-11-27T09:00:00.000Z"}}"#
    /// );
    /// let late = desk.read_command(&reply.replace("20T10", "27T10"))?;
    /// assert_eq!(desk.may(&late).refusal.map(|refusal| refusal.code), Some(Code::WindowClosed));
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn may(&mut self, command: &Command) -> May {
        // Only a deadline gives an error.
        self.may_with(command, &Options::default()).unwrap_or_default()
    }

    /// Returns whether a command is allowed now, as [`may`](Self::may) does, within the deadline of some [`Options`].
    ///
    /// # Errors
    /// `time_is_up`.
    pub fn may_with(&mut self, command: &Command, options: &Options) -> Result<May, Problem> {
        self.state.deadline.clone_from(&options.deadline);
        let may = Decider::new(&mut self.state, false).may(command);
        self.state.deadline = None;
        may
    }
}
