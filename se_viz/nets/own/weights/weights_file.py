"""Weights alone, for one of our own builders: `.safetensors` or `.weights.h5`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from se_viz.nets.described import layout_of
from se_viz.nets.network import Network
from se_viz.nets.own import h5_file
from se_viz.nets.own.limits import FileLimits
from se_viz.nets.own.plan import check, plan
from se_viz.nets.own.ready import Data, fingerprint, opened, ready
from se_viz.nets.own.refusal import RefusedError, blame, otherwise, refuse
from se_viz.nets.own.results import results_of, told_of
from se_viz.nets.own.weights import hdf5
from se_viz.nets.pixel_options import PixelOptions
from se_viz.nets.se_resnet.inferred import infer
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing
from se_viz.pictures.labels.names import clean

if TYPE_CHECKING:
    import keras

SAFETENSORS, H5 = ".safetensors", ".weights.h5"
WHOLE = "save another network whole: model.save('file.keras')."
OTHERS = f"holds weights alone, of no network that is known here: {{}} To open it, {WHOLE}"
MISSING = "holds {numbers:,} weights; an SE-ResNet of its layout has {parameters:,}, so some lack."
UNSAID = (
    "holds {numbers:,} weights and does not say of which network; our {name} of this layout has "
    "{parameters:,}. Say with a layout (depth=18,width=0.5,classes=10) which of ours it is for, or "
    f"{WHOLE}"
)


def read_weights(
    data: Data,
    name: str,
    layout: str = "",
    classes: tuple[str, ...] | None = None,
    wanted: PixelOptions | None = None,
    limits: FileLimits | None = None,
    output: str = "",
    result: str = "",
) -> Network:
    """An SE-ResNet of ours with the weights of a file, in float32.

    Args:
        data: the file's bytes, or its path.
        name: of the file, for people; its ending says what it is.
        layout: as `layout_of` reads it. Names and shapes in `.safetensors` tell most of it, and
            files of ours all; `.weights.h5` tells nothing.
        classes: names of the classes; without them ImageNet's, or numbers.
        wanted: how it wants its pictures; what is left open is as usual, with ImageNet's mean and
            standard deviation. A size may be said here or in the layout.
        limits: on what the file may hold and ask for.
        output, result: as `keras_file.read_keras` takes them.

    Raises:
        ValueError: one sentence that names the file, whatever is wrong with it or the layout.
    """
    name, limits, wanted = clean(name), limits or FileLimits(), wanted or PixelOptions()
    base = SEResNet(size=wanted.upon(Preprocessing()).size)
    with blame(name), opened(data, limits) as file:
        digest = fingerprint(file)
        origin = _Origin()
        if name.lower().endswith(SAFETENSORS):
            tensors, known, origin = _of_safetensors(file)
            known = replace(known, size=wanted.size or known.size or base.size)
            config, model = _with_tensors(tensors, known, layout, limits)
        else:
            config, model = _from_h5(file, layout, base, limits)
        size = config.size or base.size or 0
        refuse(wanted.misfit(size))
        told = told_of(results_of(model), output, result, None)
        network = ready(name, model, wanted, size, classes, digest, told)
        return replace(network, title=network.title + origin.title, note=origin.note)


@dataclass(frozen=True)
class _Origin:
    """What is known of where weights are from: the rest of a title, and a note for people."""

    title: str = ""
    note: str = ""


def _of_safetensors(file: BinaryIO) -> tuple[Mapping[str, np.ndarray], SEResNet, _Origin]:
    """Weights by our names, and the layout that they tell."""
    from se_viz.nets.timm import recognise
    from se_viz.nets.weights import LAYOUT, metadata

    data = file.read()
    tensors = _tensors(data)
    try:
        if not recognise.is_of_timm(tensors):
            layout = infer({name: tensor.shape for name, tensor in tensors.items()})
            return tensors, layout_of(metadata(data).get(LAYOUT, ""), layout), _Origin()
        found = recognise.recognise(tensors)
    except ValueError as error:
        raise RefusedError(OTHERS.format(error)) from error
    return found.tensors, found.layout, _Origin(f", as {found.title}", found.note)


def _with_tensors(
    tensors: Mapping[str, np.ndarray],
    known: SEResNet,
    text: str,
    limits: FileLimits,
) -> tuple[SEResNet, keras.Model]:
    from se_viz.nets.weights import apply

    config = _config(lambda: layout_of(text, known))
    numbers = sum(tensor.size for tensor in tensors.values())
    model = _build(config, numbers, limits, MISSING)
    try:
        apply(model, tensors)
    except ValueError as error:
        raise RefusedError(f"does not fit an SE-ResNet of its layout: {error}") from error
    return config, model


def _from_h5(
    file: BinaryIO, text: str, base: SEResNet, limits: FileLimits
) -> tuple[SEResNet, keras.Model]:
    config = _config(lambda: layout_of(text, base))
    with TemporaryDirectory(prefix="se-viz-") as folder:
        copy = Path(folder) / f"own{H5}"
        with copy.open("wb") as target:
            shutil.copyfileobj(file, target)
        numbers = hdf5.check(copy, limits)
        if h5_file.is_whole(copy):
            raise RefusedError("holds a whole network, not weights alone: call it .h5.")
        model = _build(config, numbers, limits, UNSAID)
        with otherwise(f"holds weights that do not fit the layout {text or 'of SE-ResNet-50'}."):
            model.load_weights(copy)
    return config, model


def _tensors(data: bytes) -> Mapping[str, np.ndarray]:
    from safetensors.numpy import load

    with otherwise("cannot be read as a safetensors file of float16, float32 or float64."):
        tensors = load(data)
        return {name: tensor.astype(np.float32) for name, tensor in tensors.items()}


def _config(make) -> SEResNet:
    try:
        return make()
    except ValueError as error:
        raise RefusedError(f"cannot be opened so: {error}") from error


def _build(config: SEResNet, numbers: int, limits: FileLimits, too_few: str) -> keras.Model:
    """too_few: what is wrong where a file holds fewer numbers than the network has."""
    from se_viz.nets.se_resnet import build

    with otherwise("has a layout that cannot be built."):
        planned = plan(lambda: build.build(config))
        if numbers < planned.parameters <= limits.parameters:
            facts = {"name": config.name, "parameters": planned.parameters}
            raise RefusedError(too_few.format(numbers=numbers, **facts))
        check(planned, numbers, limits)
        return build.build(config)
