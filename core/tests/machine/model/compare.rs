//! Comparison of two lists of events.

use std::fmt::Write;

use serde_json::Value;

use super::naive::Model;

/// Runs commands on the naive desk and on another, up to the first difference. The other returns `None` for a command that
/// it cannot read.
pub fn check(
    document: &Value,
    commands: &[Value],
    mut other: impl FnMut(&Value) -> Option<Vec<Value>>,
) -> Result<(), String> {
    let mut model = Model::new(document);
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for (number, command) in commands.iter().enumerate() {
        let (ours, theirs) = (model.handle(command).ok(), other(command));
        if ours.is_some() != theirs.is_some() {
            let reader = if ours.is_some() { "the naive" } else { "the other" };
            return Err(format!("only {reader} desk can read {command}"));
        }
        expected.extend(ours.into_iter().flatten());
        found.extend(theirs.into_iter().flatten());
        if let Some(report) = report(document, &commands[..=number], &expected, &found) {
            return Err(report);
        }
    }
    Ok(())
}

/// Returns the difference of two desks as text: the document, the commands up to the difference, and both events.
pub fn report(document: &Value, commands: &[Value], expected: &[Value], found: &[Value]) -> Option<String> {
    let at = first_difference(expected, found)?;
    let mut text = String::new();
    let pretty = serde_json::to_string_pretty(document).unwrap_or_default();
    writeln!(text, "document: {pretty}\n\ncommands:").ok()?;
    for command in commands {
        writeln!(text, "{command}").ok()?;
    }
    writeln!(text, "\nevents before, the same in both:").ok()?;
    for event in &expected[..at] {
        writeln!(text, "{event}").ok()?;
    }
    let show = |events: &[Value]| events.get(at).map_or("nothing more".to_owned(), Value::to_string);
    writeln!(text, "\nfirst difference\n  expected {}\n  found    {}", show(expected), show(found)).ok()?;
    Some(text)
}

/// Returns the index of the first event that differs.
pub fn first_difference(expected: &[Value], found: &[Value]) -> Option<usize> {
    let same = expected.iter().zip(found).take_while(|(a, b)| same_event(a, b)).count();
    if same == expected.len() && same == found.len() { None } else { Some(same) }
}

fn same_event(a: &Value, b: &Value) -> bool {
    comparable(a) == comparable(b)
}

/// Removes the parts that are not compared: the message and subject of a refusal, the considered agents, and the spelling of
/// an entry.
fn comparable(event: &Value) -> Value {
    let mut event = event.clone();
    let is_refused = event["type"] == "refused";
    if let Some(fields) = event.as_object_mut() {
        fields.remove("considered");
        fields.remove("not_in_target");
        fields.entry("entry").and_modify(|entry| *entry = Value::Bool(true));
        if is_refused {
            fields.retain(|key, _| ["version", "seq", "at", "type", "code", "id", "by"].contains(&key.as_str()));
        }
    }
    event
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{first_difference, report};

    #[test]
    fn finds_the_first_difference() {
        let events = [json!({"seq": 1}), json!({"seq": 2, "considered": []})];
        let others = [json!({"seq": 1}), json!({"seq": 3})];
        assert_eq!(first_difference(&events, &[json!({"seq": 1}), json!({"seq": 2})]), None);
        assert_eq!(first_difference(&events, &others), Some(1));
        assert_eq!(first_difference(&events, &events[..1]), Some(1));
        assert!(report(&json!({}), &[], &events, &others).unwrap().contains("expected"));
    }

    #[test]
    fn refusals_are_compared_by_their_code() {
        let refused =
            |code: &str, message: &str| json!({"type": "refused", "seq": 1, "code": code, "message": message});
        assert_eq!(first_difference(&[refused("in_use", "a")], &[refused("in_use", "b")]), None);
        assert_eq!(first_difference(&[refused("in_use", "a")], &[refused("not_held", "a")]), Some(0));
    }
}
