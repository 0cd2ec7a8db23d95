//! Published availability contains nothing that visitors may not see.

use frontdesk::time::Instant;
use frontdesk::{Code, Desk};

/// A desk with `secret` in all values that visitors may not see.
const DESK: &str = r#"{"version": 1, "time_zone": "Europe/Stockholm", "x-secret-desk": "secret-extension",
    "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"}],
    "teams": [{"id": "secret-team", "name": "secret-team-name"}],
    "agents": [
        {"id": "secret-anna", "name": "secret-name", "team": "secret-team", "attributes": {"secret-key": "secret-value"}, "skills": {"secret-skill": 3},
            "out_of_office": [{"start": "2026-11-20T10:00", "end": "2026-11-20T11:00", "note": "secret-note", "uid": "secret-uid"}]},
        {"id": "secret-di", "active": false}],
    "holidays": [{"id": "secret-holiday", "name": "secret-holiday-name", "dates": ["2026-11-24"], "teams": ["secret-team"]}],
    "inboxes": [{"id": "main", "name": "secret-inbox-name", "access": {"teams": ["secret-team"]},
        "office_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "08:00", "end": "18:00"}],
        "channels": [
        {"id": "chat", "kind": "chat", "x-secret": "secret-x",
            "rules": [{"id": "secret-rule", "match": {"attributes.secret": "secret-match"}, "steps": [
                {"assign_to": {"teams": ["secret-team"]}, "skills": {"secret-skill": 1}, "wait": "30s"}], "otherwise": {"voicemail": "secret-voicemail"}}],
            "visitor": {"shows": {"agents": ["secret-anna"], "teams": ["secret-team"]}, "x-secret": "secret-x", "when_away": {"message": "Away.", "x-secret": 1}}},
        {"id": "secret-never", "kind": "chat", "office_hours": [],
            "visitor": {"availability": "office_hours", "reply_time": "secret-reply", "when_closed": {"hide": true, "message": "secret-closed"}}},
        {"id": "secret-nobody", "kind": "chat",
            "visitor": {"reply_time": "secret-reply", "when_away": {"hide": true, "message": "secret-away"}}},
        {"id": "secret-weekend", "kind": "chat", "office_hours": [{"days": ["sun"], "start": "09:00", "end": "10:00"}],
            "visitor": {"availability": "office_hours", "when_away": {"message": "Away."}, "when_closed": {"hide": true}}},
        {"id": "night", "kind": "chat", "rules": [{"id": "secret-rule", "steps": [{"assign_to": "everyone"}]}],
            "visitor": {"when_away": {"hide": true, "message": "secret-away", "reply_time": "secret-reply"}}}]}]}"#;

#[test]
fn holds_no_secret() {
    let mut desk = Desk::from_json(DESK).unwrap();
    desk.handle_json(
        r#"{"type": "set_status", "at": "2026-11-20T09:30:00Z", "agent": "secret-anna", "status": "away", "duration": "1h",
            "note": "secret-status", "by": "secret-anna"}"#,
    )
    .unwrap();
    let from = Instant::parse("2026-11-19T23:00:00Z").unwrap();
    let published = desk.publish("main", from, 2).unwrap();
    let channels: Vec<&str> = published.channels.iter().map(|it| it.channel.as_str()).collect();
    assert_eq!(channels, ["chat", "night"]);
    let text = published.to_json();
    assert!(!text.contains("secret"), "{text}");
    assert!(!text.contains("temporarily_away") && !text.contains("out_of_office"), "{text}");
    let problem = published.visitor("secret-nobody", from, &[]).unwrap_err();
    assert_eq!(problem.code, Code::UnknownChannel);
    // The weekend is in the range, so it has texts.
    let week = desk.publish("main", from, 4).unwrap();
    assert!(week.channels.iter().any(|it| it.channel == "secret-weekend"));
}
