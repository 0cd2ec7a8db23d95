//! The one error type that crosses every boundary, alone or as a list.

mod list;
mod nearest;
mod shorten;
mod vocabulary;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use self::list::Problems;
use self::nearest::nearest;
pub(crate) use self::nearest::{LONGEST_NAME, MOST_SUGGESTIONS, did_you_mean, listed, there_are};
pub(crate) use self::shorten::shortened;
pub(crate) use self::vocabulary::{Word, WordVisitor, some_of, unknown_word, vocabulary};

/// A fault of an input: a stable [`Code`], a sentence, and where to look.
///
/// Rust gets it as the error of a `Result`, the bindings as an exception; code and path are the same in all.
///
/// ```
/// use frontdesk::{Code, time::Zone};
///
/// let problem = Zone::named("Europe/Stokholm").unwrap_err();
/// assert_eq!(problem.code, Code::UnknownZone);
/// assert_eq!(problem.hint.as_deref(), Some("did you mean Europe/Stockholm?"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{}{code}: {message}{}", severity.prefix(), Where(self))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// The kind of problem; never renamed.
    pub code: Code,
    /// The severity: an error refuses the input, a warning does not.
    pub severity: Severity,
    /// One sentence in plain English, without position.
    pub message: String,
    /// Where in the document, as a JSON path such as `$.agents[0].team`; empty when the input is not a document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub path: String,
    /// Line and column, when the input was text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// A hint that may help, such as the nearest known name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Problem {
    /// Creates a problem without a place; its code gives the severity.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        let severity = code.severity();
        Problem { code, severity, message: message.into(), path: String::new(), position: None, hint: None }
    }

    /// Returns `true` for a warning, which refuses nothing.
    pub fn is_warning(&self) -> bool {
        self.severity == Severity::Warning
    }

    /// Returns the problem as an error, for callers that accept no warnings.
    #[must_use]
    pub fn as_error(mut self) -> Self {
        self.severity = Severity::Error;
        self
    }

    /// Returns the problem with a JSON path.
    #[must_use]
    pub fn at_path(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// Returns the problem with a line and column of a text.
    #[must_use]
    pub fn at_position(mut self, line: usize, column: usize) -> Self {
        self.position = Some(Position { line, column });
        self
    }

    /// Returns the problem with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the problem with a hint that names the known names nearest to `wrong`, if any is near. Names of more than 64
    /// characters get no hint.
    #[must_use]
    pub fn suggesting<'a>(mut self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.hint = nearest(wrong, &mut known.into_iter());
        self
    }
}

impl Problem {
    /// Returns the problem with a hint, unless it has one.
    #[must_use]
    pub(crate) fn or_hint(mut self, hint: impl FnOnce() -> Option<String>) -> Self {
        self.hint = self.hint.or_else(hint);
        self
    }
}

struct Where<'a>(&'a Problem);

impl fmt::Display for Where<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, " at {}", self.0.path)?;
        }
        if let Some(position) = self.0.position {
            write!(f, " (line {}, column {})", position.line, position.column)?;
        }
        match &self.0.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}

vocabulary! {
    /// The severity of a problem: an error stands in the way, a warning does not.
    #[non_exhaustive]
    pub enum Severity {
        /// The input is refused.
        Error = "error",
        /// The input is taken, though it cannot be meant so.
        Warning = "warning",
    }
}

impl Severity {
    /// Returns the beginning of a line about a problem; errors have none, because most problems are errors.
    const fn prefix(self) -> &'static str {
        match self {
            Severity::Error => "",
            Severity::Warning => "warning: ",
        }
    }
}

/// Line and column in a text, both from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// Declares [`Code`], whose words are either of errors or of warnings.
macro_rules! codes {
    (
        errors { $($(#[$doc:meta])* $name:ident = $text:literal,)* }
        warnings { $($(#[$warning_doc:meta])* $warning:ident = $warning_text:literal,)* }
    ) => {
        vocabulary! {
            /// The kind of a problem, warning or refusal.
            #[non_exhaustive]
            pub enum Code {
                $($(#[$doc])* $name = $text,)*
                $($(#[$warning_doc])* $warning = $warning_text,)*
            }
        }

        impl Code {
            /// The severity of a problem of this code.
            pub const fn severity(self) -> Severity {
                match self {
                    $(Code::$name)|* => Severity::Error,
                    $(Code::$warning)|* => Severity::Warning,
                }
            }
        }
    };
}

codes! {
errors {
    // Reading a document or a command.
    /// The text is not JSON, or nested too deeply.
    InvalidJson = "invalid_json",
    /// The text is not a calendar, or a part of it is none.
    InvalidCalendar = "invalid_calendar",
    /// A key that the format does not have.
    UnknownKey = "unknown_key",
    /// The same key twice in one object.
    DuplicateKey = "duplicate_key",
    /// A required key is absent.
    MissingKey = "missing_key",
    /// A value of the wrong JSON type.
    WrongType = "wrong_type",
    /// A value of the right type that is not allowed.
    InvalidValue = "invalid_value",
    /// Keys that contradict each other.
    Conflict = "conflict",
    /// The same id twice.
    DuplicateId = "duplicate_id",
    /// An id that nothing in the document has.
    UnknownReference = "unknown_reference",
    /// A script that is not there.
    UnknownScript = "unknown_script",
    /// A script that cannot be read, or does not define what it should.
    InvalidScript = "invalid_script",
    /// A function whose name is that of no hook, though it is written like one.
    UnknownHook = "unknown_hook",
    /// A parameter that a script does not declare.
    UnknownParameter = "unknown_parameter",
    /// A time zone name that is not in the tz database.
    UnknownZone = "unknown_zone",
    /// Text that is no time, date or instant.
    InvalidTime = "invalid_time",
    /// An instant without an offset.
    MissingOffset = "missing_offset",
    /// Text that is not a duration.
    InvalidDuration = "invalid_duration",
    /// Text that is not a recurrence rule, or not one that can be answered.
    InvalidRecurrence = "invalid_recurrence",
    /// More occurrences of a repeated absence than one question may have.
    TooManyOccurrences = "too_many_occurrences",
    /// An instant or number outside what is supported.
    OutOfRange = "out_of_range",
    /// A version of the format that this build does not read.
    UnsupportedVersion = "unsupported_version",
    /// A feature of the format that this build lacks.
    UnsupportedFeature = "unsupported_feature",

    // Asking or commanding something that is not there or not possible.
    /// No agent of that id.
    UnknownAgent = "unknown_agent",
    /// No team of that id.
    UnknownTeam = "unknown_team",
    /// No inbox of that id.
    UnknownInbox = "unknown_inbox",
    /// No holiday of that id.
    UnknownHoliday = "unknown_holiday",
    /// No channel of that id in the inbox.
    UnknownChannel = "unknown_channel",
    /// No status of that id.
    UnknownStatus = "unknown_status",
    /// No filter of the table is saved under that id.
    UnknownFilter = "unknown_filter",
    /// No conversation of that id.
    UnknownConversation = "unknown_conversation",
    /// A conversation of that id exists already.
    ConversationExists = "conversation_exists",
    /// The command is earlier than the last one.
    TimeGoesBack = "time_goes_back",
    /// The actor may not do that.
    NotPermitted = "not_permitted",
    /// The agent has no access to the conversation's inbox.
    NoInboxAccess = "no_inbox_access",
    /// The agent is deactivated.
    Deactivated = "deactivated",
    /// The conversation is closed.
    ConversationClosed = "conversation_closed",
    /// The conversation is open, so it cannot be reopened.
    ConversationOpen = "conversation_open",
    /// The conversation is not offered to that agent.
    NotOffered = "not_offered",
    /// The conversation is not with a bot.
    NotWithBot = "not_with_bot",
    /// The conversation is held by nobody.
    NotHeld = "not_held",
    /// A bot has the conversation, and the contact wrote not long ago.
    BotActive = "bot_active",
    /// The time after the contact's last message in which the channel sends replies is over.
    WindowClosed = "window_closed",
    /// The conversation was sent, and the contact has not answered.
    NotAnswered = "not_answered",
    /// The conversation is in the spam.
    InSpam = "in_spam",
    /// The conversation is not in the spam.
    NotInSpam = "not_in_spam",
    /// The conversation is in the trash.
    InTrash = "in_trash",
    /// The conversation is not in the trash.
    NotInTrash = "not_in_trash",
    /// The sender of the conversation is not known.
    UnknownSender = "unknown_sender",
    /// The inbox lets the sender in.
    SenderAllowed = "sender_allowed",
    /// The sender is not blocked.
    NotBlocked = "not_blocked",
    /// The message is not hidden.
    NotHidden = "not_hidden",
    /// An inbox or channel still has open conversations.
    InUse = "in_use",
    /// The command needs a `by`.
    ActorRequired = "actor_required",
    /// The entry in a `put` has another id than the command.
    IdMismatch = "id_mismatch",
    /// The time that the embedder gave was up.
    TimeIsUp = "time_is_up",
    /// More events fall due before the command than one leap may bring.
    LeapTooLong = "leap_too_long",
    /// The instant asked for lies in the past of the command.
    InThePast = "in_the_past",
    /// No desk of that id in the database.
    UnknownDesk = "unknown_desk",
    /// A desk of that id is in the database already.
    DeskExists = "desk_exists",
    /// Another worker appended first, and the transaction does not see it: it has to begin again.
    RetryTransaction = "retry_transaction",
    /// The clock of the worker is further ahead of the database's than allowed.
    ClockAhead = "clock_ahead",
    /// The log of a desk is not as it was written.
    DamagedLog = "damaged_log",
    /// The turns asked for were removed from the log.
    Compacted = "compacted",
    /// The database does not answer, or refuses a statement.
    DatabaseFailed = "database_failed",
    /// The desk contradicts itself, which is a fault of the library; nothing was changed.
    InternalError = "internal_error",
}
warnings {
    /// A condition that holds of nothing.
    NeverMatches = "never_matches",
    /// A rule or step behind one that leaves nothing to it.
    NeverReached = "never_reached",
    /// A step, an access or a channel that nobody can serve.
    NobodyThere = "nobody_there",
    /// Hours that no day has.
    NeverOpen = "never_open",
    /// A key that does nothing where it stands.
    NoEffect = "no_effect",
    /// A name in a script that an agent, a conversation, a contact or the desk does not have.
    UnknownMember = "unknown_member",
    /// A `when` that is not a truth value.
    NotACondition = "not_a_condition",
    /// A script, team or skill that nothing names.
    Unused = "unused",
    /// A recurrence rule that most likely means another.
    UnlikelyRecurrence = "unlikely_recurrence",
}
}
