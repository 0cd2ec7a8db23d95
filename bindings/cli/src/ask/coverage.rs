//! `frontdesk coverage`: the number of available agents over a range of time.

use frontdesk::story::{self, Names};
use frontdesk::time::{Duration, Instant, Span, Zone, Zones};
use frontdesk::{Coverage, CoverageStep, Desk, Id, Scope};
use serde::Serialize;

use super::status::in_zone;
use super::{json_line, staffing};
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, clean, print, print_raw, style, title};

/// One line of `coverage --by-team --json`.
#[derive(Serialize)]
struct OfTeam<'a> {
    team: &'a Id,
    #[serde(flatten)]
    coverage: &'a Coverage,
}

/// Counts the available agents, in exact spans or in steps.
pub fn coverage(options: &args::Coverage, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let range = options.range.in_zone(desk.time_zone())?;
    if options.by_team {
        return by_team(&desk, range, options.json);
    }
    let scope = scope(options);
    match options.step {
        Some(step) if options.who => staffing::in_steps(&desk, &scope, range, step, options.json),
        None if options.who => staffing::in_spans(&desk, &scope, range, options.json),
        Some(step) => in_steps(&desk, &scope, range, step, options.json),
        None => in_spans(&desk, &scope, range, options.json),
    }
}

fn scope(options: &args::Coverage) -> Scope {
    match (&options.team, &options.inbox) {
        (Some(team), _) if options.extra => Scope::TeamWithExtra(team.as_str().into()),
        (Some(team), _) => Scope::Team(team.as_str().into()),
        (None, Some(inbox)) => Scope::Inbox(inbox.as_str().into()),
        (None, None) => Scope::Everyone,
    }
}

fn by_team(desk: &Desk, range: Span, json: bool) -> Result<(), Failure> {
    let teams = desk.coverage_by_team(range)?;
    if json {
        let lines =
            teams.iter().flat_map(|(team, coverage)| coverage.iter().map(move |it| OfTeam { team, coverage: it }));
        return Ok(print_raw(&lines.map(|line| json_line(&line)).collect::<String>())?);
    }
    let zone = desk.time_zone();
    let names = Names::of(&desk.document());
    let mut page = heading(range, zone);
    for (team, coverage) in &teams {
        page.push_str(&format!(
            "\n{}\n{}",
            style::paint(style::STRONG, clean(names.team(team))),
            spans(coverage, zone).render()
        ));
    }
    Ok(print(&page)?)
}

fn in_spans(desk: &Desk, scope: &Scope, range: Span, json: bool) -> Result<(), Failure> {
    let found = desk.coverage(scope, range)?;
    if json {
        return Ok(print_raw(&found.iter().map(json_line).collect::<String>())?);
    }
    let zone = desk.time_zone();
    Ok(print(&format!("{}\n{}", heading(range, zone), spans(&found, zone).render()))?)
}

fn in_steps(desk: &Desk, scope: &Scope, range: Span, step: Duration, json: bool) -> Result<(), Failure> {
    let found = desk.coverage_steps(scope, range, step)?;
    if json {
        return Ok(print_raw(&found.iter().map(json_line).collect::<String>())?);
    }
    let zone = desk.time_zone();
    Ok(print(&format!("{}\n{}", heading(range, zone), steps(&found, zone).render()))?)
}

pub(super) fn heading(range: Span, zone: &Zone) -> String {
    title("Who is available", &format!("from {}", in_zone(range.start, zone)))
}

fn spans(found: &[Coverage], zone: &Zone) -> Table {
    let mut table =
        Table::new([Column::new("FROM"), Column::number("TO"), Column::new("FOR"), Column::number("AVAILABLE")]);
    for Coverage { span, available } in found {
        table.row([
            from(span.start, zone).into(),
            story::moment(span.end, span.start, zone).into(),
            Cell::styled(style::FAINT, story::about(span.millis())),
            counted(*available),
        ]);
    }
    table
}

fn steps(found: &[CoverageStep], zone: &Zone) -> Table {
    let mut table = Table::new([Column::new("FROM"), Column::number("AVAILABLE"), Column::number("AT LEAST")]);
    for CoverageStep { span, available, least } in found {
        table.row([from(span.start, zone).into(), counted(*available), counted(*least)]);
    }
    table
}

pub(super) fn from(at: Instant, zone: &Zone) -> String {
    format!("{} {}", story::day(at, zone), story::clock(at, zone))
}

pub(super) fn counted(count: u32) -> Cell {
    Cell::styled(if count == 0 { style::FAINT } else { style::GOOD }, count.to_string())
}
