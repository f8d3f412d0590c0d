"""What is tried on a person's own pictures, and what ships."""

from __future__ import annotations

from se_viz.experiments.shifts.measure import by_light
from se_viz.experiments.shifts.plans import (
    LINES,
    MAIN,
    PLACED,
    TOLD,
    WHOSE,
    Cell,
    block_plan,
    short_plan,
    whole_plan,
)
from se_viz.pictures.shifts import CLEAN, KINDS, NOTHING, Light
from tests.make import BLOCKS


def test_a_short_plan_takes_five_strengths_and_what_is_told_of_is_one_of_them():
    plan = short_plan(BLOCKS, ["contrast"])
    assert list(by_light(plan)) == [
        CLEAN,
        NOTHING,
        *(Light("contrast", strength) for strength in KINDS["contrast"].strengths),
    ]
    assert all(TOLD[kind] in KINDS[kind].strengths for kind in KINDS)


def test_what_is_asked_in_a_light_is_the_same_whichever_the_kinds():
    one, several = by_light(short_plan(BLOCKS, ["blur"])), by_light(short_plan(BLOCKS, MAIN))
    assert all(several[light] == cells for light, cells in one.items())


def test_where_and_whose_are_asked_at_the_strength_that_is_told_of():
    cells = by_light(short_plan(BLOCKS, ["contrast"]))
    pale = cells[Light("contrast", 0.4)]
    assert {cell.gates for cell in pale if cell.where == "all"} == {*LINES, *WHOSE}
    assert {cell.gates for cell in pale if cell.where == "stage 2"} == set(PLACED)
    assert cells[Light("contrast", 0.3)] == tuple(
        Cell(Light("contrast", 0.3), key) for key in LINES
    )
    assert Cell(CLEAN, "frozen", "stage 5") in cells[CLEAN]
    assert {cell.gates for cell in cells[NOTHING]} == set(WHOSE)


def test_no_condition_is_tried_twice():
    for plan in (short_plan(BLOCKS, KINDS), whole_plan(BLOCKS), block_plan(BLOCKS, CLEAN)):
        assert len(set(plan)) == len(plan)


def test_blocks_are_tried_one_by_one():
    plan = block_plan(BLOCKS, Light("blur", 2.0))
    assert len(plan) == len(PLACED) * len(BLOCKS)
    assert {cell.where for cell in plan} == {block.name for block in BLOCKS}
