//! Other logs than that of the example: their problems, and the output of the program.

use std::fs;
use std::path::Path;
use std::process::Command;

use frontdesk::Desk;
use frontdesk::desk::EventKind;
use incidents::{INCIDENTS, convert};

const HEADER: &str = "number,opened_at,resolved_at,closed_at,contact_type,priority,caller,category,group,resolved_by";
const GOOD: &str = "A,2016-03-01T09:00,2016-03-01T10:00,2016-03-06T10:00,phone,3,c,x,g,r";

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let cases = [
        ("", "line 1: the column number is missing"),
        ("A,2016-03-01T09:00,,,phone,3,c,x,g", "line 3: 9 columns, where the first line has 10"),
        ("B,2016-03-01 09:00,,,phone,3,c,x,g,r", "line 3: opened_at: \"2016-03-01 09:00\" is no time such as"),
        ("B,2016-02-30T09:00,,,phone,3,c,x,g,r", "line 3: opened_at: \"2016-02-30T09:00\" is no time such as"),
        ("B,,,,phone,3,c,x,g,r", "line 3: opened_at: there has to be one"),
        ("B,1999-03-01T09:00,,,phone,3,c,x,g,r", "line 3: opened_at: the instant lies outside"),
        ("B,2016-03-01T09:00,,soon,phone,3,c,x,g,r", "line 3: closed_at: \"soon\" is no time such as"),
        ("B,2016-03-01T09:00,,,,3,c,x,g,r", "line 3: contact_type: there has to be one"),
        ("B,2016-03-01T09:00,,,phone,0,c,x,g,r", "line 3: priority: \"0\" is not a priority from 1 to 4"),
        ("B,2016-03-01T09:00,,,phone,high,c,x,g,r", "line 3: priority: \"high\" is not a priority from 1 to 4"),
        (",2016-03-01T09:00,,,phone,3,c,x,g,r", "line 3: number: there has to be one"),
        ("A,2016-03-01T09:00,,,phone,3,c,x,g,r", "line 3: number: A was there before"),
        ("B,2016-03-01T09:00,2016-03-01T08:59,,phone,3,c,x,g,r", "line 3: B is done before it is opened"),
    ];
    for (row, expected) in cases {
        let log = if row.is_empty() { String::new() } else { format!("{HEADER}\n{GOOD}\n{row}\n") };
        let troubles = convert(&log).expect_err(row);
        assert!(troubles[0].to_string().starts_with(expected), "{row}: {}", troubles[0]);
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let log = format!("{HEADER}\nA,,,,phone,3,,,,\n{GOOD}\nB,2016-03-01T09:00,,,phone,9,,,,\n");
    let lines: Vec<_> = convert(&log).expect_err("two bad lines").iter().map(|trouble| trouble.line).collect();
    assert_eq!(lines, [Some(2), Some(4)]);
}

#[test]
fn what_was_never_done_is_held_in_the_end() {
    let log = format!("{HEADER}\n{GOOD}\nB,2016-03-01T09:30,,,e-mail,1,,,g,\n");
    let converted = convert(&log).expect("nothing is wrong");
    let mut desk = Desk::from_json(&converted.desk).expect("the document is in order");
    let events: Vec<_> =
        converted.commands.lines().flat_map(|command| desk.handle_json(command).expect("each can be read")).collect();
    let count = |wanted: fn(&EventKind) -> bool| events.iter().filter(|event| wanted(&event.kind)).count();
    assert_eq!(count(|kind| matches!(kind, EventKind::Assigned { .. })), 2);
    assert_eq!(count(|kind| matches!(kind, EventKind::Closed { .. })), 1);
}

#[test]
fn the_program_writes_both_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("incidents/new");
    let status = Command::new(env!("CARGO_BIN_EXE_incidents")).arg(&folder).status().expect("it runs");
    assert!(status.success());
    let converted = convert(INCIDENTS).expect("the log is in order");
    assert_eq!(fs::read_to_string(folder.join("desk.json")).expect("written"), converted.desk);
    assert_eq!(fs::read_to_string(folder.join("commands.jsonl")).expect("written"), converted.commands);
}
