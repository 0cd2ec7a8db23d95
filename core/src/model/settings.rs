//! Settings of a whole desk.

use serde::Serialize;

use super::attributes::Extensions;
use super::leaving::OnLeaving;
use super::rule::Otherwise;
use crate::problem::vocabulary;
use crate::read::{Id, Node, Reader};
use crate::time::Duration;

/// Settings of a whole desk; absent ones are off.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(default))]
pub struct Settings {
    /// `true` if routing gives conversations only to agents with a seat.
    pub requires_seat: bool,
    /// `true` if an away status without an end also ends when the schedule next becomes available.
    pub away_ends_at_shift_start: bool,
    /// `true` if that holds for an away status that agents set themselves.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub own_away_ends_at_shift_start: bool,
    /// The outcome for the open conversations of an agent who sets their own status to away.
    pub on_away: OnAway,
    /// The outcome for the open conversations of an agent whose working hours end, or for whom a holiday begins.
    #[serde(skip_serializing_if = "OnLeaving::is_keep")]
    pub on_shift_end: OnLeaving,
    /// The outcome for the open conversations of an agent who goes out of office.
    #[serde(skip_serializing_if = "OnLeaving::is_keep")]
    pub on_absence: OnLeaving,
    /// The outcome for the conversations of a removed agent.
    pub on_removed: OnRemoved,
    /// The seed of all random choices.
    #[cfg_attr(feature = "schema", schemars(range(max = 9_007_199_254_740_992_i64)))]
    pub seed: u64,
    /// The time before the end of an agent's availability in which the agent gets no new conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_assignment_before_end: Option<Duration>,
    /// The number of consecutive expired offers after which an agent is set away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1_000_000)))]
    pub missed_offers_before_away: Option<u32>,
    /// The outcome of rules that have none of their own, if no step finds an agent; absent if it is `queue`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<Otherwise>,
    /// The time after the contact's last message in which agents may not close a conversation that a bot has; 30 minutes when
    /// absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bot_inactivity: Option<Duration>,
    /// The time after which a closed conversation is forgotten; absent if it is remembered for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forget_closed_after: Option<Duration>,
    /// The time after which a conversation in the trash is forgotten; 30 days when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forget_trash_after: Option<Duration>,
    /// The seats that have each feature.
    #[serde(skip_serializing_if = "Entitlements::is_empty")]
    pub entitlements: Entitlements,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Settings {
    pub(crate) fn read(r: &mut Reader<'_>, node: &Node) -> Option<Settings> {
        let mut fields = r.object(node)?;
        let mut settings = Settings {
            requires_seat: r.optional(&mut fields, "requires_seat", Reader::bool).unwrap_or_default(),
            away_ends_at_shift_start: r
                .optional(&mut fields, "away_ends_at_shift_start", Reader::bool)
                .unwrap_or_default(),
            own_away_ends_at_shift_start: r
                .optional(&mut fields, "own_away_ends_at_shift_start", Reader::bool)
                .unwrap_or_default(),
            on_away: r.optional(&mut fields, "on_away", Reader::word).unwrap_or_default(),
            on_shift_end: r.optional(&mut fields, "on_shift_end", OnLeaving::read).unwrap_or_default(),
            on_absence: r.optional(&mut fields, "on_absence", OnLeaving::read).unwrap_or_default(),
            on_removed: r.optional(&mut fields, "on_removed", Reader::word).unwrap_or_default(),
            seed: r.optional(&mut fields, "seed", |r, node| r.integer(node, 0, 1 << 53)).map_or(0, i64::unsigned_abs),
            last_assignment_before_end: r.optional(&mut fields, "last_assignment_before_end", Reader::duration),
            missed_offers_before_away: r.optional(&mut fields, "missed_offers_before_away", |r, node| {
                r.integer(node, 1, 1_000_000).and_then(|count| u32::try_from(count).ok())
            }),
            otherwise: r.optional(&mut fields, "otherwise", Otherwise::read),
            bot_inactivity: r.optional(&mut fields, "bot_inactivity", Reader::duration),
            forget_closed_after: r.optional(&mut fields, "forget_closed_after", Reader::duration),
            forget_trash_after: r.optional(&mut fields, "forget_trash_after", Reader::duration),
            entitlements: r.optional(&mut fields, "entitlements", Entitlements::read).unwrap_or_default(),
            extensions: Extensions::default(),
        };
        settings.extensions = r.finish(fields);
        Some(settings)
    }
}

vocabulary! {
    /// The outcome for the open conversations of an agent who sets their own status to away.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum OnAway {
        /// The agent keeps them.
        #[default]
        Keep = "keep",
        /// They are released and routed again.
        Requeue = "requeue",
    }
}

vocabulary! {
    /// The outcome for the conversations of a removed agent.
    #[derive(Default)]
    #[non_exhaustive]
    pub enum OnRemoved {
        /// They are routed again.
        #[default]
        Route = "route",
        /// They stay unassigned, for manual triage.
        Unassign = "unassign",
    }
}

/// The seats that have each feature. An absent feature is available with every seat, and without one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entitlements {
    /// Setting oneself away for a while.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temporarily_away: Option<Vec<Id>>,
    /// Entering absences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of_office: Option<Vec<Id>>,
    /// Getting conversations by routing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auto_assign: Option<Vec<Id>>,
    /// Changing rules, and getting conversations by them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_rules: Option<Vec<Id>>,
    /// Hiding messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_messages: Option<Vec<Id>>,
    /// Keys that begin with `x-`.
    #[serde(flatten)]
    pub extensions: Extensions,
}

impl Settings {
    /// Returns the time after the contact's last message in which a conversation that a bot has is not idle, in milliseconds.
    pub(crate) fn bot_inactivity_millis(&self) -> i64 {
        self.bot_inactivity.map_or(30 * 60_000, Duration::millis)
    }

    /// Returns the time for which a conversation is in the trash, in milliseconds.
    pub(crate) fn forget_trash_after_millis(&self) -> i64 {
        self.forget_trash_after.map_or(30 * 86_400_000, Duration::millis)
    }
}

impl Entitlements {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns `true` if a feature is not restricted to seats, or is available with this one.
    pub fn allow(feature: Option<&[Id]>, seat: Option<&Id>) -> bool {
        feature.is_none_or(|seats| seat.is_some_and(|seat| seats.contains(seat)))
    }

    /// Returns `true` if rules may give conversations to an agent with this seat.
    pub(crate) fn allow_assignment(&self, seat: Option<&Id>) -> bool {
        let features = [&self.auto_assign, &self.routing_rules];
        features.into_iter().all(|feature| Entitlements::allow(feature.as_deref(), seat))
    }

    fn read(r: &mut Reader<'_>, node: &Node) -> Option<Entitlements> {
        let mut fields = r.object(node)?;
        let mut seats = |key| r.optional(&mut fields, key, |r, node| r.list(node, Reader::id));
        let mut entitlements = Entitlements {
            temporarily_away: seats("temporarily_away"),
            out_of_office: seats("out_of_office"),
            auto_assign: seats("auto_assign"),
            routing_rules: seats("routing_rules"),
            hidden_messages: seats("hidden_messages"),
            extensions: Extensions::default(),
        };
        entitlements.extensions = r.finish(fields);
        Some(entitlements)
    }
}
