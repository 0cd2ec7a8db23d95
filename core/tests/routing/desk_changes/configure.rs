//! `configure`: parts of the document, or a whole one; and holidays.

use frontdesk::desk::{Action, Command, EventKind, NewDocument};
use frontdesk::time::Instant;
use frontdesk::{Code, Desk};
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel, everyone, one_each, story_with};

/// A document that is that of a desk but for some keys.
fn but(desk: &Desk, keys: Value) -> Value {
    let mut document = serde_json::to_value(desk.document()).unwrap();
    keys.as_object().unwrap().iter().for_each(|(key, value)| document[key] = value.clone());
    json!({"document": document})
}

fn without(desk: &Desk, key: &str) -> Value {
    let mut document = serde_json::to_value(desk.document()).unwrap();
    document.as_object_mut().unwrap().remove(key);
    json!({"document": document})
}

fn hours(start: &str, end: &str) -> Value {
    json!([{"days": ["fri"], "start": start, "end": end}])
}

stories! {
    of_a_status_whose_time_is_over: Office::of(json!([{"id": "anna", "active": false}])).with(json!({"statuses": [{"id": "writing", "state": "away"}]})).desk(), r#"
        09:00 set anna writing {"duration": "2m"}
        - anna away deactivated
        09:01 configure {"statuses": []}
        - refused in_use
        # Nothing was told since, because a deactivated agent does not turn.
        09:02 configure {"statuses": []}
        - configure statuses="#;

    of_a_team_that_goes_with_the_default_of_rules: Office::of(json!(["anna"])).everyone("in_order")
        .settings(json!({"otherwise": "unassigned"})).with(json!({"teams": [{"id": "t"}]})).desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to team t {"distribute": true}
        - c1 unassigned from anna distributed
        - c1 queued team t by all
        # It was waiting, and would be routed again under the other rules; but its team goes.
        09:02 configure {"document": {"version": 1, "time_zone": "UTC", "teams": [], "settings": {"on_removed": "unassign"}}}
        - configure settings
        - remove_team t
        - c1 unassigned removed"#;

    /// On a holiday everybody who observes it is away, from the command on; without it they are back.
    a_holiday_is_put_and_removed: everyone("in_order", json!(["anna"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 put_holiday {"id": "today", "dates": ["2026-11-20"]}
        - put_holiday today
        - anna away holiday
        09:02 open c2
        - c2 queued all/1
        09:03 put_holiday {"id": "today", "dates": ["2026-11-20"], "inboxes": ["main"]}
        - put_holiday today
        - anna available always_on
        - c2 assigned anna all/1 in_order
        09:04 remove_holiday today
        - remove_holiday today
        09:05 remove_holiday today
        - refused unknown_holiday
    "#;

    /// A status that somebody has who is gone is there until then, also for those who follow.
    a_status_goes_with_the_agent_who_has_it: Office::of(json!(["anna", "bo"])).everyone("in_order")
        .with(json!({"statuses": [{"id": "lunch", "state": "away"}]})).desk(), r#"
        09:00 set anna lunch
        - anna away set_away lunch
        09:01 configure {"document": {"version": 1, "time_zone": "UTC", "statuses": [{"id": "lunch", "state": "available"}], "agents": [{"id": "bo"}]}}
        - remove_agent anna
        - configure statuses=lunch
        09:02 set bo lunch
        - bo available set_available lunch
    "#;

    /// Filters of the table are replaced whole; what they name has to be there.
    filters_of_the_table_are_replaced: Office::of(json!(["anna", {"id": "boss", "permissions": ["super_admin"]}]))
        .everyone("in_order").desk(), r#"
        09:00 configure by boss {"table_filters": [{"id": "away", "filter": {"state": "away"}}, {"id": "main", "filter": {"inbox": "main"}}]}
        - configure table_filters=away,main by boss
        09:01 configure by anna {"table_filters": [{"id": "main", "filter": {"inbox": "main"}}]}
        - refused not_permitted
        09:02 configure {"table_filters": [{"id": "away", "filter": {"state": "away"}}, {"id": "main", "filter": {"inbox": "main"}}]}
        09:03 configure {"table_filters": [{"id": "main", "filter": {"inbox": "main", "skill": "x"}}]}
        - configure table_filters=main
        09:04 configure {"table_filters": []}
        - configure table_filters=
    "#;

    /// Settings are replaced whole, and what they decide changes at once.
    settings_are_replaced: Office::of(json!([{"id": "anna", "seat": "service"}, "bo"])).everyone("in_order").desk(), r#"
        09:00 configure {"settings": {"requires_seat": true}}
        - configure settings
        09:01 open c1
        - c1 assigned anna all/1 in_order
        09:02 configure {"settings": {"requires_seat": true}}
        09:03 configure {"settings": {}}
        - configure settings
    "#;

    /// An agent who may now get conversations serves the queue.
    settings_serve_the_queue: Office::of(json!(["anna"])).everyone("in_order").settings(json!({"requires_seat": true})).desk(), r#"
        09:00 open c1
        - c1 queued all/1
        09:01 configure {"settings": {}}
        - configure settings
        - c1 assigned anna all/1 in_order
    "#;

    /// A new `forget_closed_after` forgets at once all that is overdue by it.
    a_shorter_memory: everyone("in_order", json!(["anna"])), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 open c2
        - c2 assigned anna all/1 in_order
        11:00 close c2
        - c2 closed anna
        11:01 configure {"settings": {"forget_closed_after": "1h"}}
        - configure settings
        - c1 forgotten
        12:00 advance
        - c2 forgotten
    "#;

    /// A longer memory keeps what is not forgotten yet.
    a_longer_memory: Office::of(json!(["anna"])).everyone("in_order").settings(json!({"forget_closed_after": "1h"})).desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        10:00 configure {"settings": {"forget_closed_after": "2h"}}
        - configure settings
        10:01 advance
        11:01 advance
        - c1 forgotten
    "#;

    /// The hours of the desk are those of agents without their own; null takes them out.
    the_hours_of_the_desk: everyone("in_order", json!(["anna", {"id": "bo", "working_hours": []}])), r#"
        09:00 configure {"working_hours": [{"days": ["fri"], "start": "10:00", "end": "11:00"}]}
        - configure working_hours
        - anna away outside_working_hours
        10:00 advance
        - anna available working_hours
        10:30 configure {"working_hours": null}
        - configure working_hours
        - anna available always_on
    "#;

    /// In another zone the hours are at other instants.
    the_zone_of_the_desk: Office::of(json!([{"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "17:00"}]}])).desk(), r#"
        09:30 advance
        - started
        09:30 configure {"time_zone": "Asia/Tokyo"}
        - configure time_zone
        - anna away outside_working_hours
    "#;

    /// An away ends when the next shift starts, by the setting as it is now.
    an_away_follows_the_setting: Office::of(json!([{"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}, {"days": ["fri"], "start": "11:00", "end": "12:00"}, {"days": ["fri"], "start": "13:00", "end": "14:00"}]}])).desk(), r#"
        09:30 away anna
        - anna away set_away
        10:30 configure {"settings": {"away_ends_at_shift_start": true}}
        - configure settings
        11:00 advance
        - anna available working_hours
        11:30 away anna
        - anna away set_away
        12:30 configure {"settings": {}}
        - configure settings
        13:30 advance
    "#;

    /// Nine to five in Tokyo is midnight to eight here. What she holds stays; an away ends where her hours there begin.
    an_agent_travels: Office::of(json!([{"id": "anna", "working_hours": [{"days": ["thu", "fri", "sat"], "start": "09:00", "end": "17:00"}]}]))
        .everyone("in_order").settings(json!({"own_away_ends_at_shift_start": true})).desk(), r#"
        09:30 open c1
        - c1 assigned anna all/1 in_order
        09:40 put_agent {"id": "anna", "working_hours": [{"days": ["thu", "fri", "sat"], "start": "09:00", "end": "17:00"}], "travel": [{"first_day": "2026-11-20", "last_day": "2026-11-21", "time_zone": "Asia/Tokyo"}]}
        - put_agent anna
        - anna away outside_working_hours
        09:50 away anna by anna
        - anna away set_away by anna
        09:51 open c2
        - c2 queued all/1
        2026-11-21T09:00 advance
        - 2026-11-21T00:00 anna available working_hours
        - 2026-11-21T00:00 c2 assigned anna all/1 in_order
        - 2026-11-21T08:00 anna away outside_working_hours
    "#;

    /// The setting for one's own away, which leaves that of somebody else as it is.
    ones_own_away_follows_the_setting: Office::of(json!([
        {"id": "anna", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}, {"days": ["fri"], "start": "11:00", "end": "12:00"}]},
        {"id": "bo", "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}, {"days": ["fri"], "start": "11:00", "end": "12:00"}]},
        {"id": "lead", "permissions": ["manage_availability"]},
    ])).desk(), r#"
        09:30 away anna
        - anna away set_away
        09:30 away bo by lead
        - bo away set_away_by_other by lead
        - bo notice set_away_by_other by lead
        09:40 configure {"settings": {"own_away_ends_at_shift_start": true}}
        - configure settings
        11:00 advance
        - anna available working_hours
        11:30 configure {"settings": {"away_ends_at_shift_start": true}}
        - configure settings
        - bo available working_hours
    "#;
}

#[test]
fn the_same_document_changes_nothing() {
    let desk = Office::of(one_each()).everyone("in_order").settings(json!({"seed": 3})).desk();
    let same = but(&desk, json!({}));
    story_with(
        &desk,
        &[("same", same)],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 configure $same",
    );
}

#[test]
fn people_keep_what_they_hold() {
    let office = Office::of(json!(["anna", "bo"])).everyone("in_order");
    let desk = office.desk();
    let agents = json!([{"id": "anna", "name": "Anna", "capacity": 1}, {"id": "cy"}]);
    story_with(
        &desk,
        &[("new", but(&desk, json!({"agents": agents})))],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 assign c1 to bo
        - c1 assigned bo by_hand
        09:02 open c2
        - c2 assigned anna all/1 in_order
        # What is new and other comes first, removals last.
        09:03 configure $new
        - configure agents=anna,cy
        - c1 unassigned from bo removed
        - remove_agent bo
        - c1 assigned cy all/1 in_order",
    );
}

#[test]
fn lists_that_are_left_out_stay_and_null_takes_out() {
    let absence = json!([{"first_day": "2026-11-20", "last_day": "2026-11-20"}]);
    let agents =
        json!([{"id": "anna", "team": "support", "out_of_office": absence, "working_hours": hours("09:00", "17:00")}]);
    let mut desk = Office::of(agents).everyone("in_order").desk();
    assert_eq!(act(&mut desk, "08:00 advance"), ["- started"]);
    let configure = |desk: &mut Desk, document: Value| {
        let line = format!("08:00 configure {}", json!({"document": document}));
        act(desk, &line)
    };
    let base = |agent: Value| json!({"version": 1, "time_zone": "UTC", "agents": [agent]});
    // The team is no list: it goes. The teams of the desk stay.
    assert_eq!(configure(&mut desk, base(json!({"id": "anna"}))), ["- configure agents=anna"]);
    let now = desk.document();
    assert_eq!((now.teams.len(), now.inboxes.len(), now.agents[0].team.as_ref()), (1, 1, None));
    assert_eq!((now.agents[0].out_of_office.len(), now.agents[0].working_hours.is_some()), (1, true));
    let null = json!({"id": "anna", "working_hours": null, "out_of_office": null});
    assert_eq!(configure(&mut desk, base(null))[0], "- configure agents=anna");
    let now = desk.document();
    assert_eq!((now.agents[0].out_of_office.len(), now.agents[0].working_hours.is_some()), (0, false));
    let gone = json!({"version": 1, "time_zone": "UTC", "teams": null, "inboxes": []});
    assert_eq!(configure(&mut desk, gone), ["- remove_inbox main", "- remove_team support"]);
    assert_eq!(desk.document().agents.len(), 1, "agents are left out, and stay");
}

#[test]
fn the_order_of_agents_decides_the_last_tie() {
    let desk = everyone("in_order", json!(["anna", "bo", "cy"]));
    let backwards = but(&desk, json!({"agents": [{"id": "cy"}, {"id": "bo"}, {"id": "anna"}]}));
    story_with(
        &desk,
        &[("backwards", backwards)],
        "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 configure $backwards
        - configure order.agents=cy,bo,anna
        09:00 open c2
        - c2 assigned cy all/1 in_order
        # What is held is still held by the same.
        09:00 away anna
        - anna away set_away
        09:00 close c1
        - c1 closed anna
        09:00 reopen c1
        - c1 reopened
        - c1 assigned cy all/1 in_order",
    );
}

#[test]
fn the_order_of_other_lists_is_content_too() {
    let office = Office::of(json!([{"id": "anna", "team": "a", "extra_teams": ["b"]}]));
    let mut desk = office.desk();
    let holidays = json!([{"id": "x", "dates": []}, {"id": "y", "dates": []}]);
    let other = json!({"id": "other", "access": "everyone", "channels": []});
    let main = serde_json::to_value(&desk.document().inboxes[0]).unwrap();
    let first = but(&desk, json!({"holidays": holidays, "inboxes": [main, other]}));
    assert_eq!(act(&mut desk, &format!("09:00 configure {first}")), ["- configure holidays=x,y inboxes=other"]);
    let turned = but(
        &desk,
        json!({"teams": [{"id": "b"}, {"id": "a"}], "holidays": [holidays[1], holidays[0]], "inboxes": [other, main]}),
    );
    let events = act(&mut desk, &format!("09:00 configure {turned}"));
    assert_eq!(events, ["- configure order.holidays=y,x inboxes=other,main teams=b,a"]);
    assert_eq!(json!({"document": desk.document()}), turned);
    assert_eq!(json!({"document": Desk::restore(&desk.snapshot()).unwrap().document()}), turned);
}

#[test]
fn new_inboxes_may_name_each_other() {
    let mut desk = everyone("in_order", json!(["anna"]));
    let of = |id: &str, other: &str| {
        let rules = json!([{"id": "r", "match": {"inbox": other}, "steps": [{"assign_to": "everyone"}]}]);
        json!({"id": id, "channels": [{"id": "c", "kind": "chat", "rules": rules}]})
    };
    let main = serde_json::to_value(&desk.document().inboxes[0]).unwrap();
    let new = but(&desk, json!({"inboxes": [main, of("one", "two"), of("two", "one")]}));
    assert_eq!(act(&mut desk, &format!("09:00 configure {new}")), ["- configure inboxes=one,two"]);
}

#[test]
fn it_is_refused_as_a_whole_with_all_that_is_in_use() {
    let office = Office::of(json!(["anna"])).everyone("in_order").channel(channel("fax", "chat", json!([]), json!({})));
    let mut desk = office.desk();
    let other = json!({"id": "other", "channels": [{"id": "c", "kind": "chat"}]});
    act(&mut desk, &format!("09:00 put_inbox {other}"));
    act(&mut desk, "09:00 open c1");
    act(&mut desk, "09:00 open c2 other/c");
    let before = desk.snapshot();
    let new = but(&desk, json!({"inboxes": [], "agents": [{"id": "anna", "name": "Anna"}]}));
    let command = json!({"type": "configure", "at": "2026-11-20T09:01:00Z", "document": new["document"]});
    let events = desk.handle_json(&command.to_string()).unwrap();
    let EventKind::Refused { code, message, .. } = &events[0].kind else { panic!("{events:?}") };
    assert_eq!(*code, Code::InUse);
    assert_eq!(message, r#"main has open conversations, such as "c1"; other has open conversations, such as "c2""#);
    assert_eq!(desk.snapshot(), before);
}

/// The ids of the filters of the table.
fn filters(desk: &Desk) -> Vec<String> {
    desk.document().table_filters.iter().map(|saved| saved.id.to_string()).collect()
}

/// A filter without the team or the inbox that it is about would show everybody, so it goes with it.
#[test]
fn a_filter_of_the_table_goes_with_what_it_names() {
    let saved = json!([
        {"id": "all", "filter": {"state": "away"}},
        {"id": "vip", "filter": {"team": "vip", "state": "away"}}, {"id": "claims", "filter": {"inbox": "claims"}},
        {"id": "both", "filter": {"team": "vip", "inbox": "claims"}}, {"id": "us", "filter": {"team": "us"}},
    ]);
    let document = json!({
        "version": 1, "time_zone": "UTC", "teams": [{"id": "vip"}, {"id": "us"}], "agents": [{"id": "anna", "team": "vip"}],
        "inboxes": [{"id": "main"}, {"id": "claims"}], "table_filters": saved,
    });
    let desk = Desk::from_json(&document.to_string()).unwrap();
    for (commands, left) in [
        (vec!["09:00 remove_team vip"], "all claims us"),
        (vec!["09:00 remove_inbox claims"], "all vip us"),
        (vec!["09:00 remove_inbox claims", "09:00 remove_team vip", "09:00 put_team {\"id\": \"vip\"}"], "all us"),
        (vec!["09:00 remove_agent anna", "09:00 remove_inbox main"], "all vip claims both us"),
    ] {
        let mut desk = desk.clone();
        let mut rebuilt = desk.clone();
        for command in &commands {
            act(&mut desk, command);
        }
        assert_eq!(filters(&desk).join(" "), left, "{commands:?}");
        assert_eq!(filters(&Desk::restore(&desk.snapshot()).unwrap()).join(" "), left, "{commands:?}");
        let ended = desk.table_filter("vip").map(|filter| filter.team.is_some());
        assert_eq!(
            ended.map_err(|problem| problem.code),
            if left.contains("vip") { Ok(true) } else { Err(Code::UnknownFilter) }
        );
        act(&mut rebuilt, &format!("09:00 configure {}", json!({"document": desk.document()})));
        assert_eq!(rebuilt.document(), desk.document(), "{commands:?}");
    }

    // A document that leaves the filters out keeps those that name nothing which it takes out.
    let mut desk = desk.clone();
    let fewer = json!({"document": {"version": 1, "time_zone": "UTC", "teams": [{"id": "us"}], "agents": []}});
    act(&mut desk, &format!("09:00 configure {fewer}"));
    assert_eq!(filters(&desk).join(" "), "all claims us");
    let dangling = json!({"type": "configure", "at": "2026-11-20T09:00:00Z", "document": {"version": 1, "time_zone": "UTC",
        "teams": [], "agents": [], "table_filters": [{"id": "us", "filter": {"team": "us"}}]}});
    let problems = desk.handle_json(&dangling.to_string()).unwrap_err();
    assert_eq!(
        (problems[0].code, problems[0].path.as_str()),
        (Code::UnknownReference, "$.document.table_filters[0].filter.team")
    );
}

#[test]
fn kinds_in_use_stay() {
    let agents = json!([{"id": "anna", "capacity": {"per_kind": {"fax": 1}}}]);
    let chat = json!({"id": "main", "channels": [{"id": "f", "kind": "fax"}]});
    let document =
        json!({"version": 1, "time_zone": "UTC", "kinds": ["fax", "sms"], "agents": agents, "inboxes": [chat]});
    let mut desk = Desk::from_json(&document.to_string()).unwrap();
    let refused = desk.handle_json(r#"{"type": "configure", "at": "2026-11-20T09:00:00Z", "kinds": ["sms"]}"#).unwrap();
    let EventKind::Refused { code, message, .. } = &refused[0].kind else { panic!("{refused:?}") };
    assert_eq!(*code, Code::InUse);
    assert_eq!(
        message,
        r#"the kind "fax" is that of the channel "f" of the inbox "main"; the kind "fax" is in the capacity of the agent "anna""#
    );
    assert_eq!(act(&mut desk, r#"09:00 configure {"kinds": ["pager", "fax"]}"#), ["- configure kinds=pager,fax"]);
    // The limit of one is still that of faxes.
    act(&mut desk, "09:00 open c1 main/f");
    assert_eq!(act(&mut desk, "09:00 assign c1 to anna"), ["- c1 assigned anna by_hand"]);
    let row = &desk.table(&Default::default(), Instant::parse("2026-11-20T09:00:00Z").unwrap()).unwrap()[0];
    assert_eq!(row.load, 1);
}

/// The kind of an inbox that goes is there until the inbox is gone, so that each event fits the desk.
#[test]
fn kinds_go_with_what_has_them() {
    let chat = json!({"id": "main", "channels": [{"id": "f", "kind": "fax"}]});
    let document = json!({"version": 1, "time_zone": "UTC", "kinds": ["fax", "sms"], "inboxes": [chat]});
    let desk = Desk::from_json(&document.to_string()).unwrap();
    let new = json!({"document": {"version": 1, "time_zone": "UTC", "kinds": ["pager"], "inboxes": []}});
    story_with(
        &desk,
        &[("new", new)],
        "
        09:00 configure $new
        - configure kinds=pager,fax
        - remove_inbox main
        - configure kinds=pager",
    );
}

#[test]
fn a_document_of_a_program_leaves_nothing_out() {
    let absence = json!([{"first_day": "2026-11-20", "last_day": "2026-11-20"}]);
    let mut desk = Office::of(json!([{"id": "anna", "team": "support", "out_of_office": absence}])).desk();
    let mut document = desk.document();
    document.agents[0].out_of_office.clear();
    document.teams.clear();
    document.agents[0].team = None;
    let configuration = NewDocument::from(document.clone()).into();
    let at = Instant::parse("2026-11-20T09:00:00Z").unwrap();
    let command = Command::new(at, Action::Configure { configuration: Box::new(configuration) });
    assert_eq!(desk.read_command(&command.to_json()).unwrap(), command);
    desk.handle(&command);
    assert_eq!(desk.document(), document);
}

#[test]
fn problems_of_a_document_have_their_places() {
    let desk = everyone("in_order", json!(["anna"]));
    let problems = desk
        .read_command(
            "{\"type\": \"configure\", \"at\": \"2026-11-20T09:00:00Z\", \"document\": {\"version\": 1,\n \"time_zone\": \"UTC\", \
             \"agents\": [{\"id\": \"bo\", \"team\": \"nowhere\", \"age\": 7}],\n \"inboxes\": [{\"id\": null}]}}",
        )
        .unwrap_err();
    let told: Vec<_> = problems.iter().map(|it| (it.code, it.path.as_str(), it.position.map(|at| at.line))).collect();
    assert_eq!(
        told,
        [
            (Code::UnknownReference, "$.document.agents[0].team", Some(2)),
            (Code::UnknownKey, "$.document.agents[0].age", Some(2)),
            (Code::MissingKey, "$.document.inboxes[0]", Some(3)),
        ]
    );
    for text in [
        r#"{"type": "configure", "at": "2026-11-20T09:00:00Z"}"#,
        r#"{"type": "configure", "at": "2026-11-20T09:00:00Z", "settings": {}, "document": {"version": 1, "time_zone": "UTC"}}"#,
    ] {
        assert_eq!(desk.read_command(text).unwrap_err().iter().next().unwrap().code, Code::Conflict, "{text}");
    }
    let agents_left_out = without(&desk, "agents");
    let text = json!({"type": "configure", "at": "2026-11-20T09:00:00Z", "document": agents_left_out["document"]});
    assert!(desk.read_command(&text.to_string()).is_ok());
}

/// A proposed document with another order of agents and another inbox leaves the steps naming whom they named.
#[test]
fn a_proposal_leaves_the_steps_as_they_were() {
    let office = Office::of(json!(["anna", "bo"])).steps(json!([{"assign_to": {"agents": ["bo"]}}]));
    let mut desk = office.desk();
    desk.handle_json(
        r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat"}"#,
    )
    .unwrap();
    let mut document: Value = serde_json::from_str(&office.text()).unwrap();
    document["agents"].as_array_mut().unwrap().reverse();
    document["inboxes"][0]["access"] = json!({"agents": ["anna", "bo"]});
    let configure = json!({"type": "configure", "at": "2026-11-20T09:01:00Z", "document": document});
    let before = desk.snapshot();
    desk.propose(&desk.command_from_value(configure).unwrap());
    assert_eq!(desk.snapshot(), before);
    let open =
        r#"{"type": "open", "at": "2026-11-20T09:02:00Z", "conversation": "c2", "inbox": "main", "channel": "chat"}"#;
    let notes: Vec<String> = desk.handle_json(open).unwrap().iter().map(crate::support_desk::note).collect();
    assert_eq!(notes[1], "c2 assigned bo r/1 least_busy");
}
