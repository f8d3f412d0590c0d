"""`python -m se_viz.training`: train, measure and ship the built-in network."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields, replace
from pathlib import Path

from se_viz import files
from se_viz.analysis.profiles.resampling import RESAMPLES
from se_viz.compat.keras_settings import load as load_keras
from se_viz.files import WriteError
from se_viz.nets import builtin
from se_viz.pictures import Preprocessing
from se_viz.pictures.shifts import KINDS
from se_viz.terminal import complain, sturdy
from se_viz.training.app_assets import commands as assets
from se_viz.training.recipe import Recipe

FAILED, MISUSED, STOPPED = 1, 2, 130


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 0, 1 where a file cannot be written, 2 after a mistake in the
    folders, 130 after Ctrl-C. What is printed may get lost: it costs no file."""
    with sturdy():
        return _run(_parser().parse_args(arguments))


def _run(choice: argparse.Namespace) -> int:
    try:
        choice.run(choice)
    except WriteError as error:
        complain(error)
        return FAILED
    except (ValueError, OSError) as error:
        complain(error)
        return MISUSED
    except KeyboardInterrupt:
        complain(GOES_ON if _goes_on(choice) else NOTHING_KEPT)
        return STOPPED
    return 0


def _goes_on(choice: argparse.Namespace) -> bool:
    """Whether a command that was stopped keeps what it had done."""
    always = choice.run in (_fit, _replicate)
    return always or getattr(choice, "kept", None) is not None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m se_viz.training", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    fit = _command(commands, "fit", _fit, "train from scratch, or go on with a run")
    fit.add_argument("--out", type=Path, required=True, help="folder of the run")
    fit.add_argument("--epochs", type=int, help="stretch or shorten the recipe to so many epochs")
    fit.add_argument("--peak-rate", type=float, help="highest learning rate of the recipe")
    for name, kind in (("batch", int), ("seed", int), ("mixup", float), ("precision", str)):
        default = next(field.default for field in fields(Recipe) if field.name == name)
        fit.add_argument(f"--{name}", type=kind, help=f"{name} (default {default})")
    fit.add_argument("--every", type=int, default=5, help="epochs between measurements (default 5)")
    evaluate = _command(commands, "evaluate", _evaluate, "measure weights on the val pictures")
    evaluate.add_argument("--weights", type=Path, default=builtin.WEIGHTS, help="default: shipped")
    intervals = _command(
        commands,
        "intervals",
        assets.intervals,
        "measure how sure class specificity is, for the app",
    )
    intervals.add_argument("--resamples", type=int, default=RESAMPLES, help="default %(default)s")
    intervals.add_argument("--seed", type=int, default=0, help="default %(default)s")
    _out(intervals, builtin.INTERVALS)
    health = _command(
        commands, "health", assets.health, "measure the yardsticks of the checks of gates"
    )
    _out(health, builtin.HEALTH)
    ship = _command(commands, "ship", assets.ship, "take a run's weights to the app's assets")
    ship.add_argument("--run", dest="folder", type=Path, required=True, help="folder of the run")
    small = _command(
        commands,
        "networks",
        assets.networks,
        "take networks of the replication to the app's assets",
    )
    small.add_argument("--weights", type=Path, required=True, help="folder with ROW.safetensors")
    untrained = _command(
        commands, "untrained", assets.untrained, "profile the network before training"
    )
    _out(untrained, builtin.UNTRAINED_PROFILE)
    sweep = _command(
        commands, "sweep", assets.sweep, "bypass and freeze each block on the val pictures"
    )
    _out(sweep, builtin.SWEEP)
    sweep.add_argument("--kept", type=Path, help="file to go on from after a stop (.npz)")
    sweep.add_argument("--compare", type=int, metavar="N", help=COMPARE)
    shift = _command(
        commands, "shift", assets.shift, "ask on the val pictures when gates have to adapt"
    )
    _out(shift, builtin.SHIFTS)
    shift.add_argument("--kept", type=Path, help="folder to go on from after a stop")
    shift.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS), help=SHIFTED)
    block = _command(
        commands, "block", assets.block, "look into every block for a few rendered scenes"
    )
    _out(block, builtin.BLOCK)
    scenes = "score the rendered scenes that ship by the network that ships"
    _bare_command(commands, "scenes", assets.scenes, scenes)
    text = "write the built-in network down for OpenVINO"
    _bare_command(commands, "openvino", assets.openvino, text)
    text = "time networks of the replication, by turns, on this machine"
    times = _bare_command(commands, "times", assets.times, text)
    times.add_argument("--seconds", type=float, default=180, help="default %(default)s")
    _out(times, builtin.TIMES)
    replicate = _command(commands, "replicate", _replicate, "train the rows of the replication")
    replicate.add_argument("--runs", type=Path, required=True, help="folder of unfinished runs")
    replicate.add_argument("--out", type=Path, default=builtin.REPLICATION, help="default: shipped")
    replicate.add_argument("--rows", nargs="+", metavar="ROW", help="default: all")
    replicate.add_argument("--seeds", nargs="+", type=int, metavar="N", help="default: as planned")
    return parser


GOES_ON = "\nStopped; the same command goes on from here."
NOTHING_KEPT = "\nStopped; nothing was kept of it."
SHIFTED = "shifts, in this order; default: all of them"
COMPARE = "hold N pictures, evenly spaced, against the shipped sweep; writes nothing"


def _command(commands, name: str, run, text: str) -> argparse.ArgumentParser:
    parser = _bare_command(commands, name, run, text)
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and val/")
    return parser


def _bare_command(commands, name: str, run, text: str) -> argparse.ArgumentParser:
    """One that takes no pictures from a folder."""
    parser = commands.add_parser(name, help=text, description=text.capitalize() + ".")
    parser.set_defaults(run=run)
    return parser


def _out(command: argparse.ArgumentParser, shipped: Path) -> None:
    text = "file; default: the shipped one, which is replaced"
    command.add_argument("--out", type=Path, default=shipped, help=text)
    command.add_argument("--force", action="store_true", help="replace another that is there")


def _fit(choice: argparse.Namespace) -> None:
    recipe = chosen_recipe(choice)
    if choice.every < 1:
        raise ValueError("--every has to be 1 or more.")
    _check_run(choice.out)
    load_keras()
    train, val = assets.read(choice.data, "train"), assets.read(choice.data, "val")
    from se_viz.training.fit import Run
    from se_viz.training.provenance import training_record

    run = Run(recipe, train, val, choice.out)

    def record():
        made = training_record(recipe, _options(choice), run.history, len(train.labels))
        files.write_json(choice.out / "provenance.json", made)

    run.fit(choice.every, after=record)
    print(f"{run.history[-1]['top1']:.2f}% top-1; weights are in {choice.out}.")


def _check_run(folder: Path) -> None:
    """A folder to write to, without files of a run unless it is one's own, with its checkpoint."""
    files.check_folder(folder)
    if not (folder / "checkpoint.npz").exists():
        foreign = [name for name in RUN if (folder / name).exists()]
        if foreign:
            raise ValueError(
                f"{folder} holds {foreign[0]} and no run to go on with: choose another folder."
            )


RUN = ("weights.safetensors", "provenance.json", "history.json")
"""What a run writes beside its checkpoint."""


def chosen_recipe(choice: argparse.Namespace) -> Recipe:
    """The default recipe with the options of the command line; ValueError for nonsense."""
    given = {name: getattr(choice, name) for name in ("batch", "seed", "mixup", "precision")}
    recipe = replace(Recipe(), **{k: v for k, v in given.items() if v is not None})
    if recipe.batch < 2 or recipe.mixup < 0:
        raise ValueError("--batch has to be 2 or more, and --mixup 0 or more.")
    if choice.epochs is not None:
        if choice.epochs < 1:
            raise ValueError("--epochs has to be 1 or more.")
        recipe = recipe.stretched(choice.epochs)
    if choice.peak_rate is not None:
        if not choice.peak_rate > 0:
            raise ValueError("--peak-rate has to be above 0.")
        recipe = recipe.peaked(choice.peak_rate)
    return recipe


def _options(choice: argparse.Namespace) -> list[str]:
    names = ("epochs", "peak_rate", "batch", "seed", "mixup", "precision")
    given = {name: getattr(choice, name) for name in names}
    return [f"--{k.replace('_', '-')} {v}" for k, v in given.items() if v is not None]


def _evaluate(choice: argparse.Namespace) -> None:
    load_keras()
    val = assets.read(choice.data, "val")
    from se_viz.training.evaluate import describe, evaluate

    result = evaluate(builtin.load(choice.weights), val, builtin.CLASSES)
    print(f"{choice.weights.name} on {choice.data / 'val'}:")
    print(describe(result))


def _replicate(choice: argparse.Namespace) -> None:
    from se_viz.training.data import read_split
    from se_viz.training.replicate.rows import BASE, ROWS, runs

    unknown = set(choice.rows or ()) - set(ROWS)
    if unknown:
        raise ValueError(f"There is no row {min(unknown)!r}; there is {', '.join(ROWS)}.")
    rows = choice.rows or list(ROWS)
    wanted = [run for run in runs() if run[0] in rows]
    if choice.seeds:
        wanted = [(row, seed) for seed in choice.seeds for row in rows]
    for folder in (choice.runs, choice.out):
        files.check_folder(folder)
    load_keras()
    train = read_split(choice.data, "train", Preprocessing(size=KEPT))
    val = read_split(choice.data, "val", Preprocessing(size=BASE.size or KEPT))
    from se_viz.training.replicate.train import Replication

    Replication(train, val, choice.runs, choice.out).go_on(wanted)


KEPT = 96
"""Pixels of the replication's training pictures, before crops of 64 are cut out of them."""


if __name__ == "__main__":
    sys.exit(main())
