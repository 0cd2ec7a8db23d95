//! The desk document: one JSON document describes a desk.

use std::sync::Arc;

use chrono::NaiveDate;
#[cfg(feature = "routing")]
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::agent::Agent;
use super::attributes::Extensions;
use super::hours::WeeklyHours;
use super::inbox::{Inbox, KINDS};
use super::own_status::OwnStatus;
use super::script::{Chooser, ScriptCall};
use super::settings::Settings;
use super::table_filter::TableFilter;
use crate::problem::{Code, Problems};
use crate::read::{self, DeclaredScripts, Id, Known, Node, Reader, Segment};
use crate::time::Zone;

/// The version of the format that is read and written.
const VERSION: i64 = 1;

/// The key under which editors look for the schema of a document.
pub(crate) const SCHEMA: &str = "$schema";

/// The description of a desk: valid, and with all references resolved.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Document {
    /// The version of the format, 1.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u8,
    /// The zone of agents and inboxes without their own.
    pub time_zone: Zone,
    /// The hours of agents whose team, too, has none; they are always on when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Vec<WeeklyHours>>,
    /// Channel kinds beside the built-in ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub kinds: Vec<Id>,
    /// Statuses beside available and away.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub statuses: Vec<OwnStatus>,
    /// Teams.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub teams: Vec<Team>,
    /// Agents; their order decides the last tie.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub agents: Vec<Agent>,
    /// Holidays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub holidays: Vec<Holiday>,
    /// Inboxes.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub inboxes: Vec<Inbox>,
    /// Filters of the table of agents, for everyone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub table_filters: Vec<TableFilter>,
    /// Settings.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub settings: Settings,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Document {
    /// Reads a desk document from JSON text, which may name its own ids and those in `known`.
    pub(crate) fn from_text(text: &str, known: Known) -> Result<Document, Problems> {
        Ok(read::from_text(text, |node| with_ids_of(node, known), Document::read)?)
    }

    /// Reads a desk document from a parsed value.
    pub(crate) fn from_node(node: &Node, known: Known) -> Result<Document, Problems> {
        Ok(read::from_node(node, &with_ids_of(node, known), Document::read)?)
    }

    /// Reads a desk document under a key of another object. It has been read before: unless scripts are known, it may name any
    /// scripts and strategies.
    pub(crate) fn from_part(text: &str, whole: &Node, key: &str, known: Known) -> Result<Document, Problems> {
        let node = whole.get(key).unwrap_or(&Node::Null);
        let known = with_ids_of(node, known);
        let reader = if known.scripts.is_some() { Reader::new(&known) } else { Reader::again(&known) };
        Ok(read::part_of_text(text, key, node, reader, Document::read)?)
    }

    /// Returns the names that a document for a desk that runs may refer to: its own, and those of the desk in a list that it
    /// leaves out.
    #[cfg(feature = "routing")]
    pub(crate) fn known_to_new(node: &Node, of_desk: &Known) -> Known {
        let mut known = with_ids_of(node, of_desk.clone());
        let keep = |list: &str, own: &mut FxHashSet<Id>, of_desk: &FxHashSet<Id>| {
            if node.get(list).is_none() {
                own.extend(of_desk.iter().cloned());
            }
        };
        keep("agents", &mut known.agents, &of_desk.agents);
        keep("teams", &mut known.teams, &of_desk.teams);
        keep("inboxes", &mut known.inboxes, &of_desk.inboxes);
        keep("kinds", &mut known.kinds, &of_desk.kinds);
        known
    }

    /// Returns all channel kinds: the built-in ones and those that the document names.
    pub fn channel_kinds(&self) -> Vec<Id> {
        all_kinds(&self.kinds)
    }

    /// Returns the scripts and strategies that steps name, in the order of the document.
    pub(crate) fn script_calls(&self) -> impl Iterator<Item = &ScriptCall> {
        let rules = self.inboxes.iter().flat_map(|inbox| &inbox.channels).flat_map(|channel| &channel.rules);
        rules.flat_map(|rule| &rule.steps).filter_map(|step| step.strategy.script())
    }

    /// Returns the document with an outcome for every rule: for one that has none, that of the settings, or `queue`.
    #[cfg(feature = "routing")]
    pub(crate) fn with_outcomes(mut self) -> Document {
        let otherwise = self.settings.otherwise.clone().unwrap_or_default();
        let channels = self.inboxes.iter_mut().flat_map(|inbox| &mut inbox.channels);
        for rule in channels.flat_map(|channel| &mut channel.rules) {
            rule.otherwise.get_or_insert_with(|| otherwise.clone());
        }
        self
    }

    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Document> {
        let mut fields = r.object(node)?;
        let version = r.required(&mut fields, "version", read_version);
        let time_zone = r.required(&mut fields, "time_zone", Reader::zone);
        let working_hours = r.optional(&mut fields, "working_hours", WeeklyHours::read_list);
        let kinds = r.list_or_empty(&mut fields, "kinds", Reader::id);
        let statuses = OwnStatus::read_under(r, &mut fields).unwrap_or_default();
        let teams = r.list_or_empty(&mut fields, "teams", Team::read);
        r.unique_under(&fields, "teams", "a team");
        let agents = r.list_or_empty(&mut fields, "agents", Agent::read);
        r.unique_under(&fields, "agents", "an agent");
        let holidays = r.list_or_empty(&mut fields, "holidays", Holiday::read);
        r.unique_under(&fields, "holidays", "a holiday");
        let inboxes = r.list_or_empty(&mut fields, "inboxes", Inbox::read);
        r.unique_under(&fields, "inboxes", "an inbox");
        let table_filters = TableFilter::read_under(r, &mut fields).unwrap_or_default();
        let settings = r.optional(&mut fields, "settings", Settings::read).unwrap_or_default();
        // The address of the schema, for editors. It is not a part of the desk.
        r.optional(&mut fields, SCHEMA, Reader::string);
        let extensions = r.finish(fields);
        Some(Document {
            version: version?,
            time_zone: time_zone?,
            working_hours,
            kinds,
            statuses,
            teams,
            agents,
            holidays,
            inboxes,
            table_filters,
            settings,
            extensions,
        })
    }
}

/// Returns all channel kinds: the built-in ones, and those that a document names.
pub(crate) fn all_kinds(named: &[Id]) -> Vec<Id> {
    let mut kinds: Vec<Id> = KINDS.into_iter().map(Id::from).collect();
    for kind in named {
        if !kinds.contains(kind) {
            kinds.push(kind.clone());
        }
    }
    kinds
}

fn read_version(r: &mut Reader<'_>, node: &Node) -> Option<u8> {
    match r.any_integer(node)? {
        VERSION => Some(1),
        other => r.fail(Code::UnsupportedVersion, format!("version {other} is not read by this build, only {VERSION}")),
    }
}

/// Returns all problems of a document's steps if they may name these scripts only; the rest of it does not depend on them.
///
/// # Errors
/// The problems that reading the whole document would give.
pub(crate) fn check_scripts<'a>(
    inboxes: impl Iterator<Item = &'a Inbox>,
    scripts: Arc<DeclaredScripts>,
) -> Result<(), Problems> {
    let known = Known { scripts: Some(scripts), ..Known::default() };
    let check = |r: &mut Reader<'_>, _: &Node| {
        each(r, "inboxes", inboxes, |r, inbox| {
            each(r, "channels", &inbox.channels, |r, channel| {
                each(r, "rules", &channel.rules, |r, rule| {
                    each(r, "steps", &rule.steps, |r, step| {
                        if step.strategy.script().is_some() {
                            let node = Node::of(&step.strategy);
                            r.under(Segment::known("strategy"), |r| Chooser::read(r, &node));
                        }
                    });
                });
            });
        });
        Some(())
    };
    Ok(read::from_node(&Node::Null, &known, check)?)
}

/// Visits the elements of a list under a key, each with its path.
fn each<'a, T: 'a>(
    r: &mut Reader<'_>,
    key: &str,
    list: impl IntoIterator<Item = &'a T>,
    mut visit: impl FnMut(&mut Reader<'_>, &'a T),
) {
    r.under(Segment::nth(key, 0), |r| {
        for (index, element) in list.into_iter().enumerate() {
            r.under(Segment::Index(index), |r| visit(r, element));
        }
    });
}

/// Collects the ids that a document may refer to, even if it has problems, and adds those in `known`.
fn with_ids_of(document: &Node, known: Known) -> Known {
    let ids = |key: &str| {
        let list = document.get(key).map(Node::elements).unwrap_or_default();
        list.iter().filter_map(|entry| entry.get("id").and_then(Node::text)).map(Id::from).collect()
    };
    let named = document.get("kinds").map(Node::elements).unwrap_or_default().iter().filter_map(Node::text);
    Known {
        agents: ids("agents"),
        teams: ids("teams"),
        inboxes: ids("inboxes"),
        kinds: KINDS.into_iter().chain(named).map(Id::from).collect(),
        ..known
    }
}

/// A team.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Team {
    /// Its id.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The hours of main members without their own; the desk's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_hours: Option<Vec<WeeklyHours>>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Team {
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Team> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let working_hours = r.optional(&mut fields, "working_hours", WeeklyHours::read_list);
        let extensions = r.finish(fields);
        Some(Team { id: id?, name, working_hours, extensions })
    }
}

/// Dates on which some people are away and some offices closed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Holiday {
    /// Its id.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The dates, in the zone of the agent or inbox that observes them.
    #[cfg_attr(feature = "schema", schemars(with = "Vec<crate::schema::Date>"))]
    pub dates: Vec<NaiveDate>,
    /// The teams whose main and extra members observe it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub teams: Vec<Id>,
    /// The inboxes whose office hours observe it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub inboxes: Vec<Id>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Holiday {
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Holiday> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let dates = r.required(&mut fields, "dates", |r, node| r.list(node, Reader::date));
        let teams = r.list_or_empty(&mut fields, "teams", Reader::team);
        let inboxes = r.list_or_empty(&mut fields, "inboxes", Reader::inbox);
        let extensions = r.finish(fields);
        Some(Holiday { id: id?, name, dates: dates?, teams, inboxes, extensions })
    }

    /// Returns `true` if the holiday names neither team nor inbox, and so applies to all.
    pub fn is_everybodys(&self) -> bool {
        self.teams.is_empty() && self.inboxes.is_empty()
    }

    /// Drops an id from one of the lists; whether the holiday is still somebody's by name, or everybody's as before.
    pub(crate) fn forget(&mut self, id: &Id, list: fn(&mut Holiday) -> &mut Vec<Id>) -> bool {
        let was_everybodys = self.is_everybodys();
        list(self).retain(|known| known != id);
        was_everybodys || !self.is_everybodys()
    }
}
