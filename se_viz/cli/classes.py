"""Which class each picture is of, as folders and lists say, and what does not count."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from se_viz.analysis.predictions.true_classes import Truth, said, truth_of
from se_viz.experiments.predict import PictureLog
from se_viz.experiments.sentences import SEVERAL
from se_viz.nets.output import Output

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

FOLDERS = (
    "names of folders are the names of classes, or their numbers, counted from 0; default: numbers "
    "where all are and the network has ImageNet's thousand classes"
)
NUMBERS = "Names of folders are taken for the numbers of classes; --folders names undoes it"


def options(command: argparse.ArgumentParser) -> None:
    """`--folders`."""
    command.add_argument("--folders", choices=("names", "numbers"), help=FOLDERS)


def truth(choice: argparse.Namespace, log: PictureLog, probe: Probe) -> Truth:
    """Classes of the pictures, as far as the network knows them; none where it names none."""
    output = probe.network.output
    if choice.folders and not output.guesses:
        raise ValueError(
            f"--folders has no use here, as {probe.network.title} gives scores: leave it out."
        )
    numbers = None if choice.folders is None else choice.folders == "numbers"
    return truth_of(log.labels, output.classes if output.guesses else (), numbers)


def told(true: Truth, output: Output) -> list[str]:
    """How folders were read as classes, and what does not count."""
    if not output.guesses:
        return []
    numbers = [f"{NUMBERS} (0 is {true.classes[0]})."] if true.numbers else []
    several = [f"{SEVERAL}."] if output.several and len(true.known) else []
    return numbers + several + ([said(true)] if true.left_out else [])
