//! Who is available: of one agent, of a team, of all.

use chrono::{DateTime, NaiveDateTime, Utc};
use frontdesk::time::{Instant, Zone};
use frontdesk::{Desk, Scope};
use frontdesk_benches::{desk, document, friday};
use opening_hours::OpeningHours;

use crate::Sizes;
use crate::measure::{cost, median, short};
use crate::report::{Goal, Row, micros, nanos, times};

const HOUR: i64 = 3_600_000;

pub fn rows(sizes: &Sizes) -> Vec<Row> {
    let mut rows = beside_opening_hours();
    let mut status = Row::new("status at an instant", "agents");
    let mut cold = Row::new("who of a team of 50 is available", "agents");
    let mut again = Row::new("who of a team of 50, asked again", "agents");
    for agents in [100, 1_000, 10_000, 100_000].map(|size| sizes.of(size)) {
        let desk = desk(&document(agents, "least_busy"));
        let name = format!("agent-{}", agents / 2);
        let at = |step: usize| friday().saturating_add(step as i64 % 1_000 * 31_541_237);
        status.add(agents, nanos(short(|step| desk.status(&name, at(step)).map(|it| it.until))), Goal::AtMost(25.0));
        status.with(cost(|| desk.status(&name, friday()).is_ok()));
        let team = Scope::Team("team-1".into());
        let who = |at: Instant| desk.available(&team, at).map(|agents| agents.count());
        let mut step = 0;
        let other_instant = || {
            step += 1;
            friday().saturating_add(step % 1_000 * HOUR)
        };
        cold.add(agents, nanos(median(501, other_instant, who)), micros(5.0)).with(cost(|| who(at(7))));
        again.add(agents, nanos(short(|_| who(friday()))), micros(0.5)).with(cost(|| who(friday())));
    }
    rows.extend([status, cold, again]);
    rows.extend(everyone(sizes));
    rows
}

fn everyone(sizes: &Sizes) -> [Row; 2] {
    let agents = sizes.of(10_000);
    let desk = desk(&document(agents, "least_busy"));
    let who = |at: Instant| desk.available(&Scope::Everyone, at).map(|agents| agents.count());
    let mut step = 0;
    let other_instant = || {
        step += 1;
        friday().saturating_add(step % 1_000 * HOUR + 17)
    };
    let cold = nanos(median(501, other_instant, who));
    let again = nanos(short(|_| who(friday())));
    [
        Row::one("who of everyone is available", "agents", agents, cold, micros(50.0)),
        Row::one("who of everyone, asked again", "agents", agents, again, micros(0.2)),
    ]
}

/// Status and next change beside the crate `opening-hours`, on the same hours and instants, whose answers are compared.
fn beside_opening_hours() -> Vec<Row> {
    const ZONE: &str = "Europe/Stockholm";
    let theirs: OpeningHours = "Mo-Th 08:00-12:00,13:00-17:30; Fr 08:00-14:00".parse().expect("their expression");
    let ours = Desk::from_json(&format!(
        r#"{{"version": 1, "time_zone": "{ZONE}", "agents": [{{"id": "a", "working_hours": [
            {{"days": ["mon","tue","wed","thu"], "start": "08:00", "end": "12:00"}},
            {{"days": ["mon","tue","wed","thu"], "start": "13:00", "end": "17:30"}},
            {{"days": ["fri"], "start": "08:00", "end": "14:00"}}]}}]}}"#
    ))
    .expect("a document without problems");
    let instants: Vec<Instant> = (0..1_000).map(|step| friday().saturating_add(step * 31_541_237)).collect();
    let zone = Zone::named(ZONE).expect("a zone");
    let walls: Vec<NaiveDateTime> = (instants.iter())
        .map(|at| (DateTime::<Utc>::from(*at) + chrono::Duration::seconds(zone.offset_seconds(*at).into())).naive_utc())
        .collect();
    for (at, wall) in instants.iter().zip(&walls) {
        assert_eq!(ours.status("a", *at).map(|it| it.is_available()), Ok(theirs.is_open(*wall)), "at {at}");
    }
    let status = short(|step| ours.status("a", instants[step % 1_000]).map(|it| it.until));
    let change = short(|step| ours.next_change("a", instants[step % 1_000]));
    let is_open = short(|step| theirs.is_open(walls[step % 1_000]));
    let next_change = short(|step| theirs.next_change(walls[step % 1_000]));
    let one = |work: &str, figure, goal| Row::one(work, "agent", 1, figure, goal);
    vec![
        one("status of hours with a break", nanos(status), Goal::AtMost(25.0)),
        one("opening-hours: is_open", nanos(is_open), Goal::None),
        one("opening-hours beside status", times(is_open / status), Goal::AtLeast(12.0)),
        one("next change", nanos(change), Goal::AtMost(25.0)),
        one("opening-hours: next_change", nanos(next_change), Goal::None),
        one("opening-hours beside next change", times(next_change / change), Goal::AtLeast(15.0)),
    ]
}
