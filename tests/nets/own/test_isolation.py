"""Uploads are opened in a process of their own first."""

from __future__ import annotations

import sys
import tempfile

import pytest

from se_viz.nets.own import FileLimits, Options, isolation, open_upload
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import Preprocessing
from tests.nets.own import files


def test_a_good_file_is_opened():
    options = Options(("a", "b", "c"), PixelOptions("0..1"), "", FileLimits(parameters=10_000))
    network = open_upload(files.plain(), "mine.keras", options)
    assert network.name == "mine.keras"
    assert network.classes == ("a", "b", "c")
    assert network.preprocessing == PixelOptions("0..1", 16).upon(Preprocessing())


def test_options_arrive_as_they_were_given():
    for options in (
        Options(),
        Options(
            *(("a",), PixelOptions("-1..1", 64, 0.9), "depth=18", FileLimits(calls=7)),
            *("multilabel-logits", "head"),
        ),
    ):
        assert (
            isolation._options(
                isolation.json.loads(isolation.json.dumps(isolation._plain(options)))
            )
            == options
        )


def test_a_refusal_keeps_its_sentence(monkeypatch):
    monkeypatch.setattr(isolation, "open_file", None)  # it is the other process that refuses
    monkeypatch.setenv("PYTHONIOENCODING", "cp1252")  # as on many Windows machines
    with pytest.raises(ValueError, match=r"^猫\.keras is no \.keras file: .*none at all\.$"):
        open_upload(b"nothing", "猫.keras")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os, tempfile; tempfile.mkdtemp(); os.abort()", "ends the process that opens it"),
        ("raise SystemExit(1)", "ends the process that opens it"),
        ("while True: pass", "takes more than 0.2 seconds"),
    ],
)
def test_what_crashes_or_hangs_is_refused_and_leaves_nothing(monkeypatch, tmp_path, script, reason):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(isolation, "COMMAND", (sys.executable, "-S", "-c", script))
    monkeypatch.setattr(isolation, "open_file", None)
    if "while" in script:
        monkeypatch.setattr(isolation, "SECONDS", 0.2)
    with pytest.raises(ValueError, match=rf"^mine\.keras {reason}"):
        open_upload(files.plain(), "mine.keras")
    assert not list(tmp_path.iterdir())
