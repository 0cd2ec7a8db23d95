//! Lists of senders, and the addresses that name roles.

use serde::{Serialize, Serializer};

#[cfg(feature = "routing")]
use super::address::{Address, Known};

use super::attributes::Extensions;
use crate::problem::{Code, Problem, shortened};
use crate::read::{Id, Node, Reader};

/// The local parts of addresses that name a role instead of a person: those of RFC 2142, and those from which programs send.
pub const ROLES: [&str; 29] = [
    "abuse",
    "admin",
    "administrator",
    "billing",
    "bounce",
    "bounces",
    "do-not-reply",
    "do_not_reply",
    "donotreply",
    "ftp",
    "hostmaster",
    "info",
    "mailer-daemon",
    "marketing",
    "news",
    "newsletter",
    "no-reply",
    "no_reply",
    "noc",
    "noreply",
    "notifications",
    "postmaster",
    "root",
    "sales",
    "security",
    "support",
    "usenet",
    "webmaster",
    "www",
];

/// A list of addresses and domains, in which an address is found at the cost of a lookup.
#[derive(Debug, Clone, Default)]
pub struct AddressList {
    entries: Vec<Id>,
    /// The entries by what they are compared as.
    #[cfg(feature = "routing")]
    known: Known,
}

impl AddressList {
    /// Creates a list of addresses (`spam@example.org`) and domains (`@example.net`).
    pub fn new(entries: impl IntoIterator<Item = Id>) -> Self {
        let entries: Vec<Id> = entries.into_iter().collect();
        AddressList {
            #[cfg(feature = "routing")]
            known: Known::of(&entries),
            entries,
        }
    }

    /// The entries as they are written in the document.
    pub fn entries(&self) -> &[Id] {
        &self.entries
    }

    fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the entry for a sender, as it is written: of the address, or of its domain.
    #[cfg(feature = "routing")]
    pub(crate) fn find(&self, sender: &Address) -> Option<&Id> {
        self.known.find(sender)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<AddressList> {
        r.list(node, read_address).map(AddressList::new)
    }
}

impl PartialEq for AddressList {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl Serialize for AddressList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entries.serialize(serializer)
    }
}

/// Reads an address or a domain of a list.
pub(crate) fn read_address(r: &mut Reader<'_>, node: &Node) -> Option<Id> {
    let id = r.id(node)?;
    match address_fault(&id) {
        Some(problem) => {
            r.report(problem);
            None
        }
        None => Some(id),
    }
}

/// Returns the problem of a text that cannot be meant as an address.
pub(crate) fn address_fault(text: &str) -> Option<Problem> {
    let told = shortened(text);
    let text = without_name(text);
    match text.rsplit_once('@') {
        Some((_, "")) => Some(
            Problem::new(Code::InvalidValue, format!("{told:?} has no domain"))
                .with_hint("write an address such as \"spam@example.org\", or \"@example.net\" for a whole domain"),
        ),
        None if is_domain(text) => Some(
            Problem::new(Code::InvalidValue, format!("{told:?} is a domain, not an address"))
                .with_hint(format!("write \"@{told}\" for all senders of the domain")),
        ),
        Some(_) | None => None,
    }
}

/// Returns the address in a text with a display name, such as `Anna <anna@example.org>` (RFC 5322, section 3.4); any other
/// text as it is.
pub(super) fn without_name(text: &str) -> &str {
    let text = text.trim();
    let within = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map(|(_, address)| address.trim());
    within.filter(|address| !address.is_empty()).unwrap_or(text)
}

/// Returns `true` if a text without `@` is written as a domain is.
fn is_domain(text: &str) -> bool {
    // Letters beyond ASCII need no tables here: what they are not is rare.
    let is_of_name = |char: char| char.is_ascii_alphanumeric() || !char.is_ascii() || char == '-';
    let is_label = |label: &str| !label.is_empty() && label.chars().all(is_of_name);
    let named = text.rsplit_once('.').is_some_and(|(_, last)| !last.contains(|char: char| char.is_ascii_digit()));
    named && text.split('.').all(is_label)
}

/// The addresses that name a role instead of a person, which are filtered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum RoleAddresses {
    /// They are let in.
    #[default]
    LetIn,
    /// Those of [`ROLES`] are filtered.
    Usual,
    /// Those of [`ROLES`] are filtered, and these local parts.
    And(Vec<Id>),
}

impl RoleAddresses {
    fn is_off(&self) -> bool {
        *self == RoleAddresses::LetIn
    }

    /// Returns the role that an address names, if such addresses are filtered.
    #[cfg(feature = "routing")]
    pub(crate) fn find<'a>(&self, sender: &'a Address) -> Option<&'a str> {
        let local = sender.local()?;
        let is_among = |more: &[Id]| ROLES.contains(&local) || more.iter().any(|role| role.to_lowercase() == local);
        let is_filtered = match self {
            RoleAddresses::LetIn => false,
            RoleAddresses::Usual => is_among(&[]),
            RoleAddresses::And(more) => is_among(more),
        };
        is_filtered.then_some(local)
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<RoleAddresses> {
        if let Node::List(_) = node {
            return r.list(node, read_role).map(RoleAddresses::And);
        }
        Some(if r.bool(node)? { RoleAddresses::Usual } else { RoleAddresses::LetIn })
    }
}

/// Reads the part of addresses before the `@` that names a role.
fn read_role(r: &mut Reader<'_>, node: &Node) -> Option<Id> {
    let role = r.id(node)?;
    if role.contains('@') {
        let problem = Problem::new(Code::InvalidValue, format!("{:?} is an address, not a role", shortened(&role)));
        r.report(
            problem.with_hint("write what stands before the @, such as \"jobs\", or put the address into \"block\""),
        );
        return None;
    }
    Some(role)
}

impl Serialize for RoleAddresses {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            RoleAddresses::LetIn => false.serialize(serializer),
            RoleAddresses::Usual => true.serialize(serializer),
            RoleAddresses::And(more) => more.serialize(serializer),
        }
    }
}

/// The senders whose conversations are filtered as spam.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SenderFilters {
    /// `true` to filter addresses that name a role instead of a person, such as `noreply@`; a list names more of these.
    #[serde(skip_serializing_if = "RoleAddresses::is_off")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub role_addresses: RoleAddresses,
    /// The addresses and domains (`@example.net`) that are filtered.
    #[serde(skip_serializing_if = "AddressList::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub block: AddressList,
    /// The addresses and domains that are let in all the same.
    #[serde(skip_serializing_if = "AddressList::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    pub allow: AddressList,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl SenderFilters {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<SenderFilters> {
        let mut fields = r.object(node)?;
        let role_addresses = r.optional(&mut fields, "role_addresses", RoleAddresses::read).unwrap_or_default();
        let block = r.optional(&mut fields, "block", AddressList::read).unwrap_or_default();
        let allow = r.optional(&mut fields, "allow", AddressList::read).unwrap_or_default();
        let extensions = r.finish(fields);
        Some(SenderFilters { role_addresses, block, allow, extensions })
    }
}

#[cfg(all(test, feature = "routing"))]
mod tests {
    use super::*;

    #[test]
    fn a_list_finds_an_address_or_its_domain() {
        let list = AddressList::new(["spam@example.org", "@Example.net"].map(Id::from));
        let found = |text: &str| list.find(&Address::of(text)).map(|it| it.to_string());
        assert_eq!(found("SPAM@example.org").as_deref(), Some("spam@example.org"));
        assert_eq!(found("anyone@example.NET").as_deref(), Some("@Example.net"));
        assert_eq!(found("anyone@mail.example.net"), None);
        assert_eq!(found("other@example.org"), None);
    }

    #[test]
    fn a_role_is_the_local_part_without_what_follows_a_plus() {
        let role = |roles: &RoleAddresses, text: &str| roles.find(&Address::of(text)).map(str::to_owned);
        let more = RoleAddresses::And(vec![Id::from("Jobs")]);
        assert_eq!(role(&RoleAddresses::Usual, "NoReply+1@example.org").as_deref(), Some("noreply"));
        assert_eq!(role(&RoleAddresses::Usual, "jobs@example.org"), None);
        assert_eq!(role(&more, "jobs@example.org").as_deref(), Some("jobs"));
        assert_eq!(role(&more, "www@example.org").as_deref(), Some("www"));
        assert_eq!(role(&RoleAddresses::LetIn, "www@example.org"), None);
        assert_eq!(role(&RoleAddresses::Usual, "noreply"), None);
    }
}
