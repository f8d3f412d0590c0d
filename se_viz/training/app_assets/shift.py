"""The shifts that ship: when gates have to adapt, on the whole validation set."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from tqdm import tqdm  # type: ignore[import-untyped]

from se_viz import files
from se_viz.experiments.shifts.measure import Answers, by_light
from se_viz.experiments.shifts.plans import MAIN, Cell, whole_plan
from se_viz.experiments.shifts.record import ShiftRecord
from se_viz.experiments.shifts.run import (
    LightResult,
    Recorder,
    Subjects,
    each_light,
    subjects_of,
)
from se_viz.nets import builtin
from se_viz.pictures.shifts import KINDS, Light
from se_viz.probe.probe import Probe
from se_viz.training.app_assets.sweep import names_digest
from se_viz.training.data import Split
from se_viz.training.provenance import device, versions

COMMAND = "python -m se_viz.training shift --data DIR"
PARTNERS = 0
"""The seed by which other pictures' gates are dealt out."""


def shift_split(
    probe: Probe, split: Split, kept: Path | None = None, kinds: Sequence[str] = tuple(KINDS)
) -> ShiftRecord:
    """Pass a split through the network under `whole_plan`.

    Args:
        probe: of the built-in network.
        split: its pictures.
        kept: a folder for what is done of each light, so that a run that was stopped goes on.
        kinds: of shifts. What was kept of a few serves more that come after them.
    """
    subjects = subjects_of(probe, split.pictures, split.labels, seed=PARTNERS)
    plan = whole_plan(probe.blocks, kinds)
    since = time.monotonic()
    results = _all(probe, subjects, plan, kept)
    order = {light: place for place, light in enumerate(by_light(plan))}
    recorder = Recorder(subjects, probe, sorted(results, key=lambda one: order[one.light]))
    return recorder.record(
        {
            "command": COMMAND,
            "kinds": list(kinds),
            "split": builtin.SPLIT,
            "pictures": len(split.labels),
            "names_sha256": names_digest(split),
            "files": split.files,
            "weights_sha256": probe.network.fingerprint,
            "preprocessing": probe.network.preprocessing.as_dict(),
            "partners_seed": PARTNERS,
            "frozen_at": "the mean over classes of the other half of the pictures, crossed",
            "seconds": round(time.monotonic() - since),
            "device": device(),
            "versions": versions(),
        }
    )


def moved_lights() -> list[Light]:
    """Lights of which it is kept how far gates move."""
    return [Light(kind, strength) for kind in MAIN for strength in KINDS[kind].course]


def _all(
    probe: Probe, subjects: Subjects, plan: Sequence[Cell], kept: Path | None
) -> list[LightResult]:
    found = _kept(kept, plan, len(subjects.clean))
    done = [result.light for result in found]
    whole = len(by_light(plan)) * len(subjects.clean)
    with tqdm(total=whole, unit="pic") as bar:
        to_do = each_light(
            probe, subjects, plan, moved_lights(), done, lambda at, _: bar.update(at - bar.n)
        )
        for result in to_do:
            found.append(result)
            if kept is not None:
                _keep(kept, result)
    return found


def _path(kept: Path, light: Light) -> Path:
    return kept / f"{light.kind or 'clean'}-{light.strength:g}.npz"


def _keep(kept: Path, result: LightResult) -> None:
    arrays = {"guesses": result.answers.guesses, "confidence": result.answers.confidence}
    if result.moves is not None:
        arrays["moves"] = np.array(result.moves.to_json(orient="split"))
    files.write(_path(kept, result.light), files.npz(arrays))


def _kept(kept: Path | None, plan: Sequence[Cell], pictures: int) -> list[LightResult]:
    if kept is None:
        return []
    paths = {light: _path(kept, light) for light in by_light(plan)}
    return [
        _read(path, light, by_light(plan)[light], pictures)
        for light, path in paths.items()
        if path.exists()
    ]


def _read(path: Path, light: Light, cells: tuple[Cell, ...], pictures: int) -> LightResult:
    """What was kept of one light; ValueError where it is of another plan or other pictures."""
    with np.load(path, allow_pickle=False) as file:
        answers = Answers(cells, file["guesses"], file["confidence"])
        text = str(file["moves"]) if "moves" in file else ""
    if answers.guesses.shape != (len(cells), pictures):
        raise ValueError(f"{path} is of another plan, or of other pictures.")
    moves = pd.read_json(io.StringIO(text), orient="split") if text else None
    return LightResult(light, answers, moves)
