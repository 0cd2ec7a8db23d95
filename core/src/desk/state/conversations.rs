//! The conversations that a desk remembers, by handle and by id.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::chunk::{CHUNK, Chunk};
use crate::desk::state::{Conversation, ConversationRef};
use crate::shared::{SharedTable, hash_of};

/// The conversations of a desk, in the order of opening.
///
/// A copy shares all of them with the original. Whichever of the two changes one first copies the chunk that contains
/// it, and the shard of ids.
#[derive(Debug, Clone, Default)]
pub struct Conversations {
    /// The chunks that are not empty, by their numbers.
    chunks: FxHashMap<u64, Arc<Chunk>>,
    /// The number of conversations that were ever added.
    added: u64,
    by_id: SharedTable<ConversationRef>,
}

impl Conversations {
    /// Returns the handle of the next conversation.
    pub fn next(&self) -> ConversationRef {
        ConversationRef::of(self.added)
    }

    /// Returns `true` if some of those that were ever added are not there any more.
    pub fn is_any_forgotten(&self) -> bool {
        self.iter().count() as u64 != self.added
    }

    /// Leaves out the handles up to that after so many conversations, which were forgotten.
    pub fn skip_to(&mut self, added: u64) {
        self.added = self.added.max(added);
    }

    /// Returns the handles of all conversations in their order, with handles between them that are of forgotten ones.
    pub fn references(&self) -> impl Iterator<Item = ConversationRef> + use<> {
        let mut numbers: Vec<u64> = self.chunks.keys().copied().collect();
        numbers.sort_unstable();
        numbers.into_iter().flat_map(|number| number * CHUNK..(number + 1) * CHUNK).map(ConversationRef::of)
    }

    /// Returns the number of [`references`](Self::references).
    pub fn reference_count(&self) -> usize {
        self.chunks.len() * CHUNK as usize
    }

    /// Returns all conversations.
    pub fn iter(&self) -> impl Iterator<Item = &Conversation> {
        self.entries().map(|(_, it)| it)
    }

    /// Returns all conversations with their handles.
    pub fn entries(&self) -> impl Iterator<Item = (ConversationRef, &Conversation)> {
        let mut chunks: Vec<(&u64, &Arc<Chunk>)> = self.chunks.iter().collect();
        chunks.sort_unstable_by_key(|(number, _)| **number);
        chunks.into_iter().flat_map(|(number, chunk)| {
            let handle = move |place| ConversationRef::of(number * CHUNK + u64::from(place));
            chunk.entries().map(move |(place, it)| (handle(place), it))
        })
    }

    /// Changes all conversations, in no order.
    pub fn each_mut(&mut self, mut change: impl FnMut(&mut Conversation)) {
        self.chunks.values_mut().for_each(|chunk| Arc::make_mut(chunk).each_mut().for_each(&mut change));
    }

    pub fn get(&self, reference: ConversationRef) -> Option<&Conversation> {
        get(&self.chunks, reference)
    }

    pub fn get_mut(&mut self, reference: ConversationRef) -> Option<&mut Conversation> {
        let (chunk, place) = place(reference);
        Arc::make_mut(self.chunks.get_mut(&chunk)?).get_mut(place)
    }

    /// Returns the conversation with an id.
    pub fn find(&self, id: &str) -> Option<ConversationRef> {
        self.by_id.find(hash_of(id), |it| self.has_id(*it, id)).copied()
    }

    /// Adds a conversation behind all others.
    pub fn push(&mut self, conversation: Conversation) -> ConversationRef {
        let reference = self.next();
        self.added += 1;
        self.put(reference, conversation);
        reference
    }

    /// Takes back the conversation that was added last.
    pub fn pop(&mut self) -> Option<Conversation> {
        self.added = self.added.checked_sub(1)?;
        self.remove(self.next())
    }

    /// Puts a conversation at the place of its handle.
    pub fn put(&mut self, reference: ConversationRef, conversation: Conversation) {
        let (hash, (chunk, place)) = (hash_of(conversation.id.as_str()), place(reference));
        Arc::make_mut(self.chunks.entry(chunk).or_default()).put(place, conversation);
        self.by_id.insert(hash, reference, hash_at(&self.chunks));
    }

    /// Removes a conversation. Its handle is never given to another.
    pub fn remove(&mut self, reference: ConversationRef) -> Option<Conversation> {
        let hash = hash_of(self.get(reference)?.id.as_str());
        self.by_id.remove(hash, |it| *it == reference, hash_at(&self.chunks));
        let (number, place) = place(reference);
        let chunk = Arc::make_mut(self.chunks.get_mut(&number)?);
        let removed = chunk.remove(place);
        if chunk.is_empty() {
            self.chunks.remove(&number);
            if self.chunks.len() < self.chunks.capacity() / 8 {
                self.chunks.shrink_to(2 * self.chunks.len());
            }
        }
        removed
    }

    fn has_id(&self, reference: ConversationRef, id: &str) -> bool {
        self.get(reference).is_some_and(|it| it.id == id)
    }
}

fn get(chunks: &FxHashMap<u64, Arc<Chunk>>, reference: ConversationRef) -> Option<&Conversation> {
    let (chunk, place) = place(reference);
    chunks.get(&chunk)?.get(place)
}

/// Returns the hash of the id of a conversation.
fn hash_at(chunks: &FxHashMap<u64, Arc<Chunk>>) -> impl Fn(&ConversationRef) -> u64 {
    |reference| get(chunks, *reference).map_or(0, |it| hash_of(it.id.as_str()))
}

/// Returns the number of the chunk of a handle, and the place in it.
fn place(reference: ConversationRef) -> (u64, u32) {
    (reference.index() / CHUNK, (reference.index() % CHUNK) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Details;
    use crate::time::Instant;

    fn conversation(id: String) -> Conversation {
        let details = Details {
            inbox: "main".into(),
            channel: "chat".into(),
            contact: None,
            from: None,
            forwarded_by: None,
            priority: 0,
            skills: Default::default(),
            attributes: Default::default(),
        };
        Conversation::opened(id.into(), Arc::new(details), None, Instant::MIN, 1)
    }

    /// Handles go on where those of 32 bits end, and where those before them are forgotten they take no memory.
    #[test]
    fn handles_do_not_run_out() {
        let before = u64::from(u32::MAX) - 40;
        let mut conversations = Conversations { added: before, ..Conversations::default() };
        let first = conversations.push(conversation("c0".into()));
        for number in 1..100_u64 {
            let reference = conversations.push(conversation(format!("c{number}")));
            assert_eq!(reference.index(), before + number);
            assert_eq!(conversations.find(&format!("c{number}")), Some(reference));
        }
        assert_eq!(conversations.get(first).map(|it| it.id.as_str()), Some("c0"));
        let all: Vec<_> = conversations.entries().map(|(it, found)| (it.index() - before, found.id.clone())).collect();
        assert_eq!(all, (0..100).map(|number| (number, format!("c{number}").into())).collect::<Vec<_>>());
        let first: Vec<_> = conversations.entries().map(|(reference, _)| reference).take(90).collect();
        for reference in first {
            conversations.remove(reference);
        }
        assert_eq!((conversations.iter().count(), conversations.find("c0")), (10, None));
        assert!(conversations.chunks.len() <= 2, "{} chunks", conversations.chunks.len());
        assert_eq!(conversations.pop().map(|it| it.id), Some("c99".into()));
    }
}
