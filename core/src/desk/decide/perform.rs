//! The effect of each command. All checks come first, so that a refused command changes nothing.

use std::sync::Arc;

use crate::availability::AgentSlot;
use crate::availability::unknown::{no_access, unknown_agent, unknown_inbox, unknown_team};
use crate::conversation::bots;
use crate::desk::command::{Action, Assignee, Changes, Command, Until, check_distribute, check_or_substitute};
use crate::desk::decide::lookups::Course;
use crate::desk::decide::run::broken;
use crate::desk::decide::{ArrivalKind, Decider};
use crate::desk::event::{AssignedBecause, ChangeType, Details, EventKind, UnassignedBecause};
use crate::desk::state::check::{check_details, check_id};
use crate::desk::state::{Change, Conversation, ConversationRef, Phase, Resolved};
use crate::model::{Absence, Contact, DateHours, Id, MessageFrom, WeeklyHours, canonical};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

/// The result of a command: a refusal if it is not possible.
pub type Done = Result<(), Problem>;

impl Decider<'_> {
    /// Carries out the action of a command.
    pub fn perform(&mut self, command: &Command) -> Done {
        self.state.permit(command)?;
        let at = command.at;
        match &command.action {
            Action::Open {
                conversation,
                inbox,
                channel,
                contact,
                from,
                forwarded_by,
                priority,
                skills,
                attributes,
                outbound,
            } => {
                let details = Details {
                    inbox: inbox.clone(),
                    channel: channel.clone(),
                    contact: contact.as_ref().map(Contact::canonical),
                    from: from.clone(),
                    forwarded_by: forwarded_by.clone(),
                    priority: *priority,
                    skills: skills.clone(),
                    attributes: canonical(attributes),
                };
                if *outbound { self.send(conversation, details, at) } else { self.open(conversation, details, at) }
            }
            Action::Update { conversation, changes } => self.update(conversation, changes, at),
            Action::Close { conversation } => self.close(conversation, at),
            Action::Reopen { conversation } => self.reopen(conversation, at),
            Action::Release { conversation } => self.release(conversation, at),
            Action::Snooze { conversation, until } => self.snooze(conversation, *until, at),
            Action::Accept { conversation, agent } => self.accept(conversation, agent, at),
            Action::Decline { conversation, agent } => self.decline(conversation, agent, at),
            Action::Assign { conversation, to, or_substitute, distribute } => {
                check_or_substitute(to, *or_substitute)?;
                check_distribute(to, *distribute)?;
                let (reference, _) = self.find_open(conversation)?;
                match to {
                    Assignee::Agent(agent) if *or_substitute => self.assign_to_stand_in(reference, agent, at),
                    Assignee::Agent(agent) => self.assign_to_agent(reference, self.slot(agent)?, None, at),
                    Assignee::Team(team) if *distribute => self.distribute(reference, team, at),
                    Assignee::Team(team) => self.assign_to_team(reference, team, at),
                }
            }
            Action::Reply { conversation, message } => self.reply(conversation, message.as_ref(), at),
            Action::Message { conversation, message, from } => self.message(conversation, message.as_ref(), *from, at),
            Action::MarkSpam { conversation } => self.mark_spam(conversation, at),
            Action::NotSpam { conversation } => self.not_spam(conversation, at),
            Action::Block { subject } => self.block(subject, at),
            Action::Unblock { sender, inbox } => self.unblock(sender, inbox.as_ref(), at),
            Action::Trash { conversation } => self.trash(conversation, at),
            Action::Restore { conversation } => self.restore(conversation, at),
            Action::Hide { conversation, message } => self.hide(conversation, message, at),
            Action::Unhide { conversation, message } => self.unhide(conversation, message, at),
            Action::HandOver { conversation } => self.hand_over(conversation),
            Action::Transfer { conversation, inbox, channel } => self.transfer(conversation, inbox, channel, at),
            Action::Forget { conversation } => self.forget_over(conversation, at),
            Action::Erase { contact } => self.erase(contact, at),
            Action::SetStatus { agent, status, until, note } => {
                self.set_status_by_hand(agent, status, *until, note.clone(), at)
            }
            Action::SetWorkingHours { agent, working_hours } => {
                let (entry, read) = self.state.entry_of(working_hours, WeeklyHours::read_list)?;
                let change = |slot| Change::WorkingHours(slot, read);
                self.change_agent(ChangeType::SetWorkingHours, agent, entry, change, at)
            }
            Action::SetDateHours { agent, date_hours } => {
                let (entry, read) = self.state.entry_of(date_hours, DateHours::read_list)?;
                let change = |slot| Change::DateHours(slot, read);
                self.change_agent(ChangeType::SetDateHours, agent, entry, change, at)
            }
            Action::SetOutOfOffice { agent, out_of_office } => {
                let (entry, read) = self.state.entry_of(out_of_office, Absence::read_list)?;
                let change = |slot| Change::OutOfOffice(slot, read);
                self.change_agent(ChangeType::SetOutOfOffice, agent, entry, change, at)
            }
            Action::PutAgent { entry } => self.put_agent(entry, at),
            Action::PutTeam { entry } => self.put_team(entry, at),
            Action::PutInbox { entry } => self.put_inbox(entry, at),
            Action::PutHoliday { entry } => self.put_holiday(entry, at),
            Action::Configure { configuration } => self.configure(configuration, at),
            Action::RemoveAgent { agent } => self.remove_agent(agent, at),
            Action::RemoveTeam { team } => self.remove_team(team, at),
            Action::RemoveInbox { inbox } => self.remove_inbox(inbox, at),
            Action::RemoveHoliday { holiday } => self.remove_holiday(holiday, at),
            Action::Advance => Ok(()),
        }
    }

    // ---- conversations

    fn open(&mut self, conversation: &Id, details: Details, at: Instant) -> Done {
        let filtered = self.state.why_filtered(&details);
        let reference = self.begin(conversation, details, at)?;
        match filtered {
            Some((reason, matched)) => self.filter(reference, reason, Some(matched), at),
            None => self.arrive(reference),
        }
        Ok(())
    }

    /// Opens a conversation in which an agent wrote first.
    fn send(&mut self, conversation: &Id, details: Details, at: Instant) -> Done {
        if self.by.is_none() {
            let message = "an outbound conversation needs a \"by\": the agent who wrote";
            return Err(Problem::new(Code::ActorRequired, message));
        }
        let reference = self.begin(conversation, details, at)?;
        self.emit(at, Resolved::of(reference), EventKind::Sent { conversation: conversation.clone() });
        Ok(())
    }

    /// Begins a conversation, whose course the next event tells.
    fn begin(&mut self, conversation: &Id, details: Details, at: Instant) -> Result<ConversationRef, Problem> {
        if self.state.find(conversation).is_some() {
            let message =
                format!("there is a conversation {conversation:?} already", conversation = shortened(conversation));
            return Err(Problem::new(Code::ConversationExists, message));
        }
        check_id(conversation)?;
        check_details(&details)?;
        self.check_channel(&details)?;
        self.emit(at, Resolved::default(), EventKind::Opened { conversation: conversation.clone(), details });
        self.state.find(conversation).ok_or_else(|| broken("a conversation that was opened is not there"))
    }

    fn update(&mut self, conversation: &Id, changes: &Changes, at: Instant) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        let mut details = (*found.details).clone();
        let (is_lying, was_in_reach) =
            (matches!(found.phase, Phase::Unassigned), self.state.is_in_reach_of_team(found));
        replace(&mut details.inbox, &changes.inbox);
        replace(&mut details.channel, &changes.channel);
        replace(&mut details.priority, &changes.priority);
        replace(&mut details.skills, &changes.skills);
        replace(&mut details.attributes, &changes.attributes.as_ref().map(canonical));
        if let Some(contact) = &changes.contact {
            details.contact = Some(contact.canonical());
        }
        check_details(&details)?;
        self.check_channel(&details)?;
        let details = Arc::new(details);
        let course = self.state.course_after(reference, &details, at);
        let goes_on = matches!(course, Course::Stands(_) | Course::AskedAnew(_));
        let (conversation, details) = (conversation.clone(), Arc::unwrap_or_clone(details));
        self.emit(at, Resolved::of(reference), EventKind::Updated { conversation, details, goes_on });
        match course {
            Course::Stands(failures) => self.go_on(reference, failures, at),
            Course::AskedAnew(failures) => {
                self.go_on(reference, failures, at);
                self.withdraw_offers(reference, at);
                self.look_at(reference);
            }
            Course::FromTheStart => {
                self.withdraw_offers(reference, at);
                self.look_at(reference);
                if is_lying {
                    self.lying.insert(reference);
                }
            }
            Course::None => self.take_back_if_out_of_reach(reference, was_in_reach, at),
        }
        Ok(())
    }

    fn close(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        let holder = found.holder();
        self.check_bot_is_idle(reference, at)?;
        self.withdraw_offers(reference, at);
        let agent = holder.and_then(|slot| self.state.roster.agent_id(slot));
        let wrap_up = self.state.channel_of(reference).and_then(|channel| channel.entry.wrap_up);
        let wrap_up = wrap_up.filter(|wrap_up| agent.is_some() && wrap_up.millis() > 0);
        let until = wrap_up.map(|wrap_up| at.saturating_add(wrap_up.millis()));
        let conversation = conversation.clone();
        self.emit(at, Resolved::of(reference), EventKind::Closed { conversation, agent, until, reason: None });
        Ok(())
    }

    /// Checks that an agent does not close a conversation in which a bot and the contact are still talking.
    fn check_bot_is_idle(&mut self, reference: ConversationRef, at: Instant) -> Done {
        let found = self.state.conversation(reference).filter(|it| matches!(it.phase, Phase::WithBot { .. }));
        let Some(it) = found.filter(|_| self.by.is_some()) else { return Ok(()) };
        let idle_from = bots::idle_from(&self.state.roster.settings, it.visitor_wrote_at, it.opened_at);
        if at >= idle_from {
            return Ok(());
        }
        self.allowed_from = Some(idle_from);
        let message = format!(
            "a bot has the conversation {:?}, whose contact may still write; close it from {idle_from}",
            shortened(&it.id)
        );
        Err(Problem::new(Code::BotActive, message))
    }

    /// Forgets a conversation that is closed, sent, or in the spam or the trash.
    fn forget_over(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if found.is_open() {
            let conversation = shortened(conversation);
            let message = format!("the conversation {conversation:?} is open; close it before it is forgotten");
            return Err(Problem::new(Code::ConversationOpen, message));
        }
        self.end_wrap_up(reference, at);
        self.forget(reference, at);
        Ok(())
    }

    fn erase(&mut self, contact: &Id, at: Instant) -> Done {
        check_id(contact)?;
        self.emit(at, Resolved::default(), EventKind::Erased { contact: contact.clone() });
        Ok(())
    }

    fn reopen(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find(conversation)?;
        if !found.is_open() && !matches!(found.phase, Phase::Closed { .. }) {
            return Err(self.not_open(conversation, &found.phase));
        }
        if !matches!(found.phase, Phase::Closed { .. } | Phase::Snoozed { .. }) {
            return Err(Problem::new(
                Code::ConversationOpen,
                format!("the conversation {conversation:?} is open", conversation = shortened(conversation)),
            ));
        }
        self.check_channel(&Arc::clone(&found.details))?;
        self.reopen_now(reference, at);
        Ok(())
    }

    /// Reopens a closed or snoozed conversation, in the place of one that has just arrived.
    pub fn reopen_now(&mut self, reference: ConversationRef, at: Instant) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), EventKind::Reopened { conversation, woke: false });
            self.arriving.insert(reference);
            self.bring_back(reference);
        }
    }

    fn release(&mut self, conversation: &Id, at: Instant) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        let agent = match found.phase {
            Phase::Held { agent } => self.state.roster.agent_id(agent),
            Phase::WithTeam { .. } => None,
            _ => {
                return Err(Problem::new(
                    Code::NotHeld,
                    format!("nobody holds the conversation {conversation:?}", conversation = shortened(conversation)),
                ));
            }
        };
        self.emit(at, Resolved::of(reference), unassigned(conversation, agent, UnassignedBecause::Released));
        Ok(())
    }

    fn snooze(&mut self, conversation: &Id, until: Option<Until>, at: Instant) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        let holder = found.holder();
        let until = until.map(|until| later_than(at, until)).transpose()?;
        self.withdraw_offers(reference, at);
        let agent = holder.and_then(|slot| self.state.roster.agent_id(slot));
        self.emit(at, Resolved::of(reference), EventKind::Snoozed { conversation: conversation.clone(), agent, until });
        Ok(())
    }

    fn accept(&mut self, conversation: &Id, agent: &Id, at: Instant) -> Done {
        let (reference, slot) = self.find_offer(conversation, agent)?;
        let offer = self.state.conversation(reference).and_then(|it| it.offer_to(slot));
        let (decision, substitute_for) =
            offer.map(|offer| (offer.decision.clone(), offer.substitute_for.clone())).unwrap_or_default();
        let team = decision.as_ref().and_then(|decision| self.state.team_of(reference, decision));
        self.withdraw_other_offers(reference, slot, at);
        let reason = decision.is_none().then_some(AssignedBecause::HeldBefore);
        let (conversation, agent) = (conversation.clone(), Some(agent.clone()));
        self.emit(
            at,
            Resolved::of(reference).agent(slot),
            EventKind::Assigned { conversation, agent, team, decision, substitute_for, reason },
        );
        Ok(())
    }

    fn decline(&mut self, conversation: &Id, agent: &Id, at: Instant) -> Done {
        let (reference, slot) = self.find_offer(conversation, agent)?;
        let on = Resolved::of(reference).agent(slot);
        self.emit(at, on, EventKind::OfferDeclined { conversation: conversation.clone(), agent: agent.clone() });
        self.look_after_offer(reference);
        Ok(())
    }

    /// Assigns a conversation by hand to who stands in for an agent, or else to the agent.
    fn assign_to_stand_in(&mut self, reference: ConversationRef, agent: &Id, at: Instant) -> Done {
        let slot = self.slot(agent)?;
        let stand_in = self.state.stand_in(slot);
        self.assign_to_agent(reference, stand_in.unwrap_or(slot), stand_in.and(Some(agent)), at)
    }

    /// Assigns a conversation to an agent by hand, in the place of another or not.
    fn assign_to_agent(
        &mut self,
        reference: ConversationRef,
        slot: AgentSlot,
        substitute_for: Option<&Id>,
        at: Instant,
    ) -> Done {
        let Some((conversation, agent)) = self.id_of(reference).zip(self.state.roster.agent_id(slot)) else {
            return Ok(());
        };
        self.check_assignable(reference, slot, &agent)?;
        if self.state.conversation(reference).is_some_and(|it| it.holder() == Some(slot)) {
            return Ok(());
        }
        self.withdraw_offers(reference, at);
        let kind = EventKind::Assigned {
            conversation,
            agent: Some(agent),
            team: None,
            decision: None,
            substitute_for: substitute_for.cloned(),
            reason: Some(AssignedBecause::ByHand),
        };
        self.emit(at, Resolved::of(reference).agent(slot), kind);
        Ok(())
    }

    /// Assigns a conversation to a team by hand.
    fn assign_to_team(&mut self, reference: ConversationRef, team: &Id, at: Instant) -> Done {
        let Some(conversation) = self.id_of(reference) else { return Ok(()) };
        self.check_team(reference, team)?;
        if self.state.conversation(reference).is_some_and(|it| it.phase == Phase::WithTeam { team: team.clone() }) {
            return Ok(());
        }
        self.withdraw_offers(reference, at);
        let kind = EventKind::Assigned {
            conversation,
            agent: None,
            team: Some(team.clone()),
            decision: None,
            substitute_for: None,
            reason: Some(AssignedBecause::ByHand),
        };
        self.emit(at, Resolved::of(reference), kind);
        Ok(())
    }

    /// Checks an assignment by hand, which is possible for any agent who is not deactivated and has access to the inbox.
    fn check_assignable(&self, reference: ConversationRef, slot: AgentSlot, agent: &Id) -> Done {
        if self.state.roster.member(slot).is_some_and(|member| !member.entry.active) {
            return Err(Problem::new(Code::Deactivated, format!("{agent} is deactivated", agent = shortened(agent))));
        }
        match self.state.channel_of(reference) {
            Some(channel) if !self.state.roster.access(channel).contains(slot) => Err(no_access(agent, &channel.inbox)),
            _ => Ok(()),
        }
    }

    /// Checks that a team may be given a conversation: a team of which nobody has access could not take it.
    pub fn check_team(&self, reference: ConversationRef, team: &Id) -> Done {
        self.state.roster.team(team).ok_or_else(|| unknown_team(team))?;
        match self.state.channel_of(reference) {
            Some(channel) if !self.state.may_be_given_to(team, channel) => {
                let (team, inbox) = (shortened(team), shortened(&channel.inbox));
                let message = format!("nobody of the team {team} has access to the inbox {inbox}");
                Err(Problem::new(Code::NoInboxAccess, message))
            }
            _ => Ok(()),
        }
    }

    fn reply(&mut self, conversation: &Id, message: Option<&Id>, at: Instant) -> Done {
        message.map_or(Ok(()), check_id)?;
        let (reference, _) = self.find_open(conversation)?;
        let Some(by) = &self.by else {
            return Err(Problem::new(Code::ActorRequired, "a reply needs a \"by\": the agent who answers"));
        };
        let by = by.clone();
        let slot = self.slot(&by)?;
        self.check_window(reference, MessageFrom::Agent, at)?;
        self.note_message(reference, message, MessageFrom::Agent, at);
        let Some(found) = self.state.conversation(reference) else { return Ok(()) };
        let takes = match &found.phase {
            Phase::Held { .. } => return self.keep(reference, slot, at),
            Phase::Closed { .. } | Phase::Sent | Phase::Filtered { .. } | Phase::Trashed { .. } => false,
            // A reply does not wake it; `reopen` does.
            Phase::Snoozed { .. } => false,
            Phase::WithTeam { team } => {
                let member = self.state.roster.member(slot);
                member.is_some_and(|member| crate::availability::is_member(&member.entry, team))
            }
            Phase::Waiting | Phase::Offered { .. } | Phase::WithBot { .. } | Phase::Unassigned | Phase::Voicemail => {
                true
            }
        };
        if !takes {
            return Ok(());
        }
        let (conversation, agent) = (conversation.clone(), Some(by.clone()));
        self.withdraw_offers(reference, at);
        let reason = Some(AssignedBecause::Replied);
        let on = Resolved::of(reference).agent(slot);
        let (team, decision, substitute_for) = (None, None, None);
        self.emit(at, on, EventKind::Assigned { conversation, agent, team, decision, substitute_for, reason });
        Ok(())
    }

    fn hand_over(&mut self, conversation: &Id) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        if !matches!(found.phase, Phase::WithBot { .. }) {
            return Err(Problem::new(
                Code::NotWithBot,
                format!("the conversation {conversation:?} is with no bot", conversation = shortened(conversation)),
            ));
        }
        self.expect(reference, ArrivalKind::FromBot);
        Ok(())
    }

    fn transfer(&mut self, conversation: &Id, inbox: &Id, channel: &Id, at: Instant) -> Done {
        let (reference, found) = self.find_open(conversation)?;
        let is_lying = matches!(found.phase, Phase::Unassigned);
        let details = Details { inbox: inbox.clone(), channel: channel.clone(), ..(*found.details).clone() };
        self.check_channel(&details)?;
        let (on, conversation) = (Resolved::of(reference), conversation.clone());
        self.emit(at, on, EventKind::Updated { conversation, details, goes_on: false });
        self.withdraw_offers(reference, at);
        self.take_to_route(reference, UnassignedBecause::Transferred, at);
        self.look_at(reference);
        if is_lying {
            self.lying.insert(reference);
        }
        Ok(())
    }

    /// Takes a conversation from whoever has it, or wakes it, so that it can be routed.
    pub fn take_to_route(&mut self, reference: ConversationRef, reason: UnassignedBecause, at: Instant) {
        let Some(found) = self.state.conversation(reference) else { return };
        let (conversation, agent) =
            (found.id.clone(), found.holder().and_then(|slot| self.state.roster.agent_id(slot)));
        let kind = match &found.phase {
            Phase::Held { .. } | Phase::WithTeam { .. } | Phase::WithBot { .. } | Phase::Voicemail => {
                unassigned(&conversation, agent, reason)
            }
            Phase::Snoozed { .. } => EventKind::Reopened { conversation, woke: true },
            // It is on its way already.
            Phase::Waiting | Phase::Offered { .. } | Phase::Unassigned => return,
            Phase::Closed { .. } | Phase::Sent | Phase::Filtered { .. } | Phase::Trashed { .. } => return,
        };
        self.emit(at, Resolved::of(reference), kind);
    }

    pub fn unassign(
        &mut self,
        reference: ConversationRef,
        agent: Option<Id>,
        reason: UnassignedBecause,
        route: bool,
        at: Instant,
    ) {
        if let Some(conversation) = self.id_of(reference) {
            self.emit(at, Resolved::of(reference), unassigned(&conversation, agent, reason));
            match route {
                true => self.look_at(reference),
                // An earlier part of the command may have changed its rules.
                false => drop(self.pending.remove(&reference)),
            }
        }
    }

    // ---- looking up

    pub fn slot(&self, agent: &Id) -> Result<AgentSlot, Problem> {
        self.state.roster.slot(agent).ok_or_else(|| {
            unknown_agent(agent)
                .suggesting(agent, self.state.roster.members().map(|(_, member)| member.entry.id.as_str()))
        })
    }

    pub fn find(&self, conversation: &Id) -> Result<(ConversationRef, &Conversation), Problem> {
        let found = self.state.find(conversation).and_then(|it| Some((it, self.state.conversation(it)?)));
        found.ok_or_else(|| {
            Problem::new(
                Code::UnknownConversation,
                format!("there is no conversation {conversation:?}", conversation = shortened(conversation)),
            )
        })
    }

    pub fn find_open(&self, conversation: &Id) -> Result<(ConversationRef, &Conversation), Problem> {
        let (reference, found) = self.find(conversation)?;
        if found.is_open() {
            return Ok((reference, found));
        }
        Err(self.not_open(conversation, &found.phase))
    }

    /// Returns the refusal for a conversation that is not open.
    pub fn not_open(&self, conversation: &Id, phase: &Phase) -> Problem {
        let conversation = shortened(conversation);
        let (code, is) = match phase {
            Phase::Sent => (Code::NotAnswered, "was sent, and its contact has not answered yet"),
            Phase::Filtered { .. } => (Code::InSpam, "is in the spam; take it out of there first"),
            Phase::Trashed { .. } => (Code::InTrash, "is in the trash; restore it first"),
            _ => (Code::ConversationClosed, "is closed"),
        };
        Problem::new(code, format!("the conversation {conversation:?} {is}"))
    }

    fn find_offer(&self, conversation: &Id, agent: &Id) -> Result<(ConversationRef, AgentSlot), Problem> {
        let (reference, found) = self.find(conversation)?;
        let slot = self.slot(agent)?;
        match found.offer_to(slot) {
            Some(_) => Ok((reference, slot)),
            None => Err(Problem::new(
                Code::NotOffered,
                format!(
                    "{conversation:?} is not offered to {agent}",
                    conversation = shortened(conversation),
                    agent = shortened(agent)
                ),
            )),
        }
    }

    pub fn check_channel(&self, details: &Details) -> Done {
        let Details { inbox, channel, .. } = details;
        self.state.roster.inbox(inbox).ok_or_else(|| unknown_inbox(inbox))?;
        match self.state.roster.channel_slot(inbox, channel) {
            Some(_) => Ok(()),
            None => Err(Problem::new(
                Code::UnknownChannel,
                format!(
                    "the inbox {inbox} has no channel {channel:?}",
                    inbox = shortened(inbox),
                    channel = shortened(channel)
                ),
            )),
        }
    }
}

fn replace<T: Clone>(value: &mut T, new: &Option<T>) {
    if let Some(new) = new {
        value.clone_from(new);
    }
}

pub fn later_than(at: Instant, until: Until) -> Result<Instant, Problem> {
    let until = until.from(at)?;
    if until > at {
        return Ok(until);
    }
    Err(Problem::new(Code::InThePast, format!("{until} is not after the command at {at}")))
}

fn unassigned(conversation: &Id, agent: Option<Id>, reason: UnassignedBecause) -> EventKind {
    EventKind::Unassigned { conversation: conversation.clone(), agent, rule: None, reason, waiting_limit: None }
}
