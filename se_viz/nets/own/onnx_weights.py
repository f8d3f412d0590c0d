"""Weights that a file in ONNX keeps in other files: which these are, before anything is opened.

The file is a message of Protocol Buffers; numbers of fields are those of ONNX's `onnx.proto`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.ready import Data
from se_viz.nets.own.refusal import RefusedError
from se_viz.pictures.labels.names import clean
from se_viz.pictures.limits import megabytes

GRAPH, FUNCTIONS = 7, 25
WITHIN = {
    "model": {GRAPH: "graph", FUNCTIONS: "function"},
    "graph": {1: "node", 5: "tensor", 15: "sparse"},
    "function": {7: "node"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse"},
    "sparse": {1: "tensor", 2: "tensor"},
    "tensor": {13: "place"},
}
"""Messages within messages, by number of the field."""
KEY, VALUE = 1, 2
DEEPEST = 12


def beside(model: bytes, data: Data, limits: FileLimits) -> list[Path]:
    """The files that hold weights of a model, all of them in its own folder.

    Raises:
        RefusedError: where the model does not lie in a folder, one of them is not there, has a
            name that leads elsewhere, or is too large; or the model is damaged.
    """
    return found(sorted(set(_locations(memoryview(model), "model", 0))), data, limits)


def found(names: Sequence[str], data: Data, limits: FileLimits) -> list[Path]:
    """Files of these names beside a path; the same errors."""
    if not names:
        return []
    said = ", ".join(clean(name, 60) for name in names[:3])
    if any(Path(name).name != name or name in ("", ".", "..") for name in names):
        raise RefusedError(f"keeps its weights in another folder ({said}), which is not opened.")
    if isinstance(data, bytes):
        raise RefusedError(f"keeps its weights in another file ({said}): open both together.")
    paths = [Path(data).resolve().parent / name for name in names]
    for path in paths:
        if path.is_symlink() or not path.is_file():
            raise RefusedError(
                f"keeps its weights in {clean(path.name, 60)}, which is not beside it."
            )
        if path.stat().st_size > limits.file_bytes:
            raise RefusedError(
                f"has weights of {megabytes(path.stat().st_size)}; {megabytes(limits.file_bytes)} "
                "are allowed."
            )
    return paths


def _locations(message: memoryview, kind: str, depth: int) -> Iterator[str]:
    """Where tensors of a message say that their numbers are."""
    if depth > DEEPEST:
        raise RefusedError("holds networks within networks, too many to look through.")
    for number, part in _fields(message):
        inner = WITHIN[kind].get(number)
        if inner == "place":
            pair = dict(_fields(part))
            if bytes(pair.get(KEY, b"")) == b"location":
                yield bytes(pair.get(VALUE, b"")).decode(errors="replace")
        elif inner:
            yield from _locations(part, inner, depth + 1)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Number and content of each field that has a length; all others are passed over."""
    place = 0
    while place < len(message):
        tag, place = _number(message, place)
        wire = tag & 7
        if wire == 0:
            _, place = _number(message, place)
        elif wire == 2:
            length, place = _number(message, place)
            if place + length > len(message):
                raise RefusedError("is damaged, or no network in ONNX.")
            yield tag >> 3, message[place : place + length]
            place += length
        elif wire in (1, 5):
            place += 8 if wire == 1 else 4
        else:
            raise RefusedError("is damaged, or no network in ONNX.")


def _number(message: memoryview, place: int) -> tuple[int, int]:
    """A number of up to ten bytes, seven bits in each, and the place behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(message):
            raise RefusedError("is damaged, or no network in ONNX.")
        byte = message[place]
        value |= (byte & 127) << shift
        place += 1
        if byte < 128:
            return value, place
    raise RefusedError("is damaged, or no network in ONNX.")
