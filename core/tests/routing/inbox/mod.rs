//! Decisions of an inbox: messages, windows, bots, spam, trash and hidden messages.

mod bots;
mod hidden;
mod may;
mod messages;
mod sent;
mod spam;
mod trash;
mod views;
mod windows;
