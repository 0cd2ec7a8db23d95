//! Calendars of holidays.

use chrono::NaiveDate;
use frontdesk::calendar::{self, HolidayOptions, HolidayReading};

use crate::files::path;

fn read(options: &HolidayOptions) -> HolidayReading {
    calendar::read_holidays(&std::fs::read(path("holidays.ics")).unwrap(), options)
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn dates(reading: &HolidayReading) -> String {
    let told = |it: &calendar::HolidayDate| format!("{} {}", it.date, it.name.as_deref().unwrap_or("-"));
    reading.dates.iter().map(told).collect::<Vec<_>>().join(", ")
}

#[test]
fn holidays_are_events_of_whole_days_in_the_years_that_are_wanted() {
    let wanted =
        HolidayOptions { first_day: day("2026-01-01"), last_day: day("2028-12-31"), ..HolidayOptions::default() };
    let reading = read(&wanted);
    assert_eq!(
        dates(&reading),
        "2026-04-03 Spring, 2026-06-06 National Day, 2026-12-25 Christmas Day, 2027-04-03 Spring, 2028-06-06 National Day"
    );
    assert_eq!(reading.name.as_deref(), Some("Holidays in Sweden"));
    assert_eq!((reading.problems.as_slice(), reading.complete), (&[][..], true));
    let skipped: Vec<_> = reading.skipped.iter().map(|it| (it.summary.as_deref().unwrap(), it.why.as_str())).collect();
    assert_eq!(skipped, [("Christmas Eve", "not_away"), ("New Year's Eve from noon", "not_whole_days")]);
}

#[test]
fn what_repeats_without_end_needs_one() {
    let reading = read(&HolidayOptions::default());
    assert_eq!(reading.dates.iter().filter(|it| it.name.as_deref() == Some("Spring")).count(), 8);
    assert!(reading.dates.iter().all(|it| it.name.as_deref() != Some("National Day")));
    let problem = &reading.problems[0];
    assert_eq!(
        problem.to_string(),
        "out_of_range: the holiday repeats without end; it is left out at VEVENT[national-day@example.org].RRULE \
         (line 30, column 1); say which day is the last"
    );
}

#[test]
fn holidays_can_be_chosen() {
    let last_day = day("2027-01-01");
    let chosen = HolidayOptions { summaries: vec!["christmas*".into()], last_day, ..HolidayOptions::default() };
    assert_eq!(dates(&read(&chosen)), "2026-12-25 Christmas Day");
    let chosen = HolidayOptions {
        categories: vec!["holidays".into()],
        first_day: day("2026-01-01"),
        last_day,
        ..HolidayOptions::default()
    };
    assert_eq!(dates(&read(&chosen)), "2026-06-06 National Day");
}
