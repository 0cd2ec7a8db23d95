//! Connections to databases, whichever the engine.

use std::path::Path;

use frontdesk::{Code, Problem};
use frontdesk_store::{Sql, SqlLog};
#[cfg(feature = "mysql")]
use mysql::prelude::Queryable;

#[cfg(any(feature = "postgres", feature = "mysql"))]
use super::address::TlsMode;
use super::address::{Address, Engine, Tls};

/// A log whose engine is that of the address.
pub type AnyLog<'a> = SqlLog<Box<dyn Sql + 'a>>;

/// The use that a verb makes of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It reads.
    Read,
    /// It writes to tables that are there.
    Write,
    /// It makes the tables, and a file of SQLite.
    Make,
}

/// An open connection.
pub enum Connection {
    #[cfg(feature = "sqlite")]
    Sqlite(rusqlite::Connection),
    #[cfg(feature = "postgres")]
    Postgres(Box<postgres::Client>),
    #[cfg(feature = "mysql")]
    Mysql(Box<mysql::Conn>),
}

impl Connection {
    /// Connects to the database of an address.
    pub fn open(address: &Address, access: Access) -> Result<Connection, Problem> {
        let (engine, location) = address.location().map_err(|why| Problem::new(Code::InvalidValue, why))?;
        if let Some(Err(error)) = address.tls().roots.as_ref().map(std::fs::metadata) {
            let why = crate::input::why(&error);
            return Err(unreachable_at(&format!("the certificates of sslrootcert cannot be read: {why}")));
        }
        let opened = match engine {
            Engine::Sqlite => sqlite(Path::new(location), access),
            Engine::Postgres => postgres(location, address.tls()),
            Engine::Mysql => mysql(location, address.tls()),
        };
        opened.map_err(|problem| Problem { message: address.without_secrets(&problem.message), ..problem })
    }

    /// Returns the log in the database.
    pub fn log(&mut self) -> AnyLog<'_> {
        match *self {
            #[cfg(feature = "sqlite")]
            Connection::Sqlite(ref connection) => frontdesk_store::sqlite::sqlite(connection).boxed(),
            #[cfg(feature = "postgres")]
            Connection::Postgres(ref mut client) => frontdesk_store::postgres::postgres(client).boxed(),
            #[cfg(feature = "mysql")]
            Connection::Mysql(ref mut connection) => frontdesk_store::mysql::mysql(connection).boxed(),
        }
    }

    /// Begins a transaction that sees one state of the database, and in which the server refuses to write. A file of SQLite is
    /// opened so that it cannot be written to.
    pub fn begin_reading(&mut self) -> Result<(), Problem> {
        match *self {
            #[cfg(feature = "sqlite")]
            Connection::Sqlite(ref connection) => connection.execute_batch("BEGIN").map_err(failed),
            #[cfg(feature = "postgres")]
            Connection::Postgres(ref mut client) => {
                client.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").map_err(failed)
            }
            #[cfg(feature = "mysql")]
            Connection::Mysql(ref mut connection) => {
                connection.query_drop("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").map_err(failed)?;
                connection.query_drop("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").map_err(failed)
            }
        }
    }

    /// Ends the transaction.
    pub fn end_reading(&mut self) -> Result<(), Problem> {
        match *self {
            #[cfg(feature = "sqlite")]
            Connection::Sqlite(ref connection) => connection.execute_batch("ROLLBACK").map_err(failed),
            #[cfg(feature = "postgres")]
            Connection::Postgres(ref mut client) => client.batch_execute("ROLLBACK").map_err(failed),
            #[cfg(feature = "mysql")]
            Connection::Mysql(ref mut connection) => connection.query_drop("ROLLBACK").map_err(failed),
        }
    }
}

/// The longest time for a connection to be made, or for another program to let a file go.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

#[cfg(feature = "sqlite")]
fn sqlite(path: &Path, access: Access) -> Result<Connection, Problem> {
    use rusqlite::OpenFlags;

    let found = std::fs::metadata(path);
    let is_new = found.as_ref().map_or(access == Access::Make, |file| file.len() == 0);
    match found {
        Ok(file) if file.is_dir() => return Err(unreachable_at("it is a directory")),
        Err(error) if !is_new => {
            let problem = unreachable_at(&crate::input::why(&error));
            return Err(problem.with_hint("`frontdesk log create` makes a database and a desk in it"));
        }
        _ => {}
    }
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Make => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let open = || {
        let connection = rusqlite::Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        if is_new && access == Access::Make {
            // Readers and a writer do not wait for each other.
            connection.pragma_update(None, "journal_mode", "WAL")?;
        }
        Ok(connection)
    };
    open().map(Connection::Sqlite).map_err(|error: rusqlite::Error| unreachable_at(&error.to_string()))
}

#[cfg(feature = "postgres")]
fn postgres(location: &str, tls: &Tls) -> Result<Connection, Problem> {
    use postgres::config::SslMode;

    let mut config: postgres::Config = location.parse().map_err(unreachable_by)?;
    if let (None, Ok(password)) = (config.get_password(), std::env::var("PGPASSWORD")) {
        config.password(password);
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("frontdesk");
    }
    config.ssl_mode(match tls.mode {
        TlsMode::Disable => SslMode::Disable,
        TlsMode::Prefer => SslMode::Prefer,
        TlsMode::Require | TlsMode::VerifyFull => SslMode::Require,
    });
    #[cfg(feature = "tls")]
    let client = config.connect(super::tls::connector(tls)?);
    #[cfg(not(feature = "tls"))]
    let client = {
        without_tls(tls.mode, "this program was built without TLS (`--features tls`)")?;
        config.connect(postgres::NoTls)
    };
    Ok(Connection::Postgres(Box::new(client.map_err(unreachable_by)?)))
}

#[cfg(feature = "mysql")]
fn mysql(location: &str, tls: &Tls) -> Result<Connection, Problem> {
    use mysql::{Opts, OptsBuilder};

    let options = Opts::from_url(location).map_err(unreachable_by)?;
    let (has_password, timeout) = (options.get_pass().is_some(), options.get_tcp_connect_timeout());
    let has_keys = options.get_ssl_opts().is_some();
    let mut builder = OptsBuilder::from_opts(options).tcp_connect_timeout(Some(timeout.unwrap_or(PATIENCE)));
    if let (false, Ok(password)) = (has_password, std::env::var("MYSQL_PWD")) {
        builder = builder.pass(Some(password));
    }
    let connection = mysql_by(builder, tls, has_keys)?;
    Ok(Connection::Mysql(Box::new(connection)))
}

/// Connects by TLS as far as the address says; where it has the driver's own keys about TLS, as those say.
#[cfg(feature = "mysql-tls")]
fn mysql_by(builder: mysql::OptsBuilder, tls: &Tls, has_keys: bool) -> Result<mysql::Conn, Problem> {
    use mysql::{Conn, DriverError, Error, SslOpts};

    if has_keys {
        return Conn::new(builder).map_err(unreachable_by);
    }
    let anybody = SslOpts::default().with_danger_accept_invalid_certs(true).with_danger_skip_domain_validation(true);
    let options = match tls.mode {
        TlsMode::Disable => None,
        TlsMode::Prefer | TlsMode::Require => Some(anybody),
        TlsMode::VerifyFull => Some(SslOpts::default().with_root_cert_path(tls.roots.clone())),
    };
    match Conn::new(builder.clone().ssl_opts(options)) {
        Err(Error::DriverError(DriverError::TlsNotSupported)) if tls.mode == TlsMode::Prefer => {
            Conn::new(builder).map_err(unreachable_by)
        }
        connection => connection.map_err(unreachable_by),
    }
}

#[cfg(all(feature = "mysql", not(feature = "mysql-tls")))]
fn mysql_by(builder: mysql::OptsBuilder, tls: &Tls, has_keys: bool) -> Result<mysql::Conn, Problem> {
    let mode = if has_keys { TlsMode::Require } else { tls.mode };
    without_tls(mode, "this program was built without TLS to MariaDB and MySQL (`--features mysql-tls`)")?;
    mysql::Conn::new(builder).map_err(unreachable_by)
}

/// Refuses an address that asks for TLS.
#[cfg(any(all(feature = "mysql", not(feature = "mysql-tls")), all(feature = "postgres", not(feature = "tls"))))]
fn without_tls(mode: TlsMode, why: &str) -> Result<(), Problem> {
    match mode {
        TlsMode::Disable | TlsMode::Prefer => Ok(()),
        TlsMode::Require | TlsMode::VerifyFull => Err(unreachable_at(why)
            .with_hint("leave the keys about it out, and connect on the server itself or by a tunnel")),
    }
}

#[cfg(not(feature = "sqlite"))]
fn sqlite(_: &Path, _: Access) -> Result<Connection, Problem> {
    Err(not_built("SQLite", "sqlite"))
}

#[cfg(not(feature = "postgres"))]
fn postgres(_: &str, _: &Tls) -> Result<Connection, Problem> {
    Err(not_built("PostgreSQL", "postgres"))
}

#[cfg(not(feature = "mysql"))]
fn mysql(_: &str, _: &Tls) -> Result<Connection, Problem> {
    Err(not_built("MariaDB and MySQL", "mysql"))
}

#[cfg(not(all(feature = "sqlite", feature = "postgres", feature = "mysql")))]
fn not_built(engine: &str, feature: &str) -> Problem {
    unreachable_at(&format!("this program was built without {engine}"))
        .with_hint(format!("build it with `--features {feature}`"))
}

/// The problem of a database that no connection is made to.
pub fn unreachable_at(why: &str) -> Problem {
    Problem::new(Code::DatabaseFailed, format!("it cannot be opened: {why}"))
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn unreachable_by(error: impl std::error::Error) -> Problem {
    let words = in_words(&error);
    // The driver of MariaDB puts the kind of an error around its words.
    let inner = words.split_once(" { ").and_then(|(_, inner)| inner.strip_suffix(" }"));
    unreachable_at(inner.unwrap_or(&words))
}

/// The problem of a statement that fails.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
fn failed(error: impl std::error::Error) -> Problem {
    Problem::new(Code::DatabaseFailed, in_words(&error))
}

/// Returns what a driver says, with its causes: the first of some drivers alone says nothing.
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.contains(&more) {
            words.push_str(&format!(": {more}"));
        }
        cause = error.source();
    }
    words
}
