//! The available agents, and their number over a range.

use serde_json::json;

use crate::Desk;
use frontdesk::time::{Duration, Span};
use frontdesk::{Code, Coverage, Id, Scope};

use crate::support::*;

/// A desk of Anna and Bo of support, Cleo of sales with support as extra team, and Dan without a team.
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

/// Writes lines such as `2026-11-20 08:00 1`.
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
    // At noon, Anna leaves and Cleo arrives.
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
fn staffing_says_who_and_begins_anew_where_somebody_comes_or_goes() {
    let range = span("2026-11-20 07:30", "2026-11-20 17:00");
    let staffing = office().staffing(&Scope::TeamWithExtra("support".into()), range).unwrap();
    let told: Vec<String> =
        staffing.iter().map(|it| format!("{} {:?}", told(it.span.start), names(&it.agents))).collect();
    assert_eq!(
        told,
        [
            r#"2026-11-20 07:30 []"#,
            r#"2026-11-20 08:00 ["anna"]"#,
            r#"2026-11-20 11:00 ["anna", "bo"]"#,
            // The same number, and other agents.
            r#"2026-11-20 12:00 ["bo", "cleo"]"#,
            r#"2026-11-20 16:00 []"#,
        ],
    );
    assert_eq!(staffing.last().unwrap().span.end, range.end);
}

#[test]
fn staffing_in_steps_says_who_is_there_when_each_starts() {
    let (range, step) = (span("2026-11-20 07:30", "2026-11-20 12:30"), Duration::parse("2h").unwrap());
    let scope = Scope::TeamWithExtra("support".into());
    let steps = office().staffing_steps(&scope, range, step).unwrap();
    let told: Vec<_> = steps.iter().map(|it| (names(&it.agents), it.least)).collect();
    assert_eq!(told, [(vec![], 0), (vec!["anna"], 1), (vec!["anna", "bo"], 2)]);
    let counted = office().coverage_steps(&scope, range, step).unwrap();
    assert_eq!(
        steps.iter().map(|it| it.span).collect::<Vec<_>>(),
        counted.iter().map(|it| it.span).collect::<Vec<_>>()
    );
}

#[test]
fn an_answer_names_a_million_agents_at_most() {
    let agents: Vec<_> = (0..200).map(|it| json!({"id": format!("a{it}")})).collect();
    let desk = desk(json!({"agents": agents}));
    let step = Duration::parse("1h").unwrap();
    let steps = |days: i64| {
        let range = span("2026-01-01 00:00", "2026-01-01 00:00");
        let range = Span::new(range.start, range.start.saturating_add(days * 86_400_000));
        desk.staffing_steps(&Scope::Everyone, range, step)
    };
    assert_eq!(steps(208).unwrap().len(), 208 * 24);
    let problem = steps(209).unwrap_err();
    assert_eq!(problem.code, Code::OutOfRange);
    assert!(problem.message.contains("1,000,000"), "{}", problem.message);
}

fn names(agents: &[Id]) -> Vec<&str> {
    agents.iter().map(|id| id.as_str()).collect()
}

#[test]
fn absurd_ranges_and_steps_are_problems() {
    let (desk, day) = (office(), span("2026-11-20 00:00", "2026-11-21 00:00"));
    let backwards = Span::new(day.end, day.start);
    let steps = |range, millis| {
        desk.coverage_steps(&Scope::Everyone, range, Duration::from_millis(millis).unwrap()).unwrap_err().code
    };
    assert_eq!(desk.coverage(&Scope::Everyone, backwards).unwrap_err().code, Code::InvalidValue);
    assert_eq!(desk.staffing(&Scope::Everyone, backwards).unwrap_err().code, Code::InvalidValue);
    assert_eq!(steps(backwards, 1000), Code::InvalidValue);
    assert_eq!(steps(day, 0), Code::OutOfRange);
    assert_eq!(steps(day, 1), Code::OutOfRange);
}

#[test]
fn an_empty_range_has_no_spans() {
    let nothing = span("2026-11-20 10:00", "2026-11-20 10:00");
    assert!(office().coverage(&Scope::Everyone, nothing).unwrap().is_empty());
    assert!(office().staffing(&Scope::Everyone, nothing).unwrap().is_empty());
    assert!(office().schedule("anna", nothing).unwrap().is_empty());
}
