"""Sweeps: kept, read again, summed up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from se_viz.experiments import sweep_record
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.sentences import does_freezing_hurt_less, most_moved
from se_viz.experiments.sweep_record import joined, of_outputs
from se_viz.experiments.sweep_tables import (
    class_table,
    last_stage_table,
    picture_sweep_table,
    sweep_table,
)
from se_viz.nets.output import Output
from tests.make import blocks_by_depth, blocks_by_stage, single

BLOCKS = blocks_by_stage((1, 1, 1, 2), 4)
PLAN = sweep_plan(BLOCKS)
CLASSES = ("a", "b")
OUTPUT = single(CLASSES)


@pytest.fixture(scope="module")
def made():
    """Ten pictures, all right; bypassing SE_2_1 makes four of them wrong, nothing else matters."""
    truth = np.array([0, 1] * 5)
    logits = np.tile(3 * np.eye(2, dtype=np.float32)[truth], (len(PLAN) + 1, 1, 1))
    logits[1, :4] *= -1
    return of_outputs(PLAN, BLOCKS, OUTPUT, truth, logits, {"device": "here"})


def test_a_row_for_each_intervention_by_hand(made):
    table = sweep_table(made)
    assert list(table["how"]) == ["bypass", "freeze"] * 7
    pd.testing.assert_frame_equal(sweep_table(made, [3]), table.iloc[[3]].reset_index(drop=True))
    assert list(table["depth"]) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 0, 0, 0, 0]
    assert list(table["title"][-4:]) == ["stage 5"] * 2 + ["all blocks"] * 2
    first = table.iloc[0]
    assert first["change"] == pytest.approx(-0.4)
    assert first["loss_change"] == pytest.approx(0.4 * 3, rel=1e-5)
    assert (table["change"][1:] == 0).all()
    assert table["channels"].iloc[-1] == sum(block.channels for block in BLOCKS)


def test_of_labels_each_for_itself_the_true_one_counts_where_it_is_said():
    output, truth = Output("sigmoid", ("a", "b", "c")), np.array([0, 1, 2])
    outputs = np.full((len(PLAN) + 1, 3, 3), 0.9)
    outputs[1, 0, 0], outputs[1, 1, 1] = 0.5, 0.51
    swept = of_outputs(PLAN, BLOCKS, output, truth, outputs)
    assert swept.guesses[:2].tolist() == [[0, 1, 2], [-1, 1, 2]]
    first = sweep_table(swept).iloc[0]
    assert (first["broken"], first["mended"]) == (1, 0)
    assert first["change"] == pytest.approx(-1 / 3)
    assert first["loss_change"] == pytest.approx(np.log(0.9**2 / 0.5 / 0.51) / 3, rel=1e-4)


def test_by_class(made):
    table = class_table(made, 0)
    assert list(table["class"]) == ["a", "b", "all"]
    assert list(table["change"]) == pytest.approx([-0.4, -0.4, -0.4])


def test_a_file_gives_it_back(made, tmp_path):
    made.save(tmp_path / "sweep.npz")
    again = sweep_record.load(tmp_path / "sweep.npz")
    assert (again.plan, again.blocks, again.classes) == (made.plan, made.blocks, made.classes)
    assert again.record == made.record
    np.testing.assert_array_equal(again.guesses, made.guesses)
    np.testing.assert_allclose(again.losses, made.losses, rtol=1e-3)


def test_sentences_name_the_block_that_matters(made):
    said = does_freezing_hurt_less(sweep_table(made))
    assert "every gate frozen at its mean, the network loses **0.0 points**" in said
    assert "bypassing **SE_2_1** costs most, 40.0 points" in said
    assert "in **1** of 5" in said


def test_sentences_do_not_call_a_gain_a_loss(made):
    said = does_freezing_hurt_less(sweep_table(made).assign(change=0.4))
    assert "every gate bypassed, it gains **40.0 points**" in said
    assert "bypassing none costs accuracy; freezing hurts less" in said


def test_one_picture_under_each(made):
    logits = np.zeros((len(PLAN) + 1, 2), np.float32)
    logits[:, 0] = 1
    logits[3] = (0, 4)
    table = picture_sweep_table(PLAN, OUTPUT, logits)
    assert table.loc[2, "block"] == "SE_3_1"
    assert table.loc[2, "guess"] == "b"
    assert table["flipped"].sum() == 1
    assert table.loc[2, "change"] == pytest.approx(1 / (1 + np.e**4) - 1 / (1 + 1 / np.e))
    assert "**SE_3_1** moves the prediction most" in most_moved(table, OUTPUT)
    still = picture_sweep_table(PLAN, OUTPUT, np.zeros_like(logits))
    assert most_moved(still, OUTPUT) == "Bypassed one at a time, no block moves the prediction."
    overflown = table.assign(change=np.nan)
    assert "is no number (nan)" in most_moved(overflown, OUTPUT)


@pytest.mark.parametrize("sizes", [(1, 1, 1, 2), (2, 2, 2, 1), (1, 1, 1, 1), (2, 0, 0, 0)])
def test_the_last_stage_is_found_however_many_blocks_it_has(sizes):
    blocks = blocks_by_stage(sizes, 4)
    plan = sweep_plan(blocks)
    assert len(plan) == len(set(plan))
    sweep = of_outputs(plan, blocks, OUTPUT, np.zeros(3, int), np.zeros((len(plan) + 1, 3, 2)))
    table, last = last_stage_table(sweep), blocks[-1].stage
    assert list(table["how"]) == ["bypass", "freeze"]
    assert set(table["stage"]) == {f"stage {last}"}
    assert set(table["channels"]) == {sum(b.channels for b in blocks if b.stage == last)}


def test_without_stages_there_is_no_last_one():
    blocks = blocks_by_depth([4, 8])
    plan = sweep_plan(blocks)
    logits = np.zeros((len(plan) + 1, 3, 2))
    assert last_stage_table(of_outputs(plan, blocks, OUTPUT, np.zeros(3, int), logits)).empty


def test_sweeps_over_some_pictures_after_one_another_are_one_over_all(made):
    truth = np.array([0, 1] * 5)
    logits = np.tile(3 * np.eye(2, dtype=np.float32)[truth], (len(PLAN) + 1, 1, 1))
    logits[1, :4] *= -1
    parts = [
        of_outputs(PLAN, BLOCKS, OUTPUT, truth[part], logits[:, part])
        for part in (slice(0, 3), slice(3, 10))
    ]
    again = joined(parts)
    for name in ("truth", "guesses", "losses"):
        np.testing.assert_array_equal(getattr(again, name), getattr(made, name))
