//! Running commands on a desk, and reporting the events.

mod compare;
mod entries;
mod explain;
mod lines;
mod progress;
mod propose;
mod report;
mod summary;

pub use explain::explain;
pub use propose::propose;

use frontdesk::desk::Action;
use frontdesk::story::Names;
use frontdesk::time::Zones;
use frontdesk::{Code, Command, Desk, LEAP_EVENTS, Options, Problem};

use self::lines::Lines;
use self::progress::Progress;
use self::summary::Summary;
use crate::failure::{Failure, located};
use crate::input::Commands;
use crate::show::{print, print_raw};
use crate::{args, deadline};

/// Runs commands on a desk, and shows what happens.
pub fn replay(options: &args::Replay, zones: &Zones) -> Result<(), Failure> {
    if options.compare.is_some() {
        return compare::compare(options, zones);
    }
    let mut commands = Commands::open(&options.run, zones)?;
    let explained = Options::default().explain(options.explain);
    let handle = |desk: &mut Desk, command: &Command| desk.handle_with(command, &explained);
    if options.json {
        let mut page = String::new();
        run(&mut commands, |desk, command| {
            for event in handle(desk, command)? {
                page.push_str(&event.to_json());
                page.push('\n');
            }
            Ok(())
        })?;
        return Ok(print_raw(&page)?);
    }
    let document = commands.desk.document();
    let mut summary = Summary::of(&document);
    let mut lines = Lines::of(&document);
    let mut names = Names::of(&document);
    run(&mut commands, |desk, command| {
        for event in handle(desk, command)? {
            summary.count(&event);
            names.hear(&event);
            if !options.summary {
                lines.add(&event);
            }
        }
        Ok(())
    })?;
    Ok(print(&format!("{}{}", lines.render(), report::report(&summary, &names, &document.time_zone)))?)
}

/// The largest number of problems of commands that are shown: commands made by a program may repeat a mistake on every line.
const MOST_PROBLEMS: usize = 100;

/// Runs all commands, one after the other. Where one cannot be read, the rest is still read for further problems, but
/// nothing of what happened is worth showing.
pub fn run(
    commands: &mut Commands,
    mut handle: impl FnMut(&mut Desk, &Command) -> Result<(), Problem>,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut omitted = 0_usize;
    let mut progress = Progress::start();
    while let Some((number, text)) = commands.next_line()? {
        progress.step();
        deadline::check()?;
        let found = match text.map(|text| commands.desk.read_command(&text)) {
            Ok(Ok(command)) => {
                handle(&mut commands.desk, &command)?;
                report_stop(commands, number, &command);
                continue;
            }
            Ok(Err(found)) => {
                found.into_iter().map(|it| located(commands.source(), Some(number), &hinted(it))).collect()
            }
            Err(problem) => vec![problem],
        };
        let room = MOST_PROBLEMS.saturating_sub(problems.len());
        omitted += found.len().saturating_sub(room);
        problems.extend(found.into_iter().take(room));
    }
    if omitted > 0 {
        let plural = if omitted == 1 { "" } else { "s" };
        problems.push(format!("{}: and {omitted} more problem{plural}", commands.source()));
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Input(problems)) }
}

/// Reports that an advance stopped because too many events were due.
fn report_stop(commands: &Commands, line: usize, command: &Command) {
    let desk = &commands.desk;
    if let Some(now) = desk.now().filter(|_| command.action == Action::Advance && desk.is_due(command.at)) {
        let source = commands.source();
        anstream::eprintln!(
            "{source}:{line}: it stopped at {now}, as more than {LEAP_EVENTS} events fall due; advance again from there"
        );
    }
}

/// Adds a hint to the problem of a line that is not a command, but part of a larger JSON text.
fn hinted(problem: Problem) -> Problem {
    let is_no_object = problem.code == Code::InvalidJson || (problem.code == Code::WrongType && problem.path == "$");
    if is_no_object { problem.with_hint("write each command as an object on a line of its own") } else { problem }
}
