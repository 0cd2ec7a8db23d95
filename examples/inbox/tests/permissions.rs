//! The table of permissions in the README, cell by cell.

use frontdesk::Desk;
use inbox::{DESK, README};
use serde_json::{Map, Value, json};

/// Returns the command of a column, given by an actor. "Another's" means an agent who did not ask for it.
fn command(column: &str, actor: &str) -> Value {
    let hours = json!([{"days": ["tue"], "start": "10:00", "end": "14:00"}]);
    match column {
        "own status" => json!({"type": "set_status", "agent": actor, "status": "away"}),
        "own status for a while" => {
            json!({"type": "set_status", "agent": actor, "status": "away", "duration": "30m"})
        }
        "own hours" => json!({"type": "set_working_hours", "agent": actor, "working_hours": hours}),
        "own absences" => {
            json!({"type": "set_out_of_office", "agent": actor,
                   "out_of_office": [{"first_day": "2026-12-01", "last_day": "2026-12-02"}]})
        }
        "status of others" => json!({"type": "set_status", "agent": "jonas", "status": "away"}),
        "hours of others" => json!({"type": "set_working_hours", "agent": "jonas", "working_hours": hours}),
        "people and teams" => {
            json!({"type": "put_team", "team": "fairs", "entry": {"id": "fairs", "name": "Fairs"}})
        }
        "rules" => {
            let rule = json!({"id": "all", "steps": [{"assign_to": "everyone"}]});
            let channel = json!({"id": "booth", "kind": "form", "rules": [rule]});
            json!({"type": "put_inbox", "inbox": "fair", "entry": {"id": "fair", "channels": [channel]}})
        }
        "warranty claims" => json!({"type": "reply", "conversation": "claim"}),
        other => panic!("the table has a column {other:?} that nothing asks"),
    }
}

/// The code with which the desk refuses a command, if it does.
fn refusal(mut command: Value, actor: &str) -> Option<String> {
    let mut desk = Desk::from_json(DESK).unwrap();
    let claim = json!({"type": "open", "at": "2026-11-24T09:00:00Z", "conversation": "claim", "inbox": "claims",
                       "channel": "claims-mail"});
    desk.handle_json(&claim.to_string()).unwrap();
    let whole = command.as_object_mut().unwrap_or_else(|| panic!("no command of {actor}"));
    whole.extend(Map::from_iter([("at".into(), "2026-11-24T09:00:00Z".into()), ("by".into(), actor.into())]));
    let events = desk.handle_json(&command.to_string()).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let refused = events.iter().map(|event| serde_json::from_str::<Value>(&event.to_json()).unwrap());
    refused.filter(|event| event["type"] == "refused").map(|event| event["code"].as_str().unwrap().to_owned()).next()
}

/// The rows of the table, each as its cells.
fn table() -> Vec<Vec<&'static str>> {
    let rows = README.lines().skip_while(|line| !line.starts_with("| who |")).take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect());
    cells.filter(|cells: &Vec<&str>| !cells[0].starts_with('-')).collect()
}

#[test]
fn everyone_may_do_what_the_table_says_and_no_more() {
    let table = table();
    let (columns, rows) = table.split_first().unwrap();
    assert!(rows.len() >= 6 && columns.len() >= 9, "the README has its table");
    for row in rows {
        let actor = row[0].split('`').nth(1).unwrap();
        for (column, cell) in columns.iter().zip(row).skip(1) {
            let expected = match *cell {
                "yes" => None,
                "no" if *column == "warranty claims" => Some("no_inbox_access"),
                "no" => Some("not_permitted"),
                other => panic!("{actor}, {column}: {other:?} is neither yes nor no"),
            };
            assert_eq!(refusal(command(column, actor), actor).as_deref(), expected, "{actor}, {column}");
        }
    }
}

/// The program that embeds the desk is no agent, and may do all of it.
#[test]
fn the_embedding_program_may_do_anything() {
    let mut desk = Desk::from_json(DESK).unwrap();
    for column in table()[0].iter().skip(1).filter(|column| **column != "warranty claims") {
        let mut command = command(column, "per");
        command["at"] = "2026-11-24T09:00:00Z".into();
        let events = desk.handle_json(&command.to_string()).unwrap();
        assert!(events.iter().all(|event| !event.to_json().contains(r#""refused""#)), "{column}: {events:?}");
    }
}
