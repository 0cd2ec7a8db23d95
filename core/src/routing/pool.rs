//! The agents among whom a step chooses for a conversation.

use super::ledger::Ledger;
use super::min_index::{BLOCK, GROUP, MinIndex};
use super::named::Named;
use super::rule_book::RuleBook;
use super::share::Share;
use super::standings::Standings;
use crate::availability::{AgentSet, AgentSlot, BITS, KindIndex, Roster, bits_of};
use crate::model::{Id, Tie};
use crate::time::Instant;

/// The number of words of a set in a block of a column.
const WORDS: usize = BLOCK / BITS;

/// Facts of agents beyond their standings, each computed when it is asked.
pub(crate) trait AgentFacts {
    /// Returns the next instant at which an agent becomes away; `MAX` if none is known, or the agent is away.
    fn away_at(&self, slot: AgentSlot) -> Instant;

    /// Returns the weight of what an agent holds from an inbox.
    fn load_from(&self, slot: AgentSlot, inbox: &Id) -> u64;
}

/// The data that decides which agents may take a conversation at a step.
pub(crate) struct Pool<'a> {
    pub roster: &'a Roster,
    pub rules: &'a RuleBook,
    pub standings: &'a Standings,
    pub facts: &'a dyn AgentFacts,
    pub at: Instant,
    pub named: Named<'a>,
    pub inbox: &'a Id,
    /// The agents with access to the inbox.
    pub access: &'a AgentSet,
    /// The declines of this conversation that are still in force.
    pub declined: Declines,
    /// The agents to whom it is offered already.
    pub offered: Vec<AgentSlot>,
    /// The required skills.
    pub skills: Vec<Asked<'a>>,
    pub only_available: bool,
    pub kind: KindIndex,
    pub weight: u32,
    /// The further inputs of strategies.
    pub conversation: &'a Id,
    pub listed: &'a [AgentSlot],
    pub tie: Tie,
    pub ledger: Option<&'a Ledger>,
    /// `true` if agents with the weight 0 are not eligible.
    pub weighted: bool,
}

/// The declines of the conversation that are still in force.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declines {
    pub agents: AgentSet,
    /// The instants at which they lapse; one without stands until the agent next turns available.
    pub lapses: Vec<(AgentSlot, Instant)>,
}

impl Declines {
    /// Returns the instant at which the decline of an agent lapses.
    pub fn lapse_of(&self, slot: AgentSlot) -> Option<Instant> {
        self.lapses.iter().find(|(agent, _)| *agent == slot).map(|(_, at)| *at)
    }
}

/// A required skill.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub name: &'a Id,
    pub levels: &'a [u8],
    pub level: u8,
}

impl Asked<'_> {
    /// Returns the level of an agent, 0 without the skill.
    pub fn level_of(&self, slot: AgentSlot) -> u8 {
        self.levels.get(slot.index()).copied().unwrap_or_default()
    }
}

impl Pool<'_> {
    /// Returns the agents whom the step names and their substitutes, in document order; also those for whom others stand in.
    pub fn target(&self) -> impl Iterator<Item = AgentSlot> + '_ {
        self.named.span(self.access).flat_map(|index| bits_of(index, self.named.word_with_absent(index)))
    }

    /// Visits the eligible agents in document order.
    pub fn for_each(&self, mut visit: impl FnMut(AgentSlot)) {
        let (words, passes) = (self.words(), self.last_checks());
        for index in self.named.span(self.access) {
            bits_of(index, words(index)).filter(&passes).for_each(&mut visit);
        }
    }

    /// Returns the eligible agent with the smallest value; of several, the first in document order.
    pub fn least<K: Ord + Copy>(&self, column: &MinIndex<K>) -> Option<AgentSlot> {
        self.least_within(|_| u64::MAX, column)
    }

    /// Returns the eligible agent with the smallest value among some, of whom `among` returns each word.
    fn least_within<K: Ord + Copy>(&self, among: impl Fn(usize) -> u64, column: &MinIndex<K>) -> Option<AgentSlot> {
        let (words, passes) = (self.words(), self.last_checks());
        let mut best: Option<(K, AgentSlot)> = None;
        let mut span = self.named.span(self.access);
        while let Some(index) = span.next() {
            let block =
                best.filter(|_| index % WORDS == 0).map(|(least, _)| (column.least_of_block(index / WORDS), least));
            if block.is_some_and(|(in_block, least)| in_block >= least) {
                span.start = (index + WORDS).min(span.end);
                continue;
            }
            let word = words(index) & among(index);
            for (group, bits) in groups_of(index, word) {
                if best.is_some_and(|(least, _)| column.least(group) >= least) {
                    continue;
                }
                for slot in bits_of(index, bits).filter(&passes) {
                    let value = column.get(slot);
                    if best.is_none_or(|(least, _)| value < least) {
                        best = Some((value, slot));
                    }
                }
            }
        }
        best.map(|(_, slot)| slot)
    }

    /// Returns the eligible agent with the smallest value, and of equal ones the agent whom the tie-break of the step prefers.
    /// `split` divides a value into what the strategy compares, and what decides after the tie-break.
    pub fn least_of<K: Ord + Copy, P: Ord, L: Ord>(
        &self,
        column: &MinIndex<K>,
        split: impl Fn(K) -> (P, L),
    ) -> Option<AgentSlot> {
        let least = self.least(column)?;
        if self.tie != Tie::FewestSkills {
            return Some(least);
        }
        let compared = |slot| split(column.get(slot)).0;
        self.by_skills(column).find(|slot| compared(*slot) == compared(least))
    }

    /// Returns the eligible agent with the fewest skills beyond the required ones; of several, the one with the smallest value.
    pub fn fewest_skills<K: Ord + Copy>(&self, column: &MinIndex<K>) -> Option<AgentSlot> {
        self.by_skills(column).next()
    }

    /// Returns the eligible agents with the smallest value among those with equally many skills, the fewest first. All who are
    /// eligible have all required skills, so they have equally many beyond these, too.
    fn by_skills<K: Ord + Copy>(&self, column: &MinIndex<K>) -> impl Iterator<Item = AgentSlot> {
        self.rules.by_skills().filter_map(|agents| self.least_within(|index| agents.word(index), column))
    }

    /// Returns the number of skills that an agent has beyond the required ones.
    pub fn extra_skills(&self, slot: AgentSlot) -> usize {
        let asked = self.skills.iter().filter(|asked| asked.level_of(slot) > 0).count();
        self.rules.skills(slot).saturating_sub(asked)
    }

    /// Returns the number of skills beyond the required ones where the tie-break of the step compares it, and else 0.
    pub fn tied_skills(&self, slot: AgentSlot) -> usize {
        if self.tie == Tie::FewestSkills { self.extra_skills(slot) } else { 0 }
    }

    /// Returns the agents of each word who are in all sets.
    #[inline]
    fn words(&self) -> impl Fn(usize) -> u64 + '_ {
        let (assignable, access) = (&self.roster.assignable, self.access);
        let available = self.only_available.then(|| self.standings.available_for(self.kind));
        move |index| {
            let available = available.as_ref().map_or(u64::MAX, |available| available(index));
            self.named.word(index) & assignable.word(index) & access.word(index) & available
        }
    }

    /// Returns a check of the agents in all sets: `true` if one has room and passes all other checks.
    fn last_checks(&self) -> impl Fn(&AgentSlot) -> bool {
        let (room, weight) = (self.standings.room(self.kind), self.weight);
        let (is_skill_asked, more_is_asked) = (!self.skills.is_empty(), self.asks_more());
        move |slot| {
            room.get(slot.index()).is_some_and(|room| *room > weight)
                && (!is_skill_asked || self.has_skills(*slot))
                && !self.is_never_chosen(*slot)
                && (!more_is_asked || self.passes_the_rest(*slot))
        }
    }

    /// Returns the first eligible agent.
    pub fn first(&self) -> Option<AgentSlot> {
        let (words, passes) = (self.words(), self.last_checks());
        self.named.span(self.access).find_map(|index| bits_of(index, words(index)).find(&passes))
    }

    /// Returns `true` if an agent passes all checks.
    pub fn is_eligible(&self, slot: AgentSlot) -> bool {
        self.named.contains(slot)
            && self.roster.assignable.contains(slot)
            && self.access.contains(slot)
            && (!self.only_available || self.is_there(slot))
            && self.standings.fits(slot, self.kind, self.weight)
            && self.passes_the_rest(slot)
    }

    /// Returns `true` if an agent is available, and for the kind of the conversation.
    fn is_there(&self, slot: AgentSlot) -> bool {
        self.standings.available.contains(slot) && self.standings.takes(slot, self.kind)
    }

    /// Returns the agents among some who may take the conversation at some time: whatever they hold now, and whether they are
    /// available or not.
    pub fn possible<'a>(&'a self, among: &'a AgentSet) -> impl Iterator<Item = AgentSlot> + 'a {
        let word = |index: usize| {
            self.named.word_with_absent(index)
                & self.roster.assignable.word(index)
                & self.access.word(index)
                & among.word(index)
        };
        let named = self.named.span(self.access).flat_map(move |index| bits_of(index, word(index)));
        named.filter(|slot| self.passes_lasting(*slot))
    }

    /// Returns `true` if an agent passes the checks beyond sets that time alone does not change.
    fn passes_lasting(&self, slot: AgentSlot) -> bool {
        !self.declined.agents.contains(slot) && self.has_skills(slot) && !self.is_never_chosen(slot)
    }

    /// Returns `true` for an agent whose weight is 0, where the strategy goes by weights.
    fn is_never_chosen(&self, slot: AgentSlot) -> bool {
        self.weighted && self.rules.weight(slot) == 0
    }

    fn has_skills(&self, slot: AgentSlot) -> bool {
        self.skills.iter().all(|asked| asked.level_of(slot) >= asked.level)
    }

    /// Returns `true` if one of those whom the step names is available and could take the conversation, whatever they hold and
    /// declined.
    pub fn has_anyone_available(&self) -> bool {
        let words = self.words();
        self.named.span(self.access).any(|index| bits_of(index, words(index)).any(|slot| self.has_skills(slot)))
    }

    /// Returns `true` if there are checks beyond sets, room, skills and weights; usually there are none.
    fn asks_more(&self) -> bool {
        let ends_matter = self.only_available && self.roster.settings.last_assignment_before_end.is_some();
        self.standings.is_any_paced()
            || !self.declined.agents.is_empty()
            || !self.offered.is_empty()
            || self.rules.has_inbox_limits()
            || ends_matter
    }

    /// Returns `true` if an agent passes the checks beyond sets and room.
    fn passes_the_rest(&self, slot: AgentSlot) -> bool {
        let ends = || self.only_available && self.is_ending(slot);
        let at_pace = || self.standings.is_any_paced() && self.standings.at_pace(slot, self.at).is_some();
        let fits_inbox = || !self.rules.has_inbox_limits() || self.fits_inbox(slot);
        self.passes_lasting(slot) && !ends() && !self.offered.contains(&slot) && fits_inbox() && !at_pace()
    }

    /// Returns `true` if the conversation passes no limit of an agent on what comes from its inbox.
    pub fn fits_inbox(&self, slot: AgentSlot) -> bool {
        let fits = |limit: u32| self.facts.load_from(slot, self.inbox) + u64::from(self.weight) <= limit.into();
        self.rules.inbox_limit(slot, self.inbox).is_none_or(fits)
    }

    /// Returns the smallest free share of the limits of an agent that apply.
    pub fn free_share(&self, slot: AgentSlot) -> Share {
        let limits = self.rules.limits(slot).zip(self.standings.standing(slot));
        let share = limits.map_or(Share::ALL, |(limits, standing)| limits.share(self.kind, standing));
        let of_inbox = self.rules.inbox_limit(slot, self.inbox);
        let of_inbox = of_inbox.map(|limit| Share::free_of(limit, self.facts.load_from(slot, self.inbox)));
        of_inbox.into_iter().fold(share, Share::min)
    }

    /// Returns `true` if the agent's availability ends too soon for a new conversation.
    pub fn is_ending(&self, slot: AgentSlot) -> bool {
        let Some(margin) = self.roster.settings.last_assignment_before_end else { return false };
        let away_at = self.facts.away_at(slot);
        away_at < Instant::MAX && away_at.millis_since(self.at) <= margin.millis()
    }

    /// Returns the eligible agent with the smallest key; of several, the first in document order.
    pub fn min_by_key<K: Ord>(&self, key: impl Fn(AgentSlot) -> K) -> Option<AgentSlot> {
        let mut best: Option<(K, AgentSlot)> = None;
        self.for_each(|slot| {
            let key = key(slot);
            if best.as_ref().is_none_or(|(least, _)| key < *least) {
                best = Some((key, slot));
            }
        });
        best.map(|(_, slot)| slot)
    }

    /// Returns the order number of an agent's last assignment, 0 if there was none.
    pub fn last_assigned(&self, slot: AgentSlot) -> u64 {
        self.standings.standing(slot).map_or(0, |standing| standing.last_assigned)
    }
}

/// Returns the groups of a word that contain agents: the number of each, and its part of the word.
fn groups_of(index: usize, word: u64) -> impl Iterator<Item = (usize, u64)> {
    const WIDTH: u32 = GROUP as u32;
    const GROUPS: u32 = u64::BITS / WIDTH;
    let part = move |nth: u32| (index * GROUPS as usize + nth as usize, word & (((1 << WIDTH) - 1) << (nth * WIDTH)));
    (0..GROUPS).map(part).filter(|(_, bits)| *bits != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, *};
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Document;
    use crate::routing::named::Candidates;
    use crate::routing::standings::split_rank;

    const AGENTS: usize = 200;

    /// Agents who never leave, and hold nothing.
    struct Nobody;

    impl AgentFacts for Nobody {
        fn away_at(&self, _: AgentSlot) -> Instant {
            Instant::MAX
        }

        fn load_from(&self, _: AgentSlot, _: &Id) -> u64 {
            0
        }
    }

    /// A desk of 200 agents, every seventh of whom is not active, some of whom have a small capacity, and who have up to three
    /// skills.
    fn roster() -> Roster {
        let agent = |index: usize| {
            let capacity = [json!(2), json!(0), Value::Null][index % 3].clone();
            let mut agent =
                json!({"id": format!("a{index}"), "active": !index.is_multiple_of(7), "capacity": capacity});
            agent["skills"] = (0..index * 5 % 4).map(|nth| (format!("s{nth}"), json!(1))).collect();
            if capacity.is_null() {
                agent.as_object_mut().unwrap().remove("capacity");
            }
            agent
        };
        let channel = json!({"id": "chat", "kind": "chat", "rules": []});
        let document = json!({
            "version": 1, "time_zone": "UTC", "agents": (0..AGENTS).map(agent).collect::<Vec<_>>(),
            "inboxes": [{"id": "main", "channels": [channel]}]
        });
        Roster::new(Document::from_value(document).unwrap())
    }

    /// A change: the agent, the change of its load, and the order number of its last assignment.
    type Change = (AgentSlot, i32, u64);

    fn change(standings: &mut Standings, rules: &RuleBook, (slot, sign, last): Change) {
        let limits = rules.limits(slot).unwrap();
        standings.update(slot, limits, |standing| {
            standing.hold(0, 1, sign);
            standing.last_assigned = last;
            standing.idle_since = (sign < 0).then(|| Instant::from_millis(1_795_165_200_000 + last as i64).unwrap());
        });
        standings.available.set(slot, !last.is_multiple_of(3));
    }

    fn slot() -> impl Strategy<Value = AgentSlot> {
        (0..AGENTS).prop_map(AgentSlot::of)
    }

    fn changes() -> impl Strategy<Value = Vec<Change>> {
        prop::collection::vec((slot(), prop::sample::select(vec![1, -1]), 0..6_u64), 0..300)
    }

    proptest! {
        /// A search that skips groups gives the same agent as one through all agents, and a kept column the same as a new one.
        #[test]
        fn the_least_of_a_column_is_the_least_of_all_eligible(
            before in changes(), after in changes(), named in prop::collection::btree_set(slot(), 1..150),
            declined in prop::collection::vec(slot(), 0..4), only_available: bool, everyone: bool,
        ) {
            let roster = roster();
            let rules = RuleBook::new(&roster);
            let mut standings = Standings::default();
            standings.make_room(roster.slot_count(), roster.kinds().len());
            AgentSlot::all(AGENTS).for_each(|slot| change(&mut standings, &rules, (slot, -1, 0)));
            before.into_iter().for_each(|it| change(&mut standings, &rules, it));
            // The columns are built by the first search, and kept from here on.
            let limits = |slot| rules.limits(slot);
            let _ = (standings.rank(), standings.idle(), standings.fullness(0, limits));
            after.into_iter().for_each(|it| change(&mut standings, &rules, it));

            let set: AgentSet = named.into_iter().collect();
            let access: AgentSet = AgentSlot::all(AGENTS).collect();
            let id = Id::from("c");
            let pool = Pool {
                roster: &roster, rules: &rules, standings: &standings, facts: &Nobody, at: Instant::MIN, inbox: &id, access: &access, declined: Declines { agents: declined.into_iter().collect(), lapses: Vec::new() }, offered: Vec::new(), skills: Vec::new(),
                named: if everyone { Candidates::Anyone } else { Candidates::Set(&set) }.into(),
                only_available, kind: 0, weight: 1, conversation: &id, listed: &[], tie: Tie::default(),
                ledger: None, weighted: false,
            };
            let fullness = standings.fullness(0, limits).unwrap();
            prop_assert_eq!(pool.least(standings.rank()), pool.min_by_key(|slot| standings.rank().get(slot)));
            prop_assert_eq!(pool.least(standings.idle()), pool.min_by_key(|slot| standings.idle().get(slot)));
            prop_assert_eq!(pool.least(fullness), pool.min_by_key(|slot| fullness.get(slot)));

            let tied = Pool { tie: Tie::FewestSkills, ..pool };
            let by_load = |slot| {
                let (load, last) = split_rank(standings.rank().get(slot));
                (load, tied.extra_skills(slot), last)
            };
            let by_skills = |slot| (tied.extra_skills(slot), standings.rank().get(slot));
            prop_assert_eq!(tied.least_of(standings.rank(), split_rank), tied.min_by_key(by_load));
            prop_assert_eq!(tied.fewest_skills(standings.rank()), tied.min_by_key(by_skills));

            let anew = standings.with_columns_made_anew();
            for slot in AgentSlot::all(AGENTS) {
                prop_assert_eq!(standings.rank().get(slot), anew.rank().get(slot));
                prop_assert_eq!(standings.idle().get(slot), anew.idle().get(slot));
                prop_assert_eq!(fullness.get(slot), anew.fullness(0, limits).unwrap().get(slot));
            }
        }
    }
}
