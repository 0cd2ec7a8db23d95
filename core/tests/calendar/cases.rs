//! Cases from bug reports about calendar programs: a desk, a calendar, and the times at which an agent is away or available.
//! `expect.txt` gives the source of each, and the reason for the result; `expect.json` has the spans.

use std::path::{Path, PathBuf};

use frontdesk::calendar::{self, Away, ReadOptions, ShownAs};
use frontdesk::time::{Span, Spans};
use frontdesk::{Desk, Document, Reason, State};
use serde_json::{Value, json};

use crate::support::instant;

const AGENT: &str = "anna";

fn folders() -> Vec<PathBuf> {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/calendar-cases");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(all).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

/// Returns the document with the absences and hours of the calendar, as `import` writes it.
fn imported(document: &Document, bytes: &[u8], hours: bool) -> Document {
    let desk = Desk::from_json(&json!(document).to_string()).unwrap();
    let away = Away { shown_as: Some(ShownAs::Busy), summaries: Vec::new(), ..Away::default() };
    let options = ReadOptions { away, ..ReadOptions::in_zone(desk.zone_of(AGENT).unwrap().clone()) };
    let mut document = document.clone();
    let agent = document.agents.iter_mut().find(|agent| agent.id == *AGENT).unwrap();
    if hours {
        let reading = calendar::read_hours(bytes, &options);
        assert_eq!(reading.problems, []);
        (agent.working_hours, agent.date_hours) = (reading.working_hours, reading.date_hours);
    } else {
        let reading = calendar::read(bytes, &options);
        agent.out_of_office = calendar::synchronise(&agent.out_of_office, &reading, None).out_of_office;
    }
    document
}

#[test]
fn calendars_mean_what_their_cases_say() {
    let folders = folders();
    assert!(!folders.is_empty());
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
        let bytes = std::fs::read(folder.join("cal.ics")).unwrap();
        let expected: Value = serde_json::from_str(&text("expect.json")).unwrap();
        let (key, hours) =
            if expected.get("available").is_some() { ("available", true) } else { ("out_of_office", false) };
        let document = Document::from_json(&text("desk.json")).unwrap();

        let once = imported(&document, &bytes, hours);
        // The written calendar is read again; writing it a second time changes nothing.
        let written =
            Document::from_json(&json!(once).to_string()).unwrap_or_else(|problems| panic!("{name}: {problems}"));
        assert_eq!(imported(&written, &bytes, hours), written, "{name}");

        let desk = Desk::from_json(&json!(written).to_string()).unwrap();
        let at = |value: &Value| instant(value.as_str().unwrap());
        let range = Span::new(at(&expected["start"]), at(&expected["end"]));
        let periods = desk.schedule(AGENT, range).unwrap();
        let counts = |state, reason| if hours { state == State::Available } else { reason == Reason::OutOfOffice };
        let spans: Spans =
            periods.iter().filter(|it| counts(it.state, it.reason)).map(|it| it.span.intersection(&range)).collect();
        let wanted = expected[key].as_array().unwrap().iter().map(|span| Span::new(at(&span[0]), at(&span[1])));
        assert_eq!(spans.iter().collect::<Vec<_>>(), wanted.collect::<Spans>().iter().collect::<Vec<_>>(), "{name}");
    }
}
