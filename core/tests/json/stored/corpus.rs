//! The corpora of the fuzz targets, without a fuzzing engine.

use std::fs;
use std::path::Path;

use super::fuzz::TARGETS;

/// Every target has a corpus, and its property holds for the whole corpus.
#[test]
fn holds() {
    for (name, target) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let files = fs::read_dir(&folder).unwrap_or_else(|wrong| panic!("{wrong}: {}", folder.display()));
        let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        paths.sort();
        assert!(paths.len() >= 3, "{} has too few", folder.display());
        for path in paths {
            println!("{}", path.display());
            target(&fs::read(path).expect("a file that can be read"));
        }
    }
}
