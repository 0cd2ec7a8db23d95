//! Arguments of the verbs about calendars.

use chrono::NaiveDate;
use clap::{ArgGroup, Args};
use frontdesk::calendar::{Away, ShownAs};

use crate::args::{DeskArgument, DocumentArgument};
use crate::input::Source;
use crate::when::When;

const IMPORT_USAGE: &str = "frontdesk import [OPTIONS] --agent <ID> <DESK> <CALENDAR>
       frontdesk import [OPTIONS] --holidays <ID> <DESK> <CALENDAR>";

/// Take absences, working hours or holidays from a calendar, and print the new document.
#[derive(Debug, Args)]
#[command(override_usage = IMPORT_USAGE)]
#[command(group = ArgGroup::new("what").required(true).args(["agent", "holidays"]))]
pub struct Import {
    #[command(flatten)]
    pub desk: DocumentArgument,
    /// The calendar, iCalendar or JSON; - is standard input
    pub calendar: Source,
    /// The agent who owns the calendar
    #[arg(long, value_name = "ID")]
    pub agent: Option<String>,
    /// Take hours (VAVAILABILITY) instead of absences
    #[arg(long, requires = "agent")]
    pub hours: bool,
    /// Take holidays, into the entry of this id
    #[arg(long, value_name = "ID")]
    pub holidays: Option<String>,
    #[command(flatten)]
    pub away: AwayArguments,
    /// The name of this calendar, if an agent has several
    #[arg(long, value_name = "NAME", conflicts_with_all = ["hours", "holidays"])]
    pub name: Option<String>,
    /// Drop all other absences, also those entered by hand
    #[arg(long, conflicts_with_all = ["hours", "holidays", "name"])]
    pub replace: bool,
    /// The first date to take holidays of: 2026-01-01
    #[arg(long, value_name = "DATE", requires = "holidays")]
    pub first_day: Option<NaiveDate>,
    /// The last date; required if holidays have no end
    #[arg(long, value_name = "DATE", requires = "holidays")]
    pub last_day: Option<NaiveDate>,
    /// Show the changes instead of the new document
    #[arg(long)]
    pub dry_run: bool,
    /// Print one JSON object
    #[arg(long, requires = "dry_run")]
    pub json: bool,
}

/// The options that decide which events count as being away.
#[derive(Debug, Args)]
pub struct AwayArguments {
    /// Count events shown as oof, busy or tentative
    #[arg(long, value_name = "SHOWN_AS", value_parser = shown_as, conflicts_with_all = ["hours", "holidays"])]
    pub away: Option<ShownAs>,
    /// Count events of this category (repeatable)
    #[arg(long, value_name = "NAME", conflicts_with = "hours")]
    pub category: Vec<String>,
    /// Count events so titled, * for any text (repeatable)
    #[arg(long, value_name = "PATTERN", conflicts_with = "hours")]
    pub summary: Vec<String>,
    /// Ignore events declined by this address (repeatable)
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["hours", "holidays"])]
    pub email: Vec<String>,
}

impl AwayArguments {
    /// Returns the events that count: the default ones, unless an option is given.
    pub fn policy(&self) -> Away {
        let usual = Away::default();
        let is_said = !self.category.is_empty() || !self.summary.is_empty();
        Away {
            shown_as: if is_said { self.away } else { self.away.or(usual.shown_as) },
            categories: self.category.clone(),
            summaries: if is_said || self.away.is_some() { self.summary.clone() } else { usual.summaries },
            emails: self.email.clone(),
        }
    }
}

fn shown_as(text: &str) -> Result<ShownAs, String> {
    let text = if text == "oof" { ShownAs::OutOfOffice.as_str() } else { text };
    match text.parse() {
        Ok(known @ (ShownAs::OutOfOffice | ShownAs::Busy | ShownAs::Tentative)) => Ok(known),
        _ => Err("it is one of out_of_office, busy and tentative".to_owned()),
    }
}

/// Print absences, working hours or free/busy time of an agent as iCalendar.
#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub desk: DeskArgument,
    /// The agent
    #[arg(long, value_name = "ID")]
    pub agent: String,
    /// Write working hours (VAVAILABILITY) instead
    #[arg(long, conflicts_with = "free_busy")]
    pub availability: bool,
    /// Write free/busy time (VFREEBUSY) of a range instead
    #[arg(long, requires = "start", requires = "end")]
    pub free_busy: bool,
    /// The start of the range, such as 2026-11-20T00:00:00Z
    #[arg(long, value_name = "T", value_parser = When::parse, requires = "free_busy")]
    pub start: Option<When>,
    /// The end of the range, not included
    #[arg(long, value_name = "T", value_parser = When::parse_end, requires = "free_busy")]
    pub end: Option<When>,
    /// The instant of the export; the present if absent
    #[arg(long, value_name = "T", value_parser = When::parse)]
    pub at: Option<When>,
}
