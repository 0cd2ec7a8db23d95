//! The trash: out of the way, restored as it was, or forgotten.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel};

fn desk(settings: Value) -> Desk {
    Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("in_order").settings(settings).desk()
}

/// An office with a mailbox.
fn mailbox() -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    Office::of(json!(["anna"])).channel(channel("mail", "email", steps, json!({}))).desk()
}

stories! {
    frees_the_holder_and_gives_it_back_to_be_routed: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 open c2
        - c2 queued all/1
        09:02 trash c1 by anna
        - c1 trashed from anna until 2026-12-20 by anna
        - c2 assigned anna all/1 in_order by anna
        09:03 restore c1 by anna
        - c1 restored by anna
        - c1 queued all/1 by anna
        09:04 restore c1
        - refused not_in_trash";

    gives_a_closed_one_back_closed: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 trash c1
        - c1 trashed until 2026-12-20
        09:02 reopen c1
        - refused in_trash
        09:03 restore c1
        - c1 restored
        09:04 restore c1
        - refused not_in_trash
        09:05 reopen c1
        - c1 reopened
        - c1 assigned anna held_before";

    gives_spam_back_as_spam: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 mark_spam c1
        - c1 filtered from anna by_hand
        09:02 trash c1
        - c1 trashed until 2026-12-20
        09:02 not_spam c1
        - refused in_trash
        09:03 restore c1
        - c1 restored
        09:04 close c1
        - refused in_spam
        09:05 not_spam c1
        - c1 unfiltered
        - c1 assigned anna all/1 in_order";

    an_answer_in_the_trash_counts_when_it_is_restored: desk(json!({})), r#"
        09:00 open c1 by anna {"outbound": true}
        - c1 sent by anna
        09:01 trash c1
        - c1 trashed until 2026-12-20
        09:02 message c1 visitor
        - c1 message_noted visitor
        09:03 restore c1
        - c1 restored
        - c1 assigned anna all/1 in_order"#;

    a_message_in_the_trash_reopens_what_is_restored: mailbox(), "
        09:00 open c1 mail
        - c1 assigned anna r/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 trash c1
        - c1 trashed until 2026-12-20
        09:03 message c1 visitor
        - c1 message_noted visitor
        09:04 restore c1
        - c1 restored
        - c1 assigned anna r/1 in_order";

    a_message_in_the_trash_does_not_reopen_a_chat: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 close c1
        - c1 closed anna
        09:02 trash c1
        - c1 trashed until 2026-12-20
        09:03 message c1 visitor
        - c1 message_noted visitor
        09:04 restore c1
        - c1 restored
        09:05 close c1
        - refused conversation_closed";

    cannot_be_worked_on: desk(json!({})), r#"
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 trash c1
        - c1 trashed from anna until 2026-12-20
        09:02 trash c1
        - refused in_trash
        09:02 close c1
        - refused in_trash
        09:02 assign c1 to anna
        - refused in_trash
        09:02 snooze c1
        - refused in_trash
        09:02 mark_spam c1
        - refused in_trash
        09:02 update c1 {"priority": 1}
        - refused in_trash
        # A message is noted only.
        09:03 message c1 visitor
        - c1 message_noted visitor"#;

    is_forgotten_after_thirty_days: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 trash c1
        - c1 trashed from anna until 2026-12-20
        2026-12-20T09:00 message c1 visitor
        - c1 message_noted visitor
        2026-12-20T09:01 restore c1
        - refused unknown_conversation
        2026-12-20T09:02 open c1
        - 2026-12-20T09:01 c1 forgotten
        - c1 assigned anna all/1 in_order";

    is_forgotten_after_the_time_of_the_settings: desk(json!({"forget_trash_after": "1h"})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 trash c1
        - c1 trashed from anna until 2026-11-20
        10:30 advance
        - 10:01 c1 forgotten";

    is_forgotten_for_good_by_hand: desk(json!({})), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 trash c1
        - c1 trashed from anna until 2026-12-20
        09:02 forget c1 by anna
        - c1 forgotten by anna
        09:03 restore c1
        - refused unknown_conversation";

    wakes_no_snooze_and_ends_no_wait: Office::of(json!(["anna"])).steps(json!([
        {"assign_to": {"agents": ["anna"]}, "skills": {"fr": 1}, "wait": "10m"}, {"assign_to": "everyone"}])).desk(), r#"
        09:00 open c1
        - c1 queued r/1 until 09:10
        09:01 trash c1
        - c1 trashed until 2026-12-20
        09:30 advance
        09:31 restore c1
        - c1 restored
        - c1 queued r/1 until 09:41
        09:32 snooze c1 {"duration": "10m"}
        - c1 snoozed until 09:42
        09:33 trash c1
        - c1 trashed until 2026-12-20
        10:00 advance"#;
}

#[test]
fn an_inbox_may_be_removed_while_something_of_it_is_in_the_trash() {
    let inboxes = json!([{"id": "other", "channels": [{"id": "chat", "kind": "chat"}]}]);
    let mut desk = Office::of(json!(["anna"])).everyone("in_order").with(json!({"inboxes": inboxes})).desk();
    act(&mut desk, "09:00 open c1 other/chat");
    act(&mut desk, "09:01 trash c1");
    assert_eq!(act(&mut desk, "09:02 remove_inbox other"), ["- remove_inbox other"]);
    assert_eq!(act(&mut desk, "09:03 restore c1"), ["- refused unknown_inbox"]);
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.snapshot(), desk.snapshot());
    assert_eq!(restored.next_wakeup(), desk.next_wakeup());
}
