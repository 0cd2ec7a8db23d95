//! `frontdesk explain`: the story of one conversation.

use frontdesk::desk::{Action, EventKind};
use frontdesk::story::{Line, Names, Story};
use frontdesk::time::{Zone, Zones};
use frontdesk::{Code, Id, Options, Problem};

use super::{Step, run};
use crate::args;
use crate::failure::Failure;
use crate::input::Commands;
use crate::show::{clean, of_lines, print, style, title, wrapped};

/// Tells the story of a conversation, from arrival to close.
pub fn explain(options: &args::Explain, zones: &Zones) -> Result<(), Failure> {
    let mut commands = Commands::open(&options.run, zones)?;
    let zone = commands.desk.time_zone().clone();
    let conversation = options.conversation.as_str();
    let mut story = Story::of(conversation, zone.clone()).with_names(Names::of(&commands.desk.document()));
    let mut known: Vec<Id> = Vec::new();
    run(&mut commands, |desk, step| {
        // Explaining all candidates takes time, and is needed for this conversation only.
        let matters = story.goes_on() || brings(&step, conversation);
        for event in step.take(desk, &Options::default().explain(matters))? {
            story.hear(&event);
            if let EventKind::Opened { conversation, .. } = event.kind {
                known.push(conversation);
            }
        }
        Ok(())
    })?;
    if story.lines().is_empty() {
        let message = format!("there is no conversation {conversation:?} in the commands");
        let problem = Problem::new(Code::UnknownConversation, message);
        return Err(problem.suggesting(conversation, known.iter().map(|id| &**id)).into());
    }
    Ok(print(&page(conversation, story.lines(), &zone))?)
}

/// Returns `true` if a command may bring a conversation to the desk, or back to it.
fn brings(step: &Step, wanted: &str) -> bool {
    let Step::Command(command) = step else { return false };
    let (Action::Open { conversation, .. } | Action::Reopen { conversation }) = &command.action else { return false };
    conversation == wanted
}

fn page(conversation: &str, lines: &[Line], zone: &Zone) -> String {
    const CLOCK: usize = 10;
    let mut page = title(conversation, &format!("times of {zone}"));
    let (mut day, mut clock) = ("", "");
    for line in lines {
        if line.day != day {
            page.push_str(&format!("\n{}\n", style::paint(style::STRONG, &line.day)));
            clock = "";
        }
        let shown = if line.clock == clock { "" } else { &line.clock };
        (day, clock) = (&line.day, &line.clock);
        let text = clean(&line.text);
        for (index, part) in wrapped(&text, of_lines() - CLOCK).iter().enumerate() {
            let clock = if index == 0 { shown } else { "" };
            page.push_str(&format!("{}{part}\n", style::paint(style::FAINT, format_args!("{clock:CLOCK$}"))));
        }
    }
    page
}
