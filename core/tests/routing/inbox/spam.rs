//! Spam: senders that are filtered or blocked, and conversations that are marked.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel};

/// A chat and a mailbox in an inbox with filters.
fn filtered(filters: Value) -> Desk {
    let steps = json!([{"assign_to": "everyone", "strategy": "in_order"}]);
    let office = Office::of(json!(["anna"])).everyone("in_order").channel(channel("mail", "email", steps, json!({})));
    office.inbox(json!({"filters": filters})).desk()
}

fn unfiltered() -> Desk {
    Office::of(json!(["anna", {"id": "boss", "capacity": 0, "permissions": ["super_admin"]}]))
        .everyone("in_order")
        .desk()
}

stories! {
    of_blocked_senders_and_domains: filtered(json!({"block": ["Spam@example.org", "@EXAMPLE.net"], "allow": ["sales@example.net"]})), r#"
        09:00 open c1 mail {"from": "spam@EXAMPLE.org"}
        - c1 filtered blocked_sender Spam@example.org
        09:00 open c2 mail {"from": "anyone@example.net"}
        - c2 filtered blocked_sender @EXAMPLE.net
        09:00 open c3 mail {"from": "sales@example.net"}
        - c3 assigned anna r/1 in_order
        09:00 open c4 mail {"from": "other@example.org"}
        - c4 assigned anna r/1 in_order
        # A part of a domain is another domain.
        09:00 open c5 mail {"from": "anyone@mail.example.net"}
        - c5 assigned anna r/1 in_order
        09:00 open c6 mail
        - c6 assigned anna r/1 in_order"#;

    of_domains_in_either_spelling: filtered(json!({"block": ["@bücher.example", "@xn--mnchen-3ya.example"]})), r#"
        09:00 open c1 mail {"from": "a@XN--BCHER-KVA.example"}
        - c1 filtered blocked_sender @bücher.example
        09:00 open c2 mail {"from": "a@MÜNCHEN.example"}
        - c2 filtered blocked_sender @xn--mnchen-3ya.example"#;

    of_addresses_that_name_a_role: filtered(json!({"role_addresses": true, "allow": ["info@partner.example"]})), r#"
        09:00 open c1 mail {"from": "NoReply@example.org"}
        - c1 filtered role_address noreply
        09:00 open c2 mail {"from": "info+1@example.org"}
        - c2 filtered role_address info
        09:00 open c3 mail {"from": "info@partner.example"}
        - c3 assigned anna r/1 in_order
        09:00 open c4 mail {"from": "jobs@example.org"}
        - c4 assigned anna r/1 in_order"#;

    of_addresses_behind_a_display_name: filtered(json!({"role_addresses": true, "block": ["Pest <pest@home.example>"]})), r#"
        09:00 open c1 mail {"from": "\"A. Shop\" <No-Reply@shop.example>"}
        - c1 filtered role_address no-reply
        09:00 open c2 mail {"from": "<pest@home.example>"}
        - c2 filtered blocked_sender Pest <pest@home.example>
        09:00 open c3 mail {"from": "Anna <anna@home.example>"}
        - c3 assigned anna r/1 in_order
        # A block is of the address alone.
        09:01 block c3
        - blocked anna@home.example in main
        - c3 filtered from anna blocked_sender anna@home.example"#;

    of_further_roles: filtered(json!({"role_addresses": ["jobs"]})), r#"
        09:00 open c1 mail {"from": "jobs@example.org"}
        - c1 filtered role_address jobs
        09:00 open c2 mail {"from": "info@example.org"}
        - c2 filtered role_address info"#;

    roles_are_let_in_where_nothing_is_said: filtered(json!({"role_addresses": false})), r#"
        09:00 open c1 mail {"from": "noreply@example.org"}
        - c1 assigned anna r/1 in_order"#;

    is_of_who_wrote_forwarded_mail_first: filtered(json!({"block": ["a@example.org"]})), r#"
        09:00 open c1 mail {"from": "a@example.org", "forwarded_by": "b@example.org"}
        - c1 filtered blocked_sender a@example.org
        09:00 open c2 mail {"from": "b@example.org", "forwarded_by": "a@example.org"}
        - c2 assigned anna r/1 in_order"#;

    is_of_who_forwarded_it_where_the_channel_says_so: Office::of(json!(["anna"])).everyone("in_order").chat(json!({"original_sender": false}))
        .inbox(json!({"filters": {"block": ["a@example.org"]}})).desk(), r#"
        09:00 open c1 {"from": "a@example.org", "forwarded_by": "b@example.org"}
        - c1 assigned anna all/1 in_order
        09:00 open c2 {"from": "b@example.org", "forwarded_by": "a@example.org"}
        - c2 filtered blocked_sender a@example.org
        09:00 open c3 {"from": "a@example.org"}
        - c3 filtered blocked_sender a@example.org"#;

    is_marked_by_hand_one_at_a_time: unfiltered(), r#"
        09:00 open c1 {"from": "a@example.org"}
        - c1 assigned anna all/1 in_order
        09:01 mark_spam c1 by anna
        - c1 filtered from anna by_hand by anna
        # The sender is not blocked.
        09:02 open c2 {"from": "a@example.org"}
        - c2 assigned anna all/1 in_order
        09:03 mark_spam c1
        - refused in_spam
        09:04 not_spam c1 by anna
        - c1 unfiltered by anna
        - c1 assigned anna all/1 in_order by anna
        09:05 not_spam c1
        - refused not_in_spam"#;

    blocks_a_sender_in_the_inbox: unfiltered(), r#"
        09:00 open c1 {"from": "A@example.org"}
        - c1 assigned anna all/1 in_order
        09:01 block c1 by anna
        - blocked a@example.org in main by anna
        - c1 filtered from anna blocked_sender a@example.org by anna
        09:02 open c2 {"from": "a@EXAMPLE.org"}
        - c2 filtered blocked_sender a@example.org
        # Twice is nothing.
        09:03 block c1 by anna
        09:04 unblock sender A@example.org by anna {"inbox": "main"}
        - unblocked a@example.org in main by anna
        09:05 open c3 {"from": "a@example.org"}
        - c3 assigned anna all/1 in_order
        # What is in the spam stays there.
        09:06 close c1
        - refused in_spam
        09:07 unblock sender a@example.org {"inbox": "main"}
        - refused not_blocked"#;

    blocks_a_domain_in_all_inboxes: unfiltered(), r#"
        09:00 block sender @Example.net by boss
        - blocked @example.net by boss
        09:01 open c1 {"from": "a@example.net"}
        - c1 filtered blocked_sender @example.net
        09:02 block sender @example.net by anna {"inbox": "main"}
        - blocked @example.net in main by anna
        09:03 unblock sender @example.net by boss
        - unblocked @example.net by boss
        09:04 open c2 {"from": "a@example.net"}
        - c2 filtered blocked_sender @example.net
        09:05 block sender @example.net {"inbox": "other"}
        - refused unknown_inbox"#;

    is_not_blocked_where_the_inbox_lets_it_in: filtered(json!({"allow": ["@partner.example"]})), r#"
        09:00 open c1 mail {"from": "a@partner.example"}
        - c1 assigned anna r/1 in_order
        09:01 block c1
        - refused sender_allowed
        09:01 block sender a@partner.example {"inbox": "main"}
        - refused sender_allowed
        # In all inboxes it is blocked but in this one.
        09:02 block sender a@partner.example
        - blocked a@partner.example
        09:03 open c2 mail {"from": "a@partner.example"}
        - c2 assigned anna r/1 in_order"#;

    of_an_unknown_sender_is_not_blocked: unfiltered(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 block c1
        - refused unknown_sender";

    takes_offers_back_and_ends_wrap_ups: Office::of(json!(["anna"])).everyone("in_order").chat(json!({"accept_within": "1m", "wrap_up": "10m"})).desk(), "
        09:00 open c1
        - c1 offered anna all/1 in_order until 09:01
        09:00:30 mark_spam c1
        - c1 offer_withdrawn anna
        - c1 filtered by_hand
        09:01 open c2
        - c2 offered anna all/1 in_order until 09:02
        09:01 accept c2 anna
        - c2 assigned anna all/1 in_order
        09:02 close c2
        - c2 closed anna until 09:12
        09:03 mark_spam c2
        - c2 wrap_up_ended anna
        - c2 filtered by_hand
        09:20 advance";

    is_noted_only_when_the_contact_writes: unfiltered(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 mark_spam c1
        - c1 filtered from anna by_hand
        09:02 message c1 visitor
        - c1 message_noted visitor
        09:03 message c1 agent by anna
        - c1 message_noted agent by anna
        09:04 reply c1 by anna
        - refused in_spam
        09:05 assign c1 to anna
        - refused in_spam";

    is_forgotten_as_what_is_closed: Office::of(json!(["anna"])).everyone("in_order").settings(json!({"forget_closed_after": "1h"})).desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 mark_spam c1
        - c1 filtered from anna by_hand
        11:00 advance
        - 10:01 c1 forgotten";

    is_forgotten_at_once_by_hand: unfiltered(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 mark_spam c1
        - c1 filtered from anna by_hand
        09:02 forget c1 by anna
        - c1 forgotten by anna";

    takes_its_place_anew: Office::of(json!([{"id": "anna", "capacity": 1}])).everyone("in_order").desk(), "
        09:00 open c0
        - c0 assigned anna all/1 in_order
        09:01 open c1
        - c1 queued all/1
        09:02 mark_spam c1
        - c1 filtered by_hand
        09:03 open c2
        - c2 queued all/1
        09:04 not_spam c1
        - c1 unfiltered
        - c1 queued all/1
        09:05 close c0
        - c0 closed anna
        - c2 assigned anna all/1 in_order";
}

#[test]
fn blocks_are_kept_and_end_with_their_inbox() {
    let mut desk = Office::of(json!(["anna"])).everyone("in_order").with(json!({"inboxes": [{"id": "other"}]})).desk();
    act(&mut desk, r#"09:00 block sender a@example.org {"inbox": "other"}"#);
    act(&mut desk, "09:00 block sender b@example.org");
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!(restored.snapshot(), desk.snapshot());
    let blocks = |desk: &Desk| serde_json::from_str::<Value>(&desk.snapshot()).unwrap()["blocks"].clone();
    let all = json!({"sender": "b@example.org"});
    assert_eq!(blocks(&desk), json!([{"sender": "a@example.org", "inbox": "other"}, all]));
    // Another document leaves them.
    act(&mut desk, r#"09:01 configure {"settings": {"seed": 3}}"#);
    assert_eq!(blocks(&desk).as_array().unwrap().len(), 2);
    act(&mut desk, "09:02 remove_inbox other");
    assert_eq!(blocks(&desk), json!([all]));
}

#[test]
fn a_block_that_is_refused_or_proposed_leaves_no_trace() {
    let mut desk = unfiltered();
    act(&mut desk, r#"09:00 open c1 {"from": "a@example.org"}"#);
    let before = desk.snapshot();
    let block = r#"{"type": "block", "at": "2026-11-20T09:01:00Z", "conversation": "c1"}"#;
    let turn = desk.propose(&desk.read_command(block).unwrap());
    assert_eq!(desk.snapshot(), before);
    desk.apply(&turn).unwrap();
    assert_eq!(
        act(&mut desk, r#"09:02 open c2 {"from": "a@example.org"}"#),
        ["- c2 filtered blocked_sender a@example.org"]
    );
}

#[test]
fn entries_that_cannot_be_meant_are_problems() {
    let wrong = |entry: &str| {
        let office = Office::of(json!(["anna"])).inbox(json!({"filters": {"block": [entry]}}));
        let problems = Desk::from_json(&office.text()).err();
        problems.map(|it| {
            it.iter()
                .map(|it| format!("{}; {}", it.message, it.hint.clone().unwrap_or_default()))
                .collect::<Vec<_>>()
                .join("|")
        })
    };
    assert_eq!(
        wrong("example.net").as_deref(),
        Some("\"example.net\" is a domain, not an address; write \"@example.net\" for all senders of the domain")
    );
    assert_eq!(
        wrong("spam@").as_deref(),
        Some(
            "\"spam@\" has no domain; write an address such as \"spam@example.org\", or \"@example.net\" for a whole domain"
        )
    );
    for right in ["@example.net", "a@example.net", "+47 123 45", "fb:123", "v1.2"] {
        assert_eq!(wrong(right), None, "{right}");
    }
}
