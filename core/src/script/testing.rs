//! Feature `script-testing`: what a runner of tests needs. The language of scripts with functions of the runner's own, and
//! which hooks and lines of the scripts ran.
//!
//! Nothing here is for a desk at work: watching scripts makes them several times slower.

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

/// The language of scripts, to which a runner adds its own functions, and whose limits it may widen. What it evaluates
/// goes through [`run`], which gives it operations to spend.
pub fn language() -> Engine {
    engine::hardened().0
}

/// Evaluates something, with so many operations to spend and constants that functions see by their plain name; gives what
/// `log(…)` wrote down, too. Scripts that run meanwhile have their own budget.
pub fn run<T>(operations: u64, constants: &[(String, Dynamic)], make: impl FnOnce() -> T) -> (T, Vec<String>) {
    let params = Params::new(constants.to_vec()).into();
    let mut session = Session::begin(Running { params, ..Running::default() }, operations, 0);
    let made = session.call(make);
    (made, session.end().log)
}

/// What an error of the language tells: what, where, and by which calls.
pub fn failure(error: EvalAltResult) -> Failure {
    *failure::of(error)
}

/// Why a text is not a script, in plain words.
pub fn unreadable(error: &rhai::ParseError) -> String {
    super::words::plain(&error.err_type().to_string())
}

/// Whether two values are equal, as scripts see it: `1 == 1.0`, and an agent is its id.
///
/// # Errors
/// When there are too many of them to look at.
pub fn same(a: &Dynamic, b: &Dynamic) -> Fallible<bool> {
    value::same(a, b)
}

/// A JSON value as scripts have it.
pub fn to_dynamic(value: &Value) -> Dynamic {
    json::to_dynamic(value)
}

/// A value as JSON; none for what JSON cannot say.
pub fn from_dynamic(value: &Dynamic) -> Option<Value> {
    json::from_dynamic(value)
}

/// What of the scripts ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// Hooks, by file and name.
    pub hooks: BTreeSet<(Id, &'static str)>,
    /// Lines, by file, from 1.
    pub lines: BTreeSet<(Id, usize)>,
}

/// What of a script can run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Runnable {
    /// Its name.
    pub script: Id,
    /// Its file.
    pub file: Id,
    /// The hooks that it defines, each with its line.
    pub hooks: Vec<(&'static str, usize)>,
    /// The lines on which its functions do something.
    pub lines: BTreeSet<usize>,
}

/// What can run of each script of a set.
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
    // A test in the file of its script is none of its lines.
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

/// Does something, and tells what of the scripts ran meanwhile on this thread.
pub fn watch<T>(make: impl FnOnce() -> T) -> (T, Ran) {
    let before = WATCHED.replace(Some(Ran::default()));
    let made = make();
    (made, WATCHED.replace(before).unwrap_or_default())
}

/// The engine that tells where it is, while someone watches.
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

/// Notes that a hook is called.
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
