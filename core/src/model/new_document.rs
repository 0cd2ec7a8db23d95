//! A document for a desk that runs: the desk takes what differs.

use serde::{Serialize, Serializer};

use super::agent::Agent;
use super::document::{Document, Holiday, Team};
use super::inbox::{Channel, Inbox};
use crate::read::{Id, Node, Reader};

/// A whole document for a desk that runs, as `configure` takes it.
///
/// A list that it leaves out stays as the desk has it: a list of the desk, or of an agent, team, holiday, inbox or channel.
/// So a document that leaves out `agents`, or the `out_of_office` of an agent, leaves them to the commands that change
/// them. Every other key that it leaves out is taken out of the desk, and so is a key whose value is null.
///
/// ```
/// use frontdesk::{Desk, desk::Action};
///
/// let desk = Desk::from_json(r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna"}]}"#)?;
/// let command = desk.read_command(r#"{"type": "configure", "at": "2026-11-20T09:00:00Z",
///     "document": {"version": 1, "time_zone": "Europe/Oslo"}}"#)?;
/// let Action::Configure { configuration } = &command.action else { unreachable!() };
/// assert!(configuration.document.as_ref().unwrap().leaves_out("agents"));
/// # Ok::<(), frontdesk::Problems>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct NewDocument {
    document: Document,
    /// As it was given: it tells what it leaves out.
    given: Node<'static>,
}

impl NewDocument {
    /// Returns the document, in which a list that was left out is empty.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Returns `true` if a list of the desk, such as `agents`, is left out, and stays as the desk has it.
    pub fn leaves_out(&self, list: &str) -> bool {
        self.given.get(list).is_none()
    }

    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<NewDocument> {
        let known = Document::known_to_new(node, r.known);
        let document = r.patch(&known, |r| Document::read(r, node))?;
        Some(NewDocument { document, given: node.clone().into_owned() })
    }

    /// Returns the teams, complete with the lists that they leave out.
    pub(crate) fn teams<'a>(&'a self, now: impl Fn(&Id) -> Option<&'a Team>) -> Vec<Team> {
        self.complete("teams", &self.document.teams, |given, team: &mut Team| {
            let Some(now) = now(&team.id) else { return };
            keep(given, "working_hours", &mut team.working_hours, &now.working_hours);
        })
    }

    /// Returns the agents, complete with the lists that they leave out.
    pub(crate) fn agents<'a>(&'a self, now: impl Fn(&Id) -> Option<&'a Agent>) -> Vec<Agent> {
        self.complete("agents", &self.document.agents, |given, agent: &mut Agent| {
            let Some(now) = now(&agent.id) else { return };
            keep(given, "extra_teams", &mut agent.extra_teams, &now.extra_teams);
            keep(given, "permissions", &mut agent.permissions, &now.permissions);
            keep(given, "working_hours", &mut agent.working_hours, &now.working_hours);
            keep(given, "date_hours", &mut agent.date_hours, &now.date_hours);
            keep(given, "out_of_office", &mut agent.out_of_office, &now.out_of_office);
            keep(given, "travel", &mut agent.travel, &now.travel);
        })
    }

    /// Returns the holidays, complete with the lists that they leave out.
    pub(crate) fn holidays<'a>(&'a self, now: impl Fn(&Id) -> Option<&'a Holiday>) -> Vec<Holiday> {
        self.complete("holidays", &self.document.holidays, |given, holiday: &mut Holiday| {
            let Some(now) = now(&holiday.id) else { return };
            keep(given, "teams", &mut holiday.teams, &now.teams);
            keep(given, "inboxes", &mut holiday.inboxes, &now.inboxes);
        })
    }

    /// Returns the inboxes, complete with the lists that they and their channels leave out.
    pub(crate) fn inboxes<'a>(&'a self, now: impl Fn(&Id) -> Option<&'a Inbox>) -> Vec<Inbox> {
        self.complete("inboxes", &self.document.inboxes, |given, inbox: &mut Inbox| {
            let Some(now) = now(&inbox.id) else { return };
            keep(given, "office_hours", &mut inbox.office_hours, &now.office_hours);
            keep(given, "channels", &mut inbox.channels, &now.channels);
            let of_channels = given.get("channels").map(Node::elements).unwrap_or_default();
            for (given, channel) in of_channels.iter().zip(&mut inbox.channels) {
                let now = now.channels.iter().find(|now| now.id == channel.id);
                now.into_iter().for_each(|now| keep_of_channel(given, channel, now));
            }
        })
    }

    fn complete<T: Clone>(&self, list: &str, entries: &[T], complete: impl Fn(&Node, &mut T)) -> Vec<T> {
        let given = self.given.get(list).map(Node::elements).unwrap_or_default();
        let mut entries = entries.to_vec();
        given.iter().zip(&mut entries).for_each(|(given, entry)| complete(given, entry));
        entries
    }
}

fn keep_of_channel(given: &Node, channel: &mut Channel, now: &Channel) {
    keep(given, "office_hours", &mut channel.office_hours, &now.office_hours);
    keep(given, "rules", &mut channel.rules, &now.rules);
}

/// Keeps a list as it is now, if the entry that was given leaves it out.
fn keep<T: Clone>(given: &Node, key: &str, list: &mut T, now: &T) {
    if given.get(key).is_none() {
        list.clone_from(now);
    }
}

/// A document that leaves nothing out: what it does not have, the desk will not have.
impl From<Document> for NewDocument {
    fn from(document: Document) -> Self {
        let mut given = Node::of(&document);
        given.name_all(&["working_hours", "kinds", "statuses", "holidays", "table_filters"]);
        given.name_all_in("teams", &["working_hours"]);
        let of_agents = ["extra_teams", "permissions", "working_hours", "date_hours", "out_of_office", "travel"];
        given.name_all_in("agents", &of_agents);
        given.name_all_in("holidays", &["teams", "inboxes"]);
        given.name_all_in("inboxes", &["office_hours"]);
        let inboxes = given.get_mut("inboxes").map(Node::elements_mut).unwrap_or_default();
        inboxes.iter_mut().for_each(|inbox| inbox.name_all_in("channels", &["office_hours", "rules"]));
        NewDocument { document, given }
    }
}

/// Written as it was given, or in the canonical form if a program made it.
impl Serialize for NewDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.given.serialize(serializer)
    }
}
