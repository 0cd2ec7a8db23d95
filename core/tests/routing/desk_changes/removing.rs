//! Agents and teams are removed.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, command, story_with};

fn office(settings: Value) -> Desk {
    Office::of(json!(["anna", {"id": "bo", "capacity": 1}])).everyone("in_order").settings(settings).desk()
}

stories! {
    owns_nobody_any_more: Office::of(json!(["anna", {"id": "bo", "capacity": 0}]))
        .rules(json!([{"id": "r", "steps": [{"assign_to": "contact_owner"}, {"assign_to": {"agents": ["bo"]}}]}])).desk(), r#"
        09:00 open c1 {"contact": {"id": "x", "owner": "anna", "known": true}}
        - c1 assigned anna r/1 least_busy
        09:01 remove_agent anna
        - c1 unassigned from anna removed
        - remove_agent anna
        - c1 queued r/2
        # Who comes by that id later is someone else.
        09:02 put_agent {"id": "anna"}
        - put_agent anna"#;

    an_agent_routes_what_they_held: office(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:00 open c2
        - c2 assigned anna all/1 in_order
        09:01 remove_agent anna
        - c1 unassigned from anna removed
        - c2 unassigned from anna removed
        - remove_agent anna
        - c1 assigned bo all/1 in_order
        - c2 queued all/1
        09:02 assign c2 to anna
        - refused unknown_agent
        09:02 remove_agent anna
        - refused unknown_agent";

    or_leaves_it_unassigned: office(json!({"on_removed": "unassign"})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 remove_agent anna
        - c1 unassigned from anna removed
        - remove_agent anna
        09:02 reopen c1
        - refused conversation_open";

    a_closed_one_does_not_come_back_to_them: office(json!({})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 snooze c1 {"duration": "10m"}
        - c1 snoozed anna until 09:11
        09:02 remove_agent anna
        - remove_agent anna
        09:11 advance
        - c1 woke
        - c1 assigned bo all/1 in_order"#;

    offers_go_to_the_next: Office::of(json!(["anna", "bo"])).everyone("in_order").chat(json!({"accept_within": "1m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00:10 remove_agent anna
        - c1 offer_withdrawn anna
        - remove_agent anna
        - c1 offered bo all/1 in_order until 09:01:10";

    wrap_ups_go_with_them: Office::of(json!(["anna", "bo"])).everyone("in_order").chat(json!({"wrap_up": "10m"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna until 09:11
        09:02 remove_agent anna
        - remove_agent anna
        09:20 advance
        09:30 reopen c1
        - c1 reopened
        - c1 assigned bo all/1 in_order";

    an_agent_who_comes_again_is_new: Office::of(json!(["anna", "bo"])).everyone("round_robin").desk(), r#"
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 remove_agent anna
        - c1 unassigned from anna removed
        - remove_agent anna
        - c1 assigned bo all/1 round_robin
        09:02 put_agent {"id": "anna"}
        - put_agent anna
        09:03 open c2
        - c2 assigned anna all/1 round_robin
        # Now the last of the document.
        09:04 close c1
        - c1 closed bo
        09:05 close c2
        - c2 closed anna
        09:06 open c3
        - c3 assigned bo all/1 round_robin"#;

    a_step_that_named_only_them_is_passed_at_once: Office::of(json!([{"id": "anna", "capacity": 0}, "bo"])).steps(json!([
            {"assign_to": {"agents": ["anna"]}, "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 10:00
        09:01 remove_agent anna
        - remove_agent anna
        - c1 step_entered r/2
        - c1 assigned bo r/2 least_busy";

    a_team_changes_hours_and_targets: with_team(), "
        09:00 open c1
        - c1 queued r/1
        # anna has the hours of the desk now, and no step names her.
        09:01 remove_team t
        - remove_team t
        - anna available always_on
        09:02 remove_team t
        - refused unknown_team";
}

#[test]
fn a_step_whose_team_was_left_by_all_is_passed_at_once() {
    let office = Office::of(json!([{"id": "anna", "team": "t", "capacity": 0}, "bo"]))
        .steps(json!([{"assign_to": {"teams": ["t"]}, "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}]))
        .desk();
    story_with(
        &office,
        &[("left", json!({"id": "anna"}))],
        "
        09:00 open c1
        - c1 queued r/1 until 10:00
        09:01 put_agent $left
        - put_agent anna
        - c1 step_entered r/2
        - c1 assigned bo r/2 least_busy",
    );
}

fn with_team() -> Desk {
    Office::of(json!([{"id": "anna", "team": "t"}]))
        .with(json!({"teams": [{"id": "t", "working_hours": []}]}))
        .steps(json!([{"assign_to": {"teams": ["t"]}}]))
        .desk()
}

/// Runs lines of commands; those that begin with `propose` are proposed only. Returns who has `c1` then.
fn holder_after(mut desk: Desk, lines: &[&str]) -> Option<String> {
    for line in lines {
        let (proposed, line) = line.strip_prefix("propose ").map_or((false, *line), |line| (true, line));
        let (command, _) = command(&desk, line, &[]);
        let turn = desk.propose(&command);
        assert!(!turn.events().is_empty(), "{line}");
        if !proposed {
            desk.handle(&command);
        }
    }
    desk.conversation("c1").and_then(|it| it.agent).map(|agent| agent.to_string())
}

/// A removal that was proposed and not carried out leaves whoever it would have removed to be found.
#[test]
fn a_proposed_removal_is_forgotten() {
    let by_id = json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}]);
    let by_team = json!([{"assign_to": {"teams": ["t"]}, "wait": "1h"}]);
    for (steps, removal) in [(by_id, "propose 09:01 remove_agent anna"), (by_team, "propose 09:01 remove_team t")] {
        let rules = json!([{"id": "r", "steps": steps, "otherwise": "unassigned"}]);
        let office =
            Office::of(json!([{"id": "anna", "team": "t"}, "bo"])).with(json!({"teams": [{"id": "t"}]})).rules(rules);
        let holder = holder_after(office.desk(), &["09:00 away anna", "09:00 open c1", removal, "09:02 back anna"]);
        assert_eq!(holder.as_deref(), Some("anna"), "{removal}");
    }
}

/// Of a document that was proposed and not taken over, neither what a status is for nor a zone is left.
#[test]
fn a_proposed_document_is_forgotten() {
    let status = |kinds: Value| json!({"id": "calls-only", "state": "available", "kinds": kinds});
    let office = Office::of(json!(["anna"])).everyone("in_order").with(json!({"statuses": [status(json!(["call"]))]}));
    let other = format!(r#"propose 09:01 configure {{"statuses": [{}]}}"#, status(json!(["call", "chat"])));
    let lines = ["09:00 set anna calls-only", &other, "09:02 open c1"];
    assert_eq!(holder_after(office.desk(), &lines), None);

    let paced = json!([{"id": "anna", "capacity": {"pace": [{"at_most": 1, "per": "day"}]}}]);
    let office = Office::of(paced).everyone("in_order");
    let lines = [
        "10:00 open c0",
        "10:01 open c1",
        r#"propose 10:02 configure {"time_zone": "Pacific/Auckland"}"#,
        r#"12:00 put_holiday {"id": "may", "dates": ["2027-05-01"]}"#,
    ];
    assert_eq!(holder_after(office.desk(), &lines), None);
}
