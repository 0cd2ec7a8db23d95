//! The budget of a call, counted in operations and not in time: the same script ends at the same operation on every machine.
//!
//! A closure called by a native function can reset Rhai's own count, so the engine reports every operation here, and native
//! functions charge for the size of their data. The count belongs to the call running on the thread, and starts again with
//! every call.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, ImmutableString, Map, Position};

use super::failure;
use super::params::Params;
use crate::deadline::Deadline;
use crate::model::Id;
use crate::routing::extension::{About, Allowance, Failed, Failure, Scene};
use crate::time::Zones;

/// The default number of operations of a call.
pub(super) const OPERATIONS: u64 = 100_000;
/// The divisor of a call's budget that gives the operations reserved for each question.
const OWN_SHARE: u64 = 200;
/// The divisor of a call's budget that gives the operations added to all calls of a step for each agent it asks about, so that a
/// large desk is not a failure.
const SHARE_PER_AGENT: u64 = 100;
/// The number of operations between two checks of the embedder's deadline.
const BETWEEN_LOOKS: u64 = 1_024;
/// The number of operations after its budget at which a script is stopped, even if its position is not known.
const AFTER_THE_END: u64 = 1_000;
/// The bytes that one operation pays for.
const BYTES: usize = 128;
/// The rows or names that one operation pays for, if no function of the script is called for each.
const ROWS: usize = 4;
/// The bytes that a text in a list takes beside its letters.
const TEXT_IN_LIST: usize = 64;
/// The bytes of an element of a list, or of an entry of a map beside its key.
const ELEMENT: usize = 16;
const ENTRY: usize = 64 - ELEMENT;
/// The deepest nesting of lists, maps and closures.
pub(super) const DEEPEST: usize = 32;
/// The stop reason of a value that nests too deeply, which Rhai does not check.
pub(super) const NESTING: &str = "nesting";

/// The message of a spent budget.
pub(super) const SPENT: &str = "it ran over its budget of operations";

pub(super) type Fallible<T> = Result<T, Box<EvalAltResult>>;

/// The code of a spent budget.
pub(super) const OVER_BUDGET: &str = "over_budget";
pub(super) const TIME_IS_UP: &str = "time_is_up";

thread_local! {
    /// The operations until the next check of the rest.
    static LEFT: Cell<u64> = const { Cell::new(0) };
    /// The operations of the call that are not handed out yet.
    static REST: Cell<u64> = const { Cell::new(0) };
    /// The operations left after the end of the budget; `None` before its end.
    static GRACE: Cell<Option<u64>> = const { Cell::new(None) };
    static RUNNING: RefCell<Option<Running>> = const { RefCell::new(None) };
}

/// The data of the calls of a question.
#[derive(Default)]
pub(super) struct Running {
    pub params: Arc<Params>,
    /// The conversation and desk that the names of a condition refer to.
    pub about: Option<Arc<About>>,
    pub log: Vec<String>,
    /// The agents of a step, and the one that the call is about.
    pub scene: Option<Arc<Scene>>,
    pub row: Option<usize>,
    /// The state of the random numbers; `None` before the first.
    pub random: Option<u64>,
    pub deadline: Option<Deadline>,
    /// The operations shared with all other calls of the instant.
    pub allowance: Option<Allowance>,
    /// The last zone that was looked up and not found.
    pub unknown_zone: Option<(Zones, String)>,
}

impl Running {
    /// Returns the agent that the call is about.
    pub fn agent(&self) -> Option<&Id> {
        self.scene.as_ref()?.rows.get(self.row?).map(|row| &row.entry.id)
    }

    /// Returns the data about which a condition or step decides.
    pub fn about(&self) -> Option<&Arc<About>> {
        self.about.as_ref().or_else(|| self.scene.as_ref().map(|scene| &scene.about))
    }
}

/// The operations of the calls of one question.
#[derive(Debug)]
pub(super) struct Meter {
    per_call: u64,
    rest: u64,
    /// The operations reserved for this question; further ones count for all.
    own: u64,
    used: u64,
}

impl Meter {
    /// Begins to count for a step that asks about some number of agents.
    pub fn begin(operations: u64, agents: usize) -> Self {
        let share = (operations / SHARE_PER_AGENT).saturating_mul(agents as u64);
        Meter { per_call: operations, rest: operations.saturating_add(share), own: operations / OWN_SHARE, used: 0 }
    }

    /// Returns the operations of the next call.
    fn granted(&self, allowance: Option<&Allowance>) -> u64 {
        self.per_call.min(self.rest).min(self.left_together(allowance))
    }

    /// Returns the operations that the next call has before its budget or the deadline is looked at.
    pub fn left(&self, about: &About) -> u64 {
        let granted = self.granted(Some(&about.allowance));
        if about.deadline.is_some() { granted.min(BETWEEN_LOOKS) } else { granted }
    }

    /// Returns the operations left of those shared by all, and those reserved for this question.
    fn left_together(&self, allowance: Option<&Allowance>) -> u64 {
        let Some(allowance) = allowance else { return u64::MAX };
        (self.own.saturating_add(allowance.left())).saturating_sub(self.used)
    }

    /// Counts the operations of a call.
    pub fn spend(&mut self, used: u64) {
        self.rest -= used;
        self.used += used;
    }

    /// Takes what was used beyond the operations reserved from those shared by all.
    pub fn settle(&self, allowance: &Allowance) {
        let beyond = self.used.saturating_sub(self.own);
        if beyond > 0 {
            allowance.take(beyond);
        }
    }
}

/// All calls of one step's script, under one allowance. A session that was running on the thread continues afterwards.
pub(super) struct Session {
    before: Option<(Option<Running>, u64, u64, Option<u64>)>,
    meter: Meter,
    allowance: Option<Allowance>,
    watched: bool,
    ended: Ended,
}

/// The budget whose end the last call reached, if any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    InTime,
    /// The budget of the call.
    Call,
    /// The budget of all calls of the question.
    Question,
    /// The budget of all questions of the instant.
    Together,
}

impl Session {
    /// Begins a session for a step that asks about some number of agents.
    pub fn begin(running: Running, operations: u64, agents: usize) -> Self {
        Session {
            watched: running.deadline.is_some(),
            allowance: running.allowance.clone(),
            before: Some((RUNNING.replace(Some(running)), LEFT.replace(0), REST.replace(0), GRACE.take())),
            meter: Meter::begin(operations, agents),
            ended: Ended::InTime,
        }
    }

    /// Makes a call within the allowance.
    pub fn call<T>(&mut self, make: impl FnOnce() -> T) -> T {
        let granted = self.meter.granted(self.allowance.as_ref());
        let left = if self.watched { granted.min(BETWEEN_LOOKS) } else { granted };
        LEFT.set(left);
        REST.set(granted - left);
        GRACE.set(None);
        let made = make();
        self.ended = match GRACE.take() {
            None => Ended::InTime,
            Some(_) if granted == self.meter.per_call => Ended::Call,
            Some(_) if granted == self.meter.rest => Ended::Question,
            Some(_) => Ended::Together,
        };
        self.meter.spend(granted - (LEFT.get() + REST.get()));
        made
    }

    /// Returns the result of the last call; a failure if it failed, or reached the end of a budget.
    pub fn answered<T>(&self, answer: Fallible<T>) -> Failed<T> {
        let Some(message) = self.spent() else { return answer.map_err(|error| failure::of(*error)) };
        let failure = answer.map_or_else(|error| *failure::of(*error), |_| Failure::new(OVER_BUDGET, ""));
        let failure = Failure { code: Id::from(OVER_BUDGET), message, ..failure };
        // A place in the script is left out if all questions together spent the budget: it says nothing about this script.
        Err(Box::new(match self.ended {
            Ended::Together => Failure { line: None, column: None, calls: Vec::new(), ..failure },
            Ended::InTime | Ended::Call | Ended::Question => failure,
        }))
    }

    fn spent(&self) -> Option<String> {
        match self.ended {
            Ended::InTime => None,
            Ended::Call => Some(format!("{SPENT}: a call has {}", self.meter.per_call)),
            Ended::Question => Some(format!("{SPENT}: the calls about all agents of the step together have no more")),
            Ended::Together => self.allowance.as_ref().map(|allowance| allowance.spent().message),
        }
    }

    /// Ends the session and returns its data.
    pub fn end(mut self) -> Running {
        self.restore().unwrap_or_default()
    }

    fn restore(&mut self) -> Option<Running> {
        let (running, left, rest, grace) = self.before.take()?;
        if let Some(allowance) = &self.allowance {
            self.meter.settle(allowance);
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

/// Runs code that is not part of a script, without counting.
pub(super) fn uncounted<T>(make: impl FnOnce() -> T) -> T {
    let left = LEFT.replace(u64::MAX);
    let made = make();
    LEFT.set(left);
    made
}

/// Reads or changes the data of the running call; returns `None` outside of calls.
pub(super) fn with_running<T>(tell: impl FnOnce(&mut Running) -> T) -> Option<T> {
    RUNNING.with_borrow_mut(|running| running.as_mut().map(tell))
}

/// Counts an operation of the language; returns the stop reason if none is left.
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

/// Continues after the end of the budget: Rhai has no position for a script that is stopped here, but the next access to a
/// variable, or call of a native function, does. A script that makes neither is stopped a little later.
#[cold]
fn grace() -> Result<(), &'static str> {
    let left = GRACE.get().unwrap_or(AFTER_THE_END);
    GRACE.set(Some(left.saturating_sub(1)));
    if left == 0 { Err(OVER_BUDGET) } else { Ok(()) }
}

/// Checks the deadline, and hands out more operations.
#[cold]
fn look(operations: u64) -> Result<(), &'static str> {
    // Without a borrow: the embedder's function may do anything, even ask another desk.
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

/// Counts the operations of a native function.
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

/// The value thrown when the budget is spent. A script that catches it is stopped soon after.
#[derive(Debug, Clone)]
pub(super) struct Spent;

/// Returns the operations that reading or creating bytes costs.
pub(super) fn operations_of(bytes: usize) -> u64 {
    (bytes / BYTES) as u64
}

/// Counts bytes that are read or created.
pub(super) fn charge_bytes(bytes: usize) -> Fallible<()> {
    charge(operations_of(bytes))
}

/// Counts rows or names that are read or compared.
pub(super) fn charge_rows(rows: usize) -> Fallible<()> {
    charge(rows.div_ceil(ROWS) as u64)
}

/// Counts the texts of a list before it is created.
pub(super) fn charge_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Fallible<()> {
    charge_bytes(texts.map(|text| TEXT_IN_LIST + text.len()).sum())
}

/// Counts a copied value by its size.
pub(super) fn charge_value(value: &Dynamic) -> Fallible<()> {
    charge_bytes(weight(value)?)
}

/// Counts a value that becomes an element of a list or map.
pub(super) fn charge_element(value: &Dynamic) -> Fallible<()> {
    charge_bytes(ELEMENT + weight(value)?)
}

/// Returns the bytes that copying a value touches, beyond the value itself.
///
/// Every value in use passes through here: when a variable is read, and when a native function takes or returns an element.
/// So no value gets much deeper than is allowed, and the recursive operations on it (copying, writing, comparing, freeing)
/// have enough stack.
///
/// # Errors
/// For a value that nests too deeply.
pub(super) fn weight(value: &Dynamic) -> Fallible<usize> {
    // Most values are views or numbers, which weigh nothing.
    if value.is_variant() || value.is_int() || value.is_bool() || value.is_unit() {
        return Ok(0);
    }
    weight_below(value, DEEPEST)
        .ok_or_else(|| EvalAltResult::ErrorDataTooLarge(NESTING.to_owned(), Position::NONE).into())
}

/// Returns the weight of a value with at most so many further levels; `None` if it nests deeper.
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
