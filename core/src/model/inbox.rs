//! Inboxes and their channels: where conversations arrive.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::attributes::{Extensions, write_extensions};
use super::hours::WeeklyHours;
use super::priority::is_zero;
use super::reply_window::ReplyWindow;
use super::rule::{Otherwise, Rule, Target};
use super::sender::SenderFilters;
use super::visitor::{Faces, VisitorSettings};
use super::waiting_limit::WaitingLimit;
use crate::problem::{Code, Problem, shortened, there_are, vocabulary};
use crate::read::{Id, Node, Reader};
use crate::time::{Duration, Zone};

/// A shared inbox.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inbox {
    /// Its id.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The agents who may work in it.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub access: Access,
    /// The zone of its office hours; the desk's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// Its office hours; always open when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_hours: Option<Vec<WeeklyHours>>,
    /// The senders whose conversations are filtered as spam; none when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filters: Option<SenderFilters>,
    /// The channels by which conversations arrive.
    #[cfg_attr(feature = "schema", schemars(default))]
    pub channels: Vec<Channel>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Inbox {
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Inbox> {
        let mut fields = r.object(node)?;
        r.enter_inbox(node);
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let access = r.optional(&mut fields, "access", Access::read);
        let time_zone = r.optional(&mut fields, "time_zone", Reader::zone);
        let office_hours = r.optional(&mut fields, "office_hours", WeeklyHours::read_list);
        let filters = r.optional(&mut fields, "filters", SenderFilters::read);
        let channels = r.list_or_empty(&mut fields, "channels", Channel::read);
        r.unique_under(&fields, "channels", "a channel");
        let extensions = r.finish(fields);
        let access = access.unwrap_or_default();
        Some(Inbox { id: id?, name, access, time_zone, office_hours, filters, channels, extensions })
    }
}

impl Inbox {
    /// Removes the id of a removed agent.
    pub(crate) fn forget_agent(&mut self, id: &Id) {
        self.forget(|agents, _| agents.retain(|agent| agent != id));
    }

    /// Removes the id of a removed team.
    pub(crate) fn forget_team(&mut self, id: &Id) {
        self.forget(|_, teams| teams.retain(|team| team != id));
        let rules = self.channels.iter_mut().flat_map(|channel| &mut channel.rules);
        for step in rules.flat_map(|rule| &mut rule.steps) {
            if let Target::Named { conditions, .. } = &mut step.assign_to {
                conditions.iter_mut().for_each(|condition| condition.forget_team(id));
            }
        }
    }

    /// Removes the id of a removed inbox: no conversation arrives there any more.
    pub(crate) fn forget_inbox(&mut self, id: &Id) {
        let rules = self.channels.iter_mut().flat_map(|channel| &mut channel.rules);
        rules.flat_map(|rule| &mut rule.conditions).for_each(|condition| condition.forget_inbox(id));
    }

    /// Visits every list of agents and of teams.
    fn forget(&mut self, mut drop: impl FnMut(&mut Vec<Id>, &mut Vec<Id>)) {
        if let Access::Only { agents, teams, .. } = &mut self.access {
            drop(agents, teams);
        }
        for channel in &mut self.channels {
            for step in channel.rules.iter_mut().flat_map(|rule| &mut rule.steps) {
                if let Target::Named { agents, teams, .. } = &mut step.assign_to {
                    drop(agents, teams);
                }
            }
            let mut faces = channel.visitor.as_mut().and_then(|visitor| visitor.shows.as_mut());
            while let Some(shown) = faces {
                faces = match shown {
                    Faces::Of { agents, teams, .. } => {
                        drop(agents, teams);
                        None
                    }
                    Faces::ContactOwner { otherwise, .. } => otherwise.as_deref_mut(),
                    Faces::Name { .. } => None,
                };
            }
        }
    }
}

vocabulary! {
    /// The agents who may work in an inbox.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub enum Access, written as AccessWord {
        /// Everyone.
        Everyone = "everyone" (default),
    } or as an object {
        /// The main and extra members of some teams, and some agents.
        Only {
            /// The teams.
            teams: Vec<Id>,
            /// The agents.
            agents: Vec<Id>,
            /// Keys that begin with `x-`.
            extensions: Extensions,
        },
    }
}

impl Access {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Access> {
        if !matches!(node, Node::Object(_)) {
            return r.word_or_object(node, "an object with teams or agents").map(AccessWord::into);
        }
        let mut fields = r.object(node)?;
        let teams = r.list_or_empty(&mut fields, "teams", Reader::team);
        let agents = r.list_or_empty(&mut fields, "agents", Reader::agent);
        let extensions = r.finish(fields);
        Some(Access::Only { teams, agents, extensions })
    }
}

impl Serialize for Access {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Access::Everyone => self.word().serialize(serializer),
            Access::Only { teams, agents, extensions } => {
                let mut map = serializer.serialize_map(Some(2 + extensions.len()))?;
                map.serialize_entry("teams", teams)?;
                map.serialize_entry("agents", agents)?;
                write_extensions(&mut map, extensions)?;
                map.end()
            }
        }
    }
}

/// A way into an inbox, such as a chat widget or a phone number.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Channel {
    /// Its id, unique in the inbox.
    pub id: Id,
    /// The display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its kind: `email`, `chat`, `form`, `call`, `messenger` or one of the document's `kinds`.
    pub kind: Id,
    /// The part of an agent's capacity that one conversation takes.
    #[cfg_attr(feature = "schema", schemars(default = "crate::schema::one", range(max = 1_000_000)))]
    pub weight: u32,
    /// The priority that it adds to that of its conversations.
    #[serde(skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(default, range(min = -1_000_000, max = 1_000_000)))]
    pub priority: i64,
    /// The time for which an agent stays busy after closing a conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrap_up: Option<Duration>,
    /// The time for which an offer is open; conversations are assigned without an offer when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub accept_within: Option<Duration>,
    /// The time after which an agent who declined a conversation, or missed its offer, may be offered it again; only when the
    /// agent next turns available, when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub offer_again_after: Option<Duration>,
    /// The number of agents to whom a conversation is offered at once, 1 when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000)))]
    pub offers_at_once: Option<u32>,
    /// The limit on those who wait; none when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_limit: Option<WaitingLimit>,
    /// `true` if a message of the contact reopens a closed conversation; when absent, it does in `email` and `messenger`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_on_message: Option<bool>,
    /// The time after the contact's last message in which replies may be sent; without a limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_window: Option<ReplyWindow>,
    /// `true` if a conversation that a bot has is closed once the contact has not written for `bot_inactivity`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub close_idle_bots: bool,
    /// `false` if the sender of forwarded mail is who forwarded it, instead of who wrote it first.
    #[serde(skip_serializing_if = "is_true")]
    #[cfg_attr(feature = "schema", schemars(default = "crate::schema::yes"))]
    pub original_sender: bool,
    /// Its office hours; the inbox's when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office_hours: Option<Vec<WeeklyHours>>,
    /// The rules that choose agents for conversations; without rules all conversations stay unassigned.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub rules: Vec<Rule>,
    /// The settings for visitors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visitor: Option<VisitorSettings>,
    /// The outcome for conversations that arrive outside office hours; they are routed as usual when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_hours: Option<Otherwise>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

/// The channel kind of calls.
const CALL: &str = "call";
/// The built-in channel kinds.
pub(crate) const KINDS: [&str; 5] = ["email", "chat", "form", CALL, "messenger"];

impl Channel {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Channel> {
        let mut fields = r.object(node)?;
        let id = r.required(&mut fields, "id", Reader::id);
        let name = r.optional(&mut fields, "name", Reader::string);
        let kind = r.required(&mut fields, "kind", Reader::kind);
        let weight = r.optional(&mut fields, "weight", Reader::count);
        let priority = r.optional(&mut fields, "priority", Reader::added_priority).unwrap_or_default();
        let wrap_up = r.optional(&mut fields, "wrap_up", Reader::duration);
        let accept_within = r.optional(&mut fields, "accept_within", read_accept_within);
        let offer_again_after = r.optional(&mut fields, "offer_again_after", read_offer_again_after);
        let offers_at_once = r.optional(&mut fields, "offers_at_once", |r, node| {
            r.integer(node, 1, 1_000).and_then(|count| u32::try_from(count).ok())
        });
        let waiting_limit = r.optional(&mut fields, "waiting_limit", WaitingLimit::read);
        let reopen_on_message = r.optional(&mut fields, "reopen_on_message", Reader::bool);
        let reply_window = r.optional(&mut fields, "reply_window", ReplyWindow::read);
        let close_idle_bots = r.optional(&mut fields, "close_idle_bots", Reader::bool).unwrap_or_default();
        let original_sender = r.optional(&mut fields, "original_sender", Reader::bool).unwrap_or(true);
        let office_hours = r.optional(&mut fields, "office_hours", WeeklyHours::read_list);
        let rules = r.list_or_empty(&mut fields, "rules", Rule::read);
        r.unique_under(&fields, "rules", "a rule");
        let visitor = r.optional(&mut fields, "visitor", VisitorSettings::read);
        let after_hours = r.optional(&mut fields, "after_hours", Otherwise::read);
        let extensions = r.finish(fields);
        let kind = kind?;
        let rings = kind == CALL;
        let accept_within = accept_within.or_else(|| rings.then(call_rings));
        Some(Channel {
            id: id?,
            name,
            kind,
            weight: weight.unwrap_or(1),
            priority,
            wrap_up,
            accept_within,
            offer_again_after,
            offers_at_once,
            waiting_limit,
            reopen_on_message,
            reply_window,
            close_idle_bots,
            original_sender,
            office_hours,
            rules,
            visitor,
            after_hours,
            extensions,
        })
    }
}

impl Channel {
    /// Returns `true` if a message of the contact reopens a closed conversation.
    pub(crate) fn reopens_on_message(&self) -> bool {
        self.reopen_on_message.unwrap_or_else(|| ["email", "messenger"].contains(&&*self.kind))
    }
}

fn is_true(flag: &bool) -> bool {
    *flag
}

fn read_accept_within(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let within = r.duration(node)?;
    if within.millis() > 0 {
        return Some(within);
    }
    let problem = Problem::new(Code::OutOfRange, "an offer that is open for no time at all cannot be accepted");
    r.report(problem.with_hint("leave the key out to assign at once"));
    None
}

fn read_offer_again_after(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    const LEAST: i64 = 1_000;
    let after = r.duration(node)?;
    if after.millis() >= LEAST {
        return Some(after);
    }
    let problem = Problem::new(Code::OutOfRange, "who declined is not offered it again before a second is over");
    r.report(problem.with_hint("write a time such as \"1m\""));
    None
}

/// Returns the default time for which a call rings.
fn call_rings() -> Duration {
    Duration::from_millis(30_000).unwrap_or(Duration::MAX)
}

impl Reader<'_> {
    /// Reads a channel kind: a built-in one, or one that the document names.
    pub fn kind(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        let id = self.id(node)?;
        if known.kinds.contains(&id) {
            return Some(id);
        }
        let named = known.kinds.iter().map(|kind| &**kind).filter(|kind| !KINDS.contains(kind));
        let mut named: Vec<&str> = named.collect();
        named.sort_unstable();
        let all: Vec<&str> = KINDS.into_iter().chain(named).collect();
        let problem = Problem::new(Code::UnknownReference, format!("there is no channel kind {:?}", shortened(&id)));
        let hint = || Some(format!("{}; others are named in the \"kinds\" of the document", there_are(&all)?));
        self.report(problem.suggesting(&id, all.iter().copied()).or_hint(hint));
        None
    }
}
