//! What comes from outside and is not a document: events, snapshots, and the bytes that fuzzing found.

mod corpus;
mod events;
#[allow(dead_code)] // The targets have more than the tests need.
#[path = "../../fuzz/src/lib.rs"]
mod fuzz;
mod logs;
#[path = "../bad_documents/marked.rs"]
#[allow(dead_code)]
mod marked;
mod mutated;
mod published;
mod snapshots;
#[cfg(feature = "zoneinfo")]
mod zones;

#[cfg(feature = "schema")]
mod schema {
    /// Nothing here has a schema that is held against it.
    pub trait Strict {}
    impl<T> Strict for T {}
    pub fn assert_refused_as_far_as_it_can<T>(_: &str, _: &frontdesk::Problems) {}
}
