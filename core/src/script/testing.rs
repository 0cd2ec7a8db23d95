//! Support for test runners: the language of scripts, open to functions of the runner, and the hooks and lines that ran.
//! Feature `script-testing`.
//!
//! Not for a desk in production: watching makes scripts several times slower.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

pub use rhai;
use rhai::debugger::DebuggerCommand;
use rhai::{ASTNode, Dynamic, Engine, EvalAltResult, Stmt};
use serde_json::Value;

use super::budget::{Fallible, Running, Session};
use super::hooks::HOOKS;
use super::library::value;
use super::params::Params;
use super::set::Scripts;
use super::views::json;
use super::{engine, failure};
use crate::model::Id;
use crate::routing::Failure;

/// Creates an engine with the language of scripts; a runner may add functions and raise limits. [`run`] evaluates with a
/// budget of operations.
pub fn language() -> Engine {
    engine::hardened().0
}

/// Evaluates with a budget of operations, and with constants that functions see by their plain names; also returns the lines
/// that `log(…)` wrote. Scripts that run meanwhile have their own budget.
pub fn run<T>(operations: u64, constants: &[(String, Dynamic)], make: impl FnOnce() -> T) -> (T, Vec<String>) {
    let params = Params::new(constants.to_vec()).into();
    let mut session = Session::begin(Running { params, ..Running::default() }, operations, 0);
    let made = session.call(make);
    (made, session.end().log)
}

/// Converts an error of the language: the message, the place and the calls.
pub fn failure(error: EvalAltResult) -> Failure {
    *failure::of(error)
}

/// Returns the reason why a text is not a script.
pub fn unreadable(error: &rhai::ParseError) -> String {
    super::words::plain(&error.err_type().to_string())
}

/// Returns `true` if scripts see two values as equal: `1 == 1.0`, and an agent equals its id.
///
/// # Errors
/// If the values have too many elements to compare.
pub fn same(a: &Dynamic, b: &Dynamic) -> Fallible<bool> {
    value::same(a, b)
}

/// Converts a JSON value to a value of scripts.
pub fn to_dynamic(value: &Value) -> Dynamic {
    json::to_dynamic(value)
}

/// Converts a value to JSON; `None` if JSON cannot express it.
pub fn from_dynamic(value: &Dynamic) -> Option<Value> {
    json::from_dynamic(value)
}

/// The parts of the scripts that ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// The hooks, by file and name.
    pub hooks: BTreeSet<(Id, &'static str)>,
    /// The lines, by file, from 1.
    pub lines: BTreeSet<(Id, usize)>,
}

/// The parts of a script that can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runnable {
    /// The name of the script.
    pub script: Id,
    /// The file of the script.
    pub file: Id,
    /// The hooks that it defines, each with its line.
    pub hooks: Vec<(&'static str, usize)>,
    /// The lines on which its functions have statements.
    pub lines: BTreeSet<usize>,
}

/// Returns the parts of each script of a set that can run.
pub fn runnable(scripts: &Scripts) -> Vec<Runnable> {
    let of = |script: &Arc<super::set::Script>| Runnable {
        script: script.name.clone(),
        file: script.file.clone(),
        hooks: HOOKS.iter().filter_map(|hook| Some((hook.name, script.places.get(hook.name)?.0))).collect(),
        lines: script.with_functions(lines).unwrap_or_default(),
    };
    scripts.scripts.values().map(of).collect()
}

fn lines(ast: &rhai::AST) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    // Tests in a script's file do not count as lines of the script.
    let mut ast = ast.clone_functions_only();
    ast.retain_functions(|_, _, name, _| !name.starts_with(super::hooks::TEST));
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Stmt(Stmt::Noop(..)) | ASTNode::Expr(_)) | None => {}
            Some(node) => lines.extend(node.position().line()),
        }
        true
    });
    lines
}

thread_local! {
    static WATCHED: RefCell<Option<Ran>> = const { RefCell::new(None) };
}

/// Runs code, and returns the parts of scripts that ran meanwhile on this thread.
pub fn watch<T>(make: impl FnOnce() -> T) -> (T, Ran) {
    let before = WATCHED.replace(Some(Ran::default()));
    let made = make();
    (made, WATCHED.replace(before).unwrap_or_default())
}

/// Returns the engine that reports its position, while a watch is on.
pub(super) fn watched_runner() -> Option<&'static Engine> {
    static RUNNER: LazyLock<Engine> = LazyLock::new(|| {
        let mut engine = engine::calling();
        #[allow(deprecated, reason = "Rhai marks what it may still change as deprecated")]
        engine.register_debugger(
            |_, debugger| debugger,
            |context, _, _, file, place| {
                let line = place.line().filter(|_| context.call_level() > 0);
                note(|ran| ran.lines.extend(file.zip(line).map(|(file, line)| (Id::from(file), line))));
                Ok(DebuggerCommand::StepInto)
            },
        );
        engine
    });
    WATCHED.with_borrow(Option::is_some).then(|| &*RUNNER)
}

/// Records a call of a hook.
pub(super) fn hook_called(file: &Id, hook: &str) {
    let known = HOOKS.iter().find(|known| known.name == hook);
    note(|ran| ran.hooks.extend(known.map(|known| (file.clone(), known.name))));
}

fn note(what: impl FnOnce(&mut Ran)) {
    WATCHED.with_borrow_mut(|ran| {
        if let Some(ran) = ran {
            what(ran);
        }
    });
}
