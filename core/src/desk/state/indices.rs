//! The indices of the conversations: queue, agenda, load and others follow each change of a conversation.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::availability::{AgentSlot, ChannelSlot, Roster, StepTarget};
use crate::desk::state::agenda::Agenda;
use crate::desk::state::journal::Undo;
use crate::desk::state::priority::Priority;
use crate::desk::state::queue::{Place, Queue};
use crate::desk::state::{
    Asked, ClassKey, Conversation, ConversationRef, Decline, DeskState, Due, Listing, Named, Opening, Phase, Views,
};
use crate::model::Id;
use crate::routing::{RuleBook, Standing};
use crate::shared::SharedMap;
use crate::time::{Duration, Instant};

impl DeskState {
    /// Changes a conversation at an instant, and all indices with it.
    pub fn edit(&mut self, reference: ConversationRef, at: Instant, change: impl FnOnce(&mut Conversation)) {
        let Some(conversation) = self.conversations.get(reference) else { return };
        let undo = self.journal.undo_of(reference, conversation);
        let listed = Listing::of(conversation, &self.availability.roster);
        let before = self.occupation(reference);
        self.unlist(reference);
        if let Some(conversation) = self.conversations.get_mut(reference) {
            change(conversation);
            conversation.release_if_over();
        }
        self.list(reference);
        let listing = self.listing(reference);
        self.views.relist(reference, listed.as_ref(), listing.as_ref(), &self.availability.roster);
        let after = self.occupation(reference);
        if before != after {
            self.shift_load(reference, &before, &after, at);
        }
        if self.rules.has_pace() && before.agents.iter().chain(&after.agents).next().is_some() {
            before.agents.iter().chain(&after.agents).for_each(|slot| self.renew_pace(*slot));
        }
        // Noted last, so that it is undone first: its load moves back before the standings are restored.
        if let Some(undo) = undo {
            self.journal.note(|| undo);
        }
    }

    /// Sets the instants of the last message and of the contact's. Of the indices, only the order of views depends on them.
    pub fn set_messages(&mut self, reference: ConversationRef, last: Instant, of_visitor: Option<Instant>) {
        let Some(conversation) = self.conversations.get_mut(reference) else { return };
        let before = Undo::Messages(reference, conversation.last_message_at, conversation.visitor_wrote_at);
        self.views.move_message(reference, conversation, last, &self.availability.roster);
        (conversation.last_message_at, conversation.visitor_wrote_at) = (last, of_visitor);
        self.journal.note(|| before);
    }

    /// Changes a conversation, and leaves the indices to [`reindex`](Self::reindex).
    pub fn amend(&mut self, reference: ConversationRef, change: impl FnOnce(&mut Conversation)) {
        if let Some(conversation) = self.conversations.get_mut(reference) {
            self.journal.note(|| Undo::Conversation(reference, conversation.clone()));
            change(conversation);
            conversation.release_if_over();
        }
    }

    /// Returns where views list a conversation.
    fn listing(&self, reference: ConversationRef) -> Option<Listing> {
        Listing::of(self.conversation(reference)?, &self.roster)
    }

    /// Adds a conversation to the views.
    pub(super) fn show(&mut self, reference: ConversationRef) {
        if let Some(listing) = self.listing(reference) {
            self.views.insert(reference, &listing, &self.availability.roster);
        }
    }

    /// Removes a conversation from the views.
    pub(super) fn unshow(&mut self, reference: ConversationRef) {
        if let Some(listing) = self.listing(reference) {
            self.views.remove(reference, &listing, &self.availability.roster);
        }
    }

    /// Returns the agents whom a conversation occupies, with its kind and weight.
    fn occupation(&self, reference: ConversationRef) -> Occupation {
        let Some(it) = self.conversation(reference) else { return Occupation::default() };
        let agents = it.occupies();
        let channel = it.channel.filter(|_| !agents.is_empty()).and_then(|slot| self.roster.channel(slot));
        let Some(channel) = channel else { return Occupation::default() };
        Occupation { agents, channel: it.channel, kind: channel.kind, weight: channel.entry.weight }
    }

    /// Returns the weight of what an agent holds from an inbox.
    pub fn load_from(&self, slot: AgentSlot, inbox: &Id) -> u64 {
        let held = self.people.get(slot.index()).into_iter().flat_map(|person| person.occupied_by.iter());
        let from_inbox = held.filter(|it| self.conversation(**it).is_some_and(|it| it.details.inbox == *inbox));
        from_inbox.map(|reference| u64::from(self.occupation(*reference).weight)).sum()
    }

    fn shift_load(&mut self, reference: ConversationRef, before: &Occupation, after: &Occupation, at: Instant) {
        for agent in before.agents.iter().chain(&after.agents).copied() {
            if let Some(standing) = self.standings.standing(agent) {
                // Undoing the load would set the agent idle since then.
                self.journal.note(|| Undo::Idle(agent, standing.idle_since));
            }
        }
        for agent in before.agents.iter().copied() {
            let stays = after.agents.contains(&agent);
            self.end_occupation(reference, agent, |standing| {
                standing.hold(before.kind, before.weight, -1);
                if standing.items == 0 && !stays {
                    standing.idle_since = Some(at);
                }
            });
            self.dirty.insert(agent);
        }
        self.occupy(reference, after);
    }

    /// Takes a conversation out of the load of the agents whom it occupies.
    fn vacate(&mut self, reference: ConversationRef, occupation: &Occupation) {
        for agent in occupation.agents.iter().copied() {
            self.end_occupation(reference, agent, |standing| standing.hold(occupation.kind, occupation.weight, -1));
        }
    }

    fn end_occupation(&mut self, reference: ConversationRef, agent: AgentSlot, change: impl FnOnce(&mut Standing)) {
        self.people.get_mut(agent.index()).into_iter().for_each(|person| {
            person.occupied_by.remove(&reference);
        });
        self.edit_standing(agent, change);
    }

    /// Adds a conversation to the load of the agents whom it occupies.
    fn occupy(&mut self, reference: ConversationRef, occupation: &Occupation) {
        for agent in occupation.agents.iter().copied() {
            self.people.get_mut(agent.index()).into_iter().for_each(|person| {
                person.occupied_by.insert(reference);
            });
            self.edit_standing(agent, |standing| standing.hold(occupation.kind, occupation.weight, 1));
        }
    }

    /// Adds a conversation to the queue, the agenda and the other indices, as its phase requires.
    pub(super) fn list(&mut self, reference: ConversationRef) {
        let forgetting = self.forgetting();
        let Some(conversation) = self.conversations.get(reference) else { return };
        if conversation.unsettled {
            self.unsettled.insert(reference);
        }
        if let Some(team) = conversation.team() {
            self.with_teams.entry(team.clone()).or_default().insert(reference);
        }
        let (roster, agenda) = (&self.availability.roster, &mut self.agenda);
        for_each_due(roster, conversation, reference, forgetting, |at, due| agenda.add(at, due));
        if let Some(place) = place(&self.roster, &self.rules, &self.last_agents, reference, conversation) {
            let (roster, rules) = (&self.availability.roster, &self.rules);
            self.queue.insert(place, |class| named_by(class, roster, rules));
        }
        for at in lapses_of(&self.availability.roster, conversation) {
            self.openings.add(at, Opening::Decline(reference));
        }
    }

    pub(super) fn unlist(&mut self, reference: ConversationRef) {
        let forgetting = self.forgetting();
        let Some(conversation) = self.conversations.get(reference) else { return };
        self.unsettled.remove(&reference);
        if let Some(team) = conversation.team()
            && let Some(with_team) = self.with_teams.get_mut(team)
        {
            with_team.remove(&reference);
            if with_team.is_empty() {
                self.with_teams.remove(team);
            }
        }
        let (roster, agenda) = (&self.availability.roster, &mut self.agenda);
        for_each_due(roster, conversation, reference, forgetting, |at, due| agenda.drop(at, due));
        if let Some(place) = place(&self.roster, &self.rules, &self.last_agents, reference, conversation) {
            self.queue.remove(&place);
        }
        for at in lapses_of(&self.availability.roster, conversation) {
            self.openings.drop(at, Opening::Decline(reference));
        }
    }

    fn forgetting(&self) -> Forgetting {
        Forgetting { after: self.roster.settings.forget_closed_after, from: self.forgets_from.unwrap_or(Instant::MIN) }
    }

    /// Takes conversations, each once, out of all indices, has something changed that these depend on, and puts them back. Agents
    /// who then hold more or less are looked at.
    pub fn list_again(&mut self, conversations: Vec<ConversationRef>, change: impl FnOnce(&mut Self)) {
        let conversations: Arc<[ConversationRef]> = conversations.into();
        let before: Vec<Occupation> = conversations.iter().map(|reference| self.occupation(*reference)).collect();
        self.unlist_all(&conversations);
        self.journal.note(|| Undo::Unlisted(Arc::clone(&conversations)));
        change(self);
        self.list_all(&conversations);
        for (reference, before) in conversations.iter().zip(before) {
            if self.occupation(*reference) != before {
                before.agents.into_iter().for_each(|slot| self.dirty.insert(slot));
            }
        }
        self.journal.note(|| Undo::Listed(conversations));
    }

    pub(super) fn unlist_all(&mut self, conversations: &[ConversationRef]) {
        for reference in conversations.iter().copied() {
            self.unlist(reference);
            self.unshow(reference);
            self.vacate(reference, &self.occupation(reference));
        }
    }

    pub(super) fn list_all(&mut self, conversations: &[ConversationRef]) {
        for reference in conversations.iter().copied() {
            self.list(reference);
            self.show(reference);
            self.occupy(reference, &self.occupation(reference));
        }
    }

    /// Rebuilds all indices, after a change that concerns most conversations; so does whoever takes it back.
    pub fn index_anew(&mut self) {
        self.journal.note(|| Undo::Indices);
        self.reindex();
    }

    /// Rebuilds all indices from the state.
    pub fn reindex(&mut self) {
        self.queue = Queue::default();
        self.views = Views::default();
        self.with_teams = FxHashMap::default();
        self.agenda = Agenda::default();
        self.openings.clear();
        self.unsettled = BTreeSet::new();
        self.standings.restart();
        self.make_room();
        for (slot, person) in (0..).map(AgentSlot::of).zip(self.people.iter_mut()) {
            person.occupied_by.clear();
            if self.availability.roster.member(slot).is_some() {
                self.agenda.add(person.announced.map(|stretch| stretch.end), Due::Status(slot));
            }
        }
        for slot in AgentSlot::all(self.people.len()) {
            self.show_available(slot);
            self.edit_standing(slot, |_| {});
        }
        for reference in self.conversations.references() {
            self.list_all(&[reference]);
        }
        if self.rules.has_pace() {
            self.renew_paces();
        }
    }
}

/// The agents whom a conversation occupies, and how much.
#[derive(Debug, Default, PartialEq, Eq)]
struct Occupation {
    agents: SmallVec<[AgentSlot; 1]>,
    channel: Option<ChannelSlot>,
    kind: usize,
    weight: u32,
}

/// When closed conversations are forgotten: how long after their end, and from which instant on.
#[derive(Debug, Clone, Copy)]
struct Forgetting {
    after: Option<Duration>,
    from: Instant,
}

impl Forgetting {
    /// Returns the instant at which a conversation that ended at an instant is forgotten; `None` if it never is.
    fn at(self, ended_at: Instant) -> Option<Instant> {
        Some(ended_at.saturating_add(self.after?.millis()).max(self.from))
    }
}

/// Visits what falls due for a conversation, with its instant.
fn for_each_due(
    roster: &Roster,
    conversation: &Conversation,
    reference: ConversationRef,
    forgetting: Forgetting,
    mut visit: impl FnMut(Option<Instant>, Due),
) {
    match &conversation.phase {
        Phase::Waiting => {
            visit(conversation.route.as_ref().and_then(|route| route.wait_until), Due::Wait(reference));
            visit(waits_until(roster, conversation), Due::Limit(reference));
        }
        Phase::Snoozed { until, .. } => visit(*until, Due::Snooze(reference)),
        Phase::Closed { wrapping: Some((_, until)) } => visit(Some(*until), Due::WrapUp(reference)),
        Phase::Closed { wrapping: None } => visit(forgetting.at(conversation.ended_at), Due::Forget(reference)),
        Phase::Held { .. } => visit(conversation.requeue.map(|requeue| requeue.at), Due::Requeue(reference)),
        Phase::Offered { offers } => {
            offers.iter().for_each(|offer| visit(offer.until, Due::Offer(reference, offer.agent)));
        }
        Phase::WithBot { closes_at, .. } => visit(*closes_at, Due::IdleBot(reference)),
        Phase::Sent | Phase::Filtered { .. } => visit(forgetting.at(conversation.ended_at), Due::Forget(reference)),
        Phase::Trashed { until, .. } => visit(*until, Due::Forget(reference)),
        Phase::WithTeam { .. } | Phase::Unassigned | Phase::Voicemail => {}
    }
    let is_asked = conversation.is_routed() && conversation.route.is_some();
    visit(conversation.given.again_at.filter(|_| is_asked), Due::Priority(reference));
}

/// Returns the instant at which a conversation in the queue has waited for the longest time that its channel allows. One that
/// is distributed in a team waits for as long as it takes.
fn waits_until(roster: &Roster, conversation: &Conversation) -> Option<Instant> {
    if conversation.limited || conversation.for_team.is_some() {
        return None;
    }
    roster.channel(conversation.channel?)?.longest_wait(conversation.queued_from)
}

/// Returns the instants at which declines of a waiting conversation lapse.
fn lapses_of<'a>(roster: &'a Roster, conversation: &'a Conversation) -> impl Iterator<Item = Instant> + use<'a> {
    let declined: &[Decline] = if conversation.waits() { &conversation.declined } else { &[] };
    let channel = conversation.channel.filter(|_| !declined.is_empty()).and_then(|slot| roster.channel(slot));
    let after = channel.and_then(|channel| channel.entry.offer_again_after);
    let declined_at = declined.iter().filter_map(|decline| decline.at);
    declined_at.filter_map(move |at| Some(at.saturating_add(after?.millis())))
}

/// Returns those whom the steps of a class name, apart from agents by the contact: all of them, and perhaps more.
fn named_by(class: &ClassKey, roster: &Roster, rules: &RuleBook) -> Vec<Named> {
    if let Asked::Team(for_team) = &class.asked {
        return vec![Named::Team(for_team.team.clone())];
    }
    const FEW: usize = 16;
    let mut named = Vec::new();
    let plans = class.steps().filter_map(|(rule, step)| rules.rule(class.channel, rule)?.step(step));
    for step in plans {
        let StepTarget::Fixed { set, .. } = &step.target else { continue };
        match roster.names(*set) {
            None => named.push(Named::Everyone),
            Some(names) if names.agents.len() > FEW => named.push(Named::Everyone),
            Some(names) => {
                named.extend(names.teams.iter().cloned().map(Named::Team));
                named.extend(names.agents.iter().cloned().map(Named::Agent));
            }
        }
    }
    named.sort_unstable();
    named.dedup();
    named
}

/// Returns the place of a conversation in the queue, if it waits there.
fn place<'a>(
    roster: &Roster,
    rules: &RuleBook,
    last_agents: &SharedMap<AgentSlot>,
    reference: ConversationRef,
    conversation: &'a Conversation,
) -> Option<Place<'a>> {
    if !conversation.waits() {
        return None;
    }
    let channel = conversation.channel?;
    if let Some(for_team) = &conversation.for_team {
        let key = conversation.key(reference, Priority::of(conversation, None, roster, rules).base);
        let asked = Asked::Team(Arc::clone(for_team));
        let class = ClassKey { channel, asked, raised_from: None, skills: conversation.details.skills.clone() };
        return Some(Place { key, class, personal: Vec::new(), contact: None, stranger: None });
    }
    let route = conversation.route.as_ref()?;
    let plan = rules.rule(channel, route.rule)?;
    let contact = conversation.details.contact.as_ref();
    let priority = Priority::of(conversation, Some((route.rule, route.reached)), roster, rules);
    let raised_from = priority.raise.map(|_| priority.base);
    let mut place = Place {
        key: conversation.key(reference, priority.base),
        class: ClassKey { channel, asked: Asked::by(route), raised_from, skills: conversation.details.skills.clone() },
        personal: Vec::new(),
        contact: None,
        stranger: None,
    };
    for step in route.from.through(route.reached).filter_map(|step| plan.step(step)) {
        match step.target {
            StepTarget::ContactOwner => {
                let owner = contact.filter(|contact| contact.known).and_then(|contact| contact.owner.as_ref());
                let slot = owner.and_then(|owner| roster.slot(owner));
                place.personal.extend(slot);
                place.stranger = owner.filter(|_| slot.is_none());
            }
            StepTarget::LastAgent => {
                place.contact = contact.and_then(|contact| contact.id.as_ref());
                place.personal.extend(place.contact.and_then(|contact| last_agents.get(contact)));
            }
            StepTarget::Fixed { .. } | StepTarget::Bot(_) => {}
        }
    }
    Some(place)
}
