//! Access and permissions: who may, who keeps, and who did it.

mod actors;
mod matrix;
mod permissions;
mod reach;
