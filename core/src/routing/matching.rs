//! Matching of rules to conversations.

use serde_json::Value;

use std::sync::Arc;

use super::extension::{About, Failure};
use super::plan::{Plan, PlanCondition, RuleRef};
use crate::availability::CompiledChannel;
use crate::model::{Attributes, Contact, Field, Skills, Test};
use crate::time::{Instant, Zone};

/// The data that conditions read.
pub(crate) struct Facts<'a> {
    pub channel: &'a CompiledChannel,
    pub at: Instant,
    pub priority: i64,
    pub skills: &'a Skills,
    pub attributes: &'a Attributes,
    pub contact: Option<&'a Contact>,
}

/// A value that a condition tests.
enum Seen<'a> {
    Absent,
    Text(&'a str),
    Number(f64),
    Bool(bool),
    Json(&'a Value),
}

/// Failures of conditions, each with its rule.
pub(crate) type Failures = Vec<(RuleRef, Box<Failure>)>;

/// The rule that is for a conversation, if there is one, and the failures of those before it.
pub(crate) type Matched = (Option<RuleRef>, Failures);

/// Returns the first of some rules whose conditions hold, and the failures of the conditions evaluated before.
///
/// `about` returns the view of the conversation for expressions; it is called at most once.
pub(crate) fn matching_rule(rules: &[Plan], facts: &Facts<'_>, about: impl Fn() -> Option<Arc<About>>) -> Matched {
    let mut failures = Vec::new();
    let mut asked = None;
    let found = RuleRef::all(rules.len()).zip(rules).find(|(reference, rule)| {
        if !holds(rule, facts) {
            return false;
        }
        let Some(when) = &rule.when else { return true };
        let Some(about) = asked.get_or_insert_with(&about) else { return false };
        when.holds(about).unwrap_or_else(|failure| {
            failures.push((*reference, failure));
            false
        })
    });
    (found.map(|(reference, _)| reference), failures)
}

fn holds(rule: &Plan, facts: &Facts<'_>) -> bool {
    rule.conditions.iter().all(|condition| match condition {
        PlanCondition::Field(field, test) => passes(&facts.see(field), test),
        PlanCondition::Hours { zone, weekly } => shows(zone, facts.at, weekly),
    })
}

fn shows(zone: &Zone, at: Instant, weekly: &crate::time::weekly::Weekly) -> bool {
    weekly.contains(zone.local(at))
}

impl<'a> Facts<'a> {
    fn see(&self, field: &Field) -> Seen<'a> {
        match field {
            Field::Inbox => Seen::Text(self.channel.inbox.as_str()),
            Field::Channel => Seen::Text(self.channel.entry.id.as_str()),
            Field::Kind => Seen::Text(self.channel.entry.kind.as_str()),
            Field::Priority => Seen::Number(self.priority as f64),
            Field::Skill(name) => self.skills.get(name).map_or(Seen::Absent, |level| Seen::Number((*level).into())),
            Field::Attribute(name) => Seen::of(self.attributes.get(name)),
            Field::ContactKnown => Seen::Bool(self.contact.is_some_and(|contact| contact.known)),
            Field::ContactOwner => {
                let owner = self.contact.and_then(|contact| contact.owner.as_ref());
                owner.map_or(Seen::Absent, |owner| Seen::Text(owner.as_str()))
            }
            Field::ContactAttribute(name) => Seen::of(self.contact.and_then(|contact| contact.attributes.get(name))),
        }
    }
}

impl<'a> Seen<'a> {
    fn of(value: Option<&'a Value>) -> Self {
        match value {
            None | Some(Value::Null) => Seen::Absent,
            Some(Value::String(text)) => Seen::Text(text),
            Some(Value::Bool(value)) => Seen::Bool(*value),
            Some(Value::Number(number)) => number.as_f64().map_or(Seen::Absent, Seen::Number),
            Some(other) => Seen::Json(other),
        }
    }

    fn equals(&self, literal: &Value) -> bool {
        match (self, literal) {
            (Seen::Text(text), Value::String(literal)) => text == literal,
            (Seen::Bool(value), Value::Bool(literal)) => value == literal,
            (Seen::Number(number), Value::Number(literal)) => literal.as_f64() == Some(*number),
            (Seen::Json(value), literal) => *value == literal,
            _ => false,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            Seen::Number(number) => Some(*number),
            _ => None,
        }
    }

    fn contains(&self, part: &Value) -> bool {
        match (self, part) {
            (Seen::Text(text), Value::String(part)) => text.contains(part.as_str()),
            (Seen::Json(Value::Array(elements)), part) => elements.iter().any(|it| Seen::of(Some(it)).equals(part)),
            _ => false,
        }
    }
}

/// Returns `true` if a value, or its absence, passes a test.
pub(crate) fn passes_value(value: Option<&Value>, test: &Test) -> bool {
    passes(&Seen::of(value), test)
}

fn passes(seen: &Seen<'_>, test: &Test) -> bool {
    match test {
        Test::Is(literal) => seen.equals(literal),
        Test::AnyOf(literals) => literals.iter().any(|literal| seen.equals(literal)),
        Test::All(tests) => tests.iter().all(|test| passes(seen, test)),
        Test::AtLeast(least) => seen.number().is_some_and(|number| number >= *least),
        Test::AtMost(most) => seen.number().is_some_and(|number| number <= *most),
        Test::Not(test) => !passes(seen, test),
        Test::Contains(part) => seen.contains(part),
        Test::StartsWith(beginning) => matches!(seen, Seen::Text(text) if text.starts_with(beginning.as_str())),
        Test::Extension(..) => true,
        Test::Exists(there) => matches!(seen, Seen::Absent) != *there,
    }
}
