"""The record of shifts that ships: made by one command that resumes, and found again by hand."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments.shifts import record as records
from se_viz.experiments.shifts.plans import Cell, whole_plan
from se_viz.experiments.shifts.tables import wilson
from se_viz.nets import builtin
from se_viz.pictures.shifts import CLEAN, Light
from se_viz.training.data import Split, read_split

PALE, DARK = Light("contrast", 0.4), Light("exposure", 0.4)
COUNT = 200
DATA = pytest.mark.skipif("SE_VIZ_DATA" not in os.environ, reason="SE_VIZ_DATA is not set")


@pytest.fixture(scope="module")
def shipped():
    return records.load(builtin.SHIFTS)


def test_it_belongs_to_the_shipped_weights_and_holds_the_whole_plan(shipped):
    record, made = builtin.provenance(), shipped.record
    assert made["weights_sha256"] == record["weights_sha256"]
    assert made["pictures"] == len(shipped) == record["measured"]["pictures"]
    assert list(shipped.cells) == whole_plan(shipped.blocks, made["kinds"])


def test_pictures_as_they_are_have_the_measured_accuracy(shipped):
    top1 = 100 * float(shipped.right(shipped.row(Cell(CLEAN))).mean())
    assert top1 == pytest.approx(builtin.provenance()["measured"]["top1"], abs=0.06)


@pytest.fixture
def split():
    pictures = np.random.default_rng(0).integers(0, 256, (4, 160, 160, 3), np.uint8)
    return Split(pictures, np.array([0, 0, 1, 1], np.int32), ("a", "b", "c", "d"), "drawn")


def test_a_run_that_was_stopped_goes_on_and_gives_the_same(
    builtin_probe, split, tmp_path, monkeypatch
):
    from se_viz.training.app_assets import shift

    plan = [Cell(light, gates) for light in (CLEAN, PALE, DARK) for gates in ("adaptive", "open")]
    monkeypatch.setattr(shift, "whole_plan", lambda blocks, kinds: plan)
    whole = shift.shift_split(builtin_probe, split)
    real, kept = shift._keep, []

    def stop(folder, result):
        real(folder, result)
        kept.append(result)
        if len(kept) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(shift, "_keep", stop)
    with pytest.raises(KeyboardInterrupt):
        shift.shift_split(builtin_probe, split, tmp_path)
    again = shift.shift_split(builtin_probe, split, tmp_path)
    assert [result.light for result in kept] == [CLEAN, PALE, DARK]
    assert again.cells == whole.cells
    np.testing.assert_array_equal(again.guesses, whole.guesses)
    pd.testing.assert_frame_equal(again.moves, whole.moves, check_dtype=False, atol=1e-8)
    fewer = replace(split, pictures=split.pictures[:3], labels=split.labels[:3])
    with pytest.raises(ValueError, match="of another plan, or of other pictures"):
        shift.shift_split(builtin_probe, fewer, tmp_path)


@DATA
def test_by_hand_pictures_give_the_shipped_numbers_again(shipped):
    from tests.training.app_assets import by_hand

    data = read_split(Path(os.environ["SE_VIZ_DATA"]), "val", builtin.PREPROCESSING)
    rows = np.unique(np.linspace(0, len(data.labels) - 1, COUNT).round().astype(int))
    model, pictures = builtin.load(), data.pictures[rows]
    _, clean = by_hand.run(model, by_hand.normalised(data.pictures))
    mean = {k: v[rows] for k, v in by_hand.frozen(clean, data.labels).items()}
    held = {k: v[rows] for k, v in clean.items()}
    stage_2 = {k: v for k, v in mean.items() if k.startswith("SE_2")}
    seen = {CLEAN: pictures, PALE: by_hand.paled(pictures, 0.4)}
    seen |= {DARK: by_hand.darkened(pictures, 0.4)}
    ways = {Cell(PALE, "held"): held, Cell(PALE, "frozen", "stage 2"): stage_2}
    ways |= {Cell(light): None for light in seen} | {Cell(light, "frozen"): mean for light in seen}
    for cell, given in ways.items():
        logits, _ = by_hand.run(model, by_hand.normalised(seen[cell.light]), given)
        guesses, row = logits.argmax(1), shipped.row(cell)
        assert np.mean(guesses == shipped.guesses[row][rows]) >= 0.99, cell
        _, low, high = wilson(guesses == data.labels[rows])
        _, lowest, highest = wilson(shipped.right(row))
        assert low <= highest, cell
        assert lowest <= high, cell
