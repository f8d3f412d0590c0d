"""`python -m se_viz intervene`: gates taken in hand, without a browser."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from se_viz import profile
from se_viz.analysis.effects import SEVERAL, accuracy_table, outcomes, score, truth_of
from se_viz.analysis.groups import Group
from se_viz.analysis.interventions import HOWS, Intervention, edit_of, sweep_plan
from se_viz.analysis.predictions import flips_table
from se_viz.analysis.sweeps import of_outputs, picture_sweep_table, sweep_table
from se_viz.cli import network, output
from se_viz.cli import pictures as given
from se_viz.nets import builtin
from se_viz.nets.imagenette import CLASSES as FOLDERS
from se_viz.nets.output import Output
from se_viz.pictures import Picture, PictureError, Remark, Skipped, gather_paths, load_one

NAME = "intervene"
TEXT = "take gates in hand and see what changes"
WHERE = "all, stage_5, SE_4_6, SE_4_6:0-31,40 (one or more)"
MEANS = "class profile for freeze and class; default: that of the built-in network"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    given.options(command)
    command.add_argument("--at", nargs="+", default=["all"], metavar="PLACE", help=WHERE)
    kinds = "; ".join(f"{how}: {said}" for how, said in HOWS.items())
    command.add_argument("--do", choices=list(HOWS), default="bypass", help=kinds)
    command.add_argument("--value", type=float, default=1.0, help="of constant, or factor of scale")
    command.add_argument("--class", dest="name", default="", help="whose mean, for class")
    command.add_argument("--like", type=Path, metavar="FILE", help="the picture, for picture")
    command.add_argument("--seed", type=int, default=0, help="of shuffle")
    command.add_argument("--profile", type=Path, metavar="FILE.npz", help=MEANS)
    command.add_argument(
        "--sweep", action="store_true", help="each block, each stage and all, bypassed and frozen"
    )
    command.add_argument("--out", type=Path, metavar="FILE.csv", help="write the numbers")
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Print what changes; 0, or 1 where no picture could be read."""
    if choice.out:
        output.refuse_no_folder(choice.out)
    probe = network.probe_of(choice)
    if not probe.network.classes:
        raise ValueError(
            f"{probe.network.title} is looked at for its gates alone, so there is no output to "
            "see a change in."
        )
    pictures = given.loaded(given.gather(choice), probe.network.preprocessing)
    if not pictures:
        print("No picture could be read, so nothing was changed.")
        return output.FAILED
    table = _sweep(choice, probe, pictures) if choice.sweep else _once(choice, probe, pictures)
    if choice.out:
        table.to_csv(choice.out, index=False)
        print(f"Numbers: {choice.out}")
    return 0


def _once(choice: argparse.Namespace, probe, pictures: list[Picture]) -> pd.DataFrame:
    """One intervention on every picture: predictions, and accuracy where classes are known."""
    from se_viz.probe.intervene import intervene

    wanted = Intervention(choice.do, tuple(choice.at), choice.value, choice.name, choice.seed)
    edit = edit_of(wanted, probe.blocks, _means(choice, probe, wanted), _like(choice, probe))
    views = np.stack([picture.view for picture in pictures])
    before, after = probe.read(views).outputs, intervene(probe, views, edit).outputs
    names, labels = [p.name for p in pictures], [p.label or "" for p in pictures]
    output = probe.network.output
    table = flips_table(names, labels, before, after, output)
    _say(wanted.describe(probe.blocks), table, output)
    truth, known = _truth(pictures, probe)
    if len(known):
        was, now = (score(outputs[known], truth, output) for outputs in (before, after))
        _print_accuracy(accuracy_table(outcomes(was, now, truth, output.classes)), output)
    return table


def _say(said: str, table: pd.DataFrame, output: Output) -> None:
    """What each picture is taken for, without and with."""
    flips = f"{table['changed'].sum()} of {len(table)} change." if output.guesses else ""
    print(f"{said}: {flips or 'the highest score of each picture, without and with.'}")
    for _, row in table.iterrows():
        before, after = (output.number(row[f"{output.measure}_{w}"]) for w in ("before", "after"))
        arrow = f"-> {row['after']}" if row["changed"] else ""
        print(f"{row['picture']}: {row['before']} {before} -> {after} {arrow}".rstrip())


def _sweep(choice: argparse.Namespace, probe, pictures: list[Picture]) -> pd.DataFrame:
    """Every block in turn, over the pictures of known classes, else on each picture."""
    from se_viz.probe.edit import stack
    from se_viz.probe.intervene import sweep

    plan = sweep_plan(probe.blocks)
    means = _means(choice, probe, plan[1])
    edits = stack(edit_of(one, probe.blocks, means) for one in plan)
    truth, known = _truth(pictures, probe)
    chosen = known if len(known) else range(len(pictures))
    views = np.stack([pictures[row].view for row in chosen])
    outputs, output = sweep(probe, views, edits), probe.network.output
    if len(known):
        table = sweep_table(of_outputs(plan, probe.blocks, output, truth, outputs))
        _print_accuracy(table, output, ["title", "how"])
        return table
    parts = []
    for row in chosen:
        part = picture_sweep_table(plan, probe.blocks, output, outputs[:, row])
        parts.append(part.assign(picture=pictures[row].name))
    table = pd.concat(parts, ignore_index=True)
    _print(table, ["picture", "title", "how", "class", "before", "after", "guess"])
    return table


_CHANGE = ("accuracy_before", "accuracy_after", "change", "low", "high")


def _print_accuracy(
    table: pd.DataFrame, output: Output, names: Sequence[str] = ("class", "pictures")
) -> None:
    if output.several:
        print(f"{SEVERAL}.")
    _print(table, [*names, *_CHANGE])


def _print(table: pd.DataFrame, columns: list[str]) -> None:
    print(table[columns].to_string(index=False, float_format=lambda number: f"{number:.4f}"))


def _truth(pictures: list[Picture], probe) -> tuple[np.ndarray, np.ndarray]:
    """Classes of the pictures that have one the network knows, and their rows; none where the
    network takes pictures for nothing."""
    if not probe.network.output.guesses:
        return np.zeros(0, int), np.zeros(0, int)
    labels = [picture.label or "" for picture in pictures]
    found = truth_of(labels, probe.network.classes, FOLDERS)
    known = np.flatnonzero(found >= 0)
    return found[known], known


def _means(choice: argparse.Namespace, probe, wanted: Intervention) -> Group | None:
    if choice.profile:
        from se_viz.engines.local import refuse_other

        found = profile.load(choice.profile)
        refuse_other(found, probe)
        return Group(choice.profile.name, found)
    if choice.model == builtin.NAME:
        return Group(builtin.SPLIT, profile.load(builtin.PROFILE))
    if wanted.how in ("freeze", "class"):
        raise ValueError(
            f"{choice.model} has no class profile of its own: make one with `python -m se_viz "
            f"profile FOLDER --model {choice.model} --out profile.npz`, and give it as --profile."
        )
    return None


def _like(choice: argparse.Namespace, probe) -> dict[str, np.ndarray] | None:
    if choice.do != "picture":
        return None
    if choice.like is None:
        raise ValueError("It takes a picture whose gates to use: --like FILE.")
    found = gather_paths([choice.like], options=given.options_of(choice))
    source = next(item for item in found if not isinstance(item, Remark))
    if isinstance(source, Skipped):
        raise ValueError(source.reason)
    try:
        view = load_one(source, probe.network.preprocessing, thumbnails=False).view
    except PictureError as error:
        raise ValueError(str(error)) from error
    return {name: values[0] for name, values in probe.read(view[None]).gates.items()}
