//! The results of tests, for people and for programs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use super::asserts::Broken;
use super::suite::{Outcome, Why};
use super::verb::Tested;
use crate::ask::json_line;
use crate::show::style::{BAD, FAINT, GOOD, STRONG, WAITING, paint};
use crate::show::{Cell, Column, Table, clean, of_lines, wrapped};

/// The parts of a script that no test reached: their number, and which.
pub struct Missed {
    pub path: PathBuf,
    pub hooks: (usize, Vec<(&'static str, usize)>),
    pub lines: (usize, BTreeSet<usize>),
}

/// Returns the results as text.
pub fn page(tested: &[Tested], coverage: Option<&[Missed]>) -> String {
    let mut page = String::new();
    for file in tested {
        page.push_str(&format!("{}\n", paint(STRONG, clean(&file.path.display().to_string()))));
        for outcome in &file.outcomes {
            page.push_str(&line(outcome));
        }
        page.push('\n');
    }
    for file in tested {
        for outcome in &file.outcomes {
            if let Some(why) = &outcome.failed {
                page.push_str(&failed(file, outcome, why));
                page.push('\n');
            }
        }
    }
    if let Some(missed) = coverage {
        page.push_str(&covered(missed));
        page.push('\n');
    }
    page.push_str(&summary(tested));
    page
}

fn line(outcome: &Outcome) -> String {
    let (style, word) = if outcome.failed.is_some() { (BAD, "FAILED") } else { (GOOD, "ok") };
    let gap = " ".repeat("FAILED".len() - word.len());
    format!("  {}{gap}  {}\n", paint(style, word), clean(&outcome.test))
}

fn summary(tested: &[Tested]) -> String {
    let outcomes = || tested.iter().flat_map(|it| &it.outcomes);
    let failed = outcomes().filter(|it| it.failed.is_some()).count();
    let passed = outcomes().count() - failed;
    let files = if tested.len() == 1 { "1 file".to_owned() } else { format!("{} files", tested.len()) };
    let failed_style = if failed == 0 { FAINT } else { BAD };
    let passed = paint(if passed == 0 { FAINT } else { GOOD }, format_args!("{passed} passed"));
    format!("{passed}, {} in {files}\n", paint(failed_style, format_args!("{failed} failed")))
}

/// Describes where and why a test failed.
fn failed(file: &Tested, outcome: &Outcome, why: &Why) -> String {
    let path = file.path.display();
    let (place, mut text, calls) = match why {
        Why::Broken(broken, calls) => (Some(broken.place), claimed(broken), calls),
        Why::Error(failure) => {
            let place = failure.line.map(|line| (line, failure.column.unwrap_or(1)));
            (place, indented(&format!("{}: {}", failure.code, failure.message)), &failure.calls)
        }
    };
    let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    for call in calls {
        text.push_str(&indented(&format!("called from {call}")));
    }
    for failure in &outcome.failures {
        text.push_str(&indented(&format!("a script failed: {failure}")));
    }
    for line in &outcome.log {
        text.push_str(&indented(&format!("log: {line}")));
    }
    let (test, place) = (clean(&outcome.test), clean(&format!("{path}{place}")));
    format!("{}  {}\n{place}\n{text}", paint(BAD, "FAILED"), paint(STRONG, test))
}

fn claimed(broken: &Broken) -> String {
    let mut text = indented(&broken.claim);
    if let Some(note) = &broken.note {
        text.push_str(&indented(note));
    }
    let sides = ["left", "right"];
    for ((name, value), side) in broken.values.iter().zip(sides) {
        // A constant is shown once.
        let of = if name.is_empty() || name == value { String::new() } else { format!("  {name}") };
        let shown = wrapped(&clean(value), of_lines() - 13);
        for (index, part) in shown.iter().enumerate() {
            let side = if index == 0 { side } else { "" };
            text.push_str(&format!("      {side:5}  {}", paint(WAITING, part)));
            let fits = index + 1 == shown.len() && 13 + part.len() + of.len() <= of_lines();
            text.push_str(&if fits { paint(FAINT, clean(&of)) } else { String::new() });
            text.push('\n');
        }
    }
    text
}

fn indented(text: &str) -> String {
    wrapped(&clean(text), of_lines() - 4).iter().map(|line| format!("    {line}\n")).collect()
}

/// Describes the parts that no test reached.
fn covered(missed: &[Missed]) -> String {
    let mut table = Table::new([Column::flexible("COVERAGE"), Column::number("HOOKS"), Column::number("LINES")]);
    for it in missed {
        let cell = |all: usize, missing: usize| {
            Cell::styled(if missing == 0 { GOOD } else { BAD }, format!("{} of {all}", all - missing))
        };
        table.row([
            it.path.display().to_string().into(),
            cell(it.hooks.0, it.hooks.1.len()),
            cell(it.lines.0, it.lines.1.len()),
        ]);
    }
    let mut page = table.render();
    for it in missed {
        let path = it.path.display();
        for (hook, line) in &it.hooks.1 {
            page.push_str(&format!("{path}:{line}: {hook} was never called\n"));
        }
        if !it.lines.1.is_empty() {
            let lines = if it.lines.1.len() == 1 { "line" } else { "lines" };
            let never = clean(&format!("{path}: {lines} never run: {}", ranges(&it.lines.1)));
            page.extend(wrapped(&never, of_lines()).iter().map(|line| format!("{line}\n")));
        }
    }
    page
}

/// Formats line numbers: `3, 5–7`.
fn ranges(lines: &BTreeSet<usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => ranges.push((*line, *line)),
        }
    }
    let text = ranges.iter().map(|(a, b)| if a == b { a.to_string() } else { format!("{a}–{b}") });
    text.collect::<Vec<_>>().join(", ")
}

/// Returns a JSON line for each test, and for each script whose coverage was asked for.
pub fn json(tested: &[Tested], missed: &[Missed]) -> String {
    let tests = tested.iter().flat_map(|file| file.outcomes.iter().map(|it| json_line(&TestLine::of(file, it))));
    let scripts = missed.iter().map(|it| json_line(&CoverageLine::of(it)));
    tests.chain(scripts).collect()
}

#[derive(Serialize)]
struct TestLine<'a> {
    file: String,
    test: &'a str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<ValueOf<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    calls: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    script_failures: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    log: &'a [String],
}

/// A side of a failed assertion: its text, and its value as a script would write it.
#[derive(Serialize)]
struct ValueOf<'a> {
    of: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct CoverageLine<'a> {
    file: String,
    hooks: usize,
    never_called: Vec<&'a str>,
    lines: usize,
    never_run: &'a BTreeSet<usize>,
}

impl<'a> TestLine<'a> {
    fn of(file: &Tested, outcome: &'a Outcome) -> Self {
        let mut line = TestLine {
            file: file.path.display().to_string(),
            test: &outcome.test,
            result: if outcome.failed.is_some() { "failed" } else { "passed" },
            line: None,
            column: None,
            code: None,
            message: None,
            note: None,
            values: Vec::new(),
            calls: &[],
            script_failures: &[],
            log: &[],
        };
        match &outcome.failed {
            None => return line,
            Some(Why::Broken(broken, calls)) => {
                (line.line, line.column) = (Some(broken.place.0), Some(broken.place.1));
                (line.message, line.note, line.calls) = (Some(broken.claim.as_str()), broken.note.as_deref(), calls);
                line.values = broken.values.iter().map(|(of, value)| ValueOf { of, value }).collect();
            }
            Some(Why::Error(failure)) => {
                (line.line, line.column) = (failure.line, failure.column);
                (line.code, line.message) = (Some(failure.code.as_str()), Some(failure.message.as_str()));
                line.calls = &failure.calls;
            }
        }
        TestLine { script_failures: &outcome.failures, log: &outcome.log, ..line }
    }
}

impl<'a> CoverageLine<'a> {
    fn of(it: &'a Missed) -> Self {
        CoverageLine {
            file: it.path.display().to_string(),
            hooks: it.hooks.0,
            never_called: it.hooks.1.iter().map(|(hook, _)| *hook).collect(),
            lines: it.lines.0,
            never_run: &it.lines.1,
        }
    }
}
