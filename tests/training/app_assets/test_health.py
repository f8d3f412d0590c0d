"""The yardsticks that ship: of the shipped weights, made by a command."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from se_viz.analysis.health.catalogue import CHECKS
from se_viz.analysis.health.table import FINDING, TRAINED, UNTRAINED
from se_viz.experiments.health import shipped_yardsticks
from se_viz.nets import builtin, weights
from se_viz.training.__main__ import main
from tests.training.test_commands import draw_folder


@pytest.fixture(scope="module")
def record() -> dict:
    return builtin.health()


def table(record: dict, name: str) -> pd.DataFrame:
    return pd.DataFrame(record[name], columns=record["columns"])


def test_they_are_shown_only_beside_the_weights_that_they_are_of(record):
    same = record["weights_sha256"] == weights.fingerprint(builtin.WEIGHTS)
    assert bool(shipped_yardsticks()) == same


def test_they_say_how_they_were_made(record):
    assert record["command"] == "python -m se_viz.training health --data DIR"
    assert record["pictures"] == 3925
    assert record["noise"] == {"model_inputs": 16, "seed": 0}
    assert record["device"]
    assert record["versions"]["keras"]


@pytest.mark.parametrize("name", [TRAINED, UNTRAINED])
def test_every_check_answered_for_every_block(record, name):
    rows = table(record, name)
    assert len(rows) == 16 * len(CHECKS)
    assert rows["number"].notna().all()
    assert set(rows["check"]) == {one.slug for one in CHECKS}


def test_the_trained_network_is_quiet_and_the_other_is_found_untrained(record):
    assert not (table(record, TRAINED)["verdict"] == FINDING).any()
    found = table(record, UNTRAINED).query("verdict == @FINDING")
    assert set(found["check"]) == {"initial-weights"}
    assert len(found) == 16


def test_weights_tell_training_from_none_by_a_wide_margin(record):
    numbers = [
        table(record, name).query("check == 'initial-weights'")["number"]
        for name in (UNTRAINED, TRAINED)
    ]
    assert numbers[0].max() < 1.05
    assert numbers[1].min() > 1.2


def test_the_command_measures_both_and_records(tmp_path, capsys):
    pytest.importorskip("keras")
    draw_folder(tmp_path, "val", 1)
    out = tmp_path / "health.json"
    assert main(["health", "--data", str(tmp_path), "--out", str(out)]) == 0
    made = json.loads(out.read_text())
    assert made["pictures"] == 10
    assert made["weights_sha256"] == weights.fingerprint(builtin.WEIGHTS)
    assert made["untrained_sha256"] != made["weights_sha256"]
    assert len(made[TRAINED]) == len(made[UNTRAINED]) == 16 * len(CHECKS)
    assert "16 blocks" in capsys.readouterr().out
