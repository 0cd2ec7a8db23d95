//! `frontdesk inboxes`: the inboxes that an agent has access to, and those that the agent sees.

use frontdesk::story::Names;
use frontdesk::time::Zones;
use frontdesk::{Desk, Id};

use super::json_line;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows the inboxes of an agent.
pub fn inboxes(options: &args::Inboxes, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let inboxes = desk.inboxes_of(&options.agent)?;
    if options.json {
        return Ok(print_raw(&json_line(&inboxes))?);
    }
    Ok(print(&page(&desk, &options.agent, &inboxes.access, &inboxes.sees))?)
}

fn page(desk: &Desk, agent: &str, access: &[Id], sees: &[Id]) -> String {
    let document = desk.document();
    let names = Names::of(&document);
    let mut table = Table::new([Column::flexible("INBOX"), Column::new("ACCESS")]);
    for inbox in sees {
        let may = if access.contains(inbox) { "has access" } else { "sees it" };
        table.row([Cell::styled(style::STRONG, names.inbox(inbox)), may.into()]);
    }
    let heading = title(names.agent(agent), "");
    format!("{heading}\n{}\naccess to {} of {} inboxes\n", table.render(), access.len(), document.inboxes.len())
}
