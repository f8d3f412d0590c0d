"""`python -m se_viz check`: does the probe read what the network does? Are gates all right?"""

from __future__ import annotations

import argparse
from itertools import chain
from pathlib import Path

from se_viz.cli import network, output, pictures
from se_viz.cli.output import FAILED
from se_viz.experiments.check import check
from se_viz.experiments.predict import PictureLog
from se_viz.pictures import draw_stimuli

NAME = "check"
TEXT = "check that the probe reads what the network does, or that gates are all right"
FINDINGS = 3
"""Exit status where something is found in the gates."""
PICTURES = (
    "instead, say whether the gates of every block are all right on these pictures and on uniform "
    f"noise; ends with 0 where they look healthy, {FINDINGS} where something is found"
)


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    pictures.options(command, "*", "default: drawn stimuli")
    command.add_argument("--pictures", nargs="+", type=Path, metavar="PATH", help=PICTURES)
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Print how far gates as read and as recomputed lie apart; 0 where all is well, else 1. With
    `--pictures`, print what is found in the gates: 0 where nothing is, else 3."""
    if choice.pictures:
        return _health(choice)
    import numpy as np

    if not choice.paths:
        pictures.refuse_unused(choice)
    stimuli = (stimulus.source() for stimulus in draw_stimuli())
    sources = pictures.gather(choice) if choice.paths else stimuli
    probe = network.probe_of(choice)
    model_inputs = [p.model_input for p in pictures.loaded(sources, probe.network.preprocessing)]
    if not model_inputs:
        return output.nothing("checked")
    found = check(probe, np.stack(model_inputs))
    for block, difference in found.check.differences.items():
        print(f"{block:8} {difference:.1e}")
    print(found.check.describe())
    print(found.identity.describe())
    return 0 if found.passed else FAILED


def _health(choice: argparse.Namespace) -> int:
    if choice.paths:
        raise ValueError("--pictures asks another question than a PATH alone: give one of both.")
    sources = pictures.gather(argparse.Namespace(**vars(choice) | {"paths": choice.pictures}))
    probe, log = network.probe_of(choice), PictureLog()
    from se_viz.analysis.health import sentences
    from se_viz.experiments.health import health_of

    readings = pictures.readings(sources, probe, log, of_classes=False)
    first = next(readings, None)
    if first is None:
        return output.nothing("checked")
    table = health_of(probe, chain([first], readings))
    found = sentences.findings(table)
    for row in found.itertuples():
        print(sentences.line(row))
    for said in (*sentences.meanings(table), *sentences.untold(table)):
        print(said)
    print(sentences.summary(table, sentences.these(len(log))))
    return FINDINGS if len(found) else 0
