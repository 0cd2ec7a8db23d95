//! Access and permissions: the actors who are allowed to act, the agents who keep a conversation, and the recorded actor.

mod actors;
mod matrix;
mod page;
mod permissions;
mod reach;
mod situations;
