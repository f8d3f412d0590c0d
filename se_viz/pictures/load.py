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

from PIL import Image

from se_viz.pictures import remarks
from se_viz.pictures.decode import Opened, open_picture, unpack
from se_viz.pictures.limits import Limits
from se_viz.pictures.preprocessing import Preprocessing, view
from se_viz.pictures.ranges import Range
from se_viz.pictures.records import Picture, PictureError, Remark, Skipped, Source

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
    known: Mapping[str, str] | None = None,
) -> Iterator[Picture | Skipped | Remark]:
    """Read, check, decode and preprocess in `workers` threads; one result per source, in order.

    At most LOOK_AHEAD sources (or 2 per worker, if more) are taken before their results are asked
    for. A picture that repeats an earlier one, byte for byte, is skipped and the earlier one named;
    `known` holds earlier ones of other calls, digest -> name.
    No file stops the others: what fails becomes a `Skipped`, what fails unexpectedly is logged too.
    """
    workers = default_workers() if workers is None else workers
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    work = _Work(preprocessing, limits or Limits(), thumbnails, dict(known or {}))
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
    data = source.read()
    work = _Work(preprocessing, limits or Limits(), thumbnails)
    return _picture(source, data, hashlib.sha256(data).hexdigest(), work)


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
    """What the threads share. first: digest of each picture handed out so far -> its name."""

    preprocessing: Preprocessing
    limits: Limits
    thumbnails: bool
    first: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Repeat:
    """A picture with the bytes of one that was handed out before."""

    name: str
    digest: str


_Result = Picture | Skipped | _Repeat


def _in_order(
    sources: Iterator[Source | Skipped | Remark], work: _Work, pool: ThreadPoolExecutor, ahead: int
) -> Iterator[Picture | Skipped | Remark]:
    waiting: deque[Future[_Result] | Skipped | Remark] = deque()
    for source in sources:
        if isinstance(source, Source):
            waiting.append(pool.submit(_process, source, work))
        else:
            waiting.append(source)
        if len(waiting) >= ahead:
            yield _settled(waiting.popleft(), work.first)
    while waiting:
        yield _settled(waiting.popleft(), work.first)


def _settled(
    result: Future[_Result] | Skipped | Remark, first: dict[str, str]
) -> Picture | Skipped | Remark:
    """The finished result; of pictures with the same bytes, the first in order counts."""
    done = result.result() if isinstance(result, Future) else result
    if isinstance(done, Skipped | Remark):
        return done
    if done.digest in first:
        earlier = first[done.digest]
        reason = f"{done.name} is the same picture as {earlier} and counts only once."
        return Skipped(done.name, reason)
    assert isinstance(done, Picture)  # a repeat is only found of what is in `first`
    first[done.digest] = done.name
    return done


def _process(source: Source, work: _Work) -> _Result:
    try:
        data = source.read()
        digest = hashlib.sha256(data).hexdigest()
        if digest in work.first:
            return _Repeat(source.name, digest)
        return _picture(source, data, digest, work)
    except PictureError as error:
        return Skipped(source.name, str(error))
    except MemoryError:
        return Skipped(source.name, f"{source.name} needs more memory than there is.")
    except Exception:
        _log.exception("unexpected error while reading the picture %s", source.name)
        reason = f"{source.name} could not be read, because of an unexpected error."
        return Skipped(source.name, reason)


def _picture(source: Source, data: bytes, digest: str, work: _Work) -> Picture:
    opened = open_picture(data, source.name, work.limits)
    among = _ranges(opened, source)
    with room(opened):
        upright = unpack(opened, source.options.range, among)
        seen = view(upright.image, work.preprocessing)
        small = thumbnail(upright.image) if work.thumbnails else b""
    size = upright.width, upright.height
    said = tuple(Remark(source.name, text) for text in remarks.of_reading(opened, upright, source))
    options = (
        replace(source.options, range=upright.taken.range) if upright.taken else source.options
    )
    return Picture(source.name, source.label, digest, seen, small, *size, said, source.by, options)


def _ranges(opened: Opened, source: Source) -> tuple[Range, ...]:
    """What pictures handed in together have in common, where this one does not say it itself."""
    if opened.numbers is None or source.options.range or source.look is None:
        return ()
    return source.look.ranges(opened.numbers)
