//! Changes of the desk, and what waits.

mod agents;
mod hours;
mod inboxes;
mod removing;
