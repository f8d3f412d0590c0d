"""Weights alone, for one of our own builders: `.safetensors` or `.weights.h5`."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from se_viz.nets.layout import SEResNet
from se_viz.nets.network import Network
from se_viz.nets.own import hdf5
from se_viz.nets.own.layouts import infer, layout_of
from se_viz.nets.own.limits import Limits
from se_viz.nets.own.plan import check, plan
from se_viz.nets.own.ready import Data, fingerprint, opened, ready
from se_viz.nets.own.refusal import RefusedError, blame, otherwise, refuse
from se_viz.nets.own.results import results_of, told_of
from se_viz.nets.wanted import Wanted
from se_viz.pictures import Preprocessing
from se_viz.pictures.names import clean

if TYPE_CHECKING:
    import keras

SAFETENSORS, H5 = ".safetensors", ".weights.h5"


def read_weights(
    data: Data,
    name: str,
    layout: str = "",
    classes: tuple[str, ...] | None = None,
    wanted: Wanted | None = None,
    limits: Limits | None = None,
    output: str = "",
    result: str = "",
) -> Network:
    """An SE-ResNet of ours with the weights of a file, in float32.

    Args:
        data: the file's bytes, or its path.
        name: of the file, for people; its ending says what it is.
        layout: as `layout_of` reads it. Names and shapes in `.safetensors` tell most of it;
            `.weights.h5` tells nothing.
        classes: names of the classes; without them ImageNet's, or numbers.
        wanted: how it wants its pictures; what is left open is as usual, with ImageNet's mean and
            standard deviation. A size may be said here or in the layout.
        limits: on what the file may hold and ask for.
        output, result: as `keras_file.read_keras` takes them.

    Raises:
        ValueError: one sentence that names the file, whatever is wrong with it or the layout.
    """
    name, limits, wanted = clean(name), limits or Limits(), wanted or Wanted()
    base = SEResNet(size=wanted.upon(Preprocessing()).size)
    with blame(name), opened(data, limits) as file:
        digest = fingerprint(file)
        if name.lower().endswith(SAFETENSORS):
            config, model = _from_safetensors(file, layout, base, limits)
        else:
            config, model = _from_h5(file, layout, base, limits)
        size = config.size or base.size or 0
        refuse(wanted.misfit(size))
        told = told_of(results_of(model), output, result, None)
        return ready(name, model, wanted, size, classes, digest, told)


def _from_safetensors(
    file: BinaryIO, text: str, base: SEResNet, limits: Limits
) -> tuple[SEResNet, keras.Model]:
    from se_viz.nets import weights

    tensors = _tensors(file.read())
    shapes = {name: tensor.shape for name, tensor in tensors.items()}
    config = _config(lambda: layout_of(text, replace(infer(shapes), size=base.size)))
    model = _build(config, sum(tensor.size for tensor in tensors.values()), limits)
    try:
        weights.apply(model, tensors)
    except ValueError as error:
        raise RefusedError(f"does not fit an SE-ResNet of its layout: {error}") from error
    return config, model


def _from_h5(
    file: BinaryIO, text: str, base: SEResNet, limits: Limits
) -> tuple[SEResNet, keras.Model]:
    config = _config(lambda: layout_of(text, base))
    with TemporaryDirectory(prefix="se-viz-") as folder:
        copy = Path(folder) / f"own{H5}"
        with copy.open("wb") as target:
            shutil.copyfileobj(file, target)
        model = _build(config, hdf5.check(copy, limits), limits)
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


def _build(config: SEResNet, numbers: int, limits: Limits) -> keras.Model:
    from se_viz.nets import se_resnet

    with otherwise("has a layout that cannot be built."):
        check(plan(lambda: se_resnet.build(config)), numbers, limits)
        return se_resnet.build(config)
