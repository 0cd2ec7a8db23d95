//! Rules in civil time, compared with a corpus on which two other implementations agree.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use frontdesk::time::{Recurrence, Span, Zone};

/// DTSTART, RRULE and the first occurrences, at most twelve. The first lines of the file give its origin.
const CORPUS: &str = include_str!("../../data/recurrence.tsv");

pub struct Case {
    pub start: NaiveDateTime,
    pub rule: &'static str,
    first: Vec<NaiveDateTime>,
}

pub fn civil(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap()
}

pub fn corpus() -> impl Iterator<Item = Case> {
    CORPUS.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [start, rule, first] = columns[..] else { panic!("{line:?}") };
        let first = first.split(',').filter(|text| !text.is_empty()).map(civil).collect();
        Case { start: civil(start), rule, first }
    })
}

pub fn between(rule: &Recurrence, start: NaiveDateTime, from: NaiveDateTime, to: NaiveDateTime) -> Vec<NaiveDateTime> {
    rule.occurrences(start, &Zone::utc(), Span::new(from, to)).unwrap()
}

/// The end of the search: a rule with fewer than twelve occurrences until then has no more.
fn end_of_time() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2500, 1, 1).unwrap().into()
}

#[test]
fn every_rule_of_the_corpus_is_answered_as_there() {
    const MOST: usize = 12;
    let mut cases = 0;
    for Case { start, rule: text, first } in corpus() {
        let rule = Recurrence::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        let end = match first.last() {
            Some(last) if first.len() == MOST => *last + TimeDelta::seconds(1),
            _ => end_of_time(),
        };
        assert_eq!(between(&rule, start, start, end), first, "{text} from {start}");
        cases += 1;
    }
    assert_eq!(cases, 2165);
}
