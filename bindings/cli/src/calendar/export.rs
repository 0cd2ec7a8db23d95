//! `frontdesk export`: absences, hours or free/busy time of an agent as iCalendar.

use frontdesk::calendar::Writer;
use frontdesk::time::{Span, Zones};
use frontdesk::{Agent, Desk, Document, WeeklyHours};

use super::args::Export;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::print_raw;
use crate::when::{When, span};

/// Prints a calendar.
pub fn export(options: &Export, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let zone = desk.zone_of(&options.agent)?;
    let document = desk.document();
    let at = options.at.unwrap_or(When::Now).in_zone(desk.time_zone())?;
    let Some(agent) = document.agents.iter().find(|agent| agent.id == options.agent.as_str()) else { return Ok(()) };
    let writer = Writer { agent: &agent.id, name: agent.display_name(), zone, at };
    let text = if options.availability {
        writer.hours(hours_of(&document, agent), &agent.date_hours)
    } else if let (true, Some(start), Some(end)) = (options.free_busy, options.start, options.end) {
        free_busy(&desk, &writer, span(start.in_zone(desk.time_zone())?, end.in_zone(desk.time_zone())?)?)?
    } else {
        writer.absences(&agent.out_of_office)
    };
    Ok(print_raw(&text)?)
}

fn free_busy(desk: &Desk, writer: &Writer<'_>, range: Span) -> Result<String, Failure> {
    Ok(writer.free_busy(&desk.schedule(writer.agent, range)?, range))
}

/// Returns the weekly hours of an agent: their own, those of the main team, or those of the desk.
fn hours_of<'d>(document: &'d Document, agent: &'d Agent) -> Option<&'d [WeeklyHours]> {
    let team = document.teams.iter().find(|team| Some(&team.id) == agent.team.as_ref());
    let of_team = || team.and_then(|team| team.working_hours.as_deref());
    agent.working_hours.as_deref().or_else(of_team).or(document.working_hours.as_deref())
}
