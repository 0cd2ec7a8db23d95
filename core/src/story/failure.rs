//! Scripts and strategies of the embedder: their names, and their failures.

use super::words::spoken;
use crate::model::OnError;
use crate::routing::Failure;

/// Returns a strategy in words.
pub(super) fn by_what(strategy: &str) -> String {
    match (strategy.strip_prefix("script:"), strategy.strip_prefix("strategy:")) {
        (None, None) => spoken(strategy),
        (script, own) => whose(script, own).map(|whose| format!("the {whose}")).unwrap_or_default(),
    }
}

/// Names the script or the strategy of the embedder that was asked.
pub(super) fn whose(script: Option<&str>, strategy: Option<&str>) -> Option<String> {
    let script = script.map(|script| format!("script {script}"));
    script.or_else(|| strategy.map(|strategy| format!("strategy {strategy}")))
}

/// Describes the failure of a script or strategy, with its place and the consequence.
pub(super) fn failure_text(step: Option<usize>, failure: &Failure, on_error: Option<&str>) -> String {
    let Failure { script, strategy, hook, message, file, line, .. } = failure;
    let asked = whose(script.as_deref(), strategy.as_deref());
    let what = match &asked {
        Some(asked) => format!("The {asked} failed in {hook}"),
        None => "The condition of a rule failed".to_owned(),
    };
    let place = match (file, line) {
        (Some(file), Some(line)) => format!(" ({file}, line {line})"),
        _ => String::new(),
    };
    let instead = match (step, on_error) {
        (Some(step), Some(word)) if word == OnError::SkipStep.as_str() => format!("; step {step} found nobody"),
        (Some(step), Some(strategy)) => format!("; {} chose at step {step}", spoken(strategy)),
        (_, _) if asked.is_none() => "; the rule was passed over".to_owned(),
        _ => String::new(),
    };
    let message = message.trim_end_matches('.');
    format!("{what}{place}: {message}{instead}.")
}
