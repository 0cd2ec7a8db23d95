//! The current state of every agent: availability, load, and last assignment.
//!
//! The values that a decision compares are stored in columns, one for each order in which agents are chosen. A column is built
//! when its order is first used, and kept up to date from then on.

use std::cmp::Reverse;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::min_index::MinIndex;
use super::share::Share;
use crate::availability::{AgentSet, AgentSlot, KindIndex};
use crate::model::{Capacity, PacePer};
use crate::shared::{SharedList, resize};
use crate::time::Instant;

/// The load of an agent, and its last assignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Standing {
    /// The total weight of what is held: open conversations, pending offers, wrap-ups.
    pub load: u64,
    /// The number of items held.
    pub items: u32,
    /// The weight and the number by channel kind.
    pub by_kind: Vec<(u64, u32)>,
    /// The order number of the last assignment; 0 if there was none.
    pub last_assigned: u64,
    /// The instant of the last assignment.
    pub last_assigned_at: Option<Instant>,
    /// The instant at which the agent last stopped holding anything; `None` if it never held anything.
    pub idle_since: Option<Instant>,
}

impl Standing {
    /// Adds an item of a weight and kind, or removes it with the sign `-1`.
    pub fn hold(&mut self, kind: KindIndex, weight: u32, sign: i32) {
        if self.by_kind.len() <= kind {
            self.by_kind.resize(kind + 1, (0, 0));
        }
        // INVARIANT: no overflow. There are fewer than 2^32 conversations, of weights below 2^32.
        let weigh = |load: u64| if sign > 0 { load + u64::from(weight) } else { load.saturating_sub(weight.into()) };
        let count = |items: u32| if sign > 0 { items.saturating_add(1) } else { items.saturating_sub(1) };
        (self.load, self.items) = (weigh(self.load), count(self.items));
        if let Some((load, items)) = self.by_kind.get_mut(kind) {
            (*load, *items) = (weigh(*load), count(*items));
        }
    }

    /// Returns the standing of an agent who holds nothing, and was assigned to as this one.
    fn without_load(&self) -> Standing {
        let Standing { last_assigned, last_assigned_at, idle_since, .. } = *self;
        Standing { last_assigned, last_assigned_at, idle_since, ..Standing::default() }
    }

    /// Returns the load of a kind.
    pub fn load_of(&self, kind: KindIndex) -> u64 {
        self.by_kind.get(kind).map_or(0, |(load, _)| *load)
    }

    /// Returns the key of the order by load, then by last assignment.
    fn rank(&self) -> u128 {
        u128::from(self.load) << 64 | u128::from(self.last_assigned)
    }

    /// Returns the key of the order by idle time. An agent that never held anything comes first, an agent that holds something
    /// last.
    fn idle_key(&self) -> IdleKey {
        let since = if self.items > 0 { Instant::MAX } else { self.idle_since.unwrap_or(Instant::MIN) };
        (since, self.last_assigned)
    }

    fn fullness_key(&self, limits: &Limits, kind: KindIndex) -> FullnessKey {
        (Reverse(limits.share(kind, self)), self.last_assigned)
    }

    /// Returns the number of items of a kind that are held.
    pub fn items_of(&self, kind: KindIndex) -> u32 {
        self.by_kind.get(kind).map_or(0, |(_, items)| *items)
    }
}

/// The limits of an agent, by kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Limits {
    pub total: Option<u32>,
    pub per_kind: Vec<Option<u32>>,
    pub alone: Vec<bool>,
}

impl Limits {
    /// Returns the limits of a capacity, for the kinds in the order of the roster.
    pub fn new(capacity: Option<&Capacity>, kinds: &[crate::model::Id]) -> Self {
        let Some(capacity) = capacity else { return Limits::default() };
        Limits {
            total: capacity.total,
            per_kind: kinds.iter().map(|kind| capacity.per_kind.get(kind).copied()).collect(),
            alone: kinds.iter().map(|kind| capacity.alone.contains(kind)).collect(),
        }
    }

    /// Returns the limit of a kind.
    pub fn of(&self, kind: KindIndex) -> Option<u32> {
        self.per_kind.get(kind).copied().flatten()
    }

    /// Returns the smallest free share of the limits that apply to a kind.
    pub fn share(&self, kind: KindIndex, standing: &Standing) -> Share {
        let in_total = self.total.map(|limit| Share::free_of(limit, standing.load));
        let of_kind = self.of(kind).map(|limit| Share::free_of(limit, standing.load_of(kind)));
        in_total.into_iter().chain(of_kind).min().unwrap_or(Share::ALL)
    }

    fn is_alone(&self, kind: KindIndex) -> bool {
        self.alone.get(kind).copied().unwrap_or_default()
    }

    /// Returns `true` if the items held exclude every item of a kind, whatever its weight.
    pub fn blocks(&self, kind: KindIndex, standing: &Standing) -> bool {
        (self.is_alone(kind) && standing.items > 0)
            || self.alone.iter().enumerate().any(|(kind, alone)| *alone && standing.items_of(kind) > 0)
    }

    /// Returns the weight of a kind that still fits; `None` if nothing does, not even the weight 0.
    pub fn room(&self, kind: KindIndex, standing: &Standing) -> Option<u32> {
        if self.blocks(kind, standing) {
            return None;
        }
        // An agent over a limit, after an assignment by hand or a lower limit, takes nothing at all.
        let room = |limit: Option<u32>, load: u64| match limit {
            Some(limit) => limit.checked_sub(u32::try_from(load).ok()?),
            None => Some(u32::MAX),
        };
        Some(room(self.total, standing.load)?.min(room(self.of(kind), standing.load_of(kind))?))
    }
}

/// The state of every agent, by slot.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standings {
    /// The agents who are available now.
    pub available: AgentSet,
    /// The agents who are out of office now.
    pub out_of_office: AgentSet,
    /// Those among them whose status is not for a kind, by kind.
    not_taking: Vec<AgentSet>,
    /// The weight that fits plus one, by kind and slot; 0 if nothing fits.
    room: Vec<Vec<u32>>,
    standings: SharedList<Standing>,
    /// The agents who were given as many conversations as their pace allows, or will have been once their offers are accepted.
    paced: FxHashMap<AgentSlot, AtPace>,
    rank: OnceLock<MinIndex<u128>>,
    idle: OnceLock<MinIndex<IdleKey>>,
    /// The columns of the order by free share, by kind.
    fullness: Vec<OnceLock<MinIndex<FullnessKey>>>,
}

/// The pace that an agent has reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AtPace {
    pub at_most: u32,
    pub per: PacePer,
    /// The instant at which the pace leaves room again; `MAX` while open offers take all of it.
    pub until: Instant,
}

/// Returns the load and the order number of the last assignment of a key of the order by these.
pub(crate) fn split_rank(rank: u128) -> (u64, u64) {
    ((rank >> 64) as u64, rank as u64)
}

/// A key: the instant since which nothing is held, then the order number of the last assignment.
type IdleKey = (Instant, u64);

/// A key: the free share, the greatest first, then the order number of the last assignment.
type FullnessKey = (Reverse<Share>, u64);

impl Standings {
    /// Makes room for a number of agents and kinds.
    pub fn make_room(&mut self, agents: usize, kinds: usize) {
        self.room.resize_with(kinds, Vec::new);
        self.not_taking.resize_with(kinds, AgentSet::default);
        self.room.iter_mut().for_each(|column| resize(column, agents));
        self.fullness.resize_with(kinds, OnceLock::new);
        self.standings.resize(agents);
    }

    /// Takes what they hold from all agents, and forgets limits and availability; the columns are built when they are next
    /// used.
    pub fn restart(&mut self) {
        let standings = self.standings.iter().map(Standing::without_load).collect();
        *self = Standings { standings, ..Standings::default() };
    }

    /// Gives every agent another slot; the columns are built when they are next used.
    pub fn move_agents(&mut self, to: impl Fn(AgentSlot) -> AgentSlot) {
        let mut standings = vec![Standing::default(); self.standings.len()];
        for (slot, standing) in (0..).map(AgentSlot::of).zip(self.standings.iter()) {
            standings.get_mut(to(slot).index()).into_iter().for_each(|place| place.clone_from(standing));
        }
        let standings = standings.into_iter().collect();
        *self = Standings { standings, ..Standings::default() };
    }

    /// Notes the kinds that an agent's status is for.
    pub fn show_taking(&mut self, slot: AgentSlot, takes: impl Fn(KindIndex) -> bool) {
        for (kind, not_taking) in self.not_taking.iter_mut().enumerate() {
            not_taking.set(slot, !takes(kind));
        }
    }

    /// Returns `true` if an agent's status is for a kind.
    pub fn takes(&self, slot: AgentSlot, kind: KindIndex) -> bool {
        !self.not_taking.get(kind).is_some_and(|not_taking| not_taking.contains(slot))
    }

    /// Returns the agents of each word who are available for a kind.
    #[inline]
    pub fn available_for(&self, kind: KindIndex) -> impl Fn(usize) -> u64 + '_ {
        let not_taking = self.not_taking.get(kind);
        move |index| self.available.word(index) & !not_taking.map_or(0, |not_taking| not_taking.word(index))
    }

    pub fn standing(&self, slot: AgentSlot) -> Option<&Standing> {
        self.standings.get(slot.index())
    }

    /// Changes the state of an agent.
    pub fn update(&mut self, slot: AgentSlot, limits: &Limits, change: impl FnOnce(&mut Standing)) {
        let index = slot.index();
        let Some(standing) = self.standings.get_mut(index) else { return };
        change(standing);
        for (kind, column) in self.room.iter_mut().enumerate() {
            if let Some(room) = column.get_mut(index) {
                *room = limits.room(kind, standing).map_or(0, |fits| fits.saturating_add(1));
            }
        }
        for (kind, column) in self.fullness.iter_mut().enumerate() {
            keep(column, slot, || standing.fullness_key(limits, kind));
        }
        keep(&mut self.idle, slot, || standing.idle_key());
        keep(&mut self.rank, slot, || standing.rank());
    }

    /// Returns `true` if any agent was given as many conversations as its pace allows.
    pub fn is_any_paced(&self) -> bool {
        !self.paced.is_empty()
    }

    /// Returns the pace that an agent has reached at an instant.
    pub fn at_pace(&self, slot: AgentSlot, at: Instant) -> Option<AtPace> {
        self.paced.get(&slot).copied().filter(|paced| at < paced.until)
    }

    /// Sets the pace that an agent has reached. Returns the one before.
    pub fn set_pace(&mut self, slot: AgentSlot, paced: Option<AtPace>) -> Option<AtPace> {
        match paced {
            Some(paced) => self.paced.insert(slot, paced),
            None => self.paced.remove(&slot),
        }
    }

    /// Returns the weight of a kind that fits plus one, by slot; 0 if nothing fits.
    pub fn room(&self, kind: KindIndex) -> &[u32] {
        self.room.get(kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns `true` if a weight of a kind fits.
    pub fn fits(&self, slot: AgentSlot, kind: KindIndex, weight: u32) -> bool {
        self.room(kind).get(slot.index()).is_some_and(|room| *room > weight)
    }

    /// Returns the column whose smallest value is that of the least busy agent; with equal loads, the least recently assigned.
    pub fn rank(&self) -> &MinIndex<u128> {
        self.rank.get_or_init(|| self.column(0, |_, standing| standing.rank()))
    }

    /// Returns the column whose smallest value is that of the agent who is idle for the longest time, or never held anything.
    /// Agents that hold something come last.
    pub fn idle(&self) -> &MinIndex<IdleKey> {
        self.idle.get_or_init(|| self.column(Standing::default().idle_key(), |_, standing| standing.idle_key()))
    }

    /// Returns the column whose smallest value is that of the agent with the greatest free share for a kind.
    pub fn fullness<'a>(
        &self,
        kind: KindIndex,
        limits: impl Fn(AgentSlot) -> Option<&'a Limits>,
    ) -> Option<&MinIndex<FullnessKey>> {
        let key = |slot, standing: &Standing| match limits(slot) {
            Some(limits) => standing.fullness_key(limits, kind),
            None => standing.fullness_key(&Limits::default(), kind),
        };
        let column = self.fullness.get(kind)?;
        Some(column.get_or_init(|| self.column((Reverse(Share::ALL), 0), key)))
    }

    /// Builds a column with the values of all agents.
    fn column<K: Ord + Copy>(&self, unset: K, value: impl Fn(AgentSlot, &Standing) -> K) -> MinIndex<K> {
        let mut column = MinIndex::new(unset);
        (0..)
            .map(AgentSlot::of)
            .zip(self.standings.iter())
            .for_each(|(slot, standing)| column.set(slot, value(slot, standing)));
        column
    }
}

#[cfg(test)]
impl Standings {
    /// Returns a copy whose columns are built when they are next used.
    pub fn with_columns_made_anew(&self) -> Standings {
        let fullness = vec![OnceLock::new(); self.fullness.len()];
        Standings { rank: OnceLock::new(), idle: OnceLock::new(), fullness, ..self.clone() }
    }
}

/// Updates a value in a column, if the column was built.
fn keep<K: Ord + Copy>(column: &mut OnceLock<MinIndex<K>>, slot: AgentSlot, value: impl FnOnce() -> K) {
    if let Some(column) = column.get_mut() {
        column.set(slot, value());
    }
}
