"""Checks distributions of the Python package as PyPI does, before it may refuse them: `python .ci/distributions.py FILE…`.

The metadata are valid, every classifier is one that PyPI knows, the licences are there, and a wheel carries the list of its crates (SBOM).
Needs `packaging` and `trove-classifiers`.
"""

import sys
import tarfile
import zipfile
from pathlib import Path

from packaging.metadata import ExceptionGroup, Metadata
from trove_classifiers import classifiers


def main(paths: list[str]) -> int:
    wrong = [f"{path}: {problem}" for path in paths for problem in problems(Path(path))]
    print(*wrong, sep="\n", file=sys.stderr) if wrong else print(f"{len(paths)} distributions are as PyPI wants them")
    return 1 if wrong or not paths else 0


def problems(path: Path) -> list[str]:
    is_wheel = path.suffix == ".whl"
    names, raw = read_wheel(path) if is_wheel else read_sdist(path)
    try:
        metadata = Metadata.from_email(raw, validate=True)
    except ExceptionGroup as group:
        return [str(problem) for problem in group.exceptions]
    wrong = [f"PyPI knows no classifier {it!r}" for it in metadata.classifiers or () if it not in classifiers]
    wrong += [
        f"it has no {field}" for field in ("summary", "description", "project_urls") if not getattr(metadata, field)
    ]
    wrong += [
        f"it lacks {it}"
        for it in metadata.license_files or ["a licence"]
        if not any(name.endswith(it) for name in names)
    ]
    if is_wheel and not any(".dist-info/sboms/" in name for name in names):
        wrong.append("it carries no SBOM")
    return wrong


def read_wheel(path: Path) -> tuple[list[str], bytes]:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return names, archive.read(next(name for name in names if name.endswith(".dist-info/METADATA")))


def read_sdist(path: Path) -> tuple[list[str], bytes]:
    with tarfile.open(path) as archive:
        names = archive.getnames()
        info = archive.extractfile(next(name for name in names if name.count("/") == 1 and name.endswith("/PKG-INFO")))
        return names, info.read() if info else b""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
