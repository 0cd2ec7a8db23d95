//! Jumping ahead: any window of a rule is the same as that part of all its occurrences.

use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use frontdesk::time::{Recurrence, Span, Zone};

use super::corpus::{between, corpus};
use super::random_rules::rule;

/// The largest number of occurrences that are cut again.
const MANY: usize = 5000;

/// Cuts a window in the middle, at moments that are occurrences and at moments that are not.
fn assert_cut_anywhere(rule: &Recurrence, start: NaiveDateTime, all: &[NaiveDateTime], end: NaiveDateTime) {
    let cuts = all.iter().step_by(1 + all.len() / 5).flat_map(|at| [*at, *at + TimeDelta::seconds(1)]);
    for cut in cuts.filter(|cut| *cut < end) {
        let (before, after): (Vec<_>, Vec<_>) = all.iter().copied().partition(|at| *at < cut);
        assert_eq!(between(rule, start, start, cut), before, "{rule} from {start} up to {cut}");
        assert_eq!(between(rule, start, cut, end), after, "{rule} from {start}, from {cut} on");
    }
}

#[test]
fn a_window_of_the_corpus_is_the_tail_of_all() {
    for case in corpus() {
        let rule = Recurrence::parse(case.rule).unwrap();
        for days in [1, 40, 1500] {
            let end = case.start + TimeDelta::days(days);
            match rule.occurrences(case.start, &Zone::utc(), Span::new(case.start, end)) {
                Ok(all) if all.len() < MANY => assert_cut_anywhere(&rule, case.start, &all, end),
                _ => {}
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_window_of_a_random_rule_is_the_tail_of_all(random in rule(), days in prop_oneof![1..10_i64, 10..4000_i64]) {
        let rule = Recurrence::parse(&random.text).unwrap();
        let end = random.start + TimeDelta::days(days);
        match rule.occurrences(random.start, &Zone::utc(), Span::new(random.start, end)) {
            Ok(all) if all.len() < MANY => assert_cut_anywhere(&rule, random.start, &all, end),
            _ => {}
        }
    }

    /// `COUNT` counts from the start in every window.
    #[test]
    fn a_count_is_the_first_of_all(random in rule(), count in 1..300_usize) {
        let text = random.text.split(';').filter(|part| !part.starts_with("COUNT") && !part.starts_with("UNTIL"));
        let text = text.collect::<Vec<_>>().join(";");
        let end = random.start + TimeDelta::days(3000);
        let counted = Recurrence::parse(&format!("{text};COUNT={count}")).unwrap();
        let endless = Recurrence::parse(&text).unwrap();
        let range = Span::new(random.start, end);
        if let Ok(mut all) = endless.occurrences(random.start, &Zone::utc(), range) {
            all.truncate(count);
            prop_assert_eq!(counted.occurrences(random.start, &Zone::utc(), range).unwrap(), all);
        }
    }
}
