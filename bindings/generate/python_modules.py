"""How a written Python module begins and is formatted."""

from __future__ import annotations

import keyword
import subprocess
import sys
import textwrap

from schemas import ROOT

HEADER = '"""{about}\n\nWritten by ``bindings/generate`` from the core\'s JSON Schemas: change those.\n"""\n\nfrom __future__ import annotations\n'


def name_of(key: str) -> str:
    """A key as a name: ``from_`` for ``from``, which Python keeps for itself."""
    return f"{key}_" if keyword.iskeyword(key) else key


def doc(text: str, indent: str) -> str:
    """A docstring."""
    text = text.replace("`None`", "``None``")
    lines = textwrap.wrap(text, 112 - len(indent))
    if len(lines) == 1:
        return f'{indent}"""{lines[0]}"""\n'
    rest = "".join(f"{indent}{line}\n" for line in lines[1:])
    return f'{indent}"""{lines[0]}\n{rest}{indent}"""\n'


def formatted(name: str, text: str) -> str:
    """A module as all of the package is formatted."""
    settings = ["--config", str(ROOT / "bindings" / "python" / "pyproject.toml")]
    command = [sys.executable, "-m", "ruff", "format", *settings, "--stdin-filename", name, "-"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout
