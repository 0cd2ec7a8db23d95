//! Recurrence rules, and absences that repeat by them.

mod absences;
mod bombs;
mod calendar;
mod clock_changes;
mod corpus;
mod flatten;
mod oracle;
mod random_rules;
mod texts;
mod windows;
