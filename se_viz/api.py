"""The package in a few names, for notebooks and scripts: see `se_viz.__all__`.

A network is loaded and probed; pictures are read, under their gates or under others; what was read
becomes a profile by class, a table or a figure.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from se_viz.analysis.predictions.true_classes import truth_of
from se_viz.analysis.profiles.groups import Group
from se_viz.experiments.check import Verdict, model_inputs_of
from se_viz.experiments.check import check as _check
from se_viz.experiments.health import health_of
from se_viz.experiments.plans import sweep_plan
from se_viz.experiments.predict import PictureLog, predict
from se_viz.experiments.profile import profile_of
from se_viz.experiments.shifts.clean_gates import means_over
from se_viz.experiments.shifts.gate_sources import ADAPTIVE
from se_viz.experiments.shifts.plans import LINES, Cell
from se_viz.experiments.shifts.run import measured, subjects_of
from se_viz.experiments.shifts.tables import shift_table
from se_viz.experiments.sweep import once_more, sweep_model_inputs
from se_viz.experiments.sweep_record import Sweep
from se_viz.experiments.sweep_tables import sweep_table
from se_viz.figures import catalogue
from se_viz.figures.style.offline import Figure
from se_viz.interventions.base import InterventionKind, Replacements
from se_viz.interventions.intervention import Intervention
from se_viz.interventions.selection import ALL, Selection
from se_viz.nets import builtin, own, zoo
from se_viz.nets.network import Network
from se_viz.pictures import Remark, Skipped, Source, draw_stimuli, gather_paths
from se_viz.pictures import load as load_pictures
from se_viz.pictures.shifts import CLEAN, Light, kind_of
from se_viz.probe.reading import Reading, join
from se_viz.profiles import Profile

if TYPE_CHECKING:
    import pandas as pd

    from se_viz.probe.edit import Edit
    from se_viz.probe.gates.sites import Found
    from se_viz.probe.probe import Probe


def load(name: str | Path = builtin.NAME, **said: Any) -> Network:
    """A network by its name in the list, or one's own from a file.

    Args:
        name: such as "builtin" or "legacy_seresnet50" (`python -m se_viz models` lists all), or a
            path to a `.keras`, `.h5`, `.safetensors` or `.weights.h5` file; or a layout of ours
            with random weights, such as "se_resnet:depth=50,ratio=4-8-16-16,place=pre,gate=tanh".
        said: what a file does not say about itself, as `nets.own.Options` has it, such as
            `classes=("cat", "dog")`.

    Raises:
        ValueError: where there is none, or it cannot be fetched or read; a sentence for people.
    """
    if own.is_own(str(name)):
        return own.open_file(Path(name), options=own.Options(**said))
    return zoo.load(str(name))


def find(model: Any, size: int | None = None) -> Found:
    """The SE blocks of a network and every place that is none, with the reason, by structure alone.

    Args:
        model: a functional Keras network.
        size: of its pictures in pixels, where its input leaves that open.

    Raises:
        ValueError: where its graph cannot be read.
    """
    from se_viz.probe.frontends import catalogue as frontends
    from se_viz.probe.gates import find as structure

    return structure.find(frontends.read(model).graph, size)


def read(probe: Probe, *paths: str | Path) -> Reading:
    """Outputs, gates and squeezes of pictures: files, folders (which name the classes) and ZIPs.

    What is left out is told as a warning, a sentence for each file.

    Raises:
        ValueError: where no picture could be read.
    """
    return _read(probe, paths)


def intervene(
    probe: Probe,
    *paths: str | Path,
    do: InterventionKind,
    at: str | tuple[str, ...] = ALL,
    means: Profile | None = None,
) -> Reading:
    """The same pictures under other gates; the network stays as it was.

    Args:
        do: one of `se_viz.interventions`, such as `Bypass()`.
        at: "all", "stage 5", "SE_4_6", "SE_4_6:0-31", or several.
        means: a profile, for `MeanAblation` and `ClassMean`.

    Raises:
        ValueError: as `read`, or where the intervention cannot be carried out.
    """
    places = (at,) if isinstance(at, str) else at
    wanted = Intervention(do, Selection.parse(probe.blocks, places))
    return _read(probe, paths, wanted.edit(_replacements(means)))


def profile(probe: Probe, reading: Reading, title: str = "these pictures") -> Profile:
    """The gates of pictures by class: count, mean, variance and histogram of every channel."""
    return profile_of(probe, [reading], title)


def sweep(probe: Probe, *paths: str | Path, means: Profile) -> Sweep:
    """Every block, every stage and all in turn, bypassed and frozen at the means of a profile, on
    pictures in folders that name the network's classes.

    Raises:
        ValueError: as `read`, or where no folder names a class of the network.
    """
    log, output = PictureLog(), probe.network.output
    for _ in log.through(load_pictures(_gathered(paths), probe.network.preprocessing)):
        pass
    found = truth_of(log.labels, output.classes if output.guesses else ())
    if not len(found.known):
        raise ValueError(f"No picture has a class that {probe.network.title} knows.")
    model_inputs = (one.model_input for one in once_more(probe, _gathered(paths), log, found.known))
    true = found.rows[found.known]
    return sweep_model_inputs(
        probe, model_inputs, sweep_plan(probe.blocks), _replacements(means), true
    )


def shift(
    probe: Probe,
    *paths: str | Path,
    kind: str = "contrast",
    strengths: Sequence[float] = (),
    gates: Sequence[str] = LINES,
    at: str = ALL,
    means: Profile | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Pictures under a shift of light, with gates that adapt and with gates that do not.

    Folders name classes; where none names one of the network's, right means: as the picture was
    taken for before the shift.

    Args:
        kind: one of `se_viz.pictures.shifts.KINDS`.
        strengths: in its own unit; its five where none is given.
        gates: whose, of "adaptive", "held", "frozen", "open", "same-class", "other-class",
            "class-mean" and "shuffled".
        at: where gates do not adapt: "all", "stage 5", "SE_4_6", "SE_4_6:0-31".
        means: a profile that frozen gates take the mean of; None for the pictures' own halves.
        seed: of noise, and of whose gates are taken.

    Returns:
        `experiments.shifts.tables.shift_table`, pictures as they are first.

    Raises:
        ValueError: as `read`, or for another kind, strength or place.
    """
    lights = [Light(kind, s, seed) for s in strengths or kind_of(kind).strengths]
    log, preprocessing = PictureLog(), probe.network.preprocessing
    loaded = load_pictures(_gathered(paths), preprocessing, thumbnails=False)
    model_inputs = [picture.model_input for picture in log.through(loaded)]
    _warn(log)
    output = probe.network.output
    found = truth_of(log.labels, output.classes if output.guesses else ())
    rows = found.known if len(found.known) else np.arange(len(model_inputs))
    subjects = subjects_of(
        probe,
        np.stack([model_inputs[row] for row in rows]),
        found.rows[rows] if len(found.known) else None,
        seed=seed,
        elsewhere=None if means is None else means_over(means),
    )
    plan = [Cell(light, *one) for light in (CLEAN, *lights) for one in _conditions(gates, at)]
    return shift_table(measured(probe, subjects, plan))


def _conditions(gates: Sequence[str], at: str) -> list[tuple[str, str]]:
    """Gates that adapt first, which the others are held against."""
    return [(ADAPTIVE, ALL), *((key, at) for key in gates if key != ADAPTIVE)]


def check(probe: Probe) -> Verdict:
    """Whether the probe reads what the network computes, on synthetic stimuli."""
    return _check(probe, model_inputs_of(probe, (stimulus.source() for stimulus in draw_stimuli())))


def health(probe: Probe, *paths: str | Path) -> pd.DataFrame:
    """Whether the gates of every block are all right, on pictures and on uniform noise: a
    `health_table`, in which rows with the verdict "finding" want a look.

    Raises:
        ValueError: as `read`.
    """
    return health_of(probe, [_read(probe, paths)])


def figure(name: str, *data: Any, **options: Any) -> Figure:
    """Any figure of the catalogue by its name.

    Args:
        name: such as "gates-by-class"; a wrong one is told all there are.
        data: a profile or two, a sweep, or the tables that the figure's builder takes.
        options: of its builder.

    Raises:
        ValueError: where there is none of that name, or it takes other data.
    """
    if data and all(isinstance(one, Profile) for one in data):
        return catalogue.of_profiles(name, [_group(one) for one in data], **options)
    tables = [sweep_table(one) if isinstance(one, Sweep) else one for one in data]
    return catalogue.figure(name, *tables, **options)


def _read(probe: Probe, paths: Sequence[str | Path], edit: Edit | None = None) -> Reading:
    log = PictureLog()
    readings = list(log.over(predict(probe, _gathered(paths), edit=edit)))
    _warn(log)
    return join(readings)


def _warn(log: PictureLog) -> None:
    """Tells what was left out; ValueError where that is all there was."""
    for left in log.skipped:
        warnings.warn(left.reason, stacklevel=4)
    if not len(log):
        raise ValueError("No picture could be read.")


def _gathered(paths: Sequence[str | Path]) -> Iterator[Source | Skipped | Remark]:
    return gather_paths([Path(path) for path in paths])


def _group(found: Profile) -> Group:
    return Group(f"{found.origin.title}, {found.pictures:,} pictures", found)


def _replacements(means: Profile | None) -> Replacements:
    return Replacements(None if means is None else _group(means))
