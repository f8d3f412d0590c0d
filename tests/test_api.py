"""The package in a few names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import se_viz
from se_viz.interventions import Bypass, MeanAblation
from se_viz.nets import builtin
from tests.pictures.picture_files import picture

README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for number, name in enumerate(("tench", "church") * 2):
        (folder / name).mkdir(exist_ok=True)
        (folder / name / f"{number}.png").write_bytes(picture(400 + number))
    return folder


def test_a_notebook_in_fifteen_lines(builtin_probe, photos):
    seen = se_viz.read(builtin_probe, photos)
    assert set(seen.labels) == {"tench", "church"}
    assert seen.gates["SE_4_6"].shape == (4, 512)
    means = se_viz.profile(builtin_probe, seen)
    assert means.counts == {"church": 2, "tench": 2}
    assert se_viz.figure("gates-by-class", means).data
    after = se_viz.intervene(builtin_probe, photos, do=Bypass(), at="stage 5")
    assert (after.gates["SE_5_3"] == 1).all()
    assert not np.array_equal(after.outputs, seen.outputs)
    frozen = se_viz.intervene(builtin_probe, photos, do=MeanAblation(), at=("SE_2_1",), means=means)
    assert np.ptp(frozen.gates["SE_2_1"], axis=0).max() == 0
    assert len(se_viz.figure("sweep", se_viz.sweep(builtin_probe, photos, means=means)).data) > 1


def test_the_example_of_the_readme_runs(photos, tmp_path, monkeypatch):
    (code,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.S)
    (tmp_path / "photos").symlink_to(photos)
    monkeypatch.chdir(tmp_path)
    exec(code, {})
    assert len([line for line in code.splitlines() if line.strip()]) < 15
    assert {path.name for path in tmp_path.iterdir()} == {"photos", "gates.html", "sweep.html"}


def test_blocks_are_found_by_structure(builtin_probe):
    found = se_viz.find(builtin.load())
    assert [site.block for site in found.sites] == list(builtin_probe.blocks)


@pytest.mark.long
def test_it_is_checked_on_synthetic_stimuli(builtin_probe):
    assert se_viz.check(builtin_probe).passed


def test_gates_are_asked_whether_they_are_all_right(builtin_probe, photos):
    found = se_viz.health(builtin_probe, photos)
    assert set(found["block"]) == {block.name for block in builtin_probe.blocks}
    assert not (found["verdict"] == "finding").any()


def test_every_figure_of_profiles_is_one_call(builtin_probe, photos):
    from se_viz.figures.catalogue import ENTRIES

    means = se_viz.profile(builtin_probe, se_viz.read(builtin_probe, photos))
    able = [entry.slug for entry in ENTRIES if entry.of_profiles]
    assert len(able) == 10
    for slug in able:
        assert se_viz.figure(slug, means).data, slug


def test_a_wrong_name_of_a_figure_is_told_all_there_are(builtin_probe):
    with pytest.raises(ValueError, match="gates-by-class, gate-histograms"):
        se_viz.figure("gates by class")


def test_what_cannot_be_read_is_warned_of(builtin_probe, photos, tmp_path):
    (tmp_path / "broken.png").write_bytes(b"no picture")
    (tmp_path / "whole.png").write_bytes(picture(404))
    with pytest.warns(UserWarning, match=r"broken\.png"):
        assert len(se_viz.read(builtin_probe, tmp_path)) == 1
    nothing = pytest.raises(ValueError, match="No picture could be read")
    with pytest.warns(UserWarning, match="broken"), nothing:
        se_viz.read(builtin_probe, tmp_path / "broken.png")


def test_nothing_is_loaded_before_it_is_asked_for():
    script = "import sys, se_viz; dir(se_viz); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not {"numpy", "keras", "tensorflow", "pandas", "plotly"} & set(done.stdout.split())
    assert {"load", "Probe", "Profile", "figure"} <= set(dir(se_viz))
