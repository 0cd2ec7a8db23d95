//! Incidents, read from a log.

use std::collections::BTreeSet;

use chrono::NaiveDateTime;
use csv::{Position, StringRecord};
use frontdesk::time::{Instant, Zone};

use crate::{Trouble, ZONE, zone};

/// An incident. What the log leaves empty is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incident {
    /// Its number, which no other has.
    pub number: String,
    /// The instant at which it was opened.
    pub opened: Instant,
    /// The instant at which it was resolved.
    pub resolved: Option<Instant>,
    /// The instant at which it was closed, some days after it was resolved.
    pub closed: Option<Instant>,
    /// The way in which it was reported.
    pub contact_type: String,
    /// The priority, from 1, the most urgent, to 4.
    pub priority: i64,
    /// The person who reported it.
    pub caller: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// The group that had it.
    pub group: Option<String>,
    /// The person who resolved it.
    pub resolver: Option<String>,
}

impl Incident {
    /// Returns the instant at which the work on it ended: resolved, or else closed. `None` while it is open.
    pub fn done(&self) -> Option<Instant> {
        self.resolved.or(self.closed)
    }

    /// Returns `true` if it was open at an instant.
    pub fn is_open(&self, at: Instant) -> bool {
        self.opened <= at && self.done().is_none_or(|done| at < done)
    }
}

/// The least urgent priority there is.
pub const LEAST_URGENT: i64 = 4;

/// Reads a log.
///
/// # Errors
/// All that is wrong with it, each with its line.
pub fn read(log: &str) -> Result<Vec<Incident>, Vec<Trouble>> {
    let mut reader = csv::Reader::from_reader(log.as_bytes());
    let columns = reader.headers().map_err(|error| vec![error.into()])?.clone();
    check_columns(&columns)?;
    let zone = zone(ZONE);
    let (mut incidents, mut troubles, mut numbers) = (Vec::new(), Vec::new(), BTreeSet::new());
    for record in reader.records() {
        let incident = record.map_err(Trouble::from).and_then(|record| {
            let row = Row { columns: &columns, record: &record, zone: &zone };
            let incident = row.incident()?;
            let is_new = numbers.insert(incident.number.clone());
            if is_new {
                Ok(incident)
            } else {
                Err(row.trouble(format!("number: {} was there before", incident.number)))
            }
        });
        match incident {
            Ok(incident) => incidents.push(incident),
            Err(trouble) => troubles.push(trouble),
        }
    }
    if troubles.is_empty() { Ok(incidents) } else { Err(troubles) }
}

/// The columns that are read; further ones may be there.
const COLUMNS: [&str; 10] = [
    "number",
    "opened_at",
    "resolved_at",
    "closed_at",
    "contact_type",
    "priority",
    "caller",
    "category",
    "group",
    "resolved_by",
];

fn check_columns(columns: &StringRecord) -> Result<(), Vec<Trouble>> {
    let missing = COLUMNS.iter().filter(|wanted| !columns.iter().any(|column| column == **wanted));
    let troubles: Vec<_> =
        missing.map(|column| Trouble::new(Some(1), format!("the column {column} is missing"))).collect();
    if troubles.is_empty() { Ok(()) } else { Err(troubles) }
}

/// A line of the log.
struct Row<'a> {
    columns: &'a StringRecord,
    record: &'a StringRecord,
    zone: &'a Zone,
}

impl<'a> Row<'a> {
    fn incident(&self) -> Result<Incident, Trouble> {
        let incident = Incident {
            number: self.needed("number", self.text("number"))?,
            opened: self.needed("opened_at", self.instant("opened_at")?)?,
            resolved: self.instant("resolved_at")?,
            closed: self.instant("closed_at")?,
            contact_type: self.needed("contact_type", self.text("contact_type"))?,
            priority: self.priority("priority")?,
            caller: self.text("caller"),
            category: self.text("category"),
            group: self.text("group"),
            resolver: self.text("resolved_by"),
        };
        if incident.done().is_some_and(|done| done < incident.opened) {
            return Err(self.trouble(format!("{} is done before it is opened", incident.number)));
        }
        Ok(incident)
    }

    fn line(&self) -> Option<u64> {
        self.record.position().map(Position::line)
    }

    fn trouble(&self, message: impl Into<String>) -> Trouble {
        Trouble::new(self.line(), message)
    }

    /// Returns the value of a column, `None` if unknown; the log writes `?` for some.
    fn known(&self, column: &str) -> Option<&'a str> {
        let index = self.columns.iter().position(|name| name == column)?;
        self.record.get(index).filter(|text| !text.is_empty() && *text != "?")
    }

    fn text(&self, column: &str) -> Option<String> {
        self.known(column).map(str::to_owned)
    }

    fn needed<T>(&self, column: &str, value: Option<T>) -> Result<T, Trouble> {
        value.ok_or_else(|| self.trouble(format!("{column}: there has to be one")))
    }

    fn instant(&self, column: &str) -> Result<Option<Instant>, Trouble> {
        let Some(text) = self.known(column) else { return Ok(None) };
        let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
            .map_err(|_| self.trouble(format!("{column}: {text:?} is no time such as 2016-02-29T09:00")))?;
        let instant = self.zone.instant(wall);
        instant.map(Some).map_err(|problem| self.trouble(format!("{column}: {}", problem.message)))
    }

    fn priority(&self, column: &str) -> Result<i64, Trouble> {
        let text = self.needed(column, self.known(column))?;
        let priority = text.parse().ok().filter(|priority| (1..=LEAST_URGENT).contains(priority));
        priority.ok_or_else(|| self.trouble(format!("{column}: {text:?} is not a priority from 1 to {LEAST_URGENT}")))
    }
}
