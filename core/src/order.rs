//! The order of the modules, as ARCHITECTURE.md draws it: a test reads what each imports.

use std::fs;
use std::path::{Path, PathBuf};

/// The line: a module imports from those before it.
#[rustfmt::skip]
const LINE: [&str; 13] = [
    "problem", "deadline", "time", "read", "shared", "model", "availability", "routing", "conversation", "desk", "reader", "story", "questions",
];

/// The modules beside the line: they import from it up to `reader`, and from these.
const BESIDE: [(&str, &[&str]); 5] =
    [("script", &[]), ("strategies", &[]), ("schema", &["story"]), ("warnings", &["script"]), ("calendar", &[])];

/// The files of the line in which something beside it plugs in.
const SOCKETS: [(&str, &str); 1] = [("routing/extension.rs", "script")];

/// Returns `true` if a file may import from a module.
fn may_import(file: &str, module: &str) -> bool {
    let own = own_module(file);
    let place = |module: &str| LINE.iter().position(|it| *it == module);
    let beside = BESIDE.iter().find(|(name, _)| *name == own);
    module == own
        || SOCKETS.contains(&(file, module))
        || match (place(own), beside) {
            (Some(own), _) => place(module).is_some_and(|module| module < own),
            (None, Some((_, others))) => {
                place(module) <= place("reader") && place(module).is_some() || others.contains(&module)
            }
            (None, None) => false,
        }
}

/// The module of the crate's root that a file belongs to.
fn own_module(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// All modules of the crate's root that a file names, by `crate::` or by enough `super::`.
fn imports(file: &str, source: &str) -> Vec<String> {
    let code = code(source);
    let depth = file.trim_end_matches("/mod.rs").split('/').count();
    let root = ["crate::".to_owned(), "super::".repeat(depth)];
    root.iter().flat_map(|root| code.split(root.as_str()).skip(1)).flat_map(first_names).collect()
}

/// The source without comments, tests, and the attributes that say how a schema is made.
fn code(source: &str) -> String {
    let source = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut pieces = code.split("#[cfg_attr(feature = \"schema\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.filter_map(|piece| piece.split_once(")]")).fold(first, |code, (_, rest)| code + rest)
}

/// The first names of the paths that begin here: of one, or of several in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |path: &str| path.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>();
    let Some(list) = path.strip_prefix('{') else { return vec![name(path)] };
    let mut names = vec![name(list.trim_start())];
    let mut depth = 0;
    for (index, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(name(list[index + 1..].trim_start())),
            _ => {}
        }
    }
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

/// The files with sources below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn modules_import_from_those_before_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for path in sources(&root) {
        let file = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        if file == "lib.rs" || file == "order.rs" || file.ends_with("tests.rs") {
            continue;
        }
        let against = imports(&file, &fs::read_to_string(&path).unwrap());
        let against = against.into_iter().filter(|module| !may_import(&file, module));
        wrong.extend(against.map(|module| format!("{file} imports from {module}")));
    }
    wrong.sort_unstable();
    assert!(wrong.is_empty(), "against the order of ARCHITECTURE.md:\n{}", wrong.join("\n"));
}

#[test]
fn the_architecture_names_the_same_order() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let page = fs::read_to_string(page).unwrap();
    assert!(page.contains(&LINE.join(" → ")));
    for (module, _) in BESIDE {
        assert!(page.contains(&format!("| `{module}` |")), "{module}");
    }
}

#[test]
fn imports_are_found() {
    let source = "use crate::{read::{Id, Node}, time};\n// crate::desk\nuse super::super::story::Story;\nuse super::near;\n\
        #[cfg_attr(feature = \"schema\", schemars(with = \"crate::schema::Yes\"))]\nuse crate::model as it;\n\
        #[cfg(test)]\nmod tests {\n    use crate::desk;\n}\n";
    assert_eq!(imports("model/rule.rs", source), ["read", "time", "model", "story"]);
    assert!(may_import("model/rule.rs", "read") && !may_import("model/rule.rs", "desk"));
    assert!(may_import("routing/extension.rs", "script") && !may_import("routing/roster.rs", "script"));
}
