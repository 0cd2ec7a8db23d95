//! Hidden messages: by whom they are hidden, and shown again.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, act};

fn desk() -> Desk {
    let agents = json!(["anna", {"id": "bo", "seat": "basic"}, {"id": "cy", "seat": "enterprise"},
        {"id": "boss", "permissions": ["super_admin"]}]);
    Office::of(agents).everyone("in_order").desk()
}

stories! {
    are_shown_by_who_hid_them_or_a_super_admin: desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 hide c1 m1 by anna
        - c1 hidden m1 by anna
        # Twice is nothing.
        09:02 hide c1 m1 by bo
        09:03 unhide c1 m1 by bo
        - refused not_permitted
        09:04 unhide c1 m1 by anna
        - c1 unhidden m1 by anna
        09:05 unhide c1 m1 by anna
        - refused not_hidden
        09:06 hide c1 m1 by bo
        - c1 hidden m1 by bo
        09:07 unhide c1 m1 by boss
        - c1 unhidden m1 by boss
        09:08 hide c1 m1
        - c1 hidden m1
        09:09 unhide c1 m1 by anna
        - refused not_permitted
        09:10 unhide c1 m1
        - c1 unhidden m1";

    take_a_seat_where_it_is_an_entitlement: Office::of(json!([{"id": "bo", "seat": "basic"}, {"id": "cy", "seat": "enterprise"}])).everyone("in_order")
        .settings(json!({"entitlements": {"hidden_messages": ["enterprise"]}})).desk(), "
        09:00 open c1
        - c1 assigned bo all/1 in_order
        09:01 hide c1 m1 by bo
        - refused not_permitted
        09:02 hide c1 m1 by cy
        - c1 hidden m1 by cy";

    stay_hidden_when_it_is_closed: desk(), "
        09:00 open c1
        - c1 assigned anna all/1 in_order
        09:01 hide c1 m1 by anna
        - c1 hidden m1 by anna
        09:02 close c1
        - c1 closed anna
        09:03 hide c1 m2 by anna
        - c1 hidden m2 by anna
        09:04 unhide c1 m1 by anna
        - c1 unhidden m1 by anna";
}

#[test]
fn are_told_and_kept() {
    let mut desk = desk();
    for line in ["09:00 open c1", "09:01 hide c1 m1 by anna", "09:02 hide c1 m2", "09:03 close c1"] {
        act(&mut desk, line);
    }
    let hidden =
        |desk: &Desk| serde_json::to_value(desk.conversation("c1").unwrap()).unwrap()["hidden_messages"].clone();
    assert_eq!(hidden(&desk), json!(["m1", "m2"]));
    let mut restored = Desk::restore(&desk.snapshot()).unwrap();
    assert_eq!((hidden(&restored), restored.snapshot()), (json!(["m1", "m2"]), desk.snapshot()));
    assert_eq!(act(&mut restored, "09:04 unhide c1 m2 by anna"), ["- refused not_permitted"]);
}

#[test]
fn are_a_thousand_at_most() {
    let mut desk = desk();
    act(&mut desk, "09:00 open c1");
    for number in 0..1_000 {
        act(&mut desk, &format!("09:00 hide c1 m{number}"));
    }
    assert_eq!(act(&mut desk, "09:01 hide c1 more"), ["- refused out_of_range"]);
    let _: Value = serde_json::from_str(&desk.snapshot()).unwrap();
    assert!(Desk::restore(&desk.snapshot()).is_ok());
}
