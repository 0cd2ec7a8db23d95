"""Writes the pages of the book's reference, from the schemas and the vocabularies."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

import reference_examples
from reference_parts import PAGES, SAME, VALUES, Section, anchor, code, names_in, prose, title, vocabulary
from schemas import Schema, schema, types

FILES_OF = "https://github.com/frontdesk-rs/frontdesk/blob/main/core"

INTRO = f"""# {{title}}

{{about}}

This page is generated from [`{{schema}}`]({FILES_OF}/schema/{{schema}}).{{examples}}

"""

#: Said of a page with examples.
EXAMPLES = (
    " Its examples are values of files that tests run, most of them"
    f" [vectors]({FILES_OF}/tests/vectors), which every language answers alike, byte for byte."
)

#: The keys that all commands have, and all events; described once.
OF_COMMANDS = ("type", "at", "by", "id")

#: The most characters of an example that is shown whole.
MOST = 420

#: The parts that belong to views, wherever they are used.
OF_VIEWS = (
    "View",
    "ViewSort",
    "Conversations",
    "States",
    "Between",
    "Tests",
    "ConversationView",
    "ViewPage",
    "ViewCounts",
)


def take(page: str, names: Iterable[str]) -> list[str]:
    """Says that a page describes the parts of a schema that no page describes yet, and returns them."""
    mine = [name for name in names if name not in SAME and PAGES.setdefault(name, page) == page]
    return [name for name in mine if name != "Anything"]


def assign_pages() -> None:
    """Says which page describes which part: the first on which a reader meets it."""
    for name in OF_VIEWS:
        PAGES.setdefault(name, "views.md")
    for name in vocabulary():
        PAGES.setdefault(name, "words.md")
    for name in ("document", "command", "event", "question", "answer"):
        root = schema(name)
        page = "questions.md" if name == "answer" else f"{name}s.md" if name != "document" else "document.md"
        take(page, names_in(root, {key: it for key, it in root.items() if key != "$defs"}, []))


def page(name: str, heading: str, about: str, body: str) -> str:
    """A page with its introduction and a list of its sections."""
    sections = ", ".join(f"[{it}](#{anchor(it)})" for it in re.findall(r"^## (.+)$", body, re.MULTILINE))
    examples = "" if name == "vocabulary" else EXAMPLES
    intro = INTRO.format(title=heading, about=about, schema=f"{name}.schema.json", examples=examples)
    return f"{intro}On this page: {sections}.\n\n{body.rstrip()}\n"


def own_parts(name: str, here: str, without: tuple[str, ...] = ()) -> str:
    """The sections of the parts of a schema that a page describes."""
    root = schema(name)
    section = Section(root, here)
    found = names_in(root, {key: it for key, it in root.items() if key != "$defs"}, [])
    mine = [it for it in found if PAGES.get(it) == here and it not in SAME and it not in (*without, "Anything")]
    return "".join(section.part(it) for it in mine)


def block(value: Any) -> str:
    """A value as a block of JSON, a line where that is short."""
    text = json.dumps(value, ensure_ascii=False)
    return f"```json\n{text if len(text) <= 120 else broken(value)}\n```\n\n"


def broken(value: Any) -> str:
    """A value with a line for each of its keys or elements."""
    if isinstance(value, dict):
        lines = [f"  {json.dumps(key)}: {json.dumps(it, ensure_ascii=False)}" for key, it in value.items()]
        return "{\n" + ",\n".join(lines) + "\n}"
    return "[\n" + ",\n".join(f"  {json.dumps(it, ensure_ascii=False)}" for it in value) + "\n]"


def telling(found: Iterable[Any]) -> Any:
    """The value with most keys of those that can be shown whole; of several, the shortest."""
    shown = [it for it in found if len(json.dumps(it)) <= MOST]
    return max(shown, key=lambda it: (len(it), -len(json.dumps(it)), json.dumps(it)))


def document() -> str:
    """The page of the document."""
    assign_pages()
    root = schema("document")
    section = Section(root, "document.md")
    body = "## Document\n\n" + section.keys("document", root) + own_parts("document", "document.md")
    about = (
        "A desk document says who works when, where conversations arrive and who gets them. Keys that begin with `x-` are the "
        "embedder's own and are kept; any other unknown key is refused. [Who is available](../topics/availability.md) and "
        "[who gets a conversation](../topics/routing.md) explain what the keys do together."
    )
    return page("document", "The document", about, body)


def commands() -> str:
    """The page of the commands."""
    assign_pages()
    root, here = schema("command"), "commands.md"
    section = Section(root, here)
    found = list(reference_examples.commands())
    by_type = types("command")
    common = {**by_type["open"], "properties": {key: by_type["open"]["properties"][key] for key in OF_COMMANDS}}
    common["properties"]["type"] = {
        "$ref": "#/$defs/CommandType",
        "description": "The type: one of the headings below.",
    }
    root["$defs"]["CommandType"] = vocabulary()["CommandType"]
    body = "## Keys of all commands\n\n" + section.keys("command open", common)
    for name, part in by_type.items():
        without = tuple(key for key in OF_COMMANDS if key != "by" or "by" not in part["required"])
        body += f"## {name}\n\n{prose(part['description'])}\n\n" + section.keys(f"command {name}", part, without)
        body += block(telling(one for one in found if one["type"] == name))
    body += own_parts("command", here)
    about = (
        "A command is something to do at an instant: `handle` carries it out, `may` asks whether it would be allowed, and "
        "[what each role may do](permissions.md) says who may. A command that cannot be carried out is refused by the event "
        "[refused](events.md#refused), with a [code](words.md#code)."
    )
    return page("command", "Commands", about, body)


def events() -> str:
    """The page of the events."""
    assign_pages()
    root, here = schema("event"), "events.md"
    section = Section(root, here)
    found = list(reference_examples.events())
    common = {**root, "properties": {**root["properties"]}, "required": [*root["required"], "type"]}
    common["properties"]["type"] = {"$ref": "#/$defs/EventType", "description": "The type: one of the headings below."}
    root["$defs"]["EventType"] = vocabulary()["EventType"]
    body = "## Keys of all events\n\n" + shared(section, common)
    for name, part in types("event").items():
        body += f"## {name}\n\n{prose(part['description'])}\n\n" + section.keys(f"event {name}", part, ("type",))
        body += section.forms(f"event {name}", part)
        body += block(telling(one for one in found if one["type"] == name))
    body += own_parts("event", here)
    about = (
        "An event is something that happened to a desk. A command gives all events that fell due before it, its own, and those of "
        "the queue; the events of a desk, in order, rebuild it."
    )
    return page("event", "Events", about, body)


def shared(section: Section, common: Schema) -> str:
    """The table of the keys that all events have; each example is that of whichever event has one."""
    values = reference_examples.examples().values
    for key in common["properties"]:
        for name in types("event"):
            values["event", key].extend(values.get((f"event {name}", key), []))
    return section.keys("event", {key: it for key, it in common.items() if key != "oneOf"})


def questions() -> str:
    """The page of the questions and their answers."""
    assign_pages()
    here = "questions.md"
    found = list(reference_examples.answers())
    body = "".join(question(name, part, found, here) for name, part in reference_examples.questions().items())
    body += own_parts("question", here) + own_parts("answer", here)
    about = (
        "A question is an object whose `ask` is its name; `ask_json`, and `frontdesk ask` on the command line, give the answer of "
        "the method of that name as JSON. "
        f"[`answer.schema.json`]({FILES_OF}/schema/answer.schema.json) describes the answers."
    )
    return page("question", "Questions", about, body)


def question(name: str, part: Schema, found: list[tuple[Any, Any]], here: str) -> str:
    """The section of a question: its keys, its answer, and an example of both."""
    of_answers = schema("answer")
    answer = of_answers["properties"][name]
    kind = Section(of_answers, here).type(answer)
    asked, gives = best_answer([(asked, gives) for asked, gives in found if asked["ask"] == name])
    return (
        f"## {name}\n\n{prose(part['description'])}\n\n"
        + Section(schema("question"), here).keys(f"question {name}", part, ("ask",))
        + f"Answer: {kind}. {prose(answer['description'])}\n\n"
        + block(asked)
        + answer_block(gives)
    )


def best_answer(found: list[tuple[Any, Any]]) -> tuple[Any, Any]:
    """A question with its answer: one that says something, and is short."""

    def rank(pair: tuple[Any, Any]) -> tuple[bool, bool, int, int]:
        asked, gives = (len(json.dumps(one)) for one in pair)
        return pair[1] in (None, [], {}), asked > MOST, asked + gives, asked

    return min(found, key=rank)


def answer_block(gives: Any) -> str:
    """An answer; a long one is left out, as that of a whole desk."""
    return block(gives) if len(json.dumps(gives)) <= 3 * MOST else ""


def views() -> str:
    """The page of the views."""
    assign_pages()
    here = "views.md"
    of_questions, of_answers = schema("question"), schema("answer")
    asking, answering = Section(of_questions, here), Section(of_answers, here)
    body = asking.part("View") + asking.part("ViewSort") + asking.part("Conversations") + asking.part("States")
    body += (
        asking.part("Between") + asking.part("Tests") + answering.part("ViewPage") + answering.part("ConversationView")
    )
    body += "## View counts\n\nThe number of conversations in each [view](#view), by its name; without `mine` if no agent looks.\n\n"
    about = (
        "A view is what an inbox shows in its side bar: [What an inbox decides](../topics/inbox.md#views) explains them, and the "
        "questions [view](questions.md#view), [view_counts](questions.md#view_counts) and "
        "[conversations](questions.md#conversations) ask for them. Here are the standard views, the orders, the keys of a filter, "
        "and what a page of a view has."
    )
    return page("question", "Views", about, body)


def words() -> str:
    """The page of reasons, codes and all other words."""
    assign_pages()
    root: Schema = {"$defs": vocabulary()}
    section = Section(root, "words.md")
    first = ["Reason", "IneligibleReason", "Code"]
    mine = [name for name in vocabulary() if PAGES[name] == "words.md"]
    body = "".join(section.part(name) for name in [*first, *(name for name in mine if name not in first)])
    about = (
        "The words of the format: why an agent is available or away, why one does not get a conversation, the codes of problems and "
        "refusals, and all other words that a value may be. A word is never renamed; a later version may add some."
    )
    return page("vocabulary", "Reasons, codes and other words", about, body)


def values() -> str:
    """The page of ids, times and lengths of time."""
    assign_pages()
    roots = [schema(name) for name in ("document", "command", "answer")]
    body = ""
    for name in VALUES:
        part = next(root["$defs"][name] for root in roots if name in root["$defs"])
        body += f"## {title(name)}\n\n{prose(part['description'])}\n\n"
        body += "".join(f"{', '.join(code(it) for it in part['examples'])}\n\n" for _ in [0] if "examples" in part)
    about = "Texts with a format, which keys of documents, commands, events and questions have."
    return page("document", "Ids, times and lengths of time", about, body)


FILES: dict[str, Callable[[], str]] = {
    "document.md": document,
    "commands.md": commands,
    "events.md": events,
    "questions.md": questions,
    "views.md": views,
    "words.md": words,
    "values.md": values,
}
