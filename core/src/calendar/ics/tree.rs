//! Groups content lines into components: the lines between a `BEGIN` and its `END`.

use std::borrow::Cow;

use super::lines::{Line, Oddity, RawLines};
use crate::calendar::notes::{Notes, Origin};
use crate::problem::{Code, Problem, shortened};

/// The size in bytes of the largest stream that is read.
pub(crate) const MOST_BYTES: usize = 32 * 1024 * 1024;
/// The largest number of components in a stream, including alarms and time zones.
pub(crate) const MOST_COMPONENTS: usize = 100_000;
/// The deepest nesting of components; `VCALENDAR`, `VEVENT`, `VALARM` are three.
const MOST_DEPTH: usize = 8;

/// The properties that are kept, besides those that begin with [`OURS`].
const WANTED: [&str; 35] = [
    "ATTENDEE",
    "BUSYTYPE",
    "CATEGORIES",
    "CLASS",
    "DESCRIPTION",
    "DTEND",
    "DTSTART",
    "DURATION",
    "EXDATE",
    "EXRULE",
    "FREEBUSY",
    "METHOD",
    "PRIORITY",
    "RDATE",
    "RECURRENCE-ID",
    "RRULE",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "TRANSP",
    "TZID",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "UID",
    "X-LIC-LOCATION",
    "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-INTENDEDSTATUS",
    "X-MICROSOFT-MSNCALENDAR-BUSYSTATUS",
    "X-MS-OLK-ORIGINALSTART",
    "X-WR-CALNAME",
    "X-WR-TIMEZONE",
    "LAST-MODIFIED",
    "DTSTAMP",
    "TZUNTIL",
    "NAME",
];

/// The prefix of the properties that our writer adds.
pub(crate) const OURS: &str = "X-FRONTDESK-";

/// A component: its lines, and the components inside of it.
#[derive(Debug, Default)]
pub(crate) struct Component {
    /// The name in capitals, such as `VEVENT`.
    pub name: String,
    /// The line on which it begins.
    pub number: usize,
    pub lines: Vec<Line>,
    pub children: Vec<Component>,
    /// `true` if the stream ended inside of the component.
    pub is_cut: bool,
}

impl Component {
    /// Returns the first line of a property.
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// Returns all lines of a property.
    pub fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// Returns the value of a property, trimmed.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.line(name).map(|line| line.value.trim()).filter(|value| !value.is_empty())
    }

    /// Returns the components of a name inside of this one.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Component> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads all components of a stream. Lines outside of components are not part of a calendar.
pub(crate) fn read(bytes: &[u8], notes: &mut Notes) -> Vec<Component> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.len() > MOST_BYTES {
        let most = MOST_BYTES / 1024 / 1024;
        let message = format!("the calendar has {} MiB; at most {most} are read", bytes.len() / 1024 / 1024);
        notes.broken(Origin::Line(1), Problem::new(Code::OutOfRange, message));
        return Vec::new();
    }
    if bytes.trim_ascii().is_empty() {
        notes.no_calendar(Problem::new(Code::InvalidCalendar, "there is nothing in the calendar"));
        return Vec::new();
    }
    let bytes = with_line_feeds(bytes);
    let mut builder = Builder::default();
    for raw in RawLines::new(&bytes) {
        if !raw.is_content_line() {
            builder.junk(raw.number);
            continue;
        }
        builder.remark_junk(notes);
        let name = raw.name();
        if !(name == "BEGIN" || name == "END" || builder.is_wanted(&name)) {
            continue;
        }
        let (line, oddity) = raw.read();
        if let Some(oddity) = oddity {
            notes.problem(Origin::Line(raw.number), odd(oddity, &name, builder.path(&name)));
        }
        let Some(line) = line else { continue };
        match name.as_str() {
            "BEGIN" => {
                if !builder.begin(&line, notes) {
                    break;
                }
            }
            "END" => builder.end(&line, notes),
            _ => builder.add(line),
        }
    }
    builder.remark_junk(notes);
    builder.finish(notes)
}

/// Replaces lone carriage returns, the line breaks of the old Macintosh, by line feeds.
fn with_line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&b'\n') {
        return Cow::Borrowed(bytes);
    }
    bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect::<Vec<_>>().into()
}

/// Returns `true` if the status of an attendee means that they do not come (RFC 5545, section 3.2.12).
fn is_declined(status: &str) -> bool {
    ["DECLINED", "DELEGATED"].iter().any(|declined| status.eq_ignore_ascii_case(declined))
}

fn odd(oddity: Oddity, name: &str, path: String) -> Problem {
    let message = match oddity {
        Oddity::NoContentLine => "this is not a line of a calendar, so it is passed over".to_owned(),
        Oddity::TooLong => format!("the line of {name} is too long, so it is passed over"),
        Oddity::NotUtf8 => format!("{name} has bytes that are not UTF-8; they are read as \u{fffd}"),
        Oddity::ControlCharacters => format!("{name} has control characters; they are left out"),
    };
    Problem::new(Code::InvalidCalendar, message).at_path(path)
}

#[derive(Default)]
struct Builder {
    roots: Vec<Component>,
    open: Vec<Component>,
    /// The number of open components that are nested too deep.
    too_deep: usize,
    count: usize,
    /// The first of several lines outside of any component, and their number.
    junk: Option<(usize, usize)>,
}

impl Builder {
    /// Counts a line outside of any component.
    fn junk(&mut self, number: usize) {
        self.junk.get_or_insert((number, 0)).1 += 1;
    }

    /// Reports consecutive lines outside of any component once.
    fn remark_junk(&mut self, notes: &mut Notes) {
        let Some((first, count)) = self.junk.take() else { return };
        let message = match count {
            1 => "this is not a line of a calendar, so it is passed over".to_owned(),
            count => format!("these {count} lines are none of a calendar, so they are passed over"),
        };
        notes.problem(Origin::Line(first), Problem::new(Code::InvalidCalendar, message).at_path(self.path("")));
    }

    /// Returns the current path, such as `VCALENDAR.VEVENT.RRULE`.
    fn path(&self, name: &str) -> String {
        let names = self.open.iter().map(|component| component.name.as_str());
        names.chain([name]).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(".")
    }

    fn is_wanted(&self, name: &str) -> bool {
        !self.open.is_empty() && self.too_deep == 0 && (WANTED.contains(&name) || name.starts_with(OURS))
    }

    fn add(&mut self, line: Line) {
        // Only attendees who do not come matter; the others may be thousands.
        let comes = line.name == "ATTENDEE" && !line.param("PARTSTAT").is_some_and(is_declined);
        if let Some(component) = self.open.last_mut().filter(|_| !comes) {
            component.lines.push(line);
        }
    }

    /// Opens a component; returns `false` if there are too many.
    fn begin(&mut self, line: &Line, notes: &mut Notes) -> bool {
        let name = line.value.trim().to_ascii_uppercase();
        let origin = Origin::Line(line.number);
        self.count += 1;
        if self.count > MOST_COMPONENTS {
            let message = format!("the calendar has more than {MOST_COMPONENTS} components; the rest is not read");
            notes.broken(origin, Problem::new(Code::OutOfRange, message));
            return false;
        }
        if self.open.len() >= MOST_DEPTH {
            if self.too_deep == 0 {
                let message =
                    format!("{} lies deeper than {MOST_DEPTH} components, so it is passed over", shortened(&name));
                notes.problem(origin, Problem::new(Code::InvalidCalendar, message).at_path(self.path("BEGIN")));
            }
            self.too_deep += 1;
            return true;
        }
        // Events do not nest: the `END` of the outer one is missing.
        if let Some(at) = self.open.iter().rposition(|open| open.name == name && name.starts_with('V')) {
            self.close_down_to(at, origin, notes);
        }
        self.open.push(Component { name, number: line.number, ..Component::default() });
        true
    }

    fn end(&mut self, line: &Line, notes: &mut Notes) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let name = line.value.trim().to_ascii_uppercase();
        match self.open.iter().rposition(|open| open.name == name) {
            Some(at) => {
                self.close_down_to(at + 1, Origin::Line(line.number), notes);
                self.close();
            }
            None => {
                let message = format!("END:{} ends nothing, so it is passed over", shortened(&name));
                let problem = Problem::new(Code::InvalidCalendar, message).at_path(self.path("END"));
                notes.problem(Origin::Line(line.number), problem);
            }
        }
    }

    /// Closes the components from a depth on, whose `END` is missing.
    fn close_down_to(&mut self, depth: usize, origin: Origin, notes: &mut Notes) {
        while self.open.len() > depth {
            if let Some(open) = self.open.last() {
                let message = format!("the {} of line {} has no END before this", shortened(&open.name), open.number);
                notes.problem(origin.clone(), Problem::new(Code::InvalidCalendar, message).at_path(self.path("END")));
            }
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(done) = self.open.pop() {
            let list = self.open.last_mut().map_or(&mut self.roots, |parent| &mut parent.children);
            list.push(done);
        }
    }

    fn finish(mut self, notes: &mut Notes) -> Vec<Component> {
        if let Some(open) = self.open.first() {
            let message = format!("the text breaks off inside of the {} of this line", shortened(&open.name));
            notes.broken(Origin::Line(open.number), Problem::new(Code::InvalidCalendar, message));
        }
        self.open.iter_mut().for_each(|open| open.is_cut = true);
        while !self.open.is_empty() {
            self.close();
        }
        if self.roots.is_empty() && notes.is_complete() {
            let message = "this is not a calendar: nothing in it begins with BEGIN:VCALENDAR";
            notes.no_calendar(Problem::new(Code::InvalidCalendar, message));
        }
        self.roots
    }
}
