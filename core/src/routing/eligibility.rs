//! The reasons why an agent does not get a conversation, in the order of the checks.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::pool::{Asked, Pool};
use super::standings::AtPace;
use crate::availability::{AgentSlot, Status};
use crate::model::{Id, PacePer};
use crate::read::{Node, Wrong, tagged};
use crate::time::Instant;

/// An agent considered in a decision on a conversation: its standing, or the first check that it failed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Considered {
    /// The agent.
    pub agent: Id,
    /// The total weight of what the agent held.
    pub load: u64,
    /// The instant at which the agent was last assigned or offered a conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_assigned: Option<Instant>,
    /// The value by which the strategy compared the agent: the free share of its capacity, its last turn, its running weight,
    /// the instant since which it is idle, the sum of its levels, the number of its skills beyond the required ones, or the
    /// score that a script gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Value>,
    /// The number of skills that the agent has beyond the required ones, where these break ties.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra_skills: Option<u32>,
    /// The agent out of office for whom this one stands in; absent for an agent whom the step itself names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub substitute_for: Option<Id>,
    /// The check that the agent failed; absent for an eligible agent.
    #[serde(flatten)]
    pub ineligible: Option<Ineligible>,
}

impl Considered {
    /// Reads an agent considered, with the check that it failed.
    pub(crate) fn read(node: &Node) -> Result<Considered, Wrong> {
        Ok(Considered {
            agent: node.field("agent")?,
            load: node.field("load")?,
            last_assigned: node.field("last_assigned")?,
            score: node.field("score")?,
            extra_skills: node.field("extra_skills")?,
            substitute_for: node.field("substitute_for")?,
            ineligible: node.get("reason").map(|_| Ineligible::read(node)).transpose()?,
        })
    }
}

tagged! {
    /// The first check that an agent failed.
    #[derive(Debug, Clone, PartialEq)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[non_exhaustive]
    pub enum Ineligible, tagged by IneligibleReason under "reason" {
        /// The step does not name the agent. Events count these agents; those of earlier versions list them.
        NotInTarget = "not_in_target",
        /// The agent is deactivated.
        Deactivated = "deactivated",
        /// The agent has no seat, or a seat that gets no conversations.
        NoSeat {
            /// The seat of the agent.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            seat: Option<Id>,
        } = "no_seat",
        /// The agent has no access to the inbox.
        NoInboxAccess = "no_inbox_access",
        /// The agent declined this conversation, or missed its offer, and has not turned available again since.
        Declined {
            /// The instant from which the agent may be offered it again in any case.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "declined",
        /// The conversation is offered to the agent already.
        AlreadyOffered = "already_offered",
        /// The agent lacks a skill, or has too low a level.
        MissingSkill {
            /// The skill.
            skill: Id,
            /// The level of the agent, 0 without the skill.
            level: u8,
            /// The required level.
            asked: u8,
        } = "missing_skill",
        /// The agent is away.
        Away {
            /// The status of the agent, with its reason and end.
            status: Box<Status>,
        } = "away",
        /// The status of the agent is not for the kind of the conversation.
        NotTakingKind {
            /// The kind.
            kind: Id,
            /// The status of the agent, with its name and end.
            status: Box<Status>,
        } = "not_taking_kind",
        /// The availability of the agent ends too soon.
        EndingSoon {
            /// The end of the availability.
            ends: Instant,
        } = "ending_soon",
        /// The conversation would exceed a limit of the agent.
        AtCapacity {
            /// The limit.
            limit: Limit = flatten "reason",
        } = "at_capacity",
        /// The agent was given as many conversations as its pace allows.
        AtPace {
            /// The number of conversations.
            at_most: u32,
            /// The time in which they are counted.
            per: PacePer,
            /// The instant at which the pace leaves room again; absent while open offers take all of it.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            until: Option<Instant>,
        } = "at_pace",
        /// The weight of the agent in the rotation is 0.
        ZeroWeight = "zero_weight",
        /// The script of the step, or the embedder's strategy, refused the agent.
        RejectedByScript {
            /// The script; absent if it was a strategy.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            script: Option<Id>,
            /// The strategy of the embedder, if it was one.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            strategy: Option<Id>,
            /// The reason, if the script gave one.
            #[serde(skip_serializing_if = "Option::is_none")]
            because: Option<String>,
        } = "rejected_by_script",
    }
}

/// A limit that a conversation would exceed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum Limit {
    /// The limit of a channel kind.
    Kind {
        /// The kind.
        kind: Id,
        /// The weight of the kind that the agent held.
        kind_load: u64,
        /// The largest weight of the kind that the agent takes.
        limit: u32,
        /// The weight of this conversation, if it is not 1.
        #[serde(skip_serializing_if = "is_one")]
        weight: u32,
    },
    /// The limit of an inbox.
    Inbox {
        /// The inbox.
        inbox: Id,
        /// The weight of what the agent held from the inbox.
        inbox_load: u64,
        /// The largest weight that the agent takes from the inbox.
        limit: u32,
        /// The weight of this conversation, if it is not 1.
        #[serde(skip_serializing_if = "is_one")]
        weight: u32,
    },
    /// The limit of all kinds together.
    Total {
        /// The largest total weight that the agent takes.
        limit: u32,
        /// The weight of this conversation, if it is not 1.
        #[serde(skip_serializing_if = "is_one")]
        weight: u32,
    },
    /// A kind that is taken only with nothing else.
    Alone {
        /// The kind.
        alone: Id,
    },
}

fn is_one(weight: &u32) -> bool {
    *weight == 1
}

/// The keys of all limits; the keys that are present determine the kind of limit.
#[derive(Deserialize)]
struct LimitKeys {
    kind: Option<Id>,
    kind_load: Option<u64>,
    inbox: Option<Id>,
    inbox_load: Option<u64>,
    limit: Option<u32>,
    weight: Option<u32>,
    alone: Option<Id>,
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let LimitKeys { kind, kind_load, inbox, inbox_load, limit, weight, alone } =
            LimitKeys::deserialize(deserializer)?;
        let weight = weight.unwrap_or(1);
        if let (Some(inbox), Some(inbox_load), Some(limit)) = (inbox, inbox_load, limit) {
            return Ok(Limit::Inbox { inbox, inbox_load, limit, weight });
        }
        match (kind, kind_load, limit, alone) {
            (Some(kind), Some(kind_load), Some(limit), _) => Ok(Limit::Kind { kind, kind_load, limit, weight }),
            (None, _, _, Some(alone)) => Ok(Limit::Alone { alone }),
            (None, _, Some(limit), None) => Ok(Limit::Total { limit, weight }),
            _ => Err(D::Error::custom(
                "a limit has \"kind\" or \"inbox\" with its load and \"limit\", or \"limit\", or \"alone\"",
            )),
        }
    }
}

impl Pool<'_> {
    /// Returns the first check that an agent of the target fails.
    pub(super) fn first_failure(
        &self,
        slot: AgentSlot,
        status: impl Fn(AgentSlot) -> Option<Status>,
    ) -> Option<Ineligible> {
        let member = self.roster.member(slot)?;
        let is_absent = self.named.is_absent(slot);
        if !member.entry.active {
            return Some(Ineligible::Deactivated);
        }
        if !self.roster.assignable.contains(slot) {
            return Some(Ineligible::NoSeat { seat: member.entry.seat.clone() });
        }
        if !self.access.contains(slot) {
            return Some(Ineligible::NoInboxAccess);
        }
        if self.declined.agents.contains(slot) {
            return Some(Ineligible::Declined { until: self.declined.lapse_of(slot) });
        }
        if self.offered.contains(&slot) {
            return Some(Ineligible::AlreadyOffered);
        }
        if let Some(missing) = self.missing_skill(slot) {
            return Some(missing);
        }
        if (self.only_available || is_absent) && !self.standings.available.contains(slot) {
            return status(slot).map(|status| Ineligible::Away { status: Box::new(status) });
        }
        if self.only_available && !self.standings.takes(slot, self.kind) {
            let kind = self.roster.kind_name(self.kind);
            return status(slot).map(|status| Ineligible::NotTakingKind { kind, status: Box::new(status) });
        }
        if self.only_available && self.is_ending(slot) {
            return Some(Ineligible::EndingSoon { ends: self.facts.away_at(slot) });
        }
        if let Some(limit) = self.passed_limit(slot) {
            return Some(Ineligible::AtCapacity { limit });
        }
        if let Some(AtPace { at_most, per, until }) = self.standings.at_pace(slot, self.at) {
            return Some(Ineligible::AtPace { at_most, per, until: Some(until).filter(|until| *until < Instant::MAX) });
        }
        (self.weighted && self.rules.weight(slot) == 0).then_some(Ineligible::ZeroWeight)
    }

    fn missing_skill(&self, slot: AgentSlot) -> Option<Ineligible> {
        let lacks = |asked: &&Asked<'_>| asked.level_of(slot) < asked.level;
        self.skills.iter().find(lacks).map(|asked| Ineligible::MissingSkill {
            skill: asked.name.clone(),
            level: asked.level_of(slot),
            asked: asked.level,
        })
    }

    fn passed_limit(&self, slot: AgentSlot) -> Option<Limit> {
        let (limits, standing) = self.rules.limits(slot).zip(self.standings.standing(slot))?;
        if self.standings.fits(slot, self.kind, self.weight) {
            return self.passed_limit_of_inbox(slot);
        }
        if limits.blocks(self.kind, standing) {
            let held = |kind: usize| standing.items_of(kind) > 0;
            let alone = (0..).zip(&limits.alone).find(|(kind, alone)| **alone && (held(*kind) || *kind == self.kind));
            return Some(Limit::Alone { alone: self.roster.kind_name(alone.map_or(self.kind, |(kind, _)| kind)) });
        }
        let passes = |limit: u32, load: u64| load + u64::from(self.weight) > limit.into();
        match (limits.total, limits.of(self.kind)) {
            (Some(limit), _) if passes(limit, standing.load) => Some(Limit::Total { limit, weight: self.weight }),
            (_, limit) => Some(Limit::Kind {
                kind: self.roster.kind_name(self.kind),
                kind_load: standing.load_of(self.kind),
                limit: limit.unwrap_or_default(),
                weight: self.weight,
            }),
        }
    }

    fn passed_limit_of_inbox(&self, slot: AgentSlot) -> Option<Limit> {
        let limit = self.rules.inbox_limit(slot, self.inbox).filter(|_| !self.fits_inbox(slot))?;
        let inbox_load = self.facts.load_from(slot, self.inbox);
        Some(Limit::Inbox { inbox: self.inbox.clone(), inbox_load, limit, weight: self.weight })
    }
}
