//! Documents that are JSON, but not a desk.

use frontdesk::{Document, Problems};

use crate::marked::{Expected, assert_problems};

fn read(text: &str) -> Result<Document, Problems> {
    Document::from_json(text)
}

/// Rows of a document that is wrong at the marks, with the expected problems.
type Table<'a> = &'a [(&'a str, &'a [Expected<'a>])];

/// Puts each row into the frame, in place of its `…`.
#[track_caller]
fn assert_table(frame: &str, table: Table<'_>) {
    for (row, expected) in table {
        assert_problems(&frame.replacen('…', row, 1), expected, read);
    }
}

/// Returns the message and the hint of the first problem of a text.
fn told(text: &str) -> (String, String) {
    let problem = &read(text).unwrap_err()[0];
    (problem.message.clone(), problem.hint.clone().unwrap_or_default())
}

#[test]
fn what_is_empty_or_ends_too_early_is_told_in_plain_words() {
    for (text, message) in [
        ("", "the document is empty"),
        (" \n\t", "the document is empty"),
        ("{", "this is not a JSON document: it ends inside an object"),
        ("{\"a\"", "this is not a JSON document: it ends inside an object"),
        ("{\"a\":", "this is not a JSON document: it ends where a value should be"),
        ("[", "this is not a JSON document: it ends inside a list"),
        ("[tru]", "this is not a JSON document: only true, false and null stand without quotes"),
        ("[,]", "this is not a JSON document: a value should stand here"),
        ("{} {}", "this is not a JSON document: something follows after its end"),
        ("\"a", "this is not a JSON document: it ends inside a string"),
    ] {
        assert_eq!(told(text), (message.to_owned(), String::new()), "{text}");
    }
    // There is no key, so the hint to leave the key out would be wrong.
    assert_eq!(told("null"), ("expected an object, found null".to_owned(), String::new()));
}

#[test]
fn everything_that_would_be_right_is_told() {
    let agent = |rest: &str| told(&format!(r#"{{"version": 1, "time_zone": "UTC", "agents": [{rest}]}}"#));
    assert_eq!(agent("null"), ("expected an object, found null".to_owned(), "leave it out of the list".to_owned()));
    let capacity = agent(r#"{"id": "a", "capacity": "5"}"#);
    assert_eq!(capacity.0, "expected a whole number or an object, found text");
    let rule = r#"{"id": "i", "channels": [{"id": "c", "kind": "chat", "rules": [{"id": "r", "steps": …}]}]}"#;
    let channel = r#"{"id": "i", "channels": [{"id": "c", "kind": "chat", "visitor": {"shows": …}}]}"#;
    for (frame, value, message) in [
        (
            rule,
            r#"[{"assign_to": "all"}]"#,
            "\"all\" is none of everyone, contact_owner, last_agent, nor an object with agents, teams or a bot",
        ),
        (
            rule,
            r#"[{"assign_to": 5}]"#,
            "expected everyone, contact_owner, last_agent or an object with agents, teams or a bot, found a number",
        ),
        (
            rule,
            r#"[], "otherwise": "que""#,
            "\"que\" is none of queue, unassigned, notify_owner, nor an object with a voicemail or a bot",
        ),
        (channel, r#""anna""#, "\"anna\" is none of contact_owner, nor an object with agents, teams or a name"),
        (
            r#"{"id": "i", "access": …}"#,
            r#"["a"]"#,
            "expected everyone or an object with teams or agents, found a list",
        ),
    ] {
        let inbox = frame.replacen('…', value, 1);
        let (message_told, _) = told(&format!(r#"{{"version": 1, "time_zone": "UTC", "inboxes": [{inbox}]}}"#));
        assert_eq!(message_told, message);
    }
}

#[test]
fn the_document_itself() {
    assert_table(
        "…",
        &[
            ("▶null", &[("wrong_type", "$", "")]),
            ("▶[]", &[("wrong_type", "$", "")]),
            ("▶5", &[("wrong_type", "$", "")]),
            (r#"▶"desk""#, &[("wrong_type", "$", "")]),
            (r#"▶▶{}"#, &[("missing_key", "$", ""), ("missing_key", "$", "")]),
            (r#"▶{"version": 1}"#, &[("missing_key", "$", "")]),
            (r#"{"version": ▶2, "time_zone": "UTC"}"#, &[("unsupported_version", "$.version", "")]),
            (r#"{"version": ▶"1", "time_zone": "UTC"}"#, &[("wrong_type", "$.version", "")]),
            (r#"{"version": ▶1.5, "time_zone": "UTC"}"#, &[("wrong_type", "$.version", "")]),
            (r#"{"version": ▶null, "time_zone": "UTC"}"#, &[("wrong_type", "$.version", "leave the key out")]),
        ],
    );
}

#[test]
fn keys_and_ids() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", …}"#,
        &[
            (r#"▶"agent": []"#, &[("unknown_key", "$.agent", "did you mean agents?")]),
            (r#"▶"colour": "red""#, &[("unknown_key", "$.colour", "")]),
            (r#"▶"X-colour": "red""#, &[("unknown_key", "$.X-colour", "")]),
            (r#"▶"working hours": []"#, &[("unknown_key", r#"$["working hours"]"#, "did you mean working_hours?")]),
            (r#""x-more": {"a": 1, ▶"a": 2}"#, &[("duplicate_key", "$.x-more.a", "")]),
            (r#""agents": [], ▶"agents": []"#, &[("duplicate_key", "$.agents", "")]),
            (
                r#""kinds": [], ▶"kinds": [], ▶"kinds": []"#,
                &[("duplicate_key", "$.kinds", ""), ("duplicate_key", "$.kinds", "")],
            ),
            (
                r#""teams": [{"id": ▶5}], ▶"teams": []"#,
                &[("wrong_type", "$.teams[0].id", ""), ("duplicate_key", "$.teams", "")],
            ),
            (
                r#"▶"colour": 1, ▶▶"colour": 2"#,
                &[("unknown_key", "$.colour", ""), ("duplicate_key", "$.colour", ""), ("unknown_key", "$.colour", "")],
            ),
            (r#"▶"colo\u0075r": 1"#, &[("unknown_key", "$.colour", "")]),
            (
                r#""agents": [{"id": "a", "skills": {"x": ▶9, ▶"x": ▶8}}]"#,
                &[
                    ("out_of_range", "$.agents[0].skills.x", ""),
                    ("duplicate_key", "$.agents[0].skills.x", ""),
                    ("out_of_range", "$.agents[0].skills.x", ""),
                ],
            ),
            (r#""agents": ▶{"id": "a"}"#, &[("wrong_type", "$.agents", "")]),
            (r#""agents": [▶"a"]"#, &[("wrong_type", "$.agents[0]", "")]),
            (r#""agents": [▶{}]"#, &[("missing_key", "$.agents[0]", "")]),
            (r#""agents": [{"id": ▶""}]"#, &[("invalid_value", "$.agents[0].id", "")]),
            (r#""agents": [{"id": ▶"a\u0000"}]"#, &[("invalid_value", "$.agents[0].id", "")]),
            (r#""agents": [{"id": ▶7}]"#, &[("wrong_type", "$.agents[0].id", "")]),
            (r#""agents": [{"id": "a"}, {"id": ▶"a"}]"#, &[("duplicate_id", "$.agents[1].id", "")]),
            (r#""teams": [{"id": "a"}, {"id": ▶"a"}]"#, &[("duplicate_id", "$.teams[1].id", "")]),
            (
                r#""holidays": [{"id": "a", "dates": []}, {"id": ▶"a", "dates": []}]"#,
                &[("duplicate_id", "$.holidays[1].id", "")],
            ),
            (r#""inboxes": [{"id": "a"}, {"id": ▶"a"}]"#, &[("duplicate_id", "$.inboxes[1].id", "")]),
            (
                r#""inboxes": [{"id": "a", "channels": [{"id": "c", "kind": "chat"}, {"id": ▶"c", "kind": "call"}]}]"#,
                &[("duplicate_id", "$.inboxes[0].channels[1].id", "")],
            ),
            (r#""kinds": ["fax", ▶""]"#, &[("invalid_value", "$.kinds[1]", "")]),
        ],
    );
}

#[test]
fn an_id_may_be_long_but_not_too_long() {
    let agent = |length: usize| {
        format!(r#"{{"version": 1, "time_zone": "UTC", "agents": [{{"id": ▶"{}"}}]}}"#, "ö".repeat(length))
    };
    assert_problems(&agent(257), &[("invalid_value", "$.agents[0].id", "")], read);
    read(&agent(256).replace('▶', "")).unwrap();
}

#[test]
fn dangling_references() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "support"}], …}"#,
        &[
            (
                r#""agents": [{"id": "a", "team": ▶"suport"}]"#,
                &[("unknown_reference", "$.agents[0].team", "did you mean support?")],
            ),
            (
                r#""agents": [{"id": "a", "extra_teams": ["support", ▶"sales"]}]"#,
                &[("unknown_reference", "$.agents[0].extra_teams[1]", "")],
            ),
            (
                r#""holidays": [{"id": "h", "dates": [], "teams": [▶"a"], "inboxes": [▶"b"]}]"#,
                &[
                    ("unknown_reference", "$.holidays[0].teams[0]", ""),
                    ("unknown_reference", "$.holidays[0].inboxes[0]", ""),
                ],
            ),
            (
                r#""inboxes": [{"id": "i", "access": {"teams": [▶"a"], "agents": [▶"b"]}}]"#,
                &[
                    ("unknown_reference", "$.inboxes[0].access.teams[0]", ""),
                    ("unknown_reference", "$.inboxes[0].access.agents[0]", ""),
                ],
            ),
            (
                r#""inboxes": [{"id": "i", "channels": [{"id": "c", "kind": ▶"chatt"}]}]"#,
                &[("unknown_reference", "$.inboxes[0].channels[0].kind", "did you mean chat?")],
            ),
            (
                r#""agents": [{"id": "a", "capacity": {"per_kind": {"fax": ▶1}, "alone": ["call", ▶"fax"]}}]"#,
                &[
                    ("unknown_reference", "$.agents[0].capacity.per_kind.fax", ""),
                    ("unknown_reference", "$.agents[0].capacity.alone[1]", ""),
                ],
            ),
            (
                r#""agents": [{"id": "a", "capacity": {"per_inbox": {"i": 1, "ii": ▶1}}}], "inboxes": [{"id": "i"}]"#,
                &[("unknown_reference", "$.agents[0].capacity.per_inbox.ii", "there is only i")],
            ),
        ],
    );
}

#[test]
fn zones_and_times() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", …}]}"#,
        &[
            (
                r#""time_zone": ▶"Europe/Stokholm""#,
                &[("unknown_zone", "$.agents[0].time_zone", "did you mean Europe/Stockholm?")],
            ),
            (r#""time_zone": ▶"CET+1""#, &[("unknown_zone", "$.agents[0].time_zone", "")]),
            (r#""time_zone": ▶"+02:00""#, &[("unknown_zone", "$.agents[0].time_zone", "")]),
            (r#""time_zone": ▶2"#, &[("wrong_type", "$.agents[0].time_zone", "")]),
        ],
    );
    let hours = r#"{"version": 1, "time_zone": "UTC", "working_hours": [{"days": ["mon"], …}]}"#;
    assert_table(
        hours,
        &[
            (r#""start": "09:00", "end": ▶"25:00""#, &[("invalid_time", "$.working_hours[0].end", "09:00")]),
            (r#""start": "09:00", "end": ▶"24:01""#, &[("invalid_time", "$.working_hours[0].end", "24:00")]),
            (r#""start": ▶"24:00", "end": "24:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (r#""start": ▶"9:00", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "09:00")]),
            (r#""start": ▶"09:60", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (r#""start": ▶"09.00", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (r#""start": ▶" 9:00", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (r#""start": ▶"+9:00", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (r#""start": ▶"٠٩:٠٠", "end": "17:00""#, &[("invalid_time", "$.working_hours[0].start", "")]),
            (
                r#""start": ▶9, "end": ▶17"#,
                &[("wrong_type", "$.working_hours[0].start", ""), ("wrong_type", "$.working_hours[0].end", "")],
            ),
            (
                r#""start": "09:00", "end": "17:00", "first_day": ▶"2026-02-31""#,
                &[("invalid_time", "$.working_hours[0].first_day", "2026-11-20")],
            ),
        ],
    );
}

#[test]
fn dates() {
    let dates = [
        "2027-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-1-020",
        "2026-11- 3",
        " 026-11-20",
        "+2026-1-01",
        "-001-01-01",
        "20261120",
        "2026-11-20T00:00",
        "20-11-2026",
        "tomorrow",
        "",
    ];
    for date in dates {
        let document =
            format!(r#"{{"version": 1, "time_zone": "UTC", "holidays": [{{"id": "h", "dates": [▶"{date}"]}}]}}"#);
        assert_problems(&document, &[("invalid_time", "$.holidays[0].dates[0]", "2026-11-20")], read);
    }
}

#[test]
fn weekly_hours() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "working_hours": [▶{"start": "09:00", "end": "17:00", …}]}"#,
        &[
            (r#""days": ["mon"], "every": 2"#, &[("missing_key", "$.working_hours[0]", "add \"first_day\"")]),
            (
                r#""days": ["mon"], "first_day": "2026-11-21", "last_day": "2026-11-20""#,
                &[("conflict", "$.working_hours[0]", "")],
            ),
            (r#""x-days": ["mon"]"#, &[("missing_key", "$.working_hours[0]", "")]),
        ],
    );
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "working_hours": [{"start": "09:00", "end": "17:00", …}]}"#,
        &[
            (r#""days": ▶[]"#, &[("invalid_value", "$.working_hours[0].days", "")]),
            (r#""days": ▶"mon""#, &[("wrong_type", "$.working_hours[0].days", "")]),
            (r#""days": ["mon", ▶"Tue"]"#, &[("invalid_value", "$.working_hours[0].days[1]", "did you mean tue?")]),
            (
                r#""days": ["mon"], "first_day": "2026-11-20", "every": ▶0"#,
                &[("out_of_range", "$.working_hours[0].every", "")],
            ),
            (
                r#""days": ["mon"], "first_day": "2026-11-20", "every": ▶-2"#,
                &[("out_of_range", "$.working_hours[0].every", "")],
            ),
            (
                r#""days": ["mon"], "first_day": "2026-11-20", "every": ▶1.5"#,
                &[("wrong_type", "$.working_hours[0].every", "")],
            ),
            (r#""days": ["mon"], ▶"day": "tue""#, &[("unknown_key", "$.working_hours[0].day", "did you mean days?")]),
        ],
    );
}

#[test]
fn absences_and_date_hours() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [▶{…}]}]}"#,
        &[
            (
                r#""start": "2026-11-20T17:00", "end": "2026-11-20T09:00""#,
                &[("conflict", "$.agents[0].out_of_office[0]", "")],
            ),
            (
                r#""start": "2026-11-20T17:00", "end": "2026-11-20T17:00""#,
                &[("conflict", "$.agents[0].out_of_office[0]", "")],
            ),
            (
                r#""first_day": "2026-11-21", "last_day": "2026-11-20""#,
                &[("conflict", "$.agents[0].out_of_office[0]", "")],
            ),
            (r#""first_day": "2026-11-21""#, &[("missing_key", "$.agents[0].out_of_office[0]", "")]),
            (r#""start": "2026-11-21T09:00""#, &[("missing_key", "$.agents[0].out_of_office[0]", "")]),
            (
                r#""first_day": "2026-11-20", "last_day": "2026-11-20", "start": "2026-11-20T09:00""#,
                &[("conflict", "$.agents[0].out_of_office[0]", "keep one pair")],
            ),
        ],
    );
    let start = "$.agents[0].out_of_office[0].start";
    let starts = [
        "2026-11-20",
        "2026-11-20 09:00",
        "2026-11-20T09:00Z",
        "2026-11-20T09:00+01:00",
        "2026-11-20T25:00",
        "2026-11-20T24:30",
        "2026-11-20T9:00",
        "2026-11-20T 9:00",
        "2026-11-20T+9:00",
        "2026-11-20T09:00:60",
        "2026-11-20T09:00:00.5",
        "2026-11-31T09:00",
        "9999-12-31T24:00",
    ];
    for moment in starts {
        let document = format!(
            r#"{{"version": 1, "time_zone": "UTC", "agents": [{{"id": "a",
                "out_of_office": [{{"start": ▶"{moment}", "end": "9999-12-31T12:00"}}]}}]}}"#
        );
        assert_problems(&document, &[("invalid_time", start, "")], read);
    }
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "date_hours": […]}]}"#,
        &[
            (
                r#"{"date": "2026-11-20", "hours": []}, {"date": ▶"2026-11-20", "hours": []}"#,
                &[("duplicate_id", "$.agents[0].date_hours[1].date", "")],
            ),
            (r#"▶{"date": "2026-11-20"}"#, &[("missing_key", "$.agents[0].date_hours[0]", "")]),
            (
                r#"{"date": "2026-11-20", "hours": [{"start": "09:00", "end": "10:00", ▶"days": ["mon"]}]}"#,
                &[("unknown_key", "$.agents[0].date_hours[0].hours[0].days", "")],
            ),
        ],
    );
}

#[test]
fn travel() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "travel": […]}]}"#,
        &[
            (
                r#"{"first_day": "2026-12-07", "last_day": "2026-12-11", "time_zone": "Asia/Tokyo"}, ▶{"first_day": "2026-12-11", "last_day": "2026-12-12", "time_zone": "Asia/Seoul"}"#,
                &[("conflict", "$.agents[0].travel[1]", "")],
            ),
            (
                r#"{"first_day": "2026-12-01", "last_day": "2026-12-31", "time_zone": "Asia/Tokyo"}, ▶{"first_day": "2026-12-02", "last_day": "2026-12-03", "time_zone": "UTC"}, ▶{"first_day": "2026-12-05", "last_day": "2026-12-06", "time_zone": "UTC"}"#,
                &[("conflict", "$.agents[0].travel[1]", ""), ("conflict", "$.agents[0].travel[2]", "")],
            ),
            (
                r#"{"first_day": "2026-12-20", "last_day": "2026-12-31", "time_zone": "Asia/Tokyo"}, {"first_day": "2026-12-05", "last_day": "2026-12-06", "time_zone": "UTC"}, ▶{"first_day": "2026-12-01", "last_day": "2026-12-05", "time_zone": "UTC"}"#,
                &[("conflict", "$.agents[0].travel[2]", "")],
            ),
            (
                r#"▶{"first_day": "2026-12-07", "last_day": "2026-12-06", "time_zone": "Asia/Tokyo"}"#,
                &[("conflict", "$.agents[0].travel[0]", "")],
            ),
            (
                r#"▶{"first_day": "2026-12-07", "last_day": "2026-12-08"}"#,
                &[("missing_key", "$.agents[0].travel[0]", "")],
            ),
            (
                r#"{"first_day": "2026-12-07", "last_day": "2026-12-08", "time_zone": ▶"Asia/Tokio"}"#,
                &[("unknown_zone", "$.agents[0].travel[0].time_zone", "")],
            ),
        ],
    );
}

#[test]
fn substitutes() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "anna", …}, {"id": "bo", "substitute": "anna"}]}"#,
        &[
            (
                r#""substitute": ▶"anna""#,
                &[("invalid_value", "$.agents[0].substitute", "name another agent, or take this out")],
            ),
            (r#""substitute": ▶"bob""#, &[("unknown_reference", "$.agents[0].substitute", "bo")]),
            (r#""substitute": ▶["bo"]"#, &[("wrong_type", "$.agents[0].substitute", "")]),
            (r#""substitute": ▶null"#, &[("wrong_type", "$.agents[0].substitute", "leave the key out")]),
        ],
    );
}

#[test]
fn numbers_and_flags_of_an_agent() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", …}]}"#,
        &[
            (r#""skills": {"billing": ▶6}"#, &[("out_of_range", "$.agents[0].skills.billing", "")]),
            (r#""skills": {"lang:sv": ▶0}"#, &[("out_of_range", r#"$.agents[0].skills["lang:sv"]"#, "")]),
            (r#""skills": {"billing": ▶"3"}"#, &[("wrong_type", "$.agents[0].skills.billing", "")]),
            (r#""skills": ▶["billing"]"#, &[("wrong_type", "$.agents[0].skills", "")]),
            (r#""capacity": ▶-1"#, &[("out_of_range", "$.agents[0].capacity", "")]),
            (r#""capacity": {"total": ▶-1}"#, &[("out_of_range", "$.agents[0].capacity.total", "")]),
            (r#""capacity": ▶99999999999999999999"#, &[("out_of_range", "$.agents[0].capacity", "")]),
            (r#""capacity": ▶1e300"#, &[("out_of_range", "$.agents[0].capacity", "")]),
            (r#""capacity": ▶2.5"#, &[("wrong_type", "$.agents[0].capacity", "")]),
            (r#""capacity": ▶-1.0"#, &[("out_of_range", "$.agents[0].capacity", "")]),
            (r#""capacity": ▶"5""#, &[("wrong_type", "$.agents[0].capacity", "")]),
            (r#""capacity": ▶null"#, &[("wrong_type", "$.agents[0].capacity", "leave the key out")]),
            (r#""attributes": {"spend": ▶9007199254740993}"#, &[("out_of_range", "$.agents[0].attributes.spend", "")]),
            (
                r#""attributes": {"a": [{"b": ▶-9007199254740993}]}"#,
                &[("out_of_range", "$.agents[0].attributes.a[0].b", "")],
            ),
            // A number with a point or an exponent, or too long for any integer, is whole and beyond the bounds, too.
            (r#""attributes": {"a": ▶9007199254740994.0}"#, &[("out_of_range", "$.agents[0].attributes.a", "")]),
            (r#""attributes": {"a": [▶-1e300]}"#, &[("out_of_range", "$.agents[0].attributes.a[0]", "")]),
            (
                r#""attributes": {"a": ▶100000000000000000000}, "x-a": {"b": ▶-18446744073709551617}"#,
                &[("out_of_range", "$.agents[0].attributes.a", ""), ("out_of_range", "$.agents[0].x-a.b", "")],
            ),
            (r#""attributes": {"weight": ▶-1}"#, &[("out_of_range", "$.agents[0].attributes.weight", "")]),
            (r#""active": ▶"yes""#, &[("wrong_type", "$.agents[0].active", "")]),
            (r#""permissions": [▶"admin"]"#, &[("invalid_value", "$.agents[0].permissions[0]", "")]),
            (
                r#""permissions": [▶"superadmin"]"#,
                &[("invalid_value", "$.agents[0].permissions[0]", "did you mean super_admin?")],
            ),
        ],
    );
}

#[test]
fn rules() {
    let rule = "$.inboxes[0].channels[0].rules[0]";
    let at = |path: &str| format!("{rule}{path}");
    let frame = r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat",
        "rules": [{"id": "r", …}]}]}]}"#;
    let rows: [(&str, &str, &str, &str); 32] = [
        (r#""steps": [{"assign_to": ▶"everybody"}]"#, "invalid_value", ".steps[0].assign_to", ""),
        (r#""steps": [{"assign_to": ▶{}}]"#, "missing_key", ".steps[0].assign_to", ""),
        (r#""steps": [{"assign_to": {"agents": [▶"x"]}}]"#, "unknown_reference", ".steps[0].assign_to.agents[0]", ""),
        (
            r#""steps": [{"assign_to": ▶{"where": {"attributes.a": 1}}}]"#,
            "missing_key",
            ".steps[0].assign_to",
            "name \"agents\"",
        ),
        (
            r#""steps": [{"assign_to": {"agents": [], "where": {▶"skill.a": 1}}}]"#,
            "unknown_key",
            r#".steps[0].assign_to.where["skill.a"]"#,
            "there are team, skills.NAME and attributes.NAME",
        ),
        (
            r#""steps": [{"assign_to": {"agents": [], "where": {"team": ▶"x"}}}]"#,
            "unknown_reference",
            ".steps[0].assign_to.where.team",
            "",
        ),
        (
            r#""steps": [{"assign_to": {"agents": [], "where": {"skills.a": ▶"2"}}}]"#,
            "wrong_type",
            r#".steps[0].assign_to.where["skills.a"]"#,
            "",
        ),
        (
            r#""steps": [{"assign_to": {"agents": [], "where": {"attributes.a": ▶{}}}}]"#,
            "invalid_value",
            r#".steps[0].assign_to.where["attributes.a"]"#,
            "",
        ),
        (r#""steps": [{"assign_to": {"agents": [], "where": ▶[]}}]"#, "wrong_type", ".steps[0].assign_to.where", ""),
        (r#""steps": [{"assign_to": {"bot": "b", ▶"where": {}}}]"#, "unknown_key", ".steps[0].assign_to.where", ""),
        (r#""steps": [{"assign_to": "everyone", "relax_skills": ▶"a"}]"#, "wrong_type", ".steps[0].relax_skills", ""),
        (r#""steps": [▶{}]"#, "missing_key", ".steps[0]", ""),
        (r#""steps": ▶{}"#, "wrong_type", ".steps", ""),
        (
            r#""steps": [{"assign_to": "everyone", "strategy": ▶"round-robin"}]"#,
            "invalid_value",
            ".steps[0].strategy",
            "did you mean round_robin?",
        ),
        (
            r#""steps": [▶{"assign_to": "everyone", "strategy": "random", "tie": "most_recently_assigned"}]"#,
            "conflict",
            ".steps[0]",
            "least_busy",
        ),
        (r#""steps": [{"assign_to": "everyone", "wait": ▶"5 minutes"}]"#, "invalid_duration", ".steps[0].wait", "30m"),
        (r#""steps": [{"assign_to": "everyone", "wait": ▶300}]"#, "wrong_type", ".steps[0].wait", ""),
        (r#""steps": [{"assign_to": "everyone", "wait": ▶"99999d"}]"#, "out_of_range", ".steps[0].wait", ""),
        (r#""steps": [{"assign_to": "everyone", "skills": {"a": ▶9}}]"#, "out_of_range", ".steps[0].skills.a", ""),
        (r#""steps": [], "otherwise": ▶"que""#, "invalid_value", ".otherwise", ""),
        (r#""steps": [], "otherwise": ▶{"voicemail": "a", "bot": "b"}"#, "conflict", ".otherwise", ""),
        (r#""steps": [], "otherwise": ▶{}"#, "missing_key", ".otherwise", ""),
        (r#""steps": [], "match": {▶"colour": "red"}"#, "unknown_key", ".match.colour", "attributes.NAME"),
        (r#""steps": [], "match": {▶"attributes.": "red"}"#, "unknown_key", r#".match["attributes."]"#, ""),
        (r#""steps": [], "match": {"priority": ▶{}}"#, "invalid_value", ".match.priority", ""),
        (r#""steps": [], "match": {"priority": {"at_least": ▶"1"}}"#, "wrong_type", ".match.priority.at_least", ""),
        (
            r#""steps": [], "match": {"priority": {"at_least": ▶9007199254740993}}"#,
            "out_of_range",
            ".match.priority.at_least",
            "",
        ),
        (
            r#""steps": [], "match": {"attributes.a": {"at_most": ▶-1e20}}"#,
            "out_of_range",
            r#".match["attributes.a"].at_most"#,
            "",
        ),
        (r#""steps": [], "match": {"attributes.a": ["a", ▶1e16]}"#, "out_of_range", r#".match["attributes.a"][1]"#, ""),
        (
            r#""steps": [], "match": {"priority": {▶"atleast": 1}}"#,
            "unknown_key",
            ".match.priority.atleast",
            "did you mean at_least?",
        ),
        (r#""steps": [], "match": {"priority": ▶null}"#, "wrong_type", ".match.priority", ""),
        (
            r#""steps": [], "match": {"hours": {"time_zone": "UTC", "hours": ▶5}}"#,
            "wrong_type",
            ".match.hours.hours",
            "",
        ),
    ];
    for (row, code, path, hint) in rows {
        assert_problems(&frame.replacen('…', row, 1), &[(code, &at(path), hint)], read);
    }
}

#[test]
fn inboxes_channels_and_visitors() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", …}]}"#,
        &[
            (r#""access": ▶"nobody""#, &[("invalid_value", "$.inboxes[0].access", "")]),
            (r#""access": ▶["a"]"#, &[("wrong_type", "$.inboxes[0].access", "")]),
            (r#""channels": [▶{"id": "c"}]"#, &[("missing_key", "$.inboxes[0].channels[0]", "")]),
            (
                r#""channels": [{"id": "c", "kind": "chat", "weight": ▶-1}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].weight", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "accept_within": ▶"1w"}]"#,
                &[("invalid_duration", "$.inboxes[0].channels[0].accept_within", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "accept_within": ▶"0s"}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].accept_within", "leave the key out")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "offer_again_after": ▶"0s"}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].offer_again_after", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "rules": [{"id": "r", "steps": [{"assign_to": "everyone", "wait": ▶{}}]}]}]"#,
                &[("missing_key", "$.inboxes[0].channels[0].rules[0].steps[0].wait", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "rules": [{"id": "r", "steps": [{"assign_to": "everyone", "wait": {"office_hours": ▶"367d"}}]}]}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].rules[0].steps[0].wait.office_hours", "400d")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "rules": [{"id": "r", "steps": [{"assign_to": "everyone", "wait": {"office_hours": ▶"2 h"}}]}]}]"#,
                &[("invalid_duration", "$.inboxes[0].channels[0].rules[0].steps[0].wait.office_hours", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "rules": [{"id": "r", "steps": [{"assign_to": "everyone", "wait": {"office_hours": "2h", ▶"working_hours": "2h"}}]}]}]"#,
                &[("unknown_key", "$.inboxes[0].channels[0].rules[0].steps[0].wait.working_hours", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "offers_at_once": ▶0}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].offers_at_once", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "priority": ▶1000001}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].priority", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "waiting_limit": {"at_most": 1, "otherwise": ▶"queue"}}]"#,
                &[("conflict", "$.inboxes[0].channels[0].waiting_limit.otherwise", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "waiting_limit": ▶{"otherwise": "unassigned"}}]"#,
                &[("missing_key", "$.inboxes[0].channels[0].waiting_limit", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "waiting_limit": {"longest": ▶"0s", "otherwise": "unassigned"}}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].waiting_limit.longest", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "call", "accept_within": ▶"00h0m"}]"#,
                &[("out_of_range", "$.inboxes[0].channels[0].accept_within", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"availability": ▶"sometimes"}}]"#,
                &[("invalid_value", "$.inboxes[0].channels[0].visitor.availability", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"shows": ▶{"name": "x", "teams": []}}}]"#,
                &[("conflict", "$.inboxes[0].channels[0].visitor.shows", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"reply_time": ▶{}}}]"#,
                &[("invalid_value", "$.inboxes[0].channels[0].visitor.reply_time", "{\"en\": \"…\"}")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"when_away": {"message": {"en": ▶5}}}}]"#,
                &[("wrong_type", "$.inboxes[0].channels[0].visitor.when_away.message.en", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"reply_time": {"en": "soon", ▶"EN": "soon"}}}]"#,
                &[("duplicate_key", "$.inboxes[0].channels[0].visitor.reply_time.EN", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"reply_time": {▶"the English": "soon"}}}]"#,
                &[("invalid_value", "$.inboxes[0].channels[0].visitor.reply_time[\"the English\"]", "\"pt-BR\"")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"when_closed": {"message": ▶["Closed"]}}}]"#,
                &[("wrong_type", "$.inboxes[0].channels[0].visitor.when_closed.message", "")],
            ),
            (
                r#""channels": [{"id": "c", "kind": "chat", "visitor": {"when_away": {▶"hidden": true}}}]"#,
                &[("unknown_key", "$.inboxes[0].channels[0].visitor.when_away.hidden", "")],
            ),
        ],
    );
}

#[test]
fn statuses() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "statuses": […]}"#,
        &[
            (r#"{"id": ▶"away", "state": "away"}"#, &[("invalid_value", "$.statuses[0].id", "choose another id")]),
            (r#"{"id": "a", "state": ▶"gone"}"#, &[("invalid_value", "$.statuses[0].state", "")]),
            (r#"▶{"id": "a"}"#, &[("missing_key", "$.statuses[0]", "")]),
            (
                r#"{"id": "a", "state": "away"}, {"id": ▶"a", "state": "away"}"#,
                &[("duplicate_id", "$.statuses[1].id", "")],
            ),
            (
                r#"{"id": "a", "state": "available", "kinds": ["chat", ▶"cal"]}"#,
                &[("unknown_reference", "$.statuses[0].kinds[1]", "did you mean call?")],
            ),
        ],
    );
}

#[test]
fn table_filters() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "teams": [{"id": "vip"}], "inboxes": [{"id": "main"}], "table_filters": […]}"#,
        &[
            (r#"▶{"id": "a"}"#, &[("missing_key", "$.table_filters[0]", "")]),
            (r#"▶{"filter": {}}"#, &[("missing_key", "$.table_filters[0]", "")]),
            (r#"{"id": "a", "filter": ▶"vip"}"#, &[("wrong_type", "$.table_filters[0].filter", "")]),
            (
                r#"{"id": "a", "filter": {"team": ▶"vop", "inbox": ▶"mian"}}"#,
                &[
                    ("unknown_reference", "$.table_filters[0].filter.team", "did you mean vip?"),
                    ("unknown_reference", "$.table_filters[0].filter.inbox", "did you mean main?"),
                ],
            ),
            (
                r#"{"id": "a", "filter": {"state": ▶"gone", ▶"steam": "vip"}}"#,
                &[
                    ("invalid_value", "$.table_filters[0].filter.state", ""),
                    ("unknown_key", "$.table_filters[0].filter.steam", "did you mean team?"),
                ],
            ),
            (
                r#"{"id": "a", "filter": {}}, {"id": ▶"a", "filter": {}}"#,
                &[("duplicate_id", "$.table_filters[1].id", "")],
            ),
        ],
    );
}

#[test]
fn settings() {
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "settings": {…}}"#,
        &[
            (r#""on_away": ▶"keeep""#, &[("invalid_value", "$.settings.on_away", "did you mean keep?")]),
            (r#""on_shift_end": ▶"requeu""#, &[("invalid_value", "$.settings.on_shift_end", "did you mean requeue?")]),
            (r#""on_shift_end": ▶15"#, &[("wrong_type", "$.settings.on_shift_end", "")]),
            (
                r#""on_shift_end": {"requeue_after": ▶"0s"}"#,
                &[("out_of_range", "$.settings.on_shift_end.requeue_after", "")],
            ),
            (
                r#""on_absence": {"requeue_after": ▶"-15m"}"#,
                &[("invalid_duration", "$.settings.on_absence.requeue_after", "")],
            ),
            (r#""on_absence": ▶{}"#, &[("missing_key", "$.settings.on_absence", "")]),
            (r#""missed_offers_before_away": ▶0"#, &[("out_of_range", "$.settings.missed_offers_before_away", "")]),
            (r#""seed": ▶-1"#, &[("out_of_range", "$.settings.seed", "")]),
            (r#""requires_seat": ▶1"#, &[("wrong_type", "$.settings.requires_seat", "")]),
            (
                r#""last_assignment_before_end": ▶"-10m""#,
                &[("invalid_duration", "$.settings.last_assignment_before_end", "")],
            ),
            (r#""entitlements": {▶"holidays": []}"#, &[("unknown_key", "$.settings.entitlements.holidays", "")]),
            (
                r#""entitlements": {"auto_assign": ▶"sales"}"#,
                &[("wrong_type", "$.settings.entitlements.auto_assign", "")],
            ),
        ],
    );
}

/// A missing feature is named, and the other parts are read.
#[test]
#[cfg(not(feature = "recurrence"))]
fn what_this_build_lacks_says_so() {
    let hint = "build it with the feature \"recurrence\", or flatten the document with a build that has it";
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "agents": [{"id": "a", "out_of_office": [
            {"start": "2026-11-20T09:00", "end": "2026-11-20T17:00", "uid": "a@b", "sequence": 1, …}]}]}"#,
        &[
            (r#""repeat": ▶"FREQ=DAILY""#, &[("unsupported_feature", "$.agents[0].out_of_office[0].repeat", hint)]),
            (r#""except": ▶["2026-12-04"]"#, &[("unsupported_feature", "$.agents[0].out_of_office[0].except", hint)]),
            (r#""also": ▶["2026-12-04T10:00"]"#, &[("unsupported_feature", "$.agents[0].out_of_office[0].also", hint)]),
        ],
    );
}

#[cfg(not(feature = "script"))]
#[test]
fn scripts_without_their_feature() {
    let rule = "$.inboxes[0].channels[0].rules[0]";
    let named = "feature \"script\"";
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat",
            "rules": [{"id": "r", …}]}]}]}"#,
        &[
            (r#""steps": [], "when": ▶"priority > 1""#, &[("unsupported_feature", &format!("{rule}.when"), named)]),
            (
                r#""steps": [{"assign_to": "everyone", "strategy": ▶{"script": "mine"}}]"#,
                &[("unsupported_feature", &format!("{rule}.steps[0].strategy"), named)],
            ),
        ],
    );
}

#[test]
fn on_error_is_for_scripts() {
    let step = "$.inboxes[0].channels[0].rules[0].steps[0]";
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat",
            "rules": [{"id": "r", "steps": […]}]}]}]}"#,
        &[
            (r#"▶{"assign_to": "everyone", "on_error": "random"}"#, &[("conflict", step, "choose \"strategy\"")]),
            (
                r#"▶{"assign_to": "everyone", "strategy": "random", "on_error": "skip_step"}"#,
                &[("conflict", step, "choose \"strategy\"")],
            ),
        ],
    );
}

#[cfg(feature = "script")]
#[test]
fn scripts_as_a_step_names_them() {
    let step = "$.inboxes[0].channels[0].rules[0].steps[0]";
    assert_table(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "i", "channels": [{"id": "c", "kind": "chat",
            "rules": [{"id": "r", "steps": […]}]}]}]}"#,
        &[
            (r#"{"assign_to": "everyone", "strategy": ▶{}}"#, &[("missing_key", &format!("{step}.strategy"), "")]),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": ▶5}}"#,
                &[("wrong_type", &format!("{step}.strategy.script"), "")],
            ),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": ▶""}}"#,
                &[("invalid_value", &format!("{step}.strategy.script"), "")],
            ),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": "s", "params": ▶[]}}"#,
                &[("wrong_type", &format!("{step}.strategy.params"), "")],
            ),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": "s", ▶"parms": {}}}"#,
                &[("unknown_key", &format!("{step}.strategy.parms"), "did you mean params?")],
            ),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": "s", "params": {"a": 1, ▶"a": 2}}}"#,
                &[("duplicate_key", &format!("{step}.strategy.params.a"), "")],
            ),
            (
                r#"{"assign_to": "everyone", "strategy": {"script": "s"}, "on_error": ▶"skip"}"#,
                &[("invalid_value", &format!("{step}.on_error"), "")],
            ),
            (
                r#"▶{"assign_to": "everyone", "strategy": {"script": "s"}, "tie": "most_recently_assigned"}"#,
                &[("conflict", step, "least_busy")],
            ),
        ],
    );
}

#[test]
fn all_problems_at_once_in_the_order_of_the_text() {
    assert_problems(
        r#"▶{
  "agents": [
    {"id": "anna", "team": ▶"suport", "skills": {"billing": ▶6}},
    {"id": "ål", ▶"naem": "Ål", "working_hours": [{"days": ["mon"], "start": "09:00", "end": ▶"25:00"}]},
    {"id": ▶"anna", "time_zone": ▶"Europe/Stokholm"}
  ],
  "teams": [{"id": "support"}],
  "holidays": [{"id": "h", "dates": [▶"2026-02-31", "2026-12-25", ▶5]}],
  "version": ▶3,
  ▶"version": 1
}"#,
        &[
            ("missing_key", "$", ""),
            ("unknown_reference", "$.agents[0].team", "support"),
            ("out_of_range", "$.agents[0].skills.billing", ""),
            ("unknown_key", "$.agents[1].naem", "name"),
            ("invalid_time", "$.agents[1].working_hours[0].end", ""),
            ("duplicate_id", "$.agents[2].id", ""),
            ("unknown_zone", "$.agents[2].time_zone", "Europe/Stockholm"),
            ("invalid_time", "$.holidays[0].dates[0]", ""),
            ("wrong_type", "$.holidays[0].dates[2]", ""),
            ("unsupported_version", "$.version", ""),
            ("duplicate_key", "$.version", ""),
        ],
        read,
    );
}

#[test]
fn a_position_is_a_line_and_a_character() {
    // Expected values written by hand, so that this test does not depend on the marks.
    let text = "{\r\n  \"version\": 1, \"time_zone\": \"UTC\",\r\n\t\"x-ö\": \"🦆\", \"agent\": []\r\n}";
    let problem = &read(text).unwrap_err()[0];
    assert_eq!(problem.position.map(|at| (at.line, at.column)), Some((3, 14)));
    let told = "unknown_key: there is no key \"agent\" here at $.agent (line 3, column 14); did you mean agents?";
    assert_eq!(problem.to_string(), told);
}
