//! Small desks: an inbox `main`, UTC, and a channel `chat` with the rules of the test.

use std::collections::BTreeSet;

use frontdesk::Desk;
use serde_json::{Map, Value, json};

/// A builder of a desk.
#[derive(Clone)]
pub struct Office {
    document: Value,
    inbox: Value,
    chat: Value,
    others: Vec<Value>,
}

/// Creates a desk of some agents with one step for everyone, and one strategy.
pub fn everyone(strategy: &str, agents: Value) -> Desk {
    Office::of(agents).everyone(strategy).desk()
}

/// A channel with a rule `r` of these steps, and further keys.
pub fn channel(id: &str, kind: &str, steps: Value, keys: Value) -> Value {
    let mut channel = json!({"id": id, "kind": kind, "rules": [{"id": "r", "steps": steps}]});
    merge(&mut channel, keys);
    channel
}

/// Two agents who take one chat at a time.
pub fn one_each() -> Value {
    json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}])
}

impl Office {
    /// A desk of agents: ids, or whole entries. Their teams are added automatically.
    pub fn of(agents: Value) -> Office {
        let agents: Vec<Value> = agents.as_array().into_iter().flatten().map(entry).collect();
        let mut teams = BTreeSet::new();
        for agent in &agents {
            teams.extend(agent["team"].as_str());
            teams.extend(agent["extra_teams"].as_array().into_iter().flatten().filter_map(Value::as_str));
        }
        let teams: Vec<Value> = teams.into_iter().map(|id| json!({"id": id})).collect();
        Office {
            document: json!({"version": 1, "time_zone": "UTC", "teams": teams, "agents": agents}),
            inbox: json!({"id": "main"}),
            chat: json!({"id": "chat", "kind": "chat"}),
            others: Vec::new(),
        }
    }

    /// One rule `all` with one step for everyone.
    pub fn everyone(self, strategy: &str) -> Office {
        self.rules(json!([{"id": "all", "steps": [{"assign_to": "everyone", "strategy": strategy}]}]))
    }

    /// One rule `r` with these steps.
    pub fn steps(self, steps: Value) -> Office {
        self.rules(json!([{"id": "r", "steps": steps}]))
    }

    /// The rules of the chat.
    pub fn rules(self, rules: Value) -> Office {
        self.chat(json!({"rules": rules}))
    }

    /// Further keys of the chat.
    pub fn chat(mut self, keys: Value) -> Office {
        merge(&mut self.chat, keys);
        self
    }

    /// Another channel.
    pub fn channel(mut self, channel: Value) -> Office {
        self.others.push(channel);
        self
    }

    /// Further keys of the inbox.
    pub fn inbox(mut self, keys: Value) -> Office {
        merge(&mut self.inbox, keys);
        self
    }

    /// Further keys of the document.
    pub fn with(mut self, keys: Value) -> Office {
        merge(&mut self.document, keys);
        self
    }

    /// The settings.
    pub fn settings(self, settings: Value) -> Office {
        self.with(json!({"settings": settings}))
    }

    /// The inbox as an entry of `put_inbox`.
    pub fn inbox_entry(&self) -> Value {
        let channels: Vec<&Value> = [&self.chat].into_iter().chain(&self.others).collect();
        let mut inbox = self.inbox.clone();
        merge(&mut inbox, json!({"channels": channels}));
        inbox
    }

    /// Returns the document as text.
    pub fn text(&self) -> String {
        let mut document = self.document.clone();
        let mut inboxes = vec![self.inbox_entry()];
        inboxes.extend(document["inboxes"].as_array().into_iter().flatten().cloned());
        merge(&mut document, json!({"inboxes": inboxes}));
        document.to_string()
    }

    /// Returns the desk, which must not have problems.
    #[track_caller]
    pub fn desk(&self) -> Desk {
        match Desk::from_json(&self.text()) {
            Ok(desk) => desk,
            Err(problems) => panic!("{problems:#?}"),
        }
    }
}

fn entry(agent: &Value) -> Value {
    if agent.is_string() { json!({"id": agent}) } else { agent.clone() }
}

fn merge(into: &mut Value, keys: Value) {
    let keys = if let Value::Object(keys) = keys { keys } else { Map::new() };
    into.as_object_mut().into_iter().for_each(|object| object.extend(keys.clone()));
}
