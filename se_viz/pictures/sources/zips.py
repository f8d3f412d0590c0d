"""What lies in a ZIP: listed with care, read only when asked."""

from __future__ import annotations

import io
import stat
import weakref
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, BinaryIO, cast

from se_viz.pictures.labels.names import Parts, is_junk, natural, split, suffix, written
from se_viz.pictures.limits import ZIP_RATIO_FLOOR, Limits, megabytes
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import PictureError, Remark, Skipped
from se_viz.pictures.sources.found import UNREADABLE, Found, Group, left_behind
from se_viz.pictures.sources.zip_names import read_names

LIST_BYTES_PER_ENTRY = 1024  # far more than the name and sizes of one file take
ENCRYPTED = 0x1  # flag bit of an entry
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those that unpack in bounded steps
MADE_ON_UNIX = (3, 19)  # Unix, macOS


class Entry:
    """A file in a ZIP: folders and file name, and its folders as they are written."""

    def __init__(self, path: str, info: zipfile.ZipInfo) -> None:
        self.parts, self.written, self.info = split(path, False), written(path, False), info


def list_zip(
    handle: BinaryIO,
    name: str,
    limits: Limits,
    options: PictureOptions | None = None,
    owned: bool = False,
    home: Parts = (),
) -> Iterator[Found | Skipped | Remark]:
    """The files in a ZIP, sorted by path; what cannot be used is skipped with a sentence.

    handle: an open, seekable file, which must stay open as long as the files are read. owned: it is
    ours to close, which happens when the last of the files found is forgotten. home: see `Group`.
    """
    try:
        archive = _open(_Guard(handle, limits, owned), name, limits)
    except PictureError as error:
        yield Skipped(name, str(error))
        return
    names, said = read_names(archive.infolist(), (options or PictureOptions()).zip_names)
    listed = list(zip(names, archive.infolist(), strict=True))
    entries = [Entry(path, info) for path, info in listed if not _is_folder(path, info)]
    if said:
        yield replace(said, name=name)
    yield from left_behind(sorted(e.parts for e in entries if is_junk(e.parts)))
    entries = [entry for entry in entries if not is_junk(entry.parts)]
    if not entries:
        yield Skipped(name, f"{name} is a ZIP without any files.")
    yield from _usable(entries, archive, Group(name, zipped=True, home=home), limits)


def _usable(
    entries: list[Entry], archive: zipfile.ZipFile, group: Group, limits: Limits
) -> Iterator[Found | Skipped]:
    yield from _encrypted([entry.info for entry in entries], group.name)
    for entry in sorted(entries, key=lambda entry: natural(entry.parts)):
        parts, info = entry.parts, entry.info
        if not info.flag_bits & ENCRYPTED:
            refusal = _refusal("/".join(parts), group.name, info, limits)
            fetch = _fetcher(archive, info)
            yield refusal or Found(parts, info.file_size, fetch, group, entry.written)


def _open(guard: _Guard, name: str, limits: Limits) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(cast(BinaryIO, guard))
    except _TooLongError as error:
        most = f"more than the {limits.zip_entries:,} allowed in one ZIP"
        raise PictureError(f"{name} lists far too many files, {most}.") from error
    except (*UNREADABLE, LookupError, NotImplementedError) as error:
        raise PictureError(f"{name} is a broken ZIP, or none at all.") from error
    guard.most = None
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        most = f"more than the {limits.zip_entries:,} allowed in one ZIP"
        raise PictureError(f"{name} lists {len(entries):,} files, {most}.")
    if sum(info.compress_size for info in entries) > guard.seek(0, io.SEEK_END):
        raise PictureError(f"{name} is a broken ZIP: its files overlap.")
    return archive


class _TooLongError(Exception):
    """The list of contents of a ZIP is longer than allowed."""


class _Guard:
    """A file that refuses to read long lists: `ZipFile` takes them into memory as a whole."""

    def __init__(self, handle: BinaryIO, limits: Limits, owned: bool) -> None:
        self._handle = handle
        self.most: int | None = limits.zip_entries * LIST_BYTES_PER_ENTRY
        if owned:
            weakref.finalize(self, handle.close)

    def read(self, count: int = -1) -> bytes:
        if self.most is not None and count > self.most:
            raise _TooLongError
        return self._handle.read(count)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)


def _is_folder(path: str, info: zipfile.ZipInfo) -> bool:
    return path.endswith("/") and not info.file_size


def _is_link(info: zipfile.ZipInfo) -> bool:
    return info.create_system in MADE_ON_UNIX and stat.S_ISLNK(info.external_attr >> 16)


def _encrypted(entries: list[zipfile.ZipInfo], name: str) -> Iterator[Skipped]:
    count = sum(bool(info.flag_bits & ENCRYPTED) for info in entries)
    if count:
        what = "a file" if count == 1 else f"{count:,} files"
        why = f"{name} holds {what} locked by a password, which cannot be read."
        yield Skipped(name, why, count)


def _refusal(path: str, name: str, info: zipfile.ZipInfo, limits: Limits) -> Skipped | None:
    ratio = info.file_size / max(info.compress_size, 1)
    if suffix((path,)) == ".zip":
        why = "is a ZIP within a ZIP, which is not opened"
    elif _is_link(info):
        why = "is a link to another file, which is not followed"
    elif info.compress_type not in PACKINGS:
        why = "is packed in an unusual way, which cannot be read"
    elif info.file_size > ZIP_RATIO_FLOOR and ratio > limits.zip_ratio:
        why = f"would unpack from {megabytes(info.compress_size)} to {megabytes(info.file_size)}, "
        why += "as ZIP bombs do, and is left out"
    else:
        return None
    return Skipped(path, f"{path} in {name} {why}.")


def _fetcher(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def fetch(most: int) -> bytes:
        with archive.open(info) as entry:
            return entry.read(most)

    return fetch
