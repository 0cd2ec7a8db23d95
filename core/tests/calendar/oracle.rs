//! The files, held against the packages icalendar and recurring-ical-events: `oracle/calendars.py`.

use std::io::Write;
use std::process::{Command, Stdio};

use frontdesk::calendar;
use frontdesk::time::{Span, Spans, Zone, Zones};
use serde_json::json;

use crate::files::path;
use crate::support::{any_in, instant};

const FILES: [&str; 5] = ["google.ics", "outlook.ics", "exchange.ics", "apple.ics", "nextcloud.ics"];
const ZONE: &str = "Europe/Berlin";

#[test]
#[ignore = "needs FRONTDESK_ORACLE_PYTHON, see .ci/run"]
fn busy_at_the_same_times_for_three_years() {
    let range = Span::new(instant("2026-01-01T00:00:00Z"), instant("2029-01-01T00:00:00Z"));
    let python = std::env::var("FRONTDESK_ORACLE_PYTHON")
        .expect("FRONTDESK_ORACLE_PYTHON must name a python that has tests/oracle/requirements.txt installed");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/calendars.py");
    let mut oracle = Command::new(python)
        .args([script, Zones::BUNDLED_RELEASE])
        .env("PYTHONTZPATH", "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python runs");
    let (start, end) = (range.start.millis() / 1000, range.end.millis() / 1000);
    for name in FILES {
        let question = json!({"file": path(name), "zone": ZONE, "start": start, "end": end});
        writeln!(oracle.stdin.as_mut().unwrap(), "{question}").unwrap();
    }
    let output = oracle.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Vec<(i64, i64)>> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), FILES.len());
    let zone = Zone::named(ZONE).unwrap();
    for (name, answer) in FILES.into_iter().zip(answers) {
        assert!(!answer.is_empty(), "{name}");
        let reading = calendar::read(&std::fs::read(path(name)).unwrap(), &any_in(ZONE));
        let instances = reading.absences.iter().flat_map(|absence| absence.instances(&zone, range).unwrap());
        let busy: Spans = instances.map(|span| span.intersection(&range)).collect();
        let busy: Vec<(i64, i64)> =
            busy.iter().map(|span| (span.start.millis() / 1000, span.end.millis() / 1000)).collect();
        let (only_here, only_there): (Vec<_>, Vec<_>) = (
            busy.iter().filter(|span| !answer.contains(span)).collect(),
            answer.iter().filter(|span| !busy.contains(span)).collect(),
        );
        assert!(only_here.is_empty() && only_there.is_empty(), "{name}: here {only_here:?}, there {only_there:?}");
    }
}
