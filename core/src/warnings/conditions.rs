//! `never_matches`: conditions that hold of nothing.

use super::Warnings;
use crate::model::{Condition, Rule, Test};
use crate::problem::Code;

/// Looks at the conditions of a rule.
pub(super) fn of_rule(warnings: &mut Warnings, rule: &Rule) {
    warnings.under("match", |warnings| {
        for condition in &rule.conditions {
            if let Condition::Field(field, Test::AnyOf(literals)) = condition
                && literals.is_empty()
            {
                warnings.under(field.path().as_str(), |warnings| {
                    warnings.warn(
                        Code::NeverMatches,
                        "an empty list has nothing to be equal to, so the rule is for no conversation",
                        "list at least one value, or take the condition out",
                    );
                });
            }
        }
    });
}
