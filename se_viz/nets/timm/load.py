"""timm's published weights in our networks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from se_viz.compat.keras_settings import load as load_keras
from se_viz.nets.entry import Entry, Progress
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.nets.timm.names import converted
from se_viz.nets.timm.published import LICENCE, PUBLISHED, Published

if TYPE_CHECKING:
    import keras

FILE = "model.safetensors"
FAMILY = "ImageNet, timm's weights"
BYTES = 4  # of a float32


def entries() -> list[Entry]:
    """What is known of each; the first is the default among ImageNet's networks."""
    return [_entry(published) for published in PUBLISHED.values()]


def load(name: str, progress: Progress | None = None) -> Network:
    """The network of that name; its weights are fetched where they are not on this machine.

    Raises:
        ValueError: where they cannot be fetched, or are of another network; one sentence.
    """
    return network_of(name, weights_file(PUBLISHED[name], progress))


def network_of(name: str, path: str | Path) -> Network:
    """The network of that name with the weights of a file, as timm writes them.

    Raises:
        ValueError: where the file cannot be read, or is of another network; one sentence.
    """
    load_keras()
    from se_viz.nets import weights
    from se_viz.nets.classes import imagenet
    from se_viz.nets.se_resnet import build

    published = PUBLISHED[name]
    tensors = weights.read(path)
    model = build.build(published.layout)
    try:
        put(model, tensors, published.layout, published.legacy)
    except ValueError as error:
        raise ValueError(f"{path} does not fit {name}: {error}") from error
    return Network(
        name,
        published.title,
        model,
        published.preprocessing,
        imagenet.CLASSES,
        weights.fingerprint(path),
        told=AS_PUBLISHED,
    )


def put(
    model: keras.Model, tensors: Mapping[str, np.ndarray], layout: SEResNet, legacy: bool
) -> None:
    """Put timm's tensors, by timm's names, into a network of that layout and any input size.

    Raises:
        ValueError: where one is missing, unexpected or of another shape; the model stays as it was.
    """
    from se_viz.nets import weights

    weights.apply(model, converted(tensors, layout, legacy))


def weights_file(published: Published, progress: Progress | None = None) -> Path:
    """The weights, from this machine where they are here, else from the first that has them.

    Raises:
        ValueError: where they are not here and cannot be fetched; one sentence.
    """
    from se_viz.nets.fetch import hub

    *others, last = _here(published)[:1] or published.repositories
    for repository in others:
        try:
            return hub.fetch(repository, FILE, progress)
        except hub.DownloadError as error:
            if not _is_absent(error):
                raise
    return hub.fetch(last, FILE, progress)


def _here(published: Published) -> list[str]:
    """The repositories whose file is on this machine; asks no network."""
    from se_viz.nets.fetch import hub

    return [repository for repository in published.repositories if hub.cached(repository, FILE)]


def _path_of(published: Published) -> Path | None:
    """The file on this machine, None where it is not."""
    from se_viz.nets.fetch import hub

    found = [hub.cached(repository, FILE) for repository in published.repositories]
    return next(filter(None, found), None)


def _is_absent(error: Exception) -> bool:
    """Whether the hub answered that there is no such file; to strangers it answers 401."""
    response = getattr(error.__cause__, "response", None)
    return getattr(response, "status_code", None) in (401, 404)


def _entry(published: Published) -> Entry:
    name = published.name
    return Entry(
        name=name,
        title=published.title,
        family=FAMILY,
        classes=published.layout.classes,
        parameters=published.architecture.parameters,
        se_blocks=sum(published.layout.counts),
        preprocessing=published.preprocessing,
        top1=published.top1,
        top5=published.top5,
        accuracy_source=published.accuracy_source,
        size=BYTES * published.architecture.parameters,
        licence=LICENCE,
        origin=published.origin,
        url=f"https://huggingface.co/{published.repositories[0]}",
        local=lambda: bool(_here(published)),
        path=lambda: _path_of(published),
        load=lambda progress: load(name, progress),
    )
