//! Agents: the people who answer, as the document describes them.

use serde::Serialize;
use std::collections::BTreeMap;

use super::absence::Absence;
use super::attributes::{Attributes, Extensions, Skills, write_canonical};
use super::conversation::{read_attributes, read_skills};
use super::hours::{DateHours, WeeklyHours};
use super::pace::Pace;
use super::travel::Travel;
use crate::problem::{Code, Problem, shortened, vocabulary};
use crate::read::{Id, Node, Reader};
use crate::time::Zone;

/// A person who answers conversations.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// Its id.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
    pub name: Option<String>,
    /// `false` for a deactivated agent, who keeps conversations but gets no more.
    #[cfg_attr(feature = "schema", schemars(default = "crate::schema::yes"))]
    pub active: bool,
    /// The zone of their hours; the desk's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// Their main team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// Further teams they help out in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub extra_teams: Vec<Id>,
    /// Their seat, a name of the embedder's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seat: Option<Id>,
    /// Rights to change other agents and the desk.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub permissions: Vec<Permission>,
    /// Their weekly hours; their main team's, else the desk's, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Vec<WeeklyHours>>,
    /// Dates with hours of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub date_hours: Vec<DateHours>,
    /// Absences: at most 100 start on a date, and at most 1,000 repeat.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub out_of_office: Vec<Absence>,
    /// The agent who stands in for them while they are out of office, wherever a rule names them by id, or as the owner or
    /// last agent of a contact. Of absent ones, theirs in turn: at most ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub substitute: Option<Id>,
    /// Dates on which their hours, dates and holidays are read in another zone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub travel: Vec<Travel>,
    /// The most they hold at a time; no limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// Skills with their levels.
    #[serde(skip_serializing_if = "Skills::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
    pub skills: Skills,
    /// The embedder's own data.
    #[serde(skip_serializing_if = "Attributes::is_empty", serialize_with = "write_canonical")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::AgentAttributes"))]
    pub attributes: Attributes,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Agent {
    /// Returns the name of the agent, or else the id.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Returns `true` if the agent has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
    }

    /// Returns `true` if the agent sees every inbox, also those that the agent has no access to: with the permission
    /// `account_access` or `super_admin`.
    ///
    /// ```
    /// use frontdesk::Document;
    ///
    /// let document = Document::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [
    ///     {"id": "anna"}, {"id": "cleo", "permissions": ["account_access"]}]}"#)?;
    /// let [anna, cleo] = &document.agents[..] else { unreachable!() };
    /// assert!(!anna.sees_every_inbox() && cleo.sees_every_inbox());
    /// # Ok::<(), frontdesk::Problems>(())
    /// ```
    pub fn sees_every_inbox(&self) -> bool {
        self.may(Permission::AccountAccess) || self.may(Permission::SuperAdmin)
    }

    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Agent> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let active = r.optional(&mut fields, "active", Reader::bool);
        let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
        let team = r.optional(&mut fields, "team", Reader::team);
        let extra_teams = r.list_or_empty(&mut fields, "extra_teams", Reader::team);
        let seat = r.optional(&mut fields, "seat", Reader::id);
        let permissions = r.list_or_empty(&mut fields, "permissions", Reader::word);
        let working_hours = r.optional(&mut fields, "working_hours", WeeklyHours::read_list);
        let date_hours = r.optional(&mut fields, "date_hours", DateHours::read_list).unwrap_or_default();
        let out_of_office = r.optional(&mut fields, "out_of_office", Absence::read_list).unwrap_or_default();
        let substitute = r.optional(&mut fields, "substitute", |r, node| read_substitute(r, node, id.as_ref()));
        let travel = r.optional(&mut fields, "travel", Travel::read_list).unwrap_or_default();
        let capacity = r.optional(&mut fields, "capacity", Capacity::read);
        let skills = r.optional(&mut fields, "skills", read_skills).unwrap_or_default();
        let attributes = r.optional(&mut fields, "attributes", read_agent_attributes).unwrap_or_default();
        let extensions = r.finish(fields);
        Some(Agent {
            id: id?,
            name,
            active: active.unwrap_or(true),
            time_zone,
            team,
            extra_teams,
            seat,
            permissions,
            working_hours,
            date_hours,
            out_of_office,
            substitute,
            travel,
            capacity,
            skills,
            attributes,
            extensions,
        })
    }
}

/// Reads the id of the agent who stands in for another.
fn read_substitute(r: &mut Reader<'_>, node: &Node, of: Option<&Id>) -> Option<Id> {
    let substitute = r.agent(node)?;
    if Some(&substitute) == of {
        let message = format!("{:?} is the agent's own id", shortened(&substitute));
        r.report(Problem::new(Code::InvalidValue, message).with_hint("name another agent, or take this out"));
        return None;
    }
    Some(substitute)
}

/// The weight in `weighted_round_robin`: `attributes.weight`, 1 when absent.
pub(crate) const WEIGHT: &str = "weight";

fn read_agent_attributes(r: &mut Reader<'_>, node: &Node) -> Option<Attributes> {
    let attributes = read_attributes(r, node)?;
    if let Some(weight) = node.get(WEIGHT) {
        r.under(crate::read::Segment::known(WEIGHT), |r| r.count(weight))?;
    }
    Some(attributes)
}

vocabulary! {
    /// A right to change other agents or the desk.
    #[non_exhaustive]
    pub enum Permission {
        /// Set the status of others.
        ManageAvailability = "manage_availability",
        /// See every inbox, as a super admin does. It grants no command: acting in an inbox takes access to it, as for
        /// everyone.
        AccountAccess = "account_access",
        /// Change agents, teams, inboxes, hours, absences and the status of others.
        SuperAdmin = "super_admin",
    }
}

/// The most that an agent holds at a time, in units of channel weight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Capacity {
    /// The limit for all kinds together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// The limits by channel kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_kind: BTreeMap<Id, u32>,
    /// The limits by inbox.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_inbox: BTreeMap<Id, u32>,
    /// Kinds of which a conversation has to be the only one held.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<Id>,
    /// The limits on the conversations that routing gives in a time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pace: Vec<Pace>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Capacity {
    /// Returns `true` if it has a limit for a kind, or takes it alone.
    #[cfg(feature = "routing")]
    pub(crate) fn names(&self, kind: &Id) -> bool {
        self.per_kind.contains_key(kind) || self.alone.contains(kind)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Capacity> {
        match node {
            Node::Number(_) => return Some(Capacity { total: Some(r.count(node)?), ..Capacity::default() }),
            Node::Object(_) => {}
            other => return r.wrong_type(other, "a whole number or an object"),
        }
        let mut fields = r.object(node)?;
        let total = r.optional(&mut fields, "total", Reader::count);
        let per_kind = r.optional(&mut fields, "per_kind", |r, node| read_limits(r, node, |r, id| r.kind(id)));
        let per_inbox = r.optional(&mut fields, "per_inbox", |r, node| read_limits(r, node, |r, id| r.inbox(id)));
        let alone = r.list_or_empty(&mut fields, "alone", Reader::kind);
        let pace = r.list_or_empty(&mut fields, "pace", Pace::read);
        let extensions = r.finish(fields);
        let (per_kind, per_inbox) = (per_kind.unwrap_or_default(), per_inbox.unwrap_or_default());
        Some(Capacity { total, per_kind, per_inbox, alone, pace, extensions })
    }
}

/// Reads limits by the ids of kinds or inboxes.
fn read_limits(
    r: &mut Reader<'_>,
    node: &Node,
    id: fn(&mut Reader<'_>, &Node) -> Option<Id>,
) -> Option<BTreeMap<Id, u32>> {
    r.map(node, |r, key, limit| {
        let key = id(r, &Node::Text(key.into()));
        let limit = r.count(limit);
        Some((key?, limit?))
    })
}
