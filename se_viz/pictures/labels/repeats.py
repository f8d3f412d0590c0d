"""Pictures that come again, byte for byte: which of them counts."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from se_viz.pictures.options import EACH
from se_viz.pictures.records import Earlier, Picture, Repeat, Skipped, Source


class SeenPictures:
    """The pictures that counted so far, by the SHA-256 of their bytes, in hexadecimal.

    Many threads may ask; one adds.
    """

    def __init__(self, known: Mapping[str, Earlier] | None = None) -> None:
        self._known = {digest: (earlier,) for digest, earlier in (known or {}).items()}

    def add(self, picture: Picture) -> None:
        """It counts."""
        earlier = self._known.get(picture.digest, ())
        self._known[picture.digest] = (
            *earlier,
            Earlier(picture.name, picture.label, picture.place),
        )

    def repeat(self, picture: Picture | Source, digest: str) -> Skipped | None:
        """Why it does not count, where one with its bytes did; a `Repeat` where classes differ."""
        earlier, label = self._known.get(digest, ()), picture.label
        if not earlier:
            return None
        other = label and all(label != known.label for known in earlier)
        if other and picture.options.repeats == EACH:
            return None
        first = earlier[0]
        reason = f"{_same(picture, first)} and counts only once"
        if not label or not other:
            return Skipped(picture.name, f"{reason}.")
        holds = f"under “{first.label}”" if first.label else "without a class of its own"
        text = f"{reason}, {holds}, not under “{label}”."
        return Repeat(picture.name, text, digest=digest, label=label, holds=first.label)


def _same(picture: Picture | Source, first: Earlier) -> str:
    """Which picture is which other; of two with one name, as many folders as tell them apart."""
    if picture.name != first.name:
        return f"{picture.name} is the same picture as {first.name}"
    here, there = (_path(one) for one in (picture, first))
    if here == there:
        return f"{picture.name} is here already"
    deep = next(n for n in count(1) if here[-n:] != there[-n:])
    return f"{'/'.join(here[-deep:])} is the same picture as {'/'.join(there[-deep:])}"


def _path(one: Picture | Source | Earlier) -> tuple[str, ...]:
    """Its folders, and its name without any."""
    return (*one.place.split("/")[:-1], one.name.split("/")[-1])
