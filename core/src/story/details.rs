//! Details of a conversation: where it arrived, from whom, and what of it was changed.

use super::draft::Draft;
use super::words::listed;
use super::{Place, Story};
use crate::desk::{Details, Event, EventKind, UnassignedBecause};
use crate::model::{Contact, Id};
use crate::time::Instant;

/// The begin of the sentence on the arrival.
pub(super) const ARRIVED: &str = "It arrived in ";

impl Story {
    pub(super) fn tell_arrival(&mut self, at: Instant, details: &Details, by: Option<&Id>) {
        let mut text = format!("{ARRIVED}{} by {}", details.inbox, details.channel);
        if let Some(contact) = &details.contact {
            text.push_str(&format!(", from {}", contact_text(contact)));
        }
        if details.priority != 0 {
            text.push_str(&format!(", with priority {}", details.priority));
        }
        if !details.skills.is_empty() {
            text.push_str(&format!(", asking for {}", skills_text(details)));
        }
        let opener = by.map(|by| format!("; {by} opened it")).unwrap_or_default();
        self.say(at, format!("{text}{opener}."));
        self.opened_at = Some(at);
        self.details = Some(details.clone());
        self.place = Place::Between;
    }

    pub(super) fn tell_update(&mut self, at: Instant, details: &Details, by: Option<&Id>) {
        let before = self.details.replace(details.clone());
        let Some(before) = before else { return };
        let whom = by.map(|by| format!(" by {by}")).unwrap_or_default();
        match (moved(&before, details), differences(&before, details).as_slice()) {
            (None, []) => self.say(at, format!("It was updated{whom}, and stayed as it was.")),
            (None, changed) => self.say(at, format!("It was updated{whom}: {}.", changed.join("; "))),
            (Some(place), []) => self.tell_move(at, &place, by),
            (Some(place), changed) => {
                self.say(at, format!("It was updated{whom}: it moved to {place}; {}.", changed.join("; ")));
            }
        }
    }

    /// Tells that a conversation moved. It is a transfer if the next event takes it from whoever has it.
    fn tell_move(&mut self, at: Instant, place: &str, by: Option<&Id>) {
        let (moved, transferred) = match by {
            Some(by) => (format!("{by} moved it to {place}"), self.done_by(by, &format!("transferred it to {place}"))),
            None => (format!("It was moved to {place}"), format!("It was transferred to {place}{}", self.who_has_it())),
        };
        self.say_for_now(Draft {
            at,
            text: format!("{moved}."),
            revised: format!("{transferred}."),
            awaits: |kind| matches!(kind, EventKind::Unassigned { reason: UnassignedBecause::Transferred, .. }),
        });
    }

    /// Describes what an agent did with it, and who had it until then.
    pub(super) fn done_by(&self, by: &Id, what: &str) -> String {
        match &self.place {
            Place::Held { agent } if agent == by => format!("{by}, who held it, {what}"),
            _ => format!("{by} {what}{}", self.who_has_it()),
        }
    }

    /// Names the holder, or the bot: `; anna held it`.
    pub(super) fn who_has_it(&self) -> String {
        match &self.place {
            Place::Held { agent } => format!("; {agent} held it"),
            Place::WithBot { bot } => format!("; the bot {bot} had it"),
            _ => String::new(),
        }
    }

    /// Tells that the data of its contact was taken out of the desk, and takes it out of the story as well.
    pub(super) fn erase(&mut self, event: &Event, erased: &Id) {
        let Some(details) = &mut self.details else { return };
        if details.contact.as_ref().and_then(|contact| contact.id.as_ref()) != Some(erased) {
            return;
        }
        details.contact = None;
        let from = format!("from {erased}");
        for line in &mut self.lines {
            let tells_contact = line.text.starts_with(ARRIVED) || line.text.contains("it is from ");
            if let Some((before, after)) = line.text.split_once(&from).filter(|_| tells_contact)
                && after.starts_with([',', ';', '.'])
            {
                line.text = format!("{before}from a contact whose data was erased{after}");
            }
        }
        let by = event.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        self.say(event.at, format!("The data of its contact was erased{by}."));
    }
}

fn contact_text(contact: &Contact) -> String {
    let who = contact.id.as_deref().unwrap_or("someone");
    let known = if contact.known { "" } else { ", who was not recognised" };
    let owner = contact.owner.as_ref().map(|owner| format!(", a contact of {owner}")).unwrap_or_default();
    format!("{who}{owner}{known}")
}

fn skills_text(details: &Details) -> String {
    let skills: Vec<String> = details.skills.iter().map(|(name, level)| format!("{name} at level {level}")).collect();
    let noun = if skills.len() == 1 { "skill" } else { "skills" };
    format!("the {noun} {}", listed(&skills))
}

/// Describes the new place of a conversation, if that changed.
fn moved(before: &Details, after: &Details) -> Option<String> {
    let is_same = (&before.inbox, &before.channel) == (&after.inbox, &after.channel);
    (!is_same).then(|| format!("{} by {}", after.inbox, after.channel))
}

/// Describes the details of a conversation that changed, its place apart.
fn differences(before: &Details, after: &Details) -> Vec<String> {
    let mut changed = Vec::new();
    if before.priority != after.priority {
        changed.push(format!("its priority is {} instead of {}", after.priority, before.priority));
    }
    if before.skills != after.skills {
        let skills = if after.skills.is_empty() { "no skills".to_owned() } else { skills_text(after) };
        changed.push(format!("it asks for {skills}"));
    }
    if before.contact != after.contact {
        changed.push(format!("it is from {}", after.contact.as_ref().map_or("nobody known".to_owned(), contact_text)));
    }
    if before.attributes != after.attributes {
        changed.push("its attributes changed".to_owned());
    }
    changed
}
