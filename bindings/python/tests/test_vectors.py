"""The core's vectors, byte for byte: ``core/tests/vectors/README.md`` describes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from frontdesk import Desk, Event, Events, Problem, Scripts, Turn, _native

FOLDER = Path(__file__).resolve().parents[3] / "core" / "tests" / "vectors"
FILES = sorted(FOLDER.glob("**/*.json"))


def compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def argument(given: Any) -> str:
    """The text that an operation is handed."""
    if isinstance(given, list) and all(isinstance(line, str) for line in given):
        return "\n".join(given)
    return compact(given)


def load(sources: dict[str, list[str]]) -> Scripts:
    """Scripts by their lines."""
    return Scripts({file: "\n".join(lines) for file, lines in sorted(sources.items())})


class Run:
    """A desk at work, and all events and turns so far."""

    def __init__(self, document: Any, scripts: Any) -> None:
        self.scripts = None if scripts is None else load(scripts)
        self.document = None if document is None else compact(document)
        self.made = None if self.document is None else Desk(self.document, scripts=self.scripts)
        self.events: list[Event] = []
        self.turns: list[str] = []

    @property
    def desk(self) -> Desk:
        assert self.made is not None, "the file has a desk"
        return self.made

    def note(self, events: Events) -> str:
        self.events += events
        return "[" + ",".join(event.to_json() for event in events) + "]"

    def follow(self, turn: Turn) -> str:
        self.desk.apply(turn)
        self.events += turn.events
        if turn.turn is not None:
            self.turns.append(turn.to_json())
        return turn.to_json()

    def go_on_with(self, desk: Desk) -> str:
        assert desk.snapshot() == self.desk.snapshot()
        self.made = desk
        return "true"

    def take(self, op: str, given: str) -> str:
        match op:
            case "check":
                if self.scripts is None:
                    return _native.check(given)
                return Desk(given, scripts=self.scripts).ask_json('{"ask":"document"}')
            case "load":
                scripts = load(json.loads(given))
                self.desk.set_scripts(scripts)
                self.scripts = scripts
                return compact(scripts.names)
            case "ask":
                return self.desk.ask_json(given)
            case "handle":
                return self.note(self.desk.handle_json(given))
            case "handle_explained":
                return self.note(self.desk.handle_json(given, explain=True))
            case "advance":
                return self.note(self.desk.advance(json.loads(given)))
            case "restore":
                return self.go_on_with(Desk.restore(self.desk.snapshot(), scripts=self.scripts))
            case "rebuild":
                assert self.document is not None
                # A refused command is not a part of the log.
                log = Events(event for event in self.events if event.type != "refused")
                log = Events.from_json(log.to_json())
                rebuilt = Desk(self.document, scripts=self.scripts)
                for event in log:
                    rebuilt.apply(event)
                rebuilt.check_complete()
                return self.go_on_with(rebuilt)
            case "first_turn":
                return self.follow(Turn.first(self.desk.document()))
            case "turn":
                before = self.desk.snapshot()
                turn = self.desk.propose_json(given)
                assert self.desk.snapshot() == before
                return self.follow(turn)
            case "may":
                before = self.desk.snapshot()
                answer = self.desk.may_json(given)
                assert self.desk.snapshot() == before
                assert compact(self.desk.may(json.loads(given)).to_dict()) == answer
                return answer
            case "apply":
                self.follow(Turn.from_json(given))
                return "true"
            case "rebuild_from_turns":
                turns = [Turn.from_json(text) for text in self.turns]
                return self.go_on_with(Desk.rebuild(turns, scripts=self.scripts))
            case "story":
                question = {"ask": "story", **json.loads(given), "events": [event.to_dict() for event in self.events]}
                return self.desk.ask_json(compact(question))
            case _:
                raise AssertionError(f"no operation {op}")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_vectors(file: Path) -> None:
    vectors = json.loads(file.read_text(encoding="utf-8"))
    run = Run(vectors.get("desk"), vectors.get("scripts"))
    for index, step in enumerate(vectors["steps"]):
        where = f"step {index}: {step['op']} {compact(step.get('with'))}"
        if "problems" in step:
            with pytest.raises(Problem) as caught:
                run.take(step["op"], argument(step.get("with")))
            told = [problem.to_dict() for problem in caught.value.problems]
            if step["op"] == "advance":
                # The instant of the vectors stands alone; here it is an argument, and its name is told.
                assert told[0].pop("path") == "$.at"
            assert compact(told) == compact(step["problems"]), where
        else:
            assert run.take(step["op"], argument(step.get("with"))) == compact(step["gives"]), where


def test_all_are_there() -> None:
    assert len(FILES) >= 24
