//! The document of a roster as JSON, written without a copy of it.

use serde::{Serialize, Serializer};

use super::Roster;
use crate::model::{Agent, Extensions, Holiday, Id, Inbox, OwnStatus, Settings, TableFilter, Team, WeeklyHours};
use crate::time::Zone;

/// The current document of a roster, written as [`Roster::document`] is.
pub(crate) struct Written<'a>(pub &'a Roster);

/// The keys of a [`Document`](crate::Document), in its order.
#[derive(Serialize)]
struct Keys<'a> {
    version: u8,
    time_zone: &'a Zone,
    #[serde(skip_serializing_if = "Option::is_none")]
    working_hours: Option<&'a [WeeklyHours]>,
    #[serde(skip_serializing_if = "<[Id]>::is_empty")]
    kinds: &'a [Id],
    #[serde(skip_serializing_if = "<[OwnStatus]>::is_empty")]
    statuses: &'a [OwnStatus],
    teams: Vec<&'a Team>,
    agents: Vec<&'a Agent>,
    #[serde(skip_serializing_if = "<[Holiday]>::is_empty")]
    holidays: &'a [Holiday],
    inboxes: Vec<&'a Inbox>,
    #[serde(skip_serializing_if = "<[TableFilter]>::is_empty")]
    table_filters: &'a [TableFilter],
    settings: &'a Settings,
    #[serde(flatten)]
    extensions: &'a Extensions,
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written(roster) = self;
        let keys = Keys {
            version: roster.version,
            time_zone: &roster.time_zone,
            working_hours: roster.working_hours.as_deref(),
            kinds: &roster.named_kinds,
            statuses: &roster.statuses,
            teams: roster.teams().collect(),
            agents: roster.members().map(|(_, member)| &*member.entry).collect(),
            holidays: &roster.holidays,
            inboxes: roster.inboxes().collect(),
            table_filters: &roster.table_filters,
            settings: &roster.settings,
            extensions: &roster.extensions,
        };
        keys.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    /// A document with every key is written as it is, and so is one without any that may be absent.
    #[test]
    fn it_is_written_as_the_document_is() {
        let least = r#"{"version": 1, "time_zone": "UTC"}"#;
        let all = r#"{"version": 1, "time_zone": "Europe/Stockholm", "kinds": ["fax"],
            "working_hours": [{"days": ["mon"], "start": "09:00", "end": "17:00"}],
            "statuses": [{"id": "lunch", "state": "away"}], "teams": [{"id": "support"}],
            "agents": [{"id": "anna", "team": "support", "skills": {"sv": 2}}, {"id": "bo"}],
            "holidays": [{"id": "may", "dates": ["2026-05-01"]}],
            "inboxes": [{"id": "main", "channels": [{"id": "fax", "kind": "fax", "rules": [
                {"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}],
            "table_filters": [{"id": "mine", "filter": {"team": "support"}}],
            "settings": {"seed": 7}, "x-own": {"b": 1, "a": 2}}"#;
        for text in [least, all] {
            let document = Document::from_json(text).unwrap();
            let expected = serde_json::to_string(&document).unwrap();
            let roster = Roster::new(document);
            assert_eq!(serde_json::to_string(&Written(&roster)).unwrap(), expected);
        }
    }
}
