"""Runs the Python examples of the README as they are printed there, and compares what they print.

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
    """Runs them in fresh interpreters, away from the repository."""
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
    """What an example prints."""
    command = [sys.executable, "-I", "-c", code]
    ran = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False)
    if ran.returncode:
        sys.exit(ran.stderr)
    return ran.stdout


if __name__ == "__main__":
    sys.exit(main())
