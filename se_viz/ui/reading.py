"""Pictures through a network, with a bar: new ones, and known ones through another network."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from se_viz.pictures import Limits, Skipped, Source
from se_viz.probe.reading import join
from se_viz.ui import models, resources
from se_viz.ui.models import Model
from se_viz.ui.session import Collection, Seen, Shot, shot_of

LIMITS = Limits(upload_files=5_000, upload_bytes=1024 * 1024 * 1024)


def take_in(sources: list[Source | Skipped], mine: Collection) -> None:
    """Decode new pictures and pass them through the network of the pages."""
    seen = _seen(mine, models.current())
    shots: list[Shot] = []
    skipped: list[Skipped] = []
    readings = []
    kept = [mine.spool.keep(item) if isinstance(item, Source) else item for item in sources]
    for chunk in _chunks(_within(kept, mine), len(sources), mine.known, models.current()):
        readings += [chunk.reading] if chunk.reading else []
        shots += map(shot_of, chunk.pictures)
        skipped += chunk.skipped
    if readings:
        mine.add(join(readings), shots)
    assert len(seen) == len(mine)
    mine.spool.retain(mine.known.keys())
    mine.skipped += skipped
    mine.uploads += 1


def catch_up(mine: Collection, model: Model) -> None:
    """Pass the session's pictures through a network that has not seen them yet, and only those."""
    if not len(mine):
        return
    seen = _seen(mine, model)
    missing = mine.missing(model.key)
    readings = []
    try:
        for chunk in _chunks(missing, len(missing), {}, model) if missing else ():
            readings += [chunk.reading] if chunk.reading else []
            if chunk.skipped:
                mine.drop(chunk.skipped)
    finally:  # what was read counts, also where the person does something else meanwhile
        if readings:
            seen.add(join(readings))


def _seen(mine: Collection, model: Model) -> Seen:
    if model.key in mine.seen:
        return mine.seen[model.key]
    probe = resources.probe(model)
    from se_viz.engines.local import origin_of

    origin = origin_of(probe, "pictures of this session")
    return mine.look_through(model.key, Seen(probe.blocks, origin))


def _chunks(sources: Iterable[Source | Skipped], count: int, known, model: Model):
    probe = resources.probe(model)
    from se_viz.engines.local import read_pictures

    bar, done = st.progress(0.0, f"0 of {count:,} files through {model.title}"), 0
    for chunk in read_pictures(probe, sources, LIMITS, known=known):
        yield chunk
        done += len(chunk.pictures) + len(chunk.skipped)
        bar.progress(min(done / count, 1.0), f"{done:,} of {count:,} files through {model.title}")
    bar.empty()


def _within(sources: list[Source | Skipped], mine: Collection) -> Iterable[Source | Skipped]:
    """As many, and as much, as a session may hold; one sentence stands for the others."""
    room, space = LIMITS.upload_files - len(mine), LIMITS.upload_bytes - len(mine.spool)
    taken = 0
    for source in sources[:room]:
        space -= max(getattr(source, "size", 0), 0)
        if space < 0:
            break
        taken += 1
        yield source
    rest = sources[taken:]
    if rest:
        name = rest[0].name
        who = f"{name} was" if len(rest) == 1 else f"{name} and {len(rest) - 1:,} more were"
        reason = (
            f"{who} left out, since a session holds {LIMITS.upload_files:,} pictures and "
            f"{LIMITS.upload_bytes // 2**20:,} MB at most."
        )
        yield Skipped(name, reason)
