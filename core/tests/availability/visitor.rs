//! The view of a channel's visitors.

use serde_json::{Value, json};

use crate::Desk;
use frontdesk::{Language, Shown, Visitor, VisitorState, VisitorView};

use crate::support::*;

/// A channel for the team `support`: Anna works from nine to five, and Bo on Saturdays from ten to noon.
fn chat(visitor: Value) -> Desk {
    desk(json!({
        "teams": [{"id": "support"}, {"id": "other"}],
        "agents": [
            {"id": "anna", "team": "support", "working_hours": office_hours()},
            {"id": "bo", "team": "support", "working_hours": [weekly("sat", "10:00-12:00")]},
            {"id": "cleo", "team": "other"},
        ],
        "inboxes": [{"id": "main",
            "office_hours": [weekly("mon tue wed thu fri", "08:00-18:00"), weekly("sat", "10:00-11:00")],
            "channels": [{"id": "chat", "kind": "chat", "visitor": visitor,
                "rules": [{"id": "all", "steps": [{"assign_to": {"teams": ["support"]}}]}]}]}],
    }))
}

#[track_caller]
fn view(desk: &Desk, instant: &str, visitor: &Visitor) -> VisitorView {
    desk.visitor("main", "chat", at(instant), visitor).unwrap()
}

/// Checks a view, written as `away until 2026-11-23 08:00, opens 2026-11-23 08:00, "We are away.", in hours`.
#[track_caller]
fn assert_seen(desk: &Desk, instant: &str, expected: &str) {
    let seen = view(desk, instant, &Visitor::default());
    let mut text = seen.state.as_str().to_owned();
    text.extend(seen.until.map(|at| format!(" until {}", told(at))));
    text.extend(seen.opens_at.map(|at| format!(", opens {}", told(at))));
    text.extend(seen.message.map(|message| format!(", {message:?}")));
    text.extend(seen.reply_time.map(|time| format!(", {time}")));
    assert_eq!(text, expected, "at {instant}");
}

mod substitutes {
    use super::*;

    /// Anna, whom the rule names, is out of office on Monday, and bo on its morning; what they are for is `target`.
    fn absent(target: Value, access: Value) -> Desk {
        let from = |start: &str, end: &str| json!([{"start": start, "end": end}]);
        desk(json!({
            "agents": [
                {"id": "anna", "working_hours": office_hours(), "substitute": "bo",
                 "out_of_office": from("2026-11-23T00:00", "2026-11-24T00:00")},
                {"id": "bo", "substitute": "cy", "out_of_office": from("2026-11-23T09:00", "2026-11-23T12:00"),
                 "working_hours": [weekly("mon", "08:00-15:00")], "attributes": {"region": "emea"}},
                {"id": "cy", "working_hours": [weekly("mon", "11:00-18:00")]},
            ],
            "inboxes": [{"id": "main", "access": access, "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "all", "steps": [{"assign_to": target}]}]}]}],
        }))
    }

    #[test]
    fn stand_in_for_the_one_who_is_named() {
        let desk = absent(json!({"agents": ["anna"]}), json!("everyone"));
        // By the clock of Stockholm: bo from eight to nine, cy from eleven to noon, bo again until three.
        assert_seen(&desk, "2026-11-22 12:00", "away until 2026-11-23 07:00, opens 2026-11-23 07:00");
        assert_seen(&desk, "2026-11-23 07:00", "online until 2026-11-23 08:00");
        assert_seen(&desk, "2026-11-23 08:00", "away until 2026-11-23 10:00, opens 2026-11-23 10:00");
        assert_seen(&desk, "2026-11-23 10:30", "online until 2026-11-23 14:00");
        // Anna is at work from nine on Tuesday, and bo and cy stand in for nobody.
        assert_seen(&desk, "2026-11-23 15:00", "away until 2026-11-24 08:00, opens 2026-11-24 08:00");
    }

    #[test]
    fn need_access() {
        let desk = absent(json!({"agents": ["anna"]}), json!({"agents": ["anna", "bo"]}));
        assert_seen(&desk, "2026-11-23 08:00", "away until 2026-11-23 11:00, opens 2026-11-23 11:00");
    }

    #[test]
    fn need_to_meet_the_conditions_of_the_step() {
        let desk = absent(json!({"agents": ["anna", "bo"], "where": {"attributes.region": "emea"}}), json!("everyone"));
        // Bo meets them, anna does not, and cy neither.
        assert_seen(&desk, "2026-11-23 08:00", "away until 2026-11-23 11:00, opens 2026-11-23 11:00");
        assert_seen(&desk, "2026-11-23 11:00", "online until 2026-11-23 14:00");
    }

    #[test]
    fn stand_in_for_the_owner_of_a_known_visitor() {
        let desk = absent(json!("contact_owner"), json!("everyone"));
        let known = |owner: &str| Visitor { owner: Some(owner.into()), known: true, ..Visitor::default() };
        let seen = |owner| view(&desk, "2026-11-23 07:30", &known(owner)).state;
        assert_eq!((seen("anna"), seen("cy")), (VisitorState::Online, VisitorState::Away));
    }

    #[test]
    fn are_published() {
        let desk = absent(json!({"agents": ["anna"]}), json!("everyone"));
        let published = desk.publish("main", at("2026-11-23 00:00"), 1).unwrap();
        let mut seen = vec![];
        for hour in ["06", "07", "08", "09", "10", "11", "12", "13", "14"] {
            let at = at(&format!("2026-11-23 {hour}:30"));
            let told = published.visitor("chat", at, &[]).unwrap().unwrap();
            assert_eq!(told.state, view(&desk, &format!("2026-11-23 {hour}:30"), &Visitor::default()).state);
            seen.push(told.state == VisitorState::Online);
        }
        assert_eq!(seen, [false, true, false, false, true, true, true, true, false]);
    }
}

mod team_status {
    use super::*;

    #[test]
    fn is_online_while_anyone_is_available() {
        let desk = chat(json!({"availability": "team_status", "reply_time": "minutes"}));
        assert_seen(&desk, "2026-11-20 10:00", "online until 2026-11-20 16:00, minutes");
        assert_seen(&desk, "2026-11-20 16:00", "away until 2026-11-21 09:00, opens 2026-11-21 09:00");
    }

    #[test]
    fn is_the_usual() {
        let unsaid = chat(json!({}));
        assert_seen(&unsaid, "2026-11-21 10:30", "online until 2026-11-21 11:00");
    }

    #[test]
    fn looks_through_shifts_that_follow_on_each_other() {
        let desk = desk(json!({
            "agents": [{"id": "a", "working_hours": [weekly("fri", "09:00-13:00")]},
                       {"id": "b", "working_hours": [weekly("fri", "13:00-17:00")]}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat",
                "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}],
        }));
        assert_seen(&desk, "2026-11-20 10:00", "online until 2026-11-20 16:00");
    }

    #[test]
    fn of_a_channel_that_names_nobody_is_away() {
        let desk = desk(json!({"agents": [{"id": "a"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat"}]}]}));
        assert_seen(&desk, "2026-11-20 10:00", "away");
    }

    #[test]
    #[cfg(feature = "routing")]
    fn follows_a_status_set_by_hand() {
        let mut desk = chat(json!({}));
        set(&mut desk, "2026-11-20 10:00", "away", json!({"duration": "1h"}));
        assert_seen(&desk, "2026-11-20 10:00", "away until 2026-11-20 11:00, opens 2026-11-20 11:00");
    }

    #[test]
    fn counts_those_with_seat_and_access_alone() {
        let desk = |agent: Value| {
            desk(json!({
                "teams": [{"id": "support"}], "agents": [agent], "settings": {"requires_seat": true},
                "inboxes": [{"id": "main", "access": {"teams": ["support"]}, "channels": [{"id": "chat",
                    "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": {"agents": ["a"]}}]}]}]}],
            }))
        };
        let now = "2026-11-20 10:00";
        assert_seen(&desk(json!({"id": "a", "team": "support", "seat": "service"})), now, "online");
        assert_seen(&desk(json!({"id": "a", "team": "support"})), now, "away");
        assert_seen(&desk(json!({"id": "a", "seat": "service"})), now, "away");
        assert_seen(&desk(json!({"id": "a", "team": "support", "seat": "service", "active": false})), now, "away");
    }
}

/// Agents who depend on the contact, and bots.
mod whom_the_contact_tells {
    use super::*;

    /// A desk on which anna and bo work from nine to five and on Saturdays; cy has no access, and di no seat.
    fn asks(steps: Value, visitor: Value) -> Desk {
        let seat = |id: &str, hours: Value| json!({"id": id, "team": "in", "seat": "service", "working_hours": hours});
        let mut cy = seat("cy", json!([weekly("sun", "00:00-24:00")]));
        cy["team"] = json!("out");
        desk(json!({
            "teams": [{"id": "in"}, {"id": "out"}],
            "agents": [
                seat("anna", office_hours()), seat("bo", json!([weekly("sat", "10:00-12:00")])), cy,
                {"id": "di", "team": "in", "working_hours": [weekly("sun", "00:00-24:00")]},
            ],
            "inboxes": [{"id": "main", "access": {"teams": ["in"]},
                "office_hours": [weekly("mon tue wed thu fri sat sun", "08:00-20:00")],
                "channels": [{"id": "chat", "kind": "chat", "visitor": visitor, "rules": [{"id": "r", "steps": steps}]}]}],
            "settings": {"requires_seat": true},
        }))
    }

    fn who(id: Option<&str>, owner: Option<&str>, known: bool) -> Visitor {
        Visitor { id: id.map(Into::into), owner: owner.map(Into::into), known, languages: Vec::new() }
    }

    #[track_caller]
    fn assert_state(desk: &Desk, instant: &str, visitor: &Visitor, expected: &str) {
        assert_eq!(view(desk, instant, visitor).state.as_str(), expected, "at {instant}, {visitor:?}");
    }

    const FRIDAY: &str = "2026-11-20 10:00";
    const SATURDAY: &str = "2026-11-21 10:00";
    const SUNDAY: &str = "2026-11-22 10:00";

    #[test]
    fn the_owner_is_whoever_can_own_until_it_is_said() {
        let desk = asks(json!([{"assign_to": "contact_owner"}]), json!({}));
        let anyone = Visitor::default();
        assert_state(&desk, FRIDAY, &anyone, "online");
        assert_state(&desk, SATURDAY, &anyone, "online");
        // An agent without access or seat is no owner.
        assert_state(&desk, SUNDAY, &anyone, "away");
        for known in [false, true] {
            assert_state(&desk, FRIDAY, &who(None, Some("anna"), known), "online");
            assert_state(&desk, SATURDAY, &who(None, Some("anna"), known), "away");
            assert_state(&desk, SUNDAY, &who(None, Some("cy"), known), "away");
        }
        // A contact without an owner, or with one who is no agent any more.
        assert_state(&desk, FRIDAY, &who(Some("x"), None, true), "away");
        assert_state(&desk, FRIDAY, &who(Some("x"), Some("gone"), true), "away");
        assert_state(&desk, FRIDAY, &who(Some("x"), Some("gone"), false), "online");
    }

    #[test]
    #[cfg(feature = "routing")]
    fn the_last_agent_is_told_by_the_id() {
        let mut desk = asks(json!([{"assign_to": "last_agent"}]), json!({}));
        assert_state(&desk, SATURDAY, &Visitor::default(), "online");
        assert_state(&desk, SATURDAY, &who(Some("x"), None, true), "away");
        handle(
            &mut desk,
            FRIDAY,
            json!({"type": "open", "conversation": "c", "inbox": "main", "channel": "chat", "contact": {"id": "x"}}),
        );
        handle(&mut desk, FRIDAY, json!({"type": "assign", "conversation": "c", "to": {"agent": "anna"}}));
        assert_state(&desk, FRIDAY, &who(Some("x"), None, false), "online");
        assert_state(&desk, SATURDAY, &who(Some("x"), None, false), "away");
        assert_state(&desk, SATURDAY, &who(Some("y"), None, false), "online");
    }

    #[test]
    fn others_whom_the_rules_name_count_as_well() {
        let steps = json!([{"assign_to": "contact_owner", "wait": "1m"}, {"assign_to": {"agents": ["bo"]}}]);
        assert_state(&asks(steps, json!({})), SATURDAY, &who(None, Some("anna"), true), "online");
    }

    #[test]
    fn a_rule_that_begins_with_a_bot_is_online_at_night() {
        let bot_first = json!([{"assign_to": {"bot": "robo"}}, {"assign_to": {"agents": ["anna"]}}]);
        let desk = asks(bot_first.clone(), json!({"reply_time": "now"}));
        assert_seen(&desk, "2026-11-22 02:00", "online, now");
        // A bot in a later step takes nothing at first.
        let bot_last = json!([{"assign_to": {"agents": ["anna"]}}, {"assign_to": {"bot": "robo"}}]);
        assert_state(&asks(bot_last, json!({})), "2026-11-22 02:00", &Visitor::default(), "away");
        // Office hours apply to a bot, too.
        let by_hours = asks(bot_first, json!({"availability": "office_hours"}));
        assert_seen(&by_hours, SUNDAY, "online until 2026-11-22 19:00");
        assert_seen(&by_hours, "2026-11-22 20:00", "closed until 2026-11-23 07:00, opens 2026-11-23 07:00");
    }

    #[test]
    fn what_is_published_says_what_strangers_see() {
        let desk = asks(
            json!([{"assign_to": "contact_owner"}]),
            json!({"reply_time": "minutes", "when_away": {"message": "Gone."}}),
        );
        let published = desk.publish("main", at(FRIDAY), 3).unwrap();
        let told = published.visitor("chat", at(FRIDAY), &[]).unwrap().unwrap();
        assert_eq!((told.state.as_str(), told.reply_time.as_deref()), ("online", Some("minutes")));
        let told = published.visitor("chat", at(SUNDAY), &[]).unwrap().unwrap();
        assert_eq!((told.state.as_str(), told.message.as_deref(), told.reply_time), ("away", Some("Gone."), None));
    }
}

mod office_hours_decide {
    use super::*;

    fn by_hours(further: Value) -> Desk {
        let mut visitor = json!({"availability": "office_hours"});
        visitor.as_object_mut().unwrap().extend(further.as_object().unwrap().clone());
        chat(visitor)
    }

    #[test]
    fn closed_away_and_online_in_turn() {
        let desk = by_hours(json!({}));
        assert_seen(&desk, "2026-11-20 06:00", "closed until 2026-11-20 07:00, opens 2026-11-20 08:00");
        assert_seen(&desk, "2026-11-20 07:30", "away until 2026-11-20 08:00, opens 2026-11-20 08:00");
        assert_seen(&desk, "2026-11-20 08:00", "online until 2026-11-20 16:00");
        assert_seen(&desk, "2026-11-20 16:30", "away until 2026-11-20 17:00, opens 2026-11-21 09:00");
        assert_seen(&desk, "2026-11-20 17:00", "closed until 2026-11-21 09:00, opens 2026-11-21 09:00");
        // The office closes before Bo leaves.
        assert_seen(&desk, "2026-11-21 09:00", "online until 2026-11-21 10:00");
    }

    #[test]
    fn each_has_words_of_its_own() {
        let desk = by_hours(json!({
            "reply_time": "minutes",
            "when_away": {"message": "Just a moment."},
            "when_closed": {"message": "We are closed.", "reply_time": "tomorrow"},
        }));
        assert_seen(
            &desk,
            "2026-11-20 07:30",
            "away until 2026-11-20 08:00, opens 2026-11-20 08:00, \"Just a moment.\"",
        );
        assert_seen(
            &desk,
            "2026-11-20 06:00",
            "closed until 2026-11-20 07:00, opens 2026-11-20 08:00, \"We are closed.\", tomorrow",
        );
        assert_seen(&desk, "2026-11-20 10:00", "online until 2026-11-20 16:00, minutes");
    }

    #[test]
    fn hidden_is_told_nothing() {
        let hidden = json!({"hide": true, "message": "Gone.", "reply_time": "tomorrow"});
        let desk = by_hours(json!({"reply_time": "minutes", "when_closed": hidden}));
        assert_seen(&desk, "2026-11-20 06:00", "hidden until 2026-11-20 07:00, opens 2026-11-20 08:00");
    }

    #[test]
    fn hidden_lasts_as_long_as_it_looks_the_same() {
        let hide = json!({"hide": true});
        let closed = by_hours(json!({"when_closed": hide}));
        assert_seen(&closed, "2026-11-20 06:00", "hidden until 2026-11-20 07:00, opens 2026-11-20 08:00");
        let both = by_hours(json!({"when_closed": hide, "when_away": hide}));
        assert_seen(&both, "2026-11-20 06:00", "hidden until 2026-11-20 08:00, opens 2026-11-20 08:00");
    }

    #[test]
    fn a_holiday_of_the_inbox_closes_the_office() {
        let holiday = |names: Value| {
            let mut holiday = json!({"id": "day", "dates": ["2026-11-20"]});
            holiday.as_object_mut().unwrap().extend(names.as_object().unwrap().clone());
            desk(json!({
                "teams": [{"id": "other"}], "agents": [{"id": "a"}], "holidays": [holiday],
                "inboxes": [{"id": "main", "office_hours": office_hours(), "channels": [{"id": "chat",
                    "kind": "chat", "visitor": {"availability": "office_hours"},
                    "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}]}],
            }))
        };
        let closed = "closed until 2026-11-23 08:00, opens 2026-11-23 08:00";
        assert_seen(&holiday(json!({"inboxes": ["main"]})), "2026-11-20 10:00", closed);
        assert_seen(&holiday(json!({})), "2026-11-20 10:00", closed);
        assert_seen(&holiday(json!({"teams": ["other"]})), "2026-11-20 10:00", "online until 2026-11-20 16:00");
    }

    #[test]
    fn a_channel_has_its_own_or_its_inboxs_or_none() {
        let desk = |channel: Value, inbox: Value| {
            let mut chat = json!({"id": "chat", "kind": "chat", "visitor": {"availability": "office_hours"},
                "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]});
            chat.as_object_mut().unwrap().extend(channel.as_object().unwrap().clone());
            let mut main = json!({"id": "main", "channels": [chat]});
            main.as_object_mut().unwrap().extend(inbox.as_object().unwrap().clone());
            desk(json!({"agents": [{"id": "a"}], "inboxes": [main]}))
        };
        let hours = |hours| json!({"office_hours": [weekly("fri", hours)]});
        let (early, late) = (hours("08:00-12:00"), hours("13:00-18:00"));
        assert_seen(&desk(early.clone(), late.clone()), "2026-11-20 10:00", "online until 2026-11-20 11:00");
        assert_seen(&desk(json!({}), late), "2026-11-20 16:00", "online until 2026-11-20 17:00");
        assert_seen(&desk(json!({}), json!({})), "2026-11-20 03:00", "online");
        let nepal = json!({"time_zone": "Asia/Kathmandu", "office_hours": early["office_hours"]});
        assert_seen(&desk(json!({}), nepal), "2026-11-20 06:00", "online until 2026-11-20 06:15");
        let never = desk(json!({"office_hours": []}), json!({}));
        assert_seen(&never, "2026-11-20 10:00", "closed");
    }
}

#[test]
fn always_is_online() {
    let desk = chat(json!({"availability": "always", "reply_time": "a day", "when_away": {"message": "Gone."}}));
    assert_seen(&desk, "2026-11-22 03:00", "online, a day");
}

#[test]
fn unknown_inboxes_and_channels_offer_the_nearest() {
    let desk = chat(json!({}));
    let ask = |inbox, channel| desk.visitor(inbox, channel, at("2026-11-20 10:00"), &Visitor::default()).unwrap_err();
    let (inbox, channel) = (ask("mains", "chat"), ask("main", "chats"));
    assert_eq!((inbox.code.as_str(), inbox.hint.as_deref()), ("unknown_inbox", Some("did you mean main?")));
    assert_eq!((channel.code.as_str(), channel.hint.as_deref()), ("unknown_channel", Some("did you mean chat?")));
}

mod faces {
    use super::*;

    fn visitor(id: &str) -> Visitor {
        Visitor { id: Some(id.into()), ..Visitor::default() }
    }

    /// Returns the faces on a desk of ten agents, of whom the last five are the team `support`, and one of these is deactivated.
    fn shown(shows: &Value, seed: u64, visitor: &Visitor) -> Option<Shown> {
        let agent = |index: usize| {
            let team = if index < 5 { "other" } else { "support" };
            json!({"id": format!("a{index}"), "team": team, "active": index != 9})
        };
        let desk = desk(json!({
            "teams": [{"id": "support"}, {"id": "other"}], "agents": (0..10).map(agent).collect::<Value>(),
            "settings": {"seed": seed},
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "visitor": {"shows": shows}}]}],
        }));
        view(&desk, "2026-11-20 10:00", visitor).shows
    }

    fn agents(shows: &Value, seed: u64, visitor: &Visitor) -> Vec<String> {
        let Some(Shown::Agents(agents)) = shown(shows, seed, visitor) else { panic!("no agents") };
        agents.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn are_at_most_three_of_those_chosen() {
        let shows = json!({"agents": ["a0"], "teams": ["support"]});
        let chosen = ["a0", "a5", "a6", "a7", "a8"];
        for index in 0..50 {
            let faces = agents(&shows, 7, &visitor(&format!("v{index}")));
            assert!(faces.len() == 3 && faces.iter().all(|face| chosen.contains(&face.as_str())), "{faces:?}");
            assert!(faces[0] != faces[1] && faces[1] != faces[2] && faces[0] != faces[2], "{faces:?}");
        }
        assert_eq!(agents(&json!({"agents": ["a0"]}), 7, &visitor("v")), ["a0"]);
    }

    #[test]
    fn stay_the_same_for_a_visitor() {
        let shows = json!({"teams": ["support", "other"]});
        assert_eq!(agents(&shows, 7, &visitor("ann")), agents(&shows, 7, &visitor("ann")));
        assert_eq!(agents(&shows, 7, &Visitor::default()), agents(&shows, 7, &Visitor::default()));
    }

    #[test]
    fn differ_by_visitor_and_by_seed() {
        let shows = json!({"teams": ["support", "other"]});
        let by_visitor = (0..50).map(|index| agents(&shows, 7, &visitor(&format!("v{index}"))));
        let by_seed = (0..50).map(|seed| agents(&shows, seed, &visitor("ann")));
        let distinct = |faces: Vec<Vec<String>>| std::collections::BTreeSet::from_iter(faces).len();
        assert!(distinct(by_visitor.collect()) > 25);
        assert!(distinct(by_seed.collect()) > 25);
    }

    #[test]
    fn may_be_the_contacts_owners() {
        let owned = Visitor { owner: Some("a3".into()), known: true, ..visitor("ann") };
        let gone = Visitor { owner: Some("gone".into()), known: true, ..visitor("ann") };
        let name = Some(Shown::Name("Support".to_owned()));
        let shows = json!({"contact_owner": true, "otherwise": {"name": "Support"}});
        assert_eq!(shown(&shows, 7, &owned), Some(Shown::Agents(vec!["a3".into()])));
        assert_eq!(shown(&shows, 7, &gone), name);
        assert_eq!(shown(&shows, 7, &visitor("ann")), name);
        assert_eq!(shown(&json!("contact_owner"), 7, &visitor("ann")), None);
    }

    #[test]
    fn may_be_a_name() {
        let name = Some(Shown::Name("Support".to_owned()));
        assert_eq!(shown(&json!({"name": "Support"}), 7, &visitor("ann")), name);
    }
}

mod languages {
    use super::*;

    /// Returns the texts for a visitor who speaks these languages: the message, the reply time, and their language.
    fn told_to(desk: &Desk, tags: &str) -> String {
        let languages = tags.split_whitespace().map(|tag| Language::parse(tag).unwrap()).collect();
        let visitor = Visitor { languages, ..Visitor::default() };
        let seen = view(desk, "2026-11-22 10:00", &visitor);
        // Published availability has the same texts.
        let published = desk.publish("main", at("2026-11-22 00:00"), 1).unwrap();
        let published = frontdesk::Published::from_json(&published.to_json()).unwrap();
        let read = published.visitor("chat", at("2026-11-22 10:00"), &visitor.languages).unwrap();
        assert_eq!(read, Some(VisitorView { shows: None, ..seen.clone() }), "{tags}");
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let language = seen.language.map(|it| it.as_str().to_owned());
        format!("{} | {} | {}", or_none(seen.message), or_none(seen.reply_time), or_none(language))
    }

    /// Returns the texts in their order: `serde_json::Value` would sort the keys.
    fn away(instead: &str) -> Desk {
        let document = chat(json!({"when_away": {"message": "TEXTS"}})).document();
        let text = serde_json::to_string(&document).unwrap();
        Desk::from_json(&text.replacen(r#"{"message":"TEXTS"}"#, instead, 1)).unwrap()
    }

    #[test]
    fn the_text_is_the_nearest_to_what_is_asked() {
        let desk = away(
            r#"{"message": {"en": "Away", "sv": "Borta", "de-AT": "Ned do", "pt-BR": "Ausente", "zh-Hant": "\u4e0d"}}"#,
        );
        for (asked, expected) in [
            ("", "Away | – | en"),
            ("sv", "Borta | – | sv"),
            ("SV-fi", "Borta | – | sv"),
            ("sv-FI-x-private", "Borta | – | sv"),
            ("de-AT-1996", "Ned do | – | de-AT"),
            ("de-CH", "Ned do | – | de-AT"),
            ("pt", "Ausente | – | pt-BR"),
            ("zh-Hant-TW", "\u{4e0d} | – | zh-Hant"),
            ("is", "Away | – | en"),
            ("is sv en", "Borta | – | sv"),
            ("is pt en", "Ausente | – | pt-BR"),
        ] {
            assert_eq!(told_to(&desk, asked), expected, "{asked}");
        }
    }

    #[test]
    fn all_that_is_told_is_in_one_language_where_there_is_one() {
        let both = away(
            r#"{"message": {"en": "Away", "sv": "Borta", "da": "Væk"}, "reply_time": {"sv": "snart", "en": "soon"}}"#,
        );
        assert_eq!(told_to(&both, "sv en"), "Borta | snart | sv");
        assert_eq!(told_to(&both, "da sv"), "Borta | snart | sv");
        assert_eq!(told_to(&both, "da"), "Away | soon | en");
        assert_eq!(told_to(&both, ""), "Away | soon | en");
        let none = away(r#"{"message": {"en": "Away"}, "reply_time": {"sv": "snart"}}"#);
        assert_eq!(told_to(&none, "sv"), "Away | snart | –");
        let plain = away(r#"{"message": "Away", "reply_time": {"sv": "snart", "fi": "pian"}}"#);
        assert_eq!(told_to(&plain, "fi"), "Away | pian | fi");
        assert_eq!(told_to(&away(r#"{"message": "Away", "reply_time": "soon"}"#), "fi"), "Away | soon | –");
    }
}
