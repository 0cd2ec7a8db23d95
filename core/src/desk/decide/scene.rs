//! The data that scripts see: about a conversation, and of the agents among whom they choose.

use std::sync::Arc;

use crate::availability::{AgentSlot, CompiledChannel};
use crate::desk::state::{Conversation, ConversationRef, DeskState};
use crate::model::{Details, ScriptCall};
use crate::routing::extension::{About, Allowance, Failure, Held, HookName, Hooks, Row, Scene};
use crate::routing::{Pool, RuleRef, StepRef, unknown};
use crate::time::Instant;

/// The hook reported for a failure before any hook is called.
const SHOWN_FOR: &str = HookName::Score.as_str();

impl DeskState {
    /// Returns the data that scripts see about a conversation with these details.
    pub fn about(
        &self,
        reference: ConversationRef,
        rule: Option<RuleRef>,
        details: &Arc<Details>,
        step: Option<StepRef>,
        hooks: Hooks,
        allowance: Allowance,
    ) -> Option<Arc<About>> {
        let conversation = self.conversation(reference)?;
        let channel = self.channel_of(reference)?;
        let rule = rule.and_then(|rule| self.rule(reference, rule));
        let contact = conversation.details.contact_id();
        let last_agent = contact.and_then(|contact| self.last_agents.get(contact));
        Some(Arc::new(About {
            conversation: conversation.id.clone(),
            details: Arc::clone(details),
            channel: Arc::clone(&channel.entry),
            zone: self.roster.zone_of_inbox(&channel.inbox).clone(),
            zones: self.roster.known().zones.clone(),
            at: self.now()?,
            opened_at: conversation.opened_at,
            queued_from: conversation.queued_from,
            rule: rule.map(|rule| rule.id.clone()),
            step: step.map_or(0, StepRef::number),
            queue: self.queue.len(),
            channel_queue: conversation.channel.map_or(0, |channel| self.queue.len_of(channel)),
            seed: self.roster.settings.seed,
            last_agent: last_agent.and_then(|slot| self.roster.agent_id(*slot)),
            history: if hooks.sees_history { self.history_of(conversation) } else { Vec::new() },
            deadline: self.deadline.clone(),
            allowance,
        }))
    }

    /// Returns the agents who were the last to hold the conversations of a contact.
    fn history_of(&self, conversation: &Conversation) -> Vec<Held> {
        let mut history: Vec<Held> = Vec::new();
        let Some(contact) = conversation.details.contact_id() else { return history };
        for (agent, opened) in self.of_contact(contact).filter_map(|it| {
            let (slot, _) = it.last_held()?;
            Some((self.roster.agent_id(slot)?, it.opened_at))
        }) {
            match history.iter_mut().find(|held| held.agent == agent) {
                Some(held) => {
                    held.conversations += 1;
                    held.last = held.last.max(opened);
                }
                None => history.push(Held { agent, conversations: 1, last: opened }),
            }
        }
        history.sort_by(|a, b| a.agent.cmp(&b.agent));
        history
    }

    /// Returns what a script sees at a step: the agents it may choose among, or all agents if it uses them.
    pub fn scene_of(
        &self,
        call: &ScriptCall,
        reference: ConversationRef,
        rule: RuleRef,
        step: Option<StepRef>,
        pool: Option<&Pool<'_>>,
        allowance: Allowance,
    ) -> Result<Arc<Scene>, Box<Failure>> {
        let hooks = self.scripts.as_ref().and_then(|scripts| scripts.hooks(&call.script)).unwrap_or_default();
        if hooks.is_counted && hooks.sees_everyone {
            // A script that uses all agents pays one operation for each.
            let everyone = self.roster.members().count() as u64;
            if allowance.left() < everyone {
                let failure = allowance.spent().of_hook(SHOWN_FOR);
                return Err(Box::new(Failure { script: Some(call.script.clone()), ..failure }));
            }
            allowance.take(everyone);
        }
        self.scene_seen_by(hooks, reference, rule, step, pool, allowance).ok_or_else(|| unknown(call))
    }

    fn scene_seen_by(
        &self,
        hooks: Hooks,
        reference: ConversationRef,
        rule: RuleRef,
        step: Option<StepRef>,
        pool: Option<&Pool<'_>>,
        allowance: Allowance,
    ) -> Option<Arc<Scene>> {
        let details = &self.conversation(reference)?.details;
        let about = self.about(reference, Some(rule), details, step, hooks, allowance)?;
        let mut eligible = Vec::new();
        if let Some(pool) = pool {
            pool.for_each(|slot| eligible.push(slot));
        }
        let channel = self.channel_of(reference)?;
        let mut rows: Vec<Row> = Vec::with_capacity(eligible.len());
        if hooks.sees_everyone {
            rows.extend(self.roster.members().filter_map(|(slot, _)| self.row(slot, channel)));
        } else {
            rows.extend(eligible.iter().filter_map(|slot| self.row(*slot, channel)));
        }
        let place = |slot: &AgentSlot| rows.binary_search_by_key(slot, |row| row.slot).ok();
        let eligible = eligible.iter().filter_map(place).collect();
        Some(Arc::new(Scene { about, eligible, rows }))
    }

    fn row(&self, slot: AgentSlot, channel: &CompiledChannel) -> Option<Row> {
        let (member, person) = self.roster.member(slot).zip(self.person(slot))?;
        let standing = self.standings.standing(slot)?;
        let limits = self.rules.limits(slot)?;
        let of_inbox = self.rules.inbox_limit(slot, &channel.inbox).map_or(u32::MAX, |limit| {
            let load = u32::try_from(self.load_from(slot, &channel.inbox)).unwrap_or(u32::MAX);
            limit.saturating_sub(load)
        });
        let room = limits.room(channel.kind, standing).map(|room| room.min(of_inbox));
        Some(Row {
            slot,
            entry: Arc::clone(&member.entry),
            stretch: person.announced?,
            own_status: person.status.clone(),
            working_until: Some(self.away_at(slot)).filter(|until| *until < Instant::MAX),
            load: standing.load,
            holding: standing.items,
            capacity: limits.total,
            room: match room {
                Some(u32::MAX) => None,
                room => Some(room.unwrap_or_default()),
            },
            last_order: standing.last_assigned,
            last_assigned: standing.last_assigned_at,
            idle_since: standing.idle_since,
        })
    }
}
