"""A `.keras` file from outside: a ZIP of three files, checked before anything in it is used."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import BinaryIO

from se_viz.nets.own.description.loss import losses_of
from se_viz.nets.own.description.versions import Release
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError, otherwise
from se_viz.nets.own.saved import Saved
from se_viz.pictures.labels.names import clean as shown
from se_viz.pictures.limits import MIB, megabytes
from se_viz.zip_guard import PACKINGS, Guard, TooLongError, is_bomb, is_locked

METADATA, CONFIG, WEIGHTS = "metadata.json", "config.json", "model.weights.h5"
LIST_BYTES = MIB  # a list of three files has a few hundred
RATIO = 100  # unpacked over packed size; trained weights hardly shrink


def unpack(handle: BinaryIO, weights: Path, limits: FileLimits) -> Saved:
    """What a `.keras` file holds; its weights are copied to the path `weights`.

    Raises:
        RefusedError: where it is no `.keras` file, of no Keras that is known, or beyond the limits.
    """
    with otherwise("is no .keras file: it is a broken ZIP, or none at all."):
        archive = _open(handle)
    with archive:
        _check(archive.infolist(), limits)
        with otherwise("is broken: what is packed in it cannot be unpacked."):
            metadata, text = archive.read(METADATA), archive.read(CONFIG)
            with archive.open(WEIGHTS) as packed, weights.open("wb") as target:
                shutil.copyfileobj(packed, target, MIB)
    return Saved(_release(metadata), text, losses_of(text))


def _open(handle: BinaryIO) -> zipfile.ZipFile:
    try:
        return Guard(handle, LIST_BYTES).open()
    except TooLongError as error:
        raise RefusedError("lists far more files than a .keras file has.") from error


def _check(entries: list[zipfile.ZipInfo], limits: FileLimits) -> None:
    names = [entry.filename for entry in entries]
    missing = {METADATA, CONFIG, WEIGHTS}.difference(names)
    if missing:
        raise RefusedError(f"is no .keras file: {', '.join(sorted(missing))} is not in it.")
    if len(names) > 3:
        extra = next(
            (name for name in names if name not in (METADATA, CONFIG, WEIGHTS)), "a file twice"
        )
        raise RefusedError(f"holds {shown(extra, 60)}, which has no place in a .keras file.")
    for entry in entries:
        _check_entry(entry, limits)


def _check_entry(entry: zipfile.ZipInfo, limits: FileLimits) -> None:
    most = limits.file_bytes if entry.filename == WEIGHTS else limits.config_bytes
    if entry.file_size > most:
        size = megabytes(entry.file_size)
        raise RefusedError(
            f"unpacks to a {entry.filename} of {size}; {megabytes(most)} are allowed."
        )
    if is_bomb(entry, RATIO):
        raise RefusedError("unpacks to far more than it holds, as ZIP bombs do.")
    if is_locked(entry) or entry.compress_type not in PACKINGS:
        raise RefusedError("is packed in a way that cannot be read, such as with a password.")


def _release(metadata: bytes) -> Release:
    with otherwise("is broken: its metadata.json cannot be read."):
        return Release.read(json.loads(metadata)["keras_version"])
