//! A conversation: its details, its place, and the progress of its rule.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::document::{Skills, numbers, optional_text, text};

#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: String,
    pub details: Details,
    /// The place among those of the same priority: a counter of openings and reopenings.
    pub place: u64,
    /// The instant of its place.
    pub queued_from: i64,
    pub state: State,
    /// The progress of its rule; `None` until it is routed.
    pub route: Option<Route>,
    /// The team among whose members it is routed instead.
    pub for_team: Option<ForTeam>,
    /// The last holder, and the order number of that assignment.
    pub last_held: Option<(String, u64)>,
    pub declines: Vec<Decline>,
    /// Returned a moment ago: it goes back to its last holder, if possible.
    pub is_back: bool,
    /// Handed over by a bot after hours, so that it is not sent back to the bot.
    pub skips_after_hours: bool,
    pub wrap_up: Option<WrapUp>,
    /// The instant at which it was closed, or its wrap-up ended.
    pub ended: Option<i64>,
    /// The owners who were mailed since it was opened or last reopened.
    pub notified: Vec<String>,
    /// Unassigned before, with an event, and routed again.
    pub lies: bool,
    /// One of its offers ended a moment ago: another agent may be offered it.
    pub offers_more: bool,
    /// Opened or reopened by the command.
    pub arrives: bool,
    /// It reached the waiting limit since it was opened or last reopened.
    pub limited: bool,
    /// The instant at which its holder, who left, gives it back, and the reason.
    pub given_back: Option<(i64, &'static str)>,
    /// The instant of the opening, and of the contact's last message; `None` if the contact never wrote.
    pub opened: i64,
    pub visitor_wrote: Option<i64>,
    /// The hidden messages, with the agents who hid them.
    pub hidden: Vec<(String, Option<String>)>,
}

/// A team among whose members a conversation is routed.
#[derive(Debug, Clone)]
pub struct ForTeam {
    pub team: String,
    /// The rule whose last strategy chooses.
    pub rule: Option<String>,
    /// `true` if an event has reported that it waits.
    pub announced: bool,
}

/// An agent who declined it or missed its offer, and the instant.
#[derive(Debug, Clone)]
pub struct Decline {
    pub agent: String,
    pub at: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub enum State {
    Queued,
    Offered {
        offers: Vec<Offer>,
    },
    Held(String),
    Team(String),
    /// The step of the bot; `None` after all steps, or after hours. It may be closed by itself.
    Bot {
        step: Option<usize>,
        closes_at: Option<i64>,
    },
    Unassigned,
    Voicemail,
    Snoozed {
        until: Option<i64>,
    },
    Closed,
    Sent,
    Spam,
    Trash {
        until: i64,
        was: Box<State>,
    },
}

impl Conversation {
    /// Returns the team that has it, or among whose members it is routed.
    pub fn team(&self) -> Option<&str> {
        match &self.state {
            State::Team(team) => Some(team),
            State::Queued | State::Offered { .. } => self.for_team.as_ref().map(|it| it.team.as_str()),
            _ => None,
        }
    }

    /// Returns `true` if it is in the queue, by an event.
    pub fn waits(&self) -> bool {
        let by_rule = self.route.as_ref().is_some_and(|route| route.announced);
        self.state == State::Queued && (by_rule || self.for_team.as_ref().is_some_and(|it| it.announced))
    }
}

impl State {
    /// Returns `true` if it is neither closed, nor sent, nor in the spam or the trash.
    pub fn is_open(&self) -> bool {
        !matches!(self, State::Closed | State::Sent | State::Spam | State::Trash { .. })
    }

    /// Returns the agents whose load it is part of.
    pub fn occupies(&self) -> Vec<&str> {
        self.holder().into_iter().chain(self.offered_to()).collect()
    }

    pub fn holder(&self) -> Option<&str> {
        match self {
            State::Held(agent) => Some(agent),
            _ => None,
        }
    }

    pub fn offers(&self) -> &[Offer] {
        match self {
            State::Offered { offers } => offers,
            _ => &[],
        }
    }

    pub fn offered_to(&self) -> impl Iterator<Item = &str> {
        self.offers().iter().map(|offer| offer.agent.as_str())
    }

    pub fn is_offered_to(&self, agent: &str) -> bool {
        self.offered_to().any(|it| it == agent)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub agent: String,
    pub decision: Option<Decision>,
    pub until: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The rule and the step; `None` among the members of a team.
    pub rule: Option<String>,
    pub step: Option<usize>,
    pub strategy: String,
    pub substitute_for: Option<String>,
    /// The weights of the rotation after the choice; part of the event with the choice only.
    pub weights: Option<serde_json::Value>,
}

/// The progress of a rule. Steps count from 1, as in documents.
#[derive(Debug, Clone)]
pub struct Route {
    pub rule: String,
    pub first: usize,
    pub reached: usize,
    /// The last step that an event has reported; 0 for none.
    pub told: usize,
    /// The end of the wait at the reached step; `NEVER` if there is none in sight.
    pub until: Option<i64>,
    /// After the last step, waiting for an agent of any step.
    pub after_all: bool,
    /// `true` if an event has reported that it waits, or was offered.
    pub announced: bool,
}

#[derive(Debug, Clone)]
pub struct WrapUp {
    pub agent: String,
    pub until: i64,
}

#[derive(Debug, Clone, Default)]
pub struct Details {
    pub inbox: String,
    pub channel: String,
    pub contact: Option<Contact>,
    pub from: Option<String>,
    pub forwarded_by: Option<String>,
    pub priority: i64,
    pub skills: Skills,
    pub attributes: Map<String, Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub id: Option<String>,
    pub owner: Option<String>,
    pub known: bool,
    pub attributes: Map<String, Value>,
}

impl Details {
    /// Returns the details with the values of a command.
    pub fn replaced(&self, command: &Value) -> Details {
        let mut details = self.clone();
        for (key, value) in command.as_object().into_iter().flatten() {
            match key.as_str() {
                "inbox" => details.inbox = text(command, key),
                "channel" => details.channel = text(command, key),
                "contact" => details.contact = Some(Contact::read(value)),
                "from" => details.from = Some(text(command, key)),
                "forwarded_by" => details.forwarded_by = Some(text(command, key)),
                "priority" => details.priority = value.as_i64().expect("an integer"),
                "skills" => details.skills = numbers(value),
                "attributes" => details.attributes = value.as_object().cloned().unwrap_or_default(),
                _ => {}
            }
        }
        details
    }

    /// Defaults are left out.
    pub fn write(&self) -> Value {
        let mut json = json!({"inbox": self.inbox, "channel": self.channel});
        if let Some(contact) = &self.contact {
            json["contact"] = contact.write();
        }
        for (key, address) in [("from", &self.from), ("forwarded_by", &self.forwarded_by)] {
            address.iter().for_each(|address| json[key] = json!(address));
        }
        if self.priority != 0 {
            json["priority"] = self.priority.into();
        }
        if !self.skills.is_empty() {
            json["skills"] = json!(self.skills);
        }
        if !self.attributes.is_empty() {
            json["attributes"] = json!(self.attributes);
        }
        json
    }

    pub fn contact_id(&self) -> Option<&str> {
        self.contact.as_ref()?.id.as_deref()
    }

    pub fn owner(&self) -> Option<&str> {
        self.contact.as_ref()?.owner.as_deref()
    }

    pub fn contact_is_known(&self) -> bool {
        self.contact.as_ref().is_some_and(|contact| contact.known)
    }
}

impl Contact {
    fn read(json: &Value) -> Contact {
        Contact {
            id: optional_text(json, "id"),
            owner: optional_text(json, "owner"),
            known: json["known"] == true,
            attributes: json["attributes"].as_object().cloned().unwrap_or_default(),
        }
    }

    fn write(&self) -> Value {
        let mut json = json!({});
        if let Some(id) = &self.id {
            json["id"] = json!(id);
        }
        if let Some(owner) = &self.owner {
            json["owner"] = json!(owner);
        }
        if self.known {
            json["known"] = true.into();
        }
        if !self.attributes.is_empty() {
            json["attributes"] = json!(self.attributes);
        }
        json
    }
}

/// The skills of a step and a conversation together, the higher level of each.
pub fn higher_of_each(a: &Skills, b: &Skills) -> Skills {
    let mut both: BTreeMap<String, i64> = a.clone();
    for (skill, &level) in b {
        let asked = both.entry(skill.clone()).or_insert(level);
        *asked = level.max(*asked);
    }
    both
}
