"""A new kind of intervention is one class and one line of the registry: then it is everywhere."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from se_viz import cli
from se_viz.cli import network
from se_viz.experiments import sweep_record
from se_viz.experiments.sweep_record import of_outputs
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.interventions import registry
from se_viz.interventions.base import InterventionKind
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.options import Amount
from se_viz.interventions.selection import Selection
from se_viz.probe.edit import Edit, fixed, scaled
from tests.make import blocks_by_stage, single
from tests.pictures.picture_files import picture
from tests.ui.driver import figures, open_app, sound
from tests.ui.saving import manifest, saving

ALL = ["with-and-without", "every-way", "sweep-of-picture"]


@dataclass(frozen=True)
class Invert(InterventionKind):
    """Every gate s becomes `around` - s."""

    key = "invert"
    title = "turn over"
    help = "turned over: what was open shuts"
    why = "Every gate is turned over."
    options = (Amount("around", "sum of before and after, for {kinds}", "Sum", "sum", "sum"),)

    sum: float = 1.0

    @property
    def done(self):
        return f"turned over around {self.sum / 2:g}"

    def edit(self, selection, replacements):
        turned = scaled(selection.blocks, selection.places, -1.0)
        return Edit(
            turned.keep, fixed(selection.blocks, selection.places, self.sum).add, turned.take
        )


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    monkeypatch.setattr(registry, "INTERVENTIONS", (*registry.INTERVENTIONS, Invert))


def test_the_lab_offers_it_and_files_and_report_say_its_words():
    with saving() as files:
        app = open_app("lab", at=["SE_4_6"])
        app.selectbox(key="do").set_value("turn over")
        assert figures(sound(app.run())) == ALL
        app.slider(key="sum").set_value(0.75)
        assert figures(sound(app.run())) == ALL
        said = "SE_4_6 turned over around 0.375"
        assert f"With **{said}**" in "\n".join(node.value for node in app.main.markdown)
        assert Invert.why in [node.value for node in app.main.caption]
        made = manifest(files, "with-and-without")
        assert made["source"].endswith(said)
        assert (made["settings"]["do"], made["settings"]["sum"]) == ("turn over", 0.75)
        assert said in files["se-viz-report.html"]().decode()
        with np.load(io.BytesIO(files["gates-in-hand.npz"]())) as file:
            before, after = file["gate/SE_4_6"]
            np.testing.assert_allclose(after, 0.75 - before, atol=1e-6)
    table = pd.read_csv(io.BytesIO(files["every-way.csv"]()))
    assert table["how"][0] == "invert"


def test_a_link_brings_it_back():
    app = open_app("lab", do="turn over", at="SE_2_1", sum="0.5")
    said = "\n".join(node.value for node in app.main.markdown)
    assert "With **SE_2_1 turned over around 0.25**" in said


def test_the_command_line_takes_it(tmp_path, capsys, monkeypatch, loaded_once):
    (tmp_path / "p.png").write_bytes(picture(1))
    out = tmp_path / "effects.csv"
    given = ["intervene", str(tmp_path / "p.png"), "--do", "invert", "--at", "stage_5"]
    assert cli.main([*given, "--around", "0.5", "--out", str(out)]) == 0
    assert capsys.readouterr().out.startswith("stage 5 turned over around 0.25: ")
    settings = json.loads((tmp_path / "effects.json").read_text())["settings"]
    kept = {"model": "builtin", "paths": ["p.png"], "do": "invert", "at": ["stage_5"]}
    assert settings == kept | {"around": 0.5}
    monkeypatch.setattr(network, "probe_of", pytest.fail)
    assert cli.main([*given[:2], "--around", "1"]) == cli.MISUSED
    assert "--around has no use here, as --do is bypass" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["intervene", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "invert: turned over: what was open shuts" in told
    assert "sum of before and after, for invert" in told


def test_a_saved_sweep_keeps_it(tmp_path):
    blocks = blocks_by_stage((1, 1), 4)
    plan = [Intervention(Invert(0.5), Selection.parse(blocks, ["SE_3_1:0-3"]))]
    truth, outputs = np.array([0, 1]), np.zeros((2, 2, 2), np.float32)
    of_outputs(plan, blocks, single(2), truth, outputs).save(tmp_path / "sweep.npz")
    again = sweep_record.load(tmp_path / "sweep.npz")
    assert again.plan == tuple(plan)
    assert sweep_table(again)[["how", "where"]].values.tolist() == [["invert", "SE_3_1:0-3"]]
