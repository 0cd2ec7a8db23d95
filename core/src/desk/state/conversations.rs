//! The conversations that a desk remembers, by handle and by id.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::desk::state::{Conversation, ConversationRef};
use crate::shared::{SharedTable, hash_of};

/// The number of conversations that are copied together when one of them changes after a copy of the desk.
const CHUNK: u64 = 32;

type Chunk = [Option<Conversation>; CHUNK as usize];

/// The conversations of a desk, in the order of opening.
///
/// A copy shares all of them with the original. Whichever of the two changes one first copies the chunk that contains
/// it, and the shard of ids.
#[derive(Debug, Clone, Default)]
pub struct Conversations {
    /// Without those before the first that is remembered; `None` where all are forgotten.
    chunks: Chunks,
    /// The number of chunks before them.
    dropped: u64,
    /// The number of conversations that were ever added.
    added: u64,
    by_id: SharedTable<ConversationRef>,
}

impl Conversations {
    /// Returns the handle of the next conversation.
    pub fn next(&self) -> ConversationRef {
        ConversationRef::of(self.added)
    }

    /// Returns the handles of all conversations.
    pub fn references(&self) -> impl Iterator<Item = ConversationRef> + use<> {
        let all: Vec<ConversationRef> = self.entries().map(|(reference, _)| reference).collect();
        all.into_iter()
    }

    /// Returns all conversations.
    pub fn iter(&self) -> impl Iterator<Item = &Conversation> {
        self.entries().map(|(_, it)| it)
    }

    /// Returns all conversations with their handles.
    pub fn entries(&self) -> impl Iterator<Item = (ConversationRef, &Conversation)> {
        let first = self.dropped * CHUNK;
        let places = (0..).zip(&self.chunks).filter_map(|(index, chunk)| Some((index, chunk.as_deref()?)));
        places.flat_map(move |(index, chunk)| {
            let handles = (first + index * CHUNK..).map(ConversationRef::of);
            handles.zip(chunk).filter_map(|(reference, it)| Some((reference, it.as_ref()?)))
        })
    }

    pub fn get(&self, reference: ConversationRef) -> Option<&Conversation> {
        get(&self.chunks, self.dropped, reference)
    }

    pub fn get_mut(&mut self, reference: ConversationRef) -> Option<&mut Conversation> {
        let (chunk, place) = self.place(reference)?;
        Arc::make_mut(self.chunks.get_mut(chunk)?.as_mut()?).get_mut(place)?.as_mut()
    }

    /// Returns the conversation with an id.
    pub fn find(&self, id: &str) -> Option<ConversationRef> {
        self.by_id.find(hash_of(id), |it| self.has_id(*it, id)).copied()
    }

    /// Adds a conversation behind all others.
    pub fn push(&mut self, conversation: Conversation) -> ConversationRef {
        let reference = self.next();
        self.added += 1;
        if self.chunks.is_empty() {
            self.dropped = reference.index() / CHUNK;
        }
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
        let (hash, Some((chunk, place))) = (hash_of(conversation.id.as_str()), self.place(reference)) else { return };
        if self.chunks.len() <= chunk {
            self.chunks.resize(chunk + 1, None);
        }
        let Some(chunk) = self.chunks.get_mut(chunk) else { return };
        let chunk = Arc::make_mut(chunk.get_or_insert_with(|| Arc::new([const { None }; CHUNK as usize])));
        if let Some(place) = chunk.get_mut(place) {
            *place = Some(conversation);
        }
        let (chunks, dropped) = (&self.chunks, self.dropped);
        let hash_at = |it: &ConversationRef| get(chunks, dropped, *it).map_or(0, |it| hash_of(it.id.as_str()));
        self.by_id.insert(hash, reference, hash_at);
    }

    /// Removes a conversation. Its handle is never given to another.
    pub fn remove(&mut self, reference: ConversationRef) -> Option<Conversation> {
        let hash = hash_of(self.get(reference)?.id.as_str());
        self.by_id.remove(hash, |it| *it == reference);
        let (index, place) = self.place(reference)?;
        let chunk = self.chunks.get_mut(index)?;
        let places = Arc::make_mut(chunk.as_mut()?);
        let removed = places.get_mut(place)?.take();
        if places.iter().all(Option::is_none) {
            *chunk = None;
        }
        removed
    }

    /// Releases the memory of handles before the first that is remembered.
    pub fn trim(&mut self) {
        while self.chunks.front().is_some_and(Option::is_none) {
            self.chunks.pop_front();
            self.dropped += 1;
        }
    }

    fn has_id(&self, reference: ConversationRef, id: &str) -> bool {
        self.get(reference).is_some_and(|it| it.id == id)
    }

    fn place(&self, reference: ConversationRef) -> Option<(usize, usize)> {
        place(self.dropped, reference)
    }
}

type Chunks = VecDeque<Option<Arc<Chunk>>>;

fn get(chunks: &Chunks, dropped: u64, reference: ConversationRef) -> Option<&Conversation> {
    let (chunk, place) = place(dropped, reference)?;
    chunks.get(chunk)?.as_ref()?.get(place)?.as_ref()
}

/// Returns the chunk of a handle, and the place in it; `None` for one before all that are remembered.
fn place(dropped: u64, reference: ConversationRef) -> Option<(usize, usize)> {
    let (chunk, place) = (reference.index() / CHUNK, reference.index() % CHUNK);
    Some((usize::try_from(chunk.checked_sub(dropped)?).ok()?, place as usize))
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
        for reference in conversations.references().take(90) {
            conversations.remove(reference);
            conversations.trim();
        }
        assert_eq!((conversations.iter().count(), conversations.find("c0")), (10, None));
        assert!(conversations.chunks.len() <= 2, "{} chunks", conversations.chunks.len());
        assert_eq!(conversations.pop().map(|it| it.id), Some("c99".into()));
    }
}
