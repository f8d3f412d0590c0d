"""A sweep over many pictures that may be stopped and goes on from a file."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile
from zlib import error

import numpy as np

from se_viz import files
from se_viz.experiments import sweep
from se_viz.experiments.predict import Progress

if TYPE_CHECKING:
    from se_viz.probe.edit import Edit
    from se_viz.probe.probe import Probe

SAVED = 25
"""Batches between two times that the file is written."""
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, EOFError, BadZipFile, error)


@dataclass(eq=False)
class SweptSoFar:
    """Outputs (V + 1, n, K) of the first pictures.

    Attributes:
        path: of the file; None to keep them in memory alone.
        parts: the outputs, batch by batch.
        seconds: that it took.
    """

    path: Path | None = None
    parts: list[np.ndarray] = field(default_factory=list)
    seconds: float = 0.0

    @classmethod
    def read(cls, path: Path | None) -> SweptSoFar:
        """What a file holds, nothing where there is none.

        Raises:
            ValueError: where it is another file.
        """
        if path is None or not path.exists():
            return cls(path)
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(path, [file["logits"]], float(file["seconds"]))
        except _UNREADABLE as fault:
            raise ValueError(f"{path} holds no sweep to go on from.") from fault

    @property
    def done(self) -> int:
        """How many pictures."""
        return sum(part.shape[1] for part in self.parts)

    @property
    def outputs(self) -> np.ndarray:
        """All of them, float32 (V + 1, n, K)."""
        return np.concatenate(self.parts, axis=1)

    def save(self) -> None:
        """Write the file; WriteError where that cannot be."""
        if self.path is not None:
            arrays = {"logits": self.outputs, "seconds": np.array(self.seconds)}
            files.write(self.path, files.npz(arrays, packed=False))


def go_on(
    probe: Probe,
    model_inputs: np.ndarray,
    edits: Edit,
    so_far: SweptSoFar,
    progress: Progress | None = None,
) -> SweptSoFar:
    """Sweep over what is not done of uint8 model inputs (N, size, size, 3); saves on the way."""
    count, size = len(model_inputs), sweep.CHUNK
    left = (model_inputs[at : at + size] for at in range(so_far.done, count, size))
    since = time.monotonic()
    for number, outputs in enumerate(sweep.outputs_of(probe, left, edits), 1):
        so_far.parts.append(outputs)
        so_far.seconds += time.monotonic() - since
        if number % SAVED == 0 or so_far.done == count:
            so_far.save()
        if progress:
            progress(so_far.done, count)
        since = time.monotonic()
    return so_far
