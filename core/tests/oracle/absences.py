"""When repeated absences are, instance by instance, for the tests to compare with.

Reads absences from standard input, a line of JSON each: {"start", "end": civil, "rule": RRULE, "zone", "from", "to": civil}.
Prints a line of JSON for each: [[start, end], ...] in seconds of UTC since 1970, one for each occurrence that starts in
[from, to) on the wall.

python-dateutil names the occurrences in civil time; Python's zoneinfo makes instants of their starts and of their ends,
each by itself, with fold=0: of two passes the first, and a gap by the offset before it, as RFC 5545 has it.
Needs the package tzdata, and PYTHONTZPATH set to nothing, so that the machine's own zoneinfo is out of sight.
"""

import json
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

for line in sys.stdin:
    asked = json.loads(line)
    start, end, since, until = (datetime.fromisoformat(asked[key]) for key in ("start", "end", "from", "to"))
    zone = ZoneInfo(asked["zone"])
    instances = []
    for moment in rrulestr(asked["rule"], dtstart=start).between(since, until, inc=True):
        if moment < until:
            bounds = (moment, moment + (end - start))
            instances.append([int(wall.replace(tzinfo=zone, fold=0).timestamp()) for wall in bounds])
    print(json.dumps(instances), flush=True)
