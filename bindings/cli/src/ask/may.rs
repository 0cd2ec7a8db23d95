//! `frontdesk may`: whether a command is allowed now, and if not, why.

use frontdesk::desk::May;
use frontdesk::story::{self, Names};
use frontdesk::time::{Instant, Zone, Zones};
use frontdesk::{Code, Command};

use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::{Failure, located};
use crate::input::{check_apart, read_desk_for_commands};
use crate::show::{clean, of_lines, print, print_raw, title, wrapped};

/// Says whether a command is allowed after the commands of `--after`.
pub fn may(options: &args::May, zones: &Zones) -> Result<(), Failure> {
    let sources = [Some(&options.desk.desk), options.desk.after.as_ref(), options.command.source()];
    check_apart(&sources, "only one of the desk, the commands and the command")?;
    let text = options.command.text()?;
    let mut desk = read_desk_for_commands(&options.desk, zones)?;
    let command = desk.read_command(&text).map_err(|problems| {
        let whose = options.command.source().map_or("the command".to_owned(), ToString::to_string);
        Failure::Input(problems.iter().map(|problem| located(&whose, None, problem)).collect())
    })?;
    let may = desk.may(&command);
    if options.json {
        return Ok(print_raw(&json_line(&may))?);
    }
    let names = Names::of(&desk.document());
    Ok(print(&page(&command, &may, &names, desk.time_zone()))?)
}

/// Returns the answer as a page.
fn page(command: &Command, may: &May, names: &Names, zone: &Zone) -> String {
    let kind = command.action.as_str().replace('_', " ");
    let who = command.by.as_ref().map(|by| format!(", by {}", names.agent(by))).unwrap_or_default();
    let mut page = title(&clean(&format!("{kind}{who}")), &in_zone(command.at, zone)) + "\n";
    for line in lines(command.at, may, names, zone) {
        page.push_str(&format!("{}\n", wrapped(&clean(&line), of_lines()).join("\n")));
    }
    page
}

fn lines(at: Instant, may: &May, names: &Names, zone: &Zone) -> Vec<String> {
    let when = |at: Instant| format!("{} {}", story::day(at, zone), story::clock(at, zone));
    let mut lines = Vec::new();
    match &may.refusal {
        None => lines.push("It is allowed.".to_owned()),
        Some(refusal) => {
            // The message of a leap names the instant to advance to, as a command takes it.
            let is_leap = refusal.code == Code::LeapTooLong;
            let message = match is_leap {
                true => refusal.message.clone(),
                false => story::with_moments(&refusal.message, at, zone),
            };
            lines.push(format!("It is refused, {}: {message}.", refusal.code));
            let from = refusal.until.filter(|_| !is_leap);
            lines.extend(from.map(|from| format!("It is allowed from {} on.", when(from))));
        }
    }
    if let (Some(agent), Some(absent)) = (&may.agent, &may.substitute_for) {
        lines.push(format!("{} stands in for {}.", names.agent(agent), names.agent(absent)));
    }
    let windows =
        may.reply_window.map(|ends| [("Automated messages", ends.automated), ("Replies of people", ends.person)]);
    for (what, end) in windows.into_iter().flatten() {
        lines.extend(end.map(|end| {
            if at < end {
                format!("{what}: until {}.", when(end))
            } else {
                format!("{what}: closed since {}.", when(end))
            }
        }));
    }
    lines
}
