//! The tests of one file, and what comes of them.

use std::collections::BTreeSet;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use frontdesk::Failure;
use frontdesk::script::Scripts;
use frontdesk::script::testing::rhai::{AST, CallFnOptions, Dynamic, Engine, EvalAltResult, ParseError, Scope};
use frontdesk::script::testing::{failure, run};

use super::asserts::Broken;
use super::language::{Setting, engine};

/// How many operations a test has; the scripts that run in it have their own.
const OPERATIONS: u64 = 10_000_000;
/// How the functions begin that are tests.
const TEST: &str = "test_";

/// A file with tests, ready to run.
pub struct Suite {
    /// The file.
    pub file: String,
    engine: Engine,
    ast: AST,
    constants: Vec<(String, Dynamic)>,
    failures: Arc<Mutex<BTreeSet<String>>>,
    /// Names of tests without `test_`, in the order of the file.
    pub tests: Vec<String>,
}

/// What is wrong with a file of tests: line, column, in a sentence.
pub type Unreadable = (Option<(usize, usize)>, String);

/// What came of a test.
#[derive(Debug)]
pub struct Outcome {
    /// Its name without `test_`.
    pub test: String,
    /// Why it failed.
    pub failed: Option<Why>,
    /// What it wrote down with `log(…)`.
    pub log: Vec<String>,
    /// What scripts failed at meanwhile.
    pub failures: Vec<String>,
}

/// Why a test failed.
#[derive(Debug)]
pub enum Why {
    /// A claim does not hold.
    Broken(Broken, Vec<String>),
    /// It did not come to its end.
    Error(Failure),
}

impl Suite {
    /// Reads a file.
    pub fn read(file: &str, text: &str, scripts: &Scripts) -> Result<Suite, Unreadable> {
        let failures = Arc::default();
        let script = file.strip_suffix(".rhai").unwrap_or(file);
        let script = script.strip_suffix(".test").unwrap_or(script).to_owned();
        let setting = Setting { scripts: scripts.clone(), script, failures: Arc::clone(&failures) };
        let mut engine = engine(setting, Arc::from(text));
        let constants = constants(&engine, text)?;
        let mut scope = Scope::new();
        for (name, _) in &constants {
            scope.push_constant(name, Dynamic::UNIT);
        }
        // Once more, now that all names are known.
        engine.set_strict_variables(true);
        let ast = engine.compile_with_scope(&scope, text).map_err(unreadable)?;
        let mut tests: Vec<(usize, String)> = ast
            .iter_functions()
            .filter(|function| function.params.is_empty())
            .filter_map(|function| {
                let name = function.name.strip_prefix(TEST)?.to_owned();
                Some((text.find(&format!("fn {}", function.name))?, name))
            })
            .collect();
        tests.sort_unstable();
        let tests = tests.into_iter().map(|(_, name)| name).collect();
        let ast = ast.clone_functions_only();
        Ok(Suite { file: file.to_owned(), engine, ast, constants, failures, tests })
    }

    /// Runs a test.
    pub fn run(&self, test: &str) -> Outcome {
        let name = format!("{TEST}{test}");
        let options = CallFnOptions::new().eval_ast(false);
        let (ran, log) = run(OPERATIONS, &self.constants, || {
            self.engine.call_fn_with_options::<Dynamic>(options, &mut Scope::new(), &self.ast, &name, ())
        });
        let failures = mem::take(&mut *self.failures.lock().unwrap_or_else(PoisonError::into_inner));
        let failed = ran.err().map(|error| why(*error));
        Outcome { test: test.to_owned(), failed, log, failures: failures.into_iter().collect() }
    }
}

/// The constants at the top, which functions see by their plain name.
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
    (place.line().map(|line| (line, place.position().unwrap_or(1))), error.err_type().to_string())
}

fn why(error: EvalAltResult) -> Why {
    let broken = match error.unwrap_inner() {
        EvalAltResult::ErrorRuntime(thrown, _) => thrown.clone().try_cast::<Broken>(),
        _ => None,
    };
    let failure = failure(error);
    match broken {
        Some(broken) => Why::Broken(broken, failure.calls),
        None => Why::Error(failure),
    }
}
