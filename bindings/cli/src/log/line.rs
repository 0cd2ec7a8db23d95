//! The line of a turn: its number, its instant, its command and what became of it.

use frontdesk::desk::{ChangeType, EventKind};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Event, Turn};
use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use crate::ask::contents;
use crate::show::style::{BAD, FAINT, GOOD, PLAIN, STRONG, WAITING, paint};
use crate::show::{clean, fitted, of_tables, padded};

/// The width of the commands, where they are not longer.
const COMMAND: usize = 22;
/// The longest id in a line that has to fit a terminal.
const LONGEST_ID: usize = 17;

/// Formats the line of a turn, cut to the width of the terminal.
pub fn line(turn: &Turn, digits: usize, zone: &Zone) -> String {
    let number = format!("{:>digits$}", turn.turn().unwrap_or_default());
    let at = turn.at().map_or_else(String::new, |at| at_wall(at, zone));
    let command = Command::of(turn);
    let (text, what) = (clean(&command.text()), clean(&command.outcome(turn)));
    let head = digits + 2 + WALL + 2;
    let text = padded(&text, text.width().max(COMMAND));
    let room = of_tables().saturating_sub(head);
    let (text, what) = (fitted(&text, room), fitted(&what, room.saturating_sub(text.width() + 2)));
    let line = format!(
        "{}  {}  {text}  {}",
        paint(FAINT, number),
        paint(FAINT, format_args!("{at:WALL$}")),
        paint(of(turn), what)
    );
    line.trim_end().to_owned() + "\n"
}

/// The columns of an instant: `2026-11-20 10:00:00`.
const WALL: usize = 19;

fn at_wall(at: Instant, zone: &Zone) -> String {
    let seconds = at.millis().div_euclid(1_000) + i64::from(zone.offset_seconds(at));
    let wall = chrono::DateTime::from_timestamp(seconds, 0);
    wall.map(|wall| wall.format("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

/// Returns the colour of what became of a command: the last decision counts.
fn of(turn: &Turn) -> anstyle::Style {
    let has = |wanted: &str| turn.events().iter().any(|event| event.kind.as_str() == wanted);
    if turn.document().is_some() {
        STRONG
    } else if has("script_failed") {
        BAD
    } else if has("assigned") {
        GOOD
    } else if has("queued") || has("offered") {
        WAITING
    } else {
        PLAIN
    }
}

/// The command of a turn, as its JSON says: also one that this version does not know.
struct Command(Option<Map<String, Value>>);

impl Command {
    fn of(turn: &Turn) -> Command {
        let keys = turn.command_json().and_then(|text| serde_json::from_str(&text).ok());
        Command(keys)
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.as_ref()?.get(key)?.as_str()
    }

    /// Returns what it is about.
    fn subject(&self) -> Option<&str> {
        ["conversation", "agent", "contact", "team", "inbox", "holiday", "sender"].iter().find_map(|key| self.get(key))
    }

    /// Describes it: `close c1 by anna`.
    fn text(&self) -> String {
        let Some(kind) = self.get("type") else { return "the document".to_owned() };
        let subject = self.subject();
        let by = self.get("by").filter(|by| Some(*by) != subject);
        let parts = [Some(kind.replace('_', " ")), subject.map(short), by.map(|by| format!("by {}", short(by)))];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Describes what became of it: `opened, assigned to anna`.
    fn outcome(&self, turn: &Turn) -> String {
        if let Some(document) = turn.document() {
            return contents(document);
        }
        // That a conversation was opened or closed says the command; what was decided says more.
        let decides = turn.events().iter().any(|event| event.kind.decides());
        let own = self.get("conversation");
        let says_more =
            |kind: &EventKind| kind.decides() || own.is_none() || kind.conversation().map(|id| &**id) != own;
        let told = turn.events().iter().filter(|event| !decides || says_more(&event.kind));
        told.map(|event| self.told(event)).collect::<Vec<_>>().join(", ")
    }

    /// Describes an event, with the conversation if it is another one than that of the command.
    fn told(&self, event: &Event) -> String {
        let kind = &event.kind;
        let own = self.subject();
        let other = |id: &str| if Some(id) == own { String::new() } else { short(id) };
        let conversation = kind.conversation().map(|id| other(id)).unwrap_or_default();
        let mut who = kind.agent().map(|id| other(id)).unwrap_or_default();
        let mut what = kind.as_str().replace('_', " ");
        if let EventKind::StatusChanged { state, .. } = kind {
            return [who, state.to_string()].join(" ").trim().to_owned();
        }
        if let EventKind::DeskChanged { change: ChangeType::Configure, entry: Some(entry), .. } = kind {
            let parts: Map<String, Value> = serde_json::from_str(&entry.to_json()).unwrap_or_default();
            return format!("changed {}", parts.keys().map(|key| key.replace('_', " ")).collect::<Vec<_>>().join(", "));
        }
        if let EventKind::Assigned { agent: None, team: Some(team), .. } = kind {
            who = short(team);
        }
        if matches!(kind, EventKind::Assigned { .. } | EventKind::Offered { .. }) {
            what += " to";
            who = if who.is_empty() { own.map(short).unwrap_or_default() } else { who };
        }
        [conversation, what, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Returns an id, cut where the line has to fit a terminal.
fn short(id: &str) -> String {
    if of_tables() == usize::MAX { id.to_owned() } else { fitted(id, LONGEST_ID) }
}
