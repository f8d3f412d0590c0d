"""`python -m se_viz shift`: pictures under a shift of light, with gates that adapt or do not."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from se_viz.analysis.profiles.groups import Group
from se_viz.cli import classes, network, output
from se_viz.cli import pictures as given
from se_viz.cli.references import means_of
from se_viz.experiments.predict import PictureLog
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.gate_sources import ADAPTIVE, FROZEN, source_of
from se_viz.experiments.shifts.plans import LINES, Cell
from se_viz.experiments.shifts.run import measured, subjects_of
from se_viz.experiments.shifts.tables import shift_table
from se_viz.interventions.selection import ALL
from se_viz.manifest import Manifest
from se_viz.pictures import Picture, Remark, Skipped, load
from se_viz.pictures.shifts import CLEAN, KINDS, Light
from se_viz.profiles.reference import reference_of

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

NAME = "shift"
TEXT = "take light, contrast or sharpness away and see what gates that adapt are worth"
USUAL = "contrast"
MOST = 4_000
"""Pictures, whose gates are all held at once."""
COLUMNS = ("kind", "strength", "gates", "where", "pictures", "accuracy", "low", "high", "change")
PRINTED = [*COLUMNS, "change_low", "change_high", "taken"]


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    given.options(command)
    kinds = "; ".join(f"{name}: {kind.unit}" for name, kind in KINDS.items())
    command.add_argument(
        "--kind",
        type=_kinds,
        default=(USUAL,),
        metavar="KIND,...",
        help=f"default: {USUAL}; {kinds}",
    )
    strengths = command.add_mutually_exclusive_group()
    strengths.add_argument(
        "--strength",
        type=_levels,
        metavar="1-5",
        help="which of the kind's five strengths, from mild to strong; default: all",
    )
    strengths.add_argument(
        "--value", type=_values, metavar="X,...", help="strengths in the kind's own unit instead"
    )
    command.add_argument(
        "--gates",
        type=_gates,
        default=LINES,
        metavar="GATES,...",
        help="whose gates: adaptive, held (the clean picture's), frozen (at their mean), open (1), "
        "same-class, other-class (another picture's), class-mean, shuffled; default: "
        + ",".join(LINES),
    )
    command.add_argument(
        "--at", nargs="+", metavar="PLACE", help=f"which gates, each alone: {ALL}, stage_5, SE_4_6"
    )
    command.add_argument("--seed", type=int, default=0, help="of noise and partners; default: 0")
    command.add_argument(
        "--profile", type=Path, metavar="FILE.npz", help="frozen at its means; see below"
    )
    command.epilog = (
        "Frozen gates take the means of --profile, or of the shipped profile of the built-in "
        "network, else of the other half of the pictures. Where no picture has a class that the "
        "network knows, right means: as it was taken for before the shift."
    )
    classes.options(command)
    output.options(command, "FILE.csv", "write the numbers, and their manifest", required=False)
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Print and write accuracies; 0, or 1 where no picture could be read."""
    output.check(choice, beside=True)
    lights = [CLEAN, *_lights(choice)]
    sources = given.gather(choice)
    probe = network.probe_of(choice)
    means, log = _means(choice, probe), PictureLog()
    model_inputs = _model_inputs(load(sources, probe.network.preprocessing, thumbnails=False), log)
    given.say(log.skipped, log.remarks)
    if not len(model_inputs):
        return output.nothing("changed")
    table, lines = _table(choice, probe, log, model_inputs, lights, means)
    print("\n".join([*lines, _text(table)]))
    if choice.out:
        manifest = _manifest(choice, probe, log, means)
        beside = output.write_table(choice.out, table, manifest)
        print("\n".join([f"Numbers: {choice.out}", *([f"Manifest: {beside}"] if beside else [])]))
    return 0


def _table(
    choice: argparse.Namespace,
    probe: Probe,
    log: PictureLog,
    model_inputs: np.ndarray,
    lights: Sequence[Light],
    means: Group | None,
) -> tuple[pd.DataFrame, list[str]]:
    """Numbers, and lines to say before them."""
    truth = classes.truth(choice, log, probe)
    known = truth.known if len(truth.known) else np.arange(len(model_inputs))
    subjects = subjects_of(
        probe,
        model_inputs[known],
        truth.rows[known] if len(truth.known) else None,
        seed=choice.seed,
        elsewhere=means_over(means.profile) if means else None,
    )
    table = shift_table(measured(probe, subjects, _plan(choice, lights)))
    lines = classes.told(truth, probe.network.output) if len(truth.known) else [AGREEMENT]
    return table.assign(agreement=subjects.agreement), lines


AGREEMENT = "No class is known: right means as the network took the picture for before the shift."


def _plan(choice: argparse.Namespace, lights: Sequence[Light]) -> list[Cell]:
    """Gates that adapt first, which the others are held against."""
    places = dict.fromkeys(choice.at or [ALL])
    others = [key for key in dict.fromkeys(choice.gates) if key != ADAPTIVE]
    return [
        cell
        for light in lights
        for cell in (Cell(light), *(Cell(light, key, at) for at in places for key in others))
    ]


def _model_inputs(items: Iterable[Picture | Skipped | Remark], log: PictureLog) -> np.ndarray:
    """uint8 (N, size, size, 3) of all pictures.

    Raises:
        ValueError: where they are too many; a sentence for people.
    """
    found = []
    for picture in log.through(items):
        found.append(picture.model_input)
        if len(found) > MOST:
            raise ValueError(f"shift takes {MOST:,} pictures at most: give it fewer.")
    return np.stack(found) if found else np.empty(0, np.uint8)


def _means(choice: argparse.Namespace, probe: Probe) -> Group | None:
    """The profile that frozen gates are taken of; None for the pictures' own halves."""
    if FROZEN not in choice.gates:
        if choice.profile:
            raise ValueError(f"--profile has no use here, as no gates are {FROZEN}: leave it out.")
        return None
    try:
        return means_of(choice, probe)
    except ValueError:
        if choice.profile:
            raise
        return None


def _lights(choice: argparse.Namespace) -> list[Light]:
    """Each kind at each strength; ValueError where one is out of its range."""
    found = []
    for name in choice.kind:
        shift = KINDS[name]
        levels = choice.strength or range(1, len(shift.strengths) + 1)
        strengths = choice.value or [shift.strengths[level - 1] for level in levels]
        found += [Light(name, strength, choice.seed) for strength in strengths]
    return list(dict.fromkeys(found))


def _kinds(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in KINDS]
    if unknown:
        known = ", ".join(KINDS)
        raise argparse.ArgumentTypeError(f"there is no shift {unknown[0]!r}; there is {known}")
    return names


def _gates(text: str) -> tuple[str, ...]:
    try:
        return tuple(source_of(key).key for key in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _levels(text: str) -> tuple[int, ...]:
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise argparse.ArgumentTypeError(f"strengths are 1 to 5, such as 3 or 1-5, not {text!r}")
    levels = tuple(range(int(first), int(last or first) + 1))
    if not levels or levels[0] < 1 or levels[-1] > 5:
        raise argparse.ArgumentTypeError(f"strengths are 1 to 5, such as 3 or 1-5, not {text!r}")
    return levels


def _values(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of numbers") from error


def _text(table: pd.DataFrame) -> str:
    shown = table[PRINTED].assign(kind=table["kind"].replace("", "as they are"))
    return shown.to_string(index=False, float_format=lambda number: f"{number:.4g}")


def _manifest(
    choice: argparse.Namespace, probe: Probe, log: PictureLog, means: Group | None
) -> Manifest:
    made = output.manifest(choice, NAME, probe, log)
    lights = [[light.kind, light.strength, light.seed] for light in _lights(choice)]
    done = {
        "shifts": lights,
        "gates": list(choice.gates),
        "at": choice.at or [ALL],
        "seed": choice.seed,
    }
    files = {"profile": choice.profile.name} if choice.profile else {}
    folders = {"folders": choice.folders} if choice.folders else {}
    return replace(
        made,
        settings={**made.settings, **done, **files, **folders},
        reference=reference_of(means.profile) if means else None,
    )
