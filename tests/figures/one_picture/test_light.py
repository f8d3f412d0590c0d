"""What one picture is taken for in another light."""

from __future__ import annotations

import numpy as np

from se_viz.figures.one_picture.light import LOOKS, held_in_parts, predictions
from tests.figures.every import answers_of
from tests.figures.look import titles

PARTS = ["stage 2", "stage 3"]
TABLE = answers_of(PARTS, "church", "golf ball")
WHOLE = TABLE[TABLE["where"] == "all"]


def test_a_bar_for_each_source_is_what_is_left_of_the_clean_class():
    (bars,) = predictions(WHOLE).data
    np.testing.assert_allclose(bars.x, WHOLE["of_clean"], atol=1e-4)
    assert list(bars.marker.color) == [LOOKS[key][0] for key in WHOLE["gates"]]
    assert [bool(shape) for shape in bars.marker.pattern.shape] == [False, True, False, False]


def test_its_class_now_is_named_where_it_is_another_one():
    said = titles(predictions(WHOLE))
    row = WHOLE.iloc[1]
    assert f"now golf ball {100 * row.probability:.1f}%" in said
    assert sum(text.startswith("now ") for text in said) == 2


def test_the_share_of_many_stands_beside_or_nothing_does():
    assert "right of<br>3,925" in titles(predictions(WHOLE))
    bare = WHOLE.assign(pictures=0, accuracy=np.nan, low=np.nan, high=np.nan)
    said = titles(predictions(bare))
    assert not any("right of" in text for text in said)
    assert len(said) == len(titles(predictions(WHOLE))) - 5


def test_a_strength_that_is_another_one_is_named():
    other = WHOLE.assign(measured=[0.4, 0.4, 0.4, 0.1])
    assert [text for text in titles(predictions(other)) if text.startswith("at ")] == ["at 0.1"]


def test_one_stage_is_a_row_and_many_pictures_are_a_panel():
    figure = held_in_parts(TABLE, PARTS)
    assert titles(figure) == ["this picture: church", "3,925 pictures: right"]
    assert list(figure.layout.yaxis.ticktext) == PARTS
    line, held = figure.data[0], figure.data[1]
    assert set(line.x) == {round(float(WHOLE["of_clean"].iloc[0]), 4)}
    rows = TABLE[(TABLE["gates"] == "held") & (TABLE["where"] != "all")]
    np.testing.assert_allclose(held.x, rows["of_clean"], atol=1e-4)
    many = figure.data[5]
    np.testing.assert_allclose(many.x, rows["accuracy"], atol=1e-4)
    np.testing.assert_allclose(many.error_x.array, 0.01, atol=1e-3)


def test_without_a_record_there_is_one_panel():
    bare = TABLE.assign(pictures=0, accuracy=np.nan)
    assert titles(held_in_parts(bare, PARTS)) == ["this picture: church"]
