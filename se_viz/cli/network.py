"""Which network a command looks through, and what a file of one's own does not say about it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.nets import builtin, own, zoo
from se_viz.nets.output import KINDS, Output
from se_viz.pictures import INTERPOLATIONS

if TYPE_CHECKING:
    from se_viz.nets.network import Network
    from se_viz.probe.probe import Probe


OUTPUT = "what it gives: " + "; ".join(f"{kind}: {text}" for kind, text in KINDS.items())
RESULT = "which of several results to look at; default: the first with a number for each class"


def options(command: argparse.ArgumentParser) -> None:
    """`--model`, and what a file of one's own does not say."""
    command.add_argument(
        "--model",
        default=builtin.NAME,
        metavar="NAME",
        help=f"as `models` lists them, or a file of your own ({', '.join(own.SUFFIXES)}); "
        f"default: {builtin.NAME}",
    )
    group = command.add_argument_group("a file of your own does not say")
    group.add_argument("--classes", type=Path, metavar="FILE", help="its class names, one a line")
    group.add_argument("--pixels", choices=own.PIXELS, help="what it expects of pixels")
    group.add_argument("--size", type=int, default=224, help="of its pictures in pixels")
    group.add_argument("--crop", type=float, default=1.0, help="part of the short side it sees")
    group.add_argument("--interpolation", choices=INTERPOLATIONS, default="bilinear")
    group.add_argument("--output", choices=list(KINDS), default="", help=OUTPUT)
    group.add_argument("--output-name", default="", metavar="NAME", help=RESULT)
    group.add_argument("--layout", default="", help="for weights: depth=50, width=0.5, ...")


def probe_of(choice: argparse.Namespace) -> Probe:
    """The chosen network with its probe.

    Raises:
        ValueError: where it cannot be had or has no SE block; a sentence for people.
    """
    network = _network(choice)
    from se_viz.probe.probe import Probe

    probe = Probe(network)
    if not probe.blocks:
        raise ValueError(f"{network.title} has no SE block, so there is no gate to read.")
    _say(probe.network.output)
    return probe


def _say(output: Output) -> None:
    """What the network gives, on standard error; of one from the list that goes without saying."""
    if output.known != "published":
        settle = " Say it with --output." if output.known == "assumed" else ""
        print(f"{output.text}{settle}", file=sys.stderr)


def _network(choice: argparse.Namespace) -> Network:
    if own.is_own(choice.model):
        chosen = None
        if choice.pixels:
            chosen = own.choice(choice.pixels, choice.size, choice.crop, choice.interpolation)
        classes = own.read_classes(choice.classes) if choice.classes else None
        return own.open_file(
            choice.model,
            options=own.Options(
                classes,
                chosen,
                layout=choice.layout,
                output=choice.output,
                result=choice.output_name,
            ),
        )
    if choice.output or choice.output_name:
        raise ValueError(
            f"What {choice.model} gives is known: --output and --output-name are for a file of "
            "your own."
        )
    with tqdm(desc=choice.model, unit="B", unit_scale=True, delay=1, file=sys.stderr) as bar:

        def progress(done: int, whole: int) -> None:
            bar.total = whole
            bar.update(done - bar.n)

        return zoo.load(choice.model, progress)
