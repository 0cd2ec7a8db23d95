//! Recurrence rules, and absences that repeat by them.

#[cfg(feature = "routing")]
mod absences;
#[cfg(feature = "routing")]
mod bombs;
mod calendar;
mod clock_changes;
mod corpus;
mod flatten;
mod oracle;
mod random_rules;
mod texts;
mod windows;
