//! Definitions for editors, in the form that Rhai's own tools read.

use crate::script::{Hook, Member, Scripts};

/// The head of the file, with its usage.
const HEAD: &str = "\
// The members and functions for routing scripts of frontdesk, for editors.
//
// Put this file into the folder of your scripts; `frontdesk` ignores it. The Rhai language server
// (https://github.com/rhaiscript/lsp, with its extension for Visual Studio Code) reads files that end in .d.rhai and offers
// them while you write. It does not know which type a parameter of a hook has, so it finds no misspelt member:
// `frontdesk check DESK --scripts FOLDER` does.
module static;
";

/// Returns the definitions of everything that scripts can use, as the text of a `.d.rhai` file.
///
/// ```
/// let text = frontdesk::script::reference::definitions();
/// assert!(text.contains("fn get load(agent: agent) -> int;"));
/// ```
pub fn definitions() -> String {
    let mut text = String::from(HEAD);
    for hook in Scripts::all_hooks() {
        text += &*format!("\n/// {}\n{}\n", hook.doc(), shape(hook));
    }
    for member in Scripts::api() {
        text += &*format!("\n/// {}\n{}\n", member.doc(), declaration(member));
    }
    text
}

/// Returns a hook as a comment, because scripts define it.
fn shape(hook: &Hook) -> String {
    format!("// fn {}({}) {{ … }}", hook.name, hook.params.join(", "))
}

fn declaration(member: &Member) -> String {
    let Member { of, signature, .. } = member;
    match signature.split_once(": ").filter(|(name, _)| !name.contains('(')) {
        Some((name, kind)) => format!("fn get {name}({of}: {}) -> {};", word(of), word(kind)),
        None => function(of, signature),
    }
}

/// Returns a function with its parameters; the first is the value it belongs to, unless there is none.
fn function(of: &str, signature: &str) -> String {
    let (call, kind) =
        signature.split_once(" -> ").filter(|(call, _)| call.ends_with(')')).unwrap_or((signature, "()"));
    let (name, params) = call.split_once('(').unwrap_or((call, ")"));
    let params = params.strip_suffix(')').unwrap_or(params);
    let own = (of != "everywhere").then(|| format!("{of}: {}", word(of)));
    let params: Vec<String> = own.into_iter().chain(parameters(params)).collect();
    format!("fn {name}({}) -> {};", params.join(", "), word(kind))
}

/// Returns the parameters with their types; a function such as `|agent| bool` included.
fn parameters(params: &str) -> Vec<String> {
    let (function, rest) = match params.strip_prefix('|').and_then(|rest| rest.split_once('|')) {
        Some((_, rest)) => (Some("f: Fn".to_owned()), rest.split_once(", ").map_or("", |(_, rest)| rest)),
        None => (None, params),
    };
    let named = rest.split(", ").filter(|it| !it.is_empty()).map(|it| match it.split_once(": ") {
        Some((name, kind)) => format!("{name}: {}", word(kind)),
        None => it.to_owned(),
    });
    function.into_iter().chain(named).collect()
}

/// Returns a type as Rhai names it; `?` for one of several.
fn word(kind: &str) -> &str {
    match kind {
        "text" => "String",
        "int" | "bool" | "float" | "()" => kind,
        "list" => "Array",
        "map" => "Map",
        _ if kind.starts_with("list of") => "Array",
        _ if kind.contains(" or ") || kind == "any" || kind == "number" => "?",
        _ => kind,
    }
}
