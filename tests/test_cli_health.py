"""`check --pictures`: what is found in the gates, and an exit status for scripts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from se_viz import cli
from se_viz.cli import check, network
from tests.pictures.picture_files import picture


@pytest.fixture
def photos(tmp_path) -> Path:
    from tests.analysis.health import broken

    folder = tmp_path / "photos"
    folder.mkdir()
    for number, pixels in enumerate(broken.model_inputs()):
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


def through(monkeypatch, name: str) -> None:
    """The command line looks through a network that is broken in this way."""
    from tests.analysis.health import broken

    probe = broken.probe_of(broken.BROKEN[name][0]())
    monkeypatch.setattr(network, "probe_of", lambda choice: probe)


def test_a_healthy_network_ends_with_nothing_and_one_sentence(photos, monkeypatch, capsys):
    through(monkeypatch, "sound")
    assert cli.main(["check", "--pictures", str(photos)]) == 0
    said = capsys.readouterr()
    assert said.out == "The one block looks healthy on these 32 pictures.\n"
    assert "guess" not in said.err


def test_findings_end_with_a_status_of_their_own(photos, monkeypatch, capsys):
    through(monkeypatch, "dead")
    assert cli.main(["check", "--pictures", str(photos)]) == check.FINDINGS == 3
    line, meaning, *_, summary = capsys.readouterr().out.splitlines()
    assert line.startswith("SE_1: bottleneck units never open: 93.8%, 15 of 16 units")
    assert "(found above 90%" in meaning
    assert "It may mean: Dead units" in meaning
    assert summary == "1 finding in 1 of 1 block, on these 32 pictures."


def test_a_single_picture_is_told_what_it_cannot_tell(photos, monkeypatch, capsys):
    through(monkeypatch, "sound")
    assert cli.main(["check", "--pictures", str(photos / "3.png")]) == 0
    said = capsys.readouterr().out
    assert "takes two pictures or more" in said
    assert said.endswith("looks healthy on this one picture as far as could be told.\n")


def test_without_a_readable_picture_nothing_is_checked(tmp_path, monkeypatch, capsys):
    through(monkeypatch, "sound")
    (tmp_path / "broken.png").write_bytes(picture(4)[:60])
    assert cli.main(["check", "--pictures", str(tmp_path)]) == cli.FAILED
    assert "nothing was checked" in capsys.readouterr().err


@pytest.mark.parametrize("more", [["photos"], ["photos", "--pictures", "none"]])
def test_mistakes_are_told_before_a_network_is_loaded(more, photos, monkeypatch, capsys):
    monkeypatch.setattr(network, "probe_of", pytest.fail)
    monkeypatch.chdir(photos.parent)
    arguments = [*more, "--pictures", "photos"] if len(more) == 1 else more
    assert cli.main(["check", *arguments]) == cli.MISUSED
    assert capsys.readouterr().err.count("\n") == 1


def test_the_status_stands_in_the_help(capsys):
    with pytest.raises(SystemExit):
        cli.main(["check", "--help"])
    assert "3 where something is found" in " ".join(capsys.readouterr().out.split())
