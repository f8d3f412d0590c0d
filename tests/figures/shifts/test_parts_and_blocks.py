"""Where gates have to adapt, what they answer to, whose they are, and how sure the network is."""

from __future__ import annotations

import numpy as np
import pytest

from se_viz.analysis.networks.stages import parts_of
from se_viz.experiments.shifts.tables import (
    block_table,
    cell_of,
    placed,
    reliability,
    shift_table,
    whole,
)
from se_viz.figures.shifts.by_block import CLASS, COMMON, steadiness, what_gates_answer_to
from se_viz.figures.shifts.sure import reliability_diagram
from se_viz.figures.shifts.where import cost_by_block, cost_by_part
from se_viz.figures.shifts.whose import TAKEN, whose_gates
from se_viz.pictures.shifts import CLEAN, NOTHING, Light
from tests.figures.look import is_note, named, titles
from tests.make import BLOCKS, blocks_by_depth
from tests.shift_record import make_record

PALE = Light("contrast", 0.4)
PARTS = list(parts_of(BLOCKS))


@pytest.fixture(scope="module")
def record():
    return make_record(("contrast",), pictures=60)


@pytest.fixture(scope="module")
def table(record):
    return shift_table(record)


def test_parts_stand_under_one_another_with_points_and_intervals(table):
    figure = cost_by_part(placed(table, PALE), PARTS, "88.8% right")
    (frozen,) = named(figure, "frozen at the mean")
    expected = [100 * cell_of(table, PALE, "frozen", part)["change"] for part in PARTS]
    np.testing.assert_allclose(frozen.x, expected, atol=1e-3)
    assert list(frozen.y) == sorted(frozen.y)
    assert "(88.8% right)" in figure.layout.xaxis.title.text
    assert [text.strip("</b>") for text in figure.layout.yaxis.ticktext] == PARTS
    assert is_note(cost_by_part(placed(table, PALE), ["stage 9"]))


def test_sources_that_were_not_to_be_had_take_no_room(table):
    rows = placed(table, PALE)
    without = rows.assign(change=rows["change"].where(rows["gates"] != "other-class"))
    figure = cost_by_part(without, PARTS)
    assert not named(figure, "another class's")
    assert figure.layout.height < cost_by_part(rows, PARTS).layout.height


def test_blocks_stand_beside_one_another():
    names = ["SE_2_1", "SE_2_2"]
    record = make_record(("contrast",), BLOCKS[:2], pictures=40)
    rows = placed(shift_table(record), PALE)[:2].assign(where=names, gates="frozen")
    (dots,) = named(cost_by_block(rows, names), "frozen at the mean")
    np.testing.assert_allclose(dots.x, [0, 1])
    np.testing.assert_allclose(dots.y, 100 * rows["change"].astype(float), atol=1e-3)
    assert is_note(cost_by_block(rows[:0], names))


def test_common_and_class_share_are_on_one_axis(record):
    table = block_table(record, PALE)
    figure = what_gates_answer_to(table)
    (common,), (classes,) = named(figure, COMMON), named(figure, CLASS)
    np.testing.assert_allclose(common.y, table["common"], atol=1e-4)
    np.testing.assert_allclose(classes.y, table["class_share"], atol=1e-4)
    assert "stage 2" in titles(figure)
    bars = figure.data[-1]
    np.testing.assert_allclose(bars.y, table["spreads"], atol=1e-4)
    assert bars.text[0] == f"{table['spreads'][0]:.1f}" or bars.text[0].startswith("<b>")
    assert figure.data[-1].text is not None
    assert what_gates_answer_to(table, columns=1).data[-1].text is None


def test_a_network_without_stages_has_no_bands():
    record = make_record(("contrast",), blocks_by_depth([8, 16]), pictures=40)
    figure = what_gates_answer_to(block_table(record, PALE))
    assert not any(text.startswith("stage") for text in titles(figure))
    assert not figure.layout.shapes


def test_where_nobody_asked_how_far_gates_move_it_says_so(record):
    nothing = block_table(record, Light("blur", 2.0))
    assert is_note(what_gates_answer_to(nothing))
    assert is_note(steadiness(nothing))


def test_u_and_x_change_block_by_block(record):
    table = block_table(record, PALE)
    figure = steadiness(table)
    for name, column in (
        ("U, before the gates", "u_change"),
        ("X, gates adapt", "x_change"),
        ("X, with the clean picture's gates", "x_fixed"),
    ):
        (line,) = named(figure, name)
        np.testing.assert_allclose(line.y, table[column], atol=1e-4)


def test_what_is_taken_for_the_gates_class_has_a_row_of_its_own(table):
    lights = {str(light): whole(table, light) for light in (CLEAN, PALE, NOTHING)}
    figure = whose_gates(lights, 0.1)
    rows = list(figure.layout.yaxis.ticktext)
    assert rows[0] == "its own, adapting"
    assert rows.index(TAKEN) == rows.index("another class's") + 1
    other = cell_of(table, NOTHING, "other-class")
    (star,) = (
        trace
        for trace in figure.data
        if trace.xaxis == "x3" and trace.marker.symbol == "star-diamond"
    )
    assert star.x[0] == pytest.approx(other["taken"], abs=1e-4)
    assert star.y[0] == rows.index(TAKEN)
    assert is_note(whose_gates({}, 0.1))


def test_without_another_class_there_is_no_such_row(table):
    rows = whole(table, PALE)
    lights = {"pale": rows[rows["gates"] != "other-class"]}
    assert TAKEN not in whose_gates(lights, 0.1).layout.yaxis.ticktext


def test_bins_are_drawn_where_they_hold_pictures(record):
    found = reliability(record, PALE)
    figure = reliability_diagram({"pale": found, "nothing": found[:0]})
    (line,) = named(figure, "gates adapt")
    own = found[(found["gates"] == "adaptive") & (found["pictures"] > 0)]
    np.testing.assert_allclose(line.x, own["confidence"], atol=1e-4)
    np.testing.assert_allclose(line.y, own["accuracy"], atol=1e-4)
    assert is_note(reliability_diagram({}))
