"""`python -m se_viz gates`: the gates of pictures as a file."""

from __future__ import annotations

import argparse

from se_viz import files
from se_viz.cli import network, output, pictures
from se_viz.experiments.predict import PictureLog
from se_viz.manifest import inside
from se_viz.probe.gates import constant
from se_viz.probe.reading import join

NAME = "gates"
TEXT = "write the gates of pictures to an NPZ file"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    pictures.options(command)
    output.options(command, "FILE.npz")
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Write names, labels, logits, gates and squeezes of every picture."""
    output.check(choice)
    sources = pictures.gather(choice)
    probe = network.probe_of(choice)
    log = PictureLog()
    readings = list(pictures.readings(sources, probe, log))
    if not readings:
        return output.nothing()
    reading = join(readings)
    manifest = output.manifest(choice, NAME, probe, log)
    files.write(choice.out, inside(reading.npz(), manifest))
    print(f"{len(reading)} pictures, {len(probe.blocks)} SE blocks: {choice.out}")
    measured = constant.of_gates(reading.gates)
    for sentence in constant.sentences(probe.sites, measured, len(reading)):
        print(sentence)
    return 0
