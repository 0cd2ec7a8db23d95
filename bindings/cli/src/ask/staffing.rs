//! `frontdesk coverage --who`: the available agents over a range of time.

use frontdesk::story::{self, Names};
use frontdesk::time::{Duration, Span};
use frontdesk::{Desk, Id, Scope};

use super::coverage::{counted, from, heading};
use super::json_line;
use crate::failure::Failure;
use crate::show::{Cell, Column, Table, print, print_raw, style};

/// The smallest width for names, in columns.
const NAMES: usize = 20;

/// Shows the available agents in exact spans; a new span begins whenever one of them changes.
pub fn in_spans(desk: &Desk, scope: &Scope, range: Span, json: bool) -> Result<(), Failure> {
    let found = desk.staffing(scope, range)?;
    if json {
        return Ok(print_raw(&found.iter().map(json_line).collect::<String>())?);
    }
    let (zone, names) = (desk.time_zone(), Names::of(&desk.document()));
    let who = Column::wrapping("WHO").at_least(NAMES);
    let mut table = Table::new([Column::new("FROM"), Column::number("TO"), Column::number("AVAILABLE"), who]);
    for it in &found {
        table.row([
            from(it.span.start, zone).into(),
            story::moment(it.span.end, it.span.start, zone).into(),
            number_of(&it.agents),
            named(&it.agents, &names),
        ]);
    }
    Ok(print(&format!("{}\n{}", heading(range, zone), table.render()))?)
}

/// Shows the agents available at the beginning of each step.
pub fn in_steps(desk: &Desk, scope: &Scope, range: Span, step: Duration, json: bool) -> Result<(), Failure> {
    let found = desk.staffing_steps(scope, range, step)?;
    if json {
        return Ok(print_raw(&found.iter().map(json_line).collect::<String>())?);
    }
    let (zone, names) = (desk.time_zone(), Names::of(&desk.document()));
    let who = Column::wrapping("WHO").at_least(NAMES);
    let mut table = Table::new([Column::new("FROM"), Column::number("AVAILABLE"), Column::number("AT LEAST"), who]);
    for it in &found {
        table.row([
            from(it.span.start, zone).into(),
            number_of(&it.agents),
            counted(it.least),
            named(&it.agents, &names),
        ]);
    }
    Ok(print(&format!("{}\n{}", heading(range, zone), table.render()))?)
}

fn number_of(agents: &[Id]) -> Cell {
    counted(u32::try_from(agents.len()).unwrap_or(u32::MAX))
}

fn named(agents: &[Id], names: &Names) -> Cell {
    if agents.is_empty() {
        return Cell::styled(style::FAINT, "nobody");
    }
    agents.iter().map(|agent| names.agent(agent)).collect::<Vec<_>>().join(", ").into()
}
