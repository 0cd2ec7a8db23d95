//! Runs the same commands under two sets of scripts, and compares decisions, waits and fairness.

mod page;
mod side;

use std::path::Path;

use frontdesk::time::{Instant, Zones};
use frontdesk::{Code, Id, Options, Problem};

use self::side::{Decided, Side};
use super::{Step, run};
use crate::args::{self, ScriptsArgument};
use crate::database;
use crate::failure::Failure;
use crate::input::{Commands, Source, check_inputs};
use crate::scripts::{Folder, scripted_desk};
use crate::show::{print, print_raw};

/// The first decision about a conversation that differs.
struct Difference<'a> {
    at: Instant,
    conversation: &'a Id,
    sides: [Option<&'a Decided>; 2],
}

/// Runs the commands with both sets, and shows the differences.
pub fn compare(options: &args::Replay, zones: &Zones) -> Result<(), Failure> {
    check_inputs(&options.run)?;
    let source = &options.run.desk.desk;
    let text = if matches!(source, Source::Database(_)) { String::new() } else { source.text()? };
    let folders = [options.run.desk.scripts.scripts.as_deref(), options.compare.as_deref()]
        .map(|folder| folder.unwrap_or(Path::new(".")));
    let [first, second] = folders.map(|folder| match source {
        Source::Database(address) => {
            database::read_desk(address, Some(&ScriptsArgument { scripts: Some(folder.to_owned()) }), zones)
        }
        Source::Standard | Source::File(_) => {
            let scripts = Folder::read(folder)?.compile()?;
            scripted_desk(source, &text, Some(scripts), zones)
        }
    });
    let (desk, mut other) = (first?, second?);
    let document = desk.document();
    let mut sides = [Side::of(&document), Side::of(&document)];
    let explained = Options::default().explain(true);
    run(&mut Commands::on(desk, &options.run.commands)?, |desk, step| {
        let [a, b] = &mut sides;
        let Step::Command(command) = &step else { return Err(decided()) };
        desk.handle_with(command, &explained)?.iter().for_each(|event| a.hear(event));
        other.handle_with(command, &explained)?.iter().for_each(|event| b.hear(event));
        Ok(())
    })?;
    let differences = differences(&sides);
    if options.json {
        return Ok(print_raw(&page::json(&differences, &sides))?);
    }
    let names = folders.map(|folder| folder.display().to_string());
    Ok(print(&page::page(&names, &differences, &sides, &document.time_zone))?)
}

/// Returns the problem of a turn, which is not decided again.
fn decided() -> Problem {
    Problem::new(Code::InvalidValue, "a turn is decided already, and scripts change nothing about it")
        .with_hint("give the commands")
}

/// Returns the differences, earliest first.
fn differences(sides: &[Side; 2]) -> Vec<Difference<'_>> {
    let [a, b] = sides;
    let mut differences: Vec<Difference<'_>> = a
        .decided
        .iter()
        .filter_map(|(conversation, first)| {
            let second = b.decided.get(conversation).map(Vec::as_slice).unwrap_or_default();
            let index =
                (0..first.len().max(second.len())).find(|index| !is_same(first.get(*index), second.get(*index)))?;
            let sides = [first.get(index), second.get(index)];
            let at = sides.iter().flatten().map(|it| it.at).min()?;
            Some(Difference { at, conversation, sides })
        })
        .collect();
    differences.sort_by(|a, b| (a.at, a.conversation).cmp(&(b.at, b.conversation)));
    differences
}

fn is_same(a: Option<&Decided>, b: Option<&Decided>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a.at, a.outcome, &a.to) == (b.at, b.outcome, &b.to),
        (a, b) => a.is_none() && b.is_none(),
    }
}
