//! `frontdesk explain`: the story of one conversation.

use frontdesk::desk::{Action, EventKind};
use frontdesk::story::{Line, Names, Story};
use frontdesk::time::{Zone, Zones};
use frontdesk::{Code, Id, Options, Problem};

use super::{Step, run};
use crate::args;
use crate::database::{self, Access, Database};
use crate::failure::Failure;
use crate::input::{Commands, Source, check_apart, read_desk_for_commands};
use crate::show::{clean, of_lines, print, style, title, wrapped};

/// Tells the story of a conversation, from arrival to close.
pub fn explain(options: &args::Explain, zones: &Zones) -> Result<(), Failure> {
    let Some(commands) = &options.commands else { return from_the_log(options, zones) };
    check_apart(
        &[Some(&options.desk.desk), options.desk.after.as_ref(), Some(commands)],
        "the desk or the commands, but not both",
    )?;
    let mut commands = Commands::on(read_desk_for_commands(&options.desk, zones)?, commands)?;
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
        return Err(unknown(conversation, "commands").suggesting(conversation, known.iter().map(|id| &**id)).into());
    }
    Ok(print(&page(conversation, story.lines(), &zone))?)
}

/// Tells the story of a conversation from the turns that a log has about it. It does not say who else was considered, which no
/// log keeps.
fn from_the_log(options: &args::Explain, zones: &Zones) -> Result<(), Failure> {
    let Source::Database(address) = &options.desk.desk else {
        return Err(Failure::Usage("<COMMANDS> are missing, without which only a database tells a story".to_owned()));
    };
    if options.desk.after.is_some() {
        let message = "--after adds nothing to the log of a database (give its commands instead of --after)";
        return Err(Failure::Usage(message.to_owned()));
    }
    let mut database = Database::open(address, Access::Read)?;
    let mut desk = database.load(&database::reader(None, zones)?)?;
    let conversation = options.conversation.as_str();
    let events = database.reading(|log| desk.events_about(log, conversation))?;
    let desk = desk.known();
    let zone = desk.time_zone().clone();
    let mut story = Story::of(conversation, zone.clone()).with_names(Names::of(&desk.document()));
    events.iter().for_each(|event| story.hear(event));
    if story.lines().is_empty() {
        let known: Vec<Id> = desk.conversations().map(|it| it.conversation).collect();
        return Err(unknown(conversation, "log").suggesting(conversation, known.iter().map(|id| &**id)).into());
    }
    Ok(print(&page(conversation, story.lines(), &zone))?)
}

fn unknown(conversation: &str, place: &str) -> Problem {
    Problem::new(Code::UnknownConversation, format!("there is no conversation {conversation:?} in the {place}"))
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
