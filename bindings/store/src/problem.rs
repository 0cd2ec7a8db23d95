//! The problems of a log, as the core's: with code, message and hint.

use frontdesk::{Code, Problem, Problems};

/// Returns the problem of a transaction that has to be run again: it does not see what was appended first, or the database ended
/// it.
pub fn retry_transaction() -> Problem {
    let message = "another worker was first, and this transaction cannot go on";
    Problem::new(Code::RetryTransaction, message).with_hint("roll the transaction back, and run it again")
}

/// Returns `true` for problems after which the transaction has to be rolled back, and may succeed when it is run again.
///
/// ```
/// use frontdesk::Problems;
/// use frontdesk_store::{is_retry, retry_transaction};
///
/// assert!(is_retry(&retry_transaction().into()));
/// ```
pub fn is_retry(problems: &Problems) -> bool {
    !problems.is_empty() && problems.iter().all(|problem| problem.code == Code::RetryTransaction)
}

/// The problem of a desk that is not in the database.
pub fn unknown_desk(desk: &str) -> Problem {
    Problem::new(Code::UnknownDesk, format!("there is no desk {desk:?} in the database"))
        .with_hint("create it, or look at the name")
}

/// The problem of a desk that is in the database already.
pub fn desk_exists(desk: &str) -> Problem {
    Problem::new(Code::DeskExists, format!("the desk {desk:?} is in the database already"))
        .with_hint("load it, and change its document by a `configure`")
}

/// The problem of a log that is not as it was written.
pub fn damaged(desk: &str, turn: u64, what: &str) -> Problem {
    Problem::new(Code::DamagedLog, format!("the log of the desk {desk:?} is damaged at turn {turn}: {what}"))
        .with_hint("restore the log from a backup; the turns before are whole")
}

/// The program as its problems name it.
const PROGRAM: &str = concat!("frontdesk ", env!("CARGO_PKG_VERSION"));

/// The problem of a turn that this program cannot read or apply, though it is as it was written: most likely by a newer one.
pub fn unread_turn(desk: &str, turn: u64, why: &str) -> Problem {
    let message = format!("turn {turn} of the desk {desk:?} cannot be read by {PROGRAM}: {why}");
    Problem::new(Code::UnsupportedVersion, message).with_hint(
        "update frontdesk in this program, or give it the scripts and zones of the others; it changes nothing until then",
    )
}

/// The problem of a snapshot that this program cannot read.
pub fn unread_snapshot(desk: &str, turn: u64, why: &str) -> Problem {
    let message = format!("the snapshot of turn {turn} of the desk {desk:?} cannot be read by {PROGRAM}: {why}");
    Problem::new(Code::UnsupportedVersion, message).with_hint("update frontdesk in this program")
}

/// The problem of a command that was handed in and that this program cannot read: it is left to one that can.
pub fn unread_command(desk: &str, id: &str, why: &str) -> Problem {
    let message = format!("the command {id:?} that waits at the desk {desk:?} cannot be read by {PROGRAM}: {why}");
    Problem::new(Code::UnsupportedVersion, message)
        .with_hint("update frontdesk in this program; the command waits for it")
}

/// The problem of a refusal that this program cannot read.
pub fn unread_answer(desk: &str, id: &str, why: &str) -> Problem {
    let message = format!("the refusal of the command {id:?} by the desk {desk:?} cannot be read by {PROGRAM}: {why}");
    Problem::new(Code::UnsupportedVersion, message).with_hint("update frontdesk in this program")
}

/// The problem of a past that is not in the log any more.
pub fn compacted(desk: &str, first: u64) -> Problem {
    Problem::new(Code::Compacted, format!("the log of the desk {desk:?} begins with turn {first}"))
        .with_hint("ask for a later turn; the ones before were removed by `compact`")
}

/// The problem of a repeated command whose turn is not in the log any more.
pub fn removed_command(id: &str, turn: u64) -> Problem {
    let message = format!("the command {id:?} was carried out in turn {turn}, which was removed by `compact`");
    Problem::new(Code::Compacted, message).with_hint("it is not carried out again; its events cannot be told any more")
}

/// The problem of a clock that is ahead of the database's.
pub fn clock_ahead(by_millis: i64, most_millis: i64) -> Problem {
    let (by, most) = (seconds(by_millis), seconds(most_millis));
    Problem::new(
        Code::ClockAhead,
        format!("the clock of this worker is {by} s ahead of the database's, at most {most} s are allowed"),
    )
    .with_hint("set the clock of the machine by NTP")
}

fn seconds(millis: i64) -> String {
    format!("{}.{:03}", millis / 1000, millis % 1000)
}

/// Returns the problem of a database that fails, in the words of its driver.
pub fn database_failed(why: impl std::fmt::Display) -> Problem {
    Problem::new(Code::DatabaseFailed, format!("the database failed: {why}"))
}

/// Checks that a text can be stored as an id: the databases cut or refuse others.
pub fn check_id(what: &str, id: &str) -> Result<(), Problem> {
    const MOST: usize = 256;
    if id.is_empty() || id.chars().count() > MOST || id.chars().any(char::is_control) {
        let message = format!("{what} has 1 to {MOST} characters, none of them control characters");
        return Err(Problem::new(Code::InvalidValue, message));
    }
    Ok(())
}
