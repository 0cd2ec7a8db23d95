"""A simulation: how evenly 100,000 desks of very different sizes lie on the shards of a database, and in their busiest hour.

``python benches/python/shards.py`` prints the table that is in ``docs/running/sizing.md``. It draws the same desks each time.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

DESKS = 100_000

#: Commands a day of a desk: half of the desks have fewer than the median, and the largest some ten thousand times as many.
MEDIAN, SPREAD = 40, 2.0

#: The part of a day's commands that falls into each hour, on the desk's own wall clock.
DAY = [1, 1, 1, 1, 1, 1, 2, 4, 8, 12, 13, 12, 9, 10, 12, 11, 10, 8, 6, 5, 4, 3, 2, 1]

#: Where desks are: the hours that their wall clocks are ahead of UTC, and how many of ten desks.
ZONES = {-8: 1, -5: 3, 0: 1, 1: 3, 2: 1, 9: 1}

SHARDS = (2, 4, 8, 16, 32)

Placed = Sequence[int]


def desks() -> list[tuple[float, int]]:
    """The desks in the order in which they were created: commands a day, and hours ahead of UTC. Older ones tend to be larger."""
    chance = random.Random(1)
    zones = [zone for zone, count in ZONES.items() for _ in range(count)]
    loads = [MEDIAN * math.exp(chance.gauss(0, SPREAD)) for _ in range(DESKS)]
    loads.sort(key=lambda load: math.log(load) + chance.gauss(0, SPREAD), reverse=True)
    return [(load, chance.choice(zones)) for load in loads]


def by_hash(loads: Sequence[float], shards: int) -> Placed:
    """Each desk on a shard that a hash of its name chooses, as Citus does."""
    chance = random.Random(2)
    return [chance.randrange(shards) for _ in loads]


def by_range(loads: Sequence[float], shards: int) -> Placed:
    """As many desks on each shard, in the order in which they were created."""
    return [place * shards // len(loads) for place in range(len(loads))]


def by_load(loads: Sequence[float], shards: int) -> Placed:
    """The largest first, each on the shard that has the least, as it is when desks are moved by what was measured."""
    placed, sums = [0] * len(loads), [0.0] * shards
    for place in sorted(range(len(loads)), key=lambda place: -loads[place]):
        placed[place] = min(range(shards), key=sums.__getitem__)
        sums[placed[place]] += loads[place]
    return placed


WAYS: dict[str, Callable[[Sequence[float], int], Placed]] = {
    "by a hash of the name": by_hash,
    "by ranges, oldest first": by_range,
    "by measured load": by_load,
}


def busiest_hours(all_desks: Sequence[tuple[float, int]], placed: Placed, shards: int) -> list[float]:
    """Commands a second of each shard in its busiest hour."""
    hours = [[0.0] * 24 for _ in range(shards)]
    whole = sum(DAY)
    for (load, zone), shard in zip(all_desks, placed):
        hour = hours[shard]
        for utc in range(24):
            hour[utc] += load * DAY[(utc + zone) % 24] / whole / 3_600
    return [max(hour) for hour in hours]


def table() -> str:
    """The table in Markdown: for each number of shards and way to place desks, commands a second in the busiest hour."""
    all_desks = desks()
    loads = [load for load, _ in all_desks]
    lines = ["| shards | desks are placed | busiest shard, commands a second | mean of the shards | busiest ÷ mean |"]
    lines.append("|---|---|---|---|---|")
    for shards in SHARDS:
        for way, place in WAYS.items():
            peaks = busiest_hours(all_desks, place(loads, shards), shards)
            mean = sum(peaks) / shards
            lines.append(f"| {shards} | {way} | {max(peaks):,.0f} | {mean:,.0f} | {max(peaks) / mean:.2f} |")
    return "\n".join(lines)


def summary() -> str:
    """The load of all desks, and of the largest, in one line."""
    loads = [load for load, _ in desks()]
    busiest = busiest_hours(desks(), [0] * DESKS, 1)[0]
    largest = max(loads)
    peak = largest * max(DAY) / sum(DAY) / 3_600
    return (
        f"{DESKS:,} desks: {sum(loads) / 1e6:.1f} million commands a day, {busiest:,.0f} a second in the busiest hour; "
        f"the largest desk: {largest:,.0f} a day, {peak:.1f} a second."
    )


if __name__ == "__main__":
    print(summary())
    print()
    print(table())
