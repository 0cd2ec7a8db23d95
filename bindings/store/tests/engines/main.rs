//! The engines pass the tests of a log. PostgreSQL and MariaDB are those of `bash .ci/databases`, which says where they are.

mod mysql;
mod parts;
mod postgres;
mod sqlite;

use frontdesk::Code;
use frontdesk_store::conformance::{Engine, checks};
use frontdesk_store::{Sql, SqlLog};

/// Runs all checks on an engine, and names the one that fails.
fn all_hold<E: Engine>(engine: &E) {
    for (name, check) in checks() {
        println!("{name}");
        check(engine);
    }
}

/// Checks that a database without tables is told from one that has them.
fn lacks_tables(log: &mut SqlLog<Box<dyn Sql + '_>>) {
    assert_eq!(log.has_tables(), Ok(false));
    let problem = log.check_version().expect_err("there is no version");
    assert_eq!(
        (problem.code, problem.message.as_str()),
        (Code::DatabaseFailed, "the database has no tables of frontdesk")
    );
}

/// Checks that the tables are there.
fn has_tables(log: &mut SqlLog<Box<dyn Sql + '_>>) {
    assert_eq!((log.has_tables(), log.check_version()), (Ok(true), Ok(())));
}

/// The address of a server, from the environment.
fn address(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run `bash .ci/databases cargo test …`"))
}
