//! The data of an arriving conversation.

use serde::{Deserialize, Serialize};

use super::attributes::{Attributes, Skills, canonical, write_canonical};
use super::priority::is_zero;
use crate::read::{Id, Node, Reader};

/// The person who writes or calls.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Contact {
    /// The embedder's id of the person. Conversations with the same id are of one contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The agent who looks after them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Id>,
    /// `true` if the embedder recognised the person.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
    /// The embedder's own data.
    #[serde(skip_serializing_if = "Attributes::is_empty", serialize_with = "write_canonical")]
    #[cfg_attr(feature = "schema", schemars(with = "Attributes", extend("x-personal" = true)))]
    pub attributes: Attributes,
}

impl Contact {
    /// Returns the contact as it would be read from JSON: see [`canonical`].
    pub(crate) fn canonical(&self) -> Contact {
        Contact { attributes: canonical(&self.attributes), ..self.clone() }
    }
}

/// The data of a conversation at its arrival.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Details {
    /// The inbox it arrived in.
    pub inbox: Id,
    /// The channel it arrived by.
    pub channel: Id,
    /// The person who writes or calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// The address of the sender, such as that of a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
    pub from: Option<Id>,
    /// The address of who forwarded it, if it was forwarded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("x-personal" = true)))]
    pub forwarded_by: Option<Id>,
    /// The priority in the queue; higher goes first.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(min = -9_007_199_254_740_992_i64, max = 9_007_199_254_740_992_i64)))]
    pub priority: i64,
    /// The required levels of skills.
    #[serde(default, skip_serializing_if = "Skills::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "crate::schema::Levels"))]
    pub skills: Skills,
    /// The embedder's own data.
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
}

impl Details {
    /// Takes out the data of the contact, and the addresses; the ids stay.
    #[cfg(feature = "routing")]
    pub(crate) fn erase_contact(&mut self) {
        self.contact.iter_mut().for_each(|contact| contact.attributes = Attributes::new());
        (self.from, self.forwarded_by) = (None, None);
    }

    /// The id of the contact, if it has one.
    pub(crate) fn contact_id(&self) -> Option<&Id> {
        self.contact.as_ref()?.id.as_ref()
    }
}

pub(crate) fn read_contact(r: &mut Reader<'_>, node: &Node) -> Option<Contact> {
    let mut fields = r.object(node)?;
    let id = r.optional(&mut fields, "id", Reader::id);
    // A conversation is not refused for an owner who is not, or no longer, an agent: the step then names nobody.
    let owner = r.optional(&mut fields, "owner", Reader::id);
    let known = r.optional(&mut fields, "known", Reader::bool).unwrap_or_default();
    let attributes = r.optional(&mut fields, "attributes", read_attributes).unwrap_or_default();
    r.finish(fields);
    Some(Contact { id, owner, known, attributes })
}

pub(crate) fn read_attributes(r: &mut Reader<'_>, node: &Node) -> Option<Attributes> {
    r.map(node, |r, name, node| Some((name.to_owned(), r.value(node)?)))
}

pub(crate) fn read_skills(r: &mut Reader<'_>, node: &Node) -> Option<Skills> {
    r.map(node, |r, name, level| {
        let name = r.id(&Node::Text(name.into()));
        let level = r.integer(level, 1, 5);
        Some((name?, u8::try_from(level?).ok()?))
    })
}
