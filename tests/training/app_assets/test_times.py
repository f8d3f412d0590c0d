"""The times that ship: of every row that is weighed, and how they were measured."""

from __future__ import annotations

import json

from se_viz.experiments.replication.worth import TITLES, read_times
from se_viz.nets import builtin
from se_viz.training.__main__ import main
from se_viz.training.app_assets import times


def test_the_command_times_each_row_and_says_how(tmp_path, monkeypatch):
    monkeypatch.setattr(times, "TITLES", {"plain": "no SE", "r16": "r = 16"})
    monkeypatch.setattr(times, "BATCH", 1)
    out = tmp_path / "times.json"
    assert main(["times", "--seconds", "0", "--out", str(out)]) == 0
    made = json.loads(out.read_text())
    assert made["rows"]["plain"] == [1, 1, 1]
    assert made["rows"]["r16"][0] > 0
    assert made["rounds"] == 3
    assert main(["times", "--seconds", "0", "--out", str(out)]) == 2


def test_what_ships_has_every_row():
    made = read_times(builtin.TIMES)
    assert set(made["rows"]) == set(TITLES)
    assert all(low <= ratio <= high for ratio, low, high in made["rows"].values())
    assert made["rounds"] > 100
