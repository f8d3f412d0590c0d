"""A person's own network, whole, in a `.keras` or `.h5` file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from se_viz.nets.network import Network
from se_viz.nets.own import archive, h5_file
from se_viz.nets.own.description.allowed_layers import OURS
from se_viz.nets.own.description.config import read
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.plan import check, plan
from se_viz.nets.own.ready import Data, fingerprint, opened, ready
from se_viz.nets.own.refusal import blame, otherwise, refuse
from se_viz.nets.own.results import told_of
from se_viz.nets.own.saved import Saved
from se_viz.nets.own.weights import filling, hdf5, weight_paths
from se_viz.nets.pixel_options import PixelOptions
from se_viz.pictures import Preprocessing
from se_viz.pictures.labels.names import clean

if TYPE_CHECKING:
    import keras


def read_keras(
    data: Data,
    name: str,
    classes: tuple[str, ...] | None = None,
    wanted: PixelOptions | None = None,
    limits: FileLimits | None = None,
    output: str = "",
    result: str = "",
) -> Network:
    """A functional or sequential network for square colour pictures, in float32.

    Keras never sees the file itself: the description of the network is rewritten from known parts
    (`config`), its weights are looked through (`hdf5`), and its size is known (`plan`) before any
    of it is built.

    Args:
        data: the file's bytes, or its path.
        name: of the file, for people.
        classes: names of the classes; without them ImageNet's, or numbers.
        wanted: how it wants its pictures. What is left open is as usual, with ImageNet's mean and
            standard deviation until a `Probe` reads what the network does to its pixels.
        limits: on what the file may hold and ask for.
        output: what it gives, one of `output.KINDS`; "" leaves that to its structure and its loss.
        result: which of several results to look at; "" for the first that has one number for each
            class.

    Raises:
        ValueError: one sentence that names the file, whatever is wrong with it.
    """
    name, limits, wanted = clean(name), limits or FileLimits(), wanted or PixelOptions()
    with (
        blame(name),
        opened(data, limits) as file,
        TemporaryDirectory(prefix="se-viz-") as folder,
    ):
        weights = Path(folder) / archive.WEIGHTS
        digest = fingerprint(file)
        saved, numbers = _unpack(file, weights, limits)
        config = read(saved, limits)
        size = _pin(config, wanted.upon(Preprocessing()).size)
        refuse(wanted.misfit(size))
        description = json.dumps(config)
        planned = plan(lambda: _build(description))
        check(planned, numbers, limits)
        told = told_of(planned.results, output, result, saved.losses, planned.likely)
        model = _load(weights, description, saved)
        return ready(name, model, wanted, size, classes, digest, told)


def _unpack(file: BinaryIO, weights: Path, limits: FileLimits) -> tuple[Saved, int]:
    """What is in a file, and how many numbers are in its weights, which go to a file of their own;
    files of either format may be called `.keras`."""
    if not hdf5.begins(file):
        saved = archive.unpack(file, weights, limits)
        return saved, hdf5.check(weights, limits)
    with weights.open("wb") as target:
        shutil.copyfileobj(file, target)
    numbers = hdf5.check(weights, limits)
    return h5_file.unpack(weights, limits), numbers


def _build(description: str) -> keras.Model:
    import keras

    return keras.saving.deserialize_keras_object(json.loads(description), _ours(), safe_mode=True)


def _ours() -> dict[str, type]:
    """The layers of our own builders by their names: Keras looks for no others."""
    return {
        kind: getattr(import_module(module), kind)
        for module, kinds in OURS.items()
        for kind in kinds
    }


def _load(weights: Path, description: str, saved: Saved) -> keras.Model:
    """The network with its weights; of Keras 3 as it reads its own folders."""
    import keras

    if saved.legacy or saved.release.major == 2:
        return _filled(_build(description), weights, saved)
    (weights.parent / archive.CONFIG).write_text(description, encoding="utf-8")
    with otherwise("holds weights that do not fit the network that it describes."):
        return keras.saving.load_model(weights.parent, _ours(), compile=False, safe_mode=True)


def _filled(model: keras.Model, weights: Path, saved: Saved) -> keras.Model:
    with otherwise("holds weights that do not fit the network that it describes."):
        (filling if saved.legacy else weight_paths).fill(model, weights, saved.text)
    return model


def _pin(config: dict[str, Any], size: int) -> int:
    """Fix the input's free height and width to `size`, and free its batch; returns the height."""
    for shape in _input_shapes(config):
        if len(shape) == 4:
            shape[:] = [None, shape[1] or size, shape[2] or size, shape[3]]
            size = shape[1] if isinstance(shape[1], int) and shape[1] > 0 else size
    return size


def _input_shapes(config: dict[str, Any]) -> Iterator[list]:
    """The shapes (N, H, W, C) of the network's own inputs, not of networks in it."""
    for layer in config["config"]["layers"]:
        if layer["class_name"] == "InputLayer":
            shape = layer["config"].get("batch_shape")
            if isinstance(shape, list):
                yield shape
