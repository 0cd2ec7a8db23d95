//! `no_effect`: keys that do nothing at their place. A key with its default value is not reported; it is no mistake.

use super::Warnings;
use crate::model::{
    Agent, Capacity, Channel, Document, Faces, Holiday, Inbox, Instead, Settings, State, Step, Strategy, Target, Tie,
    VisitorAvailability, VisitorSettings, Wait, WeeklyHours,
};
use crate::problem::{Code, shortened};
use crate::time::Zone;

/// Checks every key that may do nothing.
pub(super) fn of_document(warnings: &mut Warnings, document: &Document) {
    warnings.each("kinds", &document.kinds, |warnings, kind| {
        if crate::model::KINDS.contains(&kind.as_str()) {
            idle(warnings, format!("the kind {kind:?} is there without being named"), "take it out of \"kinds\"");
        }
    });
    warnings.each("statuses", &document.statuses, |warnings, status| {
        if status.kinds.is_some() && status.state == State::Away {
            let message = "an agent who is away takes conversations of no kind";
            idle_key(warnings, "kinds", message, "take them out, or make it a status that is available");
        }
    });
    warnings.each("agents", &document.agents, |warnings, agent| {
        of_agent(warnings, agent);
        of_travel(warnings, agent, agent.time_zone.as_ref().unwrap_or(&document.time_zone));
    });
    warnings.each("holidays", &document.holidays, |warnings, holiday| of_holiday(warnings, document, holiday));
    warnings.each("inboxes", &document.inboxes, |warnings, inbox| {
        let observes = |holiday: &Holiday| holiday.inboxes.contains(&inbox.id) || holiday.is_everybodys();
        let has_holidays = document.holidays.iter().any(observes);
        warnings.each("channels", &inbox.channels, |warnings, channel| {
            of_channel(warnings, inbox, channel);
            if !has_holidays && is_always_open(inbox, channel) {
                of_office_waits(warnings, channel);
            }
        });
    });
    warnings.under("settings", |warnings| of_settings(warnings, document, &document.settings));
}

fn idle(warnings: &mut Warnings, message: impl Into<String>, hint: &str) {
    warnings.warn(Code::NoEffect, message, hint);
}

fn idle_key(warnings: &mut Warnings, key: &str, message: impl Into<String>, hint: &str) {
    warnings.under(key, |warnings| idle(warnings, message, hint));
}

// ---- agents

fn of_agent(warnings: &mut Warnings, agent: &Agent) {
    warnings.each("extra_teams", &agent.extra_teams, |warnings, team| {
        if agent.team.as_ref() == Some(team) {
            let message = format!("{:?} is the main team already", shortened(team));
            idle(warnings, message, "take it out of \"extra_teams\"");
        }
    });
    if let Some(capacity) = &agent.capacity {
        warnings.under("capacity", |warnings| of_capacity(warnings, capacity));
    }
}

fn of_travel(warnings: &mut Warnings, agent: &Agent, zone: &Zone) {
    warnings.each("travel", &agent.travel, |warnings, travel| {
        if travel.time_zone.has_same_clock(zone) {
            let message = format!("the clocks of {} are those of the agent's own zone", travel.time_zone.name());
            idle_key(warnings, "time_zone", message, "name the zone of the place, or take the travel out");
        }
    });
}

fn of_capacity(warnings: &mut Warnings, capacity: &Capacity) {
    let Capacity { total, per_kind, per_inbox, alone, pace, extensions: _ } = capacity;
    if total.is_none() && per_kind.is_empty() && per_inbox.is_empty() && alone.is_empty() && pace.is_empty() {
        let hint = "say \"total\", \"per_kind\", \"per_inbox\", \"alone\" or \"pace\"";
        return idle(warnings, "a capacity without a limit limits nothing", hint);
    }
    let Some(total) = *total else { return };
    for (key, limits) in [("per_kind", per_kind), ("per_inbox", per_inbox)] {
        warnings.under(key, |warnings| {
            for (id, limit) in limits.iter().filter(|(_, limit)| **limit > total) {
                let message = format!("{limit} is more than the total, {total}, which ends it first");
                idle_key(warnings, id, message, "make it at most the total, or raise the total");
            }
        });
    }
}

// ---- holidays

fn of_holiday(warnings: &mut Warnings, document: &Document, holiday: &Holiday) {
    if holiday.dates.is_empty() {
        return idle_key(warnings, "dates", "a holiday without dates is never", "name its dates, or take it out");
    }
    let has_office = |inbox: &Inbox| {
        inbox.office_hours.is_some() || inbox.channels.iter().any(|channel| channel.office_hours.is_some())
    };
    if holiday.teams.is_empty() && !holiday.inboxes.is_empty() {
        let named = document.inboxes.iter().filter(|inbox| holiday.inboxes.contains(&inbox.id));
        if !named.into_iter().any(has_office) {
            let message = "the inboxes of the holiday have no office hours that could be closed";
            idle_key(warnings, "inboxes", message, "give them \"office_hours\", or name the teams that are off");
        }
    }
}

// ---- channels

fn is_always_open(inbox: &Inbox, channel: &Channel) -> bool {
    channel.office_hours.is_none() && inbox.office_hours.is_none()
}

/// Warns of waits in office hours, of a channel that is never closed.
fn of_office_waits(warnings: &mut Warnings, channel: &Channel) {
    warnings.each("rules", &channel.rules, |warnings, rule| {
        warnings.each("steps", &rule.steps, |warnings, step| {
            if let Some(Wait::OfficeHours(_)) = step.wait {
                let message = "the channel has no office hours, so every hour counts";
                let hint = "give it or its inbox \"office_hours\", or write the time alone";
                warnings.below(&["wait", "office_hours"], |warnings| idle(warnings, message, hint));
            }
        });
    });
}

fn of_channel(warnings: &mut Warnings, inbox: &Inbox, channel: &Channel) {
    let always_open = is_always_open(inbox, channel);
    if channel.after_hours.is_some() && always_open {
        let message = "the channel has no office hours, so it is never outside of them";
        idle_key(warnings, "after_hours", message, "give it or its inbox \"office_hours\", or take the key out");
    }
    // A call always has a time to accept, given or by default.
    if channel.rules.is_empty() && channel.accept_within.is_some() && channel.kind.as_str() != "call" {
        let message = "without rules nothing is offered";
        idle_key(warnings, "accept_within", message, "give the channel rules, or take the key out");
    }
    let needs_offers = [
        ("offer_again_after", channel.offer_again_after.is_some()),
        ("offers_at_once", channel.offers_at_once.is_some()),
    ];
    for (key, _) in needs_offers.iter().filter(|(_, is_set)| *is_set && channel.accept_within.is_none()) {
        let message = "the channel assigns at once, without offers";
        idle_key(warnings, key, message, "give the channel \"accept_within\", or take the key out");
    }
    if channel.waiting_limit.is_some() && channel.rules.is_empty() {
        let message = "without rules nothing waits";
        idle_key(warnings, "waiting_limit", message, "give the channel rules, or take the key out");
    }
    if let Some(visitor) = &channel.visitor {
        warnings.under("visitor", |warnings| of_visitor(warnings, visitor, always_open));
    }
    warnings.each("rules", &channel.rules, |warnings, rule| warnings.each("steps", &rule.steps, of_step));
}

fn of_visitor(warnings: &mut Warnings, visitor: &VisitorSettings, always_open: bool) {
    let availability = visitor.availability;
    let never_closed = match availability {
        VisitorAvailability::OfficeHours if always_open => {
            let message = "the channel has no office hours, so this is the same as \"team_status\"";
            idle_key(
                warnings,
                "availability",
                message,
                "give it or its inbox \"office_hours\", or write \"team_status\"",
            );
            None
        }
        VisitorAvailability::OfficeHours => None,
        // With office hours, this value differs by one word from one that has an effect.
        VisitorAvailability::TeamStatus if !always_open => None,
        VisitorAvailability::TeamStatus => Some("the channel has no office hours, so it is never closed"),
        VisitorAvailability::Always => Some("with the availability \"always\" a channel is never closed"),
    };
    if let Some(message) = never_closed.filter(|_| visitor.when_closed.is_some()) {
        idle_key(
            warnings,
            "when_closed",
            message,
            "give it \"office_hours\" and the availability \"office_hours\", or take the key out",
        );
    }
    if availability == VisitorAvailability::Always && visitor.when_away.is_some() {
        let message = "with the availability \"always\" a channel is never away";
        idle_key(warnings, "when_away", message, "write \"availability\": \"team_status\", or take the key out");
    }
    of_instead(warnings, "when_away", visitor.when_away.as_ref());
    of_instead(warnings, "when_closed", visitor.when_closed.as_ref());
    let mut faces = visitor.shows.as_ref();
    let mut path = vec!["shows"];
    while let Some(Faces::ContactOwner { otherwise, .. }) = faces {
        faces = otherwise.as_deref();
        path.push("otherwise");
    }
    if let Some(Faces::Of { agents, teams, .. }) = faces
        && agents.is_empty()
        && teams.is_empty()
    {
        let hint = "name agents or teams, or take the key out";
        warnings.below(&path, |warnings| idle(warnings, "there is nobody in it to show", hint));
    }
}

/// Warns of texts that nobody sees, because the channel is hidden.
fn of_instead(warnings: &mut Warnings, key: &str, instead: Option<&Instead>) {
    let Some(instead) = instead.filter(|instead| instead.hide) else { return };
    warnings.under(key, |warnings| {
        let hint = "take it out, or take \"hide\" out";
        if instead.message.is_some() {
            idle_key(warnings, "message", "a channel that is hidden says nothing", hint);
        }
        if instead.reply_time.is_some() {
            idle_key(warnings, "reply_time", "a channel that is hidden says nothing", hint);
        }
    });
}

// ---- steps

fn of_step(warnings: &mut Warnings, step: &Step) {
    match &step.assign_to {
        Target::Bot(_) => of_bot_step(warnings, step),
        Target::Named { teams, extra: true, .. } if teams.is_empty() => {
            let message = "there is no team in it whose extra members could be asked";
            warnings.below(&["assign_to", "extra"], |warnings| {
                idle(warnings, message, "name a team, or take the key out");
            });
        }
        Target::Named { .. } | Target::Everyone | Target::ContactOwner | Target::LastAgent => {}
    }
    of_skip(warnings, step);
    let without_tie = |strategy: &Strategy| Strategy::WITHOUT_TIE.contains(strategy);
    let is_compared = step.tie == Tie::FewestSkills && !matches!(step.assign_to, Target::Bot(_));
    if let Some(strategy) = step.strategy.built_in().filter(without_tie).filter(|_| is_compared) {
        let message = format!("{strategy} leaves no tie that the number of skills could break");
        idle_key(warnings, "tie", message, "take the key out, or choose another \"strategy\"");
    }
}

/// Warns of a `skip_if` that skips nothing.
fn of_skip(warnings: &mut Warnings, step: &Step) {
    if step.skip_if.is_none() || matches!(step.assign_to, Target::Bot(_)) {
        return;
    }
    if step.wait.is_none() {
        let message = "a step without a wait is passed at once anyway, if it finds nobody";
        idle_key(warnings, "skip_if", message, "take the key out, or give the step a \"wait\"");
    } else if !step.only_available {
        let message = "a step that also asks agents who are away does not look whether they are available";
        idle_key(warnings, "skip_if", message, "take the key out, or take \"only_available\": false out");
    }
}

/// Warns of keys beside a bot: it takes a conversation at once, so nobody is chosen and nothing waits.
fn of_bot_step(warnings: &mut Warnings, step: &Step) {
    let keys = [
        ("strategy", step.strategy != crate::model::Chooser::default()),
        ("tie", step.tie != Tie::default()),
        ("skills", !step.skills.is_empty()),
        ("wait", step.wait.is_some()),
        ("skip_if", step.skip_if.is_some()),
        ("only_available", !step.only_available),
    ];
    for (key, _) in keys.iter().filter(|(_, stands)| *stands) {
        idle_key(warnings, key, "a bot takes a conversation at once, whatever else the step says", "take the key out");
    }
}

// ---- settings

fn of_settings(warnings: &mut Warnings, document: &Document, settings: &Settings) {
    let channels = || document.inboxes.iter().flat_map(|inbox| &inbox.channels);
    let is_offered = |channel: &Channel| channel.accept_within.is_some() && !channel.rules.is_empty();
    if settings.missed_offers_before_away.is_some() && channels().next().is_some() && !channels().any(is_offered) {
        let message = "no channel offers conversations, so no offer is missed";
        let hint = "give a channel with rules \"accept_within\", or take the key out";
        idle_key(warnings, "missed_offers_before_away", message, hint);
    }
    if !document.agents.is_empty() && is_always_on(document) {
        if settings.last_assignment_before_end.is_some() {
            let message = "nobody has working hours or absences, so nobody's availability ends";
            let hint = "give the desk, a team or an agent \"working_hours\", or take the key out";
            idle_key(warnings, "last_assignment_before_end", message, hint);
        }
        let at_shift_start = [
            ("away_ends_at_shift_start", settings.away_ends_at_shift_start),
            ("own_away_ends_at_shift_start", settings.own_away_ends_at_shift_start),
        ];
        for (key, _) in at_shift_start.iter().filter(|(_, is_set)| *is_set) {
            let message = "nobody has working hours or absences, so no shift starts";
            let hint = "give the desk, a team or an agent \"working_hours\", or take the key out";
            idle_key(warnings, key, message, hint);
        }
    }
    if settings.away_ends_at_shift_start && settings.own_away_ends_at_shift_start {
        let message = "\"away_ends_at_shift_start\" ends every away there, also one's own";
        idle_key(warnings, "own_away_ends_at_shift_start", message, "take one of the two keys out");
    }
    let entitlements = &settings.entitlements;
    warnings.under("entitlements", |warnings| {
        // `nobody_there` reports the case that routing gives nobody a conversation.
        for (key, seats) in
            [("temporarily_away", &entitlements.temporarily_away), ("out_of_office", &entitlements.out_of_office)]
        {
            let Some(seats) = seats.as_ref().filter(|seats| !seats.is_empty()) else { continue };
            let is_had = document.agents.iter().any(|agent| agent.seat.as_ref().is_some_and(|it| seats.contains(it)));
            if !is_had && !document.agents.is_empty() {
                let message = "no agent has one of these seats, so nobody may do this";
                idle_key(warnings, key, message, "name the seats that agents have, or take the key out");
            }
        }
    });
}

/// Returns `true` if no agent's schedule ever changes.
fn is_always_on(document: &Document) -> bool {
    let has = |hours: &Option<Vec<WeeklyHours>>| hours.is_some();
    let changes =
        |agent: &Agent| has(&agent.working_hours) || !agent.date_hours.is_empty() || !agent.out_of_office.is_empty();
    !has(&document.working_hours)
        && document.holidays.is_empty()
        && !document.teams.iter().any(|team| has(&team.working_hours))
        && !document.agents.iter().any(changes)
}
