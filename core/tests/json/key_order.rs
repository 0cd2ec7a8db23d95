//! Keys are written in the documented order, whatever the order in which they were read; reading and writing again gives the
//! same bytes.

use frontdesk::desk::EventKind;
use frontdesk::{Desk, Document, Event, Options};
use serde_json::{Value, json};

/// A desk in which every part of the format is used, written as it is read.
const DESK: &str = r#"{"version":1,"time_zone":"Europe/Stockholm","kinds":["visit"],"teams":[{"id":"support"},{"id":"vip"}],"agents":[{"id":"anna","active":true,"team":"support","attributes":{"a":0.1234567890123456,"b":3.5}},{"id":"bo","active":true}],"holidays":[{"id":"se","name":"Sweden","dates":["2026-12-25"],"teams":["support"],"inboxes":["main"]}],"inboxes":[{"id":"main","access":"everyone","channels":[{"id":"chat","kind":"chat","weight":1,"rules":[{"id":"all","match":{"priority":{"at_least":0},"kind":["chat","call"],"attributes.plan":{"not":"free"}},"steps":[{"assign_to":{"agents":["anna"],"teams":["support"]},"strategy":"least_busy"},{"assign_to":"everyone","strategy":"round_robin","wait":"1m","x-step":1}],"otherwise":"queue","x-rule":[2]}]}]}],"table_filters":[{"id":"away","name":"Away","filter":{"state":"away","team":"support","inbox":"main","skill":"billing","x-shown":1},"x-filter":2}],"settings":{"requires_seat":false,"away_ends_at_shift_start":false,"on_away":"keep","on_removed":"route","seed":7},"x-owner":"ops"}"#;

fn desk() -> Desk {
    Desk::from_json(DESK).unwrap()
}

/// Each change, with its entry in a wrong order and in the documented one.
#[rustfmt::skip]
const CHANGES: [(&str, &str, &str, &str); 6] = [
    ("set_working_hours", r#""agent": "anna", "working_hours""#,
     r#"[{"last_day": "2027-06-30", "first_day": "2026-09-01", "every": 2, "end": "06:00", "start": "22:00", "days": ["fri", "mon"]}]"#,
     r#"[{"days":["fri","mon"],"start":"22:00","end":"06:00","every":2,"first_day":"2026-09-01","last_day":"2027-06-30"}]"#),
    ("set_date_hours", r#""agent": "anna", "date_hours""#,
     r#"[{"hours": [{"end": "12:00", "start": "09:00"}], "date": "2026-12-23"}]"#,
     r#"[{"date":"2026-12-23","hours":[{"start":"09:00","end":"12:00"}]}]"#),
    ("set_out_of_office", r#""agent": "anna", "out_of_office""#,
     r#"[{"uid": "a1", "time_zone": "Europe/Oslo", "note": "Skiing", "end": "2026-12-30T17:00", "start": "2026-12-27T08:00"},
         {"x-b": 1, "x-a": 2, "last_day": "2027-02-05", "first_day": "2027-02-01"}]"#,
     r#"[{"start":"2026-12-27T08:00","end":"2026-12-30T17:00","note":"Skiing","time_zone":"Europe/Oslo","uid":"a1"},{"first_day":"2027-02-01","last_day":"2027-02-05","x-a":2,"x-b":1}]"#),
    ("put_agent", r#""agent": "cleo", "entry""#,
     r#"{"attributes": {"weight": 2, "a": 1.5}, "skills": {"lang:sv": 5, "billing": 3}, "capacity": {"alone": ["call"], "per_kind": {"chat": 3, "call": 1}, "total": 5},
         "out_of_office": [], "working_hours": [], "permissions": ["super_admin", "manage_availability"], "seat": "service", "extra_teams": ["vip"],
         "team": "support", "time_zone": "Europe/Oslo", "name": "Cleo", "id": "cleo"}"#,
     r#"{"id":"cleo","name":"Cleo","active":true,"time_zone":"Europe/Oslo","team":"support","extra_teams":["vip"],"seat":"service","permissions":["super_admin","manage_availability"],"working_hours":[],"capacity":{"total":5,"per_kind":{"call":1,"chat":3},"alone":["call"]},"skills":{"billing":3,"lang:sv":5},"attributes":{"a":1.5,"weight":2}}"#),
    ("put_team", r#""team": "vip", "entry""#,
     r#"{"working_hours": [{"end": "20:00", "start": "08:00", "days": ["mon"]}], "name": "VIP", "id": "vip"}"#,
     r#"{"id":"vip","name":"VIP","working_hours":[{"days":["mon"],"start":"08:00","end":"20:00"}]}"#),
    ("put_inbox", r#""inbox": "care", "entry""#,
     r#"{"channels": [{"after_hours": {"voicemail": "closed.mp3"}, "visitor": {"when_closed": {"hide": true}, "shows": {"teams": ["support"]}, "reply_time": "soon", "availability": "always"},
         "rules": [{"otherwise": "queue", "steps": [{"only_available": false, "wait": "90s", "skills": {"b": 2, "a": 1}, "tie": "most_recently_assigned", "assign_to": {"extra": true, "teams": ["vip"], "agents": ["bo", "anna"]}}],
         "match": {"priority": {"at_most": 3, "at_least": 1}, "hours": {"hours": [{"end": "17:00", "start": "09:00", "days": ["mon"]}], "time_zone": "Europe/Oslo"}, "attributes.plan": "pro"}, "id": "r"}],
         "accept_within": "20s", "wrap_up": "30s", "weight": 2, "kind": "call", "name": "Phone", "id": "phone"}],
         "time_zone": "Europe/Oslo", "access": {"agents": ["bo"], "teams": ["vip"]}, "name": "Care", "id": "care"}"#,
     r#"{"id":"care","name":"Care","access":{"teams":["vip"],"agents":["bo"]},"time_zone":"Europe/Oslo","channels":[{"id":"phone","name":"Phone","kind":"call","weight":2,"wrap_up":"30s","accept_within":"20s","rules":[{"id":"r","match":{"priority":{"at_least":1,"at_most":3},"hours":{"time_zone":"Europe/Oslo","hours":[{"days":["mon"],"start":"09:00","end":"17:00"}]},"attributes.plan":"pro"},"steps":[{"assign_to":{"agents":["bo","anna"],"teams":["vip"],"extra":true},"strategy":"least_busy","tie":"most_recently_assigned","skills":{"a":1,"b":2},"wait":"1m30s","only_available":false}],"otherwise":"queue"}],"visitor":{"availability":"always","reply_time":"soon","shows":{"agents":[],"teams":["support"]},"when_closed":{"hide":true}},"after_hours":{"voicemail":"closed.mp3"}}]}"#),
];

/// Returns all events of a change.
fn changes(desk: &mut Desk, (change, subject, entry, _): &(&str, &str, &str, &str)) -> Vec<Event> {
    let command = format!(r#"{{"type": "{change}", "at": "2026-11-20T09:00:00Z", {subject}: {entry}}}"#);
    desk.handle_json(&command).unwrap_or_else(|problems| panic!("{change}: {problems:#?}"))
}

/// Returns the event of a change.
fn change(desk: &mut Desk, told: &(&str, &str, &str, &str)) -> Event {
    let found = changes(desk, told).into_iter().find(|event| matches!(event.kind, EventKind::DeskChanged { .. }));
    found.unwrap_or_else(|| panic!("{}: refused", told.0))
}

#[test]
fn entries_have_the_documented_order() {
    let mut desk = desk();
    for told in &CHANGES {
        let event = change(&mut desk, told);
        let EventKind::DeskChanged { entry: Some(entry), .. } = &event.kind else { panic!("{}: no entry", told.0) };
        assert_eq!(entry.to_json(), told.3, "{}", told.0);
        let json = event.to_json();
        assert!(json.contains(&format!(r#""entry":{}"#, told.3)), "{json}");
        assert_eq!(Event::from_json(&json).unwrap().to_json(), json);
    }
}

#[test]
fn a_document_is_written_as_it_was_written() {
    assert_eq!(serde_json::to_string(&Document::from_json(DESK).unwrap()).unwrap(), DESK);
    assert_eq!(serde_json::to_string(&desk().document()).unwrap(), DESK);
}

#[test]
fn a_snapshot_holds_the_document_as_it_is_written() {
    let mut desk = desk();
    for told in &CHANGES {
        change(&mut desk, told);
        let (snapshot, document) = (desk.snapshot(), serde_json::to_string(&desk.document()).unwrap());
        assert!(snapshot.starts_with(&format!(r#"{{"version":1,"document":{document},"at":"#)), "{snapshot}");
    }
}

#[test]
fn a_restored_desk_has_the_same_snapshot() {
    let mut desk = desk();
    assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot());
    for told in &CHANGES {
        change(&mut desk, told);
        assert_eq!(Desk::restore(&desk.snapshot()).unwrap().snapshot(), desk.snapshot(), "{}", told.0);
    }
}

#[test]
fn events_rebuild_the_same_document_from_their_json() {
    let (mut original, mut rebuilt) = (desk(), desk());
    for told in &CHANGES {
        for event in changes(&mut original, told) {
            rebuilt.apply(&Event::from_json(&event.to_json()).unwrap()).unwrap();
        }
        assert_eq!(rebuilt.snapshot(), original.snapshot(), "{}", told.0);
    }
}

/// An entry in another order, from someone who stores events as they like, is the same entry.
#[test]
fn an_entry_is_read_in_any_order() {
    let mut original = desk();
    let mut rebuilt = desk();
    let event = change(&mut original, &CHANGES[3]);
    let sorted: Value = serde_json::from_str(&event.to_json()).unwrap();
    rebuilt.apply(&Event::from_json(&sorted.to_string()).unwrap()).unwrap();
    assert_eq!(rebuilt.snapshot(), original.snapshot());
}

/// A number of the embedder is read and written exactly.
#[test]
fn numbers_are_read_exactly() {
    let mut bits = 1_u64;
    for _ in 0..2_000 {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let number = (bits >> 11) as f64 * 1e-12;
        let text = format!(r#"{{"version":1,"time_zone":"UTC","x-number":{}}}"#, json!(number));
        let read = Document::from_json(&text).unwrap();
        assert_eq!(read.extensions["x-number"], json!(number), "{text}");
    }
}

/// Considered agents are part of an event if asked for: every reason, with its detail.
#[test]
fn an_explained_event_is_read_and_written_again() {
    let agents = json!([
        {"id": "full", "capacity": 0}, {"id": "full-of-chat", "capacity": {"per_kind": {"chat": 0}}},
        {"id": "busy", "capacity": {"alone": ["chat"]}}, {"id": "gone", "active": false},
        {"id": "away", "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-21", "note": "Skiing"}]},
        {"id": "unskilled", "skills": {"billing": 1}}, {"id": "guest", "seat": "guest"}, {"id": "other"},
        {"id": "weightless", "attributes": {"weight": 0}}, {"id": "anna"},
        {"id": "going", "working_hours": [{"days": ["fri"], "start": "08:00", "end": "09:05"}]},
    ]);
    let mut agents = agents;
    for agent in agents.as_array_mut().unwrap() {
        let unskilled = ["unskilled", "other"].contains(&agent["id"].as_str().unwrap());
        if !unskilled {
            agent["skills"] = json!({"billing": 3});
        }
        if agent["id"] != "guest" {
            agent["seat"] = "service".into();
        }
    }
    let all: Vec<&str> = agents.as_array().unwrap().iter().filter_map(|it| it["id"].as_str()).collect();
    let named: Vec<&str> = all.iter().copied().filter(|id| *id != "other").collect();
    let document = json!({"version": 1, "time_zone": "UTC", "agents": agents,
    "settings": {"last_assignment_before_end": "10m", "entitlements": {"auto_assign": ["service"]}},
    "inboxes": [
        {"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [
            {"assign_to": {"agents": named}, "strategy": "weighted_round_robin", "skills": {"billing": 2}}]}]}]},
    ]});
    let mut desk = Desk::from_json(&document.to_string()).unwrap();
    let open = |id: &str| {
        format!(
            r#"{{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "{id}", "inbox": "main", "channel": "chat"}}"#
        )
    };
    desk.handle_json(&open("held")).unwrap();
    let assign = r#"{"type": "assign", "at": "2026-11-20T09:00:00Z", "conversation": "held", "to": {"agent": "busy"}}"#;
    desk.handle_json(assign).unwrap();
    let command = desk.read_command(&open("c1")).unwrap();
    let (mut reasons, mut outside) = (Vec::new(), Vec::new());
    for event in desk.handle_with(&command, &Options::default().explain(true)).unwrap() {
        let read = Event::from_json(&event.to_json()).unwrap();
        assert_eq!(read, event);
        assert_eq!(read.to_json(), event.to_json());
        let considered = event.considered.iter().flatten();
        reasons.extend(considered.filter_map(|it| it.ineligible.as_ref().map(|it| it.as_str())));
        outside.push(event.not_in_target);
    }
    let expected = [
        "at_capacity",
        "at_capacity",
        "at_capacity",
        "deactivated",
        "away",
        "missing_skill",
        "no_seat",
        "zero_weight",
        "ending_soon",
    ];
    assert_eq!((reasons, outside), (expected.to_vec(), vec![0, 1]));
}

/// An event of an earlier version lists all agents, and is read and written again as it was.
#[test]
fn an_event_that_lists_those_outside_of_the_target_is_read() {
    let event = concat!(
        r#"{"version":1,"seq":2,"at":"2026-11-20T09:00:00.000Z","type":"assigned","conversation":"c1","agent":"anna","#,
        r#""rule":"all","step":1,"strategy":"least_busy","considered":[{"agent":"anna","load":0},"#,
        r#"{"agent":"cy","load":0,"reason":"not_in_target"}]}"#,
    );
    let read = Event::from_json(event).unwrap();
    assert_eq!(read.not_in_target, 0);
    assert_eq!(read.to_json(), event);
}
