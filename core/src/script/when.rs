//! Conditions as expressions: `"when": "contact.attributes.spend > 10000 && now.hour < 12"`.

use std::fmt;
use std::sync::Arc;

use rhai::{AST, Dynamic, ParseError, Scope};

use super::budget::{Meter, OPERATIONS, Running, Session};
use super::engine::{MOST_SOURCE, strict, with_runner};
use super::expression::{Expression, Sight};
use super::failure;
use super::library::value::kind;
use super::params::Params;
use super::plain::Plain;
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
    let compiled = read(text).map(|ast| Compiled { expression: Expression::of_condition(&ast), ast });
    Arc::new(When(
        compiled.map_err(|problem| Box::new(Failure::new(problem.code.as_str(), problem.message).of_hook(WHEN))),
    ))
}

struct When(Failed<Compiled>);

struct Compiled {
    /// The condition, if it is a plain expression.
    expression: Option<Expression>,
    ast: AST,
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("When").finish_non_exhaustive()
    }
}

impl Condition for When {
    fn holds(&self, about: &Arc<About>) -> Failed<bool> {
        let compiled = self.0.as_ref().map_err(Clone::clone)?;
        compiled.holds_plainly(about).map_or_else(|| compiled.ask(about), Ok)
    }
}

impl Compiled {
    /// Returns the truth of a plain expression; `None` if Rhai has to be asked.
    fn holds_plainly(&self, about: &About) -> Option<bool> {
        let mut meter = Meter::begin(OPERATIONS, 0);
        let sight = Sight { about, row: None, params: &Params::default() };
        let (value, spent) = self.expression.as_ref()?.evaluate(&sight, meter.left(about))?;
        let Plain::Truth(holds) = value else { return None };
        meter.spend(spent);
        meter.settle(&about.allowance);
        Some(holds)
    }

    /// Asks Rhai.
    fn ask(&self, about: &Arc<About>) -> Failed<bool> {
        let running = Running {
            about: Some(Arc::clone(about)),
            deadline: about.deadline.clone(),
            allowance: Some(about.allowance.clone()),
            ..Running::default()
        };
        let ask = || with_runner(|runner| runner.eval_ast_with_scope::<Dynamic>(&mut Scope::new(), &self.ast));
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
