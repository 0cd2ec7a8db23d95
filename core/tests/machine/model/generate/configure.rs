//! Random changes of the whole document.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::desk::{
    Desk, Settings, Statuses, TableFilter, desk, settings, statuses, statuses_json, table_filters, table_filters_json,
};
use super::hours::{Weekly, weekly, weekly_json};
use super::pick::{Pick, chance, perhaps, pick};

/// A `configure`.
#[derive(Debug, Clone)]
pub enum Configure {
    Parts {
        hours: Option<Option<Vec<Weekly>>>,
        kinds: Option<Vec<&'static str>>,
        statuses: Option<Statuses>,
        table_filters: Option<Vec<TableFilter>>,
        settings: Option<Box<Settings>>,
    },
    Document(Box<NewDocument>),
}

/// A document made of that of the desk and of another one.
#[derive(Debug, Clone)]
pub struct NewDocument {
    other: Desk,
    kinds: Option<Vec<&'static str>>,
    hours: Source,
    teams: Source,
    agents: Source,
    holidays: Source,
    inboxes: Source,
    settings: Source,
    /// The agent that comes first, and whether the others follow backwards.
    first: Pick,
    backwards: bool,
    /// An agent who is not in it.
    without: Option<Pick>,
    /// `true` if the entries of agents, teams and inboxes leave lists out.
    leaves_out: bool,
}

/// Where a part of the document is from.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// The document that the desk began with.
    First,
    Other,
    Absent,
    Null,
}

pub fn configure() -> impl Strategy<Value = Configure> {
    let words = (perhaps(30, kinds()), perhaps(30, statuses()));
    let parts = (perhaps(50, perhaps(70, weekly())), words, perhaps(30, table_filters()), perhaps(70, settings()));
    let parts = parts.prop_map(|(hours, (kinds, statuses), table_filters, settings)| {
        // One of them has to be there.
        let has_words = kinds.is_some() || statuses.is_some() || table_filters.is_some();
        let hours = if has_words || settings.is_some() { hours } else { hours.or(Some(None)) };
        Configure::Parts { hours, kinds, statuses, table_filters, settings: settings.map(Box::new) }
    });
    let sources = (source(), source(), source(), source(), source(), source());
    let order = (pick(), chance(30), perhaps(30, pick()));
    let document = (desk(), perhaps(30, kinds()), sources, order, chance(40)).prop_map(
        |(
            other,
            kinds,
            (hours, teams, agents, holidays, inboxes, settings),
            (first, backwards, without),
            leaves_out,
        )| {
            Configure::Document(Box::new(NewDocument {
                other,
                kinds,
                hours,
                teams,
                agents,
                holidays,
                inboxes,
                settings,
                first,
                backwards,
                without,
                leaves_out,
            }))
        },
    );
    prop_oneof![1 => parts, 3 => document]
}

/// Kinds that no channel has.
fn kinds() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(vec!["fax", "sms", "pager"], 0..=3)
}

fn source() -> impl Strategy<Value = Source> {
    prop_oneof![
        6 => Just(Source::First),
        2 => Just(Source::Other),
        2 => Just(Source::Absent),
        1 => Just(Source::Null),
    ]
}

impl Configure {
    pub fn json(&self, first: &Value) -> Value {
        match self {
            Configure::Parts { hours, kinds, statuses, table_filters, settings } => {
                let mut command = json!({"type": "configure"});
                if let Some(hours) = hours {
                    command["working_hours"] = hours.as_deref().map_or(Value::Null, weekly_json);
                }
                kinds.iter().for_each(|kinds| command["kinds"] = json!(kinds));
                statuses.iter().for_each(|statuses| command["statuses"] = statuses_json(statuses));
                if let Some(filters) = table_filters {
                    command["table_filters"] =
                        table_filters_json(filters, &ids(first, "teams"), &ids(first, "inboxes"));
                }
                settings.iter().for_each(|settings| command["settings"] = settings.json());
                command
            }
            Configure::Document(document) => json!({"type": "configure", "document": document.json(first)}),
        }
    }
}

impl NewDocument {
    fn json(&self, first: &Value) -> Value {
        let (other, mut document) = (self.other.json(), json!({"version": 1, "time_zone": "UTC"}));
        for (key, source) in [
            ("working_hours", self.hours),
            ("statuses", self.hours),
            ("teams", self.teams),
            ("agents", self.agents),
            ("holidays", self.holidays),
            ("inboxes", self.inboxes),
            ("table_filters", self.teams),
            ("settings", self.settings),
        ] {
            let part = match source {
                Source::First => first.get(key),
                Source::Other => other.get(key),
                Source::Absent => None,
                Source::Null => Some(&Value::Null),
            };
            part.into_iter().for_each(|part| document[key] = part.clone());
        }
        self.kinds.iter().for_each(|kinds| document["kinds"] = json!(kinds));
        document.get_mut("agents").and_then(Value::as_array_mut).into_iter().for_each(|agents| self.arrange(agents));
        if self.leaves_out {
            leave_out(&mut document);
        }
        document
    }

    fn arrange(&self, agents: &mut Vec<Value>) {
        let places: Vec<usize> = (0..agents.len()).collect();
        agents.rotate_left(self.first.of(&places).copied().unwrap_or(0));
        if self.backwards {
            agents.reverse();
        }
        if let Some(place) = self.without.and_then(|pick| pick.of(&places)) {
            let removed = agents.remove(*place);
            for agent in agents.iter_mut().filter(|agent| agent["substitute"] == removed["id"]) {
                agent.as_object_mut().expect("an agent").remove("substitute");
            }
        }
    }
}

/// Returns the ids of the entries of a list.
fn ids(document: &Value, list: &str) -> Vec<String> {
    let entries = document[list].as_array().into_iter().flatten();
    entries.filter_map(|entry| entry["id"].as_str().map(str::to_owned)).collect()
}

/// Leaves lists out of the entries of a document, and takes some out by null.
fn leave_out(document: &mut Value) {
    for (list, absent, null) in [
        ("teams", "working_hours", "name"),
        ("agents", "out_of_office", "working_hours"),
        ("holidays", "teams", "inboxes"),
        ("inboxes", "channels", "office_hours"),
    ] {
        for entry in document.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            entry.as_object_mut().expect("an entry").remove(absent);
            entry[null] = Value::Null;
        }
    }
}
