"""Pictures through a network, with a bar: new ones, and known ones through another network."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import streamlit as st

from se_viz.analysis.predictions.true_classes import Truth
from se_viz.experiments.predict import predict
from se_viz.experiments.sweep import sweep_model_inputs
from se_viz.experiments.sweep_record import Sweep
from se_viz.interventions.base import Replacements
from se_viz.interventions.intervention import Intervention
from se_viz.pictures import Limits, PictureError, Remark, Skipped, Source, model_input_of
from se_viz.pictures.records import count_files
from se_viz.probe.edit import Edit
from se_viz.probe.reading import join
from se_viz.ui.sentences import pictures as told
from se_viz.ui.state import models, resources
from se_viz.ui.state.models import Model
from se_viz.ui.state.session import Collection, Seen, Shot, shot_of

LIMITS = Limits(upload_files=5_000, upload_bytes=1024 * 1024 * 1024)


def take_in(sources: list[Source | Skipped | Remark], mine: Collection, upload: int) -> None:
    """Decode new pictures and pass them through the network of the pages.

    `upload` is which upload of the session they are: another run may have taken it in meanwhile.
    """
    with mine.turn:
        if upload == mine.uploads:
            _take_in(sources, mine)


def _take_in(sources: list[Source | Skipped | Remark], mine: Collection) -> None:
    model = models.current()
    seen = _seen(mine, model)
    shots: list[Shot] = []
    skipped: list[Skipped] = []
    remarks: list[Remark] = []
    readings = []
    kept = [mine.spool.keep(item) if isinstance(item, Source) else item for item in sources]
    room = LIMITS.upload_files - len(mine)
    for chunk in _chunks(_within(kept, mine), count_files(sources), mine.known, model):
        if len(shots) >= room and chunk.pictures:  # a file may hold any number of pages
            skipped.append(_left_out(chunk.pictures[0].name, None))
            break
        readings += [chunk.reading] if chunk.reading else []
        shots += map(shot_of, chunk.pictures)
        skipped += chunk.skipped
        remarks += chunk.remarks
    if readings:
        mine.add(join(readings), shots, model.key)
    assert len(seen) == len(mine)
    mine.forget_files()
    mine.skipped += skipped
    mine.remarks += [remark for remark in remarks if not remark.idle]  # a choice stays there
    mine.uploads += 1


def catch_up(mine: Collection, model: Model) -> None:
    """Pass the session's pictures through a network that has not seen them yet, and only those."""
    with mine.turn:
        if len(mine):
            _catch_up(mine, model)


def _catch_up(mine: Collection, model: Model) -> None:
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


def intervened(mine: Collection, edit: Edit) -> np.ndarray:
    """Outputs (N, K) of the session's pictures through the network of the pages with other gates.

    Pictures that can no longer be read leave the session, as in `catch_up`.
    """
    sources = [mine.source(shot) for shot in mine.shots]
    outputs = []
    for chunk in _chunks(sources, len(sources), {}, models.current(), edit):
        outputs += [chunk.reading.outputs] if chunk.reading else []
        if chunk.skipped:
            mine.drop(chunk.skipped)
    return np.concatenate(outputs) if outputs else np.empty((0, 0), np.float32)


def swept(
    mine: Collection,
    found: Truth,
    plan: Sequence[Intervention],
    replacements: Replacements,
) -> Sweep | None:
    """A plan over the session's pictures of known classes; with a bar.

    None where one of them can no longer be read.
    """
    probe, bar = resources.probe(), st.progress(0.0, "Sweeping")
    preprocessing = probe.network.preprocessing
    sources = (mine.source(mine.shots[row]) for row in found.known)
    model_inputs = (model_input_of(source, preprocessing) for source in sources)

    def progress(done: int, whole: int) -> None:
        bar.progress(done / whole, told.sweeping(done, whole))

    try:
        return sweep_model_inputs(
            probe, model_inputs, plan, replacements, found.rows[found.known], progress
        )
    except PictureError:
        return None
    finally:
        bar.empty()


def _seen(mine: Collection, model: Model) -> Seen:
    if model.key in mine.seen:
        return mine.seen[model.key]
    probe = resources.probe(model)
    from se_viz.engines.origins import origin_of

    origin = origin_of(probe, "pictures of this session")
    return mine.look_through(model.key, Seen(probe.blocks, origin))


def _chunks(
    sources: Iterable[Source | Skipped | Remark],
    count: int,
    known,
    model: Model,
    edit: Edit | None = None,
):
    probe = resources.probe(model)
    bar = st.progress(0.0, told.files_through(0, count, model.title))

    def progress(done: int, whole: int) -> None:
        whole = max(whole, 1)  # there may be remarks alone
        bar.progress(done / whole, told.files_through(done, whole, model.title))

    try:
        yield from predict(
            *(probe, sources, progress),
            files=count,
            limits=LIMITS,
            thumbnails=True,
            known=known,
            edit=edit,
        )
    finally:
        bar.empty()


def _within(
    sources: list[Source | Skipped | Remark], mine: Collection
) -> Iterable[Source | Skipped | Remark]:
    """As many, and as much, as a session may hold; one sentence stands for the others."""
    room, space = LIMITS.upload_files - len(mine), LIMITS.upload_bytes - len(mine.spool)
    rest: list[Source] = []
    for source in sources:
        if isinstance(source, Source):
            room, space = room - 1, space - max(source.size, 0)
            if rest or room < 0 or space < 0:
                rest.append(source)
                continue
        yield source
    if rest:
        yield _left_out(rest[0].name, len(rest) - 1, len(rest))


def _left_out(name: str, more: int | None, count: int = 1) -> Skipped:
    return Skipped(name, told.left_out(name, more, LIMITS), count)
