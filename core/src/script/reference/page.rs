//! The page to read, in Markdown.

use super::GROUPS;
use crate::script::{Member, Scripts};

const INTRODUCTION: &str = "\
# Script reference

A script is a file in [Rhai](https://rhai.rs/book/language/) that defines any of the hooks below; the hooks
that it defines are called. Constants at its top are its parameters, with their defaults, and a rule's step sets them:

```json
\"strategy\": {\"script\": \"vip_first\", \"params\": {\"boost\": 20}}, \"on_error\": \"least_busy\"
```

A condition of a rule, `\"when\": \"contact.attributes.spend > 10000\"`, is one expression that is true or false. It sees
`conversation`, `contact`, `channel`, `inbox` and `now`, with all their members listed here.

Nothing that a script sees can be changed. A call has 100,000 operations, and all scripts and conditions that are asked at one
instant of a command have 2,000,000 together (`with_operations` and `with_operations_together` in Rust set others). Lists, maps
and closures nest at most 32 levels deep. A call that fails, exceeds its budget or returns an unusable value is reported as the
event `script_failed`, with line, column and calls, and the step does what its `on_error` says: `skip_step` by default, or a
strategy to fall back to. `throw #{code: \"late\", message: \"…\"}` is a failure of the script's own.
There is no clock but `desk.now`, no input or output, and no state that lasts from one call to the next. `eval`, `import`,
`print`, `**`, `is_shared` and closures that change variables around them are not supported.

The examples are from a desk of three, all available: `agent` is anna (vip, billing 5), `bo` is `desk.agents.named(\"bo\")`
(billing 3, lang:sv 4, capacity 2), who held the contact's last conversation and has one of someone else now; cy is called
Cyd. It is 10:30 in Stockholm when conversation c2 arrives by chat, with priority 3, about an invoice.
";

/// Returns a Markdown page of everything that scripts can use: the hooks, then the members by group, each with an example.
///
/// ```
/// let page = frontdesk::script::reference::page();
/// assert!(page.contains("| `load: int` | The weight of all it holds"));
/// ```
pub fn page() -> String {
    let mut text = format!("{INTRODUCTION}\n## Hooks\n\n| Hook | Use |\n|---|---|\n");
    for hook in Scripts::all_hooks() {
        text += &*format!("| `{}({})` | {} |\n", hook.name, hook.params.join(", "), cell(hook.doc()));
    }
    for (group, about) in GROUPS {
        text += &*format!("\n## {group}\n\n{about}\n\n| Member | Value | Example |\n|---|---|---|\n");
        Scripts::api().iter().filter(|member| member.of == group).for_each(|member| text += &row(member));
    }
    text
}

fn row(member: &Member) -> String {
    let example = match member.example() {
        None => String::new(),
        Some((expression, "")) => code(expression),
        Some((expression, answer)) => format!("{} → {}", code(expression), code(answer)),
    };
    format!("| {} | {} | {example} |\n", code(member.signature), cell(member.doc()))
}

/// Returns code in a table; if it has a backtick, it is enclosed in two.
fn code(text: &str) -> String {
    match text.contains('`') {
        true => format!("`` {} ``", cell(text)),
        false => format!("`{}`", cell(text)),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
