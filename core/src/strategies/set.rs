//! A set of strategies, by name.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::views::Question;
use crate::model::{DeclaredScripts, Id};
use crate::routing::Extension;

/// The code of a failure that names none.
pub(super) const SCRIPT_ERROR: &str = "script_error";

/// A strategy of the embedder's own. Every function from a question to a choice is one.
pub trait OwnStrategy: Send + Sync {
    /// Whom it chooses among the candidates; there is at least one.
    ///
    /// # Errors
    /// Whatever went wrong: it becomes a `script_failed`, and the step does what its `on_error` says. So does a panic, where
    /// panics unwind; with `panic = "abort"` it ends the program.
    fn choose(&self, question: &Question) -> Result<Choice, Failed>;

    /// The parameters that a step may set, with their defaults, `null` for one of any type. None takes any parameters.
    fn params(&self) -> Option<BTreeMap<String, Value>> {
        None
    }

    /// Allows it to look at [agents](super::DeskView::agents) whom the step does not offer. On a large desk it is quicker
    /// not to.
    fn sees_everyone(&self) -> bool {
        true
    }

    /// Allows it to look at the [history](super::ConversationView::history) of the contact. On a desk with very many
    /// conversations it is quicker not to.
    fn sees_history(&self) -> bool {
        true
    }
}

impl<F: Fn(&Question) -> Result<Choice, Failed> + Send + Sync> OwnStrategy for F {
    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        self(question)
    }
}

/// The answer of a strategy.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// This candidate.
    Agent(Id),
    /// Nobody: the step finds nobody, and the conversation waits or goes on as its rule says.
    Nobody,
    /// The candidate with the highest score. Ties: lowest load, then least recently assigned, then the order of the
    /// document. A candidate without a score is refused, `rejected_by_script`; of several scores of one the last counts.
    Scores(Vec<(Id, f64)>),
}

/// How a strategy failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// A word for it; `script_error` unless there is a better one.
    pub code: Id,
    /// The message: a sentence on the failure.
    pub message: String,
    /// The file it stands in.
    pub file: Option<Id>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The calls that led there, outermost first.
    pub calls: Vec<String>,
}

impl Failed {
    /// A failure that knows no place.
    pub fn new(message: impl Into<String>) -> Failed {
        Failed { code: Id::from(SCRIPT_ERROR), message: message.into(), file: None, line: None, calls: Vec::new() }
    }

    /// The same failure by another word; `script_error` for an empty one.
    ///
    /// `time_is_up` stops a command that is carried out by [`handle_with`](crate::Desk::handle_with) within a deadline:
    /// nothing has happened then. In other commands it is
    /// a failure like any.
    #[must_use]
    pub fn with_code(self, code: &str) -> Failed {
        let code = if code.is_empty() { SCRIPT_ERROR } else { code };
        Failed { code: Id::from(code), ..self }
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Failed::new(error.to_string())
    }
}

/// Strategies of the embedder's own, by the names that steps ask for: cheap to clone, shared by as many desks as there are.
#[derive(Clone, Default)]
pub struct Strategies {
    /// None for one that is announced, and still to come.
    pub(super) strategies: BTreeMap<Id, Option<Arc<dyn OwnStrategy>>>,
}

impl Strategies {
    /// No strategies yet.
    pub fn new() -> Strategies {
        Strategies::default()
    }

    /// The same with one more, or with another of this name.
    #[must_use]
    pub fn with(mut self, name: &str, strategy: impl OwnStrategy + 'static) -> Self {
        self.strategies.insert(Id::from(name), Some(Arc::new(strategy)));
        self
    }

    /// The same with a name whose strategy is still to come: a document may ask for it already.
    #[must_use]
    pub fn announcing(mut self, name: &str) -> Self {
        self.strategies.entry(Id::from(name)).or_default();
        self
    }

    /// Their names, sorted, with those that are still to come.
    pub fn names(&self) -> impl Iterator<Item = &Id> {
        self.strategies.keys()
    }

    /// As what a desk asks.
    pub(crate) fn extension(self) -> Extension {
        let params = |strategy: &Option<Arc<dyn OwnStrategy>>| strategy.as_ref().and_then(|strategy| strategy.params());
        let declared: DeclaredScripts =
            self.strategies.iter().map(|(name, strategy)| (name.clone(), params(strategy))).collect();
        Extension { asked: Arc::new(self), declared: Arc::new(declared) }
    }
}

impl fmt::Debug for Strategies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.names()).finish()
    }
}
