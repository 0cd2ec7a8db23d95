//! What an inbox decides: messages, windows, bots, spam, trash and hidden messages.

mod bots;
mod hidden;
mod messages;
mod sent;
mod spam;
mod trash;
mod windows;
