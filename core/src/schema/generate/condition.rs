//! The conditions of a rule.

use schemars::json_schema;

use super::describe;
use crate::model::{Test, WeeklyHours};
use crate::read::MAX_INTEGER;
use crate::time::Zone;

/// The `match` of a rule.
pub(crate) struct Match;

describe! {
    Match as "Match" = |generator| json_schema!({
        "description": "What must hold of the arriving conversation: every entry, by what it looks at.",
        "type": "object",
        "patternProperties": {
            "^(?:inbox|channel|kind|priority|contact\\.known|contact\\.owner)$": generator.subschema_for::<Test>(),
            "^(?:skills|attributes|contact\\.attributes)\\.[\\s\\S]": generator.subschema_for::<Test>(),
            "^hours$": hours(generator),
        },
        "additionalProperties": false,
    });
    Test as "Test" = |generator| json_schema!({
        "description": "What is asked of a value: a literal it is equal to, a list of which it is one, or an object of which every entry holds.",
        "oneOf": [
            {"type": ["string", "number", "boolean"]},
            {"type": "array"},
            {
                "type": "object",
                "minProperties": 1,
                "properties": {
                    "at_least": number("A number that is not smaller."),
                    "at_most": number("A number that is not greater."),
                    "not": generator.subschema_for::<Test>(),
                    "contains": {"description": "Text with that part, or a list with that element."},
                    "starts_with": {"description": "Text with that beginning.", "type": "string"},
                    "exists": {"description": "Whether it is there.", "type": "boolean"},
                },
            },
        ],
    });
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
            "properties": {"time_zone": generator.subschema_for::<Zone>(), "hours": weekly},
            "required": ["hours"],
        }],
    })
}
