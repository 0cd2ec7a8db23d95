//! Questions about the queue: of an agent, a team or a channel, and the place of a conversation.

use frontdesk::Desk;
use frontdesk::desk::{PlaceInQueue, QueueFilter};
use serde_json::json;

use crate::support_desk::{Office, act, channel};

/// Anna is in support, bo in sales and also in support, cy is deactivated. Nobody has room.
fn full() -> Desk {
    let office = Office::of(json!([]))
        .with(json!({"teams": [{"id": "support"}, {"id": "sales"}, {"id": "night"}], "agents": [
            {"id": "anna", "team": "support", "capacity": 0, "skills": {"sv": 3}},
            {"id": "bo", "team": "sales", "extra_teams": ["support"], "capacity": 0},
            {"id": "cy", "team": "night", "active": false}]}))
        .steps(json!([{"assign_to": {"teams": ["support"]}, "wait": "10m"}, {"assign_to": {"teams": ["sales"]}}]))
        .channel(channel("form", "form", json!([{"assign_to": {"agents": ["bo", "cy"]}}]), json!({})))
        .channel(channel("mail", "email", json!([{"assign_to": "contact_owner"}]), json!({})));
    office.desk()
}

fn after(desk: Desk, commands: &str) -> Desk {
    let mut desk = desk;
    for line in commands.lines().map(str::trim).filter(|line| !line.is_empty()) {
        act(&mut desk, line);
    }
    desk
}

#[track_caller]
fn queue(desk: &Desk, filter: QueueFilter) -> String {
    desk.queue_where(&filter).unwrap().iter().map(|id| id.as_str()).collect::<Vec<_>>().join(" ")
}

fn of_agent(agent: &str) -> QueueFilter {
    QueueFilter { agent: Some(agent.into()), ..QueueFilter::default() }
}

fn of_team(team: &str) -> QueueFilter {
    QueueFilter { team: Some(team.into()), ..QueueFilter::default() }
}

fn of_channel(channel: &str) -> QueueFilter {
    QueueFilter { channel: Some(channel.into()), ..QueueFilter::default() }
}

#[track_caller]
fn place(desk: &Desk, id: &str) -> Option<(usize, usize)> {
    desk.place(id).unwrap().map(|PlaceInQueue { place, of, .. }| (place, of))
}

const FOUR: &str = r#"
    09:00 open c1
    09:01 open c2 form
    09:02 open c3 {"priority": 1}
    09:03 open c4 mail {"contact": {"owner": "anna", "known": true}}"#;

#[test]
fn of_whom_by_the_steps_reached() {
    let desk = after(full(), FOUR);
    assert_eq!(queue(&desk, QueueFilter::default()), "c3 c1 c2 c4");
    assert_eq!(queue(&desk, of_agent("anna")), "c3 c1 c4");
    assert_eq!(queue(&desk, of_agent("bo")), "c2");
    assert_eq!(queue(&desk, of_agent("cy")), "", "who is deactivated takes nothing");
    // Bo is a member, too, and so is in the queue of the team what only bo may take.
    assert_eq!(queue(&desk, of_team("support")), "c3 c1 c2 c4");
    assert_eq!(queue(&desk, of_team("sales")), "c2");
    assert_eq!(queue(&desk, of_team("night")), "");
    assert_eq!(queue(&desk, of_channel("chat")), "c3 c1");
    assert_eq!(queue(&desk, QueueFilter { agent: Some("anna".into()), ..of_channel("mail") }), "c4");
    // The next step names bo.
    let desk = after(desk, "09:10 advance");
    assert_eq!(queue(&desk, of_agent("bo")), "c1 c2");
}

#[test]
fn the_place_is_that_among_those_it_competes_with() {
    let desk = after(full(), FOUR);
    assert_eq!(["c3", "c1", "c2", "c4"].map(|id| place(&desk, id)), [(1, 3), (2, 3), (1, 1), (3, 3)].map(Some));
    let desk = after(desk, "09:10 advance");
    assert_eq!(["c3", "c1", "c2", "c4"].map(|id| place(&desk, id)), [(1, 3), (2, 4), (2, 2), (3, 3)].map(Some));
}

#[test]
fn who_is_away_or_full_is_waited_for() {
    let desk = after(full(), "08:00 away anna\n09:00 open c1");
    assert_eq!((queue(&desk, of_agent("anna")).as_str(), place(&desk, "c1")), ("c1", Some((1, 1))));
}

#[test]
fn who_lacks_a_skill_is_not_waited_for() {
    let desk = after(full(), "09:00 open c1 {\"skills\": {\"sv\": 4}}\n09:00 open c2 {\"skills\": {\"sv\": 3}}");
    assert_eq!(queue(&desk, of_agent("anna")), "c2");
    // Nobody may take it: it competes with none.
    assert_eq!((place(&desk, "c1"), place(&desk, "c2")), (Some((1, 1)), Some((1, 1))));
}

#[test]
fn who_declined_is_not_waited_for() {
    let office = Office::of(json!(["anna", {"id": "bo", "capacity": 0}])).everyone("in_order");
    let desk = office.chat(json!({"accept_within": "1m"})).desk();
    let desk = after(desk, "09:00 open c1\n09:00 open c2\n09:00:10 decline c1 anna");
    // C2 is offered, so it does not wait.
    assert_eq!((queue(&desk, of_agent("anna")), queue(&desk, of_agent("bo"))), (String::new(), "c1".to_owned()));
    assert_eq!((place(&desk, "c1"), place(&desk, "c2")), (Some((1, 1)), None));
    let desk = after(desk, "09:01 away anna\n09:02 back anna");
    assert_eq!((queue(&desk, of_agent("anna")), place(&desk, "c1")), (String::new(), None), "it is offered again");
}

#[test]
fn what_does_not_wait_has_no_place() {
    let office = Office::of(json!(["anna"])).everyone("in_order");
    let desk = after(office.desk(), "09:00 open c1\n09:00 open c2\n09:01 snooze c2\n09:01 close c1");
    assert_eq!((place(&desk, "c1"), place(&desk, "c2"), queue(&desk, of_agent("anna")).as_str()), (None, None, ""));
    assert_eq!(desk.place("c3").unwrap_err().code.as_str(), "unknown_conversation");
}

#[test]
fn an_owner_who_changes_is_waited_for() {
    let desk = after(full(), "09:00 open c1 mail {\"contact\": {\"owner\": \"anna\", \"known\": true}}");
    let desk = after(desk, "09:01 update c1 {\"contact\": {\"owner\": \"bo\", \"known\": true}}");
    assert_eq!((queue(&desk, of_agent("anna")).as_str(), queue(&desk, of_agent("bo")).as_str()), ("", "c1"));
}
