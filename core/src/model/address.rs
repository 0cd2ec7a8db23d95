//! Addresses of senders, as they are compared.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::sender::without_name;
use crate::read::Id;

/// The address of a sender, or of all senders of a domain (`@example.net`), as addresses are compared: in lower case, without
/// the last dot of a domain, and the labels of the domain in ASCII, so that both spellings of an internationalised name are
/// the same (Punycode, RFC 3492).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address(Id);

impl Address {
    /// Returns the address of a text, which may have a display name before it. One without `@`, such as a phone number, is
    /// compared as a whole.
    pub fn of(text: &str) -> Address {
        let text = without_name(text);
        Address(Id::from(match text.rsplit_once('@') {
            Some((local, domain)) => format!("{}@{}", local.to_lowercase(), ascii(domain)),
            None => text.to_lowercase(),
        }))
    }

    pub fn as_id(&self) -> &Id {
        &self.0
    }

    /// Returns the part before the domain, without what follows a `+`.
    pub fn local(&self) -> Option<&str> {
        let (local, _) = self.0.rsplit_once('@')?;
        local.split('+').next()
    }

    /// Returns the domain, as a list names it.
    pub fn domain(&self) -> Option<Address> {
        let (local, domain) = self.0.rsplit_once('@')?;
        (!local.is_empty()).then(|| Address(Id::from(format!("@{domain}"))))
    }
}

/// Returns a domain with its labels in ASCII and in lower case. A label that Punycode has no form for stays as it is.
fn ascii(domain: &str) -> String {
    let label = |label: &str| {
        let label = label.to_lowercase();
        match label.is_ascii() {
            true => label,
            false => punycode::encode(&label).map_or(label, |encoded| format!("xn--{encoded}")),
        }
    };
    domain.trim_end_matches('.').split('.').map(label).collect::<Vec<_>>().join(".")
}

/// The entries of a list by what they are compared as; copies share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(Arc<FxHashMap<Address, Id>>);

impl Known {
    pub fn of(entries: &[Id]) -> Known {
        Known(Arc::new(entries.iter().map(|entry| (Address::of(entry), entry.clone())).collect()))
    }

    /// Returns the entry for a sender: of the address, or of its domain.
    pub fn find(&self, sender: &Address) -> Option<&Id> {
        self.0.get(sender).or_else(|| self.0.get(&sender.domain()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Addresses that are the same.
    #[test]
    fn addresses_are_compared_without_case_and_in_either_spelling_of_a_domain() {
        let same = [
            ("Spam@Example.ORG", "spam@example.org"),
            ("info@bücher.example", "INFO@xn--bcher-kva.example"),
            ("info@BÜCHER.example.", "info@xn--bcher-kva.example"),
            ("@例え.テスト", "@xn--r8jz45g.xn--zckzah"),
            (" a@b.example ", "a@b.example"),
            ("+47 123", "+47 123"),
            ("\"a@b\"@c.example", "\"A@b\"@C.example"),
            ("Anna <A@b.example>", "a@b.example"),
            ("\"Anna <x@y.example>\" < a@b.example >", "<a@b.example>"),
            ("<>", " <> "),
        ];
        for (one, other) in same {
            assert_eq!(Address::of(one), Address::of(other), "{one} {other}");
        }
        let different = [
            ("a@example.org", "a@example.net"),
            ("<>", "a"),
            ("Anna <a@b.example> x", "a@b.example"),
            ("a@example.org", "@example.org"),
            ("a", "a@"),
        ];
        for (one, other) in different {
            assert_ne!(Address::of(one), Address::of(other), "{one} {other}");
        }
    }
}
