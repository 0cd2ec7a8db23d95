"""Routing scripts from Python."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from conftest import document

from frontdesk import Code, Desk, InvalidDocument, ScriptProblem, Scripts, WrongType, events

AT = "2026-11-20T09:00:00Z"
LAST = {"last": 'const boost = 1;\nfn score(agent, conversation, desk) { if agent.id == "bo" { boost } else { 0 } }'}


def scripted(**step: Any) -> Any:
    steps = [{"assign_to": {"teams": ["support"]}, "strategy": {"script": "last"}, **step}]
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "everyone", "steps": steps}]}
    return document(inboxes=[{"id": "main", "channels": [channel]}])


def first(desk: Desk, **more: Any) -> Any:
    return desk.open("c1", inbox="main", channel="chat", at=AT, **more)


def test_a_script_decides(tmp_path: Path) -> None:
    file = tmp_path / "last.rhai"
    file.write_text(LAST["last"], encoding="utf-8")
    for source in (LAST, Scripts(LAST), tmp_path, str(tmp_path), file, [file]):
        decision = first(Desk(scripted(), scripts=source)).decision
        assert decision is not None and (decision.agent, decision.strategy) == ("bo", "script:last")


def test_what_a_script_is() -> None:
    scripts = Scripts(LAST)
    assert (scripts.names, scripts.hooks_of("last"), scripts.params_of("last")) == (["last"], ["score"], {"boost": 1})
    assert (scripts.hooks_of("x"), scripts.params_of("x"), repr(scripts)) == (None, None, "Scripts(last)")
    assert pickle.loads(pickle.dumps(scripts)).names == ["last"]


def test_scripts_that_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(ScriptProblem, match="did you mean score") as caught:
        Scripts({"a.rhai": "fn scor(agent, conversation, desk) { 1 }", "b.rhai": "fn ("})
    assert [problem.path for problem in caught.value.problems] == ["a.rhai", "b.rhai"]
    assert caught.value.position is not None
    with pytest.raises(InvalidDocument) as asked:
        Desk(scripted(strategy={"script": "lost"}), scripts=LAST)
    assert asked.value.code is Code.UNKNOWN_SCRIPT
    with pytest.raises(InvalidDocument):
        Desk(scripted(strategy={"script": "last", "params": {"bost": 2}}), scripts=LAST)
    with pytest.raises(TypeError):
        Scripts(3)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(FileNotFoundError):
        Scripts(tmp_path / "none.rhai")


def test_scripts_are_texts_or_paths_with_names(tmp_path: Path) -> None:
    file = tmp_path / "other.rhai"
    file.write_text(LAST["last"], encoding="utf-8")
    assert Scripts({"last": file}).names == ["last"]
    for wrong in ({"last": 3}, {"last": b"fn"}, {"last": None}, {3: LAST["last"]}):
        with pytest.raises(WrongType):
            Scripts(wrong)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
    with pytest.raises(ScriptProblem, match=r'\{"name": text\}'):
        Scripts(LAST["last"])


def test_a_script_that_fails_loses_nothing() -> None:
    desk = Desk(scripted(on_error="in_order"), scripts={"last": 'fn score(agent, conversation, desk) { throw "no" }'})
    given = first(desk)
    failed = [event for event in given if isinstance(event, events.ScriptFailed)]
    assert len(failed) == 1 and failed[0].script == "last" and failed[0].rule == "everyone"
    decision = given.decision
    assert decision is not None and decision.agent == "anna"


def test_scripts_stay_with_copies() -> None:
    desk = Desk(scripted(), scripts=LAST)
    copies = [desk.copy(), pickle.loads(pickle.dumps(desk)), Desk.restore(desk.snapshot(), scripts=LAST)]
    for same in copies:
        assert same.scripts is not None and same.scripts.names == ["last"]
        decision = first(same).decision
        assert decision is not None and decision.agent == "bo"
    desk.set_scripts({"last": "fn pick(agents, conversation, desk) { agents[0] }"})
    decision = first(desk).decision
    assert decision is not None and decision.agent == "anna"
    with pytest.raises(InvalidDocument):
        desk.set_scripts({"other": LAST["last"]})
    assert desk.scripts is not None and desk.scripts.names == ["last"]
