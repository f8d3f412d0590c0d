"""From a Keras model that was read to a network that is ready to look at pictures."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from se_viz.files import unread
from se_viz.nets.classes.imagenet import CLASSES as IMAGENET
from se_viz.nets.network import USUAL, Network
from se_viz.nets.output import Told, width
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.refusal import RefusedError, otherwise
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import Preprocessing
from se_viz.pictures.limits import megabytes

if TYPE_CHECKING:
    import keras

Data = bytes | str | Path
"""A file's bytes, or where it lies."""


@contextmanager
def opened(data: Data, limits: FileLimits) -> Iterator[BinaryIO]:
    """The file for reading; refused where it is missing or too large."""
    with _handle(data) as file:
        size = file.seek(0, os.SEEK_END)
        if size > limits.file_bytes:
            allowed = megabytes(limits.file_bytes)
            raise RefusedError(f"has {megabytes(size)}; {allowed} are allowed.")
        file.seek(0)
        yield file


def _handle(data: Data) -> BinaryIO:
    if isinstance(data, bytes):
        return io.BytesIO(data)
    if os.path.exists(data) and not os.path.isfile(data) and not os.path.isdir(data):
        raise RefusedError("is not a file.")
    try:
        return open(data, "rb")
    except (OSError, ValueError) as error:
        raise RefusedError(unread(error)) from error


def fingerprint(file: BinaryIO) -> str:
    """SHA-256 of an open file, in hex; it stands at its beginning afterwards."""
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    return digest


def ready(
    name: str,
    model: keras.Model,
    wanted: PixelOptions,
    size: int,
    classes: tuple[str, ...] | None,
    digest: str,
    told: Told,
) -> Network:
    """The network, after its weights were looked over and it was run once on a black picture.

    size: of its pictures in pixels, whatever is wanted.

    Raises:
        RefusedError: where weights are not finite, it does not run, or the names of classes are
            too few or too many.
    """
    import keras

    for weight in model.weights:
        if not np.isfinite(keras.ops.convert_to_numpy(weight)).all():
            raise RefusedError(f"holds weights that are not finite numbers, in {weight.path}.")
    with otherwise("holds a network that does not run here.", "Keras says"):
        model(np.zeros((1, size, size, 3), np.float32), training=False)
    names = () if told.result is None else class_names(_count(model, told.result), classes)
    if told.result is None and classes:
        raise RefusedError("is looked at for its gates alone: leave out the names of its classes.")
    preprocessing = replace(wanted.upon(Preprocessing()), size=size)
    grounds = wanted.grounds(USUAL)
    return Network(name, f"{name}, your own", model, preprocessing, names, digest, grounds, told)


def _count(model: keras.Model, result: int) -> int:
    return width(tuple(model.outputs[result].shape)) or 1


def class_names(count: int, given: tuple[str, ...] | None) -> tuple[str, ...]:
    """The given names, ImageNet's for a thousand classes, else "class 1", "class 2", ...

    A single number may tell two classes apart, so that it has one name or two; without any, the
    probe names it by what it finds.
    """
    if given is not None and count == 1 and len(given) > 2:
        raise RefusedError(
            f"gives one number, which has one name or two, and {len(given):,} names were given."
        )
    if given is not None and len(given) != count and count > 1:
        raise RefusedError(f"tells {count:,} classes apart, and {len(given):,} names were given.")
    if given is not None:
        return given
    if count == len(IMAGENET):
        return IMAGENET
    return tuple(f"class {number}" for number in range(1, count + 1)) if count > 1 else ()
