"""Values for each key of the format, out of files that tests run: the vectors, the example of the specification, the inbox's week."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from schemas import ROOT, Schema, schema, types

#: The steps of a vector that carry out a command.
COMMANDS = ("handle", "handle_explained", "turn")


def vectors() -> Iterator[Any]:
    """The vectors, which every binding runs."""
    for path in sorted((ROOT / "core/tests/vectors").rglob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))


def steps() -> Iterator[tuple[str, Any, Any]]:
    """The steps that give something: the operation, its argument, and what it gives."""
    for vector in vectors():
        yield from ((step["op"], step.get("with"), step["gives"]) for step in vector["steps"] if "gives" in step)


def documents() -> Iterator[Any]:
    """Documents that are read."""
    yield json.loads((ROOT / "core/tests/json/example.json").read_text(encoding="utf-8"))
    yield json.loads((ROOT / "examples/inbox/desk.json").read_text(encoding="utf-8"))
    yield from (vector["desk"] for vector in vectors() if "desk" in vector)
    yield from (given for op, given, _ in steps() if op == "check" and isinstance(given, dict))


def commands() -> Iterator[Any]:
    """Commands that are carried out."""
    for op, given, gives in steps():
        is_done = all(event["type"] != "refused" for event in events_of(op, gives))
        if op in COMMANDS and isinstance(given, dict) and is_done:
            yield given
    for line in (ROOT / "examples/inbox/week.jsonl").read_text(encoding="utf-8").splitlines():
        yield {key: value for key, value in json.loads(line).items() if not key.startswith("x-")}


def events() -> Iterator[Any]:
    """Events that happened; those of a strategy of the embedder are in a file of their own."""
    for op, _, gives in steps():
        yield from events_of(op, gives)
    own = (ROOT / "core/tests/data/own-strategy.jsonl").read_text(encoding="utf-8")
    yield from (json.loads(line) for line in own.splitlines())


def events_of(op: str, gives: Any) -> list[Any]:
    """The events that a step gives."""
    if op not in (*COMMANDS, "advance"):
        return []
    happened: list[Any] = gives["events"] if op == "turn" else gives
    return happened


def answers() -> Iterator[tuple[Any, Any]]:
    """Questions with their answers."""
    for vector in vectors():
        happened: list[Any] = []
        for step in (step for step in vector["steps"] if "gives" in step):
            happened += events_of(step["op"], step["gives"])
            question = asked(step["op"], step.get("with"), happened)
            if question:
                yield question, step["gives"]


def asked(op: str, given: Any, happened: list[Any]) -> Any:
    """The question that a step asks, if it asks one."""
    match op:
        case "ask" if isinstance(given, dict):
            return given
        case "may":
            return {"ask": "may", "command": given}
        case "story":
            return {"ask": "story", **given, "events": list(happened)}
    return None


def problems() -> Iterator[Any]:
    """Problems of what is not read, or not done."""
    for vector in vectors():
        for step in vector["steps"]:
            yield from step.get("problems", [])


class Examples:
    """The values of each key of each part of the schemas, by the name of the part and the key."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], list[Any]] = defaultdict(list)
        self.schema: Schema = {}

    def read(self, value: Any, root: Schema, part: Schema, label: str) -> None:
        """Takes the values of a value that fits a part of a schema."""
        self.schema = root
        self.walk(value, part, label)

    def walk(self, value: Any, part: Schema, label: str) -> None:
        """Takes the values of a value and of what is in it."""
        forms = list(self.forms(value, part, label))
        known = set().union(*(form.get("properties", {}) for _, form in forms))
        for form_label, form in forms:
            if isinstance(value, list):
                for element in value:
                    self.walk(element, form.get("items", {}), form_label)
            elif isinstance(value, dict):
                self.keys(value, form, form_label, known)

    def forms(self, value: Any, part: Schema, label: str) -> Iterator[tuple[str, Schema]]:
        """A part, and those of its alternatives that a value is of, each with its label."""
        if "$ref" in part:
            label = part["$ref"].removeprefix("#/$defs/")
            part = self.schema["$defs"][label]
        yield label, part
        for kind in ("oneOf", "anyOf"):
            for index, alternative in enumerate(part.get(kind, [])):
                if is_form(alternative) and fits(value, self.resolved(alternative)):
                    yield from self.forms(value, alternative, f"{label}/{index}")

    def keys(self, value: dict[str, Any], part: Schema, label: str, known: set[str]) -> None:
        """Takes the values of the keys of an object."""
        properties = part.get("properties", {})
        patterns = {pattern: it for pattern, it in part.get("patternProperties", {}).items() if pattern != "^x-"}
        for key, inner in value.items():
            pattern = next((pattern for pattern in patterns if re.search(pattern, key)), None)
            if isinstance(properties.get(key), dict):
                self.values[label, key].append(inner)
                self.walk(inner, properties[key], f"{label}.{key}")
            elif pattern:
                self.values[label, pattern].append({key: inner})
                self.walk(inner, patterns[pattern], f"{label}.{pattern}")
            elif isinstance(part.get("additionalProperties"), dict):
                self.walk(inner, part["additionalProperties"], f"{label}.*")
            elif properties and not is_open(part) and key not in known and not key.startswith("x-"):
                raise ValueError(f"{label} has no key {key}: {json.dumps(value)[:300]}")

    def resolved(self, part: Schema) -> Schema:
        """A part, or that to which it refers."""
        return self.schema["$defs"][part["$ref"].removeprefix("#/$defs/")] if "$ref" in part else part

    def best(self, label: str, key: str, default: Any = None) -> Any:
        """The value that shows most: not the default, not empty, no text of a few letters, and of these the shortest."""

        def rank(value: Any) -> tuple[bool, bool, bool, int, str]:
            text = json.dumps(value, ensure_ascii=False)
            is_terse = isinstance(value, str) and len(value) < 4
            return value == default, value in ("", [], {}, None), is_terse, len(text), text

        found = self.values.get((label, key))
        if not found:
            raise ValueError(f"no file that tests run has the key {key} of {label}: add it to one of the vectors")
        return min(found, key=rank)


def is_form(part: Schema) -> bool:
    """Whether an alternative is a form of the value, and not a rule about which keys go together."""
    return any(key in part for key in ("$ref", "type", "const", "enum", "oneOf", "anyOf", "items"))


def is_open(part: Schema) -> bool:
    """Whether an object takes any keys."""
    return part.get("additionalProperties") in (True, {})


def fits(value: Any, part: Schema) -> bool:
    """Whether a value may be of an alternative, by its type and keys."""
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    wanted = part.get("type")
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(kind in kinds and isinstance(value, kinds[kind]) for kind in wanted):
        return False
    if "const" in part and part["const"] != value:
        return False
    if isinstance(value, dict):
        given = [(value[key], it) for key, it in part.get("properties", {}).items() if key in value]
        others = [it for one, it in given if it is False or isinstance(it, dict) and it.get("const", one) != one]
        return not others and set(part.get("required", [])) <= set(value)
    return True


@cache
def examples() -> Examples:
    """All values of all files."""
    found = Examples()
    of_documents, of_questions, of_answers = schema("document"), schema("question"), schema("answer")
    for document in documents():
        found.read(document, of_documents, of_documents, "document")
    for name, said in (("command", commands()), ("event", events())):
        root, by_type = schema(name), types(name)
        for one in said:
            common = root.get("properties", {})
            part = {**by_type[one["type"]], "properties": {**common, **by_type[one["type"]]["properties"]}}
            found.read(one, root, part, f"{name} {one['type']}")
    for problem in problems():
        found.read(problem, of_answers, {"$ref": "#/$defs/Problem"}, "Problem")
    for (label, key), values in list(found.values.items()):
        if label == "event script_failed":
            found.values["Failure", key] += values
    by_name = questions()
    for question, answer in answers():
        name = question["ask"]
        found.read(question, of_questions, by_name[name], f"question {name}")
        found.read(answer, of_answers, of_answers["properties"][name], f"answer {name}")
    return found


def questions() -> dict[str, Schema]:
    """The schemas of the questions by their names."""
    return {one["properties"]["ask"]["const"]: one for one in schema("question")["oneOf"]}
