"""Small networks, saved, and taken apart again to be changed by hand."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import h5py
import keras

from se_viz.nets.se_resnet.se_block import squeeze_excite

METADATA, CONFIG, WEIGHTS = "metadata.json", "config.json", "model.weights.h5"
ENTRIES = (METADATA, CONFIG, WEIGHTS)


def functional(size: int | None = 16, channels: int = 3, head: str | None = None) -> keras.Model:
    """A convolution, an SE block and three classes."""
    pictures = keras.Input((size, size, channels))
    x = keras.layers.Conv2D(4, 3, activation="relu", name="conv")(pictures)
    x = squeeze_excite(x, ratio=2, data_format="channels_last", name="SE")
    x = keras.layers.GlobalAveragePooling2D()(x)
    return keras.Model(pictures, keras.layers.Dense(3, activation=head, name="logits")(x))


def saved(model: keras.Model, ending: str = ".keras") -> bytes:
    """The bytes that Keras saves, whole or as weights alone."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"model{ending}"
        model.save_weights(path) if ending == ".weights.h5" else model.save(path)
        return path.read_bytes()


@cache
def plain() -> bytes:
    """`functional()` in a `.keras` file; one for all tests."""
    keras.utils.set_random_seed(0)
    return saved(functional())


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], packing: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_config(change: Callable[[dict[str, Any]], Any], data: bytes | None = None) -> bytes:
    """A `.keras` file whose description was changed in place, or replaced by what came back."""
    parts = entries(data or plain())
    config = json.loads(parts[CONFIG])
    changed = change(config)
    parts[CONFIG] = json.dumps(config if changed is None else changed).encode()
    return zipped(parts)


def with_layer(layer: dict[str, Any]) -> bytes:
    """A `.keras` file with one more layer, after its first convolution, called on its output."""

    def change(config: dict[str, Any]) -> None:
        layers = config["config"]["layers"]
        node = json.loads(json.dumps(layers[2]["inbound_nodes"]))
        layers.insert(2, {"name": "added", "inbound_nodes": node, "registered_name": None, **layer})

    return with_config(change)


def with_weights(change: Callable[[h5py.File], Any], data: bytes | None = None) -> bytes:
    """A `.keras` file whose weights were changed by hand."""
    parts = entries(data or plain())
    parts[WEIGHTS] = changed_h5(parts[WEIGHTS], change)
    return zipped(parts)


def changed_h5(data: bytes, change: Callable[[h5py.File], Any]) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "weights.h5"
        path.write_bytes(data)
        with h5py.File(path, "r+") as file:
            change(file)
        return path.read_bytes()
