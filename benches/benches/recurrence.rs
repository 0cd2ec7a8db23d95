//! Absences that repeat, beside the crate `rrule` walking from the start of the rule. Answers are compared first.

use std::hint::black_box;

use chrono::{DateTime, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use frontdesk::time::{Instant, Span};
use frontdesk::{Desk, Reason, Scope};
use frontdesk_benches::friday;
use rrule::{RRuleSet, Tz};
use serde_json::{Value, json};

const DAY: i64 = 86_400_000;
const RULE: &str = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR";

/// Someone who is away for an hour every weekday since 2005.
fn weekdays(zone: &str) -> Desk {
    let absence = json!({"start": "2005-01-03T09:00", "end": "2005-01-03T10:00", "repeat": RULE});
    desk(&json!({"version": 1, "time_zone": zone, "agents": [{"id": "a", "out_of_office": [absence]}]}))
}

fn desk(document: &Value) -> Desk {
    Desk::from_json(&document.to_string()).expect("a document without problems")
}

fn week() -> Span {
    Span::new(friday(), friday().saturating_add(7 * DAY))
}

fn away(desk: &Desk) -> Vec<Instant> {
    let periods = desk.schedule("a", week()).expect("a schedule");
    periods.iter().filter(|period| period.reason == Reason::OutOfOffice).map(|period| period.span.start).collect()
}

fn theirs() -> Vec<Instant> {
    let rule: RRuleSet = format!("DTSTART:20050103T090000Z\nRRULE:{RULE}").parse().expect("a rule");
    let moment = |at: Instant| DateTime::<Utc>::from(at).with_timezone(&Tz::UTC);
    // Both its bounds are included.
    let last = week().end.saturating_add(-1);
    let found = rule.after(moment(week().start)).before(moment(last)).all(100).dates;
    found.iter().map(|at| Instant::from_millis(at.timestamp_millis()).expect("an instant")).collect()
}

fn one_week(c: &mut Criterion) {
    assert_eq!(away(&weekdays("UTC")), theirs());
    let mut group = c.benchmark_group("one week of a weekday rule from 2005");
    group.bench_function("rrule", |b| b.iter(|| black_box(theirs())));
    for zone in ["UTC", "Europe/Stockholm"] {
        group.bench_function(format!("first, {zone}"), |b| {
            b.iter_batched(|| weekdays(zone), |desk| (black_box(away(&desk)), desk), BatchSize::SmallInput);
        });
        let desk = weekdays(zone);
        group.bench_function(format!("again, {zone}"), |b| b.iter(|| black_box(away(&desk))));
    }
    group.finish();
}

fn status(c: &mut Criterion) {
    let desk = weekdays("Europe/Stockholm");
    let instants: Vec<Instant> = (0..1000).map(|step| friday().saturating_add(step * 31_541_237)).collect();
    let mut next = (0..1000).cycle();
    c.bench_function("status with a repeated absence", |b| {
        b.iter(|| desk.status("a", instants[next.next().unwrap_or_default()]).map(|status| black_box(status.until)));
    });
}

/// 10,000 agents with 20 repeated absences each, all of which are different where asked for.
fn many(different: i64) -> String {
    let rules = ["FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2"];
    let absence = |agent: i64, place: i64| {
        let start = 8 * 60 + (agent * different + place * 37) % 540;
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        let date = format!("20{:02}-0{}-1{}", 5 + (agent * different / 540) % 20, 1 + place % 9, place % 10);
        json!({
            "start": format!("{date}T{}", clock(start)), "end": format!("{date}T{}", clock(start + 45)),
            "repeat": rules[place as usize % 4],
        })
    };
    let agent = |agent| {
        let absences: Vec<Value> = (0..20).map(|place| absence(agent, place)).collect();
        json!({"id": format!("agent-{agent}"), "out_of_office": absences})
    };
    let agents: Vec<Value> = (0..10_000).map(agent).collect();
    json!({"version": 1, "time_zone": "Europe/Stockholm", "agents": agents}).to_string()
}

fn load(c: &mut Criterion) {
    let mut group = c.benchmark_group("10,000 agents with 20 repeated absences each");
    group.sample_size(10);
    for (name, different) in [("the same for all", 0), ("all different", 1)] {
        let text = many(different);
        let load = || Desk::from_json(&text).expect("a document without problems");
        group.bench_function(format!("load, {name}"), |b| b.iter(load));
        group.bench_function(format!("who is available first, {name}"), |b| {
            b.iter_batched(
                load,
                |desk| (desk.available(&Scope::Everyone, friday()).map(|agents| agents.count()), desk),
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, one_week, status, load);
criterion_main!(benches);
