//! The time after a message of the contact in which a channel may answer.

use serde::Serialize;

use super::attributes::Extensions;
use crate::problem::{Code, Problem};
use crate::read::{Node, Reader};
use crate::time::Duration;

/// The windows for replies, counted from the contact's last message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("anyOf" = [{"required": ["automated"]}, {"required": ["person"]}])))]
pub struct ReplyWindow {
    /// The time in which anything may be sent; without a limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub automated: Option<Duration>,
    /// The time in which a person may write, no shorter; without a limit when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "[1-9]")))]
    pub person: Option<Duration>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl ReplyWindow {
    pub(super) fn read(r: &mut Reader<'_>, node: &Node) -> Option<ReplyWindow> {
        let mut fields = r.object(node)?;
        let automated = r.optional(&mut fields, "automated", read_window);
        let person = r.optional(&mut fields, "person", |r, node| {
            let person = read_window(r, node)?;
            if automated.is_none_or(|automated| automated.millis() <= person.millis()) {
                return Some(person);
            }
            let problem = Problem::new(Code::OutOfRange, "a person may write for no shorter time than a program");
            r.report(problem.with_hint("write a time no shorter than \"automated\""));
            None
        });
        if !fields.has("automated") && !fields.has("person") {
            let problem = Problem::new(Code::MissingKey, "a reply window says how long it is open, and for whom");
            r.report(problem.with_hint("name \"automated\" or \"person\", or both"));
        }
        let extensions = r.finish(fields);
        Some(ReplyWindow { automated, person, extensions })
    }
}

fn read_window(r: &mut Reader<'_>, node: &Node) -> Option<Duration> {
    let window = r.duration(node)?;
    if window.millis() > 0 {
        return Some(window);
    }
    let problem = Problem::new(Code::OutOfRange, "a window that is open for no time at all lets nothing through");
    r.report(problem.with_hint("write a time such as \"24h\""));
    None
}
