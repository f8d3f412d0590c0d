"""`--precision bfloat16`: used, named in the file, and what it changes is said."""

from __future__ import annotations

import json

import numpy as np
import pytest

from se_viz import cli
from se_viz.probe.runtimes.openvino import compiled
from tests.pictures.picture_files import picture

pytestmark = pytest.mark.skipif("bfloat16" not in compiled.precisions(), reason="not to be had")


def test_gates_in_bfloat16_say_so_and_what_that_changes(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(picture(0))
    out = tmp_path / "gates.npz"
    given = ["gates", str(tmp_path / "a.png"), "--out", str(out), "--precision", "bfloat16"]
    assert cli.main(given) == 0
    told = capsys.readouterr().err
    assert "Measured on this picture: bfloat16 instead of float32 changes a gate by at most" in told
    with np.load(out) as found:
        network = json.loads(str(found["manifest"]))["network"]
    assert (network["runtime"], network["precision"]) == ("OpenVINO", "bfloat16")


def test_the_self_check_says_that_it_is_too_coarse(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(picture(0))
    cli.main(["check", str(tmp_path / "a.png"), "--precision", "bfloat16"])
    told = capsys.readouterr().out
    assert "is incomplete" in told
    assert "the network is run in bfloat16, too coarse for this comparison." in told


def test_means_in_single_precision_are_not_put_in(tmp_path, capsys):
    (tmp_path / "a.png").write_bytes(picture(0))
    given = ["intervene", str(tmp_path / "a.png"), "--do", "freeze", "--precision", "bfloat16"]
    assert cli.main(given) != 0
    assert "has no class profile of its own in bfloat16" in capsys.readouterr().err
