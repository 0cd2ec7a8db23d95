//! The options for carrying out a command.

use crate::deadline::Deadline;

/// The options with which [`Desk::handle_with`](crate::Desk::handle_with) carries out a command.
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
    /// `true` if events list the agents considered, and count the others: every `assigned` and `offered`, and those for a
    /// conversation that nobody could take.
    pub explain: bool,
    /// The time limit; absent means no limit.
    pub deadline: Option<Deadline>,
}

impl Options {
    /// Returns the options with `explain` set.
    #[must_use]
    pub fn explain(self, explain: bool) -> Options {
        Options { explain, ..self }
    }

    /// Returns the options with a deadline.
    #[must_use]
    pub fn deadline(self, deadline: Deadline) -> Options {
        Options { deadline: Some(deadline), ..self }
    }
}
