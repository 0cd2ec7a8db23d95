//! Changes of the desk while conversations wait.

mod agents;
mod configure;
mod hours;
mod inboxes;
mod removing;
mod turnover;
