//! A second, naive desk for comparison with the real one, and the random desks and commands for it.

pub mod compare;
pub mod generate;
pub mod naive;
