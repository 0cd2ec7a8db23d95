//! Selections from lists that are only known later, so that each value shrinks on its own.

use proptest::prelude::*;
use serde_json::Value;

/// A selection from a list of any length.
#[derive(Debug, Clone, Copy)]
pub struct Pick(u8);

impl Pick {
    pub const FIRST: Pick = Pick(0);

    pub fn of<T>(self, list: &[T]) -> Option<&T> {
        list.get(usize::from(self.0) % list.len().max(1))
    }

    /// A few picks select an id that does not exist.
    pub fn is_nobody(self) -> bool {
        self.0 >= NOBODY
    }

    /// Returns an id; in a few cases, one that does not exist.
    pub fn id(self, ids: &[String]) -> String {
        if self.is_nobody() { "nobody".into() } else { self.of(ids).map_or("nobody".into(), Clone::clone) }
    }
}

/// Picks from this value on select an unknown id.
const NOBODY: u8 = 250;

pub fn pick() -> impl Strategy<Value = Pick> + Clone {
    any::<u8>().prop_map(Pick)
}

/// Returns the picked ids without duplicates.
pub fn ids(picks: &[Pick], of: &[String]) -> Vec<String> {
    let mut ids: Vec<String> = vec![];
    for id in picks.iter().filter_map(|pick| pick.of(of)) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// Returns `a1`, `a2` and so on.
pub fn numbered(letter: char, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{letter}{number}")).collect()
}

/// A small set of lengths, so that many events fall due at the same instant.
pub const DURATIONS: [&str; 8] = ["10s", "20s", "30s", "1m", "2m", "5m", "30m", "2h"];

pub fn duration() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(&DURATIONS[..])
}

pub fn short_duration() -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(&DURATIONS[..5])
}

pub const SKILLS: [&str; 2] = ["x", "y"];
pub const SEATS: [&str; 2] = ["sales", "service"];
pub const PLANS: [&str; 2] = ["free", "paid"];

/// Some skills with their levels.
pub fn skills() -> impl Strategy<Value = Vec<(&'static str, u8)>> + Clone {
    prop::collection::vec((prop::sample::select(&SKILLS[..]), 1..=5_u8), 0..=2)
}

pub fn skills_json(skills: &[(&str, u8)]) -> Value {
    skills.iter().map(|(name, level)| (name.to_string(), Value::from(*level))).collect()
}

/// An option that is mostly present, or mostly absent.
pub fn perhaps<S: Strategy>(percent: u8, of: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(f64::from(percent) / 100.0, of)
}

pub fn chance(percent: u8) -> impl Strategy<Value = bool> + Clone {
    prop::bool::weighted(f64::from(percent) / 100.0)
}

/// Removes the keys that are null.
pub fn compact(mut json: Value) -> Value {
    if let Some(fields) = json.as_object_mut() {
        fields.retain(|_, value| !value.is_null());
    }
    json
}
