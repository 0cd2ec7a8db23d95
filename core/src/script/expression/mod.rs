//! Plain expressions, which are evaluated without Rhai: a condition, or a hook whose body is one expression.
//!
//! A plain expression is made of members with plain values (`agent.load`, `contact.attributes.vip`, `now.hour`), literals,
//! parameters of the script, `+ - * / %`, comparisons, `&&`, `||`, `!`, `??` and `if`. It is compiled from Rhai's syntax tree
//! when the script is read, with every member resolved. Whatever makes something new or takes a number of steps that its
//! text does not bound is left to Rhai: text that is put together, lists and maps, `[ ]`, calls of functions, variables,
//! loops.
//!
//! Rhai defines the result. The evaluator counts the operations that Rhai would count, node by node, and gives a value only
//! if Rhai would give the same one within the operations that are left. For everything else (an overflow, a wrong type, a
//! value with elements, a budget that ends) it gives none, and Rhai is asked from the start: an expression changes nothing,
//! so that asking again is safe, and a failure has the message, the place and the cost that Rhai gives it.

mod compile;
mod evaluate;
mod operate;
#[cfg(test)]
mod oracle;
mod plainly;

use rhai::AST;

use super::functions::Function;
use super::hooks::HOOKS;
use super::members::OF_CONDITIONS;
use super::params::Params;
use super::plain::{Constant, Plain, Read};
use super::views::{Owner, TimeView};
use crate::routing::extension::{About, HookName, Row};
use compile::Compiler;
use evaluate::Evaluation;
use operate::Operator;
pub(super) use plainly::{PlainHooks, Plainly};

/// A compiled expression.
#[derive(Debug)]
pub(super) struct Expression(Node);

/// A part of an expression.
#[derive(Debug)]
struct Node {
    /// The operations that it costs apart from its operands and the texts that it reads.
    cost: u64,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Constant(Constant),
    /// A parameter of the script, by its index.
    Parameter(usize),
    Member(Read),
    /// A member of a time.
    OfTime(Box<Node>, fn(&TimeView) -> Plain<'static>),
    Attribute(Owner, Box<str>),
    Skill(Owner, Box<str>),
    Not(Box<Node>),
    Negative(Box<Node>),
    Binary(Operator, Box<[Node; 2]>),
    All(Box<[Node]>),
    Any(Box<[Node]>),
    /// The first of some that is something.
    Coalesce(Box<[Node]>),
    /// A condition, and the two branches.
    If(Box<[Node; 3]>),
}

/// The data that an expression reads.
pub(super) struct Sight<'d> {
    pub about: &'d About,
    /// The agent that it is about.
    pub row: Option<&'d Row>,
    pub params: &'d Params,
}

impl Expression {
    /// Compiles a condition; `None` if it is left to Rhai.
    pub fn of_condition(ast: &AST) -> Option<Expression> {
        let compiler = Compiler { names: &OF_CONDITIONS, params: &Params::default() };
        match ast.statements() {
            [statement] => compiler.statement(statement).map(Expression),
            _ => None,
        }
    }

    /// Compiles a hook of a script; `None` if it is left to Rhai.
    pub fn of_hook(functions: &AST, hook: HookName, params: &Params) -> Option<Expression> {
        let types = HOOKS.iter().find(|known| known.name == hook.as_str())?.params;
        let function = Function::all(functions).find(|function| function.name == hook.as_str())?;
        let names: Vec<_> = function.params.iter().map(String::as_str).zip(types.iter().copied()).collect();
        let compiler = Compiler { names: &names, params };
        let mut statements = Vec::new();
        function.for_each_statement(|statement| statements.push(compiler.statement(statement)));
        match <[_; 1]>::try_from(statements) {
            Ok([body]) => body.map(|body| Expression(body.costing(compile::CALL))),
            Err(_) => None,
        }
    }

    /// Returns the value, and the operations spent on it; `None` if Rhai has to be asked, which alone knows whether it fails
    /// and how. Fewer than the operations left are spent.
    pub fn evaluate<'d>(&'d self, sight: &'d Sight<'d>, left: u64) -> Option<(Plain<'d>, u64)> {
        let mut evaluation = Evaluation { sight, left };
        let value = evaluation.value(&self.0)?;
        Some((value, left - evaluation.left))
    }
}
