"""Pictures through a probe in this process: decoding goes on while the network computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from se_viz.engines.base import Chunk
from se_viz.pictures import Earlier, Limits, Picture, Remark, Skipped, Source, load
from se_viz.probe.edit import Edit
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Probe
from se_viz.probe.reading import GUESSED, OPEN, Reading


def read_pictures(
    probe: Probe,
    sources: Iterable[Source | Skipped | Remark],
    limits: Limits | None = None,
    thumbnails: bool = True,
    known: Mapping[str, Earlier] | None = None,
    edit: Edit | None = None,
) -> Iterator[Chunk]:
    """See `Engine.read_pictures`; a batch at a time, and no more than a few are held at once.

    A picture without a label gets the network's own prediction, where it makes any.
    """
    preprocessing = probe.network.preprocessing
    loaded = load(sources, preprocessing, limits, thumbnails=thumbnails, known=known)
    waiting = _Waiting()
    for item in loaded:
        waiting.add(item)
        if len(waiting.pictures) == probe.batch:
            yield _chunk(probe, waiting, edit)
            waiting = _Waiting()
    if waiting.pictures or waiting.skipped or waiting.remarks:
        yield _chunk(probe, waiting, edit)


@dataclass(eq=False)
class _Waiting:
    """What becomes the next chunk."""

    pictures: list[Picture] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, item: Picture | Skipped | Remark) -> None:
        if isinstance(item, Picture):
            self.pictures.append(item)
            self.remarks += item.remarks
        elif isinstance(item, Skipped):
            self.skipped.append(item)
        else:
            self.remarks.append(item)


def _chunk(probe: Probe, waiting: _Waiting, edit: Edit | None) -> Chunk:
    reading, pictures = None, waiting.pictures
    if pictures:
        model_inputs = np.stack([picture.model_input for picture in pictures])
        seen = probe.read(model_inputs) if edit is None else intervene(probe, model_inputs, edit)
        names = tuple(picture.name for picture in pictures)
        guess = GUESSED if seen.output.guesses else OPEN
        origins = tuple(picture.by if picture.label else guess for picture in pictures)
        reading = seen.named(names, _labels(pictures, seen), origins)
    return Chunk(reading, tuple(pictures), tuple(waiting.skipped), tuple(waiting.remarks))


def _labels(pictures: list[Picture], seen: Reading) -> tuple[str, ...]:
    guesses = seen.output.labels(seen.outputs)
    return tuple(p.label or guess for p, guess in zip(pictures, guesses, strict=True))
