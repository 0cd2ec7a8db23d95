//! The classes of waiting conversations that may be given after a change: those that name an agent who changed, and those of
//! channels that changed.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::availability::{AgentSet, AgentSlot, ChannelSlot, KindIndex, StepTarget};
use crate::desk::state::{Asked, ClassKey, ConversationRef, DeskState, Named, QueueKey};
use crate::routing::{Pool, RuleRef, StepRef};
use crate::time::Instant;

impl DeskState {
    /// Returns the classes of waiting conversations that one of the agents may take from, or in some channels anyone, each
    /// with its first conversation.
    pub fn classes_for(
        &self,
        dirty: &AgentSet,
        channels: &BTreeSet<ChannelSlot>,
        at: Instant,
    ) -> Vec<(ClassKey, QueueKey)> {
        if dirty.is_empty() && channels.is_empty() {
            return Vec::new();
        }
        // Most agents who changed are full, so whether any has room is computed once for all classes of the same kind and
        // weight.
        let concerned = self.with_represented(dirty);
        let mut has_room: FxHashMap<(KindIndex, u32), bool> = FxHashMap::default();
        let mut takes = |class: &ClassKey| {
            let Some(channel) = self.roster.channel(class.channel) else { return false };
            let (kind, weight) = (channel.kind, channel.entry.weight);
            let can_take =
                |slot: AgentSlot| self.roster.assignable.contains(slot) && self.standings.fits(slot, kind, weight);
            if !*has_room.entry((kind, weight)).or_insert_with(|| dirty.iter().any(can_take)) {
                return false;
            }
            let may_take = |pool: Pool<'_>| dirty.iter().any(|slot| pool.is_eligible(slot));
            let names_any = |rule, step| self.names_any(class, rule, step, &concerned);
            self.has_pool(class, at, names_any, may_take)
        };
        // If time is up, the command is rolled back, whatever was found.
        let is_on = |_: &(&ClassKey, QueueKey)| !self.is_time_up();
        let naming = self.classes_naming(&concerned).into_iter().take_while(is_on).filter(|(class, _)| takes(class));
        let in_changed = self.queue.classes().filter(|(class, _)| channels.contains(&class.channel));
        let mut classes: Vec<_> = naming.filter(|(class, _)| !channels.contains(&class.channel)).collect();
        if !channels.is_empty() {
            classes.extend(in_changed.take_while(is_on).filter(|(class, _)| self.has_anyone_for(class, at)));
        }
        classes.into_iter().map(|(class, first)| (class.clone(), first)).collect()
    }

    /// Returns the classes that name one of the agents, regardless of the contacts of their conversations, and perhaps some
    /// more; each with its first conversation.
    fn classes_naming(&self, agents: &AgentSet) -> Vec<(&ClassKey, QueueKey)> {
        let mut named = vec![Named::Everyone];
        for agent in agents.iter().filter_map(|slot| self.roster.member(slot)).map(|member| &*member.entry) {
            named.push(Named::Agent(agent.id.clone()));
            named.extend(agent.team.iter().chain(&agent.extra_teams).cloned().map(Named::Team));
        }
        named.sort_unstable();
        named.dedup();
        let classes: Vec<_> = self.queue.naming_any(&named).collect();
        debug_assert!(self.names_no_other(&classes, agents), "a class that names one of them is missing");
        classes
    }

    /// Returns `true` if no class but the given names any of the agents, as found by looking at all.
    fn names_no_other(&self, found: &[(&ClassKey, QueueKey)], agents: &AgentSet) -> bool {
        let known: FxHashSet<&ClassKey> = found.iter().map(|(class, _)| *class).collect();
        let mut others = self.queue.classes().map(|(class, _)| class).filter(|class| !known.contains(class));
        !others.any(|class| class.steps().any(|(rule, step)| self.names_any(class, rule, step, agents)))
    }

    /// Returns the conversations that wait in some channels and may name an agent by their contact.
    pub fn personal_in(&self, channels: &BTreeSet<ChannelSlot>) -> Vec<ConversationRef> {
        if channels.is_empty() {
            return Vec::new();
        }
        let is_personal = |(rule, step), channel| {
            let step = self.rules.rule(channel, rule).and_then(|plan| plan.step(step));
            step.is_some_and(|step| matches!(step.target, StepTarget::ContactOwner | StepTarget::LastAgent))
        };
        let theirs = self.queue.by_class().filter(|(class, _)| channels.contains(&class.channel));
        let personal = theirs.filter(|(class, _)| class.steps().any(|step| is_personal(step, class.channel)));
        personal.flat_map(|(_, waiting)| waiting.iter().map(|key| key.conversation)).collect()
    }

    /// Returns `true` if an agent is eligible for the conversations of a class, apart from what is specific to one of them.
    pub fn has_anyone_for(&self, class: &ClassKey, at: Instant) -> bool {
        self.has_pool(class, at, |_, _| true, |pool| pool.first().is_some())
    }

    /// Returns `true` if a condition holds for the pool of the team of a class, or for that of a step among some.
    fn has_pool(
        &self,
        class: &ClassKey,
        at: Instant,
        among: impl Fn(RuleRef, StepRef) -> bool,
        holds: impl Fn(Pool<'_>) -> bool,
    ) -> bool {
        match &class.asked {
            Asked::Team(for_team) => self.team_pool(class.channel, for_team, &class.skills, at).is_some_and(holds),
            Asked::Steps { .. } => {
                let mut steps = class.steps().filter(|(rule, step)| among(*rule, *step));
                steps.any(|(rule, step)| self.class_pool(class, rule, step, at).is_some_and(&holds))
            }
        }
    }

    /// Returns the conversations that wait at a step which names an agent who left, and where nobody is available any more.
    pub fn skipping(&self, dirty: &AgentSet, at: Instant) -> Vec<ConversationRef> {
        if !self.rules.has_skips() || dirty.is_empty() {
            return Vec::new();
        }
        let concerned = self.with_represented(dirty);
        let is_skipped = |class: &ClassKey| {
            let Some((rule, reached)) = class.reached() else { return false };
            let plan = self.rules.rule(class.channel, rule).and_then(|plan| plan.step(reached));
            plan.is_some_and(|step| step.skips && matches!(step.target, StepTarget::Fixed { .. }))
                && self.names_any(class, rule, reached, &concerned)
                && self.class_pool(class, rule, reached, at).is_some_and(|pool| !pool.has_anyone_available())
        };
        let classes = self.classes_naming(&concerned).into_iter().filter(|(class, _)| is_skipped(class));
        let waits =
            |it: &ConversationRef| self.conversation(*it).and_then(|it| it.route).is_some_and(|route| !route.done);
        classes.flat_map(|(class, _)| self.queue.of_class(class)).filter(waits).collect()
    }

    /// Returns `true` if a step of a class names any of the agents, regardless of the contacts of its conversations.
    fn names_any(&self, class: &ClassKey, rule: RuleRef, step: StepRef, agents: &AgentSet) -> bool {
        let plan = self.rules.rule(class.channel, rule);
        match plan.and_then(|plan| plan.step(step)).map(|step| &step.target) {
            Some(StepTarget::Fixed { set, .. }) => self.roster.set(*set).meets(agents),
            _ => false,
        }
    }
}
