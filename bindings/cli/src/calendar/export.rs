//! `frontdesk export`: what a desk knows of an agent, as iCalendar.

use std::time::{SystemTime, UNIX_EPOCH};

use frontdesk::calendar::Writer;
use frontdesk::time::{Instant, Span, Zones};
use frontdesk::{Agent, Desk, Document, WeeklyHours};

use super::args::Export;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::print_raw;

/// Prints a calendar.
pub fn export(asked: &Export, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&asked.desk.desk, zones)?;
    let zone = desk.zone_of(&asked.agent)?;
    let document = desk.document();
    let Some(agent) = document.agents.iter().find(|agent| agent.id == asked.agent.as_str()) else { return Ok(()) };
    let writer = Writer { agent: &agent.id, name: agent.display_name(), zone, at: asked.at.map_or_else(now, Ok)? };
    let text = if asked.availability {
        writer.hours(hours_of(&document, agent), &agent.date_hours)
    } else if let (true, Some(start), Some(end)) = (asked.free_busy, asked.start, asked.end) {
        free_busy(&desk, &writer, start, end)?
    } else {
        writer.absences(&agent.out_of_office)
    };
    Ok(print_raw(&text)?)
}

fn free_busy(desk: &Desk, writer: &Writer<'_>, start: Instant, end: Instant) -> Result<String, Failure> {
    if start > end {
        return Err(Failure::Usage("the range ends before it starts: --end is earlier than --start".to_owned()));
    }
    let range = Span::new(start, end);
    Ok(writer.free_busy(&desk.schedule(writer.agent, range)?, range))
}

/// The weekly hours of an agent: their own, their main team's, or the desk's.
fn hours_of<'d>(document: &'d Document, agent: &'d Agent) -> Option<&'d [WeeklyHours]> {
    let team = document.teams.iter().find(|team| Some(&team.id) == agent.team.as_ref());
    let of_team = || team.and_then(|team| team.working_hours.as_deref());
    agent.working_hours.as_deref().or_else(of_team).or(document.working_hours.as_deref())
}

fn now() -> Result<Instant, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))?)
}
