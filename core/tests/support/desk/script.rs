//! Commands as short lines: `TIME VERB SUBJECT … [by AGENT] [JSON or $NAME] [why]`.

use frontdesk::{Command, Desk};
use serde_json::{Value, json};

/// The day of all stories, a Friday.
pub const DAY: &str = "2026-11-20";

/// Returns `true` if a line is a command; other lines are events.
pub fn is_command(line: &str) -> bool {
    line.starts_with(|first: char| first.is_ascii_digit())
}

/// Reads an instant: `09:00` of the day of the story, `09:00:20.5`, or with its date.
fn instant_text(text: &str) -> String {
    let (date, time) = text.split_once('T').unwrap_or((DAY, text));
    let seconds = if time.matches(':').count() == 1 { ":00" } else { "" };
    format!("{date}T{time}{seconds}Z")
}

/// Reads the command of a line, and whether the line asks for the agents considered.
#[track_caller]
pub fn command(desk: &Desk, line: &str, values: &[(&str, Value)]) -> (Command, bool) {
    let (line, why) = line.strip_suffix(" why").map_or((line, false), |line| (line, true));
    let (words, data) = match line.find(['{', '[']) {
        Some(at) => (&line[..at], serde_json::from_str(&line[at..]).unwrap_or_else(|wrong| panic!("{line}: {wrong}"))),
        None => (line, Value::Null),
    };
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let named = words.last().and_then(|word| word.strip_prefix('$'));
    let data = match named {
        Some(name) => {
            words.pop();
            values.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name} is not a value")).1.clone()
        }
        None => data,
    };
    let by = words.iter().position(|word| *word == "by").map(|at| words.split_off(at)[1]);
    let mut json = keys(&words[1..], data);
    json["at"] = instant_text(words[0]).into();
    if let Some(by) = by {
        json["by"] = by.into();
    }
    match desk.command_from_value(json) {
        Ok(command) => (command, why),
        Err(problems) => panic!("{line}: {problems:#?}"),
    }
}

/// The keys of a command without `at` and `by`.
fn keys(words: &[&str], data: Value) -> Value {
    let mut json = match *words {
        ["open", conversation] => arrival(conversation, "chat"),
        ["open", conversation, channel] => arrival(conversation, channel),
        ["assign", conversation, "to", "team", team] => {
            json!({"type": "assign", "conversation": conversation, "to": {"team": team}})
        }
        ["assign", conversation, "to", agent] => {
            json!({"type": "assign", "conversation": conversation, "to": {"agent": agent}})
        }
        ["transfer", conversation, "to", channel] => {
            let arrival = arrival(conversation, channel);
            json!({"type": "transfer", "conversation": conversation, "inbox": arrival["inbox"], "channel": arrival["channel"]})
        }
        [verb @ ("accept" | "decline"), conversation, agent] => {
            json!({"type": verb, "conversation": conversation, "agent": agent})
        }
        ["away", agent] => json!({"type": "set_status", "agent": agent, "status": "away"}),
        ["back", agent] => json!({"type": "set_status", "agent": agent, "status": "available"}),
        ["set", agent, status] => json!({"type": "set_status", "agent": agent, "status": status}),
        ["set_working_hours", agent] => return list("working_hours", agent, &data),
        ["set_date_hours", agent] => return list("date_hours", agent, &data),
        ["set_out_of_office", agent] => return list("out_of_office", agent, &data),
        [verb @ ("put_agent" | "put_team" | "put_inbox" | "put_holiday")] => {
            let what = verb.trim_start_matches("put_");
            return json!({"type": verb, what: data["id"], "entry": data});
        }
        [verb @ ("remove_agent" | "remove_team" | "remove_inbox" | "remove_holiday"), id] => {
            json!({"type": verb, verb.trim_start_matches("remove_"): id})
        }
        ["message", conversation, from] => json!({"type": "message", "conversation": conversation, "from": from}),
        ["message", conversation, from, message] => {
            json!({"type": "message", "conversation": conversation, "from": from, "message": message})
        }
        [verb @ ("hide" | "unhide" | "reply"), conversation, message] => {
            json!({"type": verb, "conversation": conversation, "message": message})
        }
        [verb @ ("block" | "unblock"), "sender", sender] => json!({"type": verb, "sender": sender}),
        ["erase", contact] => json!({"type": "erase", "contact": contact}),
        [verb @ ("advance" | "configure")] => json!({"type": verb}),
        [verb, conversation] => json!({"type": verb, "conversation": conversation}),
        _ => panic!("no command: {words:?}"),
    };
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), data) {
        json.extend(more);
    }
    json
}

fn arrival(conversation: &str, channel: &str) -> Value {
    let (inbox, channel) = channel.split_once('/').unwrap_or(("main", channel));
    json!({"type": "open", "conversation": conversation, "inbox": inbox, "channel": channel})
}

fn list(key: &str, agent: &str, data: &Value) -> Value {
    json!({"type": format!("set_{key}"), "agent": agent, key: data})
}
