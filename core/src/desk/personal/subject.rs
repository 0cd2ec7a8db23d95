//! The subject of personal values.

use std::fmt;
use std::str::FromStr;

use crate::model::Id;
use crate::problem::{Code, Problem, shortened};

/// The subject of personal values: whose they are.
///
/// Values of a conversation that names no contact with an id are those of the conversation.
///
/// ```
/// use frontdesk::desk::Subject;
///
/// let subject = Subject::Contact("p:1".into());
/// assert_eq!(subject.to_string(), "contact:p:1");
/// assert_eq!("contact:p:1".parse(), Ok(subject));
/// assert!("person:1".parse::<Subject>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A contact, by its id: written `contact:ID`.
    Contact(Id),
    /// A conversation without such a contact: written `conversation:ID`.
    Conversation(Id),
    /// An agent: written `agent:ID`.
    Agent(Id),
}

impl Subject {
    /// Returns the id of the contact, conversation or agent.
    ///
    /// ```
    /// # use frontdesk::desk::Subject;
    /// assert_eq!(Subject::Agent("anna".into()).id().as_str(), "anna");
    /// ```
    pub fn id(&self) -> &Id {
        match self {
            Subject::Contact(id) | Subject::Conversation(id) | Subject::Agent(id) => id,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Subject::Contact(_) => "contact",
            Subject::Conversation(_) => "conversation",
            Subject::Agent(_) => "agent",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.id())
    }
}

impl FromStr for Subject {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Subject, Problem> {
        match text.split_once(':') {
            Some(("contact", id)) => Ok(Subject::Contact(id.into())),
            Some(("conversation", id)) => Ok(Subject::Conversation(id.into())),
            Some(("agent", id)) => Ok(Subject::Agent(id.into())),
            _ => {
                let message = format!("{:?} is not a subject of personal data", shortened(text));
                let hint = "write \"contact:ID\", \"conversation:ID\" or \"agent:ID\"";
                Err(Problem::new(Code::InvalidValue, message).with_hint(hint))
            }
        }
    }
}
