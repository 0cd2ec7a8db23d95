//! `frontdesk propose`: what a command would give.

use frontdesk::Options;
use frontdesk::time::Zones;

use super::lines::Lines;
use crate::args;
use crate::failure::{Failure, located};
use crate::input::read_desk_for_commands;
use crate::show::{print, print_raw};

/// Shows the events that a command would give after the commands of `--after`.
pub fn propose(options: &args::Propose, zones: &Zones) -> Result<(), Failure> {
    let mut desk = read_desk_for_commands(&options.desk, zones)?;
    let command = desk.read_command(&options.command).map_err(|problems| {
        Failure::Input(problems.iter().map(|problem| located("the command", None, problem)).collect())
    })?;
    let mut lines = Lines::of(&desk.document());
    let turn = desk.propose_with(&command, &Options::default().explain(options.explain))?;
    let events = turn.events();
    if options.turn {
        return Ok(print_raw(&(turn.to_json() + "\n"))?);
    }
    if options.json {
        return Ok(print_raw(&events.iter().map(|event| event.to_json() + "\n").collect::<String>())?);
    }
    events.iter().for_each(|event| lines.add(event));
    let page = lines.render();
    // The blank line at its end would part it from a summary.
    Ok(print(page.strip_suffix('\n').unwrap_or("Nothing happens.\n"))?)
}
