//! Walks a document and collects every problem on the way.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::fields::numbered;
use super::path::{self, Placed, Segment};
use super::times::{parse_date, parse_date_time, parse_time_of_day};
use super::written::of_version;
use super::{Fields, Id, Node, Wrong};
use crate::deadline::NowAndThen;
use crate::problem::{Code, MOST_SUGGESTIONS, Problem, Word, shortened, there_are};
use crate::time::{Duration, Instant, Recurrence, Zone, Zones};

/// The scripts and strategies there are, each with its parameters and their defaults, `null` for a default of any type; one
/// that does not say takes any.
pub(crate) type DeclaredScripts = BTreeMap<Id, Option<BTreeMap<String, Value>>>;

/// Checks a text that another module understands.
pub(crate) type CheckText = fn(&str) -> Result<(), Problem>;

/// The names that may be referred to, and the check of conditions.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The zones that may be named.
    pub zones: Zones,
    pub agents: FxHashSet<Id>,
    pub teams: FxHashSet<Id>,
    pub inboxes: FxHashSet<Id>,
    pub kinds: FxHashSet<Id>,
    /// The scripts that may be named; any, where they are not known yet.
    pub scripts: Option<Arc<DeclaredScripts>>,
    /// Checks the text of a condition; all is one where there is none.
    pub check_when: Option<CheckText>,
}

/// The inbox that is being read: its rules may refer to it and to its channels.
#[derive(Default)]
struct Here {
    inbox: Option<Id>,
    channels: FxHashSet<Id>,
}

/// Walks a document. Every `read` function returns `None` after it reported why.
pub(crate) struct Reader<'k> {
    /// The names that may be referred to.
    pub known: &'k Known,
    /// Set if all was read before, and found right.
    again: bool,
    here: Here,
    path: Vec<Segment>,
    problems: Vec<Placed>,
    /// The number of further problems for which a name is suggested.
    suggestions: usize,
    watch: NowAndThen,
}

impl<'k> Reader<'k> {
    pub fn new(known: &'k Known) -> Self {
        Reader {
            known,
            again: false,
            here: Here::default(),
            path: Vec::new(),
            problems: Vec::new(),
            suggestions: MOST_SUGGESTIONS,
            watch: NowAndThen::default(),
        }
    }

    /// For what was read before: which scripts and strategies there are by now does not matter to it.
    pub fn again(known: &'k Known) -> Self {
        Reader { again: true, ..Reader::new(known) }
    }

    /// The scripts and strategies that may be named; any, where they are not known yet, or were known before, and where
    /// nothing is routed.
    pub fn scripts(&self) -> Option<&'k DeclaredScripts> {
        self.known.scripts.as_deref().filter(|_| cfg!(feature = "routing") && !self.again)
    }

    /// Set if scripts and strategies are named that nobody vouches for.
    pub fn names_any_script(&self) -> bool {
        self.known.scripts.is_none() && !self.again
    }

    pub(super) fn into_problems(self) -> Vec<Placed> {
        self.problems
    }

    /// Returns `true` if nothing was reported yet.
    pub fn is_clean(&self) -> bool {
        self.problems.is_empty()
    }

    /// Reports a problem at the current place.
    pub fn report(&mut self, problem: Problem) {
        let path = self.path.clone();
        self.problems.push(Placed { problem: problem.at_path(path::to_text(&path)), path, on_key: false });
    }

    /// Reports a problem of a code and message at the current place, and gives nothing.
    pub fn fail<T>(&mut self, code: Code, message: impl Into<String>) -> Option<T> {
        self.report(Problem::new(code, message.into()));
        None
    }

    /// The problem with the known names that may be meant, as long as there are few such problems: to look for a name among
    /// very many, again and again, would take longer than anybody waits.
    pub fn suggesting<'a>(
        &mut self,
        problem: Problem,
        wrong: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Problem {
        if self.may_suggest() { problem.suggesting(wrong, known) } else { problem }
    }

    /// Returns `true` if one more problem may suggest a name.
    fn may_suggest(&mut self) -> bool {
        let left = self.suggestions.checked_sub(1);
        self.suggestions = left.unwrap_or_default();
        left.is_some()
    }

    fn report_on_key(&mut self, key: Segment, problem: Problem) {
        self.under(key, |r| r.report_key(problem));
    }

    /// Reports a problem of the key that led to the current place.
    pub fn report_key(&mut self, problem: Problem) {
        self.report(problem);
        if let Some(last) = self.problems.last_mut() {
            last.on_key = true;
        }
    }

    /// Reports that something else was expected.
    pub fn wrong_type<T>(&mut self, node: &Node, wanted: &str) -> Option<T> {
        self.report_wrong_type(node, wanted);
        None
    }

    fn report_wrong_type(&mut self, node: &Node, wanted: &str) {
        let problem = Problem::new(Code::WrongType, format!("expected {wanted}, found {}", node.kind()));
        self.report_type(node, problem);
    }

    /// Reports that something else was expected, which is written so.
    pub(super) fn wrong_form<T>(&mut self, node: &Node, wanted: &str, hint: impl Into<String>) -> Option<T> {
        let problem = Problem::new(Code::WrongType, format!("expected {wanted}, found {}", node.kind()));
        self.report_type(node, problem.with_hint(hint));
        None
    }

    fn report_type(&mut self, node: &Node, problem: Problem) {
        self.report(match self.path.last().filter(|_| matches!(node, Node::Null)) {
            Some(Segment::Index(_)) => problem.with_hint("leave it out of the list"),
            Some(_) => problem.with_hint("leave the key out where there is no value"),
            None => problem,
        });
    }

    /// Reads back such a thing as this library wrote, of a version.
    pub fn written<T>(
        &mut self,
        node: &Node,
        what: &str,
        version: u8,
        read: impl FnOnce(&Node) -> Result<T, Wrong>,
    ) -> Option<T> {
        let Placed { problem, path: below, on_key } = match of_version(node, what, version, read) {
            Ok(read) => return Some(read),
            Err(placed) => *placed,
        };
        let path = [self.path.as_slice(), &below].concat();
        self.problems.push(Placed { problem: problem.at_path(path::to_text(&path)), path, on_key });
        None
    }

    /// Reads what lies under a key or index.
    pub fn under<T>(&mut self, segment: Segment, read: impl FnOnce(&mut Self) -> T) -> T {
        self.enter(segment);
        let value = read(self);
        self.leave();
        value
    }

    // Not inlined: compiled once for all types that are read.

    #[inline(never)]
    fn enter(&mut self, segment: Segment) {
        self.path.push(segment);
    }

    #[inline(never)]
    fn leave(&mut self) {
        self.path.pop();
    }

    #[inline(never)]
    fn enter_optional<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node> {
        let node = fields.take(key)?;
        self.enter(Segment::nth(key, 0));
        Some(node)
    }

    #[inline(never)]
    fn enter_required<'n>(&mut self, fields: &mut Fields<'n>, key: &'static str) -> Option<&'n Node> {
        if !fields.has(key) {
            self.report(Problem::new(Code::MissingKey, format!("the key {key:?} is missing")));
        }
        self.enter_optional(fields, key)
    }

    // ---- objects

    /// The entries of an object with a fixed set of keys; ask for each, then [`finish`](Self::finish).
    pub fn object<'n>(&mut self, node: &'n Node) -> Option<Fields<'n>> {
        match node {
            Node::Object(entries) => {
                self.check_duplicate_keys(entries);
                Some(Fields { entries, known: Vec::with_capacity(16) })
            }
            other => self.wrong_type(other, "an object"),
        }
    }

    fn check_duplicate_keys(&mut self, entries: &[(String, Node)]) {
        for (before, key, _) in numbered(entries) {
            if before > 0 {
                let message = format!("the key {:?} stands here already", shortened(key));
                self.report_on_key(Segment::nth(key, before), Problem::new(Code::DuplicateKey, message));
            }
        }
    }

    /// Reports the keys nobody asked for; gives those that begin with `x-`.
    pub fn finish(&mut self, fields: Fields<'_>) -> BTreeMap<String, Value> {
        let mut extensions = BTreeMap::new();
        let others = fields.entries.iter().filter(|(key, _)| !fields.known.contains(&key.as_str()));
        for (before, key, node) in numbered(others) {
            if key.starts_with("x-") {
                let value = self.under(Segment::nth(key, before), |r| r.value(node));
                extensions.extend(value.map(|value| (key.to_owned(), value)));
            } else {
                let problem = Problem::new(Code::UnknownKey, format!("there is no key {:?} here", shortened(key)));
                let problem = self.suggesting(problem, key, fields.known.iter().copied());
                let problem = problem.or_hint(|| there_are(&distinct(&fields.known)));
                self.report_on_key(Segment::nth(key, before), problem);
            }
        }
        extensions
    }

    /// A key that may be absent; its problems are reported.
    pub fn optional<'n, T>(
        &mut self,
        fields: &mut Fields<'n>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.enter_optional(fields, key)?;
        let value = read(self, node);
        self.leave();
        value
    }

    /// A key that must be there.
    pub fn required<'n, T>(
        &mut self,
        fields: &mut Fields<'n>,
        key: &'static str,
        read: impl FnOnce(&mut Self, &'n Node) -> Option<T>,
    ) -> Option<T> {
        let node = self.enter_required(fields, key)?;
        let value = read(self, node);
        self.leave();
        value
    }

    /// An optional list, empty when absent.
    pub fn list_or_empty<T>(
        &mut self,
        fields: &mut Fields<'_>,
        key: &'static str,
        read: impl FnMut(&mut Self, &Node) -> Option<T>,
    ) -> Vec<T> {
        self.optional(fields, key, |r, node| r.list(node, read)).unwrap_or_default()
    }

    /// The entries of an object whose keys are free.
    pub fn map<T, C: Default + Extend<T>>(
        &mut self,
        node: &Node,
        mut read: impl FnMut(&mut Self, &str, &Node) -> Option<T>,
    ) -> Option<C> {
        let Node::Object(entries) = node else { return self.wrong_type(node, "an object") };
        self.check_duplicate_keys(entries);
        let mut values = C::default();
        for (before, key, node) in numbered(entries) {
            values.extend(self.under(Segment::nth(key, before), |r| read(r, key, node)));
        }
        Some(values)
    }

    /// The elements of a list; those with problems are left out.
    pub fn list<T>(&mut self, node: &Node, mut read: impl FnMut(&mut Self, &Node) -> Option<T>) -> Option<Vec<T>> {
        let Node::List(elements) = node else { return self.no_list(node) };
        let mut values = Vec::new();
        for (index, node) in elements.iter().enumerate() {
            // Nothing that is read after the deadline is returned.
            if self.watch.is_up() {
                break;
            }
            if let Some(value) = self.under(Segment::Index(index), |r| read(r, node)) {
                values.push(value);
            }
        }
        Some(values)
    }

    /// Reports every element of a list that has the same text under a key as an earlier one.
    pub fn unique(&mut self, list: &Node, key: &str, what: &str) {
        let mut seen = FxHashSet::default();
        for (index, element) in list.elements().iter().enumerate() {
            let Some(id) = element.get(key).and_then(Node::text) else { continue };
            if !seen.insert(id) {
                let problem = Problem::new(Code::DuplicateId, format!("there is already {what} {:?}", shortened(id)));
                self.under(Segment::Index(index), |r| r.under(Segment::nth(key, 0), |r| r.report(problem)));
            }
        }
    }

    /// Reports every element of the list under a key that has the same id as an earlier one.
    pub fn unique_under(&mut self, fields: &Fields<'_>, list: &str, what: &str) {
        if let Some(node) = fields.peek(list) {
            self.under(Segment::nth(list, 0), |r| r.unique(node, "id", what));
        }
    }

    /// Reports that a list was expected.
    fn no_list<T>(&mut self, node: &Node) -> Option<T> {
        match node {
            Node::Text(text) => {
                self.wrong_form(node, "a list", format!("write it in brackets: [{:?}]", shortened(text)))
            }
            Node::Object(_) => self.wrong_form(node, "a list", "write it in brackets: [{…}]"),
            other => self.wrong_type(other, "a list"),
        }
    }

    // ---- plain values

    pub fn text<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match node {
            Node::Text(text) => Some(text),
            Node::Number(_) | Node::Bool(_) => self.wrong_form(node, "text", "write it in quotes"),
            other => self.wrong_type(other, "text"),
        }
    }

    pub fn string(&mut self, node: &Node) -> Option<String> {
        self.text(node).map(str::to_owned)
    }

    pub fn bool(&mut self, node: &Node) -> Option<bool> {
        match node {
            Node::Bool(value) => Some(*value),
            Node::Text(text) if ["true", "false"].contains(&text.as_str()) => {
                self.wrong_form(node, "true or false", "write it without quotes")
            }
            other => self.wrong_type(other, "true or false"),
        }
    }

    /// Any JSON value; its numbers within ±2^53, its keys unique.
    pub fn value(&mut self, node: &Node) -> Option<Value> {
        self.check_value(node);
        Some(node.into())
    }

    fn check_value(&mut self, node: &Node) {
        match node {
            Node::Number(_) => {
                self.number(node);
            }
            Node::List(_) => {
                self.list(node, |r, element| {
                    r.check_value(element);
                    Some(())
                });
            }
            Node::Object(_) => {
                self.map::<(), ()>(node, |r, _, element| {
                    r.check_value(element);
                    Some(())
                });
            }
            _ => {}
        }
    }

    /// A word of a vocabulary.
    pub fn word<W: Word>(&mut self, node: &Node) -> Option<W> {
        node.text().and_then(W::find).or_else(|| self.no_word(node, W::TEXTS, None))
    }

    /// One of a fixed set of words.
    pub fn one_of<T: Copy>(&mut self, node: &Node, words: &[(&'static str, T)]) -> Option<T> {
        meant(node, words).or_else(|| self.no_word(node, &texts(words), None))
    }

    /// One of a fixed set of words, where an object, described as `object`, would be right as well.
    pub fn word_or_object<T: Copy>(&mut self, node: &Node, words: &[(&'static str, T)], object: &str) -> Option<T> {
        meant(node, words).or_else(|| self.no_word(node, &texts(words), Some(object)))
    }

    fn no_word<T>(&mut self, node: &Node, all: &[&str], object: Option<&str>) -> Option<T> {
        let words = all.join(", ");
        let Node::Text(text) = node else {
            let wanted = object.map_or(format!("one of {words}"), |object| format!("{words} or {object}"));
            return self.wrong_type(node, &wanted);
        };
        let or_else = object.map(|object| format!(", nor {object}")).unwrap_or_default();
        let message = format!("{:?} is none of {words}{or_else}", shortened(text));
        let problem = self.suggesting(Problem::new(Code::InvalidValue, message), text, all.iter().copied());
        self.report(problem);
        None
    }

    // ---- ids

    pub fn id(&mut self, node: &Node) -> Option<Id> {
        let text = self.text(node)?;
        match Id::fault(text) {
            None => Some(Id::from(text)),
            Some(fault) => self.fail(Code::InvalidValue, fault),
        }
    }

    pub fn agent(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "agent", &known.agents)
    }

    pub fn team(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "team", &known.teams)
    }

    pub fn inbox(&mut self, node: &Node) -> Option<Id> {
        let known = self.known;
        self.reference(node, "inbox", &known.inboxes)
    }

    /// Enters an inbox, so that what stands in it may refer to it and to its channels.
    pub fn enter_inbox(&mut self, entry: &Node) {
        let id = |node: &Node| node.get("id").and_then(Node::text).map(Id::from);
        let channels = entry.get("channels").map(Node::elements).unwrap_or_default();
        self.here = Here { inbox: id(entry), channels: channels.iter().filter_map(id).collect() };
    }

    /// An inbox, which may be the one that is being read.
    pub fn inbox_or_this(&mut self, node: &Node) -> Option<Id> {
        match &self.here.inbox {
            Some(this) if node.text() == Some(this) => Some(this.clone()),
            _ => self.inbox(node),
        }
    }

    /// A channel of the inbox that is being read.
    pub fn channel(&mut self, node: &Node) -> Option<Id> {
        let channels = std::mem::take(&mut self.here.channels);
        let channel = self.reference(node, "channel in this inbox", &channels);
        self.here.channels = channels;
        channel
    }

    fn reference(&mut self, node: &Node, what: &str, known: &FxHashSet<Id>) -> Option<Id> {
        let id = self.id(node)?;
        if known.contains(&id) {
            return Some(id);
        }
        let problem = Problem::new(Code::UnknownReference, format!("there is no {what} {:?}", shortened(&id)));
        let problem = self.suggesting(problem, &id, known.iter().map(|known| &**known));
        self.report(problem.or_hint(|| few(what, known)));
        None
    }

    // ---- times

    /// Reads text of a form, such as that of the example.
    fn parsed<T>(&mut self, node: &Node, form: Form, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let Node::Text(text) = node else { return self.no_text_of(node, form) };
        parse(text).map_err(|problem| self.report(problem)).ok()
    }

    fn no_text_of<T>(&mut self, node: &Node, form: Form) -> Option<T> {
        let (what, example) = form;
        let count = if let Node::Number(number) = node { number.as_u64() } else { None };
        match count.filter(|_| form == DURATION) {
            Some(count) => self.wrong_form(
                node,
                what,
                format!("write it with its unit: \"{count}s\", or \"{count}m\" for minutes"),
            ),
            None => self.wrong_form(node, what, format!("write it as text: {example:?}")),
        }
    }

    pub fn zone(&mut self, node: &Node) -> Option<Zone> {
        let (zones, suggests) = (&self.known.zones, self.suggestions > 0);
        let unknown = |name: &str| if suggests { zones.unknown(name) } else { Zones::unknown_name(name) };
        let zone = self
            .parsed(node, ("a time zone", "Europe/Stockholm"), |name| zones.find(name).ok_or_else(|| unknown(name)));
        if zone.is_none() {
            self.suggestions = self.suggestions.saturating_sub(1);
        }
        zone
    }

    pub fn instant(&mut self, node: &Node) -> Option<Instant> {
        self.parsed(node, INSTANT, Instant::parse)
    }

    /// An instant, or the end of time: 2200-01-01T00:00:00Z, up to which a span may last.
    pub fn end(&mut self, node: &Node) -> Option<Instant> {
        self.parsed(node, INSTANT, Instant::parse_end)
    }

    pub fn duration(&mut self, node: &Node) -> Option<Duration> {
        self.parsed(node, DURATION, Duration::parse)
    }

    /// A calendar date such as `2026-11-20`.
    pub fn date(&mut self, node: &Node) -> Option<NaiveDate> {
        self.parsed(node, ("a date", "2026-11-20"), parse_date)
    }

    /// A date and time on the wall clock, such as `2026-11-20T14:00`; `24:00` is the next midnight.
    pub fn date_time(&mut self, node: &Node) -> Option<NaiveDateTime> {
        self.parsed(node, ("a date and time", "2026-11-20T14:00"), parse_date_time)
    }

    /// A recurrence rule such as `FREQ=WEEKLY;BYDAY=FR`.
    pub fn recurrence(&mut self, node: &Node) -> Option<Recurrence> {
        self.parsed(node, ("a recurrence rule", "FREQ=WEEKLY;BYDAY=FR"), Recurrence::parse)
    }

    /// Minutes from midnight, from `00:00` to `24:00`.
    pub fn time_of_day(&mut self, node: &Node) -> Option<u16> {
        self.parsed(node, ("a time of day", "09:00"), parse_time_of_day)
    }
}

/// The form that a text is to have, and an example of it.
type Form = (&'static str, &'static str);

const INSTANT: Form = ("an instant", "2026-11-20T09:00:00Z");
const DURATION: Form = ("a duration", "45s");

/// Returns the names without duplicates, in their order.
fn distinct(names: &[&'static str]) -> Vec<&'static str> {
    let mut all = Vec::with_capacity(names.len());
    for name in names {
        if !all.contains(name) {
            all.push(*name);
        }
    }
    all
}

/// Lists the known names, where they are few enough for a message.
fn few(what: &str, known: &FxHashSet<Id>) -> Option<String> {
    const FEW: usize = 10;
    if known.is_empty() {
        return Some(format!("there is no {what} at all: add one, or take this out"));
    }
    let mut names: Vec<&str> = known.iter().map(|id| &**id).filter(|_| known.len() <= FEW).collect();
    names.sort_unstable();
    there_are(&names)
}

/// Returns the meaning of a word.
fn meant<T: Copy>(node: &Node, words: &[(&'static str, T)]) -> Option<T> {
    let text = node.text()?;
    words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value)
}

fn texts<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}
