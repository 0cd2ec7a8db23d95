//! A second desk, written from the specification as simply as possible: vectors, linear search, and nothing stored that can be
//! computed. Tests compare the real desk with it, event by event. It knows UTC only, and no scripts.

mod availability;
mod commands;
mod conditions;
mod configure;
mod conversation;
mod desk_changes;
mod document;
mod due;
mod eligibility;
mod hours;
mod inbox;
mod leaving;
mod load;
mod permissions;
mod queue;
mod set_status;
mod status;
mod strategy;
mod team;
#[cfg(test)]
mod tests;
pub mod time;
mod view;

use serde_json::{Value, json};

use availability::Reason;
use conversation::{Conversation, State};
use document::{Agent, Document};
use permissions::check_readable;
use status::{Manual, Status};
use strategy::Memory;
use time::NO_END;
pub use view::View;

/// The code of a refusal.
type Refusal = &'static str;

#[derive(Debug, Clone)]
pub struct Model {
    document: Document,
    /// The instant of the last event; a desk starts without a time.
    time: Option<i64>,
    /// The current instant.
    now: i64,
    /// The instant of the last command, which may have been without an event.
    passed: i64,
    agents: Vec<AgentState>,
    /// The conversations in order of opening.
    conversations: Vec<Conversation>,
    memories: Vec<Memory>,
    /// The instant at which `forget_closed_after` last changed: nothing is forgotten before it.
    forgets_from: i64,
    /// The senders that commands blocked, each in an inbox or in all.
    blocks: Vec<(String, Option<String>)>,
    /// Counters of assignments and arrivals.
    counter: u64,
    seq: u64,
    /// The number of the last turn.
    turn: u64,
    /// The id and the actor of the current command, for its events.
    cause: Option<String>,
    actor: Option<String>,
    events: Vec<Value>,
}

/// The state of an agent beside the document.
#[derive(Debug, Clone)]
struct AgentState {
    id: String,
    /// The last reason that an event reported.
    shown: Reason,
    manual: Option<Manual>,
    last_assigned: Option<u64>,
    /// The instant since which the agent holds nothing; `None` if it never held anything.
    idle_since: Option<i64>,
    /// The number of consecutive expired offers.
    missed: u64,
    /// The instants at which routing gave it conversations, as far as a pace counts them.
    given: Vec<i64>,
}

impl Model {
    pub fn new(document: &Value) -> Model {
        Model {
            document: Document::read(document),
            time: None,
            now: 0,
            passed: 0,
            agents: vec![],
            conversations: vec![],
            memories: vec![],
            forgets_from: 0,
            blocks: vec![],
            counter: 0,
            seq: 0,
            turn: 1, // The document.
            cause: None,
            actor: None,
            events: vec![],
        }
    }

    /// Returns the events of a command, or the reason why it cannot be read.
    pub fn handle(&mut self, command: &Value) -> Result<Vec<Value>, String> {
        check_readable(&self.document, command)?;
        // Tried on a copy, because a refused command and one without events leave no trace.
        let mut trial = self.clone();
        if let Err(code) = trial.apply(command) {
            return Ok(vec![self.refusal(command, code)]);
        }
        if trial.time.is_none() && trial.events.is_empty() {
            trial.note_cause(command);
            trial.emit("started", json!({}));
            (trial.cause, trial.actor) = (None, None);
        }
        let events = std::mem::take(&mut trial.events);
        self.passed = self.passed.max(trial.now);
        trial.passed = self.passed;
        if let Some(last) = events.last() {
            trial.time = Some(time::parse_instant(last["at"].as_str().expect("an instant")));
            *self = trial;
        }
        Ok(events)
    }

    /// Returns the turn of a command, or the reason why it cannot be read.
    pub fn turn_of(&mut self, command: &Value) -> Result<Value, String> {
        let events = self.handle(command)?;
        let mut turn = json!({"version": 1, "at": command["at"], "command": command, "events": events});
        if !events.is_empty() && events[0]["type"] != "refused" {
            self.turn += 1;
            turn["turn"] = json!(self.turn);
        }
        Ok(turn)
    }

    /// Returns the next instant at which something falls due, in milliseconds since 1970.
    pub fn next_wakeup(&self) -> Option<i64> {
        let now = self.time?;
        self.next_due(now + 40 * time::DAY)
    }

    fn apply(&mut self, command: &Value) -> Result<(), Refusal> {
        let at = time::parse_instant(&document::text(command, "at"));
        match self.time {
            Some(time) if at < time => return Err("time_goes_back"),
            Some(time) => {
                self.now = time;
                match self.advance_to(at) {
                    Ok(()) => {}
                    // The search ends there.
                    Err(_) if document::text(command, "type") == "advance" => return Ok(()),
                    Err(_) => return Err("leap_too_long"),
                }
            }
            None => {
                self.now = at;
                self.agents = self.document.agents.clone().iter().map(|agent| self.fresh_state(agent)).collect();
            }
        }
        self.now = at;
        self.note_cause(command);
        self.perform(command)?;
        self.give_back_due();
        self.end_waits();
        self.serve_queue();
        (self.cause, self.actor) = (None, None);
        self.conversations.iter_mut().for_each(|it| it.arrives = false);
        Ok(())
    }

    /// Events of the command itself have its id and actor; events that fell due before do not.
    fn note_cause(&mut self, command: &Value) {
        self.cause = document::optional_text(command, "id");
        self.actor = document::optional_text(command, "by");
    }

    fn refusal(&self, command: &Value, code: Refusal) -> Value {
        let at = time::parse_instant(&document::text(command, "at"));
        let mut event = json!({"version": 1, "seq": self.seq + 1, "at": time::write_instant(at), "type": "refused"});
        event["code"] = code.into();
        for key in ["conversation", "agent", "id", "by"] {
            if let Some(value) = command.get(key) {
                event[key] = value.clone();
            }
        }
        event
    }

    /// Adds an event, without the fields that are null.
    fn emit(&mut self, kind: &str, fields: Value) {
        self.seq += 1;
        let at = time::write_instant(self.now);
        let mut event = json!({"version": 1, "seq": self.seq, "at": at, "type": kind});
        for (key, value) in fields.as_object().into_iter().flatten() {
            // The only fields that are null instead of absent: ends of which none is in sight.
            let has_no_end = value == NO_END;
            if !value.is_null() || (kind == "status_changed" && key == "until") {
                event[key] = if has_no_end { Value::Null } else { value.clone() };
            }
        }
        if let Some(id) = &self.cause {
            event["id"] = json!(id);
        }
        if let Some(by) = &self.actor {
            event["by"] = json!(by);
        }
        self.events.push(event);
    }

    fn count(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    fn fresh_state(&self, agent: &Agent) -> AgentState {
        let shown = Status::new(&self.document, agent, None).at(self.now);
        AgentState {
            id: agent.id.clone(),
            shown,
            manual: None,
            last_assigned: None,
            idle_since: None,
            missed: 0,
            given: vec![],
        }
    }

    fn agent_state(&self, id: &str) -> &AgentState {
        self.agents.iter().find(|it| it.id == id).expect("an agent of the desk")
    }

    fn agent_state_mut(&mut self, id: &str) -> &mut AgentState {
        self.agents.iter_mut().find(|it| it.id == id).expect("an agent of the desk")
    }

    fn status(&self, agent: &str) -> Status<'_> {
        let entry = self.document.agent(agent).expect("an agent of the desk");
        Status::new(&self.document, entry, self.agent_state(agent).manual.as_ref())
    }

    /// Changes the state of a conversation. Every change goes through here, so that idle times are kept.
    fn change_state(&mut self, conversation: usize, state: State) {
        let occupied = self.conversations[conversation].state.occupies();
        let before: Vec<String> = occupied.into_iter().map(str::to_owned).collect();
        self.conversations[conversation].lies &= matches!(state, State::Queued | State::Unassigned);
        self.conversations[conversation].offers_more &= matches!(state, State::Offered { .. });
        self.conversations[conversation].given_back = None;
        self.conversations[conversation].for_team.take_if(|_| !matches!(state, State::Queued | State::Offered { .. }));
        self.conversations[conversation].state = state;
        let after =
            self.conversations[conversation].state.occupies().into_iter().map(str::to_owned).collect::<Vec<_>>();
        for agent in before.iter().filter(|agent| !after.contains(agent)) {
            self.note_idle(agent);
        }
    }

    /// Has to be called after an agent lost something that it held.
    fn note_idle(&mut self, agent: &str) {
        if self.held_by(agent).is_empty() {
            self.agent_state_mut(agent).idle_since = Some(self.now);
        }
    }
}
