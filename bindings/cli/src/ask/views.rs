//! `frontdesk view`: the standard views, their pages and their counts.

use frontdesk::desk::{View, ViewRequest, ViewSort};
use frontdesk::time::Zones;
use frontdesk::{Desk, Id, Problems};

use super::conversations::{Dated, show_table};
use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, print, print_raw, style, title};

/// Shows a page of a view, or the number of conversations in each view.
pub fn view(options: &args::ViewPages, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    match options.asks_for_page() {
        true => page(&desk, options),
        false => counts(&desk, options),
    }
}

fn page(desk: &Desk, options: &args::ViewPages) -> Result<(), Failure> {
    let filter = options.filter.as_deref().map(|text| desk.read_filter(text).map_err(|problems| of_filter(&problems)));
    let filter = filter.transpose()?.unwrap_or_default();
    let usual = ViewRequest::default();
    let request = ViewRequest {
        view: options.view,
        by: options.by.as_deref().map(Id::from),
        filter,
        sort: options.sort.unwrap_or(usual.sort),
        limit: options.limit.unwrap_or(usual.limit),
        after: options.cursor.clone(),
    };
    let page = desk.view(&request)?;
    if options.json {
        return Ok(print_raw(&json_line(&page))?);
    }
    let subject = options.view.map_or("Conversations".to_owned(), in_words);
    let by_message = matches!(options.sort, Some(ViewSort::LastMessageNewest | ViewSort::LastMessageOldest));
    let dated = if by_message { Dated::LastMessage } else { Dated::Opened };
    show_table(desk, &subject, "There are none.", &page.conversations, dated)?;
    match page.next {
        Some(next) => Ok(print(&format!("\nThere are more: --cursor {next}\n"))?),
        None => Ok(()),
    }
}

fn counts(desk: &Desk, options: &args::ViewPages) -> Result<(), Failure> {
    let counts = desk.view_counts(options.by.as_deref(), None)?;
    if options.json {
        return Ok(print_raw(&json_line(&counts))?);
    }
    let mut table = Table::new([Column::new("VIEW"), Column::number("CONVERSATIONS")]);
    for (view, count) in counts.iter() {
        table.row([Cell::styled(style::STRONG, view.as_str()), count.to_string().into()]);
    }
    let at = desk.now().map(|now| in_zone(now, desk.time_zone())).unwrap_or_default();
    Ok(print(&format!("{}\n{}", title("Views", &at), table.render()))?)
}

/// Returns the failure of a filter with problems.
fn of_filter(problems: &Problems) -> Failure {
    Failure::Input(problems.iter().map(|problem| format!("--filter: {problem}")).collect())
}

/// Returns the name of a view as a heading.
fn in_words(view: View) -> String {
    let words = view.as_str().replace('_', " ");
    let (first, rest) = words.split_at(1);
    first.to_uppercase() + rest
}
