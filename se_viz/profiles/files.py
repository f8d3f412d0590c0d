"""Files of profiles: what `Profile.save` wrote, and nothing else."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

import numpy as np

from se_viz.files import unread
from se_viz.probe.gates.blocks import Block
from se_viz.profiles.profile import BINS, FIELDS, VERSION, Origin, Profile, Stats

_UNREADABLE = (
    *(OSError, EOFError, BadZipFile, zlib.error),
    *(ValueError, TypeError, LookupError, AttributeError, RuntimeError),
)
"""What damaged and foreign files raise on the way through ZIP, NPZ and JSON."""


def load(path: str | Path | BinaryIO) -> Profile:
    """Read a profile, from a path or an open file.

    Raises:
        ValueError: where there is no such file, or it is no profile.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            return _of_file(json.loads(str(file["record"])), file)
    except _UNREADABLE as error:
        raise ValueError(f"{path} {_why(error)}") from error


def _why(error: Exception) -> str:
    """As the rest of a sentence: that it cannot be opened, or is no profile."""
    told = isinstance(error, OSError) and error.strerror
    return unread(error) if told else "cannot be read as a profile."


def _of_file(record: Any, arrays: Any) -> Profile:
    if record["version"] != VERSION:
        raise ValueError(f"version {record['version']}")
    classes = tuple(record["classes"])
    if len(set(classes)) != len(classes):
        raise ValueError("a class comes twice")
    blocks = tuple(Block(**facts) for facts in record["blocks"])
    stats = {block.name: _stats_of_file(arrays, block, len(classes)) for block in blocks}
    profile = Profile(classes, blocks, stats, Origin(**record["origin"]))
    return replace(profile, guessed=_guessed(record.get("guessed", {}), profile))


def _guessed(found: Any, profile: Profile) -> dict[str, int]:
    """As the file has it; older ones do not say."""
    for name, count in found.items():
        if type(count) is not int or not 0 < count <= profile.counts[name]:
            raise ValueError(f"{count} of the pictures of {name} are guessed")
    return found


def _stats_of_file(arrays: Any, block: Block, classes: int) -> Stats:
    shapes = {"count": (classes,), "histogram": (classes, BINS)}
    found = {field: arrays[f"{block.name}/{field}"] for field in FIELDS}
    for field, array in found.items():
        if array.shape != shapes.get(field, (classes, block.channels)):
            raise ValueError(f"{block.name}/{field} has shape {array.shape}")
    return Stats(**found)
