//! All that a step asks of its script happens inside one evaluation, so that what Rhai finds out in one call (which function a
//! name stands for) serves the next.
//!
//! Rhai calls back from an evaluation where a word of the language does, so the runner has one more, which no script can use:
//! the engines that read scripts do not know it.

use std::cell::RefCell;
use std::rc::Rc;

use rhai::{AST, Dynamic, Engine, EvalAltResult, ParseError, Scope};

use super::budget::{Fallible, uncounted};
use super::engine::with_runner;

/// The word that has the job done.
const WORD: &str = "do_the_job";

/// Calls a function of the script that is evaluated.
pub(super) type Calls<'c> = dyn FnMut(&str, &mut [&mut Dynamic]) -> Fallible<Dynamic> + 'c;

type Job = Box<dyn FnOnce(&mut Calls<'_>)>;

thread_local! {
    static JOB: RefCell<Option<Job>> = const { RefCell::new(None) };
}

/// Teaches a runner the word.
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

/// A script that does a job with the functions of another.
pub(super) fn around(functions: &AST) -> Result<AST, ParseError> {
    let mut around = with_runner(|runner| runner.compile(WORD))?.merge(functions);
    match functions.source() {
        Some(source) => around.set_source(source),
        None => around.clear_source(),
    };
    Ok(around)
}

/// Does a job inside of an evaluation; none when that did not come to it.
pub(super) fn inside<T: 'static>(around: &AST, job: impl FnOnce(&mut Calls<'_>) -> T + 'static) -> Fallible<Option<T>> {
    let done = Rc::new(RefCell::new(None));
    let result = Rc::clone(&done);
    let before = JOB.replace(Some(Box::new(move |calls| *result.borrow_mut() = Some(job(calls)))));
    let evaluated =
        uncounted(|| with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), around)));
    JOB.set(before);
    evaluated.map(|_| done.take())
}

/// An error as it was inside of the function that was called.
fn inner(error: EvalAltResult, function: &str) -> EvalAltResult {
    match error {
        EvalAltResult::ErrorInFunctionCall(name, _, inner, _) if name == function => *inner,
        other => other,
    }
}
