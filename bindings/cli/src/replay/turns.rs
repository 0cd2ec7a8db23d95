//! `frontdesk replay --turns`: a log of turns.

use frontdesk::{Desk, Options, Problem, Turn};

use super::run;
use super::step::Step;
use crate::failure::Failure;
use crate::input::Commands;
use crate::show::print_raw;

/// Prints the turns of a run, one a line. A log that begins here begins with the document.
pub fn turns(commands: &mut Commands, options: &Options) -> Result<(), Failure> {
    if commands.desk.turn() == 0 && commands.desk.now().is_some() {
        let message = "a log of turns begins with the document: give --after turns, or all commands at once";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut page = String::new();
    let mut print = |turn: &Turn| {
        if turn.turn().is_some() {
            page.push_str(&turn.to_json());
            page.push('\n');
        }
    };
    run(commands, |desk, step| {
        begin(desk, &step)?.iter().for_each(&mut print);
        print(&step.follow(desk, options)?);
        Ok(())
    })?;
    begin_without(&mut commands.desk)?.iter().for_each(&mut print);
    Ok(print_raw(&page)?)
}

/// Returns the first turn, if a log begins that does not have it yet.
fn begin(desk: &mut Desk, step: &Step) -> Result<Option<Turn>, Problem> {
    match step {
        Step::Turn(turn) if turn.document().is_some() => Ok(None),
        Step::Turn(_) | Step::Command(_) => begin_without(desk),
    }
}

/// Returns the first turn of a desk that had none.
fn begin_without(desk: &mut Desk) -> Result<Option<Turn>, Problem> {
    if desk.turn() > 0 {
        return Ok(None);
    }
    let first = Turn::first(desk.document());
    desk.apply(&first)?;
    Ok(Some(first))
}
