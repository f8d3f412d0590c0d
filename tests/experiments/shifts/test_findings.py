"""What follows from records of a few pictures, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments.shifts import findings as found
from se_viz.experiments.shifts import sentences
from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.tables import shift_table
from se_viz.pictures.shifts import CLEAN, NOTHING, Light
from se_viz.probe.gates.blocks import Block

PALE, BLURRED = Light("contrast", 0.4), Light("blur", 2.0)
BLOCKS = (Block("SE_2_1", 2, 1, 4, 2.0), Block("SE_5_1", 5, 1, 4, 2.0))
N = 100
TRUTH = np.arange(N) % 2


def of(shares: dict[Cell, int], others: np.ndarray | None = None, **more) -> ShiftRecord:
    """So many of 100 pictures are right under each condition, the first ones; the others are taken
    for the other class."""
    right = np.array([np.arange(N) < count for count in shares.values()])
    guesses = np.where(right, TRUTH, 1 - TRUTH)
    return ShiftRecord(
        cells=tuple(shares),
        blocks=BLOCKS,
        classes=("a", "b"),
        truth=TRUTH,
        others=1 - TRUTH if others is None else others,
        guesses=guesses,
        confidence=np.full(guesses.shape, 0.75, np.float32),
        moves=more.get("moves", pd.DataFrame()),
        spreads=more.get("spreads", pd.DataFrame()),
    )


COURSE = {
    **{Cell(CLEAN): 90, Cell(CLEAN, "frozen"): 80},
    **{Cell(PALE): 88, Cell(PALE, "frozen"): 58},
    **{Cell(BLURRED): 60, Cell(BLURRED, "frozen"): 50},
}
RECORD = of(COURSE)


def test_a_shift_needs_adapting_gates_where_freezing_costs_more_than_it_costs_clean():
    pale, blurred = found.needs(shift_table(RECORD))
    assert (pale.light, blurred.light) == (PALE, BLURRED)
    assert pale.clean == pytest.approx(-0.1)
    assert pale.change == pytest.approx(-0.3)
    assert pale.beyond == pytest.approx(-0.2)
    assert pale.adaptive == pytest.approx(0.88)
    assert pale.low < -0.2 < pale.high < 0
    assert pale.needed
    assert blurred.beyond == pytest.approx(0)
    assert blurred.needed is None
    assert replace(blurred, low=-0.04, high=0.04).needed is False
    assert found.foremost([blurred, pale]) is pale
    assert found.foremost([blurred]) is None
    assert sentences.headline([pale, blurred]) == (
        "When contrast goes, gates have to adapt: frozen, they cost 30 points instead of 10"
    )
    assert "cost 30 points of agreement instead of 10" in sentences.headline([pale], True)
    assert sentences.need(pale).startswith(
        "freezing costs 30.0 instead of 10.0 points, **20.0 more"
    )


def test_where_none_needs_them_the_headline_says_so():
    (blurred,) = found.needs(shift_table(RECORD), [BLURRED])
    assert sentences.headline([blurred]) == sentences.UNDECIDED
    assert sentences.headline([replace(blurred, low=-0.04)]) == sentences.NONE_NEEDED
    assert sentences.headline([]) == sentences.UNDECIDED
    gains = of(COURSE | {Cell(PALE, "frozen"): 90, Cell(CLEAN, "frozen"): 80})
    (pale,) = found.needs(shift_table(gains), [PALE])
    assert sentences.need(pale).startswith(
        "freezing gains 2.0 points, where it costs 10.0 on clean pictures, **12.0 less"
    )


def some(record: ShiftRecord, rows: list[int]) -> ShiftRecord:
    """The same of these pictures alone."""
    kept = {name: getattr(record, name)[rows] for name in ("truth", "others")}
    answers = {name: getattr(record, name)[:, rows] for name in ("guesses", "confidence")}
    return replace(record, **kept, **answers)


@pytest.mark.parametrize(
    "rows", [[0], [0, 1], [60, 61], list(range(60, 65)), list(range(50))], ids=len
)
def test_few_pictures_that_all_do_the_same_decide_nothing(rows):
    """The first 50 are right under every condition; from 60 on, pale ones are lost if frozen."""
    needs = found.needs(shift_table(some(RECORD, rows)))
    assert [need.needed for need in needs] == [None, None]
    assert sentences.headline(needs) == sentences.UNDECIDED
    assert sentences.need(needs[0]) == "too few pictures to tell"


def test_a_part_that_loses_few_pictures_may_do_so_by_chance():
    few = some(placed(frozen=70), [70, 71, 72])
    assert found.costliest_part(few, shift_table(few), PALE) is None


def test_many_that_all_do_the_same_decide():
    still = of(dict.fromkeys(COURSE, 100))
    assert [need.needed for need in found.needs(shift_table(still))] == [False, False]
    lost = some(RECORD, list(range(60, 66)))
    (pale,) = found.needs(shift_table(lost), [PALE])
    assert pale.needed


def test_nothing_is_said_to_cost_minus_nothing():
    (still, _) = found.needs(shift_table(of(dict.fromkeys(COURSE, 100))))
    assert sentences.need(still) == (
        "freezing costs 0.0 instead of 0.0 points, **0.0 less** (95% from +0.0 to +0.0)"
    )


def placed(**counts: int) -> ShiftRecord:
    early = {Cell(PALE, key.replace("_", "-"), "stage 2"): n for key, n in counts.items()}
    return of({Cell(PALE): 88, **early, Cell(PALE, "frozen", "stage 5"): 86})


def test_the_costliest_part_is_the_one_that_surely_loses_most():
    record = placed(frozen=70, held=68, same_class=69, other_class=66)
    cost = found.costliest_part(record, shift_table(record), PALE)
    assert cost.part == "stage 2"
    assert cost.changes["frozen"][0] == pytest.approx(-0.18)
    assert cost.must_answer
    said = sentences.where_it_costs(PALE, cost)
    assert said.startswith(
        "At contrast 0.4, **stage 2** frozen alone loses **18.0 points**; held at its gates from "
        "before, it loses **20.0 points**. Whatever"
    )


def test_a_part_that_another_pictures_gates_suit_need_not_answer():
    record = placed(frozen=70, held=88)
    cost = found.costliest_part(record, shift_table(record), PALE)
    assert not cost.must_answer
    assert "Whatever" not in sentences.where_it_costs(PALE, cost)


def test_no_part_may_surely_lose():
    record = placed(frozen=87)
    assert found.costliest_part(record, shift_table(record), PALE) is None
    assert "no part of the network" in sentences.where_it_costs(PALE, None)


def moving(common=(0.8, 0.1), classes=(0.1, 0.6), half=0.05, steadied=(0.1, -0.1)) -> ShiftRecord:
    names, sides = [block.name for block in BLOCKS], np.array(steadied)
    ends = {"common": common, "class": classes}
    low, high = ({k: np.array(v) + sign * half for k, v in ends.items()} for sign in (-1, 1))
    moves = pd.DataFrame(
        {"kind": "contrast", "strength": 0.4, "block": names, "stage": [2, 5], "depth": [1, 2]}
        | {"common": common, "common_low": low["common"], "common_high": high["common"]}
        | {"u_change": [0.4, 0.4], "x_change": [0.3, 0.5], "x_fixed": [0.4, 0.4]}
        | {"steadied": sides, "steadied_low": sides - 0.05, "steadied_high": sides + 0.05}
    )
    spreads = pd.DataFrame(
        {"block": names, "spread": 0.2, "class_share": classes}
        | {"class_low": low["class"], "class_high": high["class"]}
    )
    return of({Cell(CLEAN): 90}, moves=moves, spreads=spreads)


@pytest.mark.parametrize(
    ("common", "classes", "half", "holds", "said"),
    [
        ((0.8, 0.1), (0.1, 0.6), 0.05, True, "Early gates answer to the light, late gates more"),
        ((0.8, 0.1), (0.6, 0.1), 0.05, False, "follow the class no more than early ones"),
        ((0.1, 0.8), (0.1, 0.6), 0.05, False, "Late gates follow the class more than early"),
        ((0.1, 0.8), (0.6, 0.1), 0.05, False, "Neither do early gates"),
        ((0.8, 0.1), (0.1, 0.6), 0.4, False, "Neither do early gates"),
    ],
)
def test_whom_gates_follow_is_decided_by_numbers_and_their_intervals(
    common, classes, half, holds, said
):
    answer = found.early_and_late(moving(common, classes, half), PALE)
    assert answer.holds is holds
    assert (answer.common, answer.classes) == (common, classes)
    assert answer.common_sure == pytest.approx(2 * half)
    assert said in sentences.whom_gates_follow(answer)


def test_it_is_not_asked_where_moves_were_not_measured():
    assert found.early_and_late(moving(), BLURRED) is None
    assert found.early_and_late(RECORD, PALE) is None
    assert found.steadied(RECORD, PALE) is None


def test_blocks_steady_the_signal_or_carry_the_change_on():
    answer = found.steadied(moving(steadied=(0.1, -0.1)), PALE)
    assert (answer.blocks, answer.less, answer.more) == (2, ("SE_2_1",), ("SE_5_1",))
    assert answer.below == ("SE_2_1",)
    undecided = found.steadied(moving(steadied=(0.01, -0.1)), PALE)
    assert undecided.less == ()
    assert "In **0** of 2 blocks" in sentences.steadies(undecided)
    assert "in **1** more, and in 1 the interval holds both" in sentences.steadies(undecided)


def test_gates_carry_the_class_where_they_alone_beat_chance():
    cells = {Cell(NOTHING): 50, Cell(NOTHING, "held"): 80, Cell(NOTHING, "other-class"): 30}
    record = of(cells)
    answer = found.carried(record, shift_table(record))
    assert (answer.right, answer.chance) == (0.8, 0.5)
    assert answer.taken[0] == pytest.approx(0.7)
    assert answer.holds
    assert sentences.carry_the_class(answer).startswith("**Gates alone know the class.**")
    chance = of(cells | {Cell(NOTHING, "held"): 55})
    assert not found.carried(chance, shift_table(chance)).holds
    assert found.carried(RECORD, shift_table(RECORD)) is None


def test_where_no_other_class_is_to_be_had_nothing_is_said_of_it():
    record = of({Cell(NOTHING): 50, Cell(NOTHING, "held"): 80})
    answer = found.carried(record, shift_table(record))
    assert answer.taken is None
    assert "another class's" not in sentences.carry_the_class(answer)


def test_most_are_led_astray_where_most_are_taken_for_the_gates_class():
    cells = {Cell(PALE): 88, Cell(PALE, "other-class"): 40, Cell(BLURRED, "other-class"): 60}
    light, right, (taken, low, high) = found.led_astray(shift_table(of(cells)))
    assert (light, right) == (PALE, 0.4)
    assert taken == pytest.approx(0.6)
    assert low < taken < high
    assert "**40.0%** right" in sentences.astray(light, right, (taken, low, high))
    assert found.led_astray(shift_table(RECORD)) is None


def test_lights_that_are_told_of_are_those_of_single_parts():
    assert found.told_lights(placed(frozen=70)) == [PALE]
    assert found.told_lights(RECORD) == []
    assert found.clean_cost(shift_table(RECORD))[0] == pytest.approx(-0.1)
    assert found.clean_cost(shift_table(moving())) is None
