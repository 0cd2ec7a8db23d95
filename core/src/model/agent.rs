//! Agents: the people who answer, as the document describes them.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Serialize, Serializer};

use super::attributes::{Attributes, Extensions, Skills};
use super::conversation::{read_attributes, read_skills};
use super::hours::{DateHours, WeeklyHours, check_order};
use super::id::Id;
use crate::problem::{Code, Problem};
use crate::read::{Fields, Node, Reader};
use crate::time::Zone;

/// A person who answers conversations.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Agent {
    /// Its id.
    pub id: Id,
    /// What people call them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether they work here still; a deactivated agent keeps what it holds and gets nothing.
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
    /// What they may do to others.
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
    /// Absences.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub out_of_office: Vec<Absence>,
    /// How much they take at a time; no limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
    /// What they know, by level.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::Levels"))]
    pub skills: Skills,
    /// The embedder's own data.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default, with = "crate::schema::AgentAttributes"))]
    pub attributes: Attributes,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Agent {
    /// What to call the agent: the name, or else the id.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    /// Whether the agent has a permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.contains(&permission)
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
        let permissions = r.list_or_empty(&mut fields, "permissions", |r, node| r.one_of(node, &PERMISSIONS));
        let working_hours = r.optional(&mut fields, "working_hours", WeeklyHours::read_list);
        let date_hours = r.optional(&mut fields, "date_hours", DateHours::read_list).unwrap_or_default();
        let out_of_office = r.optional(&mut fields, "out_of_office", Absence::read_list).unwrap_or_default();
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
            capacity,
            skills,
            attributes,
            extensions,
        })
    }
}

/// The weight in `weighted_round_robin`: `attributes.weight`, 1 when absent.
pub(crate) const WEIGHT: &str = "weight";

fn read_agent_attributes(r: &mut Reader<'_>, node: &Node) -> Option<Attributes> {
    let attributes = read_attributes(r, node)?;
    if let Some(weight) = node.get(WEIGHT) {
        r.under(crate::read::Segment::Key(WEIGHT.to_owned()), |r| r.count(weight))?;
    }
    Some(attributes)
}

/// What an agent may do to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// Set the status of others.
    ManageAvailability,
    /// Change agents, teams, inboxes, hours, absences and the status of others.
    SuperAdmin,
}

const PERMISSIONS: [(&str, Permission); 2] =
    [("manage_availability", Permission::ManageAvailability), ("super_admin", Permission::SuperAdmin)];

/// A time out of office; beats everything but a manual status.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Absence {
    /// From when to when, on the wall clock.
    #[serde(flatten)]
    pub times: AbsenceTimes,
    /// What to tell about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The zone of its times; the agent's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// Its id in the calendar it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uid: Option<String>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

/// The times of an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum AbsenceTimes {
    /// From one moment on the wall clock up to another.
    Moments {
        /// Its first moment.
        #[serde(serialize_with = "write_date_time")]
        start: NaiveDateTime,
        /// The first moment after it.
        #[serde(serialize_with = "write_date_time")]
        end: NaiveDateTime,
    },
    /// Whole days.
    Days {
        /// The first day off.
        first_day: NaiveDate,
        /// The last day off.
        last_day: NaiveDate,
    },
}

fn write_date_time<S: Serializer>(time: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    use chrono::Timelike;
    let format = if time.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    serializer.collect_str(&time.format(format))
}

impl Absence {
    pub(crate) fn read_list(r: &mut Reader<'_>, node: &Node) -> Option<Vec<Absence>> {
        r.list(node, Self::read)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Absence> {
        let mut fields = r.object(node)?;
        let times = read_times(r, &mut fields);
        let note = r.optional(&mut fields, "note", Reader::string);
        for key in ["repeat", "except", "also"] {
            r.optional(&mut fields, key, |r, _| not_yet(r, "absences that repeat"));
        }
        let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
        let uid = r.optional(&mut fields, "uid", Reader::string);
        let extensions = r.finish(fields);
        Some(Absence { times: times?, note, time_zone, uid, extensions })
    }
}

/// Reports a part of the format that this build does not have.
pub(super) fn not_yet(r: &mut Reader<'_>, what: &str) -> Option<()> {
    r.fail(Code::UnsupportedFeature, format!("this version of frontdesk does not support {what} yet"))
}

fn read_times(r: &mut Reader<'_>, fields: &mut Fields<'_>) -> Option<AbsenceTimes> {
    let by_days = fields.has("first_day") || fields.has("last_day");
    let by_moments = fields.has("start") || fields.has("end");
    if by_days && by_moments {
        r.report(
            Problem::new(Code::Conflict, "an absence has either start and end, or first_day and last_day")
                .with_hint("keep one pair of them"),
        );
    }
    if by_days {
        let first_day = r.required(fields, "first_day", Reader::date);
        let last_day = r.required(fields, "last_day", Reader::date);
        // Known, though in conflict.
        r.optional(fields, "start", Reader::date_time);
        r.optional(fields, "end", Reader::date_time);
        check_order(r, first_day, last_day);
        return Some(AbsenceTimes::Days { first_day: first_day?, last_day: last_day? });
    }
    let start = r.required(fields, "start", Reader::date_time);
    let end = r.required(fields, "end", Reader::date_time);
    if let (Some(start), Some(end)) = (start, end)
        && start >= end
    {
        r.report(Problem::new(Code::Conflict, "the absence ends before it starts"));
    }
    Some(AbsenceTimes::Moments { start: start?, end: end? })
}

/// How much an agent takes at a time, in units of channel weight.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Capacity {
    /// The most of all kinds together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// The most of a channel kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub per_kind: BTreeMap<Id, u32>,
    /// Kinds that are taken only with nothing else.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alone: Vec<Id>,
}

impl Capacity {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Capacity> {
        match node {
            Node::Number(_) => return Some(Capacity { total: Some(r.count(node)?), ..Capacity::default() }),
            Node::Object(_) => {}
            other => return r.wrong_type(other, "a whole number or an object"),
        }
        let mut fields = r.object(node)?;
        let total = r.optional(&mut fields, "total", Reader::count);
        let per_kind = r.optional(&mut fields, "per_kind", |r, node| {
            r.map(node, |r, kind, limit| {
                let kind = r.kind(&Node::Text(kind.to_owned()));
                let limit = r.count(limit);
                Some((kind?, limit?))
            })
        });
        let alone = r.list_or_empty(&mut fields, "alone", Reader::kind);
        r.finish(fields);
        Some(Capacity { total, per_kind: per_kind.unwrap_or_default().into_iter().collect(), alone })
    }
}
