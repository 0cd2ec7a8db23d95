//! The tables, and how they became what they are.

use frontdesk::{Code, Problem};

use super::{Dialect, Sql, SqlLog};

/// The version of the tables that this program reads and writes.
const VERSION: i64 = 1;

/// The statements that make the tables of each version from those of the one before.
fn steps(dialect: Dialect) -> [Vec<String>; VERSION as usize] {
    [first(dialect)]
}

/// A table: its columns, and its indexes, each with what it is on.
struct Table {
    name: &'static str,
    columns: String,
    indexes: &'static [Index],
}

/// An index: its kind, its name, and what it is on.
type Index = (&'static str, &'static str, &'static str);

impl Table {
    /// Returns the statements that create it where it is missing: MariaDB ends a transaction at each, so that a part of them may
    /// be done already.
    fn statements(&self, dialect: Dialect) -> Vec<String> {
        let Table { name, columns, indexes } = self;
        if dialect == Dialect::Mysql {
            let indexes: String = indexes.iter().map(|(kind, index, on)| format!(", {kind} {index} {on}")).collect();
            return vec![format!("CREATE TABLE IF NOT EXISTS {name} ({columns}{indexes}) {}", dialect.table())];
        }
        let table = format!("CREATE TABLE IF NOT EXISTS {name} ({columns})");
        let index = |(kind, index, on): &Index| format!("CREATE {kind} IF NOT EXISTS {index} ON {name} {on}");
        std::iter::once(table).chain(indexes.iter().map(index)).collect()
    }
}

fn first(dialect: Dialect) -> Vec<String> {
    let (id, text, counted) = (dialect.id(), dialect.text(), dialect.counted());
    let tables = [
        Table {
            name: "frontdesk_desks",
            columns: format!(
                "desk {id} NOT NULL PRIMARY KEY, last_turn BIGINT NOT NULL, wakes_at BIGINT, \
                 erased_turn BIGINT NOT NULL"
            ),
            indexes: &[("INDEX", "frontdesk_desks_wakes", "(wakes_at)")],
        },
        // Apart from the desks, whose rows are written by appends: those who take a lease would fail them.
        Table {
            name: "frontdesk_leases",
            columns: format!("desk {id} NOT NULL PRIMARY KEY, holder VARCHAR(100), ends_at BIGINT NOT NULL"),
            indexes: &[],
        },
        Table {
            name: "frontdesk_turns",
            columns: format!(
                "desk {id} NOT NULL, turn BIGINT NOT NULL, command_id {id}, at BIGINT NOT NULL, body {text} NOT NULL, \
                 digest CHAR(64) NOT NULL, PRIMARY KEY (desk, turn)"
            ),
            // Of indexes that seem alike to PostgreSQL, as all do before it has counted the rows, it takes the newest: each append
            // looks for its command.
            indexes: &[
                ("INDEX", "frontdesk_turns_at", "(desk, at)"),
                ("UNIQUE INDEX", "frontdesk_turns_command", "(desk, command_id)"),
            ],
        },
        // The commands of turns that were removed, so that none is carried out again.
        Table {
            name: "frontdesk_commands",
            columns: format!(
                "desk {id} NOT NULL, command_id {id} NOT NULL, turn BIGINT NOT NULL, PRIMARY KEY (desk, command_id)"
            ),
            indexes: &[],
        },
        Table {
            name: "frontdesk_conversations",
            columns: format!(
                "desk {id} NOT NULL, conversation {id} NOT NULL, turn BIGINT NOT NULL, \
                 PRIMARY KEY (desk, conversation, turn)"
            ),
            indexes: &[("INDEX", "frontdesk_conversations_turn", "(desk, turn)")],
        },
        Table {
            name: "frontdesk_snapshots",
            columns: format!(
                "desk {id} NOT NULL, turn BIGINT NOT NULL, part INTEGER NOT NULL, digest CHAR(64) NOT NULL, \
                 body {text} NOT NULL, PRIMARY KEY (desk, turn, part)"
            ),
            indexes: &[],
        },
        Table {
            name: "frontdesk_subjects",
            columns: format!(
                "desk {id} NOT NULL, turn BIGINT NOT NULL, of_snapshot INTEGER NOT NULL, subject {id} NOT NULL, \
                 personal {text} NOT NULL, PRIMARY KEY (desk, turn, of_snapshot, subject)"
            ),
            indexes: &[("INDEX", "frontdesk_subjects_subject", "(desk, subject)")],
        },
        Table {
            name: "frontdesk_pending",
            columns: format!(
                "number {counted}, desk {id} NOT NULL, command_id {id} NOT NULL, command {text} NOT NULL, \
                 handed_in_at BIGINT NOT NULL, decided_at BIGINT, turn BIGINT, refused {text}, UNIQUE (desk, command_id)"
            ),
            indexes: waiting(dialect),
        },
    ];
    tables.iter().flat_map(|table| table.statements(dialect)).collect()
}

/// The index of the commands that wait. One that has the decided ones, too, is taken by PostgreSQL for their answers as long as it
/// has not counted the rows, which reads all of them; MySQL has none of a part of the rows.
fn waiting(dialect: Dialect) -> &'static [Index] {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => {
            &[("INDEX", "frontdesk_pending_waiting", "(desk, number) WHERE decided_at IS NULL")]
        }
        Dialect::Mysql => &[("INDEX", "frontdesk_pending_waiting", "(desk, decided_at, number)")],
    }
}

impl<S: Sql> SqlLog<S> {
    /// Creates the tables, or brings those of an earlier version up to this one. Does nothing if they are as they should be.
    /// Of several workers who call it at once one does, and the others wait.
    ///
    /// # Errors
    /// `unsupported_version` for tables of a later version, which are left as they are.
    pub fn migrate(&mut self) -> Result<(), Problem> {
        self.within(|log| {
            log.lock_schema("GET_LOCK('frontdesk_schema', 60)")?;
            let made = log.make_tables();
            log.lock_schema("RELEASE_LOCK('frontdesk_schema')")?;
            made
        })
    }

    fn make_tables(&mut self) -> Result<(), Problem> {
        let dialect = self.sql.dialect();
        let end = dialect.table();
        let table = format!("CREATE TABLE IF NOT EXISTS frontdesk_schema (version BIGINT NOT NULL) {end}");
        self.sql.execute(&table, &[])?;
        let version = self.version()?;
        check(version)?;
        for statement in steps(dialect).iter().skip(usize::try_from(version).unwrap_or_default()).flatten() {
            self.sql.execute(statement, &[])?;
        }
        self.sql.execute("DELETE FROM frontdesk_schema", &[])?;
        self.sql.execute("INSERT INTO frontdesk_schema (version) VALUES (?)", &[VERSION.into()])?;
        Ok(())
    }

    /// Holds others up who create the tables. The lock of PostgreSQL ends with the transaction, and SQLite has one writer; that of
    /// MariaDB, which has no transactions of tables, is taken and released by the functions given.
    fn lock_schema(&mut self, function: &str) -> Result<(), Problem> {
        let query = match self.sql.dialect() {
            Dialect::Sqlite => return Ok(()),
            // After a failed statement, which made them all fail, there is nothing to release.
            Dialect::Postgres if function.starts_with("RELEASE") => return Ok(()),
            Dialect::Postgres => "SELECT CAST(pg_advisory_xact_lock(7306639017) AS TEXT)".to_owned(),
            Dialect::Mysql => format!("SELECT {function}"),
        };
        self.sql.query(&query, &[]).map(|_| ())
    }

    /// Returns `true` if the tables are there, of whichever version.
    ///
    /// # Errors
    /// Those of the database.
    pub fn has_tables(&mut self) -> Result<bool, Problem> {
        let rows = self.sql.query(self.sql.dialect().has_schema(), &[])?;
        let count = rows.first().and_then(|row| row.first()).map_or(Ok(0), super::Value::integer)?;
        Ok(count > 0)
    }

    /// Checks that the tables are those of this program.
    ///
    /// # Errors
    /// `unsupported_version` for tables of another version, and `database_failed` if there are none.
    pub fn check_version(&mut self) -> Result<(), Problem> {
        if !self.has_tables()? {
            let message = "the database has no tables of frontdesk";
            return Err(Problem::new(Code::DatabaseFailed, message).with_hint("call `migrate` first"));
        }
        let version = self.version()?;
        check(version)?;
        if version < VERSION {
            let message = format!("the tables are of version {version}, and this program needs version {VERSION}");
            return Err(Problem::new(Code::UnsupportedVersion, message).with_hint("call `migrate` first"));
        }
        Ok(())
    }

    fn version(&mut self) -> Result<i64, Problem> {
        let rows = self.sql.query("SELECT version FROM frontdesk_schema", &[])?;
        rows.first().and_then(|row| row.first()).map_or(Ok(0), |version| version.integer())
    }
}

fn check(version: i64) -> Result<(), Problem> {
    if version <= VERSION {
        return Ok(());
    }
    let message = format!("the tables are of version {version}, and this program knows those up to version {VERSION}");
    Err(Problem::new(Code::UnsupportedVersion, message).with_hint("update frontdesk in this program"))
}
