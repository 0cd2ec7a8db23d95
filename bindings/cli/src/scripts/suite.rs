//! The tests of one file, and their outcomes.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::script::Scripts;
use frontdesk::script::testing::rhai::{
    AST, CallFnOptions, Dynamic, Engine, EvalAltResult, ParseError, Scope, ScriptFnMetadata,
};
use frontdesk::script::testing::{failure, run};
use frontdesk::{Code, Failure, Id, Problem};

use super::asserts::Broken;
use super::language::{Setting, engine};

/// The operations of a test; scripts that run in it have their own budget.
const OPERATIONS: u64 = 10_000_000;
/// The prefix of functions that are tests.
const TEST: &str = "test_";

/// A file with tests, ready to run.
pub struct Suite {
    /// The file.
    pub file: String,
    engine: Engine,
    ast: AST,
    constants: Vec<(String, Dynamic)>,
    failures: Arc<Mutex<BTreeSet<String>>>,
    claims: Arc<AtomicUsize>,
    /// The line and column at which each test begins.
    places: BTreeMap<String, (usize, usize)>,
    /// The names of tests without `test_`, in the order of the file.
    pub tests: Vec<String>,
}

/// A problem of a test file: line and column, and a sentence.
pub type Unreadable = (Option<(usize, usize)>, String);

/// The result of a test.
#[derive(Debug)]
pub struct Outcome {
    /// The name without `test_`.
    pub test: String,
    /// The reason why it failed.
    pub failed: Option<Why>,
    /// The lines it wrote with `log(…)`.
    pub log: Vec<String>,
    /// The failures of scripts during the test.
    pub failures: Vec<String>,
}

/// The reason why a test failed.
#[derive(Debug)]
pub enum Why {
    /// An assertion failed; with the calls that led to it.
    Broken(Broken, Vec<String>),
    /// It ended with an error.
    Error(Failure),
}

impl Suite {
    /// Compiles a file.
    pub fn read(file: &str, text: &str, scripts: &Scripts) -> Result<Suite, Unreadable> {
        let (failures, claims) = (Arc::default(), Arc::default());
        let script = file.strip_suffix(".rhai").unwrap_or(file);
        let script = script.strip_suffix(".test").unwrap_or(script).to_owned();
        let setting =
            Setting { scripts: scripts.clone(), script, failures: Arc::clone(&failures), claims: Arc::clone(&claims) };
        let mut engine = engine(setting, Arc::from(text));
        let constants = constants(&engine, text)?;
        let mut scope = Scope::new();
        for (name, _) in &constants {
            scope.push_constant(name, Dynamic::UNIT);
        }
        // Compile again, now that all names are known.
        engine.set_strict_variables(true);
        let ast = engine.compile_with_scope(&scope, text).map_err(unreadable)?;
        let missed = ast.iter_functions().filter_map(|function| near_miss(&function, text)).min();
        if let Some((offset, message)) = missed {
            return Err((Some(position(text, offset)), message));
        }
        let mut tests: Vec<(usize, String)> = ast
            .iter_functions()
            .filter(|function| function.params.is_empty())
            .filter_map(|function| {
                let name = function.name.strip_prefix(TEST)?.to_owned();
                Some((text.find(&format!("fn {}", function.name))?, name))
            })
            .collect();
        tests.sort_unstable();
        let places = tests.iter().map(|(offset, name)| (name.clone(), position(text, *offset))).collect();
        let tests = tests.into_iter().map(|(_, name)| name).collect();
        let ast = ast.clone_functions_only();
        Ok(Suite { file: file.to_owned(), engine, ast, constants, failures, claims, places, tests })
    }

    /// Runs a test.
    pub fn run(&self, test: &str) -> Outcome {
        let name = format!("{TEST}{test}");
        let options = CallFnOptions::new().eval_ast(false);
        self.claims.store(0, Ordering::Relaxed);
        let (ran, log) = run(OPERATIONS, &self.constants, || {
            self.engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &self.ast, &name, ())
        });
        let failures = mem::take(&mut *self.failures.lock().unwrap_or_else(PoisonError::into_inner));
        let failed = match ran {
            Err(error) => Some(self.placed(test, why(*error))),
            Ok(_) if self.claims.load(Ordering::Relaxed) == 0 => Some(self.placed(test, Why::Error(no_claim()))),
            Ok(_) => None,
        };
        Outcome { test: test.to_owned(), failed, log, failures: failures.into_iter().collect() }
    }
}

impl Suite {
    /// Adds a place to a failure: its own, or the beginning of the test if it was stopped from outside.
    fn placed(&self, test: &str, why: Why) -> Why {
        match (why, self.places.get(test)) {
            (Why::Error(failure), Some((line, column))) if failure.line.is_none() => {
                Why::Error(Failure { line: Some(*line), column: Some(*column), ..failure })
            }
            (why, _) => why,
        }
    }
}

/// Returns the failure of a test without an assertion, which would pass whatever scripts do.
fn no_claim() -> Failure {
    Failure {
        script: None,
        strategy: None,
        script_version: None,
        hook: Id::from(""),
        code: Id::from("no_assertion"),
        message: "the test asserts nothing (write assert(…), assert_eq(…) or assert_ne(…) in it)".to_owned(),
        file: None,
        line: None,
        column: None,
        calls: Vec::new(),
    }
}

/// Returns the line and a message for a function that nothing calls and that looks like a test.
fn near_miss(function: &ScriptFnMetadata<'_>, text: &str) -> Option<(usize, String)> {
    let name = function.name;
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let times_named = text.split(|c| !is_name(c)).filter(|word| *word == name).count();
    if times_named > 1 || Scripts::all_hooks().iter().any(|hook| hook.name == name) {
        return None;
    }
    let offset = text.find(&format!("fn {name}"))?;
    if name.starts_with(TEST) {
        let message = format!("the test `{name}` takes parameters, and a test takes none (write fn {name}())");
        return (!function.params.is_empty()).then_some((offset, message));
    }
    let beginning = name.split('_').next().unwrap_or_default();
    let is_near = name.to_lowercase().starts_with("test")
        || Problem::new(Code::UnknownHook, "").suggesting(beginning, ["test"]).hint.is_some();
    is_near.then(|| {
        (offset, format!("nobody calls `{name}`, and it is not a test (the name of a test begins with test_)"))
    })
}

/// Returns line and column of an offset.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// Evaluates the top-level constants, so that functions see them by their plain names.
fn constants(engine: &Engine, text: &str) -> Result<Vec<(String, Dynamic)>, Unreadable> {
    let ast = engine.compile(text).map_err(unreadable)?;
    let mut scope = Scope::new();
    let (ran, _) = run(OPERATIONS, &[], || engine.eval_ast_with_scope::<Dynamic>(&mut scope, &ast));
    ran.map(drop).map_err(|error| {
        let failure = failure(*error);
        (failure.line.map(|line| (line, failure.column.unwrap_or(1))), failure.message)
    })?;
    match scope.iter().find(|(_, is_constant, _)| !is_constant) {
        Some((name, ..)) => Err((None, format!("functions do not see the variable {name:?} (write const {name} = …)"))),
        None => Ok(scope.iter().map(|(name, _, value)| (name.to_owned(), value)).collect()),
    }
}

fn unreadable(error: ParseError) -> Unreadable {
    let place = error.position();
    (place.line().map(|line| (line, place.position().unwrap_or(1))), frontdesk::script::testing::unreadable(&error))
}

fn why(error: EvalAltResult) -> Why {
    let thrown = if let EvalAltResult::ErrorRuntime(thrown, _) = error.unwrap_inner() { Some(thrown) } else { None };
    let broken = thrown.and_then(|thrown| thrown.clone().try_cast::<Broken>());
    let failure = failure(error);
    match broken {
        Some(broken) => Why::Broken(broken, failure.calls),
        None => Why::Error(failure),
    }
}
