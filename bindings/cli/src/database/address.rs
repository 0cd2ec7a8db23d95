//! Addresses of desks in databases: `sqlite:desk.db?desk=support`, `postgresql://…`, `mysql://…`.

use std::fmt;
use std::path::PathBuf;

/// A kind of database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mysql,
}

/// The length from which a password is looked for in what drivers say, which should not have it. A shorter one would be a part of
/// any text.
const RECOGNISABLE: usize = 4;

/// The schemes of addresses. The last of each engine is the one that its driver reads.
const SCHEMES: [(&str, Engine); 5] = [
    ("sqlite", Engine::Sqlite),
    ("postgres", Engine::Postgres),
    ("postgresql", Engine::Postgres),
    ("mariadb", Engine::Mysql),
    ("mysql", Engine::Mysql),
];

/// How far a connection to a server is by TLS: the key `sslmode` of its address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TlsMode {
    /// Never.
    Disable,
    /// Where the server offers it, whoever that is.
    #[default]
    Prefer,
    /// Always, whoever the server is.
    Require,
    /// Always, with a server that proves to be the host of the address.
    VerifyFull,
}

/// The keys of an address about TLS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    pub mode: TlsMode,
    /// The file of the certificates that a server is trusted by; those of the system if absent.
    pub roots: Option<PathBuf>,
}

/// The address of a database, and the name of a desk in it. Neither [`Display`](fmt::Display) nor [`Debug`] shows the password.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    engine: Option<Engine>,
    /// The part that the driver reads: the path of a file, or the address without the desk.
    location: String,
    desk: Option<String>,
    tls: Tls,
    /// The address without the password.
    shown: String,
    /// The password, as it is and as it is written, unless it is a word that is shown anyway.
    secrets: Vec<String>,
    /// The fault of the address. It is told when the database is opened, as that of an argument would show the whole.
    wrong: Option<String>,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.shown)
    }
}

impl Address {
    /// Reads an address; `None` for the path of a file.
    pub fn read(text: &str) -> Option<Address> {
        let (scheme, rest) = text.split_once(':')?;
        let engine = SCHEMES.iter().find(|(word, _)| word.eq_ignore_ascii_case(scheme)).map(|(_, engine)| *engine);
        match engine {
            Some(Engine::Sqlite) => Some(Address::of_file(rest)),
            Some(engine) => Some(Address::of_server(engine, rest)),
            None => rest.starts_with("//").then(|| {
                let wrong = "addresses of databases begin with sqlite:, postgresql:// or mysql://";
                Address { wrong: Some(wrong.to_owned()), ..Address::hidden(None, &format!("{scheme}://")) }
            }),
        }
    }

    /// Returns an address of which nothing is known, and nothing but the scheme is shown.
    fn hidden(engine: Option<Engine>, scheme: &str) -> Address {
        let (location, shown) = (String::new(), format!("{scheme}…"));
        Address { engine, location, desk: None, tls: Tls::default(), shown, secrets: Vec::new(), wrong: None }
    }

    fn of_file(rest: &str) -> Address {
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut address = Address::hidden(Some(Engine::Sqlite), "sqlite:");
        address.location = decoded(path);
        let others = address.take_desk(query);
        address.shown = format!("sqlite:{path}{}", address.shown_desk());
        if address.location.is_empty() || address.location == ":memory:" {
            address.is_wrong("name the file, as in sqlite:desk.db?desk=support");
        }
        if let Some(other) = others.first() {
            let key = other.split('=').next().unwrap_or_default();
            address
                .is_wrong(&format!("an address of SQLite has no {key:?}, only the desk: sqlite:desk.db?desk=support"));
        }
        address
    }

    fn of_server(engine: Engine, rest: &str) -> Address {
        let scheme = SCHEMES.iter().rev().find(|(_, of)| *of == engine).map_or("", |(scheme, _)| scheme);
        let mut address = Address::hidden(Some(engine), &format!("{scheme}://"));
        let Some(rest) = rest.strip_prefix("//") else {
            address.is_wrong(&format!("it is written {scheme}://USER@HOST/DATABASE?desk=support"));
            return address;
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let others = address.take_desk(query);
        let others = address.take_tls(others);
        let place_and_others =
            if others.is_empty() { place.to_owned() } else { format!("{place}?{}", others.join("&")) };
        address.location = format!("{scheme}://{place_and_others}");
        let (authority, path) = place.split_at(place.find(['/', '#']).unwrap_or(place.len()));
        // A sign of a password that is written as it is would make a part of it the host, or a part of the path.
        if rest.matches('@').count() > usize::from(authority.contains('@')) {
            address.is_wrong("write the signs @ : / ? # in its parts as %40 %3A %2F %3F %23");
            return address;
        }
        let (user, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = user.split_once(':').unwrap_or((user, ""));
        let at = if user.is_empty() { "" } else { "@" };
        address.shown = format!("{scheme}://{user}{at}{}{path}{}", shown_hosts(hosts), address.shown_desk());
        let of_query = others.iter().filter_map(|pair| pair.strip_prefix("password="));
        for secret in of_query.chain([password]) {
            address.secrets.extend([secret.to_owned(), decoded(secret)]);
        }
        let shown = [user, hosts, path.trim_start_matches('/')];
        address.secrets.retain(|secret| secret.len() >= RECOGNISABLE && !shown.contains(&secret.as_str()));
        address
    }

    /// Takes the desk from the keys of an address, and returns the other keys.
    fn take_desk<'a>(&mut self, query: &'a str) -> Vec<&'a str> {
        let (desks, others): (Vec<&str>, Vec<&str>) =
            query.split('&').filter(|pair| !pair.is_empty()).partition(|pair| pair.starts_with("desk="));
        let mut names = desks.iter().filter_map(|pair| pair.strip_prefix("desk=")).map(decoded);
        self.desk = names.next();
        if names.next().is_some() {
            self.is_wrong("it names two desks");
        }
        if self.desk.as_deref().is_some_and(|name| !is_a_name(name)) {
            self.is_wrong("the name of a desk has 1 to 256 characters, none of them control characters");
        }
        others
    }

    /// Takes the keys about TLS, and returns the others.
    fn take_tls<'a>(&mut self, mut keys: Vec<&'a str>) -> Vec<&'a str> {
        keys.retain(|pair| match pair.split_once('=') {
            Some(("sslmode", mode)) => {
                self.tls.mode = match mode {
                    "disable" => TlsMode::Disable,
                    "prefer" => TlsMode::Prefer,
                    "require" => TlsMode::Require,
                    "verify-full" => TlsMode::VerifyFull,
                    _ => {
                        self.is_wrong("sslmode is one of disable, prefer, require and verify-full");
                        TlsMode::VerifyFull
                    }
                };
                false
            }
            Some(("sslrootcert", file)) => {
                self.tls.roots = Some(decoded(file)).filter(|file| file != "system").map(PathBuf::from);
                false
            }
            _ => true,
        });
        // As the programs of PostgreSQL do: who names certificates means them.
        if self.tls.roots.is_some() && self.tls.mode == TlsMode::Require {
            self.tls.mode = TlsMode::VerifyFull;
        }
        keys
    }

    fn shown_desk(&self) -> String {
        self.desk.as_ref().map(|desk| format!("?desk={}", encoded(desk))).unwrap_or_default()
    }

    fn is_wrong(&mut self, why: &str) {
        self.wrong.get_or_insert_with(|| why.to_owned());
    }

    /// Returns the engine and what its driver reads, which has the password.
    ///
    /// # Errors
    /// Returns the engine and the part for its driver, or the fault of the address.
    pub fn location(&self) -> Result<(Engine, &str), &str> {
        match (&self.wrong, self.engine) {
            (None, Some(engine)) => Ok((engine, &self.location)),
            (wrong, _) => Err(wrong.as_deref().unwrap_or_default()),
        }
    }

    /// Returns what the address says about TLS.
    pub fn tls(&self) -> &Tls {
        &self.tls
    }

    /// Returns the name of the desk, if the address has one.
    pub fn desk(&self) -> Option<&str> {
        self.desk.as_deref()
    }

    /// Returns the address with the name of a desk, as it is written on a command line.
    pub fn with_desk(&self, desk: &str) -> String {
        let without = self.shown.strip_suffix(&self.shown_desk()).unwrap_or(&self.shown);
        format!("{without}?desk={}", encoded(desk))
    }

    /// Returns what a driver says, without the password.
    pub fn without_secrets(&self, text: &str) -> String {
        self.secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "…"))
    }
}

/// Returns `true` for text that can be the name of a desk.
pub fn is_a_name(text: &str) -> bool {
    const MOST: usize = 256;
    !text.is_empty() && text.chars().count() <= MOST && !text.chars().any(char::is_control)
}

/// Returns hosts with their ports. What is no port may be a password without its host, and is left out.
fn shown_hosts(hosts: &str) -> String {
    let shown = |host: &str| match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') && !port.chars().all(|sign| sign.is_ascii_digit()) => {
            name.to_owned()
        }
        _ => host.to_owned(),
    };
    hosts.split(',').map(shown).collect::<Vec<_>>().join(",")
}

/// Returns text with `@` as `%40`, and other signs that mean something in an address.
fn encoded(text: &str) -> String {
    let sign = |sign: char| match sign {
        '%' | '&' | '#' | '?' | '@' | ' ' => format!("%{:02X}", u32::from(sign)),
        _ => sign.to_string(),
    };
    text.chars().map(sign).collect()
}

/// Returns text with `%40` as `@`.
fn decoded(text: impl AsRef<str>) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_ref().as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &rest[3..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Address, Engine, Tls, TlsMode};

    #[test]
    fn an_address_names_engine_place_and_desk() {
        for (text, engine, location, desk) in [
            ("sqlite:desk.db", Engine::Sqlite, "desk.db", None),
            ("sqlite:/var/desk.db?desk=support", Engine::Sqlite, "/var/desk.db", Some("support")),
            ("sqlite:///var/desk.db?desk=a%20b%26c", Engine::Sqlite, "/var/desk.db", Some("a b&c")),
            ("SQLite:what%3F.db", Engine::Sqlite, "what?.db", None),
            ("postgresql://h/d?desk=a%40b", Engine::Postgres, "postgresql://h/d", Some("a@b")),
            (
                "postgres://u:p@h:5433/d?sslmode=disable&desk=s&application_name=x",
                Engine::Postgres,
                "postgresql://u:p@h:5433/d?application_name=x",
                Some("s"),
            ),
            ("postgresql:///d?host=/run", Engine::Postgres, "postgresql:///d?host=/run", None),
            ("mariadb://u@[::1]:3306/d", Engine::Mysql, "mysql://u@[::1]:3306/d", None),
        ] {
            let address = Address::read(text).unwrap();
            assert_eq!((address.location(), address.desk()), (Ok((engine, location)), desk), "{text}");
        }
        let shown = |text: &str| Address::read(text).unwrap().to_string();
        assert_eq!(shown("postgresql://h/d?desk=a%40b%20c"), "postgresql://h/d?desk=a%40b%20c");
        for file in ["desk.json", "-", "./sqlite", "C:\\desk.json", "a:b", ""] {
            assert_eq!(Address::read(file), None, "{file}");
        }
    }

    #[test]
    fn an_address_says_how_far_a_server_is_trusted() {
        let tls = |query: &str| Address::read(&format!("mysql://h/d?{query}")).unwrap().tls().clone();
        let of = |mode, roots: Option<&str>| Tls { mode, roots: roots.map(Into::into) };
        assert_eq!(tls("desk=x"), of(TlsMode::Prefer, None));
        assert_eq!(tls("sslmode=disable"), of(TlsMode::Disable, None));
        assert_eq!(tls("sslmode=require"), of(TlsMode::Require, None));
        assert_eq!(tls("sslmode=require&sslrootcert=/a%20b.pem"), of(TlsMode::VerifyFull, Some("/a b.pem")));
        assert_eq!(tls("sslrootcert=system&sslmode=verify-full"), of(TlsMode::VerifyFull, None));
    }

    #[test]
    fn a_password_is_not_shown() {
        for (text, shown) in [
            ("postgresql://u:s3cret@h:5433/d?desk=x", "postgresql://u@h:5433/d?desk=x"),
            ("postgresql://u:s3cret@h1:1,h2:2/d", "postgresql://u@h1:1,h2:2/d"),
            ("postgresql://u@h/d?password=s3cret&desk=x", "postgresql://u@h/d?desk=x"),
            ("mysql://:s3cret@h/d", "mysql://h/d"),
            ("MySQL://u:s3cret@[::1]/d", "mysql://u@[::1]/d"),
            // The host was forgotten.
            ("mysql://u:s3cret", "mysql://u"),
            ("postgresql://u:s3cret/d", "postgresql://u/d"),
            // Signs of the password that have to be written otherwise.
            ("postgresql://u:s3cr@et@h/d", "postgresql://…"),
            ("postgresql://u:s3cr/et@h/d", "postgresql://…"),
            ("postgresql://u:s3cr?et@h/d", "postgresql://…"),
            ("postgresql://u:s3cr#et@h/d", "postgresql://…"),
            ("postgresql://u:s3@cr?e=t&desk=x@h/d", "postgresql://…"),
            ("postgresql://u:s3cret@h/d?desk=a@b", "postgresql://…"),
            ("postgresql:u:s3cret@h", "postgresql://…"),
            ("oracle://u:s3cret@h/d", "oracle://…"),
        ] {
            let address = Address::read(text).unwrap();
            assert_eq!(address.to_string(), shown, "{text}");
            assert_eq!(format!("{address:?}"), format!("Address({shown})"));
            assert_eq!(address.location().is_err(), shown.ends_with('…'), "{text}");
        }
    }

    #[test]
    fn what_a_driver_says_is_shown_without_the_password() {
        let said = |text: &str, said: &str| Address::read(text).unwrap().without_secrets(said);
        assert_eq!(said("mysql://u:ab%2Fc@h/d", "no ab/c or ab%2Fc for u"), "no … or … for u");
        assert_eq!(said("mysql://u:a@h/d", "no table for u"), "no table for u");
        assert_eq!(said("mysql://app:app@h/d", "no entry for app"), "no entry for app");
    }

    #[test]
    fn what_is_wrong_is_told() {
        let wrong = |text: &str| Address::read(text).unwrap().location().unwrap_err().to_owned();
        assert_eq!(wrong("sqlite:"), "name the file, as in sqlite:desk.db?desk=support");
        assert_eq!(wrong("sqlite::memory:"), "name the file, as in sqlite:desk.db?desk=support");
        assert!(wrong("sqlite:desk.db?mode=ro").starts_with("an address of SQLite has no \"mode\""));
        assert_eq!(wrong("mysql://h/d?desk=a&desk=b"), "it names two desks");
        assert!(wrong("mysql://h/d?desk=").starts_with("the name of a desk has 1 to 256 characters"));
        assert!(wrong("mysql://h/d?sslmode=verify-ca").starts_with("sslmode is one of disable,"));
        assert_eq!(wrong("mysql:h"), "it is written mysql://USER@HOST/DATABASE?desk=support");
    }
}
