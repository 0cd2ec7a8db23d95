//! Decisions of an inbox: messages, windows, bots, spam, trash and hidden messages.

use serde_json::{Value, json};

use super::conversation::{Details, State};
use super::document::{Channel, optional_text, text};
use super::time::write_instant;
use super::{Model, Refusal};

/// The roles of addresses that random commands contain.
const ROLES: [&str; 3] = ["noreply", "no-reply", "info"];

impl Model {
    fn known_channel_of(&self, i: usize) -> Option<&Channel> {
        let details = &self.conversations[i].details;
        self.document.channel(&details.inbox, &details.channel)
    }

    // ---- messages

    pub fn message(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        let from = text(command, "from");
        if from != "visitor" {
            self.window_is_open(i, &from)?;
            self.note_message(command, i, &from);
            return Ok(());
        }
        let state = self.conversations[i].state.clone();
        if state == State::Closed && self.known_channel_of(i).is_some_and(|channel| !channel.reopen_on_message) {
            return Err("conversation_closed");
        }
        if matches!(state, State::Closed | State::Sent | State::Snoozed { .. }) {
            self.channel_exists(&self.conversations[i].details)?;
        }
        self.note_message(command, i, &from);
        match state {
            State::Sent => {
                self.take_new_place(i);
                self.route_anew(i);
            }
            State::Snoozed { .. } => {
                self.emit("reopened", json!({"conversation": self.conversations[i].id, "woke": true}));
                self.bring_back(i);
            }
            State::Closed => self.reopen_now(i),
            State::Trash { was, .. } => self.write_into_trash(i, &was),
            _ => {}
        }
        Ok(())
    }

    /// The contact wrote in a conversation in the trash: one that the message would have brought in comes out as an open one.
    fn write_into_trash(&mut self, i: usize, was: &State) {
        let Some(channel) = self.known_channel_of(i) else { return };
        let comes_in = *was == State::Sent || (*was == State::Closed && channel.reopen_on_message);
        if let State::Trash { was, .. } = &mut self.conversations[i].state
            && comes_in
        {
            // Any open state is routed anew.
            **was = State::Unassigned;
        }
    }

    pub fn note_message(&mut self, command: &Value, i: usize, from: &str) {
        let mut closes_at = None;
        if from == "visitor" {
            self.conversations[i].visitor_wrote = Some(self.now);
            let next = self.known_channel_of(i).and_then(|_| self.closes_at(i));
            if let State::Bot { closes_at: known, .. } = &mut self.conversations[i].state {
                (*known, closes_at) = (next, next);
            }
        }
        let message = optional_text(command, "message");
        let (id, closes_at) = (&self.conversations[i].id, closes_at.map(write_instant));
        self.emit(
            "message_noted",
            json!({"conversation": id, "message": message, "from": from, "closes_at": closes_at}),
        );
    }

    /// A channel sends what programs and persons write for a time after the contact's last message.
    pub fn window_is_open(&self, i: usize, from: &str) -> Result<(), Refusal> {
        let Some(channel) = self.known_channel_of(i) else { return Ok(()) };
        let (automated, person) = channel.reply_window;
        let Some(window) = (if from == "agent" { person } else { automated }) else { return Ok(()) };
        match self.conversations[i].visitor_wrote {
            Some(at) if self.now < at + window => Ok(()),
            _ => Err("window_closed"),
        }
    }

    // ---- bots

    /// Returns the instant at which a bot's conversation is closed by itself, from now on.
    pub fn closes_at(&self, i: usize) -> Option<i64> {
        self.channel_of(i).close_idle_bots.then_some(self.now + self.document.settings.bot_inactivity)
    }

    pub fn bot_is_idle(&self, command: &Value, i: usize) -> Result<(), Refusal> {
        let it = &self.conversations[i];
        let since = it.visitor_wrote.unwrap_or(it.opened);
        let is_active = self.now < since + self.document.settings.bot_inactivity;
        let with_bot = matches!(it.state, State::Bot { .. });
        if with_bot && is_active && self.actor(command).is_some() { Err("bot_active") } else { Ok(()) }
    }

    pub fn close_idle_bots(&mut self) {
        for i in 0..self.conversations.len() {
            if matches!(self.conversations[i].state, State::Bot { closes_at: Some(at), .. } if at <= self.now) {
                self.change_state(i, State::Closed);
                self.conversations[i].ended = Some(self.now);
                self.emit("closed", json!({"conversation": self.conversations[i].id, "reason": "bot_idle"}));
            }
        }
    }

    // ---- on arrival

    /// Sends the last conversation, or filters it, instead of routing it.
    pub fn divert(&mut self, command: &Value) {
        let i = self.conversations.len() - 1;
        let filtered = self.why_filtered(&self.conversations[i].details);
        if command["outbound"] == true {
            self.leave_inbox(i, State::Sent);
            self.conversations[i].visitor_wrote = None;
            self.emit("sent", json!({"conversation": self.conversations[i].id}));
        } else if let Some((reason, matched)) = filtered {
            self.filter(i, reason, Some(matched));
        }
    }

    fn sender(&self, details: &Details) -> Option<String> {
        let channel = self.document.channel(&details.inbox, &details.channel)?;
        let forwarder = details.forwarded_by.as_ref().filter(|_| !channel.original_sender);
        forwarder.or(details.from.as_ref()).map(|address| address.to_lowercase())
    }

    fn why_filtered(&self, details: &Details) -> Option<(&'static str, String)> {
        let sender = self.sender(details)?;
        let filters = &self.document.inbox(&details.inbox)?.filters;
        if find(&filters.allow, &sender).is_some() {
            return None;
        }
        let blocks = self.blocks.iter().filter(|(_, inbox)| inbox.as_ref().is_none_or(|it| *it == details.inbox));
        let blocked: Vec<String> = blocks.map(|(sender, _)| sender.clone()).collect();
        if let Some(entry) = find(&filters.block, &sender).or(find(&blocked, &sender)) {
            return Some(("blocked_sender", entry));
        }
        let (local, _) = sender.rsplit_once('@')?;
        let local = local.split('+').next()?;
        let more = filters.roles.as_ref()?;
        let is_role = ROLES.contains(&local) || more.iter().any(|role| role == local);
        is_role.then(|| ("role_address", local.to_owned()))
    }

    // ---- spam

    /// Takes it from whoever has it.
    fn leave_inbox(&mut self, i: usize, state: State) -> Option<String> {
        self.withdraw_offers(i);
        self.end_wrap_up(i);
        let holder = self.conversations[i].state.holder().map(str::to_owned);
        self.change_state(i, state);
        let it = &mut self.conversations[i];
        (it.route, it.is_back, it.ended) = (None, false, Some(self.now));
        holder
    }

    fn filter(&mut self, i: usize, reason: &str, matched: Option<String>) {
        let agent = self.leave_inbox(i, State::Spam);
        let id = &self.conversations[i].id;
        self.emit("filtered", json!({"conversation": id, "agent": agent, "reason": reason, "matched": matched}));
    }

    pub fn mark_spam(&mut self, i: usize) -> Result<(), Refusal> {
        if self.conversations[i].state != State::Closed {
            self.is_not_closed(i)?;
        }
        self.filter(i, "by_hand", None);
        Ok(())
    }

    pub fn not_spam(&mut self, i: usize) -> Result<(), Refusal> {
        match self.conversations[i].state {
            State::Spam => {}
            State::Trash { .. } => return Err("in_trash"),
            _ => return Err("not_in_spam"),
        }
        self.channel_exists(&self.conversations[i].details)?;
        self.emit("unfiltered", json!({"conversation": self.conversations[i].id}));
        self.take_new_place(i);
        self.route_anew(i);
        Ok(())
    }

    pub fn block(&mut self, command: &Value) -> Result<(), Refusal> {
        let (sender, inbox) = self.block_of(command)?;
        self.is_not_allowed(&sender, inbox.as_deref())?;
        self.add_block(sender, inbox);
        Ok(())
    }

    pub fn block_sender_of(&mut self, i: usize) -> Result<(), Refusal> {
        let details = &self.conversations[i].details;
        let sender = self.sender(details).ok_or("unknown_sender")?;
        let inbox = details.inbox.clone();
        self.is_not_allowed(&sender, Some(&inbox))?;
        self.add_block(sender.clone(), Some(inbox));
        if !matches!(self.conversations[i].state, State::Sent | State::Spam | State::Trash { .. }) {
            self.filter(i, "blocked_sender", Some(sender));
        }
        Ok(())
    }

    pub fn unblock(&mut self, command: &Value) -> Result<(), Refusal> {
        let block = self.block_of(command)?;
        let place = self.blocks.iter().position(|it| *it == block).ok_or("not_blocked")?;
        let (sender, inbox) = self.blocks.remove(place);
        self.emit("unblocked", json!({"sender": sender, "inbox": inbox}));
        Ok(())
    }

    fn block_of(&self, command: &Value) -> Result<(String, Option<String>), Refusal> {
        let inbox = optional_text(command, "inbox");
        match &inbox {
            Some(inbox) => {
                self.document.inbox(inbox).ok_or("unknown_inbox")?;
                self.may_act_in(command, inbox)?;
            }
            None => self.may_change_desk(command)?,
        }
        Ok((text(command, "sender").to_lowercase(), inbox))
    }

    fn is_not_allowed(&self, sender: &str, inbox: Option<&str>) -> Result<(), Refusal> {
        let inbox = inbox.and_then(|inbox| self.document.inbox(inbox));
        match inbox.and_then(|inbox| find(&inbox.filters.allow, sender)) {
            Some(_) => Err("sender_allowed"),
            None => Ok(()),
        }
    }

    fn add_block(&mut self, sender: String, inbox: Option<String>) {
        let block = (sender, inbox);
        if !self.blocks.contains(&block) {
            self.emit("blocked", json!({"sender": block.0, "inbox": block.1}));
            self.blocks.push(block);
        }
    }

    // ---- trash

    pub fn trash(&mut self, i: usize) -> Result<(), Refusal> {
        let was = match &self.conversations[i].state {
            State::Trash { .. } => return Err("in_trash"),
            state @ (State::Closed | State::Sent | State::Spam) => Box::new(state.clone()),
            _ => Box::new(State::Unassigned),
        };
        let until = self.now + self.document.settings.forget_trash_after;
        let agent = self.leave_inbox(i, State::Trash { until, was });
        let id = &self.conversations[i].id;
        self.emit("trashed", json!({"conversation": id, "agent": agent, "until": write_instant(until)}));
        Ok(())
    }

    pub fn restore(&mut self, i: usize) -> Result<(), Refusal> {
        let State::Trash { was, .. } = self.conversations[i].state.clone() else { return Err("not_in_trash") };
        if was.is_open() {
            self.channel_exists(&self.conversations[i].details)?;
        }
        self.emit("restored", json!({"conversation": self.conversations[i].id}));
        if was.is_open() {
            self.take_new_place(i);
            self.route_anew(i);
        } else {
            self.change_state(i, *was);
            self.conversations[i].ended = Some(self.now);
        }
        Ok(())
    }

    // ---- hidden messages

    pub fn hide(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        let message = text(command, "message");
        if let Some(by) = optional_text(command, "by") {
            self.is_entitled(command, &by, "hidden_messages")?;
        }
        if self.conversations[i].hidden.iter().all(|(hidden, _)| *hidden != message) {
            self.emit("hidden", json!({"conversation": self.conversations[i].id, "message": message}));
            self.conversations[i].hidden.push((message, optional_text(command, "by")));
        }
        Ok(())
    }

    pub fn unhide(&mut self, command: &Value, i: usize) -> Result<(), Refusal> {
        let message = text(command, "message");
        let place = self.conversations[i].hidden.iter().position(|(hidden, _)| *hidden == message);
        if let Some((_, by)) = place.map(|place| &self.conversations[i].hidden[place])
            && let Some(actor) = self.actor(command)
            && by.as_ref() != Some(&actor.id)
        {
            self.may_change_desk(command)?;
        }
        self.conversations[i].hidden.remove(place.ok_or("not_hidden")?);
        self.emit("unhidden", json!({"conversation": self.conversations[i].id, "message": message}));
        Ok(())
    }
}

/// Returns the entry of a list for a sender, as it is written: of the address, or of its domain.
fn find(list: &[String], sender: &str) -> Option<String> {
    let domain = sender.rsplit_once('@').map(|(_, domain)| format!("@{domain}"));
    let entry_of = |text: String| list.iter().rev().find(|entry| entry.to_lowercase() == text).cloned();
    [Some(sender.to_owned()), domain].into_iter().flatten().find_map(entry_of)
}
