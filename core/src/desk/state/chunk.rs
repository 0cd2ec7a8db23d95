//! Conversations whose handles are neighbours.

use super::conversation::Conversation;

/// The number of handles of a chunk.
pub const CHUNK: u64 = u32::BITS as u64;

/// The conversations of [`CHUNK`] handles, of which those that are forgotten take no memory.
#[derive(Debug, Clone, Default)]
pub struct Chunk {
    /// A bit for each place that is taken.
    taken: u32,
    /// The conversations of those places, in order.
    conversations: Vec<Conversation>,
}

impl Chunk {
    pub fn get(&self, place: u32) -> Option<&Conversation> {
        self.conversations.get(self.index(place)?)
    }

    pub fn get_mut(&mut self, place: u32) -> Option<&mut Conversation> {
        let index = self.index(place)?;
        self.conversations.get_mut(index)
    }

    /// Puts a conversation at a place, which is free.
    pub fn put(&mut self, place: u32, conversation: Conversation) {
        self.conversations.insert(self.before(place), conversation);
        self.taken |= 1 << place;
    }

    /// Removes the conversation of a place, and releases memory once half of it is free.
    pub fn remove(&mut self, place: u32) -> Option<Conversation> {
        let removed = self.conversations.remove(self.index(place)?);
        self.taken &= !(1 << place);
        if self.conversations.len() <= self.conversations.capacity() / 2 {
            self.conversations.shrink_to_fit();
        }
        Some(removed)
    }

    pub fn is_empty(&self) -> bool {
        self.taken == 0
    }

    /// Returns all conversations with their places.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &Conversation)> {
        let places = (0..u32::BITS).filter(|place| self.taken >> place & 1 == 1);
        places.zip(&self.conversations)
    }

    pub fn each_mut(&mut self) -> impl Iterator<Item = &mut Conversation> {
        self.conversations.iter_mut()
    }

    /// Returns the index of the conversation at a place.
    fn index(&self, place: u32) -> Option<usize> {
        (self.taken >> place & 1 == 1).then(|| self.before(place))
    }

    /// Returns the number of conversations before a place.
    fn before(&self, place: u32) -> usize {
        (self.taken & ((1 << place) - 1)).count_ones() as usize
    }
}
