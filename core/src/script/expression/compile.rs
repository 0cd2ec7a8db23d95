//! Compiles Rhai's syntax tree, with the operations that Rhai counts for each node.

use rhai::{ASTFlags, BinaryExpr, Expr, FlowControl, FnCallExpr, Stmt, StmtBlock};

use super::{Kind, Node, Operator};
use crate::script::engine::plain_members;
use crate::script::library::value::Number;
use crate::script::members::type_of_member;
use crate::script::params::Params;
use crate::script::plain::{Constant, Read};
use crate::script::views::Owner;

/// The operations of a call of a function of the script, of a statement, of an expression, of reading a variable or a member
/// in a chain, and of a call of a native function.
pub(super) const CALL: u64 = 1;
const STATEMENT: u64 = 1;
const EXPRESSION: u64 = 1;
const LINK: u64 = 1;
pub(super) const NATIVE: u64 = 1;

/// The deepest nesting of nodes, which bounds the stack: a sum of a thousand terms nests as deeply.
const DEEPEST: usize = 64;

/// The names that an expression may use.
pub(super) struct Compiler<'c> {
    /// The names of views, with their types.
    pub names: &'c [(&'c str, &'static str)],
    pub params: &'c Params,
}

impl Node {
    fn of(cost: u64, kind: Kind) -> Node {
        Node { cost, kind }
    }

    /// Returns the node with a further cost.
    pub fn costing(self, more: u64) -> Node {
        Node { cost: self.cost + more, ..self }
    }
}

impl Compiler<'_> {
    /// Compiles a statement that is an expression.
    pub fn statement(&self, statement: &Stmt) -> Option<Node> {
        self.statement_within(statement, DEEPEST)
    }

    fn statement_within(&self, statement: &Stmt, levels: usize) -> Option<Node> {
        let levels = levels.checked_sub(1)?;
        let node = match statement {
            Stmt::Expr(expression) => self.expression(expression, levels),
            Stmt::FnCall(call, _) => self.operation(call, levels),
            Stmt::Block(block) => self.block(block, levels),
            Stmt::If(flow, _) => self.branches(flow, levels),
            _ => None,
        };
        node.map(|node| node.costing(STATEMENT))
    }

    /// Compiles a block with at most one statement.
    fn block(&self, block: &StmtBlock, levels: usize) -> Option<Node> {
        match block.statements() {
            [] => Some(Node::of(0, Kind::Constant(Constant::Nothing))),
            [statement] => self.statement_within(statement, levels),
            _ => None,
        }
    }

    fn branches(&self, flow: &FlowControl, levels: usize) -> Option<Node> {
        let condition = self.expression(&flow.expr, levels)?;
        let parts = [condition, self.block(&flow.body, levels)?, self.block(&flow.branch, levels)?];
        Some(Node::of(0, Kind::If(Box::new(parts))))
    }

    fn expression(&self, expression: &Expr, levels: usize) -> Option<Node> {
        let levels = levels.checked_sub(1)?;
        let constant = |constant| Some(Node::of(0, Kind::Constant(constant)));
        let node = match expression {
            Expr::Unit(_) => constant(Constant::Nothing),
            Expr::BoolConstant(truth, _) => constant(Constant::Truth(*truth)),
            Expr::IntegerConstant(number, _) => constant(Constant::Number(Number::Whole(*number))),
            Expr::FloatConstant(number, _) => constant(Constant::Number(Number::Point(**number))),
            Expr::StringConstant(text, _) => constant(Constant::Text(text.as_str().into())),
            Expr::Variable(variable, ..) => self.variable(&variable.1),
            Expr::Dot(link, flags, _) => self.chain(link, *flags),
            Expr::FnCall(call, _) => self.operation(call, levels),
            Expr::And(parts, _) => self.all(parts, levels).map(|parts| Node::of(0, Kind::All(parts))),
            Expr::Or(parts, _) => self.all(parts, levels).map(|parts| Node::of(0, Kind::Any(parts))),
            Expr::Coalesce(parts, _) => self.all(parts, levels).map(|parts| Node::of(0, Kind::Coalesce(parts))),
            Expr::Stmt(block) => self.block(block, levels),
            _ => None,
        };
        node.map(|node| node.costing(EXPRESSION))
    }

    fn all(&self, parts: &[Expr], levels: usize) -> Option<Box<[Node]>> {
        parts.iter().map(|part| self.expression(part, levels)).collect()
    }

    /// Compiles a name that stands alone: a parameter, or the time now of a condition.
    fn variable(&self, name: &str) -> Option<Node> {
        let kind = match self.type_of(name) {
            Some("time") => now()?,
            Some(_) => return None,
            None => Kind::Parameter(self.params.index(name)?),
        };
        Some(Node::of(0, kind))
    }

    fn type_of(&self, name: &str) -> Option<&'static str> {
        self.names.iter().find(|(known, _)| *known == name).map(|(_, of)| *of)
    }

    /// Compiles an operator with its operands.
    fn operation(&self, call: &FnCallExpr, levels: usize) -> Option<Node> {
        call.op_token.as_ref().filter(|_| !call.capture_parent_scope)?;
        let kind = match (call.name.as_str(), &*call.args) {
            ("!", [operand]) => Kind::Not(self.expression(operand, levels)?.into()),
            ("-", [operand]) => Kind::Negative(self.expression(operand, levels)?.into()),
            (name, [a, b]) => {
                let operands = [self.expression(a, levels)?, self.expression(b, levels)?];
                Kind::Binary(Operator::named(name)?, Box::new(operands))
            }
            _ => return None,
        };
        Some(Node::of(0, kind))
    }

    /// Compiles a chain of members that begins with a view.
    fn chain(&self, link: &BinaryExpr, flags: ASTFlags) -> Option<Node> {
        let Expr::Variable(root, ..) = &link.lhs else { return None };
        let links = links(link, flags)?;
        let mut point = Point::of_type(self.type_of(&root.1)?)?;
        // Rhai goes through the members of a longer chain twice: the first time for the arguments of functions in it.
        let twice = if links.len() > 1 { links.len() as u64 * LINK } else { 0 };
        let mut cost = LINK + twice;
        for name in links {
            let (next, calls) = point.follow(name)?;
            (point, cost) = (next, cost + calls);
        }
        Some(Node::of(cost, point.value()?))
    }
}

/// Returns the names of the members in a chain.
fn links(mut link: &BinaryExpr, mut flags: ASTFlags) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    loop {
        let (member, next) = match &link.rhs {
            Expr::Dot(next, flags, _) => (&next.lhs, Some((next, *flags))),
            last => (last, None),
        };
        let Expr::Property(property, _) = member else { return None };
        names.push(property.2.as_str());
        if !flags.is_empty() {
            return None;
        }
        let Some(next) = next else { return Some(names) };
        (link, flags) = (next.0, next.1);
    }
}

/// A point in a chain of members.
enum Point {
    /// A view of a type.
    View(&'static str),
    Attributes(Owner),
    Skills(Owner),
    Time(Kind),
    /// A value without members.
    Value(Kind),
}

impl Point {
    /// Returns the start of a chain.
    fn of_type(of: &'static str) -> Option<Point> {
        if of == "time" { now().map(Point::Time) } else { Some(Point::View(of)) }
    }

    /// Follows a link; returns the point and the operations of getting there.
    fn follow(self, name: &str) -> Option<(Point, u64)> {
        match self {
            Point::View(of) => Some((Point::member(of, name)?, NATIVE)),
            // Rhai looks for a getter first.
            Point::Attributes(owner) => Some((Point::Value(Kind::Attribute(owner, name.into())), 2 * NATIVE)),
            Point::Skills(owner) => Some((Point::Value(Kind::Skill(owner, name.into())), 2 * NATIVE)),
            Point::Time(at) => match plain_member("time", name)? {
                Read::Time(get) => Some((Point::Value(Kind::OfTime(Node::of(0, at).into(), get)), NATIVE)),
                Read::Agent(_) | Read::About(_) => None,
            },
            Point::Value(_) => None,
        }
    }

    fn member(of: &'static str, name: &str) -> Option<Point> {
        let given = type_of_member(of, name, false);
        match (plain_member(of, name), given) {
            (Some(read), Some("time")) => Some(Point::Time(Kind::Member(read))),
            (Some(read), _) => Some(Point::Value(Kind::Member(read))),
            (None, Some("attributes")) => owner(of).map(Point::Attributes),
            (None, Some("skills")) => owner(of).map(Point::Skills),
            (None, given) => given.map(Point::View),
        }
    }

    /// Returns the value at the end of a chain.
    fn value(self) -> Option<Kind> {
        match self {
            Point::Time(kind) | Point::Value(kind) => Some(kind),
            Point::View(_) | Point::Attributes(_) | Point::Skills(_) => None,
        }
    }
}

fn owner(of: &str) -> Option<Owner> {
    match of {
        "agent" => Some(Owner::Agent),
        "conversation" => Some(Owner::Conversation),
        "contact" => Some(Owner::Contact),
        _ => None,
    }
}

fn plain_member(of: &str, name: &str) -> Option<Read> {
    let mut members = plain_members().iter();
    members.find(|known| known.member.of == of && known.member.name() == name).map(|known| known.read)
}

/// Reads the time of the decision.
fn now() -> Option<Kind> {
    plain_member("desk", "now").map(Kind::Member)
}
