//! The same on PostgreSQL and MariaDB, which `bash .ci/databases` starts.

use crate::database::Database;
use crate::{command, frontdesk, shown, with_input};

/// The address of a desk that no other run has, on a server whose address is in a variable.
fn url_of(variable: &str, desk: &str) -> String {
    let server = server(variable);
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let url = format!("{server}?desk={desk}%20{:x}", since.as_nanos());
    shown(&["log", "create", &url, "small.json"]);
    url
}

fn server(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run `bash .ci/databases cargo test …`"))
}

/// Returns the password of an address.
fn password(url: &str) -> &str {
    url.split_once("frontdesk:").unwrap().1.split_once('@').unwrap().0
}

fn a_desk_lives_on_a_server(variable: &str) {
    let url = url_of(variable, "lives");
    let open = |number: u32| {
        format!(
            r#"{{"type": "open", "id": "b{number}", "conversation": "n{number}", "inbox": "main", "channel": "form",
                "contact": {{"id": "v{number}", "attributes": {{"email": "v{number}@example.org"}}}}}}"#
        )
    };
    for number in 1..=3 {
        let told = shown(&["log", "handle", &url, &open(number)]);
        assert!(told.ends_with(&format!("Turn {} is appended.\n", number + 1)), "{told}");
    }
    assert!(shown(&["log", "handle", &url, &open(3)]).ends_with("It was carried out before, as turn 4.\n"));
    assert!(shown(&["conversations", &url]).contains("n3"));
    assert!(shown(&["check", &url]).contains("is sound"));
    assert!(shown(&["explain", &url, "--conversation", "n2"]).contains("It arrived in main"));
    assert_eq!(shown(&["log", &url, "--json", "--from", "2"]).lines().count(), 3);
    assert_eq!(shown(&["log", &url]).lines().count(), 6);
    shown(&["log", "snapshot", &url]);
    shown(&["log", "handle", &url, r#"{"type": "close", "conversation": "n1"}"#]);
    assert_eq!(shown(&["log", "erase", &url, "--contact", "v1"]), "The data of v1 is erased, as turn 6 says.\n");
    let compacted = shown(&["log", "compact", &url, "--before", "now"]);
    assert!(compacted.contains("3 turns are removed. The log begins with turn 4.\n"), "{compacted}");
    let verified = shown(&["log", "verify", &url]);
    assert!(verified.contains("turns 4 to 6 are whole, and 1 snapshot.\n"), "{verified}");

    // To SQLite and back.
    let (database, exported) = (Database::none(), shown(&["log", "export", &url]));
    assert!(exported.contains("v2@example.org") && !exported.contains("v1@example.org"));
    let there = database.url_of("desk.db?desk=there");
    let imported = with_input(&["log", "import", &there, "-"], exported.as_bytes());
    assert_eq!((imported.status, imported.err.as_str()), (0, ""));
    let digest = verified.lines().nth(2).unwrap();
    assert!(imported.out.ends_with(&format!("\n{digest}\n")), "{}", imported.out);
    let back = url.replace("lives", "back");
    let imported = with_input(&["log", "import", &back, "-"], shown(&["log", "export", &there]).as_bytes());
    assert!(imported.out.ends_with(&format!("\n{digest}\n")), "{}", imported.err);
    assert!(with_input(&["log", "import", &back, "-"], exported.as_bytes()).err.contains("desk_exists"));
    let cut =
        with_input(&["log", "import", &url.replace("lives", "cut"), "-"], &exported.as_bytes()[..exported.len() / 2]);
    assert_eq!(cut.status, 1);
    assert!(frontdesk(&["log", &url.replace("lives", "cut")]).err.contains("unknown_desk"), "nothing of it is there");
}

fn what_fails_on_a_server_is_told(variable: &str, without_tables: &str) {
    let url = url_of(variable, "fails");
    let secret = password(&url).to_owned();
    let told = |url: &str| {
        let run = frontdesk(&["queue", url]);
        assert_eq!((run.status, run.out.as_str()), (1, ""));
        assert!(!run.err.contains(&secret) && !run.err.contains("wr0ng"), "{}", run.err);
        run.err
    };
    let unknown = told(&url.replace("fails", "fail"));
    assert!(
        unknown.contains("unknown_desk: there is no desk \"fail ") && unknown.contains("did you mean fails "),
        "{unknown}"
    );
    let denied = told(&url.replace(&secret, "wr0ng"));
    assert!(denied.contains("database_failed: it cannot be opened: ") && denied.contains("frontdesk"), "{denied}");
    let no_database = told(&url.replace("/frontdesk?", "/nowhere?"));
    assert!(no_database.contains("nowhere"), "{no_database}");
    let nobody = told(&url.replace("frontdesk:", "nobody:"));
    assert!(nobody.contains("nobody"), "{nobody}");
    let tableless = told(&without_tables.replace("SERVER", &server(variable)));
    assert!(tableless.contains("there are no tables of frontdesk in it"), "{tableless}");
    // The password may come from the environment, where others do not see it.
    let without = url.replace(&format!(":{secret}"), "");
    let run = command(&["queue", &without]).env("PGPASSWORD", &secret).env("MYSQL_PWD", &secret).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn a_desk_lives_in_postgresql() {
    a_desk_lives_on_a_server("FRONTDESK_POSTGRES_URL");
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn a_desk_lives_in_mariadb() {
    a_desk_lives_on_a_server("FRONTDESK_MYSQL_URL");
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn what_fails_in_postgresql_is_told() {
    what_fails_on_a_server_is_told("FRONTDESK_POSTGRES_URL", "SERVER?options=-c%20search_path%3Dpg_catalog");
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn what_fails_in_mariadb_is_told() {
    let server = server("FRONTDESK_MYSQL_URL");
    let (server, _) = server.rsplit_once('/').unwrap();
    let server = format!("{server}/information_schema");
    what_fails_on_a_server_is_told("FRONTDESK_MYSQL_URL", &server);
}

/// Makes the server offer TLS with a certificate of its own, and returns that. Statements run as the server's user.
fn with_tls(server: &str) -> String {
    let mut client = postgres::Client::connect(server, postgres::NoTls).unwrap();
    let make = "COPY (SELECT 1) TO PROGRAM 'umask 077 && openssl req -x509 -newkey rsa:2048 -nodes -days 2 \
                -subj /CN=frontdesk -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=critical,CA:FALSE -keyout server.key -out server.crt 2>&1'";
    client.batch_execute(make).unwrap();
    client.batch_execute("ALTER SYSTEM SET ssl = on").unwrap();
    client.batch_execute("SELECT pg_reload_conf()").unwrap();
    for _ in 0..100 {
        let is_on: String = client.query_one("SHOW ssl", &[]).unwrap().get(0);
        if is_on == "on" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    client.query_one("SELECT pg_read_file('server.crt')", &[]).unwrap().get(0)
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn a_connection_to_postgresql_is_by_tls() {
    if std::env::var_os("FRONTDESK_POSTGRES_DATA").is_none() {
        println!("the server is none of this test's own, and is not changed");
        return;
    }
    let url = url_of("FRONTDESK_POSTGRES_URL", "secure");
    let certificate = with_tls(&server("FRONTDESK_POSTGRES_URL"));
    let database = Database::none();
    let (own, other) = (database.path("own.pem"), database.path("other.pem"));
    std::fs::write(&own, certificate).unwrap();
    std::fs::write(&other, "no certificate").unwrap();
    for trusted in ["sslmode=disable", "sslmode=prefer", "sslmode=require"] {
        shown(&["queue", &format!("{url}&{trusted}")]);
    }
    shown(&["queue", &format!("{url}&sslmode=verify-full&sslrootcert={}", own.display())]);
    shown(&["queue", &format!("{url}&sslmode=require&sslrootcert={}", own.display())]);
    let told = |query: &str| database.refused(&["queue", &format!("{url}&{query}")]);
    let unknown = told("sslmode=verify-full");
    assert!(
        unknown.contains("it cannot be opened: error performing TLS handshake: invalid peer certificate"),
        "{unknown}"
    );
    let missing = told(&format!("sslmode=require&sslrootcert={}", database.path("none.pem").display()));
    assert!(missing.contains("the certificates of sslrootcert cannot be read: there is no such file"), "{missing}");
    let unreadable = told(&format!("sslmode=require&sslrootcert={}", other.display()));
    assert!(
        unreadable.contains("it cannot be opened: the certificates of sslrootcert cannot be read: there is none"),
        "{unreadable}"
    );
}

#[test]
#[cfg(feature = "mysql-tls")]
#[ignore = "needs a server: bash .ci/databases"]
fn a_connection_to_mariadb_is_by_tls() {
    let Some(own) = std::env::var_os("FRONTDESK_MYSQL_CERTIFICATE") else {
        println!("the server is none of this test's own, and its certificate is not known");
        return;
    };
    let (url, own) = (url_of("FRONTDESK_MYSQL_URL", "secure"), own.to_str().unwrap().to_owned());
    let database = Database::none();
    let other = database.path("other.pem");
    std::fs::write(&other, "no certificate").unwrap();
    for trusted in ["sslmode=disable", "sslmode=prefer", "sslmode=require"] {
        shown(&["queue", &format!("{url}&{trusted}")]);
    }
    shown(&["queue", &format!("{url}&sslmode=verify-full&sslrootcert={own}")]);
    shown(&["queue", &format!("{url}&sslmode=require&sslrootcert={own}")]);
    let told = |url: &str, query: &str| database.refused(&["queue", &format!("{url}&{query}")]);
    let unknown = told(&url, "sslmode=verify-full");
    assert!(unknown.contains("it cannot be opened: ") && unknown.contains("certificate verify failed"), "{unknown}");
    // The certificate names an address, and no host.
    let by_name = url.replacen("127.0.0.1", "localhost", 1);
    shown(&["queue", &format!("{by_name}&sslmode=require")]);
    let of_another = told(&by_name, &format!("sslmode=verify-full&sslrootcert={own}"));
    assert!(of_another.to_lowercase().contains("hostname mismatch"), "{of_another}");
    let missing = told(&url, &format!("sslmode=require&sslrootcert={}", database.path("none.pem").display()));
    assert!(missing.contains("the certificates of sslrootcert cannot be read: there is no such file"), "{missing}");
    let unreadable = told(&url, &format!("sslmode=require&sslrootcert={}", other.display()));
    assert!(unreadable.contains("it cannot be opened: "), "{unreadable}");
}
