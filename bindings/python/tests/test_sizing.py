"""The page about sizes has what the simulation gives."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_the_simulation_gives_the_table_of_the_page() -> None:
    script = ROOT / "benches" / "python" / "shards.py"
    printed = subprocess.run([sys.executable, script], check=True, capture_output=True, text=True).stdout
    summary, table = printed.strip().split("\n\n")
    page = (ROOT / "docs" / "running" / "sizing.md").read_text()
    assert f"> {summary}" in page
    assert table in page
