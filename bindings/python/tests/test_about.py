"""The first page of the book and its part "About" say what is so: its examples run, its documents are valid, and what it names is there.

`python tools/readme.py --bless PAGE` writes what the examples of a page print.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import opening_hours
import pytest

from frontdesk import Desk

ROOT = Path(__file__).parents[3]
ABOUT = ROOT / "docs" / "about"
PAGES = [ROOT / "docs" / "index.md", *sorted(ABOUT.glob("*.md"))]
JSON = re.compile(r"^```json\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)
SQL = re.compile(r"^```sql\n(.*?)^```", re.DOTALL | re.MULTILINE)
OSM = re.compile(r"^\| `(?P<osm>[^`]+)` \| `(?P<keys>\{.*\})` \|$", re.MULTILINE)
#: A path of the repository in backticks, alone or with the name of a test in it.
TESTED = re.compile(r"`(?P<path>(?:core|bindings|benches|examples|\.ci)/[\w./-]+)`(?: \(`(?P<names>[\w`, ]+)`\))?")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_documents_are_valid_and_without_a_warning(page: Path) -> None:
    for block in JSON.finditer(text_of(page)):
        assert Desk(json.loads(block["text"])).warnings() == [], block["text"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_print_what_the_page_says(page: Path) -> None:
    if "```python" in text_of(page):
        command = [sys.executable, str(ROOT / "bindings" / "python" / "tools" / "readme.py"), str(page)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr


EQUIVALENTS = [(row["osm"], json.loads(row["keys"])) for row in OSM.finditer(text_of(ABOUT / "migration.md"))]


def test_there_are_equivalents() -> None:
    assert len(EQUIVALENTS) == 10


@pytest.mark.parametrize(("osm", "keys"), EQUIVALENTS, ids=[osm for osm, _ in EQUIVALENTS])
def test_equivalents_of_opening_hours_agree_all_year(osm: str, keys: dict[str, Any]) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    theirs = opening_hours.OpeningHours(osm, timezone=zone)
    document: Any = {"version": 1, "time_zone": zone.key, "agents": [{"id": "anna", **keys}]}
    desk = Desk(document)
    at = datetime(2026, 1, 1, tzinfo=zone).astimezone(timezone.utc)
    end = datetime(2027, 1, 1, tzinfo=zone)
    while at < end:
        local = at.astimezone(zone)
        assert desk.status("anna", local).available == theirs.is_open(local), local
        at += timedelta(minutes=15)


@pytest.mark.skipif("FRONTDESK_POSTGRES_URL" not in os.environ, reason="without PostgreSQL: see .ci/databases")
def test_a_loop_passes_its_limit() -> None:
    psycopg = pytest.importorskip("psycopg")
    (query,) = SQL.findall(text_of(ABOUT / "migration.md"))
    # It waits there with its snapshot taken, as a query may at any instant.
    waiting = query.replace("FROM agents\n", "FROM agents CROSS JOIN (SELECT pg_advisory_lock(19)) AS turn\n")
    assert waiting != query
    with contextlib.ExitStack() as stack:
        first, second, watch = [
            stack.enter_context(contextlib.closing(psycopg.connect(os.environ["FRONTDESK_POSTGRES_URL"])))
            for _ in range(3)
        ]
        watch.autocommit = True
        watch.execute("DROP SCHEMA IF EXISTS about CASCADE")
        watch.execute("CREATE SCHEMA about")
        stack.callback(watch.execute, "DROP SCHEMA about CASCADE")
        watch.execute("CREATE TABLE about.agents (id text, online bool, most int, last_given timestamptz)")
        watch.execute("CREATE TABLE about.tickets (id text, agent text, open bool)")
        watch.execute("INSERT INTO about.agents VALUES ('anna', true, 1, NULL)")
        watch.execute("INSERT INTO about.tickets VALUES ('t1', NULL, true), ('t2', NULL, true)")

        def give(connection: Any, ticket: str, chosen: str) -> None:
            connection.execute("SET LOCAL search_path = about")
            agent = connection.execute(chosen).fetchone()
            if agent is not None:
                connection.execute("UPDATE tickets SET agent = %s WHERE id = %s", (*agent, ticket))
            connection.commit()

        first.execute("SELECT pg_advisory_xact_lock(19)")
        thread = threading.Thread(target=give, args=(second, "t2", waiting))
        thread.start()
        while watch.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted").fetchone() == (
            0,
        ):
            assert thread.is_alive()
        give(first, "t1", query)
        thread.join()
        held = watch.execute("SELECT id FROM about.tickets WHERE agent = 'anna' ORDER BY id").fetchall()
        assert held == [("t1",), ("t2",)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tests_that_a_page_names_are_there(page: Path) -> None:
    for named in TESTED.finditer(text_of(page)):
        path = ROOT / named["path"]
        assert path.exists(), named["path"]
        for name in re.findall(r"\w+", named["names"] or ""):
            files = [path] if path.is_file() else [it for it in path.rglob("*") if it.suffix in (".rs", ".py", ".mjs")]
            assert any(re.search(rf"\b{name}\b", text_of(file)) for file in files), f"{name} in {named['path']}"


def test_figures_of_javascript_are_those_of_its_package() -> None:
    readme = text_of(ROOT / "bindings" / "wasm" / "README.md")
    rows = [row for row in readme.splitlines() if row.startswith("| ") and "µs |" in row]
    assert len(rows) >= 3
    page = text_of(ABOUT / "speed.md")
    assert [row for row in rows if row not in page] == []


def test_rivals_of_python_are_those_that_are_measured() -> None:
    pinned = (ROOT / "benches" / "python" / "requirements.txt").read_text(encoding="utf-8")
    page = text_of(ABOUT / "speed.md")
    versions = re.findall(r"^([\w-]+)==([\d.]+)$", pinned, re.MULTILINE)
    assert len(versions) == 2
    assert [it for it in versions if f"{it[0]} {it[1]}" not in page] == []


def test_the_readme_has_the_table_of_features() -> None:
    rows = re.findall(
        r"^\| .*$", text_of(ROOT / "README.md").split("## Beside", 1)[1].split("\n## ", 1)[0], re.MULTILINE
    )
    assert len(rows) == 17
    page = text_of(ABOUT / "comparison.md")
    assert [row for row in rows if row not in page] == []
