//! Conversations that agents give back when their working hours end, or when they go out of office.

use serde_json::json;

use super::Model;
use super::conversation::State;

impl Model {
    /// Returns the instant at which an agent gives back what the agent holds now, if the status becomes a reason.
    pub fn requeue_at(&self, agent: &str, reason: &str) -> Option<i64> {
        let after = match reason {
            "outside_working_hours" | "holiday" => self.document.settings.on_shift_end?,
            "out_of_office" => self.document.settings.on_absence?,
            _ => return None,
        };
        self.conversations.iter().any(|it| it.state.holder() == Some(agent)).then_some(self.now + after)
    }

    /// Notes when what an agent holds is given back; what is given back sooner anyway stays so.
    pub fn note_leaving(&mut self, agent: &str, reason: &str, is_back: bool, requeue_at: Option<i64>) {
        let why = if reason == "out_of_office" { "out_of_office" } else { "shift_ended" };
        for conversation in &mut self.conversations {
            if conversation.state.holder() != Some(agent) {
                continue;
            }
            if is_back {
                conversation.given_back = None;
            }
            let is_sooner = |at: &i64| conversation.given_back.is_none_or(|(before, _)| *at < before);
            if let Some(at) = requeue_at.filter(is_sooner) {
                conversation.given_back = Some((at, why));
            }
        }
    }

    /// Unassigns what falls due, in the order of opening, to be routed again.
    pub fn give_back_due(&mut self) {
        for i in 0..self.conversations.len() {
            let Some((_, reason)) = self.conversations[i].given_back.filter(|(at, _)| *at <= self.now) else {
                continue;
            };
            let it = &self.conversations[i];
            let (id, agent) = (it.id.clone(), it.state.holder().map(str::to_owned));
            self.conversations[i].route = None;
            self.change_state(i, State::Queued);
            self.emit("unassigned", json!({"conversation": id, "agent": agent, "reason": reason}));
        }
    }

    /// The holder replied: the conversation is not given back.
    pub fn keep(&mut self, i: usize) {
        if self.conversations[i].given_back.take().is_some() {
            let it = &self.conversations[i];
            let (id, agent) = (it.id.clone(), it.state.holder().map(str::to_owned));
            self.emit("kept", json!({"conversation": id, "agent": agent}));
        }
    }
}
