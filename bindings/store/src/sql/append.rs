//! Appending turns, with all that belongs to them.
//!
//! The desk's row decides: whoever changes its last turn waits for those who did before, and changes nothing if that is not the
//! turn before these. Nobody else gets past the row until the transaction ends, so that the turns' own rows meet no others.

use frontdesk::Problem;

use super::{Dialect, Sql, SqlLog, Value};
use crate::entry::Entry;
use crate::log::{Appended, Removed};

/// The most rows of one insert.
const ROWS: usize = 256;

/// Rows of a table that belong to a desk.
pub(super) struct Rows {
    table: &'static str,
    /// The columns after `desk`.
    columns: &'static str,
    rows: Vec<Vec<Value>>,
}

/// A reason to undo an append.
enum Undo {
    Conflict,
    Failed(Problem),
}

impl From<Problem> for Undo {
    fn from(problem: Problem) -> Undo {
        Undo::Failed(problem)
    }
}

impl<S: Sql> SqlLog<S> {
    /// Appends turns, unless other turns or the first command are there.
    pub(super) fn append_turns(&mut self, desk: &str, entries: &[Entry]) -> Result<Appended, Problem> {
        let ([first, ..], [.., last]) = (entries, entries) else { return Ok(Appended::Done) };
        let rows = Rows::of(entries);
        if self.sql.dialect() == Dialect::Postgres && rows.iter().all(|of| of.rows.len() <= ROWS) {
            return self.append_at_once(desk, first, last, &rows);
        }
        // A conflict is no failure of the work around it, which may be committed.
        match self.undone_alone(|log| log.append_apart(desk, first, last, &rows)) {
            Ok(()) => Ok(Appended::Done),
            Err(Undo::Conflict) => Ok(Appended::Conflict),
            Err(Undo::Failed(problem)) => Err(problem),
        }
    }

    /// Adds the first turn of a desk.
    pub(super) fn add_turn(&mut self, desk: &str, first: &Entry) -> Result<(), Problem> {
        Rows::of(std::slice::from_ref(first)).iter().try_for_each(|of| self.add_rows(desk, of).map(|_| ()))
    }

    /// Appends by a statement for the desk and one for each table.
    fn append_apart(&mut self, desk: &str, first: &Entry, last: &Entry, rows: &[Rows; 3]) -> Result<(), Undo> {
        let [turns, rest @ ..] = rows;
        let statement = format!("{MOVE} AND NOT EXISTS ({REMOVED})");
        let is_next = self.sql.execute(&statement, &[moves(desk, first, last), known(desk, first)].concat())? == 1;
        // A turn whose command is in the log already is not added.
        if !is_next || self.add_rows(desk, turns)? < turns.rows.len() as u64 {
            return Err(Undo::Conflict);
        }
        rest.iter().try_for_each(|of| self.add_rows(desk, of).map(|_| ()))?;
        Ok(())
    }

    /// Appends by one statement, which saves as many round trips while others wait.
    fn append_at_once(
        &mut self,
        desk: &str,
        first: &Entry,
        last: &Entry,
        rows: &[Rows; 3],
    ) -> Result<Appended, Problem> {
        let mut statement =
            format!("WITH moved AS ({MOVE} AND NOT EXISTS ({REMOVED}) AND NOT EXISTS ({KNOWN}) RETURNING desk)");
        let mut values = [moves(desk, first, last), known(desk, first), known(desk, first)].concat();
        for of in rows.iter().filter(|of| !of.rows.is_empty()) {
            let Rows { table, columns, .. } = of;
            statement.push_str(&format!(
                ", {table}_added AS (INSERT INTO {table} (desk, {columns}) SELECT moved.desk, added.* FROM moved \
                 CROSS JOIN (VALUES {}) AS added)",
                of.places()
            ));
            values.extend(of.rows.iter().flatten().cloned());
        }
        statement.push_str(" SELECT COUNT(*) FROM moved");
        let moved = self.sql.query(&statement, &values)?;
        let is_moved = moved.first().and_then(|row| row.first()).map_or(Ok(0), Value::integer)? == 1;
        Ok(if is_moved { Appended::Done } else { Appended::Conflict })
    }

    /// Adds rows, without those whose keys are there; returns how many.
    pub(super) fn add_rows(&mut self, desk: &str, of: &Rows) -> Result<u64, Problem> {
        let Rows { table, columns, .. } = of;
        let (insert, or_nothing) = (self.sql.dialect().insert(), self.sql.dialect().or_nothing());
        let mut added = 0;
        for rows in of.rows.chunks(ROWS) {
            let rows = Rows { rows: rows.iter().map(|row| with_desk(desk, row)).collect(), ..*of };
            let statement = format!("{insert} {table} (desk, {columns}) VALUES {} {or_nothing}", rows.places());
            added += self.sql.execute(&statement, &rows.rows.concat())?;
        }
        Ok(added)
    }
}

/// Moves a desk on from the turn before.
const MOVE: &str = "UPDATE frontdesk_desks SET last_turn = ?, wakes_at = ? WHERE desk = ? AND last_turn = ?";

/// Finds the command of a turn.
const KNOWN: &str = "SELECT 1 FROM frontdesk_turns WHERE desk = ? AND command_id = ?";

/// Finds a command whose turn was removed.
const REMOVED: &str = "SELECT 1 FROM frontdesk_commands WHERE desk = ? AND command_id = ?";

fn known(desk: &str, first: &Entry) -> Vec<Value> {
    vec![desk.into(), (&first.command_id).into()]
}

fn moves(desk: &str, first: &Entry, last: &Entry) -> Vec<Value> {
    vec![last.turn.into(), last.wakes_at.into(), desk.into(), first.turn.saturating_sub(1).into()]
}

fn with_desk(desk: &str, row: &[Value]) -> Vec<Value> {
    std::iter::once(desk.into()).chain(row.iter().cloned()).collect()
}

impl Rows {
    /// Returns all rows of turns.
    fn of(entries: &[Entry]) -> [Rows; 3] {
        [Rows::turns(entries), Rows::conversations(entries), Rows::subjects(entries)]
    }

    fn turns(entries: &[Entry]) -> Rows {
        let row = |it: &Entry| {
            let digest = (&it.digest.to_string()).into();
            vec![it.turn.into(), (&it.command_id).into(), it.at.into(), (&it.body).into(), digest]
        };
        let rows = entries.iter().map(row).collect();
        Rows { table: "frontdesk_turns", columns: "turn, command_id, at, body, digest", rows }
    }

    fn conversations(entries: &[Entry]) -> Rows {
        let of = |it: &Entry| it.conversations.iter().map(|id| vec![id.into(), it.turn.into()]).collect::<Vec<_>>();
        let rows = entries.iter().flat_map(of).collect();
        Rows { table: "frontdesk_conversations", columns: "conversation, turn", rows }
    }

    fn subjects(entries: &[Entry]) -> Rows {
        let rows = entries.iter().flat_map(|it| subjects(it.turn, 0, &it.personal)).collect();
        Rows { table: "frontdesk_subjects", columns: SUBJECTS, rows }
    }

    /// Returns the rows of commands whose turns were removed.
    pub fn removed(commands: &[Removed]) -> Rows {
        let rows = commands.iter().map(|it| vec![(&it.command_id).into(), it.turn.into()]).collect();
        Rows { table: "frontdesk_commands", columns: "command_id, turn", rows }
    }

    /// Returns the rows of commands that are handed in.
    pub fn handed_in(commands: &[(&str, &str)], at: i64) -> Rows {
        let rows = commands.iter().map(|(id, text)| vec![(*id).into(), (*text).into(), at.into()]).collect();
        Rows { table: "frontdesk_pending", columns: "command_id, command, handed_in_at", rows }
    }

    /// Returns the rows of the personal data of a snapshot.
    pub fn subjects_of_snapshot(turn: u64, personal: &[(String, String)]) -> Rows {
        Rows { table: "frontdesk_subjects", columns: SUBJECTS, rows: subjects(turn, 1, personal).collect() }
    }

    /// Returns the places of all values.
    fn places(&self) -> String {
        let row = format!("({})", vec!["?"; self.rows.first().map_or(0, Vec::len)].join(", "));
        vec![row; self.rows.len()].join(", ")
    }
}

const SUBJECTS: &str = "turn, of_snapshot, subject, personal";

fn subjects(turn: u64, of_snapshot: i64, personal: &[(String, String)]) -> impl Iterator<Item = Vec<Value>> {
    personal.iter().map(move |(subject, values)| vec![turn.into(), of_snapshot.into(), subject.into(), values.into()])
}
