//! Changing one value in a JSON text, while every other character stays.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use serde_json::value::RawValue;

/// A value with its range in the text.
#[derive(Clone, Copy)]
struct Value<'t> {
    text: &'t str,
    start: usize,
}

impl<'t> Value<'t> {
    fn of(whole: &str, raw: &'t RawValue) -> Value<'t> {
        let start = (raw.get().as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        Value { text: raw.get(), start }
    }

    fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

fn entries<'t>(whole: &str, object: Value<'t>) -> BTreeMap<String, Value<'t>> {
    let raw: BTreeMap<String, &'t RawValue> = serde_json::from_str(object.text).unwrap_or_default();
    raw.into_iter().map(|(key, raw)| (key, Value::of(whole, raw))).collect()
}

fn elements<'t>(whole: &str, list: Value<'t>) -> Vec<Value<'t>> {
    let raw: Vec<&'t RawValue> = serde_json::from_str(list.text).unwrap_or_default();
    raw.into_iter().map(|raw| Value::of(whole, raw)).collect()
}

/// Sets a key of the entry with an id in a list; creates the list and the entry if they are missing.
pub fn set(text: &str, list: &str, id: &str, key: &str, value: &[impl Serialize]) -> Option<String> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let root = Value::of(text, raw);
    let Some(found) = entries(text, root).get(list).copied() else {
        let lines = [format!("{{\"id\": {}, \"{key}\": {}}}", line(id), in_line(value))];
        return Some(with_key(text, root, list, &lines));
    };
    let has_id = |entry: &Value<'_>| {
        let its = entries(text, *entry).get("id").and_then(|id| serde_json::from_str::<String>(id.text).ok());
        its.as_deref() == Some(id)
    };
    let all = elements(text, found);
    match all.iter().find(|entry| has_id(entry)) {
        Some(entry) => {
            let lines: Vec<String> = value.iter().map(line).collect();
            Some(with_key(text, *entry, key, &lines))
        }
        None => {
            let entry = format!("{{\"id\": {}, \"{key}\": {}}}", line(id), in_line(value));
            Some(with_element(text, found, all.last(), &entry))
        }
    }
}

/// Sets a key of an object to a list.
fn with_key(text: &str, object: Value<'_>, key: &str, lines: &[String]) -> String {
    let entries = entries(text, object);
    if let Some(old) = entries.get(key) {
        let list = in_lines(lines, indentation(text, old.start));
        return replaced(text, old.start, old.end(), &list);
    }
    match entries.values().max_by_key(|value| value.start) {
        Some(last) => {
            let indentation = indentation(text, last.start);
            let on_own_line = text.get(object.start..last.start).is_some_and(|before| before.contains('\n'));
            let separator = if on_own_line { format!(",\n{indentation}") } else { ", ".to_owned() };
            let entry = format!("{separator}{}: {}", line(key), in_lines(lines, indentation));
            replaced(text, last.end(), last.end(), &entry)
        }
        None => {
            let entry = format!("{{{}: {}}}", line(key), in_lines(lines, indentation(text, object.start)));
            replaced(text, object.start, object.end(), &entry)
        }
    }
}

fn with_element(text: &str, list: Value<'_>, last: Option<&Value<'_>>, entry: &str) -> String {
    match last {
        Some(last) => {
            let on_own_line = text.get(list.start..last.start).is_some_and(|before| before.contains('\n'));
            let indentation = indentation(text, last.start);
            let separator = if on_own_line { format!(",\n{indentation}") } else { ", ".to_owned() };
            replaced(text, last.end(), last.end(), &format!("{separator}{entry}"))
        }
        None => replaced(text, list.start, list.end(), &format!("[{entry}]")),
    }
}

fn replaced(text: &str, start: usize, end: usize, by: &str) -> String {
    let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default();
    [part(0..start), by, part(end..text.len())].concat()
}

/// Returns the indentation of the line with an offset.
fn indentation(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
}

/// Returns a list on one line if it is short, otherwise with one element per line.
fn in_lines(lines: &[String], indentation: &str) -> String {
    const SHORT: usize = 100;
    let whole = format!("[{}]", lines.join(", "));
    if whole.len() <= SHORT {
        return whole;
    }
    let lines: Vec<String> = lines.iter().map(|line| format!("\n{indentation}  {line}")).collect();
    format!("[{}\n{indentation}]", lines.join(","))
}

fn in_line(value: &[impl Serialize]) -> String {
    line(value)
}

/// Returns a value on one line, with a blank after each comma and colon.
fn line(value: impl Serialize) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Spaced));
    written.ok().and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.begin_array_value(writer, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn the_rest_of_the_text_stays() {
        for (text, expected) in [
            (
                r#"{"agents": [{"id": "a", "out":[ 1 ] , "x": 1}]}"#,
                r#"{"agents": [{"id": "a", "out":[7, 8] , "x": 1}]}"#,
            ),
            (r#"{"agents": [{"id": "a"}]}"#, r#"{"agents": [{"id": "a", "out": [7, 8]}]}"#),
            (
                "{\"agents\": [\n  {\n    \"id\": \"a\"\n  }\n]}",
                "{\"agents\": [\n  {\n    \"id\": \"a\",\n    \"out\": [7, 8]\n  }\n]}",
            ),
            (r#"{"agents": [{"id": "b"}]}"#, r#"{"agents": [{"id": "b"}, {"id": "a", "out": [7, 8]}]}"#),
            (r#"{"agents": []}"#, r#"{"agents": [{"id": "a", "out": [7, 8]}]}"#),
            ("{\n  \"v\": 1\n}", "{\n  \"v\": 1,\n  \"agents\": [{\"id\": \"a\", \"out\": [7, 8]}]\n}"),
        ] {
            assert_eq!(set(text, "agents", "a", "out", &[7, 8]).unwrap(), expected);
        }
        let text = r#"{"agents":[{"id":"a","out":[1]}]}"#;
        assert_eq!(set(text, "agents", "a", "out", &[0; 0]).unwrap(), r#"{"agents":[{"id":"a","out":[]}]}"#);
        let long = ["x".repeat(60), "y".repeat(60)];
        let expected = format!("{{\"agents\":[{{\"id\":\"a\",\"out\":[\n  \"{}\",\n  \"{}\"\n]}}]}}", long[0], long[1]);
        assert_eq!(set(text, "agents", "a", "out", &long).unwrap(), expected);
    }
}
