"""What is written by tools is as it would be written now."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from frontdesk import Desk, events

HERE = Path(__file__).resolve().parent.parent
GENERATE = HERE / "tools" / "generate.py"


@pytest.mark.skipif(not GENERATE.exists(), reason="needs the repository")
def test_modules_say_what_the_schemas_say() -> None:
    done = subprocess.run([sys.executable, str(GENERATE), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_command_has_its_method() -> None:
    import json

    schema = json.loads((HERE.parent.parent / "core" / "schema" / "command.schema.json").read_text(encoding="utf-8"))
    for command in schema["oneOf"]:
        assert callable(getattr(Desk, command["properties"]["type"]["const"]))


def test_every_event_has_its_class() -> None:
    import json

    schema = json.loads((HERE.parent.parent / "core" / "schema" / "event.schema.json").read_text(encoding="utf-8"))
    for event in schema["oneOf"]:
        properties = event["properties"]
        each = events._class_of(properties["type"]["const"])
        assert set(getattr(each, "__match_args__")) == properties.keys() - {"type"}  # noqa: B009


@pytest.mark.skipif(not GENERATE.exists(), reason="needs the repository")
def test_the_licences_are_those_of_the_repository() -> None:
    for name in ("LICENSE-APACHE", "LICENSE-MIT"):
        assert (HERE / name).read_bytes() == (HERE.parents[1] / name).read_bytes()
