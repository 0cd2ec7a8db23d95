//! The answers of a callable: an agent, its id, a dict of scores, or nobody.

use frontdesk::Id;
use frontdesk::strategies::{Choice, Failed};
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString};

use super::AgentView;
use crate::problem::type_of;

/// Reads an answer; fails if it is not one. Exceptions of its methods are passed on.
pub fn read(answer: &Bound<'_, PyAny>) -> PyResult<Result<Choice, Failed>> {
    if answer.is_none() {
        return Ok(Ok(Choice::Nobody));
    }
    if let Some(agent) = agent(answer)? {
        return Ok(agent.map(Choice::Agent));
    }
    if let Ok(scores) = answer.cast::<PyDict>() {
        return read_scores(scores.items().iter().map(|item| item.extract()));
    }
    if let Ok(scores) = answer.cast::<PyMapping>() {
        return read_scores(scores.items()?.iter().map(|item| item.extract()));
    }
    // Closes a coroutine, or Python would also warn that it was never awaited.
    if answer.hasattr("cr_frame")? {
        answer.call_method0("close")?;
        return Ok(nonsense("a strategy cannot be async: the desk waits for its answer"));
    }
    Ok(nonsense(format!("a strategy gives an agent, its id, a dict of scores or None, not {}", type_of(answer))))
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
