//! The answers of a strategy: of the hook that chooses, an agent, its id, either with a reason, a dict of scores, or nobody.

use frontdesk::Id;
use frontdesk::Otherwise;
use frontdesk::strategies::{Admission, Choice, Failed, FallBack};
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString, PyTuple};

use super::AgentView;
use crate::problem::type_of;

/// Reads the choice; fails if it is not one. Exceptions of its methods are passed on.
pub fn choice(answer: &Bound<'_, PyAny>) -> PyResult<Result<Choice, Failed>> {
    if answer.is_none() {
        return Ok(Ok(Choice::Nobody));
    }
    if let Some(agent) = agent(answer)? {
        return Ok(agent.map(Choice::Agent));
    }
    if let Some((agent, because)) = with_reason(answer)? {
        return Ok(agent.map(|agent| Choice::Because(agent, because)));
    }
    if let Ok(scores) = answer.cast::<PyDict>() {
        return read_scores(scores.items().iter().map(|item| item.extract()));
    }
    if let Ok(scores) = answer.cast::<PyMapping>() {
        return read_scores(scores.items()?.iter().map(|item| item.extract()));
    }
    neither(answer, "a strategy gives an agent, its id, a dict of scores or None")
}

/// Reads whether an agent may be chosen.
pub fn admission(answer: &Bound<'_, PyAny>) -> PyResult<Result<Admission, Failed>> {
    if let Ok(may) = answer.cast::<PyBool>() {
        return Ok(Ok(if may.is_true() { Admission::Yes } else { Admission::No }));
    }
    if let Ok(because) = answer.cast::<PyString>() {
        return Ok(Ok(Admission::Because(because.to_string_lossy().into_owned())));
    }
    neither(answer, "eligible gives True, False or a text that says why not")
}

/// Reads a priority in the queue.
pub fn priority(answer: &Bound<'_, PyAny>) -> PyResult<Result<Option<i64>, Failed>> {
    if answer.is_none() {
        return Ok(Ok(None));
    }
    if answer.is_instance_of::<PyInt>() && !answer.is_instance_of::<PyBool>() {
        let priority = answer.extract::<i64>();
        return Ok(priority.map(Some).or_else(|_| nonsense("the priority is not within ±2^53")));
    }
    neither(answer, "priority gives a whole number or None")
}

/// Reads what follows when nobody is found.
pub fn fallback(answer: &Bound<'_, PyAny>) -> PyResult<Result<FallBack, Failed>> {
    const FORMS: &str = "fallback gives None, \"next\", the number of a later step, or an otherwise as in a rule";
    if answer.is_none() {
        return Ok(Ok(FallBack::GoOn));
    }
    if answer.is_instance_of::<PyInt>() && !answer.is_instance_of::<PyBool>() {
        let step = answer.extract::<usize>();
        return Ok(step.map(FallBack::Step).or_else(|_| nonsense(format!("there is no step {answer}"))));
    }
    if let Ok(word) = answer.cast::<PyString>() {
        return Ok(match &*word.to_string_lossy() {
            "next" => Ok(FallBack::Next),
            "queue" => Ok(FallBack::Otherwise(Otherwise::Queue)),
            "unassigned" => Ok(FallBack::Otherwise(Otherwise::Unassigned)),
            "notify_owner" => Ok(FallBack::Otherwise(Otherwise::NotifyOwner)),
            _ => nonsense(FORMS),
        });
    }
    let Ok(map) = answer.cast::<PyDict>() else { return neither(answer, FORMS) };
    let one = |key: &str| map.get_item(key).map(|value| value.and_then(|value| value.extract::<String>().ok()));
    Ok(match (map.len(), one("voicemail")?, one("bot")?) {
        (1, Some(id), None) => Ok(FallBack::Otherwise(Otherwise::Voicemail(Id::from(id)))),
        (1, None, Some(id)) => Ok(FallBack::Otherwise(Otherwise::Bot(Id::from(id)))),
        _ => nonsense(FORMS),
    })
}

/// Returns the failure for an answer of another type.
fn neither<T>(answer: &Bound<'_, PyAny>, forms: &str) -> PyResult<Result<T, Failed>> {
    // Closes a coroutine, or Python would also warn that it was never awaited.
    if answer.hasattr("cr_frame")? {
        answer.call_method0("close")?;
        return Ok(nonsense("a strategy cannot be async: the desk waits for its answer"));
    }
    Ok(nonsense(format!("{forms}, not {}", type_of(answer))))
}

/// Returns the agent and the reason of a pair of them.
fn with_reason(answer: &Bound<'_, PyAny>) -> PyResult<Option<(Result<Id, Failed>, String)>> {
    let Ok(pair) = answer.cast::<PyTuple>() else { return Ok(None) };
    if pair.len() != 2 {
        return Ok(None);
    }
    let (who, because) = (pair.get_item(0)?, pair.get_item(1)?);
    let Ok(because) = because.cast::<PyString>() else { return Ok(None) };
    Ok(agent(&who)?.map(|agent| (agent, because.to_string_lossy().into_owned())))
}

/// Returns the agent that a value names, if it names one.
fn agent(value: &Bound<'_, PyAny>) -> PyResult<Option<Result<Id, Failed>>> {
    if let Ok(agent) = value.cast::<AgentView>() {
        return Ok(Some(Ok(agent.get().core()?.id().clone())));
    }
    let Ok(id) = value.cast::<PyString>() else { return Ok(None) };
    let half = || nonsense("the id holds half a character (a lone surrogate)");
    Ok(Some(id.to_str().map(Id::from).or_else(|_| half())))
}

type Entry<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

fn read_scores<'py>(entries: impl Iterator<Item = PyResult<Entry<'py>>>) -> PyResult<Result<Choice, Failed>> {
    let mut scores = Vec::new();
    for entry in entries {
        let (key, value) = entry?;
        let id = match agent(&key)? {
            Some(Ok(id)) => id,
            Some(Err(failed)) => return Ok(Err(failed)),
            None => return Ok(nonsense(format!("scores are of agents or their ids, not of {}", type_of(&key)))),
        };
        if value.is_none() {
            continue;
        }
        match score(&value)? {
            Ok(score) => scores.push((id, score)),
            Err(failed) => return Ok(Err(failed)),
        }
    }
    Ok(Ok(Choice::Scores(scores)))
}

fn score(value: &Bound<'_, PyAny>) -> PyResult<Result<f64, Failed>> {
    let is_number =
        value.is_instance_of::<PyFloat>() || value.is_instance_of::<PyInt>() || value.hasattr("__float__")?;
    if !is_number || value.is_instance_of::<PyBool>() {
        return Ok(nonsense(format!("a score is a number or None, not {}", type_of(value))));
    }
    match value.extract::<f64>() {
        Ok(score) => Ok(Ok(score)),
        Err(error) if error.is_instance_of::<PyOverflowError>(value.py()) => Ok(nonsense("a score is too large")),
        Err(error) => Err(error),
    }
}

fn nonsense<T>(message: impl Into<String>) -> Result<T, Failed> {
    Err(Failed::new(message).with_code("invalid_result"))
}
