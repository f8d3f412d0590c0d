"""Pictures without a class that come once more, byte for byte, where they have one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from se_viz.pictures.decoding.decode import kind_of
from se_viz.pictures.labels.placement import some
from se_viz.pictures.records import Remark, Skipped, Source


def with_classes_of_copies(
    items: Iterable[Source | Skipped | Remark],
) -> Iterator[Source | Skipped | Remark]:
    """The same; what has no class takes that of the first copy after it that has one, as nothing
    contradicts it, and a remark at the end says so.

    Only files of the same size as one without a class are read.
    """
    items = list(items)
    taken = _taken([item for item in items if isinstance(item, Source)])
    for item in items:
        if isinstance(item, Source) and item.name in taken:
            copy = taken[item.name]
            yield replace(item, label=copy.label, by=copy.by)
        else:
            yield item
    if taken:
        classes = some(dict.fromkeys(str(copy.label) for copy in taken.values()))
        text = (
            f"It has no class of its own, so it has that of the same picture elsewhere ({classes})."
        )
        yield Remark(next(iter(taken)), text, len(taken))


def _taken(sources: Sequence[Source]) -> dict[str, Source]:
    """By name, what gives sources without a class theirs."""
    bare = {source.size for source in sources if not source.label}
    named = {source.size for source in sources if source.label}
    first: dict[str, Source] = {}
    taken: dict[str, Source] = {}
    for source in sources:
        digest = _digest(source) if source.size in bare & named else None
        if digest is None:
            continue
        earlier = first.setdefault(digest, source)
        if source.label and not earlier.label:
            taken.setdefault(earlier.name, source)
    return taken


def _digest(source: Source) -> str | None:
    """The SHA-256 of a picture's bytes; None for what is none."""
    try:
        data = source.read()
    except Exception:  # it is told when the file is read in its turn
        return None
    return hashlib.sha256(data).hexdigest() if kind_of(data, source.name) else None
