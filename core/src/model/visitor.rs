//! The settings of a channel for its visitors.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::attributes::{Extensions, write_extensions};
use super::text::LocalizedText;
use crate::problem::{Code, Problem, vocabulary};
use crate::read::{Id, Node, Reader};

/// The settings of a channel for its visitors.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(default))]
pub struct VisitorSettings {
    /// The rule that decides if the channel is online.
    pub availability: VisitorAvailability,
    /// The usual time until an answer, in the embedder's words; shown only while the channel is online.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_time: Option<LocalizedText>,
    /// The agents or the name shown to visitors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shows: Option<Faces>,
    /// The texts while the channel is away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_away: Option<Instead>,
    /// The texts outside office hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when_closed: Option<Instead>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl VisitorSettings {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let mut fields = r.object(node)?;
        let availability = r.optional(&mut fields, "availability", Reader::word);
        let reply_time = r.optional(&mut fields, "reply_time", LocalizedText::read);
        let shows = r.optional(&mut fields, "shows", Faces::read);
        let when_away = r.optional(&mut fields, "when_away", Instead::read);
        let when_closed = r.optional(&mut fields, "when_closed", Instead::read);
        let extensions = r.finish(fields);
        Some(VisitorSettings {
            availability: availability.unwrap_or_default(),
            reply_time,
            shows,
            when_away,
            when_closed,
            extensions,
        })
    }
}

vocabulary! {
    /// The rule that decides if a channel is online.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum VisitorAvailability {
        /// Online while an agent named by a rule of the channel is available; always, if a rule begins with a bot.
        #[default]
        TeamStatus = "team_status",
        /// The same as `team_status` inside office hours; closed outside.
        OfficeHours = "office_hours",
        /// Always online.
        Always = "always",
    }
}

/// The texts for a state other than online.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(default))]
pub struct Instead {
    /// The text to show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<LocalizedText>,
    /// The time until an answer, in the embedder's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_time: Option<LocalizedText>,
    /// `true` to hide the channel.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hide: bool,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Instead {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Self> {
        let mut fields = r.object(node)?;
        let message = r.optional(&mut fields, "message", LocalizedText::read);
        let reply_time = r.optional(&mut fields, "reply_time", LocalizedText::read);
        let hide = r.optional(&mut fields, "hide", Reader::bool).unwrap_or_default();
        let extensions = r.finish(fields);
        Some(Instead { message, reply_time, hide, extensions })
    }
}

/// The agents or the name shown to a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Faces {
    /// Agents, at most three of those listed and of the members of teams.
    Of {
        /// The agents.
        agents: Vec<Id>,
        /// The teams.
        teams: Vec<Id>,
        /// Keys that begin with `x-`.
        extensions: Extensions,
    },
    /// The contact's owner; the setting `otherwise` applies if there is none.
    ContactOwner {
        /// The setting for visitors without an owner.
        otherwise: Option<Box<Faces>>,
        /// Keys that begin with `x-`.
        extensions: Extensions,
    },
    /// A given name, such as the company's.
    Name {
        /// The name.
        name: String,
        /// Keys that begin with `x-`.
        extensions: Extensions,
    },
}

vocabulary! {
    /// The words of [`Faces`].
    pub(crate) enum FacesWord {
        /// The contact's owner.
        ContactOwner = "contact_owner",
    }
}

/// The key of an object with the same meaning as the word.
const CONTACT_OWNER: &str = FacesWord::ContactOwner.as_str();

impl Faces {
    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Faces> {
        if !matches!(node, Node::Object(_)) {
            let owner = r.word_or_object(node, "an object with agents, teams or a name");
            return owner
                .map(|FacesWord::ContactOwner| Faces::ContactOwner { otherwise: None, extensions: Extensions::new() });
        }
        let mut fields = r.object(node)?;
        let name = r.optional(&mut fields, "name", Reader::string);
        let owner = r.optional(&mut fields, CONTACT_OWNER, Reader::bool).unwrap_or_default();
        let otherwise = r.optional(&mut fields, "otherwise", Faces::read).map(Box::new);
        let agents = r.list_or_empty(&mut fields, "agents", Reader::agent);
        let teams = r.list_or_empty(&mut fields, "teams", Reader::team);
        let chosen = fields.has("agents") || fields.has("teams");
        if usize::from(fields.has("name")) + usize::from(owner) + usize::from(chosen) != 1 {
            r.report(
                Problem::new(Code::Conflict, "show either agents and teams, or the contact's owner, or a name")
                    .with_hint("for example {\"contact_owner\": true, \"otherwise\": {\"name\": \"Support\"}}"),
            );
        }
        let extensions = r.finish(fields);
        match name {
            Some(name) => Some(Faces::Name { name, extensions }),
            None if owner => Some(Faces::ContactOwner { otherwise, extensions }),
            None => Some(Faces::Of { agents, teams, extensions }),
        }
    }
}

impl Serialize for Faces {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let extensions = match self {
            Faces::Of { agents, teams, extensions } => {
                map.serialize_entry("agents", agents)?;
                map.serialize_entry("teams", teams)?;
                extensions
            }
            Faces::ContactOwner { otherwise, extensions } => {
                map.serialize_entry(CONTACT_OWNER, &true)?;
                if let Some(otherwise) = otherwise {
                    map.serialize_entry("otherwise", otherwise)?;
                }
                extensions
            }
            Faces::Name { name, extensions } => {
                map.serialize_entry("name", name)?;
                extensions
            }
        };
        write_extensions(&mut map, extensions)?;
        map.end()
    }
}
