//! How a command is carried out.

use crate::deadline::Deadline;

/// How a command is carried out: by [`Desk::handle_with`](crate::Desk::handle_with).
///
/// ```
/// use frontdesk::{Deadline, Options};
///
/// let options = Options::default().explain(true).deadline(Deadline::new(|| false));
/// assert!(options.explain && options.deadline.is_some());
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Whether who was considered is noted: in every `assigned` and `offered`, and where nobody could take a conversation.
    pub explain: bool,
    /// How long it may take; as long as it takes when absent.
    pub deadline: Option<Deadline>,
}

impl Options {
    /// The same options, but for whether who was considered is noted.
    #[must_use]
    pub fn explain(self, explain: bool) -> Options {
        Options { explain, ..self }
    }

    /// The same options, within a deadline.
    #[must_use]
    pub fn deadline(self, deadline: Deadline) -> Options {
        Options { deadline: Some(deadline), ..self }
    }
}
