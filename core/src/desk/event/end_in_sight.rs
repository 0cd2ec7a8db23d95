//! The end of a wait in JSON: null where none is in sight, which is [`Instant::MAX`] in Rust. It is absent without a wait.

use serde::{Serialize, Serializer};

use crate::read::{Node, Wrong};
use crate::time::Instant;

pub fn serialize<S: Serializer>(end: &Option<Instant>, serializer: S) -> Result<S::Ok, S::Error> {
    end.filter(|end| *end < Instant::MAX).serialize(serializer)
}

pub fn read(object: &Node, key: &'static str) -> Result<Option<Instant>, Wrong> {
    Ok(object.nullable(key)?.map(|end| end.unwrap_or(Instant::MAX)))
}
