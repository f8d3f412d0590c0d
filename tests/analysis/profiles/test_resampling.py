"""Shuffled labels and resampled pictures: the test's size, the interval's cover, bounded work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f_oneway, permutation_test

from se_viz.analysis.profiles import resampling
from se_viz.analysis.profiles.depth import omega_table
from se_viz.analysis.profiles.groups import Group
from se_viz.analysis.profiles.resampling import (
    beyond_chance,
    omega_intervals,
    steps,
    with_intervals,
)
from se_viz.analysis.profiles.specificity import omega_squared
from se_viz.profiles import of_reading
from tests.analysis.hand import reading_of
from tests.make import BLOCKS, ORIGIN, make_reading

LABELS = tuple("aaaabbbbbbccccc")
READING = make_reading(LABELS)
FOUND = omega_intervals(READING, 100)


def test_the_measured_value_is_the_profiles():
    profile = of_reading(READING, BLOCKS, ORIGIN)
    expected = [np.median(omega_squared(profile, block.name)) for block in BLOCKS]
    np.testing.assert_allclose(FOUND["median"], expected, atol=2e-5)
    assert FOUND["block"].tolist() == [block.name for block in BLOCKS]
    assert FOUND["depth"].tolist() == list(range(1, 17))
    assert FOUND[["classes", "pictures", "resamples"]].drop_duplicates().values.tolist() == [
        [3, 15, 100]
    ]


def test_intervals_hold_the_measured_value_and_nulls_stay_near_nothing():
    assert (FOUND["low"] <= FOUND["median"]).all()
    assert (FOUND["median"] <= FOUND["high"]).all()
    assert FOUND["null"].abs().max() < 0.06
    assert (FOUND["null"] <= FOUND["null_high"]).all()


def test_made_gates_are_told_from_chance_late_and_not_early():
    late = FOUND.set_index("block").loc["SE_5_1"]
    assert late["p"] == pytest.approx(1 / 101)
    assert late["low"] > late["null_high"]


def test_the_same_seed_gives_the_same_numbers():
    few = make_reading(LABELS, BLOCKS[:2])
    first, other = omega_intervals(few, 50, 1), omega_intervals(few, 50, 2)
    assert omega_intervals(few, 50, 1).equals(first)
    assert not other.equals(first)
    assert other["median"].tolist() == first["median"].tolist()


def one_by_one(gates: np.ndarray, rows: np.ndarray, picked: np.ndarray) -> float:
    """The median omega squared of some pictures, picture by picture."""
    values, names = gates[picked].astype(float), np.unique(rows)
    groups = [values[rows[picked] == name] for name in names]
    between = sum(len(part) * (part.mean(0) - values.mean(0)) ** 2 for part in groups)
    within = sum(((part - part.mean(0)) ** 2).sum(0) for part in groups)
    noise = within / (len(values) - len(names))
    return float(np.median((between - (len(names) - 1) * noise) / (between + within + noise)))


def test_many_resamples_at_once_equal_one_by_one(monkeypatch):
    monkeypatch.setattr(resampling, "ROOM", 5000)  # several batches
    rng, rows = np.random.default_rng(0), np.array([0] * 4 + [1] * 6 + [2] * 5)
    gates = READING.gates["SE_3_1"]
    values = (gates - gates.mean(0)).astype(np.float32)
    shuffled = rng.permuted(np.tile(rows, (20, 1)), axis=1)
    times = resampling._draws(rows, 20, seed=0)
    np.testing.assert_array_equal(times @ (rows[:, None] == [0, 1, 2]), [[4, 6, 5]] * 20)
    found = resampling._medians(values, shuffled, np.ones_like(times))
    expected = [one_by_one(gates, row, np.arange(15)) for row in shuffled]
    np.testing.assert_allclose(found, expected, atol=2e-5)
    found = resampling._medians(values, np.broadcast_to(rows, times.shape), times)
    picks = [np.repeat(np.arange(15), row.astype(int)) for row in times]
    np.testing.assert_allclose(found, [one_by_one(gates, rows, p) for p in picks], atol=2e-5)


def simulated(effect: float, pictures: int, seed: int) -> tuple[float, dict]:
    """The true median omega squared and what is found, of channels that noise ties together."""
    rng = np.random.default_rng(seed)
    taste, ties = rng.normal(0, effect, (4, 64)), rng.normal(size=(4, 64))
    ties /= np.sqrt((ties**2).sum(0))
    gates = {}
    for name, mean in zip("abcd", taste, strict=True):
        shared = rng.normal(size=(pictures, 4)) @ ties
        own = rng.normal(size=(pictures, 64))
        gates[name] = 0.5 + 0.02 * (mean + (shared + own) / np.sqrt(2))
    spread = taste.var(0)
    found = omega_intervals(reading_of(SE_2_1=gates), 100, seed)
    return float(np.median(spread / (spread + 1))), found.iloc[0].to_dict()


@pytest.mark.parametrize(("effect", "pictures"), [(0.5, 4), (0.5, 12), (1, 12)])
def test_intervals_hold_the_truth_about_as_often_as_they_say(effect, pictures):
    cases = [simulated(effect, pictures, seed) for seed in range(60)]
    held = np.mean([row["low"] <= truth <= row["high"] for truth, row in cases])
    assert held >= 0.88


def test_shuffling_finds_something_where_nothing_is_in_about_one_case_of_twenty():
    found = np.mean([simulated(0, 5, seed)[1]["p"] <= 0.05 for seed in range(100)])
    assert found <= 0.12


@pytest.mark.parametrize("labels", ["", "a", "aaa", "abc"])
def test_too_few_pictures_are_a_table_without_rows(labels):
    found = omega_intervals(make_reading(tuple(labels), BLOCKS[:2]))
    assert found.empty
    assert list(found.columns) == list(FOUND.columns)


def test_gates_that_never_change_are_nothing():
    row = omega_intervals(reading_of(SE_2_1={"a": [[1.0]] * 3, "b": [[1.0]] * 3})).iloc[0]
    assert row[["median", "low", "high", "null_high", "p"]].tolist() == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("resamples", [0, 19, 2001])
def test_resamples_are_bounded(resamples):
    with pytest.raises(ValueError, match="20 to 2000"):
        omega_intervals(READING, resamples)


def test_two_hundred_classes_of_two_pictures_are_measured():
    labels = tuple(str(i // 2) for i in range(400))
    found = omega_intervals(make_reading(labels, BLOCKS[:1]), 20)
    assert found["classes"].tolist() == [200]


@pytest.mark.parametrize("seed", range(4))
def test_p_agrees_with_scipys_exact_permutation_test(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(0.5, 0.1, 4), rng.normal(0.6, 0.1, 4)
    made = {"a": a[:, None], "b": b[:, None]}
    found = omega_intervals(reading_of(SE_2_1=made), 2000).iloc[0]
    exact = permutation_test(
        (a, b), lambda *parts: f_oneway(*parts).statistic, alternative="greater"
    )  # with two classes, omega squared grows with F: all 70 ways to share out the pictures
    assert found["p"] == pytest.approx(exact.pvalue, abs=0.04)


def test_progress_is_told_after_each_block():
    told = []
    omega_intervals(make_reading(LABELS, BLOCKS[:3]), 20, progress=lambda *d: told.append(d))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_work_grows_with_pictures_and_resamples():
    few = make_reading(LABELS, BLOCKS[:2])
    assert steps(few, 100) == 100 * 2 * (15 + 6) * 256
    assert steps(few) > steps(few, 100)


def test_a_table_gets_its_intervals_block_by_block():
    group = Group("mine", of_reading(READING, BLOCKS, ORIGIN))
    other = Group("other", group.profile)
    table = omega_table([group, other])
    joined = with_intervals(table, {"mine": FOUND[::-1]})
    assert joined[list(table.columns)].equals(table)
    assert joined["low"].tolist()[:16] == FOUND["low"].tolist()
    assert joined["p"].isna().tolist() == [False] * 16 + [True] * 16
    assert with_intervals(table, {})["high"].isna().all()


def test_a_sentence_says_where_it_is_more_than_chance():
    said = beyond_chance(FOUND)
    sure = (FOUND["p"] <= 0.05).sum()
    assert said.startswith(f"In {sure} of 16 blocks gates follow the class more than in 95 of 100")
    most = FOUND.loc[FOUND["median"].idxmax()]
    assert f"{most['block']} does most" in said
    assert f"interval {most['low']:.2f} to {most['high']:.2f}" in said
    assert beyond_chance(pd.DataFrame(FOUND).assign(p=0.5)).startswith("In no block")


def test_the_block_that_is_named_is_beyond_chance_itself():
    lucky = FOUND["median"] == FOUND["median"].max()
    table = FOUND.assign(p=np.where(lucky, 0.5, FOUND["p"]))
    best = table[table["p"] <= 0.05].set_index("block")["median"].idxmax()
    assert f"{best} does most" in beyond_chance(table)
    assert FOUND["block"][lucky].item() not in beyond_chance(table)


@pytest.mark.parametrize("seed", range(8))
def test_shuffles_that_give_the_same_classes_again_count_as_reached(seed):
    """Of 3 classes of 2 pictures there are 15 partitions, so p is about 1 / 15 at least."""
    rng = np.random.default_rng(seed)
    reading, name = make_reading(tuple("aabbcc"), BLOCKS[:1]), BLOCKS[0].name
    gates = np.repeat(rng.uniform(0.2, 0.8, (3, BLOCKS[0].channels)), 2, 0)
    gates = (gates + rng.normal(0, 0.01, gates.shape)).astype(np.float32)
    found = omega_intervals(replace(reading, gates={name: gates}), 400)
    assert found["p"].iloc[0] > 0.6 / 15
