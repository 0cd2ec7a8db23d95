//! The parameters of a script: the constants at its top, with their defaults.
//!
//! ```rhai
//! /// How much a VIP is worth.
//! const boost = 20;
//!
//! fn score(agent, conversation, desk) { if conversation.attributes.vip { boost } else { 0 } - agent.load }
//! ```
//!
//! `"params": {"boost": 5}` on a step replaces the default. All functions of the script see them by their plain name.

use std::collections::BTreeMap;

use rhai::Dynamic;
use serde_json::Value;

use super::views::json;
use crate::model::Attributes;

/// The parameters of a call.
#[derive(Debug, Clone, Default)]
pub(super) struct Params(Vec<(String, Dynamic)>);

impl Params {
    pub fn new(constants: Vec<(String, Dynamic)>) -> Self {
        Params(constants)
    }

    pub fn get(&self, name: &str) -> Option<&Dynamic> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Names with defaults, as a document writes them; a default that no document can write is an error, by name.
    pub fn declared(&self) -> Result<BTreeMap<String, Value>, String> {
        let written = self.0.iter().map(|(name, value)| {
            let value = json::from_dynamic(value).ok_or_else(|| name.clone())?;
            Ok((name.clone(), value))
        });
        written.collect::<Result<Vec<_>, _>>().map(|all| all.into_iter().collect())
    }

    /// The same with what a step sets. What it sets beyond the declared, or with another type, was a problem before.
    #[must_use]
    pub fn set(&self, set: &Attributes) -> Self {
        let replaced = self.0.iter().map(|(name, default)| {
            let value = set.get(name).map(|value| fitting(default, json::to_dynamic(value)));
            (name.clone(), value.unwrap_or_else(|| default.clone()))
        });
        Params(replaced.collect())
    }
}

/// A whole number where the default has a point becomes a number with a point.
fn fitting(default: &Dynamic, value: Dynamic) -> Dynamic {
    match value.as_int() {
        Ok(number) if default.is_float() => Dynamic::from_float(number as f64),
        _ => value,
    }
}
