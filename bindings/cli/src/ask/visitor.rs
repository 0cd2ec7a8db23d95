//! `frontdesk visitor`: the view of a visitor of a channel.

use frontdesk::story::Names;
use frontdesk::time::{Instant, Zone, Zones};
use frontdesk::{Desk, Id, Shown, VisitorState, VisitorView};

use super::json_line;
use super::status::{in_zone, until};
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows the view of a visitor.
pub fn visitor(options: &args::Visitor, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let at = options.at.in_zone(desk.time_zone())?;
    let id = |text: &Option<String>| text.as_deref().map(Id::from);
    if let Some(owner) = &options.owner {
        desk.zone_of(owner)?;
    }
    let (languages, known) = (options.languages.clone(), options.known);
    let who = frontdesk::Visitor { id: id(&options.visitor), owner: id(&options.owner), known, languages };
    let view = desk.visitor(&options.inbox, &options.channel, at, &who)?;
    if options.json {
        return Ok(print_raw(&json_line(&view))?);
    }
    let zone = zone_of(&desk, &options.inbox);
    let names = Names::of(&desk.document());
    let heading = title(&format!("{} / {}", names.inbox(&options.inbox), options.channel), &in_zone(at, &zone));
    Ok(print(&format!("{heading}\n{}", table(&view, at, &zone, &names).render()))?)
}

fn table(view: &VisitorView, at: Instant, zone: &Zone, names: &Names) -> Table {
    let mut table = Table::new([Column::new("A VISITOR"), Column::flexible("")]);
    table.row(["sees".into(), Cell::styled(of_state(view.state), view.state.as_str())]);
    if view.until.is_some() {
        table.row(["until".into(), until(view.until, at, zone).into()]);
    }
    if view.opens_at.is_some() && view.opens_at != view.until {
        table.row(["finds someone".into(), until(view.opens_at, at, zone).into()]);
    }
    let texts = [("reads", &view.message), ("gets a reply in", &view.reply_time)];
    for (what, text) in texts {
        if let Some(text) = text {
            table.row([what.into(), text.into()]);
        }
    }
    match &view.shows {
        Some(Shown::Agents(agents)) if !agents.is_empty() => {
            let agents: Vec<&str> = agents.iter().map(|agent| names.agent(agent)).collect();
            table.row(["is shown".into(), agents.join(", ").into()]);
        }
        Some(Shown::Name(name)) => table.row(["is shown".into(), name.into()]),
        _ => {}
    }
    table
}

fn of_state(state: VisitorState) -> anstyle::Style {
    match state {
        VisitorState::Online => style::GOOD,
        VisitorState::Away => style::WAITING,
        VisitorState::Closed | VisitorState::Hidden | _ => style::FAINT,
    }
}

/// Returns the zone of an inbox, in which its office hours are.
fn zone_of(desk: &Desk, inbox: &str) -> Zone {
    let document = desk.document();
    let own = document.inboxes.iter().find(|it| it.id == inbox).and_then(|it| it.time_zone.clone());
    own.unwrap_or(document.time_zone)
}
