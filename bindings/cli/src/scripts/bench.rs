//! The desk of a test: a real one, described in a few words.

use std::collections::{BTreeMap, BTreeSet};

use frontdesk::desk::Action;
use frontdesk::script::Scripts;
use frontdesk::time::{Duration, Instant};
use frontdesk::{Command, Desk, Event, Id, Options, Problem, Problems, Reader, State};
use serde_json::{Map, Value, json};

use super::decided;
use crate::args::in_a_sentence;

/// The default instant at which a test begins: a Friday morning.
const BEGINNING: &str = "2026-11-20T09:00:00Z";
/// The inbox and the channel of conversations that are assigned by hand, bypassing all rules.
const BY_HAND: &str = "by hand";

/// The desk of a test at its current instant.
#[derive(Debug, Clone)]
pub struct Bench {
    desk: Desk,
    now: Instant,
    opened: usize,
    given: usize,
}

impl Bench {
    /// Creates the desk that a test describes: the keys of a document, and `agents` (ids, or entries that may also have
    /// `load` and `status`), `script`, `params`, `steps` or `rules`, `inbox`, `channel`, `at`.
    pub fn of(described: Value, scripts: &Scripts, script: &str) -> Result<Bench, String> {
        let Value::Object(mut described) = described else { return Err("a desk is described by a map".to_owned()) };
        let at = described.remove("at").unwrap_or_else(|| BEGINNING.into());
        let now = instant(at.as_str().unwrap_or_default())?;
        let agents = Agents::of(described.remove("agents").unwrap_or_else(|| json!([])))?;
        let text = document(described, agents.entries, script).to_string();
        let desk = Reader::new().scripts(scripts.clone()).desk(&text).map_err(|problems| sentences(&problems))?;
        let mut bench = Bench { desk, now, opened: 0, given: 0 };
        bench.advance_to(now)?;
        for (agent, load) in agents.loads {
            (0..load).try_for_each(|_| bench.give(&agent, Value::Null).map(drop))?;
        }
        agents.away.iter().try_for_each(|agent| bench.status(agent, "away", None))?;
        Ok(bench)
    }

    /// Runs a command, by default at the current instant.
    pub fn command(&mut self, mut command: Value) -> Result<Vec<Event>, String> {
        if let Some(fields) = command.as_object_mut() {
            fields.entry("at").or_insert_with(|| self.now.to_string().into());
        }
        let command = self.desk.command_from_value(command).map_err(|problems| sentences(&problems))?;
        self.handle(&command)
    }

    fn handle(&mut self, command: &Command) -> Result<Vec<Event>, String> {
        self.now = self.now.max(command.at);
        self.desk.handle_with(command, &Options::default().explain(true)).map_err(|problem| problem.to_string())
    }

    /// Runs a command; returns an error if it is refused.
    fn must(&mut self, command: Value) -> Result<Vec<Event>, String> {
        let events = self.command(command)?;
        match events.iter().find_map(decided::refused) {
            Some(message) => Err(format!("refused: {message}")),
            None => Ok(events),
        }
    }

    /// Opens a conversation; returns its id and the events.
    pub fn open(&mut self, details: Value) -> Result<(String, Vec<Event>), String> {
        let mut details = match details {
            Value::Null => Map::new(),
            Value::Object(details) => details,
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err("a conversation is described by a map".to_owned());
            }
        };
        let id = details.remove("id").and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_else(|| {
            self.opened += 1;
            format!("c{}", self.opened)
        });
        let mut command = json!({"type": "open", "conversation": id, "inbox": "main", "channel": "chat"});
        if let Some(fields) = command.as_object_mut() {
            fields.extend(details);
        }
        let events = self.must(command)?;
        Ok((id, events))
    }

    /// Assigns a conversation to an agent, bypassing all rules; returns its id.
    fn give(&mut self, agent: &str, contact: Value) -> Result<String, String> {
        let mut details = json!({"inbox": BY_HAND, "channel": BY_HAND});
        if let Some(fields) = details.as_object_mut().filter(|_| !contact.is_null()) {
            fields.insert("contact".to_owned(), contact);
        }
        self.given += 1;
        details["id"] = format!("{BY_HAND} {}", self.given).into();
        let (id, _) = self.open(details)?;
        self.must(json!({"type": "assign", "conversation": id, "to": {"agent": agent}}))?;
        Ok(id)
    }

    /// Makes an agent hold and close a conversation of a contact.
    pub fn served(&mut self, agent: &str, contact: &str) -> Result<(), String> {
        let id = self.give(agent, json!({"id": contact}))?;
        self.close(&id)
    }

    /// Closes a conversation.
    pub fn close(&mut self, conversation: &str) -> Result<(), String> {
        self.must(json!({"type": "close", "conversation": conversation})).map(drop)
    }

    /// Sets the status of an agent, for a duration if one is given.
    pub fn status(&mut self, agent: &str, status: &str, duration: Option<&str>) -> Result<(), String> {
        let mut command = json!({"type": "set_status", "agent": agent, "status": status});
        if let Some(duration) = duration {
            command["duration"] = duration.into();
        }
        self.must(command).map(drop)
    }

    /// Advances to an instant.
    pub fn at(&mut self, at: &str) -> Result<(), String> {
        self.advance_to(instant(at)?)
    }

    /// Advances by a duration.
    pub fn advance(&mut self, duration: &str) -> Result<(), String> {
        let duration = Duration::parse(duration).map_err(|problem| in_a_sentence(&problem))?;
        self.advance_to(self.now.saturating_add(duration.millis()))
    }

    fn advance_to(&mut self, at: Instant) -> Result<(), String> {
        let events = self.handle(&Command::new(at, Action::Advance))?;
        events.iter().find_map(decided::refused).map_or(Ok(()), |message| Err(format!("refused: {message}")))
    }

    /// Opens a number of conversations one after the other, and returns how many each agent gets.
    pub fn spread(&mut self, count: i64, details: &Value) -> Result<BTreeMap<String, i64>, String> {
        let mut got: BTreeMap<String, i64> = self.desk.agents().map(|agent| (agent.id.to_string(), 0)).collect();
        for _ in 0..count {
            let (id, _) = self.open(details.clone())?;
            if let Some(agent) = self.holder(&id) {
                *got.entry(agent.to_string()).or_default() += 1;
            }
        }
        Ok(got)
    }

    /// Returns the agent who holds a conversation or has an offer of it.
    pub fn holder(&self, conversation: &str) -> Option<Id> {
        self.desk.conversation(conversation).and_then(|it| it.agent)
    }

    /// Returns the waiting conversations in the order of the queue.
    pub fn waiting(&self) -> Vec<Id> {
        self.desk.queue()
    }

    /// Returns the current instant.
    pub fn now(&self) -> Instant {
        self.now
    }
}

/// The agents of a test: their document entries, and their initial loads and statuses.
#[derive(Default)]
struct Agents {
    entries: Vec<Value>,
    /// The number of conversations that each agent holds at the start.
    loads: Vec<(String, u64)>,
    away: Vec<String>,
}

impl Agents {
    fn of(described: Value) -> Result<Agents, String> {
        let Value::Array(described) = described else { return Err("agents are a list".to_owned()) };
        let mut agents = Agents::default();
        for entry in described {
            agents.add(if entry.is_string() { json!({"id": entry}) } else { entry })?;
        }
        Ok(agents)
    }

    fn add(&mut self, mut entry: Value) -> Result<(), String> {
        if let Some(fields) = entry.as_object_mut() {
            let id = fields.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            if let Some(load) = fields.remove("load") {
                self.loads.push((id.clone(), load.as_u64().ok_or("load is a whole number")?));
            }
            match fields.remove("status").map(serde_json::from_value) {
                None | Some(Ok(State::Available)) => {}
                Some(Ok(State::Away)) => self.away.push(id),
                Some(_) => return Err("status is \"available\" or \"away\"".to_owned()),
            }
        }
        self.entries.push(entry);
        Ok(())
    }
}

/// Parses an instant; the seconds may be missing.
fn instant(text: &str) -> Result<Instant, String> {
    let minutes = text.strip_suffix('Z').filter(|rest| rest.len() == "2026-11-20T09:00".len());
    let text = minutes.map_or_else(|| text.to_owned(), |rest| format!("{rest}:00Z"));
    Instant::parse(&text).map_err(|problem: Problem| in_a_sentence(&problem))
}

/// Joins all problems to one sentence.
fn sentences(problems: &Problems) -> String {
    let messages = problems.iter().map(|it| format!("{} at {}: {}", it.code, it.path, in_a_sentence(it)));
    messages.collect::<Vec<_>>().join("; ")
}

/// Builds the whole document.
fn document(mut described: Map<String, Value>, agents: Vec<Value>, script: &str) -> Value {
    let mut take = |key: &str| described.remove(key);
    let rules = take("rules").unwrap_or(Value::Null);
    let mut strategy = json!({"script": take("script").unwrap_or_else(|| script.into())});
    let mut step = json!({"assign_to": take("to").unwrap_or_else(|| "everyone".into())});
    if let Some(params) = take("params") {
        strategy["params"] = params;
    }
    step["strategy"] = strategy;
    for key in ["wait", "on_error", "skills"] {
        if let Some(value) = take(key) {
            step[key] = value;
        }
    }
    let mut rule = json!({"id": "test", "steps": take("steps").unwrap_or_else(|| json!([step]))});
    if let Some(otherwise) = take("otherwise") {
        rule["otherwise"] = otherwise;
    }
    let rules = if rules.is_null() { json!([rule]) } else { rules };
    let channel = json!({"id": "chat", "kind": "chat", "rules": rules});
    let channel = with(channel, take("channel"));
    let by_hand = json!({"id": BY_HAND, "channels": [{"id": BY_HAND, "kind": channel["kind"]}]});
    let inbox = with(json!({"id": "main", "channels": [channel]}), take("inbox"));
    let mut teams = take("teams").unwrap_or_else(|| json!([]));
    declare_teams(&mut teams, &agents, &inbox);
    let document = json!({"version": 1, "time_zone": "UTC", "teams": teams, "agents": agents});
    let mut document = with(document, Some(Value::Object(described)));
    document["inboxes"] = json!([inbox, by_hand]);
    document
}

/// Adds entries to a map.
fn with(mut map: Value, more: Option<Value>) -> Value {
    if let (Some(map), Some(Value::Object(more))) = (map.as_object_mut(), more) {
        map.extend(more);
    }
    map
}

/// Adds an entry for every team that is named but not declared.
fn declare_teams(teams: &mut Value, agents: &[Value], inbox: &Value) {
    let mut named = BTreeSet::new();
    agents.iter().chain([inbox]).for_each(|value| named_teams(value, &mut named));
    let Some(teams) = teams.as_array_mut() else { return };
    for team in teams.iter_mut().filter(|team| team.is_string()) {
        *team = json!({"id": team});
    }
    for team in named {
        if !teams.iter().any(|known| known["id"] == team.as_str()) {
            teams.push(json!({"id": team}));
        }
    }
}

fn named_teams(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                match key.as_str() {
                    "team" => named.extend(value.as_str().map(str::to_owned)),
                    "teams" | "extra_teams" => {
                        named.extend(
                            value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned),
                        );
                    }
                    // These are the embedder's own data.
                    "attributes" | "params" => {}
                    _ => named_teams(value, named),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| named_teams(element, named)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
