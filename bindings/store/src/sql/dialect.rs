//! The differences between the engines.

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// SQLite, from 3.35 on.
    Sqlite,
    /// PostgreSQL, from 12 on.
    Postgres,
    /// MariaDB, from 10.5 on, and MySQL, from 8.0 on.
    Mysql,
}

impl Dialect {
    /// Returns the statement with the placeholders of PostgreSQL, `$1`, where it has `?`; as it is for others.
    pub fn placed(self, statement: &str) -> String {
        match self {
            Dialect::Postgres => numbered(statement),
            Dialect::Sqlite | Dialect::Mysql => statement.to_owned(),
        }
    }

    /// Returns `true` if a failed statement ends the whole transaction: the caller can only roll it back.
    pub(super) fn ends_with_a_failure(self) -> bool {
        match self {
            Dialect::Postgres => true,
            Dialect::Sqlite | Dialect::Mysql => false,
        }
    }

    /// The beginning of an insert that leaves a row out whose key is there.
    pub(super) fn insert(self) -> &'static str {
        match self {
            Dialect::Mysql => "INSERT IGNORE INTO",
            Dialect::Sqlite | Dialect::Postgres => "INSERT INTO",
        }
    }

    /// The end of an insert that leaves a row out whose key is there.
    pub(super) fn or_nothing(self) -> &'static str {
        match self {
            Dialect::Mysql => "",
            Dialect::Sqlite | Dialect::Postgres => "ON CONFLICT DO NOTHING",
        }
    }

    /// The end of a query whose rows nobody else may change until the transaction ends. SQLite has one writer.
    pub(super) fn for_update(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres | Dialect::Mysql => "FOR UPDATE",
        }
    }

    /// The time of the database's clock, in milliseconds of UTC. It goes on within a transaction. That of MariaDB has whole
    /// seconds: a finer one is read in the session's zone, where an hour may come twice.
    pub(super) fn now(self) -> &'static str {
        match self {
            Dialect::Sqlite => "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
            Dialect::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
            Dialect::Mysql => "UNIX_TIMESTAMP() * 1000",
        }
    }

    /// The query for the number of tables with the version: one, or none.
    pub(super) fn has_schema(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'frontdesk_schema'",
            // The one that a statement without the name of a schema finds.
            Dialect::Postgres => "SELECT CASE WHEN to_regclass('frontdesk_schema') IS NULL THEN 0 ELSE 1 END",
            Dialect::Mysql => {
                "SELECT COUNT(*) FROM information_schema.tables \
                 WHERE table_schema = DATABASE() AND table_name = 'frontdesk_schema'"
            }
        }
    }

    /// The type of an id: at most 256 characters, also with a word before, compared byte by byte.
    pub(super) fn id(self) -> &'static str {
        match self {
            Dialect::Sqlite => "TEXT",
            Dialect::Postgres => "TEXT COLLATE \"C\"",
            Dialect::Mysql => "VARBINARY(1100)",
        }
    }

    /// The type of long text.
    pub(super) fn text(self) -> &'static str {
        match self {
            Dialect::Sqlite | Dialect::Postgres => "TEXT",
            Dialect::Mysql => "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
        }
    }

    /// The type of a number that the database counts, with the primary key of its table. PostgreSQL's has the desk, too: a table
    /// that is cut by desks needs it in each of its keys.
    pub(super) fn counted(self) -> &'static str {
        match self {
            Dialect::Sqlite => "INTEGER PRIMARY KEY AUTOINCREMENT",
            Dialect::Postgres => "BIGINT GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (desk, number)",
            Dialect::Mysql => "BIGINT AUTO_INCREMENT PRIMARY KEY",
        }
    }

    /// The end of a statement that creates a table.
    pub(super) fn table(self) -> &'static str {
        match self {
            Dialect::Sqlite | Dialect::Postgres => "",
            Dialect::Mysql => "ENGINE=InnoDB ROW_FORMAT=DYNAMIC",
        }
    }
}

fn numbered(statement: &str) -> String {
    let mut parts = statement.split('?');
    let mut placed = parts.next().unwrap_or_default().to_owned();
    for (index, part) in parts.enumerate() {
        placed.push_str(&format!("${}", index + 1));
        placed.push_str(part);
    }
    placed
}
