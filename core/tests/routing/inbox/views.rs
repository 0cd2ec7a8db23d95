//! Views: which conversations each shows to whom, their filters, orders and pages.

use frontdesk::desk::{ConversationFilter, View, ViewRequest, ViewSort};
use frontdesk::{Code, Desk};
use serde_json::{Value, json};

use crate::support_desk::{Office, act, channel};

/// An inbox with a channel of each kind, in which nothing is routed but to a bot, and another that only bo and the boss see.
fn office() -> Desk {
    let quiet = |id: &str, kind: &str| json!({"id": id, "kind": kind});
    let to_bot = channel("help", "chat", json!([{"assign_to": {"bot": "helper"}}]), json!({}));
    let private =
        json!({"id": "private", "access": {"teams": [], "agents": ["bo"]}, "channels": [quiet("letters", "email")]});
    let agents = json!(["anna", "bo", {"id": "boss", "permissions": ["super_admin"]}]);
    let office = Office::of(agents)
        .channel(quiet("mail", "email"))
        .channel(quiet("fb", "messenger"))
        .channel(quiet("page", "form"))
        .channel(channel("phone", "call", json!([{"assign_to": {"agents": []}}]), json!({})))
        .channel(to_bot);
    office.with(json!({"inboxes": [private], "teams": [{"id": "t"}], "settings": {"bot_inactivity": "0s"}})).desk()
}

fn after(lines: &[&str]) -> Desk {
    let mut desk = office();
    for line in lines {
        let notes = act(&mut desk, line);
        assert!(notes.iter().all(|note| !note.contains("refused")), "{line}: {notes:?}");
    }
    desk
}

fn ids(desk: &Desk, request: &ViewRequest) -> Vec<String> {
    let page = desk.view(request).unwrap();
    page.conversations.iter().map(|it| it.conversation.to_string()).collect()
}

fn request(view: View, by: &str) -> ViewRequest {
    ViewRequest { view: Some(view), by: Some(by.into()), sort: ViewSort::Oldest, ..ViewRequest::default() }
}

/// Returns the views that show `c1` to an agent, whose counts agree.
fn views_of(desk: &Desk, by: &str) -> String {
    let counts = desk.view_counts(Some(by), None).unwrap();
    let shows = |view: &&View| ids(desk, &request(**view, by)).contains(&"c1".to_owned());
    for view in View::ALL {
        assert_eq!(counts.get(*view), Some(ids(desk, &request(*view, by)).len()), "{view}");
    }
    View::ALL.iter().filter(shows).map(|view| view.as_str()).collect::<Vec<_>>().join(" ")
}

/// Declares what views show to anna after some commands.
macro_rules! shown {
    ($($name:ident: $by:literal after $lines:expr => $views:literal;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(views_of(&after(&$lines), $by), $views);
        }
    )*};
}

shown! {
    unassigned_is_what_nobody_has: "anna" after ["09:00 open c1 mail"] => "unassigned all_open email";
    mine_is_what_one_holds: "anna" after ["09:00 open c1 mail", "09:01 assign c1 to anna"] => "mine all_open email";
    of_others_is_not_mine: "anna" after ["09:00 open c1 mail", "09:01 assign c1 to bo"] => "all_open email";
    mine_is_what_one_snoozed: "anna" after ["09:00 open c1 mail", "09:01 assign c1 to anna", "09:02 snooze c1"] => "mine all_open email";
    what_nobody_snoozed_is_unassigned: "anna" after ["09:00 open c1 mail", "09:02 snooze c1"] => "unassigned all_open email";
    mine_is_what_one_replied_to_while_nobody_holds_it: "anna" after
        ["09:00 open c1 mail", "09:01 reply c1 by anna", "09:02 release c1"] => "unassigned mine all_open email";
    what_one_replied_to_and_another_holds_is_not_mine: "anna" after
        ["09:00 open c1 mail", "09:01 reply c1 by anna", "09:02 assign c1 to bo"] => "all_open email";
    a_message_of_an_agent_is_a_reply: "anna" after
        ["09:00 open c1 mail", "09:01 message c1 agent by anna"] => "unassigned mine all_open email";
    replies_count_from_the_last_reopening: "anna" after
        ["09:00 open c1 mail", "09:01 reply c1 by anna", "09:02 close c1", "09:03 reopen c1", "09:04 release c1"] => "unassigned all_open email";
    given_to_a_team_is_not_unassigned: "anna" after ["09:00 open c1 chat", "09:01 put_agent {\"id\": \"bo\", \"team\": \"t\"}", "09:02 assign c1 to team t"] => "all_open chat";
    of_a_chat: "anna" after ["09:00 open c1 chat"] => "unassigned all_open chat";
    of_a_messenger: "anna" after ["09:00 open c1 fb"] => "unassigned all_open messenger";
    of_a_form: "anna" after ["09:00 open c1 page"] => "unassigned all_open forms";
    of_a_call: "anna" after ["09:00 open c1 phone"] => "unassigned all_open calls";
    bots_is_what_a_bot_has: "anna" after ["09:00 open c1 help"] => "all_open chat bots";
    what_a_bot_handed_over_is_unassigned: "anna" after ["09:00 open c1 help", "09:01 hand_over c1"] => "unassigned all_open chat";
    all_closed_is_what_is_closed: "anna" after ["09:00 open c1 mail", "09:01 close c1"] => "all_closed";
    sent_is_nowhere_else: "anna" after ["09:00 open c1 mail by anna {\"outbound\": true}"] => "sent";
    sent_comes_in_with_the_answer: "anna" after
        ["09:00 open c1 mail by anna {\"outbound\": true}", "09:10 message c1 visitor"] => "unassigned all_open email";
    spam_is_nowhere_else: "anna" after ["09:00 open c1 mail", "09:01 mark_spam c1"] => "spam";
    not_spam_comes_back: "anna" after ["09:00 open c1 mail", "09:01 mark_spam c1", "09:02 not_spam c1"] => "unassigned all_open email";
    trash_is_nowhere_else: "anna" after ["09:00 open c1 mail", "09:01 assign c1 to anna", "09:02 trash c1"] => "trash";
    restored_is_as_it_was: "anna" after ["09:00 open c1 mail", "09:01 close c1", "09:02 trash c1", "09:03 restore c1"] => "all_closed";
    restored_and_open_is_unassigned: "anna" after ["09:00 open c1 mail", "09:01 assign c1 to anna", "09:02 trash c1", "09:03 restore c1"] => "unassigned all_open email";
    forgotten_is_nowhere: "anna" after ["09:00 open c1 mail", "09:01 close c1", "09:02 forget c1"] => "";
    of_an_inbox_without_access_is_not_shown: "anna" after ["09:00 open c1 private/letters"] => "";
    of_an_inbox_with_access_is_shown: "bo" after ["09:00 open c1 private/letters"] => "unassigned all_open email";
    super_admins_see_every_inbox: "boss" after ["09:00 open c1 private/letters"] => "unassigned all_open email";
}

/// Conversations for filters: a snoozed one, a closed one, and others.
fn busy() -> Desk {
    after(&[
        r#"09:00 open c1 mail {"priority": 5, "skills": {"billing": 2}, "contact": {"id": "x", "known": true}}"#,
        r#"09:10 open c2 chat {"attributes": {"plan": "gold"}, "contact": {"id": "y"}}"#,
        "09:20 open c3 help",
        "09:30 open c4 mail",
        "09:40 assign c1 to anna",
        "09:41 assign c4 to bo",
        "09:42 close c4",
        "09:50 message c2 visitor",
        "09:51 put_agent {\"id\": \"bo\", \"team\": \"t\"}",
        "09:52 open c5 page",
        "09:53 assign c5 to team t",
        "09:54 open c6 mail",
        "09:55 mark_spam c6",
        "09:56 open c7 mail",
        "09:57 trash c7",
    ])
}

#[test]
fn a_filter_compares_what_it_names() {
    let desk = busy();
    for (filter, expected) in [
        (json!({}), "c1 c2 c3 c4 c5 c6 c7"),
        (json!({"hide": ["spam", "trash"]}), "c1 c2 c3 c4 c5"),
        (json!({"state": ["assigned", "closed"]}), "c1 c4"),
        (json!({"state": "spam"}), "c6"),
        (json!({"channel": "mail"}), "c1 c4 c6 c7"),
        (json!({"kind": "chat"}), "c2 c3"),
        (json!({"contact": "x"}), "c1"),
        (json!({"agent": "anna"}), "c1"),
        (json!({"agent": "bo"}), "c4"),
        (json!({"team": "t"}), "c5"),
        (json!({"bot": "helper"}), "c3"),
        (json!({"match": {"priority": {"at_least": 1}}}), "c1"),
        (json!({"match": {"skills.billing": {"at_least": 2}}}), "c1"),
        (json!({"match": {"attributes.plan": ["gold", "iron"]}}), "c2"),
        (json!({"match": {"contact.known": true}}), "c1"),
        (json!({"opened": {"start": "2026-11-20T09:10:00Z", "end": "2026-11-20T09:30:00Z"}}), "c2 c3"),
        (json!({"last_message": {"start": "2026-11-20T09:50:00Z"}}), "c2 c5 c6 c7"),
        (json!({"opened": {"end": "2026-11-20T09:10:00Z"}}), "c1"),
    ] {
        let filter: ConversationFilter = desk.read_filter(&filter.to_string()).unwrap();
        let all = ViewRequest { filter: filter.clone(), sort: ViewSort::Oldest, ..ViewRequest::default() };
        assert_eq!(ids(&desk, &all).join(" "), expected, "{filter:?}");
        let listed = desk.conversations_where(&filter).unwrap();
        assert_eq!(listed.iter().map(|it| &*it.conversation).collect::<Vec<_>>().join(" "), expected, "{filter:?}");
    }
}

/// Who was deactivated or removed is found by what they held last; an agent of the same id who comes later is another.
#[test]
fn agents_who_left_are_found() {
    let of_bo = ViewRequest {
        filter: ConversationFilter { agent: Some("bo".into()), ..ConversationFilter::default() },
        ..ViewRequest::default()
    };
    let mut desk = busy();
    act(&mut desk, r#"10:00 put_agent {"id": "bo", "team": "t", "active": false}"#);
    assert_eq!(ids(&desk, &of_bo), ["c4"]);
    act(&mut desk, "10:01 remove_agent bo");
    assert_eq!(ids(&desk, &of_bo), ["c4"]);
    assert_eq!(desk.conversation("c4").unwrap().last_agent.as_deref(), Some("bo"));
    assert_eq!(ids(&Desk::restore(&desk.snapshot()).unwrap(), &of_bo), ["c4"]);
    act(&mut desk, r#"10:02 put_agent {"id": "bo"}"#);
    act(&mut desk, "10:03 reopen c4");
    assert_eq!(desk.conversation("c4").unwrap().agent, None, "it goes back to nobody");
    act(&mut desk, "10:04 assign c4 to anna");
    assert_eq!(ids(&desk, &of_bo), Vec::<String>::new());
}

#[test]
fn orders_are_by_opening_and_by_the_last_message() {
    let desk = busy();
    for (sort, expected) in [
        (ViewSort::Oldest, "c1 c2 c3 c4 c5 c6 c7"),
        (ViewSort::Newest, "c7 c6 c5 c4 c3 c2 c1"),
        (ViewSort::LastMessageOldest, "c1 c3 c4 c2 c5 c6 c7"),
        (ViewSort::LastMessageNewest, "c7 c6 c5 c2 c4 c3 c1"),
    ] {
        for limit in 1..9 {
            let mut request = ViewRequest { sort, limit, ..ViewRequest::default() };
            let mut found = Vec::new();
            loop {
                let page = desk.view(&request).unwrap();
                found.extend(page.conversations.iter().map(|it| it.conversation.to_string()));
                let Some(next) = page.next else { break };
                request.after = Some(next);
            }
            assert_eq!(found.join(" "), expected, "{sort} by {limit}");
        }
    }
}

/// The order of the queue is that of the first page, while priorities rise with time.
#[test]
fn the_queue_is_turned_as_it_was() {
    let rule = json!([{"id": "r", "raise_priority": {"every": "10m", "by": 1}, "steps": [{"assign_to": "everyone"}]}]);
    let mut desk = Office::of(json!([{"id": "anna", "capacity": 0}])).rules(rule).desk();
    for line in
        ["09:00 open c1", r#"09:01 open c2 {"priority": 1}"#, "09:02 open c3", r#"09:03 open c4 {"priority": 1}"#]
    {
        act(&mut desk, line);
    }
    let mut request = ViewRequest { sort: ViewSort::Queue, limit: 1, ..ViewRequest::default() };
    let mut found = Vec::new();
    for minute in 4.. {
        let page = desk.view(&request).unwrap();
        found.extend(page.conversations.iter().map(|it| it.conversation.to_string()));
        let Some(next) = page.next else { break };
        request.after = Some(next);
        act(&mut desk, &format!("{}:{:02} advance", 9 + minute, minute));
    }
    assert_eq!(found, ["c2", "c4", "c1", "c3"]);
}

/// A page tells what its filter cost; what is looked up costs nothing.
#[test]
fn a_page_tells_what_was_looked_at() {
    let desk = busy();
    let examined = |filter: Value| {
        let filter = desk.read_filter(&filter.to_string()).unwrap();
        desk.view(&ViewRequest { filter, ..ViewRequest::default() }).unwrap().examined
    };
    assert_eq!(examined(json!({"match": {"priority": 5}})), 7);
    assert_eq!(examined(json!({"state": "closed"})), 1);
    assert_eq!(examined(json!({"contact": "x", "match": {"priority": 7}})), 1);
}

#[test]
fn what_cannot_be_asked_is_a_problem() {
    let desk = busy();
    for (question, code, path) in [
        (json!({"ask": "view", "view": "min"}), Code::InvalidValue, "$.view"),
        (json!({"ask": "view", "view": "mine"}), Code::ActorRequired, "$.view"),
        (json!({"ask": "view", "by": "annna"}), Code::UnknownAgent, "$.by"),
        (json!({"ask": "view", "limit": 0}), Code::OutOfRange, "$.limit"),
        (json!({"ask": "view", "limit": 1001}), Code::OutOfRange, "$.limit"),
        (json!({"ask": "view", "sort": "old"}), Code::InvalidValue, "$.sort"),
        (json!({"ask": "view", "after": "newest:x"}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "after": "newest:+1"}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "after": "newest:1:2"}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "after": "newest:-1"}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "after": "oldest:1"}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "after": ""}), Code::InvalidValue, "$.after"),
        (json!({"ask": "view", "filter": {"agent": "nobody"}}), Code::UnknownAgent, "$.filter.agent"),
        (json!({"ask": "view", "filter": {"team": "nobody"}}), Code::UnknownTeam, "$.filter.team"),
        (json!({"ask": "view", "filter": {"inbox": "no"}}), Code::UnknownInbox, "$.filter.inbox"),
        (json!({"ask": "view", "filter": {"kind": "no"}}), Code::UnknownReference, "$.filter"),
        (json!({"ask": "view", "by": "anna", "filter": {"inbox": "private"}}), Code::NoInboxAccess, "$.filter.inbox"),
        (json!({"ask": "view", "filter": {"match": {"inbox": "main"}}}), Code::UnknownKey, "$.filter.match.inbox"),
        (json!({"ask": "view", "filter": {"match": {"hours": []}}}), Code::UnknownKey, "$.filter.match.hours"),
        (
            json!({"ask": "view", "filter": {"opened": {"start": "2026-11-20T09:00:00Z", "end": "2026-11-20T09:00:00Z"}}}),
            Code::InvalidValue,
            "$.filter.opened",
        ),
        (json!({"ask": "view_counts", "by": "annna"}), Code::UnknownAgent, "$.by"),
        (json!({"ask": "view_counts", "inbox": "no"}), Code::UnknownInbox, "$.inbox"),
        (json!({"ask": "view_counts", "by": "anna", "inbox": "private"}), Code::NoInboxAccess, "$.inbox"),
    ] {
        let problems = desk.ask_json(&question.to_string()).unwrap_err();
        assert_eq!((problems[0].code, problems[0].path.as_str()), (code, path), "{question}");
    }
}

/// Cursors are the same on every copy of a desk, also where conversations before were forgotten.
#[test]
fn cursors_are_good_on_every_copy() {
    let mut desk = busy();
    act(&mut desk, "10:00 forget c4");
    let first = ViewRequest { limit: 3, sort: ViewSort::Oldest, ..ViewRequest::default() };
    let page = desk.view(&first).unwrap();
    let restored = Desk::restore(&desk.snapshot()).unwrap();
    let second = ViewRequest { after: page.next, ..first };
    assert_eq!(ids(&restored, &second), ["c5", "c6", "c7"]);
    assert_eq!(desk.view(&second), restored.view(&second));
    assert_eq!(restored.snapshot(), desk.snapshot());
}
