//! Who keeps what, what an update does, who did it, and who may: sections 3 to 5 of the specification, as tables of cases.

#[macro_use]
#[path = "../support_desk/mod.rs"]
mod support_desk;

mod actors;
mod mails;
mod permissions;
mod reach;
mod reports;
mod updates;
