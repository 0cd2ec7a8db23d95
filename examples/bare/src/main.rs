//! The core with nothing around it: text in, text out. CI builds it for wasm32 and checks that it imports nothing.

use std::io::Read;

use frontdesk::Desk;

/// The events of commands, one a line, on a desk that a document describes.
fn replay(document: &str, commands: &str) -> Result<String, String> {
    let mut desk = Desk::from_json(document).map_err(|problems| format!("{problems:?}"))?;
    let mut lines = String::new();
    for command in commands.lines() {
        for event in desk.handle_json(command).map_err(|problems| format!("{problems:?}"))? {
            lines += &event.to_json();
            lines.push('\n');
        }
    }
    Ok(lines)
}

fn main() {
    let mut input = String::new();
    let read = std::io::stdin().read_to_string(&mut input);
    let (document, commands) = input.split_once("\n\n").unwrap_or((&input, ""));
    match read.map_err(|error| error.to_string()).and_then(|_| replay(document, commands)) {
        Ok(events) => print!("{events}"),
        Err(problems) => eprintln!("{problems}"),
    }
}
