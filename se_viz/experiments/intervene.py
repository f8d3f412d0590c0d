"""Pictures without and with interventions, compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from se_viz.analysis.predictions.effects import accuracy_table, outcomes, score
from se_viz.analysis.predictions.true_classes import Truth
from se_viz.experiments.predict import batches
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import NOTHING, Intervention, edits_of
from se_viz.nets.output import Output
from se_viz.pictures import Picture
from se_viz.probe.edit import Edit, stack, untouched

if TYPE_CHECKING:
    from se_viz.probe.probe import Probe
    from se_viz.probe.reading import Reading


def without(probe: Probe, model_input: np.ndarray) -> Reading:
    """One picture, uint8 (size, size, 3), with its gates as they are."""
    return with_one(probe, model_input, untouched(probe.blocks))


def with_one(probe: Probe, model_input: np.ndarray, edit: Edit) -> Reading:
    """One picture, uint8 (size, size, 3), with the edit of an intervention."""
    return with_all(probe, model_input[None], edit)


def with_all(probe: Probe, model_inputs: np.ndarray, edit: Edit) -> Reading:
    """Pictures, uint8 (N, size, size, 3), with the edit of an intervention, of one row or N."""
    from se_viz.probe.intervene import intervene

    return intervene(probe, model_inputs, edit)


def with_each(
    probe: Probe,
    model_input: np.ndarray,
    plan: Iterable[Intervention],
    replacements: Replacements = NOTHING,
) -> np.ndarray:
    """Outputs (V + 1, K) of one picture, without and with each intervention, in one batch."""
    edits = stack([untouched(probe.blocks), edits_of(plan, replacements)])
    return with_one(probe, model_input, edits).outputs


def on_pictures(
    probe: Probe, pictures: Iterable[Picture], wanted: Intervention, replacements: Replacements
) -> tuple[np.ndarray, np.ndarray]:
    """Outputs (N, K) of pictures without and with an intervention; a batch of them is held.

    Raises:
        ValueError: where it cannot be carried out; a sentence for people.
    """
    from se_viz.probe.intervene import intervene

    edit, before, after = wanted.edit(replacements), [], []
    for model_inputs in batches((picture.model_input for picture in pictures), probe.batch):
        before.append(probe.read(model_inputs).outputs)
        after.append(intervene(probe, model_inputs, edit).outputs)
    return _joined(before), _joined(after)


def accuracy(
    before: np.ndarray, after: np.ndarray, truth: Truth, output: Output
) -> pd.DataFrame | None:
    """The `accuracy_table` of outputs (N, K) without and with an intervention, over the pictures of
    known classes; None where there is none."""
    known, true = truth.known, truth.rows[truth.known]
    if not len(known):
        return None
    was, now = (score(outputs[known], true, output) for outputs in (before, after))
    return accuracy_table(outcomes(was, now, true, output.classes))


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    return np.concatenate(parts) if parts else np.empty((0, 0), np.float32)
