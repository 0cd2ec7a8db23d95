//! The schemas of a rule's conditions.

use schemars::json_schema;
use serde_json::{Map, Value, json};

use super::describe;
use super::shapes::said;
use crate::model::{Id, Operator, Test, WeeklyHours};
use crate::read::MAX_INTEGER;
use crate::time::Zone;

/// The `where` of a target.
pub(crate) struct Where;
/// The `match` of a rule.
pub(crate) struct Match;
/// The `match` of a filter of conversations.
pub(crate) struct Tests;
/// A test of an id.
struct TestOfId;
/// A test of a number.
struct TestOfNumber;
/// A test of a truth value.
struct TestOfFlag;

describe! {
    Match as "Match" = |generator| json_schema!({
        "description": "What must hold of the arriving conversation: every entry, by what it looks at.",
        "type": "object",
        "patternProperties": {
            "^(?:inbox|channel|kind|contact\\.owner)$": generator.subschema_for::<TestOfId>(),
            "^(?:priority|skills\\.[\\s\\S]+)$": generator.subschema_for::<TestOfNumber>(),
            "^contact\\.known$": generator.subschema_for::<TestOfFlag>(),
            "^(?:attributes|contact\\.attributes)\\.[\\s\\S]": generator.subschema_for::<Test>(),
            "^hours$": hours(generator),
            "^x-": true,
        },
        "additionalProperties": false,
    });
    Tests as "Tests" = |generator| json_schema!({
        "description": "What must hold of a conversation: every entry, by what it looks at.",
        "type": "object",
        "patternProperties": {
            "^contact\\.owner$": generator.subschema_for::<TestOfId>(),
            "^(?:priority|skills\\.[\\s\\S]+)$": generator.subschema_for::<TestOfNumber>(),
            "^contact\\.known$": generator.subschema_for::<TestOfFlag>(),
            "^(?:attributes|contact\\.attributes)\\.[\\s\\S]": generator.subschema_for::<Test>(),
        },
        "additionalProperties": false,
    });
    Where as "Where" = |generator| json_schema!({
        "description": "What must hold of an agent: every entry, by what it looks at.",
        "type": "object",
        "patternProperties": {
            "^team$": generator.subschema_for::<TestOfId>(),
            "^skills\\.[\\s\\S]+$": generator.subschema_for::<TestOfNumber>(),
            "^attributes\\.[\\s\\S]": generator.subschema_for::<Test>(),
            "^x-": true,
        },
        "additionalProperties": false,
    });
    Test as "Test" = |generator| {
        let literal = json!({"type": ["string", "number", "boolean"]});
        let not = generator.subschema_for::<Test>();
        test(literal, json!({}), not)
    };
    TestOfId as "TestOfId" = |generator| {
        let (id, not) = (generator.subschema_for::<Id>(), generator.subschema_for::<TestOfId>());
        test(json!(id), json!(id), not)
    };
    TestOfNumber as "TestOfNumber" = |generator| {
        let literal = json!(number("A number."));
        test(literal.clone(), literal, generator.subschema_for::<TestOfNumber>())
    };
    TestOfFlag as "TestOfFlag" = |generator| {
        let literal = json!({"type": "boolean"});
        test(literal.clone(), literal, generator.subschema_for::<TestOfFlag>())
    };
}

/// Returns the schema of a test for equality with literals of one kind, single or listed.
fn test(literal: Value, listed: Value, not: schemars::Schema) -> schemars::Schema {
    let properties = Operator::ALL.iter().map(|operator| (operator.as_str().to_owned(), operand(*operator, &not)));
    json_schema!({
        "description": "What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds.",
        "oneOf": [
            literal,
            {"type": "array", "items": listed},
            {
                "type": "object",
                "anyOf": Operator::ALL.iter().map(|operator| json!({"required": [operator]})).collect::<Vec<_>>(),
                "properties": properties.collect::<Map<_, _>>(),
            },
        ],
    })
}

/// Returns the schema of the value of an operator; `not` is the schema of another test.
fn operand(operator: Operator, not: &schemars::Schema) -> Value {
    match operator {
        Operator::AtLeast => json!(number("A number that is not smaller.")),
        Operator::AtMost => json!(number("A number that is not greater.")),
        Operator::Not => json!(said(not.clone(), "A test that does not hold.")),
        Operator::Contains => {
            json!({"description": "Text that contains this text, or a list that contains this element."})
        }
        Operator::StartsWith => json!({"description": "Text that starts with this text.", "type": "string"}),
        Operator::Exists => {
            json!({"description": "`true` if the value has to be present, `false` if it has to be absent.", "type": "boolean"})
        }
    }
}

fn number(description: &str) -> schemars::Schema {
    json_schema!({"description": description, "type": "number", "minimum": -MAX_INTEGER, "maximum": MAX_INTEGER})
}

fn hours(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let weekly = generator.subschema_for::<Vec<WeeklyHours>>();
    json_schema!({
        "description": "Weekly hours in which it has to arrive, in the zone of the inbox or in a given one.",
        "oneOf": [weekly.clone(), {
            "type": "object",
            "properties": {
                "time_zone": said(generator.subschema_for::<Zone>(), "The zone of the hours; the inbox's when absent."),
                "hours": said(weekly, "The hours."),
            },
            "required": ["hours"],
        }],
    })
}
