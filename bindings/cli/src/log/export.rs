//! `frontdesk log export`: a log as lines of JSON.

use frontdesk::time::{Instant, Zones};
use frontdesk::{Code, Problem, Problems};
use frontdesk_store::{Log, Removed, StoredPersonal, StoredSnapshot, StoredTurn};
use serde_json::value::RawValue;

use super::args::Export;
use super::place::{AT_ONCE, Place};
use super::transfer::{Header, Line, VERSION};
use crate::ask::json_line;
use crate::database::{self, Access, AnyLog, Database};
use crate::deadline;
use crate::failure::Failure;
use crate::show::print_raw;

/// The parts of an export before and after the turns.
struct Frame {
    header: Header,
    first: u64,
    /// The lines of the snapshot, of the removed commands, and of those that wait.
    snapshot: String,
    removed: String,
    pending: String,
}

/// Writes the log up to its last turn now. What is appended meanwhile is not in it.
pub fn export(options: &Export, zones: &Zones) -> Result<(), Failure> {
    let mut database = Database::open(&options.log.url, Access::Read)?;
    let name = database.desk_name()?;
    let Frame { header, first, snapshot, removed, pending } = database.reading(|log| frame(log, &name))?;
    print_raw(&(json_line(&header) + &snapshot + &removed))?;
    let mut place = Place::at(name, first, database::reader(None, zones)?);
    loop {
        let (count, lines) = database.reading(|log| some(log, &mut place, header.last_turn))?;
        print_raw(&lines)?;
        let count = database.told(count)?;
        deadline::check()?;
        if count < AT_ONCE || place.next() > header.last_turn {
            return Ok(print_raw(&pending)?);
        }
    }
}

fn frame(log: &mut AnyLog<'_>, name: &str) -> Result<Frame, Problems> {
    let head = log.head(name)?.map_or((0, None), |head| (head.last_turn, head.wakes_at));
    let first = log.read(name, 0, 0)?.first().map_or(1, |first| first.turn);
    let snapshot = if first > 1 { log.snapshot(name, first)?.filter(|it| it.turn == first) } else { None };
    let waiting = log.pending(name, 0, usize::MAX)?;
    let waiting = waiting.iter().filter(|command| command.turn.is_none());
    let pending = waiting.map(|command| {
        let body = Some(raw(&command.command, || format!("the command {:?} is no JSON", command.command_id))?);
        Ok(json_line(&Line { pending: Some(command.command_id.clone()), body, ..Line::default() }))
    });
    let pending = pending.collect::<Result<Vec<String>, Problem>>()?;
    let header = Header {
        frontdesk_log: VERSION,
        desk: name.to_owned(),
        last_turn: head.0,
        pending: pending.len(),
        wakes_at: head.1.and_then(|at| Instant::from_millis(at).ok()),
    };
    let snapshot = snapshot.as_ref().map(of_snapshot).transpose()?.unwrap_or_default();
    Ok(Frame { header, first, snapshot, removed: removed(log, name)?, pending: pending.concat() })
}

/// Returns the lines of the commands whose turns were removed.
fn removed(log: &mut AnyLog<'_>, name: &str) -> Result<String, Problem> {
    let (mut lines, mut after) = (String::new(), String::new());
    loop {
        let some = log.removed(name, &after, AT_ONCE)?;
        let Some(last) = some.last() else { return Ok(lines) };
        after.clone_from(&last.command_id);
        for Removed { command_id, turn } in some {
            lines += &json_line(&Line { removed: Some(command_id), turn: Some(turn), ..Line::default() });
        }
    }
}

/// Returns the lines of the next turns up to the last one, as [`Place::read`] does.
fn some(log: &mut AnyLog<'_>, place: &mut Place, last: u64) -> Result<(Result<usize, Problems>, String), Problems> {
    let (count, turns) = place.read(log);
    let turns: Vec<StoredTurn> = turns.into_iter().map(|(stored, _)| stored).filter(|it| it.turn <= last).collect();
    let (Some(from), Some(to)) = (turns.first(), turns.last()) else { return Ok((count, String::new())) };
    let mut personal = log.personal(place.name(), from.turn..=to.turn)?.into_iter().peekable();
    let mut lines = String::new();
    for stored in &turns {
        let own: Vec<StoredPersonal> = std::iter::from_fn(|| personal.next_if(|it| it.turn <= stored.turn)).collect();
        let own = own.iter().filter(|it| it.turn == stored.turn).map(|it| (it.subject.as_str(), it.values.as_str()));
        let what = || format!("turn {} has text that is no JSON", stored.turn);
        lines += &json_line(&Line {
            turn: Some(stored.turn),
            digest: Some(stored.digest.to_string()),
            personal: own
                .map(|(subject, values)| Ok((subject.to_owned(), raw(values, what)?)))
                .collect::<Result<_, Problem>>()?,
            body: Some(raw(stored.body.as_deref().unwrap_or_default(), what)?),
            ..Line::default()
        });
    }
    Ok((count, lines))
}

fn of_snapshot(stored: &StoredSnapshot) -> Result<String, Problem> {
    let what = || format!("the snapshot of turn {} has text that is no JSON", stored.turn);
    let personal = stored.personal.iter().map(|(subject, values)| Ok((subject.clone(), raw(values, what)?)));
    Ok(json_line(&Line {
        snapshot: Some(stored.turn),
        digest: Some(stored.digest.to_string()),
        personal: personal.collect::<Result<_, Problem>>()?,
        body: Some(raw(&stored.body, what)?),
        ..Line::default()
    }))
}

/// Returns text as JSON that is written as it is.
fn raw(text: &str, what: impl Fn() -> String) -> Result<&RawValue, Problem> {
    serde_json::from_str(text).map_err(|_| Problem::new(Code::DamagedLog, what()))
}
