"""Pictures through a network, a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from se_viz.manifest import Pictures
from se_viz.pictures import Earlier, Limits, Picture, Remark, Skipped, Source
from se_viz.pictures.records import BY_NOBODY
from se_viz.probe.reading import Reading

if TYPE_CHECKING:
    from se_viz.engines.base import Chunk
    from se_viz.probe.edit import Edit
    from se_viz.probe.probe import Probe

Progress = Callable[[int, int], object]
"""Told how many are done, of how many."""
STEP = 256
"""Model inputs that are read at a time."""


def predict(
    probe: Probe,
    sources: Iterable[Source | Skipped | Remark],
    progress: Progress | None = None,
    *,
    files: int = 0,
    limits: Limits | None = None,
    thumbnails: bool = False,
    known: Mapping[str, Earlier] | None = None,
    edit: Edit | None = None,
) -> Iterator[Chunk]:
    """What the network reads of pictures, chunk by chunk, see `engines.base.Engine`.

    Args:
        progress: told after each chunk how many files are done, and of how many.
        files: how many there are, as far as that is known.
    """
    from se_viz.engines.catalogue import engine

    done, whole = 0, files
    for chunk in engine().read_pictures(probe, sources, limits, thumbnails, known, edit):
        yield chunk
        done += chunk.done
        whole = max(whole, done)  # files of many pages
        if progress:
            progress(done, whole)


def predict_model_inputs(
    probe: Probe, model_inputs: np.ndarray, names: Sequence[str], labels: Sequence[str]
) -> Iterator[Reading]:
    """What is read of uint8 model inputs (N, size, size, 3) under labels, `STEP` at a time."""
    for first in range(0, len(model_inputs), STEP):
        part = slice(first, first + STEP)
        yield probe.read(model_inputs[part]).named(names[part], labels[part])


def batches(model_inputs: Iterable[np.ndarray], size: int) -> Iterator[np.ndarray]:
    """Model inputs as uint8 (n, size, size, 3), n at most `size`."""
    left = iter(model_inputs)
    while part := list(islice(left, size)):
        yield np.stack(part)


@dataclass(eq=False)
class PictureLog:
    """What is kept of pictures that came by, without their pixels.

    Attributes:
        pictures: for a manifest.
        names, labels, digests: of each picture; the label is "" where it has none of its own.
        skipped, remarks: what to know of the files.
    """

    pictures: Pictures = field(default_factory=Pictures)
    names: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.names)

    def over(self, chunks: Iterable[Chunk]) -> Iterator[Reading]:
        """What chunks read; their pictures are taken down with the classes that they have there."""
        for chunk in chunks:
            self.skipped += chunk.skipped
            self.remarks += chunk.remarks
            if chunk.reading:
                for row, picture in enumerate(chunk.pictures):
                    self._add(picture, chunk.reading.labels[row], chunk.reading.origin_of(row))
                yield chunk.reading

    def through(self, items: Iterable[Picture | Skipped | Remark]) -> Iterator[Picture]:
        """The pictures among what is loaded; they are taken down with classes of their own."""
        of_pictures: list[Remark] = []
        for item in items:
            if isinstance(item, Picture):
                of_pictures += item.remarks
                self._add(item, item.label or "", item.by if item.label else BY_NOBODY)
                yield item
            elif isinstance(item, Skipped):
                self.skipped.append(item)
            else:
                self.remarks.append(item)
        self.remarks += of_pictures

    def _add(self, picture: Picture, label: str, by: str) -> None:
        facts = (picture.name, picture.digest, label, by, picture.file, picture.page)
        self.pictures.add(*facts)
        self.names.append(picture.name)
        self.labels.append(picture.label or "")
        self.digests.append(picture.digest)
