//! Documentation of everything that scripts can use: a page to read, and definitions for editors. Both are made from the
//! registered members.

mod definitions;
mod entries;
mod hooks;
mod page;

pub use definitions::definitions;
pub use page::page;

use super::Member;
use entries::{ENTRIES, Entry};

impl Member {
    /// Returns a description of the result.
    pub fn doc(&self) -> &'static str {
        self.entry().map_or("", |(_, _, doc, ..)| doc)
    }

    /// Returns an expression that uses the member, and its result as text, for the conversation that [`page`] describes.
    pub fn example(&self) -> Option<(&'static str, &'static str)> {
        self.entry().map(|(.., expression, result)| (*expression, *result))
    }

    fn entry(&self) -> Option<&'static Entry> {
        ENTRIES.iter().find(|(of, signature, ..)| *of == self.of && *signature == self.signature)
    }
}

/// The groups of members, in reading order.
const GROUPS: [(&str, &str); 15] = [
    ("agent", "One of those who may get the conversation, as it stands now. It equals its id: `agent == \"anna\"`."),
    ("conversation", "The conversation that is routed."),
    ("contact", "The person who writes or calls: `conversation.contact`."),
    ("channel", "The channel of the conversation: `conversation.channel`."),
    ("inbox", "The inbox of the conversation: `conversation.inbox`."),
    ("desk", "Everyone, and the instant."),
    (
        "agents",
        "Several agents, in document order: `candidates`, `desk.agents`, `desk.available`; `for` goes through them.",
    ),
    (
        "time",
        "An instant and the zone it is shown in. Two can be compared, and subtracted, which gives seconds; seconds can be added.",
    ),
    ("skills", "Skills with their levels."),
    ("attributes", "The embedder's own data, as it came in JSON."),
    ("number", "Whole numbers (`int`, 64 bits) and numbers with a point (`float`)."),
    ("text", "Text. A place in it counts characters."),
    ("list", "A list. What changes one is said; all else gives another."),
    ("map", "A map, such as `#{code: \"late\", message: \"…\"}`."),
    ("everywhere", "Functions that belong to nothing."),
];
