"""Every intervention of a plan on every picture; what they have in common is computed once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from se_viz.experiments.predict import PictureLog, Progress, batches
from se_viz.experiments.sweep_record import Sweep, joined, of_outputs
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import Intervention, edits_of
from se_viz.pictures import Picture, Remark, Skipped, Source, load

if TYPE_CHECKING:
    from se_viz.probe.edit import Edit
    from se_viz.probe.probe import Probe

CHUNK = 8
"""Pictures that are held at a time."""


def sweep_one(
    probe: Probe, model_input: np.ndarray, plan: Sequence[Intervention], replacements: Replacements
) -> np.ndarray:
    """Outputs (V + 1, K) of one picture, uint8 (size, size, 3), under none and each of a plan."""
    (outputs,) = sweep_each(probe, [model_input], plan, replacements)
    return outputs


def sweep_each(
    probe: Probe,
    model_inputs: Iterable[np.ndarray],
    plan: Sequence[Intervention],
    replacements: Replacements,
) -> Iterator[np.ndarray]:
    """The same of several pictures, one after another; a few are held at a time."""
    for outputs in outputs_of(probe, batches(model_inputs, CHUNK), edits_of(plan, replacements)):
        yield from outputs.swapaxes(0, 1)


def sweep_model_inputs(
    probe: Probe,
    model_inputs: Iterable[np.ndarray],
    plan: Sequence[Intervention],
    replacements: Replacements,
    truth: np.ndarray,
    progress: Progress | None = None,
) -> Sweep:
    """A plan over pictures of known classes, of which a few are held at a time.

    Args:
        model_inputs: uint8 (size, size, 3) each, N of them, at least one.
        truth: int (N,), their classes.
        progress: told how many pictures are done, and of how many.
    """
    parts, done, edits = [], 0, edits_of(plan, replacements)
    for outputs in outputs_of(probe, batches(model_inputs, CHUNK), edits):
        true = truth[done : done + outputs.shape[1]]
        parts.append(of_outputs(plan, probe.blocks, probe.network.output, true, outputs))
        done += len(true)
        if progress:
            progress(done, len(truth))
    return joined(parts)


def outputs_of(probe: Probe, several: Iterable[np.ndarray], edits: Edit) -> Iterator[np.ndarray]:
    """Outputs (V + 1, n, K) of each of several batches, uint8 model inputs (n, size, size, 3)."""
    from se_viz.probe.intervene import sweep

    for model_inputs in several:
        yield sweep(probe, model_inputs, edits)


def once_more(
    probe: Probe,
    sources: Iterable[Source | Skipped | Remark],
    log: PictureLog,
    rows: Collection[int],
) -> Iterator[Picture]:
    """Some of the pictures that a log took down, by their rows, loaded again.

    Raises:
        ValueError: where a file is no longer what it was; a sentence for people.
    """
    wanted, row = frozenset(rows), -1
    for row, picture in enumerate(_pictures(probe, sources)):
        if picture.digest not in log.digests[row : row + 1]:
            break
        if row in wanted:
            yield picture
    else:
        if row + 1 == len(log):
            return
    raise ValueError("The pictures changed while they were read: try again.")


def _pictures(probe: Probe, sources: Iterable[Source | Skipped | Remark]) -> Iterator[Picture]:
    items = load(sources, probe.network.preprocessing, thumbnails=False)
    return (item for item in items if isinstance(item, Picture))
