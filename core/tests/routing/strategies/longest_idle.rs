//! `longest_idle`: the agent who is idle for the longest time.

use serde_json::json;

use super::step;
use crate::support_desk::everyone;

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
        - c1 closed anna until 09:12
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
