//! The pools of agents that strategies and scripts choose from.

use crate::availability::{AgentSlot, ChannelSlot, CompiledChannel, StepTarget};
use crate::desk::decide::consult::Among;
use crate::desk::state::{ClassKey, ConversationRef, DeskState, ForTeam};
use crate::model::{Id, Skills, Strategy, Tie};
use crate::routing::{AgentFacts, Asked, Candidates, Declines, PlanStep, Pool, RuleRef, StepRef};
use crate::time::Instant;

impl DeskState {
    /// Returns the step whose strategy or script chooses among agents for a conversation: that which names them, or the last of
    /// the rule that is used for a team. Without one, the usual strategy chooses.
    pub fn chooser(&self, reference: ConversationRef, among: Among) -> Option<(RuleRef, StepRef, &PlanStep)> {
        let conversation = self.conversation(reference)?;
        match among {
            Among::Step(rule, step) => Some((rule, step, self.step(reference, rule, step)?)),
            Among::Team => self.chooser_of_team(conversation.channel?, conversation.for_team.as_deref()?),
        }
    }

    fn chooser_of_team(&self, channel: ChannelSlot, for_team: &ForTeam) -> Option<(RuleRef, StepRef, &PlanStep)> {
        let rule = self.rules.rule_ref(channel, for_team.rule.as_ref()?)?;
        let plan = self.rules.rule(channel, rule)?;
        Some((rule, plan.last_step(), plan.step(plan.last_step())?))
    }

    /// Returns the pool from which an agent is chosen for a conversation.
    pub fn pool(&self, reference: ConversationRef, among: Among, at: Instant) -> Option<Pool<'_>> {
        let strategy = self.chooser(reference, among).map_or(Strategy::default(), |(_, _, plan)| plan.strategy);
        self.pool_by(strategy, reference, among, at)
    }

    /// Returns the pool with the data that a given strategy needs, instead of the one that chooses.
    pub fn pool_by(
        &self,
        strategy: Strategy,
        reference: ConversationRef,
        among: Among,
        at: Instant,
    ) -> Option<Pool<'_>> {
        let conversation = self.conversation(reference)?;
        let (channel, skills) = (conversation.channel?, &conversation.details.skills);
        let declined = self.standing_declines(reference, at);
        let offered = conversation.offers().iter().map(|offer| offer.agent).collect();
        let (named, pool) = match among {
            Among::Step(rule, step) => {
                let named = self.named(reference, self.step(reference, rule, step)?);
                (named, self.step_pool(strategy, channel, rule, step, skills, at)?)
            }
            Among::Team => {
                let pool = self.team_pool_by(strategy, channel, conversation.for_team.as_deref()?, skills, at)?;
                (pool.named.clone(), pool)
            }
        };
        Some(Pool { named, declined, offered, conversation: &conversation.id, ..pool })
    }

    /// Returns the pool of a step for all conversations of a class, without what is specific to one conversation.
    pub fn class_pool<'a>(
        &'a self,
        class: &'a ClassKey,
        rule: RuleRef,
        step: StepRef,
        at: Instant,
    ) -> Option<Pool<'a>> {
        let plan = self.rules.rule(class.channel, rule)?.step(step)?;
        let candidates = match &plan.target {
            StepTarget::Fixed { set, .. } => Candidates::Set(self.roster.set(*set)),
            StepTarget::ContactOwner | StepTarget::LastAgent | StepTarget::Bot(_) => Candidates::Nobody,
        };
        let named = self.with_stand_ins(candidates, &plan.target);
        let pool = self.step_pool(plan.strategy, class.channel, rule, step, &class.skills, at)?;
        Some(Pool { named, ..pool })
    }

    /// Returns the pool of the members of a team for conversations of a channel, without what is specific to one of them.
    pub fn team_pool<'a>(
        &'a self,
        channel: ChannelSlot,
        for_team: &'a ForTeam,
        skills: &'a Skills,
        at: Instant,
    ) -> Option<Pool<'a>> {
        let chooser = self.chooser_of_team(channel, for_team);
        let strategy = chooser.map_or(Strategy::default(), |(_, _, plan)| plan.strategy);
        self.team_pool_by(strategy, channel, for_team, skills, at)
    }

    fn team_pool_by<'a>(
        &'a self,
        strategy: Strategy,
        channel_slot: ChannelSlot,
        for_team: &'a ForTeam,
        skills: &'a Skills,
        at: Instant,
    ) -> Option<Pool<'a>> {
        let definition = strategy.definition();
        let ledger = for_team.rule.as_ref().filter(|_| definition.reads_ledger);
        Some(Pool {
            named: self.roster.members_of(&for_team.team).map_or(Candidates::Nobody, Candidates::Team).into(),
            skills: self.asked(&[], skills, |_| false),
            tie: self.chooser_of_team(channel_slot, for_team).map_or(Tie::default(), |(_, _, plan)| plan.tie),
            ledger: ledger.and_then(|rule| self.ledgers.get(&(channel_slot, rule.clone()))),
            weighted: definition.weighing.is_some(),
            ..self.open_pool(self.roster.channel(channel_slot)?, at)
        })
    }

    /// Returns the pool of a step, without those whom it names.
    fn step_pool<'a>(
        &'a self,
        strategy: Strategy,
        channel_slot: ChannelSlot,
        rule: RuleRef,
        number: StepRef,
        skills: &'a Skills,
        at: Instant,
    ) -> Option<Pool<'a>> {
        let (channel, plan) = (self.roster.channel(channel_slot)?, self.rules.rule(channel_slot, rule)?);
        let step = plan.step(number)?;
        let listed = match &step.target {
            StepTarget::Fixed { listed, .. } => listed.as_slice(),
            StepTarget::ContactOwner | StepTarget::LastAgent | StepTarget::Bot(_) => &[],
        };
        let definition = strategy.definition();
        let ledger = match definition.reads_ledger {
            true => self.ledgers.get(&(channel_slot, plan.id.clone())),
            false => None,
        };
        Some(Pool {
            skills: self.asked(&step.skills, skills, |skill| plan.relaxes(skill, number)),
            only_available: step.only_available,
            listed,
            tie: step.tie,
            ledger,
            weighted: definition.weighing.is_some(),
            ..self.open_pool(channel, at)
        })
    }

    /// Returns a pool of one agent, whom no step names, for a conversation that comes back.
    pub fn pool_of_one(&self, reference: ConversationRef, slot: AgentSlot, at: Instant) -> Option<Pool<'_>> {
        let conversation = self.conversation(reference)?;
        Some(Pool {
            named: Candidates::One(slot).into(),
            declined: self.standing_declines(reference, at),
            skills: self.asked(&[], &conversation.details.skills, |_| false),
            conversation: &conversation.id,
            ..self.open_pool(self.channel_of(reference)?, at)
        })
    }

    fn open_pool<'a>(&'a self, channel: &'a CompiledChannel, at: Instant) -> Pool<'a> {
        Pool {
            roster: &self.roster,
            rules: &self.rules,
            standings: &self.standings,
            facts: self,
            at,
            named: Candidates::Anyone.into(),
            inbox: &channel.inbox,
            access: self.roster.access(channel),
            declined: Declines::default(),
            offered: Vec::new(),
            skills: Vec::new(),
            only_available: true,
            kind: channel.kind,
            weight: channel.entry.weight,
            conversation: &channel.inbox,
            listed: &[],
            tie: Tie::default(),
            ledger: None,
            weighted: false,
        }
    }

    /// Returns the skills required by a step, and by a conversation but for those that are relaxed, each with the higher
    /// level.
    fn asked<'a>(&'a self, step: &'a [(Id, u8)], own: &'a Skills, is_relaxed: impl Fn(&Id) -> bool) -> Vec<Asked<'a>> {
        let mut asked: Vec<Asked<'a>> = Vec::new();
        let own = own.iter().filter(|(name, _)| !is_relaxed(name)).map(|(name, level)| (name, *level));
        for (name, level) in step.iter().map(|(name, level)| (name, *level)).chain(own) {
            match asked.iter_mut().find(|known| known.name == name) {
                Some(known) => known.level = known.level.max(level),
                None => asked.push(Asked { name, levels: self.rules.levels(name), level }),
            }
        }
        asked
    }
}

impl AgentFacts for DeskState {
    fn away_at(&self, slot: AgentSlot) -> Instant {
        DeskState::away_at(self, slot)
    }

    fn load_from(&self, slot: AgentSlot, inbox: &Id) -> u64 {
        DeskState::load_from(self, slot, inbox)
    }
}
