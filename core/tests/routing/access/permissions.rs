//! Commands of agents, with and without the permission.

use frontdesk::Desk;
use serde_json::{Value, json};

use crate::support_desk::{Office, story_with};

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

    rules_give_to_seats_with_routing_rules: office(json!({"entitlements": {"routing_rules": ["sales"]}})), r#"
        09:00 open c1 why
        - c1 assigned chief all/1 in_order
        * anna no_seat service
        * bo no_seat
        * lead no_seat service
        * boss no_seat
        * chief eligible
        09:01 assign c1 to bo by bo
        - c1 assigned bo by_hand by bo"#;

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

#[test]
fn rules_are_changed_with_a_seat_of_routing_rules() {
    let values = [("entry", serde_json::from_str(ENTRY).unwrap())];
    let story = |seats: Value, text: &str| {
        story_with(&office(json!({"entitlements": {"routing_rules": seats}})), &values, text);
    };
    story(
        json!(["sales"]),
        "
        09:00 put_inbox by boss $entry
        - refused not_permitted
        09:00 put_inbox by chief $entry
        - put_inbox main by chief
        # The embedding program may do anything, and these rules are there already.
        09:01 put_inbox $entry
        - put_inbox main
        09:02 put_inbox by boss $entry
        - put_inbox main by boss",
    );
    story(
        json!(["service"]),
        "
        09:00 put_inbox by chief $entry
        - refused not_permitted",
    );
}
