//! A second, naive desk to hold the real one against, with the random desks and commands to do it on.

pub mod compare;
pub mod generate;
pub mod naive;
