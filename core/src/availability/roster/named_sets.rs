//! The sets of agents that accesses and steps name. Each is kept once, and follows agents who change their teams.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::agent_set::AgentSet;
use super::handle::{AgentSlot, SetRef};
use crate::model::{Agent, AgentCondition, Id};

static NOBODY: AgentSet = AgentSet::NOBODY;

/// The agents that an access or a step names: some by their ids, and the members of teams; of these, those who meet all
/// conditions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names {
    pub agents: Vec<Id>,
    pub teams: Vec<Id>,
    /// `true` if the extra members of the teams are named, too.
    pub extra: bool,
    pub conditions: Vec<AgentCondition>,
}

// The numbers and values of conditions have no hash; they are rare, and compared.
impl Hash for Names {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.agents, &self.teams, self.extra, self.conditions.len()).hash(state);
    }
}

// A number of a document is never NaN.
impl Eq for Names {}

impl Names {
    fn hold(&self, agent: &Agent) -> bool {
        let is_named = |team: &Id| self.teams.contains(team);
        let names = agent.team.as_ref().is_some_and(is_named)
            || (self.extra && agent.extra_teams.iter().any(is_named))
            || self.agents.contains(&agent.id);
        names && self.pass(agent)
    }

    fn pass(&self, agent: &Agent) -> bool {
        self.conditions.iter().all(|condition| condition.holds(agent))
    }
}

/// The members of a team.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members {
    pub main: AgentSet,
    pub extra: AgentSet,
}

/// All sets that the document names.
#[derive(Debug, Clone, Default)]
pub(crate) struct NamedSets {
    everyone: AgentSet,
    teams: FxHashMap<Id, Members>,
    /// By reference: the names and who they are.
    sets: Vec<(Names, AgentSet)>,
    by_names: FxHashMap<Names, SetRef>,
    /// The sets that name a team.
    by_team: FxHashMap<Id, Vec<SetRef>>,
    /// The sets with conditions, which any change of an agent may concern.
    conditional: Vec<SetRef>,
}

impl NamedSets {
    /// The number of sets.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Drops all sets that were named; the agents and their teams stay.
    pub fn forget_names(&mut self) {
        (self.sets, self.by_names, self.by_team, self.conditional) = Default::default();
    }

    /// Drops a team that has no members any more.
    pub fn forget_team(&mut self, team: &Id) {
        self.teams.remove(team);
    }

    pub fn get(&self, set: SetRef) -> &AgentSet {
        match set {
            SetRef::EVERYONE => &self.everyone,
            SetRef(index) => self.sets.get(index as usize).map_or(&NOBODY, |(_, set)| set),
        }
    }

    /// Returns the names of a set; `None` for everyone.
    #[cfg(feature = "routing")]
    pub fn names(&self, set: SetRef) -> Option<&Names> {
        self.sets.get(set.0 as usize).map(|(names, _)| names)
    }

    /// Returns `true` if an agent meets the conditions of a set.
    pub fn pass(&self, set: SetRef, agent: &Agent) -> bool {
        self.sets.get(set.0 as usize).is_none_or(|(names, _)| names.pass(agent))
    }

    /// The main and extra members of a team that has some.
    #[cfg(feature = "routing")]
    pub fn members_of(&self, team: &Id) -> Option<&Members> {
        self.teams.get(team)
    }

    /// The main members of a team, and with `extra` its extra members, too.
    pub fn members(&self, team: &Id, extra: bool) -> AgentSet {
        let Some(members) = self.teams.get(team) else { return AgentSet::default() };
        let mut set = members.main.clone();
        if extra {
            set.extend_with(&members.extra);
        }
        set
    }

    /// The set of the agents that are named; `slot_of` finds an agent by id, and `entry` its entry.
    pub fn named<'a>(
        &mut self,
        names: Names,
        slot_of: impl Fn(&Id) -> Option<AgentSlot>,
        entry: impl Fn(AgentSlot) -> Option<&'a Agent>,
    ) -> SetRef {
        if let Some(known) = self.by_names.get(&names) {
            return *known;
        }
        let mut set: AgentSet = names.agents.iter().filter_map(slot_of).collect();
        for members in names.teams.iter().filter_map(|team| self.teams.get(team)) {
            set.extend_with(&members.main);
            if names.extra {
                set.extend_with(&members.extra);
            }
        }
        // INVARIANT: fewer than 2^32 - 1 sets, of which each takes several bytes of a document.
        let reference = SetRef(self.sets.len() as u32);
        if !names.conditions.is_empty() {
            set = set.iter().filter(|slot| entry(*slot).is_some_and(|agent| names.pass(agent))).collect();
            self.conditional.push(reference);
        }
        for team in &names.teams {
            self.by_team.entry(team.clone()).or_default().push(reference);
        }
        self.by_names.insert(names.clone(), reference);
        self.sets.push((names, set));
        reference
    }

    /// Puts an agent where the new entry belongs, and takes it out where the entry before belonged.
    pub fn seat(&mut self, slot: AgentSlot, before: Option<&Agent>, after: Option<&Agent>) {
        self.everyone.set(slot, after.is_some());
        self.reseat(&self.conditional.clone(), slot, after);
        if before.zip(after).is_some_and(|(before, after)| has_same_teams(before, after)) {
            return;
        }
        for (agent, is_in) in [(before, false), (after, true)] {
            let Some(agent) = agent else { continue };
            if let Some(team) = &agent.team {
                self.teams.entry(team.clone()).or_default().main.set(slot, is_in);
            }
            for team in &agent.extra_teams {
                self.teams.entry(team.clone()).or_default().extra.set(slot, is_in);
            }
        }
        let teams = before.into_iter().chain(after).flat_map(teams_of);
        let concerned: Vec<SetRef> = teams.filter_map(|team| self.by_team.get(team)).flatten().copied().collect();
        self.reseat(&concerned, slot, after);
    }

    /// Puts an agent into those of some sets where the new entry belongs.
    fn reseat(&mut self, sets: &[SetRef], slot: AgentSlot, after: Option<&Agent>) {
        for reference in sets {
            if let Some((names, set)) = self.sets.get_mut(reference.0 as usize) {
                set.set(slot, after.is_some_and(|agent| names.hold(agent)));
            }
        }
    }

    /// The sets that an agent leaves when its entry becomes another.
    pub fn left_by(&self, slot: AgentSlot, before: &Agent, after: &Agent) -> Vec<SetRef> {
        let leaves = |reference: &SetRef| {
            let set = self.sets.get(reference.0 as usize);
            set.is_some_and(|(names, set)| set.contains(slot) && !names.hold(after))
        };
        let of_teams = teams_of(before).filter_map(|team| self.by_team.get(team)).flatten();
        of_teams.chain(&self.conditional).copied().filter(leaves).collect()
    }
}

/// The main team of an agent, then its extra teams.
fn teams_of(agent: &Agent) -> impl Iterator<Item = &Id> {
    agent.team.iter().chain(&agent.extra_teams)
}

fn has_same_teams(one: &Agent, other: &Agent) -> bool {
    (&one.team, &one.extra_teams) == (&other.team, &other.extra_teams)
}
