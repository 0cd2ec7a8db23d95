//! `never_matches`: conditions that no conversation meets.

use serde_json::Value;

use super::Warnings;
use super::hours::has_no_day;
use crate::model::{Channel, Condition, Field, Inbox, Operator, Rule, Seen, Test};
use crate::problem::{Code, Problem, Word};

/// The place of a rule, which decides some of the values that its conditions test.
#[derive(Clone, Copy)]
pub(super) struct Place<'d> {
    pub inbox: &'d Inbox,
    pub channel: &'d Channel,
}

/// Checks the conditions of a rule.
pub(super) fn of_rule(warnings: &mut Warnings, place: Place<'_>, rule: &Rule) {
    warnings.under("match", |warnings| {
        for condition in &rule.conditions {
            match condition {
                Condition::Field(field, test) => {
                    warnings.under(field.path().as_str(), |warnings| of_field(warnings, place, field, test));
                }
                Condition::Hours { hours, .. } if hours.iter().all(has_no_day) => {
                    warnings.under("hours", |warnings| {
                        warnings.warn(
                            Code::NeverMatches,
                            "no day has one of these hours, so the rule is for no conversation",
                            "give hours that some day has, or take the condition out",
                        );
                    });
                }
                Condition::Hours { .. } | Condition::Extension(..) => {}
            }
        }
    });
}

/// Returns `true` if every conversation of a channel meets all conditions of a rule.
pub(super) fn always_holds(place: Place<'_>, rule: &Rule) -> bool {
    rule.when.is_none()
        && rule.conditions.iter().all(|condition| match condition {
            Condition::Field(field, test) => possible_values(place, field)
                .is_some_and(|all| all.iter().all(|it| test.passes(&Seen::of(it.as_ref())))),
            Condition::Hours { .. } => false,
            Condition::Extension(..) => true,
        })
}

fn of_field(warnings: &mut Warnings, place: Place<'_>, field: &Field, test: &Test) {
    of_literals(warnings, test);
    if let Test::AnyOf(literals) = test
        && literals.is_empty()
    {
        return warnings.warn(
            Code::NeverMatches,
            "an empty list has nothing to be equal to, so the rule is for no conversation",
            "list at least one value, or take the condition out",
        );
    }
    if let Some(wrong) = contradiction(test) {
        return warnings.report(wrong);
    }
    let Some(values) = possible_values(place, field) else {
        if let Some(wrong) = beyond(field, test) {
            warnings.report(wrong);
        }
        return;
    };
    if !values.iter().any(|value| test.passes(&Seen::of(value.as_ref()))) {
        warnings.report(never_of(place, field));
    }
}

/// Returns the values that a field may have, if they are finitely many.
fn possible_values(place: Place<'_>, field: &Field) -> Option<Vec<Option<Value>>> {
    let text = |text: &str| Some(vec![Some(Value::from(text))]);
    match field {
        Field::Inbox => text(&place.inbox.id),
        Field::Channel => text(&place.channel.id),
        Field::Kind => text(&place.channel.kind),
        Field::ContactKnown => Some([true, false].map(|known| Some(Value::from(known))).to_vec()),
        Field::Skill(_) => Some(std::iter::once(None).chain((1..=5).map(|level| Some(Value::from(level)))).collect()),
        Field::Priority | Field::Attribute(_) | Field::ContactOwner | Field::ContactAttribute(_) => None,
    }
}

/// Returns the warning that a field never has a value that passes.
fn never_of(place: Place<'_>, field: &Field) -> Problem {
    let Place { inbox, channel } = place;
    let (message, hint) = match field {
        Field::Inbox => (
            format!("the rule stands in the inbox {:?}, and is asked in no other", inbox.id),
            "take the condition out, or move the rule into the inbox that is meant",
        ),
        Field::Channel => (
            format!("the rule stands in the channel {:?}, and is asked in no other", channel.id),
            "take the condition out, or move the rule into the channel that is meant",
        ),
        Field::Kind => (
            format!(
                "the channel {:?} is of the kind {:?}, so this holds of no conversation here",
                channel.id, channel.kind
            ),
            "take the condition out, or move the rule into a channel of the kind that is meant",
        ),
        Field::Skill(skill) => (
            format!(
                "a conversation asks the skill {skill:?} at a level from 1 to 5 or not at all, and none of that passes"
            ),
            "ask for a level from 1 to 5, such as {\"at_least\": 2}, or {\"exists\": true}",
        ),
        Field::ContactKnown => {
            ("a contact was recognised or was not, and neither passes".to_owned(), "write true or false")
        }
        Field::Priority | Field::Attribute(_) | Field::ContactOwner | Field::ContactAttribute(_) => {
            ("no value passes".to_owned(), "ask for a value that there can be")
        }
    };
    Problem::new(Code::NeverMatches, message).with_hint(hint)
}

/// Warns of elements of a list that no value ever equals.
fn of_literals(warnings: &mut Warnings, test: &Test) {
    let literals = match test {
        Test::AnyOf(literals) => literals,
        Test::Not(test) => return warnings.under("not", |warnings| of_literals(warnings, test)),
        Test::All(tests) => {
            return tests.iter().filter(|it| matches!(it, Test::Not(_))).for_each(|it| of_literals(warnings, it));
        }
        Test::Is(_)
        | Test::AtLeast(_)
        | Test::AtMost(_)
        | Test::Contains(_)
        | Test::StartsWith(_)
        | Test::Exists(_)
        | Test::Extension(..) => return,
    };
    for (index, literal) in literals.iter().enumerate() {
        let wrong = if literal.is_null() {
            Some((
                "nothing is equal to null: a value that is not there is absent",
                "take it out, or ask {\"exists\": false}",
            ))
        } else if is_test(literal) {
            Some((
                "in a list every element is compared as it stands, so this is not a test",
                "write the test without the list, as in {\"starts_with\": \"a\"}, or a rule for each",
            ))
        } else {
            None
        };
        if let Some((message, hint)) = wrong {
            warnings.under(index, |warnings| warnings.warn(Code::NeverMatches, message, hint));
        }
    }
}

/// Returns `true` if a literal has the form of a test.
fn is_test(literal: &Value) -> bool {
    let Value::Object(entries) = literal else { return false };
    !entries.is_empty() && entries.keys().all(|key| Operator::find(key).is_some())
}

/// The kinds of values that pass a test.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Absent,
    Number,
    Text,
    TextOrList,
    List,
}

impl Kind {
    /// Returns the kind of value that a test expects, and its operator; `None` for a test of any kind.
    fn asked(test: &Test) -> Option<(Kind, Operator)> {
        let kind = match test {
            Test::AtLeast(_) | Test::AtMost(_) => Kind::Number,
            Test::StartsWith(_) => Kind::Text,
            Test::Contains(Value::String(_)) => Kind::TextOrList,
            Test::Contains(_) => Kind::List,
            Test::Exists(false) => Kind::Absent,
            Test::Is(_) | Test::AnyOf(_) | Test::All(_) | Test::Not(_) | Test::Exists(true) | Test::Extension(..) => {
                return None;
            }
        };
        Some((kind, test.operator()?))
    }

    fn goes_with(self, other: Kind) -> bool {
        let texts = [Kind::Text, Kind::TextOrList];
        let lists = [Kind::List, Kind::TextOrList];
        self == other
            || (texts.contains(&self) && texts.contains(&other))
            || (lists.contains(&self) && lists.contains(&other))
    }

    /// Returns the kind in words.
    fn in_words(self) -> &'static str {
        match self {
            Kind::Absent => "an absent value",
            Kind::Number => "a number",
            Kind::Text => "text",
            Kind::TextOrList => "text or a list",
            Kind::List => "a list",
        }
    }
}

/// Returns a warning if tests of one value exclude each other.
fn contradiction(test: &Test) -> Option<Problem> {
    let Test::All(tests) = test else { return None };
    let kinds: Vec<_> = tests.iter().filter_map(Kind::asked).collect();
    for (index, (kind, name)) in kinds.iter().enumerate() {
        if let Some((other, second)) = kinds.iter().skip(index + 1).find(|(other, _)| !kind.goes_with(*other)) {
            let message = format!(
                "\"{name}\" asks for {}, and \"{second}\" for {}: no value is both",
                kind.in_words(),
                other.in_words()
            );
            return Some(
                Problem::new(Code::NeverMatches, message).with_hint("keep one of them, or make two rules of it"),
            );
        }
    }
    bounds(tests).or_else(|| denied(tests))
}

/// Returns a warning if no number lies between the bounds.
fn bounds(tests: &[Test]) -> Option<Problem> {
    let asks_number = tests.iter().any(|it| matches!(it, Test::AtLeast(_) | Test::AtMost(_)));
    let (mut least, mut most) = (f64::NEG_INFINITY, f64::INFINITY);
    let (mut above, mut below) = (f64::NEG_INFINITY, f64::INFINITY);
    for test in tests {
        match test {
            Test::AtLeast(bound) => least = least.max(*bound),
            Test::AtMost(bound) => most = most.min(*bound),
            Test::Not(denied) => match **denied {
                Test::AtLeast(bound) => below = below.min(bound),
                Test::AtMost(bound) => above = above.max(bound),
                Test::Is(_)
                | Test::AnyOf(_)
                | Test::All(_)
                | Test::Not(_)
                | Test::Contains(_)
                | Test::StartsWith(_)
                | Test::Exists(_)
                | Test::Extension(..) => {}
            },
            Test::Is(_)
            | Test::AnyOf(_)
            | Test::All(_)
            | Test::Contains(_)
            | Test::StartsWith(_)
            | Test::Exists(_)
            | Test::Extension(..) => {}
        }
    }
    let empty = least > most || least >= below || above >= most || above >= below;
    (asks_number && empty).then(|| {
        Problem::new(Code::NeverMatches, "no number is within these bounds, so the rule is for no conversation")
            .with_hint("make \"at_least\" the smaller of the two, or take one of them out")
    })
}

/// Returns a warning if a `not` excludes everything that another test accepts.
fn denied(tests: &[Test]) -> Option<Problem> {
    let denied = tests.iter().filter_map(|it| if let Test::Not(denied) = it { Some(&**denied) } else { None });
    let mut pairs = denied.flat_map(|denied| tests.iter().map(move |asked| (asked, denied)));
    let contradicts = |(asked, denied): (&Test, &Test)| match (asked, denied) {
        (Test::StartsWith(beginning), Test::StartsWith(other)) => beginning.starts_with(other.as_str()),
        (Test::StartsWith(beginning), Test::Contains(Value::String(part))) => beginning.contains(part.as_str()),
        (Test::Contains(part), Test::Contains(other)) => part == other,
        (Test::Exists(there), Test::Exists(other)) => there == other,
        (Test::AtLeast(_) | Test::AtMost(_) | Test::StartsWith(_) | Test::Contains(_), Test::Exists(true)) => true,
        _ => false,
    };
    pairs.any(contradicts).then(|| {
        Problem::new(Code::NeverMatches, "\"not\" excludes all that passes the other tests")
            .with_hint("take the \"not\" or the other test out")
    })
}

/// Returns a warning if a priority or an owner never has a value that passes.
fn beyond(field: &Field, test: &Test) -> Option<Problem> {
    let asked = |test: &Test| Kind::asked(test).map(|(kind, _)| kind);
    let tests = if let Test::All(tests) = test { tests.as_slice() } else { std::slice::from_ref(test) };
    let (message, hint) = match field {
        Field::Priority if !tests.iter().filter_map(asked).all(|kind| kind == Kind::Number) => {
            ("a priority is a number, and always there", "compare it with a number, or with {\"at_least\": 1}")
        }
        Field::Priority if literals(test).is_some_and(|all| !all.is_empty() && all.iter().all(is_fraction)) => {
            ("a priority is a whole number", "compare it with a whole number")
        }
        Field::ContactOwner
            if tests.iter().filter_map(asked).any(|kind| [Kind::Number, Kind::List].contains(&kind)) =>
        {
            ("an owner is the id of an agent, which is text", "compare it with an id, or ask {\"exists\": true}")
        }
        Field::Inbox
        | Field::Channel
        | Field::Kind
        | Field::Priority
        | Field::Skill(_)
        | Field::Attribute(_)
        | Field::ContactKnown
        | Field::ContactOwner
        | Field::ContactAttribute(_) => return None,
    };
    Some(Problem::new(Code::NeverMatches, message).with_hint(hint))
}

/// Returns the literals that a value has to equal.
fn literals(test: &Test) -> Option<&[Value]> {
    match test {
        Test::Is(literal) => Some(std::slice::from_ref(literal)),
        Test::AnyOf(literals) => Some(literals),
        Test::All(_)
        | Test::AtLeast(_)
        | Test::AtMost(_)
        | Test::Not(_)
        | Test::Contains(_)
        | Test::StartsWith(_)
        | Test::Exists(_)
        | Test::Extension(..) => None,
    }
}

fn is_fraction(literal: &Value) -> bool {
    literal.as_f64().is_some_and(|number| number.fract() != 0.0)
}
