//! Hours and absences are put.

use serde_json::{Value, json};

use crate::support_desk::{Office, everyone, story_with};

fn hours(start: &str, end: &str) -> Value {
    json!([{"days": ["fri"], "start": start, "end": end}])
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
