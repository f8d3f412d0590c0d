"""Weights as safetensors files, by name: `SE_2_1_expand/kernel`, `stem_bn/moving_mean`, ..."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from se_viz import files

if TYPE_CHECKING:
    import keras


def read(path: str | Path) -> dict[str, np.ndarray]:
    """All tensors of a file by name, cast to float32.

    Raises:
        ValueError: where there is no such file, or it is no safetensors file.
    """
    try:
        tensors = load_file(path)
    except (OSError, SafetensorError) as error:
        raise ValueError(f"{path} cannot be read as a safetensors file.") from error
    return {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


LAYOUT = "layout"
"""In a file's metadata: the layout of its network, as `described.layout_of` reads it."""


def metadata(data: bytes) -> dict[str, str]:
    """What a safetensors file says of itself; nothing where it cannot be read."""
    try:
        length = int.from_bytes(data[:8], "little")
        said = json.loads(data[8 : 8 + length]).get("__metadata__", {})
    except (ValueError, AttributeError, RecursionError):
        return {}
    kept = said.items() if isinstance(said, dict) else ()
    return {key: text for key, text in kept if isinstance(text, str)}


def write(
    model: keras.Model,
    path: str | Path,
    dtype: type[np.floating] = np.float16,
    metadata: Mapping[str, str] | None = None,
) -> None:
    """Write a model's weights; a half-written file never takes the place of a whole one.

    Raises:
        ValueError: where a number is not finite, or too large for `dtype`.
        WriteError: where the file cannot be written.
    """
    tensors = {name: _cast(name, v.numpy(), dtype) for name, v in variables(model).items()}
    files.write(path, save(tensors, metadata=dict(metadata or {})))


def apply(model: keras.Model, tensors: Mapping[str, np.ndarray]) -> None:
    """Put tensors into a model's weights of the same names.

    Raises:
        ValueError: where a tensor is missing, unexpected or of another shape; names the first few.
            The model is left as it was.
    """
    expected = variables(model)
    _refuse("lack", [name for name in expected if name not in tensors])
    _refuse("do not belong in this network:", [name for name in tensors if name not in expected])
    wrong = [
        f"{name} {tensors[name].shape} instead of {tuple(variable.shape)}"
        for name, variable in expected.items()
        if tensors[name].shape != tuple(variable.shape)
    ]
    _refuse("have other shapes:", wrong)
    for name, variable in expected.items():
        variable.assign(tensors[name])


def variables(model: keras.Model) -> dict:
    """A model's weights by layer name + "/" + variable name."""
    named = {f"{layer.name}/{v.name}": v for layer in model.layers for v in layer.weights}
    if len(named) != len(model.weights):
        raise ValueError("Two weights of this network have the same name.")
    return named


def fingerprint(path: str | Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def fingerprint_of(model: keras.Model) -> str:
    """SHA-256 of a network's weights in memory, in hex; where there is no file."""
    found = hashlib.sha256()
    for name, variable in sorted(variables(model).items()):
        found.update(name.encode())
        found.update(np.ascontiguousarray(variable.numpy()).tobytes())
    return found.hexdigest()


def _cast(name: str, values: np.ndarray, dtype: type[np.floating]) -> np.ndarray:
    with np.errstate(over="ignore"):
        cast = np.ascontiguousarray(np.asarray(values).astype(dtype))
    if not np.isfinite(cast).all():
        raise ValueError(f"{name} holds numbers that do not fit {np.dtype(dtype).name}.")
    return cast


def _refuse(complaint: str, names: list[str]) -> None:
    if names:
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        raise ValueError(f"The weights {complaint} {', '.join(names[:3])}{more}.")
