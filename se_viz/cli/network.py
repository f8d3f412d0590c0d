"""Which network a command looks through, and what a person says of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz.cli import pictures
from se_viz.compat.keras_settings import require_tensorflow
from se_viz.nets import builtin, own, pixel_options, zoo
from se_viz.nets.entry import Progress
from se_viz.nets.output import KINDS
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import INTERPOLATIONS

if TYPE_CHECKING:
    from se_viz.nets.network import Network
    from se_viz.probe.probe import Probe

EXACT = "float32"
USUAL = "default: as the network's structure tells, or as published with it"
SETTLE = "Settle it with --pixels: " + ", ".join(pixel_options.PIXELS) + "."
OUTPUT = "what it gives: " + "; ".join(f"{kind}: {text}" for kind, text in KINDS.items())
RESULT = "which of several results to look at; default: the first with a number for each class"


def options(command: argparse.ArgumentParser) -> None:
    """`--model`, and what a person says of it."""
    command.add_argument(
        "--model",
        default=builtin.NAME,
        metavar="NAME",
        help=f"as `models` lists them, or a file of your own ({', '.join(own.SUFFIXES)}), or a "
        "layout with random weights (se_resnet:depth=18,place=pre,gate=tanh, "
        f"se_inception:width=0.5); default: {builtin.NAME}",
    )
    command.add_argument(
        "--precision",
        choices=(EXACT, "bfloat16"),
        default=EXACT,
        help="bfloat16 is faster where the processor has it, and coarser; default: float32",
    )
    group = command.add_argument_group("what a network does not say, or you know better")
    group.add_argument("--classes", type=Path, metavar="FILE", help="its class names, one a line")
    group.add_argument(
        "--pixels", choices=pixel_options.PIXELS, help=f"what it expects of them; {USUAL}"
    )
    group.add_argument("--size", type=int, help="of its pictures in pixels")
    group.add_argument("--crop", type=float, help="part of the short side it sees")
    group.add_argument("--interpolation", choices=INTERPOLATIONS, help="how pictures are resized")
    group.add_argument("--output", choices=list(KINDS), default="", help=OUTPUT)
    group.add_argument("--output-name", default="", metavar="NAME", help=RESULT)
    group.add_argument("--layout", default="", help="for weights: depth=50, width=0.5, ...")


def joined(arguments: Sequence[str]) -> list[str]:
    """Arguments with `--pixels -1..1` as one, since argparse takes -1..1 for an option."""
    made: list[str] = []
    for argument in arguments:
        if made[-1:] == ["--pixels"]:
            made[-1] += f"={argument}"
        else:
            made.append(argument)
    return made


def wanted_of(choice: argparse.Namespace) -> PixelOptions:
    """What the command line says of the network's pictures."""
    return PixelOptions(choice.pixels, choice.size, choice.crop, choice.interpolation)


def said(choice: argparse.Namespace) -> dict[str, Any]:
    """What the command line says of the network, for the manifest."""
    files = {"classes": choice.classes.name} if choice.classes else {}
    named = {name: getattr(choice, name) for name in ("layout", "output", "output_name")}
    given = {name: text for name, text in named.items() if text}
    return wanted_of(choice).as_dict() | files | given


def probe_of(choice: argparse.Namespace) -> Probe:
    """The chosen network with its probe; why its pixels are prepared as they are, and what it
    gives, is said.

    Raises:
        ValueError: where it cannot be had or has no SE block; a sentence for people.
    """
    from se_viz.probe.gates.blind import refuse_blind

    probe = _probe(choice)
    refuse_blind(probe.network.name, probe.found)
    _say_why(probe.network)
    _say_what(probe.network)
    _say_how(probe, choice)
    return probe


def _probe(choice: argparse.Namespace) -> Probe:
    from se_viz.probe.probe import Probe
    from se_viz.probe.stored.store import probe_of

    entry = zoo.entries().get(choice.model)
    if entry and not said(choice):
        with _bar(choice.model) as progress:
            return probe_of(entry, progress, choice.precision)
    require_tensorflow()
    return Probe(_network(choice), precision=choice.precision)


def _say_why(network: Network) -> None:
    if network.note:
        print(f"{network.name}: {network.note}", file=sys.stderr)
    grounds = network.grounds
    if grounds.kind != "published":
        settle = f" {SETTLE}" if grounds.kind == "guess" else ""
        print(f"{network.name}: {grounds.text}{settle}", file=sys.stderr)


def _say_what(network: Network) -> None:
    output = network.output
    if output.known != "published":
        settle = " Say it with --output." if output.known == "assumed" else ""
        print(f"{network.name}: {output.text}{settle}", file=sys.stderr)


def _say_how(probe: Probe, choice: argparse.Namespace) -> None:
    """What a coarser precision changes, on the first pictures of the command."""
    if choice.precision != EXACT and choice.paths:
        from se_viz.experiments.precision import measured

        found = measured(probe, pictures.gather(choice))
        if found:
            print(found.describe(choice.precision), file=sys.stderr)


def _network(choice: argparse.Namespace) -> Network:
    if choice.output == "none" and choice.output_name:
        raise ValueError("--output-name has no use here, as --output none looks at no result.")
    classes = own.read_classes(choice.classes) if choice.classes else None
    if own.is_own(choice.model):
        return own.open_file(
            choice.model,
            options=own.Options(
                classes,
                wanted_of(choice),
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
    if choice.layout.strip():
        raise ValueError(f"--layout is for a file of weights, not for {choice.model}.")
    return pixel_options.apply(_of_list(choice.model), wanted_of(choice), classes)


def _of_list(name: str) -> Network:
    with _bar(name) as progress:
        return zoo.load(name, progress)


@contextmanager
def _bar(name: str) -> Iterator[Progress]:
    """Shows how much of a network's weights has been fetched, once that takes a second."""
    with tqdm(desc=name, unit="B", unit_scale=True, delay=1, file=sys.stderr) as bar:

        def progress(done: int, whole: int) -> None:
            bar.total = whole
            bar.update(done - bar.n)

        yield progress
