//! Filters of the table of agents, and those that the document saves for everyone.

use serde::{Deserialize, Serialize};

use super::attributes::Extensions;
use super::own_status::State;
use crate::read::{Fields, Id, Node, Reader};

/// A filter of agents: an agent has to match all fields that are set. The default matches all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Filter {
    /// The state of the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The team of which the agent is a main or extra member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The inbox that the agent has access to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The skill that the agent has, at any level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<Id>,
    /// Keys that begin with `x-`.
    #[serde(flatten, skip_deserializing)]
    pub extensions: Extensions,
}

impl Filter {
    /// Reads a filter, its team and its inbox as given.
    pub(crate) fn read(
        r: &mut Reader<'_>,
        node: &Node,
        team: impl FnOnce(&mut Reader<'_>, &Node) -> Option<Id>,
        inbox: impl FnOnce(&mut Reader<'_>, &Node) -> Option<Id>,
    ) -> Option<Filter> {
        let mut fields = r.object(node)?;
        let state = r.optional(&mut fields, "state", Reader::word);
        let team = r.optional(&mut fields, "team", team);
        let inbox = r.optional(&mut fields, "inbox", inbox);
        let skill = r.optional(&mut fields, "skill", Reader::id);
        let extensions = r.finish(fields);
        Some(Filter { state, team, inbox, skill, extensions })
    }
}

/// A filter of the table of agents that the document saves, for everyone. It goes with its team or its inbox when that is
/// removed: without it, the filter would show agents whom it is to hide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableFilter {
    /// Its id.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The agents that it shows.
    pub filter: Filter,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl TableFilter {
    /// Reads the filters of a document, which differ in their ids.
    pub(crate) fn read_under(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<Vec<TableFilter>> {
        let filters = r.optional(fields, "table_filters", |r, node| r.list(node, TableFilter::read));
        r.unique_under(fields, "table_filters", "a filter");
        filters
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<TableFilter> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let filter =
            r.required(&mut fields, "filter", |r, node| Filter::read(r, node, |r, it| r.team(it), |r, it| r.inbox(it)));
        let extensions = r.finish(fields);
        Some(TableFilter { id: id?, name, filter: filter?, extensions })
    }
}
