"""The networks that can be loaded, by name; listing them loads no Keras."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from se_viz.nets import builtin, weights
from se_viz.nets.network import Network
from se_viz.pictures import Preprocessing


@dataclass(frozen=True)
class Entry:
    """A network that can be loaded.

    Attributes:
        name, title: for `--model`, and for people.
        classes: how many.
        parameters: weights without batch-norm statistics; se_blocks: how many.
        preprocessing: how it wants its pictures.
        top1: its accuracy in percent, and `top1_source`, where that number comes from.
        size: bytes of the weights; local: whether they are on this machine.
        licence: of the weights.
        load: reads the weights and builds the network.
    """

    name: str
    title: str
    classes: int
    parameters: int
    se_blocks: int
    preprocessing: Preprocessing
    top1: float
    top1_source: str
    size: int
    local: bool
    licence: str
    load: Callable[[], Network]

    def as_dict(self) -> dict:
        """Plain values, as JSON keeps them."""
        facts = {key: value for key, value in vars(self).items() if key != "load"}
        return facts | {"preprocessing": self.preprocessing.as_dict()}


def entries() -> dict[str, Entry]:
    """Every network by name; the first is the default."""
    return {entry.name: entry for entry in (_builtin(),)}


def load(name: str = builtin.NAME) -> Network:
    """The network of that name.

    Raises:
        ValueError: for an unknown name (it lists the known ones), or weights that cannot be read.
    """
    known = entries()
    if name not in known:
        raise ValueError(f"There is no network {name!r}; there is {', '.join(known)}.")
    return known[name].load()


def _builtin() -> Entry:
    record = builtin.provenance()
    measured = record["measured"]
    return Entry(
        name=builtin.NAME,
        title=builtin.TITLE,
        classes=len(builtin.CLASSES),
        parameters=record["parameters"],
        se_blocks=sum(builtin.CONFIG.counts),
        preprocessing=builtin.PREPROCESSING,
        top1=measured["top1"],
        top1_source=f"measured on {measured['pictures']:,} validation pictures",
        size=builtin.WEIGHTS.stat().st_size,
        local=True,
        licence="Apache-2.0",
        load=network_of_builtin,
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
    )
