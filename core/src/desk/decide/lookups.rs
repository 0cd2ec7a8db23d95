//! Lookups for a conversation: its channel, its rule, its route, and the agents whom a step names.

use std::sync::Arc;

use crate::availability::{AgentSlot, CompiledChannel, StepTarget};
use crate::desk::decide::Decider;
use crate::desk::decide::consult::Among;
use crate::desk::event::Details;
use crate::desk::state::{ConversationRef, DeskState, Phase, Route};
use crate::model::{Contact, Id, Wait};
use crate::routing::extension::Hooks;
use crate::routing::{
    Candidates, Declines, Facts, Failures, Matched, Named, Plan, PlanStep, RuleRef, StepRef, matching_rule,
};
use crate::time::Instant;

/// The effect of an update on the routing of a conversation, with the conditions that failed when its rule was looked up.
pub enum Course {
    /// Nothing that its routing depends on has changed: it continues, or stays unassigned.
    Stands(Failures),
    /// Its rule, its step and the wait there stay; the agents they name, or the skills they require, have changed.
    AskedAnew(Failures),
    /// It is routed from the start.
    FromTheStart,
    /// It is not being routed: it is held, with a team or a bot, snoozed, closed, or went to voicemail.
    None,
}

impl Decider<'_> {
    pub fn id_of(&self, reference: ConversationRef) -> Option<Id> {
        self.state.conversation(reference).map(|it| it.id.clone())
    }

    /// Returns the rule and the route of a conversation, in the queue or on its way there.
    pub fn route_of(&self, reference: ConversationRef) -> Option<(Id, Route)> {
        match self.routes.get(&reference) {
            Some(route) => Some((self.state.rule_id(reference, route.rule)?, *route)),
            None => self.state.route_of(reference),
        }
    }

    /// Returns the conversations of an agent whose phase matches, in the order of opening.
    pub fn occupying(&self, slot: AgentSlot, phase: impl Fn(&Phase) -> bool) -> Vec<ConversationRef> {
        let all = self.state.person(slot).into_iter().flat_map(|person| &person.occupied_by).copied();
        all.filter(|reference| self.state.conversation(*reference).is_some_and(|it| phase(&it.phase))).collect()
    }
}

impl DeskState {
    pub fn channel_of(&self, reference: ConversationRef) -> Option<&CompiledChannel> {
        self.roster.channel(self.conversation(reference)?.channel?)
    }

    /// Returns `true` if a message of the contact reopens a conversation that is closed.
    pub fn reopens_on_message(&self, reference: ConversationRef) -> bool {
        // Of a channel that was removed, the problem is that.
        self.channel_of(reference).is_none_or(|channel| channel.entry.reopens_on_message())
    }

    /// Returns a rule of a conversation's channel.
    pub fn rule(&self, reference: ConversationRef, rule: RuleRef) -> Option<&Plan> {
        self.rules.rule(self.conversation(reference)?.channel?, rule)
    }

    /// Returns the id of a rule of a conversation's channel.
    pub fn rule_id(&self, reference: ConversationRef, rule: RuleRef) -> Option<Id> {
        Some(self.rule(reference, rule)?.id.clone())
    }

    /// Returns the rule and the route of a conversation, as recorded by events.
    pub fn route_of(&self, reference: ConversationRef) -> Option<(Id, Route)> {
        let route = self.conversation(reference)?.route?;
        Some((self.rule_id(reference, route.rule)?, route))
    }

    /// Returns the route of a conversation that enters the next step of its rule; `None` after the last.
    pub fn next_step(&self, reference: ConversationRef, route: Route, at: Instant) -> Option<Route> {
        let reached = route.reached.next();
        self.step(reference, route.rule, reached).filter(|_| !route.done)?;
        let wait_until = self.wait_until(reference, route.rule, reached, at);
        Some(Route { reached, wait_until, ..route })
    }

    pub fn step(&self, reference: ConversationRef, rule: RuleRef, step: StepRef) -> Option<&PlanStep> {
        self.rule(reference, rule)?.step(step)
    }

    pub fn step_count(&self, reference: ConversationRef, rule: RuleRef) -> usize {
        self.rule(reference, rule).map_or(0, |rule| rule.steps.len())
    }

    pub fn is_waiting(&self, reference: ConversationRef) -> bool {
        self.conversation(reference).is_some_and(|it| it.waits())
    }

    /// Returns the end of the wait at a step, for a conversation that enters it at an instant; `None` if it passes the
    /// step at once.
    pub fn wait_until(&self, reference: ConversationRef, rule: RuleRef, step: StepRef, at: Instant) -> Option<Instant> {
        if self.is_skipped(reference, rule, step, at) {
            return None;
        }
        let step = self.step(reference, rule, step)?;
        match step.wait.filter(|_| !self.is_nobody_left(reference, step, at))? {
            Wait::Time(time) => Some(at.saturating_add(time.millis())),
            Wait::OfficeHours(time) => Some(self.channel_of(reference)?.office_time_after(at, time)),
        }
    }

    /// Returns the end of the wait that an offer by a step tells: of a wait in office hours that begins with it. The end of
    /// any other wait follows from the document.
    pub fn wait_told_by_offer(
        &self,
        reference: ConversationRef,
        rule: RuleRef,
        step: StepRef,
        at: Instant,
    ) -> Option<Instant> {
        let route = self.conversation(reference)?.route.filter(|route| route.rule == rule);
        let is_new = route.is_none_or(|route| route.reached < step);
        let in_office_hours = matches!(self.step(reference, rule, step)?.wait, Some(Wait::OfficeHours(_)));
        if is_new && in_office_hours { self.wait_until(reference, rule, step, at) } else { None }
    }

    /// The rule for a conversation, if there is one, and the conditions that failed during the search.
    pub fn matching_rule(&self, reference: ConversationRef, at: Instant) -> Option<Matched> {
        let conversation = self.conversation(reference)?;
        self.rule_for(reference, &conversation.details, at)
    }

    /// Returns the effect on the routing of a conversation of an update to these details.
    pub fn course_after(&self, reference: ConversationRef, details: &Arc<Details>, at: Instant) -> Course {
        let Some(conversation) = self.conversation(reference) else { return Course::None };
        let before = &conversation.details;
        let moves = (&before.inbox, &before.channel) != (&details.inbox, &details.channel);
        let asks_others = moves || (&before.contact, &before.skills) != (&details.contact, &details.skills);
        let rule_for = |details| self.rule_for(reference, details, at);
        match (&conversation.phase, &conversation.route) {
            (Phase::Waiting | Phase::Offered { .. }, None) if conversation.for_team.is_some() && !moves => {
                if asks_others {
                    Course::AskedAnew(Failures::new())
                } else {
                    Course::Stands(Failures::new())
                }
            }
            // Offered to the agent who held it before: no rule was involved.
            (Phase::Offered { offers }, None)
                if !asks_others && offers.iter().all(|offer| offer.decision.is_none()) =>
            {
                Course::Stands(Failures::new())
            }
            (Phase::Waiting | Phase::Offered { .. }, Some(route)) if !moves => match rule_for(details) {
                Some((rule, failures)) if rule == Some(route.rule) && asks_others => Course::AskedAnew(failures),
                Some((rule, failures)) if rule == Some(route.rule) => Course::Stands(failures),
                _ => Course::FromTheStart,
            },
            (Phase::Unassigned, _) if !asks_others => match (rule_for(before), rule_for(details)) {
                (Some((was, _)), Some((is, failures))) if was == is => Course::Stands(failures),
                _ => Course::FromTheStart,
            },
            (Phase::Waiting | Phase::Offered { .. } | Phase::Unassigned, _) => Course::FromTheStart,
            (Phase::Held { .. } | Phase::WithTeam { .. } | Phase::WithBot { .. }, _)
            | (Phase::Voicemail | Phase::Snoozed { .. } | Phase::Closed { .. }, _)
            | (Phase::Sent | Phase::Filtered { .. } | Phase::Trashed { .. }, _) => Course::None,
        }
    }

    fn rule_for(&self, reference: ConversationRef, details: &Arc<Details>, at: Instant) -> Option<Matched> {
        let conversation = self.conversation(reference)?;
        let facts = Facts {
            channel: self.channel_of(reference)?,
            at,
            priority: details.priority,
            skills: &details.skills,
            attributes: &details.attributes,
            contact: details.contact.as_ref(),
        };
        let rule = conversation.route.map(|route| route.rule);
        let about = || self.about(reference, rule, details, None, Hooks::default(), self.allowance());
        Some(matching_rule(self.rules.rules(conversation.channel?), &facts, about))
    }

    /// The bot that takes a conversation which has just reached its step.
    pub fn bot_at(&self, reference: ConversationRef, route: &Route) -> Option<Id> {
        if route.done || route.reached < route.from {
            return None;
        }
        match &self.step(reference, route.rule, route.reached)?.target {
            StepTarget::Bot(bot) => Some(bot.clone()),
            StepTarget::Fixed { .. } | StepTarget::ContactOwner | StepTarget::LastAgent => None,
        }
    }

    /// Returns `true` if a conversation has nothing to wait for at the step it has reached.
    pub fn is_step_over(&self, reference: ConversationRef, route: &Route, at: Instant) -> bool {
        if route.done {
            return false;
        }
        if route.reached < route.from || route.wait_until.is_none_or(|until| until <= at) {
            return true;
        }
        self.step(reference, route.rule, route.reached).is_none_or(|step| self.is_nobody_left(reference, step, at))
            || self.is_skipped(reference, route.rule, route.reached, at)
    }

    /// Returns `true` if a step is passed while nobody whom it names is available, and nobody is.
    fn is_skipped(&self, reference: ConversationRef, rule: RuleRef, step: StepRef, at: Instant) -> bool {
        self.step(reference, rule, step).is_some_and(|step| step.skips)
            && self.pool(reference, Among::Step(rule, step), at).is_some_and(|pool| !pool.has_anyone_available())
    }

    /// Returns `true` if a step names nobody, or only agents who declined.
    fn is_nobody_left(&self, reference: ConversationRef, step: &PlanStep, at: Instant) -> bool {
        let declined = self.standing_declines(reference, at);
        let has_declined = |slot| declined.agents.contains(slot);
        self.named(reference, step).all(has_declined)
    }

    /// Returns the declines of a conversation that still count: the agent has not turned available again since, and they have
    /// not lapsed.
    pub fn standing_declines(&self, reference: ConversationRef, at: Instant) -> Declines {
        let mut standing = Declines::default();
        let Some(conversation) = self.conversation(reference).filter(|it| !it.declined.is_empty()) else {
            return standing;
        };
        let lapses_after = self.channel_of(reference).and_then(|channel| channel.entry.offer_again_after);
        for decline in &conversation.declined {
            let has_returned = self.person(decline.agent).is_none_or(|it| it.returns != decline.returns);
            let until = lapses_after.map(|after| decline.at.unwrap_or(Instant::MIN).saturating_add(after.millis()));
            if !has_returned && until.is_none_or(|until| at < until) {
                standing.agents.insert(decline.agent);
                standing.lapses.extend(until.map(|until| (decline.agent, until)));
            }
        }
        standing
    }

    /// The owner of the contact, if there is such an agent.
    pub fn owner_of(&self, reference: ConversationRef) -> Option<AgentSlot> {
        let details = &self.conversation(reference)?.details;
        self.roster.slot(details.contact.as_ref()?.owner.as_ref()?)
    }

    /// The owner of a recognised contact who is away, and was not mailed yet.
    pub fn owner_to_notify(&self, reference: ConversationRef) -> Option<AgentSlot> {
        let conversation = self.conversation(reference)?;
        conversation.details.contact.as_ref().filter(|contact| contact.known)?;
        let owner = self.owner_of(reference)?;
        let is_due = !self.standings.available.contains(owner) && !conversation.notified.contains(&owner);
        is_due.then_some(owner)
    }

    /// Returns the agents whom a step names for a conversation.
    pub fn named<'a>(&'a self, reference: ConversationRef, step: &'a PlanStep) -> Named<'a> {
        let contact = self.conversation(reference).and_then(|it| it.details.contact.as_ref());
        let one = |slot: Option<AgentSlot>| slot.map_or(Candidates::Nobody, Candidates::One);
        let candidates = match &step.target {
            StepTarget::Fixed { set, .. } => Candidates::Set(self.roster.set(*set)),
            StepTarget::ContactOwner => one(self.owner_of(reference).filter(|_| contact.is_some_and(|it| it.known))),
            StepTarget::LastAgent => one(self.last_agent_of(contact)),
            StepTarget::Bot(_) => Candidates::Nobody,
        };
        self.with_stand_ins(candidates, &step.target)
    }

    fn last_agent_of(&self, contact: Option<&Contact>) -> Option<AgentSlot> {
        let slot = self.last_agents.get(contact?.id.as_ref()?)?;
        self.roster.member(*slot).map(|_| *slot)
    }
}
