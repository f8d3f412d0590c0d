"""`python -m se_viz check`: does the probe read what the network computes?"""

from __future__ import annotations

import argparse

from se_viz.cli import network, output, pictures
from se_viz.cli.output import FAILED
from se_viz.experiments.check import check
from se_viz.pictures import draw_stimuli

NAME = "check"
TEXT = "check that the probe reads what the network does"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    pictures.options(command, "*", "default: drawn stimuli")
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Print how far gates as read and as recomputed lie apart; 0 where all is well, else 1."""
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
