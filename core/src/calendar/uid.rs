//! The ids of absences in calendars.

use crate::model::Absence;
use std::collections::BTreeMap;

/// The suffix of the ids that we give to absences without one.
const OURS: &str = "@hand-made.frontdesk";
/// The suffix of the ids that we give to events without one; RFC 5545 requires an id, but some calendars leave it out.
const NAMELESS: &str = "@nameless.frontdesk";

/// Returns `true` if we gave the id to an absence without one.
pub(crate) fn is_ours(uid: &str) -> bool {
    uid.ends_with(OURS)
}

/// Gives ids to absences without one. An id stays the same as long as agent, times and repetition do.
#[derive(Debug)]
pub(crate) struct Uids<'a> {
    agent: &'a str,
    ending: &'static str,
    given: BTreeMap<u64, usize>,
}

impl<'a> Uids<'a> {
    pub fn of(agent: &'a str) -> Uids<'a> {
        Uids { agent, ending: OURS, given: BTreeMap::new() }
    }

    pub fn of_events() -> Uids<'static> {
        Uids { agent: "", ending: NAMELESS, given: BTreeMap::new() }
    }

    /// Returns the id of an absence: its own, or a new one.
    pub fn of_absence(&mut self, absence: &Absence) -> String {
        if let Some(uid) = absence.uid.as_deref().map(as_written).filter(|uid| !uid.is_empty()) {
            return uid;
        }
        let zone = absence.time_zone.as_ref().map(|zone| zone.name());
        let identity = serde_json::to_string(&(self.agent, &absence.times, &absence.repeat, zone)).unwrap_or_default();
        let hash = fnv(identity.as_bytes());
        let before = self.given.entry(hash).or_default();
        let uid = format!("{hash:016x}.{before}{}", self.ending);
        *before += 1;
        uid
    }
}

/// Returns an id in a form that survives writing and reading: trimmed and without control characters.
pub(crate) fn as_written(uid: &str) -> String {
    uid.replace(char::is_control, " ").trim().to_owned()
}

/// FNV-1a, 64 bits: short, and the same in every release.
fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}
