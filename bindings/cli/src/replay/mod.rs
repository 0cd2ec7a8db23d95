//! Running commands on a desk, and telling what happens.

mod explain;
mod lines;
mod progress;
mod report;
mod summary;

pub use explain::explain;

use frontdesk::time::Zones;
use frontdesk::{Command, Desk};

use self::lines::Lines;
use self::progress::Progress;
use self::summary::Summary;
use crate::args;
use crate::failure::{Failure, located};
use crate::input::Commands;
use crate::show::{print, print_raw};

/// Runs commands on a desk, and shows what happens.
pub fn replay(asked: &args::Replay, zones: &Zones) -> Result<(), Failure> {
    let mut commands = Commands::open(&asked.run, zones)?;
    let handle = if asked.explain { Desk::handle_explained } else { Desk::handle };
    if asked.json {
        let mut page = String::new();
        run(&mut commands, |desk, command| {
            for event in handle(desk, command) {
                page.push_str(&event.to_json());
                page.push('\n');
            }
        })?;
        return Ok(print_raw(&page)?);
    }
    let document = commands.desk.document();
    let mut summary = Summary::of(&document);
    let mut lines = Lines::in_zone(document.time_zone.clone());
    run(&mut commands, |desk, command| {
        for event in handle(desk, command) {
            summary.count(&event);
            if !asked.summary {
                lines.add(&event);
            }
        }
    })?;
    Ok(print(&(lines.render() + &report::report(&summary, &document.time_zone)))?)
}

/// Runs all commands, one after the other. Where one cannot be read, the rest is still read for further problems, but
/// nothing of what happened is worth showing.
fn run(commands: &mut Commands, mut handle: impl FnMut(&mut Desk, &Command)) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut progress = Progress::start();
    while let Some((number, text)) = commands.next_line()? {
        progress.step();
        match text.map(|text| commands.desk.read_command(&text)) {
            Ok(Ok(command)) => handle(&mut commands.desk, &command),
            Ok(Err(found)) => problems.extend(found.iter().map(|it| located(commands.source(), Some(number), it))),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Input(problems)) }
}
