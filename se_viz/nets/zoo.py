"""The networks that can be loaded, by name; listing them loads no Keras."""

from __future__ import annotations

from collections.abc import Callable

from se_viz.nets import applications, builtin, builtin_family, made, replication_family, timm
from se_viz.nets.described import is_made
from se_viz.nets.entry import Entry, Progress
from se_viz.nets.network import Network
from se_viz.pictures.labels.names import clean

FAMILIES: list[Callable[[], list[Entry]]] = [
    builtin_family.entries,
    replication_family.entries,
    timm.entries,
    applications.entries,
]
"""What each family of networks offers: a new one is one line here."""


def entries() -> dict[str, Entry]:
    """Every network by name; the first is the default."""
    return {entry.name: entry for family in FAMILIES for entry in family()}


def load(name: str = builtin.NAME, progress: Progress | None = None) -> Network:
    """The network of that name; weights that are not on this machine are fetched. A name such as
    "se_resnet:depth=18,gate=tanh" is that of a layout, with random weights: see `made`.

    Raises:
        ValueError: for an unknown name (it lists the known ones), or weights that cannot be
            fetched or read; one sentence for people.
    """
    if is_made(name):
        return made.load(name)
    known = entries()
    if name not in known:
        raise ValueError(f"There is no network {clean(name, 80)!r}; there is {', '.join(known)}.")
    return known[name].load(progress)
