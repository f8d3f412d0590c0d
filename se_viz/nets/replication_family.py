"""Small networks of the replication that ship: an SE-ResNet that differs in one thing each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from se_viz.compat.keras_settings import load as load_keras
from se_viz.nets import builtin, byte_planes, weights
from se_viz.nets.described import layout_of
from se_viz.nets.entry import Entry
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED
from se_viz.nets.se_resnet.layout import SEResNet
from se_viz.pictures import Preprocessing

FOLDER = builtin.REPLICATION / "networks"
PROVENANCE = "provenance.json"
FAMILY = "Trained here, small"
TITLES = {
    "r2": "r = 2",
    "r32": "r = 32",
    "tanh-ones": "tanh in place of the sigmoid",
    "relu-ones": "ReLU in place of the sigmoid",
    "max": "squeeze by the maximum",
    "pre": "SE before the convolutions (PRE)",
}
"""What each differs in, by its row of the replication."""


def entries() -> list[Entry]:
    """What is known of each."""
    return [_entry(row, facts) for row, facts in provenance().items()]


def provenance() -> dict[str, dict[str, Any]]:
    """How each was made and how good it is, by row, as `training networks` wrote it."""
    return json.loads((FOLDER / PROVENANCE).read_text(encoding="utf-8"))


def name_of(row: str) -> str:
    """Of a network, by its row."""
    return f"replication-{row}"


def title_of(row: str) -> str:
    """Of a network, for people."""
    return f"Small SE-ResNet-50, {TITLES[row]}"


def _entry(row: str, facts: dict[str, Any]) -> Entry:
    path, layout = FOLDER / f"{row}.npz", layout_of(facts["layout"], SEResNet())
    return Entry(
        name=name_of(row),
        title=title_of(row),
        family=FAMILY,
        classes=layout.classes,
        parameters=facts["parameters"],
        se_blocks=sum(layout.counts),
        preprocessing=_preprocessing(layout),
        top1=facts["top1"],
        top5=None,
        accuracy_source=f"measured on {facts['pictures']:,} validation pictures",
        size=path.stat().st_size,
        licence="Apache-2.0",
        origin=f"Row {row} of the replication, seed {facts['seed']}, trained on Imagenette's ten "
        f"classes by `{facts['command']}`; ships with SE-Viz in half precision.",
        url="https://github.com/fastai/imagenette",
        local=lambda: True,
        path=lambda: path,
        load=lambda progress: network_of(row, layout, path),
    )


def network_of(row: str, layout: SEResNet, path: Path) -> Network:
    """The network of a row with the weights of a file; ValueError where they do not fit."""
    load_keras()
    from se_viz.nets.se_resnet import build

    tensors, model = byte_planes.read(path), build.build(layout)
    weights.apply(model, tensors)
    return Network(
        name_of(row),
        title_of(row),
        model,
        _preprocessing(layout),
        builtin.CLASSES,
        weights.fingerprint(path),
        told=AS_PUBLISHED,
    )


def _preprocessing(layout: SEResNet) -> Preprocessing:
    return Preprocessing(size=layout.size or builtin.PREPROCESSING.size)
