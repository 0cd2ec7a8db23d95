"""What pandas, polars and matplotlib make of answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import document

from frontdesk import Desk, WrongType

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# The clocks go back on the Sunday.
MONDAY = datetime(2026, 10, 19, tzinfo=STOCKHOLM)


def test_pandas_takes_the_columns(desk: Desk) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(desk.coverage(MONDAY, MONDAY + timedelta(days=14), step="1h").columns)
    assert list(frame.columns) == ["start", "end", "available", "least"]
    assert len(frame) == 14 * 24 + 1 and frame["available"].max() == 2
    assert str(frame["start"].dtype).endswith("Europe/Stockholm]")
    schedule = pandas.DataFrame(desk.schedule("anna", MONDAY, MONDAY + timedelta(days=7)).columns)
    assert set(schedule["state"]) == {"available", "away"}


def test_polars_takes_the_columns(desk: Desk) -> None:
    polars = pytest.importorskip("polars")
    coverage = desk.coverage(MONDAY, MONDAY + timedelta(days=14), step="1h")
    frame = polars.DataFrame(coverage.columns)
    assert frame.shape == (14 * 24 + 1, 4) and frame["available"].max() == 2
    assert frame["start"].to_list() == list(coverage.start)


def test_pictures(desk: Desk) -> None:
    pytest.importorskip("matplotlib")
    from frontdesk import plot

    desk.set_out_of_office("bo", [{"first_day": "2026-10-21", "last_day": "2026-10-22"}], at=MONDAY)
    heat = plot.coverage(desk, MONDAY, MONDAY + timedelta(days=14), team="support")
    image = heat.get_images()[0].get_array()
    assert image is not None and image.shape == (14, 48) and image.max() == 2
    assert image[0, 18] == 2 and image[0, 17] == 0 and image[2, 18] == 1
    week = plot.week(desk, MONDAY)
    assert [label.get_text() for label in week.get_yticklabels()] == ["anna", "bo"]
    legend = week.get_legend()
    assert legend is not None and {text.get_text() for text in legend.get_texts()} == {"working hours", "out of office"}
    for axes in (
        heat,
        week,
        plot.week(desk, MONDAY.timestamp(), agents=["anna"]),
        plot.coverage(desk, "2026-10-19T00:00:00Z", "2026-10-20T00:00:00Z"),
    ):
        out = BytesIO()
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.savefig(out, format="png")
        assert out.tell() > 5000


def test_steps_of_a_picture(desk: Desk) -> None:
    pytest.importorskip("matplotlib")
    from frontdesk import plot

    steps: list[tuple[Any, int]] = [("30m", 48), (timedelta(days=1), 1), ("1d", 1), (timedelta(hours=1), 24)]
    for step, columns in steps:
        image = plot.coverage(desk, MONDAY, MONDAY + timedelta(days=7), step=step).get_images()[0].get_array()
        assert image is not None and image.shape == (7, columns)
    wrong: list[Any] = [
        timedelta(hours=7),
        timedelta(),
        timedelta(-1),
        timedelta(days=2),
        timedelta(milliseconds=500),
        "7h",
        "0m",
    ]
    for step in wrong:
        with pytest.raises(ValueError, match="divides a day"):
            plot.coverage(desk, MONDAY, MONDAY + timedelta(days=1), step=step)
    none: list[Any] = ["soon", 30]
    for step in none:
        with pytest.raises((ValueError, TypeError)):
            plot.coverage(desk, MONDAY, MONDAY, step=step)


def test_a_week_is_seven_days(desk: Desk) -> None:
    pytest.importorskip("matplotlib")
    from matplotlib import dates as untyped

    from frontdesk import plot

    dates: Any = untyped
    bare = Desk(document(agents=[{"id": "anna"}]))
    for start in (MONDAY, MONDAY.timestamp(), MONDAY.isoformat()):
        for drawn in (desk, bare):
            axes = plot.week(drawn, start, zone=STOCKHOLM)
            left, right = axes.get_xlim()
            assert (left, right) == (dates.date2num(MONDAY), dates.date2num(MONDAY + timedelta(days=7)))
            labels = axes.xaxis.get_major_formatter()
            assert [labels(day) for day in axes.xaxis.get_majorticklocs()][:2] == ["Mon 19 Oct", "Tue 20 Oct"]


@pytest.mark.parametrize(
    "name",
    [
        r"$",
        r"a$b$c",
        r"$\frac{",
        "under_score^2",
        "two\nlines",
        "tab\there",
        "x" * 500,
        r"\alpha",
        "{",
        "%",
        "",
        " ",
        "_",
    ],
)
def test_any_name_can_be_drawn(name: str) -> None:
    pytest.importorskip("matplotlib")
    from frontdesk import plot

    agents = [{"id": "anna", "name": name, "team": "$1_000"}, {"id": "$bo$", "name": name}]
    desk = Desk(document(agents=agents, teams=[{"id": "$1_000"}], inboxes=[]))
    for axes in (plot.week(desk, MONDAY), plot.coverage(desk, MONDAY, MONDAY + timedelta(days=1), team="$1_000")):
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.savefig(BytesIO(), format="png")
    labels = [label.get_text() for label in plot.week(desk, MONDAY).get_yticklabels()]
    assert len(set(labels)) == 2 and all("\n" not in label and len(label) < 80 for label in labels)


def test_a_picture_names_its_zone(desk: Desk) -> None:
    pytest.importorskip("matplotlib")
    from frontdesk import plot

    assert plot.week(desk, MONDAY).get_xlabel() == "times of Europe/Stockholm"
    assert plot.week(desk, MONDAY.timestamp()).get_xlabel() == "times of UTC"
    axes = plot.coverage(desk, MONDAY, MONDAY + timedelta(days=1), zone="Asia/Tokyo")
    assert axes.get_xlabel() == "hour, Asia/Tokyo"
    with pytest.raises(WrongType, match="agents=\\['anna'\\]"):
        plot.week(desk, MONDAY, agents="anna")
