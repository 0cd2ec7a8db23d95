//! The parts of the document that `configure` replaces.

use crate::model::{Id, NewDocument, OwnStatus, Settings, TableFilter, WeeklyHours};
use crate::problem::{Code, Problem};
use crate::read::{Fields, Reader};
use crate::time::Zone;

/// The parts of the document that `configure` replaces, or a whole document, of which the desk takes what differs. A part that
/// is `None` stays as it is; `working_hours` of `Some(None)` are taken out.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Configuration {
    /// The zone of agents and inboxes without their own.
    pub time_zone: Option<Zone>,
    /// The hours of agents whose team, too, has none; null takes them out, and these agents are then always on.
    #[cfg_attr(feature = "schema", schemars(with = "Option<crate::schema::HoursOrNone>"))]
    pub working_hours: Option<Option<Vec<WeeklyHours>>>,
    /// Channel kinds beside the built-in ones: all of them.
    pub kinds: Option<Vec<Id>>,
    /// Statuses beside available and away: all of them.
    pub statuses: Option<Vec<OwnStatus>>,
    /// Filters of the table of agents, for everyone: all of them.
    pub table_filters: Option<Vec<TableFilter>>,
    /// The settings: all of them.
    pub settings: Option<Settings>,
    /// A whole document, instead of parts.
    pub document: Option<NewDocument>,
}

impl From<NewDocument> for Configuration {
    fn from(document: NewDocument) -> Self {
        Configuration { document: Some(document), ..Configuration::default() }
    }
}

impl Configuration {
    pub(super) fn read(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Configuration {
        let parts = ["time_zone", "working_hours", "kinds", "statuses", "table_filters", "settings"];
        let has_parts = parts.iter().any(|key| fields.has(key));
        if has_parts == fields.has("document") {
            r.report(
                Problem::new(Code::Conflict, "give either the parts to replace or a \"document\"")
                    .with_hint(format!("the parts are: {}", parts.join(", "))),
            );
        }
        Configuration {
            time_zone: r.optional(fields, "time_zone", Reader::zone),
            working_hours: r.optional(fields, "working_hours", WeeklyHours::read_list_or_null),
            kinds: r.optional(fields, "kinds", |r, node| r.list(node, Reader::id)),
            statuses: OwnStatus::read_under(r, fields),
            table_filters: TableFilter::read_under(r, fields),
            settings: r.optional(fields, "settings", Settings::read),
            document: r.optional(fields, "document", NewDocument::read),
        }
    }
}
