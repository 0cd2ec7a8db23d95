"""The version of a release, which stands in several files.

`check [--tag v1.2.3]` compares them, and what the book says of the oldest compilers and interpreters; with a tag it wants a dated heading
of it in the changelog. `set 1.2.3` writes them, and heads what is under "Unreleased" with the version and the date; `notes 1.2.3` prints
that part of the changelog. Needs Python 3.10 and cargo.
"""

import argparse
import datetime
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKSPACE, CHANGELOG = ROOT / "Cargo.toml", ROOT / "CHANGELOG.md"
NPM = ROOT / "bindings/wasm"
PUBLISHED = ("frontdesk", "frontdesk-store", "frontdesk-cli")
VERSION = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?")
HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\d{4}-\d{2}-\d{2}))?$", re.MULTILINE)
# A dependency in a page, with a part of a version or all of it; and a file of a content delivery network.
DEPENDENCY = re.compile(r'^frontdesk(?:-store|-cli)? = (?:\{ *version = )?"([\d.]+)"', re.MULTILINE)
DELIVERED = re.compile(r"(?<=/frontdesk@)\d+\.\d+\.\d+")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="compare the versions")
    check.add_argument("--tag", help="the tag of the release: v, and the version")
    change = verbs.add_parser("set", help="write a version into all files")
    change.add_argument("version")
    change.add_argument("--date", default=datetime.datetime.now(datetime.timezone.utc).date().isoformat())
    notes = verbs.add_parser("notes", help="print a release's part of the changelog")
    notes.add_argument("version")
    arguments = parser.parse_args()
    if arguments.verb == "notes":
        return tell_notes(arguments.version)
    if arguments.verb == "set":
        return set_version(arguments.version, arguments.date)
    return tell_differences(arguments.tag)


def tell_differences(tag: str | None) -> int:
    version = workspace_version()
    wrong = [*differences(version), *wrong_of_oldest(), *(wrong_of_tag(tag, version) if tag else ())]
    print(*wrong, sep="\n", file=sys.stderr) if wrong else print(f"all versions are {version}")
    return 1 if wrong else 0


def workspace_version() -> str:
    found = re.search(r'^\[workspace\.package\]\nversion = "([^"]+)"$', WORKSPACE.read_text(), re.MULTILINE)
    if not found:
        sys.exit("Cargo.toml: the workspace has no version")
    return found[1]


def differences(version: str) -> list[str]:
    """Every place that names another version."""
    places = [*crates(version), *npm(), *pages(version), *changelog()]
    return [f"{place}: {other}, but the version is {version}" for place, other in places if other != version]


def crates(version: str) -> list[tuple[str, str]]:
    command = ["cargo", "metadata", "--no-deps", "--locked", "--format-version", "1"]
    metadata = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    packages = json.loads(metadata)["packages"]
    published = [package["name"] for package in packages if package["publish"] is None]
    places = [("the published crates", version if sorted(published) == sorted(PUBLISHED) else ", ".join(published))]
    for package in packages:
        name = package["name"]
        if name.startswith("frontdesk"):
            places.append((f"the crate {name}", package["version"]))
        # A dependency without a version is one of tests alone, and is left out of what is published.
        named = [it for it in package["dependencies"] if it.get("path") and it["req"] != "*"]
        places += [(f"the crate {name}, its dependency {it['name']}", it["req"].lstrip("^=")) for it in named]
    return places


def npm() -> list[tuple[str, str]]:
    manifest = json.loads((NPM / "package.json").read_text())
    lock = json.loads((NPM / "package-lock.json").read_text())
    return [
        ("bindings/wasm/package.json", manifest["version"]),
        ("bindings/wasm/package-lock.json", lock["version"]),
        ("bindings/wasm/package-lock.json, its first package", lock["packages"][""]["version"]),
    ]


def pages(version: str) -> list[tuple[str, str]]:
    places = []
    for path in markdown():
        text = (ROOT / path).read_text()
        places += [(path, other) for other in DELIVERED.findall(text)]
        named = DEPENDENCY.findall(text)
        places += [(path, version if f"{version}.".startswith(f"{other}.") else other) for other in named]
    return places


def markdown() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, check=True, capture_output=True, text=True)
    return listed.stdout.splitlines()


def changelog() -> list[tuple[str, str]]:
    """The newest release of the changelog, unless something is unreleased: then the version is still that of before."""
    names = [name for name, _ in HEADING.findall(CHANGELOG.read_text())]
    places = [("CHANGELOG.md", "no heading")] if not names else []
    if names and names[0] != "Unreleased":
        places.append(("CHANGELOG.md", names[0]))
    return places


def wrong_of_oldest() -> list[str]:
    """What the book says of the oldest compilers and interpreters, and is not so."""
    page = (ROOT / "docs/about/versions.md").read_text()
    core, bound = (ROOT / path for path in ("Cargo.toml", "bindings/cli/Cargo.toml"))
    python, node = ROOT / "bindings/python/pyproject.toml", NPM / "package.json"
    oldest = [
        ("Rust, for `frontdesk`", core, r'^rust-version = "(.*)"$'),
        ("Rust, for `frontdesk-store` and `frontdesk-cli`", bound, r'^rust-version = "(.*)"$'),
        ("Python", python, r'^requires-python = ">=(.*)"$'),
        ("Node", node, r'"node": ">=(.*)"'),
        ("Django, for `frontdesk.django`", python, r'^django = \["Django>=(.*)"\]$'),
    ]
    rows = [(what, re.search(pattern, path.read_text(), re.MULTILINE)) for what, path, pattern in oldest]
    lost = [what for what, found in rows if not found or f"| {what} | {found[1]} |" not in page]
    return [f"docs/about/versions.md: the oldest of {what} is not what its manifest says" for what in lost]


def wrong_of_tag(tag: str, version: str) -> list[str]:
    wrong = [] if tag == f"v{version}" else [f"the tag is {tag}, but the version is {version}"]
    dated = dict(HEADING.findall(CHANGELOG.read_text()))
    return wrong if dated.get(version) else [*wrong, f"CHANGELOG.md: there is no heading `## [{version}] - DATE`"]


def set_version(version: str, date: str) -> int:
    if not VERSION.fullmatch(version):
        sys.exit(f"{version} is not a version such as 1.2.3")
    old = workspace_version()
    rewrite(WORKSPACE, rf'(?<=^version = "){re.escape(old)}(?="$)', version)
    rewrite(WORKSPACE, rf'(?<= version = "){re.escape(old)}(?=" \}}$)', version)
    rewrite(CHANGELOG, r"^## \[Unreleased\]$", f"## [{version}] - {date}")
    rewrite(NPM / "package.json", rf'(?<=^  "version": "){re.escape(old)}', version)
    for path in markdown():
        rewrite(ROOT / path, DELIVERED.pattern, version, wanted=False)
    subprocess.run(
        ["npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
        cwd=NPM,
        check=True,
    )
    subprocess.run(["cargo", "update", "--workspace", "--quiet"], cwd=ROOT, check=True)
    return tell_differences(f"v{version}")


def rewrite(path: Path, pattern: str, text: str, wanted: bool = True) -> None:
    changed, count = re.subn(pattern, text, path.read_text(), flags=re.MULTILINE)
    if not count and wanted:
        sys.exit(f"{path.relative_to(ROOT)}: nothing matches {pattern}")
    path.write_text(changed)


def tell_notes(version: str) -> int:
    text = CHANGELOG.read_text()
    headings = list(HEADING.finditer(text))
    for heading, following in zip(headings, [*headings[1:], None]):
        if heading[1] == version:
            print(text[heading.end() : following.start() if following else None].strip())
            return 0
    sys.exit(f"CHANGELOG.md: there is no heading `## [{version}]`")


if __name__ == "__main__":
    sys.exit(main())
