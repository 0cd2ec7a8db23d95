//! Matching of rules to conversations.

use std::sync::Arc;

use super::extension::{About, Failure};
use super::plan::{Plan, PlanCondition, RuleRef};
use crate::availability::CompiledChannel;
use crate::model::{Attributes, Contact, Field, Seen, Skills};
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
        PlanCondition::Field(field, test) => test.passes(&facts.see(field)),
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
