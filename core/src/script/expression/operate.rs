//! Operators, as Rhai defines them. `None` leaves an operation to Rhai: one that fails, or that makes a text.

use std::cmp::Ordering;

use crate::script::library::value::Number;
use crate::script::plain::Plain;
use crate::script::views::seconds;

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Compare(Comparison),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl Operator {
    pub fn named(name: &str) -> Option<Operator> {
        Some(match name {
            "+" => Operator::Add,
            "-" => Operator::Subtract,
            "*" => Operator::Multiply,
            "/" => Operator::Divide,
            "%" => Operator::Remainder,
            "==" => Operator::Compare(Comparison::Equal),
            "!=" => Operator::Compare(Comparison::NotEqual),
            "<" => Operator::Compare(Comparison::Less),
            "<=" => Operator::Compare(Comparison::AtMost),
            ">" => Operator::Compare(Comparison::Greater),
            ">=" => Operator::Compare(Comparison::AtLeast),
            _ => return None,
        })
    }

    pub fn apply<'d>(self, a: Plain<'d>, b: Plain<'d>) -> Option<Plain<'d>> {
        match self {
            Operator::Compare(comparison) => Some(Plain::Truth(comparison.holds(a, b))),
            _ => self.calculate(a, b),
        }
    }

    fn calculate<'d>(self, a: Plain<'d>, b: Plain<'d>) -> Option<Plain<'d>> {
        match (a, b) {
            (Plain::Number(Number::Whole(a)), Plain::Number(Number::Whole(b))) => {
                self.of_whole(a, b).map(|number| Plain::Number(Number::Whole(number)))
            }
            (Plain::Number(a), Plain::Number(b)) => {
                self.of_points(a.point(), b.point()).map(|number| Plain::Number(Number::Point(number)))
            }
            (Plain::Time(a), Plain::Time(b)) if self == Operator::Subtract => Some(Plain::whole(seconds(a, b))),
            _ => None,
        }
    }

    fn of_whole(self, a: i64, b: i64) -> Option<i64> {
        match self {
            Operator::Add => a.checked_add(b),
            Operator::Subtract => a.checked_sub(b),
            Operator::Multiply => a.checked_mul(b),
            Operator::Divide => a.checked_div(b),
            Operator::Remainder => a.checked_rem(b),
            Operator::Compare(_) => None,
        }
    }

    fn of_points(self, a: f64, b: f64) -> Option<f64> {
        match self {
            Operator::Add => Some(a + b),
            Operator::Subtract => Some(a - b),
            Operator::Multiply => Some(a * b),
            Operator::Divide => Some(a / b),
            Operator::Remainder => Some(a % b),
            Operator::Compare(_) => None,
        }
    }
}

impl Comparison {
    /// Compares two values. Those of different types are not equal, and neither is less or greater; nor is nothing in order
    /// with itself.
    fn holds(self, a: Plain<'_>, b: Plain<'_>) -> bool {
        match (a, b) {
            (Plain::Number(Number::Whole(a)), Plain::Number(Number::Whole(b))) => self.allows(a.cmp(&b)),
            (Plain::Number(a), Plain::Number(b)) => self.of_points(a.point(), b.point()),
            (Plain::Text(a), Plain::Text(b)) => self.allows(a.cmp(b)),
            (Plain::Truth(a), Plain::Truth(b)) => self.allows(a.cmp(&b)),
            (Plain::Time(a), Plain::Time(b)) => self.allows(a.cmp(&b)),
            (Plain::Nothing, Plain::Nothing) => self == Comparison::Equal,
            _ => self == Comparison::NotEqual,
        }
    }

    fn allows(self, order: Ordering) -> bool {
        match self {
            Comparison::Equal => order.is_eq(),
            Comparison::NotEqual => order.is_ne(),
            Comparison::Less => order.is_lt(),
            Comparison::AtMost => order.is_le(),
            Comparison::Greater => order.is_gt(),
            Comparison::AtLeast => order.is_ge(),
        }
    }

    /// Compares two numbers of which one is a float. Rhai takes those that differ in the last place for equal, and zero and NaN.
    fn of_points(self, a: f64, b: f64) -> bool {
        let most = if a * b == 0.0 { 1.0 } else { a.abs().max(b.abs()) };
        if most == 0.0 {
            return self.allows(Ordering::Equal);
        }
        match self {
            Comparison::Equal => (a - b).abs() / most <= f64::EPSILON,
            Comparison::NotEqual => (a - b).abs() / most > f64::EPSILON,
            Comparison::Less => (b - a) / most > f64::EPSILON,
            Comparison::AtMost => (b - a) / most > -f64::EPSILON,
            Comparison::Greater => (a - b) / most > f64::EPSILON,
            Comparison::AtLeast => (a - b) / most > -f64::EPSILON,
        }
    }
}
