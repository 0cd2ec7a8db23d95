"""Runs the Python examples of READMEs and of pages of the book as they are printed there, and compares what they print.

Those of a page run in order, in one namespace, as a reader would type them. Of a README, those that say what they print run, each by
itself. "It prints:" and a block of text behind an example say it. All run in a folder with the files of the page: JSON below a line that is
a name in backticks, and nothing else.

python tools/readme.py [PAGE…]            runs and compares; without pages, those that need nothing but frontdesk
python tools/readme.py --bless [PAGE…]    writes what they print into the pages
python tools/readme.py --types            checks the types of the examples strictly; needs mypy
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ROOT = PACKAGE.parents[1]
READMES = (ROOT / "README.md", PACKAGE / "README.md")
PAGES = (ROOT / "docs/index.md", ROOT / "docs/guides/python.md", ROOT / "docs/topics/inbox.md")
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
        return max(types(page) for page in (*READMES, *PAGES))
    if named := [Path(argument).resolve() for argument in sys.argv[1:] if not argument.startswith("--")]:
        return max(holds(page, in_order) for page in named)
    of_readmes = [holds(readme, each_by_itself) for readme in READMES]
    return max(*of_readmes, *(holds(page, in_order) for page in PAGES))


def each_by_itself(text: str) -> list[tuple[re.Match[str], str]]:
    """The examples that say what they print, and what each printed by itself."""
    examples = [example for example in EXAMPLE.finditer(text) if example["printed"] is not None]
    return [(example, run(text, [example["code"]])[0]) for example in examples]


def in_order(text: str) -> list[tuple[re.Match[str], str]]:
    """All examples, and what each printed after those before it."""
    examples = list(EXAMPLE.finditer(text))
    return list(zip(examples, run(text, [example["code"] for example in examples])))


def holds(page: Path, ran: Callable[[str], list[tuple[re.Match[str], str]]]) -> int:
    """Compares what the examples of a page print, or writes it into the page."""
    text = page.read_text(encoding="utf-8")
    printed = ran(text)
    if not printed:
        print(f"{page} has no Python example")
        return 1
    if "--bless" in sys.argv:
        for example, lines in reversed(printed):
            if example["printed"] is not None:
                text = text[: example.start("printed")] + lines + text[example.end("printed") :]
        page.write_text(text, encoding="utf-8")
        return 0
    for example, lines in printed:
        if example["printed"] not in (None, lines):
            print(f"an example of {page} prints\n{lines}\nand not\n{example['printed']}")
            return 1
    print(f"{page.relative_to(ROOT)}: {len(printed)} of its examples were run, and print what it says")
    return 0


def run(text: str, examples: list[str]) -> list[str]:
    """What each example prints, beside the files of the page."""
    with tempfile.TemporaryDirectory() as folder:
        for file in FILE.finditer(text):
            (Path(folder) / file["name"]).write_text(file["text"], encoding="utf-8")
        command = [sys.executable, "-I", "-c", RUNNER]
        asked = json.dumps(examples)
        ran = subprocess.run(command, input=asked, capture_output=True, text=True, cwd=folder, check=False)
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
