"""Writes `enums.py`: a class for each vocabulary."""

from __future__ import annotations

from python_modules import HEADER, doc
from schemas import words

#: The vocabularies that are written, with the names they have in Python.
ENUMS = {
    "State": "State",
    "Reason": "Reason",
    "VisitorState": "VisitorState",
    "NoticeKind": "NoticeKind",
    "AssignedBecause": "AssignedBecause",
    "UnassignedBecause": "UnassignedBecause",
    "ClosedBecause": "ClosedBecause",
    "FilteredBecause": "FilteredBecause",
    "MessageFrom": "MessageFrom",
    "ChangeType": "ChangeType",
    "Code": "Code",
    "Ineligible": "IneligibleReason",
    "Severity": "Severity",
    "View": "View",
    "ViewSort": "ViewSort",
    "Whereabouts": "Whereabouts",
}


def enums() -> str:
    """The module of the contract's names."""
    parts = [HEADER.format(about="The names of the contract."), "\nfrom ._names import Name\n"]
    for name, vocabulary in ENUMS.items():
        definition = words(vocabulary)
        parts.append(f"\n\nclass {name}(Name):\n" + doc(definition["description"], "    ") + "\n")
        for word in definition["oneOf"]:
            parts.append(f'    {word["const"].upper()} = "{word["const"]}"\n' + doc(word["description"], "    "))
    return "".join(parts)
