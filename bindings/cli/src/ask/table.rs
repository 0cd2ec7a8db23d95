//! `frontdesk table`: the agents with status, load and capacity.

use frontdesk::desk::{AgentRow, Filter};
use frontdesk::story::Names;
use frontdesk::time::{Instant, Zones};
use frontdesk::{Capacity, Desk, Id};

use super::json_line;
use super::status::{in_zone, until, why};
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows the agents that pass a filter.
pub fn table(options: &args::Table, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let at = options.at.in_zone(desk.time_zone())?;
    let rows = match &options.filter {
        Some(saved) => desk.table(desk.table_filter(saved)?, at)?,
        None => desk.table(&filter(options), at)?,
    };
    if options.json {
        return Ok(print_raw(&rows.iter().map(json_line).collect::<String>())?);
    }
    Ok(print(&page(&desk, &rows, at)?)?)
}

/// Returns the filter that the options make.
fn filter(options: &args::Table) -> Filter {
    let id = |text: &Option<String>| text.as_deref().map(Id::from);
    let (team, inbox, skill) = (id(&options.team), id(&options.inbox), id(&options.skill));
    Filter { state: options.state, team, inbox, skill, ..Filter::default() }
}

fn page(desk: &Desk, rows: &[AgentRow], at: Instant) -> Result<String, Failure> {
    let mut table = Table::new([
        Column::flexible("AGENT"),
        Column::flexible("TEAM"),
        Column::new("STATE"),
        Column::flexible("WHY").at_least(21),
        Column::new("UNTIL"),
        Column::number("HOLDS"),
        Column::new("TAKES"),
        Column::flexible("INBOXES").if_room(),
    ]);
    let names = Names::of(&desk.document());
    for row in rows {
        let state = row.status.state;
        table.row([
            Cell::styled(style::STRONG, names.agent(&row.agent)),
            row.team.as_deref().map(|team| names.team(team)).unwrap_or_default().into(),
            Cell::styled(style::of_state(state), state.as_str()),
            why(&row.status, &names).into(),
            until(row.status.until, at, desk.zone_of(&row.agent)?).into(),
            row.load.to_string().into(),
            row.capacity.as_ref().map(takes).unwrap_or_else(|| "any number".to_owned()).into(),
            works_in(&row.inboxes, &names).into(),
        ]);
    }
    let available = rows.iter().filter(|row| row.status.is_available()).count();
    let heading = title("Agents", &in_zone(at, desk.time_zone()));
    Ok(format!("{heading}\n{}\n{available} of {} available\n", table.render(), rows.len()))
}

/// Formats the capacity of an agent: `5`, `5, 3 chat`.
fn takes(capacity: &Capacity) -> String {
    let total = capacity.total.map(|total| total.to_string());
    let kinds = capacity.per_kind.iter().map(|(kind, limit)| format!("{limit} {kind}"));
    let limits: Vec<String> = total.into_iter().chain(kinds).collect();
    if limits.is_empty() { "any number".to_owned() } else { limits.join(", ") }
}

/// Names the inboxes of an agent: `Main, Claims`, or the first three of many.
fn works_in(inboxes: &[Id], names: &Names) -> String {
    const SHOWN: usize = 3;
    let named = inboxes.iter().take(SHOWN).map(|inbox| names.inbox(inbox).to_owned());
    let more = inboxes.len().saturating_sub(SHOWN);
    let rest = (more > 0).then(|| format!("{more} more"));
    named.chain(rest).collect::<Vec<_>>().join(", ")
}
