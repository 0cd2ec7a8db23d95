//! The differences between two sets of scripts, as text and as JSON.

use std::collections::BTreeMap;

use frontdesk::Id;
use frontdesk::desk::EventType;
use frontdesk::story::{about, clock, day};
use frontdesk::time::Zone;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::Difference;
use super::side::{Decided, Side};
use crate::ask::json_line;
use crate::replay::lines::chooser;
use crate::replay::summary::{Summary, evenness};
use crate::show::style::{BAD, FAINT, GOOD, PLAIN, STRONG, WAITING, paint};
use crate::show::{Cell, Column, Table, clean, of_lines, padded, title, wrapped};

/// The largest number of differences and agents listed.
const LISTED: usize = 50;
/// The largest width of ids in front of the lines.
const WIDEST: usize = 24;
const CLOCK: usize = 10;

/// Returns the comparison as text.
pub fn page(names: &[String; 2], differences: &[Difference<'_>], sides: &[Side; 2], zone: &Zone) -> String {
    let [a, b] = names;
    let head = format!("{}\n", wrapped(&clean(&format!("A is {a}, B is {b}.")), of_lines()).join("\n"));
    let all = sides[0].summary.conversations();
    let listed = if differences.is_empty() {
        format!("{} of {}.\n", paint(GOOD, "The decisions are the same for all"), conversations(all))
    } else {
        listed(differences, all, zone)
    };
    let failed = sides.iter().any(|side| side.failed > 0);
    format!("{head}\n{listed}\n{}\n{}", effect(sides, failed), agents(sides))
}

fn conversations(count: usize) -> String {
    if count == 1 { "1 conversation".to_owned() } else { format!("{count} conversations") }
}

fn listed(differences: &[Difference<'_>], all: usize, zone: &Zone) -> String {
    let count = differences.len();
    let rest = format!("for {count} of {}, times of {zone}", conversations(all));
    let mut page = title("Decisions differ", &rest);
    let width = differences.iter().map(|it| clean(it.conversation).width()).max().unwrap_or_default().min(WIDEST);
    let mut last_day = String::new();
    for difference in differences.iter().take(LISTED) {
        let day = day(difference.at, zone);
        if day != last_day {
            page.push_str(&format!("\n{}\n", paint(STRONG, &day)));
            last_day = day;
        }
        page.push_str(&lines(difference, width, zone));
    }
    if count > LISTED {
        page.push_str(&paint(FAINT, format_args!("and {} more\n", count - LISTED)));
    }
    page
}

fn lines(difference: &Difference<'_>, width: usize, zone: &Zone) -> String {
    let indent = CLOCK + width + 2;
    let mut lines = String::new();
    for (index, (name, decided)) in ["A", "B"].iter().zip(difference.sides).enumerate() {
        let when = decided.filter(|it| it.at != difference.at).map(|it| {
            let date =
                if day(it.at, zone) == day(difference.at, zone) { String::new() } else { day(it.at, zone) + " " };
            format!("{date}{}: ", clock(it.at, zone))
        });
        let text = format!("{}{}", when.unwrap_or_default(), decided.map_or("nothing".to_owned(), described));
        for (part_index, part) in wrapped(&clean(&text), of_lines() - indent - 3).iter().enumerate() {
            let (clock, subject) = match (index, part_index) {
                (0, 0) => (clock(difference.at, zone), padded(&clean(difference.conversation), width)),
                _ => (String::new(), " ".repeat(width)),
            };
            let name = if part_index == 0 { name } else { " " };
            let head = paint(FAINT, format_args!("{clock:CLOCK$}"));
            lines.push_str(&format!("{head}{subject}  {name}  {}\n", paint(style(decided), part)));
        }
    }
    lines
}

fn style(decided: Option<&Decided>) -> anstyle::Style {
    match decided.map(|it| it.outcome) {
        Some(EventType::Assigned | EventType::Offered) => GOOD,
        Some(EventType::Queued) => WAITING,
        _ => PLAIN,
    }
}

/// Describes the chosen agent and the reason.
fn described(decided: &Decided) -> String {
    let what = match &decided.to {
        Some(to) => format!("{} {to}", decided.words),
        None => decided.words.to_owned(),
    };
    let mut why: Vec<String> = decided.rule.iter().map(ToString::to_string).collect();
    why.extend(decided.step.map(|step| format!("step {step}")));
    why.extend(decided.strategy.as_deref().map(chooser));
    why.extend(decided.score.as_ref().map(|score| format!("score {score}")));
    if why.is_empty() { what } else { format!("{what} ({})", why.join(", ")) }
}

/// Returns the effect on waiting times and on the distribution of work.
fn effect(sides: &[Side; 2], has_failures: bool) -> String {
    let mut table = Table::new([Column::new("EFFECT"), Column::number("A"), Column::number("B")]);
    let mut row = |what: &str, of: &dyn Fn(&Side) -> String| {
        let [a, b] = sides.each_ref().map(of);
        let style = if a == b { FAINT } else { STRONG };
        table.row([what.into(), Cell::styled(PLAIN, a), Cell::styled(style, b)]);
    };
    row("assigned at once", &|side| side.summary.at_once().to_string());
    row("assigned after a wait", &|side| side.summary.waits().map_or(0, |it| it.count).to_string());
    row("never assigned", &|side| side.summary.never().to_string());
    for (what, percent) in [("median wait", 50), ("90 % waited at most", 90), ("longest wait", 100)] {
        row(what, &|side| side.summary.wait(percent).map_or("–".to_owned(), about));
    }
    row("most minus least per agent", &|side| spread(&side.summary).0.to_string());
    row("evenness over agents", &|side| format!("{:.2}", spread(&side.summary).1));
    if has_failures {
        row("failures of scripts", &|side| side.failed.to_string());
    }
    table.render()
}

/// Returns the difference between the busiest and the idlest agent, and Jain's index.
fn spread(summary: &Summary) -> (u64, f64) {
    let got: Vec<u64> = summary.agents().iter().map(|(_, tally)| tally.got).collect();
    let most = got.iter().max().copied().unwrap_or_default();
    let least = got.iter().min().copied().unwrap_or_default();
    (most - least, evenness(got.iter().copied()))
}

/// Returns the conversations of each agent, sorted by difference.
fn agents(sides: &[Side; 2]) -> String {
    let mut got: BTreeMap<&Id, [u64; 2]> = BTreeMap::new();
    for (index, side) in sides.iter().enumerate() {
        for (agent, tally) in side.summary.agents() {
            got.entry(agent).or_default()[index] = tally.got;
        }
    }
    let mut got: Vec<(&Id, [u64; 2])> = got.into_iter().collect();
    got.sort_by_key(|(_, [a, b])| std::cmp::Reverse(a.abs_diff(*b)));
    let columns = [Column::flexible("AGENT"), Column::number("A"), Column::number("B"), Column::number("CHANGE")];
    let mut table = Table::new(columns);
    for (agent, [a, b]) in got.iter().take(LISTED) {
        let change = match b.cmp(a) {
            std::cmp::Ordering::Equal => Cell::styled(FAINT, "0"),
            std::cmp::Ordering::Greater => Cell::styled(GOOD, format!("+{}", b - a)),
            std::cmp::Ordering::Less => Cell::styled(BAD, format!("−{}", a - b)),
        };
        table.row([agent.as_str().into(), a.to_string().into(), b.to_string().into(), change]);
    }
    let more = match got.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => paint(FAINT, format_args!("and {more} more\n")),
    };
    format!("{}{more}", table.render())
}

/// Returns a JSON line for each difference, and one for the effect.
pub fn json(differences: &[Difference<'_>], sides: &[Side; 2]) -> String {
    let lines = differences.iter().map(|it| {
        let [a, b] = it.sides;
        json_line(&DifferenceLine { conversation: it.conversation, a, b })
    });
    let [a, b] = sides.each_ref().map(Effect::of);
    lines.chain([json_line(&EffectLine { a, b })]).collect()
}

#[derive(Serialize)]
struct DifferenceLine<'a> {
    conversation: &'a Id,
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<&'a Decided>,
    #[serde(skip_serializing_if = "Option::is_none")]
    b: Option<&'a Decided>,
}

#[derive(Serialize)]
struct EffectLine<'a> {
    a: Effect<'a>,
    b: Effect<'a>,
}

/// The result of a run under one set; waits in milliseconds, of all conversations that an agent got.
#[derive(Serialize)]
struct Effect<'a> {
    conversations: usize,
    at_once: usize,
    never: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_median: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_90: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wait_longest: Option<i64>,
    most_minus_least: u64,
    evenness: f64,
    script_failures: usize,
    agents: BTreeMap<&'a Id, u64>,
}

impl<'a> Effect<'a> {
    fn of(side: &'a Side) -> Self {
        let summary = &side.summary;
        let (most_minus_least, evenness) = spread(summary);
        Effect {
            conversations: summary.conversations(),
            at_once: summary.at_once(),
            never: summary.never(),
            wait_median: summary.wait(50),
            wait_90: summary.wait(90),
            wait_longest: summary.wait(100),
            most_minus_least,
            evenness: (evenness * 10_000.0).round() / 10_000.0,
            script_failures: side.failed,
            agents: summary.agents().into_iter().map(|(agent, tally)| (agent, tally.got)).collect(),
        }
    }
}
