"""What the schedules of agents say, minute by minute, for the tests to compare with.

Reads desks from standard input, a line of JSON each: {"desk": a desk document, "start": , "end": minutes since 1970 UTC}.
Prints for every agent a line of JSON: [[minute since 1970 UTC, reason], ...], the first minute of the range and every
minute whose reason is not that of the minute before.

Naive by intent: no intervals are merged, cut or shifted. Every single minute is asked what the clock on the wall shows
then (by Python's zoneinfo), and what the specification says of a wall that shows this.
Where an absence is repeated, python-dateutil says on which dates.
Needs the packages tzdata and python-dateutil, and PYTHONTZPATH set to nothing, so that the machine's own zoneinfo is out of sight.
"""

import json
import sys
import zoneinfo
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

import tzdata
from dateutil.rrule import rrulestr

DAY = 24 * 60
EPOCH = date(1970, 1, 1).toordinal()
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@lru_cache(maxsize=2)
def wall(zone, start, end):
    """What the wall shows at every minute of a range of UTC: the date, counted from 1970-01-01, and the minute of the day."""
    zone = zoneinfo.ZoneInfo(zone)
    return [reading(zone, minute) for minute in range(start, end)]


def reading(zone, minute):
    """What the wall shows at a minute of UTC: the date, counted from 1970-01-01, and the minute of the day."""
    return divmod(minute + minutes_ahead(datetime.fromtimestamp(minute * 60, zone).utcoffset()), DAY)


@lru_cache(maxsize=None)
def minutes_ahead(offset):
    """An offset in minutes."""
    ahead, seconds = divmod(offset, timedelta(minutes=1))
    assert not seconds
    return ahead


def minutes(text):
    """`09:30` as minutes from midnight."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def at_wall(civil, zone):
    """The minute of UTC that a date and time of the wall mean, as RFC 5545 has it.

    Python reads a time with fold=0 the same way: the first of two passes, and a gap by the offset before it.
    """
    return int(civil.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=0).timestamp()) // 60


def wall_times(its):
    """When an absence starts on the wall, and when it ends."""
    if "first_day" in its:
        first, last = (datetime.fromisoformat(its[key]) for key in ("first_day", "last_day"))
        return first, last + timedelta(days=1)
    return moment(its["start"]), moment(its["end"])


def moment(text):
    """A date, or a date and time on the wall, in which 24:00 may be the time."""
    day, _, clock = text.partition("T")
    return datetime.fromisoformat(day) + timedelta(minutes=minutes(clock or "00:00"))


def is_in_time(start, until, zone):
    """Whether an UNTIL permits a start: a date, up to its end, or a moment of UTC."""
    if not until:
        return True
    if "T" not in until:
        return start.date() <= datetime.strptime(until, "%Y%m%d").date()
    moment = datetime.strptime(until, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    return at_wall(start, zone) <= moment.timestamp() // 60


class Agent:
    """What the document says of an agent, inherited or not."""

    def __init__(self, entry, desk):
        team = next((team for team in desk.get("teams", []) if team["id"] == entry.get("team")), {})
        given = [whose["working_hours"] for whose in (entry, team, desk) if "working_hours" in whose]
        self.zone = entry.get("time_zone", desk["time_zone"])
        self.travel = [
            (date.fromisoformat(its["first_day"]), date.fromisoformat(its["last_day"]), its["time_zone"])
            for its in entry.get("travel", [])
        ]
        self.weekly = given[0] if given else None
        self.dates = {date.fromisoformat(its["date"]): its["hours"] for its in entry.get("date_hours", [])}
        self.holidays = {date.fromisoformat(day) for it in desk.get("holidays", []) if observes(entry, it) for day in it["dates"]}
        self.absences = [span for it in entry.get("out_of_office", []) for span in self.instances(it)]

    def instances(self, its):
        """Of each time that it is: the first minute of UTC, and the first after it. Up to some years after it began."""
        zone = its.get("time_zone", self.zone)
        first, after = wall_times(its)
        starts = {first}
        if "repeat" in its:
            # Its end is ours: dateutil takes a date for its midnight, and no UTC for a start on the wall.
            rule, _, until = its["repeat"].partition(";UNTIL=")
            starts = set(rrulestr(rule, dtstart=first).between(first, first + timedelta(days=6000), inc=True))
            starts = {start for start in starts if is_in_time(start, until, zone)}
        starts |= {moment(also) for also in its.get("also", [])}
        starts = {start for start in starts if start.date().isoformat() not in its.get("except", [])}
        return [(at_wall(start, zone), at_wall(start + (after - first), zone)) for start in starts]

    def intervals(self, day):
        """The intervals that belong to a date, that is: start on it."""
        weekly = [hours for hours in self.weekly or [] if applies(hours, day)]
        return [(minutes(hours["start"]), minutes(hours["end"])) for hours in self.dates.get(day, weekly)]

    def zone_on(self, day):
        """The zone in which a date is read."""
        return next((zone for first, last, zone in self.travel if first <= day <= last), self.zone)

    @lru_cache(maxsize=None)
    def zones_near(self, number):
        """The zones in which a date and those around it are read."""
        return {self.zone_on(date.fromordinal(EPOCH + number + days)) for days in range(-3, 4)}

    @lru_cache(maxsize=None)
    def in_hours(self, day):
        """For every minute that the wall can show on a date: whether it is inside the hours that start on it."""
        inside = [False] * DAY
        for start, end in self.intervals(day):
            for minute in range(start, end if end > start else DAY):
                inside[minute] = True
        return inside

    @lru_cache(maxsize=None)
    def in_night(self, day):
        """For every minute that the wall can show after a date: whether it is inside what runs over from that date."""
        inside = [False] * DAY
        for start, end in self.intervals(day):
            for minute in range(0, end if end <= start else 0):
                inside[minute] = True
        return inside

    def reasons(self, day):
        """For every minute that the wall at home shows on a date: what `reason` says. Nothing near travel."""
        near = [day + timedelta(days=days) for days in range(-3, 4)]
        if any(first <= it <= last for first, last, _ in self.travel for it in near):
            return None
        if day not in self.dates:
            if day in self.holidays:
                return ["holiday"] * DAY
            if self.weekly is None:
                return ["always_on"] * DAY
        both = zip(self.in_hours(day), self.in_night(day - timedelta(days=1)))
        return ["working_hours" if inside or night else "outside_working_hours" for inside, night in both]

    def reason(self, shown):
        """What rules 2 to 5 of the schedule say when the walls of some zones show this: the date and the minute, by zone."""
        # The dates that their own walls show: one, but at the edges of travel. And the nights that run on.
        on, nights = [], []
        for zone, (number, minute) in shown:
            day = date.fromordinal(EPOCH + number)
            before = day - timedelta(days=1)
            if self.zone_on(day) == zone:
                on.append((day, minute))
            if self.zone_on(before) == zone and self.in_night(before)[minute]:
                nights.append(before)
        for day, minute in on:
            if day in self.dates and (self.in_hours(day)[minute] or day - timedelta(days=1) in nights):
                return "working_hours"
        others = [(day, minute) for day, minute in on if day not in self.dates]
        if any(day in self.holidays for day, _ in others):
            return "holiday"
        if self.weekly is None and (others or not on):
            return "always_on"
        if nights or any(self.in_hours(day)[minute] for day, minute in others):
            return "working_hours"
        return "outside_working_hours"

    def changes(self, start, end):
        """The reason of every minute, told where it is another than before."""
        days, reasons = {}, []
        for at, (day, minute) in zip(range(start, end), wall(self.zone, start, end)):
            if day not in days:
                days[day] = self.reasons(date.fromordinal(EPOCH + day))
            if days[day]:
                reasons.append(days[day][minute])
            else:
                zones = self.zones_near(day)
                reasons.append(self.reason([(zone, reading(zoneinfo.ZoneInfo(zone), at)) for zone in zones]))
        for first, after in self.absences:
            for minute in range(max(first, start), min(after, end)):
                reasons[minute - start] = "out_of_office"
        told = zip(range(start, end), reasons, [None, *reasons])
        return [[minute, reason] for minute, reason, before in told if reason != before]


def observes(agent, holiday):
    """Whether a holiday is the agent's: of one of its teams, or of nobody in particular."""
    teams, inboxes = holiday.get("teams", []), holiday.get("inboxes", [])
    mine = [agent.get("team"), *agent.get("extra_teams", [])]
    return not (teams or inboxes) or any(team in mine for team in teams)


def applies(hours, day):
    """Whether weekly hours have an interval on a date."""
    first, last = (date.fromisoformat(hours[key]) if key in hours else None for key in ("first_day", "last_day"))
    if WEEKDAYS[day.weekday()] not in hours["days"] or first and day < first or last and last < day:
        return False
    if hours.get("every", 1) == 1:
        return True
    monday = first - timedelta(days=first.weekday())
    return (day - monday).days // 7 % hours["every"] == 0


def main():
    if tzdata.IANA_VERSION != sys.argv[1]:
        sys.exit(f"tzdata {tzdata.__version__} is release {tzdata.IANA_VERSION}; requirements.txt must pin {sys.argv[1]}")
    if zoneinfo.TZPATH:
        sys.exit("PYTHONTZPATH must be set to nothing")
    for line in sys.stdin:
        asked = json.loads(line)
        for entry in asked["desk"]["agents"]:
            print(json.dumps(Agent(entry, asked["desk"]).changes(asked["start"], asked["end"])))


if __name__ == "__main__":
    main()
