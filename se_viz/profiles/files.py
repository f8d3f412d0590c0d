"""Files of profiles: format 2 is written, 1 and 2 are read, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from se_viz import files, npz
from se_viz.files import unread
from se_viz.manifest import ARRAY
from se_viz.probe.gates.blocks import Block
from se_viz.profiles import facts
from se_viz.profiles.bins import BINS
from se_viz.profiles.checks import check
from se_viz.profiles.profile import FIELDS, Profile, Stats

RECORD = "record"
TEXTS = (RECORD, ARRAY)
"""What is in a file beside its numbers: the record, and a manifest."""
MOST_RECORD, MOST_BYTES = 16 * 2**20, 2 * 2**30
"""Bytes of the record, and of all arrays together."""
KINDS = {field: "<i8" if field in ("count", "histogram") else "<f8" for field in FIELDS}


def as_npz(profile: Profile) -> bytes:
    """A profile in format 2: an NPZ without pickles, its arrays as they are, so that they can be
    mapped into memory, with the SHA-256 of all its numbers."""
    arrays = {
        f"{block.name}/{field}": np.ascontiguousarray(
            getattr(profile.stats[block.name], field), kind
        )
        for block in profile.blocks
        for field, kind in KINDS.items()
    }
    record = np.array(facts.as_json(profile, _digest(arrays)))
    return files.npz({RECORD: record, **arrays}, packed=False)


def save(profile: Profile, path: str | Path) -> None:
    """Put a profile at `path`, whole or not at all. WriteError where it cannot be."""
    files.write(path, as_npz(profile))


def load(path: str | Path | BinaryIO, name: str = "", most: int = MOST_BYTES) -> Profile:
    """Read a profile, from a path or an open file; from a path, its arrays are mapped into memory
    where the file is large and allows it.

    Args:
        name: what the file is called in messages, "" for its path.
        most: bytes of its arrays, as they are unpacked.

    Raises:
        ValueError: where there is no such file, or it is no profile, or it is too large.
    """
    try:
        with npz.opened(path) as file:
            return _of_file(file, most)
    except Exception as error:  # a file made to break libraries may raise anything
        raise ValueError(f"{name or path} {_why(error)}") from error


class _TooLargeError(Exception):
    """The rest of a sentence."""


def _why(error: Exception) -> str:
    """As the rest of a sentence: that it cannot be opened, or is no profile."""
    if isinstance(error, _TooLargeError):
        return str(error)
    told = isinstance(error, OSError) and error.strerror
    return unread(error) if told else "cannot be read as a profile."


def _of_file(file: npz.Npz, most: int) -> Profile:
    told, profile = facts.of_json(_record(file))
    _check_arrays(file, profile, most)
    arrays = {name: file.read(name) for name in file.entries if name not in TEXTS}
    old = told["version"] == 1
    if not old and _digest(arrays) != told["sha256"]:
        raise ValueError("its numbers are not those that were written")
    stats = {block.name: _stats(arrays, block, old) for block in profile.blocks}
    profile = replace(profile, stats=stats)
    check(profile)
    return profile


def _record(file: npz.Npz) -> str:
    entry = file.entries[RECORD]
    if entry.shape or entry.dtype.kind != "U" or entry.nbytes > MOST_RECORD:
        raise ValueError("its record is no text, or too long")
    return file.read(RECORD).item()


def _check_arrays(file: npz.Npz, profile: Profile, most: int) -> None:
    """Before any is read: there are those of its blocks, of their shapes, and no others."""
    wanted = {
        f"{block.name}/{field}": (np.dtype(kind), _shape(field, len(profile.classes), block))
        for block in profile.blocks
        for field, kind in KINDS.items()
    }
    found = {name: (e.dtype, e.shape) for name, e in file.entries.items() if name not in TEXTS}
    if found != wanted:
        raise ValueError("its arrays are not those of its blocks")
    if sum(entry.nbytes for entry in file.entries.values()) > most:
        raise _TooLargeError(f"unpacks to more than {most // 2**20:,} MB.")


def _shape(field: str, classes: int, block: Block) -> tuple[int, ...]:
    shapes = {"count": (classes,), "histogram": (classes, BINS)}
    return shapes.get(field, (classes, block.channels))


def _stats(arrays: Mapping[str, np.ndarray], block: Block, old: bool) -> Stats:
    stats = Stats(*(arrays[f"{block.name}/{field}"] for field in FIELDS))
    return _without_infinities(stats) if old else stats


def _without_infinities(stats: Stats) -> Stats:
    """Format 1 had inf and -inf as the lowest and highest gate of no picture."""
    empty = (stats.count == 0)[:, None]
    low = np.where(empty & (stats.low == np.inf), 0, stats.low)
    return replace(stats, low=low, high=np.where(empty & (stats.high == -np.inf), 0, stats.high))


def _digest(arrays: Mapping[str, np.ndarray]) -> str:
    seen = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        seen.update(name.encode())
        seen.update(array)
    return seen.hexdigest()
