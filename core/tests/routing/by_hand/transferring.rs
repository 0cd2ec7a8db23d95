//! `transfer`: a conversation that moves to another channel, is taken from whoever has it, and is routed there.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, channel};

/// A chat for anna, and a form for bo, each with room for one.
fn two_channels() -> Office {
    Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}]))
        .with(json!({"teams": [{"id": "sales"}], "agents": [
            {"id": "anna", "capacity": 1, "team": "sales"}, {"id": "bo", "capacity": 1}]}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
        .channel(channel("form", "form", json!([{"assign_to": {"agents": ["bo"]}}]), json!({})))
        .channel(channel("manual", "form", json!([]), json!({"rules": []})))
}

/// A chat that offers to anna for a minute, and a form for bo.
fn ringing() -> Desk {
    two_channels().chat(json!({"accept_within": "1m"})).desk()
}

/// A chat that a bot takes, a call that hears a message, and a form for anna.
fn with_bots() -> Desk {
    Office::of(json!(["anna"]))
        .steps(json!([{"assign_to": {"bot": "robo"}}]))
        .channel(channel("form", "form", json!([{"assign_to": {"agents": ["anna"]}}]), json!({})))
        .channel(json!({"id": "phone", "kind": "call", "after_hours": {"voicemail": "closed"}, "office_hours": []}))
        .desk()
}

/// Two inboxes; anna has no access to the second.
fn two_inboxes() -> Desk {
    let inbox = |id: &str, access: Value| {
        let rules = json!([{"id": "all", "steps": [{"assign_to": "everyone"}]}]);
        json!({"id": id, "access": access, "channels": [{"id": "chat", "kind": "chat", "rules": rules}]})
    };
    let document = json!({
        "version": 1, "time_zone": "UTC", "teams": [{"id": "others"}],
        "agents": [{"id": "anna"}, {"id": "bo", "team": "others"}, {"id": "cy", "extra_teams": ["others"], "capacity": 0}],
        "inboxes": [inbox("main", json!("everyone")), inbox("other", json!({"teams": ["others"]}))]});
    Desk::from_json(&document.to_string()).unwrap()
}

stories! {
    it_leaves_its_holder: two_channels().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:00 open c2
        - c2 queued r/1
        09:05 transfer c1 to form by anna
        - c1 updated by anna
        - c1 unassigned from anna transferred by anna
        - c1 assigned bo r/1 least_busy by anna
        - c2 assigned anna r/1 least_busy by anna";

    it_keeps_its_place: two_channels().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 open c2 form
        - c2 assigned bo r/1 least_busy
        09:02 open c3 form
        - c3 queued r/1
        09:03 transfer c1 to form
        - c1 updated
        - c1 unassigned from anna transferred
        - c1 queued r/1
        09:04 close c2
        - c2 closed bo
        - c1 assigned bo r/1 least_busy";

    it_leaves_a_team: two_channels().desk(), "
        09:00 open c1 manual
        - c1 unassigned no_rule
        09:00 assign c1 to team sales
        - c1 assigned team sales by_hand
        09:01 transfer c1 to form
        - c1 updated
        - c1 unassigned transferred
        - c1 assigned bo r/1 least_busy";

    it_leaves_a_bot_and_a_voicemail: with_bots(), "
        09:00 open c1
        - c1 handed_to_bot robo by r/1
        09:00 open c2 phone
        - c2 sent_to_voicemail closed
        09:01 transfer c1 to form
        - c1 updated
        - c1 unassigned transferred
        - c1 assigned anna r/1 least_busy
        09:02 transfer c2 to form
        - c2 updated
        - c2 unassigned transferred
        - c2 assigned anna r/1 least_busy";

    /// After hours holds for a transfer as for an arrival.
    it_may_come_after_hours: with_bots(), "
        09:00 open c1 form
        - c1 assigned anna r/1 least_busy
        09:01 transfer c1 to phone
        - c1 updated
        - c1 unassigned from anna transferred
        - c1 sent_to_voicemail closed";

    an_offer_is_withdrawn: ringing(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:00:30 transfer c1 to form
        - c1 updated
        - c1 offer_withdrawn anna
        - c1 assigned bo r/1 least_busy";

    /// An offer that ends at the instant of the transfer ends first.
    at_the_end_of_an_offer: ringing(), "
        09:00 open c1
        - c1 offered anna r/1 least_busy until 09:01
        09:01 transfer c1 to form
        - c1 offer_expired anna
        - c1 queued r/1
        - c1 updated
        - c1 assigned bo r/1 least_busy";

    /// A decline lasts where the conversation goes.
    a_decline_moves_along: Office::of(json!(["anna", "bo"])).everyone("in_order").chat(json!({"accept_within": "1m"}))
        .channel(channel("form", "form", json!([{"assign_to": "everyone", "strategy": "in_order"}]), json!({}))).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00 decline c1 anna
        - c1 offer_declined anna
        - c1 offered bo all/1 in_order until 09:01
        09:00 accept c1 bo
        - c1 assigned bo all/1 in_order
        09:02 transfer c1 to form
        - c1 updated
        - c1 unassigned from bo transferred
        - c1 assigned bo r/1 in_order";

    /// A snoozed one wakes, as one that is assigned does, and does not go back to who held it.
    it_wakes_from_a_snooze: two_channels().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 snooze c1
        - c1 snoozed anna
        09:02 transfer c1 to form
        - c1 updated
        - c1 woke
        - c1 assigned bo r/1 least_busy";

    /// Reopened, it goes back to whoever held it last.
    it_is_reopened_where_it_went: two_channels().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 transfer c1 to form
        - c1 updated
        - c1 unassigned from anna transferred
        - c1 assigned bo r/1 least_busy
        09:02 close c1
        - c1 closed bo
        09:03 reopen c1
        - c1 reopened
        - c1 assigned bo held_before";

    /// Back to the queue of its own channel: its rules begin again.
    to_its_own_channel: Office::of(json!([{"id": "anna"}, {"id": "bo"}])).everyone("round_robin").desk(), "
        09:00 open c1
        - c1 assigned anna all/1 round_robin
        09:01 transfer c1 to chat by anna
        - c1 updated by anna
        - c1 unassigned from anna transferred by anna
        - c1 assigned bo all/1 round_robin by anna";

    a_wait_begins_again: Office::of(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 0}]))
        .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "10m"}, {"assign_to": {"agents": ["bo"]}}])).desk(), "
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:05 transfer c1 to chat
        - c1 updated
        - c1 queued r/1 until 09:15";

    /// A conversation that stays unassigned gets no second event.
    nothing_is_told_twice: two_channels().channel(json!({"id": "other", "kind": "form"})).desk(), "
        09:00 open c1 manual
        - c1 unassigned no_rule
        09:01 transfer c1 to other
        - c1 updated
        09:02 transfer c1 to form
        - c1 updated
        - c1 assigned bo r/1 least_busy
        09:03 transfer c1 to manual
        - c1 updated
        - c1 unassigned from bo transferred
        - c1 unassigned no_rule";

    it_takes_access_to_both_inboxes: two_inboxes(), "
        09:00 open c1
        - c1 assigned anna all/1 least_busy
        09:01 transfer c1 to other/chat by anna
        - refused no_inbox_access
        09:01 transfer c1 to other/chat by cy
        - c1 updated by cy
        - c1 unassigned from anna transferred by cy
        - c1 assigned bo all/1 least_busy by cy";

    what_cannot_be_transferred: two_channels().desk(), "
        09:00 open c1
        - c1 assigned anna r/1 least_busy
        09:01 transfer c1 to fax
        - refused unknown_channel
        09:01 transfer c1 to side/chat
        - refused unknown_inbox
        09:01 transfer c2 to form
        - refused unknown_conversation
        09:01 close c1
        - c1 closed anna
        09:02 transfer c1 to form
        - refused conversation_closed";
}
