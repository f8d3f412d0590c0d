"""Where pictures come from: uploads, files, folders and ZIPs."""

from __future__ import annotations

import io
import os
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from se_viz.files import unread
from se_viz.pictures.labels.alike import with_alike
from se_viz.pictures.labels.copies import with_classes_of_copies
from se_viz.pictures.labels.names import (
    Parts,
    class_name,
    clean,
    file_name,
    is_junk,
    split,
    suffix,
    written,
)
from se_viz.pictures.limits import Limits
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import Remark, Skipped, Source
from se_viz.pictures.sources.alone import Alone
from se_viz.pictures.sources.first_look import together
from se_viz.pictures.sources.found import FileGroup, FoundFile, left_behind, within
from se_viz.pictures.sources.gathering import as_sources
from se_viz.pictures.sources.walk import Walk, dead_end
from se_viz.pictures.sources.zips import list_zip


def gather_uploads(
    files: Iterable[tuple[str, bytes | BinaryIO]],
    limits: Limits | None = None,
    options: PictureOptions | None = None,
) -> Iterator[Source | Skipped | Remark]:
    """The pictures among uploaded files, in order; ZIPs are opened up, their files by path.

    files: name (with folders, where a folder was uploaded) and bytes, or an open seekable file that
    stays open until the sources are read. What systems leave behind is left out and counted.
    A folder names the class of the pictures in it, see `folders.Rule`. Reads the ZIPs' lists, and
    no picture but those that may be copies, see `copies`.
    """
    limits, options = limits or Limits(), options or PictureOptions()
    loose = FileGroup()
    found = (_uploaded(name, content, limits, options, loose) for name, content in files)
    within_limits = within(chain.from_iterable(found), limits)
    yield from _known_together(within_limits, limits, options)


def gather_paths(
    paths: Iterable[str | os.PathLike[str]],
    limits: Limits | None = None,
    options: PictureOptions | None = None,
) -> Iterator[Source | Skipped | Remark]:
    """The pictures among files, folders (with all below, through links) and ZIPs, sorted in each
    as people count.

    A folder names the class of the pictures in it, see `folders.Rule`; of files given one by one,
    their own does where they lie in different ones. Each ZIP may hold as much as one upload; there
    is no limit on what lies on disk as it is.
    """
    limits, options = limits or Limits(), options or PictureOptions()
    given = [Path(path) for path in paths]
    alone = Alone(given, options.class_level)
    found = (_on_path(path, limits, options, alone) for path in given)
    yield from _known_together(chain.from_iterable(found), limits, options)


def _known_together(
    found: Iterable[FoundFile | Skipped | Remark], limits: Limits, options: PictureOptions
) -> Iterator[Source | Skipped | Remark]:
    """Sources for found files, with what each needs to know of the others."""
    sources = with_classes_of_copies(as_sources(found, limits, options))
    yield from together(with_alike(sources), limits)


def _uploaded(
    name: str, content: bytes | BinaryIO, limits: Limits, options: PictureOptions, loose: FileGroup
) -> Iterator[FoundFile | Skipped | Remark]:
    parts = split(name)
    handle = io.BytesIO(content) if isinstance(content, bytes) else content
    if is_junk(parts):
        yield from left_behind([parts])
    elif suffix(parts) == ".zip":
        yield from _placed(list_zip(handle, parts[-1], limits, options, home=parts), parts)
    else:
        size = handle.seek(0, io.SEEK_END)
        yield FoundFile(parts, size, _from_handle(handle), loose, written(name))


def _on_path(
    path: Path, limits: Limits, options: PictureOptions, alone: Alone
) -> Iterator[FoundFile | Skipped | Remark]:
    place = alone.place(path)
    if path.is_dir():
        yield from _in_folder(path, place, limits, options)
    else:
        yield from _lying(path, alone.parts(path), place, limits, options, alone.group)


def _in_folder(
    root: Path, home: Parts, limits: Limits, options: PictureOptions
) -> Iterator[FoundFile | Skipped | Remark]:
    top, walk = Path(os.path.abspath(root)).name, Walk(root, limits.upload_files)
    group = FileGroup(clean(top), given=1, home=home)
    paths = [(path, _parts(top, path.relative_to(root))) for path in walk.files]
    yield from left_behind([parts for _, parts in paths if is_junk(parts[1:])])
    yield from walk.skipped(top)
    files = [(path, parts) for path, parts in paths if not is_junk(parts[1:])]
    for path, parts in files:
        yield from _lying(path, parts, parts, limits, options, group)
    if not files:
        yield Skipped(group.name, f"{group.name} is a folder without files that can be read.")


def _parts(top: str, path: Path) -> Parts:
    """Folders and file name as `split` has them; here no other sign stands between them."""
    return (class_name(top) or "unnamed", *map(class_name, path.parts[:-1]), file_name(path.name))


def _lying(
    path: Path,
    parts: Parts,
    place: Parts,
    limits: Limits,
    options: PictureOptions,
    group: FileGroup,
) -> Iterator[FoundFile | Skipped | Remark]:
    """What lies at a path, which is called `place` where it has to be told from others."""
    why = dead_end(path)
    if why:
        name = clean("/".join(place))
        yield Skipped(name, f"{name} {why}")
    else:
        yield from _placed(_file(path, parts, place, limits, options, group), place)


def _file(
    path: Path,
    parts: Parts,
    place: Parts,
    limits: Limits,
    options: PictureOptions,
    group: FileGroup,
) -> Iterator[FoundFile | Skipped | Remark]:
    name = parts[-1]
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Skipped(name, f"{name} is not a file.")
        elif suffix(parts) == ".zip":
            listed = list_zip(path.open("rb"), name, limits, options, owned=True, home=place)
            yield from within(listed, limits)
        else:
            folders = Path(os.path.abspath(path)).parts[-len(parts) : -1]
            yield FoundFile(parts, status.st_size, _from_path(path), group, folders)
    except (OSError, ValueError) as error:
        yield Skipped(name, f"{name} {unread(error)}")


def _placed(
    items: Iterable[FoundFile | Skipped | Remark], parts: Parts
) -> Iterator[FoundFile | Skipped | Remark]:
    """What is said of a file or ZIP as a whole is said of the one that lies there."""
    for item in items:
        if isinstance(item, Skipped) and item.name == parts[-1]:
            yield replace(item, parts=parts)
        else:
            yield item


def _from_handle(handle: BinaryIO) -> Callable[[int], bytes]:
    """Many threads may read."""
    turn = threading.Lock()

    def fetch(most: int) -> bytes:
        with turn:
            handle.seek(0)
            return handle.read(most)

    return fetch


def _from_path(path: Path) -> Callable[[int], bytes]:
    def fetch(most: int) -> bytes:
        with path.open("rb") as handle:
            return handle.read(most)

    return fetch
