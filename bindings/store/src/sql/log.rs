//! The log over the tables. All statements are here, in `schema.rs` and in `rows.rs`; what differs between the engines is in
//! `dialect.rs`.

use std::ops::RangeInclusive;

use frontdesk::Problem;

use super::append::Rows;
use super::rows::{columns, digest, maybe_number, number};
use super::{Sql, SqlLog, Value};
use crate::entry::{Entry, StoredTurn};
use crate::log::{Appended, HandedIn, Head, Log, Outcome, Pending, Removed, StoredPersonal, StoredSnapshot};

/// The most values of one list.
const MOST: usize = 256;

/// The most bytes of one part of a snapshot: a server takes no statement that is much larger.
const PART: usize = 1 << 20;

impl<S: Sql> Log for SqlLog<S> {
    fn transaction<T, E: From<Problem>>(&mut self, work: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.within_savepoint(work)
    }

    fn check(&mut self) -> Result<(), Problem> {
        self.check_version()
    }

    fn desks(&mut self, after: &str, most: usize) -> Result<Vec<String>, Problem> {
        let query = "SELECT desk FROM frontdesk_desks WHERE desk > ? ORDER BY desk LIMIT ?";
        let rows = self.sql.query(query, &[after.into(), (most as u64).into()])?;
        rows.into_iter().map(|row| columns(row).and_then(|[desk]| desk.text())).collect()
    }

    fn head(&mut self, desk: &str) -> Result<Option<Head>, Problem> {
        let query = "SELECT last_turn, wakes_at FROM frontdesk_desks WHERE desk = ?";
        let Some(row) = self.one(query, &[desk.into()])? else { return Ok(None) };
        let [last_turn, wakes_at] = columns(row)?;
        Ok(Some(Head { last_turn: number(&last_turn)?, wakes_at: wakes_at.maybe_integer()? }))
    }

    fn create(&mut self, desk: &str, first: &Entry) -> Result<Appended, Problem> {
        self.within(|log| {
            let (insert, or_nothing) = (log.sql.dialect().insert(), log.sql.dialect().or_nothing());
            let added = log.sql.execute(
                &format!(
                    "{insert} frontdesk_desks (desk, last_turn, wakes_at, erased_turn) VALUES (?, ?, ?, 0) {or_nothing}"
                ),
                &[desk.into(), first.turn.into(), first.wakes_at.into()],
            )?;
            if added == 0 {
                return Ok(Appended::Conflict);
            }
            log.sql.execute("INSERT INTO frontdesk_leases (desk, ends_at) VALUES (?, 0)", &[desk.into()])?;
            log.add_turn(desk, first)?;
            Ok(Appended::Done)
        })
    }

    fn append(&mut self, desk: &str, entries: &[Entry]) -> Result<Appended, Problem> {
        self.append_turns(desk, entries)
    }

    fn hold(&mut self, desk: &str, last: u64) -> Result<bool, Problem> {
        let lock = self.sql.dialect().for_update();
        let query = format!("SELECT last_turn FROM frontdesk_desks WHERE desk = ? {lock}");
        Ok(self.maybe_turn(&query, &[desk.into()])? == Some(last))
    }

    fn read(&mut self, desk: &str, from: u64, most: usize) -> Result<Vec<StoredTurn>, Problem> {
        let query = "SELECT turn, digest, CASE WHEN turn = ? THEN NULL ELSE body END FROM frontdesk_turns \
                     WHERE desk = ? AND turn >= ? ORDER BY turn LIMIT ?";
        let most = most.saturating_add(1) as u64;
        self.turns_by(desk, query, &[from.into(), desk.into(), from.into(), most.into()])
    }

    fn turns(&mut self, desk: &str, numbers: &[u64]) -> Result<Vec<StoredTurn>, Problem> {
        let query = "SELECT turn, digest, body FROM frontdesk_turns WHERE desk = ? AND turn IN";
        let rows = self.each_in(query, desk, numbers)?;
        self.stored(desk, rows)
    }

    fn personal(&mut self, desk: &str, turns: RangeInclusive<u64>) -> Result<Vec<StoredPersonal>, Problem> {
        let rows = self.sql.query(
            "SELECT turn, subject, personal FROM frontdesk_subjects \
             WHERE desk = ? AND turn >= ? AND turn <= ? AND of_snapshot = 0 ORDER BY turn, subject",
            &[desk.into(), (*turns.start()).into(), (*turns.end()).into()],
        )?;
        let personal = |row| {
            let [turn, subject, values] = columns(row)?;
            Ok(StoredPersonal { turn: number(&turn)?, subject: subject.text()?, values: values.text()? })
        };
        rows.into_iter().map(personal).collect()
    }

    fn find(&mut self, desk: &str, command_id: &str) -> Result<Option<u64>, Problem> {
        let query = "SELECT turn FROM frontdesk_turns WHERE desk = ? AND command_id = ? \
                     UNION ALL SELECT turn FROM frontdesk_commands WHERE desk = ? AND command_id = ?";
        self.maybe_turn(query, &[desk.into(), command_id.into(), desk.into(), command_id.into()])
    }

    fn last_turn_at(&mut self, desk: &str, at: i64) -> Result<Option<u64>, Problem> {
        let query = "SELECT MAX(turn) FROM frontdesk_turns WHERE desk = ? AND at <= ?";
        self.maybe_turn(query, &[desk.into(), at.into()])
    }

    fn about(&mut self, desk: &str, conversation: &str, from: u64, most: usize) -> Result<Vec<StoredTurn>, Problem> {
        let query = "SELECT t.turn, t.digest, t.body FROM frontdesk_conversations c \
                     JOIN frontdesk_turns t ON t.desk = c.desk AND t.turn = c.turn \
                     WHERE c.desk = ? AND c.conversation = ? AND c.turn >= ? ORDER BY c.turn LIMIT ?";
        self.turns_by(desk, query, &[desk.into(), conversation.into(), from.into(), (most as u64).into()])
    }

    fn snapshot(&mut self, desk: &str, up_to: u64) -> Result<Option<StoredSnapshot>, Problem> {
        let newest = "SELECT MAX(turn) FROM frontdesk_snapshots WHERE desk = ? AND turn <= ?";
        let Some(turn) = self.maybe_turn(newest, &[desk.into(), up_to.into()])? else { return Ok(None) };
        let parts = self.sql.query(
            "SELECT digest, body FROM frontdesk_snapshots WHERE desk = ? AND turn = ? ORDER BY part",
            &[desk.into(), turn.into()],
        )?;
        let (mut whole, mut text) = (None, String::new());
        for row in parts {
            let [of, part] = columns(row)?;
            whole = Some(digest(of)?);
            text.push_str(&part.text()?);
        }
        let personal = self.personal_of_snapshot(desk, turn)?;
        Ok(whole.map(|digest| StoredSnapshot { turn, digest, body: text, personal }))
    }

    fn snapshot_turns(&mut self, desk: &str) -> Result<Vec<u64>, Problem> {
        let query = "SELECT turn FROM frontdesk_snapshots WHERE desk = ? AND part = 0 ORDER BY turn";
        let rows = self.sql.query(query, &[desk.into()])?;
        rows.into_iter().map(|row| columns(row).and_then(|[turn]| number(&turn))).collect()
    }

    fn put_snapshot(&mut self, desk: &str, snapshot: &StoredSnapshot) -> Result<(), Problem> {
        self.within(|log| {
            // Holds up an `erase`, which writes the same row, and fails no append of a transaction that sees an older one.
            let lock = log.sql.dialect().for_update();
            let query = format!("SELECT erased_turn FROM frontdesk_desks WHERE desk = ? {lock}");
            let erased = log.maybe_turn(&query, &[desk.into()])?;
            if erased.is_some_and(|erased| erased <= snapshot.turn) {
                log.add_snapshot(desk, snapshot)?;
            }
            Ok(())
        })
    }

    fn hand_in(&mut self, desk: &str, commands: &[(&str, &str)], at: i64) -> Result<(), Problem> {
        self.add_rows(desk, &Rows::handed_in(commands, at)).map(|_| ())
    }

    fn handed_in(&mut self, desk: &str, command_ids: &[&str]) -> Result<Vec<HandedIn>, Problem> {
        let query =
            "SELECT command_id, decided_at, turn, refused FROM frontdesk_pending WHERE desk = ? AND command_id IN";
        let handed_in = |row| {
            let [command_id, decided_at, turn, refused] = columns(row)?;
            let (command_id, decided) = (command_id.text()?, decided_at.maybe_integer()?.is_some());
            Ok(HandedIn { command_id, decided, turn: maybe_number(&turn)?, refused: refused.maybe_text()? })
        };
        self.each_in(query, desk, command_ids)?.into_iter().map(handed_in).collect()
    }

    fn pending(&mut self, desk: &str, after: i64, most: usize) -> Result<Vec<Pending>, Problem> {
        let rows = self.sql.query(
            "SELECT p.number, p.handed_in_at, p.command_id, p.command, COALESCE(t.turn, c.turn) FROM frontdesk_pending p \
             LEFT JOIN frontdesk_turns t ON t.desk = p.desk AND t.command_id = p.command_id \
             LEFT JOIN frontdesk_commands c ON c.desk = p.desk AND c.command_id = p.command_id \
             WHERE p.desk = ? AND p.decided_at IS NULL AND p.number > ? ORDER BY p.number LIMIT ?",
            &[desk.into(), after.into(), (most as u64).into()],
        )?;
        let pending = |row| {
            let [number, at, command_id, command, turn] = columns(row)?;
            let (number, at, turn) = (number.integer()?, at.integer()?, maybe_number(&turn)?);
            Ok(Pending { number, at, command_id: command_id.text()?, command: command.text()?, turn })
        };
        rows.into_iter().map(pending).collect()
    }

    fn settle(&mut self, desk: &str, outcomes: &[Outcome], at: i64) -> Result<u64, Problem> {
        let (carried_out, refused): (Vec<_>, Vec<_>) = outcomes.iter().partition(|outcome| outcome.turn.is_some());
        self.within(|log| {
            let mut settled = 0;
            for outcomes in carried_out.chunks(MOST) {
                settled += log.settle_carried_out(desk, outcomes, at)?;
            }
            refused.iter().try_fold(settled, |settled, outcome| Ok(settled + log.settle_refused(desk, outcome, at)?))
        })
    }

    fn take_lease(&mut self, desk: &str, holder: &str, millis: i64) -> Result<bool, Problem> {
        let now = self.sql.dialect().now();
        let statement = format!(
            "UPDATE frontdesk_leases SET holder = ?, ends_at = {now} + ? \
             WHERE desk = ? AND (holder IS NULL OR holder = ? OR ends_at <= {now})"
        );
        let taken = self.sql.execute(&statement, &[holder.into(), millis.into(), desk.into(), holder.into()])?;
        // MySQL counts a row as changed only if a value is another one.
        Ok(taken == 1 || self.has_lease(desk, holder)?)
    }

    fn end_lease(&mut self, desk: &str, holder: &str) -> Result<(), Problem> {
        let statement = "UPDATE frontdesk_leases SET holder = NULL, ends_at = 0 WHERE desk = ? AND holder = ?";
        self.sql.execute(statement, &[desk.into(), holder.into()])?;
        Ok(())
    }

    fn now(&mut self) -> Result<i64, Problem> {
        let query = format!("SELECT {}", self.sql.dialect().now());
        self.one(&query, &[])?.as_deref().and_then(<[Value]>::first).map_or(Ok(0), Value::integer)
    }

    fn compact(&mut self, desk: &str, before: u64) -> Result<u64, Problem> {
        self.within(|log| {
            let (insert, or_nothing) = (log.sql.dialect().insert(), log.sql.dialect().or_nothing());
            let kept = format!(
                "{insert} frontdesk_commands (desk, command_id, turn) SELECT desk, command_id, turn FROM frontdesk_turns \
                 WHERE desk = ? AND turn < ? AND command_id IS NOT NULL {or_nothing}"
            );
            log.sql.execute(&kept, &[desk.into(), before.into()])?;
            for table in ["frontdesk_conversations", "frontdesk_snapshots", "frontdesk_subjects"] {
                let statement = format!("DELETE FROM {table} WHERE desk = ? AND turn < ?");
                log.sql.execute(&statement, &[desk.into(), before.into()])?;
            }
            let statement = "DELETE FROM frontdesk_turns WHERE desk = ? AND turn < ?";
            log.sql.execute(statement, &[desk.into(), before.into()])
        })
    }

    fn removed(&mut self, desk: &str, after: &str, most: usize) -> Result<Vec<Removed>, Problem> {
        let rows = self.sql.query(
            "SELECT command_id, turn FROM frontdesk_commands WHERE desk = ? AND command_id > ? ORDER BY command_id LIMIT ?",
            &[desk.into(), after.into(), (most as u64).into()],
        )?;
        let removed = |row| {
            let [command_id, turn] = columns(row)?;
            Ok(Removed { command_id: command_id.text()?, turn: number(&turn)? })
        };
        rows.into_iter().map(removed).collect()
    }

    fn add_removed(&mut self, desk: &str, commands: &[Removed]) -> Result<(), Problem> {
        self.within(|log| log.add_rows(desk, &Rows::removed(commands))).map(|_| ())
    }

    fn forget_decided(&mut self, desk: &str, before: i64) -> Result<u64, Problem> {
        let statement = "DELETE FROM frontdesk_pending WHERE desk = ? AND decided_at < ?";
        self.sql.execute(statement, &[desk.into(), before.into()])
    }

    fn erase(&mut self, desk: &str, subject: &str, up_to: u64) -> Result<u64, Problem> {
        self.within(|log| {
            log.sql
                .execute("UPDATE frontdesk_desks SET erased_turn = ? WHERE desk = ?", &[up_to.into(), desk.into()])?;
            log.sql.execute(
                "DELETE FROM frontdesk_subjects WHERE desk = ? AND subject = ? AND turn <= ?",
                &[desk.into(), subject.into(), up_to.into()],
            )
        })
    }

    fn due(&mut self, at: i64, most: usize) -> Result<Vec<String>, Problem> {
        let rows = self.sql.query(
            "SELECT desk FROM frontdesk_desks WHERE wakes_at <= ? OR EXISTS (SELECT 1 FROM frontdesk_pending p \
             WHERE p.desk = frontdesk_desks.desk AND p.decided_at IS NULL) ORDER BY COALESCE(wakes_at, 0) LIMIT ?",
            &[at.into(), (most as u64).into()],
        )?;
        rows.into_iter().map(|row| columns(row).and_then(|[desk]| desk.text())).collect()
    }
}

impl<S: Sql> SqlLog<S> {
    /// Returns the first row of a query.
    fn one(&mut self, query: &str, values: &[Value]) -> Result<Option<Vec<Value>>, Problem> {
        Ok(self.sql.query(query, values)?.into_iter().next())
    }

    /// Returns the number of a turn that a query finds.
    fn maybe_turn(&mut self, query: &str, values: &[Value]) -> Result<Option<u64>, Problem> {
        let row = self.one(query, values)?;
        row.as_deref().and_then(<[Value]>::first).map_or(Ok(None), maybe_number)
    }

    fn has_lease(&mut self, desk: &str, holder: &str) -> Result<bool, Problem> {
        let query = "SELECT holder FROM frontdesk_leases WHERE desk = ?";
        let Some(row) = self.one(query, &[desk.into()])? else { return Ok(false) };
        let [has] = columns(row)?;
        Ok(has.maybe_text()?.as_deref() == Some(holder))
    }

    /// Returns the rows of a query whose column is one of some values.
    fn each_in<T: Copy + Into<Value>>(
        &mut self,
        query: &str,
        desk: &str,
        values: &[T],
    ) -> Result<Vec<Vec<Value>>, Problem> {
        let mut rows = Vec::new();
        for values in values.chunks(MOST) {
            let all =
                std::iter::once(desk.into()).chain(values.iter().map(|value| (*value).into())).collect::<Vec<_>>();
            rows.extend(self.sql.query(&format!("{query} {}", places(values.len())), &all)?);
        }
        Ok(rows)
    }

    /// Says that commands gave turns; returns of how many that were not decided before.
    fn settle_carried_out(&mut self, desk: &str, outcomes: &[&Outcome], at: i64) -> Result<u64, Problem> {
        let turn = |outcome: &&Outcome| outcome.turn.map_or(Value::NoInteger, Value::from);
        let cases = "WHEN ? THEN ? ".repeat(outcomes.len());
        // The command is in the log now: its data is not kept twice.
        let statement = format!(
            "UPDATE frontdesk_pending SET decided_at = ?, command = '', turn = CASE number {cases}END \
             WHERE desk = ? AND decided_at IS NULL AND number IN {}",
            places(outcomes.len())
        );
        let mut values = vec![at.into()];
        values.extend(outcomes.iter().flat_map(|outcome| [outcome.number.into(), turn(outcome)]));
        values.push(desk.into());
        values.extend(outcomes.iter().map(|outcome| Value::from(outcome.number)));
        self.sql.execute(&statement, &values)
    }

    /// Says that a command gave no turn; returns 1, or 0 if it was decided before.
    fn settle_refused(&mut self, desk: &str, outcome: &Outcome, at: i64) -> Result<u64, Problem> {
        self.sql.execute(
            "UPDATE frontdesk_pending SET decided_at = ?, refused = ?, command = '' \
             WHERE number = ? AND desk = ? AND decided_at IS NULL",
            &[at.into(), (&outcome.refused).into(), outcome.number.into(), desk.into()],
        )
    }

    /// Adds a snapshot, unless there is one of its turn: also one that this transaction does not see.
    fn add_snapshot(&mut self, desk: &str, snapshot: &StoredSnapshot) -> Result<(), Problem> {
        let (insert, or_nothing) = (self.sql.dialect().insert(), self.sql.dialect().or_nothing());
        let statement = format!(
            "{insert} frontdesk_snapshots (desk, turn, part, digest, body) VALUES (?, ?, ?, ?, ?) {or_nothing}"
        );
        let digest = snapshot.digest.to_string();
        for (part, text) in (0_i64..).zip(parts(&snapshot.body)) {
            let values = [desk.into(), snapshot.turn.into(), part.into(), (&digest).into(), text.into()];
            if self.sql.execute(&statement, &values)? == 0 {
                return Ok(());
            }
        }
        self.add_rows(desk, &Rows::subjects_of_snapshot(snapshot.turn, &snapshot.personal)).map(|_| ())
    }

    fn personal_of_snapshot(&mut self, desk: &str, turn: u64) -> Result<Vec<(String, String)>, Problem> {
        let rows = self.sql.query(
            "SELECT subject, personal FROM frontdesk_subjects WHERE desk = ? AND turn = ? AND of_snapshot = 1",
            &[desk.into(), turn.into()],
        )?;
        let pair = |row| columns(row).and_then(|[subject, personal]| Ok((subject.text()?, personal.text()?)));
        rows.into_iter().map(pair).collect()
    }
}

/// Returns the places of a list of values.
fn places(count: usize) -> String {
    format!("({})", vec!["?"; count].join(", "))
}

/// Cuts a text into parts of at most [`PART`] bytes, between characters.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = (0..=PART.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end))?;
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part).filter(|part| !part.is_empty())
    })
}
