"""Writes what is made of the core's JSON Schemas: enums, events, commands and types of documents, and the book's reference.

    python bindings/generate                      writes all of it
    python bindings/generate --check [FOLDER]     fails where something, in that folder, is not as it would be written

The schemas in `core/schema` come from the core's types, so that there is one source for all names and sentences. Python's
modules are formatted by ruff, whose version `bindings/python/requirements-dev.txt` says; TypeScript needs nothing but this.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import python_commands
import python_document
import python_enums
import python_events
import reference_pages
import typescript_commands
import typescript_contract
import typescript_raw
from python_modules import formatted
from schemas import ROOT

PYTHON = "bindings/python/python/frontdesk"
TYPESCRIPT = "bindings/wasm/ts"

FILES: dict[str, Callable[[], str]] = {
    f"{PYTHON}/document.py": python_document.document,
    f"{PYTHON}/enums.py": python_enums.enums,
    f"{PYTHON}/events.py": python_events.events,
    f"{PYTHON}/commands.py": python_commands.commands,
    f"{PYTHON}/_shared_commands.py": python_commands.shared_commands,
    f"{TYPESCRIPT}/contract.ts": typescript_contract.contract,
    f"{TYPESCRIPT}/commands.ts": typescript_commands.commands,
    f"{TYPESCRIPT}/raw.ts": typescript_raw.raw,
    **{f"docs/reference/{name}": page for name, page in reference_pages.FILES.items()},
}


def main(arguments: list[str]) -> int:
    """Writes or checks."""
    is_check = arguments[:1] == ["--check"]
    folder = arguments[1] if len(arguments) > 1 else ""
    stale = []
    for name, write in FILES.items():
        if not name.startswith(folder):
            continue
        path, text = ROOT / name, write()
        text = formatted(path.name, text) if path.suffix == ".py" else text
        if not is_check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"not as the core's schemas say: {', '.join(stale)}; run python bindings/generate", file=sys.stderr)
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
