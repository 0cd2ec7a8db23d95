//! `frontdesk check`: problems and warnings of a desk document.

use frontdesk::time::Zones;
use frontdesk::{Document, Problem};

use crate::args::Check;
use crate::failure::{Failure, located};
use crate::input::{Source, read_desk_for_commands};
use crate::scripts::scripted_desk;
use crate::show::{clean, print};

/// Summarises a valid document, and prints its warnings.
pub fn check(check: &Check, zones: &Zones) -> Result<(), Failure> {
    let source = &check.desk.desk;
    let (desk, warnings) = match (source, &check.desk.after) {
        (Source::Standard | Source::File(_), None) => {
            let text = source.text()?;
            let desk = scripted_desk(source, &text, check.desk.scripts.compile()?, zones)?;
            let warnings = desk.warnings_in(&text);
            (desk, warnings)
        }
        // A warning about a change made by commands, or about a desk in a database, has no position in a text.
        _ => {
            let desk = read_desk_for_commands(&check.desk, zones)?;
            let warnings = desk.warnings();
            (desk, warnings)
        }
    };
    if check.strict && !warnings.is_empty() {
        let problems = warnings.into_iter().map(Problem::as_error);
        return Err(Failure::Input(problems.map(|it| warned(check, it)).collect()));
    }
    let count = warnings.len();
    for warning in warnings {
        anstream::eprintln!("{}", clean(&warned(check, warning)));
    }
    let line = format!("{source} is sound: {}{}.", contents(&desk.document()), with_warnings(count));
    Ok(print(&(clean(&line) + "\n"))?)
}

/// Formats a warning as a line, with its place in the document or in the file of a script.
fn warned(check: &Check, mut warning: Problem) -> String {
    match &check.desk.scripts.scripts {
        Some(folder) if !warning.path.starts_with('$') => {
            let file = folder.join(std::mem::take(&mut warning.path));
            located(file.display(), None, &warning)
        }
        _ => located(&check.desk.desk, None, &warning),
    }
}

/// Counts what a document has.
pub fn contents(document: &Document) -> String {
    let channels = || document.inboxes.iter().flat_map(|inbox| &inbox.channels);
    let rules = channels().map(|channel| channel.rules.len()).sum();
    let counts = [
        counted(document.agents.len(), "agent", "agents"),
        counted(document.teams.len(), "team", "teams"),
        counted(document.inboxes.len(), "inbox", "inboxes"),
        counted(channels().count(), "channel", "channels"),
    ];
    format!("{} and {}", counts.join(", "), counted(rules, "rule", "rules"))
}

fn with_warnings(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", with {}", counted(count, "warning", "warnings")) }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
