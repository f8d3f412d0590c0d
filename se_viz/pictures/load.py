"""Sources to pictures: many at a time, in order, never more in memory than a few."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from PIL import Image

from se_viz.pictures.decoding.decode import Opened, open_picture, turn_to, unpack
from se_viz.pictures.decoding.pages import identity, jobs
from se_viz.pictures.decoding.ranges import GreyRange
from se_viz.pictures.labels.repeats import SeenPictures
from se_viz.pictures.limits import Limits
from se_viz.pictures.preprocessing import Preprocessing, model_input
from se_viz.pictures.records import Earlier, Picture, PictureError, Remark, Skipped, Source
from se_viz.pictures.remarks import of_reading

LOOK_AHEAD = 32  # sources read ahead of the picture that was last handed out
THUMBNAIL = 128  # pixels, longest side
THUMBNAIL_QUALITY = 80
BIG = 16_000_000  # pixels; pictures with more are unpacked one at a time, for the memory's sake

_one_big = threading.Lock()
_log = logging.getLogger(__name__)


def load(
    sources: Iterable[Source | Skipped | Remark],
    preprocessing: Preprocessing,
    limits: Limits | None = None,
    workers: int | None = None,
    thumbnails: bool = True,
    known: Mapping[str, Earlier] | None = None,
) -> Iterator[Picture | Skipped | Remark]:
    """Read, check, decode and preprocess in `workers` threads; one result per source, in order.

    At most LOOK_AHEAD sources (or 2 per worker, if more) are taken before their results are asked
    for. A picture that repeats an earlier one, byte for byte, is skipped and the earlier one named,
    see `repeats`; `known` holds earlier ones of other calls by their digests.
    No file stops the others: what fails becomes a `Skipped`, what fails unexpectedly is logged too.
    """
    workers = default_workers() if workers is None else workers
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    work = _Work(preprocessing, limits or Limits(), thumbnails, SeenPictures(known or {}))
    pool = ThreadPoolExecutor(workers, thread_name_prefix="pictures")
    try:
        yield from _in_order(iter(sources), work, pool, max(LOOK_AHEAD, 2 * workers))
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def load_one(
    source: Source,
    preprocessing: Preprocessing,
    limits: Limits | None = None,
    thumbnails: bool = True,
) -> Picture:
    """One source, in this thread; raises PictureError."""
    work = _Work(preprocessing, limits or Limits(), thumbnails)
    return _picture(source, _File(source, work.limits), work)


def model_input_of(source: Source, preprocessing: Preprocessing) -> np.ndarray:
    """uint8 (size, size, 3): one source as a network sees it; raises PictureError."""
    return load_one(source, preprocessing, thumbnails=False).model_input


def default_workers() -> int:
    """As many threads as there are cores for this process, 8 at most."""
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return min(8, len(cores) or os.cpu_count() or 1)


def thumbnail(image: Image.Image) -> bytes:
    """An RGB picture as a small JPEG, longest side THUMBNAIL pixels; never enlarged.

    It carries pixels only: no comment, position, profile or whatever else the file held.
    """
    scale = min(1.0, THUMBNAIL / max(image.size))
    width, height = (max(1, round(side * scale)) for side in image.size)
    small = image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=1.0)
    small.info = {}
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=THUMBNAIL_QUALITY)
    return packed.getvalue()


def room(opened: Opened) -> AbstractContextManager[object]:
    """What is held while a picture is unpacked, so that of the big ones there is one at a time."""
    return _one_big if opened.pixels > BIG else nullcontext()


@dataclass(frozen=True)
class _Work:
    """What the threads share. seen: the pictures handed out so far."""

    preprocessing: Preprocessing
    limits: Limits
    thumbnails: bool
    seen: SeenPictures = field(default_factory=SeenPictures)


_Result = Picture | Skipped


def _in_order(
    sources: Iterator[Source | Skipped | Remark], work: _Work, pool: ThreadPoolExecutor, ahead: int
) -> Iterator[Picture | Skipped | Remark]:
    waiting: deque[Future[list[_Result]] | Skipped | Remark] = deque()
    for job in jobs(sources, work.limits):
        waiting.append(pool.submit(_process, job, work) if isinstance(job, list) else job)
        if len(waiting) >= ahead:
            yield from _finished(waiting.popleft(), work.seen)
    while waiting:
        yield from _finished(waiting.popleft(), work.seen)


def _finished(
    result: Future[list[_Result]] | Skipped | Remark, seen: SeenPictures
) -> Iterator[Picture | Skipped | Remark]:
    for done in result.result() if isinstance(result, Future) else [result]:
        yield _settled(done, seen)


def _settled(done: _Result | Remark, seen: SeenPictures) -> Picture | Skipped | Remark:
    """The finished result; of pictures with the same bytes, the first in order counts."""
    if not isinstance(done, Picture):
        return done
    repeat = seen.repeat(done, done.digest)
    if repeat is None:
        seen.add(done)
    return repeat or done


class _File:
    """A file while its pages are read, one after the other."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._opened: Opened | None = None

    @cached_property
    def data(self) -> bytes:
        return self._source.read()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def opened(self) -> Opened:
        """Its first picture; raises PictureError."""
        if self._opened is None:
            self._opened = open_picture(self.data, self._source.name, self._limits)
        return self._opened

    def identity_of(self, source: Source) -> str:
        """What tells a page of it from others; raises PictureError."""
        if source.page is None:
            return self.digest
        return identity(self.digest, source.page, self.opened.page)

    def open(self, source: Source) -> Opened:
        """A page of it; raises PictureError."""
        if source.page is None:
            return self.opened
        return turn_to(self.opened, source.page, source.name, self._limits)

    def forget(self) -> None:
        """Begin anew, since from a page that is broken no other can be reached."""
        self._opened = None


def _process(job: list[Source], work: _Work) -> list[_Result]:
    file = _File(job[0], work.limits)
    return [_read(source, file, work) for source in job]


def _read(source: Source, file: _File, work: _Work) -> _Result:
    try:
        digest = file.identity_of(source)
        return work.seen.repeat(source, digest) or _picture(source, file, work)
    except PictureError as error:
        reason = str(error)
    except MemoryError:
        reason = f"{source.name} needs more memory than there is."
    except Exception:
        _log.exception("unexpected error while reading the picture %s", source.name)
        reason = f"{source.name} could not be read, because of an unexpected error."
    file.forget()
    return Skipped(source.name, reason)


def _picture(source: Source, file: _File, work: _Work) -> Picture:
    several, first = file.opened.count > 1, file.opened.page
    opened = file.open(source)
    among = _ranges(opened, source)
    with room(opened):
        upright = unpack(opened, source.options.range, among)
        seen = model_input(upright.image, work.preprocessing)
        small = thumbnail(upright.image) if work.thumbnails else b""
    return Picture(
        *(source.name, source.label, file.identity_of(source), seen, small),
        *(upright.width, upright.height),
        remarks=tuple(of_reading(opened, upright, source)),
        by=source.by,
        options=replace(source.options, range=upright.taken.range if upright.taken else None),
        file=file.digest,
        page=(source.page or first) if several else None,
        place=source.place,
    )


def _ranges(opened: Opened, source: Source) -> tuple[GreyRange, ...]:
    """What pictures handed in together have in common, where this one does not say it itself."""
    if opened.numbers is None or source.options.range or source.look is None:
        return ()
    return source.look.ranges(opened.numbers)
