//! Availability for a public page: the view of an inbox's visitors over a span of time, and nothing else.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::visitor::{SIGHT, VisitorState, VisitorView};
use crate::model::{Id, Language, LocalizedText};
use crate::problem::{Code, Problem, shortened};
use crate::time::Instant;

/// The view of an inbox's visitors over a span of time. It has no names, notes, reasons or loads.
///
/// As JSON it is a document that any page can read without zones or rules: at an instant from `start` up to `end`, a channel
/// has the `state` of the last of its `changes` whose `at` is not later. The `changes` run on beyond `end` as far as is
/// needed to tell when someone is there next.
///
/// ```json
/// {"version":1,"inbox":"main","start":"2026-11-20T00:00:00.000Z","end":"2026-11-21T00:00:00.000Z","channels":[
///   {"channel":"web-chat",
///    "changes":[{"at":"2026-11-20T00:00:00.000Z","state":"away"},{"at":"2026-11-20T08:00:00.000Z","state":"online"},
///               {"at":"2026-11-20T16:00:00.000Z","state":"away"},{"at":"2026-11-23T08:00:00.000Z","state":"online"}],
///    "online":{"reply_time":"a few minutes"},
///    "away":{"message":"We are away."}}]}
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Published {
    /// The version of the format.
    #[cfg_attr(feature = "schema", schemars(extend("const" = 1)))]
    pub version: u32,
    /// The inbox.
    pub inbox: Id,
    /// The start of the span, UTC.
    pub start: Instant,
    /// The end of the span, UTC.
    pub end: Instant,
    /// The channels of the inbox, in document order.
    pub channels: Vec<PublishedChannel>,
}

/// The view of a channel's visitors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PublishedChannel {
    /// The channel.
    pub channel: Id,
    /// The state at the start, and each change of it.
    pub changes: Vec<VisitorChange>,
    /// The texts while an agent is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<VisitorTexts>,
    /// The texts while no agent is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub away: Option<VisitorTexts>,
    /// The texts outside office hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<VisitorTexts>,
}

/// An instant from which visitors see a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorChange {
    /// The instant, UTC.
    pub at: Instant,
    /// The state from this instant on.
    pub state: VisitorState,
}

/// The texts that visitors see in a state.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VisitorTexts {
    /// The message: one text, or one per language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<LocalizedText>,
    /// The time until an answer, in the embedder's words: one text, or one per language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_time: Option<LocalizedText>,
}

/// The texts of a state as one visitor reads them.
#[derive(Debug, Default)]
pub(crate) struct TextsInLanguage {
    pub message: Option<String>,
    pub reply_time: Option<String>,
    /// The language of the texts by language; `None` if they have no language in common.
    pub language: Option<Language>,
}

impl VisitorTexts {
    /// Returns the texts for a visitor who speaks these languages, the preferred first: all in one language if possible, and
    /// otherwise each as [`LocalizedText::text_for`] chooses.
    pub(crate) fn for_languages(&self, languages: &[Language]) -> TextsInLanguage {
        let texts = || [&self.message, &self.reply_time].into_iter().flatten();
        let localized = || texts().filter(|text| matches!(text, LocalizedText::ByLanguage(_)));
        let is_common = |language: &&Language| localized().all(|text| text.in_language(language).is_some());
        let own = || localized().next().into_iter().flat_map(LocalizedText::languages);
        let common = languages.iter().find(is_common).or_else(|| own().find(is_common));
        let wanted = common.map_or(languages, std::slice::from_ref);
        let chosen = |text: &Option<LocalizedText>| Some(text.as_ref()?.text_for(wanted)?.to_owned());
        let language = || Some(localized().next()?.in_language(common?)?.0.clone());
        TextsInLanguage { message: chosen(&self.message), reply_time: chosen(&self.reply_time), language: language() }
    }
}

/// The version, which decides how the rest is read.
#[derive(Deserialize)]
struct OfVersion {
    version: u32,
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        Problem::new(Code::InvalidJson, format!("this is not published availability: {error}"))
            .at_position(error.line().max(1), error.column().max(1))
    })
}

impl Published {
    /// The version that is written and read.
    pub(crate) const VERSION: u32 = 1;

    /// Reads published availability. Unknown keys are ignored.
    ///
    /// # Errors
    /// `invalid_json`; `unsupported_version`; `invalid_value` for changes that are out of order.
    pub fn from_json(text: &str) -> Result<Published, Problem> {
        // A later version may have any shape.
        let OfVersion { version } = read(text)?;
        if version != Self::VERSION {
            let message = format!("published availability of version {version} is not read by this build");
            return Err(Problem::new(Code::UnsupportedVersion, message).at_path("$.version"));
        }
        let published: Published = read(text)?;
        match published.channels.iter().position(|channel| !channel.is_in_order(published.start)) {
            None => Ok(published),
            Some(index) => Err(Problem::new(Code::InvalidValue, "the changes begin at \"start\" and go on from there")
                .at_path(format!("$.channels[{index}].changes"))),
        }
    }

    /// Writes one line of canonical JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Returns the view of a channel's visitors at an instant, without faces; `None` before `start` and from `end` on.
    ///
    /// The answer is that of [`Availability::visitor`](crate::Availability::visitor) when it was published; a hidden channel has no texts.
    /// `languages` are those that the visitor speaks, the preferred first.
    ///
    /// # Errors
    /// `unknown_channel`, also for a channel that is always hidden.
    pub fn visitor(&self, channel: &str, at: Instant, languages: &[Language]) -> Result<Option<VisitorView>, Problem> {
        let found = self.channels.iter().find(|it| it.channel == channel).ok_or_else(|| {
            let message = format!("no channel {:?} was published: there is none, or it is hidden", shortened(channel));
            Problem::new(Code::UnknownChannel, message)
                .suggesting(channel, self.channels.iter().map(|it| it.channel.as_str()))
        })?;
        Ok((self.start <= at && at < self.end).then(|| found.view(at, languages)).flatten())
    }
}

impl PublishedChannel {
    fn is_in_order(&self, start: Instant) -> bool {
        let ascend = self.changes.windows(2).all(|pair| matches!(pair, [a, b] if a.at < b.at));
        ascend && self.changes.first().is_some_and(|first| first.at == start)
    }

    fn view(&self, at: Instant, languages: &[Language]) -> Option<VisitorView> {
        let later = self.changes.partition_point(|change| change.at <= at);
        let (past, ahead) = self.changes.split_at_checked(later)?;
        let state = past.last()?.state;
        let in_sight = |change: &&VisitorChange| change.at <= at.saturating_add(SIGHT);
        let until = ahead.first().filter(in_sight).map(|change| change.at);
        let opens = ahead.iter().find(|change| change.state == VisitorState::Online);
        let opens_at = opens.filter(in_sight).filter(|_| state != VisitorState::Online).map(|change| change.at);
        let texts = self.texts(state).map(|texts| texts.for_languages(languages));
        let TextsInLanguage { message, reply_time, language } = texts.unwrap_or_default();
        Some(VisitorView { state, message, reply_time, language, until, opens_at, shows: None })
    }

    fn texts(&self, state: VisitorState) -> Option<&VisitorTexts> {
        match state {
            VisitorState::Online => self.online.as_ref(),
            VisitorState::Away => self.away.as_ref(),
            VisitorState::Closed => self.closed.as_ref(),
            VisitorState::Hidden => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_before_all_else() {
        const READ: &str = r#"{"version":1,"inbox":"main","start":"2026-11-20T00:00:00.000Z","end":"2026-11-21T00:00:00.000Z","channels":[]}"#;
        assert_eq!(Published::from_json(READ).unwrap().to_json(), READ);
        for (text, code, path) in [
            (READ.replacen('1', "2", 1).as_str(), Code::UnsupportedVersion, "$.version"),
            (r#"{"version":2,"shown":{"main":[]}}"#, Code::UnsupportedVersion, "$.version"),
            (r#"{"version":4294967295}"#, Code::UnsupportedVersion, "$.version"),
            (r#"{"version":1}"#, Code::InvalidJson, ""),
            (r#"{"version":"2"}"#, Code::InvalidJson, ""),
            (r#"{"shown":{}}"#, Code::InvalidJson, ""),
            (r#"{"version":2"#, Code::InvalidJson, ""),
            ("", Code::InvalidJson, ""),
        ] {
            let problem = Published::from_json(text).unwrap_err();
            assert_eq!((problem.code, problem.path.as_str()), (code, path), "{text}");
            assert_eq!(problem.position.is_some(), code == Code::InvalidJson, "{text}");
        }
    }
}
