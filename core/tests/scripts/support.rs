//! Desks with scripts.

use frontdesk::Desk;
use frontdesk::script::Scripts;
use serde_json::{Value, json};

use crate::support_desk::Office;

/// Agents with the skills, regions and loads that the tests need.
pub fn three() -> Value {
    json!([
        {"id": "anna", "team": "vip", "skills": {"billing": 5}, "attributes": {"region": "emea", "weight": 1}},
        {"id": "bo", "extra_teams": ["vip"], "skills": {"billing": 3, "lang:sv": 4}, "capacity": 2, "attributes": {"region": "us"}},
        {"id": "cy", "name": "Cyd", "capacity": {"total": 4, "per_kind": {"chat": 1}}},
    ])
}

/// The desk of an office, with a script `s`.
#[track_caller]
pub fn with(office: Office, script: &str) -> Desk {
    let mut desk = office.desk();
    let scripts = Scripts::from_sources([("s.rhai", script)]).unwrap_or_else(|problems| panic!("{problems:#?}"));
    desk.set_scripts(scripts).unwrap_or_else(|problems| panic!("{problems:#?}"));
    desk
}
