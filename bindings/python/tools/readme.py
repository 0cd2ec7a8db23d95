"""Runs the Python examples of the READMEs as they are printed there, and compares what they print.

python tools/readme.py            runs and compares
python tools/readme.py --bless    writes what they print into the READMEs
python tools/readme.py --types    checks the types of both READMEs' examples strictly; needs mypy

A block of JSON is a file where the line before it is a name in backticks, and nothing else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
READMES = (PACKAGE.parents[1] / "README.md", PACKAGE / "README.md")
BLOCK = re.compile(r"```python\n(?P<code>.*?)```", re.DOTALL)
EXAMPLE = re.compile(r"```python\n(?P<code>[^`]*?)```\n\nIt prints:\n\n```text\n(?P<printed>.*?)```", re.DOTALL)
FILE = re.compile(r"^`(?P<name>[^`/]+)`\n\n```json\n(?P<text>.*?)```", re.DOTALL | re.MULTILINE)


def main() -> int:
    """Runs those of both READMEs."""
    if "--types" in sys.argv:
        return max(types(readme) for readme in READMES)
    return max(examples(readme) for readme in READMES)


def examples(readme: Path) -> int:
    """Runs the examples of a README that say what they print, in fresh interpreters, away from the repository."""
    text = readme.read_text(encoding="utf-8")
    found = list(EXAMPLE.finditer(text))
    if not found:
        print(f"{readme} has no Python example with what it prints")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        for file in FILE.finditer(text):
            (Path(folder) / file["name"]).write_text(file["text"], encoding="utf-8")
        printed = [run(example["code"], folder) for example in found]
    if "--bless" in sys.argv:
        for example, lines in reversed(list(zip(found, printed))):
            text = text[: example.start("printed")] + lines + text[example.end("printed") :]
        readme.write_text(text, encoding="utf-8")
        return 0
    for example, lines in zip(found, printed):
        if lines != example["printed"]:
            print(f"an example of {readme} prints\n{lines}\nand not\n{example['printed']}")
            return 1
    print(f"{len(found)} examples of {readme.relative_to(PACKAGE.parents[1])} print what it says")
    return 0


def run(code: str, folder: str) -> str:
    """The output of an example."""
    command = [sys.executable, "-I", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    return ran.stdout


def types(readme: Path) -> int:
    """Checks the types of a README's examples, which stand in one module as they stand below each other."""
    text = readme.read_text(encoding="utf-8")
    # Everything else is left empty: lines are those of the README.
    lines = [""] * (text.count("\n") + 1)
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start("code"))
        for place, line in enumerate(block["code"].splitlines(), first):
            lines[place] = line
    if not any(lines):
        print(f"{readme} has no Python example")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "readme.py"
        module.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental", str(module)]
        found = os.environ | {"MYPYPATH": str(PACKAGE / "python")}
        return subprocess.run(command, cwd=folder, env=found, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
