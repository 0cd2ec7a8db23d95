//! Finds misspelt members in scripts and conditions from their text alone: an agent, a conversation, a contact and the desk
//! have a fixed list of members.
//!
//! A variable has a type here if all its values have that type. Nothing is reported about other variables: a false alarm is
//! worse than silence.

use std::collections::{BTreeMap, BTreeSet};

use rhai::{AST, ASTNode, Dynamic, Expr, FnPtr, Position, Stmt};
use rustc_hash::FxHashMap;

use super::api::Member;
use super::engine::members;
use super::functions::Function;
use super::hooks::{HOOKS, TEST};
use super::library::value::called;
use crate::problem::{Code, Problem};

/// The name of a type; `None` if it is not known.
pub(super) type Type = Option<&'static str>;

/// The types of variables by name.
type Types = FxHashMap<String, Type>;

/// An unknown member, and its place.
pub(super) struct Unknown {
    pub problem: Problem,
    pub place: Position,
}

/// The names of a condition, with their types.
pub(super) const OF_CONDITIONS: [(&str, &str); 5] = [
    ("conversation", "conversation"),
    ("contact", "contact"),
    ("channel", "channel"),
    ("inbox", "inbox"),
    ("now", "time"),
];

/// The number of passes over the types of variables; each uses the results of the one before.
const ROUNDS: usize = 3;

/// Returns the unknown members that a script uses.
pub(super) fn of_script(ast: &AST) -> Vec<Unknown> {
    let mut reading = Reading::of(ast);
    for _ in 0..ROUNDS {
        reading.read_all();
    }
    reading.found = Some(Vec::new());
    reading.read_all();
    sorted(reading.found)
}

/// Returns the unknown members that a condition uses, and the type of its result.
pub(super) fn of_condition(ast: &AST) -> (Vec<Unknown>, Type) {
    let mut reading = Reading::of(ast);
    reading.found = Some(Vec::new());
    let types = OF_CONDITIONS.iter().map(|(name, of)| ((*name).to_owned(), Some(*of))).collect();
    let mut body = ast.clone();
    body.clear_functions();
    reading.read(&body, types);
    let given = match ast.statements() {
        [Stmt::Expr(expression)] => reading.typed(expression, &reading.condition),
        [Stmt::FnCall(call, _)] => reading.type_of_call(call, &reading.condition),
        _ => None,
    };
    (sorted(reading.found), given)
}

fn sorted(found: Option<Vec<Unknown>>) -> Vec<Unknown> {
    let mut found = found.unwrap_or_default();
    found.sort_by_key(|a| (a.place.line(), a.place.position()));
    found
}

/// The state of reading a text.
struct Reading {
    functions: BTreeMap<(String, usize), Function>,
    /// The types of the arguments of the script's functions, for every call.
    given: FxHashMap<(String, usize), Vec<Type>>,
    /// The names of a condition.
    condition: Types,
    /// The closures that were read as arguments of a call.
    read_closures: BTreeSet<String>,
    /// The members found; `None` while only types are collected.
    found: Option<Vec<Unknown>>,
}

impl Reading {
    fn of(ast: &AST) -> Self {
        let functions = Function::all(ast).map(|it| ((it.name.clone(), it.params.len()), it));
        let functions = functions.collect();
        Reading {
            functions,
            given: FxHashMap::default(),
            condition: OF_CONDITIONS.iter().map(|(name, of)| ((*name).to_owned(), Some(*of))).collect(),
            read_closures: BTreeSet::default(),
            found: None,
        }
    }

    /// Reads all functions except closures, which are read at their place, and tests, which have functions of their own.
    fn read_all(&mut self) {
        self.read_closures.clear();
        for ((name, arity), function) in self.functions.clone() {
            if name.starts_with("anon$") || name.starts_with(TEST) {
                continue;
            }
            let hook = HOOKS.iter().find(|hook| hook.name == name && hook.params.len() == arity);
            let given: Vec<Type> = match hook {
                Some(hook) => hook.params.iter().map(|param| type_of_param(param)).collect(),
                None => self.given.get(&(name, arity)).cloned().unwrap_or_default(),
            };
            let of = |place: usize| given.get(place).copied().flatten();
            let types = function.params.iter().enumerate().map(|(place, name)| (name.clone(), of(place))).collect();
            self.read(&function.body, types);
        }
    }

    /// Reads a text in which these variables are known.
    fn read(&mut self, body: &AST, known: Types) {
        let types = self.types_of_variables(body, &known);
        body.walk(&mut |path: &[ASTNode<'_>]| {
            match path.last() {
                Some(ASTNode::Expr(expression)) => self.look_at(expression, &types),
                Some(ASTNode::Stmt(Stmt::FnCall(call, _))) => self.note_call(&call.name, &call.args, &types),
                _ => {}
            }
            true
        });
    }

    fn types_of_variables(&self, body: &AST, known: &Types) -> Types {
        let mut types = known.clone();
        for _ in 0..ROUNDS {
            let mut next = known.clone();
            body.walk(&mut |path: &[ASTNode<'_>]| {
                if let Some(ASTNode::Stmt(statement)) = path.last() {
                    self.declare(statement, &types, &mut next);
                }
                true
            });
            types = next;
        }
        types
    }

    /// Collects the types of variables from a statement.
    fn declare(&self, statement: &Stmt, types: &Types, next: &mut Types) {
        match statement {
            Stmt::Var(it, ..) => give(next, &it.0.name, self.typed(&it.1, types)),
            Stmt::For(it, _) => {
                let of = if self.typed(&it.2.expr, types) == Some("agents") { Some("agent") } else { None };
                give(next, &it.0.name, of);
                if let Some(counter) = &it.1 {
                    give(next, &counter.name, Some("number"));
                }
            }
            Stmt::Assignment(it) => {
                if let Expr::Variable(variable, ..) = &it.1.lhs {
                    give(next, &variable.1, if it.0.is_op_assignment() { None } else { self.typed(&it.1.rhs, types) });
                }
            }
            Stmt::TryCatch(it, _) => {
                if let Expr::Variable(variable, ..) = &it.expr {
                    give(next, &variable.1, None);
                }
            }
            _ => {}
        }
    }

    fn look_at(&mut self, expression: &Expr, types: &Types) {
        match expression {
            Expr::Dot(it, ..) => {
                let of = self.typed(&it.lhs, types);
                self.follow(of, &it.rhs, types);
            }
            Expr::FnCall(call, _) => self.note_call(&call.name, &call.args, types),
            Expr::DynamicConstant(value, _) => {
                if let Some(name) = name_of_closure(value) {
                    self.read_closure(&name, None, types);
                }
            }
            _ => {}
        }
    }

    /// Collects the types of the arguments of a call.
    fn note_call(&mut self, name: &str, args: &[Expr], types: &Types) {
        if !self.functions.contains_key(&(name.to_owned(), args.len())) {
            return;
        }
        let given: Vec<Type> = args.iter().map(|it| self.typed(it, types)).collect();
        let known = self.given.entry((name.to_owned(), args.len())).or_insert_with(|| given.clone());
        for (known, given) in known.iter_mut().zip(given) {
            if *known != given {
                *known = None;
            }
        }
    }

    /// Reads a closure. Its last parameter is the element; the ones before are captured variables.
    fn read_closure(&mut self, name: &str, about: Type, types: &Types) {
        let closure = self.functions.iter().find(|((known, _), _)| known == name).map(|(_, closure)| closure.clone());
        let Some(closure) = closure.filter(|_| self.read_closures.insert(name.to_owned())) else { return };
        let around = |name: &String| (name.clone(), types.get(name).copied().flatten());
        let mut own: Types = closure.params.iter().map(around).collect();
        if let Some(last) = closure.params.last().filter(|last| about.is_some() || !types.contains_key(*last)) {
            own.insert(last.clone(), about);
        }
        self.read(&closure.body, own);
    }

    /// Follows a chain of members from a value of a type; returns the type of the last.
    fn follow(&mut self, of: Type, rest: &Expr, types: &Types) -> Type {
        match rest {
            Expr::Dot(it, ..) => {
                let of = self.follow(of, &it.lhs, types);
                self.follow(of, &it.rhs, types)
            }
            Expr::Property(property, place) => {
                self.check(of, &property.2, false, *place);
                of.and_then(|of| type_of_member(of, &property.2, false))
            }
            Expr::MethodCall(call, place) => {
                if of == Some("agents") {
                    for name in call.args.iter().filter_map(closure_in) {
                        self.read_closure(&name, Some("agent"), types);
                    }
                }
                if !self.functions.keys().any(|(name, _)| *name == call.name) {
                    self.check(of, &call.name, true, *place);
                }
                of.and_then(|of| type_of_member(of, &call.name, true))
            }
            _ => None,
        }
    }

    /// Reports a member that a type does not have.
    fn check(&mut self, of: Type, name: &str, is_call: bool, place: Position) {
        let Some((of, found)) = of.zip(self.found.as_mut()) else { return };
        if let Some(problem) = lacking(of, name, is_call) {
            found.push(Unknown { problem, place });
        }
    }

    /// Returns the type of an expression.
    fn typed(&self, expression: &Expr, types: &Types) -> Type {
        match expression {
            Expr::Variable(it, ..) => types.get(it.1.as_str()).copied().flatten(),
            Expr::BoolConstant(..) | Expr::And(..) | Expr::Or(..) => Some("bool"),
            Expr::IntegerConstant(..) | Expr::FloatConstant(..) => Some("number"),
            Expr::StringConstant(..) | Expr::InterpolatedString(..) => Some("text"),
            Expr::CharConstant(..) => Some("char"),
            Expr::Array(..) => Some("list"),
            Expr::Map(..) => Some("map"),
            Expr::Unit(..) => Some("()"),
            Expr::Dot(it, ..) => self.end_of(self.typed(&it.lhs, types), &it.rhs),
            Expr::FnCall(call, _) => self.type_of_call(call, types),
            _ => None,
        }
    }

    fn end_of(&self, of: Type, rest: &Expr) -> Type {
        match rest {
            Expr::Dot(it, ..) => self.end_of(self.end_of(of, &it.lhs), &it.rhs),
            Expr::Property(property, _) => type_of_member(of?, &property.2, false),
            Expr::MethodCall(call, _) => type_of_member(of?, &call.name, true),
            _ => None,
        }
    }

    fn type_of_call(&self, call: &rhai::FnCallExpr, types: &Types) -> Type {
        if self.functions.keys().any(|(name, _)| *name == call.name) {
            return None;
        }
        match call.name.as_str() {
            "==" | "!=" | "<" | "<=" | ">" | ">=" | "!" | "contains" => Some("bool"),
            "-" | "*" | "/" | "%" => {
                let all_numbers = call.args.iter().all(|it| self.typed(it, types) == Some("number"));
                all_numbers.then_some("number")
            }
            "+" => {
                let of = call.args.first().and_then(|it| self.typed(it, types));
                of.filter(|of| *of == "number" || *of == "text")
            }
            name => members().iter().find(|it| it.of == "everywhere" && it.name() == name).and_then(|it| given_by(it)),
        }
    }
}

/// Gives a variable a type; with two different types, it is unknown.
fn give(types: &mut Types, name: &str, of: Type) {
    types
        .entry(name.to_owned())
        .and_modify(|known| {
            if *known != of {
                *known = None
            }
        })
        .or_insert(of);
}

/// Returns the name of the closure in an argument, with or without captured variables.
fn closure_in(argument: &Expr) -> Option<String> {
    match argument {
        Expr::DynamicConstant(value, _) => name_of_closure(value),
        Expr::FnCall(call, _) => call.args.iter().find_map(closure_in),
        Expr::Stmt(block) => match block.statements().last()? {
            Stmt::Expr(expression) => closure_in(expression),
            Stmt::FnCall(call, _) => call.args.iter().find_map(closure_in),
            _ => None,
        },
        _ => None,
    }
}

fn name_of_closure(value: &Dynamic) -> Option<String> {
    Some(value.read_lock::<FnPtr>()?.fn_name().to_owned())
}

/// Returns the members of a type that has a fixed list of them.
fn of_type(of: &str) -> impl Iterator<Item = &'static Member> {
    members().iter().filter(move |member| member.of == of)
}

fn is_function(member: &Member) -> bool {
    // The type of a value follows the colon, and may contain `()`.
    member.signature.chars().find(|c| matches!(c, '(' | ':')) == Some('(')
}

/// Returns the type of a hook's parameter.
pub(super) fn type_of_param(name: &str) -> Type {
    type_named(if name == "candidates" { "agents" } else { name })
}

/// Returns the type of a name, if it has members.
fn type_named(name: &str) -> Type {
    members().iter().map(|member| member.of).find(|of| *of == name)
}

/// Returns the type of a member's value or result.
fn given_by(member: &Member) -> Type {
    let kind = match is_function(member) {
        true => member.signature.rsplit_once("-> ")?.1,
        false => member.signature.split_once(": ")?.1,
    };
    let kind = kind.strip_suffix(" or ()").unwrap_or(kind);
    match kind {
        "int" | "float" | "number" => Some("number"),
        "bool" => Some("bool"),
        _ if kind.starts_with("list of ") => Some("list"),
        _ => type_named(kind),
    }
}

/// Returns the type of a member's value or result.
pub(super) fn type_of_member(of: &str, name: &str, is_call: bool) -> Type {
    if of == "skills" && !is_call {
        return Some("number");
    }
    let member = of_type(of).find(|member| member.name() == name && is_function(member) == is_call);
    member.and_then(given_by)
}

/// Returns the problem of a member that a type does not have.
fn lacking(of: &'static str, name: &str, is_call: bool) -> Option<Problem> {
    // Keys of attributes, skills and maps can have any name.
    let is_open = !is_call && matches!(of, "attributes" | "skills" | "map");
    let is_length = !is_call && name == "len" && of_type(of).any(|member| member.name() == "len");
    let of_language =
        is_call && (matches!(name, "type_of" | "call") || of_type("everywhere").any(|it| it.name() == name));
    if is_open || is_length || of_language || of_type(of).next().is_none() {
        return None;
    }
    let Some(member) = of_type(of).find(|member| member.name() == name) else {
        let message = format!("there is no `{name}` of {}", called(of));
        return Some(Problem::new(Code::UnknownMember, message).suggesting(name, of_type(of).map(Member::name)));
    };
    match (is_function(member), is_call) {
        (true, false) => Some(
            Problem::new(Code::UnknownMember, format!("`{name}` is a function of {}", called(of)))
                .with_hint(format!("write it with parentheses: {}", member.signature)),
        ),
        (false, true) => Some(
            Problem::new(Code::UnknownMember, format!("`{name}` is a value of {}", called(of)))
                .with_hint("write it without parentheses"),
        ),
        (true, true) | (false, false) => None,
    }
}

/// Returns the name of a type in messages.
pub(super) fn type_called(of: &str) -> &str {
    match of {
        "number" => "a number",
        "bool" => "true or false",
        other => called(other),
    }
}
