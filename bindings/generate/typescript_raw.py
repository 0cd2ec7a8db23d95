"""Writes `raw.ts`: the methods that wasm-bindgen makes of the crate `frontdesk-wasm`, read from its source.

The declarations that wasm-bindgen writes itself need `Symbol.dispose`, which a program for ES2020 does not have.
"""

from __future__ import annotations

import re

from schemas import ROOT

SOURCE = ROOT / "bindings" / "wasm" / "src"

#: The types of arguments and results; another one is an error.
TYPES = {
    "&str": "string",
    "String": "string",
    "Option<String>": "string",
    "bool": "boolean",
    "f64": "number",
    "u8": "number",
    "u32": "number",
    "usize": "number",
    "Option<u32>": "number | undefined",
    "&[u8]": "Uint8Array",
    "Vec<f64>": "Float64Array",
    "RawDesk": "RawMachine",
    "()": "void",
}


def raw() -> str:
    """The module of what is called in WebAssembly."""
    methods = {path.stem: methods_of(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.glob("*.rs"))}
    preview = methods.pop("desk")
    whole = [method for each in methods.values() for method in each]
    return (
        "/** The classes that wasm-bindgen generates from the crate `frontdesk-wasm`. Written by bindings/generate from its source. */\n\n"
        + interface("A desk in each module.", "RawDesk", ["  free(): void;", *preview])
        + "\n"
        + interface("A desk in the whole module.", "RawMachine extends RawDesk", whole)
    )


def interface(description: str, name: str, methods: list[str]) -> str:
    """An interface with its methods."""
    return f"/** {description} */\nexport interface {name} {{\n" + "\n".join(methods) + "\n}\n"


def methods_of(source: str) -> list[str]:
    """The methods of the desk that a file of the crate exports."""
    blocks = re.findall(r"^#\[wasm_bindgen\]\nimpl RawDesk \{\n(.*?)^\}", source, re.DOTALL | re.MULTILINE)
    methods = []
    for block in blocks:
        for name, arguments, result in re.findall(
            r"^    pub fn (\w+)\(\s*(.*?)\s*\)(?: -> (.*?))? \{$", block, re.DOTALL | re.MULTILINE
        ):
            given = [each.strip() for each in arguments.split(",") if each.strip()]
            # Functions without a receiver are constructors.
            if given and given[0] in ("&self", "&mut self"):
                written = ", ".join(argument(each) for each in given[1:])
                methods.append(f"  {name}({written}): {result_of(result)};")
    return methods


def argument(given: str) -> str:
    """An argument; an optional one may be left out."""
    name, _, kind = given.partition(": ")
    return f"{name}{'?' if kind.startswith('Option<') else ''}: {TYPES[kind]}"


def result_of(kind: str) -> str:
    """The type of a result; what fails throws."""
    found = re.fullmatch(r"Result<(.*), JsValue>", kind)
    return TYPES[found[1] if found else kind or "()"]
