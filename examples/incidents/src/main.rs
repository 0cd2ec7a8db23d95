//! Writes `desk.json` and `commands.jsonl` of the example: `incidents [FOLDER]`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use incidents::{Converted, INCIDENTS, convert};

fn main() -> ExitCode {
    let folder = env::args_os().nth(1).map_or_else(default_folder, PathBuf::from);
    let converted = match convert(INCIDENTS) {
        Ok(converted) => converted,
        Err(troubles) => {
            troubles.iter().for_each(|trouble| eprintln!("incidents.csv: {trouble}"));
            return ExitCode::FAILURE;
        }
    };
    match write(&folder, &converted) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

/// Returns a folder in the build directory, because the output is generated.
fn default_folder() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from).join("example-incidents")
}

fn write(folder: &Path, converted: &Converted) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("desk.json"), &converted.desk)?;
    fs::write(folder.join("commands.jsonl"), &converted.commands)
}
