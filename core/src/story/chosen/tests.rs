//! Sentences in which each strategy tells of its choice.

use serde_json::{Value, json};

use super::why_chosen;
use crate::model::Id;
use crate::routing::{Considered, Ineligible};
use crate::time::{Instant, Zone};

fn agent(name: &str, load: u64, last: Option<&str>, score: Value) -> Considered {
    let last_assigned = last.map(|clock| Instant::parse(&format!("2026-11-20T{clock}:00Z")).unwrap());
    let score = Some(score).filter(|score| !score.is_null());
    Considered {
        agent: Id::from(name),
        load,
        last_assigned,
        score,
        extra_skills: None,
        substitute_for: None,
        ineligible: None,
    }
}

fn with_skills(extra: u32, of: Considered) -> Considered {
    Considered { extra_skills: Some(extra), ..of }
}

fn why(strategy: &str, considered: &[Considered]) -> String {
    why_chosen(strategy, "anna", considered, "this rule", Instant::parse("2026-11-20T12:00:00Z").unwrap(), &Zone::utc())
}

#[test]
fn each_strategy_tells_what_it_looks_at() {
    let none = Value::Null;
    let (early, late) = ("2026-11-20T08:00:00.000Z", "2026-11-20T09:00:00.000Z");
    for (strategy, anna, bo, told) in [
        (
            "least_busy",
            agent("anna", 1, None, none.clone()),
            agent("bo", 2, None, none.clone()),
            "anna had the lowest load, 1 (bo 2)",
        ),
        (
            "least_busy",
            agent("anna", 1, Some("08:00"), none.clone()),
            agent("bo", 1, Some("09:00"), none.clone()),
            "anna had the load 1, like bo, and was given or offered something longest ago, 08:00 (bo 09:00)",
        ),
        (
            "least_busy",
            agent("anna", 1, Some("09:00"), none.clone()),
            agent("bo", 1, Some("08:00"), none.clone()),
            "anna had the load 1, like bo, and was given or offered something most recently, 09:00 (bo 08:00), which this step prefers",
        ),
        (
            "least_busy",
            agent("anna", 0, None, none.clone()),
            agent("bo", 0, Some("08:00"), none.clone()),
            "anna had the load 0, like bo, and was never given or offered anything before (bo 08:00)",
        ),
        (
            "least_busy",
            agent("anna", 0, None, none.clone()),
            agent("bo", 0, None, none.clone()),
            "anna had the load 0, like bo, and is listed first, as neither had been given or offered anything yet",
        ),
        (
            "most_capacity",
            agent("anna", 2, None, json!("3/5")),
            agent("bo", 1, None, json!("1/2")),
            "anna had the largest share free, 3 of 5 (bo 1 of 2)",
        ),
        (
            "most_capacity",
            agent("anna", 2, None, json!("2/4")),
            agent("bo", 1, Some("08:00"), json!("1/2")),
            "anna had the largest share free, 2 of 4, level with bo; anna was never given or offered anything before (bo 08:00)",
        ),
        (
            "round_robin",
            agent("anna", 2, None, json!(3)),
            agent("bo", 1, None, json!(4)),
            "anna's last turn in this rule is longer ago than that of bo",
        ),
        (
            "round_robin",
            agent("anna", 2, None, json!(0)),
            agent("bo", 1, None, json!(4)),
            "only anna has had no turn in this rule yet",
        ),
        (
            "round_robin",
            agent("anna", 2, None, json!(0)),
            agent("bo", 1, None, json!(0)),
            "anna has had no turn in this rule yet, like bo, and is listed first",
        ),
        (
            "weighted_round_robin",
            agent("anna", 2, None, json!(5)),
            agent("bo", 1, None, json!(1)),
            "it was anna's turn in the weighted rotation, before bo",
        ),
        (
            "longest_idle",
            agent("anna", 0, None, json!(early)),
            agent("bo", 0, None, json!(late)),
            "anna had nothing to do for the longest time, since 08:00 (bo idle since 09:00)",
        ),
        (
            "longest_idle",
            agent("anna", 0, None, none.clone()),
            agent("bo", 2, None, none.clone()),
            "anna has held nothing yet (bo busy)",
        ),
        (
            "longest_idle",
            agent("anna", 3, Some("08:00"), none.clone()),
            agent("bo", 2, Some("09:00"), none.clone()),
            "all were busy, and anna was given or offered something longest ago, 08:00 (bo 09:00)",
        ),
        (
            "best_skill",
            agent("anna", 3, None, json!(8)),
            agent("bo", 2, None, json!(5)),
            "anna has the highest levels in what is asked, 8 in sum (bo 5)",
        ),
        (
            "best_skill",
            agent("anna", 1, None, json!(8)),
            agent("bo", 2, None, json!(8)),
            "anna has the highest levels in what is asked, 8 in sum, level with bo; anna had the lowest load, 1 (bo 2)",
        ),
        (
            "fewest_skills",
            agent("anna", 3, None, json!(0)),
            agent("bo", 2, None, json!(2)),
            "anna has the fewest skills beyond those asked, 0 (bo 2)",
        ),
        (
            "least_busy",
            with_skills(1, agent("anna", 1, None, none.clone())),
            with_skills(2, agent("bo", 1, None, none.clone())),
            "anna had the load 1, like bo, and has the fewest skills beyond those asked, 1 (bo 2)",
        ),
        (
            "round_robin",
            with_skills(1, agent("anna", 1, None, json!(0))),
            with_skills(2, agent("bo", 1, None, json!(0))),
            "anna has had no turn in this rule yet, like bo, and has the fewest skills beyond those asked, 1 (bo 2)",
        ),
        (
            "best_skill",
            with_skills(1, agent("anna", 3, None, json!(8))),
            with_skills(1, agent("bo", 4, None, json!(8))),
            "anna has the highest levels in what is asked, 8 in sum, level with bo; anna had the lowest load, 3 (bo 4)",
        ),
        (
            "most_capacity",
            agent("anna", 3, None, json!("1/1")),
            agent("bo", 2, None, json!("2/3")),
            "anna had the largest share free, all of it (bo 2 of 3)",
        ),
        (
            "weighted_round_robin",
            agent("anna", 2, None, json!(1)),
            agent("bo", 1, None, json!(1)),
            "anna was due in the weighted rotation, like bo, and is listed first",
        ),
        (
            "least_busy",
            agent("anna", 1, Some("08:00"), none.clone()),
            agent("bo", 1, Some("08:00"), none.clone()),
            "anna had the load 1, like bo, and was given or offered something at 08:00, like bo, and their \
             order at that moment decided",
        ),
        (
            "in_order",
            Considered { substitute_for: Some(Id::from("eve")), ..agent("anna", 3, None, none.clone()) },
            agent("bo", 2, None, none.clone()),
            "eve comes first in the order of the rule, before bo, and anna stands in",
        ),
        (
            "in_order",
            agent("anna", 3, None, none.clone()),
            agent("bo", 2, None, none.clone()),
            "anna comes first in the order of the rule, before bo",
        ),
        (
            "random",
            agent("anna", 3, None, none.clone()),
            agent("bo", 2, None, none.clone()),
            "the draw among 2 fell on anna",
        ),
    ] {
        assert_eq!(why(strategy, &[bo, anna]), told, "{strategy}");
    }
}

#[test]
fn those_who_fall_out_at_a_tie_are_told() {
    let none = Value::Null;
    for (strategy, considered, told) in [
        (
            "best_skill",
            [
                with_skills(1, agent("anna", 0, None, json!(2))),
                with_skills(2, agent("bo", 0, None, json!(2))),
                with_skills(1, agent("cy", 2, None, json!(2))),
            ],
            "anna has the highest levels in what is asked, 2 in sum, level with bo and cy; anna has 1 skill beyond those \
             asked (bo 2), like cy; anna had the lowest load, 0 (cy 2)",
        ),
        (
            "least_busy",
            [
                with_skills(0, agent("anna", 1, Some("08:00"), none.clone())),
                with_skills(2, agent("bo", 1, Some("07:00"), none.clone())),
                with_skills(0, agent("cy", 1, Some("09:00"), none.clone())),
            ],
            "anna had the load 1, like bo and cy, and has 0 skills beyond those asked (bo 2), like cy, and was given or \
             offered something longest ago, 08:00 (cy 09:00)",
        ),
        (
            "least_busy",
            [
                agent("anna", 1, None, none.clone()),
                agent("bo", 2, None, none.clone()),
                agent("cy", 1, None, none.clone()),
            ],
            "anna had the load 1 (bo 2), like cy, and is listed first, as neither had been given or offered anything yet",
        ),
        (
            "least_busy",
            [
                agent("anna", 1, None, none.clone()),
                agent("bo", 1, Some("08:00"), none.clone()),
                agent("cy", 1, None, none.clone()),
            ],
            "anna had the load 1, like bo and cy, and was never given or offered anything before, like cy, and is listed \
             first (bo 08:00)",
        ),
        (
            "most_capacity",
            [
                agent("anna", 1, Some("08:00"), json!("1/2")),
                agent("bo", 1, Some("08:00"), json!("1/2")),
                agent("cy", 1, Some("09:00"), json!("1/2")),
            ],
            "anna had the largest share free, 1 of 2, level with bo and cy; anna was given or offered something longest \
             ago, 08:00 (bo 08:00, just after, cy 09:00)",
        ),
        (
            "weighted_round_robin",
            [agent("anna", 1, None, json!(3)), agent("bo", 1, None, json!(3)), agent("cy", 1, None, json!(-1))],
            "anna was due in the weighted rotation, before cy, like bo, and is listed first",
        ),
    ] {
        assert_eq!(why(strategy, &considered), told, "{strategy}");
    }
}

#[test]
fn of_many_rivals_a_few_are_named() {
    let rivals = |count: u32, load| {
        let others = (1..=count).map(move |n| agent(&format!("a{n}"), load, Some("08:00"), Value::Null));
        others.chain([agent("anna", 1, Some("07:00"), Value::Null)]).collect::<Vec<_>>()
    };
    for (strategy, considered, told) in [
        (
            "least_busy",
            rivals(11, 1),
            "anna had the load 1, like 11 others, and was given or offered something longest ago, 07:00 \
             (a1 08:00, a2 08:00, a3 08:00 and 8 others)",
        ),
        ("least_busy", rivals(4, 2), "anna had the lowest load, 1 (a1 2, a2 2, a3 2 and 1 other)"),
        ("in_order", rivals(4, 2), "anna comes first in the order of the rule, before a1, a2, a3 and a4"),
        ("in_order", rivals(11, 2), "anna comes first in the order of the rule, before a1, a2, a3 and 8 others"),
    ] {
        assert_eq!(why(strategy, &considered), told);
    }
}

#[test]
fn the_ineligible_are_no_rivals() {
    let away =
        Considered { ineligible: Some(Ineligible::Declined { until: None }), ..agent("bo", 0, None, Value::Null) };
    let told = why("least_busy", &[agent("anna", 1, None, Value::Null), away]);
    assert_eq!(told, "anna was the only one who could take it");
}
