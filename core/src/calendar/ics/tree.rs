//! Content lines into components: what lies between a `BEGIN` and its `END`.

use std::borrow::Cow;

use super::lines::{Line, Oddity, RawLines};
use crate::calendar::notes::{Notes, Origin};
use crate::problem::{Code, Problem, shortened};

/// The largest stream that is read.
pub(crate) const MOST_BYTES: usize = 32 * 1024 * 1024;
/// The most components in a stream, alarms and time zones among them.
pub(crate) const MOST_COMPONENTS: usize = 100_000;
/// How deep components may lie in each other; `VCALENDAR`, `VEVENT`, `VALARM` are three.
const MOST_DEPTH: usize = 8;

/// The properties that anybody asks for, apart from those that begin with [`OURS`].
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

/// What the properties begin with that we write.
pub(crate) const OURS: &str = "X-FRONTDESK-";

/// A component: its lines, and the components in it.
#[derive(Debug, Default)]
pub(crate) struct Component {
    /// Its name in capitals, such as `VEVENT`.
    pub name: String,
    /// The line it begins on.
    pub number: usize,
    pub lines: Vec<Line>,
    pub children: Vec<Component>,
    /// Whether the stream broke off inside of it.
    pub is_cut: bool,
}

impl Component {
    /// The first line of a property.
    pub fn line(&self, name: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.name == name)
    }

    /// All lines of a property.
    pub fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.lines.iter().filter(move |line| line.name == name)
    }

    /// The value of a property, without blanks around it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.line(name).map(|line| line.value.trim()).filter(|value| !value.is_empty())
    }

    /// The components in it of a name.
    pub fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Component> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

/// Reads all components of a stream. What stands outside of all of them is not a part of a calendar.
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
        builder.tell_junk(notes);
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
    builder.tell_junk(notes);
    builder.finish(notes)
}

/// The lines, also where each ends with a carriage return alone, as on a Macintosh of old.
fn with_line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&b'\n') {
        return Cow::Borrowed(bytes);
    }
    bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect::<Vec<_>>().into()
}

/// Whether an attendee does not come (RFC 5545, section 3.2.12).
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
    /// How many components that lie too deep are open.
    too_deep: usize,
    count: usize,
    /// The first of some lines that are none of a calendar, and how many they are.
    junk: Option<(usize, usize)>,
}

impl Builder {
    /// Passes over a line that is none of a calendar.
    fn junk(&mut self, number: usize) {
        self.junk.get_or_insert((number, 0)).1 += 1;
    }

    /// Tells once about all such lines in a row.
    fn tell_junk(&mut self, notes: &mut Notes) {
        let Some((first, count)) = self.junk.take() else { return };
        let message = match count {
            1 => "this is not a line of a calendar, so it is passed over".to_owned(),
            count => format!("these {count} lines are none of a calendar, so they are passed over"),
        };
        notes.problem(Origin::Line(first), Problem::new(Code::InvalidCalendar, message).at_path(self.path("")));
    }

    /// Where we are, such as `VCALENDAR.VEVENT.RRULE`.
    fn path(&self, name: &str) -> String {
        let names = self.open.iter().map(|component| component.name.as_str());
        names.chain([name]).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(".")
    }

    fn is_wanted(&self, name: &str) -> bool {
        !self.open.is_empty() && self.too_deep == 0 && (WANTED.contains(&name) || name.starts_with(OURS))
    }

    fn add(&mut self, line: Line) {
        // Of those who are invited, it matters who does not come; the others may be thousands.
        let comes = line.name == "ATTENDEE" && !line.param("PARTSTAT").is_some_and(is_declined);
        if let Some(component) = self.open.last_mut().filter(|_| !comes) {
            component.lines.push(line);
        }
    }

    /// Opens a component; false when there are too many.
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
        // No event lies inside of another: the END of that one is missing.
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

    /// Closes what is open from a depth on, though its `END` is missing.
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
