//! Running commands on a desk, and reporting the events.

mod compare;
mod diff;
mod entries;
mod explain;
mod lines;
mod progress;
mod propose;
mod report;
mod step;
mod summary;
mod turns;

pub use diff::diff;
pub use explain::explain;
pub use propose::propose;

use frontdesk::desk::Action;
use frontdesk::story::Names;
use frontdesk::time::{Instant, Zones};
use frontdesk::{Code, Desk, LEAP_EVENTS, Options, Problem};

pub use self::lines::Lines;
use self::progress::Progress;
pub use self::step::Step;
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
    if options.turns {
        return turns::turns(&mut commands, &explained);
    }
    if options.json {
        let mut page = String::new();
        run(&mut commands, |desk, step| {
            for event in step.take(desk, &explained)? {
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
    run(&mut commands, |desk, step| {
        for event in step.take(desk, &explained)? {
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

/// Runs all commands and turns, one after the other. Where one cannot be read, the rest is still read for further problems, but
/// nothing of what happened is worth showing.
pub fn run(
    commands: &mut Commands,
    mut take: impl FnMut(&mut Desk, Step) -> Result<(), Problem>,
) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut omitted = 0_usize;
    let mut progress = Progress::start();
    while let Some((number, text)) = commands.next_line()? {
        progress.step();
        deadline::check()?;
        let found = match text.map(|text| Step::read(&commands.desk, &text)) {
            // After a line that cannot be read, the turns that follow fit no more.
            Ok(Ok(Step::Turn(_))) if !problems.is_empty() => continue,
            Ok(Ok(step)) => {
                let advance = advance(&step);
                let turn = matches!(step, Step::Turn(_));
                match take(&mut commands.desk, step) {
                    Err(problem) if turn => {
                        return Err(Failure::Input(vec![located(commands.source(), Some(number), &problem)]));
                    }
                    taken => taken?,
                }
                report_stop(commands, number, advance);
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

/// Returns the instant that a step advances to.
fn advance(step: &Step) -> Option<Instant> {
    match step {
        Step::Command(command) if command.action == Action::Advance => Some(command.at),
        Step::Command(_) | Step::Turn(_) => None,
    }
}

/// Reports that an advance stopped because too many events were due.
fn report_stop(commands: &Commands, line: usize, advance: Option<Instant>) {
    let desk = &commands.desk;
    if let Some(now) = desk.now().filter(|_| advance.is_some_and(|at| desk.is_due(at))) {
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
