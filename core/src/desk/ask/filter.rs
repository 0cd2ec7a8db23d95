//! Filters of conversations.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::availability::Scope;
use crate::desk::Desk;
use crate::desk::ask::Whereabouts;
use crate::desk::ask::conversations::{bot_of, whereabouts};
use crate::desk::state::{Conversation, DeskState, Phase};
use crate::model::{Field, Id, Seen, Test};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

/// A filter of conversations: a conversation has to match all fields that are set. The default matches all.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ConversationFilter {
    /// The states, one of which the conversation has; empty matches any state.
    #[serde(rename = "state", skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Whereabouts>,
    /// The states that are left out, such as [`Whereabouts::Spam`] and [`Whereabouts::Trash`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<Whereabouts>,
    /// The inbox of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbox: Option<Id>,
    /// The channel of the conversation: of the inbox, or of any inbox if none is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Id>,
    /// The kind of its channel. A conversation whose channel was removed has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Id>,
    /// The agent who holds the conversation or has its offer; while nobody holds it, who last held it, also one who was
    /// deactivated or removed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Id>,
    /// The team to which the conversation is given, or among whose members it is distributed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Id>,
    /// The bot that has the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot: Option<Id>,
    /// The id of the contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Id>,
    /// Tests of its details, written as in `match` of a rule: of the priority, skills, attributes, and of the contact.
    #[serde(rename = "match", serialize_with = "write_tests", skip_serializing_if = "Vec::is_empty")]
    pub tests: Vec<(Field, Test)>,
    /// The span in which it was opened.
    #[serde(skip_serializing_if = "Between::is_always")]
    pub opened: Between,
    /// The span in which the last message was written.
    #[serde(skip_serializing_if = "Between::is_always")]
    pub last_message: Between,
}

/// A span of which either side may be open: from `start` up to, and without, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Between {
    /// The first instant, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Instant>,
    /// The instant behind the last, in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Instant>,
}

impl Between {
    fn is_always(&self) -> bool {
        *self == Between::default()
    }

    fn contains(self, at: Instant) -> bool {
        self.start.is_none_or(|start| start <= at) && self.end.is_none_or(|end| at < end)
    }
}

fn write_tests<S: Serializer>(tests: &[(Field, Test)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(tests.len()))?;
    tests.iter().try_for_each(|(field, test)| map.serialize_entry(&field.path(), test))?;
    map.end()
}

impl ConversationFilter {
    /// Returns `true` if a conversation in a state may match.
    pub(super) fn takes(&self, state: Whereabouts) -> bool {
        (self.states.is_empty() || self.states.contains(&state)) && !self.hide.contains(&state)
    }

    /// Returns `true` if a conversation matches the fields that need nothing but itself.
    fn fits(&self, conversation: &Conversation) -> bool {
        let details = &conversation.details;
        let is = |wanted: &Option<Id>, found: Option<&Id>| wanted.as_ref().is_none_or(|wanted| found == Some(wanted));
        self.takes(whereabouts(&conversation.phase).0)
            && is(&self.inbox, Some(&details.inbox))
            && is(&self.channel, Some(&details.channel))
            && is(&self.contact, details.contact_id())
            && is(&self.team, conversation.team())
            && is(&self.bot, bot_of(conversation))
            && self.opened.contains(conversation.opened_at)
            && self.last_message.contains(conversation.last_message_at)
    }
}

impl DeskState {
    /// Returns `true` if a conversation matches a filter.
    pub(super) fn passes(&self, filter: &ConversationFilter, conversation: &Conversation) -> bool {
        filter.fits(conversation)
            && filter.kind.as_ref().is_none_or(|kind| self.kind_of(conversation) == Some(kind))
            && filter.agent.as_ref().is_none_or(|agent| self.is_with(agent, conversation))
            && filter.tests.iter().all(|(field, test)| test.passes(&self.see(field, conversation)))
    }

    fn kind_of(&self, conversation: &Conversation) -> Option<&Id> {
        Some(&self.roster.channel(conversation.channel?)?.entry.kind)
    }

    /// Returns `true` if an agent holds a conversation or has its offer, or last held it while nobody does.
    fn is_with(&self, agent: &Id, conversation: &Conversation) -> bool {
        let is = |slot| self.roster.agent_id(slot).as_ref() == Some(agent);
        match &conversation.phase {
            Phase::Held { agent } => is(*agent),
            _ => {
                conversation.offers().iter().any(|offer| is(offer.agent))
                    || self.last_holder_of(conversation).as_ref() == Some(agent)
            }
        }
    }

    /// Returns the value that a test of a filter sees.
    fn see<'a>(&'a self, field: &Field, conversation: &'a Conversation) -> Seen<'a> {
        let details = &conversation.details;
        let contact = details.contact.as_ref();
        let text = |id: Option<&'a Id>| id.map_or(Seen::Absent, |id| Seen::Text(id.as_str()));
        match field {
            Field::Inbox => text(Some(&details.inbox)),
            Field::Channel => text(Some(&details.channel)),
            Field::Kind => text(self.kind_of(conversation)),
            Field::Priority => Seen::Number(details.priority as f64),
            Field::Skill(name) => details.skills.get(name).map_or(Seen::Absent, |level| Seen::Number((*level).into())),
            Field::Attribute(name) => Seen::of(details.attributes.get(name)),
            Field::ContactKnown => Seen::Bool(contact.is_some_and(|contact| contact.known)),
            Field::ContactOwner => text(contact.and_then(|contact| contact.owner.as_ref())),
            Field::ContactAttribute(name) => Seen::of(contact.and_then(|contact| contact.attributes.get(name))),
        }
    }
}

impl Desk {
    /// Checks that an agent exists, or last held a conversation.
    fn check_agent(&self, agent: &Id) -> Result<(), Problem> {
        let known = self.zone_of(agent).map(|_| ());
        let held = || self.state.conversations.iter().any(|it| it.former_holder() == Some(agent));
        known.or_else(|problem| if held() { Ok(()) } else { Err(problem) })
    }

    /// Checks that the ids of a filter exist, because a misspelt one would silently find nothing.
    pub(super) fn check_filter(&self, filter: &ConversationFilter) -> Result<(), Problem> {
        let roster = &self.state.roster;
        if let Some(agent) = &filter.agent {
            self.check_agent(agent)?;
        }
        if let Some(team) = &filter.team {
            self.state.scope(&Scope::Team(team.clone()))?;
        }
        if let Some(kind) = filter.kind.as_ref().filter(|kind| !roster.kinds().contains(kind)) {
            let problem = Problem::new(Code::UnknownReference, format!("there is no kind {:?}", shortened(kind)));
            return Err(problem.suggesting(kind, roster.kinds().iter().map(|kind| kind.as_str())));
        }
        let place = match (&filter.inbox, &filter.channel) {
            (None, None) => Ok(()),
            (Some(inbox), None) => self.state.inbox(inbox).map(|_| ()),
            (Some(inbox), Some(channel)) => self.state.channel(inbox, channel).map(|_| ()),
            (None, Some(channel)) => self.check_any_channel(channel),
        };
        place.or_else(|problem| if self.is_place_remembered(filter) { Ok(()) } else { Err(problem) })
    }

    fn check_any_channel(&self, channel: &Id) -> Result<(), Problem> {
        let inboxes = self.state.roster.inboxes();
        let all: Vec<&Id> = inboxes.flat_map(|it| it.channels.iter().map(|channel| &channel.id)).collect();
        if all.contains(&channel) {
            return Ok(());
        }
        let problem = Problem::new(Code::UnknownChannel, format!("no inbox has a channel {:?}", shortened(channel)));
        Err(problem.suggesting(channel, all.iter().map(|id| id.as_str())))
    }

    /// Returns `true` if a conversation is still in the inbox and the channel of a filter, which were removed.
    fn is_place_remembered(&self, filter: &ConversationFilter) -> bool {
        let is = |wanted: &Option<Id>, found: &Id| wanted.as_ref().is_none_or(|wanted| found == wanted);
        let mut details = self.state.conversations.iter().map(|it| &it.details);
        details.any(|details| is(&filter.inbox, &details.inbox) && is(&filter.channel, &details.channel))
    }
}
