//! The desk, the commands and the events of the log fit the schemas.

use frontdesk::{Desk, Options, schema};
use incidents::{INCIDENTS, convert};
use jsonschema::Validator;
use serde_json::Value;

fn validator(schema: &str) -> Validator {
    jsonschema::draft202012::new(&parsed(schema)).expect("a schema can be compiled")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("this is JSON")
}

#[track_caller]
fn assert_fits(validator: &Validator, text: &str) {
    let faults: Vec<String> = validator.iter_errors(&parsed(text)).map(|error| error.to_string()).collect();
    assert!(faults.is_empty(), "{text}\n{faults:#?}");
}

#[test]
fn everything_fits_the_schemas() {
    let (commands, events) = (validator(schema::COMMAND), validator(schema::EVENT));
    let converted = convert(INCIDENTS).expect("the log is in order");
    assert_fits(&validator(schema::DOCUMENT), &converted.desk);
    let mut desk = Desk::from_json(&converted.desk).expect("the document is in order");
    let mut count = 0;
    for text in converted.commands.lines() {
        assert_fits(&commands, text);
        let command = desk.read_command(text).expect("each command can be read");
        for event in desk.handle_with(&command, &Options::default().explain(true)).unwrap() {
            assert_fits(&events, &event.to_json());
            count += 1;
        }
    }
    assert!(count > 1000, "only {count} events");
}
