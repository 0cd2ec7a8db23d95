//! `match`: the conditions on a conversation for a rule.

use serde_json::Value;

use super::conversation::Details;
use super::document::{Agent, Channel, list};
use super::hours::{WeeklyHours, inside};

#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    Field { path: String, test: Value },
    Hours(Vec<WeeklyHours>),
}

impl Condition {
    pub fn read_all(json: &Value) -> Vec<Condition> {
        json.as_object().into_iter().flatten().map(|(path, test)| Condition::read(path, test)).collect()
    }

    fn read(path: &str, test: &Value) -> Condition {
        if path != "hours" {
            return Condition::Field { path: path.to_owned(), test: test.clone() };
        }
        // Hours are a list, or an object with a zone, which is always UTC here.
        let bare = Value::from_iter([("hours", test.clone())]);
        Condition::Hours(list(if test.is_array() { &bare } else { test }, "hours", WeeklyHours::read))
    }

    pub fn holds(&self, details: &Details, channel: &Channel, at: i64) -> bool {
        match self {
            Condition::Field { path, test } => passes(value_at(path, details, channel).as_ref(), test),
            Condition::Hours(hours) => inside(hours, at),
        }
    }
}

fn value_at(path: &str, details: &Details, channel: &Channel) -> Option<Value> {
    let contact = details.contact.as_ref();
    match path {
        "inbox" => Some(details.inbox.as_str().into()),
        "channel" => Some(details.channel.as_str().into()),
        "kind" => Some(channel.kind.as_str().into()),
        "priority" => Some(details.priority.into()),
        "contact.known" => Some(contact.is_some_and(|contact| contact.known).into()),
        "contact.owner" => contact?.owner.as_deref().map(Value::from),
        _ => {
            if let Some(name) = path.strip_prefix("skills.") {
                details.skills.get(name).map(|level| (*level).into())
            } else if let Some(name) = path.strip_prefix("attributes.") {
                details.attributes.get(name).cloned()
            } else {
                contact?.attributes.get(path.strip_prefix("contact.attributes.")?).cloned()
            }
        }
    }
}

/// Returns `true` if an agent passes a test of `where`.
pub fn agent_passes(agent: &Agent, path: &str, test: &Value) -> bool {
    let value = match path {
        "team" => agent.team.as_deref().map(Value::from),
        _ => {
            let skill = path.strip_prefix("skills.").expect("no other paths are drawn");
            agent.skills.get(skill).map(|level| (*level).into())
        }
    };
    passes(value.as_ref(), test)
}

/// Returns the literals of a test, wherever they stand in it.
pub fn literals(test: &Value) -> Vec<&str> {
    match test {
        Value::Object(operators) => {
            operators.iter().filter(|(name, _)| *name == "not").flat_map(|(_, it)| literals(it)).collect()
        }
        Value::Array(any) => any.iter().filter_map(Value::as_str).collect(),
        literal => literal.as_str().into_iter().collect(),
    }
}

/// Takes an id out of a test; the test for it alone then fails for every value.
pub fn forget(test: &mut Value, id: &str) {
    match test {
        Value::Object(operators) => operators.get_mut("not").into_iter().for_each(|test| forget(test, id)),
        Value::Array(any) => any.retain(|literal| literal != id),
        literal if literal == id => *literal = Value::Array(vec![]),
        _ => {}
    }
}

/// An absent value passes only `not` and `{"exists": false}`.
fn passes(value: Option<&Value>, test: &Value) -> bool {
    match test {
        Value::Object(operators) => operators.iter().all(|(name, operand)| passes_operator(value, name, operand)),
        Value::Array(any) => any.iter().any(|literal| value.is_some_and(|value| equal(value, literal))),
        literal => value.is_some_and(|value| equal(value, literal)),
    }
}

fn passes_operator(value: Option<&Value>, name: &str, operand: &Value) -> bool {
    let number = value.and_then(Value::as_f64);
    let text = value.and_then(Value::as_str);
    match name {
        "at_least" => number >= operand.as_f64() && number.is_some(),
        "at_most" => number <= operand.as_f64() && number.is_some(),
        "not" => !passes(value, operand),
        "exists" => operand == value.is_some(),
        "starts_with" => text.is_some_and(|text| text.starts_with(operand.as_str().expect("text"))),
        "contains" => match value {
            Some(Value::Array(elements)) => elements.iter().any(|element| equal(element, operand)),
            _ => text.zip(operand.as_str()).is_some_and(|(text, part)| text.contains(part)),
        },
        other => panic!("unknown operator {other}"),
    }
}

/// Numbers are compared by value: 1 equals 1.0.
fn equal(a: &Value, b: &Value) -> bool {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}
