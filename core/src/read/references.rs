//! Reading ids and references.

use rustc_hash::FxHashSet;

use super::{Id, Node, Reader};
use crate::problem::{Code, Problem, shortened, there_are};

/// The inbox that is being read: its rules may refer to it and to its channels.
#[derive(Default)]
pub(super) struct Here {
    inbox: Option<Id>,
    channels: FxHashSet<Id>,
}

impl Reader<'_> {
    pub fn id(&mut self, node: &Node) -> Option<Id> {
        let text = self.text(node)?;
        match Id::fault(text) {
            None => Some(Id::from(text)),
            Some(fault) => self.fail(Code::InvalidValue, fault),
        }
    }

    pub fn agent(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "agent", &known.agents)
    }

    pub fn team(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "team", &known.teams)
    }

    pub fn inbox(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "inbox", &known.inboxes)
    }

    /// Enters an inbox, so that its rules may refer to it and to its channels.
    pub fn enter_inbox(&mut self, entry: &Node) {
        let id = |node: &Node| node.get("id").and_then(Node::text).map(Id::from);
        let channels = entry.get("channels").map(Node::elements).unwrap_or_default();
        self.here = Here { inbox: id(entry), channels: channels.iter().filter_map(id).collect() };
    }

    /// Reads the id of an inbox, which may be the one that is being read.
    pub fn inbox_or_this(&mut self, node: &Node) -> Option<Id> {
        match &self.here.inbox {
            Some(this) if node.text() == Some(this) => Some(this.clone()),
            _ => self.inbox(node),
        }
    }

    /// Reads the id of a channel of the inbox that is being read.
    pub fn channel(&mut self, node: &Node) -> Option<Id> {
        let channels = std::mem::take(&mut self.here.channels);
        let channel = self.reference(node, "channel in this inbox", &channels);
        self.here.channels = channels;
        channel
    }

    fn reference(&mut self, node: &Node, what: &str, known: &FxHashSet<Id>) -> Option<Id> {
        let id = self.id(node)?;
        if known.contains(&id) {
            return Some(id);
        }
        let problem = Problem::new(Code::UnknownReference, format!("there is no {what} {:?}", shortened(&id)));
        let problem = self.suggesting(problem, &id, known.iter().map(|known| &**known));
        self.report(problem.or_hint(|| few(what, known)));
        None
    }
}

/// Lists the known names, where they are few enough for a message.
fn few(what: &str, known: &FxHashSet<Id>) -> Option<String> {
    const FEW: usize = 10;
    if known.is_empty() {
        return Some(format!("there is no {what} at all: add one, or take this out"));
    }
    let mut names: Vec<&str> = known.iter().map(|id| &**id).filter(|_| known.len() <= FEW).collect();
    names.sort_unstable();
    there_are(&names)
}
