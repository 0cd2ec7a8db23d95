//! Reading snapshots: as the text goes by, each conversation is checked, and put into its place in the desk.

use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{Deserializer, Error, MapAccess, Visitor};

use super::check::{Outside, check_number, is_new};
use super::{AgentState, BlockState, ConversationState, Restored, VERSION};
use crate::availability::Roster;
use crate::desk::Desk;
use crate::desk::state::DeskState;
use crate::model::{Address, Document};
use crate::problem::Problems;
use crate::read::{self, Each, Known, Node, Property, Wrong};
use crate::time::Instant;

/// Restores a desk from its snapshot, whose document may refer to what is in `known`.
pub(super) fn restore(snapshot: &str, known: Known) -> Result<Desk, Problems> {
    streamed(snapshot, &known).or_else(|_| parsed(snapshot, known))
}

/// Restores a desk from a text as a desk writes it. Fails if anything is wrong, or in another order; reading the whole text
/// then tells which.
fn streamed(snapshot: &str, known: &Known) -> Result<Desk, Wrong> {
    let mut parts = Parts { snapshot, known, agents: None, begun: None, rest: Vec::new() };
    let mut text = serde_json::Deserializer::from_str(snapshot);
    text.deserialize_map(&mut parts).and_then(|()| text.end()).map_err(|_| Wrong::unread())?;
    let Parts { agents, begun, rest, .. } = parts;
    let restored = Restored { agents: agents.unwrap_or_default(), ..Node::Object(rest).read()? };
    let of_head = |it: &Restoring| (it.state.clock, it.state.seq, it.state.forgets_from);
    let restoring = begun.filter(|it| of_head(it) == (restored.at, restored.seq, restored.forgets_from));
    let restoring = restoring.ok_or_else(Wrong::unread)?;
    restored.check(&restoring.state.roster)?;
    Ok(restoring.finish(restored))
}

/// The parts of a snapshot that are read so far: its long lists, and the rest.
struct Parts<'a> {
    snapshot: &'a str,
    known: &'a Known,
    agents: Option<Vec<AgentState>>,
    begun: Option<Restoring>,
    rest: Vec<Property<'a>>,
}

impl<'de> Visitor<'de> for &mut Parts<'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let is_twice = match key.as_str() {
                "agents" => {
                    let mut agents = Vec::new();
                    map.next_value_seed(Each(&mut |node| node.read().map(|agent| agents.push(agent))))?;
                    self.agents.replace(agents).is_some()
                }
                "conversations" => {
                    let begun = Restoring::of_head(self.snapshot, &mut self.rest, self.known);
                    let mut restoring = begun.map_err(Wrong::error::<A::Error>)?;
                    map.next_value_seed(Each(&mut |node| restoring.add(node.read()?)))?;
                    self.begun.replace(restoring).is_some()
                }
                _ => {
                    self.rest.push((key.into(), map.next_value()?));
                    false
                }
            };
            if is_twice {
                return Err(A::Error::custom("a list that stands there twice"));
            }
        }
        Ok(())
    }
}

/// Restores a desk from a text that is parsed as a whole.
fn parsed(snapshot: &str, known: Known) -> Result<Desk, Problems> {
    let (mut restored, whole) = read::written(snapshot, "a snapshot", VERSION, |node| node.read::<Restored>())?;
    let roster = roster(snapshot, &whole, known)?;
    let restoring = restored.check(&roster).and_then(|()| {
        let conversations = std::mem::take(&mut restored.conversations);
        let mut restoring = Restoring::new(roster, &restored);
        let add = |(index, it)| restoring.add(it).map_err(|wrong| wrong.nth(index).at("conversations"));
        conversations.into_iter().enumerate().try_for_each(add)?;
        Ok(restoring)
    });
    Ok(restoring.map_err(|wrong| read::problem_in(snapshot, wrong))?.finish(restored))
}

fn roster(snapshot: &str, whole: &Node, known: Known) -> Result<Roster, Problems> {
    let zones = known.zones.clone();
    Ok(Roster::new(Document::from_part(snapshot, whole, "document", known)?).in_zones(zones))
}

/// A desk to which its conversations are being added.
struct Restoring {
    state: DeskState,
    /// The places in the queue, which differ.
    orders: FxHashSet<u64>,
    /// The instant at which the last conversation was opened.
    opened_at: Instant,
}

impl Restoring {
    fn new(roster: Roster, head: &Restored) -> Self {
        let mut state = DeskState::new(roster);
        (state.clock, state.seq, state.forgets_from) = (head.at, head.seq, head.forgets_from);
        Restoring { state, orders: FxHashSet::default(), opened_at: Instant::MIN }
    }

    /// Begins with what stands before the conversations, and releases the document in it.
    fn of_head(snapshot: &str, rest: &mut Vec<Property<'_>>, known: &Known) -> Result<Self, Wrong> {
        let whole = Node::Object(std::mem::take(rest));
        let head: Restored = whole.read()?;
        if head.version != VERSION {
            return Err(Wrong::unread());
        }
        let roster = roster(snapshot, &whole, known.clone()).map_err(|_| Wrong::unread())?;
        if let Node::Object(entries) = whole {
            let kept = |(key, value)| if key == "document" { (key, Node::Null) } else { (key, value) };
            rest.extend(entries.into_iter().map(kept));
        }
        Ok(Restoring::new(roster, &head))
    }

    /// Adds a conversation, if it can be of this desk.
    fn add(&mut self, it: ConversationState<'_>) -> Result<(), Wrong> {
        let DeskState { clock, seq, forgets_from, .. } = self.state;
        let id = &it.conversation;
        let next = self.state.conversations.next().index();
        it.number.map_or(Ok(()), |number| check_number(number, next, seq))?;
        let number = it.number.unwrap_or(next);
        is_new(self.state.find(id).is_none(), format_args!("the conversation {id:?}"))
            .map_err(|wrong| wrong.at("conversation"))?;
        let outside = Outside { roster: &self.state.roster, now: clock.ok_or_else(Wrong::unread)?, seq, forgets_from };
        outside.check_next(&it, &mut self.orders, self.opened_at)?;
        self.opened_at = it.opened_at;
        let conversation = self.state.conversation_from(it);
        self.state.conversations.skip_to(number);
        self.state.add(conversation);
        Ok(())
    }

    /// Completes the desk with all that is not a conversation.
    fn finish(self, restored: Restored) -> Desk {
        let mut state = self.state;
        for agent in restored.agents {
            state.restore_agent(agent);
        }
        for rule in restored.rules {
            state.restore_rule(rule);
        }
        for BlockState { sender, inbox } in restored.blocks {
            state.blocks.set(&Address::of(&sender), inbox, true);
        }
        state.restore_last_agents();
        state.conversations.skip_to(restored.opened.unwrap_or_default());
        if let Some(at) = state.clock {
            state.begin(at);
        }
        state.reindex();
        Desk { turn: restored.turn, ..Desk::of(state) }
    }
}
