//! The desk of the model: one agent with a limit, and conversations that are opened and closed.

/// How many commands there are.
pub const COMMANDS: usize = 3;

/// The conversations that the agent may have at a time.
pub const LIMIT: u8 = 1;

/// The id of a command; also its number among those handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u8);

impl Id {
    pub fn all() -> impl Iterator<Item = Id> {
        (0..COMMANDS as u8).map(Id)
    }

    pub fn place(self) -> usize {
        usize::from(self.0)
    }
}

/// The action of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Opens a conversation, which the agent gets if there is room, and which waits otherwise.
    Open,
    /// Closes a conversation that another command opened; refused while there is none.
    Close(Id),
}

/// The commands, by their ids.
pub type Actions = [Action; COMMANDS];

/// The text of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Body {
    pub command: Id,
    /// Whether the agent gets a conversation: the one that is opened, or another that waited for room.
    pub assigns: bool,
}

/// The digest of turns: it tells their texts, so that no two have the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(u16);

/// The bits of a text in a chain.
const BITS: u32 = 3;

impl Chain {
    pub const START: Chain = Chain(0);

    pub fn then(self, body: Body) -> Chain {
        Chain(self.0 << BITS | (1 + u16::from(body.command.0) * 2 + u16::from(body.assigns)))
    }

    /// Returns the number of turns.
    pub fn turns(self) -> u8 {
        ((u16::BITS - self.0.leading_zeros()).div_ceil(BITS)) as u8
    }

    /// Returns the chain of the first turns.
    pub fn up_to(self, turns: u8) -> Chain {
        Chain(self.0 >> (BITS * u32::from(self.turns().saturating_sub(turns))))
    }

    pub fn starts_with(self, before: Chain) -> bool {
        before.turns() <= self.turns() && self.up_to(before.turns()) == before
    }

    /// Returns the texts of the turns after some.
    pub fn after(self, turns: u8) -> impl Iterator<Item = Body> {
        (turns + 1..=self.turns()).map(move |turn| {
            let code = (self.up_to(turn).0 & ((1 << BITS) - 1)) - 1;
            Body { command: Id((code / 2) as u8), assigns: code % 2 == 1 }
        })
    }
}

/// The conversations of a desk, counted by the command that opened them.
#[derive(Debug, Default)]
pub struct Desk {
    held: [u8; COMMANDS],
    waiting: [u8; COMMANDS],
}

impl Desk {
    pub fn of(chain: Chain, actions: &Actions) -> Desk {
        let mut desk = Desk::default();
        chain.after(0).for_each(|body| desk.apply(body, actions));
        desk
    }

    /// Returns the number of conversations that the agent has.
    pub fn load(&self) -> u8 {
        self.held.iter().sum()
    }

    /// Returns the text of the turn that a command gives; `None` if it is refused.
    pub fn decide(&self, command: Id, actions: &Actions) -> Option<Body> {
        let assigns = match actions[command.place()] {
            Action::Open => self.load() < LIMIT,
            Action::Close(id) if self.held[id.place()] > 0 => self.waiting.iter().any(|waiting| *waiting > 0),
            Action::Close(id) if self.waiting[id.place()] > 0 => false,
            Action::Close(_) => return None,
        };
        Some(Body { command, assigns })
    }

    /// Applies a turn as it is written, whether or not it would be decided so.
    pub fn apply(&mut self, body: Body, actions: &Actions) {
        match actions[body.command.place()] {
            Action::Open if body.assigns => self.held[body.command.place()] += 1,
            Action::Open => self.waiting[body.command.place()] += 1,
            Action::Close(id) => {
                let from = if self.held[id.place()] > 0 { &mut self.held } else { &mut self.waiting };
                from[id.place()] = from[id.place()].saturating_sub(1);
                let next = self.waiting.iter().position(|waiting| *waiting > 0).filter(|_| body.assigns);
                if let Some(next) = next {
                    self.waiting[next] -= 1;
                    self.held[next] += 1;
                }
            }
        }
    }
}
