"""What Python's zoneinfo knows about time zones, for the tests to compare with.

Prints the folder of the tz database on the first line; then a line per zone: its name, its offset when 2000 begins,
and every change up to 2200 as seconds since 1970 ":" offset, all in seconds and set apart by tabs.

The argument is the release expected, such as 2026f: a newer one differs by what governments decided since.
Needs the package tzdata, and PYTHONTZPATH set to nothing, so that the machine's own zoneinfo is out of sight.
"""

import sys
import zoneinfo
from datetime import datetime, timezone
from importlib import resources

import tzdata

DAY = 86_400
START, DENSE, END = (int(datetime(year, 1, 1, tzinfo=timezone.utc).timestamp()) for year in (2000, 2038, 2200))
# Every day while governments decide, then often enough for what repeats every year.
GRID = [*range(START, DENSE, DAY), *range(DENSE, END, 5 * DAY), END - 1]


def offset(zone, second):
    return int(datetime.fromtimestamp(second, zone).utcoffset().total_seconds())


def change(zone, before, after):
    """The first second of a new offset, between one with the old and one with the new."""
    old = offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if offset(zone, middle) == old else (before, middle)
    return after


def changes(zone):
    """The offset when 2000 begins, and all changes after."""
    found = [str(offset(zone, START))]
    last, last_offset = START, offset(zone, START)
    for second in GRID:
        now = offset(zone, second)
        if now != last_offset:
            at = change(zone, last, second)
            found.append(f"{at}:{offset(zone, at)}")
            assert offset(zone, at) == now, f"{zone} changes twice between {last} and {second}"
        last, last_offset = second, now
    return "\t".join(found)


def main():
    if tzdata.IANA_VERSION != sys.argv[1]:
        sys.exit(f"tzdata {tzdata.__version__} is release {tzdata.IANA_VERSION}; requirements.txt must pin {sys.argv[1]}")
    if zoneinfo.TZPATH:
        sys.exit("PYTHONTZPATH must be set to nothing")
    folder = resources.files("tzdata") / "zoneinfo"
    print(folder)
    known = {}  # by content: most names are links
    for name in (resources.files("tzdata") / "zones").read_text().split():
        content = folder.joinpath(*name.split("/")).read_bytes()
        if content not in known:
            known[content] = changes(zoneinfo.ZoneInfo(name))
        print(name, known[content], sep="\t")


if __name__ == "__main__":
    main()
