//! `frontdesk queue`, `place`, `conversations` and `why`: the states of conversations, with their reasons.

use frontdesk::desk::{ConversationView, QueueFilter};
use frontdesk::story::{self, Names};
use frontdesk::time::{Instant, Zones};
use frontdesk::{Code, Desk, Id, Problem};

use super::json_line;
use super::status::in_zone;
use crate::args;
use crate::failure::Failure;
use crate::input::read_desk;
use crate::show::{Cell, Column, Table, clean, of_lines, print, print_raw, style, title, wrapped};

/// Shows the waiting conversations in the order of the queue.
pub fn queue(options: &args::Queue, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let id = |given: &Option<String>| given.as_deref().map(Id::from);
    let (inbox, channel, team, agent) =
        (id(&options.inbox), id(&options.channel), id(&options.team), id(&options.agent));
    let queue = desk.queue_where(&QueueFilter { inbox, channel, team, agent })?;
    let waiting: Vec<ConversationView> = queue.iter().filter_map(|id| desk.conversation(id)).collect();
    show(&desk, "The queue", "Nobody waits.", &waiting, options.json)
}

/// Shows the place of a conversation among those that it competes with.
pub fn place(options: &args::Place, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let place = desk.place(&options.conversation)?;
    if options.json {
        return Ok(print_raw(&json_line(&place))?);
    }
    let at = desk.now().map(|now| in_zone(now, desk.time_zone())).unwrap_or_default();
    let text = match place {
        Some(place) => format!("It is number {} of {} that compete for the same people.", place.place, place.of),
        None => "It does not wait.".to_owned(),
    };
    Ok(print(&format!("{}\n{text}\n", title(&options.conversation, &at)))?)
}

/// Shows all conversations, or those that are asked for, in the order of opening.
pub fn conversations(options: &args::Conversations, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let is_wanted = |it: &ConversationView| options.state.is_none_or(|state| it.state == state);
    let found: Vec<ConversationView> = match &options.conversation {
        Some(id) => vec![desk.conversation(id).ok_or_else(|| unknown(&desk, id))?],
        None => desk.conversations().collect(),
    };
    let found: Vec<ConversationView> = found.into_iter().filter(is_wanted).collect();
    show(&desk, "Conversations", "There are none.", &found, options.json)
}

/// Explains step by step why nobody takes a conversation.
pub fn why(options: &args::Why, zones: &Zones) -> Result<(), Failure> {
    let desk = read_desk(&options.desk, zones)?;
    let steps = desk.why(&options.conversation)?;
    if options.json {
        return Ok(print_raw(&steps.iter().map(json_line).collect::<String>())?);
    }
    let (Some(at), zone) = (desk.now(), desk.time_zone()) else { return Ok(()) };
    let mut page = title(&options.conversation, &in_zone(at, zone));
    if steps.is_empty() {
        page.push_str("\nIt does not wait, so no step is asked.\n");
    }
    let names = Names::of(&desk.document());
    for step in &steps {
        let considered = names.named_all(&step.considered);
        let whom = match (step.decision.step, &step.team) {
            (Some(step), _) => format!("Step {step}"),
            (None, team) => format!("Team {}", team.as_ref().map(|team| names.team(team)).unwrap_or_default()),
        };
        let text = format!("{whom}: {}.", story::not_asked(&considered, step.not_in_target, at, zone));
        page.push_str(&format!("\n{}\n", wrapped(&clean(&text), of_lines()).join("\n")));
    }
    Ok(print(&page)?)
}

/// Prints conversations as a table, or as JSON.
fn show(desk: &Desk, subject: &str, none: &str, found: &[ConversationView], json: bool) -> Result<(), Failure> {
    if json {
        return Ok(print_raw(&found.iter().map(json_line).collect::<String>())?);
    }
    show_table(desk, subject, none, found, Dated::Opened)
}

/// The instant that a table of conversations shows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dated {
    Opened,
    LastMessage,
}

/// Prints conversations as a table.
pub(super) fn show_table(
    desk: &Desk,
    subject: &str,
    none: &str,
    found: &[ConversationView],
    dated: Dated,
) -> Result<(), Failure> {
    let zone = desk.time_zone();
    let heading = title(subject, &desk.now().map(|now| in_zone(now, zone)).unwrap_or_default());
    if found.is_empty() {
        return Ok(print(&format!("{heading}\n{none}\n"))?);
    }
    let (date, at): (_, fn(&ConversationView) -> Instant) = match dated {
        Dated::Opened => ("OPENED", |it| it.opened_at),
        Dated::LastMessage => ("LAST MESSAGE", |it| it.last_message_at),
    };
    let mut table = Table::new([
        // An id that is cut could not be given to another command.
        Column::wrapping("CONVERSATION").at_least(18),
        Column::new("STATE"),
        Column::flexible("AGENT"),
        Column::wrapping("CHANNEL").at_least(10),
        Column::number("PRIORITY").if_room(),
        Column::new(date),
    ]);
    let names = Names::of(&desk.document());
    for it in found {
        table.row([
            Cell::styled(style::STRONG, &*it.conversation),
            it.state.as_str().replace('_', " ").into(),
            with(&names, it).into(),
            format!("{} / {}", names.inbox(&it.details.inbox), it.details.channel).into(),
            it.details.priority.to_string().into(),
            format!("{} {}", story::day(at(it), zone), story::clock(at(it), zone)).into(),
        ]);
    }
    Ok(print(&format!("{heading}\n{}", table.render()))?)
}

/// Returns the names of the agent who holds a conversation, or of all who have its offer; else of its team, or of the agent
/// who last held it.
fn with(names: &Names, of: &ConversationView) -> String {
    match (&of.agent, &of.team, &of.last_agent) {
        (None, Some(team), _) => return format!("team {}", names.team(team)),
        (None, None, Some(last)) if of.offered_to.is_empty() => return format!("last {}", names.agent(last)),
        _ => {}
    }
    let agents = if of.offered_to.is_empty() { of.agent.as_slice() } else { &of.offered_to };
    agents.iter().map(|agent| names.agent(agent)).collect::<Vec<_>>().join(", ")
}

fn unknown(desk: &Desk, id: &str) -> Problem {
    let known: Vec<_> = desk.conversations().map(|it| it.conversation).collect();
    let problem = Problem::new(Code::UnknownConversation, format!("there is no conversation {id:?}"));
    problem.suggesting(id, known.iter().map(|it| &**it))
}
