//! The parameters of a script: the constants at its top, with their defaults.
//!
//! ```rhai
//! /// How much a VIP is worth.
//! const boost = 20;
//!
//! fn score(agent, conversation, desk) { if conversation.attributes.vip { boost } else { 0 } - agent.load }
//! ```
//!
//! `"params": {"boost": 5}` on a step replaces the default. All functions of the script use a parameter by its plain name.

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

    /// Returns the names and defaults in JSON; the error is the name of a default that JSON cannot express.
    pub fn declared(&self) -> Result<BTreeMap<String, Value>, String> {
        let written = self.0.iter().map(|(name, value)| {
            let value = json::from_dynamic(value).ok_or_else(|| name.clone())?;
            Ok((name.clone(), value))
        });
        written.collect::<Result<Vec<_>, _>>().map(|all| all.into_iter().collect())
    }

    /// Returns the parameters with the values of a step. Unknown names and other types were refused when the document was
    /// read.
    #[must_use]
    pub fn set(&self, set: &Attributes) -> Self {
        let replaced = self.0.iter().map(|(name, default)| {
            let value = set.get(name).map(|value| fitting(default, json::to_dynamic(value)));
            (name.clone(), value.unwrap_or_else(|| default.clone()))
        });
        Params(replaced.collect())
    }
}

/// Converts a whole number to a float if the default is a float.
fn fitting(default: &Dynamic, value: Dynamic) -> Dynamic {
    match value.as_int() {
        Ok(number) if default.is_float() => Dynamic::from_float(number as f64),
        _ => value,
    }
}
