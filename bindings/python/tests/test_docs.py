"""The examples of all docstrings run as they are printed."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from conftest import document

import frontdesk
from frontdesk import Desk, _native

#: Those of the Django app run in a project: see ``test_django.py``.
MODULES = sorted(it.name for it in pkgutil.iter_modules(frontdesk.__path__, "frontdesk.") if not it.ispkg)


def examples(module: Any) -> list[doctest.DocTest]:
    """The examples of a module, and those of the native classes, which doctest does not look into."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = finder.find(module)
    if module is _native:
        for owner in (_native.Desk, _native.Event, _native.Status):
            for name, member in vars(owner).items():
                text = getattr(member, "__doc__", None)
                if text and ">>>" in text:
                    found.append(doctest.DocTestParser().get_doctest(text, {}, f"{owner.__name__}.{name}", None, 0))
    return [one for one in found if one.examples]


@pytest.mark.parametrize("name", ["frontdesk", *MODULES])
def test_examples(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if name.endswith("plot"):
        pytest.importorskip("matplotlib")
    # What an example writes, it writes there.
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    said: list[str] = []
    for test in examples(module):
        test.globs = {**vars(frontdesk), "desk": Desk(document())}
        runner.run(test, out=said.append)
    assert not runner.failures, "".join(said)


def test_there_are_examples() -> None:
    modules = [importlib.import_module(name) for name in ["frontdesk", *MODULES]]
    assert sum(len(examples(module)) for module in modules) >= 10


def test_help_is_a_manual() -> None:
    for name in dir(Desk):
        if not name.startswith("_"):
            assert getattr(Desk, name).__doc__, name
