"""`python -m se_viz intervene`: gates taken in hand, without a browser."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from se_viz.analysis.interventions import HOWS, Intervention, edit_of, sweep_plan
from se_viz.analysis.predictions.effects import SEVERAL, accuracy_table, outcomes, score
from se_viz.analysis.predictions.tables import flips_table
from se_viz.analysis.predictions.true_classes import Truth, said, truth_of
from se_viz.analysis.sweeps import of_outputs, picture_sweep_table, sweep_table
from se_viz.analysis.tables import neutralised
from se_viz.cli import network, output
from se_viz.cli import pictures as given
from se_viz.cli.references import Beside, beside_of
from se_viz.cli.unused import filled, refuse_unused, settings_of
from se_viz.manifest import Manifest, pictures_of
from se_viz.nets.output import Output
from se_viz.pictures import Picture, Remark
from se_viz.pictures.labels.names import typed_class
from se_viz.pictures.records import BY_NOBODY
from se_viz.profiles.reference import reference_of

NAME = "intervene"
TEXT = "take gates in hand and see what changes"
WHERE = "all, stage_5, SE_4_6, SE_4_6:0-31,40 (one or more)"
FOLDERS = (
    "names of folders are the names of classes, or their numbers, counted from 0; default: numbers "
    "where all are and the network has ImageNet's thousand classes"
)
NUMBERS = "Names of folders are taken for the numbers of classes; --folders names undoes it"
DEFAULTS = {"at": ["all"], "do": "bypass", "value": 1.0, "name": "", "seed": 0}
MEANS = "class profile for freeze and class; default: that of the built-in network"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    given.options(command)
    command.add_argument("--at", nargs="+", metavar="PLACE", help=WHERE)
    kinds = "; ".join(f"{how}: {said}" for how, said in HOWS.items())
    command.add_argument("--do", choices=list(HOWS), help=f"default: bypass; {kinds}")
    command.add_argument("--value", type=float, help="of constant, or factor of scale")
    command.add_argument("--class", dest="name", help="whose mean, for class")
    command.add_argument("--like", type=Path, metavar="FILE", help="the picture, for picture")
    command.add_argument("--seed", type=int, help="of shuffle")
    command.add_argument("--profile", type=Path, metavar="FILE.npz", help=MEANS)
    command.add_argument("--folders", choices=("names", "numbers"), help=FOLDERS)
    command.add_argument(
        "--sweep", action="store_true", help="each block, each stage and all, bypassed and frozen"
    )
    output.options(
        command,
        "FILE.csv",
        "write the numbers, and their manifest beside them (FILE.json)",
        required=False,
    )
    network.options(command)


def run(choice: argparse.Namespace) -> int:
    """Write and print what changes; 0, or 1 where no picture could be read."""
    refuse_unused(choice, DEFAULTS)
    choice = filled(choice, DEFAULTS)
    if choice.do == "picture" and choice.like is None:
        raise ValueError("It takes a picture whose gates to use: --like FILE.")
    output.check(choice, beside=True)
    sources = given.gather(choice)
    probe = network.probe_of(choice)
    if not probe.network.classes:
        raise ValueError(
            f"{probe.network.title} is looked at for its gates alone, so there is no output to "
            "see a change in."
        )
    taken = beside_of(choice, probe)
    pictures, remarks = given.loaded_with_remarks(sources, probe.network.preprocessing)
    if not pictures:
        return output.nothing("changed")
    table, lines = (_sweep if choice.sweep else _once)(choice, probe, pictures, taken)
    if choice.out:
        made_with = _manifest(choice, probe, pictures, remarks, taken)
        beside = output.write_table(choice.out, table, made_with)
        lines.append(f"Numbers: {choice.out}{_neutral_note(table)}")
        lines += [f"Manifest: {beside}"] if beside else []
    print("\n".join(lines))
    return 0


def _manifest(
    choice: argparse.Namespace, probe, pictures: list[Picture], remarks: list[Remark], taken: Beside
) -> Manifest:
    """What the numbers were made with."""
    rows = (
        (p.name, p.digest, p.label or "", p.by if p.label else BY_NOBODY, p.file, p.page)
        for p in pictures
    )
    made = output.manifest(choice, NAME, probe, pictures_of(rows), remarks)
    return replace(
        made,
        settings={**made.settings, **settings_of(choice), **taken.settings()},
        reference=reference_of(taken.means.profile) if taken.means else None,
    )


def _neutral_note(table: pd.DataFrame) -> str:
    count = neutralised(table)
    return (
        f" (cells with a ' before them, so that no spreadsheet runs them: {count})" if count else ""
    )


Said = tuple[pd.DataFrame, list[str]]
"""Numbers for a file, and lines to print."""


def _once(choice: argparse.Namespace, probe, pictures: list[Picture], taken: Beside) -> Said:
    """One intervention on every picture: predictions, and accuracy where classes are known."""
    from se_viz.probe.intervene import intervene

    name = typed_class(choice.name)
    wanted = Intervention(choice.do, tuple(choice.at), choice.value, name, choice.seed)
    edit = edit_of(wanted, probe.blocks, taken.means, taken.gates(probe))
    views = np.stack([picture.view for picture in pictures])
    before, after = probe.read(views).outputs, intervene(probe, views, edit).outputs
    names, labels = [p.name for p in pictures], [p.label or "" for p in pictures]
    output = probe.network.output
    table = flips_table(names, labels, before, after, output)
    lines = _flips(wanted.describe(probe.blocks), table, output)
    truth = _truth(choice, pictures, probe)
    lines += _told(truth, output)
    known, true = truth.known, truth.rows[truth.known]
    if len(known):
        was, now = (score(outputs[known], true, output) for outputs in (before, after))
        counted = accuracy_table(outcomes(was, now, true, output.classes))
        lines.append(_text(counted, ["class", "pictures", *_CHANGE]))
    return table, lines


def _flips(said: str, table: pd.DataFrame, output: Output) -> list[str]:
    """What each picture is taken for, without and with."""
    flips = f"{table['changed'].sum()} of {len(table)} change." if output.guesses else ""
    lines = [f"{said}: {flips or 'the highest score of each picture, without and with.'}"]
    for _, row in table.iterrows():
        before, after = (output.number(row[f"{output.measure}_{w}"]) for w in ("before", "after"))
        arrow = f"-> {row['after']}" if row["changed"] else ""
        lines.append(f"{row['picture']}: {row['before']} {before} -> {after} {arrow}".rstrip())
    return lines


def _sweep(choice: argparse.Namespace, probe, pictures: list[Picture], taken: Beside) -> Said:
    """Every block in turn, over the pictures of known classes, else on each picture."""
    from se_viz.probe.edit import stack
    from se_viz.probe.intervene import sweep

    plan, output = sweep_plan(probe.blocks), probe.network.output
    edits = stack(edit_of(one, probe.blocks, taken.means) for one in plan)
    truth = _truth(choice, pictures, probe)
    lines, known, true = _told(truth, output), truth.known, truth.rows[truth.known]
    chosen = known if len(known) else range(len(pictures))
    views = np.stack([pictures[row].view for row in chosen])
    outputs = sweep(probe, views, edits)
    if len(known):
        table = sweep_table(of_outputs(plan, probe.blocks, output, true, outputs))
        table = table.assign(left_out=truth.left_out)
        return table, [*lines, _text(table, ["title", "how", *_CHANGE])]
    parts = []
    for row in chosen:
        part = picture_sweep_table(plan, probe.blocks, output, outputs[:, row])
        parts.append(part.assign(picture=pictures[row].name))
    table = pd.concat(parts, ignore_index=True)
    columns = ["picture", "title", "how", "class", "before", "after", "guess"]
    return table, [*lines, _text(table, columns)]


_CHANGE = ("accuracy_before", "accuracy_after", "change", "low", "high")


def _text(table: pd.DataFrame, columns: list[str]) -> str:
    return table[columns].to_string(index=False, float_format=lambda number: f"{number:.4f}")


def _truth(choice: argparse.Namespace, pictures: list[Picture], probe) -> Truth:
    """Classes of the pictures, as far as the network knows them; none where it names none."""
    output = probe.network.output
    if choice.folders and not output.guesses:
        raise ValueError(
            f"--folders has no use here, as {probe.network.title} gives scores: leave it out."
        )
    numbers = None if choice.folders is None else choice.folders == "numbers"
    labels = [picture.label or "" for picture in pictures]
    return truth_of(labels, output.classes if output.guesses else (), numbers)


def _told(truth: Truth, output: Output) -> list[str]:
    """How folders were read as classes, and what does not count."""
    if not output.guesses:
        return []
    numbers = [f"{NUMBERS} (0 is {truth.classes[0]})."] if truth.numbers else []
    several = [f"{SEVERAL}."] if output.several and len(truth.known) else []
    return numbers + several + ([said(truth)] if truth.left_out else [])
