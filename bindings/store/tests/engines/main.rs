//! The engines pass the tests of a log. PostgreSQL and MariaDB are those of `bash .ci/databases`, which says where they are.

mod mysql;
mod postgres;
mod sqlite;

use frontdesk_store::conformance::{Engine, checks};

/// Runs all checks on an engine, and names the one that fails.
fn all_hold<E: Engine>(engine: &E) {
    for (name, check) in checks() {
        println!("{name}");
        check(engine);
    }
}

/// The address of a server, from the environment.
fn address(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run `bash .ci/databases cargo test …`"))
}
