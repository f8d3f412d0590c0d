"""The scores of the rendered scenes are those of the network that ships."""

from __future__ import annotations

import csv

import pytest

from se_viz.nets import zoo
from se_viz.pictures.rendered import COLUMNS, SCORES, scores
from se_viz.probe.probe import Probe
from se_viz.training.app_assets.scenes import score, write

CLOSE = 0.01


def test_measured_again_they_are_the_same(tmp_path):
    probe = Probe(zoo.load())
    rows = score(probe)
    shipped = scores(probe.network.fingerprint)
    assert len(rows) == len(shipped) == 116
    by_name = {(scene.label, scene.view, light): s for (scene, light), s in shipped.items()}
    for label, view, light, probability, *_ in rows:
        assert probability == pytest.approx(by_name[label, view, light].probability, abs=CLOSE)
    write(rows, tmp_path / "again.csv")
    with (
        (tmp_path / "again.csv").open(encoding="utf-8", newline="") as made,
        SCORES.open(encoding="utf-8", newline="") as file,
    ):
        again, before = list(csv.DictReader(made)), list(csv.DictReader(file))
    assert tuple(again[0]) == COLUMNS
    assert [row["view"] for row in again] == [row["view"] for row in before]
