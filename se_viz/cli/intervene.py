"""`python -m se_viz intervene`: what interventions on gates change, without a browser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from se_viz.analysis.predictions.tables import flips_table
from se_viz.analysis.predictions.true_classes import Truth
from se_viz.analysis.tables import neutralised
from se_viz.cli import classes, kinds, network, output
from se_viz.cli import pictures as given
from se_viz.cli.references import Beside, beside_of
from se_viz.cli.unused import filled, refuse_unused, settings_of
from se_viz.experiments.intervene import accuracy, on_pictures
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.predict import PictureLog
from se_viz.experiments.sweep import once_more, sweep_each, sweep_model_inputs
from se_viz.experiments.sweep_tables import picture_sweep_table, sweep_table
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.options import OtherPicture
from se_viz.interventions.selection import Selection
from se_viz.manifest import Manifest
from se_viz.nets.output import Output
from se_viz.pictures import Picture, Remark, Skipped, Source, load
from se_viz.profiles.reference import reference_of

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe

NAME = "intervene"
TEXT = "intervene on gates and see what changes"
WHERE = "all, stage_5, SE_4_6, SE_4_6:0-31,40 (one or more)"


def options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    given.options(command)
    command.add_argument("--at", nargs="+", metavar="PLACE", help=WHERE)
    kinds.add(command)
    classes.options(command)
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
    refuse_unused(choice)
    choice = filled(choice)
    if kinds.kind_of(choice).takes(OtherPicture) and choice.like is None:
        raise ValueError("It takes a picture whose gates to use: --like FILE.")
    output.check(choice, beside=True)
    sources = given.gather(choice)
    probe = network.probe_of(choice)
    if not probe.network.classes:
        raise ValueError(
            f"{probe.network.title} is looked at for its gates alone, so there is no output to "
            "see a change in."
        )
    taken, log = beside_of(choice, probe), PictureLog()
    table, lines = (_sweep if choice.sweep else _once)(choice, probe, sources, log, taken)
    if not len(log):
        return output.nothing("changed")
    if choice.out:
        beside = output.write_table(choice.out, table, _manifest(choice, probe, log, taken))
        lines.append(f"Numbers: {choice.out}{_neutral_note(table)}")
        lines += [f"Manifest: {beside}"] if beside else []
    print("\n".join(lines))
    return 0


def _manifest(choice: argparse.Namespace, probe: Probe, log: PictureLog, taken: Beside) -> Manifest:
    """What the numbers were made with."""
    made = output.manifest(choice, NAME, probe, log)
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


Sources = Sequence[Source | Skipped | Remark]
Said = tuple[pd.DataFrame, list[str]]
"""Numbers for a file, and lines to print."""


def _pictures(probe: Probe, sources: Sources, log: PictureLog) -> Iterator[Picture]:
    """The pictures one after another; what else is to be told of them is said at the end."""
    yield from log.through(load(sources, probe.network.preprocessing, thumbnails=False))
    given.say(log.skipped, log.remarks)


def _once(
    choice: argparse.Namespace, probe: Probe, sources: Sources, log: PictureLog, taken: Beside
) -> Said:
    """One intervention on every picture: predictions, and accuracy where classes are known."""
    wanted = Intervention(kinds.made(choice), Selection.parse(probe.blocks, choice.at))
    pictures, result = _pictures(probe, sources, log), probe.network.output
    before, after = on_pictures(probe, pictures, wanted, taken.replacements(probe))
    if not len(log):
        return pd.DataFrame(), []
    table = flips_table(log.names, log.labels, before, after, result)
    truth = classes.truth(choice, log, probe)
    lines = _flips(wanted.describe(), table, result) + classes.told(truth, result)
    counted = accuracy(before, after, truth, result)
    if counted is not None:
        lines.append(_text(counted, ["class", "pictures", *_CHANGE]))
    return table, lines


def _sweep(
    choice: argparse.Namespace, probe: Probe, sources: Sources, log: PictureLog, taken: Beside
) -> Said:
    """Every block in turn, over the pictures of known classes, else on each picture."""
    for _ in _pictures(probe, sources, log):  # of which classes they are, before the work
        pass
    if not len(log):
        return pd.DataFrame(), []
    truth = classes.truth(choice, log, probe)
    known, lines = truth.known, classes.told(truth, probe.network.output)
    rows = known if len(known) else range(len(log))
    pictures = once_more(probe, sources, log, rows)
    if len(known):
        table = _over_all(probe, pictures, truth, taken)
        return table, [*lines, _text(table, ["title", "how", *_CHANGE])]
    table = _picture_by_picture(probe, pictures, log.names, taken)
    columns = ["picture", "title", "how", "class", "before", "after", "guess"]
    return table, [*lines, _text(table, columns)]


def _over_all(
    probe: Probe, pictures: Iterator[Picture], truth: Truth, taken: Beside
) -> pd.DataFrame:
    plan, true = sweep_plan(probe.blocks), truth.rows[truth.known]
    model_inputs = (picture.model_input for picture in pictures)
    swept = sweep_model_inputs(probe, model_inputs, plan, taken.replacements(probe), true)
    return sweep_table(swept).assign(left_out=truth.left_out)


def _picture_by_picture(
    probe: Probe, pictures: Iterator[Picture], names: Sequence[str], taken: Beside
) -> pd.DataFrame:
    plan, result = sweep_plan(probe.blocks), probe.network.output
    model_inputs = (picture.model_input for picture in pictures)
    swept = sweep_each(probe, model_inputs, plan, taken.replacements(probe))
    parts = [
        picture_sweep_table(plan, result, outputs).assign(picture=name)
        for outputs, name in zip(swept, names, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _flips(said: str, table: pd.DataFrame, output: Output) -> list[str]:
    """What each picture is taken for, without and with."""
    flips = f"{table['changed'].sum()} of {len(table)} change." if output.guesses else ""
    lines = [f"{said}: {flips or 'the highest score of each picture, without and with.'}"]
    for _, row in table.iterrows():
        before, after = (output.number(row[f"{output.measure}_{w}"]) for w in ("before", "after"))
        arrow = f"-> {row['after']}" if row["changed"] else ""
        lines.append(f"{row['picture']}: {row['before']} {before} -> {after} {arrow}".rstrip())
    return lines


_CHANGE = ("accuracy_before", "accuracy_after", "change", "low", "high")


def _text(table: pd.DataFrame, columns: list[str]) -> str:
    return table[columns].to_string(index=False, float_format=lambda number: f"{number:.4f}")
