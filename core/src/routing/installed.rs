//! The extensions of a desk: a set of scripts, and the embedder's own strategies, called by name.

use std::sync::Arc;

use super::extension::{Allowance, Failed, Failure, FallBack, GivenPriority, HookName, Hooks, Scene, Scripts, Verdict};
use crate::model::{DeclaredScripts, Id, ScriptCall};
use crate::problem::{Code, Problem, Problems, shortened};

/// A set of named scripts or strategies, with their declarations for documents.
#[derive(Debug, Clone)]
pub(crate) struct Extension {
    pub asked: Arc<dyn Scripts>,
    pub declared: Arc<DeclaredScripts>,
}

/// The scripts and the strategies of a desk; no name is in both.
#[derive(Debug, Clone, Default)]
pub(crate) struct InstalledExtensions {
    pub scripts: Option<Extension>,
    pub strategies: Option<Extension>,
}

impl InstalledExtensions {
    fn all(&self) -> impl Iterator<Item = &Extension> {
        self.scripts.iter().chain(&self.strategies)
    }

    /// Returns the scripts or strategies that have a name.
    fn named(&self, name: &str) -> Option<&Arc<dyn Scripts>> {
        self.all().map(|extension| &extension.asked).find(|asked| asked.knows(name))
    }

    /// Returns `true` if a name is that of a strategy of the embedder, also of one that is announced and not given yet.
    pub fn is_strategy(&self, name: &Id) -> bool {
        self.strategies.as_ref().is_some_and(|strategies| strategies.declared.contains_key(name))
    }

    /// Returns `true` if there are neither scripts nor strategies.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    /// Returns `true` if there is a script or strategy of a name.
    pub fn knows(&self, name: &str) -> bool {
        self.named(name).is_some()
    }

    /// Returns warnings about the scripts, given the names that steps use; the path of each warning begins with the file.
    pub fn warnings(&self, is_named: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        self.all().flat_map(|extension| extension.asked.warnings(is_named)).collect()
    }

    /// Returns all scripts and strategies that documents may name.
    ///
    /// # Errors
    /// `duplicate_id` for each name that is both a script's and a strategy's.
    pub fn declared(&self) -> Result<Arc<DeclaredScripts>, Problems> {
        let mut all = DeclaredScripts::new();
        let mut twice = Vec::new();
        for (name, params) in self.all().flat_map(|extension| extension.declared.iter()) {
            if all.insert(name.clone(), params.clone()).is_some() {
                let message = format!("{name:?} is both a script and a strategy", name = shortened(name));
                twice.push(Problem::new(Code::DuplicateId, message).at_path(name.as_str()));
            }
        }
        if twice.is_empty() { Ok(Arc::new(all)) } else { Err(twice.into()) }
    }

    /// Returns the operations that scripts and conditions share at one instant of a command.
    pub fn operations_together(&self) -> u64 {
        self.all().find_map(|extension| extension.asked.operations_together()).unwrap_or(Allowance::USUAL)
    }

    pub fn hooks(&self, name: &str) -> Option<Hooks> {
        self.named(name)?.hooks(name)
    }

    /// Returns the choice of the script or strategy that a call names.
    pub fn choose(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Verdict {
        match self.named(&call.script) {
            Some(asked) => asked.choose(call, scene),
            None if self.is_strategy(&call.script) => Verdict::failed(of_strategy(*unknown(call), &call.script)),
            None => Verdict::failed(unknown(call)),
        }
    }

    pub fn priority(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<GivenPriority> {
        self.named(&call.script).map_or(Ok(GivenPriority::NONE), |asked| asked.priority(call, scene))
    }

    pub fn fall_back(&self, call: &ScriptCall, scene: &Arc<Scene>) -> Failed<FallBack> {
        self.named(&call.script).map_or(Ok(FallBack::GoOn), |asked| asked.fall_back(call, scene))
    }
}

/// Returns the failure for a name that no script or strategy has: a strategy was declared and is not set yet, or the desk
/// was restored without its scripts or strategies.
pub(crate) fn unknown(call: &ScriptCall) -> Box<Failure> {
    let message = format!(
        "the desk has no script or strategy {:?} at the moment; one that was restored is given them again",
        call.script
    );
    let failure = Failure::new(Code::UnknownScript.as_str(), message).of_hook(HookName::Pick.as_str());
    Box::new(Failure { script: Some(call.script.clone()), ..failure })
}

/// Returns the failure of a strategy of the embedder.
pub(crate) fn of_strategy(failure: Failure, strategy: &Id) -> Box<Failure> {
    Box::new(Failure { script: None, strategy: Some(strategy.clone()), ..failure })
}

impl Verdict {
    /// Returns the verdict that nobody was chosen, because of a failure.
    pub fn failed(failure: Box<Failure>) -> Self {
        Verdict { chosen: Err(failure), scores: Vec::new(), rejected: Vec::new(), log: Vec::new() }
    }
}
