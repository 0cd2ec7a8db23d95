//! The search of all states, breadth first, so that the path to a broken invariant is a shortest one.

use std::collections::HashMap;
use std::fmt;
use std::hash::BuildHasherDefault;

use crate::invariants::Invariant;
use crate::mix::Mix;
use crate::state::State;
use crate::steps::{Rules, Step};

/// Which states are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum States {
    /// All of them.
    All,
    /// Those that differ in something that makes a difference to a later step.
    Distinct,
}

/// The invariants that a state breaks, with the steps to the state that breaks it.
#[derive(Debug)]
pub struct Broken {
    pub invariants: Vec<Invariant>,
    /// The number of states that were found.
    pub states: usize,
    pub path: Vec<(Step, State)>,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} broken by {} steps:", self.invariants, self.path.len())?;
        self.path.iter().try_for_each(|(step, state)| write!(f, "\n{step:?}\n    {state:?}"))
    }
}

/// All states that were found, by their numbers.
#[derive(Default)]
struct Search {
    numbers: HashMap<State, u32, BuildHasherDefault<Mix>>,
    states: Vec<State>,
    /// The step that led to a state first, and the number of the state before it.
    from: Vec<Option<(Step, u32)>>,
    /// Steps that are no failures: the number of the state before, and the place of another step to the same state.
    steps: Vec<(u32, Option<usize>)>,
    /// The place of the last step to each state.
    last_step_to: Vec<Option<usize>>,
}

/// Searches all states, and returns how many there are.
pub fn search(rules: &Rules, which: States) -> Result<usize, Broken> {
    let mut search = Search::default();
    search.number(rules.first(), None);
    let mut done = 0;
    while done < search.states.len() {
        let (state, number) = (search.states[done], done as u32);
        let invariants = Invariant::broken(&state, rules);
        if !invariants.is_empty() {
            return Err(search.broken(invariants, number));
        }
        rules.steps(&state, |step, next| {
            let next = if which == States::All { next } else { next.without_idle_knowledge() };
            let next = search.number(next.sorted(), Some((step, number)));
            if !step.is_failure() {
                let other = search.last_step_to[next as usize].replace(search.steps.len());
                search.steps.push((number, other));
            }
        });
        done += 1;
    }
    match search.stuck(rules) {
        Some(number) => Err(search.broken(vec![Invariant::CanBeFinished], number)),
        None => Ok(done),
    }
}

impl Search {
    /// Returns the number of a state, a new one if it is found for the first time.
    fn number(&mut self, state: State, from: Option<(Step, u32)>) -> u32 {
        let next = self.states.len() as u32;
        let number = *self.numbers.entry(state).or_insert(next);
        if number == next {
            self.states.push(state);
            self.from.push(from);
            self.last_step_to.push(None);
        }
        number
    }

    fn broken(&self, invariants: Vec<Invariant>, by: u32) -> Broken {
        Broken { invariants, states: self.states.len(), path: self.path(by) }
    }

    fn path(&self, to: u32) -> Vec<(Step, State)> {
        let mut path = Vec::new();
        let mut at = to;
        while let Some((step, before)) = self.from[at as usize] {
            path.push((step, self.states[at as usize]));
            at = before;
        }
        path.reverse();
        path
    }

    /// Returns the first state from which no steps, failures apart, lead to one where all commands are answered.
    fn stuck(&self, rules: &Rules) -> Option<u32> {
        let mut can: Vec<bool> = self.states.iter().map(|state| rules.is_finished(state)).collect();
        let mut left: Vec<u32> = (0..).zip(&can).filter(|(_, can)| **can).map(|(number, _)| number).collect();
        while let Some(number) = left.pop() {
            let mut step = self.last_step_to[number as usize];
            while let Some((before, other)) = step.map(|place| self.steps[place]) {
                if !std::mem::replace(&mut can[before as usize], true) {
                    left.push(before);
                }
                step = other;
            }
        }
        can.iter().position(|can| !can).map(|number| number as u32)
    }
}
