//! Runs all calls of a step inside one evaluation, so that Rhai's caches of one call (the function that a name refers to)
//! serve the next.
//!
//! Rhai calls native code from an evaluation at a keyword of the language. The engine that runs scripts has one more
//! keyword, which scripts cannot use: the engines that compile scripts do not know it.

use std::cell::RefCell;
use std::rc::Rc;

use rhai::{AST, Dynamic, Engine, EvalAltResult, ParseError, Scope};

use super::budget::{Fallible, uncounted};
use super::engine::with_runner;

/// The keyword that runs the job.
const WORD: &str = "do_the_job";

/// Calls a function of the evaluated script.
pub(super) type Calls<'c> = dyn FnMut(&str, &mut [&mut Dynamic]) -> Fallible<Dynamic> + 'c;

type Job = Box<dyn FnOnce(&mut Calls<'_>)>;

thread_local! {
    static JOB: RefCell<Option<Job>> = const { RefCell::new(None) };
}

/// Registers the keyword.
pub(super) fn register(runner: &mut Engine) -> Result<(), ParseError> {
    runner.register_custom_syntax([WORD], false, |context, _| {
        if let Some(job) = JOB.take() {
            job(&mut |function, args| {
                context.call_fn_raw(function, false, false, args).map_err(|it| inner(*it, function).into())
            });
        }
        Ok(Dynamic::UNIT)
    })?;
    Ok(())
}

/// Compiles a script that runs a job with the functions of another.
pub(super) fn around(functions: &AST) -> Result<AST, ParseError> {
    let mut around = with_runner(|runner| runner.compile(WORD))?.merge(functions);
    match functions.source() {
        Some(source) => around.set_source(source),
        None => around.clear_source(),
    };
    Ok(around)
}

/// Runs a job inside an evaluation; `None` if the evaluation did not reach it.
pub(super) fn inside<T: 'static>(around: &AST, job: impl FnOnce(&mut Calls<'_>) -> T + 'static) -> Fallible<Option<T>> {
    let done = Rc::new(RefCell::new(None));
    let result = Rc::clone(&done);
    let before = JOB.replace(Some(Box::new(move |calls| *result.borrow_mut() = Some(job(calls)))));
    let evaluated =
        uncounted(|| with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), around)));
    JOB.set(before);
    evaluated.map(|_| done.take())
}

/// Returns an error without the call that wraps it.
fn inner(error: EvalAltResult, function: &str) -> EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(name, _, inner, _) if name == function => *inner,
        other => other,
    }
}
