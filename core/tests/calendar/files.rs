//! Whole files in the form of real exports, with snapshots of their readings.

use std::path::PathBuf;

use frontdesk::calendar::{self, Away};
use frontdesk::time::Zone;
use serde_json::{Value, json};

use crate::support::{any_in, problems, told};

pub const FILES: [&str; 8] = [
    "google.ics",
    "outlook.ics",
    "exchange.ics",
    "apple.ics",
    "nextcloud.ics",
    "broken.ics",
    "google.json",
    "graph.json",
];

pub fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/data/calendars", name].iter().collect()
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap()
}

/// Returns everything that is read from a file.
fn read(bytes: &[u8]) -> Value {
    let reading = calendar::read(bytes, &any_in("Europe/Berlin"));
    json!({
        "name": reading.name, "absences": told(&reading.absences), "skipped": reading.skipped,
        "problems": problems(&reading), "unread": reading.unread, "complete": reading.complete,
    })
}

/// The readings are stored beside the files: `INSTA_UPDATE=always` writes them anew.
#[test]
fn files_are_read_as_it_stands_beside_them() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(path(""));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for name in FILES {
            insta::assert_json_snapshot!(name, read(&bytes(name)));
        }
    });
}

#[test]
fn line_ends_and_a_mark_at_the_beginning_change_nothing() {
    for name in FILES {
        let original = bytes(name);
        let text = String::from_utf8(original.clone()).unwrap().replace("\r\n", "\n");
        let expected = read(&original);
        let marked = format!("\u{feff}{text}");
        let mut others = vec![text.clone(), text.replace('\n', "\r\n"), marked];
        // Line ends of the classic Macintosh, which JSON does not have.
        others.extend(name.ends_with(".ics").then(|| text.replace('\n', "\r")));
        for other in others {
            assert_eq!(read(other.as_bytes()), expected, "{name}");
        }
    }
}

#[test]
fn lines_may_be_folded_anywhere() {
    for name in FILES.into_iter().filter(|name| name.ends_with(".ics") && *name != "broken.ics") {
        let text = String::from_utf8(bytes(name)).unwrap().replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
        let mut folded = Vec::new();
        for line in text.lines() {
            // Also inside of characters.
            let pieces: Vec<&[u8]> = line.as_bytes().chunks(7).collect();
            folded.extend(pieces.join(&b"\r\n "[..]));
            folded.extend(b"\r\n");
        }
        assert_eq!(read(&folded)["absences"], read(text.as_bytes())["absences"], "{name}");
    }
}

#[test]
fn what_counts_is_a_choice() {
    let count = |name: &str, away: Away| {
        let options = calendar::ReadOptions { away, ..any_in("Europe/Berlin") };
        let reading = calendar::read(&bytes(name), &options);
        let notes: Vec<String> = reading.absences.into_iter().map(|it| it.note.unwrap_or_default()).collect();
        notes.join("; ")
    };
    let nothing = || Away { shown_as: None, categories: Vec::new(), summaries: Vec::new(), emails: Vec::new() };
    for (name, away, expected) in [
        ("google.ics", Away::default(), "Out of office"),
        ("google.json", Away::default(), "Out of office; School run; School run, early"),
        ("outlook.ics", Away::default(), "Parental leave; ; Night of the closing of the books"),
        ("exchange.ics", Away::default(), "Away: conference; School run; School run, early"),
        ("graph.json", Away::default(), "Parental leave; School run; School run, early; "),
        ("outlook.ics", Away { categories: vec!["leave".into()], ..nothing() }, "Parental leave"),
        ("nextcloud.ics", Away { categories: vec!["Urlaub".into()], ..nothing() }, "Resturlaub; "),
        ("nextcloud.ics", Away { summaries: vec!["*urlaub*".into()], ..nothing() }, "Resturlaub"),
        (
            "exchange.ics",
            Away { summaries: vec!["*".into()], ..nothing() },
            "Away: conference; School run; School run, early; Workshop with Chennai; From home",
        ),
        ("google.ics", nothing(), ""),
    ] {
        assert_eq!(count(name, away.clone()), expected, "{name} {away:?}");
    }
}

#[test]
fn a_file_is_read_the_same_in_pieces() {
    // Several calendars in one stream, each with its own zones.
    let [outlook, nextcloud] = ["outlook.ics", "nextcloud.ics"].map(bytes);
    let both = read(&[outlook.clone(), nextcloud.clone()].concat());
    let mut absences = read(&outlook)["absences"].as_array().unwrap().clone();
    absences.extend(read(&nextcloud)["absences"].as_array().unwrap().clone());
    assert_eq!(both["absences"], json!(absences));
    assert_eq!(Zone::named("Europe/Berlin").unwrap().name(), "Europe/Berlin");
}
