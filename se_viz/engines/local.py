"""Pictures through a probe in this process: decoding goes on while the network computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from se_viz.manifest import versions
from se_viz.pictures import Earlier, Limits, Picture, Remark, Skipped, Source, load
from se_viz.probe.edit import Edit
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Pass, Probe
from se_viz.probe.reading import GUESSED, OPEN, Reading
from se_viz.profiles import Origin, Profile


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some pictures in order: `reading` row i belongs to `pictures[i]`; None without pictures.
    `remarks` are what to know of them and of the files around them."""

    reading: Reading | None
    pictures: tuple[Picture, ...]
    skipped: tuple[Skipped, ...]
    remarks: tuple[Remark, ...] = ()


def read_pictures(
    probe: Probe,
    sources: Iterable[Source | Skipped | Remark],
    limits: Limits | None = None,
    thumbnails: bool = True,
    known: Mapping[str, Earlier] | None = None,
    edit: Edit | None = None,
) -> Iterator[Chunk]:
    """Pass pictures through the network, a batch at a time; holds no more than a few at once.

    A picture without a label gets the network's own prediction, where it makes any. `known` are
    earlier pictures by their digests: what comes again is skipped. With an `edit` of one row, the
    network's gates are changed on the way.
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


def origin_of(probe: Probe, title: str) -> Origin:
    """Where a profile that this probe makes comes from."""
    network = probe.network
    return Origin(
        title, network.name, network.fingerprint, network.preprocessing.as_dict(), versions()
    )


def refuse_other(found: Profile, probe: Probe) -> None:
    """Raises ValueError where a profile was made with another network or preprocessing."""
    network = probe.network
    if found.origin.fingerprint != network.fingerprint or found.blocks != probe.blocks:
        raise ValueError(
            f"It is a profile of {found.origin.network}, or of other weights; this is "
            f"{network.name}, and gates of different networks are never mixed."
        )
    if dict(found.origin.preprocessing) != network.preprocessing.as_dict():
        raise ValueError("Its pictures were preprocessed in another way than this network's.")


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
        views = np.stack([picture.view for picture in pictures])
        seen = probe.read(views) if edit is None else intervene(probe, views, edit)
        names = tuple(picture.name for picture in pictures)
        labels = _labels(probe, pictures, seen)
        output = probe.network.output
        guess = GUESSED if output.guesses else OPEN
        origins = tuple(picture.by if picture.label else guess for picture in pictures)
        given = (names, labels, seen.outputs, seen.gates, seen.squeezes)
        reading = Reading(*given, output, origins)
    return Chunk(reading, tuple(pictures), tuple(waiting.skipped), tuple(waiting.remarks))


def _labels(probe: Probe, pictures: list[Picture], seen: Pass) -> tuple[str, ...]:
    guesses = probe.network.output.labels(seen.outputs)
    return tuple(p.label or guess for p, guess in zip(pictures, guesses, strict=True))
