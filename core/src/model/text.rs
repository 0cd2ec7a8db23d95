//! Texts for visitors: one for all, or one per language.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};

/// The largest number of languages of a text.
const MOST_LANGUAGES: usize = 200;

/// A language tag of RFC 5646, such as `sv` or `pt-BR`. Upper and lower case are the same.
///
/// ```
/// use frontdesk::Language;
///
/// assert_eq!(Language::parse("pt-BR"), Language::parse("pt-br"));
/// assert_eq!(Language::parse("Swedish, please").unwrap_err().message, "\"Swedish, please\" is not a language tag");
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// Reads a language tag of at most 35 characters.
    ///
    /// # Errors
    /// `invalid_value`.
    pub fn parse(tag: &str) -> Result<Language, Problem> {
        let mut parts = tag.split('-');
        let is_language = |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphabetic());
        let is_more = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric());
        let (first, rest) = (parts.next().is_some_and(is_language), parts.all(is_more));
        if first && rest && tag.len() <= 35 { Ok(Language(tag.to_owned())) } else { Err(not_a_language(tag)) }
    }

    /// Returns the tag as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Language> {
        let tag = r.text(node)?;
        Language::parse(tag).map_err(|problem| r.report(problem)).ok()
    }

    /// Returns the tags that a text for this language may have, the nearest first: the tag itself, then without its last parts.
    fn ranges(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |tag| {
            let shorter = tag.rsplit_once('-')?.0;
            // A part of one character only introduces the next one.
            Some(shorter.rsplit_once('-').filter(|(_, last)| last.len() == 1).map_or(shorter, |(before, _)| before))
        })
    }

    fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Language {}

fn not_a_language(tag: &str) -> Problem {
    let shown: String = tag.chars().take(40).collect();
    Problem::new(Code::InvalidValue, format!("{shown:?} is not a language tag"))
        .with_hint("write one such as \"en\", \"sv\" or \"pt-BR\"")
}

/// A text for visitors: the same for all, or one per language.
///
/// In JSON it is a text, or an object of texts by language tag: `{"en": "a few minutes", "sv": "några minuter"}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalizedText {
    /// The same text for all visitors.
    Same(String),
    /// Texts by language, in the order of the document. The first is for visitors who speak none of them: beware of storage
    /// that sorts the keys of JSON.
    ByLanguage(Vec<(Language, String)>),
}

impl LocalizedText {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<LocalizedText> {
        match node {
            Node::Text(text) => Some(LocalizedText::Same(text.clone().into_owned())),
            Node::Object(entries) if entries.is_empty() => {
                r.report(
                    Problem::new(Code::InvalidValue, "a text is given in at least one language")
                        .with_hint("write {\"en\": \"…\"}, or the text alone where it is the same for everyone"),
                );
                None
            }
            Node::Object(entries) if entries.len() > MOST_LANGUAGES => {
                r.fail(Code::InvalidValue, format!("a text is given in at most {MOST_LANGUAGES} languages"))
            }
            Node::Object(_) => Self::read_languages(r, node),
            other => r.wrong_type(other, "text, or an object of texts by language"),
        }
    }

    fn read_languages(r: &mut Reader<'_>, node: &Node) -> Option<LocalizedText> {
        let mut seen: Vec<Language> = Vec::new();
        let texts = r.map(node, |r, tag, node| {
            let text = r.string(node);
            let language = Language::parse(tag).map_err(|problem| r.report_key(problem)).ok()?;
            // The same key twice is reported elsewhere; two spellings of one language are reported here.
            if seen.iter().any(|it| *it == language && it.as_str() != tag) {
                let message = format!("the language {tag:?} stands here already, in other capitals");
                r.report_key(Problem::new(Code::DuplicateKey, message));
            }
            seen.push(language.clone());
            Some((language, text?))
        })?;
        Some(LocalizedText::ByLanguage(texts))
    }

    /// Returns the text for a visitor who speaks these languages, the preferred first.
    ///
    /// For each of them in turn it is the text with the same tag, or with the tag without its last parts (`de-AT-1996`, then
    /// `de-AT`, then `de`), or else the first text in the same language (`pt-BR` for `pt`). If there is none, it is the first
    /// text.
    ///
    /// ```
    /// use frontdesk::{Document, Language};
    ///
    /// let document = Document::from_json(r#"{"version": 1, "time_zone": "UTC", "inboxes": [{"id": "main", "channels": [{
    ///     "id": "chat", "kind": "chat", "visitor": {"reply_time": {"en": "a few minutes", "sv": "några minuter"}}}]}]}"#).unwrap();
    /// let reply_time = document.inboxes[0].channels[0].visitor.as_ref().unwrap().reply_time.as_ref().unwrap();
    /// let speaks = |tags: &[&str]| tags.iter().filter_map(|tag| Language::parse(tag).ok()).collect::<Vec<_>>();
    /// assert_eq!(reply_time.text_for(&speaks(&["sv-FI", "en"])), Some("några minuter"));
    /// assert_eq!(reply_time.text_for(&speaks(&["is"])), Some("a few minutes"));
    /// ```
    pub fn text_for(&self, languages: &[Language]) -> Option<&str> {
        match self {
            LocalizedText::Same(text) => Some(text),
            LocalizedText::ByLanguage(texts) => {
                let found = languages.iter().find_map(|language| self.in_language(language));
                found.or_else(|| texts.first()).map(|(_, text)| text.as_str())
            }
        }
    }

    /// Returns the entry for a language, if there is one.
    pub(crate) fn in_language(&self, language: &Language) -> Option<&(Language, String)> {
        let LocalizedText::ByLanguage(texts) = self else { return None };
        let of_tag = |range: &str| texts.iter().find(|(it, _)| it.as_str().eq_ignore_ascii_case(range));
        let related = || texts.iter().find(|(it, _)| it.primary().eq_ignore_ascii_case(language.primary()));
        language.ranges().find_map(of_tag).or_else(related)
    }

    /// Returns the languages of the text; none if it is the same for all.
    pub fn languages(&self) -> impl Iterator<Item = &Language> {
        let texts = match self {
            LocalizedText::Same(_) => &[],
            LocalizedText::ByLanguage(texts) => texts.as_slice(),
        };
        texts.iter().map(|(language, _)| language)
    }
}

impl From<&str> for LocalizedText {
    fn from(text: &str) -> Self {
        LocalizedText::Same(text.to_owned())
    }
}

impl Serialize for LocalizedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            LocalizedText::Same(text) => serializer.serialize_str(text),
            LocalizedText::ByLanguage(texts) => {
                let mut map = serializer.serialize_map(Some(texts.len()))?;
                texts.iter().try_for_each(|(language, text)| map.serialize_entry(language, text))?;
                map.end()
            }
        }
    }
}

/// Reads published texts as leniently as other stored data: any key is taken as a language.
impl<'de> Deserialize<'de> for LocalizedText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;
        impl<'de> Visitor<'de> for Written {
            type Value = LocalizedText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text, or an object of texts by language")
            }

            fn visit_str<E>(self, text: &str) -> Result<LocalizedText, E> {
                Ok(LocalizedText::Same(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LocalizedText, A::Error> {
                let mut texts = Vec::new();
                while let Some((tag, text)) = map.next_entry::<String, String>()? {
                    texts.push((Language(tag), text));
                }
                Ok(LocalizedText::ByLanguage(texts))
            }
        }
        deserializer.deserialize_any(Written)
    }
}
