"""What SE gains and takes: paired by seed, counted in closed form."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from se_viz.complexity import cost
from se_viz.experiments.replication.compare import read
from se_viz.experiments.replication.record import LIGHTS, Record
from se_viz.experiments.replication.worth import TITLES, layout_of, worth_table
from se_viz.nets import builtin
from se_viz.training.replicate.rows import ROWS

TRUTH = np.arange(8) % 2


def run(row: str, wrong: int) -> Record:
    guesses = np.where(np.arange(8) < wrong, 9, TRUTH).astype(np.uint8)
    lights = np.tile(guesses, (len(LIGHTS), 1))
    return Record(lights, np.zeros(len(LIGHTS)), {"layout": asdict(ROWS[row])})


RECORDS = {
    "plain": {0: run("plain", 4), 1: run("plain", 5)},
    "r16": {0: run("r16", 2), 1: run("r16", 3), 2: run("r16", 8)},
    "r2": {1: run("r2", 1)},
}


def test_gains_are_of_the_same_seeds_and_weights_of_the_closed_form():
    table = worth_table(RECORDS, TRUTH).set_index("row")
    assert list(table.index) == ["plain", "r16", "r2"]
    assert table["seeds"].tolist() == [2, 2, 1]
    assert table["gained"].tolist() == [0, 0.25, 0.5]
    assert table.loc["r16", ["low", "high"]].tolist() == [0.25, 0.25]
    assert np.isnan(table.loc["r2", "low"])
    found = cost(ROWS["r16"], 80)
    assert table.loc["r16", "weights"] == found.weights + sum(found.added)
    assert table.loc["r16", "more"] == pytest.approx(found.added_share)
    assert table["time"].isna().all()


def test_times_stand_beside_those_that_were_timed():
    times = {"rows": {"plain": [1, 1, 1], "r16": [1.1, 1.05, 1.2]}}
    table = worth_table(RECORDS, TRUTH, times=times).set_index("row")
    assert table.loc["r16", ["time", "time_low", "time_high"]].tolist() == [1.1, 1.05, 1.2]
    assert np.isnan(table.loc["r2", "time"])


def test_every_row_that_is_weighed_ships():
    records = read(builtin.REPLICATION)
    assert set(TITLES) <= set(records)
    assert all(layout_of(records, row) == ROWS[row] for row in TITLES)
