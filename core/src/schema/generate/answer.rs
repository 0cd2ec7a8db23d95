//! The schema of the answers to questions, each under the name of its question.

#![expect(dead_code, reason = "described, not made: each answer is written by itself")]

use schemars::{JsonSchema, json_schema};

use super::describe;
use crate::availability::{Coverage, CoverageStep, Period, Published, State, Status, VisitorView};
use crate::conversation::View;
use crate::desk::{
    AgentInboxes, AgentRow, ConversationView, PlaceInQueue, Refusal, ReplyWindowEnds, StepConsidered, ViewCounts,
    ViewPage,
};
use crate::model::Id;
use crate::problem::Problem;
use crate::story::Line;
use crate::time::{Duration, Instant, Zone};

/// An answer to each question.
#[derive(JsonSchema)]
pub(super) struct Answers {
    /// The state with its reason, its beginning and its end.
    status: Status,
    /// The instant; null if none is in sight before 2200.
    next_change: Option<Instant>,
    /// The instant, which may be that of the question; null if none is in sight before 2200.
    next_available: Option<Instant>,
    /// The states one after the other, from the start of the range to its end.
    schedule: Vec<Period>,
    /// The name of the zone.
    zone_of: Zone,
    /// The ids of the agents, in document order.
    available: Vec<Id>,
    /// The spans with the same number of agents, or with `who` with the same agents, one after the other.
    coverage: Vec<CoverageSpan>,
    /// The steps one after the other.
    coverage_steps: Vec<CoverageOfStep>,
    /// The coverage of each team, in document order.
    coverage_by_team: Vec<OfTeam>,
    /// The length of the working time.
    working_time: Duration,
    /// The instant; null if it is not reached before 2200.
    after: Option<Instant>,
    /// The instant; null if it is not reached after 2000.
    before: Option<Instant>,
    /// The state of the channel, and what to show.
    visitor: VisitorView,
    /// The channels of the inbox over the days.
    publish: Published,
    /// The state.
    shown_in: State,
    /// The agents, in document order.
    table: Vec<AgentRow>,
    /// The two lists.
    inboxes_of: AgentInboxes,
    /// The ids of the conversations.
    queue: Vec<Id>,
    /// The place; null if the conversation does not wait.
    place: Option<PlaceInQueue>,
    /// The conversation; null if there is none of that id.
    conversation: Option<ConversationView>,
    /// The conversations.
    conversations: Vec<ConversationView>,
    /// The page.
    view: ViewPage,
    /// The number in each view; without `mine` if no agent looks.
    view_counts: ViewCounts,
    /// The steps that may take the conversation, or the team in which it is distributed; none if it is not routed.
    why: Vec<StepConsidered>,
    /// Whether it is allowed, and why not.
    may: May,
    /// The sentences.
    story: Vec<Line>,
    /// The document.
    document: Anything,
    /// The warnings.
    warnings: Vec<Problem>,
    /// The snapshot, which `restore` reads.
    snapshot: Anything,
    /// The instant; null if nothing falls due.
    next_wakeup: Option<Instant>,
    /// The instant; null before the first command.
    now: Option<Instant>,
    /// The number; 0 while no log of turns has begun.
    turn: u64,
    /// `true` if something has.
    is_due: bool,
}

/// A span with the same number of agents, or the same agents, available.
#[derive(JsonSchema)]
struct CoverageSpan {
    #[schemars(flatten)]
    counted: Coverage,
    /// The available agents, in document order; with `who` alone.
    #[schemars(skip_serializing_if = "Option::is_none")]
    agents: Option<Vec<Id>>,
}

/// A step of a range.
#[derive(JsonSchema)]
struct CoverageOfStep {
    #[schemars(flatten)]
    counted: CoverageStep,
    /// The agents available at the start, in document order; with `who` alone.
    #[schemars(skip_serializing_if = "Option::is_none")]
    agents: Option<Vec<Id>>,
}

/// The coverage of a team.
#[derive(JsonSchema)]
struct OfTeam {
    /// The team.
    team: Id,
    /// Its coverage.
    coverage: Vec<Coverage>,
}

/// Whether a command is allowed; what is not known is absent.
#[derive(JsonSchema)]
struct May {
    /// `true` if it is allowed.
    allowed: bool,
    #[schemars(flatten)]
    refusal: Option<Refusal>,
    /// The substitute to whom an `assign` with `or_substitute` goes.
    #[schemars(skip_serializing_if = "Option::is_none")]
    agent: Option<Id>,
    /// The agent out of office for whom the substitute stands in.
    #[schemars(skip_serializing_if = "Option::is_none")]
    substitute_for: Option<Id>,
    /// When the windows for replies close.
    #[schemars(skip_serializing_if = "Option::is_none")]
    reply_window: Option<ReplyWindowEnds>,
}

/// An object with a schema of its own.
struct Anything;

describe! {
    Anything as "Anything" = |_generator| json_schema!({"type": "object", "additionalProperties": {}});
    ViewCounts as "ViewCounts" = |_generator| {
        let count = |view: &View| json_schema!({"description": format!("The number in `{view}`."), "type": "integer", "minimum": 0});
        let counts = View::ALL.iter().map(|view| (view.as_str().to_owned(), count(view).into()));
        json_schema!({
            "description": "The number of conversations in each standard view.",
            "type": "object", "properties": counts.collect::<serde_json::Map<_, _>>(), "additionalProperties": false,
        })
    };
}
