"""Runs the Python examples of the README as they are printed there, and compares what they print.

python tools/readme.py            runs and compares
python tools/readme.py --bless    writes what it prints into the README
python tools/readme.py --types    checks the types of both READMEs' examples strictly; needs mypy
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
README = PACKAGE.parents[1] / "README.md"
BLOCK = re.compile(r"```python\n(?P<code>.*?)```", re.DOTALL)
EXAMPLE = re.compile(r"```python\n(?P<code>.*?)```\n\nIt prints:\n\n```text\n(?P<printed>.*?)```", re.DOTALL)


def main() -> int:
    """Runs them in fresh interpreters, away from the repository."""
    if "--types" in sys.argv:
        return max(types(readme) for readme in (README, PACKAGE / "README.md"))
    text = README.read_text(encoding="utf-8")
    examples = list(EXAMPLE.finditer(text))
    if not examples:
        print("the README has no Python example with what it prints")
        return 1
    printed = [run(example["code"]) for example in examples]
    if "--bless" in sys.argv:
        for example, lines in reversed(list(zip(examples, printed))):
            text = text[: example.start("printed")] + lines + text[example.end("printed") :]
        README.write_text(text, encoding="utf-8")
        return 0
    for example, lines in zip(examples, printed):
        if lines != example["printed"]:
            print(f"the README's example prints\n{lines}\nand not\n{example['printed']}")
            return 1
    print(f"the README's {len(examples)} examples print what they say")
    return 0


def run(code: str) -> str:
    """The output of an example."""
    command = [sys.executable, "-I", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
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
