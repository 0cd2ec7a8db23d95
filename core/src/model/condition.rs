//! Conditions of a rule as plain data: `match`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

use super::attributes::Extensions;
use super::hours::WeeklyHours;
use crate::problem::{Code, Problem, shortened, vocabulary};
use crate::read::{Id, Node, Reader, canonical};
use crate::time::Zone;

/// An entry of `match`: a field of the arriving conversation and its test.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Condition {
    /// A field has to pass a test.
    Field(Field, Test),
    /// The conversation has to arrive within weekly hours.
    Hours {
        /// The zone of the hours; the inbox's, else the desk's, when absent.
        time_zone: Option<Zone>,
        /// The hours.
        hours: Vec<WeeklyHours>,
        /// Keys that begin with `x-`.
        extensions: Extensions,
    },
    /// A key that begins with `x-`, and its value; it has no effect.
    Extension(String, Value),
}

impl Condition {
    /// Removes the id of a removed inbox. A test for equality with this id alone then fails for every value.
    pub(super) fn forget_inbox(&mut self, id: &Id) {
        if let Condition::Field(Field::Inbox, test) = self {
            test.forget(id);
        }
    }
}

/// A field of a conversation that a condition tests.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Field {
    /// The id of the inbox.
    Inbox,
    /// The id of the channel.
    Channel,
    /// The kind of the channel.
    Kind,
    /// The priority of the conversation.
    Priority,
    /// The level of a skill that the conversation requires.
    Skill(Id),
    /// An attribute of the conversation.
    Attribute(String),
    /// `true` if the contact was recognised.
    ContactKnown,
    /// The id of the contact's owner.
    ContactOwner,
    /// An attribute of the contact.
    ContactAttribute(String),
}

/// The fields without a name after them.
const PLAIN: [Field; 6] =
    [Field::Inbox, Field::Channel, Field::Kind, Field::Priority, Field::ContactKnown, Field::ContactOwner];
const SKILLS: &str = "skills.";
const ATTRIBUTES: &str = "attributes.";
const CONTACT_ATTRIBUTES: &str = "contact.attributes.";
const HOURS: &str = "hours";

impl Field {
    fn parse(path: &str) -> Option<Field> {
        if let Some(field) = PLAIN.iter().find(|field| field.parts().0 == path) {
            return Some(field.clone());
        }
        let named = |prefix| path.strip_prefix(prefix).filter(|name| !name.is_empty());
        if let Some(name) = named(SKILLS) {
            return Some(Field::Skill(name.into()));
        }
        if let Some(name) = named(ATTRIBUTES) {
            return Some(Field::Attribute(name.to_owned()));
        }
        named(CONTACT_ATTRIBUTES).map(|name| Field::ContactAttribute(name.to_owned()))
    }

    /// Returns the spelling in a document.
    pub fn path(&self) -> String {
        let (word, name) = self.parts();
        format!("{word}{name}")
    }

    /// Returns the fixed part of the spelling, and the name after it.
    fn parts(&self) -> (&'static str, &str) {
        match self {
            Field::Inbox => ("inbox", ""),
            Field::Channel => ("channel", ""),
            Field::Kind => ("kind", ""),
            Field::Priority => ("priority", ""),
            Field::ContactKnown => ("contact.known", ""),
            Field::ContactOwner => ("contact.owner", ""),
            Field::Skill(name) => (SKILLS, name),
            Field::Attribute(name) => (ATTRIBUTES, name),
            Field::ContactAttribute(name) => (CONTACT_ATTRIBUTES, name),
        }
    }
}

/// A test of a value. An absent value passes only `not` and `{"exists": false}`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Test {
    /// Equal to a literal; numbers by their value.
    Is(Value),
    /// Equal to one of several.
    AnyOf(Vec<Value>),
    /// All of several tests.
    All(Vec<Test>),
    /// A number that is not smaller.
    AtLeast(f64),
    /// A number that is not greater.
    AtMost(f64),
    /// Not passing another test.
    Not(Box<Test>),
    /// Text that contains this text, or a list that contains this element.
    Contains(Value),
    /// Text that starts with this text.
    StartsWith(String),
    /// Present, or absent.
    Exists(bool),
    /// A key that begins with `x-`, and its value; it has no effect.
    Extension(String, Value),
}

vocabulary! {
    /// The operators of tests that are written as objects.
    pub(crate) enum Operator {
        /// A number that is not smaller.
        AtLeast = "at_least",
        /// A number that is not greater.
        AtMost = "at_most",
        /// A value that does not pass another test.
        Not = "not",
        /// Text that contains this text, or a list that contains this element.
        Contains = "contains",
        /// Text that starts with this text.
        StartsWith = "starts_with",
        /// `true` if the value has to be present, `false` if it has to be absent.
        Exists = "exists",
    }
}

impl Test {
    /// Returns the operator that the test is written with.
    pub(crate) fn operator(&self) -> Option<Operator> {
        match self {
            Test::AtLeast(_) => Some(Operator::AtLeast),
            Test::AtMost(_) => Some(Operator::AtMost),
            Test::Not(_) => Some(Operator::Not),
            Test::Contains(_) => Some(Operator::Contains),
            Test::StartsWith(_) => Some(Operator::StartsWith),
            Test::Exists(_) => Some(Operator::Exists),
            Test::Is(_) | Test::AnyOf(_) | Test::All(_) | Test::Extension(..) => None,
        }
    }

    /// Removes an id from the literals; a test for equality with it alone then fails for every value.
    pub(super) fn forget(&mut self, id: &Id) {
        match self {
            Test::Is(literal) if literal == id.as_str() => *self = Test::AnyOf(Vec::new()),
            Test::AnyOf(literals) => literals.retain(|literal| literal != id.as_str()),
            Test::All(tests) => tests.iter_mut().for_each(|test| test.forget(id)),
            Test::Not(test) => test.forget(id),
            Test::Is(_)
            | Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::Contains(_)
            | Test::StartsWith(_)
            | Test::Exists(_)
            | Test::Extension(..) => {}
        }
    }
}

pub(crate) fn read_match(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Condition>> {
    r.map(node, |r, path, node| {
        if path == HOURS {
            return read_hours(r, node);
        }
        match Field::parse(path) {
            Some(field) => {
                let test = read_test(r, &field, node)?;
                Some(Condition::Field(field, test))
            }
            None if path.starts_with("x-") => Some(Condition::Extension(path.to_owned(), r.value(node)?)),
            None => {
                let known = PLAIN.iter().map(|field| field.parts().0).chain([HOURS]);
                let message = format!("{:?} is nothing that match can look at", shortened(path));
                let mut problem = r.suggesting(Problem::new(Code::UnknownKey, message), path, known);
                problem.hint.get_or_insert_with(|| {
                    "there are inbox, channel, kind, priority, skills.NAME, attributes.NAME, contact.known, \
                     contact.owner, contact.attributes.NAME and hours"
                        .into()
                });
                r.report_key(problem);
                None
            }
        }
    })
}

/// Reads tests of the details of conversations, as in `match`; whatever else `match` can look at is for a filter to name.
#[cfg(feature = "routing")]
pub(crate) fn read_tests(r: &mut Reader<'_>, node: &Node) -> Option<Vec<(Field, Test)>> {
    r.map(node, |r, path, node| match Field::parse(path) {
        Some(Field::Inbox | Field::Channel | Field::Kind) => {
            let problem =
                Problem::new(Code::UnknownKey, format!("{path:?} is a key of the filter, not of its \"match\""));
            r.report_key(problem.with_hint("put it beside \"match\""));
            None
        }
        Some(field) => read_test(r, &field, node).map(|test| (field, test)),
        None => {
            let known = PLAIN.iter().map(|field| field.parts().0);
            let message = format!("{:?} is nothing that a filter can test", shortened(path));
            let problem = r.suggesting(Problem::new(Code::UnknownKey, message), path, known);
            let names = "there are priority, skills.NAME, attributes.NAME, contact.known, contact.owner and \
                         contact.attributes.NAME";
            r.report_key(problem.or_hint(|| Some(names.to_owned())));
            None
        }
    })
}

fn read_hours(r: &mut Reader<'_>, node: &Node) -> Option<Condition> {
    if let Node::List(_) = node {
        let hours = WeeklyHours::read_list(r, node)?;
        return Some(Condition::Hours { time_zone: None, hours, extensions: Extensions::new() });
    }
    let mut fields = r.object(node)?;
    let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
    let hours = r.required(&mut fields, HOURS, WeeklyHours::read_list);
    let extensions = r.finish(fields);
    Some(Condition::Hours { time_zone, hours: hours?, extensions })
}

/// A field whose values are tested.
pub(super) trait Tested {
    /// Reads a value to compare the field with. A value that the field can never have is an error.
    fn read_literal(&self, r: &mut Reader<'_>, node: &Node) -> Option<Value>;
}

impl Tested for Field {
    fn read_literal(&self, r: &mut Reader<'_>, node: &Node) -> Option<Value> {
        let id = match self {
            Field::Inbox => r.inbox_or_this(node),
            Field::Channel => r.channel(node),
            Field::Kind => r.kind(node),
            // The owner of a contact may no longer be an agent.
            Field::ContactOwner => r.id(node),
            Field::Priority | Field::Skill(_) => return r.number(node).map(|_| node.into()),
            Field::ContactKnown => return r.bool(node).map(Value::from),
            Field::Attribute(_) | Field::ContactAttribute(_) => return r.value(node),
        };
        id.map(|id| id.as_str().into())
    }
}

pub(super) fn read_test(r: &mut Reader<'_>, field: &impl Tested, node: &Node) -> Option<Test> {
    match node {
        Node::List(_) => r.list(node, |r, node| field.read_literal(r, node)).map(Test::AnyOf),
        Node::Object(_) => read_operators(r, field, node),
        Node::Null => r.fail(Code::WrongType, "null is not a literal; ask {\"exists\": false}"),
        _ => field.read_literal(r, node).map(Test::Is),
    }
}

fn read_operators(r: &mut Reader<'_>, field: &impl Tested, node: &Node) -> Option<Test> {
    let mut fields = r.object(node)?;
    let tests = Operator::ALL.iter().map(|operator| {
        r.optional(&mut fields, operator.as_str(), |r, node| match operator {
            Operator::AtLeast => r.number(node).map(Test::AtLeast),
            Operator::AtMost => r.number(node).map(Test::AtMost),
            Operator::Not => read_test(r, field, node).map(|test| Test::Not(Box::new(test))),
            Operator::Contains => r.value(node).map(Test::Contains),
            Operator::StartsWith => r.string(node).map(Test::StartsWith),
            Operator::Exists => r.bool(node).map(Test::Exists),
        })
    });
    let mut tests: Vec<Test> = tests.flatten().collect();
    let asks_nothing = fields.keys().all(|key| key.starts_with("x-"));
    let extensions = r.finish(fields);
    if asks_nothing {
        return r.fail(Code::InvalidValue, "say what is asked, such as {\"at_least\": 1}");
    }
    tests.extend(extensions.into_iter().map(|(key, value)| Test::Extension(key, value)));
    if tests.len() == 1 { tests.pop() } else { Some(Test::All(tests)) }
}

pub(crate) fn write_match<S: Serializer>(conditions: &[Condition], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Hours<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        time_zone: &'a Option<Zone>,
        hours: &'a [WeeklyHours],
        #[serde(flatten)]
        extensions: &'a Extensions,
    }
    let mut map = serializer.serialize_map(Some(conditions.len()))?;
    for condition in conditions {
        match condition {
            Condition::Field(field, test) => map.serialize_entry(&field.path(), test)?,
            Condition::Hours { time_zone, hours, extensions } => {
                map.serialize_entry(HOURS, &Hours { time_zone, hours, extensions })?;
            }
            Condition::Extension(key, value) => map.serialize_entry(key, value)?,
        }
    }
    map.end()
}

impl Serialize for Test {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Test::Is(value) => value.serialize(serializer),
            Test::AnyOf(values) => values.serialize(serializer),
            Test::All(tests) => write_operators(tests, serializer),
            Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::Not(_)
            | Test::Contains(_)
            | Test::StartsWith(_)
            | Test::Exists(_)
            | Test::Extension(..) => write_operators(std::slice::from_ref(self), serializer),
        }
    }
}

fn write_operators<S: Serializer>(tests: &[Test], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(tests.len()))?;
    for test in tests {
        let key = test.operator().map_or("", Operator::as_str);
        match test {
            Test::AtLeast(number) | Test::AtMost(number) => map.serialize_entry(key, &written(*number))?,
            Test::Not(test) => map.serialize_entry(key, test)?,
            Test::Contains(value) => map.serialize_entry(key, value)?,
            Test::StartsWith(text) => map.serialize_entry(key, text)?,
            Test::Exists(there) => map.serialize_entry(key, there)?,
            Test::Extension(key, value) => map.serialize_entry(key, value)?,
            Test::Is(_) | Test::AnyOf(_) | Test::All(_) => {}
        }
    }
    map.end()
}

/// Writes a whole number without a fraction: `1`, not `1.0`.
fn written(number: f64) -> Option<Number> {
    Number::from_f64(number).map(canonical)
}
