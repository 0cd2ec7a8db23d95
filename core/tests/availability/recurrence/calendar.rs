//! Weeks of the year, and weekdays with and without numbers, counted day by day.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Weekday};

use frontdesk::time::Recurrence;

use super::corpus::between;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

fn new_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
}

/// The dates of a rule from one New Year to another.
fn dates(rule: &str, from: i32, to: i32) -> Vec<NaiveDate> {
    let rule = Recurrence::parse(rule).unwrap();
    let [from, to] = [from, to].map(|year| NaiveDateTime::from(new_year(year)));
    between(&rule, from, from, to).into_iter().map(|at| at.date()).collect()
}

fn all(from: i32, to: i32) -> impl Iterator<Item = NaiveDate> {
    new_year(from).iter_days().take_while(move |date| *date < new_year(to))
}

/// Returns the number of a date's week, and the number of weeks of its year, by counting the days.
fn week(date: NaiveDate, start: Weekday) -> (i32, i32) {
    let mut first = date;
    while first.weekday() != start {
        first = first - Days::new(1);
    }
    // The year that contains four days of the week.
    let year = (first + Days::new(3)).year();
    let starts = (new_year(year) - Days::new(3)).iter_days().take(366 + 3);
    let starts: Vec<NaiveDate> =
        starts.filter(|day| day.weekday() == start && (*day + Days::new(3)).year() == year).collect();
    let number = starts.iter().position(|day| *day == first).unwrap() + 1;
    (number as i32, starts.len() as i32)
}

#[test]
fn weeks_are_counted_from_the_first_with_four_days() {
    const EVERY_DAY: &str = "BYDAY=MO,TU,WE,TH,FR,SA,SU";
    let (from, to) = (2000, 2030);
    for (name, start) in WEEKDAYS {
        let weeks: Vec<_> = all(from, to).map(|date| (date, week(date, start))).collect();
        for number in [1, 2, 20, 51, 52, 53, -1, -2, -52, -53] {
            let is_it = |(at, of): (i32, i32)| at == number || at - of - 1 == number;
            let expected: Vec<_> = weeks.iter().filter(|(_, week)| is_it(*week)).map(|(date, _)| *date).collect();
            let rule = format!("FREQ=YEARLY;BYWEEKNO={number};{EVERY_DAY};WKST={name}");
            assert_eq!(dates(&rule, from, to), expected, "{rule}");
        }
    }
}

/// Without a weekday, a rule uses that of the start; 1 January 2024 was a Monday.
#[test]
fn a_week_has_the_weekday_of_the_start() {
    assert_eq!(dates("FREQ=YEARLY;BYWEEKNO=10", 2024, 2040), dates("FREQ=YEARLY;BYWEEKNO=10;BYDAY=MO", 2024, 2040));
    // With a day of the month, any weekday: New Year's Days from Monday to Thursday.
    let years: Vec<i32> = dates("FREQ=YEARLY;BYWEEKNO=1;BYMONTHDAY=1", 2024, 2040).iter().map(Datelike::year).collect();
    assert_eq!(years, [2024, 2025, 2026, 2029, 2030, 2031, 2032, 2035, 2036, 2037]);
}

/// Returns the number of a date's weekday in its month or year, from the start and from the end.
fn ordinals(date: NaiveDate, in_month: bool) -> [i32; 2] {
    let same = |other: NaiveDate| other.year() == date.year() && (!in_month || other.month() == date.month());
    let before = (0..).map(|weeks| date - Days::new(7 * weeks)).take_while(|other| same(*other)).count();
    let after = (0..).map(|weeks| date + Days::new(7 * weeks)).take_while(|other| same(*other)).count();
    [before as i32, -(after as i32)]
}

#[test]
fn weekdays_with_numbers_and_without_are_all_there() {
    let (from, to) = (2023, 2035);
    for (part, in_month, months) in [
        ("FREQ=MONTHLY", true, None),
        ("FREQ=MONTHLY;BYMONTH=2,7", true, Some([2, 7])),
        ("FREQ=YEARLY", false, None),
        ("FREQ=YEARLY;BYMONTH=2,7", true, Some([2, 7])),
    ] {
        for days in ["2MO", "-1SU", "MO,-1SU", "1FR,5FR,-5FR", "TH,1TH", "SA,SU,3WE,-2WE", "+53MO,20TU,-30SA", "6MO,TU"]
        {
            let named: Vec<(Option<i32>, &str)> = days
                .split(',')
                .map(|day| day.split_at(day.len() - 2))
                .map(|(number, day)| (number.parse().ok(), day))
                .collect();
            let is_named = |date: NaiveDate| {
                let day = WEEKDAYS[date.weekday().num_days_from_monday() as usize].0;
                let numbers = ordinals(date, in_month);
                named.iter().any(|(number, name)| *name == day && number.is_none_or(|number| numbers.contains(&number)))
            };
            let in_months = |date: NaiveDate| months.is_none_or(|months| months.contains(&date.month()));
            let expected: Vec<_> = all(from, to).filter(|date| in_months(*date) && is_named(*date)).collect();
            let rule = format!("{part};BYDAY={days}");
            assert_eq!(dates(&rule, from, to), expected, "{rule}");
        }
    }
}

/// A number before a weekday has no effect where every week, or day, is meant.
#[test]
fn numbers_are_passed_over_where_they_mean_nothing() {
    for frequency in ["WEEKLY", "DAILY", "HOURLY", "MINUTELY;BYHOUR=0;BYMINUTE=0"] {
        let rule = |days: &str| format!("FREQ={frequency};BYDAY={days}");
        assert_eq!(dates(&rule("-1SU,2MO"), 2024, 2025), dates(&rule("SU,MO"), 2024, 2025), "{frequency}");
    }
}
