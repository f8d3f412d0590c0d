"""The times that ship: of every row that is weighed, and how they were measured."""

from __future__ import annotations

import json

import pytest

from se_viz.experiments.replication.worth import TITLES, read_times
from se_viz.experiments.timing import FEWEST
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
    assert made["rounds"] == FEWEST
    assert main(["times", "--seconds", "0", "--out", str(out)]) == 2


@pytest.mark.parametrize("seconds", ["nan", "inf", "-1"])
def test_seconds_that_would_never_end_are_refused_at_once(tmp_path, seconds, capsys):
    assert main(["times", f"--seconds={seconds}", "--out", str(tmp_path / "times.json")]) == 2
    assert f"for some seconds, not for {seconds}." in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_stop_says_that_nothing_was_kept(tmp_path, monkeypatch, capsys):
    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(times, "measured", stop)
    assert main(["times", "--out", str(tmp_path / "times.json")]) == 130
    assert "Stopped; nothing was kept of it." in capsys.readouterr().err


def test_what_ships_has_every_row():
    made = read_times(builtin.TIMES)
    assert set(made["rows"]) == set(TITLES)
    assert all(low <= ratio <= high for ratio, low, high in made["rows"].values())
    assert made["rounds"] > 100
