"""What is found is said block by block, with yardsticks, and nothing where nothing is."""

from __future__ import annotations

import pandas as pd
import pytest

from se_viz.analysis.health import sentences
from se_viz.analysis.health.table import COLUMNS, FINDING, FINE, UNTOLD, YARDSTICKS, yardsticks_of
from se_viz.experiments.health import shipped_yardsticks
from se_viz.nets import builtin


def table(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Rows of block, check and verdict."""
    made = []
    for depth, (block, slug, verdict) in enumerate(rows, 1):
        detail = "It takes more." if verdict == UNTOLD else ""
        facts = (block, 0, depth, slug, "", verdict, 0.0005, detail, "below 0.001")
        made.append((*facts, 0.15, 0.45, 0.04, 0.09))
    return pd.DataFrame(made, columns=[*COLUMNS, *YARDSTICKS])


def test_a_healthy_network_gets_one_sentence():
    healthy = table(("SE_1", "constant", FINE), ("SE_2", "constant", FINE))
    assert sentences.summary(healthy, sentences.these(12)) == (
        "All 2 blocks look healthy on these 12 pictures."
    )
    assert not sentences.meanings(healthy)
    assert not sentences.untold(healthy)


def test_a_finding_has_its_number_its_threshold_and_its_yardsticks():
    found = table(("SE_1", "constant", FINDING), ("SE_2", "constant", FINE))
    (row,) = sentences.findings(found).itertuples()
    assert sentences.line(row) == "SE_1: gates are the same for every picture: 0.0005"
    (meaning,) = sentences.meanings(found)
    assert meaning.startswith(
        "Gates are the same for every picture in SE_1. Measured: largest standard deviation of a "
        "gate over the pictures (found below 0.001; built-in network: 0.15 to 0.45 trained, 0.04 "
        "to 0.09 before training). It may mean: "
    )
    assert sentences.summary(found, "these 3 pictures") == (
        "1 finding in 1 of 2 blocks, on these 3 pictures."
    )


def test_without_yardsticks_a_finding_is_told_all_the_same():
    found = table(("SE_1", "constant", FINDING)).assign(**dict.fromkeys(YARDSTICKS, float("nan")))
    said, why = sentences.meanings(found)
    assert "(found below 0.001). It may mean: " in said
    assert why == sentences.NO_YARDSTICKS


def test_what_cannot_be_told_is_named_once_for_each_reason():
    whole = table(("SE_1", "constant", UNTOLD), ("SE_1", "noise", UNTOLD))
    assert sentences.untold(whole) == ["It takes more."]
    half = table(("SE_1", "constant", UNTOLD), ("SE_2", "constant", FINE))
    assert sentences.untold(half) == ["SE_1: It takes more."]


def test_yardsticks_are_the_ends_over_blocks():
    rows = [["SE_1", "noise", FINE, 0.5], ["SE_2", "noise", FINE, 0.7]]
    record = {"columns": ["block", "check", "verdict", "number"], "trained": rows}
    found = yardsticks_of(record | {"untrained": rows[:1]})["noise"]
    assert found == dict(zip(YARDSTICKS, (0.5, 0.7, 0.5, 0.5), strict=True))


def test_yardsticks_of_other_weights_are_not_shown(monkeypatch):
    record = builtin.health() | {"weights_sha256": "0" * 64}
    monkeypatch.setattr(builtin, "health", lambda: record)
    assert shipped_yardsticks() == {}


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c", "d", "e"]])
def test_many_blocks_are_counted(names):
    found = table(*((name, "noise", FINDING) for name in names))
    (said,) = sentences.meanings(found)
    assert ("and 1 more" in said) == (len(names) > 4)
