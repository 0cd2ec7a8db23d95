//! Files that are generated and committed.

use std::fs;
use std::path::Path;

/// Compares a file, named from the folder of the crate, with the generated text; `FRONTDESK_BLESS=1` writes it instead.
#[track_caller]
pub fn assert_committed(file: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("FRONTDESK_BLESS").is_some() {
        return fs::write(path, text).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "{file} is not what is generated; FRONTDESK_BLESS=1 writes it anew");
}
