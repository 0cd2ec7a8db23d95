//! `frontdesk status`: the status of agents at an instant, with its reason and end.

use frontdesk::story::{self, Names};
use frontdesk::time::{Instant, Zone, Zones};
use frontdesk::{Agent, Desk, Id, Status};
use serde::Serialize;

use super::json_line;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// One line of `status --json`.
#[derive(Serialize)]
struct Answer<'a> {
    agent: &'a Id,
    #[serde(flatten)]
    status: &'a Status,
}

/// An agent with its status, and the zone in which times are shown.
struct Entry<'a> {
    agent: &'a Agent,
    status: Status,
    zone: &'a Zone,
}

/// Shows the status of all agents of a desk, or of one.
pub fn status(options: &args::Status, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let at = options.at.in_zone(desk.time_zone())?;
    if let Some(agent) = &options.agent {
        desk.zone_of(agent)?;
    }
    let wanted = |id: &Id| options.agent.as_ref().is_none_or(|agent| id == agent.as_str());
    let agents = desk.agents().filter(|agent| wanted(&agent.id));
    let entries: Result<Vec<Entry<'_>>, Failure> = agents
        .map(|agent| Ok(Entry { agent, status: desk.status(&agent.id, at)?, zone: desk.zone_of(&agent.id)? }))
        .collect();
    let entries = entries?;
    if options.json {
        let lines = entries.iter().map(|it| json_line(&Answer { agent: &it.agent.id, status: &it.status }));
        return Ok(print_raw(&lines.collect::<String>())?);
    }
    Ok(print(&page(&desk, &entries, at))?)
}

fn page(desk: &Desk, entries: &[Entry<'_>], at: Instant) -> String {
    let zone = entries.first().map_or_else(|| desk.time_zone().clone(), |it| it.zone.clone());
    let one_zone = entries.iter().all(|it| *it.zone == zone);
    let mut columns = vec![
        Column::flexible("AGENT"),
        Column::new("STATE"),
        Column::flexible("WHY").at_least(21),
        Column::new("UNTIL"),
    ];
    if !one_zone {
        columns.push(Column::flexible("ZONE"));
    }
    let names = Names::of(&desk.document());
    let mut table = Table::new(columns);
    for entry in entries {
        let state = entry.status.state;
        let mut row = vec![
            Cell::styled(style::STRONG, names.agent(&entry.agent.id)),
            Cell::styled(style::of_state(state), state.as_str()),
            why(&entry.status, &names).into(),
            until(entry.status.until, at, entry.zone).into(),
        ];
        if !one_zone {
            row.push(Cell::styled(style::FAINT, entry.zone.name()));
        }
        table.row(row);
    }
    let heading = if one_zone { in_zone(at, &zone) } else { in_zone(at, desk.time_zone()) };
    let available = entries.iter().filter(|it| it.status.is_available()).count();
    let footer = format!("\n{available} of {} available\n", entries.len());
    format!("{}\n{}{footer}", title("Who is available", &heading), table.render())
}

/// Returns an instant as date, time and zone.
pub fn in_zone(at: Instant, zone: &Zone) -> String {
    format!("{} {} {}", story::day(at, zone), story::clock(at, zone), zone.name())
}

/// Describes why an agent is available or away, with the note.
pub fn why(status: &Status, names: &Names) -> String {
    let own = status.status.as_deref().map(|own| Id::from(names.status(own)));
    let reason = story::reason(status.reason, own.as_ref(), status.by.as_ref());
    match &status.note {
        Some(note) => format!("{reason}: {note}"),
        None => reason,
    }
}

/// Describes when something ends: `Mon 09:00, in 14 h`.
pub fn until(until: Option<Instant>, at: Instant, zone: &Zone) -> String {
    let Some(until) = until else { return "no end in sight".to_owned() };
    format!("{}, in {}", story::moment(until, at, zone), story::about(until.millis_since(at)))
}
