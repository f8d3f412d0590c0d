"""Whatever becomes of what is printed, nobody notices but those who look at it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tqdm import tqdm

from se_viz import cli, terminal
from se_viz.terminal import Sturdy, complain, sturdy

ROOT = Path(__file__).resolve().parents[1]
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full")


def full() -> io.TextIOWrapper:
    """A stream to a full disk."""
    return os.fdopen(os.open(FULL, os.O_WRONLY), "w")


def left() -> io.TextIOWrapper:
    """A stream into a pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w")


def shut() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("stream", [left, shut, lambda: None], ids=["left", "closed", "none"])
def test_printing_and_bars_go_on_without_a_reader(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream())
    monkeypatch.setattr(sys, "stderr", stream())
    done = 0
    with sturdy():
        for _ in tqdm(range(3), file=sys.stderr, mininterval=0):
            print("a" * 100_000, flush=True)
            done += 1
        complain("at the end")
    assert done == 3
    if sys.stdout and not sys.stdout.closed:
        sys.stdout.close()  # as Python does at its end


def test_letters_that_a_terminal_lacks_are_spelled_out(monkeypatch):
    kept = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(kept, "cp1252"))
    with sturdy() as printed:
        print("猫 und Käse \udcff")
    assert kept.getvalue().decode("cp1252").strip() == r"\u732b und Käse \udcff"
    assert printed.lost is None


def test_streams_are_put_back_also_after_an_error():
    before = sys.stdout, sys.stderr

    def stopped():
        with sturdy():
            assert isinstance(sys.stdout, Sturdy)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert (sys.stdout, sys.stderr) == before


@needs_full
def test_a_command_that_only_prints_fails_where_nothing_can_be_printed(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdout", full())
    assert cli.main(["models"]) == cli.FAILED
    said = "What was printed could not be written: No space left on device.\n"
    assert capsys.readouterr().err == said
    sys.stdout.close()


def run(command: list[str], **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, stderr=subprocess.PIPE, check=False, **options
    )


@pytest.mark.parametrize("command", [["se_viz", "models"], ["se_viz.training", "--help"]], ids=str)
def test_a_reader_that_leaves_is_no_failure(command):
    with left() as gone:
        done = run(command, stdout=gone)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_reason_of_a_refusal_reaches_whoever_called_whatever_its_letters(tmp_path):
    settings = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    wanted = str(tmp_path / "猫" / "gates.npz")
    here = str(Path(__file__))  # is there, and never read
    done = run(["se_viz", "gates", here, "--out", wanted], env=os.environ | settings)
    assert done.returncode == cli.MISUSED
    assert rb"\u732b to write to." in done.stderr


def test_the_last_words_need_no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)
    terminal.complain("nobody hears it")
