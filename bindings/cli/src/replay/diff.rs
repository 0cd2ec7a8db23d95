//! `frontdesk diff`: what a new document would change in a desk.

use std::fmt::Write;

use frontdesk::desk::{Action, ChangeType, Command, EventKind};
use frontdesk::time::{Instant, Zones};
use frontdesk::{Desk, Event};
use serde_json::{Map, Value};

use super::lines::Lines;
use crate::args;
use crate::failure::{Failure, located};
use crate::input::{check_apart, read_desk_for_commands};
use crate::show::style::{BAD, GOOD, STRONG, WAITING, paint};
use crate::show::{clean, of_lines, print, print_raw, wrapped};

/// The lists of a document whose entries have ids, and what one of each is called.
const LISTS: [(&str, &str); 4] =
    [("teams", "team"), ("agents", "agent"), ("holidays", "holiday"), ("inboxes", "inbox")];

/// The parts of a document, in its order.
const PARTS: [&str; 11] = [
    "time_zone",
    "working_hours",
    "kinds",
    "statuses",
    "teams",
    "agents",
    "holidays",
    "inboxes",
    "table_filters",
    "settings",
    "order",
];

/// Shows what a `configure` with the new document would change, and after commands, what would happen then.
pub fn diff(options: &args::Diff, zones: &Zones) -> Result<(), Failure> {
    let sources = [Some(&options.desk.desk), Some(&options.new), options.desk.after.as_ref()];
    check_apart(&sources, "the desk, the new document or the commands, but only one of them")?;
    let mut desk = read_desk_for_commands(&options.desk, zones)?;
    let new = desk.read_new_document(&options.new.document(zones)?).map_err(|problems| {
        Failure::Input(problems.iter().map(|problem| located(&options.new, None, problem)).collect())
    })?;
    let has_begun = desk.now().is_some();
    let configure = Action::Configure { configuration: Box::new(new.into()) };
    let turn = desk.propose(&Command::new(desk.now().unwrap_or(Instant::MIN), configure));
    if let Some(Event { kind: EventKind::Refused { code, message, .. }, .. }) = turn.events().first() {
        return Err(Failure::input(&options.new, format_args!("{code}: {message}")));
    }
    let (changes, others): (Vec<&Event>, Vec<&Event>) = turn.events().iter().partition(|event| is_change(event));
    if options.json {
        let told = if has_begun { turn.events().iter().collect() } else { changes };
        return Ok(print_raw(&told.into_iter().map(|event| event.to_json() + "\n").collect::<String>())?);
    }
    let mut page = Page { desk: &desk, lines: String::new() };
    changes.iter().for_each(|event| page.add(event));
    if changes.is_empty() {
        page.lines.push_str("Nothing differs.\n");
    }
    if has_begun && !others.is_empty() {
        let mut lines = Lines::of(&desk.document());
        turn.events().iter().for_each(|event| lines.add(event));
        let _ = write!(page.lines, "\n{}", lines.render().trim_end());
        page.lines.push('\n');
    }
    Ok(print(&page.lines)?)
}

fn is_change(event: &Event) -> bool {
    matches!(event.kind, EventKind::DeskChanged { .. })
}

/// A line for each part of the document that is new, other or gone.
struct Page<'a> {
    desk: &'a Desk,
    lines: String,
}

impl Page<'_> {
    fn add(&mut self, event: &Event) {
        let EventKind::DeskChanged { change, agent, team, inbox, holiday, entry } = &event.kind else { return };
        if let (ChangeType::Configure, Some(entry)) = (change, entry) {
            let before = serde_json::to_value(self.desk.document()).unwrap_or_default();
            let entry: Value = serde_json::from_str(&entry.to_json()).unwrap_or_default();
            return self.add_parts(&before, entry.as_object().unwrap_or(&Map::new()));
        }
        let subjects = [("team", team), ("agent", agent), ("holiday", holiday), ("inbox", inbox)];
        for (what, id) in subjects.into_iter().filter_map(|(what, id)| Some((what, id.as_ref()?))) {
            self.line('-', &format!("{what} {id}"), "");
        }
    }

    fn add_parts(&mut self, before: &Value, parts: &Map<String, Value>) {
        // JSON values are in the order of the alphabet.
        let others = parts.keys().map(String::as_str).filter(|key| !PARTS.contains(key));
        for key in PARTS.into_iter().chain(others) {
            let Some(part) = parts.get(key) else { continue };
            match LISTS.iter().find(|(list, _)| *list == key) {
                Some((_, what)) => self.add_entries(what, &before[key], part),
                None if key == "order" => {
                    for (list, order) in part.as_object().into_iter().flatten() {
                        self.line('~', &format!("order of {list}"), &names(order).join(", "));
                    }
                }
                None if key == "settings" => self.line('~', key, &differing(&before[key], part).join(", ")),
                None => self.line(sign(before.get(key), part), key, &was(before.get(key), part)),
            }
        }
    }

    fn add_entries(&mut self, what: &str, before: &Value, entries: &Value) {
        for entry in entries.as_array().into_iter().flatten() {
            let known = before.as_array().into_iter().flatten().find(|known| known["id"] == entry["id"]);
            let id = entry["id"].as_str().unwrap_or_default();
            match known {
                Some(known) => self.line('~', &format!("{what} {id}"), &differing(known, entry).join(", ")),
                None => self.line('+', &format!("{what} {id}"), ""),
            }
        }
    }

    fn line(&mut self, sign: char, subject: &str, detail: &str) {
        const INDENT: usize = 4;
        let style = match sign {
            '+' => GOOD,
            '-' => BAD,
            _ => WAITING,
        };
        let text = if detail.is_empty() { clean(subject) } else { clean(&format!("{subject}: {detail}")) };
        for (index, part) in wrapped(&text, of_lines() - INDENT).iter().enumerate() {
            let head = if index == 0 { paint(style, sign) } else { " ".to_owned() };
            let part = if index == 0 { paint(STRONG, part) } else { part.clone() };
            let _ = writeln!(self.lines, "{head} {part}");
        }
    }
}

fn sign(before: Option<&Value>, after: &Value) -> char {
    match (before, after) {
        (_, Value::Null) => '-',
        (None, _) => '+',
        _ => '~',
    }
}

/// Says what a short value is, and what it was.
fn was(before: Option<&Value>, after: &Value) -> String {
    let after = in_short(after).unwrap_or_default();
    match before.and_then(in_short) {
        Some(before) if !after.is_empty() => format!("{after}; was {before}"),
        _ => after,
    }
}

/// Returns a text or a list of names as it is read, nothing for what takes more than a line.
fn in_short(value: &Value) -> Option<String> {
    if let Some(text) = value.as_str() {
        return Some(text.to_owned());
    }
    let list = value.as_array()?;
    match list.is_empty() {
        true => Some("none".to_owned()),
        false => Some(names(value).join(", ")).filter(|names| !names.is_empty()),
    }
}

/// Returns the keys that differ between two objects.
fn differing(before: &Value, after: &Value) -> Vec<String> {
    let keys = |value: &Value| value.as_object().into_iter().flatten().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let mut differing: Vec<String> = keys(after).into_iter().filter(|key| before.get(key) != after.get(key)).collect();
    differing.extend(keys(before).into_iter().filter(|key| after.get(key).is_none()));
    differing
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
