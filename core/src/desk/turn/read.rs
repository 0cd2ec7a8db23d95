//! Reading turns: each is checked as a whole, apart from the desk that it is of.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Content, Decided, FIRST, LAST, Told, Turn, VERSION, is_refused, takes_a_number};
use crate::desk::event::{self, Event};
use crate::desk::personal::{Putting, change_turn, has_reference};
use crate::model::{Document, Id};
use crate::problem::{Code, Problem, Problems};
use crate::read::{self, Known, Node, Segment, Wrong};
use crate::time::Instant;

/// The hint for a turn that is not as it was written.
const HINT: &str = "store a turn as it was written, and read all of it";

/// The name, in problems, of a text that cannot be read.
const WHAT: &str = "a turn";

/// Problems, each with its place in the turn.
type Faults = Vec<(Vec<Segment>, Problem)>;

impl Turn {
    /// Reads a turn from text; the document of a first one may name the zones in `known`, and any scripts.
    pub(crate) fn from_text(text: &str, known: Known) -> Result<Turn, Problems> {
        let whole = read::parsed(text, WHAT)?;
        Turn::from_node(text, whole, known)
    }

    /// Reads a turn from a text without its personal values, and these.
    pub(crate) fn from_separated<'v>(
        text: &'v str,
        values: impl IntoIterator<Item = &'v str>,
        known: Known,
    ) -> Result<Turn, Problems> {
        let mut putting = Putting::new(values)?;
        if !has_reference(text) {
            return Turn::from_text(text, known);
        }
        let mut whole = read::parsed(text, WHAT)?;
        // Another version may have any shape.
        read::written_in(text, &whole, WHAT, VERSION, |_| Ok(()))?;
        change_turn(&mut whole, &mut putting).map_err(|wrong| read::problem_in(text, wrong))?;
        Turn::from_node(text, whole, known)
    }

    /// Reads a turn from its parsed text.
    fn from_node(text: &str, mut whole: Node, known: Known) -> Result<Turn, Problems> {
        let form = read::written_in(text, &whole, WHAT, VERSION, Form::read)?;
        let faults = form.faults();
        if !faults.is_empty() {
            return Err(read::positions(text, faults).into());
        }
        match form {
            Form::First { .. } => {
                let known = Known { scripts: None, ..known };
                Document::from_part(text, &whole, "document", known).map(Turn::first)
            }
            // The command is kept without reading it: a log has many.
            Form::Decided(decided, _) => {
                let command = Told::Stored(whole.take("command").into_owned());
                Ok(Turn(Content::Decided(Decided { command, ..decided })))
            }
        }
    }
}

/// A turn as it is written; of a document or a command, only its presence.
enum Form {
    First { turn: u64 },
    Decided(Decided, Head),
}

/// The keys of a command that its turn has, too.
#[derive(Deserialize)]
struct Head {
    #[serde(rename = "type")]
    _type: String,
    at: Instant,
    #[serde(default)]
    id: Option<Id>,
}

impl Form {
    fn read(node: &Node) -> Result<Form, Wrong> {
        let has = |key: &'static str| node.field::<Option<IgnoredAny>>(key).map(|found| found.is_some());
        if !has("document")? {
            return Form::read_decided(node);
        }
        for key in ["at", "command", "events"] {
            if has(key)? {
                let message = format!("a turn with a document has no {key:?}");
                return Err(Wrong::from(Problem::new(Code::Conflict, message).with_hint(HINT)).at(key));
            }
        }
        Ok(Form::First { turn: node.field("turn")? })
    }

    fn read_decided(node: &Node) -> Result<Form, Wrong> {
        let (turn, at) = (node.field("turn")?, node.field("at")?);
        let head: Head = node.part("command")?.read().map_err(|wrong: Wrong| wrong.at("command"))?;
        let events = match node.each("events", read_event)? {
            Some(events) => events,
            None => node.field("events")?,
        };
        let (id, command) = (head.id.clone(), Told::Stored(Node::Null));
        Ok(Form::Decided(Decided { turn, at, id, command, events }, head))
    }

    /// Returns what contradicts itself, in the order of the keys.
    fn faults(&self) -> Faults {
        let mut faults = Faults::new();
        match self {
            Form::First { turn: FIRST } => {}
            Form::First { turn } => {
                faults.push(fault(&["turn"], format!("the document is in turn 1, and this is turn {turn}")));
            }
            Form::Decided(decided, head) => {
                decided.check_number(&mut faults);
                if head.at != decided.at {
                    let message = format!("the turn is at {}, and its command at {}", decided.at, head.at);
                    faults.push(fault(&["command", "at"], message));
                }
                decided.check_events(&mut faults);
            }
        }
        faults
    }
}

/// Reads an event of this version.
fn read_event(node: &Node) -> Result<Event, Wrong> {
    match node.field::<u64>("version")? {
        found if found == u64::from(event::VERSION) => Event::read(node),
        found => {
            let message = format!("an event of version {found} is not read by this build");
            Err(Problem::new(Code::UnsupportedVersion, message).into())
        }
    }
}

impl Decided {
    fn check_number(&self, faults: &mut Faults) {
        let counts = takes_a_number(&self.events);
        match self.turn {
            Some(turn) if !(FIRST + 1..=LAST).contains(&turn) => {
                let why = format!("the number of a turn with a command is not from {} to {LAST}", FIRST + 1);
                faults.push((path(&["turn"]), Problem::new(Code::OutOfRange, why).with_hint(HINT)));
            }
            Some(turn) if !counts => faults.push(fault(&["events"], format!("turn {turn} has no event"))),
            None if counts => faults.push(fault(&[], "a turn with events has a number, \"turn\"".to_owned())),
            _ => {}
        }
    }

    /// Checks that the events are all those of one command, in their order.
    fn check_events(&self, faults: &mut Faults) {
        let alone = self.events.len() == 1;
        let mut last: Option<&Event> = None;
        for (index, event) in self.events.iter().enumerate() {
            let mut wrong = |key: &str, why: String| {
                let (mut path, problem) = fault(&["events"], why);
                path.extend([Segment::Index(index), Segment::nth(key, 0)]);
                faults.push((path, problem));
            };
            if is_refused(event) && !alone {
                wrong("type", "a refused command gives nothing else".to_owned());
            }
            if let Some(before) = last.filter(|before| event.seq != before.seq.saturating_add(1)) {
                wrong("seq", format!("after event {} comes event {}: some are missing", before.seq, event.seq));
            }
            if last.is_some_and(|before| event.at < before.at) {
                wrong("at", "it is before the event before it".to_owned());
            }
            if event.at > self.at {
                wrong("at", format!("it is after the command, at {}", self.at));
            }
            if event.id.is_some() && event.id != self.id {
                wrong("id", "it is of another command than this turn".to_owned());
            }
            last = Some(event);
        }
    }
}

fn fault(keys: &[&str], why: String) -> (Vec<Segment>, Problem) {
    (path(keys), Problem::new(Code::InvalidValue, format!("this is not a whole turn: {why}")).with_hint(HINT))
}

fn path(keys: &[&str]) -> Vec<Segment> {
    keys.iter().map(|key| Segment::nth(key, 0)).collect()
}
