"""When the calendars of files are busy, for the tests to compare with.

Reads questions from standard input, a line of JSON each: {"file": its path, or "text": what is in it, "zone": where times without a zone are,
"start": , "end": seconds since 1970 UTC}. Prints for each a line of JSON: [[start, end], ...], the spans in which an event is
that is neither cancelled nor shown as free, merged and clipped to the range.

The files are read by the package icalendar, the instances found by recurring-ical-events.
"""

import json
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone

import icalendar
import recurring_ical_events
import tzdata


def instant(value, zone):
    """Seconds since 1970 of a date or time; a date is its first moment."""
    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.tzinfo is None:
        value = value.replace(tzinfo=zone)
    return int(value.timestamp())


def is_busy(event):
    free = event.get("TRANSP", "OPAQUE") == "TRANSPARENT" or event.get("X-MICROSOFT-CDO-BUSYSTATUS") == "FREE"
    return not free and event.get("STATUS") != "CANCELLED"


def busy(asked):
    zone = zoneinfo.ZoneInfo(asked["zone"])
    if "text" in asked:
        calendar = icalendar.Calendar.from_ical(asked["text"])
    else:
        with open(asked["file"], "rb") as file:
            calendar = icalendar.Calendar.from_ical(file.read())
    # Wider, for what it takes for a day begins at other moments elsewhere.
    day = timedelta(days=2)
    first, last = (datetime.fromtimestamp(asked[key], timezone.utc) for key in ("start", "end"))
    spans = []
    for event in recurring_ical_events.of(calendar, components=["VEVENT"]).between(first - day, last + day):
        start = event.start
        end = event.end
        if type(start) is date and start == end:
            end = start + timedelta(days=1)
        if is_busy(event):
            spans.append((max(instant(start, zone), asked["start"]), min(instant(end, zone), asked["end"])))
    merged = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    return merged


def main():
    if tzdata.IANA_VERSION != sys.argv[1]:
        sys.exit(f"tzdata {tzdata.__version__} is release {tzdata.IANA_VERSION}; requirements.txt must pin {sys.argv[1]}")
    if zoneinfo.TZPATH:
        sys.exit("PYTHONTZPATH must be set to nothing")
    for line in sys.stdin:
        print(json.dumps(busy(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
