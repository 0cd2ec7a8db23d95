"""Writes the stubs of the native module from the module itself.

    python tools/stubs.py            writes them
    python tools/stubs.py --check    fails when they are not as they would be written

PyO3 keeps in the module what is in it, maturin reads that; here only the types that are written as text get their imports.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
STUBS = HERE / "python" / "frontdesk" / "_native.pyi"

#: Declarations that PyO3 cannot express: a base class of typing, and overloads.
PATCHES = {
    "    __match_args__: Final[tuple[str, str, str, str, str, str, str]]\n": (
        "    __match_args__: Final[\n        tuple[\n"
        + "".join(
            f'            Literal["{name}"],\n'
            for name in ("state", "reason", "since", "until", "by", "note", "status")
        )
        + "        ]\n    ]\n"
    ),
    "bool: ...\n    def __getitem__(self, index: Any, /) -> Any: ...\n    def __iter__(self, /) -> AgentsIterator": (
        "bool: ...\n    @overload\n    def __getitem__(self, index: int, /) -> AgentView: ...\n"
        "    @overload\n    def __getitem__(self, index: slice, /) -> Agents: ...\n"
        "    def __iter__(self, /) -> AgentsIterator"
    ),
    "\nclass Events:\n": '\nclass Events(Sequence["events.Event"]):\n',
    "    def __getitem__(self, index: Any, /) -> Any: ...\n": (
        "    @overload\n    def __getitem__(self, index: int, /) -> events.Event: ...\n"
        "    @overload\n    def __getitem__(self, index: slice, /) -> Events: ...\n"
    ),
    "def __iter__(self, /) -> Iterator:": "def __iter__(self, /) -> Iterator[events.Event]:",
    "def decision(self, /) -> Any | None:": "def decision(self, /) -> Decision | None:",
    "def decisions(self, /) -> tuple:": "def decisions(self, /) -> tuple[Decision, ...]:",
    "def command(self, /) -> dict | None:": "def command(self, /) -> dict[str, Any] | None:",
    "def document(self, /) -> dict | None:": "def document(self, /) -> dict[str, Any] | None:",
    "def __dict__(self, /) -> dict:": "def __dict__(self, /) -> dict[str, Any]:  # type: ignore[override]",
    "def attributes(self, /) -> Any:": "def attributes(self, /) -> Mapping[str, Any]:",
    "def history(self, /) -> tuple:": "def history(self, /) -> tuple[Held, ...]:",
    "def skills(self, /) -> Any:": "def skills(self, /) -> Mapping[str, int]:",
    "def strategies(self, /) -> dict:": "def strategies(self, /) -> dict[str, Strategy | None]:",
    "def teams(self, /) -> tuple:": "def teams(self, /) -> tuple[str, ...]:",
    "def refused(self, /) -> Any | None:": "def refused(self, /) -> events.Refused | None:",
}

#: The profile to build with: that of the wheel, so that nothing is compiled twice; another is quicker to build.
PROFILE = os.environ.get("FRONTDESK_PROFILE", "wheel")

#: The imports of types that are written as text.
IMPORTS = {
    "Contact": "from frontdesk.results import Contact",
    "Decision": "from frontdesk.decision import Decision",
    "Document": "from frontdesk.typing import Document",
    "Id": "from frontdesk.typing import Id",
    "events": "from frontdesk import events",
    "Callable": "from collections.abc import Callable",
    "Iterable": "from collections.abc import Iterable",
    "Iterator": "from collections.abc import Iterator",
    "Mapping": "from collections.abc import Mapping",
    "Sequence": "from collections.abc import Sequence",
    "Literal": "from typing import Literal",
    "overload": "from typing import overload",
    "Held": "from frontdesk.strategies import Held",
    "Strategy": "from frontdesk.typing import Strategy",
    "StrategySource": "from frontdesk.typing import StrategySource",
    "ScriptSource": "from frontdesk.typing import ScriptSource",
    "Self": "from typing_extensions import Self",
}


def generated() -> str:
    """The stubs as maturin writes them."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["maturin", "generate-stubs", "--quiet", "--manifest-path", str(HERE / "Cargo.toml")]
        subprocess.run([*command, "--profile", PROFILE, "--out", folder], check=True, stdout=subprocess.DEVNULL)
        return (Path(folder) / "frontdesk" / "_native.pyi").read_text(encoding="utf-8")


def tidied(text: str) -> str:
    """Types without quotes, and what they need imported."""
    lines: list[str] = []
    for line in text.splitlines():
        if re.match(r"\s*def ", line):
            line = re.sub(r'(: |-> )"([^"]*)"', r"\1\2", line)
            line = re.sub(r"(def __new__\(.*) -> \w+:", r"\1 -> Self:", line)
        lines.append(line)
    body = "\n".join(lines) + "\n"
    for said, meant in PATCHES.items():
        if said not in body:
            raise SystemExit(f"the stubs have no {said!r} any more: change PATCHES")
        body = body.replace(said, meant)
    lines = body.splitlines()
    signatures = "\n".join(line for line in lines if re.match(r"\s*(def |class |@|Literal\[)", line))
    is_there = re.compile(r"^from .* import .*$", re.MULTILINE).findall(body)
    known = {name for line in is_there for name in re.findall(r"\w+", line.partition(" import ")[2])}
    wanted = {name: line for name, line in IMPORTS.items() if name not in known}
    needed = [line for name, line in wanted.items() if re.search(rf"\b{name}\b", signatures)]
    at = body.index("from datetime")
    return "# Written by tools/stubs.py from the module.\n" + body[:at] + "\n".join([*needed, body[at:]])


def main() -> int:
    """Writes or checks."""
    text = tidied(generated())
    if "--check" not in sys.argv:
        STUBS.write_text(text, encoding="utf-8")
        return 0
    same = STUBS.read_text(encoding="utf-8") == text
    print("stubs as the module says" if same else "_native.pyi is not what the module says: run tools/stubs.py")
    return not same


if __name__ == "__main__":
    sys.exit(main())
