"""The command line as a whole process, and a clean build of the core: rows of the table that ``benches/run`` prints.

python benches/python/command_line.py FRONTDESK
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[2]
MEGABYTES = 4.6
ZONES = ["Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Sydney"]


def document() -> str:
    """A desk document of 4.6 MB: agents with hours, absences, skills and limits, written for people."""
    agents = [
        {
            "id": f"agent-{index}", "name": f"Agent {index}", "team": f"team-{index % 50}", "time_zone": ZONES[index % 4],
            "working_hours": [{"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:30"}],
            "out_of_office": [{"start": "2026-12-21T00:00", "end": "2026-12-28T00:00", "note": "Holidays"}],
            "capacity": {"total": 5, "per_kind": {"chat": 3}}, "skills": {"billing": index % 5 + 1},
            "attributes": {"cost_center": index % 90, "languages": ["en", "sv"]},
        }
        for index in range(20_000)
    ]  # fmt: skip
    channel = {"id": "chat", "kind": "chat", "rules": [{"id": "all", "steps": [{"assign_to": "everyone"}]}]}
    head = {
        "version": 1, "time_zone": "Europe/Stockholm", "teams": [{"id": f"team-{index}"} for index in range(50)],
        "inboxes": [{"id": "main", "channels": [channel]}],
    }  # fmt: skip
    one = len(json.dumps(agents[:1000], indent=1)) / 1000
    return json.dumps({**head, "agents": agents[: int(MEGABYTES * 1e6 / one)]}, indent=1)


def milliseconds(command: list[str], times: int) -> float:
    """The median time of a process."""

    def once() -> float:
        start = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        return (perf_counter() - start) * 1000

    return statistics.median(once() for _ in range(times))


def row(work: str, size: str, millis: float, at_most: float) -> None:
    def spoken(millis: float) -> str:
        return f"{millis / 1000:.1f} s" if millis >= 1000 else f"{millis:.{0 if millis >= 100 else 1}f} ms"

    verdict = "met" if millis <= at_most else "missed"
    print(f"| {work} | {size} | {spoken(millis)} | ≤ {spoken(at_most)} | {verdict} | | |", flush=True)


def clean_build(profile: list[str]) -> float:
    with tempfile.TemporaryDirectory() as target:
        environment = {**os.environ, "CARGO_TARGET_DIR": target}
        subprocess.run(["cargo", "fetch", "--quiet", "--locked"], check=True, cwd=ROOT)
        start = perf_counter()
        build = ["cargo", "build", "--quiet", "--locked", "--package", "frontdesk", *profile]
        subprocess.run(build, check=True, cwd=ROOT, env=environment)
        return (perf_counter() - start) * 1000


def main() -> None:
    frontdesk = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder, "desk.json")
        text = document()
        desk.write_text(text)
        row("frontdesk check", f"{len(text) / 1e6:.1f} MB", milliseconds([frontdesk, "check", str(desk)], 15), 150)
    row("frontdesk --version", "a process", milliseconds([frontdesk, "--version"], 101), 2)
    # As a program that embeds the core builds it: this workspace optimises it a little for its tests.
    as_embedded = ["--config", "profile.dev.package.frontdesk.opt-level=0"]
    row("a clean build of the core, development", "2 cores", clean_build(as_embedded), 17_000)
    row("a clean build of the core, release", "2 cores", clean_build(["--release"]), 28_600)


if __name__ == "__main__":
    main()
