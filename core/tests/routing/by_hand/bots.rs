//! Bots, and the hand-over from them.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, everyone, one_each};

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
