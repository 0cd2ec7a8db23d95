//! `frontdesk check`: everything that is wrong with a desk document.

use frontdesk::Document;
use frontdesk::time::Zones;

use crate::args::Check;
use crate::failure::Failure;
use crate::scripts::read_scripted_desk;
use crate::show::{clean, print};

/// Says what a sound document describes.
pub fn check(check: &Check, zones: &Zones) -> Result<(), Failure> {
    let source = &check.desk.desk;
    let document = read_scripted_desk(source, &check.scripts, zones)?.document();
    let line = clean(&format!("{source} is sound: {}.", contents(&document)));
    Ok(print(&(line + "\n"))?)
}

fn contents(document: &Document) -> String {
    let channels = || document.inboxes.iter().flat_map(|inbox| &inbox.channels);
    let rules = channels().map(|channel| channel.rules.len()).sum();
    let counts = [
        counted(document.agents.len(), "agent", "agents"),
        counted(document.teams.len(), "team", "teams"),
        counted(document.inboxes.len(), "inbox", "inboxes"),
        counted(channels().count(), "channel", "channels"),
    ];
    format!("{} and {}", counts.join(", "), counted(rules, "rule", "rules"))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
