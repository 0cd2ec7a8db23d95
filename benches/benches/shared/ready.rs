//! A worker that starts with many turns behind it, and one that follows.

use std::time::Instant;

use frontdesk::desk::Action;
use frontdesk_store::postgres::postgres;
use frontdesk_store::{Request, SharedDesk};

use crate::desks::{self, Server, name};

/// The turns that a worker follows.
const BEHIND: usize = 10_000;

pub fn print(_address: &str, _turns: usize) {
    let _ = (Instant::now(), BEHIND);
    let _ = (Request::new(Action::Advance), desks::name(0), name(1));
    let _ = |server: &Server| SharedDesk::load(&mut postgres(&mut server.connect()), "x");
}
