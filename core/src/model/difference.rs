//! The difference between a document and the one that replaces it.

use serde::Serialize;

use super::agent::Agent;
use super::attributes::Extensions;
use super::document::{Holiday, Team};
use super::hours::WeeklyHours;
use super::inbox::Inbox;
use super::own_status::OwnStatus;
use super::settings::Settings;
use super::table_filter::TableFilter;
use crate::read::{Id, Node, Reader};
use crate::time::Zone;

/// The parts of a document that differ, each as it is from now on. Removed entries are not among them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Difference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// `Some(None)` takes them out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Option<Vec<WeeklyHours>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kinds: Option<Vec<Id>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<OwnStatus>>,
    /// New teams, and those of which something differs; as are the other lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inboxes: Vec<Inbox>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table_filters: Option<Vec<TableFilter>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<Settings>,
    /// The lists whose order differs.
    #[serde(skip_serializing_if = "Order::is_empty")]
    pub order: Order,
    /// Keys that begin with `x-`; null takes a key out.
    #[serde(flatten)]
    pub extensions: Extensions,
}

/// The order of the entries of each list, by their ids; those that are not named come after them, in the order that they
/// have. An empty one is as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Order {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub agents: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Id>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inboxes: Vec<Id>,
}

/// The entries that are gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gone {
    pub teams: Vec<Id>,
    pub agents: Vec<Id>,
    pub holidays: Vec<Id>,
    pub inboxes: Vec<Id>,
}

impl Difference {
    /// Returns `true` if nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }

    /// Returns `true` if nothing but holidays, the hours of the desk, filters of the table and keys that begin with `x-`
    /// differs: those change schedules alone.
    pub fn is_of_schedules(&self) -> bool {
        let entries = self.teams.len() + self.agents.len() + self.inboxes.len();
        let order = self.order.teams.len() + self.order.agents.len() + self.order.inboxes.len();
        let desk =
            self.time_zone.is_some() || self.kinds.is_some() || self.statuses.is_some() || self.settings.is_some();
        entries + order == 0 && !desk
    }

    /// Returns `true` if nothing but agents, inboxes, filters of the table and keys that begin with `x-` differs.
    pub fn is_of_agents_and_inboxes(&self) -> bool {
        let entries = self.teams.len() + self.holidays.len();
        let order = self.order.teams.len() + self.order.holidays.len();
        let words = self.kinds.is_some() || self.statuses.is_some();
        let desk = self.time_zone.is_some() || self.working_hours.is_some() || self.settings.is_some() || words;
        entries + order == 0 && !desk
    }

    pub fn read(r: &mut Reader<'_>, node: &Node) -> Option<Difference> {
        let mut fields = r.object(node)?;
        let mut difference = Difference {
            time_zone: r.optional(&mut fields, "time_zone", Reader::zone),
            working_hours: r.optional(&mut fields, "working_hours", WeeklyHours::read_list_or_null),
            kinds: r.optional(&mut fields, "kinds", |r, node| r.list(node, Reader::id)),
            statuses: OwnStatus::read_under(r, &mut fields),
            teams: r.list_or_empty(&mut fields, "teams", Team::read),
            agents: r.list_or_empty(&mut fields, "agents", Agent::read),
            holidays: r.list_or_empty(&mut fields, "holidays", Holiday::read),
            inboxes: r.list_or_empty(&mut fields, "inboxes", Inbox::read),
            table_filters: TableFilter::read_under(r, &mut fields),
            settings: r.optional(&mut fields, "settings", Settings::read),
            order: r.optional(&mut fields, "order", Order::read).unwrap_or_default(),
            extensions: Extensions::default(),
        };
        difference.extensions = r.finish(fields);
        Some(difference)
    }
}

impl Order {
    fn is_empty(&self) -> bool {
        *self == Order::default()
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Order> {
        let mut fields = r.object(node)?;
        let order = Order {
            teams: r.distinct(&mut fields, "teams", Reader::team),
            agents: r.distinct(&mut fields, "agents", Reader::agent),
            holidays: r.distinct(&mut fields, "holidays", Reader::id),
            inboxes: r.distinct(&mut fields, "inboxes", Reader::inbox),
        };
        r.finish(fields);
        Some(order)
    }
}
