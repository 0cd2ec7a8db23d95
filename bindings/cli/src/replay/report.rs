//! The summary of a run, as text.

use frontdesk::story::{Names, about};
use frontdesk::time::Zone;

use super::summary::{RuleName, Share, Summary};
use crate::ask::in_zone;
use crate::show::style::{BAD, FAINT, GOOD, PLAIN, STRONG, WAITING, paint};
use crate::show::{Cell, Column, Table, of_lines, title, wrapped};

/// The largest number of agents and rules listed.
const LISTED: usize = 15;
/// The length of the longest bar, in columns.
const BAR: u64 = 24;

/// Returns the whole summary.
pub fn report(summary: &Summary, names: &Names, zone: &Zone) -> String {
    let Some((first, last)) = summary.span() else { return "Nothing happened.\n".to_owned() };
    let span = format!("of {} from {}", about(last.millis_since(first)), in_zone(first, zone));
    let parts = [conversations(summary), agents(summary, names), shares(summary, names), refused(summary)];
    let parts: String = parts.into_iter().flatten().map(|part| format!("\n{part}")).collect();
    format!("{}{parts}", title("Summary", &span))
}

fn conversations(summary: &Summary) -> Option<String> {
    let all = summary.conversations();
    let waits = summary.waits();
    let waited = waits.as_ref().map_or(0, |waits| waits.count);
    let mut table = Table::new([Column::number(""), Column::new(""), Column::number("")]);
    let counted = |count: usize, what, style, share: &str| {
        let style = if count == 0 { FAINT } else { style };
        [Cell::styled(STRONG, count.to_string()), Cell::styled(style, what), Cell::styled(FAINT, share)]
    };
    table.row(counted(all, if all == 1 { "conversation" } else { "conversations" }, PLAIN, ""));
    for (count, what, style) in [
        (summary.at_once(), "assigned at once", GOOD),
        (waited, "assigned after a wait", WAITING),
        (summary.never(), "never assigned", BAD),
    ] {
        table.row(counted(count, what, style, &percent(count, all)));
    }
    let mut notes = Vec::new();
    if let Some(waits) = waits {
        let [median, most, longest] = [waits.median, waits.percentile_95, waits.longest].map(about);
        notes.push(format!("Those who waited: median {median}, 95 % within {most}, longest {longest}."));
    }
    let places: Vec<String> = summary.places().iter().map(|(count, place)| format!("{count} {place}")).collect();
    notes.push(format!("At the end: {}.", places.join(", ")));
    let notes = notes.iter().flat_map(|note| wrapped(note, of_lines())).map(|line| line + "\n");
    (all > 0).then(|| format!("{}\n{}", table.render_body(), notes.collect::<String>()))
}

fn agents(summary: &Summary, names: &Names) -> Option<String> {
    let agents = summary.agents();
    let (listed, rest) = agents.split_at(agents.len().min(LISTED));
    let most = listed.first()?.1.got.max(1);
    let mut table = Table::new([
        Column::flexible("AGENT"),
        Column::number("GOT"),
        Column::new(""),
        Column::number("PEAK"),
        Column::number("HOLDS"),
        Column::number("MISSED"),
    ]);
    for (agent, tally) in listed {
        let bar = "█".repeat((tally.got * BAR).div_ceil(most) as usize);
        let missed = if tally.missed > 0 { BAD } else { FAINT };
        table.row([
            names.agent(agent).into(),
            Cell::styled(STRONG, tally.got.to_string()),
            Cell::styled(GOOD, bar),
            tally.peak.to_string().into(),
            tally.holds.to_string().into(),
            Cell::styled(missed, tally.missed.to_string()),
        ]);
    }
    let more = match (rest.first(), rest.last()) {
        (Some((_, upper)), Some((_, lower))) => {
            let range =
                if upper.got == lower.got { upper.got.to_string() } else { format!("{} to {}", lower.got, upper.got) };
            paint(FAINT, format_args!("and {} more, who got {range} each\n", rest.len()))
        }
        _ => String::new(),
    };
    Some(format!("{}{more}", table.render()))
}

fn shares(summary: &Summary, names: &Names) -> Option<String> {
    let shares = summary.shares();
    let (listed, rest) = shares.split_at(shares.len().min(LISTED));
    listed.first()?;
    let mut table = Table::new([
        Column::flexible("RULE"),
        Column::number("GAVE"),
        Column::number("TO"),
        Column::flexible("MOST"),
        Column::flexible("LEAST"),
        Column::number("EVENNESS"),
    ]);
    for share in listed {
        table.row(share_row(share, &shares, names));
    }
    let more = if rest.is_empty() { String::new() } else { format!("and {} more rules\n", rest.len()) };
    let explained = "Evenness is Jain's index: 1 when all who are named got the same.\n";
    Some(format!("{}{}", table.render(), paint(FAINT, more + explained)))
}

fn share_row(share: &Share<'_>, all: &[Share<'_>], names: &Names) -> Vec<Cell> {
    let one = |it: Option<&(&frontdesk::Id, u64)>| {
        it.map(|(id, count)| format!("{count} {}", names.agent(id))).unwrap_or_default()
    };
    vec![
        rule_label(share.rule, all).into(),
        Cell::styled(STRONG, share.given().to_string()),
        share.counts.len().to_string().into(),
        one(share.counts.first()).into(),
        one(share.counts.last()).into(),
        format!("{:.2}", share.evenness()).into(),
    ]
}

/// Returns the id of a rule, with its channel and inbox if another rule has the same id.
fn rule_label((inbox, channel, rule): &RuleName, all: &[Share<'_>]) -> String {
    let is_alone = all.iter().filter(|share| share.rule.2 == *rule).count() == 1;
    if is_alone { rule.to_string() } else { format!("{rule} ({inbox} / {channel})") }
}

fn refused(summary: &Summary) -> Option<String> {
    let count = summary.refused();
    let plural = if count == 1 { "command was" } else { "commands were" };
    (count > 0).then(|| paint(BAD, format_args!("{count} {plural} refused")) + "\n")
}

fn percent(part: usize, all: usize) -> String {
    let tenths = (part * 1000 + all / 2) / all.max(1);
    if part > 0 && tenths < 10 { "<1 %".to_owned() } else { format!("{} %", (tenths + 5) / 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_with_its_channel_only_where_another_has_its_id() {
        let names = [("main", "chat", "all"), ("main", "mail", "all"), ("main", "mail", "vip")];
        let names = names.map(|(inbox, channel, rule)| (inbox.into(), channel.into(), rule.into()));
        let shares: Vec<Share<'_>> = names.iter().map(|rule| Share { rule, counts: Vec::new() }).collect();
        let labels = names.each_ref().map(|rule| rule_label(rule, &shares));
        assert_eq!(labels, ["all (main / chat)", "all (main / mail)", "vip"]);
    }
}
