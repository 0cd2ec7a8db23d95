//! The load of an agent: conversations, offers and wrap-ups.

use super::Model;
use super::conversation::Conversation;
use super::document::Agent;

#[derive(Debug, Clone)]
pub struct Held {
    pub inbox: String,
    pub kind: String,
    pub weight: i64,
}

impl Model {
    pub fn held_by(&self, agent: &str) -> Vec<Held> {
        let mut held = Vec::new();
        for conversation in &self.conversations {
            if conversation.state.occupies().contains(&agent) {
                held.push(self.weigh(conversation));
            }
            if conversation.wrap_up.as_ref().is_some_and(|wrap_up| wrap_up.agent == agent) {
                held.push(self.weigh(conversation));
            }
        }
        held
    }

    pub fn load_of(&self, agent: &str) -> i64 {
        self.held_by(agent).iter().map(|held| held.weight).sum()
    }

    /// The channel of a closed conversation may be removed; its wrap-up then has no weight.
    pub fn weigh(&self, conversation: &Conversation) -> Held {
        let inbox = conversation.details.inbox.clone();
        match self.document.channel(&conversation.details.inbox, &conversation.details.channel) {
            Some(channel) => Held { inbox, kind: channel.kind.clone(), weight: channel.weight },
            None => Held { inbox, kind: String::new(), weight: 0 },
        }
    }

    pub fn is_at_capacity(&self, agent: &Agent, taking: &Held) -> bool {
        let held = self.held_by(&agent.id);
        let passes = |limit: Option<i64>, load: i64| limit.is_some_and(|limit| load + taking.weight > limit);
        let of_kind = held.iter().filter(|it| it.kind == taking.kind).map(|it| it.weight).sum();
        let from_inbox = held.iter().filter(|it| it.inbox == taking.inbox).map(|it| it.weight).sum();
        passes(agent.limit, held.iter().map(|it| it.weight).sum())
            || passes(agent.limit_per_kind.get(&taking.kind).copied(), of_kind)
            || passes(agent.limit_per_inbox.get(&taking.inbox).copied(), from_inbox)
            || held.iter().any(|it| agent.alone.contains(&it.kind))
            || (agent.alone.contains(&taking.kind) && !held.is_empty())
    }

    /// Returns `true` if the agent was given as many conversations as its pace allows. An open offer counts as given.
    pub fn is_at_pace(&self, agent: &Agent) -> bool {
        let offers = self.conversations.iter().filter(|it| it.state.is_offered_to(&agent.id)).count();
        let given = &self.agent_state(&agent.id).given;
        agent.pace.iter().any(|pace| {
            let counted = given.iter().filter(|&&given| self.now < pace.leaves(agent, given)).count();
            counted + offers >= pace.at_most
        })
    }

    /// Returns the instants at which a conversation that was given leaves a pace.
    pub fn room_by_pace(&self, agent: &Agent) -> Vec<i64> {
        let given = &self.agent_state(&agent.id).given;
        agent.pace.iter().flat_map(|pace| given.iter().map(|&given| pace.leaves(agent, given))).collect()
    }

    /// Notes that routing gave an agent a conversation. No more are remembered than a pace counts.
    pub fn note_given(&mut self, agent: &str) {
        let paces = &self.document.agent(agent).expect("an agent of the desk").pace;
        let Some(most) = paces.iter().map(|pace| pace.at_most).max() else { return };
        let now = self.now;
        let given = &mut self.agent_state_mut(agent).given;
        given.push(now);
        given.drain(..given.len().saturating_sub(most));
    }

    /// Returns the smallest free share of the limits that apply, as a fraction.
    pub fn share_free(&self, agent: &Agent, kind: &str, inbox: &str) -> (i64, i64) {
        let held = self.held_by(&agent.id);
        let share = |limit: i64, load: i64| if limit == 0 { (0, 1) } else { (limit - load, limit) };
        let mut least = (1, 1);
        if let Some(limit) = agent.limit {
            least = share(limit, held.iter().map(|it| it.weight).sum());
        }
        if let Some(&limit) = agent.limit_per_kind.get(kind) {
            let of_kind = share(limit, held.iter().filter(|it| it.kind == kind).map(|it| it.weight).sum());
            if is_less(of_kind, least) {
                least = of_kind;
            }
        }
        if let Some(&limit) = agent.limit_per_inbox.get(inbox) {
            let of_inbox = share(limit, held.iter().filter(|it| it.inbox == inbox).map(|it| it.weight).sum());
            if is_less(of_inbox, least) {
                least = of_inbox;
            }
        }
        least
    }
}

pub fn is_less(a: (i64, i64), b: (i64, i64)) -> bool {
    a.0 * b.1 < b.0 * a.1
}
