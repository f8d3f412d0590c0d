"""Pictures through a probe in this process: decoding goes on while the network computes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from se_viz.manifest import versions
from se_viz.pictures import Limits, Picture, Skipped, Source, load
from se_viz.probe.edit import Edit
from se_viz.probe.intervene import intervene
from se_viz.probe.probe import Pass, Probe
from se_viz.probe.reading import Reading
from se_viz.profile import Origin, Profile


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some pictures in order: `reading` row i belongs to `pictures[i]`; None without pictures."""

    reading: Reading | None
    pictures: tuple[Picture, ...]
    skipped: tuple[Skipped, ...]


def read_pictures(
    probe: Probe,
    sources: Iterable[Source | Skipped],
    limits: Limits | None = None,
    thumbnails: bool = True,
    known: Mapping[str, str] | None = None,
    edit: Edit | None = None,
) -> Iterator[Chunk]:
    """Pass pictures through the network, a batch at a time; holds no more than a few at once.

    A picture without a label gets the network's own prediction. `known` are the digests of earlier
    pictures with their names: what comes again is skipped. With an `edit` of one row, the network's
    gates are changed on the way.
    """
    preprocessing = probe.network.preprocessing
    loaded = load(sources, preprocessing, limits, thumbnails=thumbnails, known=known)
    pictures: list[Picture] = []
    skipped: list[Skipped] = []
    for item in loaded:
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            pictures.append(item)
        if len(pictures) == probe.batch:
            yield _chunk(probe, pictures, skipped, edit)
            pictures, skipped = [], []
    if pictures or skipped:
        yield _chunk(probe, pictures, skipped, edit)


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


def _chunk(
    probe: Probe, pictures: list[Picture], skipped: list[Skipped], edit: Edit | None
) -> Chunk:
    reading = None
    if pictures:
        views = np.stack([picture.view for picture in pictures])
        seen = probe.read(views) if edit is None else intervene(probe, views, edit)
        names = tuple(picture.name for picture in pictures)
        labels = _labels(probe, pictures, seen)
        reading = Reading(names, labels, seen.logits, seen.gates, seen.squeezes)
    return Chunk(reading, tuple(pictures), tuple(skipped))


def _labels(probe: Probe, pictures: list[Picture], seen: Pass) -> tuple[str, ...]:
    guesses = [probe.network.classes[guess] for guess in seen.logits.argmax(1)]
    return tuple(p.label or guess for p, guess in zip(pictures, guesses, strict=True))
