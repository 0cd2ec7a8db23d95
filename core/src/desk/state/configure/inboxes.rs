//! Changes of inboxes, and of the conversations in them.

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
        let put: FxHashSet<Id> = inboxes.iter().map(|inbox| inbox.id.clone()).collect();
        for inbox in inboxes {
            let (id, before) = (inbox.id.clone(), self.roster.inbox(&inbox.id).cloned());
            self.replace_inbox(Arc::new(inbox));
            self.journal.note(|| Undo::Inbox(id, before));
        }
        self.move_channels(|of| put.contains(of));
        for (reference, rule) in with_bots {
            self.keep_rule(reference, &rule);
        }
        self.reindex();
        self.dirty = self.roster.members().map(|(slot, _)| slot).collect();
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

    /// Adds an inbox or replaces its entry, and compiles its rules; the indices are left to [`reindex`](Self::reindex).
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
        if channels.is_empty() {
            return Vec::new();
        }
        self.all(|it| it.is_routed() && it.channel.is_some_and(|channel| channels.contains(&channel)))
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
        if channels.is_empty() {
            return Vec::new();
        }
        let with_bot = |it: &Conversation| matches!(it.phase, Phase::WithBot { .. });
        let theirs = self.all(|it| with_bot(it) && it.channel.is_some_and(|channel| channels.contains(&channel)));
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

    /// Looks up the channels of conversations again, after one was added or removed.
    pub(super) fn move_channels(&mut self, of_inbox: impl Fn(&Id) -> bool) {
        let roster = Arc::clone(&self.roster);
        let channel_of = |it: &Conversation| roster.channel_slot(&it.details.inbox, &it.details.channel);
        for reference in self.all(|it| of_inbox(&it.details.inbox) && it.channel != channel_of(it)) {
            let channel = self.conversation(reference).and_then(channel_of);
            self.amend(reference, |it| it.channel = channel);
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
