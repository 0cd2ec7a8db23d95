//! What a call may use, counted by us and on no clock: the same script ends at the same operation on every machine.
//!
//! Rhai's own count can be reset by a closure that a native function calls, so the engine reports every operation here,
//! and native functions charge for the size of what they touch. The count belongs to the call that is under way on the
//! thread; it begins anew with every call.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, ImmutableString, Map, Position};

use super::failure;
use super::params::Params;
use crate::deadline::Deadline;
use crate::model::Id;
use crate::routing::extension::{About, Allowance, Failed, Failure, Scene};
use crate::time::Zones;

/// How many operations a call has, unless the embedder says otherwise.
pub(super) const OPERATIONS: u64 = 100_000;
/// Of its budget, a question has one operation in this many that count for nobody else.
const OWN_SHARE: u64 = 200;
/// For every agent whom a step asks about, its script has one operation in this many of its budget more, for all its
/// calls together: a large desk is not a failure.
const SHARE_PER_AGENT: u64 = 100;
/// After how many operations the embedder's deadline is looked at.
const BETWEEN_LOOKS: u64 = 1_024;
/// After how many operations beyond its budget a script is stopped that never says where it is.
const AFTER_THE_END: u64 = 1_000;
/// Bytes that are touched for one operation.
const BYTES: usize = 128;
/// Rows or names that are looked at for one operation, where no function of the script is called for each.
const ROWS: usize = 4;
/// Bytes that a text takes in a list, beside its letters.
const TEXT_IN_LIST: usize = 64;
/// Bytes of an element of a list, and of an entry of a map beside its key.
const ELEMENT: usize = 16;
const ENTRY: usize = 64 - ELEMENT;
/// Lists, maps and functions that take variables along nest this deep, and no deeper.
pub(super) const DEEPEST: usize = 32;
/// Too much of a value, beside what Rhai looks at.
pub(super) const NESTING: &str = "nesting";

/// That a budget is spent.
pub(super) const SPENT: &str = "it ran over its budget of operations";

pub(super) type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// Why a script was stopped.
pub(super) const OVER_BUDGET: &str = "over_budget";
pub(super) const TIME_IS_UP: &str = "time_is_up";

thread_local! {
    /// Operations until the next look at the rest.
    static LEFT: Cell<u64> = const { Cell::new(0) };
    /// Operations of the call that are not handed out yet.
    static REST: Cell<u64> = const { Cell::new(0) };
    /// What is left of the operations after the end of the budget, once it has come.
    static GRACE: Cell<Option<u64>> = const { Cell::new(None) };
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// What belongs to the calls under way.
#[derive(Default)]
pub(super) struct Running {
    pub params: Arc<Params>,
    /// What the names of a condition stand for.
    pub about: Option<Arc<About>>,
    pub log: Vec<String>,
    /// The agents of a step, and which of them the call is about.
    pub scene: Option<Arc<Scene>>,
    pub row: Option<usize>,
    /// The state from which the next number is drawn; none before the first.
    pub random: Option<u64>,
    pub deadline: Option<Deadline>,
    /// What the calls have together with all others of the instant.
    pub allowance: Option<Allowance>,
    /// The last zone that was asked for and is not there.
    pub unknown_zone: Option<(Zones, String)>,
}

impl Running {
    /// The agent whom the call is about.
    pub fn agent(&self) -> Option<&Id> {
        self.scene.as_ref()?.rows.get(self.row?).map(|row| &row.entry.id)
    }

    /// What is decided: of a condition, or of a step.
    pub fn about(&self) -> Option<&Arc<About>> {
        self.about.as_ref().or_else(|| self.scene.as_ref().map(|scene| &scene.about))
    }
}

/// All that a step asks of its script, under one allowance. What was under way before on this thread goes on after it.
pub(super) struct Session {
    before: Option<(Option<Running>, u64, u64, Option<u64>)>,
    per_call: u64,
    rest: u64,
    /// The operations used beyond these count for all.
    own: u64,
    used: u64,
    allowance: Option<Allowance>,
    watched: bool,
    ended: Ended,
}

/// Whether the last call came to the end of a budget, whatever it gave, and of which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    InTime,
    /// That of the call.
    Call,
    /// That of all calls of the question.
    Question,
    /// That of all that is asked at the instant.
    Together,
}

impl Session {
    /// For a step that asks about that many agents.
    pub fn begin(running: Running, operations: u64, agents: usize) -> Self {
        let share = (operations / SHARE_PER_AGENT).saturating_mul(agents as u64);
        Session {
            watched: running.deadline.is_some(),
            allowance: running.allowance.clone(),
            before: Some((RUNNING.replace(Some(running)), LEFT.replace(0), REST.replace(0), GRACE.take())),
            per_call: operations,
            rest: operations.saturating_add(share),
            own: operations / OWN_SHARE,
            used: 0,
            ended: Ended::InTime,
        }
    }

    /// Makes a call within the allowance.
    pub fn call<T>(&mut self, make: impl FnOnce() -> T) -> T {
        let together = self.left_together();
        let granted = self.per_call.min(self.rest).min(together);
        let left = if self.watched { granted.min(BETWEEN_LOOKS) } else { granted };
        LEFT.set(left);
        REST.set(granted - left);
        GRACE.set(None);
        let made = make();
        self.ended = match GRACE.take() {
            None => Ended::InTime,
            Some(_) if granted == self.per_call => Ended::Call,
            Some(_) if granted == self.rest => Ended::Question,
            Some(_) => Ended::Together,
        };
        let used = granted - (LEFT.get() + REST.get());
        self.rest -= used;
        self.used += used;
        made
    }

    /// What is left to this question of what all have together, and what it has alone.
    fn left_together(&self) -> u64 {
        let Some(allowance) = &self.allowance else { return u64::MAX };
        (self.own.saturating_add(allowance.left())).saturating_sub(self.used)
    }

    /// What the last call gave, or how it failed: by an error, or by coming to the end of a budget.
    pub fn answered<T>(&self, answer: Fallible<T>) -> Failed<T> {
        let Some(message) = self.spent() else { return answer.map_err(|error| failure::of(*error)) };
        let failure = answer.map_or_else(|error| *failure::of(*error), |_| Failure::new(OVER_BUDGET, ""));
        let failure = Failure { code: Id::from(OVER_BUDGET), message, ..failure };
        // Where it was when all had spent it says nothing of this script.
        Err(Box::new(match self.ended {
            Ended::Together => Failure { line: None, column: None, calls: Vec::new(), ..failure },
            Ended::InTime | Ended::Call | Ended::Question => failure,
        }))
    }

    fn spent(&self) -> Option<String> {
        match self.ended {
            Ended::InTime => None,
            Ended::Call => Some(format!("{SPENT}: a call has {}", self.per_call)),
            Ended::Question => Some(format!("{SPENT}: the calls about all agents of the step together have no more")),
            Ended::Together => self.allowance.as_ref().map(|allowance| allowance.spent().message),
        }
    }

    /// Ends the calls; gives what belonged to them.
    pub fn end(mut self) -> Running {
        self.restore().unwrap_or_default()
    }

    fn restore(&mut self) -> Option<Running> {
        let (running, left, rest, grace) = self.before.take()?;
        if let Some(allowance) = &self.allowance {
            allowance.take(self.used.saturating_sub(self.own));
        }
        LEFT.set(left);
        REST.set(rest);
        GRACE.set(grace);
        RUNNING.replace(running)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.restore();
    }
}

/// Does what is not a script's own, and is not counted.
pub(super) fn uncounted<T>(make: impl FnOnce() -> T) -> T {
    let left = LEFT.replace(u64::MAX);
    let made = make();
    LEFT.set(left);
    made
}

/// What the call under way tells of itself; none outside of calls.
pub(super) fn with_running<T>(tell: impl FnOnce(&mut Running) -> T) -> Option<T> {
    RUNNING.with_borrow_mut(|running| running.as_mut().map(tell))
}

/// Counts an operation of the language; the word for why there are no more.
#[inline]
pub(super) fn tick() -> Result<(), &'static str> {
    let left = LEFT.get();
    if left > 1 {
        LEFT.set(left - 1);
        return Ok(());
    }
    match look(1) {
        Err(OVER_BUDGET) => grace(),
        looked => looked,
    }
}

/// The budget is spent, but Rhai does not say where a script is that is stopped here: the next look at a variable, or call
/// of a native function, does. A script that does neither is stopped a little later.
#[cold]
fn grace() -> Result<(), &'static str> {
    let left = GRACE.get().unwrap_or(AFTER_THE_END);
    GRACE.set(Some(left.saturating_sub(1)));
    if left == 0 { Err(OVER_BUDGET) } else { Ok(()) }
}

/// Looks at the deadline, and hands out more operations.
#[cold]
fn look(operations: u64) -> Result<(), &'static str> {
    // Not while it is borrowed: the embedder's function may do anything, even ask another desk.
    let deadline = with_running(|running| running.deadline.clone()).flatten();
    if deadline.is_some_and(|deadline| deadline.is_up()) {
        LEFT.set(0);
        REST.set(0);
        return Err(TIME_IS_UP);
    }
    let all = LEFT.get() + REST.get();
    let Some(rest) = all.checked_sub(operations).filter(|_| all > 0) else {
        LEFT.set(0);
        REST.set(0);
        return Err(OVER_BUDGET);
    };
    let left = rest.min(BETWEEN_LOOKS);
    LEFT.set(left);
    REST.set(rest - left);
    Ok(())
}

/// Counts what a native function does.
#[inline]
pub(super) fn charge(operations: u64) -> Fallible<()> {
    let left = LEFT.get();
    if left > operations {
        LEFT.set(left - operations);
        return Ok(());
    }
    look(operations).map_err(|why| {
        if why == OVER_BUDGET {
            GRACE.set(GRACE.get().or(Some(AFTER_THE_END)));
            return EvalAltResult::ErrorRuntime(Dynamic::from(Spent), Position::NONE).into();
        }
        EvalAltResult::ErrorTerminated(Dynamic::from(why), Position::NONE).into()
    })
}

/// What is thrown when the budget is spent. A script that catches it does not get far.
#[derive(Debug, Clone)]
pub(super) struct Spent;

/// Counts bytes that are touched or made.
pub(super) fn charge_bytes(bytes: usize) -> Fallible<()> {
    charge((bytes / BYTES) as u64)
}

/// Counts rows or names that are looked at, or compared with another.
pub(super) fn charge_rows(rows: usize) -> Fallible<()> {
    charge(rows.div_ceil(ROWS) as u64)
}

/// Counts the texts of a list that is to be made.
pub(super) fn charge_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Fallible<()> {
    charge_bytes(texts.map(|text| TEXT_IN_LIST + text.len()).sum())
}

/// Counts a value that is copied, by its size.
pub(super) fn charge_value(value: &Dynamic) -> Fallible<()> {
    charge_bytes(weight(value)?)
}

/// Counts a value that becomes an element of a list or map.
pub(super) fn charge_element(value: &Dynamic) -> Fallible<()> {
    charge_bytes(ELEMENT + weight(value)?)
}

/// The bytes that copying a value touches, beyond the value itself.
///
/// Every value that a script goes on with comes by here: when a variable is read, and when a native function takes or gives an
/// element. So none gets much deeper than is allowed, and what goes through it level by level (to copy, write, compare or free
/// it) has stack enough.
///
/// # Errors
/// For a value that nests too deeply.
pub(super) fn weight(value: &Dynamic) -> Fallible<usize> {
    // Mostly it is a view or a number, which weigh nothing.
    if value.is_variant() || value.is_int() || value.is_bool() || value.is_unit() {
        return Ok(0);
    }
    weight_below(value, DEEPEST)
        .ok_or_else(|| EvalAltResult::ErrorDataTooLarge(NESTING.to_owned(), Position::NONE).into())
}

/// The weight of a value that may nest so many levels more; none where it nests deeper.
fn weight_below(value: &Dynamic, levels: usize) -> Option<usize> {
    if value.is_variant() || value.is_int() || value.is_bool() || value.is_unit() {
        return Some(0);
    }
    if let Some(text) = value.read_lock::<ImmutableString>() {
        return Some(text.len());
    }
    let deeper = |element: &Dynamic| Some(ELEMENT + weight_below(element, levels.checked_sub(1)?)?);
    if let Some(list) = value.read_lock::<Array>() {
        list.iter().map(deeper).sum()
    } else if let Some(map) = value.read_lock::<Map>() {
        map.iter().map(|(key, element)| Some(ENTRY + key.len() + deeper(element)?)).sum()
    } else if let Some(function) = value.read_lock::<FnPtr>() {
        function.curry().iter().map(deeper).sum::<Option<usize>>().map(|weight| ENTRY + weight)
    } else {
        Some(0)
    }
}
