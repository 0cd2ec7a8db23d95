//! Conditions as expressions: `"when": "contact.attributes.spend > 10000 && now.hour < 12"`.

use std::fmt;
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseError, Scope};

use super::budget::{OPERATIONS, Running, Session};
use super::engine::{MOST_SOURCE, strict, with_runner};
use super::failure;
use super::library::value::kind;
use super::views::NAMES;
use super::words::plain;
use crate::problem::{Code, Problem};
use crate::routing::extension::{About, Condition, Failed, Failure};

const WHEN: &str = "when";

/// Compiles an expression; its names are `conversation`, `contact`, `channel`, `inbox` and `now`.
pub(super) fn read(text: &str) -> Result<AST, Problem> {
    if text.len() > MOST_SOURCE {
        return Err(Problem::new(Code::InvalidScript, format!("a condition has at most {MOST_SOURCE} bytes")));
    }
    let mut scope = Scope::new();
    for (name, _) in NAMES {
        scope.push_constant(name, Dynamic::UNIT);
    }
    strict().compile_expression_with_scope(&scope, text).map_err(|error| unreadable(&error))
}

fn unreadable(error: &ParseError) -> Problem {
    let what = plain(&error.err_type().to_string());
    let place = match (error.position().line(), error.position().position()) {
        (Some(1) | None, Some(column)) => format!(" at its character {column}"),
        (Some(line), Some(column)) => format!(" at its line {line}, character {column}"),
        _ => String::new(),
    };
    let problem = Problem::new(Code::InvalidScript, format!("this is not a condition: {what}{place}"));
    match error.err_type() {
        rhai::ParseErrorType::VariableUndefined(name) => problem.suggesting(name, NAMES.map(|(name, _)| name)),
        _ => problem,
    }
}

/// Checks that a text is a valid condition.
pub(crate) fn check_when(text: &str) -> Result<(), Problem> {
    read(text).map(|_| ())
}

/// Compiles a condition.
pub(crate) fn compile_when(text: &str) -> Arc<dyn Condition> {
    Arc::new(When(
        read(text).map_err(|problem| Box::new(Failure::new(problem.code.as_str(), problem.message).of_hook(WHEN))),
    ))
}

struct When(Failed<AST>);

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When").finish_non_exhaustive()
    }
}

impl Condition for When {
    fn holds(&self, about: &Arc<About>) -> Failed<bool> {
        let ast = self.0.as_ref().map_err(Clone::clone)?;
        let running = Running {
            about: Some(Arc::clone(about)),
            deadline: about.deadline.clone(),
            allowance: Some(about.allowance.clone()),
            ..Running::default()
        };
        let ask = || with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), ast));
        let mut session = Session::begin(running, OPERATIONS, 0);
        let answer = session.call(ask);
        let answer = session.answered(answer).and_then(|answer| {
            answer.as_bool().map_err(|_| {
                failure::nonsense(format!("a condition is true or false, this one gave {}", kind(&answer)))
            })
        });
        answer.map_err(|failure| Box::new(failure.of_hook(WHEN)))
    }
}
