//! `frontdesk man`: the manual, as pages for `man`.

use std::path::Path;

use clap::CommandFactory;
use clap_mangen::Man as Page;

use crate::args::{Arguments, Man};
use crate::failure::Failure;
use crate::show::print_raw;

/// Prints the page of the program, or writes the pages of the program and of each verb into a folder.
pub fn man(options: &Man) -> Result<(), Failure> {
    if let Some(folder) = &options.to {
        return write(folder).map_err(|error| Failure::input(folder.display(), error));
    }
    let mut page = Vec::new();
    Page::new(Arguments::command()).render(&mut page)?;
    Ok(print_raw(&String::from_utf8_lossy(&page))?)
}

fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(Arguments::command(), folder)
}
