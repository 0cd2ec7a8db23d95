"""Runs the Python examples of the README and of pages of the book as they are printed there, and compares what they print.

The examples of a page run in order, in one namespace, as a reader would type them, in a folder with the files of the page: JSON
below a line that is a name in backticks. Where "It prints:" and a block of text follow an example, that is what it prints.

python tools/readme.py            runs and compares
python tools/readme.py --bless    writes what they print into the pages
python tools/readme.py --types    checks the types of the examples strictly, those of the package's README as well; needs mypy
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs/guides/python.md"]
FILE = re.compile(r"^`(?P<name>[\w.-]+)`\n\n```json\n(?P<text>.*?)```", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```(?:\n\nIt prints:\n\n```text\n(?P<printed>.*?)```)?", re.DOTALL)

#: Runs the examples that it reads, and writes what each printed.
RUNNER = """
import contextlib, io, json, sys
names, printed = {"__name__": "page"}, []
for number, code in enumerate(json.load(sys.stdin), 1):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, f"example {number}", "exec"), names)
    printed.append(out.getvalue())
print(json.dumps(printed))
"""


def main() -> int:
    """Runs them in fresh interpreters, away from the repository."""
    if "--types" in sys.argv:
        return max(types(page) for page in (*PAGES, PACKAGE / "README.md"))
    if "--bless" in sys.argv:
        for page in PAGES:
            bless(page)
        return 0
    return max(holds(page) for page in PAGES)


def bless(page: Path) -> None:
    """Writes what the examples of a page print into it."""
    text = page.read_text(encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    for example, lines in reversed(list(zip(examples, run(text)))):
        if example["printed"] is not None:
            text = text[: example.start("printed")] + lines + text[example.end("printed") :]
    page.write_text(text, encoding="utf-8")


def holds(page: Path) -> int:
    """Compares what the examples of a page print."""
    text = page.read_text(encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    if not examples:
        print(f"{page} has no Python example")
        return 1
    for example, lines in zip(examples, run(text)):
        if example["printed"] not in (None, lines):
            print(f"an example of {page} prints\n{lines}\nand not\n{example['printed']}")
            return 1
    print(f"the {len(examples)} examples of {page.relative_to(ROOT)} print what they say")
    return 0


def run(text: str) -> list[str]:
    """What each example of a page prints."""
    code = [example["code"] for example in EXAMPLE.finditer(text)]
    with tempfile.TemporaryDirectory() as folder:
        for file in FILE.finditer(text):
            (Path(folder) / file["name"]).write_text(file["text"], encoding="utf-8")
        command = [sys.executable, "-I", "-c", RUNNER]
        ran = subprocess.run(command, input=json.dumps(code), capture_output=True, text=True, cwd=folder, check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    printed: list[str] = json.loads(ran.stdout)
    return printed


def types(page: Path) -> int:
    """Checks the types of a page's examples, which stand in one module as they stand below each other."""
    text = page.read_text(encoding="utf-8")
    # Everything else is left empty: lines are those of the page.
    lines = [""] * (text.count("\n") + 1)
    for block in EXAMPLE.finditer(text):
        first = text.count("\n", 0, block.start("code"))
        for place, line in enumerate(block["code"].splitlines(), first):
            lines[place] = line
    if not any(lines):
        print(f"{page} has no Python example")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        module = Path(folder) / "page.py"
        module.write_text("\n".join(lines) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-incremental", str(module)]
        found = os.environ | {"MYPYPATH": str(PACKAGE / "python")}
        return subprocess.run(command, cwd=folder, env=found, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
