"""What pandas, polars and matplotlib make of answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from frontdesk import Desk

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
    assert frame["start"].to_list() == coverage.start


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
    with pytest.raises(ValueError, match="divides a day"):
        plot.coverage(desk, MONDAY, MONDAY + timedelta(days=1), step=timedelta(hours=7))
