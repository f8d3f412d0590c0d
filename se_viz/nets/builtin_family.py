"""The networks that come with SE-Viz: the trained one, and its layout with random weights."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from se_viz.nets import builtin, weights
from se_viz.nets.entry import Entry
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED


def entries() -> list[Entry]:
    """What is known of each; the first is the default."""
    return [_builtin(), _untrained()]


def _builtin() -> Entry:
    record = builtin.provenance()
    measured = record["measured"]
    return Entry(
        name=builtin.NAME,
        title=builtin.TITLE,
        family="Built in",
        classes=len(builtin.CLASSES),
        parameters=record["parameters"],
        se_blocks=sum(builtin.CONFIG.counts),
        preprocessing=builtin.PREPROCESSING,
        top1=measured["top1"],
        top5=None,
        accuracy_source=f"measured on {measured['pictures']:,} validation pictures",
        size=builtin.WEIGHTS.stat().st_size,
        licence="Apache-2.0",
        origin="Trained from scratch on Imagenette's ten classes; ships with SE-Viz.",
        url="https://github.com/fastai/imagenette",
        local=lambda: True,
        path=lambda: builtin.WEIGHTS,
        load=lambda progress: network_of_builtin(),
    )


def _untrained() -> Entry:
    return replace(
        _builtin(),
        name=builtin.UNTRAINED,
        title=builtin.UNTRAINED_TITLE,
        top1=None,
        accuracy_source="random weights: its guesses mean nothing",
        size=0,
        path=lambda: None,
        origin="Random weights, drawn anew from one seed; to see what training does to the gates.",
        load=lambda progress: _network_of_untrained(),
    )


def _network_of_untrained() -> Network:
    model = builtin.load_untrained()
    return Network(
        builtin.UNTRAINED,
        builtin.UNTRAINED_TITLE,
        model,
        builtin.PREPROCESSING,
        builtin.CLASSES,
        weights.fingerprint_of(model),
        told=AS_PUBLISHED,
    )


def network_of_builtin(path: str | Path = builtin.WEIGHTS) -> Network:
    """The built-in network with the weights of a file; ValueError where they do not fit."""
    return Network(
        builtin.NAME,
        builtin.TITLE,
        builtin.load(path),
        builtin.PREPROCESSING,
        builtin.CLASSES,
        weights.fingerprint(path),
        told=AS_PUBLISHED,
    )
