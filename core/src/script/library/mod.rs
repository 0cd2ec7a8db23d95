//! The functions of the language for text, lists, maps and numbers. They replace Rhai's packages, so that each is counted by
//! the data it touches and gives the same result everywhere.

mod list;
mod log;
mod map;
mod number;
mod range;
pub(super) mod text;
pub(super) mod value;

use super::api::Api;

pub(super) fn register(api: &mut Api) {
    text::register(api);
    list::register(api);
    map::register(api);
    number::register(api);
    range::register(api);
    log::register(api);
}
