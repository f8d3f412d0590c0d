"""Boxes stand apart, below what goes into them, and arrows pass them by."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from se_viz.analysis.networks.diagram import Step
from se_viz.figures.networks.diagram import HEIGHT, WIDTH, diagrams, places
from tests.figures.every import MODULE

FORKED = (
    Step("X in", "7 x 7 x 8", (), "input"),
    *(Step("convolution", "7 x 7 x 8", (0,), "layer") for _ in range(3)),
    Step("convolution", "7 x 7 x 8", (3,), "layer"),
    Step("concatenate", "7 x 7 x 24", (2, 1, 4), "merge"),
)
ON_THE_SHORTCUT = (
    Step("X in", "8 x 8 x 4", (), "input"),
    Step("convolution", "8 x 8 x 4", (0,), "layer"),
    Step("global average", "4", (0,), "gate"),
    Step("dense", "4", (2,), "gate"),
    Step("scale", "8 x 8 x 4", (0, 3), "merge"),
    Step("sum", "8 x 8 x 4", (4, 1), "merge"),
)


@pytest.mark.parametrize("steps", [MODULE, FORKED, ON_THE_SHORTCUT])
def test_boxes_stand_apart_and_below_what_goes_in(steps):
    at = places(steps)
    for (x0, y0), (x1, y1) in combinations(at.values(), 2):
        assert abs(x0 - x1) >= WIDTH or abs(y0 - y1) >= HEIGHT
    for number, step in enumerate(steps):
        assert all(at[parent][1] < at[number][1] for parent in step.parents)


def test_branches_stand_in_the_order_in_which_they_join_around_their_input():
    at = places(FORKED)
    assert [at[number][0] for number in (2, 1, 3)] == [-1, 0, 1]
    assert at[0][0] == at[5][0] == 0
    assert at[4][0] == 1


def test_gates_stand_beside_what_they_scale():
    at = places(MODULE)
    assert [at[number][0] for number in range(6)] == [0, 0, 1, 1, 0, 0]
    assert places(ON_THE_SHORTCUT)[4][0] == 1


def test_on_a_phone_names_are_broken_and_the_title_begins_at_the_edge():
    steps = (Step("X in", "1", (), "input"), Step("dense, ReLU", "1", (0,), "layer"))
    wide, narrow = (diagrams({"a": steps}, columns).layout.annotations for columns in (2, 1))
    assert {"dense, ReLU"} <= {note.text for note in wide}
    assert {"dense,<br>ReLU"} <= {note.text for note in narrow}
    assert (narrow[0].x, narrow[0].xanchor) == (0, "left")


@pytest.mark.parametrize("steps", [MODULE, FORKED, ON_THE_SHORTCUT])
def test_no_line_runs_through_a_box(steps):
    figure, at = diagrams({"a": steps}), places(steps)
    boxes = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(boxes) == len(at)
    lines = [(s.x0, s.y0, s.x1, s.y1) for s in figure.layout.shapes if s.type == "line"]
    lines += [(a.ax, a.ay, a.x, a.y) for a in figure.layout.annotations if a.showarrow is None]
    for x0, y0, x1, y1 in lines:
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        for box in boxes:
            inside = box.x0 < middle[0] < box.x1 and box.y0 < middle[1] < box.y1
            assert not inside, middle


def test_narrow_ones_stand_side_by_side_and_wide_ones_under_one_another():
    def height(steps, columns: int) -> int:
        return diagrams({"a": steps, "b": steps}, columns).layout.height

    assert height(MODULE, 2) < height(MODULE, 1)
    assert height(FORKED, 2) == height(FORKED, 1)


def test_titles_are_no_markup():
    steps = (replace(MODULE[0], title="<i>X</i>"),)
    texts = [note.text for note in diagrams({"<i>a</i>": steps}).layout.annotations]
    assert not [text for text in texts if "<i>" in text]
