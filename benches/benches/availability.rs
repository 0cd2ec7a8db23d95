//! Status and next change beside the crate `opening-hours`, on the same schedules and instants. Answers are compared first.

use chrono::{DateTime, NaiveDateTime, Utc};
use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Desk, Scope};
use frontdesk_benches::{desk, document, friday};
use opening_hours::OpeningHours;

/// A schedule, as opening-hours and as frontdesk write it.
const SCHEDULES: [(&str, &str, &str); 3] = [
    ("office", "Mo-Fr 09:00-17:00", r#"[{"days": ["mon","tue","wed","thu","fri"], "start": "09:00", "end": "17:00"}]"#),
    (
        "lunch",
        "Mo-Th 08:00-12:00,13:00-17:30; Fr 08:00-14:00",
        r#"[{"days": ["mon","tue","wed","thu"], "start": "08:00", "end": "12:00"},
            {"days": ["mon","tue","wed","thu"], "start": "13:00", "end": "17:30"},
            {"days": ["fri"], "start": "08:00", "end": "14:00"}]"#,
    ),
    ("nights", "Mo-Fr 22:00-06:00", r#"[{"days": ["mon","tue","wed","thu","fri"], "start": "22:00", "end": "06:00"}]"#),
];

const ZONE: &str = "Europe/Stockholm";

fn with_hours(hours: &str) -> Desk {
    let text =
        format!(r#"{{"version": 1, "time_zone": "{ZONE}", "agents": [{{"id": "a", "working_hours": {hours}}}]}}"#);
    Desk::from_json(&text).expect("a document without problems")
}

/// A thousand instants over a year, away from the changes of the zone.
fn instants() -> Vec<Instant> {
    (0..1000).map(|step| friday().saturating_add(step * 31_541_237)).collect()
}

/// Returns the wall clock of an instant, which opening-hours asks for.
fn wall(at: Instant) -> NaiveDateTime {
    let offset = Zone::named(ZONE).expect("a zone").offset_seconds(at);
    (DateTime::<Utc>::from(at) + chrono::Duration::seconds(offset.into())).naive_utc()
}

fn status(c: &mut Criterion) {
    for (name, theirs, ours) in SCHEDULES {
        let theirs: OpeningHours = theirs.parse().expect("an expression of opening-hours");
        let ours = with_hours(ours);
        let instants = instants();
        let walls: Vec<NaiveDateTime> = instants.iter().map(|at| wall(*at)).collect();
        for (at, wall) in instants.iter().zip(&walls) {
            let status = ours.status("a", *at).expect("a status");
            assert_eq!(status.is_available(), theirs.is_open(*wall), "{name} at {at}");
        }
        let mut group = c.benchmark_group(format!("status/{name}"));
        let mut next = (0..1000).cycle();
        group.bench_function("frontdesk", |b| {
            b.iter(|| {
                ours.status("a", instants[next.next().unwrap_or_default()]).map(|status| black_box(status.until))
            });
        });
        group.bench_function("opening-hours", |b| {
            b.iter(|| black_box(theirs.is_open(walls[next.next().unwrap_or_default()])));
        });
        group.finish();
        let mut group = c.benchmark_group(format!("next change/{name}"));
        group.bench_function("frontdesk", |b| {
            b.iter(|| black_box(ours.next_change("a", instants[next.next().unwrap_or_default()]).ok()));
        });
        group.bench_function("opening-hours", |b| {
            b.iter(|| black_box(theirs.next_change(walls[next.next().unwrap_or_default()])));
        });
        group.finish();
    }
}

fn available(c: &mut Criterion) {
    let desk = desk(&document(10_000, "least_busy"));
    let mut group = c.benchmark_group("who of 10,000 is available");
    let mut step = 0;
    group.bench_function("at another instant each time", |b| {
        b.iter_batched(
            || {
                step += 1;
                friday().saturating_add(step % 1000 * 3_600_017)
            },
            |at| desk.available(&Scope::Everyone, at).map(|agents| black_box(agents.count())),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("at the same instant again", |b| {
        b.iter(|| desk.available(&Scope::Everyone, friday()).map(|agents| black_box(agents.count())));
    });
    group.finish();
}

criterion_group!(benches, status, available);
criterion_main!(benches);
