"""The commands that make what ships with the app."""

from __future__ import annotations

import argparse
from pathlib import Path

from se_viz import files, profiles
from se_viz.analysis.profiles.resampling import check_resamples
from se_viz.compat.keras_settings import require_tensorflow
from se_viz.nets import builtin, replication_family
from se_viz.pictures import Preprocessing, spare
from se_viz.pictures.rendered import SCORES


def intervals(choice: argparse.Namespace) -> None:
    """How sure class specificity is."""
    check_resamples(choice.resamples)
    _check_out(choice, builtin.INTERVALS)
    require_tensorflow()
    val = read(choice.data, "val")
    from se_viz.training.app_assets.intervals import describe, measure

    print(describe(measure(val, choice.resamples, choice.seed, choice.out)))


def health(choice: argparse.Namespace) -> None:
    """Yardsticks of the checks of gates."""
    _check_out(choice, builtin.HEALTH)
    require_tensorflow()
    val = read(choice.data, "val")
    from se_viz.analysis.health.sentences import summary
    from se_viz.training.app_assets.health import measure

    print(summary(measure(val, choice.out), f"{len(val.names):,} validation pictures"))


def ship(choice: argparse.Namespace) -> None:
    """A run's weights, with profile and provenance."""
    files.check_folder(builtin.ASSETS)
    require_tensorflow()
    val = read(choice.data, "val")
    from se_viz.training.app_assets.ship import ship
    from se_viz.training.evaluate import describe

    print(describe(ship(choice.folder, val)))


def networks(choice: argparse.Namespace) -> None:
    """Small networks of the replication, with provenance."""
    files.check_folder(replication_family.FOLDER)
    require_tensorflow()
    from se_viz.training.app_assets.networks import ship_networks
    from se_viz.training.data import read_split
    from se_viz.training.replicate.rows import BASE

    size = BASE.size or builtin.PREPROCESSING.size
    val = read_split(choice.data, "val", Preprocessing(size=size))
    for row, facts in ship_networks(choice.weights, val).items():
        print(f"{row}: {facts['top1']:.2f}% of {facts['pictures']:,} pictures")


def untrained(choice: argparse.Namespace) -> None:
    """The profile of the network before training."""
    _check_out(choice, builtin.UNTRAINED_PROFILE)
    require_tensorflow()
    from se_viz.training.app_assets.ship import profile_split

    profiles.save(profile_split(builtin.UNTRAINED, read(choice.data, "val")), choice.out)


def sweep(choice: argparse.Namespace) -> None:
    """Each block bypassed and frozen."""
    if choice.compare is None:
        _check_out(choice, builtin.SWEEP, *filter(None, [choice.kept]))
        if choice.kept:
            files.check(choice.kept, force=True)
    elif choice.kept or choice.force or choice.out != builtin.SWEEP:
        raise ValueError("--compare writes nothing, so it takes no --out, --force and --kept.")
    require_tensorflow()
    val = read(choice.data, "val")
    from se_viz.experiments import sweep_record
    from se_viz.experiments.sweep_tables import sweep_table
    from se_viz.nets import zoo
    from se_viz.probe.probe import Probe
    from se_viz.training.app_assets.sweep import compare, sweep_split

    probe = Probe(zoo.load())
    if choice.compare is not None:
        print(compare(probe, val, sweep_record.load(builtin.SWEEP), choice.compare))
        return
    made = sweep_split(probe, val, choice.kept)
    made.save(choice.out)
    print(sweep_table(made).to_string())


def shift(choice: argparse.Namespace) -> None:
    """When gates have to adapt."""
    _check_out(choice, builtin.SHIFTS)
    if choice.kept:
        files.check_folder(choice.kept)
        choice.kept.mkdir(parents=True, exist_ok=True)
    require_tensorflow()
    val = read(choice.data, "val")
    from se_viz.experiments.shifts.tables import shift_table
    from se_viz.nets import zoo
    from se_viz.probe.probe import Probe
    from se_viz.training.app_assets.shift import shift_split

    made = shift_split(Probe(zoo.load()), val, choice.kept, choice.kinds)
    made.save(choice.out)
    print(shift_table(made).to_string())


def block(choice: argparse.Namespace) -> None:
    """Every block of a few scenes."""
    _check_out(choice, builtin.BLOCK)
    require_tensorflow()
    from se_viz.training.app_assets.block import look

    look(read(choice.data, "val")).save(choice.out)


def scenes(choice: argparse.Namespace) -> None:
    """What the network makes of the rendered scenes."""
    files.check(SCORES, force=True)
    require_tensorflow()
    from se_viz.nets import zoo
    from se_viz.probe.probe import Probe
    from se_viz.training.app_assets.scenes import score, write

    write(score(Probe(zoo.load())), SCORES)


def openvino(choice: argparse.Namespace) -> None:
    """The built-in network as OpenVINO runs it."""
    require_tensorflow()
    from se_viz.training.app_assets.openvino import write

    write()


def times(choice: argparse.Namespace) -> None:
    """What the rows of the replication take to pass a batch."""
    files.check(choice.out, (), choice.force or choice.out == builtin.TIMES)
    require_tensorflow()
    from se_viz.experiments.timing import refuse_seconds
    from se_viz.training.app_assets.times import measured

    refuse_seconds(choice.seconds)
    made = measured(choice.seconds)
    files.write_json(choice.out, made)
    print(made["rows"])


def _check_out(choice: argparse.Namespace, shipped: Path, *inputs: Path) -> None:
    files.check(choice.out, inputs, choice.force or choice.out == shipped)
    spare(choice.out)


def read(data: Path, split: str):
    """A split's pictures: as the app sees them, or larger for `train`, to cut crops out of."""
    from se_viz.training.data import TRAINING, read_split

    return read_split(data, split, TRAINING if split == "train" else builtin.PREPROCESSING)
