//! A follower that is woken by a notice of PostgreSQL, instead of looking again and again.
//!
//! `cargo run -p frontdesk-store --example notices -- postgresql://USER@HOST/DATABASE`
//!
//! A notice belongs behind the commit, on a connection in no transaction. In the transaction of an append it would be sent by the
//! commit under a lock that all transactions with a notice wait for, of every database of the server. A notice that is lost, as
//! by a program that ends between the two, costs the time to the next look. Python does the same: see `docs/running/sharing.md`.

use std::error::Error;
use std::time::Duration;

use frontdesk::Desk;
use frontdesk_store::postgres::{postgres, postgres_in};
use frontdesk_store::{Request, SharedDesk};
use postgres::fallible_iterator::FallibleIterator;
use postgres::{Client, NoTls};

type Failure = Box<dyn Error + Send + Sync>;

/// Tells those who wait that a desk has new turns, or a new command that was handed in.
fn announce(client: &mut Client, desk: &str) -> Result<(), postgres::Error> {
    client.execute("SELECT pg_notify('frontdesk', $1)", &[&desk]).map(|_| ())
}

/// Waits until a desk is announced on a connection that listens; returns `false` if it was not, after the time between two looks.
fn wait(client: &mut Client, desk: &str, most: Duration) -> Result<bool, postgres::Error> {
    client.notifications().timeout_iter(most).any(|notice| Ok(notice.payload() == desk))
}

/// Follows a desk until it has some turns; returns how often it was woken.
fn follow(client: &mut Client, name: &str, turns: u64, most: Duration) -> Result<usize, Failure> {
    // Before the first look, so that no turn comes between that and the first wait.
    client.batch_execute("LISTEN frontdesk")?;
    let mut desk = SharedDesk::load(&mut postgres(client), name)?;
    let mut woken = 0;
    while desk.turn() < turns {
        woken += usize::from(wait(client, name, most)?);
        desk.follow(&mut postgres(client))?;
    }
    Ok(woken)
}

fn created(client: &mut Client, name: &str) -> Result<SharedDesk, Failure> {
    let document = Desk::from_json(
        r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}"#,
    )?;
    let log = &mut postgres(client);
    log.migrate()?;
    Ok(SharedDesk::create(log, name, document.document())?)
}

fn open(client: &mut Client, desk: &mut SharedDesk, conversation: &str) -> Result<(), Failure> {
    let text = format!(r#"{{"type": "open", "conversation": "{conversation}", "inbox": "main", "channel": "chat"}}"#);
    let mut transaction = client.transaction()?;
    desk.handle(&mut postgres_in(&mut transaction), &Request::from_json(&text)?)?;
    Ok(transaction.commit()?)
}

fn main() -> Result<(), Failure> {
    let address = std::env::args().nth(1).ok_or("the address of a database is missing")?;
    let (name, mut client) = (format!("notices {}", std::process::id()), Client::connect(&address, NoTls)?);
    let mut desk = created(&mut client, &name)?;
    let follower = std::thread::spawn({
        let (name, mut client) = (name.clone(), Client::connect(&address, NoTls)?);
        move || follow(&mut client, &name, 3, Duration::from_secs(5))
    });
    for conversation in ["c1", "c2"] {
        open(&mut client, &mut desk, conversation)?;
        announce(&mut client, &name)?;
    }
    println!("woken {} times", follower.join().map_err(|_| "the follower panicked")??);
    Ok(())
}

#[test]
#[ignore = "needs a server: bash .ci/databases"]
fn a_follower_is_woken() {
    const LONG: Duration = Duration::from_secs(600);
    let address = std::env::var("FRONTDESK_POSTGRES_URL").expect("an address");
    let connect = || Client::connect(&address, NoTls).expect("a connection");
    let name = format!("notices {}", std::process::id());
    let (mut one, mut other) = (connect(), connect());
    let mut desk = created(&mut one, &name).expect("it is new");
    other.batch_execute("LISTEN frontdesk").expect("it listens");
    announce(&mut one, "another desk").expect("it is announced");
    assert!(!wait(&mut other, &name, Duration::from_millis(100)).expect("no failure"), "of another desk");
    announce(&mut one, &name).expect("it is announced");
    assert!(wait(&mut other, &name, LONG).expect("no failure"), "it is woken before the time is over");
    // A notice that is lost costs the time to the next look.
    open(&mut one, &mut desk, "c1").expect("it is opened");
    assert_eq!(follow(&mut other, &name, 2, Duration::from_millis(10)).expect("no failure"), 0);
    // The follower looks after it listens, so that it needs no notice for what was there before.
    let follower = std::thread::spawn({
        let name = name.clone();
        move || follow(&mut other, &name, 3, LONG).expect("no failure")
    });
    open(&mut one, &mut desk, "c2").expect("it is opened");
    announce(&mut one, &name).expect("it is announced");
    follower.join().expect("it follows");
}
