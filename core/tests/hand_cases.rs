//! What people and the embedding program do by hand, what they may, and what changes of the desk bring about.

#[macro_use]
mod support_desk;

use frontdesk::Desk;
use serde_json::{Value, json};
use support_desk::{Office, everyone, story_with};

/// Two agents who take one chat at a time.
fn one_each() -> Value {
    json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}])
}

/// A channel with a rule `r` of these steps, and further keys.
fn channel(id: &str, kind: &str, steps: Value, keys: Value) -> Value {
    let mut channel = json!({"id": id, "kind": kind, "rules": [{"id": "r", "steps": steps}]});
    channel.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    channel
}

mod assigning {
    use super::*;

    /// An inbox for the team `in`; bo is one of its extra members, cy an outsider.
    fn restricted() -> Office {
        Office::of(json!([
            {"id": "anna", "team": "in", "capacity": 1}, {"id": "bo", "extra_teams": ["in"]}, {"id": "cy", "team": "out"},
            {"id": "di", "team": "in", "active": false}, {"id": "boss", "team": "out", "permissions": ["super_admin"]},
        ]))
        .inbox(json!({"access": {"teams": ["in"]}}))
        .steps(json!([{"assign_to": {"agents": ["anna"]}}]))
    }

    stories! {
        skips_availability_capacity_and_seat: Office::of(one_each()).everyone("in_order")
            .settings(json!({"requires_seat": true})).desk(), "
            09:00 open c1
            - c1 queued all/1
            09:00 open c2
            - c2 queued all/1
            09:01 away anna
            - anna away set_away
            09:02 assign c1 to anna
            - c1 assigned anna by_hand
            09:03 assign c2 to anna by bo
            - c2 assigned anna by_hand by bo";

        does_not_skip_access: restricted().desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to cy
            - refused no_inbox_access
            09:01 assign c1 to boss
            - refused no_inbox_access
            # An extra member of a team with access.
            09:02 assign c1 to bo
            - c1 assigned bo by_hand";

        takes_access_of_the_one_who_acts_for_a_super_admin_too: restricted().desk(), r#"
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to bo by cy
            - refused no_inbox_access
            09:01 assign c1 to bo by boss
            - refused no_inbox_access
            09:01 close c1 by boss
            - refused no_inbox_access
            09:01 reply c1 by cy
            - refused no_inbox_access
            09:01 update c1 by cy {"priority": 1}
            - refused no_inbox_access
            09:01 snooze c1 by cy
            - refused no_inbox_access
            09:01 release c1 by cy
            - refused no_inbox_access
            09:01 open c2 by cy
            - refused no_inbox_access
            09:02 release c1 by bo
            - c1 unassigned from anna released by bo"#;

        not_to_someone_who_left: restricted().desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to di
            - refused deactivated
            09:01 assign c1 to zoe
            - refused unknown_agent
            09:01 assign c1 to team zoo
            - refused unknown_team
            09:01 assign c9 to anna
            - refused unknown_conversation";

        not_what_is_closed: restricted().desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 close c1
            - c1 closed anna
            09:02 assign c1 to anna
            - refused conversation_closed";

        to_who_holds_it_is_nothing: restricted().desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to anna
            09:02 assign c1 to team in
            - c1 assigned team in by_hand
            09:03 assign c1 to team in";

        to_a_team_of_which_nobody_has_access: restricted().desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to team out
            - refused no_inbox_access";

        to_another_frees_the_first: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 assigned bo all/1 in_order
            09:00 open c3
            - c3 queued all/1
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            - c3 assigned anna all/1 in_order";

        what_waits_leaves_the_queue: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 assigned bo all/1 in_order
            09:00 open c3
            - c3 queued all/1
            09:01 assign c3 to anna
            - c3 assigned anna by_hand
            09:02 close c2
            - c2 closed bo";

        a_snoozed_one_is_awake_then: everyone("in_order", one_each()), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 snooze c1 {"duration": "1h"}
            - c1 snoozed anna until 10:00
            09:30 assign c1 to bo
            - c1 assigned bo by_hand
            11:00 advance"#;
    }
}

mod teams {
    use super::*;

    fn office() -> Desk {
        Office::of(json!([{"id": "anna", "team": "t"}, {"id": "bo", "extra_teams": ["t"]}, {"id": "cy", "team": "u"}]))
            .everyone("in_order")
            .desk()
    }

    stories! {
        what_a_team_has_is_held_by_nobody_and_not_routed: office(), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team t by bo
            - c1 assigned team t by_hand by bo
            09:02 away bo
            - bo away set_away
            09:03 back bo
            - bo available always_on
            09:04 update c1 {"priority": 3}
            - c1 updated"#;

        its_members_take_it_by_replying: office(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team t
            - c1 assigned team t by_hand
            # Not one of them: the reply changes nothing.
            09:02 reply c1 by cy
            09:03 reply c1 by bo
            - c1 assigned bo replied by bo
            # Now it is held.
            09:04 reply c1 by anna";

        it_can_be_released: office(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team t
            - c1 assigned team t by_hand
            09:02 release c1
            - c1 unassigned released
            09:03 release c1
            - refused not_held";

        it_can_be_closed: office(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team t
            - c1 assigned team t by_hand
            09:02 close c1
            - c1 closed
            # She held it last.
            09:03 reopen c1
            - c1 reopened
            - c1 assigned anna held_before";

        removed_they_leave_theirs_to_be_routed: office(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to team t
            - c1 assigned team t by_hand
            09:02 remove_team t
            - remove_team t
            - c1 unassigned removed
            - c1 assigned anna all/1 in_order";
    }
}

mod replying {
    use super::*;

    stories! {
        to_one_that_sleeps_leaves_it_asleep: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"duration": "1h"}
            - c1 snoozed anna until 10:01
            09:02 reply c1 by bo
            10:01 advance
            - c1 woke
            - c1 assigned anna held_before"#;

        takes_what_nobody_holds: everyone("in_order", json!([{"id": "anna", "capacity": 0}, "bo"])), "
            09:00 away bo
            - bo away set_away
            09:00 open c1
            - c1 queued all/1
            # Capacity and status do not matter.
            09:01 reply c1 by anna
            - c1 assigned anna replied by anna
            09:02 release c1
            - c1 unassigned from anna released
            09:03 reply c1 by bo
            - c1 assigned bo replied by bo";

        changes_nothing_where_it_is_held: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 reply c1 by bo
            09:02 reply c1 by anna";

        takes_it_from_voicemail_and_bots: Office::of(json!(["anna"])).rules(json!([
                {"id": "bot", "match": {"priority": 1}, "steps": [{"assign_to": {"bot": "helper"}}]},
                {"id": "r", "steps": [], "otherwise": {"voicemail": "v"}}])).desk(), r#"
            09:00 open c1
            - c1 sent_to_voicemail v by r
            09:01 reply c1 by anna
            - c1 assigned anna replied by anna
            09:02 open c2 {"priority": 1}
            - c2 handed_to_bot helper by bot/1
            09:03 reply c2 by anna
            - c2 assigned anna replied by anna"#;

        not_to_what_is_closed_or_unknown: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 reply c1 by anna
            - refused conversation_closed
            09:02 reply c2 by anna
            - refused unknown_conversation
            09:02 reply c1 by zoe
            - refused unknown_agent";
    }
}

mod releasing {
    use super::*;

    stories! {
        unassigns_and_does_not_route: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 release c1
            - c1 unassigned from anna released
            # Someone returns, and it still is for manual triage.
            09:02 away bo
            - bo away set_away
            09:03 back bo
            - bo available always_on
            09:04 release c1
            - refused not_held";

        an_update_of_whom_it_asks_routes_it_again: everyone("in_order", one_each()), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 release c1
            - c1 unassigned from anna released
            09:02 update c1 {"priority": 1}
            - c1 updated goes on
            09:03 update c1 {"contact": {"id": "x"}}
            - c1 updated
            - c1 assigned anna all/1 in_order"#;

        what_is_not_held_cannot_be_released: everyone("in_order", json!([{"id": "anna", "capacity": 0}])), "
            09:00 open c1
            - c1 queued all/1
            09:01 release c1
            - refused not_held
            09:02 close c1
            - c1 closed
            09:03 release c1
            - refused conversation_closed
            09:03 release c2
            - refused unknown_conversation";
    }
}

mod closing_and_coming_back {
    use super::*;

    stories! {
        reopened_goes_to_who_held_it: everyone("in_order", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            09:02 close c1
            - c1 closed bo
            09:03 reopen c1
            - c1 reopened
            - c1 assigned bo held_before";

        reopened_is_routed_when_they_are_not_eligible: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 open c2
            - c2 assigned anna all/1 in_order
            # At capacity.
            09:03 reopen c1
            - c1 reopened
            - c1 assigned bo all/1 in_order";

        reopened_when_nobody_held_it_is_routed: everyone("in_order", json!([{"id": "anna", "capacity": 0}])), "
            09:00 open c1
            - c1 queued all/1
            09:01 close c1
            - c1 closed
            09:02 reopen c1
            - c1 reopened
            - c1 queued all/1";

        reopened_by_a_rule_that_would_not_ask_them: Office::of(json!(["anna", "bo"]))
            .steps(json!([{"assign_to": {"agents": ["anna"]}}])).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            09:02 close c1
            - c1 closed bo
            09:03 reopen c1
            - c1 reopened
            - c1 assigned bo held_before";

        reopened_takes_the_skills_of_the_conversation: everyone("in_order", json!([
                "anna", {"id": "bo", "skills": {"sv": 2}}])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 update c1 {"skills": {"sv": 2}}
            - c1 updated
            09:02 close c1
            - c1 closed anna
            09:03 reopen c1
            - c1 reopened
            - c1 assigned bo all/1 in_order"#;

        reopened_where_offers_are_made_is_an_offer: Office::of(json!(["anna", "bo"])).everyone("in_order")
            .chat(json!({"accept_within": "1m"})).desk(), "
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:01
            09:00 accept c1 anna
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 reopen c1
            - c1 reopened
            - c1 offered anna until 09:03
            09:02:30 accept c1 anna
            - c1 assigned anna held_before
            09:03 close c1
            - c1 closed anna
            09:04 reopen c1
            - c1 reopened
            - c1 offered anna until 09:05
            09:04:30 decline c1 anna
            - c1 offer_declined anna
            - c1 offered bo all/1 in_order until 09:05:30";

        reopening_ends_a_wrap_up: Office::of(one_each()).everyone("in_order").chat(json!({"wrap_up": "10m"})).desk(), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 reopen c1
            - c1 reopened
            - c1 assigned anna held_before
            09:20 advance";

        only_what_is_closed_or_asleep_can_be_reopened: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 reopen c1
            - refused conversation_open
            09:01 reopen c2
            - refused unknown_conversation
            09:02 close c1
            - c1 closed anna
            09:02 close c1
            - refused conversation_closed
            09:02 snooze c1
            - refused conversation_closed
            09:02 close c2
            - refused unknown_conversation";

        an_id_is_used_once: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 open c1
            - refused conversation_exists
            09:02 close c1
            - c1 closed anna
            09:03 open c1
            - refused conversation_exists
            09:04 open c2 form
            - refused unknown_channel
            09:04 open c2 side/chat
            - refused unknown_inbox";
    }

    stories! {
        a_snooze_ends_by_itself: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"duration": "1h30m"}
            - c1 snoozed anna until 10:31
            11:00 advance
            - 10:31 c1 woke
            - 10:31 c1 assigned anna held_before"#;

        woken_when_they_are_away_it_is_routed: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"until": "2026-11-20T10:00:00Z"}
            - c1 snoozed anna until 10:00
            09:02 away anna
            - anna away set_away
            11:00 advance
            - 10:00 c1 woke
            - 10:00 c1 assigned bo all/1 in_order"#;

        without_an_end_it_sleeps_until_reopened: everyone("in_order", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1
            - c1 snoozed anna
            2026-12-01T09:00 advance
            2026-12-01T09:00 reopen c1
            - c1 reopened
            - c1 assigned anna held_before";

        another_snooze_replaces_the_end: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"duration": "1h"}
            - c1 snoozed anna until 10:01
            09:02 snooze c1 {"duration": "1m"}
            - c1 snoozed until 09:03
            09:03 advance
            - c1 woke
            - c1 assigned anna held_before"#;

        an_end_that_is_past_is_refused: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"until": "2026-11-20T09:01:00Z"}
            - refused in_the_past"#;

        a_snoozed_one_can_be_closed: everyone("in_order", json!(["anna", "bo"])), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 snooze c1 {"duration": "1h"}
            - c1 snoozed anna until 10:01
            09:02 close c1
            - c1 closed
            11:00 advance"#;
    }
}

mod updating {
    use super::*;

    fn by_language() -> Desk {
        let to = |agent: &str, lang: &str| json!({"id": lang, "match": {"attributes.lang": lang}, "steps": [{"assign_to": {"agents": [agent]}, "wait": "1m"}, {"assign_to": "everyone"}]});
        Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}]))
            .rules(json!([to("anna", "sv"), to("bo", "de")]))
            .desk()
    }

    /// Of which the second is not anna's.
    fn two_inboxes() -> Desk {
        let inbox = |id: &str, access: Value| {
            let rules = json!([{"id": "all", "steps": [{"assign_to": "everyone"}]}]);
            json!({"id": id, "access": access, "channels": [{"id": "chat", "kind": "chat", "rules": rules}]})
        };
        let inboxes = [inbox("main", json!("everyone")), inbox("other", json!({"teams": ["others"]}))];
        let document = json!({"version": 1, "time_zone": "UTC", "teams": [{"id": "others"}], "agents": [{"id": "anna"}], "inboxes": inboxes});
        Desk::from_json(&document.to_string()).unwrap()
    }

    stories! {
        what_asks_the_same_people_goes_on_waiting: Office::of(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 0}]))
            .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "10m"}, {"assign_to": {"agents": ["bo"]}}])).desk(), r#"
            09:00 open c1
            - c1 queued r/1 until 09:10
            09:05 update c1 {"attributes": {"mood": "bad"}}
            - c1 updated goes on
            09:10 advance
            - c1 step_entered r/2
            - c1 queued r/2"#;

        what_asks_the_same_people_goes_on_ringing: Office::of(json!(["anna", "bo"]))
            .everyone("round_robin").chat(json!({"accept_within": "1m"})).desk(), r#"
            09:00 open c1
            - c1 offered anna all/1 round_robin until 09:01
            09:00:30 update c1 {"priority": 2}
            - c1 updated goes on
            09:00:40 accept c1 anna
            - c1 assigned anna all/1 round_robin"#;

        what_asks_for_more_is_offered_to_others: Office::of(json!([{"id": "anna"}, {"id": "bo", "skills": {"sv": 1}}]))
            .everyone("in_order").chat(json!({"accept_within": "1m"})).desk(), r#"
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:01
            09:00:30 update c1 {"skills": {"sv": 1}}
            - c1 updated goes on
            - c1 offer_withdrawn anna
            - c1 offered bo all/1 in_order until 09:01:30"#;

        not_into_an_inbox_without_access: two_inboxes(), r#"
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 update c1 by anna {"inbox": "other", "channel": "chat"}
            - refused no_inbox_access"#;

        routes_what_nobody_holds: by_language(), r#"
            09:00 open c1
            - c1 unassigned no_rule
            09:01 update c1 {"attributes": {"lang": "de"}}
            - c1 updated
            - c1 assigned bo de/1 least_busy"#;

        keeps_what_is_held_where_it_is: by_language(), r#"
            09:00 open c1 {"attributes": {"lang": "de"}}
            - c1 assigned bo de/1 least_busy
            09:01 update c1 {"attributes": {"lang": "sv"}}
            - c1 updated"#;

        begins_at_the_first_step_again: by_language(), r#"
            09:00 open c1 {"attributes": {"lang": "sv"}}
            - c1 assigned anna sv/1 least_busy
            09:00 open c2 {"attributes": {"lang": "de"}}
            - c2 assigned bo de/1 least_busy
            09:00 open c3 {"attributes": {"lang": "sv"}}
            - c3 queued sv/1 until 09:01
            09:02 update c3 {"attributes": {"lang": "de"}}
            - 09:01 c3 step_entered sv/2
            - 09:01 c3 queued sv/2
            - c3 updated
            - c3 queued de/1 until 09:03
            09:02:30 close c1
            - c1 closed anna
            09:03 advance
            - c3 step_entered de/2
            - c3 assigned anna de/2 least_busy"#;

        replaces_whole_keys_and_leaves_the_others: by_language(), r#"
            09:00 open c1 {"attributes": {"x": 1}, "skills": {"magic": 1}}
            - c1 unassigned no_rule
            09:01 update c1 {"attributes": {"lang": "de"}}
            - c1 updated
            - c1 queued de/1 until 09:02
            09:01:30 update c1 {"skills": {}}
            - c1 updated goes on
            - c1 assigned bo de/1 least_busy"#;

        moves_it_to_another_channel: Office::of(one_each()).everyone("in_order")
            .channel(channel("form", "form", json!([{"assign_to": {"agents": ["bo"]}}]), json!({"weight": 2}))).desk(), r#"
            09:00 open c1 form
            - c1 queued r/1
            09:01 update c1 {"channel": "chat"}
            - c1 updated
            - c1 assigned anna all/1 in_order
            09:02 update c1 {"channel": "fax"}
            - refused unknown_channel
            09:02 update c1 {"inbox": "side"}
            - refused unknown_inbox"#;

        a_new_owner_gets_what_waits: Office::of(json!(["anna", "bo"])).steps(json!([{"assign_to": "contact_owner"}])).desk(), r#"
            09:00 open c1 {"contact": {"owner": "zoe", "known": true}}
            - c1 queued r/1
            09:01 update c1 {"contact": {"owner": "bo", "known": true}}
            - c1 updated goes on
            - c1 assigned bo r/1 least_busy"#;

        leaves_voicemail_and_snoozed_where_they_are: Office::of(json!([{"id": "anna", "capacity": 1}])).rules(json!([
                {"id": "r", "steps": [{"assign_to": "everyone"}], "otherwise": {"voicemail": "v"}}])).desk(), r#"
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:00 open c2
            - c2 sent_to_voicemail v by r
            09:01 snooze c1
            - c1 snoozed anna
            09:02 update c1 {"priority": 1}
            - c1 updated
            09:02 update c2 {"priority": 1}
            - c2 updated"#;

        what_is_closed_cannot_be: everyone("in_order", one_each()), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 close c1
            - c1 closed anna
            09:02 update c1 {"priority": 1}
            - refused conversation_closed"#;

        an_open_offer_is_withdrawn: Office::of(json!(["anna", {"id": "bo", "skills": {"sv": 1}}])).everyone("in_order")
            .chat(json!({"accept_within": "1m"})).desk(), r#"
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:01
            09:00:10 update c1 {"skills": {"sv": 1}}
            - c1 updated goes on
            - c1 offer_withdrawn anna
            - c1 offered bo all/1 in_order until 09:01:10"#;
    }
}

mod bots {
    use super::*;

    fn bot_first() -> Desk {
        Office::of(one_each())
            .steps(json!([
                {"assign_to": {"agents": ["anna"]}, "wait": "1m"}, {"assign_to": {"bot": "helper"}},
                {"assign_to": {"agents": ["bo"]}, "wait": "1m"}, {"assign_to": "everyone"},
            ]))
            .desk()
    }

    stories! {
        a_bot_takes_it_when_its_step_is_reached: bot_first(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:00 open c2
            - c2 queued r/1 until 09:01
            09:01 advance
            - c2 step_entered r/2
            - c2 handed_to_bot helper by r/2
            # It is with the bot, and anna has nothing to do with it.
            09:02 close c1
            - c1 closed anna";

        hands_over_from_the_next_step_on: bot_first(), "
            09:00 away anna
            - anna away set_away
            09:00 open c1
            - c1 queued r/1 until 09:01
            09:05 hand_over c1
            - 09:01 c1 step_entered r/2
            - 09:01 c1 handed_to_bot helper by r/2
            - c1 assigned bo r/3 least_busy";

        waits_from_the_next_step_on: bot_first(), "
            09:00 away anna
            - anna away set_away
            09:00 away bo
            - bo away set_away
            09:00 open c1
            - c1 queued r/1 until 09:01
            09:05 hand_over c1
            - 09:01 c1 step_entered r/2
            - 09:01 c1 handed_to_bot helper by r/2
            - c1 queued r/3 from 3 until 09:06
            # The first step is behind the bot.
            09:05:30 back anna
            - anna available always_on
            09:06 advance
            - c1 step_entered r/4
            - c1 assigned anna r/4 least_busy";

        in_the_queue_any_step_may_take_it_also_one_before_the_bot: Office::of(one_each())
            .steps(json!([{"assign_to": {"agents": ["anna"]}}, {"assign_to": {"bot": "helper"}}, {"assign_to": {"agents": ["bo"]}, "wait": "1m"}])).desk(), "
            09:00 away anna
            - anna away set_away
            09:00 away bo
            - bo away set_away
            09:00 open c1
            - c1 handed_to_bot helper by r/2
            09:00 hand_over c1
            - c1 queued r/3 from 3 until 09:01
            09:00:30 back anna
            - anna available always_on
            # The last wait is over, and with it what the bot was for.
            09:01 advance
            - c1 queued r/3
            - c1 assigned anna r/1 least_busy";

        with_a_bot_it_weighs_nothing_and_wakes_nobody: Office::of(one_each())
            .steps(json!([{"assign_to": {"bot": "helper"}}, {"assign_to": {"agents": ["anna"]}}])).desk(), "
            09:00 open c1
            - c1 handed_to_bot helper by r/1
            09:01 open c2
            - c2 handed_to_bot helper by r/1
            09:02 hand_over c1
            - c1 assigned anna r/2 least_busy
            09:03 hand_over c2
            - c2 queued r/2
            09:04 close c1
            - c1 closed anna
            - c2 assigned anna r/2 least_busy";

        what_is_handed_over_has_the_place_of_its_opening: Office::of(json!([{"id": "anna", "capacity": 1}]))
            .rules(json!([
                {"id": "bot", "match": {"attributes.bot": true}, "steps": [{"assign_to": {"bot": "helper"}}, {"assign_to": "everyone"}]},
                {"id": "r", "steps": [{"assign_to": "everyone"}]}])).desk(), r#"
            09:00 open c0
            - c0 assigned anna r/1 least_busy
            09:01 open c1 {"attributes": {"bot": true}}
            - c1 handed_to_bot helper by bot/1
            09:02 open c2
            - c2 queued r/1
            09:03 hand_over c1
            - c1 queued bot/2
            09:04 close c0
            - c0 closed anna
            - c1 assigned anna bot/2 least_busy"#;

        after_the_last_step_any_step_may_take_it: Office::of(one_each()).rules(json!([
                {"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}, {"assign_to": {"agents": ["bo"]}}], "otherwise": {"bot": "helper"}}])).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:00 open c2
            - c2 assigned bo r/2 least_busy
            09:00 open c3
            - c3 handed_to_bot helper by r
            09:01 hand_over c3
            - c3 queued r/2
            09:02 close c1
            - c1 closed anna
            - c3 assigned anna r/1 least_busy";

        only_a_bot_hands_over: everyone("in_order", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 hand_over c1
            - refused not_with_bot
            09:01 hand_over c2
            - refused unknown_conversation
            09:02 close c1
            - c1 closed anna
            09:02 hand_over c1
            - refused conversation_closed";

        can_be_closed_snoozed_and_assigned: bot_only(), "
            09:00 open c1
            - c1 handed_to_bot helper by r/1
            09:00 close c1
            - c1 closed
            09:01 open c2
            - c2 handed_to_bot helper by r/1
            09:01 assign c2 to anna
            - c2 assigned anna by_hand
            09:02 open c3
            - c3 handed_to_bot helper by r/1
            09:02 snooze c3
            - c3 snoozed
            09:03 reopen c3
            - c3 reopened
            - c3 handed_to_bot helper by r/1
            # The rule has no further steps.
            09:04 hand_over c3
            - c3 queued r/1";
    }

    fn bot_only() -> Desk {
        Office::of(one_each()).steps(json!([{"assign_to": {"bot": "helper"}}])).desk()
    }
}

mod calls {
    use super::*;

    fn phone(after_hours: Value) -> Desk {
        let hours = json!([{"days": ["fri"], "start": "09:00", "end": "16:00"}]);
        let rules =
            json!([{"id": "calls", "steps": [{"assign_to": "everyone"}], "otherwise": {"voicemail": "busy.mp3"}}]);
        let phone = json!({"id": "phone", "kind": "call", "accept_within": "20s", "office_hours": hours,
            "after_hours": after_hours, "rules": rules});
        Office::of(json!([{"id": "anna", "capacity": {"alone": ["call"]}}, {"id": "bo", "capacity": 0}]))
            .channel(phone)
            .desk()
    }

    stories! {
        outside_office_hours_straight_to_after_hours: phone(json!({"voicemail": "closed.mp3"})), "
            08:59:59.999 open c1 phone
            - c1 sent_to_voicemail closed.mp3
            09:00 open c2 phone
            - c2 offered anna calls/1 least_busy until 09:00:20
            16:00 open c3 phone
            - 09:00:20 c2 offer_expired anna
            - 09:00:20 c2 sent_to_voicemail busy.mp3 by calls
            - c3 sent_to_voicemail closed.mp3";

        busy_is_otherwise: phone(json!({"voicemail": "closed.mp3"})), "
            10:00 open c1 phone
            - c1 offered anna calls/1 least_busy until 10:00:20
            10:00:05 open c2 phone
            - c2 sent_to_voicemail busy.mp3 by calls";

        after_hours_may_notify_the_owner: phone(json!("notify_owner")), r#"
            20:00 open c1 phone {"contact": {"id": "x", "owner": "bo", "known": true}}
            - c1 unassigned otherwise
            20:01 away bo
            - bo away set_away
            20:02 open c2 phone {"contact": {"id": "x", "owner": "bo", "known": true}}
            - c2 owner_notified bo"#;

        after_hours_may_leave_it: phone(json!("unassigned")), "
            20:00 open c1 phone
            - c1 unassigned otherwise";

        after_hours_may_be_a_bot: phone(json!({"bot": "night"})), "
            20:00 open c1 phone
            - c1 handed_to_bot night
            # To the people, at whatever hour.
            20:01 hand_over c1
            - c1 offered anna calls/1 least_busy until 20:01:20";

        reopened_outside_office_hours_too: phone(json!({"voicemail": "closed.mp3"})), "
            15:00 open c1 phone
            - c1 offered anna calls/1 least_busy until 15:00:20
            15:00:10 accept c1 anna
            - c1 assigned anna calls/1 least_busy
            15:30 close c1
            - c1 closed anna
            15:40 reopen c1
            - c1 reopened
            - c1 offered anna until 15:40:20
            15:40:10 accept c1 anna
            - c1 assigned anna held_before
            15:50 close c1
            - c1 closed anna
            # She is still there, but the office is closed.
            16:10 reopen c1
            - c1 reopened
            - c1 sent_to_voicemail closed.mp3";

        after_hours_queue_is_routed_as_usual: phone(json!("queue")), "
            20:00 open c1 phone
            - c1 offered anna calls/1 least_busy until 20:00:20";
    }
}

mod statuses {
    use super::*;

    fn held(settings: Value) -> Desk {
        let hours = json!([{"days": ["fri"], "start": "08:00", "end": "17:00"}]);
        Office::of(json!([
            {"id": "anna", "working_hours": hours}, {"id": "bo", "capacity": 1},
            {"id": "lead", "capacity": 0, "permissions": ["manage_availability"]},
        ]))
        .everyone("in_order")
        .settings(settings)
        .desk()
    }

    stories! {
        who_sets_themself_away_keeps_what_they_hold: held(json!({})), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 away anna by anna
            - anna away set_away by anna";

        or_gives_it_back: held(json!({"on_away": "requeue"})), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 assigned anna all/1 in_order
            09:00 open c3 {"priority": 1}
            - c3 assigned anna all/1 in_order
            # In the order of opening; then the queue, in its own.
            09:01 away anna by anna
            - anna away set_away by anna
            - c1 unassigned from anna agent_away by anna
            - c2 unassigned from anna agent_away by anna
            - c3 unassigned from anna agent_away by anna
            - c3 assigned bo all/1 in_order by anna
            - c1 queued all/1 by anna
            - c2 queued all/1 by anna"#;

        the_program_sets_it_for_the_agent: held(json!({"on_away": "requeue"})), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 away anna {"duration": "1h"}
            - anna away temporarily_away
            - c1 unassigned from anna agent_away
            - c1 assigned bo all/1 in_order"#;

        not_at_the_end_of_a_shift_nor_by_an_absence_nor_by_others: held(json!({"on_away": "requeue"})), r#"
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 away anna by lead
            - anna away set_away_by_other by lead
            - anna notice set_away_by_other by lead
            09:02 back anna
            - anna available working_hours
            09:03 set_out_of_office anna [{"start": "2026-11-20T09:00", "end": "2026-11-20T10:00"}]
            - set_out_of_office anna
            - anna away out_of_office
            18:00 advance
            - 10:00 anna available working_hours
            - 17:00 anna away outside_working_hours"#;

        set_away_by_another_needs_a_new_available: held(json!({})), "
            09:00 away anna by lead
            - anna away set_away_by_other by lead
            - anna notice set_away_by_other by lead
            2026-11-27T12:00 advance
            2026-11-27T12:00 back anna by anna
            - anna available working_hours by anna";

        away_ends_at_shift_start_whoever_set_it: held(json!({"away_ends_at_shift_start": true})), "
            09:00 away anna by lead
            - anna away set_away_by_other by lead
            - anna notice set_away_by_other by lead
            09:30 open c1
            - c1 assigned bo all/1 in_order
            09:31 open c2
            - c2 queued all/1
            # At the next shift, a week later, not within this one.
            2026-11-27T09:00 advance
            - 2026-11-27T08:00 anna available working_hours
            - 2026-11-27T08:00 c2 assigned anna all/1 in_order";

        an_away_for_a_while_ends_where_it_was_set_to: held(json!({"away_ends_at_shift_start": true})), r#"
            07:30 away anna {"until": "2026-11-20T09:00:00Z"}
            - anna away temporarily_away
            10:00 advance
            - 09:00 anna available working_hours"#;

        set_available_outside_hours_gets_conversations: held(json!({})), "
            18:00 back anna
            - anna available set_available
            18:01 open c1
            - c1 assigned anna all/1 in_order";

        set_away_for_a_while_by_another_is_noticed: held(json!({})), r#"
            09:00 away anna by lead {"duration": "5m"}
            - anna away temporarily_away by lead
            - anna notice set_away_by_other by lead
            10:00 advance
            - 09:05 anna available working_hours"#;

        a_set_available_holds_again_after_a_break: held(json!({})), r#"
            18:00 away bo
            - bo away set_away
            18:00 back anna
            - anna available set_available
            18:01 away anna {"duration": "30m"}
            - anna away temporarily_away
            18:05 open c1
            - c1 queued all/1
            19:00 advance
            - 18:31 anna available set_available
            - 18:31 c1 assigned anna all/1 in_order"#;

        taking_back_what_is_not_there_is_no_event: held(json!({})), "
            09:00 back anna
            - started
            09:01 away anna
            - anna away set_away
            09:02 back anna
            - anna available working_hours
            09:03 back anna";

        an_end_that_is_past_is_refused: held(json!({})), r#"
            09:00 away anna {"until": "2026-11-20T09:00:00Z"}
            - refused in_the_past
            09:00 away zoe
            - refused unknown_agent"#;
    }
}

mod the_desk_changes {
    use super::*;

    fn hours(start: &str, end: &str) -> Value {
        json!([{"days": ["fri"], "start": start, "end": end}])
    }

    #[test]
    fn more_capacity_serves_the_queue() {
        let office = everyone("in_order", json!([{"id": "anna", "capacity": 1}]));
        story_with(
            &office,
            &[("more", json!({"id": "anna", "capacity": 2}))],
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 open c2
            - c2 queued all/1
            09:02 put_agent $more
            - put_agent anna
            - c2 assigned anna all/1 in_order",
        );
    }

    #[test]
    fn less_capacity_takes_nothing_away() {
        let office = everyone("in_order", json!(["anna"]));
        story_with(
            &office,
            &[("less", json!({"id": "anna", "capacity": 1}))],
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 assigned anna all/1 in_order
            09:01 put_agent $less
            - put_agent anna
            09:02 open c3
            - c3 queued all/1
            09:03 close c1
            - c1 closed anna
            09:04 close c2
            - c2 closed anna
            - c3 assigned anna all/1 in_order",
        );
    }

    #[test]
    fn a_new_agent_serves_the_queue() {
        let office = everyone("in_order", json!([{"id": "anna", "capacity": 0}]));
        story_with(
            &office,
            &[("bo", json!({"id": "bo"}))],
            "
            09:00 open c1
            - c1 queued all/1
            09:02 put_agent $bo
            - put_agent bo
            - c1 assigned bo all/1 in_order",
        );
    }

    #[test]
    fn a_new_agent_may_be_the_owner_who_was_missing() {
        let steps = json!([{"assign_to": "contact_owner"}]);
        let office = Office::of(json!(["anna"])).steps(steps).desk();
        story_with(
            &office,
            &[("bo", json!({"id": "bo"}))],
            r#"
            09:00 open c1 {"contact": {"owner": "bo", "known": true}}
            - c1 queued r/1
            09:02 put_agent $bo
            - put_agent bo
            - c1 assigned bo r/1 least_busy"#,
        );
    }

    #[test]
    fn joining_a_team_serves_the_queue() {
        let office = Office::of(json!([{"id": "anna", "team": "u"}, {"id": "bo", "team": "t", "capacity": 0}]))
            .steps(json!([{"assign_to": {"teams": ["t"], "extra": true}}]))
            .desk();
        story_with(
            &office,
            &[("joined", json!({"id": "anna", "team": "u", "extra_teams": ["t"]}))],
            "
            09:00 open c1
            - c1 queued r/1
            09:01 put_agent $joined
            - put_agent anna
            - c1 assigned anna r/1 least_busy",
        );
    }

    #[test]
    fn a_new_skill_and_a_new_seat_serve_the_queue() {
        let office = Office::of(json!(["anna"])).everyone("in_order").settings(json!({"requires_seat": true})).desk();
        let seated = json!({"id": "anna", "seat": "full"});
        let skilled = json!({"id": "anna", "seat": "full", "skills": {"sv": 1}});
        story_with(
            &office,
            &[("seated", seated), ("skilled", skilled)],
            r#"
            09:00 open c1 {"skills": {"sv": 1}}
            - c1 queued all/1
            09:00 open c2
            - c2 queued all/1
            09:01 put_agent $seated
            - put_agent anna
            - c2 assigned anna all/1 in_order
            09:02 put_agent $skilled
            - put_agent anna
            - c1 assigned anna all/1 in_order"#,
        );
    }

    #[test]
    fn deactivated_keeps_what_is_held_and_gets_nothing() {
        let office = everyone("in_order", json!(["anna", "bo"]));
        let gone = json!({"id": "anna", "active": false});
        story_with(
            &office,
            &[("gone", gone), ("again", json!({"id": "anna"}))],
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 put_agent $gone
            - put_agent anna
            - anna away deactivated
            09:02 open c2
            - c2 assigned bo all/1 in_order
            09:03 back anna
            09:04 close c1
            - c1 closed anna
            09:05 reopen c1
            - c1 reopened
            - c1 assigned bo all/1 in_order
            09:06 reply c1 by anna
            - refused not_permitted
            09:07 put_agent $again
            - put_agent anna
            - anna available always_on
            09:08 open c3
            - c3 assigned anna all/1 in_order",
        );
    }

    #[test]
    fn an_offer_is_withdrawn_with_access_or_activity() {
        let office = |agents: Value| {
            Office::of(agents)
                .inbox(json!({"access": {"teams": ["t"]}}))
                .everyone("in_order")
                .chat(json!({"accept_within": "1m"}))
                .desk()
        };
        let agents = json!([{"id": "anna", "team": "t"}, {"id": "bo", "team": "t"}]);
        let moved = json!({"id": "anna"});
        let gone = json!({"id": "bo", "team": "t", "active": false});
        story_with(
            &office(agents),
            &[("moved", moved), ("gone", gone)],
            "
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:01
            09:00 put_agent $moved
            - put_agent anna
            - c1 offer_withdrawn anna
            - c1 offered bo all/1 in_order until 09:01
            09:00 put_agent $gone
            - put_agent bo
            - bo away deactivated
            - c1 offer_withdrawn bo
            - c1 queued all/1",
        );
    }

    stories! {
        new_hours_serve_the_queue: everyone("in_order", json!([{"id": "anna", "working_hours": []}])), r#"
            09:00 open c1
            - c1 queued all/1
            09:01 set_working_hours anna [{"days": ["fri"], "start": "08:00", "end": "10:00"}]
            - set_working_hours anna
            - anna available working_hours
            - c1 assigned anna all/1 in_order
            11:00 advance
            - 10:00 anna away outside_working_hours"#;

        date_hours_serve_the_queue: everyone("in_order", json!([{"id": "anna", "working_hours": []}])), r#"
            09:00 open c1
            - c1 queued all/1
            09:01 set_date_hours anna [{"date": "2026-11-20", "hours": [{"start": "10:00", "end": "11:00"}]}]
            - set_date_hours anna
            10:30 advance
            - 10:00 anna available working_hours
            - 10:00 c1 assigned anna all/1 in_order"#;

        an_absence_that_is_taken_back_serves_the_queue: everyone("in_order", json!([
                {"id": "anna", "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-25"}]}])), "
            09:00 open c1
            - c1 queued all/1
            09:01 set_out_of_office anna []
            - set_out_of_office anna
            - anna available always_on
            - c1 assigned anna all/1 in_order";

        more_time_before_the_end_serves_the_queue: Office::of(json!([{"id": "anna", "working_hours": hours("08:00", "09:05")}]))
            .everyone("in_order").settings(json!({"last_assignment_before_end": "10m"})).desk(), r#"
            09:00 open c1
            - c1 queued all/1
            09:01 set_working_hours anna [{"days": ["fri"], "start": "08:00", "end": "12:00"}]
            - set_working_hours anna
            - c1 assigned anna all/1 in_order"#;
    }

    #[test]
    fn hours_of_a_team_serve_the_queue() {
        let office = Office::of(json!([{"id": "anna", "team": "t"}, {"id": "bo", "team": "t", "working_hours": []}]))
            .with(json!({"teams": [{"id": "t", "working_hours": []}]}))
            .everyone("in_order")
            .desk();
        let open = json!({"id": "t", "working_hours": hours("08:00", "10:00")});
        story_with(
            &office,
            &[("open", open)],
            "
            09:00 open c1
            - c1 queued all/1
            09:01 put_team $open
            - put_team t
            - anna available working_hours
            - c1 assigned anna all/1 in_order
            12:00 advance
            - 10:00 anna away outside_working_hours",
        );
    }

    #[test]
    fn changed_rules_route_what_waits_again_in_its_place() {
        let office = Office::of(json!([{"id": "anna", "capacity": 0}, {"id": "bo", "capacity": 1}]))
            .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}]));
        let everyone = office.clone().everyone("in_order").inbox_entry();
        story_with(
            &office.desk(),
            &[("everyone", everyone)],
            "
            09:00 open c1
            - c1 queued r/1 until 10:00
            09:01 open c2
            - c2 queued r/1 until 10:01
            09:02 put_inbox $everyone
            - put_inbox main
            - c1 assigned bo all/1 in_order
            - c2 queued all/1",
        );
    }

    #[test]
    fn changed_rules_leave_offers_and_bots_where_they_are() {
        let office = Office::of(json!(["anna", "bo"]))
            .rules(json!([
                {"id": "bot", "match": {"priority": 1}, "steps": [{"assign_to": {"bot": "helper"}}, {"assign_to": {"agents": ["anna"]}}]},
                {"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]},
            ]))
            .chat(json!({"accept_within": "1m"}));
        let everyone = office.clone().everyone("in_order").inbox_entry();
        story_with(
            &office.desk(),
            &[("everyone", everyone)],
            r#"
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:00 open c2
            - c2 offered anna r/1 least_busy until 09:01
            09:00 open c3 {"priority": 1}
            - c3 handed_to_bot helper by bot/1
            09:00 put_inbox $everyone
            - put_inbox main
            09:00 accept c1 anna
            - c1 assigned anna r/1 least_busy
            # Their rules are gone: what comes back is routed from the start.
            09:00 decline c2 anna
            - c2 offer_declined anna
            - c2 offered bo all/1 in_order until 09:01
            09:00 hand_over c3
            - c3 offered anna all/1 in_order until 09:01"#,
        );
    }

    #[test]
    fn a_lighter_channel_serves_the_queue() {
        let office = Office::of(json!([{"id": "anna", "capacity": 2}])).everyone("in_order").chat(json!({"weight": 2}));
        let light = office.clone().chat(json!({"weight": 1})).inbox_entry();
        story_with(
            &office.desk(),
            &[("light", light)],
            "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 queued all/1
            09:01 put_inbox $light
            - put_inbox main
            - c2 assigned anna all/1 in_order
            09:02 open c3
            - c3 queued all/1",
        );
    }

    #[test]
    fn moving_to_a_lighter_channel_serves_the_queue() {
        let office = Office::of(json!([{"id": "anna", "capacity": 2}]))
            .everyone("in_order")
            .channel(channel("form", "form", json!([{"assign_to": "everyone"}]), json!({"weight": 2})))
            .desk();
        story_with(
            &office,
            &[],
            r#"
            09:00 open f1 form
            - f1 assigned anna r/1 least_busy
            09:00 open c1
            - c1 queued all/1
            09:01 update f1 {"channel": "chat"}
            - f1 updated
            - c1 assigned anna all/1 in_order"#,
        );
    }

    #[test]
    fn the_first_command_may_change_the_desk() {
        let office = everyone("in_order", json!([{"id": "anna", "capacity": 0}]));
        story_with(
            &office,
            &[("bo", json!({"id": "bo", "working_hours": hours("10:00", "11:00")}))],
            "
            09:00 put_agent $bo
            - put_agent bo
            09:30 open c1
            - c1 queued all/1
            12:00 advance
            - 10:00 bo available working_hours
            - 10:00 c1 assigned bo all/1 in_order
            - 11:00 bo away outside_working_hours",
        );
    }

    #[test]
    fn rules_that_stay_leave_what_waits_alone() {
        let office = Office::of(json!([{"id": "anna", "capacity": 0}]))
            .steps(json!([{"assign_to": {"agents": ["anna"]}, "wait": "1h"}]));
        let named = office.clone().inbox(json!({"name": "Main"})).inbox_entry();
        story_with(
            &office.desk(),
            &[("named", named)],
            "
            09:00 open c1
            - c1 queued r/1 until 10:00
            09:30 put_inbox $named
            - put_inbox main
            10:30 advance
            - 10:00 c1 queued r/1",
        );
    }

    #[test]
    fn more_access_serves_the_queue() {
        let office = Office::of(json!(["anna", {"id": "bo", "team": "t"}]))
            .inbox(json!({"access": {"teams": ["t"]}}))
            .steps(json!([{"assign_to": {"agents": ["anna"]}}]));
        let open = office.clone().inbox(json!({"access": "everyone"})).inbox_entry();
        story_with(
            &office.desk(),
            &[("open", open)],
            "
            09:00 open c1
            - c1 queued r/1
            09:01 put_inbox $open
            - put_inbox main
            - c1 assigned anna r/1 least_busy",
        );
    }

    #[test]
    fn an_inbox_or_channel_in_use_stays() {
        let form = channel("form", "form", json!([{"assign_to": "everyone"}]), json!({}));
        let small = Office::of(json!(["anna"])).everyone("in_order");
        let office = small.clone().channel(form).desk();
        story_with(
            &office,
            &[("small", small.inbox_entry())],
            r#"
            09:00 open f1 form
            - f1 assigned anna r/1 least_busy
            09:01 remove_inbox main
            - refused in_use
            09:01 put_inbox $small
            - refused in_use
            # Snoozed is open.
            09:02 snooze f1
            - f1 snoozed anna
            09:02 remove_inbox main
            - refused in_use
            09:03 close f1
            - f1 closed
            09:04 put_inbox $small
            - put_inbox main
            09:05 reopen f1
            - refused unknown_channel
            09:06 remove_inbox main
            - remove_inbox main
            09:06 remove_inbox main
            - refused unknown_inbox
            09:07 open c1
            - refused unknown_inbox"#,
        );
    }

    #[test]
    fn the_round_goes_on_when_an_inbox_is_put_again() {
        let office = Office::of(json!(["anna", "bo", "cy"])).everyone("round_robin");
        let named = office.clone().inbox(json!({"name": "Main"})).inbox_entry();
        story_with(
            &office.desk(),
            &[("named", named)],
            "
            09:00 open c1
            - c1 assigned anna all/1 round_robin
            09:01 put_inbox $named
            - put_inbox main
            09:02 open c2
            - c2 assigned bo all/1 round_robin",
        );
    }
}

mod removing {
    use super::*;

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
            - c1 closed anna
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
}

mod last_agent {
    use super::*;

    fn office() -> Desk {
        Office::of(json!(["anna", {"id": "bo", "capacity": 0}]))
            .steps(json!([{"assign_to": "last_agent", "wait": "1h"}, {"assign_to": {"agents": ["bo"]}}]))
            .desk()
    }

    stories! {
        who_gets_one_by_hand_gets_the_waiting_ones_of_the_contact: office(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 queued r/2
            09:01 open c2 {"contact": {"id": "x"}}
            - c2 queued r/2
            09:01 open c3 {"contact": {"id": "y"}}
            - c3 queued r/2
            09:02 assign c1 to anna
            - c1 assigned anna by_hand
            - c2 assigned anna r/1 least_busy"#;

        who_replies_gets_the_waiting_ones_of_the_contact: office(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 queued r/2
            09:01 open c2 {"contact": {"id": "x"}}
            - c2 queued r/2
            09:02 reply c2 by anna
            - c2 assigned anna replied by anna
            - c1 assigned anna r/1 least_busy by anna"#;
    }
}

mod permissions {
    use super::*;

    fn office(settings: Value) -> Desk {
        Office::of(json!([
            {"id": "anna", "seat": "service"}, {"id": "bo"},
            {"id": "lead", "seat": "service", "permissions": ["manage_availability"]},
            {"id": "boss", "permissions": ["super_admin"]},
            {"id": "chief", "seat": "sales", "permissions": ["super_admin"]},
        ]))
        .everyone("in_order")
        .settings(settings)
        .desk()
    }

    const ENTRY: &str = r#"{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}"#;

    stories! {
        everyone_sets_their_own_status: office(json!({})), "
            09:00 away bo by bo
            - bo away set_away by bo
            09:00 back bo by anna
            - refused not_permitted
            09:00 back bo by lead
            - bo available always_on by lead
            09:00 away bo by boss
            - bo away set_away_by_other by boss
            - bo notice set_away_by_other by boss
            # The program may do anything.
            09:00 back bo
            - bo available always_on
            09:00 away bo by zoe
            - refused unknown_agent";

        hours_and_absences_by_the_agent_and_super_admins: office(json!({})), "
            09:00 set_working_hours bo by bo []
            - set_working_hours bo by bo
            - bo away outside_working_hours by bo
            09:00 set_date_hours bo by lead []
            - refused not_permitted
            09:00 set_out_of_office bo by anna []
            - refused not_permitted
            09:00 set_out_of_office bo by boss []
            - set_out_of_office bo by boss";

        agents_teams_and_inboxes_by_super_admins: office(json!({})), r#"
            09:00 put_agent by lead {"id": "di"}
            - refused not_permitted
            09:00 put_team by anna {"id": "t"}
            - refused not_permitted
            09:00 put_inbox by lead {"id": "side"}
            - refused not_permitted
            09:00 remove_agent bo by bo
            - refused not_permitted
            09:00 remove_inbox main by lead
            - refused not_permitted
            09:00 put_team by boss {"id": "t"}
            - put_team t by boss
            09:00 remove_team t by lead
            - refused not_permitted
            09:00 remove_team t by boss
            - remove_team t by boss
            09:00 put_agent by boss {"id": "di"}
            - put_agent di by boss
            09:00 put_inbox by boss {"id": "side"}
            - put_inbox side by boss"#;

        an_offer_is_answered_by_who_has_it: Office::of(json!(["anna", {"id": "boss", "permissions": ["super_admin"]}]))
            .everyone("in_order").chat(json!({"accept_within": "1m"})).desk(), "
            09:00 open c1
            - c1 offered anna all/1 in_order until 09:01
            09:00 accept c1 anna by boss
            - refused not_permitted
            09:00 decline c1 anna by boss
            - refused not_permitted
            09:00 accept c1 boss by boss
            - refused not_offered
            09:00 decline c1 boss
            - refused not_offered
            09:00 accept c2 anna
            - refused unknown_conversation
            09:00 accept c1 zoe
            - refused unknown_agent
            09:00 accept c1 anna by anna
            - c1 assigned anna all/1 in_order by anna
            09:00 accept c1 anna by anna
            - refused not_offered";

        features_are_tied_to_seats: office(json!({"entitlements": {
                "temporarily_away": ["service"], "out_of_office": ["sales", "service"], "auto_assign": ["sales", "service"]}})), r#"
            09:00 away anna by anna {"duration": "1h"}
            - anna away temporarily_away by anna
            09:00 away chief by chief {"duration": "1h"}
            - refused not_permitted
            09:00 away chief by chief
            - chief away set_away by chief
            09:00 away bo by bo {"duration": "1h"}
            - refused not_permitted
            09:00 set_out_of_office bo by bo [{"first_day": "2026-12-24", "last_day": "2026-12-27"}]
            - refused not_permitted
            # Taking one away is no matter of the seat.
            09:00 set_out_of_office bo by bo []
            - set_out_of_office bo by bo
            09:00 set_out_of_office chief by chief [{"first_day": "2026-12-24", "last_day": "2026-12-27"}]
            - set_out_of_office chief by chief
            09:00 open c1 why
            - c1 assigned lead all/1 in_order
            * anna away temporarily_away until 10:00
            * bo no_seat
            * lead eligible
            * boss no_seat
            * chief away set_away"#;

        acting_on_a_conversation_takes_no_seat: office(json!({"requires_seat": true})), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:01 assign c1 to lead by bo
            - c1 assigned lead by_hand by bo
            09:02 close c1 by bo
            - c1 closed lead by bo
            09:03 open c2 by bo
            - c2 assigned anna all/1 in_order by bo";
    }

    #[test]
    fn rules_also_need_a_seat_where_seats_are_required() {
        let entry: Value = serde_json::from_str(ENTRY).unwrap();
        let values = [("entry", entry)];
        story_with(
            &office(json!({"requires_seat": true})),
            &values,
            "
            09:00 put_inbox by boss $entry
            - refused not_permitted
            09:00 put_inbox by lead $entry
            - refused not_permitted
            09:00 put_inbox by chief $entry
            - put_inbox main by chief
            # These rules are there already.
            09:01 put_inbox by boss $entry
            - put_inbox main by boss",
        );
        story_with(
            &office(json!({})),
            &values,
            "
            09:00 put_inbox by boss $entry
            - put_inbox main by boss",
        );
    }
}

mod refused {
    use super::*;

    stories! {
        what_is_due_is_left_to_the_next_command: everyone("in_order", json!([
                {"id": "anna", "capacity": 1, "working_hours": [{"days": ["fri"], "start": "09:00", "end": "10:00"}]}])), r#"
            08:00 open c1
            - c1 queued all/1
            08:00 open c2
            - c2 queued all/1
            # A shift would begin, and end, and conversations change hands on the way to this.
            11:00 release c9
            - refused unknown_conversation
            08:30 update c2 {"priority": 1}
            - c2 updated goes on
            10:30 close c2
            - 09:00 anna available working_hours
            - 09:00 c2 assigned anna all/1 in_order
            - 10:00 anna away outside_working_hours
            - c2 closed anna"#;

        the_first_command_may_be: everyone("in_order", json!(["anna"])), "
            09:00 close c1
            - refused unknown_conversation
            08:00 open c1
            - c1 assigned anna all/1 in_order";

        everything_due_is_taken_back: due(), "
            09:00 open c1
            - c1 offered anna r/1 round_robin until 09:01
            09:00 open c2
            - c2 offered bo r/1 round_robin until 09:01
            09:00 accept c2 bo
            - c2 assigned bo r/1 round_robin
            09:00 snooze c2
            - c2 snoozed bo
            09:00:30 open c3
            - c3 offered anna r/1 round_robin until 09:01:30
            # Offers would expire and be withdrawn, agents be set away, a wait end on the way to these.
            12:00 snooze c9
            - refused unknown_conversation
            12:00 reply c3 by zoe
            - refused unknown_agent
            11:00 advance
            - 09:01 c1 offer_expired anna
            - 09:01 anna away set_away_by_other
            - 09:01 anna notice missed_offers
            - 09:01 c3 offer_withdrawn anna
            - 09:01 c1 offered bo r/1 round_robin until 09:02
            - 09:01 c3 offered bo r/1 round_robin until 09:02
            - 09:02 c1 offer_expired bo
            - 09:02 bo away set_away_by_other
            - 09:02 bo notice missed_offers
            - 09:02 c3 offer_withdrawn bo
            # Both declined c1, as an expired offer is a decline; nobody declined c3.
            - 09:02 c1 queued r/1
            - 09:02 c3 queued r/1 until 10:00:30
            - 10:00:30 c3 queued r/1";
    }

    fn due() -> Desk {
        Office::of(json!(["anna", "bo"]))
            .steps(json!([{"assign_to": "everyone", "strategy": "round_robin", "wait": "1h"}]))
            .chat(json!({"accept_within": "1m"}))
            .settings(json!({"missed_offers_before_away": 1}))
            .desk()
    }
}

mod the_log {
    use super::*;
    use frontdesk::desk::What;
    use frontdesk::time::Instant;

    /// The command of a JSON text, on a desk where c1 waits until 09:05 for anna, who comes at ten.
    fn waiting() -> Desk {
        let hours = json!([{"days": ["fri"], "start": "10:00", "end": "17:00"}]);
        let step = json!({"assign_to": "everyone", "wait": "5m"});
        let mut desk = Office::of(json!([{"id": "anna", "working_hours": hours}])).steps(json!([step])).desk();
        let open = r#"{"type": "open", "at": "2026-11-20T09:00:00Z", "conversation": "c1", "inbox": "main", "channel": "chat", "id": "try-1"}"#;
        let events = desk.handle_json(open).unwrap();
        let ids: Vec<_> = events.iter().map(|event| (event.seq, event.id.as_deref())).collect();
        assert_eq!(ids, [(1, Some("try-1")), (2, Some("try-1"))]);
        desk
    }

    fn at(text: &str) -> Option<Instant> {
        Some(Instant::parse(text).unwrap())
    }

    #[test]
    fn events_carry_the_id_of_their_command_but_not_what_was_due() {
        let mut desk = waiting();
        let close = r#"{"type": "close", "at": "2026-11-20T10:30:00Z", "conversation": "c1", "id": "try-2"}"#;
        let events = desk.handle_json(close).unwrap();
        let told: Vec<_> = events.iter().map(|event| (event.seq, event.at.to_string(), event.id.as_deref())).collect();
        let due = |seq, time: &str| (seq, format!("2026-11-20T{time}:00.000Z"), None);
        let closed = (6, "2026-11-20T10:30:00.000Z".to_owned(), Some("try-2"));
        assert_eq!(told, [due(3, "09:05"), due(4, "10:00"), due(5, "10:00"), closed]);
    }

    #[test]
    fn a_refused_has_the_id_and_takes_no_number() {
        let mut desk = waiting();
        let close = r#"{"type": "close", "at": "2026-11-20T09:01:00Z", "conversation": "c9", "id": "try-2"}"#;
        let refused = desk.handle_json(close).unwrap();
        assert_eq!((refused.len(), refused[0].seq, refused[0].id.as_deref()), (1, 3, Some("try-2")));
        assert!(matches!(&refused[0].what, What::Refused { conversation: Some(id), .. } if *id == "c9"));
        let events = desk.handle_json(&close.replace("c9", "c1")).unwrap();
        assert_eq!((events.len(), events[0].seq), (1, 3));
    }

    #[test]
    fn the_next_wakeup_is_the_next_that_falls_due() {
        let mut desk = waiting();
        assert_eq!(desk.next_wakeup(), at("2026-11-20T09:05:00Z"));
        desk.advance(desk.next_wakeup().unwrap());
        assert_eq!(desk.next_wakeup(), at("2026-11-20T10:00:00Z"));
        desk.advance(desk.next_wakeup().unwrap());
        assert_eq!(desk.next_wakeup(), at("2026-11-20T17:00:00Z"));
    }

    #[test]
    fn a_desk_that_was_told_nothing_has_no_wakeup() {
        let desk = everyone("in_order", json!(["anna"]));
        assert_eq!((desk.next_wakeup(), desk.now()), (None, None));
    }

    /// A program that only publishes who is there needs no other command.
    #[test]
    fn a_desk_that_is_only_told_the_time_says_when_to_come_back() {
        let hours = json!([{"days": ["fri"], "start": "10:00", "end": "17:00"}]);
        let mut desk = everyone("in_order", json!([{"id": "anna", "working_hours": hours}]));
        let events = desk.advance(at("2026-11-20T08:00:00Z").unwrap());
        assert_eq!(events.iter().map(|event| &event.what).collect::<Vec<_>>(), [&What::Started]);
        assert_eq!(desk.next_wakeup(), at("2026-11-20T10:00:00Z"));
        assert_eq!(desk.advance(at("2026-11-20T11:00:00Z").unwrap()).len(), 1);
        assert_eq!(desk.next_wakeup(), at("2026-11-20T17:00:00Z"));
    }

    #[test]
    fn a_command_that_cannot_be_read_changes_nothing() {
        let mut desk = waiting();
        let before = desk.snapshot();
        for text in [
            "",
            "{}",
            r#"{"type": "close", "at": "2026-11-20T09:01:00Z"}"#,
            r#"{"type": "close", "at": "2026-11-20T09:01:00", "conversation": "c1"}"#,
            r#"{"type": "close", "at": "2026-11-20T09:01:00Z", "conversation": "c1", "reason": "done"}"#,
            r#"{"type": "reply", "at": "2026-11-20T09:01:00Z", "conversation": "c1"}"#,
            r#"{"type": "advance", "at": "2200-01-01T00:00:00Z"}"#,
        ] {
            assert!(desk.handle_json(text).is_err(), "{text}");
            assert_eq!(desk.snapshot(), before, "{text}");
        }
    }
}
