//! The log of a busy desk.

use frontdesk::time::Instant;
use frontdesk::{Desk, Turn};
use serde_json::{Value, json};

use crate::friday;

const DAY: i64 = 86_400_000;

/// The commands of a busy desk, evenly over the day: conversations arrive, are updated, snoozed and given to others, and are
/// closed; agents are away for a while. About 1,500 are open at a time, if it is not said otherwise.
pub struct Log {
    agents: usize,
    at: Instant,
    gap: i64,
    wanted: usize,
    opened: usize,
    open: Vec<usize>,
    random: u64,
}

impl Log {
    /// Creates the log of a desk of so many agents, with so many turns a day.
    pub fn new(agents: usize, a_day: usize) -> Log {
        Log { agents, at: friday(), gap: DAY / a_day as i64, wanted: 1_500, opened: 0, open: Vec::new(), random: 1 }
    }

    /// Returns it with about so many conversations open at a time, at least 500.
    #[must_use]
    pub fn with_open(mut self, wanted: usize) -> Log {
        self.wanted = wanted.max(500);
        self
    }

    /// Has the desk carry out the next command that belongs to a log, and returns its turn.
    ///
    /// # Panics
    /// If the desk is not that of [`document`](crate::document).
    pub fn next(&mut self, desk: &mut Desk) -> Turn {
        loop {
            self.at = self.at.saturating_add(self.gap);
            let mut command = self.command();
            command["at"] = json!(self.at);
            let turn = desk.propose(&desk.command_from_value(command).expect("the commands are valid"));
            if turn.turn().is_some() {
                desk.apply(&turn).expect("the turn is the next of the desk");
                return turn;
            }
        }
    }

    fn command(&mut self) -> Value {
        let wanted = self.wanted - 500 + self.draw(1_000);
        match self.draw(100) {
            0..84 if self.open.len() < wanted => self.arrival(),
            0..84 => {
                let closed = self.draw(self.open.len());
                json!({"type": "close", "conversation": format!("c{}", self.open.swap_remove(closed))})
            }
            84..90 => self.about_one("update", json!({"priority": self.opened % 3})),
            90..93 => self.about_one("snooze", json!({"duration": "1h"})),
            93..95 => {
                let agent = self.agent();
                self.about_one("assign", json!({"to": {"agent": agent}}))
            }
            _ => json!({"type": "set_status", "agent": self.agent(), "status": "away", "duration": "30m"}),
        }
    }

    fn arrival(&mut self) -> Value {
        self.opened += 1;
        self.open.push(self.opened);
        let (contact, plan) = (self.draw(50_000), self.draw(30));
        json!({
            "type": "open", "conversation": format!("c{}", self.opened), "inbox": "main", "channel": "chat",
            "contact": {"id": format!("x{contact}"), "known": true},
            "priority": plan % 2, "attributes": {"plan": format!("plan-{plan}")},
        })
    }

    fn about_one(&mut self, kind: &str, mut command: Value) -> Value {
        let index = self.draw(self.open.len());
        let conversation = self.open.get(index).copied().unwrap_or_default();
        (command["type"], command["conversation"]) = (kind.into(), format!("c{conversation}").into());
        command
    }

    fn agent(&mut self) -> String {
        format!("agent-{}", self.draw(self.agents))
    }

    /// Returns a number below another, by a generator of Knuth's.
    fn draw(&mut self, below: usize) -> usize {
        self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.random >> 33) as usize) % below.max(1)
    }
}
