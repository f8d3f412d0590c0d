"""What lies in a ZIP: listed with care, read only when asked."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import BinaryIO

from se_viz.pictures.labels.names import Parts, is_junk, natural, split, suffix, written
from se_viz.pictures.limits import Limits, megabytes
from se_viz.pictures.options import PictureOptions
from se_viz.pictures.records import PictureError, Remark, Skipped
from se_viz.pictures.sources.found import UNREADABLE, FileGroup, FoundFile, left_behind
from se_viz.pictures.sources.zip_names import read_names
from se_viz.zip_guard import PACKINGS, Guard, TooLongError, is_bomb, is_locked

LIST_BYTES_PER_ENTRY = 1024  # far more than the name and sizes of one file take
MADE_ON_UNIX = (3, 19)  # Unix, macOS


class ZipEntry:
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
) -> Iterator[FoundFile | Skipped | Remark]:
    """The files in a ZIP, sorted by path; what cannot be used is skipped with a sentence.

    handle: an open, seekable file, which must stay open as long as the files are read. owned: it is
    ours to close, as the last of the files found is forgotten. home: of its `FileGroup`.
    """
    try:
        archive = _open(handle, name, limits, owned)
    except PictureError as error:
        yield Skipped(name, str(error))
        return
    names, said = read_names(archive.infolist(), (options or PictureOptions()).zip_names)
    listed = list(zip(names, archive.infolist(), strict=True))
    entries = [ZipEntry(path, info) for path, info in listed if not _is_folder(path, info)]
    if said:
        yield replace(said, name=name)
    yield from left_behind(sorted(e.parts for e in entries if is_junk(e.parts)))
    entries = [entry for entry in entries if not is_junk(entry.parts)]
    if not entries:
        yield Skipped(name, f"{name} is a ZIP without any files.")
    yield from _usable(entries, archive, FileGroup(name, zipped=True, home=home), limits)


def _usable(
    entries: list[ZipEntry], archive: zipfile.ZipFile, group: FileGroup, limits: Limits
) -> Iterator[FoundFile | Skipped]:
    yield from _encrypted([entry.info for entry in entries], group.name)
    for entry in sorted(entries, key=lambda entry: natural(entry.parts)):
        parts, info = entry.parts, entry.info
        if not is_locked(info):
            refusal = _refusal("/".join(parts), group.name, info, limits)
            fetch = _fetcher(archive, info)
            yield refusal or FoundFile(parts, info.file_size, fetch, group, entry.written)


def _open(handle: BinaryIO, name: str, limits: Limits, owned: bool) -> zipfile.ZipFile:
    guard = Guard(handle, limits.zip_entries * LIST_BYTES_PER_ENTRY, owned)
    try:
        archive = guard.open()
    except TooLongError as error:
        most = f"more than the {limits.zip_entries:,} allowed in one ZIP"
        raise PictureError(f"{name} lists far too many files, {most}.") from error
    except (*UNREADABLE, LookupError, NotImplementedError) as error:
        raise PictureError(f"{name} is a broken ZIP, or none at all.") from error
    entries = archive.infolist()
    if len(entries) > limits.zip_entries:
        most = f"more than the {limits.zip_entries:,} allowed in one ZIP"
        raise PictureError(f"{name} lists {len(entries):,} files, {most}.")
    if sum(info.compress_size for info in entries) > guard.seek(0, io.SEEK_END):
        raise PictureError(f"{name} is a broken ZIP: its files overlap.")
    return archive


def _is_folder(path: str, info: zipfile.ZipInfo) -> bool:
    return path.endswith("/") and not info.file_size


def _is_link(info: zipfile.ZipInfo) -> bool:
    return info.create_system in MADE_ON_UNIX and stat.S_ISLNK(info.external_attr >> 16)


def _encrypted(entries: list[zipfile.ZipInfo], name: str) -> Iterator[Skipped]:
    count = sum(map(is_locked, entries))
    if count:
        what = "a file" if count == 1 else f"{count:,} files"
        why = f"{name} holds {what} locked by a password, which cannot be read."
        yield Skipped(name, why, count)


def _refusal(path: str, name: str, info: zipfile.ZipInfo, limits: Limits) -> Skipped | None:
    if suffix((path,)) == ".zip":
        why = "is a ZIP within a ZIP, which is not opened"
    elif _is_link(info):
        why = "is a link to another file, which is not followed"
    elif info.compress_type not in PACKINGS:
        why = "is packed in an unusual way, which cannot be read"
    elif is_bomb(info, limits.zip_ratio):
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
