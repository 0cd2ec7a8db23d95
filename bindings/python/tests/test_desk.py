"""Commands, events and answers as Python's own values."""

from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import (
    AgentInboxes,
    Code,
    Coverage,
    Decision,
    Desk,
    Event,
    Events,
    InvalidCommand,
    InvalidQuestion,
    NotFound,
    NotPermitted,
    NotPossible,
    Problem,
    Reason,
    State,
    Status,
    Turn,
    VisitorState,
    Whereabouts,
    enums,
    events,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NOON = datetime(2026, 11, 20, 12, tzinfo=STOCKHOLM)
HOUR = timedelta(hours=1)


def opened(desk: Desk, conversation: str = "c1", at: datetime = NOON, **more: Any) -> Events:
    return desk.open(conversation, inbox="main", channel="chat", at=at, **more)


def test_status(desk: Desk) -> None:
    status = desk.status("anna", NOON)
    assert (status.state, status.reason, status.available, bool(status)) == (
        State.AVAILABLE,
        Reason.WORKING_HOURS,
        True,
        True,
    )
    assert (status.since, status.until) == (NOON - 3 * HOUR, NOON + 5 * HOUR)
    assert (status.by, status.note) == (None, None)
    assert status == desk.status("anna", NOON + HOUR)
    assert hash(status) == hash(desk.status("anna", NOON + HOUR))
    assert status != desk.status("anna", NOON + 10 * HOUR)
    assert status != "available"
    assert repr(status) == (
        'Status("available", "working_hours", since=2026-11-20T09:00+01:00, until=2026-11-20T17:00+01:00)'
    )
    assert status.to_dict() == {
        "state": "available",
        "reason": "working_hours",
        "since": "2026-11-20T08:00:00.000Z",
        "until": "2026-11-20T16:00:00.000Z",
    }
    match status:
        case Status(state="available", until=until):
            assert until == NOON + 5 * HOUR
        case _:
            pytest.fail("a status matches by its names")


def test_status_set_by_hand(desk: Desk) -> None:
    desk.set_status("anna", "away", at=NOON, duration=HOUR, note="Lunch", by="anna")
    status = desk.status("anna", NOON)
    assert (status.reason, status.by, status.note) == (Reason.TEMPORARILY_AWAY, "anna", "Lunch")
    assert status.until == NOON + HOUR
    again = desk.set_status("bo", State.AWAY, at=NOON, until=NOON + HOUR)
    assert [type(event) for event in again] == [events.StatusChanged]
    changed = again[0]
    assert isinstance(changed, events.StatusChanged)
    assert changed.set is not None and changed.set.until == changed.until == NOON + HOUR


def test_names_are_texts() -> None:
    away: str = State.AWAY
    assert away == "away"
    assert f"{Reason.HOLIDAY}" == str(Reason.HOLIDAY) == "holiday"
    assert repr(Code.IN_USE) == "Code.IN_USE"
    assert {enums.Ineligible.AWAY: 1}["away"] == 1  # type: ignore[index] # pyright: ignore[reportArgumentType]


def test_names_are_those_of_the_core(desk: Desk) -> None:
    """The members of enums are found by their place."""
    holiday = {"id": "day", "dates": ["2026-11-20"]}
    given = [
        (Desk(document()), Reason.WORKING_HOURS), (Desk(document(working_hours=[])), Reason.OUTSIDE_WORKING_HOURS),
        (Desk(document(holidays=[holiday])), Reason.HOLIDAY),
        (Desk(document(agents=[{"id": "anna", "active": False}])), Reason.DEACTIVATED),
    ]  # fmt: skip
    for made, reason in given:
        status = made.status("anna", NOON)
        assert (status.reason, str(status.reason)) == (reason, status.to_dict()["reason"])
        assert (status.state, str(status.state)) == (State(status.to_dict()["state"]), status.to_dict()["state"])


def test_who_is_not_there(desk: Desk) -> None:
    with pytest.raises(NotFound, match="did you mean anna") as caught:
        desk.status("ana", NOON)
    assert (caught.value.code, caught.value.path) == (Code.UNKNOWN_AGENT, "$.agent")
    assert isinstance(caught.value, LookupError)
    for ask in (
        lambda: desk.available(NOON, team="x"),
        lambda: desk.available(NOON, inbox="x"),
        lambda: desk.coverage(NOON, NOON + HOUR, team="x"),
        lambda: desk.working_time(NOON, NOON, inbox="main", channel="x"),
        lambda: desk.visitor("main", "x", NOON),
        lambda: desk.why("c9"),
        lambda: desk.zone_of("x"),
    ):
        with pytest.raises(NotFound):
            ask()


def test_who_is_available(desk: Desk) -> None:
    assert desk.available(NOON) == ["anna", "bo"]
    assert desk.available(NOON, team="support") == desk.available(NOON, team="support", extra=True) == ["anna", "bo"]
    assert desk.available(NOON + 12 * HOUR) == []
    desk.put_agent("ada", {"id": "ada"}, at=NOON)
    desk.remove_agent("anna", at=NOON)
    desk.put_agent("anna", {"id": "anna", "team": "support"}, at=NOON)
    assert desk.available(NOON) == [row.agent for row in desk.table(NOON) if row.state is State.AVAILABLE]
    found = desk.available(NOON)
    found.clear()
    assert desk.available(NOON)


def test_schedule_and_coverage(desk: Desk) -> None:
    midnight = NOON.replace(hour=0)
    week = desk.schedule("anna", midnight, midnight + timedelta(days=7))
    assert week[0].start == midnight and week[-1].end == midnight + timedelta(days=7)
    assert all(before.end == after.start for before, after in zip(week, week[1:]))
    assert week.available.time == timedelta(hours=40)
    assert {str(period.reason) for period in week.available} == {"working_hours"}
    assert len(week.columns["state"]) == len(week)

    spans = desk.coverage(midnight, midnight + timedelta(days=1), team="support")
    assert [(row.start.hour, row.available) for row in spans] == [(0, 0), (9, 2), (17, 0)]
    steps = desk.coverage(midnight, midnight + timedelta(days=1), step="12h")
    assert (steps.available, steps.least) == ((0, 2), (0, 0))
    assert steps.columns.keys() == {"start", "end", "available", "least"}
    assert steps[1:] == Coverage(steps.start[1:], steps.end[1:], [2], [0])
    assert desk.coverage_by_team(midnight, midnight + HOUR)["support"].available == (0,)


def test_the_next_change(desk: Desk) -> None:
    assert desk.next_change("anna", NOON) == NOON + 5 * HOUR
    assert desk.next_available("anna", NOON + 10 * HOUR) == datetime(2026, 11, 23, 9, tzinfo=STOCKHOLM)
    assert desk.zone_of("anna") == STOCKHOLM


def test_visitor(desk: Desk) -> None:
    view = desk.visitor("main", "chat", NOON, visitor={"id": "v1"})
    assert (view.state, view.until, view.opens_at) == (VisitorState.ONLINE, NOON + 5 * HOUR, None)
    assert view.to_dict() == {"state": "online", "until": "2026-11-20T16:00:00.000Z"}
    assert desk.visitor("main", "chat", NOON, visitor={"owner": "anna", "known": True}) == view


def test_events_name_who_acted(desk: Desk) -> None:
    assert [event.by for event in opened(desk)] == [None, None]
    released = desk.release("c1", at=NOON, by="anna")
    assert [(event.type, event.by) for event in released] == [("unassigned", "anna")]
    assert repr(released[0]).endswith("by='anna')")


def test_a_visitor_is_told_in_a_language_they_speak() -> None:
    texts = {"en": "a few minutes", "sv": "några minuter", "pt-BR": "alguns minutos"}
    channel: Any = {"id": "chat", "kind": "chat", "visitor": {"availability": "always", "reply_time": texts}}
    desk = Desk({"version": 1, "time_zone": "UTC", "inboxes": [{"id": "main", "channels": [channel]}]})
    for language, told in [(None, "en"), ("sv", "sv"), ("SV-fi", "sv"), (["is", "pt"], "pt-BR"), (("is",), "en")]:
        view = desk.visitor("main", "chat", NOON, language=language)
        assert (view.language, view.reply_time) == (told, texts[told]), language
    assert desk.publish("main", NOON, 1)["channels"][0]["online"] == {"reply_time": texts}
    with pytest.raises(Problem) as raised:
        desk.visitor("main", "chat", NOON, language="Swedish, please")
    assert raised.value.code == "invalid_value"


def test_a_conversation_finds_someone(desk: Desk) -> None:
    given = opened(desk, attributes={"plan": "pro"}, contact={"id": "x", "known": True}, id="k1")
    assert [event.type for event in given] == ["opened", "assigned"]
    arrived, assigned = given
    assert isinstance(arrived, events.Opened) and isinstance(assigned, events.Assigned)
    assert (arrived.attributes, arrived.priority, arrived.id) == ({"plan": "pro"}, 0, "k1")
    assert arrived.contact is not None and (arrived.contact.id, arrived.contact.known) == ("x", True)
    assert (assigned.agent, assigned.rule, assigned.step, assigned.strategy) == ("anna", "everyone", 1, "least_busy")
    assert (assigned.at, assigned.at.tzinfo, assigned.seq) == (NOON, STOCKHOLM, 2)
    match assigned:
        case events.Assigned(conversation, agent):
            assert (conversation, agent) == ("c1", "anna")
        case _:
            pytest.fail("an event matches by its keys")
    assert repr(assigned).startswith("Assigned(seq=2, at=2026-11-20T12:00+01:00, conversation='c1', agent='anna'")
    where = desk.conversation("c1", zone=STOCKHOLM)
    assert where is not None and (where.state, where.agent, where.opened_at) == (Whereabouts.ASSIGNED, "anna", NOON)
    assert desk.conversations(zone=STOCKHOLM) == [where]
    assert desk.conversation("c9") is None
    assert desk.close("c1", at=NOON)[0].agent == "anna"


def test_a_decision(desk: Desk) -> None:
    decision = opened(desk, explain=True).decision
    assert decision is not None
    assert (decision.outcome, decision.agent, decision.rule, decision.step) == ("assigned", "anna", "everyone", 1)
    assert [one.agent for one in decision.considered if one.eligible] == ["anna", "bo"]
    assert "anna: could take it" in decision.explain()
    quiet = opened(desk, "c2").decision
    assert quiet is not None and not quiet.is_explained
    with pytest.raises(ValueError, match="explain=True"):
        _ = quiet.considered
    with pytest.raises(AttributeError):
        quiet.event = decision.event
    talkative = Desk(document(), explain=True)
    made = opened(talkative).decision
    assert made is not None and made.is_explained
    assert made == opened(Desk(document(), explain=True)).decision


def test_a_substitute() -> None:
    changed = document()
    changed["agents"][0] |= {
        "substitute": "bo",
        "out_of_office": [{"first_day": "2026-11-20", "last_day": "2026-11-20"}],
    }
    changed["inboxes"][0]["channels"][0]["rules"] = [{"id": "r", "steps": [{"assign_to": {"agents": ["anna"]}}]}]
    desk = Desk(changed)
    decision = opened(desk, explain=True).decision
    assert decision is not None and decision.agent == "bo"
    match decision.event:
        case events.Assigned(substitute_for=absent):
            assert absent == "anna"
        case other:
            pytest.fail(f"{other}")
    said = decision.explain(names={"anna": "Anna", "bo": "Bo"}).splitlines()
    assert said[0] == "It went to Bo for Anna, who is out of office, by step 1 of the rule r (least_busy)."
    assert said[1].startswith("  Anna: away, out of office") and said[2] == "  Bo (for Anna): could take it (load 0)"
    assert [one.substitute_for for one in decision.considered] == [None, "anna"]
    by_hand = desk.assign("c1", agent="anna", at=NOON, by="bo", or_substitute=True)
    assert not by_hand, "bo holds it already"
    assert desk.assign("c1", agent="anna", at=NOON)[0].agent == "anna"
    with pytest.raises(InvalidCommand, match="only an agent has a substitute"):
        desk.assign("c1", team="support", at=NOON, or_substitute=True)


def test_distributing() -> None:
    changed = document()
    changed["teams"].append({"id": "sales"})
    changed["agents"].append({"id": "sam", "team": "sales", "capacity": 1})
    desk = Desk(changed)
    opened(desk)
    given = desk.assign("c1", team="sales", distribute=True, at=NOON, by="anna", explain=True)
    match list(given):
        case [events.Unassigned(reason=reason), events.Queued(team=queued), events.Assigned(agent=agent, team=team)]:
            assert (reason, queued, agent, team) == ("distributed", "sales", "sam", "sales")
        case others:
            pytest.fail(f"{others}")
    decision = given.decision
    assert decision is not None and (decision.team, decision.rule, decision.step) == ("sales", None, None)
    assert decision.explain(names={"sam": "Sam"}).splitlines()[0] == "It went to Sam of the team sales (least_busy)."
    opened(desk, "c2")
    waits = desk.assign("c2", team="sales", distribute=True, at=NOON, explain=True).decision
    assert waits is not None and waits.explain().splitlines()[0] == "It waits for a member of the team sales."
    where = desk.conversation("c2")
    assert where is not None and (where.state, where.team) == (Whereabouts.QUEUED, "sales")
    [step] = desk.why("c2")
    assert (step.team, step.rule, step.step) == ("sales", None, None)
    with pytest.raises(InvalidCommand, match="among the members of a team"):
        desk.assign("c1", agent="sam", at=NOON, distribute=True)


def test_why_nobody(desk: Desk) -> None:
    waiting = opened(desk, at=NOON + 12 * HOUR, explain=True)
    decision = waiting.decision
    assert decision is not None and (decision.outcome, decision.agent) == ("queued", None)
    assert "away, outside working hours" in decision.explain()
    assert desk.queue == ["c1"]
    [step] = desk.why("c1")
    assert [one.reason for one in step.considered] == ["away", "away"]
    assert "waits" in " ".join(line.text for line in desk.story("c1", waiting, zone=STOCKHOLM))
    wakeup = desk.next_wakeup
    assert wakeup is not None
    [goes_to] = desk.advance(wakeup).of_conversation("c1").decisions
    assert (goes_to.outcome, goes_to.agent) == ("assigned", "anna")
    assert isinstance(goes_to, Decision)


def test_an_explanation_counts_those_outside_of_the_target(desk: Desk) -> None:
    whole = opened(desk, explain=True).decision
    assert whole is not None
    assert (len(whole.considered), whole.not_in_target) == (2, 0)
    assert "not_in_target" not in whole.to_dict()
    desk.put_agent("cy", {"id": "cy"}, at=NOON)
    desk.put_agent("bo", {"id": "bo", "team": "support", "capacity": 1}, at=NOON)
    rules = [{"id": "bo", "steps": [{"assign_to": {"agents": ["bo"]}}]}]
    desk.put_inbox("other", {"id": "other", "channels": [{"id": "c", "kind": "chat", "rules": rules}]}, at=NOON)
    decision = desk.open("c2", inbox="other", channel="c", at=NOON, explain=True).decision
    assert decision is not None
    assert ([one.agent for one in decision.considered], decision.not_in_target) == (["bo"], 2)
    assert decision.explain().splitlines()[1:] == ["  bo: could take it (load 0)", "  2 others: not in target"]
    assert "<td>2 others</td>" in decision._repr_html_()
    assert decision.event.not_in_target == decision.to_dict()["not_in_target"] == 2
    desk.open("c3", inbox="other", channel="c", at=NOON)
    [step] = desk.why("c3")
    assert (len(step.considered), step.not_in_target, step.to_dict()["not_in_target"]) == (1, 2, 2)


def test_refused(desk: Desk) -> None:
    before = desk.snapshot()
    given = desk.close("c1", at=NOON)
    assert given.refused is not None and given.refused.code is Code.UNKNOWN_CONVERSATION
    assert desk.snapshot() == before
    with pytest.raises(NotPossible):
        given.raise_if_refused()
    for nothing in (given, desk.accept("c1", "anna", at=NOON), desk.open("c2", inbox="x", channel="chat", at=NOON)):
        with pytest.raises(NotFound) as unknown:
            nothing.raise_if_refused()
        assert isinstance(unknown.value, NotPossible) and str(unknown.value.code).startswith("unknown_")
    with pytest.raises(NotPermitted) as caught:
        desk.put_team("x", {"id": "x"}, at=NOON, by="anna").raise_if_refused()
    assert caught.value.code is Code.NOT_PERMITTED
    carried_out = opened(desk)
    assert carried_out.raise_if_refused() is carried_out


def test_by_hand(desk: Desk) -> None:
    opened(desk)
    assert desk.assign("c1", agent="bo", at=NOON, by="anna").decision is not None
    assert desk.assign("c1", team="support", at=NOON)[-1].to_dict()["team"] == "support"
    assert desk.assign("c1", to={"agent": "anna"}, at=NOON)[-1].agent == "anna"
    assert desk.reply("c1", at=NOON, by="anna").refused is None
    assert [event.type for event in desk.snooze("c1", at=NOON, until=NOON + HOUR)] == ["snoozed"]
    assert desk.next_wakeup == NOON + HOUR
    desk.set_out_of_office("anna", [{"start": NOON.replace(tzinfo=None), "end": datetime(2026, 11, 21)}], at=NOON)
    assert desk.status("anna", NOON).reason is Reason.OUT_OF_OFFICE


@pytest.mark.parametrize("explain", [False, True])
def test_a_proposal_leaves_the_desk_as_it_was(desk: Desk, explain: bool) -> None:
    opened(desk)
    commands: list[dict[str, Any]] = [
        {"type": "open", "at": NOON + HOUR, "conversation": "c2", "inbox": "main", "channel": "chat"},
        {"type": "close", "at": NOON + HOUR, "conversation": "c1"},
        {"type": "put_agent", "at": NOON + HOUR, "agent": "cy", "entry": {"id": "cy"}},
        {"type": "close", "at": NOON + HOUR, "conversation": "nobody"},
        {"type": "advance", "at": NOON + 100 * HOUR},
    ]
    for command in commands:
        before = desk.snapshot()
        turn = desk.propose(command, explain=explain)
        proposed = turn.events
        assert desk.snapshot() == before
        handled, applied, followed = desk.copy(), desk.copy(), desk.copy()
        assert proposed == handled.handle(command, explain=explain)
        for event in proposed:
            applied.apply(event)
        assert applied.snapshot() == handled.snapshot()
        followed.apply(Turn.first(followed.document()))
        handling = followed.copy()
        handling.handle(command)
        followed.apply(turn)
        assert followed == handling


def test_a_proposal_asks_strategies() -> None:
    asked = []
    steps: Any = [{"assign_to": "everyone", "strategy": {"script": "mine"}}]
    rules: Any = [{"id": "all", "steps": steps}]
    desk = Desk(
        {
            "version": 1,
            "time_zone": "UTC",
            "agents": [{"id": "anna"}, {"id": "bo"}],
            "inboxes": [{"id": "main", "channels": [{"id": "chat", "kind": "chat", "rules": rules}]}],
        },
        strategies=["mine"],
    )

    @desk.strategy("mine")
    def mine(candidates: Any, conversation: Any, desk: Any) -> Any:
        asked.append(conversation.id)
        return "bo"

    before = desk.snapshot()
    proposed = desk.propose({"type": "open", "at": NOON, "conversation": "c1", "inbox": "main", "channel": "chat"})
    decision = proposed.events.decision
    assert decision is not None and decision.agent == "bo"
    assert asked == ["c1"] and desk.snapshot() == before


def test_every_event_has_its_class() -> None:
    classes = [value for value in vars(events).values() if isinstance(value, type) and issubclass(value, Event)]
    assert len(classes) >= 21
    for each in classes:
        for name in getattr(each, "__match_args__"):  # noqa: B009
            assert isinstance(getattr(each, name), property), name


def rebuilt(log: Events) -> Desk:
    desk = Desk(document())
    for event in log:
        desk.apply(event)
    desk.check_complete()
    return desk


def test_keeping_a_desk(desk: Desk) -> None:
    log = [*opened(desk), *opened(desk, "c2", at=NOON + HOUR)]
    for same in (
        Desk.restore(desk.snapshot()),
        rebuilt(Events.from_json(Events(log).to_json_lines())),
        pickle.loads(pickle.dumps(desk)),
        copy.copy(desk),
        copy.deepcopy(desk),
    ):
        assert type(same) is Desk
        assert same == desk and same.snapshot() == desk.snapshot()
        assert opened(same, "c3", at=NOON + 2 * HOUR) == opened(desk.copy(), "c3", at=NOON + 2 * HOUR)
    assert desk.copy() != opened(desk, "c4", at=NOON + HOUR)


def test_a_subclass_stays_one(desk: Desk) -> None:
    class Mine(Desk):
        pass

    mine = Mine(document(), explain=True)
    assert type(mine.copy()) is type(Mine.restore(mine.snapshot())) is Mine
    made = opened(mine.copy()).decision
    assert made is not None and made.is_explained


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_everything_can_be_pickled(desk: Desk, protocol: int) -> None:
    given = opened(desk, explain=True)
    decision = given.decision
    assert decision is not None
    values: list[Any] = [
        desk.status("anna", NOON), given, given[1], decision, decision.considered, given[1].at, State.AWAY,
        desk.schedule("anna", NOON, NOON + HOUR), desk.coverage(NOON, NOON + HOUR), desk.visitor("main", "chat", NOON),
        desk.table(NOON), desk.conversations(), desk.why("c1"), desk.story("c1", given),
    ]  # fmt: skip
    for value in values:
        again = pickle.loads(pickle.dumps(value, protocol))
        assert again == value and type(again) is type(value)
    assert pickle.loads(pickle.dumps(given[1], protocol)).at.tzinfo == STOCKHOLM
    with pytest.raises(NotFound) as caught:
        desk.status("x", NOON)
    again = pickle.loads(pickle.dumps(caught.value, protocol))
    assert isinstance(again, Problem) and str(again) == str(caught.value)


def test_answers_cannot_be_changed(desk: Desk) -> None:
    [row, _] = desk.table(NOON)
    for value, name in [(desk.status("anna", NOON), "state"), (row, "load"), (opened(desk)[0], "seq")]:
        with pytest.raises(AttributeError):
            setattr(value, name, 1)


def test_inboxes_of_an_agent(desk: Desk) -> None:
    desk.put_agent("cleo", {"id": "cleo", "permissions": ["account_access"]}, at=NOON)
    desk.put_inbox("claims", {"id": "claims", "access": {"agents": ["anna"]}}, at=NOON)
    assert desk.inboxes_of("anna") == AgentInboxes(("main", "claims"), ("main", "claims"))
    assert desk.inboxes_of("bo") == AgentInboxes(("main",), ("main",))
    assert desk.inboxes_of("cleo") == AgentInboxes(("main",), ("main", "claims"))
    assert [row.inboxes for row in desk.table(NOON)] == [("main", "claims"), ("main",), ("main",)]
    with pytest.raises(NotFound, match="did you mean cleo"):
        desk.inboxes_of("cloe")


def test_saved_filters_of_the_table(desk: Desk) -> None:
    saved = [{"id": "us", "name": "Us", "filter": {"team": "support", "state": "available"}}]
    assert desk.configure(table_filters=saved, at=NOON).refused is None
    assert desk.document()["table_filters"] == saved
    assert desk.table(NOON, filter="us") == desk.table(NOON, **desk.document()["table_filters"][0]["filter"])
    assert desk.table(NOON + timedelta(hours=9), filter="us") == []
    with pytest.raises(NotFound, match="did you mean us") as unknown:
        desk.table(NOON, filter="uss")
    assert (unknown.value.code, unknown.value.path) == (Code.UNKNOWN_FILTER, "$.filter")
    with pytest.raises(InvalidQuestion, match="take team out") as both:
        desk.table(NOON, filter="us", team="support")
    assert both.value.code == Code.CONFLICT
    desk.remove_team("support", at=NOON)
    assert "table_filters" not in desk.document()


def test_html_says_what_it_shows(desk: Desk) -> None:
    decision = opened(desk, explain=True).decision
    assert decision is not None
    week = NOON + timedelta(days=7)
    shown: list[Any] = [desk, decision, desk.schedule("anna", NOON, week), desk.coverage(NOON, week)]
    for value in shown:
        html = value._repr_html_()
        assert html.startswith(("<style>", "<p>")) and html.count("<table") == html.count("</table>")
    assert "09:00–17:00" in desk.schedule("anna", NOON, week)._repr_html_()
    hostile = Desk(document(agents=[{"id": "<script>", "team": "support"}]), explain=True)
    made = opened(hostile).decision
    assert made is not None and "<script>" not in made._repr_html_() and "<script>" not in hostile._repr_html_()


def test_utc_when_no_zone_is_in_the_question(desk: Desk) -> None:
    assert desk.advance("2026-11-20T12:00:00+01:00")[0].at.tzinfo is timezone.utc


def test_messages_spam_and_the_trash(desk: Desk) -> None:
    opened(desk, from_="spam@example.org", forwarded_by="anna@example.org")
    (noted,) = desk.message("c1", "visitor", at=NOON, message="m1")
    assert isinstance(noted, events.MessageNoted)
    assert (noted.from_, noted.message, noted.closes_at) == (enums.MessageFrom.VISITOR, "m1", None)
    (noted,) = desk.reply("c1", at=NOON, by="anna", message="m2")
    assert isinstance(noted, events.MessageNoted)
    assert (noted.from_, noted.by) == (enums.MessageFrom.AGENT, "anna")
    blocked, filtered = desk.block(conversation="c1", at=NOON)
    assert isinstance(blocked, events.Blocked)
    assert (blocked.sender, blocked.inbox) == ("spam@example.org", "main")
    assert isinstance(filtered, events.Filtered)
    assert (filtered.reason, filtered.agent) == (enums.FilteredBecause.BLOCKED_SENDER, "anna")
    view = desk.conversation("c1")
    assert view is not None
    assert view.state is Whereabouts.SPAM
    refused = desk.close("c1", at=NOON).refused
    assert refused is not None
    assert refused.code is Code.IN_SPAM
    assert desk.unblock("spam@example.org", inbox="main", at=NOON)[0].type == "unblocked"
    assert desk.not_spam("c1", at=NOON)[0].type == "unfiltered"
    (trashed,) = desk.trash("c1", at=NOON)
    assert isinstance(trashed, events.Trashed)
    assert trashed.until == NOON + 30 * 24 * HOUR
    assert desk.restore_conversation("c1", at=NOON)[0].type == "restored"
    assert Desk.restore(desk.snapshot()).snapshot() == desk.snapshot()
    hidden = desk.hide("c1", "m1", at=NOON)[0]
    assert isinstance(hidden, events.Hidden)
    assert hidden.message == "m1"


def test_what_an_agent_begins_is_sent(desk: Desk) -> None:
    assert [event.type for event in opened(desk, outbound=True, by="anna")] == ["opened", "sent"]
    with pytest.raises(InvalidCommand):
        opened(desk, "c2", outbound=True)
