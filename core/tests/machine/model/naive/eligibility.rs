//! The agents that a step names, and the eligible ones among them.

use super::Model;
use super::availability::Reason;
use super::conditions::agent_passes;
use super::conversation::{Conversation, higher_of_each};
use super::document::{Agent, Skills, Step, Target};

impl Model {
    /// Returns the agents among whom a step chooses, in its order: those whom it names, or who stand in for them.
    fn asked(&self, step: &Step, conversation: &Conversation) -> Vec<&Agent> {
        let mut asked: Vec<&Agent> = vec![];
        for (agent, _) in self.with_stand_ins(step, conversation) {
            if !asked.contains(&agent) {
                asked.push(agent);
            }
        }
        asked
    }

    /// Returns the agent out of office for whom an agent whom a step chose stands in.
    pub fn substitute_for(&self, step: &Step, conversation: &Conversation, agent: &str) -> Option<String> {
        let chosen: Vec<_> =
            self.with_stand_ins(step, conversation).into_iter().filter(|(it, _)| it.id == agent).collect();
        if chosen.iter().any(|(_, absent)| absent.is_none()) { None } else { chosen[0].1.clone() }
    }

    /// Returns the agents among whom a step chooses, each with the absent one whom it names in their place.
    fn with_stand_ins(&self, step: &Step, conversation: &Conversation) -> Vec<(&Agent, Option<String>)> {
        let by_id = |agent: &Agent| match &step.target {
            Target::Named { agents, .. } => agents.contains(&agent.id),
            Target::ContactOwner | Target::LastAgent => true,
            Target::Everyone | Target::Bot(_) => false,
        };
        let meets = |agent: &Agent| match &step.target {
            Target::Named { conditions, .. } => conditions.iter().all(|(path, test)| agent_passes(agent, path, test)),
            _ => true,
        };
        let mut asked = vec![];
        for agent in self.named(step, conversation) {
            match self.stand_in(agent).filter(|_| by_id(agent)) {
                Some(substitute) if meets(substitute) => asked.push((substitute, Some(agent.id.clone()))),
                Some(_) => {}
                None => asked.push((agent, None)),
            }
        }
        asked
    }

    /// Returns the agent who stands in for one out of office: the first in turn who is not.
    pub fn stand_in(&self, absent: &Agent) -> Option<&Agent> {
        let mut passed = vec![absent.id.as_str()];
        let mut agent = self.document.agent(&absent.id)?;
        while self.status(&agent.id).at(self.now) == Reason::OutOfOffice {
            agent = self.document.agent(agent.substitute.as_ref()?)?;
            if passed.contains(&agent.id.as_str()) || passed.len() > 10 {
                return None;
            }
            passed.push(&agent.id);
        }
        (agent.id != absent.id).then_some(agent)
    }

    /// Returns the agents that a step names, in its order, without duplicates.
    fn named(&self, step: &Step, conversation: &Conversation) -> Vec<&Agent> {
        match &step.target {
            Target::Named { agents, teams, extra, conditions } => {
                let mut named = self.listed(agents, teams, *extra);
                named.retain(|agent| conditions.iter().all(|(path, test)| agent_passes(agent, path, test)));
                named
            }
            Target::Everyone => {
                let inbox = &conversation.details.inbox;
                self.document.agents.iter().filter(|agent| self.document.has_access(agent, inbox)).collect()
            }
            Target::ContactOwner if conversation.details.contact_is_known() => {
                conversation.details.owner().and_then(|owner| self.document.agent(owner)).into_iter().collect()
            }
            Target::LastAgent => self.last_agent(conversation).into_iter().collect(),
            Target::ContactOwner | Target::Bot(_) => vec![],
        }
    }

    fn listed(&self, agents: &[String], teams: &[String], extra: bool) -> Vec<&Agent> {
        let mut listed: Vec<&Agent> = agents.iter().filter_map(|id| self.document.agent(id)).collect();
        listed.extend(self.document.agents.iter().filter(|agent| {
            let is_main = agent.team.as_ref().is_some_and(|team| teams.contains(team));
            is_main || (extra && agent.extra_teams.iter().any(|team| teams.contains(team)))
        }));
        let mut seen: Vec<&str> = vec![];
        listed.retain(|agent| {
            let is_new = !seen.contains(&agent.id.as_str());
            seen.push(&agent.id);
            is_new
        });
        listed
    }

    /// Returns the agent who last held a conversation of the same contact.
    fn last_agent(&self, conversation: &Conversation) -> Option<&Agent> {
        let contact = conversation.details.contact_id()?;
        let theirs = self.conversations.iter().filter(|it| it.details.contact_id() == Some(contact));
        let (agent, _) = theirs.filter_map(|it| it.last_held.as_ref()).max_by_key(|(_, order)| *order)?;
        self.document.agent(agent)
    }

    /// Returns `true` if a step has no agents left: it names nobody, or only agents who declined, or it is skipped.
    pub fn has_nobody_left(&self, step: &Step, conversation: &Conversation) -> bool {
        self.asked(step, conversation).iter().all(|agent| self.has_declined(agent, conversation))
            || (step.skips && step.only_available && self.has_nobody_available(step, conversation))
    }

    /// Returns `true` if nobody whom a step names is available for it, whatever they hold.
    fn has_nobody_available(&self, step: &Step, conversation: &Conversation) -> bool {
        let asked = asked_skills(step, conversation);
        !self.asked(step, conversation).iter().any(|agent| {
            agent.active
                && self.has_the_seat(agent)
                && self.document.has_access(agent, &conversation.details.inbox)
                && asked.iter().all(|(skill, level)| agent.skills.get(skill) >= Some(level))
                && self.is_there_for(agent, conversation)
        })
    }

    /// Returns `true` if an agent declined it, or missed its offer, and it may not be offered again yet.
    fn has_declined(&self, agent: &Agent, conversation: &Conversation) -> bool {
        let declines = conversation.declines.iter().filter(|decline| decline.agent == agent.id);
        declines.into_iter().any(|decline| self.lapses_at(conversation, decline.at).is_none_or(|at| self.now < at))
    }

    /// Returns the instant at which a decline of it lapses, if it does.
    pub fn lapses_at(&self, conversation: &Conversation, declined: i64) -> Option<i64> {
        let channel = self.document.channel(&conversation.details.inbox, &conversation.details.channel)?;
        Some(declined + channel.offer_again_after?)
    }

    /// Returns the agents that a step names and that pass all checks, in the order of the step.
    pub fn eligible(&self, step: &Step, conversation: &Conversation) -> Vec<&Agent> {
        let asked = asked_skills(step, conversation);
        let mut agents = self.asked(step, conversation);
        agents.retain(|agent| self.is_eligible(agent, conversation, &asked, step.only_available));
        agents.retain(|agent| step.strategy != "weighted_round_robin" || agent.weight > 0);
        agents
    }

    pub fn is_eligible(
        &self,
        agent: &Agent,
        conversation: &Conversation,
        asked: &Skills,
        only_available: bool,
    ) -> bool {
        agent.active
            && self.has_the_seat(agent)
            && self.document.has_access(agent, &conversation.details.inbox)
            && !self.has_declined(agent, conversation)
            && !conversation.state.is_offered_to(&agent.id)
            && asked.iter().all(|(skill, level)| agent.skills.get(skill) >= Some(level))
            && (!only_available || (self.is_there_for(agent, conversation) && !self.is_ending_soon(agent)))
            && !self.is_at_capacity(agent, &self.weigh(conversation))
            && !self.is_at_pace(agent)
    }

    fn has_the_seat(&self, agent: &Agent) -> bool {
        let settings = &self.document.settings;
        (agent.seat.is_some() || !settings.requires_seat)
            && ["auto_assign", "routing_rules"].iter().all(|feature| settings.entitles(feature, agent))
    }

    /// Returns `true` if an agent is available, for the kind of the conversation's channel.
    fn is_there_for(&self, agent: &Agent, conversation: &Conversation) -> bool {
        let status = self.status(&agent.id);
        let channel = self.document.channel(&conversation.details.inbox, &conversation.details.channel);
        let own = status.tag(self.now).status.and_then(|id| self.document.statuses.iter().find(|own| own.id == id));
        let kinds = own.and_then(|own| own.kinds.as_ref());
        let takes_it = kinds.zip(channel).is_none_or(|(kinds, channel)| kinds.contains(&channel.kind));
        status.at(self.now).is_available() && takes_it
    }

    fn is_ending_soon(&self, agent: &Agent) -> bool {
        let Some(lead) = self.document.settings.last_assignment_before_end else { return false };
        self.status(&agent.id).next_away(self.now).is_some_and(|end| end - lead <= self.now)
    }
}

/// The skills that a step asks, and those of the conversation that it does not relax.
pub fn asked_skills(step: &Step, conversation: &Conversation) -> Skills {
    let mut of_conversation = conversation.details.skills.clone();
    of_conversation.retain(|skill, _| !step.relaxed.contains(skill));
    higher_of_each(&step.skills, &of_conversation)
}
