//! Commands of agents and of the embedding program.

mod assigning;
mod bots;
mod calls;
mod closing;
mod distributing;
mod last_agent;
mod leaving;
mod own_statuses;
mod refused;
mod releasing;
mod replying;
mod statuses;
mod teams;
mod transferring;
mod updating;
