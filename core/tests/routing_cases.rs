//! Who gets a conversation: every target, every strategy with its ties, every reason to be passed over, every condition.

#[macro_use]
mod support_desk;

use frontdesk::Desk;
use serde_json::{Value, json};
use support_desk::{Office, act, everyone, story};

/// Two agents who take one chat at a time.
fn one_each() -> Value {
    json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 1}])
}

/// One step with a strategy, for everyone, with further keys.
fn step(agents: Value, keys: Value) -> Office {
    let mut step = json!({"assign_to": "everyone"});
    step.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
    Office::of(agents).steps(json!([step]))
}

mod least_busy {
    use super::*;

    stories! {
        takes_the_lowest_load: everyone("least_busy", json!(["anna", "bo", "cy"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 assigned bo all/1 least_busy
            09:02 open c3
            - c3 assigned cy all/1 least_busy
            09:03 close c2
            - c2 closed bo
            09:04 open c4
            - c4 assigned bo all/1 least_busy";

        is_the_default: Office::of(json!(["anna"])).steps(json!([{"assign_to": "everyone"}])).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy";

        gives_ties_to_the_least_recently_assigned: everyone("least_busy", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 assigned bo all/1 least_busy
            # The order of closing does not matter, only that of assigning.
            09:02 close c1
            - c1 closed anna
            09:03 close c2
            - c2 closed bo
            09:04 open c3
            - c3 assigned anna all/1 least_busy";

        never_assigned_comes_first: everyone("least_busy", json!(["anna", "bo", "cy"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 close c1
            - c1 closed anna
            09:02 open c2
            - c2 assigned bo all/1 least_busy
            09:03 close c2
            - c2 closed bo
            09:04 open c3
            - c3 assigned cy all/1 least_busy";

        counts_what_was_assigned_by_hand: everyone("least_busy", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            09:02 close c1
            - c1 closed bo
            # Both were assigned once; anna earlier.
            09:03 open c2
            - c2 assigned anna all/1 least_busy";

        goes_by_the_order_of_assignments_within_an_instant: everyone("least_busy", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:00 open c2
            - c2 assigned bo all/1 least_busy
            09:00 close c1
            - c1 closed anna
            09:00 close c2
            - c2 closed bo
            09:00 open c3
            - c3 assigned anna all/1 least_busy";

        turned_tie_goes_to_the_most_recently_assigned:
            step(json!(["anna", "bo"]), json!({"strategy": "least_busy", "tie": "most_recently_assigned"})).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            # The load still goes first.
            09:01 open c2
            - c2 assigned bo r/1 least_busy
            09:02 close c1
            - c1 closed anna
            09:03 close c2
            - c2 closed bo
            09:04 open c3
            - c3 assigned bo r/1 least_busy
            09:05 close c3
            - c3 closed bo
            09:06 open c4
            - c4 assigned bo r/1 least_busy";

        load_is_of_all_channels_by_their_weight: everyone_and_a_heavy_form(), "
            09:00 open c1 form
            - c1 assigned anna forms/1 least_busy
            09:01 open c2
            - c2 assigned bo all/1 least_busy
            09:02 open c3
            - c3 assigned bo all/1 least_busy
            # 3 to 2.
            09:03 open c4
            - c4 assigned bo all/1 least_busy
            # 3 to 3: anna was assigned less recently.
            09:04 open c5
            - c5 assigned anna all/1 least_busy";

        pending_offers_are_load: step(json!(["anna", "bo"]), json!({})).chat(json!({"accept_within": "1m"})).desk(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:00:10 open c2
            - c2 offered bo r/1 least_busy until 09:01:10
            09:00:20 accept c2 bo
            - c2 assigned bo r/1 least_busy
            09:00:30 open c3
            - c3 offered anna r/1 least_busy until 09:01:30";

        an_offer_counts_as_assigned_and_accepting_not_again:
            step(json!(["anna", "bo"]), json!({})).chat(json!({"accept_within": "1m"})).desk(), "
            09:00 open c1
            - c1 offered anna r/1 least_busy until 09:01
            09:00:10 close c1
            - c1 offer_withdrawn anna
            - c1 closed
            # Both hold nothing, but anna had an offer.
            09:00:20 open c2
            - c2 offered bo r/1 least_busy until 09:01:20
            09:00:30 open c3
            - c3 offered anna r/1 least_busy until 09:01:30
            09:00:40 accept c2 bo
            - c2 assigned bo r/1 least_busy
            09:00:50 close c2
            - c2 closed bo
            09:00:50 close c3
            - c3 offer_withdrawn anna
            - c3 closed
            # bo accepted after anna's offer, but was offered before it.
            09:01 open c4
            - c4 offered bo r/1 least_busy until 09:02";

        wrap_ups_are_load: step(json!(["anna", "bo"]), json!({})).chat(json!({"wrap_up": "30s"})).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open c2
            - c2 assigned bo r/1 least_busy
            09:02 close c1
            - c1 closed anna
            # One each; anna was assigned less recently.
            09:02:10 open c3
            - c3 assigned anna r/1 least_busy
            09:02:20 open c4
            - c4 assigned bo r/1 least_busy
            # Her wrap-up is over: one to two.
            09:03 open c5
            - 09:02:30 c1 wrap_up_ended anna
            - c5 assigned anna r/1 least_busy";

        snoozed_and_closed_ones_weigh_nothing: everyone("least_busy", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 least_busy
            09:01 open c2
            - c2 assigned bo all/1 least_busy
            09:02 snooze c1
            - c1 snoozed anna
            09:03 open c3
            - c3 assigned anna all/1 least_busy
            09:04 close c2
            - c2 closed bo
            09:05 open c4
            - c4 assigned bo all/1 least_busy";
    }

    fn everyone_and_a_heavy_form() -> Desk {
        let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone"}]}]);
        let form = json!({"id": "form", "kind": "form", "weight": 3, "rules": rules});
        Office::of(json!(["anna", "bo"])).everyone("least_busy").channel(form).desk()
    }
}

mod most_capacity {
    use super::*;

    stories! {
        compares_shares_not_numbers:
            everyone("most_capacity", json!([{"id": "anna", "capacity": 4}, {"id": "bo", "capacity": 2}])), "
            09:00 open c1
            - c1 assigned anna all/1 most_capacity
            # 3/4 to 2/2.
            09:01 open c2
            - c2 assigned bo all/1 most_capacity
            # 3/4 to 1/2.
            09:02 open c3
            - c3 assigned anna all/1 most_capacity
            # 2/4 and 1/2 are the same: bo was assigned less recently.
            09:03 open c4
            - c4 assigned bo all/1 most_capacity
            # 2/4 to nothing.
            09:04 open c5
            - c5 assigned anna all/1 most_capacity";

        thirds_and_sixths_are_compared_exactly:
            everyone("most_capacity", json!([{"id": "anna", "capacity": 6}, {"id": "bo", "capacity": 3}])), "
            09:00 open c1
            - c1 assigned anna all/1 most_capacity
            09:00 assign c1 to bo
            - c1 assigned bo by_hand
            09:00 open c2
            - c2 assigned anna all/1 most_capacity
            # 5/6 to 2/3.
            09:00 open c3
            - c3 assigned anna all/1 most_capacity
            # 4/6 is 2/3: bo was assigned less recently.
            09:00 open c4
            - c4 assigned bo all/1 most_capacity
            # 4/6 to 1/3.
            09:00 open c5
            - c5 assigned anna all/1 most_capacity
            # 3/6 to 1/3.
            09:00 open c6
            - c6 assigned anna all/1 most_capacity
            # 2/6 is 1/3: bo was assigned less recently.
            09:00 open c7
            - c7 assigned bo all/1 most_capacity";

        no_limit_counts_as_all: everyone("most_capacity", json!(["anna", {"id": "bo", "capacity": 10}])), "
            09:00 open c1
            - c1 assigned anna all/1 most_capacity
            # All of it is free for both: bo was never assigned.
            09:01 open c2
            - c2 assigned bo all/1 most_capacity
            # 9/10 to all.
            09:02 open c3
            - c3 assigned anna all/1 most_capacity
            09:03 open c4
            - c4 assigned anna all/1 most_capacity";

        takes_the_tightest_of_the_limits_that_apply: tight(), "
            09:00 open c1
            - c1 assigned anna all/1 most_capacity
            # anna: 9/10 of all, but 1/2 of the chats; bo: 3/3.
            09:01 open c2
            - c2 assigned bo all/1 most_capacity
            # 1/2 to 2/3.
            09:02 open c3
            - c3 assigned bo all/1 most_capacity
            # 1/2 to 1/3.
            09:03 open c4
            - c4 assigned anna all/1 most_capacity";

        limits_of_other_kinds_do_not_apply: other_kinds(), "
            09:00 open f1 form
            - f1 assigned anna forms/1 most_capacity
            # She is full of forms, but has no limit that applies to a chat; bo was assigned never.
            09:01 open c1
            - c1 assigned bo all/1 most_capacity
            # All to 4/5.
            09:02 open c2
            - c2 assigned anna all/1 most_capacity
            09:03 open c3
            - c3 assigned anna all/1 most_capacity";

        the_limit_of_a_kind_is_of_what_is_held_of_it: four_chats(), "
            09:00 open f1 form
            - f1 assigned anna forms/1 most_capacity
            09:00 open f2 form
            - f2 assigned bo forms/1 most_capacity
            09:00 assign f2 to anna
            - f2 assigned anna by_hand
            09:00 open c1
            - c1 assigned bo all/1 most_capacity
            # Two forms, but 4/4 of her chats are free; 9/10 of bo.
            09:01 open c2
            - c2 assigned anna all/1 most_capacity
            # 3/4 to 9/10.
            09:02 open c3
            - c3 assigned bo all/1 most_capacity";

        ties_go_to_the_least_recently_assigned:
            everyone("most_capacity", json!([{"id": "anna", "capacity": 2}, {"id": "bo", "capacity": 2}])), "
            09:00 open c1
            - c1 assigned anna all/1 most_capacity
            09:01 close c1
            - c1 closed anna
            09:02 open c2
            - c2 assigned bo all/1 most_capacity
            09:03 close c2
            - c2 closed bo
            09:04 open c3
            - c3 assigned anna all/1 most_capacity";
    }

    fn tight() -> Desk {
        let anna = json!({"id": "anna", "capacity": {"total": 10, "per_kind": {"chat": 2}}});
        everyone("most_capacity", json!([anna, {"id": "bo", "capacity": 3}]))
    }

    fn four_chats() -> Desk {
        with_forms(json!({"per_kind": {"chat": 4}}), json!(10))
    }

    fn other_kinds() -> Desk {
        with_forms(json!({"per_kind": {"form": 1}}), json!(5))
    }

    /// anna and bo with a capacity each, and a second channel.
    fn with_forms(anna: Value, bo: Value) -> Desk {
        let (anna, bo) = (json!({"id": "anna", "capacity": anna}), json!({"id": "bo", "capacity": bo}));
        let rules = json!([{"id": "forms", "steps": [{"assign_to": "everyone", "strategy": "most_capacity"}]}]);
        let form = json!({"id": "form", "kind": "form", "rules": rules});
        Office::of(json!([anna, bo])).everyone("most_capacity").channel(form).desk()
    }
}

mod round_robin {
    use super::*;

    stories! {
        goes_round_whatever_the_load: everyone("round_robin", json!(["anna", "bo", "cy"])), "
            09:00 open c1
            - c1 assigned anna all/1 round_robin
            09:01 open c2
            - c2 assigned bo all/1 round_robin
            09:02 close c1
            - c1 closed anna
            09:03 open c3
            - c3 assigned cy all/1 round_robin
            09:04 open c4
            - c4 assigned anna all/1 round_robin";

        by_hand_does_not_count: everyone("round_robin", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 round_robin
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            09:02 open c2
            - c2 assigned bo all/1 round_robin
            09:03 open c3
            - c3 assigned anna all/1 round_robin";

        replies_do_not_count: everyone("round_robin", one_each()), "
            09:00 open c1
            - c1 assigned anna all/1 round_robin
            09:01 open c2
            - c2 assigned bo all/1 round_robin
            09:02 open c3
            - c3 queued all/1
            09:03 reply c3 by anna
            - c3 assigned anna replied by anna
            09:04 close c1
            - c1 closed anna
            09:04 close c2
            - c2 closed bo
            09:04 close c3
            - c3 closed anna
            09:05 open c4
            - c4 assigned anna all/1 round_robin";

        whoever_comes_back_gets_one_turn_not_all_they_missed: everyone("round_robin", json!(["anna", "bo"])), "
            09:00 away anna
            - anna away set_away
            09:01 open c1
            - c1 assigned bo all/1 round_robin
            09:02 open c2
            - c2 assigned bo all/1 round_robin
            09:03 back anna
            - anna available always_on
            09:04 open c3
            - c3 assigned anna all/1 round_robin
            09:05 open c4
            - c4 assigned bo all/1 round_robin
            09:06 open c5
            - c5 assigned anna all/1 round_robin";

        every_rule_has_its_own_round: two_rounds(), r#"
            09:00 open c1
            - c1 assigned anna others/1 round_robin
            09:01 open c2 {"priority": 1}
            - c2 assigned anna urgent/1 round_robin
            09:02 open c3
            - c3 assigned bo others/1 round_robin
            09:03 open c4 {"priority": 1}
            - c4 assigned bo urgent/1 round_robin"#;

        every_step_of_the_rule_counts: one_round_of_two_steps(), "
            09:00 open c1
            - c1 assigned anna r/1 in_order
            09:01 away anna
            - anna away set_away
            # anna had a turn by this rule, though by its first step.
            09:02 open c2
            - c2 assigned bo r/2 round_robin
            09:03 open c3
            - c3 assigned anna r/2 round_robin";

        an_offer_is_a_turn: step(json!(["anna", "bo"]), json!({"strategy": "round_robin"}))
            .chat(json!({"accept_within": "1m"})).desk(), "
            09:00 open c1
            - c1 offered anna r/1 round_robin until 09:01
            09:00:10 decline c1 anna
            - c1 offer_declined anna
            - c1 offered bo r/1 round_robin until 09:01:10
            09:00:20 accept c1 bo
            - c1 assigned bo r/1 round_robin
            # Both had their turn, anna first.
            09:00:30 open c2
            - c2 offered anna r/1 round_robin until 09:01:30";
    }

    fn one_round_of_two_steps() -> Desk {
        let first = json!({"assign_to": {"agents": ["anna"]}, "strategy": "in_order"});
        let second = json!({"assign_to": "everyone", "strategy": "round_robin", "only_available": false});
        Office::of(json!(["anna", "bo"])).steps(json!([first, second])).desk()
    }

    fn two_rounds() -> Desk {
        let steps = json!([{"assign_to": "everyone", "strategy": "round_robin"}]);
        let urgent = json!({"id": "urgent", "match": {"priority": {"at_least": 1}}, "steps": steps});
        Office::of(json!(["anna", "bo"])).rules(json!([urgent, {"id": "others", "steps": steps}])).desk()
    }
}

mod weighted_round_robin {
    use super::*;

    fn weighted(weights: [Value; 3]) -> Desk {
        let ids = ["a", "b", "c"].into_iter().zip(weights);
        let agents: Vec<Value> = ids.map(|(id, weight)| json!({"id": id, "attributes": weight})).collect();
        everyone("weighted_round_robin", Value::from(agents))
    }

    fn offered() -> Desk {
        let agents = json!([{"id": "a", "attributes": {"weight": 2}}, {"id": "b"}]);
        step(agents, json!({"strategy": "weighted_round_robin"})).chat(json!({"accept_within": "1m"})).desk()
    }

    stories! {
        is_smooth: weighted([json!({"weight": 5}), json!({"weight": 1}), json!({})]), "
            09:00 open c1
            - c1 assigned a all/1 weighted_round_robin
            09:00 open c2
            - c2 assigned a all/1 weighted_round_robin
            09:00 open c3
            - c3 assigned b all/1 weighted_round_robin
            09:00 open c4
            - c4 assigned a all/1 weighted_round_robin
            09:00 open c5
            - c5 assigned c all/1 weighted_round_robin
            09:00 open c6
            - c6 assigned a all/1 weighted_round_robin
            09:00 open c7
            - c7 assigned a all/1 weighted_round_robin
            # And again from the start.
            09:00 open c8
            - c8 assigned a all/1 weighted_round_robin
            09:00 open c9
            - c9 assigned a all/1 weighted_round_robin
            09:00 open c10
            - c10 assigned b all/1 weighted_round_robin";

        weight_zero_is_never: weighted([json!({"weight": 0}), json!({"weight": 2}), json!({"weight": 1})]), "
            09:00 open c1 why
            - c1 assigned b all/1 weighted_round_robin
            * a zero_weight
            * b eligible score 2
            * c eligible score 1
            09:00 open c2
            - c2 assigned c all/1 weighted_round_robin
            09:00 open c3
            - c3 assigned b all/1 weighted_round_robin
            09:00 away b
            - b away set_away
            09:00 away c
            - c away set_away
            09:00 open c4
            - c4 queued all/1";

        an_offer_is_a_turn_and_accepting_it_is_not: offered(), "
            09:00 open c1
            - c1 offered a r/1 weighted_round_robin until 09:01
            09:00 accept c1 a
            - c1 assigned a r/1 weighted_round_robin
            09:00 open c2
            - c2 offered b r/1 weighted_round_robin until 09:01
            09:00 accept c2 b
            - c2 assigned b r/1 weighted_round_robin
            09:00 open c3
            - c3 offered a r/1 weighted_round_robin until 09:01
            09:00 open c4
            - c4 offered a r/1 weighted_round_robin until 09:01";

        rotates_over_those_who_are_there: weighted([json!({"weight": 5}), json!({}), json!({})]), "
            09:00 away a
            - a away set_away
            09:00 open c1
            - c1 assigned b all/1 weighted_round_robin
            09:00 open c2
            - c2 assigned c all/1 weighted_round_robin
            09:00 open c3
            - c3 assigned b all/1 weighted_round_robin";
    }
}

mod longest_idle {
    use super::*;

    stories! {
        goes_by_when_the_last_one_left: everyone("longest_idle", json!(["anna", "bo", "cy"])), "
            09:00 open c1
            - c1 assigned anna all/1 longest_idle
            09:01 open c2
            - c2 assigned bo all/1 longest_idle
            # Who never held anything comes first.
            09:02 open c3
            - c3 assigned cy all/1 longest_idle
            09:03 close c2
            - c2 closed bo
            09:04 close c1
            - c1 closed anna
            # anna was assigned less recently, but bo has been idle for longer.
            09:05 open c4
            - c4 assigned bo all/1 longest_idle
            09:06 open c5
            - c5 assigned anna all/1 longest_idle
            # All are busy: least recently assigned.
            09:07 open c6
            - c6 assigned cy all/1 longest_idle";

        idle_is_who_holds_nothing_at_all: everyone("longest_idle", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 longest_idle
            09:00 open c2
            - c2 assigned bo all/1 longest_idle
            09:00 open c3
            - c3 assigned anna all/1 longest_idle
            09:01 close c1
            - c1 closed anna
            09:02 close c2
            - c2 closed bo
            # One left anna first, but she holds another.
            09:03 open c4
            - c4 assigned bo all/1 longest_idle";

        a_wrap_up_is_not_idle: step(json!(["anna", "bo"]), json!({"strategy": "longest_idle"}))
            .chat(json!({"wrap_up": "10m"})).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 longest_idle
            09:01 open c2
            - c2 assigned bo r/1 longest_idle
            09:02 close c1
            - c1 closed anna
            09:02 assign c2 to anna
            - c2 assigned anna by_hand
            09:03 open c3
            - c3 assigned bo r/1 longest_idle";

        one_that_leaves_by_release_or_snooze_leaves: everyone("longest_idle", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 longest_idle
            09:00 open c2
            - c2 assigned bo all/1 longest_idle
            09:01 snooze c2
            - c2 snoozed bo
            09:02 release c1
            - c1 unassigned from anna released
            09:03 open c3
            - c3 assigned bo all/1 longest_idle";

        ties_of_an_instant_go_to_the_least_recently_assigned: everyone("longest_idle", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 longest_idle
            09:00 open c2
            - c2 assigned bo all/1 longest_idle
            09:01 close c2
            - c2 closed bo
            09:01 close c1
            - c1 closed anna
            09:02 open c3
            - c3 assigned anna all/1 longest_idle";
    }
}

mod best_skill {
    use super::*;

    fn skilled() -> Value {
        json!([
            {"id": "anna", "skills": {"billing": 2, "sv": 5}},
            {"id": "bo", "skills": {"billing": 4, "sv": 2}},
            {"id": "cy", "skills": {"billing": 3, "sv": 4}},
        ])
    }

    stories! {
        takes_the_highest_sum_of_the_asked: step(skilled(), json!({"strategy": "best_skill", "skills": {"billing": 2}})).desk(), r#"
            # Of billing alone: 2, 4, 3.
            09:00 open c1
            - c1 assigned bo r/1 best_skill
            # With sv: 7, 6, 7; cy has the same as anna, who stands first.
            09:01 open c2 {"skills": {"sv": 1}}
            - c2 assigned anna r/1 best_skill
            # The same, least busy.
            09:02 open c3 {"skills": {"sv": 1}}
            - c3 assigned cy r/1 best_skill"#;

        is_least_busy_when_nothing_is_asked: step(skilled(), json!({"strategy": "best_skill"})).desk(), "
            09:00 open c1
            - c1 assigned anna r/1 best_skill
            09:01 open c2
            - c2 assigned bo r/1 best_skill
            09:02 close c1
            - c1 closed anna
            # anna and cy hold nothing; cy was never assigned.
            09:03 open c3
            - c3 assigned cy r/1 best_skill";
    }
}

mod in_order {
    use super::*;

    fn ordered() -> Desk {
        let agents = json!([
            {"id": "anna", "team": "t", "capacity": 1}, {"id": "bo", "capacity": 1},
            {"id": "cy", "team": "t", "capacity": 1}, {"id": "di", "team": "u", "capacity": 1},
        ]);
        let target = json!({"agents": ["cy", "bo"], "teams": ["u", "t"]});
        Office::of(agents).steps(json!([{"assign_to": target, "strategy": "in_order"}])).desk()
    }

    stories! {
        agents_as_listed_then_members_in_document_order: ordered(), "
            09:00 open c1
            - c1 assigned cy r/1 in_order
            09:00 open c2
            - c2 assigned bo r/1 in_order
            09:00 open c3
            - c3 assigned anna r/1 in_order
            09:00 open c4
            - c4 assigned di r/1 in_order
            09:00 open c5
            - c5 queued r/1
            09:01 close c2
            - c2 closed bo
            - c5 assigned bo r/1 in_order";

        the_first_gets_all_while_there_is_room: everyone("in_order", json!(["anna", "bo"])), "
            09:00 open c1
            - c1 assigned anna all/1 in_order
            09:00 open c2
            - c2 assigned anna all/1 in_order
            09:01 away anna
            - anna away set_away
            09:02 open c3
            - c3 assigned bo all/1 in_order";
    }
}

mod random {
    use super::*;

    const AGENTS: [&str; 3] = ["anna", "bo", "cy"];

    fn seeded(seed: u64) -> Desk {
        Office::of(json!(AGENTS)).everyone("random").settings(json!({"seed": seed})).desk()
    }

    /// The hash as the documentation of the strategy tells it.
    fn documented(seed: u64, id: &str, among: usize) -> usize {
        let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed;
        for byte in id.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 31;
        ((u128::from(hash) * among as u128) >> 64) as usize
    }

    #[test]
    fn follows_the_documented_hash() {
        for seed in [0, 7, 1 << 53] {
            let mut desk = seeded(seed);
            for number in 0..200 {
                let id = format!("case-{number}");
                let agent = AGENTS[documented(seed, &id, 3)];
                assert_eq!(
                    act(&mut desk, &format!("09:00 open {id}")),
                    [format!("- {id} assigned {agent} all/1 random")]
                );
            }
        }
    }

    #[test]
    fn chooses_among_the_eligible_in_document_order() {
        let mut desk = seeded(7);
        act(&mut desk, "09:00 away bo");
        for number in 0..100 {
            let id = format!("case-{number}");
            let agent = ["anna", "cy"][documented(7, &id, 2)];
            assert_eq!(act(&mut desk, &format!("09:00 open {id}")), [format!("- {id} assigned {agent} all/1 random")]);
        }
    }

    #[test]
    fn is_near_uniform() {
        let mut desk = seeded(7);
        let mut counts = [0_i32; 3];
        for number in 0..3000 {
            let told = act(&mut desk, &format!("09:00 open {number}")).concat();
            counts[AGENTS.iter().position(|agent| told.contains(agent)).unwrap()] += 1;
        }
        // The standard deviation is 26.
        assert!(counts.iter().all(|count| (count - 1000).abs() < 100), "{counts:?}");
    }
}

mod eligibility {
    use super::*;

    /// Everyone fails one check, and all that come after it as far as that is possible.
    fn each_fails_one() -> Office {
        let night = json!([{"days": ["mon"], "start": "02:00", "end": "03:00"}]);
        let late = json!([{"days": ["fri"], "start": "08:00", "end": "09:05"}]);
        let capacity = 0;
        let skills = json!({"billing": 1});
        let agents = json!([
            {"id": "not_in_target", "active": false, "working_hours": night, "capacity": capacity},
            {"id": "deactivated", "team": "t", "active": false, "working_hours": night, "capacity": capacity},
            {"id": "no_seat", "team": "t", "working_hours": night, "capacity": capacity},
            {"id": "light", "team": "t", "seat": "light", "working_hours": night, "capacity": capacity},
            {"id": "no_access", "team": "t", "seat": "full", "working_hours": night, "capacity": capacity},
            {"id": "no_skill", "team": "t", "extra_teams": ["in"], "seat": "full", "working_hours": night, "capacity": capacity},
            {"id": "low_skill", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": skills, "working_hours": night, "capacity": capacity},
            {"id": "away", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "working_hours": night, "capacity": capacity},
            {"id": "ending", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "working_hours": late, "capacity": capacity},
            {"id": "full", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "capacity": capacity, "attributes": {"weight": 0}},
            {"id": "zero", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}, "attributes": {"weight": 0}},
            {"id": "fits", "team": "t", "extra_teams": ["in"], "seat": "full", "skills": {"billing": 2}},
        ]);
        let entitlements = json!({"auto_assign": ["full"]});
        Office::of(agents)
            .inbox(json!({"access": {"teams": ["in"]}}))
            .settings(json!({"requires_seat": true, "entitlements": entitlements, "last_assignment_before_end": "10m"}))
    }

    fn to_team(office: Office, keys: Value) -> Desk {
        let mut step =
            json!({"assign_to": {"teams": ["t"]}, "skills": {"billing": 2}, "strategy": "weighted_round_robin"});
        step.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        office.steps(json!([step])).desk()
    }

    stories! {
        the_first_check_that_fails_is_recorded: to_team(each_fails_one(), json!({})), "
            09:00 open c1 why
            - c1 assigned fits r/1 weighted_round_robin
            * not_in_target not_in_target
            * deactivated deactivated
            * no_seat no_seat
            * light no_seat light
            * no_access no_inbox_access
            * no_skill missing_skill billing 0 of 2
            * low_skill missing_skill billing 1 of 2
            * away away outside_working_hours until 2026-11-23T02:00
            * ending ending_soon 09:05
            * full at_capacity total 0
            * zero zero_weight
            * fits eligible score 1";

        only_available_false_skips_away_and_ending_soon_alone:
            to_team(each_fails_one(), json!({"only_available": false})), "
            09:00 open c1 why
            - c1 assigned fits r/1 weighted_round_robin
            * not_in_target not_in_target
            * deactivated deactivated
            * no_seat no_seat
            * light no_seat light
            * no_access no_inbox_access
            * no_skill missing_skill billing 0 of 2
            * low_skill missing_skill billing 1 of 2
            * away at_capacity total 0
            * ending at_capacity total 0
            * full at_capacity total 0
            * zero zero_weight
            * fits eligible score 1";

        declined_comes_before_missing_skill_and_after_no_access: declining(), r#"
            09:00 open c1
            - c1 offered anna r/1 in_order until 09:01
            09:00:10 decline c1 anna
            - c1 offer_declined anna
            - c1 offered bo r/1 in_order until 09:01:10
            # anna and bo lack the skill now; the decline is asked first.
            09:00:20 away anna
            - anna away set_away
            09:00:30 update c1 {"skills": {"billing": 1}} why
            - c1 updated goes on
            - c1 offer_withdrawn bo
            - c1 offered cy r/1 in_order until 09:01:30
            * anna declined
            * bo missing_skill billing 0 of 1
            * cy eligible"#;

        no_seat_matters_only_where_seats_are_required: step(json!(["anna"]), json!({})).desk(), "
            09:00 open c1 why
            - c1 assigned anna r/1 least_busy
            * anna eligible";

        any_seat_will_do_without_entitlements:
            step(json!(["anna", {"id": "bo", "seat": "light"}]), json!({})).settings(json!({"requires_seat": true})).desk(), "
            09:00 open c1 why
            - c1 assigned bo r/1 least_busy
            * anna no_seat
            * bo eligible";

        away_until_when_and_why: step(json!(["anna", "bo", {"id": "cy", "out_of_office": [
                {"start": "2026-11-20T08:00", "end": "2026-11-20T12:00"}]}]), json!({})).desk(), r#"
            08:30 away anna {"duration": "1h"}
            - anna away temporarily_away
            09:00 open c1 why
            - c1 assigned bo r/1 least_busy
            * anna away temporarily_away until 09:30
            * bo eligible
            * cy away out_of_office until 12:00"#;

        ending_soon_begins_exactly_that_long_before_the_end: ending(), "
            16:49:59.999 open c1
            - c1 assigned anna r/1 least_busy
            16:50 open c2
            - c2 queued r/1
            # On the next day there is time again.
            2026-11-21T09:00 advance
            - 17:00 anna away outside_working_hours
            - anna available working_hours
            - c2 assigned anna r/1 least_busy";
    }

    fn declining() -> Desk {
        let agents = json!(["anna", "bo", {"id": "cy", "skills": {"billing": 1}}]);
        step(agents, json!({"strategy": "in_order"})).chat(json!({"accept_within": "1m"})).desk()
    }

    fn ending() -> Desk {
        let hours = json!([{"days": ["fri", "sat"], "start": "09:00", "end": "17:00"}]);
        let agents = json!([{"id": "anna", "working_hours": hours}]);
        step(agents, json!({})).settings(json!({"last_assignment_before_end": "10m"})).desk()
    }
}

mod capacity {
    use super::*;

    /// One agent with a capacity; a chat, a form of weight 2, and a call that is assigned at once.
    fn office(capacity: Value) -> Desk {
        let rules = json!([{"id": "r", "steps": [{"assign_to": "everyone"}]}]);
        Office::of(json!([{"id": "anna", "capacity": capacity}]))
            .rules(rules.clone())
            .channel(json!({"id": "form", "kind": "form", "weight": 2, "rules": rules}))
            .channel(json!({"id": "phone", "kind": "call", "rules": rules, "accept_within": "1h"}))
            .channel(json!({"id": "light", "kind": "chat", "weight": 0, "rules": rules}))
            .desk()
    }

    stories! {
        a_bare_number_is_the_total: office(json!(1)), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open c2
            - c2 queued r/1";

        weight_must_fit_whole: office(json!({"total": 3})), "
            09:00 open f1 form
            - f1 assigned anna r/1 least_busy
            # One is free, two are needed.
            09:01 open f2 form
            - f2 queued r/1
            # A chat fits, and f2 cannot use the place.
            09:02 open c1
            - c1 assigned anna r/1 least_busy
            09:03 close c1
            - c1 closed anna
            09:04 close f1
            - f1 closed anna
            - f2 assigned anna r/1 least_busy";

        per_kind_beside_the_total: office(json!({"total": 3, "per_kind": {"chat": 1}})), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open c2
            - c2 queued r/1
            09:02 open f1 form
            - f1 assigned anna r/1 least_busy
            09:03 close f1
            - f1 closed anna
            09:04 close c1
            - c1 closed anna
            - c2 assigned anna r/1 least_busy";

        without_a_limit_there_is_none_for_other_kinds: office(json!({"per_kind": {"chat": 0}})), "
            09:00 open f1 form
            - f1 assigned anna r/1 least_busy
            09:01 open f2 form
            - f2 assigned anna r/1 least_busy
            09:02 open c1
            - c1 queued r/1";

        who_holds_a_kind_that_stands_alone_gets_nothing: office(json!({"alone": ["call"]})), "
            09:00 open p1 phone
            - p1 offered anna r/1 least_busy until 10:00
            09:01 open c1
            - c1 queued r/1
            09:02 accept p1 anna
            - p1 assigned anna r/1 least_busy
            09:03 open c2 light
            - c2 queued r/1
            09:04 close p1
            - p1 closed anna
            - c1 assigned anna r/1 least_busy
            - c2 assigned anna r/1 least_busy";

        a_kind_that_stands_alone_goes_to_who_holds_nothing: office(json!({"alone": ["call"]})), "
            09:00 open c1 light
            - c1 assigned anna r/1 least_busy
            09:01 open p1 phone
            - p1 queued r/1
            09:02 close c1
            - c1 closed anna
            - p1 offered anna r/1 least_busy until 10:02
            09:03 open p2 phone
            - p2 queued r/1";

        weight_zero_takes_no_room: office(json!(1)), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open c2 light
            - c2 assigned anna r/1 least_busy";

        past_a_limit_nothing_is_given: office(json!(1)), "
            09:00 open c1
            - c1 assigned anna r/1 least_busy
            09:01 open c2
            - c2 queued r/1
            09:02 assign c2 to anna
            - c2 assigned anna by_hand
            09:03 open c3 light
            - c3 queued r/1
            09:04 close c1
            - c1 closed anna
            - c3 assigned anna r/1 least_busy";
    }

    #[test]
    fn the_limit_that_was_hit_is_recorded() {
        let bo = json!({"id": "bo", "capacity": {"per_kind": {"chat": 1}}});
        let cy = json!({"id": "cy", "capacity": {"alone": ["chat"]}});
        let agents = json!([{"id": "anna", "capacity": 1}, bo, cy, "di"]);
        story(
            &step(agents, json!({"strategy": "in_order"})).desk(),
            "
            09:00 open c1
            - c1 assigned anna r/1 in_order
            09:00 open c2
            - c2 assigned bo r/1 in_order
            09:00 open c3
            - c3 assigned cy r/1 in_order
            09:00 open c4 why
            - c4 assigned di r/1 in_order
            * anna at_capacity total 1 load 1
            * bo at_capacity chat 1 of 1 load 1
            * cy at_capacity alone chat load 1
            * di eligible",
        );
    }
}

mod targets {
    use super::*;

    fn team() -> Value {
        json!([
            {"id": "anna", "team": "main"}, {"id": "bo", "team": "other", "extra_teams": ["main"]},
            {"id": "cy", "team": "other"},
        ])
    }

    fn asking(target: Value) -> Desk {
        Office::of(team()).steps(json!([{"assign_to": target, "strategy": "round_robin"}])).desk()
    }

    stories! {
        agents_by_name: asking(json!({"agents": ["cy", "bo"]})), "
            09:00 open c1
            - c1 assigned bo r/1 round_robin
            09:00 open c2
            - c2 assigned cy r/1 round_robin
            09:00 open c3
            - c3 assigned bo r/1 round_robin";

        a_team_is_those_whose_main_team_it_is: asking(json!({"teams": ["main"]})), "
            09:00 open c1
            - c1 assigned anna r/1 round_robin
            09:00 open c2
            - c2 assigned anna r/1 round_robin";

        extra_adds_the_extra_members: asking(json!({"teams": ["main"], "extra": true})), "
            09:00 open c1
            - c1 assigned anna r/1 round_robin
            09:00 open c2
            - c2 assigned bo r/1 round_robin
            09:00 open c3
            - c3 assigned anna r/1 round_robin";

        agents_and_teams_together: asking(json!({"agents": ["cy"], "teams": ["main"]})), "
            09:00 open c1
            - c1 assigned anna r/1 round_robin
            09:00 open c2
            - c2 assigned cy r/1 round_robin
            09:00 open c3
            - c3 assigned anna r/1 round_robin";

        everyone_is_all_with_access: Office::of(team()).everyone("round_robin")
            .inbox(json!({"access": {"teams": ["main"], "agents": []}})).desk(), "
            # A restricted inbox takes main and extra members of its teams.
            09:00 open c1
            - c1 assigned anna all/1 round_robin
            09:00 open c2
            - c2 assigned bo all/1 round_robin
            09:00 open c3
            - c3 assigned anna all/1 round_robin";

        access_may_name_agents: Office::of(team()).everyone("round_robin")
            .inbox(json!({"access": {"agents": ["cy"]}})).desk(), "
            09:00 open c1 why
            - c1 assigned cy all/1 round_robin
            * anna not_in_target
            * bo not_in_target
            * cy eligible score 0";

        who_is_named_but_has_no_access_is_passed_over: Office::of(team())
            .steps(json!([{"assign_to": {"agents": ["anna", "cy"]}}]))
            .inbox(json!({"access": {"agents": ["cy"]}})).desk(), "
            09:00 open c1 why
            - c1 assigned cy r/1 least_busy
            * anna no_inbox_access
            * bo not_in_target
            * cy eligible";
    }

    fn owner_then_everyone() -> Desk {
        Office::of(json!(["anna", "bo"]))
            .steps(json!([{"assign_to": "contact_owner", "wait": "5m"}, {"assign_to": {"agents": ["anna"]}}]))
            .desk()
    }

    stories! {
        the_owner_of_a_known_contact: owner_then_everyone(), r#"
            09:00 open c1 {"contact": {"owner": "bo", "known": true}}
            - c1 assigned bo r/1 least_busy"#;

        a_contact_who_was_not_recognised_has_no_owner: owner_then_everyone(), r#"
            09:00 open c1 {"contact": {"owner": "bo"}}
            - c1 assigned anna r/2 least_busy"#;

        no_contact_no_owner: owner_then_everyone(), "
            09:00 open c1
            - c1 assigned anna r/2 least_busy";

        an_owner_who_is_no_agent_is_nobody: owner_then_everyone(), r#"
            09:00 open c1 {"contact": {"owner": "zoe", "known": true}}
            - c1 assigned anna r/2 least_busy"#;

        an_owner_who_is_away_is_waited_for: owner_then_everyone(), r#"
            09:00 away bo
            - bo away set_away
            09:00 open c1 {"contact": {"owner": "bo", "known": true}}
            - c1 queued r/1 until 09:05
            09:01 back bo
            - bo available always_on
            - c1 assigned bo r/1 least_busy"#;
    }

    fn last_agent() -> Desk {
        Office::of(json!(["anna", "bo", {"id": "cy", "capacity": 0}]))
            .steps(json!([{"assign_to": "last_agent", "wait": "5m"}, {"assign_to": "everyone", "strategy": "round_robin"}]))
            .desk()
    }

    fn last_agent_full() -> Desk {
        Office::of(json!([{"id": "anna", "capacity": 1}, {"id": "bo", "capacity": 2}]))
            .steps(
                json!([{"assign_to": "last_agent", "wait": "5m"}, {"assign_to": "everyone", "strategy": "in_order"}]),
            )
            .desk()
    }

    stories! {
        the_last_agent_of_the_contact: last_agent(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 assigned anna r/2 round_robin
            09:01 close c1
            - c1 closed anna
            09:02 open c2 {"contact": {"id": "y"}}
            - c2 assigned bo r/2 round_robin
            09:03 open c3 {"contact": {"id": "x"}}
            - c3 assigned anna r/1 least_busy
            09:04 open c4 {"contact": {"id": "y"}}
            - c4 assigned bo r/1 least_busy"#;

        the_last_agent_may_have_got_it_by_hand: last_agent(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 assigned anna r/2 round_robin
            09:01 assign c1 to bo
            - c1 assigned bo by_hand
            09:02 open c2 {"contact": {"id": "x"}}
            - c2 assigned bo r/1 least_busy"#;

        a_last_agent_who_is_full_is_waited_for: last_agent_full(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 assigned anna r/2 in_order
            09:01 open c2 {"contact": {"id": "x"}}
            - c2 queued r/1 until 09:06
            09:02 close c1
            - c1 closed anna
            - c2 assigned anna r/1 least_busy"#;

        a_last_agent_may_change_while_it_is_waited_for: last_agent_full(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 assigned anna r/2 in_order
            09:01 open c2 {"contact": {"id": "x"}}
            - c2 queued r/1 until 09:06
            09:02 open c3 {"contact": {"id": "x"}}
            - c3 queued r/1 until 09:07
            # bo is the last agent now, and has room for one more.
            09:03 assign c3 to bo
            - c3 assigned bo by_hand
            - c2 assigned bo r/1 least_busy
            09:04 close c1
            - c1 closed anna"#;

        a_contact_without_id_has_no_last_agent: last_agent(), r#"
            09:00 open c1 {"contact": {"attributes": {"plan": "free"}}}
            - c1 assigned anna r/2 round_robin
            09:01 open c2 {"contact": {"attributes": {"plan": "free"}}}
            - c2 assigned bo r/2 round_robin"#;

        a_last_agent_who_was_removed_is_nobody: last_agent(), r#"
            09:00 open c1 {"contact": {"id": "x"}}
            - c1 assigned anna r/2 round_robin
            09:01 close c1
            - c1 closed anna
            09:02 remove_agent anna
            - remove_agent anna
            09:03 open c2 {"contact": {"id": "x"}}
            - c2 assigned bo r/2 round_robin"#;
    }
}

mod skills {
    use super::*;

    fn levels() -> Value {
        json!([
            {"id": "anna", "skills": {"billing": 1, "sv": 3}}, {"id": "bo", "skills": {"billing": 2}},
            {"id": "cy", "skills": {"billing": 3, "sv": 3}},
        ])
    }

    stories! {
        a_level_or_more: step(levels(), json!({"strategy": "in_order", "skills": {"billing": 2}})).desk(), "
            09:00 open c1
            - c1 assigned bo r/1 in_order";

        those_of_step_and_conversation_together: step(levels(), json!({"skills": {"billing": 1}})).desk(), r#"
            09:00 open c1 {"skills": {"sv": 2}} why
            - c1 assigned anna r/1 least_busy
            * anna eligible
            * bo missing_skill sv 0 of 2
            * cy eligible"#;

        the_higher_level_of_each: step(levels(), json!({"skills": {"billing": 2}})).desk(), r#"
            09:00 open c1 {"skills": {"billing": 3}} why
            - c1 assigned cy r/1 least_busy
            * anna missing_skill billing 1 of 3
            * bo missing_skill billing 2 of 3
            * cy eligible
            # The step asks for more than the conversation.
            09:01 open c2 {"skills": {"billing": 1}} why
            - c2 assigned bo r/1 least_busy
            * anna missing_skill billing 1 of 2
            * bo eligible
            * cy eligible load 1"#;

        nobody_has_it: step(levels(), json!({})).desk(), r#"
            09:00 open c1 {"skills": {"magic": 1}}
            - c1 queued r/1"#;
    }
}

mod rules {
    use super::*;

    fn to(agent: &str, id: &str, conditions: Value) -> Value {
        json!({"id": id, "match": conditions, "steps": [{"assign_to": {"agents": [agent]}}]})
    }

    fn three() -> Office {
        Office::of(json!(["anna", "bo", "cy"])).rules(json!([
            to("anna", "urgent", json!({"priority": {"at_least": 2}})),
            to("bo", "raised", json!({"priority": {"at_least": 1}})),
            to("cy", "rest", json!({})),
        ]))
    }

    stories! {
        the_first_that_holds: three().desk(), r#"
            09:00 open c1
            - c1 assigned cy rest/1 least_busy
            09:01 open c2 {"priority": 1}
            - c2 assigned bo raised/1 least_busy
            09:02 open c3 {"priority": 2}
            - c3 assigned anna urgent/1 least_busy"#;

        the_first_that_holds_even_if_nobody_is_there: three().desk(), r#"
            09:00 away anna
            - anna away set_away
            09:01 open c1 {"priority": 2}
            - c1 queued urgent/1"#;

        no_rules: Office::of(json!(["anna"])).desk(), "
            09:00 open c1
            - c1 unassigned no_rule";

        no_rule_holds: Office::of(json!(["anna"])).rules(json!([to("anna", "sv", json!({"attributes.lang": "sv"}))])).desk(), "
            09:00 open c1
            - c1 unassigned no_rule";

        a_rule_without_steps_is_its_otherwise:
            Office::of(json!(["anna"])).rules(json!([{"id": "r", "steps": [], "otherwise": "unassigned"}])).desk(), "
            09:00 open c1
            - c1 unassigned r otherwise";
    }

    fn otherwise(otherwise: Value) -> Desk {
        let rule = json!({"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}], "otherwise": otherwise});
        Office::of(json!([{"id": "anna", "capacity": 0}, "bo"])).rules(json!([rule])).desk()
    }

    stories! {
        otherwise_queue: otherwise(json!("queue")), "
            09:00 open c1
            - c1 queued r/1";

        otherwise_unassigned: otherwise(json!("unassigned")), "
            09:00 open c1
            - c1 unassigned r otherwise";

        otherwise_voicemail: otherwise(json!({"voicemail": "busy.mp3"})), "
            09:00 open c1
            - c1 sent_to_voicemail busy.mp3 by r";

        otherwise_notify_owner: otherwise(json!("notify_owner")), r#"
            09:00 away bo
            - bo away set_away
            09:00 open c1 {"contact": {"owner": "bo", "known": true}}
            - c1 owner_notified bo by r
            09:01 open c2
            - c2 unassigned r otherwise"#;

        otherwise_bot: otherwise(json!({"bot": "helper"})), "
            09:00 open c1
            - c1 handed_to_bot helper by r";
    }

    /// The default of `otherwise` is to queue, not to stay unassigned.
    #[test]
    fn otherwise_is_queue() {
        let office = Office::of(json!([{"id": "anna", "capacity": 0}])).steps(json!([{"assign_to": "everyone"}]));
        story(
            &office.desk(),
            "
            09:00 open c1
            - c1 queued r/1",
        );
    }
}

mod conditions {
    use super::*;

    /// Whether a conversation that arrives in `main` by `chat` at 09:00 UTC on a Friday passes a `match`.
    #[track_caller]
    fn assert_match(conditions: Value, arrival: Value, passes: bool) {
        let rule = json!({"id": "r", "match": conditions, "steps": [{"assign_to": "everyone"}]});
        let anna = json!({"id": "anna", "skills": {"sv": 5, "de": 5, "lang:sv": 5}});
        // What conditions name has to be there.
        let office = Office::of(json!([anna])).channel(json!({"id": "form", "kind": "form"}));
        let office = office.with(json!({"inboxes": [{"id": "side"}]}));
        let mut desk = office.rules(json!([rule])).desk();
        let told = act(&mut desk, &format!("09:00 open c1 {arrival}"));
        let expected = if passes { "- c1 assigned anna r/1 least_busy" } else { "- c1 unassigned no_rule" };
        assert_eq!(told, [expected], "{conditions} of {arrival}");
    }

    #[track_caller]
    fn assert_both(conditions: Value, passing: Value, failing: Value) {
        assert_match(conditions.clone(), passing, true);
        assert_match(conditions, failing, false);
    }

    #[test]
    fn inbox_channel_and_kind() {
        for (path, value, other) in [("inbox", "main", "side"), ("channel", "chat", "form"), ("kind", "chat", "call")] {
            assert_match(json!({path: value}), json!({}), true);
            assert_match(json!({path: other}), json!({}), false);
            assert_match(json!({path: [other, value]}), json!({}), true);
            assert_match(json!({path: {"not": value}}), json!({}), false);
        }
    }

    #[test]
    fn priority() {
        assert_both(json!({"priority": 0}), json!({}), json!({"priority": 1}));
        assert_both(json!({"priority": {"at_least": 1}}), json!({"priority": 1}), json!({"priority": 0}));
        assert_both(json!({"priority": {"at_most": -1}}), json!({"priority": -1}), json!({}));
        assert_both(json!({"priority": {"at_least": 1, "at_most": 2}}), json!({"priority": 2}), json!({"priority": 3}));
    }

    #[test]
    fn skills_of_the_conversation() {
        let exists = json!({"skills.sv": {"exists": true}});
        assert_both(exists, json!({"skills": {"sv": 1}}), json!({"skills": {"de": 1}}));
        assert_both(json!({"skills.sv": {"at_least": 3}}), json!({"skills": {"sv": 3}}), json!({"skills": {"sv": 2}}));
        assert_match(json!({"skills.lang:sv": 2}), json!({"skills": {"lang:sv": 2}}), true);
        assert_match(json!({"skills.sv": {"at_least": 1}}), json!({}), false);
    }

    #[test]
    fn attributes() {
        let plan = |value: Value| json!({"attributes": {"plan": value}});
        assert_both(json!({"attributes.plan": "pro"}), plan(json!("pro")), plan(json!("free")));
        assert_both(json!({"attributes.plan": ["pro", "team"]}), plan(json!("team")), plan(json!("free")));
        assert_both(json!({"attributes.plan": true}), plan(json!(true)), plan(json!("true")));
        assert_both(json!({"attributes.plan": 2}), plan(json!(2.0)), plan(json!("2")));
        assert_both(json!({"attributes.plan": {"at_least": 1.5}}), plan(json!(1.5)), plan(json!(1.4)));
        assert_both(json!({"attributes.plan": {"contains": "ro"}}), plan(json!("pro")), plan(json!("free")));
        assert_both(json!({"attributes.plan": {"contains": "pro"}}), plan(json!(["pro", "x"])), plan(json!(["prof"])));
        assert_both(json!({"attributes.plan": {"starts_with": "pr"}}), plan(json!("pro")), plan(json!("spree")));
        assert_both(json!({"attributes.plan": {"not": ["pro", "team"]}}), plan(json!("free")), plan(json!("team")));
        assert_both(
            json!({"attributes.a.b": 1}),
            json!({"attributes": {"a.b": 1}}),
            json!({"attributes": {"a": {"b": 1}}}),
        );
    }

    #[test]
    fn what_is_absent_passes_only_not_and_exists_false() {
        for test in
            [json!("x"), json!(["x"]), json!({"at_least": -5}), json!({"contains": ""}), json!({"starts_with": ""})]
        {
            assert_match(json!({"attributes.plan": test}), json!({}), false);
        }
        assert_match(json!({"attributes.plan": {"not": "x"}}), json!({}), true);
        assert_both(json!({"attributes.plan": {"exists": false}}), json!({}), json!({"attributes": {"plan": 0}}));
    }

    #[test]
    fn a_number_is_asked_of_numbers_only() {
        assert_match(json!({"attributes.age": {"at_most": 9}}), json!({"attributes": {"age": "5"}}), false);
        assert_match(json!({"attributes.age": {"at_least": 0}}), json!({"attributes": {"age": true}}), false);
    }

    #[test]
    fn contact() {
        let contact = |contact: Value| json!({"contact": contact});
        assert_both(json!({"contact.known": true}), contact(json!({"known": true})), contact(json!({"id": "x"})));
        // Whoever is not there is not known.
        assert_match(json!({"contact.known": false}), json!({}), true);
        assert_both(
            json!({"contact.owner": "anna"}),
            contact(json!({"owner": "anna"})),
            contact(json!({"owner": "bo"})),
        );
        assert_both(json!({"contact.owner": {"exists": true}}), contact(json!({"owner": "bo"})), contact(json!({})));
        let spend = |spend: Value| contact(json!({"attributes": {"spend": spend}}));
        assert_both(json!({"contact.attributes.spend": {"at_least": 100}}), spend(json!(100)), spend(json!(99)));
        // Of the contact, not of the conversation.
        assert_match(json!({"contact.attributes.spend": 1}), json!({"attributes": {"spend": 1}}), false);
    }

    #[test]
    fn hours() {
        let hours = |zone: Option<&str>, start: &str, end: &str| {
            let mut test = json!({"hours": [{"days": ["fri"], "start": start, "end": end}]});
            if let Some(zone) = zone {
                test["time_zone"] = zone.into();
            }
            json!({"hours": test})
        };
        assert_match(hours(None, "09:00", "17:00"), json!({}), true);
        // Half-open.
        assert_match(hours(None, "08:00", "09:00"), json!({}), false);
        // It is 10:00 in Stockholm, and 04:00 in New York.
        assert_match(hours(Some("Europe/Stockholm"), "10:00", "11:00"), json!({}), true);
        assert_match(hours(Some("Europe/Stockholm"), "09:00", "10:00"), json!({}), false);
        assert_match(hours(Some("America/New_York"), "04:00", "05:00"), json!({}), true);
    }

    #[test]
    fn every_entry_must_hold() {
        let both = json!({"priority": 1, "attributes.plan": "pro"});
        assert_match(both.clone(), json!({"priority": 1, "attributes": {"plan": "pro"}}), true);
        assert_match(both.clone(), json!({"priority": 1}), false);
        assert_match(both, json!({"attributes": {"plan": "pro"}}), false);
        assert_match(json!({}), json!({}), true);
    }
}
