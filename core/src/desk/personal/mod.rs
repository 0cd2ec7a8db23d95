//! Personal data beside the log: values are taken out of turns and snapshots, kept by subject, and put back.
//!
//! A separated text has a numbered reference, `{"personal":3}`, in the place of each personal value, so that a digest of
//! the text stays true when a value is erased. A reference whose value is gone is left out, and what is left is read and
//! applied as it is.
//!
//! Personal are, of contacts, their attributes and the addresses of their conversations; of agents, their names, and the notes
//! of their statuses and absences. Ids stay, as do blocked senders, which are rules, the attributes of conversations, and the
//! texts of teams, inboxes, statuses and scripts. The JSON Schemas mark the fields with `"x-personal": true`.

mod join;
mod of_desk;
mod places;
mod separate;
mod snapshot;
mod subject;

pub(in crate::desk) use self::join::{Putting, has_reference};
pub(in crate::desk) use self::places::turn as change_turn;
pub use self::separate::{Personal, Separated};
pub use self::snapshot::{join_snapshot, separate_snapshot};
pub use self::subject::Subject;

/// The only key of a reference.
const REFERENCE: &str = "personal";
