"""What adapting is for, asked of records: the number that decides, or that it cannot be asked."""

from __future__ import annotations

import pytest

from se_viz.experiments.shifts.plans import Cell
from se_viz.experiments.shifts.questions import CLAIMS, NOT_ASKED, findings_of
from se_viz.experiments.shifts.tables import shift_table
from tests.experiments.shifts.test_findings import COURSE, PALE, moving, of
from tests.make import blocks_by_depth
from tests.shift_record import make_record


def asked(record):
    return findings_of(record, shift_table(record), "measured on toys")


def test_each_claim_is_decided_by_a_number_with_its_source():
    found = asked(make_record(("contrast", "blur"), pictures=300))
    assert tuple(one.claim for one in found) == CLAIMS
    scale, early, late, carried, steadied = found
    assert (scale.holds, early.holds, late.holds, carried.holds) == (False, True, True, True)
    assert steadied.holds is False
    assert scale.number > 5
    assert "at contrast 0.4" in scale.short
    for one in found:
        assert "Measured on toys." in one.sentence
        assert one.short
        assert one.meaning
        assert one.threshold


def test_by_hand_early_and_late():
    record = moving(common=(0.8, 0.1), classes=(0.6, 0.1))
    parts = {Cell(PALE, "frozen", part): 80 for part in ("stage 2", "stage 5")}
    both = of(COURSE | parts, moves=record.moves, spreads=record.spreads)
    _, early, late, carried, _ = asked(both)
    assert (early.holds, late.holds) == (True, False)
    assert early.number == pytest.approx(0.7)
    assert late.number == pytest.approx(-0.5)
    assert early.short == "+70 points"
    assert carried.holds is None


def test_what_was_not_measured_cannot_be_asked():
    found = asked(moving())
    assert [one.holds for one in found] == [None] * 5
    assert {one.sentence for one in found} == {NOT_ASKED}


def test_networks_without_stages_are_asked_by_depth():
    record = make_record(("contrast",), blocks_by_depth([8, 16, 24, 32]), pictures=60)
    assert "first quarter" in asked(record)[1].sentence
