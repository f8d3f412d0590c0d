"""The networks that can be loaded, by name; listing them loads no Keras."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from se_viz.nets import applications, builtin, timm, weights
from se_viz.nets.entry import Entry, Progress
from se_viz.nets.network import Network
from se_viz.nets.output import AS_PUBLISHED


def entries() -> dict[str, Entry]:
    """Every network by name; the first is the default."""
    ours = (_builtin(), _untrained())
    return {entry.name: entry for entry in (*ours, *timm.entries(), *applications.entries())}


def load(name: str = builtin.NAME, progress: Progress | None = None) -> Network:
    """The network of that name; weights that are not on this machine are fetched.

    Raises:
        ValueError: for an unknown name (it lists the known ones), or weights that cannot be
            fetched or read; one sentence for people.
    """
    known = entries()
    if name not in known:
        raise ValueError(f"There is no network {name!r}; there is {', '.join(known)}.")
    return known[name].load(progress)


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
