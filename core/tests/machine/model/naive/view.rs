//! The ids that random commands can refer to at the moment.

use super::Model;
use super::conversation::{Conversation, State};

#[derive(Debug, Clone, Default)]
pub struct View {
    pub agents: Vec<String>,
    pub teams: Vec<String>,
    pub holidays: Vec<String>,
    /// The inbox and the channel.
    pub channels: Vec<(String, String)>,
    pub conversations: Vec<String>,
    pub closed_or_snoozed: Vec<String>,
    /// Those that may be forgotten.
    pub over: Vec<String>,
    pub spam: Vec<String>,
    pub trash: Vec<String>,
    /// The senders that commands blocked, and where.
    pub blocks: Vec<(String, Option<String>)>,
    /// The conversation and the hidden message.
    pub hidden: Vec<(String, String)>,
    pub with_bot: Vec<String>,
    pub with_someone: Vec<String>,
    pub with_someone_or_bot: Vec<String>,
    /// Those that are given back unless their holder replies.
    pub given_back: Vec<String>,
    /// The conversation and the agent who holds it.
    pub held: Vec<(String, String)>,
    /// The conversation and the agent.
    pub offers: Vec<(String, String)>,
}

impl Model {
    pub fn view(&self) -> View {
        let channels = self
            .document
            .inboxes
            .iter()
            .flat_map(|inbox| inbox.channels.iter().map(move |channel| (inbox.id.clone(), channel.id.clone())));
        let offers = self
            .conversations
            .iter()
            .flat_map(|it| it.state.offered_to().map(|agent| (it.id.clone(), agent.to_owned())));
        View {
            agents: self.agent_ids(),
            teams: self.document.teams.iter().map(|team| team.id.clone()).collect(),
            holidays: self.document.holidays.iter().map(|holiday| holiday.id.clone()).collect(),
            channels: channels.collect(),
            conversations: self.in_state(|_| true),
            closed_or_snoozed: self.in_state(|state| matches!(state, State::Closed | State::Snoozed { .. })),
            over: self.in_state(|state| !state.is_open()),
            spam: self.in_state(|state| *state == State::Spam),
            trash: self.in_state(|state| matches!(state, State::Trash { .. })),
            blocks: self.blocks.clone(),
            hidden: self.hidden(),
            with_bot: self.in_state(|state| matches!(state, State::Bot { .. })),
            with_someone: self.in_state(|state| matches!(state, State::Held(_) | State::Team(_))),
            with_someone_or_bot: self
                .in_state(|state| matches!(state, State::Held(_) | State::Team(_) | State::Bot { .. })),
            given_back: self.given_back(),
            held: self.held(),
            offers: offers.collect(),
        }
    }

    fn given_back(&self) -> Vec<String> {
        self.conversations.iter().filter(|it| it.given_back.is_some()).map(|it| it.id.clone()).collect()
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let hidden = |it: &Conversation| {
            it.hidden.iter().map(|(message, _)| (it.id.clone(), message.clone())).collect::<Vec<_>>()
        };
        self.conversations.iter().flat_map(hidden).collect()
    }

    fn held(&self) -> Vec<(String, String)> {
        let held = |it: &Conversation| Some((it.id.clone(), it.state.holder()?.to_owned()));
        self.conversations.iter().filter_map(held).collect()
    }

    fn in_state(&self, is_wanted: impl Fn(&State) -> bool) -> Vec<String> {
        self.conversations.iter().filter(|it| is_wanted(&it.state)).map(|it| it.id.clone()).collect()
    }
}
