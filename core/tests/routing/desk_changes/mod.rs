//! Changes of the desk while conversations wait.

mod agents;
mod hours;
mod inboxes;
mod removing;
