"""What is written by tools is as it would be written now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk import Desk, InvalidValue, enums, events, schema
from frontdesk._names import Name

HERE = Path(__file__).resolve().parent.parent
GENERATE = HERE.parent / "generate"


@pytest.mark.skipif(not GENERATE.exists(), reason="needs the repository")
def test_modules_say_what_the_schemas_say() -> None:
    command = [sys.executable, str(GENERATE), "--check", "bindings/python"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_has_its_method() -> None:
    for command in schema("command")["oneOf"]:
        assert callable(getattr(Desk, command["properties"]["type"]["const"]))


def test_every_event_has_its_class() -> None:
    for event in schema("event")["oneOf"]:
        properties = event["properties"]
        each = events._class_of(properties["type"]["const"])
        names = {name.removesuffix("_") for name in getattr(each, "__match_args__")}  # noqa: B009
        assert names == properties.keys() - {"type"}


def test_enums_have_the_words_of_the_core() -> None:
    vocabulary = schema("vocabulary")["$defs"]
    for each in vars(enums).values():
        if isinstance(each, type) and issubclass(each, Name) and each is not Name:
            name = "IneligibleReason" if each.__name__ == "Ineligible" else each.__name__
            assert [str(word) for word in each] == [word["const"] for word in vocabulary[name]["oneOf"]]


def test_schemas_are_in_the_package() -> None:
    assert schema()["title"] == "frontdesk desk document"
    for name in (
        "document",
        "command",
        "event",
        "turn",
        "question",
        "answer",
        "published",
        "status",
        "visitor",
        "vocabulary",
    ):
        assert schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    with pytest.raises(InvalidValue, match="did you mean document"):
        schema("documents")  # type: ignore[arg-type]


@pytest.mark.skipif(not GENERATE.exists(), reason="needs the repository")
def test_the_licences_are_those_of_the_repository() -> None:
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        assert (HERE / name).read_bytes() == (HERE.parents[1] / name).read_bytes()
