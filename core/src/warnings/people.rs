//! Sets of agents, as far as a document alone tells, which finders compare.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::availability::{AgentSet, AgentSlot};
use crate::model::{Access, Agent, AgentCondition, Document, Id, Otherwise, Settings, WEIGHT};
use crate::problem::{Code, Problem};

/// The agents of a document by team, seat, skill and room; the slot of an agent is its index in the document.
pub(super) struct People<'d> {
    pub agents: &'d [Agent],
    pub everyone: AgentSet,
    pub active: AgentSet,
    /// The agents with a seat that gets conversations, if a seat is needed.
    pub seated: AgentSet,
    slots: FxHashMap<&'d Id, AgentSlot>,
    main: FxHashMap<&'d Id, AgentSet>,
    extra: FxHashMap<&'d Id, AgentSet>,
    skilled: FxHashMap<(&'d Id, u8), AgentSet>,
    with_room: FxHashMap<(&'d Id, u32), AgentSet>,
    /// The names of all skills, and the number of comparisons left.
    skills: BTreeSet<&'d str>,
    suggestions: usize,
    /// The outcome of rules that have none of their own.
    pub otherwise: Otherwise,
}

/// The largest number of names that are compared with others.
pub(super) const MOST_COMPARED: usize = 100;

impl<'d> People<'d> {
    pub fn of(document: &'d Document) -> Self {
        let mut people = People {
            agents: &document.agents,
            everyone: AgentSet::default(),
            active: AgentSet::default(),
            seated: AgentSet::default(),
            slots: FxHashMap::default(),
            main: FxHashMap::default(),
            extra: FxHashMap::default(),
            skilled: FxHashMap::default(),
            with_room: FxHashMap::default(),
            skills: document.agents.iter().flat_map(|agent| agent.skills.keys()).map(Id::as_str).collect(),
            suggestions: MOST_COMPARED,
            otherwise: document.settings.otherwise.clone().unwrap_or_default(),
        };
        for (slot, agent) in (0..).map(AgentSlot::of).zip(&document.agents) {
            people.slots.insert(&agent.id, slot);
            people.everyone.insert(slot);
            people.active.set(slot, agent.active);
            people.seated.set(slot, has_seat(&document.settings, agent));
            agent.team.iter().for_each(|team| people.main.entry(team).or_default().insert(slot));
            agent.extra_teams.iter().for_each(|team| people.extra.entry(team).or_default().insert(slot));
        }
        people
    }

    /// Returns the named agents and the main members of teams; with `extra`, their extra members as well.
    pub fn named(&self, agents: &[Id], teams: &[Id], extra: bool) -> AgentSet {
        let mut set: AgentSet = agents.iter().filter_map(|agent| self.slots.get(agent).copied()).collect();
        for team in teams {
            self.main.get(team).into_iter().for_each(|members| set.extend_with(members));
            self.extra.get(team).filter(|_| extra).into_iter().for_each(|members| set.extend_with(members));
        }
        set
    }

    /// Returns `true` if a team has a member of either kind.
    pub fn has_members(&self, team: &Id) -> bool {
        self.main.contains_key(team) || self.extra.contains_key(team)
    }

    /// Returns the agents with access to an inbox.
    pub fn with_access(&self, access: &Access) -> AgentSet {
        match access {
            Access::Everyone => self.everyone.clone(),
            Access::Only { teams, agents, .. } => self.named(agents, teams, true),
        }
    }

    /// Returns the agents who have a skill at a level or above.
    pub fn skilled(&mut self, skill: &'d Id, level: u8) -> &AgentSet {
        let agents = self.agents;
        self.skilled.entry((skill, level)).or_insert_with(|| {
            let has = |agent: &Agent| agent.skills.get(skill).is_some_and(|it| *it >= level);
            (0..).map(AgentSlot::of).zip(agents).filter(|(_, agent)| has(agent)).map(|(slot, _)| slot).collect()
        })
    }

    /// Returns the highest level of a skill.
    pub fn highest(&self, skill: &Id) -> Option<u8> {
        self.agents.iter().filter_map(|agent| agent.skills.get(skill)).copied().max()
    }

    /// Returns a hint with the skills nearest to an unknown one, for the first few of these.
    pub fn suggestion(&mut self, skill: &Id) -> Option<String> {
        self.suggestions = self.suggestions.checked_sub(1)?;
        Problem::new(Code::NobodyThere, "").suggesting(skill, self.skills.iter().copied()).hint
    }

    /// Returns those of some agents who meet all conditions.
    pub fn meeting(&self, agents: &AgentSet, conditions: &[AgentCondition]) -> AgentSet {
        let meets = |slot: &AgentSlot| {
            self.agents.get(slot.index()).is_some_and(|agent| conditions.iter().all(|condition| condition.holds(agent)))
        };
        agents.iter().filter(meets).collect()
    }

    /// Returns the agents whose capacity can hold a conversation of a kind and weight.
    pub fn with_room(&mut self, kind: &'d Id, weight: u32) -> &AgentSet {
        let agents = self.agents;
        self.with_room.entry((kind, weight)).or_insert_with(|| {
            let has_room = |agent: &Agent| {
                agent.capacity.as_ref().is_none_or(|capacity| {
                    let of_kind = capacity.per_kind.get(kind).copied();
                    capacity.total.into_iter().chain(of_kind).all(|limit| limit >= weight)
                })
            };
            (0..).map(AgentSlot::of).zip(agents).filter(|(_, agent)| has_room(agent)).map(|(slot, _)| slot).collect()
        })
    }

    /// Returns the agents that weighted rotation can choose.
    pub fn with_weight(&self) -> AgentSet {
        let weighs = |agent: &Agent| agent.attributes.get(WEIGHT).and_then(serde_json::Value::as_u64) != Some(0);
        (0..).map(AgentSlot::of).zip(self.agents).filter(|(_, agent)| weighs(agent)).map(|(slot, _)| slot).collect()
    }
}

fn has_seat(settings: &Settings, agent: &Agent) -> bool {
    (!settings.requires_seat || agent.seat.is_some()) && settings.entitlements.allow_assignment(agent.seat.as_ref())
}

/// Returns the agents in both sets.
pub(super) fn both(one: &AgentSet, other: &AgentSet) -> AgentSet {
    let mut set = one.clone();
    set.keep(other);
    set
}
