//! `in_order`: the first agent of the given order.

use frontdesk::Desk;
use serde_json::json;

use crate::support_desk::{Office, everyone};

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
