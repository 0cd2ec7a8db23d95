//! Who is available, and how many over a range.

use serde_json::json;

use frontdesk::time::{Duration, Span};
use frontdesk::{Code, Coverage, Desk, Scope};

use crate::told::*;

/// Anna and Bo of support, Cleo of sales helping out in support, and Dan without a team.
fn office() -> Desk {
    let hours = |hours| json!([weekly("fri", hours)]);
    desk(json!({
        "teams": [{"id": "support"}, {"id": "sales"}],
        "agents": [{"id": "anna", "team": "support", "working_hours": hours("09:00-13:00")},
                   {"id": "bo", "team": "support", "working_hours": hours("12:00-17:00")},
                   {"id": "cleo", "team": "sales", "extra_teams": ["support"], "working_hours": hours("13:00-17:00")},
                   {"id": "dan"}],
        "inboxes": [{"id": "main"}, {"id": "closed", "access": {"teams": ["support"], "agents": ["dan"]}}],
    }))
}

#[track_caller]
fn assert_available(scope: &Scope, instant: &str, expected: &[&str]) {
    let office = office();
    let available = office.available(scope, at(instant)).unwrap();
    assert_eq!(available.iter().map(|id| id.as_str()).collect::<Vec<_>>(), expected);
}

#[test]
fn who_is_available_depends_on_who_is_asked_for() {
    let support = "support";
    assert_available(&Scope::Everyone, "2026-11-20 12:30", &["bo", "cleo", "dan"]);
    assert_available(&Scope::Team(support.into()), "2026-11-20 12:30", &["bo"]);
    assert_available(&Scope::TeamWithExtra(support.into()), "2026-11-20 12:30", &["bo", "cleo"]);
    assert_available(&Scope::Inbox("main".into()), "2026-11-20 11:30", &["anna", "bo", "dan"]);
    assert_available(&Scope::Inbox("closed".into()), "2026-11-20 12:30", &["bo", "cleo", "dan"]);
    assert_available(&Scope::Inbox("closed".into()), "2026-11-21 12:00", &["dan"]);
}

#[test]
fn unknown_teams_and_inboxes_are_problems() {
    let (desk, now) = (office(), at("2026-11-20 12:00"));
    assert_eq!(desk.available(&Scope::Team("suport".into()), now).unwrap_err().code, Code::UnknownTeam);
    assert_eq!(desk.available(&Scope::Inbox("man".into()), now).unwrap_err().code, Code::UnknownInbox);
}

/// Lines such as `2026-11-20 08:00 1`.
fn lines(coverage: &[Coverage]) -> Vec<String> {
    coverage.iter().map(|it| format!("{} {}", told(it.span.start), it.available)).collect()
}

#[test]
fn coverage_is_exact() {
    let friday = span("2026-11-20 00:00", "2026-11-21 00:00");
    let support = office().coverage(&Scope::Team("support".into()), friday).unwrap();
    assert_eq!(
        lines(&support),
        ["2026-11-20 00:00 0", "2026-11-20 08:00 1", "2026-11-20 11:00 2", "2026-11-20 12:00 1", "2026-11-20 16:00 0"],
    );
}

#[test]
fn a_shift_that_follows_on_another_leaves_no_seam() {
    let friday = span("2026-11-20 12:00", "2026-11-21 00:00");
    let everyone = office().coverage(&Scope::Everyone, friday).unwrap();
    assert_eq!(lines(&everyone), ["2026-11-20 12:00 3", "2026-11-20 16:00 1"]);
    // At noon Anna goes and Cleo comes.
    let noon = office().coverage(&Scope::TeamWithExtra("support".into()), span("2026-11-20 11:30", "2026-11-20 13:00"));
    assert_eq!(lines(&noon.unwrap()), ["2026-11-20 11:30 2"]);
}

#[test]
fn coverage_by_team_counts_main_members() {
    let teams = office().coverage_by_team(span("2026-11-20 12:00", "2026-11-20 16:00")).unwrap();
    let told: Vec<_> = teams.iter().map(|(team, coverage)| (team.as_str(), lines(coverage))).collect();
    let one = vec!["2026-11-20 12:00 1".to_owned()];
    assert_eq!(told, [("support", one.clone()), ("sales", one)]);
}

#[test]
fn steps_show_the_holes_in_them() {
    let range = span("2026-11-20 07:30", "2026-11-20 12:30");
    let hour = Duration::parse("2h").unwrap();
    let steps = office().coverage_steps(&Scope::Team("support".into()), range, hour).unwrap();
    let told: Vec<_> = steps.iter().map(|it| (told(it.span.start), it.available, it.least)).collect();
    let expected = [("2026-11-20 07:30", 0, 0), ("2026-11-20 09:30", 1, 1), ("2026-11-20 11:30", 2, 1)];
    assert_eq!(told, expected.map(|(at, available, least)| (at.to_owned(), available, least)));
    assert_eq!(steps[2].span.end, range.end, "the last is shorter");
}

#[test]
fn absurd_ranges_and_steps_are_problems() {
    let (desk, day) = (office(), span("2026-11-20 00:00", "2026-11-21 00:00"));
    let backwards = Span::new(day.end, day.start);
    let steps = |range, millis| {
        desk.coverage_steps(&Scope::Everyone, range, Duration::from_millis(millis).unwrap()).unwrap_err().code
    };
    assert_eq!(desk.coverage(&Scope::Everyone, backwards).unwrap_err().code, Code::InvalidValue);
    assert_eq!(steps(backwards, 1000), Code::InvalidValue);
    assert_eq!(steps(day, 0), Code::OutOfRange);
    assert_eq!(steps(day, 1), Code::OutOfRange);
}

#[test]
fn an_empty_range_has_no_spans() {
    let nothing = span("2026-11-20 10:00", "2026-11-20 10:00");
    assert!(office().coverage(&Scope::Everyone, nothing).unwrap().is_empty());
    assert!(office().schedule("anna", nothing).unwrap().is_empty());
}
