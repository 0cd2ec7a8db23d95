"""Runs the Python example of the README as it is printed there, and compares what it prints.

python tools/readme.py            runs and compares
python tools/readme.py --bless    writes what it prints into the README
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parents[3] / "README.md"
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\nIt prints:\n\n```text\n(?P<printed>.*?)```", re.DOTALL)


def main() -> int:
    """Runs it in a fresh interpreter, away from the repository."""
    text = README.read_text(encoding="utf-8")
    found = EXAMPLE.search(text)
    if not found:
        print("the README has no Python example with what it prints")
        return 1
    ran = subprocess.run(
        [sys.executable, "-I", "-c", found["code"]], capture_output=True, text=True, cwd="/", check=False
    )
    if ran.returncode:
        print(ran.stderr)
        return 1
    if "--bless" in sys.argv:
        README.write_text(text[: found.start("printed")] + ran.stdout + text[found.end("printed") :], encoding="utf-8")
        return 0
    if ran.stdout != found["printed"]:
        print(f"the README's example prints\n{ran.stdout}\nand not\n{found['printed']}")
        return 1
    print(f"the README's example prints what it says, {len(ran.stdout.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
