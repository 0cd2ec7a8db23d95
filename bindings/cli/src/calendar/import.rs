//! `frontdesk import`: taking a calendar into a desk document.

use frontdesk::calendar::{self, Changes, HolidayOptions, ReadOptions, Reading};
use frontdesk::time::Zones;
use frontdesk::{Desk, Document, Holiday, Problem, Reader};
use serde::Serialize;

use super::args::Import;
use super::{page, splice};
use crate::failure::{Failure, located};
use crate::input::{Source, desk_of};
use crate::show::{clean, print, print_raw};

/// Prints the new document or the changes to it, then the problems and notes.
pub fn import(options: &Import, zones: &Zones) -> Result<(), Failure> {
    if options.desk.desk == Source::Standard && options.calendar == Source::Standard {
        let message = "standard input can be the desk or the calendar, but not both";
        return Err(Failure::Usage(message.to_owned()));
    }
    let text = options.desk.desk.document(zones)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let desk = desk_of(&options.desk.desk, text, zones)?;
    let import = Importing { options, text, desk, zones, calendar: Vec::new() };
    let (problems, notes) = match (&options.agent, &options.holidays) {
        (Some(agent), _) if options.hours => import.read()?.hours(agent)?,
        (Some(agent), _) => import.read()?.absences(agent)?,
        (None, Some(id)) => import.read()?.holidays(id)?,
        (None, None) => Default::default(),
    };
    for note in &notes {
        anstream::eprintln!("{}", clean(&located(&options.calendar, None, note)));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(problems.iter().map(|problem| located(&options.calendar, None, problem)).collect()))
}

/// The problems of a calendar, and the notes on it.
type Findings = (Vec<Problem>, Vec<Problem>);

struct Importing<'a> {
    options: &'a Import,
    text: &'a str,
    desk: Desk,
    zones: &'a Zones,
    calendar: Vec<u8>,
}

impl Importing<'_> {
    fn read(self) -> Result<Self, Failure> {
        if let Some(agent) = &self.options.agent {
            self.desk.zone_of(agent)?;
        }
        Ok(Importing { calendar: self.options.calendar.bytes()?, ..self })
    }

    fn options(&self, agent: &str) -> Result<ReadOptions, Failure> {
        let zone = self.desk.zone_of(agent)?.clone();
        Ok(ReadOptions { zone, zones: self.zones.clone(), away: self.options.away.policy() })
    }

    fn source(&self) -> String {
        self.options.calendar.to_string()
    }

    fn absences(self, agent: &str) -> Result<Findings, Failure> {
        let reading = calendar::read(&self.calendar, &self.options(agent)?);
        let document = self.desk.document();
        let have = document.agents.iter().find(|it| it.id == agent).map(|it| it.out_of_office.as_slice());
        let changes = match self.options.replace {
            true => replacing(have.unwrap_or_default(), &reading),
            false => calendar::synchronise(have.unwrap_or_default(), &reading, self.options.name.as_deref()),
        };
        let allowed = self.desk.check_absences(agent, &changes.out_of_office);
        allowed.map_err(|problem| Failure::Input(vec![problem.message]))?;
        if self.options.json {
            #[derive(Serialize)]
            struct Page<'a> {
                changes: &'a Changes,
                skipped: &'a [calendar::Skipped],
                notes: &'a [Problem],
            }
            let page = Page { changes: &changes, skipped: &reading.skipped, notes: &reading.notes };
            print_raw(&(serde_json::to_string(&page).unwrap_or_default() + "\n"))?;
        } else if self.options.dry_run {
            print(&page::changes(agent, self.desk.zone_of(agent)?, &self.source(), &changes, &reading.skipped))?;
        } else {
            self.print(splice::set(self.text, "agents", agent, "out_of_office", &changes.out_of_office), |document| {
                document.agents.iter_mut().filter(|it| it.id == agent).for_each(|it| {
                    it.out_of_office.clone_from(&changes.out_of_office);
                });
            })?;
            anstream::eprintln!("{}: {}", clean(agent), page::summary(&changes, &reading.skipped));
        }
        Ok((reading.problems, reading.notes))
    }

    fn hours(self, agent: &str) -> Result<Findings, Failure> {
        let reading = calendar::read_hours(&self.calendar, &self.options(agent)?);
        let weekly = reading.working_hours.as_deref().unwrap_or_default();
        if self.options.json {
            print_raw(&(serde_json::to_string(&reading).unwrap_or_default() + "\n"))?;
        } else if self.options.dry_run {
            print(&page::hours(agent, &self.source(), weekly, &reading.date_hours))?;
        // Hours that were read in part would be wrong hours.
        } else if reading.working_hours.is_some() && reading.problems.is_empty() {
            let text = splice::set(self.text, "agents", agent, "working_hours", weekly);
            let had = self.desk.agents().any(|it| it.id == agent && !it.date_hours.is_empty());
            let text = match had || !reading.date_hours.is_empty() {
                true => text.and_then(|text| splice::set(&text, "agents", agent, "date_hours", &reading.date_hours)),
                false => text,
            };
            self.print(text, |document| {
                document.agents.iter_mut().filter(|it| it.id == agent).for_each(|it| {
                    it.working_hours.clone_from(&reading.working_hours);
                    it.date_hours.clone_from(&reading.date_hours);
                });
            })?;
        } else {
            print_raw(self.text)?;
        }
        Ok((reading.problems, reading.notes))
    }

    fn holidays(self, id: &str) -> Result<Findings, Failure> {
        let options = HolidayOptions {
            zones: self.zones.clone(),
            summaries: self.options.away.summary.clone(),
            categories: self.options.away.category.clone(),
            first_day: self.options.first_day,
            last_day: self.options.last_day,
        };
        let reading = calendar::read_holidays(&self.calendar, &options);
        let dates: Vec<_> = reading.dates.iter().map(|day| day.date).collect();
        if self.options.json {
            print_raw(&(serde_json::to_string(&reading).unwrap_or_default() + "\n"))?;
        } else if self.options.dry_run {
            print(&page::holidays(id, &self.source(), &reading))?;
        } else {
            self.print(splice::set(self.text, "holidays", id, "dates", &dates), |document| {
                match document.holidays.iter_mut().find(|it| it.id == id) {
                    Some(known) => known.dates = dates,
                    None => document.holidays.push(holiday(id, dates)),
                }
            })?;
        }
        Ok((reading.problems, reading.notes))
    }

    fn reader(&self) -> Reader {
        Reader::new().zones(self.zones.clone())
    }

    /// Prints the text with the change in it, or the whole document if the text does not read as the changed document. Fails
    /// if the document cannot be read either.
    fn print(&self, text: Option<String>, change: impl FnOnce(&mut Document)) -> Result<(), Failure> {
        let mut wanted = self.desk.document();
        change(&mut wanted);
        if wanted == self.desk.document() {
            return Ok(print_raw(self.text)?);
        }
        let says = |text: &String| self.reader().document(text).is_ok_and(|read| read == wanted);
        if let Some(text) = text.filter(says) {
            return Ok(print_raw(&text)?);
        }
        let anew = serde_json::to_string_pretty(&wanted).unwrap_or_default() + "\n";
        let refused = |problems: frontdesk::Problems| {
            let lines = problems
                .iter()
                .map(|problem| located(&self.options.calendar, None, &Problem { position: None, ..problem.clone() }));
            Failure::Input(lines.collect())
        };
        self.reader().document(&anew).map_err(refused)?;
        Ok(print_raw(&anew)?)
    }
}

/// Returns a holiday entry that applies to everybody.
fn holiday(id: &str, dates: Vec<chrono::NaiveDate>) -> Holiday {
    Holiday { id: id.into(), name: None, dates, teams: Vec::new(), inboxes: Vec::new(), extensions: Default::default() }
}

/// Returns the changes after which only the absences of the calendar are left.
fn replacing(have: &[frontdesk::Absence], reading: &Reading) -> Changes {
    let is_new = |absence: &&frontdesk::Absence| !have.contains(absence);
    let is_gone = |absence: &&frontdesk::Absence| !reading.absences.contains(absence);
    let added: Vec<_> = reading.absences.iter().filter(is_new).cloned().collect();
    Changes {
        unchanged: reading.absences.len() - added.len(),
        added,
        removed: have.iter().filter(is_gone).cloned().collect(),
        out_of_office: reading.absences.clone(),
        ..Changes::default()
    }
}
