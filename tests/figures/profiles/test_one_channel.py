"""One channel: a row for each class, its range, deviation and mean, and its pictures."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.profiles.groups import ALL, Group
from se_viz.analysis.profiles.one_channel import channel_pictures, channel_table
from se_viz.figures.profiles import one_channel
from se_viz.figures.profiles.one_channel import channel_by_class
from se_viz.profiles import of_reading
from tests.figures.look import COLOURS, SMALL, group, is_note, titles
from tests.make import CLASSES, ORIGIN, make_profile, make_reading

READING = make_reading([name for name in CLASSES[:3] for _ in range(4)], SMALL)
GROUP = Group("mine", of_reading(READING, SMALL, ORIGIN))
TABLE = channel_table([GROUP], "SE_3_4", 7)
PICTURES = channel_pictures(READING, "SE_3_4", 7)


def means(figure):
    return next(trace for trace in figure.data if trace.marker.size == 9)


def dots(figure) -> list:
    return [trace for trace in figure.data if trace.marker.size == 5]


def test_each_class_has_a_row_in_its_colour():
    figure = channel_by_class(TABLE, COLOURS)
    dot = means(figure)
    np.testing.assert_allclose(dot.x, TABLE["mean"], atol=6e-5)
    assert list(figure.layout.yaxis.ticktext) == [*CLASSES[:3], ALL]
    assert list(dot.marker.line.color) == [COLOURS[name] for name in (*CLASSES[:3], ALL)]
    assert titles(figure) == ["SE_3_4, channel 7"]
    assert dot.customdata[1][:2] == ["English springer", "mine"]


def test_bars_span_the_range_and_one_deviation():
    bars = [trace for trace in channel_by_class(TABLE, COLOURS).data if trace.mode == "lines"]
    row = TABLE.iloc[0]
    thin, thick = (next(b for b in bars if b.line.width == w and b.y[0] == 0) for w in (1.5, 8))
    assert thin.x[:2].tolist() == pytest.approx([row["low"], row["high"]], abs=6e-5)
    ends = [row["mean"] - row["std"], row["mean"] + row["std"]]
    assert thick.x[:2].tolist() == pytest.approx(ends, abs=6e-5)


def test_pictures_are_dots_in_the_row_of_their_class():
    (trace,) = dots(channel_by_class(TABLE, COLOURS, PICTURES))
    assert [row[0] for row in trace.customdata] == PICTURES["row"].tolist()
    np.testing.assert_allclose(trace.x, PICTURES["gate"], atol=6e-5)
    places = np.round(trace.y).astype(int)
    assert [CLASSES[place] for place in places] == PICTURES["class"].tolist()


def test_many_pictures_are_thinned_with_both_ends_kept(monkeypatch):
    monkeypatch.setattr(one_channel, "DOTS", 5)
    (trace,) = dots(channel_by_class(TABLE, COLOURS, PICTURES))
    assert len(trace.x) == 5
    ends = [PICTURES["gate"].max(), PICTURES["gate"].min()]
    assert [trace.x[0], trace.x[-1]] == pytest.approx(ends, abs=6e-5)


def test_two_groups_have_rows_side_by_side():
    table = channel_table([GROUP, group("reference")], "SE_3_4", 7)
    figure = channel_by_class(table, COLOURS, PICTURES)
    assert [text.split("<br>")[0] for text in figure.layout.yaxis.ticktext[:2]] == ["tench"] * 2
    assert len(means(figure).x) == 8


def test_a_thousand_classes_are_few_traces_and_it_is_told():
    names = [str(i) for i in range(1000)]
    profile = make_profile(names, SMALL[:1], 1)
    figure = channel_by_class(channel_table([Group("g", profile)], "SE_2_1", 0), {})
    assert len(figure.data) == 3
    assert "The first 100 of 1,000 classes are drawn." in titles(figure)


def test_no_class_is_a_note():
    assert is_note(channel_by_class(TABLE[:0], COLOURS))
