//! Changes of inboxes, and of the conversations in them.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::availability::ChannelSlot;
use crate::desk::state::journal::Undo;
use crate::desk::state::{Conversation, ConversationRef, DeskState, ForTeam, LedgerKey, Phase, Route};
use crate::model::{Channel, Difference, Id, Inbox};
use crate::routing::{Plan, StepRef};
use crate::time::Instant;

impl DeskState {
    /// Adds inboxes or replaces their entries.
    pub(super) fn put_inboxes(&mut self, inboxes: Vec<Inbox>, at: Instant) {
        let changed = self.channels_with_other_rules(&inboxes);
        let with_bots = self.rules_of_bots(&changed);
        self.leave_rules(&changed, at);
        let mut concerned: Vec<ConversationRef> = inboxes.iter().flat_map(|inbox| self.relisted_by(inbox)).collect();
        // A log may name an inbox twice.
        concerned.sort_unstable();
        concerned.dedup();
        self.list_again(concerned.clone(), |state| {
            inboxes.into_iter().for_each(|inbox| state.put_inbox(Arc::new(inbox)));
            state.move_channels(&concerned);
            with_bots.iter().for_each(|(reference, rule)| state.keep_rule(*reference, rule));
        });
    }

    fn put_inbox(&mut self, inbox: Arc<Inbox>) {
        let (id, before) = (inbox.id.clone(), self.roster.inbox(&inbox.id).cloned());
        self.replace_inbox(inbox);
        let channels = self.availability.roster.channels_of(&id).map(|(slot, _)| slot);
        self.changed_channels.extend(channels);
        self.journal.note(|| Undo::Inbox(id, before));
    }

    /// Returns the conversations whose places in the indices may be others when an inbox has a new entry: the open ones, and
    /// if that has other channels, or the same with other loads, those that are over.
    fn relisted_by(&self, inbox: &Inbox) -> Vec<ConversationRef> {
        fn loads(inbox: &Inbox) -> FxHashSet<(&Id, &Id, u32)> {
            inbox.channels.iter().map(|channel| (&channel.id, &channel.kind, channel.weight)).collect()
        }
        match self.roster.inbox(&inbox.id) {
            Some(before) if loads(before) == loads(inbox) => self.open_in(&inbox.id),
            _ => self.all_in(&inbox.id),
        }
    }

    /// Takes the conversations of channels that wait, or are offered, from their rules; those that wait are to be routed.
    pub(super) fn leave_rules(&mut self, channels: &FxHashSet<ChannelSlot>, at: Instant) {
        for reference in self.routed_in(channels) {
            self.edit(reference, at, |it| {
                let for_team = it.for_team.take();
                it.leave_route();
                it.for_team = for_team.map(|it| Arc::new(ForTeam { team: it.team.clone(), rule: None }));
                if it.waits() {
                    (it.phase, it.unsettled) = (Phase::Unassigned, true);
                }
            });
        }
    }

    /// Returns the channels with rules whose outcome becomes another, because that of the settings does.
    pub(super) fn channels_with_other_outcomes(&self, difference: &Difference) -> FxHashSet<ChannelSlot> {
        let known = self.roster.settings.otherwise.clone().unwrap_or_default();
        let new = difference.settings.as_ref().map(|settings| settings.otherwise.clone().unwrap_or_default());
        if new.is_none_or(|new| new == known) {
            return FxHashSet::default();
        }
        let depends = |channel: &Channel| channel.rules.iter().any(|rule| rule.otherwise.is_none());
        self.roster.channels().filter(|(_, channel)| depends(&channel.entry)).map(|(slot, _)| slot).collect()
    }

    /// Adds an inbox or replaces its entry, and compiles its rules; the indices are left to
    /// [`list_again`](Self::list_again).
    pub(in crate::desk::state) fn replace_inbox(&mut self, inbox: Arc<Inbox>) {
        self.has_gaps = true;
        let (roster, rules) = (self.availability.roster_mut(), Arc::make_mut(&mut self.rules));
        roster.put_inbox(Arc::clone(&inbox));
        if roster.has_idle_sets() {
            roster.compile_channels();
            rules.compile_channels(roster);
        } else {
            rules.compile_inbox(roster, &inbox.id);
        }
    }

    /// Returns the conversations of channels that wait, or are offered.
    fn routed_in(&self, channels: &FxHashSet<ChannelSlot>) -> Vec<ConversationRef> {
        self.open_in_channels(channels, |it| it.is_routed())
    }

    /// Returns the open conversations of channels that match `wanted`, in the order of opening.
    pub(super) fn open_in_channels(
        &self,
        channels: &FxHashSet<ChannelSlot>,
        wanted: impl Fn(&Conversation) -> bool,
    ) -> Vec<ConversationRef> {
        let inboxes: BTreeSet<&Id> =
            channels.iter().filter_map(|slot| Some(&self.roster.channel(*slot)?.inbox)).collect();
        let is_in = |it: &Conversation| it.channel.is_some_and(|channel| channels.contains(&channel));
        let mut found: Vec<ConversationRef> = inboxes.into_iter().flat_map(|inbox| self.open_in(inbox)).collect();
        found.retain(|reference| self.conversation(*reference).is_some_and(|it| is_in(it) && wanted(it)));
        found.sort_unstable();
        found
    }

    /// Returns the channels of inboxes whose rules or waiting limits differ in the new entries.
    fn channels_with_other_rules(&self, inboxes: &[Inbox]) -> FxHashSet<ChannelSlot> {
        let channels = inboxes.iter().flat_map(|inbox| {
            self.roster.channels_of(&inbox.id).filter(|(_, channel)| {
                let new = inbox.channels.iter().find(|new| new.id == channel.entry.id);
                new.is_none_or(|new| differ(new, &channel.entry))
            })
        });
        channels.map(|(slot, _)| slot).collect()
    }

    /// Returns the waiting conversations of channels whose rules, outcomes or waiting limits a difference changes.
    pub fn waiting_under_old_parts(&self, difference: &Difference) -> Vec<ConversationRef> {
        let mut changed = self.channels_with_other_rules(&difference.inboxes);
        changed.extend(self.channels_with_other_outcomes(difference));
        self.waiting_in(&changed)
    }

    /// Returns the waiting conversations of channels whose rules or waiting limits differ in the new entries of inboxes.
    pub fn waiting_under_old_rules(&self, inboxes: &[Inbox]) -> Vec<ConversationRef> {
        self.waiting_in(&self.channels_with_other_rules(inboxes))
    }

    fn waiting_in(&self, channels: &FxHashSet<ChannelSlot>) -> Vec<ConversationRef> {
        let routed = self.routed_in(channels).into_iter();
        let waits = |reference: &ConversationRef| self.conversation(*reference).is_some_and(|it| it.waits());
        routed.filter(waits).collect()
    }

    /// Returns the conversations of channels that are with a bot, with the rule that gave them to it.
    fn rules_of_bots(&self, channels: &FxHashSet<ChannelSlot>) -> Vec<(ConversationRef, Id)> {
        let theirs = self.open_in_channels(channels, |it| matches!(it.phase, Phase::WithBot { .. }));
        let rules = theirs.into_iter().filter_map(|reference| {
            let rule = self.conversation(reference)?.route.as_ref()?.rule;
            Some((reference, self.rule_id(reference, rule)?))
        });
        rules.collect()
    }

    /// Keeps the rule of a conversation with a bot, if it still exists; else the conversation starts over when it is
    /// handed over.
    fn keep_rule(&mut self, reference: ConversationRef, rule: &Id) {
        let kept = self.rule_ref(reference, rule);
        let last = kept.and_then(|kept| self.rule(reference, kept)).map_or(StepRef::FIRST, Plan::last_step);
        self.amend(reference, |it| {
            it.route = it.route.take().zip(kept).map(|(route, rule)| {
                let reached = if route.done { last } else { route.reached };
                Route { rule, reached, ..route }
            });
        });
    }

    /// Looks up the channels of conversations again, after one was added or removed, and drops the ledgers of rules that are
    /// gone.
    pub(super) fn move_channels(&mut self, conversations: &[ConversationRef]) {
        for reference in conversations.iter().copied() {
            let Some(it) = self.conversation(reference) else { continue };
            let channel = self.roster.channel_slot(&it.details.inbox, &it.details.channel);
            if it.channel != channel {
                self.amend(reference, |it| it.channel = channel);
            }
        }
        let has = |(channel, rule): &LedgerKey| {
            self.roster.channel(*channel).is_some() && self.rules.rule_ref(*channel, rule).is_some()
        };
        let gone: Vec<LedgerKey> = self.ledgers.keys().filter(|key| !has(key)).cloned().collect();
        for key in gone {
            if let Some(ledger) = self.ledgers.remove(&key) {
                self.journal.note(|| Undo::Ledger(key, ledger));
            }
        }
    }
}

/// Returns `true` if conversations in the queue of a channel are routed again when it becomes another.
fn differ(one: &Channel, other: &Channel) -> bool {
    one.rules != other.rules || one.waiting_limit != other.waiting_limit
}
