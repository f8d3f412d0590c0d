"""The command line tells of networks whose gates do not follow the picture."""

from __future__ import annotations

import pytest

from se_viz import cli
from se_viz.cli import network
from tests.pictures.picture_files import picture


@pytest.mark.parametrize("command", ["gates", "check", "profile"])
def test_a_network_that_has_not_learned_is_told_so(command, tmp_path, capsys, monkeypatch):
    from se_viz.probe.probe import Probe
    from tests.probe.gates.test_constant import unlearned
    from tests.probe.networks import model_of, network_of

    probe = Probe(network_of(model_of(unlearned)))
    monkeypatch.setattr(network, "probe_of", lambda choice: probe)
    (tmp_path / "1.png").write_bytes(picture(1))
    out = [] if command == "check" else ["--out", str(tmp_path / "out.npz")]
    assert cli.main([command, str(tmp_path / "1.png"), *out]) == 0
    said = "Every gate of SE_1 is 0.5 whatever the picture: this block has not learned."
    assert said in capsys.readouterr().out
