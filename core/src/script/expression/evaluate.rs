//! Evaluates expressions.

use super::compile::NATIVE;
use super::{Kind, Node, Operator, Sight};
use crate::script::budget::operations_of;
use crate::script::library::value::Number;
use crate::script::plain::{Plain, Read};
use crate::script::views::{Owner, TimeView, level};

/// An evaluation under way.
pub(super) struct Evaluation<'d> {
    pub sight: &'d Sight<'d>,
    /// The operations left.
    pub left: u64,
}

impl<'d> Evaluation<'d> {
    /// Returns the value of a node; `None` if Rhai has to be asked.
    pub fn value(&mut self, node: &'d Node) -> Option<Plain<'d>> {
        self.spend(node.cost)?;
        match &node.kind {
            Kind::Constant(constant) => Some(constant.plain()),
            Kind::Parameter(index) => self.charged(self.sight.params.plain(*index)?),
            Kind::Member(read) => self.charged(self.member(*read)?),
            Kind::OfTime(at, get) => self.of_time(at, *get),
            Kind::Attribute(owner, name) => self.attribute(*owner, name),
            Kind::Skill(owner, name) => Some(self.skill(*owner, name)),
            Kind::Not(operand) => Some(Plain::Truth(!self.truth(operand)?)),
            Kind::Negative(operand) => negative(self.value(operand)?),
            Kind::Binary(operator, operands) => self.binary(*operator, operands),
            Kind::All(parts) => self.chain_of(parts, true),
            Kind::Any(parts) => self.chain_of(parts, false),
            Kind::Coalesce(parts) => self.coalesce(parts),
            Kind::If(parts) => self.branch(parts),
        }
    }

    /// Counts operations. An expression that would spend the last one is left to Rhai, which then looks at the budget and the
    /// deadline.
    fn spend(&mut self, operations: u64) -> Option<()> {
        self.left = self.left.checked_sub(operations).filter(|left| *left > 0)?;
        Some(())
    }

    /// Counts a value that is read by its size.
    fn charged(&mut self, value: Plain<'d>) -> Option<Plain<'d>> {
        self.spend(operations_of(value.weight()))?;
        Some(value)
    }

    fn member(&self, read: Read) -> Option<Plain<'d>> {
        match read {
            Read::Agent(get) => self.sight.row.map(get),
            Read::About(get) => Some(get(self.sight.about)),
            Read::Time(_) => None,
        }
    }

    fn of_time(&mut self, at: &'d Node, get: fn(&TimeView) -> Plain<'static>) -> Option<Plain<'d>> {
        match self.value(at)? {
            Plain::Time(at) => self.charged(get(&TimeView { at, zone: self.sight.about.zone.clone() })),
            _ => None,
        }
    }

    fn attribute(&mut self, owner: Owner, name: &str) -> Option<Plain<'d>> {
        let agent = self.sight.row.map(|row| &*row.entry);
        let found = owner.attributes(agent, &self.sight.about.details).and_then(|all| all.get(name));
        self.charged(found.map_or(Some(Plain::Nothing), Plain::of_json)?)
    }

    fn skill(&self, owner: Owner, name: &str) -> Plain<'d> {
        let agent = self.sight.row.map(|row| &*row.entry);
        Plain::whole(level(owner.skills(agent, &self.sight.about.details), name))
    }

    fn truth(&mut self, node: &'d Node) -> Option<bool> {
        if let Plain::Truth(truth) = self.value(node)? { Some(truth) } else { None }
    }

    fn binary(&mut self, operator: Operator, [a, b]: &'d [Node; 2]) -> Option<Plain<'d>> {
        let (a, b) = (self.value(a)?, self.value(b)?);
        // Operators of times are native functions.
        if matches!((a, b), (Plain::Time(_), _) | (_, Plain::Time(_))) {
            self.spend(NATIVE)?;
        }
        operator.apply(a, b)
    }

    /// Evaluates parts as long as they have one truth.
    fn chain_of(&mut self, parts: &'d [Node], wanted: bool) -> Option<Plain<'d>> {
        for part in parts {
            if self.truth(part)? != wanted {
                return Some(Plain::Truth(!wanted));
            }
        }
        Some(Plain::Truth(wanted))
    }

    fn coalesce(&mut self, parts: &'d [Node]) -> Option<Plain<'d>> {
        let mut value = Plain::Nothing;
        for part in parts {
            value = self.value(part)?;
            if !matches!(value, Plain::Nothing) {
                break;
            }
        }
        Some(value)
    }

    fn branch(&mut self, [condition, then, otherwise]: &'d [Node; 3]) -> Option<Plain<'d>> {
        let taken = if self.truth(condition)? { then } else { otherwise };
        self.value(taken)
    }
}

fn negative(value: Plain<'_>) -> Option<Plain<'_>> {
    match value {
        Plain::Number(Number::Whole(number)) => number.checked_neg().map(Plain::whole),
        Plain::Number(Number::Point(number)) => Some(Plain::Number(Number::Point(-number))),
        _ => None,
    }
}
