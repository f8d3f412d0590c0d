"""NPZ files from outside: what each array is comes first, and none is read before it is allowed.

Headers are matched, never evaluated, so that whatever is in them ends in ValueError. Only arrays of
whole numbers, floats and text are known: no pickles, dates or complex numbers.
"""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import BinaryIO

import numpy as np

from se_viz.zip_guard import PACKINGS, Guard, is_bomb, is_locked

MAPPED_FROM = 64 * 2**20
"""Bytes of a file from which on its arrays are mapped; those of smaller ones are read, so that
whoever writes over such a file changes no number that was checked."""
LIST_BYTES = 2**20
"""Longest list of contents: about ten thousand arrays."""
RATIO = 100
"""Unpacked over packed size; statistics hardly shrink."""
_START = struct.Struct("<6sBBH")
_MAGIC = (b"\x93NUMPY", 1, 0)
_HEADER = re.compile(
    rb"\{'descr': '([<|][iufbU]\d{1,9})', 'fortran_order': (True|False), "
    rb"'shape': \(((?:\d{1,12}, )*(?:\d{1,12},?)?)\), \} *\n"
)
_LOCAL = struct.Struct("<26xHH")


@dataclass(frozen=True)
class Entry:
    """An array of the file, as its header has it.

    Attributes:
        dtype, shape: of the array.
        fortran: whether it is kept column by column.
        start: bytes of its header.
        packed: the file's own entry.
    """

    dtype: np.dtype
    shape: tuple[int, ...]
    fortran: bool
    start: int
    packed: zipfile.ZipInfo

    @property
    def nbytes(self) -> int:
        return prod(self.shape) * self.dtype.itemsize


class Npz:
    """The arrays of an open NPZ file by name; see `opened`."""

    def __init__(self, archive: zipfile.ZipFile, mapped: BinaryIO | None) -> None:
        self._archive, self._file = archive, mapped
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(set(names)) != len(names) or not all(name.endswith(".npy") for name in names):
            raise ValueError("its entries are no arrays, or one comes twice")
        self.entries = {info.filename[: -len(".npy")]: self._entry(info) for info in infos}

    def read(self, name: str) -> np.ndarray:
        """An array; a part of the file itself, mapped into memory, where it lies there unpacked and
        the file is large.

        Raises:
            Exception: of whatever kind, where it is broken.
        """
        entry = self.entries[name]
        if self._file and entry.packed.compress_type == zipfile.ZIP_STORED:
            return self._mapped(entry, self._file)
        data = self._archive.read(entry.packed)[entry.start :]
        return self._shaped(np.frombuffer(data, entry.dtype), entry)

    def _entry(self, info: zipfile.ZipInfo) -> Entry:
        if is_locked(info) or info.compress_type not in PACKINGS or is_bomb(info, RATIO):
            raise ValueError("it is packed in a way that is not read")
        with self._archive.open(info) as file:
            start = file.read(_START.size)
            *magic, length = _START.unpack(start)
            header = _HEADER.fullmatch(file.read(length))
        if tuple(magic) != _MAGIC or not header:
            raise ValueError(f"{info.filename} is no array of numbers or text")
        kind, order, shape = header.groups()
        sizes = tuple(int(size) for size in shape.replace(b",", b" ").split())
        found = Entry(np.dtype(kind.decode()), sizes, order == b"True", _START.size + length, info)
        if found.start + found.nbytes != info.file_size:
            raise ValueError(f"{info.filename} is not as long as it says")
        return found

    def _mapped(self, entry: Entry, file: BinaryIO) -> np.ndarray:
        file.seek(entry.packed.header_offset)
        name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        offset = file.tell() + name + extra + entry.start
        if not entry.nbytes:
            return np.zeros(entry.shape, entry.dtype)
        flat = np.memmap(file, entry.dtype, "r", offset, (prod(entry.shape),))
        return self._shaped(np.asarray(flat), entry)

    @staticmethod
    def _shaped(flat: np.ndarray, entry: Entry) -> np.ndarray:
        return flat.reshape(entry.shape, order="F" if entry.fortran else "C")


@contextmanager
def opened(source: str | Path | BinaryIO) -> Iterator[Npz]:
    """The arrays of an NPZ file, for as long as the block lasts; mapped ones stay valid.

    Raises:
        OSError: where it cannot be opened.
        Exception: of whatever kind, where it is broken.
    """
    if isinstance(source, str | Path):
        with Path(source).open("rb") as file, Guard(file, LIST_BYTES).open() as archive:
            large = file.seek(0, os.SEEK_END) >= MAPPED_FROM
            yield Npz(archive, file if large else None)
    else:
        with Guard(source, LIST_BYTES).open() as archive:
            yield Npz(archive, None)
