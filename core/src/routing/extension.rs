//! The hooks of scripts and the embedder's own strategies as routing calls them, with plain values. Routing knows no script
//! language.

#![cfg_attr(not(feature = "script"), allow(dead_code, reason = "some of it only scripts look at"))]

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::availability::{AgentSlot, Stretch};
use crate::deadline::Deadline;
use crate::model::{Agent, Channel, Details, Id, Otherwise, ScriptCall};
use crate::problem::{Problem, vocabulary};
use crate::time::{Instant, Zone, Zones};

/// The result of a script, or its failure.
pub(crate) type Failed<T> = Result<T, Box<Failure>>;

/// A set of scripts, called by name.
pub(crate) trait Scripts: fmt::Debug + Send + Sync {
    /// Returns the hooks that a script defines; `None` if there is no such script.
    fn hooks(&self, script: &str) -> Option<Hooks>;

    /// Returns `true` if there is such a script.
    fn knows(&self, script: &str) -> bool {
        self.hooks(script).is_some()
    }

    /// Returns warnings about the scripts, given the names that steps use; the path of each warning begins with the file.
    fn warnings(&self, _is_named: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        Vec::new()
    }

    /// Returns the operations that all scripts share at one instant of a command; `None` if they are not counted.
    fn operations_together(&self) -> Option<u64> {
        None
    }

    /// Returns the choice of a script among the eligible agents of a scene.
    fn choose(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Verdict;

    /// Returns the priority that a script gives a conversation.
    fn priority(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<GivenPriority>;

    /// Returns a script's answer for a step that found nobody.
    fn fall_back(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<FallBack>;
}

/// A condition that is evaluated by an extension.
pub(crate) trait Condition: fmt::Debug + Send + Sync {
    /// Returns `true` if the condition holds for a conversation.
    fn holds(&self, about: &Arc<About>) -> Failed<bool>;
}

vocabulary! {
    /// The name of a hook.
    pub(crate) enum HookName {
        /// Refuses agents.
        Eligible = "eligible",
        /// Scores an agent.
        Score = "score",
        /// Chooses an agent.
        Pick = "pick",
        /// Sets the priority of a conversation.
        Priority = "priority",
        /// Decides what follows a step that finds nobody.
        Fallback = "fallback",
    }
}

impl Hooks {
    /// Returns `true` if the script defines any hook.
    #[cfg(feature = "script")]
    pub fn any(self) -> bool {
        HookName::ALL.iter().any(|hook| self.has(*hook))
    }

    /// Returns `true` if the script defines a hook.
    #[cfg(feature = "script")]
    pub fn has(mut self, hook: HookName) -> bool {
        *self.flag(hook)
    }

    /// Returns the flag of a hook.
    #[cfg(feature = "script")]
    pub fn flag(&mut self, hook: HookName) -> &mut bool {
        match hook {
            HookName::Eligible => &mut self.eligible,
            HookName::Score => &mut self.score,
            HookName::Pick => &mut self.pick,
            HookName::Priority => &mut self.priority,
            HookName::Fallback => &mut self.fallback,
        }
    }
}

/// The hooks that a script defines, and the data that it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Hooks {
    pub eligible: bool,
    pub score: bool,
    pub pick: bool,
    pub priority: bool,
    pub fallback: bool,
    /// `true` if it may read agents whom the step does not offer.
    pub sees_everyone: bool,
    /// `true` if it may read the history of the contact.
    pub sees_history: bool,
    /// `true` if its choice of an agent is the same for all conversations of a class.
    pub ignores_conversation: bool,
    /// `true` if its operations are counted.
    pub is_counted: bool,
}

#[cfg(feature = "script")]
pub(crate) use crate::script::{check_when, compile_when};

/// Accepts any text as a condition: without the feature `script`, expressions are not checked.
#[cfg(not(feature = "script"))]
pub(crate) fn check_when(_: &str) -> Result<(), crate::problem::Problem> {
    Ok(())
}

/// Returns a condition that never holds: without the feature `script`, expressions are not evaluated.
#[cfg(not(feature = "script"))]
pub(crate) fn compile_when(_: &str) -> Arc<dyn Condition> {
    #[derive(Debug)]
    struct Unsupported;
    impl Condition for Unsupported {
        fn holds(&self, _: &Arc<About>) -> Failed<bool> {
            let code = crate::problem::Code::UnsupportedFeature;
            let failure = Failure::new(code.as_str(), "this build of frontdesk has no feature \"script\"");
            Err(Box::new(failure.of_hook("when")))
        }
    }
    Arc::new(Unsupported)
}

/// The operations that scripts and conditions share at one instant of a command.
///
/// Copies share the same count. It starts again for every instant that falls due before a command, and for the command itself,
/// so that a leap in time gives the events of many small steps.
#[derive(Debug, Clone)]
pub(crate) struct Allowance {
    whole: u64,
    left: Arc<AtomicU64>,
}

impl Allowance {
    /// The number of operations, unless the embedder sets another.
    pub const USUAL: u64 = 2_000_000;

    pub fn of(operations: u64) -> Self {
        Allowance { whole: operations, left: Arc::new(AtomicU64::new(operations)) }
    }

    pub fn left(&self) -> u64 {
        self.left.load(Ordering::Relaxed)
    }

    /// Takes a number of operations, or all that are left.
    pub fn take(&self, operations: u64) {
        self.left.store(self.left().saturating_sub(operations), Ordering::Relaxed);
    }

    /// Returns the failure for a spent allowance.
    pub fn spent(&self) -> Failure {
        let message = format!(
            "the scripts and conditions asked at this instant ran over the {} operations they have together",
            self.whole
        );
        Failure::new("over_budget", message)
    }
}

/// The data of the conversation that is decided.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub conversation: Id,
    pub details: Arc<Details>,
    pub channel: Arc<Channel>,
    /// The zone of the inbox.
    pub zone: Zone,
    /// The zones that may be named.
    #[cfg_attr(not(feature = "script"), allow(dead_code, reason = "scripts alone name them"))]
    pub zones: Zones,
    pub at: Instant,
    pub opened_at: Instant,
    /// The instant at which it was opened or last reopened.
    pub queued_from: Instant,
    pub rule: Option<Id>,
    /// The current step, from 1; 0 before the first.
    pub step: usize,
    /// The number of waiting conversations.
    pub queue: usize,
    /// The number of those that wait in its channel.
    pub channel_queue: usize,
    pub seed: u64,
    pub last_agent: Option<Id>,
    /// The agents who held conversations of the contact, by agent id.
    pub history: Vec<Held>,
    pub deadline: Option<Deadline>,
    pub allowance: Allowance,
}

/// The conversations of a contact that an agent was the last to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The agent.
    pub agent: Id,
    /// The number of conversations.
    pub conversations: u32,
    /// The instant at which the latest of them was opened.
    pub last: Instant,
}

/// The view of a desk at one instant for a script.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub about: Arc<About>,
    /// In document order.
    pub rows: Vec<Row>,
    /// The rows of the eligible agents.
    pub eligible: Vec<usize>,
}

/// The current state of an agent.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub slot: AgentSlot,
    pub entry: Arc<Agent>,
    pub stretch: Stretch,
    /// The status of the document that it has, if it is one of these.
    pub own_status: Option<Id>,
    /// The instant at which it becomes away; `None` if none is known, or it is away already.
    pub working_until: Option<Instant>,
    pub load: u64,
    pub holding: u32,
    /// The limit of its total load.
    pub capacity: Option<u32>,
    /// The weight of the conversation's kind that still fits, also from its inbox; `None` without a limit.
    pub room: Option<u32>,
    /// The order number and the instant of its last assignment.
    pub last_order: u64,
    pub last_assigned: Option<Instant>,
    pub idle_since: Option<Instant>,
}

/// The answer of a script, with its scores, rejections and log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Verdict {
    pub chosen: Failed<Option<AgentSlot>>,
    pub scores: Vec<(AgentSlot, Value)>,
    /// The rejected agents, with the reasons.
    pub rejected: Vec<(AgentSlot, Option<String>)>,
    /// The lines of the log.
    pub log: Vec<String>,
}

/// The priority that a script gives a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct GivenPriority {
    /// The priority, instead of the sum of its own and what channel, rule and steps add; `None` leaves it that.
    pub priority: Option<i64>,
    /// The instant at which the script wants to be asked again, if it still waits then.
    pub again_at: Option<Instant>,
}

impl GivenPriority {
    /// No priority: the conversation has that of its own, its channel, its rule and its steps.
    pub const NONE: GivenPriority = GivenPriority { priority: None, again_at: None };
}

/// The continuation after a step that found nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum FallBack {
    /// The continuation that the rule gives.
    #[default]
    GoOn,
    /// The next step, without waiting here.
    Next,
    /// A later step, from 1.
    Step(usize),
    /// An outcome as after all steps.
    Otherwise(Otherwise),
}

/// The failure of a script or a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// The script; absent for a condition and for a strategy of the embedder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script: Option<Id>,
    /// The strategy of the embedder, if it is one that failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strategy: Option<Id>,
    /// A hash of the text of the script, which distinguishes its versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub script_version: Option<Id>,
    /// The hook that failed, or `when`.
    pub hook: Id,
    /// The code: `script_error`, `over_budget`, `invalid_result`, `unknown_script`, or one of the script's or strategy's own.
    pub code: Id,
    /// A description of the failure, in a sentence.
    pub message: String,
    /// The file of the failing code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Id>,
    /// The line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The character in the line, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The calls that led to the failure, outermost first, each with its place: `helper (line 3, column 5)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<String>,
}

impl Failure {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Failure {
            script: None,
            strategy: None,
            script_version: None,
            hook: Id::from(""),
            code: Id::from(code),
            message: message.into(),
            file: None,
            line: None,
            column: None,
            calls: Vec::new(),
        }
    }

    #[must_use]
    pub(crate) fn of_hook(mut self, hook: &str) -> Self {
        self.hook = Id::from(hook);
        self
    }

    /// Returns `true` if the deadline passed: a failure of the command, and not of the script.
    pub(crate) fn is_late(&self) -> bool {
        *self.code == *crate::problem::Code::TimeIsUp.as_str()
    }
}
