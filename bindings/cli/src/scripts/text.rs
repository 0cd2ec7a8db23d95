//! The text of a test file: finding calls as they are written.

use frontdesk::script::testing::rhai::Position;

/// A call in the source text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Call {
    /// The text on one line, and its line and column.
    pub text: (String, (usize, usize)),
    /// The arguments.
    pub arguments: Vec<String>,
}

impl Call {
    /// Returns both sides of the operator in the first argument.
    pub fn sides(&self, operator: &str) -> Vec<String> {
        let Some(argument) = self.arguments.first().filter(|_| !operator.is_empty()) else { return Vec::new() };
        let mut depth = 0_usize;
        for (offset, c) in code(argument) {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 && argument.get(offset..).is_some_and(|rest| rest.starts_with(operator)) => {
                    let (left, right) = argument.split_at(offset);
                    return vec![left.trim().to_owned(), right[operator.len()..].trim().to_owned()];
                }
                _ => {}
            }
        }
        Vec::new()
    }
}

/// Returns the call of a function whose name is at a position.
pub fn arguments(source: &str, name: &str, position: Position) -> Option<Call> {
    let offset = offset(source, position)?;
    source.get(offset..)?.starts_with(name).then(|| read(source, offset, name)).flatten()
}

/// Finds the last call of a function that begins before a position.
pub fn call_before(source: &str, name: &str, position: Position) -> Option<Call> {
    let before = source.get(..offset(source, position)?)?;
    read(source, before.rfind(name)?, name)
}

fn read(source: &str, offset: usize, name: &str) -> Option<Call> {
    let rest = source.get(offset + name.len()..)?;
    let open = rest.find('(')?;
    let inner = rest.get(open + 1..)?;
    let (mut depth, mut start, mut arguments) = (0_usize, 0, Vec::new());
    let mut end = None;
    for (at, c) in code(inner) {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' => {
                end = Some(at);
                break;
            }
            ',' if depth == 0 => {
                arguments.push(one_line(inner.get(start..at)?));
                start = at + 1;
            }
            _ => {}
        }
    }
    let end = end?;
    arguments.push(one_line(inner.get(start..end)?));
    arguments.retain(|argument| !argument.is_empty());
    let before = source.get(..offset)?;
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let text = format!("{name}({})", one_line(inner.get(..end)?));
    Some(Call { text: (text, (line, column)), arguments })
}

/// Returns the characters of code, without text literals and comments.
fn code(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quoted: Option<char> = None;
    let mut is_escaped = false;
    let mut in_comment = false;
    text.char_indices().filter(move |(offset, c)| {
        if in_comment {
            in_comment = *c != '\n';
            return false;
        }
        if let Some(quote) = quoted {
            if is_escaped {
                is_escaped = false;
            } else if *c == '\\' {
                is_escaped = true;
            } else if *c == quote {
                quoted = None;
            }
            return false;
        }
        if matches!(c, '"' | '\'' | '`') {
            quoted = Some(*c);
            return false;
        }
        if text.get(*offset..).is_some_and(|rest| rest.starts_with("//")) {
            in_comment = true;
            return false;
        }
        true
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn offset(source: &str, position: Position) -> Option<usize> {
    let (line, column) = (position.line()?, position.position()?);
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let rest = source.get(start..)?;
    Some(start + rest.char_indices().nth(column - 1)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_told_as_they_are_written() {
        let source = "fn test_a() {\n    // é (\n    assert_eq(got.agent, \"a, \\\")b\" + f(1, [2, 3]),\n        \"note\");\n}\n";
        let call = arguments(source, "assert_eq", Position::new(3, 5)).unwrap();
        assert_eq!(call.arguments, ["got.agent", "\"a, \\\")b\" + f(1, [2, 3])", "\"note\""]);
        assert_eq!(call.text.1, (3, 5));
        assert_eq!(call.text.0, "assert_eq(got.agent, \"a, \\\")b\" + f(1, [2, 3]), \"note\")");
        assert_eq!(arguments(source, "assert_eq", Position::new(3, 6)), None);
    }

    #[test]
    fn both_sides_of_a_comparison_are_found() {
        let source = "assert((a == 1) == f(\"==\") );";
        let call = call_before(source, "assert", Position::new(1, 8)).unwrap();
        assert_eq!(call.sides("=="), ["(a == 1)", "f(\"==\")"]);
        assert_eq!(call.sides("<"), [""; 0]);
    }
}
