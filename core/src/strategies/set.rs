//! A set of strategies by name.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::views::{AgentView, Question};
use crate::model::{DeclaredScripts, Id};
use crate::routing::Extension;
use crate::routing::extension::FallBack;

/// The code of a failure without one of its own.
pub(super) const SCRIPT_ERROR: &str = "script_error";

/// A strategy of the embedder. Every function from a question to a choice implements it.
pub trait OwnStrategy: Send + Sync {
    /// Chooses among the candidates, of whom there is at least one.
    ///
    /// # Errors
    /// A failure becomes a `script_failed`, and the step does as its `on_error` says. So does a panic, if panics unwind;
    /// with `panic = "abort"` it ends the program.
    fn choose(&self, question: &Question) -> Result<Choice, Failed>;

    /// Returns the hooks that it has beside [`choose`](Self::choose). Those that are not named here are not called.
    fn hooks(&self) -> OwnHooks {
        OwnHooks::default()
    }

    /// Refuses a candidate, or admits it. It is called for each, before [`choose`](Self::choose), which is not called if nobody
    /// is left.
    ///
    /// # Errors
    /// As those of [`choose`](Self::choose).
    fn eligible(&self, _question: &Question, _agent: AgentView<'_>) -> Result<Admission, Failed> {
        Ok(Admission::Yes)
    }

    /// Returns the priority in the queue of a conversation, in place of the sum of priorities; `None` keeps that. It is called
    /// when a rule is used for a conversation, and when an update changes one that is routed. Of the steps of a rule, the first
    /// whose script or strategy has this hook decides.
    ///
    /// # Errors
    /// A failure becomes a `script_failed`, and the priority stays. A priority is within ±2^53.
    fn priority(&self, _question: &Question) -> Result<Option<i64>, Failed> {
        Ok(None)
    }

    /// Returns what follows when the steps reached find nobody, the last of which names this strategy.
    ///
    /// # Errors
    /// A failure becomes a `script_failed`, and the conversation goes on as its rule says. So does a step that is not later.
    fn fallback(&self, _question: &Question) -> Result<FallBack, Failed> {
        Ok(FallBack::GoOn)
    }

    /// Returns the parameters that a step may set, with their defaults, `null` for one of any type. `None` accepts all
    /// parameters.
    fn params(&self) -> Option<BTreeMap<String, Value>> {
        None
    }

    /// Returns `true` if the strategy reads [agents](super::DeskView::agents) whom the step does not offer. On a large desk,
    /// `false` is faster.
    fn sees_everyone(&self) -> bool {
        true
    }

    /// Returns `true` if the strategy reads the [history](super::ConversationView::history) of the contact. On a desk with
    /// very many conversations, `false` is faster.
    fn sees_history(&self) -> bool {
        true
    }
}

impl<F: Fn(&Question) -> Result<Choice, Failed> + Send + Sync> OwnStrategy for F {
    fn choose(&self, question: &Question) -> Result<Choice, Failed> {
        self(question)
    }
}

/// The hooks that a strategy has beside [`choose`](OwnStrategy::choose).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnHooks {
    /// `true` if it has [`eligible`](OwnStrategy::eligible).
    pub eligible: bool,
    /// `true` if it has [`priority`](OwnStrategy::priority).
    pub priority: bool,
    /// `true` if it has [`fallback`](OwnStrategy::fallback).
    pub fallback: bool,
}

/// The answer of [`eligible`](OwnStrategy::eligible).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Admission {
    /// The candidate may be chosen.
    Yes,
    /// The candidate is refused, `rejected_by_script`.
    No,
    /// The candidate is refused, with a reason to be shown. It is cut after 200 characters.
    Because(String),
}

/// The answer of a strategy.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Choice {
    /// This candidate.
    Agent(Id),
    /// This candidate, with a reason to be shown in explanations. It is cut after 200 characters.
    Because(Id, String),
    /// Nobody: the step finds nobody, and the conversation waits or goes on as its rule says.
    Nobody,
    /// The candidate with the highest score. Ties: lowest load, then least recently assigned, then the order of the
    /// document. A candidate without a score is refused, `rejected_by_script`; of several scores of one the last counts.
    Scores(Vec<(Id, f64)>),
}

/// A failure of a strategy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The code; `script_error` by default.
    pub code: Id,
    /// The message: a sentence about the failure.
    pub message: String,
    /// The file in which it happened.
    pub file: Option<Id>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The calls that led to it, outermost first.
    pub calls: Vec<String>,
}

impl Failed {
    /// Creates a failure without a place.
    pub fn new(message: impl Into<String>) -> Failed {
        Failed { code: Id::from(SCRIPT_ERROR), message: message.into(), file: None, line: None, calls: Vec::new() }
    }

    /// Returns the failure with another code; `script_error` for an empty one.
    ///
    /// `time_is_up` stops a command of [`handle_with`](crate::Desk::handle_with) that has a deadline: the desk then is as
    /// before. In other commands it is an ordinary failure.
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

/// The strategies of the embedder by the names that steps use: cheap to clone, and shared by any number of desks.
#[derive(Clone, Default)]
pub struct Strategies {
    /// `None` for a strategy that is announced, but not given yet.
    pub(super) strategies: BTreeMap<Id, Option<Arc<dyn OwnStrategy>>>,
}

impl Strategies {
    /// Creates an empty set.
    pub fn new() -> Strategies {
        Strategies::default()
    }

    /// Adds a strategy, or replaces the one of the same name.
    #[must_use]
    pub fn with(mut self, name: &str, strategy: impl OwnStrategy + 'static) -> Self {
        self.strategies.insert(Id::from(name), Some(Arc::new(strategy)));
        self
    }

    /// Announces a name whose strategy is given later, so that documents may use it.
    #[must_use]
    pub fn announcing(mut self, name: &str) -> Self {
        self.strategies.entry(Id::from(name)).or_default();
        self
    }

    /// Returns the names, sorted, including those that are only announced.
    pub fn names(&self) -> impl Iterator<Item = &Id> {
        self.strategies.keys()
    }

    /// Converts the strategies into an extension of routing.
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
