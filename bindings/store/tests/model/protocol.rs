//! The rules of the protocol.

/// The part that a transaction of a caller sees of what others commit meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// All of it.
    ReadCommitted,
    /// Nothing; an append behind a turn that it does not see gives `retry_transaction`.
    Snapshot,
}

/// The rules of the protocol, each of which a wrong variant lacks.
#[derive(Debug, Clone, Copy)]
pub struct Protocol {
    pub isolation: Isolation,
    /// A number is in the log once: an append of one that is there is a conflict, and one that may be there soon waits.
    pub is_number_unique: bool,
    /// A command is in the log once.
    pub is_id_unique: bool,
    /// A command that is in the log is not decided again.
    pub looks_up_ids: bool,
    /// A client is answered once its turn is committed.
    pub answers_after_commit: bool,
    /// Whoever holds the lease appends under the same condition as everybody.
    pub is_lease_fenced: bool,
    /// Commands that were handed in are settled in the transaction of the append.
    pub settles_with_append: bool,
    /// Nothing is appended if a command of the batch is settled already.
    pub settles_once: bool,
    /// Refusals alone are settled only if the log is still the one that they were decided on.
    pub is_refusal_conditional: bool,
    /// A command that was handed in and that a worker cannot read is left, with those after it, to another one.
    pub leaves_unread: bool,
    /// A worker goes back if the log has another turn where its last one was.
    pub checks_digest: bool,
}

impl Protocol {
    pub const fn right(isolation: Isolation) -> Protocol {
        Protocol {
            isolation,
            is_number_unique: true,
            is_id_unique: true,
            looks_up_ids: true,
            answers_after_commit: true,
            is_lease_fenced: true,
            settles_with_append: true,
            settles_once: true,
            is_refusal_conditional: true,
            leaves_unread: true,
            checks_digest: true,
        }
    }
}
