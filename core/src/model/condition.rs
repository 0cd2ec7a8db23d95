//! Conditions of a rule as plain data: `match`.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Number, Value};

use super::hours::WeeklyHours;
use super::id::Id;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader, canonical};
use crate::time::Zone;

/// One entry of `match`: a field of the arriving conversation and what is asked of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// A field has to pass a test.
    Field(Field, Test),
    /// The conversation has to arrive within weekly hours.
    Hours {
        /// The zone of the hours; the inbox's, else the desk's, when absent.
        time_zone: Option<Zone>,
        /// The hours.
        hours: Vec<WeeklyHours>,
    },
}

/// What a condition looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// The id of the inbox.
    Inbox,
    /// The id of the channel.
    Channel,
    /// The kind of the channel.
    Kind,
    /// The priority of the conversation.
    Priority,
    /// The level the conversation asks of a skill.
    Skill(Id),
    /// An attribute of the conversation.
    Attribute(String),
    /// Whether the contact was recognised.
    ContactKnown,
    /// The id of the contact's owner.
    ContactOwner,
    /// An attribute of the contact.
    ContactAttribute(String),
}

/// The fields that are spelled out, and the beginnings of those that go on with a name.
const PLAIN: [(&str, Field); 6] = [
    ("inbox", Field::Inbox),
    ("channel", Field::Channel),
    ("kind", Field::Kind),
    ("priority", Field::Priority),
    ("contact.known", Field::ContactKnown),
    ("contact.owner", Field::ContactOwner),
];
const HOURS: &str = "hours";

impl Field {
    fn parse(path: &str) -> Option<Field> {
        if let Some((_, field)) = PLAIN.iter().find(|(name, _)| *name == path) {
            return Some(field.clone());
        }
        let named = |prefix| path.strip_prefix(prefix).filter(|name| !name.is_empty());
        if let Some(name) = named("skills.") {
            return Some(Field::Skill(name.into()));
        }
        if let Some(name) = named("attributes.") {
            return Some(Field::Attribute(name.to_owned()));
        }
        named("contact.attributes.").map(|name| Field::ContactAttribute(name.to_owned()))
    }

    /// The spelling in a document.
    pub fn path(&self) -> String {
        match self {
            Field::Skill(name) => format!("skills.{name}"),
            Field::Attribute(name) => format!("attributes.{name}"),
            Field::ContactAttribute(name) => format!("contact.attributes.{name}"),
            plain => PLAIN.iter().find(|(_, field)| field == plain).map_or("", |(name, _)| name).to_owned(),
        }
    }
}

/// What is asked of a value. A value that is absent passes only `not` and `{"exists": false}`.
#[derive(Debug, Clone, PartialEq)]
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
    /// Text with that part, or a list with that element.
    Contains(Value),
    /// Text with that beginning.
    StartsWith(String),
    /// There, or not there.
    Exists(bool),
}

pub(crate) fn read_match(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Condition>> {
    r.map(node, |r, path, node| {
        if path == HOURS {
            return read_hours(r, node);
        }
        match Field::parse(path) {
            Some(field) => Some(Condition::Field(field, read_test(r, node)?)),
            None => {
                let known = PLAIN.iter().map(|(name, _)| *name).chain([HOURS]);
                let mut problem = Problem::new(Code::UnknownKey, format!("{path:?} is nothing that match can look at"))
                    .suggesting(path, known);
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

fn read_hours(r: &mut Reader<'_>, node: &Node) -> Option<Condition> {
    if let Node::List(_) = node {
        return Some(Condition::Hours { time_zone: None, hours: WeeklyHours::read_list(r, node)? });
    }
    let mut fields = r.object(node)?;
    let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
    let hours = r.required(&mut fields, HOURS, WeeklyHours::read_list);
    r.finish(fields);
    Some(Condition::Hours { time_zone, hours: hours? })
}

fn read_test(r: &mut Reader<'_>, node: &Node) -> Option<Test> {
    match node {
        Node::List(_) => r.list(node, Reader::value).map(Test::AnyOf),
        Node::Object(_) => read_operators(r, node),
        Node::Null => r.fail(Code::WrongType, "null is no literal; ask {\"exists\": false}"),
        _ => r.value(node).map(Test::Is),
    }
}

fn read_operators(r: &mut Reader<'_>, node: &Node) -> Option<Test> {
    let mut fields = r.object(node)?;
    let tests = [
        r.optional(&mut fields, "at_least", Reader::number).map(Test::AtLeast),
        r.optional(&mut fields, "at_most", Reader::number).map(Test::AtMost),
        r.optional(&mut fields, "not", read_test).map(|test| Test::Not(Box::new(test))),
        r.optional(&mut fields, "contains", Reader::value).map(Test::Contains),
        r.optional(&mut fields, "starts_with", Reader::string).map(Test::StartsWith),
        r.optional(&mut fields, "exists", Reader::bool).map(Test::Exists),
    ];
    r.finish(fields);
    if node == &Node::Object(Vec::new()) {
        return r.fail(Code::InvalidValue, "say what is asked, such as {\"at_least\": 1}");
    }
    let mut tests: Vec<Test> = tests.into_iter().flatten().collect();
    if tests.len() == 1 { tests.pop() } else { Some(Test::All(tests)) }
}

pub(crate) fn write_match<S: Serializer>(conditions: &[Condition], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Hours<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        time_zone: &'a Option<Zone>,
        hours: &'a [WeeklyHours],
    }
    let mut map = serializer.serialize_map(Some(conditions.len()))?;
    for condition in conditions {
        match condition {
            Condition::Field(field, test) => map.serialize_entry(&field.path(), test)?,
            Condition::Hours { time_zone, hours } => map.serialize_entry(HOURS, &Hours { time_zone, hours })?,
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
            operator => write_operators(std::slice::from_ref(operator), serializer),
        }
    }
}

fn write_operators<S: Serializer>(tests: &[Test], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(tests.len()))?;
    for test in tests {
        match test {
            Test::AtLeast(number) => map.serialize_entry("at_least", &written(*number))?,
            Test::AtMost(number) => map.serialize_entry("at_most", &written(*number))?,
            Test::Not(test) => map.serialize_entry("not", test)?,
            Test::Contains(value) => map.serialize_entry("contains", value)?,
            Test::StartsWith(text) => map.serialize_entry("starts_with", text)?,
            Test::Exists(there) => map.serialize_entry("exists", there)?,
            Test::Is(_) | Test::AnyOf(_) | Test::All(_) => {}
        }
    }
    map.end()
}

/// `1` rather than `1.0`.
fn written(number: f64) -> Option<Number> {
    Number::from_f64(number).map(canonical)
}
