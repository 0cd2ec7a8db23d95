"""Which moments recurrence rules name, by python-dateutil, for the tests to compare with.

Reads rules from standard input, a line of JSON each: {"start": civil, "rule": RRULE, "windows": [[from, to], ...]}, all
civil times as 2026-11-20T14:00:00. Prints a line of JSON for each: a list for every window of the occurrences in
[from, to). Of a window with more than 1000, null; "no answer" where it looks for longer than a second, and of all windows after it: it tries all
years up to 9999 before it says that there is nothing.
"""

import json
import signal
import sys
from datetime import datetime

from dateutil.rrule import rrulestr

MOST = 1000
SECONDS = 1


class TooLong(Exception):
    pass


def give_up(*_):
    raise TooLong


signal.signal(signal.SIGVTALRM, give_up)


def window(rule, start, end):
    found = []
    for moment in rule.xafter(start, inc=True):
        if moment >= end:
            return found
        if len(found) == MOST:
            return None
        found.append(moment.isoformat())
    return found


for line in sys.stdin:
    asked = json.loads(line)
    try:
        rule = rrulestr(asked["rule"], dtstart=datetime.fromisoformat(asked["start"]))
    except ValueError as error:
        # It refuses steps that never meet the times asked for, instead of answering that there is nothing.
        if "generates an empty set" not in str(error):
            raise
        print(json.dumps([[] for _ in asked["windows"]]), flush=True)
        continue
    answers = []
    for bounds in asked["windows"]:
        if "no answer" in answers:
            answers.append("no answer")
            continue
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            answers.append(window(rule, *map(datetime.fromisoformat, bounds)))
        except TooLong:
            answers.append("no answer")
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(json.dumps(answers), flush=True)
